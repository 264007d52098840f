-- A Neovim that is driven from outside, as a person drives it: keys go in, and what it holds is looked at.
local Editor = {}
Editor.__index = Editor

function Editor.start(command)
  local self = setmetatable({ blocked = 0 }, Editor)
  self.channel = vim.fn.jobstart(command, {
    rpc = true,
    on_stderr = function(_, data)
      local text = table.concat(data, "\n")
      if text ~= "" then
        io.stderr:write(text)
      end
    end,
  })
  vim.rpcrequest(self.channel, "nvim_ui_attach", 160, 50, {})
  return self
end

--- An editor that asks for a key answers nothing else. That is counted, and the key is given.
function Editor:unblock()
  for _ = 1, 20 do
    if not vim.rpcrequest(self.channel, "nvim_get_mode").blocking then
      return
    end
    self.blocked = self.blocked + 1
    vim.rpcrequest(self.channel, "nvim_input", "<CR>")
    vim.wait(50)
  end
end

--- Runs Lua in the editor and returns what it returns.
function Editor:lua(code, ...)
  self:unblock()
  return vim.rpcrequest(self.channel, "nvim_exec_lua", code, { ... })
end

function Editor:command(command)
  self:unblock()
  vim.rpcrequest(self.channel, "nvim_command", command)
end

function Editor:keys(keys)
  vim.rpcrequest(self.channel, "nvim_input", keys)
end

--- Waits until Lua in the editor returns something true; returns that, or nothing after ten seconds.
function Editor:wait(code, ...)
  local arguments = { ... }
  local seen
  vim.wait(10000, function()
    seen = self:lua(code, unpack(arguments))
    return seen and seen ~= vim.NIL and true or false
  end, 30)
  return seen ~= vim.NIL and seen or nil
end

function Editor:lines(buf)
  return vim.rpcrequest(self.channel, "nvim_buf_get_lines", buf or 0, 0, -1, false)
end

function Editor:text(buf)
  return table.concat(self:lines(buf), "\n")
end

function Editor:stop()
  pcall(vim.rpcnotify, self.channel, "nvim_command", "qall!")
  return vim.fn.jobwait({ self.channel }, 5000)[1]
end

return Editor
