--- A record's state in a few words. Only counts and words of ours: a status line may run what it is given as an expression.
local server = require("adr-lens.server")

local M = {}

local KINDS = {
  { vim.diagnostic.severity.ERROR, "error", "errors" },
  { vim.diagnostic.severity.WARN, "warning", "warnings" },
  { vim.diagnostic.severity.INFO, "note", "notes" },
  { vim.diagnostic.severity.HINT, "question", "questions" },
}

---@param buf integer
---@return string
function M.text(buf)
  if buf == 0 then
    buf = vim.api.nvim_get_current_buf()
  end
  local client = server.of(buf)
  if not client then
    return ""
  end
  if not client.initialized then
    return "adr …"
  end
  local counts = {}
  for _, diagnostic in ipairs(vim.diagnostic.get(buf)) do
    if diagnostic.source == server.NAME then
      counts[diagnostic.severity] = (counts[diagnostic.severity] or 0) + 1
    end
  end
  local parts = {}
  for _, kind in ipairs(KINDS) do
    local count = counts[kind[1]]
    if count then
      table.insert(parts, ("%d %s"):format(count, count == 1 and kind[2] or kind[3]))
    end
  end
  return "adr " .. (#parts == 0 and "ok" or table.concat(parts, ", "))
end

return M
