--- The language server as a client of Neovim: how it is started, found, asked, and started again.
local options = require("adr-lens.options")

local M = {}

M.NAME = "adr-lens"

--- Ends that nobody asked for, by the second: so many in so long a time, and it is left alone.
local MOST_RESTARTS, WITHIN = 3, 180
---@type integer[]
local restarts = {}
--- The folder each server was started in: its paths are relative to it.
---@type table<integer, string>
local folders = {}

local modern = vim.fn.has("nvim-0.11") == 1

---@return boolean
local function leaving()
  return vim.v.exiting ~= vim.NIL
end

--- Whether a server that ended like this did so by itself: it was neither told to shut down nor stopped by Neovim.
---@param code integer
---@param signal integer
---@return boolean
local function fell(code, signal)
  local TERMINATED = 15
  return (code ~= 0 or signal ~= 0) and signal ~= TERMINATED and code ~= 128 + TERMINATED
end

---@param code integer
---@param signal integer
---@param id integer
local function ended(code, signal, id)
  folders[id] = nil
  if not options.get().restart or leaving() or not fell(code, signal) then
    return
  end
  local now = os.time()
  restarts = vim.tbl_filter(function(second)
    return now - second < WITHIN
  end, restarts)
  if #restarts >= MOST_RESTARTS then
    vim.schedule(function()
      vim.notify("adr-lens ended several times and is left alone; see :checkhealth adr-lens", vim.log.levels.ERROR)
    end)
    return
  end
  table.insert(restarts, now)
  -- Neovim lets go of the buffers of the old client first.
  vim.defer_fn(function()
    if leaving() then
      return
    end
    vim.notify("adr-lens ended by itself and is started again", vim.log.levels.WARN)
    M.attach_all()
  end, 200)
end

--- Settings as the protocol has them: none are an object, where Lua's empty table would be a list.
---@param settings table<string, any>
---@return table
local function keyed(settings)
  return next(settings) and settings or vim.empty_dict()
end

---@param client vim.lsp.Client
---@return boolean
local function stopped(client)
  if modern then
    return client:is_stopped()
  end
  return client.is_stopped() -- luacheck: ignore (what 0.10 has)
end

--- Asks for the diagnostics of all buffers of a client.
---@param client vim.lsp.Client
local function ask_again(client)
  local provider = client.server_capabilities.diagnosticProvider
  if stopped(client) or not provider then
    return
  end
  for buf in pairs(client.attached_buffers or {}) do
    local params = { identifier = provider.identifier, textDocument = { uri = vim.uri_from_bufnr(buf) } }
    M.request(client, "textDocument/diagnostic", params, nil, buf)
  end
end

--- What Neovim can do, and what it can do and does not say.
---@return table
function M.capabilities()
  local more = {
    workspace = {
      -- Answered below.
      diagnostics = { refreshSupport = true },
      -- `vim.lsp.util.apply_workspace_edit` has made such edits since long: without, no record could be renamed.
      workspaceEdit = { documentChanges = true },
    },
  }
  return vim.tbl_deep_extend("force", vim.lsp.protocol.make_client_capabilities(), more)
end

