--- Findings of all records, or of one, in the quickfix list.
local places = require("adr-lens.places")
local server = require("adr-lens.server")

local M = {}

local TYPES = { error = "E", warning = "W", info = "I", hint = "N" }

---@param findings table[]
---@param questions boolean
---@return table[]
local function items(findings, questions)
  local column = places.columns()
  local found = {}
  for _, finding in ipairs(findings) do
    local silent = finding.suppressed ~= nil and finding.suppressed ~= vim.NIL
    if not silent and (questions or finding.severity ~= "hint") then
      local path = vim.uri_to_fname(finding.uri)
      local first, last = finding.span.start, finding.span["end"]
      table.insert(found, {
        filename = path,
        lnum = first.line,
        col = column(path, first) + 1,
        end_lnum = last.line,
        end_col = column(path, last) + 1,
        type = TYPES[finding.severity],
        text = ("%s: %s"):format(finding.rule, finding.message),
      })
    end
  end
  return found
end

---@param summary table
---@return string
local function said(summary)
  local parts = { ("%d record%s"):format(summary.records, summary.records == 1 and "" or "s") }
  for _, kind in ipairs({ { "errors", "error" }, { "warnings", "warning" }, { "infos", "note" }, { "hints", "question" } }) do
    local count = summary[kind[1]] or 0
    if count > 0 then
      table.insert(parts, ("%d %s%s"):format(count, kind[2], count == 1 and "" or "s"))
    end
  end
  return table.concat(parts, ", ")
end

--- Fills the quickfix list and opens it when there is something in it.
---@param wanted {uri: string?, questions: boolean?} a record, all records when there is none; whether open questions count
function M.run(wanted)
  local client = server.any()
  if not client then
    return vim.notify("adr-lens could not be started; see :checkhealth adr-lens", vim.log.levels.ERROR)
  end
  server.execute(client, "adrLens.check", wanted.uri and { wanted.uri } or {}, function(result)
    local found = items(result.findings, wanted.questions or false)
    local summary = said(result.summary)
    vim.fn.setqflist({}, " ", { title = "adr-lens: " .. summary, items = found })
    -- The server says how many there are.
    if #found > 0 then
      vim.cmd("botright copen")
    end
  end)
end

return M
