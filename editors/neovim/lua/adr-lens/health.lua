--- `:checkhealth adr-lens`
local grammar = require("adr-lens.grammar")
local options = require("adr-lens.options")
local server = require("adr-lens.server")

local M = {}

local health = vim.health

local function neovim()
  local version = tostring(vim.version())
  if vim.fn.has("nvim-0.11") == 1 then
    health.ok("Neovim " .. version .. ", with vim.lsp.config")
  elseif vim.fn.has("nvim-0.10") == 1 then
    health.ok("Neovim " .. version .. ", with vim.lsp.start")
  else
    health.error("Neovim " .. version .. " is too old", "Use 0.10 or newer.")
  end
end

local function chosen()
  local wrong = options.wrong()
  for _, problem in ipairs(wrong) do
    health.error(problem, "See :help adr-lens-options.")
  end
  if #wrong == 0 then
    health.ok("the options make sense")
  end
end

local function program()
  local config = server.config()
  if vim.fn.has("nvim-0.11") == 1 then
    config = vim.lsp.config[server.NAME] or config
  end
  local cmd = config.cmd
  if type(cmd) ~= "table" then
    health.info("the server is started by a function")
    return
  end
  if vim.fn.executable(cmd[1]) == 0 then
    health.error(("`%s` cannot be run"):format(cmd[1]), {
      "Build it: cargo build --release --locked; it is then target/release/adr-lens.",
      'Put it on the PATH, or say where it is: require("adr-lens").setup({ cmd = { "/where/it/is/adr-lens", "lsp" } }).',
    })
    return
  end
  local answered, result = pcall(function()
    return vim.system({ cmd[1], "--version" }, { text = true, timeout = 5000 }):wait()
  end)
  local version = answered and result.code == 0 and vim.trim(result.stdout)
  if version and version:match("^adr%-lens ") then
    health.ok(("%s (%s)"):format(version, vim.fn.exepath(cmd[1])))
  else
    health.error(("`%s --version` does not answer as adr-lens does"):format(cmd[1]))
  end
end

local function clients()
  local found = vim.lsp.get_clients({ name = server.NAME })
  if #found == 0 then
    health.info("the server looks at no buffer")
  end
  for _, client in ipairs(found) do
    local buffers = vim.tbl_count(client.attached_buffers or {})
    local where = client.config.root_dir or "no workspace"
    local info = (client.server_info or {}).version
    health.ok(("looks at %d buffer%s in %s%s"):format(buffers, buffers == 1 and "" or "s", where, info and ", version " .. info or ""))
  end
end

local function colours()
  if grammar.available() then
    health.ok("figures are coloured: the grammar of measured statements is built")
  else
    health.info('figures are not coloured: the grammar is not built (optional; :lua =require("adr-lens.grammar").build())')
  end
end

function M.check()
  health.start("adr-lens")
  neovim()
  chosen()
  program()
  clients()
  colours()
end

return M
