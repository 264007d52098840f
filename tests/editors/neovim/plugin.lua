-- What an architect sees in Neovim with the plugin: nvim --clean --headless -l plugin.lua NVIM WORKSPACE LOG
-- NVIM is the editor to drive; it finds the plugin as a native package, and its init.lua is `require("adr-lens").setup()` alone.
package.path = vim.fs.dirname(arg[0]) .. "/?.lua;" .. package.path
local checks, Editor = require("checks"), require("editor")
local check = checks.check
local nvim, workspace, log = arg[1], arg[2], arg[3]
local adr = workspace .. "/docs/adr/"

local editor = Editor.start({ nvim, "--embed", adr .. "0001-orders.md" })
local modern = editor:lua([[return vim.fn.has("nvim-0.11") == 1]])
local newest = editor:lua([[return vim.fn.has("nvim-0.12") == 1]])

-- Of the buffer in the current window: the findings at or above a severity, as {words under them, rule}.
editor:lua([[
  function Findings(least)
    local found = {}
    for _, d in ipairs(vim.diagnostic.get(0, { severity = { min = vim.diagnostic.severity[least] } })) do
      local words = vim.api.nvim_buf_get_text(0, d.lnum, d.col, d.end_lnum, d.end_col, {})
      table.insert(found, { words = words[1], rule = d.code, source = d.source })
    end
    return found
  end
  function Named(name)
    for _, buf in ipairs(vim.api.nvim_list_bufs()) do
      if vim.api.nvim_buf_get_name(buf):find(name, 1, true) then
        return buf
      end
    end
  end
  function Text(buf)
    return table.concat(vim.api.nvim_buf_get_lines(buf or 0, 0, -1, false), "\n")
  end
  function Said()
    return vim.api.nvim_exec2("messages", { output = true }).output
  end
]])