--- The configuration of the client, as the options have it.
---@return table
function M.config()
  local chosen = options.get()
  return {
    name = M.NAME,
    cmd = chosen.cmd,
    filetypes = chosen.filetypes,
    root_markers = chosen.root_markers,
    init_options = keyed(chosen.settings),
    settings = { adrLens = keyed(chosen.settings) },
    capabilities = M.capabilities(),
    handlers = {
      ["$/progress"] = function(err, result, ctx, config)
        if require("adr-lens.chat.talk").progress(result) then
          return
        end
        return vim.lsp.handlers["$/progress"](err, result, ctx, config)
      end,
      ["workspace/diagnostic/refresh"] = function(err, result, ctx, config)
        -- 0.11 and older do not know it, and 0.12 may ask for the folder alone and leave open buffers as they were.
        local client = vim.lsp.get_client_by_id(ctx.client_id)
        if client and not err then
          vim.schedule(function()
            ask_again(client)
          end)
        end
        local handler = vim.lsp.handlers["workspace/diagnostic/refresh"]
        return handler and handler(err, result, ctx, config) or vim.NIL
      end,
      -- In one line, which leaves nobody to press a key.
      ["window/showMessage"] = function(_, result)
        local levels = { vim.log.levels.ERROR, vim.log.levels.WARN }
        vim.notify(result.message, levels[result.type] or vim.log.levels.INFO)
      end,
      ["window/showDocument"] = function(err, result, ctx, config)
        return require("adr-lens.show").document(err, result, ctx, config)
      end,
      ["workspace/applyEdit"] = function(err, result, ctx, config)
        return require("adr-lens.confine").apply(err, result, ctx, config)
      end,
    },
    -- What stands over a title leads into the plugin's own windows.
    commands = {
      ["adrLens.check"] = function(command)
        require("adr-lens.check").run({ uri = (command.arguments or {})[1], questions = true })
      end,
      ["adrLens.ask"] = function(command, ctx)
        require("adr-lens.chat").ask(ctx.bufnr or vim.api.nvim_get_current_buf(), (command.arguments or {})[2])
      end,
      ["adrLens.checklist"] = function(_, ctx)
        require("adr-lens.checklist").run(ctx.bufnr or vim.api.nvim_get_current_buf())
      end,
    },
    on_init = function(client)
      folders[client.id] = vim.uv.cwd()
    end,
    on_exit = ended,
  }
end

--- What `vim.lsp.start` needs, with the workspace of a buffer or of the current folder.
---@param buf integer?
---@return table
local function startable(buf)
  local config = M.config()
  if modern then
    config = vim.deepcopy(vim.lsp.config[M.NAME] or config)
    config.name = M.NAME
  end
  if type(config.root_dir) ~= "string" then
    local from = buf or vim.uv.cwd()
    config.root_dir = vim.fs.root(from, config.root_markers) or (not buf and vim.uv.cwd() or nil)
  end
  return config
end

--- Starts the server for a buffer, or joins the one of its workspace.
---@param buf integer
function M.attach(buf)
  if vim.api.nvim_buf_is_loaded(buf) and vim.bo[buf].buftype == "" then
    vim.lsp.start(startable(buf), { bufnr = buf })
  end
end

--- The same for every buffer of ours that has no server.
function M.attach_all()
  for _, buf in ipairs(vim.api.nvim_list_bufs()) do
    local ours = vim.tbl_contains(startable(buf).filetypes or {}, vim.bo[buf].filetype)
    if ours and not M.of(buf) then
      M.attach(buf)
    end
  end
end

--- Says, at the first buffer of ours, that there is no program to look at it: Neovim passes over that in silence.
local function say_if_missing()
  local program = startable(nil).cmd
  if type(program) ~= "table" or vim.fn.executable(program[1]) == 1 then
    return
  end
  vim.api.nvim_create_autocmd("FileType", {
    group = vim.api.nvim_create_augroup("adr-lens.missing", {}),
    pattern = options.get().filetypes,
    once = true,
    callback = function()
      vim.notify(("adr-lens: `%s` cannot be run; see :checkhealth adr-lens"):format(program[1]), vim.log.levels.WARN)
    end,
  })
end

--- Lets every buffer of ours have the server from now on.
---@param given table what of the options differs from the defaults
function M.enable(given)
  say_if_missing()
  if modern then
    local over = { cmd = given.cmd, filetypes = given.filetypes, root_markers = given.root_markers }
    if given.settings then
      over.settings = { adrLens = keyed(given.settings) }
      over.init_options = keyed(given.settings)
    end
    if next(over) then
      vim.lsp.config(M.NAME, over)
    end
    vim.lsp.enable(M.NAME)
    return
  end
  vim.api.nvim_create_autocmd("FileType", {
    group = vim.api.nvim_create_augroup("adr-lens.attach", {}),
    pattern = options.get().filetypes,
    callback = function(args)
      M.attach(args.buf)
    end,
  })
  M.attach_all()
end

--- The client of a buffer.
---@param buf integer
---@return vim.lsp.Client?
function M.of(buf)
  return vim.lsp.get_clients({ bufnr = buf, name = M.NAME })[1]
