-- For `vim.lsp.enable("adr-lens")`, Neovim 0.11 and newer. What you give to `vim.lsp.config("adr-lens", …)` goes before it.
return require("adr-lens.server").config()
