--- The commands, as Neovim gives their arguments.
local server = require("adr-lens.server")

local M = {}

--- The record a command is about: the current buffer, or that of the talk one is in.
---@return integer? buf
---@return vim.lsp.Client?
local function record()
  local buf = vim.api.nvim_get_current_buf()
  buf = vim.b[buf].adr_lens_record or buf
  local client = server.of(buf)
  if not client then
    vim.notify("adr-lens does not look at this buffer; see :checkhealth adr-lens", vim.log.levels.WARN)
    return
  end
  return buf, client
end

function M.check(given)
  local uri
  if given.args ~= "" then
    local path = vim.fn.fnamemodify(given.args, ":p")
    if vim.fn.isdirectory(path) == 1 then
      local instead = "without a record, it looks in the usual places of the workspace; for others: adr-lens check " .. given.args
      return vim.notify("adr-lens: :AdrCheck takes a record. " .. instead, vim.log.levels.WARN)
    end
    uri = vim.uri_from_fname(path)
  end
  require("adr-lens.check").run({ uri = uri, questions = given.bang })
end

function M.ask(given)
  local buf = record()
  if not buf then
    return
  end
  if given.args ~= "" then
    return require("adr-lens.chat").ask(buf, given.args)
  end
  vim.ui.input({ prompt = "Ask about this record: " }, function(question)
    if question and vim.trim(question) ~= "" then
      require("adr-lens.chat").ask(buf, question)
    end
  end)
end

function M.chat()
  local buf = record()
  if buf then
    require("adr-lens.chat").open(buf)
  end
end

function M.checklist()
  local buf = record()
  if buf then
    require("adr-lens.checklist").run(buf)
  end
end

function M.recommend(given)
  local buf, client = record()
  if buf and client then
    local arguments = { vim.uri_from_bufnr(buf) }
    if given.args ~= "" then
      table.insert(arguments, given.args)
    end
    -- The server shows it by `window/showDocument`.
    server.execute(client, "adrLens.recommend", arguments, function() end, buf)
  end
end

return M
