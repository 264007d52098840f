--- The window of a talk: what was asked and answered, and a line to ask in.
---
--- The buffer is a prompt buffer. Its last line is the question being written; all above it is what was said.
local Talk = require("adr-lens.chat.talk")
local history = require("adr-lens.chat.history")
local options = require("adr-lens.options")
local server = require("adr-lens.server")
local show = require("adr-lens.show")

local M = {}

local PROMPT = "› "
--- Columns that a record keeps beside its talk.
local ROOM = 48
local space = vim.api.nvim_create_namespace("adr-lens.chat")

---@class adr-lens.Chat
---@field buf integer
---@field record integer
---@field talk adr-lens.Talk
---@field stop fun()? ends the answer that is under way
---@field waiting string[] questions that were asked meanwhile
---@field places table<integer, table[]> by extmark of an answer's part: the places it rests on
---@field leads string[] what may be asked next
---@field recalled integer? how far back in the history
---@field lead integer? which of the leads is shown

--- By the buffer of the record.
---@type table<integer, adr-lens.Chat>
local chats = {}

--- Writes above the line one asks in.
---@param chat adr-lens.Chat
---@param lines string[]
---@param group string?
---@return integer first line, from 0
local function append(chat, lines, group)
  local buf = chat.buf
  local at = vim.api.nvim_buf_line_count(buf) - 1
  vim.api.nvim_buf_set_lines(buf, at, at, false, lines)
  vim.bo[buf].modified = false
  if group then
    for row = at, at + #lines - 1 do
      vim.api.nvim_buf_set_extmark(buf, space, row, 0, { end_col = #lines[row - at + 1], hl_group = group })
    end
  end
  return at
end

---@param text string
---@return string[]
local function lines_of(text)
  return vim.split((text:gsub("\r", ""):gsub("\n+$", "")), "\n")
end

--- What stands behind the parts: a question back, sources, what may be asked next.
---@param line string
---@return string?
local function group_of(line)
  if line:match("^%[%d+%]") or line:match("^You may go on") or line:match("^    ") then
    return "Comment"
  elseif line:match("^%? ") then
    return "Question"
  end
end

---@param chat adr-lens.Chat
---@param part table
---@param text string
local function write_part(chat, part, text)
  local lines = lines_of(text)
  local at = append(chat, lines)
  for row, line in ipairs(lines) do
    local group = group_of(line)
    if group then
      vim.api.nvim_buf_set_extmark(chat.buf, space, at + row - 1, 0, { end_col = #line, hl_group = group })
    end
  end
  local places = vim.tbl_filter(function(basis)
    return basis.by == "place" and type(basis.path) == "string" and type(basis.span) == "table"
  end, part.basis or {})
  if #places > 0 then
    local mark = vim.api.nvim_buf_set_extmark(chat.buf, space, at, 0, { end_row = at + #lines - 1, end_col = #lines[#lines] })
    chat.places[mark] = places
  end
end

---@param chat adr-lens.Chat
---@param streamed string what was written of the answer already
---@param answer table
local function write_end(chat, streamed, answer)
  local text = type(answer.text) == "string" and answer.text or ""
  -- Parts that came late are only in the answer.
  local rest = vim.startswith(text, streamed) and text:sub(#streamed + 1) or text
  local lines = lines_of(rest)
  local at = append(chat, lines)
  for row, line in ipairs(lines) do
    local group = group_of(line)
    if group then
      vim.api.nvim_buf_set_extmark(chat.buf, space, at + row - 1, 0, { end_col = #line, hl_group = group })
    end
  end
  append(chat, { "" })
  chat.leads, chat.lead = answer["follow-ups"] or {}, nil
end

---@param chat adr-lens.Chat
local function next_question(chat)
  local question = table.remove(chat.waiting, 1)
  if not question then
    return
  end
  local streamed = ""
  local function finished()
    chat.stop = nil
    if vim.api.nvim_buf_is_valid(chat.buf) then
      next_question(chat)
    end
  end
  local win = show.window(chat.buf)
  local width = (win and vim.api.nvim_win_get_width(win) or options.get().chat.width) - 1
  chat.stop = chat.talk:ask(question, width, {
    part = function(text, part)
      if vim.api.nvim_buf_is_valid(chat.buf) then
        streamed = streamed .. text
        write_part(chat, part, text)
      end
    end,
    done = function(answer)
      if vim.api.nvim_buf_is_valid(chat.buf) then
        write_end(chat, streamed, answer)
        local problem = chat.talk:apply(answer)
        if problem then
          append(chat, lines_of(problem), "ErrorMsg")
        end
      end
      finished()
    end,
    failed = function(why)
      if vim.api.nvim_buf_is_valid(chat.buf) then
        append(chat, vim.list_extend(lines_of("(" .. why .. ")"), { "" }), "WarningMsg")
      end
      finished()
    end,
  })
end

---@param chat adr-lens.Chat
---@param question string
local function put(chat, question)
  history.add(question)
  chat.recalled, chat.leads, chat.lead = nil, {}, nil
  table.insert(chat.waiting, question)
  if not chat.stop then
    next_question(chat)
  end
end

---@param chat adr-lens.Chat
---@param text string
local function redraft(chat, text)
  vim.api.nvim_buf_set_lines(chat.buf, -2, -1, false, { PROMPT .. text })
  vim.bo[chat.buf].modified = false
  local win = vim.api.nvim_get_current_win()
  if vim.api.nvim_win_get_buf(win) == chat.buf then
    vim.api.nvim_win_set_cursor(win, { vim.api.nvim_buf_line_count(chat.buf), #PROMPT + #text })
  end
end

--- Goes `step` back in what was asked.
---@param chat adr-lens.Chat
---@param step integer
local function recall(chat, step)
  local all = history.all()
  local at = math.max(0, math.min((chat.recalled or 0) + step, #all))
  chat.recalled = at
  redraft(chat, at == 0 and "" or all[#all + 1 - at])
end

--- The next of what may be asked.
---@param chat adr-lens.Chat
local function suggest(chat)
  if #chat.leads > 0 then
    chat.lead = (chat.lead or 0) % #chat.leads + 1
    redraft(chat, chat.leads[chat.lead])
  end
end

--- The place that a line of an answer quotes: the one it names, else the first its part rests on.
---@param chat adr-lens.Chat
---@param row integer from 0
---@return table?
local function place_at(chat, row)
  local line = vim.api.nvim_buf_get_lines(chat.buf, row, row + 1, false)[1] or ""
  local marks = vim.api.nvim_buf_get_extmarks(chat.buf, space, { row, 0 }, { row, -1 }, { overlap = true })
  for _, mark in ipairs(marks) do
    local places = chat.places[mark[1]]
    if places then
      local column = vim.api.nvim_win_get_cursor(0)[2]
      local named
      for from, number in line:gmatch("()line (%d+)") do
        if not named or from <= column + 1 then
          named = tonumber(number)
        end
      end
      for _, place in ipairs(places) do
        if place.span.start.line == named then
          return place
        end
      end
      return places[1]
    end
  end
end

---@param chat adr-lens.Chat
local function follow(chat)
  local place = place_at(chat, vim.api.nvim_win_get_cursor(0)[1] - 1)
  local client = server.of(chat.record)
  if not place or not client then
    return
  end
  local path = server.path(client, place.path)
  if require("adr-lens.confine").allows(client, vim.uri_from_fname(path)) then
    local column = require("adr-lens.places").columns()
    show.place(path, place.span.start.line, column(path, place.span.start))
  end
end

---@param chat adr-lens.Chat
local function keys(chat)
  local function map(mode, key, act, why)
    vim.keymap.set(mode, key, act, { buffer = chat.buf, nowait = true, desc = why })
  end
  map("n", "<CR>", function()
    follow(chat)
  end, "Go to the place a sentence rests on")
  map({ "n", "i" }, "<C-c>", function()
    chat.waiting = {}
    if chat.stop then
      chat.stop()
    end
  end, "Stop the answer")
  map("i", "<Up>", function()
    recall(chat, 1)
  end, "What was asked before")
  map("i", "<Down>", function()
    recall(chat, -1)
  end, "What was asked after that")
  map("i", "<Tab>", function()
    suggest(chat)
  end, "What may be asked next")
end

---@param record integer
---@return adr-lens.Chat
local function chat_of(record)
  local known = chats[record]
  if known and vim.api.nvim_buf_is_valid(known.buf) then
    return known
  end
  local name = vim.fs.basename(vim.api.nvim_buf_get_name(record))
  local buf = show.buffer(("chat/%d/%s"):format(record, name))
  vim.bo[buf].buftype = "prompt"
  vim.bo[buf].filetype = "adr-lens-chat"
  vim.fn.prompt_setprompt(buf, PROMPT)
  vim.b[buf].adr_lens_record = record
  local chat = { buf = buf, record = record, talk = Talk.about(record), waiting = {}, places = {}, leads = {} }
  chats[record] = chat
  vim.fn.prompt_setcallback(buf, function(text)
    vim.bo[buf].modified = false
    text = vim.trim((text:gsub("%s*\n%s*", " ")))
    if text ~= "" then
      put(chat, text)
    end
  end)
  keys(chat)
  append(chat, { "About " .. name .. ". Ask, or say “help”.", "" }, "Comment")
  local group = vim.api.nvim_create_augroup("adr-lens.chat." .. record, {})
  vim.api.nvim_create_autocmd({ "TextChanged", "TextChangedI" }, {
    group = group,
    buffer = buf,
    callback = function()
      vim.bo[buf].modified = false
    end,
  })
  vim.api.nvim_create_autocmd("BufWipeout", {
    group = group,
    buffer = buf,
    callback = function()
      if chat.stop then
        chat.stop()
      end
      chat.talk:finish()
      chats[record] = nil
    end,
  })
  return chat
end

--- Shows the talk about a record, beside the others.
---@param record integer
---@param enter boolean go there
---@return adr-lens.Chat
local function shown(record, enter)
  local chat = chat_of(record)
  local win = show.window(chat.buf)
  if not win then
    -- Beside the record where both have room, else below it.
    local width = options.get().chat.width
    local beside = vim.o.columns >= width + ROOM
    local place = beside and { split = "right", win = -1, width = width } or { split = "below", win = -1 }
    win = vim.api.nvim_open_win(chat.buf, false, place)
    vim.wo[win].wrap = true
    vim.wo[win].linebreak = true
    vim.wo[win].number = false
    vim.wo[win].relativenumber = false
    vim.wo[win].signcolumn = "no"
    vim.wo[win].winfixwidth = beside
  end
  vim.api.nvim_win_set_cursor(win, { vim.api.nvim_buf_line_count(chat.buf), 0 })
  if enter then
    vim.api.nvim_set_current_win(win)
    vim.cmd.startinsert({ bang = true })
  end
  return chat
end

--- Opens the talk about a record, ready to be asked.
---@param record integer
---@return integer buf of the talk
function M.open(record)
  return shown(record, true).buf
end

--- Asks in the talk about a record; one stays where one is. Without a question the talk is opened.
---@param record integer
---@param question string?
function M.ask(record, question)
  if not question or vim.trim(question) == "" then
    M.open(record)
    return
  end
  local chat = shown(record, false)
  append(chat, { PROMPT .. question }, "Title")
  put(chat, question)
end

return M
