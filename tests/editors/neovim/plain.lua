-- What an architect sees in Neovim without any plugin: nvim --clean --headless -l plain.lua PATH-OF-adr-lens WORKSPACE
package.path = vim.fs.dirname(arg[0]) .. "/?.lua;" .. package.path
local checks = require("checks")
local check = checks.check
local program, workspace = arg[1], arg[2]

local function wait(condition)
  return vim.wait(10000, condition, 20)
end

-- The configuration of the README.
vim.lsp.config("adr-lens", { cmd = { program, "lsp" }, filetypes = { "markdown" }, root_markers = { ".adr-dir", ".git" } })
vim.lsp.enable("adr-lens")
vim.cmd("filetype plugin on")
vim.cmd.edit(workspace .. "/docs/adr/0001-orders.md")

local function loud()
  return vim.diagnostic.get(0, { severity = { min = vim.diagnostic.severity.WARN } })
end

check(
  "attaches",
  wait(function()
    local client = vim.lsp.get_clients({ bufnr = 0, name = "adr-lens" })[1]
    return client ~= nil and client.initialized
  end)
)
local client = vim.lsp.get_clients({ bufnr = 0 })[1]

check(
  "underlines the choice",
  wait(function()
    return #loud() == 1
  end),
  vim.diagnostic.get(0)
)
local found = loud()[1]
check("under the right words", found.lnum == 20 and found.col == 12 and found.end_col == 27, found)
check("with its rule", found.code == "choice/joins-on-key-value" and found.source == "adr-lens", found)
local related = found.user_data.lsp.relatedInformation
check("and the need beside it", related and related[1].location.range.start.line == 8, related)

vim.api.nvim_win_set_cursor(0, { 21, 14 })
local place = vim.lsp.util.make_position_params(0, client.offset_encoding)
local hover = client:request_sync("textDocument/hover", place, 5000, 0)
local text = hover and hover.result and hover.result.contents.value or ""
check("hover tells of the engine", text:find("DynamoDB") and text:find("joins"), hover)

vim.lsp.inlay_hint.enable(true, { bufnr = 0 })
check(
  "inlay hints",
  wait(function()
    return #vim.lsp.inlay_hint.get({ bufnr = 0 }) >= 2
  end),
  vim.lsp.inlay_hint.get({ bufnr = 0 })
)

vim.lsp.buf.code_action({
  apply = true,
  filter = function(action)
    return action.title:find("Silence choice/joins", 1, true) ~= nil
  end,
})
check(
  "silencing writes a comment",
  wait(function()
    return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n"):find("adr%-lens%-ignore choice/joins%-on%-key%-value") ~= nil
  end),
  vim.api.nvim_buf_get_lines(0, 0, -1, false)
)
check(
  "and the warning goes",
  wait(function()
    return #loud() == 0
  end),
  loud()
)

for _, each in ipairs(vim.lsp.get_clients()) do
  each:stop()
end
check(
  "stops",
  wait(function()
    return #vim.lsp.get_clients() == 0
  end)
)
checks.finish()
