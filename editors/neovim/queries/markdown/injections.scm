; extends

; Measured statements in prose, where the server looks.
((inline) @injection.content
  (#adr-lens-record?)
  (#set! injection.language "statement"))
