;; The configuration of docs/editors/emacs.md.
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               '((markdown-mode gfm-mode adoc-mode rst-mode) . ("adr-lens" "lsp"))))
(add-hook 'markdown-mode-hook #'eglot-ensure)

(defun adr-ask (question)
  "Ask about the record in this buffer."
  (interactive "sAsk about this record: ")
  (eglot-execute (eglot-current-server)
                 (list :command "adrLens.ask"
                       :arguments (vector (eglot-path-to-uri buffer-file-name) question))))
