-- Counts what holds and what does not.
local M = { passed = 0, failed = 0 }

function M.check(name, ok, seen)
  if ok then
    M.passed = M.passed + 1
    print("ok " .. name)
  else
    M.failed = M.failed + 1
    print("FAILED " .. name .. ": " .. vim.inspect(seen))
  end
end

function M.finish()
  print(("%d passed, %d failed\n"):format(M.passed, M.failed))
  vim.cmd(M.failed == 0 and "qall!" or "cquit 1")
end

return M
