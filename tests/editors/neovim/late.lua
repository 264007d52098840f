-- The plugin loaded late, in the two ways in which a plugin manager does it: with the first record, and with the first command.
-- nvim --clean --headless -l late.lua NVIM PLUGIN WORKSPACE
package.path = vim.fs.dirname(arg[0]) .. "/?.lua;" .. package.path
local checks, Editor = require("checks"), require("editor")
local check = checks.check
local nvim, plugin, workspace = arg[1], arg[2], arg[3]

-- What a manager does with `dir`, `ft`, `cmd` and `opts`.
local manager = [[
  local plugin = ...
  local function load()
    vim.opt.runtimepath:prepend(plugin)
    vim.cmd.source(plugin .. "/plugin/adr-lens.lua")
    require("adr-lens").setup({})
  end
  vim.api.nvim_create_autocmd("FileType", { pattern = { "markdown", "asciidoc", "rst" }, once = true, callback = load })
  vim.api.nvim_create_user_command("AdrCheck", function(given)
    vim.api.nvim_del_user_command("AdrCheck")
    load()
    vim.cmd({ cmd = "AdrCheck", args = given.fargs, bang = given.bang })
  end, { nargs = "?", bang = true })
]]

local function start()
  local editor = Editor.start({ nvim, "--clean", "--embed" })
  editor:command("cd " .. workspace)
  editor:lua(manager, plugin)
  return editor
end

local editor = start()
check("nothing is there before", editor:lua([[return package.loaded["adr-lens"] == nil]]))
editor:command("edit docs/adr/0001-orders.md")
check(
  "loaded with the first record, it attaches to that record",
  editor:wait([[return vim.lsp.get_clients({ bufnr = 0, name = "adr-lens" })[1] ~= nil]])
)
check("and warns of one thing", editor:wait([[return #vim.diagnostic.get(0, { severity = { min = vim.diagnostic.severity.WARN } }) == 1]]))
check("its commands are there", editor:lua([[return vim.fn.exists(":AdrChat") == 2]]))
editor:stop()

editor = start()
editor:command("AdrCheck")
check(
  "loaded with a command, it does what the command says",
  editor:wait([[return #vim.fn.getqflist() > 0]]),
  editor:lua([[return vim.api.nvim_exec2("messages", { output = true }).output]])
)
editor:stop()
checks.finish()
