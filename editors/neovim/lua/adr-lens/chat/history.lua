--- What was asked, oldest first, kept for the next session in a file of the user's own.
local options = require("adr-lens.options")

local M = {}

local MOST = 200
---@type string[]?
local questions

---@return string
function M.path()
  return vim.fs.normalize(vim.fn.stdpath("state") .. "/adr-lens/questions")
end

---@return string[]
function M.all()
  if not questions then
    questions = {}
    if options.get().chat.history and vim.fn.filereadable(M.path()) == 1 then
      questions = vim.fn.readfile(M.path(), "", -MOST)
    end
  end
  return questions
end

--- Remembers a question; one that was asked before moves to the end.
---@param question string
function M.add(question)
  local all = vim.tbl_filter(function(other)
    return other ~= question
  end, M.all())
  table.insert(all, question)
  questions = vim.list_slice(all, math.max(1, #all - MOST + 1))
  if not options.get().chat.history then
    return
  end
  -- A question may hold what a team keeps to itself.
  vim.fn.mkdir(vim.fs.dirname(M.path()), "p", tonumber("700", 8))
  vim.fn.writefile(questions, M.path())
  vim.uv.fs_chmod(M.path(), tonumber("600", 8))
end

return M
