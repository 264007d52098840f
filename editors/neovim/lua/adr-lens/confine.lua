--- What the server may open and change: the records of its workspace, and what is open beside them. Nothing else, whatever a record,
--- a lens or a message of the server says.
local M = {}

--- The path as the file system has it, links followed; for a file that is yet to be, that of its nearest folder.
---@param path string
---@return string
local function real(path)
  path = vim.fs.normalize(vim.fn.fnamemodify(path, ":p"))
  local rest = ""
  local at = path
  while true do
    local found = vim.uv.fs_realpath(at)
    if found then
      return vim.fs.normalize(found .. rest)
    end
    local parent = vim.fs.dirname(at)
    if not parent or parent == at then
      return path
    end
    rest = "/" .. vim.fs.basename(at) .. rest
    at = parent
  end
end

---@param path string
---@param folder string
---@return boolean
local function below(path, folder)
  folder = real(folder):gsub("/$", "")
  return path == folder or vim.startswith(path, folder .. "/")
end

--- Whether a URI names a file of the client's workspace, or one it looks at in the editor.
---@param client vim.lsp.Client
---@param uri string
---@return boolean
function M.allows(client, uri)
  if not vim.startswith(uri, "file://") then
    return false
  end
  local path = real(vim.uri_to_fname(uri))
  for _, folder in ipairs(client.workspace_folders or {}) do
    if below(path, vim.uri_to_fname(folder.uri)) then
      return true
    end
  end
  if client.config.root_dir and below(path, client.config.root_dir) then
    return true
  end
  for buf in pairs(client.attached_buffers or {}) do
    if vim.api.nvim_buf_is_valid(buf) and real(vim.api.nvim_buf_get_name(buf)) == path then
      return true
    end
  end
  return false
end

--- The first file that an edit would touch and must not.
---@param client vim.lsp.Client
---@param edit table a WorkspaceEdit
---@return string?
function M.trespass(client, edit)
  local uris = {}
  for uri in pairs(edit.changes or {}) do
    table.insert(uris, uri)
  end
  for _, change in ipairs(edit.documentChanges or {}) do
    vim.list_extend(uris, { (change.textDocument or {}).uri, change.uri, change.oldUri, change.newUri })
  end
  for _, uri in ipairs(uris) do
    if not M.allows(client, uri) then
      return uri
    end
  end
end

--- `workspace/applyEdit`.
function M.apply(err, result, ctx, config)
  local client = vim.lsp.get_client_by_id(ctx.client_id)
  local foreign = client and result and result.edit and M.trespass(client, result.edit)
  if foreign then
    vim.notify(("adr-lens: %s is not in the workspace, and is not changed"):format(foreign), vim.log.levels.WARN)
    return { applied = false, failureReason = "outside of the workspace" }
  end
  return vim.lsp.handlers["workspace/applyEdit"](err, result, ctx, config)
end

return M
