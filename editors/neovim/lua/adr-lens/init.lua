--- adr-lens in Neovim: architecture decision records held against what they say they need. See `:help adr-lens`.
---
--- The plugin translates between Neovim and the language server. It holds no rule and knows no engine.
local M = {}

--- Looks at records from now on. Nothing needs to be given.
---@param given table? see `:help adr-lens-options`
function M.setup(given)
  local options = require("adr-lens.options")
  local kept = options.take(given)
  for _, problem in ipairs(options.wrong()) do
    vim.notify("adr-lens: " .. problem .. " (:help adr-lens-options)", vim.log.levels.ERROR)
  end
  require("adr-lens.server").enable(kept)
end

--- Changes settings of the server while it runs.
---@param settings table<string, any> such as `{ hints = false }`
function M.configure(settings)
  require("adr-lens.server").configure(settings)
end

--- The state of a record for a status line: "adr 1 error, 2 warnings"; empty in other buffers.
---@param buf integer? the current one unless told otherwise
---@return string
function M.status(buf)
  return require("adr-lens.status").text(buf or 0)
end

--- Asks about the record in a buffer.
---@param question string?
---@param buf integer?
function M.ask(question, buf)
  require("adr-lens.chat").ask(buf or vim.api.nvim_get_current_buf(), question)
end

return M
