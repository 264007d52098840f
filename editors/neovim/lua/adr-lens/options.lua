--- What the user chose. Settings of the server are passed on as they are: the server knows its keys, and says which are wrong.
local M = {}

---@class adr-lens.Options
---@field cmd string[] how the language server is started
---@field filetypes string[] of the buffers it looks at
---@field root_markers string[] a folder that holds one of these is the workspace
---@field settings table<string, any> keys of the server, such as `hints`
---@field inlay_hints boolean show inlay hints in records from the start
---@field restart boolean start the server again when it ended by itself
---@field chat adr-lens.ChatOptions

---@class adr-lens.ChatOptions
---@field width integer columns of the window of a talk
---@field history boolean keep what was asked for the next session

---@type adr-lens.Options
M.defaults = {
  cmd = { "adr-lens", "lsp" },
  filetypes = { "markdown", "asciidoc", "asciidoctor", "rst" },
  root_markers = { ".adr-dir", "adr-lens.toml", ".git" },
  settings = {},
  inlay_hints = true,
  restart = true,
  chat = { width = 72, history = true },
}

---@type adr-lens.Options
local current = vim.deepcopy(M.defaults)
---@type string[]
local wrong = {}

--- What of `given` can be used; the rest is named in sentences.
---@param given table
---@param defaults table
---@param name string
---@param problems string[]
---@return table
local function usable(given, defaults, name, problems)
  local kept = {}
  for key, value in pairs(given) do
    local default = defaults[key]
    local full = name .. tostring(key)
    if default == nil then
      table.insert(problems, ("there is no option `%s`"):format(full))
    elseif type(value) ~= type(default) then
      table.insert(problems, ("`%s` must be a %s, not a %s"):format(full, type(default), type(value)))
    elseif key == "chat" then
      kept[key] = usable(value, default, full .. ".", problems)
    else
      kept[key] = value
    end
  end
  return kept
end

--- Takes what the user gives to `setup`. An option that makes no sense stays as it was.
---@param given table?
---@return table kept what of it was taken
function M.take(given)
  wrong = {}
  local kept = usable(given or {}, M.defaults, "", wrong)
  current = vim.tbl_deep_extend("force", vim.deepcopy(M.defaults), kept)
  table.sort(wrong)
  return kept
end

---@return adr-lens.Options
function M.get()
  return current
end

--- What was wrong with the options, in sentences.
---@return string[]
function M.wrong()
  return wrong
end

return M
