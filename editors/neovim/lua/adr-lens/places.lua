--- Places as adr-lens writes them in JSON: lines and columns from 1, columns in characters.
local M = {}

--- Lines of a file: of its buffer when it is loaded, else as saved.
---@param path string
---@return string[]
local function lines(path)
  local buf = vim.fn.bufnr(vim.fn.fnameescape(path))
  if buf > 0 and vim.api.nvim_buf_is_loaded(buf) then
    return vim.api.nvim_buf_get_lines(buf, 0, -1, false)
  end
  if vim.fn.filereadable(path) == 1 then
    return vim.fn.readfile(path)
  end
  return {}
end

--- A reader that opens each file once.
---@return fun(path: string, point: {line: integer, column: integer}): integer bytes from 0
function M.columns()
  local read = {}
  return function(path, point)
    read[path] = read[path] or lines(path)
    local line = read[path][point.line]
    if not line then
      return 0
    end
    local before = vim.fn.byteidx(line, point.column - 1)
    return before < 0 and #line or before
  end
end

return M
