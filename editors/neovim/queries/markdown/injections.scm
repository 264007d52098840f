; extends

; Measured statements in the prose of records.
((inline) @injection.content
  (#adr-lens-record?)
  (#set! injection.language "statement"))
