--- Texts in windows of their own, and what the server wants to be shown.
local confine = require("adr-lens.confine")

local M = {}

--- The window of the current tab that shows a buffer.
---@param buf integer
---@return integer?
function M.window(buf)
  for _, win in ipairs(vim.api.nvim_tabpage_list_wins(0)) do
    if vim.api.nvim_win_get_buf(win) == buf then
      return win
    end
  end
end

--- A buffer for a text of ours: no file, nothing runs in it, `q` closes its window.
---@param name string
---@return integer
function M.buffer(name)
  local full = "adr-lens://" .. name
  for _, buf in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_get_name(buf) == full then
      return buf
    end
  end
  local buf = vim.api.nvim_create_buf(false, true)
  vim.api.nvim_buf_set_name(buf, full)
  vim.bo[buf].swapfile = false
  vim.bo[buf].modeline = false
  vim.keymap.set("n", "q", "<cmd>close<cr>", { buffer = buf, nowait = true, desc = "Close" })
  return buf
end

---@param buf integer
---@param lines string[]
function M.fill(buf, lines)
  vim.bo[buf].modifiable = true
  vim.api.nvim_buf_set_lines(buf, 0, -1, false, lines)
  vim.bo[buf].modifiable = false
  vim.bo[buf].modified = false
end

--- Shows a text below the others.
---@param name string
---@param text string
---@return integer buf
---@return integer win
function M.text(name, text)
  local buf = M.buffer(name)
  M.fill(buf, vim.split(text:gsub("\r", ""):gsub("\n$", ""), "\n"))
  local win = M.window(buf)
  if not win then
    win = vim.api.nvim_open_win(buf, true, { split = "below", win = -1, height = math.floor(vim.o.lines * 0.4) })
    vim.wo[win].wrap = true
    vim.wo[win].linebreak = true
  end
  vim.api.nvim_set_current_win(win)
  vim.api.nvim_win_set_cursor(win, { 1, 0 })
  return buf, win
end

--- The text of a file that the server wrote to be read: in a folder of its own below that for temporary files.
---@param client vim.lsp.Client
---@param uri string
---@return string? name
---@return string? text
local function written(client, uri)
  if not vim.startswith(uri, "file://") then
    return
  end
  local path = vim.uv.fs_realpath(vim.uri_to_fname(uri))
  local temporary = vim.uv.fs_realpath(vim.uv.os_tmpdir())
  local name = path and temporary and path:sub(#temporary + 2):match("^adr%-lens%-%d+/([%w_.-]+)$")
  if not name or confine.allows(client, uri) then
    return
  end
  local file = io.open(path, "r")
  local text = file and file:read("*a")
  if file then
    file:close()
  end
  return name, text or nil
end

--- `window/showDocument`: pages of the web in the browser, texts of the server in a window of ours, records of the workspace as any
--- other file, and nothing else.
function M.document(err, result, ctx, config)
  local client = vim.lsp.get_client_by_id(ctx.client_id)
  local uri = (result or {}).uri
  if not client or type(uri) ~= "string" then
    return { success = false }
  end
  if result.external then
    if not uri:match("^https?://") then
      vim.notify("adr-lens: not opened, for it is no page of the web: " .. uri, vim.log.levels.WARN)
      return { success = false }
    end
    return vim.lsp.handlers["window/showDocument"](err, result, ctx, config)
  end
  local name, text = written(client, uri)
  if name and text then
    M.text(name, text)
    return { success = true }
  end
  if not confine.allows(client, uri) then
    vim.notify("adr-lens: not opened, for it is not in the workspace: " .. uri, vim.log.levels.WARN)
    return { success = false }
  end
  return vim.lsp.handlers["window/showDocument"](err, result, ctx, config)
end

--- Goes to a place in a file: in the window that shows it, else in one that shows a file.
---@param path string
---@param line integer from 1
---@param column integer bytes, from 0
function M.place(path, line, column)
  local buf = vim.fn.bufadd(path)
  vim.bo[buf].buflisted = true
  vim.fn.bufload(buf)
  local win = M.window(buf)
  if not win then
    for _, other in ipairs(vim.api.nvim_tabpage_list_wins(0)) do
      local floats = vim.api.nvim_win_get_config(other).relative ~= ""
      if not floats and vim.bo[vim.api.nvim_win_get_buf(other)].buftype == "" then
        win = other
        break
      end
    end
  end
  win = win or vim.api.nvim_open_win(buf, true, { split = "left", win = -1 })
  vim.api.nvim_set_current_win(win)
  vim.cmd("normal! m'")
  vim.api.nvim_win_set_buf(win, buf)
  line = math.max(1, math.min(line, vim.api.nvim_buf_line_count(buf)))
  pcall(vim.api.nvim_win_set_cursor, win, { line, column })
end

return M
