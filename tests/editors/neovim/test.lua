-- What an architect sees in Neovim without any plugin: nvim --clean --headless -l test.lua PATH-OF-adr-lens
local program = arg[1]
local passed, failed = 0, 0

local function check(name, ok, seen)
  if ok then
    passed = passed + 1
    print("ok " .. name)
  else
    failed = failed + 1
    print("FAILED " .. name .. ": " .. vim.inspect(seen))
  end
end

local function wait(condition)
  return vim.wait(10000, condition, 20)
end

local root = vim.fn.tempname()
vim.fn.mkdir(root .. "/docs/adr", "p")
local path = root .. "/docs/adr/0001-orders.md"
vim.fn.writefile({
  "# 1. Store for orders",
  "",
  "## Status",
  "",
  "Proposed",
  "",
  "## Context",
  "",
  "The clerk's page needs joins across several tables.",
  "",
  "## Decision",
  "",
  "We will use Amazon DynamoDB.",
}, path)

-- The configuration of the README.
vim.lsp.config("adr-lens", { cmd = { program, "lsp" }, filetypes = { "markdown" }, root_markers = { ".adr-dir", ".git" } })
vim.lsp.enable("adr-lens")
vim.cmd("filetype plugin on")
vim.cmd.edit(path)

local function loud()
  return vim.diagnostic.get(0, { severity = { min = vim.diagnostic.severity.WARN } })
end

check("attaches", wait(function()
  local client = vim.lsp.get_clients({ bufnr = 0, name = "adr-lens" })[1]
  return client ~= nil and client.initialized
end))
local client = vim.lsp.get_clients({ bufnr = 0 })[1]

check("underlines the choice", wait(function() return #loud() == 1 end), vim.diagnostic.get(0))
local found = loud()[1]
check("under the right words", found.lnum == 12 and found.col == 12 and found.end_col == 27, found)
check("with its rule", found.code == "choice/joins-on-key-value" and found.source == "adr-lens", found)
local related = found.user_data.lsp.relatedInformation
check("and the need beside it", related and related[1].location.range.start.line == 8, related)

vim.api.nvim_win_set_cursor(0, { 13, 14 })
local place = vim.lsp.util.make_position_params(0, client.offset_encoding)
local hover = client:request_sync("textDocument/hover", place, 5000, 0)
local text = hover and hover.result and hover.result.contents.value or ""
check("hover tells of the engine", text:find("DynamoDB") and text:find("joins"), hover)

vim.lsp.inlay_hint.enable(true, { bufnr = 0 })
check("inlay hints", wait(function() return #vim.lsp.inlay_hint.get({ bufnr = 0 }) >= 2 end), vim.lsp.inlay_hint.get({ bufnr = 0 }))

vim.lsp.buf.code_action({
  apply = true,
  filter = function(action) return action.title:find("Silence choice/joins", 1, true) ~= nil end,
})
check("silencing writes a comment", wait(function()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n"):find("adr%-lens%-ignore choice/joins%-on%-key%-value") ~= nil
end), vim.api.nvim_buf_get_lines(0, 0, -1, false))
check("and the warning goes", wait(function() return #loud() == 0 end), loud())

vim.lsp.stop_client(vim.lsp.get_clients())
check("stops", wait(function() return #vim.lsp.get_clients() == 0 end))
print(("%d passed, %d failed"):format(passed, failed))
vim.cmd(failed == 0 and "qall!" or "cquit 1")