end

--- The client to ask about a workspace: that of the current buffer, or of the current folder; one is started when there is none.
---@return vim.lsp.Client?
function M.any()
  local here = M.of(0)
  if here then
    return here
  end
  local config = startable(nil)
  for _, client in ipairs(vim.lsp.get_clients({ name = M.NAME })) do
    if client.config.root_dir == config.root_dir then
      return client
    end
  end
  local id
  if modern then
    id = vim.lsp.start(config, { attach = false })
  else
    id = vim.lsp.start_client(config) -- luacheck: ignore (what 0.10 has)
  end
  return id and vim.lsp.get_client_by_id(id) or nil
end

--- Asks, once the client is ready.
---@param client vim.lsp.Client
---@param method string
---@param params table
---@param handler fun(err: table?, result: any)? that of Neovim unless told otherwise
---@param buf integer?
function M.request(client, method, params, handler, buf)
  local function send()
    if modern then
      return client:request(method, params, handler, buf)
    end
    return client.request(method, params, handler, buf) -- luacheck: ignore (what 0.10 has)
  end
  if client.initialized then
    return send()
  end
  local tries = 500
  local function wait()
    tries = tries - 1
    if client.initialized then
      send()
    elseif tries == 0 or stopped(client) then
      if handler then
        handler({ code = 0, message = "the server does not answer" }, nil)
      end
    else
      vim.defer_fn(wait, 20)
    end
  end
  wait()
end

--- Runs a command of the server.
---@param client vim.lsp.Client
---@param command string
---@param arguments any[]
---@param done fun(result: any)
---@param buf integer?
function M.execute(client, command, arguments, done, buf)
  M.request(client, "workspace/executeCommand", { command = command, arguments = arguments }, function(err, result)
    if err then
      vim.notify(("adr-lens: %s"):format(err.message), vim.log.levels.ERROR)
    else
      done(result)
    end
  end, buf)
end

--- Changes settings for servers that run and for those to come. What is not named stays as it is.
---@param settings table<string, any>
function M.configure(settings)
  local all = vim.tbl_extend("force", options.get().settings, settings)
  options.get().settings = all
  if modern then
    vim.lsp.config(M.NAME, { settings = { adrLens = all }, init_options = all })
  end
  for _, client in ipairs(vim.lsp.get_clients({ name = M.NAME })) do
    client.settings = vim.tbl_deep_extend("force", client.settings or {}, { adrLens = all })
    client.config.settings = client.settings
    local params = { settings = client.settings }
    if modern then
      client:notify("workspace/didChangeConfiguration", params)
    else
      client.notify("workspace/didChangeConfiguration", params) -- luacheck: ignore (what 0.10 has)
    end
  end
end

--- Whether a server is gone.
---@param client vim.lsp.Client
---@return boolean
function M.stopped(client)
  return stopped(client)
end

--- Whether the server has a command.
---@param client vim.lsp.Client
---@param command string
---@return boolean
function M.has(client, command)
  local provider = (client.server_capabilities or {}).executeCommandProvider or {}
  return vim.tbl_contains(provider.commands or {}, command)
end

--- Stops an answer that is under way.
---@param client vim.lsp.Client
---@param id integer
function M.cancel(client, id)
  if modern then
    client:cancel_request(id)
  else
    client.cancel_request(id) -- luacheck: ignore (what 0.10 has)
  end
end

--- A path as the server writes it, made whole: it is relative to a folder of the workspace or to the one the server was started in.
---@param client vim.lsp.Client
---@param path string
---@return string
function M.path(client, path)
  if path:match("^/") or path:match("^%a:[/\\]") then
    return vim.fs.normalize(path)
  end
  local started = folders[client.id] or vim.uv.cwd()
  local roots = vim.tbl_map(function(folder)
    return vim.uri_to_fname(folder.uri)
  end, client.workspace_folders or {})
  table.insert(roots, started)
  for _, root in ipairs(roots) do
    local whole = vim.fs.normalize(root .. "/" .. path)
    if vim.uv.fs_stat(whole) then
      return whole
    end
  end
  return vim.fs.normalize(started .. "/" .. path)
end

return M
