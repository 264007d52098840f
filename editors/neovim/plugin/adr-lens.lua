if vim.g.loaded_adr_lens then
  return
end
vim.g.loaded_adr_lens = true
if vim.fn.has("nvim-0.10") == 0 then
  vim.notify("adr-lens needs Neovim 0.10 or newer", vim.log.levels.ERROR)
  return
end

local function command(name, act, options)
  vim.api.nvim_create_user_command(name, function(given)
    require("adr-lens.commands")[act](given)
  end, options)
end

command("AdrCheck", "check", {
  bang = true,
  nargs = "?",
  complete = "file",
  desc = "Findings of all records, or of one, in the quickfix list; with ! also what records leave open",
})
command("AdrAsk", "ask", { nargs = "*", desc = "Ask about this record" })
command("AdrChat", "chat", { desc = "Talk about this record" })
command("AdrChecklist", "checklist", { desc = "The checklist of this record" })
command("AdrRecommend", "recommend", { nargs = "?", desc = "Engines for what this record needs, of one vendor if named" })

require("adr-lens.grammar").register()

local group = vim.api.nvim_create_augroup("adr-lens", {})
local function on(event, act)
  vim.api.nvim_create_autocmd(event, {
    group = group,
    callback = function(args)
      local client = vim.lsp.get_client_by_id(args.data.client_id)
      if client and client.name == "adr-lens" then
        require("adr-lens.attached")[act](args.buf, client)
      end
    end,
  })
end
on("LspAttach", "begin")
on("LspDetach", "finish")