-- Diagnostics.
check("attaches by itself", editor:wait([[local c = vim.lsp.get_clients({ bufnr = 0, name = "adr-lens" })[1]; return c and c.initialized]]))
check("warns of one thing", editor:wait([[return #Findings("WARN") == 1]]), editor:lua([[return Findings("HINT")]]))
local found = editor:lua([[return Findings("WARN")[1] or {}]])
check("under the right words", found.words == "Amazon DynamoDB", found)
check("with its rule", found.rule == "choice/joins-on-key-value" and found.source == "adr-lens", found)
local sign = editor:lua([[
  local best
  for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(0, -1, 0, -1, { details = true, type = "sign" })) do
    local details = mark[4]
    if mark[2] == vim.diagnostic.get(0, { severity = vim.diagnostic.severity.ERROR })[1].lnum then
      if not best or details.priority > best.priority then best = details end
    end
  end
  return best and best.sign_hl_group
]])
check("the sign beside it is that of the gravest finding", sign == "DiagnosticSignError", sign)
check("and asks what is open", editor:lua([[return #Findings("HINT") > 1]]))
check(
  "the status line counts",
  editor:lua([[return require("adr-lens").status()]]):match("^adr 1 error, %d questions$"),
  editor:lua([[return require("adr-lens").status()]])
)

-- Hover: what the key says, with the source.
editor:lua([[vim.fn.search("Amazon DynamoDB\\.")]])
editor:command("lua vim.lsp.buf.hover()")
local float = [[
  for _, win in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(win).relative ~= "" then
      return Text(vim.api.nvim_win_get_buf(win))
    end
  end
]]
local hover = editor:wait(float) or ""
check("hover tells why", hover:find("joins", 1, true) and hover:find("DynamoDB", 1, true), hover)
check("and the source", hover:find("database decision framework", 1, true), hover)
editor:keys("<Esc>ggG")

-- Inlay hints.
check(
  "inlay hints without being asked for",
  editor:wait([[return #vim.lsp.inlay_hint.get({ bufnr = 0 }) >= 2]]),
  editor:lua([[return vim.lsp.inlay_hint.get({ bufnr = 0 })]])
)

-- Navigation.
editor:lua([[vim.fn.search("0002-sessions")]])
editor:keys("<C-]>")
check(
  "a link leads to its record",
  editor:wait([[return vim.api.nvim_buf_get_name(0):find("0002-sessions.md", 1, true)]]),
  editor:lua([[return vim.api.nvim_buf_get_name(0)]])
)
editor:keys("<C-o>")
check("and back", editor:wait([[return vim.api.nvim_buf_get_name(0):find("adr/0001-orders.md", 1, true)]]))

-- Completion.
editor:lua([[vim.fn.search("^Proposed")]])
editor:keys("ccAcc<C-x><C-o>")
check(
  "completes a status",
  editor:wait([[return vim.fn.pumvisible() == 1 or vim.api.nvim_get_current_line() == "Accepted"]]),
  editor:lua([[return vim.api.nvim_get_current_line()]])
)
editor:keys("<C-y><Esc>u")
check("and takes it back", editor:wait([[return vim.fn.search("^Proposed", "nw") > 0]]), editor:text())

-- The quickfix list of the folder.
editor:command("AdrCheck")
check(
  "the folder in the quickfix list",
  editor:wait([[return vim.fn.getqflist({ size = 0 }).size == 2]]),
  editor:lua([[return vim.fn.getqflist()]])
)
check(
  "with a title",
  editor:lua([[return vim.fn.getqflist({ title = 0 }).title]]):find("3 records, 1 error, 1 warning", 1, true),
  editor:lua([[return vim.fn.getqflist({ title = 0 }).title]])
)
editor:command("clast")
check("leads to a record that was not open", editor:lua([[return vim.api.nvim_buf_get_name(0):find("0003-audit.md", 1, true)]]))
check(
  "at the words",
  editor:lua([[return vim.api.nvim_get_current_line():sub(vim.fn.col("."))]]) == "Amazon QLDB.",
  editor:lua([[return { vim.fn.line("."), vim.fn.col(".") }]])
)
check("which become diagnostics as well", editor:wait([[return #Findings("WARN") == 1]]), editor:lua([[return Findings("HINT")]]))
editor:command("cclose")
editor:command("AdrCheck!")
check(
  "with ! what is open, too",
  editor:wait([[return vim.fn.getqflist({ size = 0 }).size > 5]]),
  editor:lua([[return vim.fn.getqflist({ size = 0 })]])
)
editor:command("cclose")
editor:command("AdrCheck %")
check(
  "of one record",
  editor:wait([[return vim.fn.getqflist({ title = 0 }).title:find("1 record,", 1, true)]]),
  editor:lua([[return vim.fn.getqflist({ title = 0 })]])
)
editor:command("cclose")
if newest then
  editor:command("edit " .. adr .. "0001-orders.md")
  editor:lua([[vim.lsp.buf.workspace_diagnostics()]])
  check(
    "diagnostics of the workspace",
    editor:wait([[
    for _, d in ipairs(vim.diagnostic.get()) do
      if vim.api.nvim_buf_get_name(d.bufnr):find("0002-sessions.md", 1, true) then return true end
    end
  ]])
  )
end
editor:command("AdrCheck docs")
check("for a folder it says what to do", editor:wait([[return Said():find("adr-lens check docs", 1, true)]]), editor:lua([[return Said()]]))

-- A talk.
editor:command("edit " .. adr .. "0001-orders.md")
editor:command("AdrAsk why is this flagged?")
local chat = [[local buf = Named("adr-lens://chat"); local text = buf and Text(buf) or ""; return text:find(..., 1, true) and text]]
local answer = editor:wait(chat, "You may go on:") or ""
check(
  "a question is answered",
  answer:find("› why is this flagged?", 1, true) and answer:find("The record decides for Amazon DynamoDB and needs joins", 1, true),
  answer
)
check("one stays in the record", editor:lua([[return vim.api.nvim_buf_get_name(0):find("adr/0001-orders.md", 1, true)]]))
check(
  "the answer came in parts",
  editor:lua(
    [[return #vim.api.nvim_buf_get_extmarks(Named("adr-lens://chat"), vim.api.nvim_create_namespace("adr-lens.chat"), 0, -1, { type = "highlight" }) > 2]]
  )
)
editor:command("AdrChat")
check(
  "the talk is one window",
  editor:lua([[return vim.bo.buftype == "prompt" and #vim.fn.win_findbuf(vim.api.nvim_get_current_buf()) == 1]])
)
check(
  "made for its width",
  editor:lua([[
  local widest = 0
  for _, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    if not line:find("https:", 1, true) then widest = math.max(widest, vim.fn.strdisplaywidth(line)) end
  end
  return widest <= vim.api.nvim_win_get_width(0)
]]),
  editor:text()
)
editor:keys("<Esc>")
editor:lua([[vim.fn.search("line 9", "bw")]])
editor:keys("<CR>")
check(
  "Enter leads to the words of an answer",
  editor:wait([[return vim.api.nvim_buf_get_name(0):find("adr/0001-orders.md", 1, true) and vim.fn.line(".") == 9]]),
  editor:lua([[return { vim.api.nvim_buf_get_name(0), vim.fn.line(".") }]])
)
editor:command("AdrChat")
editor:keys("what is missing?<CR>")
check("a typed question is answered", editor:wait(chat, "? May a read be stale"), editor:text())
editor:keys("<Up><Up>")
check(
  "what was asked comes back",
  editor:wait([[return vim.api.nvim_get_current_line() == "› why is this flagged?"]]),
  editor:lua([[return vim.api.nvim_get_current_line()]])
)
editor:keys("<Down><Down>reads may be a minute old<CR>")
check("an edit is proposed", editor:wait(chat, "Proposed: "), editor:text())
check("and not made", not editor:lua([[return Text(Named("adr/0001-orders.md")):find("minute old", 1, true) ~= nil]]))
editor:keys("yes<CR>")
check("with yes it is made", editor:wait([[return Text(Named("adr/0001-orders.md")):lower():find("minute old", 1, true)]]), editor:text())
editor:keys("<Esc>")
editor:lua([[vim.api.nvim_set_current_win(vim.fn.win_findbuf(Named("adr/0001-orders.md"))[1])]])
editor:keys("u")
check("and can be undone", editor:wait([[return not Text(Named("adr/0001-orders.md")):lower():find("minute old", 1, true)]]), editor:text())
check(
  "questions are kept",
  editor:lua([[
  local path = require("adr-lens.chat.history").path()
  return vim.fn.readfile(path)[1] == "why is this flagged?" and vim.fn.getfperm(path) == "rw-------"
]])
)

-- A recommendation.
editor:command("AdrRecommend")
local recommendation = editor:wait([[local buf = Named("adr-lens://recommendation"); return buf and Text(buf)]]) or ""
check("a recommendation in a window", recommendation:find("joins", 1, true) and recommendation:find("PostgreSQL", 1, true), recommendation)
check("in which nothing runs", editor:lua([[return vim.bo.buftype == "nofile" and not vim.bo.modifiable and not vim.bo.modeline]]))
editor:keys("q")
check("closed with q", editor:wait([[return vim.api.nvim_buf_get_name(0):find("adr/0001-orders.md", 1, true)]]))

-- The checklist.
editor:command("AdrChecklist")
local checklist = editor:wait([[local buf = Named("adr-lens://checklist"); return buf and Text(buf)]]) or ""
check(
  "a checklist",
  checklist:find("%d+ ticked, %d+ failed, %d+ open") and checklist:find("[!] ", 1, true) and checklist:find("[x] ", 1, true),
  checklist
)
editor:lua([[vim.fn.search("line 9:")]])
editor:keys("<CR>")
check(
  "leads to the evidence",
  editor:wait([[return vim.api.nvim_buf_get_name(0):find("adr/0001-orders.md", 1, true) and vim.fn.line(".") == 9]]),
  editor:lua([[return { vim.api.nvim_buf_get_name(0), vim.fn.line(".") }]])
)
editor:lua([[vim.api.nvim_win_close(vim.fn.win_findbuf(Named("adr-lens://checklist"))[1], true)]])

-- Settings.
editor:lua([[require("adr-lens").configure({ hints = false })]])
check(
  "in the record",
  editor:lua([[return vim.api.nvim_buf_get_name(0):find("adr/0001", 1, true)]]),
  editor:lua([[return vim.api.nvim_buf_get_name(0)]])
)
check("other settings, other findings", editor:wait([[return #Findings("HINT") == 1]]), editor:lua([[return Findings("HINT")]]))

-- Code actions.
editor:lua([[vim.fn.search("Amazon DynamoDB\\.")]])
editor:lua(
  [[vim.lsp.buf.code_action({ apply = true, filter = function(action) return action.title:find("Silence choice/joins", 1, true) ~= nil end })]]
)
check(
  "silencing writes a comment",
  editor:wait([[return Text():find("adr-lens-ignore choice/joins-on-key-value", 1, true)]]),
  editor:text()
)
check("and the warning goes", editor:wait([[return #Findings("WARN") == 0]]), editor:lua([[return Findings("WARN")]]))
editor:command("silent write")
check("on disk, too", table.concat(vim.fn.readfile(adr .. "0001-orders.md"), "\n"):find("adr-lens-ignore", 1, true))
editor:keys("u")
check("undone", editor:wait([[return #Findings("WARN") == 1]]), editor:lua([[return Findings("WARN")]]))
editor:command("silent write")

-- Rename.
editor:lua([[vim.api.nvim_win_set_cursor(0, { 1, 6 })]])
editor:lua([[vim.lsp.buf.rename("0001-orders-and-returns.md")]])
check(
  "a record is renamed",
  editor:wait([[return vim.api.nvim_buf_get_name(0):find("0001-orders-and-returns.md", 1, true)]]),
  editor:lua([[return vim.api.nvim_buf_get_name(0)]])
)
editor:command("silent! wall")

-- The server ends by itself.
editor:lua([[Before = vim.lsp.get_clients({ bufnr = 0, name = "adr-lens" })[1].id]])
editor:lua([[vim.api.nvim_exec2("messages clear", {})]])
vim.uv.kill(tonumber(vim.fn.readfile(log .. ".pid")[1]), "sigkill")
check(
  "a server that fell is started again",
  editor:wait([[
  local client = vim.lsp.get_clients({ bufnr = 0, name = "adr-lens" })[1]
  return client and client.initialized and client.id ~= Before
]])
)
check("and finds what it found", editor:wait([[return #Findings("WARN") == 1]]), editor:lua([[return Findings("HINT")]]))
check("which was told", editor:wait([[return Said():find("started again", 1, true)]]), editor:lua([[return Said()]]))
editor:command("AdrAsk what is missing?")
check(
  "the talk goes on",
  editor:wait([[return select(2, Text(Named("adr-lens://chat")):gsub("%? May a read be stale", "")) >= 2]]),
  editor:lua([[return Text(Named("adr-lens://chat"))]])
)

-- What the server may not do.
editor:lua([[
  local client = vim.lsp.get_clients({ bufnr = 0, name = "adr-lens" })[1]
  local context = { client_id = client.id, method = "" }
  local outside = vim.fn.tempname()
  vim.fn.writefile({ "untouched" }, outside)
  local uri = vim.uri_from_fname(outside)
  local edit = { changes = { [uri] = { { range = { start = { line = 0, character = 0 }, ["end"] = { line = 0, character = 0 } }, newText = "!" } } } }
  Refused = {
    edit = client.handlers["workspace/applyEdit"](nil, { edit = edit }, context, {}),
    made = client.handlers["workspace/applyEdit"](nil, { edit = { documentChanges = { { kind = "create", uri = uri .. ".new" } } } }, context, {}),
    file = client.handlers["window/showDocument"](nil, { uri = uri }, context, {}),
    program = client.handlers["window/showDocument"](nil, { uri = uri, external = true }, context, {}),
    opened = vim.fn.bufexists(outside), there = vim.fn.filereadable(outside .. ".new"),
  }
]])
local refused = editor:lua("return Refused")
check(
  "nothing outside of the workspace is changed",
  refused.edit.applied == false and refused.made.applied == false and refused.there == 0,
  refused
)
check("or opened", refused.file.success == false and refused.program.success == false and refused.opened == 0, refused)

-- Colours of figures.
if modern then
  check("the grammar of figures is built", editor:lua([[return require("adr-lens.grammar").build() == nil]]))
  editor:command("edit " .. adr .. "0003-audit.md")
  editor:lua([[vim.api.nvim_buf_set_lines(0, 8, 8, false, { "Reads stay below 10 ms." })]])
  editor:lua([[vim.treesitter.start()]])
  check(
    "and colours them",
    editor:wait([[
      vim.treesitter.get_parser(0):parse(true)
      for _, capture in ipairs(vim.treesitter.get_captures_at_pos(0, 8, 17)) do
        if capture.lang == "statement" and capture.capture == "number" then return true end
      end
    ]]),
    editor:lua([[return vim.treesitter.get_captures_at_pos(0, 8, 17)]])
  )
  editor:command("edit!")
end

-- Health and help.
editor:command("checkhealth adr-lens")
local health = editor:wait([[local text = Text(); return text:find("adr-lens 0.", 1, true) and text]]) or ""
check("checkhealth is clean", health ~= "" and not health:find("ERROR") and not health:find("WARNING") and not health:find("❌"), health)
editor:command("help adr-lens")
check(
  "there is help",
  editor:lua([[return vim.bo.buftype == "help" and Text():find("AdrChat", 1, true) ~= nil]]),
  editor:lua([[return { vim.bo.buftype, vim.api.nvim_buf_get_name(0) }]])
)
local tags = editor:lua([[return vim.fn.getcompletion("adr-lens", "help")]])
check("on every command and option", #tags > 12, tags)

check("nothing waited for a key", editor.blocked == 0, editor.blocked)
check(
  "no error was shown",
  not editor:lua([[return Said()]]):find("E%d+:") and not editor:lua([[return Said()]]):find("stack traceback"),
  editor:lua([[return Said()]])
)
if not modern then
  print("(Neovim 0.10: by vim.lsp.start)")
end
check("leaves quietly", editor:stop() == 0)

-- Without the program on the PATH.
local bare = Editor.start({ "env", "PATH=/usr/bin:/bin", nvim, "--embed", adr .. "0001-orders.md" })
check(
  "says that the program is missing",
  bare:wait([[
    local said = vim.api.nvim_exec2("messages", { output = true }).output
    return said:find("`adr-lens` cannot be run; see :checkhealth adr-lens", 1, true) ~= nil
  ]]),
  bare:lua([[return vim.api.nvim_exec2("messages", { output = true }).output]])
)
bare:stop()
checks.finish()
