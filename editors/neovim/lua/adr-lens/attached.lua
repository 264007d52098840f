--- What happens in a buffer when the server begins or ceases to look at it.
local options = require("adr-lens.options")

local M = {}

--- Figures are coloured only where the server looks, so colours are asked for again.
---@param buf integer
local function recolour(buf)
  local highlighter = vim.treesitter.highlighter.active[buf]
  if highlighter and require("adr-lens.grammar").available() then
    highlighter.tree:invalidate(true)
    highlighter.tree:parse(true)
  end
end

--- Of several findings at one place the gravest is the one that is seen, unless somebody set an order of their own.
---@param client vim.lsp.Client
local function gravest_first(client)
  if vim.diagnostic.config().severity_sort then
    return
  end
  local provider = (client.server_capabilities or {}).diagnosticProvider
  local pulled = provider and (provider.identifier or true) or nil
  for _, of in ipairs({ false, pulled }) do
    local found, namespace = pcall(vim.lsp.diagnostic.get_namespace, client.id, of)
    if found then
      vim.diagnostic.config({ severity_sort = true }, namespace)
    end
  end
end

---@param buf integer
---@param client vim.lsp.Client
function M.begin(buf, client)
  gravest_first(client)
  local hints = (client.server_capabilities or {}).inlayHintProvider
  if hints and options.get().inlay_hints then
    vim.lsp.inlay_hint.enable(true, { bufnr = buf })
  end
  vim.b[buf].adr_lens = true
  recolour(buf)
end

---@param buf integer
function M.finish(buf)
  vim.schedule(function()
    if vim.api.nvim_buf_is_loaded(buf) and not require("adr-lens.server").of(buf) then
      vim.b[buf].adr_lens = nil
      recolour(buf)
    end
  end)
end

return M
