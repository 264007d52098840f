-- Run by lazy.nvim when the plugin is installed or updated: builds the grammar that colours figures.
local problem = require("adr-lens.grammar").build()
if problem then
  error("adr-lens: figures will not be coloured: " .. problem)
end
