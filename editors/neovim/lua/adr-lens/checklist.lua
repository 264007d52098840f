--- The checklist of a record in a window: what the record answers, what fails, what is open. Items lead to the words that answer them.
local confine = require("adr-lens.confine")
local places = require("adr-lens.places")
local server = require("adr-lens.server")
local show = require("adr-lens.show")

local M = {}

local COMMAND = "adrLens.checklist"
local space = vim.api.nvim_create_namespace("adr-lens.checklist")

local MARKS = {
  ticked = { "[x]", "DiagnosticOk" },
  failed = { "[!]", "DiagnosticError" },
  open = { "[ ]", "DiagnosticHint" },
  human = { "[?]", "DiagnosticInfo" },
}

---@class adr-lens.Sheet
---@field lines string[]
---@field groups table<integer, string> a highlight group by row, from 1
---@field places table<integer, {path: string, span: table}> where a row leads, from 1

---@param text string
---@return string
local function one_line(text)
  return vim.trim((text:gsub("%s+", " ")))
end

---@param sheet adr-lens.Sheet
---@param line string
---@param group string?
---@param place table?
local function write(sheet, line, group, place)
  table.insert(sheet.lines, one_line(line) == "" and "" or (line:gsub("[\r\n]", " ")))
  sheet.groups[#sheet.lines] = group
  sheet.places[#sheet.lines] = place
end

---@param sheet adr-lens.Sheet
---@param item table
local function write_item(sheet, item)
  local mark = MARKS[item.state] or MARKS.human
  local first = item.evidence[1] or item.findings[1]
  write(sheet, ("%s %s"):format(mark[1], item.question), mark[2], first)
  for _, finding in ipairs(item.findings) do
    write(sheet, ("      line %d: %s"):format(finding.span.start.line, finding.message), nil, finding)
  end
  for _, quote in ipairs(item.evidence) do
    write(sheet, ("      line %d: “%s”"):format(quote.span.start.line, one_line(quote.text)), "Comment", quote)
  end
  for _, prompt in ipairs(item.prompts) do
    write(sheet, "      " .. prompt, "Comment")
  end
end

---@param record table a record of `adr-lens/checklist/1`
---@return adr-lens.Sheet
local function sheet_of(record)
  local sheet = { lines = {}, groups = {}, places = {} }
  local title = record.title ~= vim.NIL and record.title or record.path
  local summary = record.summary
  write(sheet, title, "Title")
  local counts = "%d ticked, %d failed, %d open, %d left to people"
  write(sheet, counts:format(summary.ticked, summary.failed, summary.open, summary.human))
  for _, group in ipairs(record.groups) do
    write(sheet, "")
    write(sheet, group.title, "Title")
    for _, item in ipairs(group.items) do
      write_item(sheet, item)
    end
  end
  if #record.others > 0 then
    write(sheet, "")
    write(sheet, "What no question asks about", "Title")
    for _, finding in ipairs(record.others) do
      write(sheet, ("      line %d: %s"):format(finding.span.start.line, finding.message), nil, finding)
    end
  end
  return sheet
end

---@param buf integer of the checklist
---@param sheet adr-lens.Sheet
local function colour(buf, sheet)
  vim.api.nvim_buf_clear_namespace(buf, space, 0, -1)
  for row, group in pairs(sheet.groups) do
    vim.api.nvim_buf_set_extmark(buf, space, row - 1, 0, { end_col = #sheet.lines[row], hl_group = group })
  end
end

--- Shows the checklist of a record; again when it is shown already.
---@param record integer
function M.run(record)
  local client = server.of(record)
  if not client then
    return vim.notify("adr-lens does not look at this buffer; see :checkhealth adr-lens", vim.log.levels.WARN)
  end
  if not server.has(client, COMMAND) then
    return vim.notify("this adr-lens has no checklist: a newer one has", vim.log.levels.WARN)
  end
  server.execute(client, COMMAND, { vim.uri_from_bufnr(record), "json" }, function(result)
    local answered, value = pcall(vim.json.decode, result.text)
    local entry = answered and value.records and value.records[1]
    if not entry then
      return vim.notify("adr-lens: the checklist cannot be read", vim.log.levels.ERROR)
    end
    local sheet = sheet_of(entry)
    local buf = show.text("checklist/" .. vim.fs.basename(vim.api.nvim_buf_get_name(record)), table.concat(sheet.lines, "\n"))
    vim.b[buf].adr_lens_record = record
    colour(buf, sheet)
    vim.keymap.set("n", "<CR>", function()
      local place = sheet.places[vim.api.nvim_win_get_cursor(0)[1]]
      local path = place and server.path(client, place.path)
      if path and confine.allows(client, vim.uri_from_fname(path)) then
        show.place(path, place.span.start.line, places.columns()(path, place.span.start))
      end
    end, { buffer = buf, desc = "Go to the words that answer this" })
    vim.keymap.set("n", "r", function()
      M.run(record)
    end, { buffer = buf, nowait = true, desc = "Look at the record again" })
  end, record)
end

return M
