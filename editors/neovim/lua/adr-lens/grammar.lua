--- The tree-sitter grammar of measured statements ("p99 below 5 ms at 2M requests/s"): figures in the buffers that the server looks
--- at are coloured by it when it was built. It lies in the repository of adr-lens, of which this plugin is a folder.
local M = {}

M.LANGUAGE = "statement"

--- The folder of the plugin.
---@return string
function M.plugin()
  local source = debug.getinfo(1, "S").source:sub(2)
  return vim.fs.dirname(vim.fs.dirname(vim.fs.dirname(vim.fs.normalize(source))))
end

--- The folder of the grammar, if it is there.
---@return string?
function M.source()
  local folder = vim.uv.fs_realpath(M.plugin() .. "/../../grammars/statement")
  return folder and vim.fs.normalize(folder) or nil
end

--- Whether Neovim can use the parser.
---@return boolean
function M.available()
  -- An older Neovim raises an error where a newer one answers nil.
  pcall(vim.treesitter.language.add, M.LANGUAGE)
  return (pcall(vim.treesitter.language.inspect, M.LANGUAGE))
end

--- Lets queries ask whether the server looks at a buffer: only there are figures coloured.
function M.register()
  vim.treesitter.query.add_predicate("adr-lens-record?", function(_, _, source)
    return type(source) == "number" and vim.b[source].adr_lens == true
  end, { force = true })
end

--- Builds the parser into the plugin's folder with the C compiler of the machine, `$CC` or `cc`.
---@return string? problem
function M.build()
  local source = M.source()
  if not source then
    return "the grammar is not beside the plugin: use a clone of the whole repository"
  end
  local compiler = vim.env.CC or "cc"
  if vim.fn.executable(compiler) == 0 then
    return ("there is no C compiler `%s`"):format(compiler)
  end
  local plugin = M.plugin()
  vim.fn.mkdir(plugin .. "/parser", "p")
  vim.fn.mkdir(plugin .. "/queries/" .. M.LANGUAGE, "p")
  local target = ("%s/parser/%s.so"):format(plugin, M.LANGUAGE)
  local command = { compiler, "-O2", "-shared", "-fPIC", "-I", source .. "/src", source .. "/src/parser.c", "-o", target }
  local result = vim.system(command, { text = true }):wait()
  if result.code ~= 0 then
    return result.stderr
  end
  local copied, why = vim.uv.fs_copyfile(source .. "/queries/highlights.scm", ("%s/queries/%s/highlights.scm"):format(plugin, M.LANGUAGE))
  return not copied and why or nil
end

return M
