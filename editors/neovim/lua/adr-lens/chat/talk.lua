--- A talk about a record with the server: questions in, parts of the answer as they come, then the answer.
local confine = require("adr-lens.confine")
local server = require("adr-lens.server")

---@class adr-lens.Talk
---@field record integer the buffer it is about
---@field client_id integer? the server that holds it
---@field id string? its name there
local Talk = {}
Talk.__index = Talk

---@class adr-lens.Listener
---@field part fun(text: string, part: table) a part of the answer, in the order they are to be read
---@field done fun(answer: table)
---@field failed fun(why: string)

--- Who listens to which answer.
---@type table<string, adr-lens.Listener>
local listeners = {}
local tokens = 0

---@param record integer
---@return adr-lens.Talk
function Talk.about(record)
  return setmetatable({ record = record }, Talk)
end

--- Takes a part of an answer from `$/progress`; false when it is about something else.
---@param params any
---@return boolean
function Talk.progress(params)
  local listener = type(params) == "table" and listeners[params.token]
  local value = listener and params.value
  if type(value) ~= "table" or type(value.text) ~= "string" then
    return false
  end
  listener.part(value.text, value.part or {})
  return true
end

---@param err table
---@return string
local function said(err)
  return type(err.message) == "string" and err.message or vim.inspect(err)
end

--- Begins at the server; a talk of a server that is gone begins anew.
---@param client vim.lsp.Client
---@param begun fun()
---@param failed fun(why: string)
function Talk:begin(client, begun, failed)
  if self.id and self.client_id == client.id then
    return begun()
  end
  local params = { textDocument = { uri = vim.uri_from_bufnr(self.record) } }
  server.request(client, "adrLens/conversation/create", params, function(err, result)
    if err then
      return failed(said(err))
    end
    self.id, self.client_id = result.id, client.id
    begun()
  end, self.record)
end

--- Asks.
---@param question string
---@param width integer columns to answer in
---@param listener adr-lens.Listener
---@return fun() stop
function Talk:ask(question, width, listener)
  local client = server.of(self.record)
  if not client then
    listener.failed("adr-lens does not look at the record any more")
    return function() end
  end
  local request
  local stopped = false
  self:begin(client, function()
    if stopped then
      return listener.failed("stopped")
    end
    tokens = tokens + 1
    local token = "adr-lens-talk-" .. tokens
    listeners[token] = listener
    local params = { id = self.id, question = question, width = width, partialResultToken = token }
    local _, id = server.request(client, "adrLens/conversation/turn", params, function(err, answer)
      listeners[token] = nil
      if err then
        self.id = nil
        return listener.failed(stopped and "stopped" or said(err))
      end
      listener.done(answer)
    end, self.record)
    request = id
  end, listener.failed)
  return function()
    stopped = true
    if request and not server.stopped(client) then
      server.cancel(client, request)
    end
  end
end

--- Makes the change that was said yes to.
---@param answer table
---@return string? problem
function Talk:apply(answer)
  local client = server.of(self.record)
  local edit = answer.edit
  if not client or type(edit) ~= "table" then
    return
  end
  local foreign = confine.trespass(client, edit)
  if foreign then
    return foreign .. " is not in the workspace, and is not changed"
  end
  vim.lsp.util.apply_workspace_edit(edit, client.offset_encoding)
end

--- Lets the server forget it.
function Talk:finish()
  local client = self.client_id and vim.lsp.get_client_by_id(self.client_id)
  if client and self.id and not server.stopped(client) then
    server.request(client, "adrLens/conversation/destroy", { id = self.id }, function() end)
  end
  self.id = nil
end

return Talk
