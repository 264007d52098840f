;;; test.el --- What an architect sees in Emacs with eglot  -*- lexical-binding: t -*-
;; emacs -Q --batch -l test.el --eval '(adr-test "WORKSPACE" "LOG")'

(require 'eglot)
(require 'flymake)
(require 'cl-lib)
(require 'markdown-mode)
(load (expand-file-name "adr-lens.el" (file-name-directory load-file-name)) nil t)

(defvar adr-passed 0)
(defvar adr-failed 0)
(defvar adr-record nil "The path of the record that is looked at.")

(defmacro adr-until (form)
  "The value of FORM once it is true; nil after ten seconds."
  `(let ((end (+ (float-time) 10)) seen)
     (while (and (not (setq seen ,form)) (< (float-time) end))
       (accept-process-output nil 0.05))
     seen))

(defmacro adr-check (name form &optional show)
  "Count whether FORM holds; tell SHOW when it does not."
  `(if (condition-case problem ,form (error (message "%S" problem) nil))
       (progn (cl-incf adr-passed) (message "ok %s" ,name))
     (cl-incf adr-failed)
     (message "FAILED %s: %S" ,name ,show)))

(defun adr-loud ()
  "The warnings and errors of this buffer, as (words . text)."
  (cl-loop for each in (flymake-diagnostics)
           unless (eq (flymake-diagnostic-type each) 'eglot-note)
           collect (cons (buffer-substring-no-properties (flymake-diagnostic-beg each) (flymake-diagnostic-end each))
                         (substring-no-properties (flymake-diagnostic-text each)))))

(defun adr-hover ()
  "What eldoc is told of the words at point."
  (let (said)
    (funcall #'eglot-hover-eldoc-function (lambda (text &rest _) (setq said text)))
    (adr-until said)))

(defun adr-hints ()
  "The inlay hints of this buffer."
  (cl-loop for overlay in (overlays-in (point-min) (point-max))
           when (overlay-get overlay 'eglot--inlay-hint)
           collect (or (overlay-get overlay 'after-string) (overlay-get overlay 'before-string)
                       (get-text-property 0 'display (or (overlay-get overlay 'after-string) " ")))))

(defun adr-act (title)
  "Run the code action at point whose title holds TITLE, as a user picks it."
  (cl-letf ((last-nonmenu-event ?x) ; by key, not from a menu
            ((symbol-function 'completing-read)
             (lambda (_prompt actions &rest _)
               (car (cl-find-if (lambda (action) (string-match-p (regexp-quote title) (car action))) actions)))))
    (eglot-code-actions (point) (point) nil t)))

(defun adr-at (words)
  "Go into WORDS."
  (goto-char (point-min))
  (search-forward words)
  (backward-char 2))

(defun adr-text (text)
  "Whether TEXT stands in this buffer."
  (save-excursion (goto-char (point-min)) (search-forward text nil t)))

(defun adr-settle ()
  "Send what was changed."
  (eglot--signal-textDocument/didChange)
  (flymake-start))

(defun adr-run (workspace log)
  "Look at the first record of WORKSPACE; LOG is what is said."
  ;; A server that fell within three seconds is left alone otherwise.
  (setq eglot-autoreconnect t)
  (setq adr-record (expand-file-name "docs/adr/0001-orders.md" workspace)
        eglot-sync-connect 10
        eglot-autoshutdown t
        eglot-confirm-server-edits nil
        eglot-extend-to-xref t)
  (find-file adr-record)
  (adr-check "markdown" (derived-mode-p 'markdown-mode) major-mode)
  ;; `eglot-ensure' waits for the command loop, which a batch has not.
  (run-hooks 'post-command-hook)
  (adr-check "attaches by itself" (adr-until (eglot-current-server)))
  (flymake-start)
  (adr-check "warns of one thing" (adr-until (= 1 (length (adr-loud)))) (flymake-diagnostics))
  (adr-check "under the right words" (equal "Amazon DynamoDB" (caar (adr-loud))) (adr-loud))
  (adr-check "with its rule" (string-match-p "choice/joins-on-key-value" (cdar (adr-loud))) (adr-loud))
  (adr-at "Amazon DynamoDB.")
  (let ((hover (adr-hover)))
    (adr-check "hover tells why" (and (string-match-p "joins" hover) (string-match-p "DynamoDB" hover)) hover)
    (adr-check "and the source" (string-match-p "database decision framework" hover) hover))
  (eglot-inlay-hints-mode 1)
  (eglot--update-hints-1 (point-min) (point-max))
  (adr-check "inlay hints" (adr-until (>= (length (adr-hints)) 2)) (adr-hints))
  (adr-at "0002-sessions")
  (save-window-excursion
    (let ((origin (current-buffer)))
      (xref-find-definitions "LSP identifier at point")
      (adr-check "a link leads to its record" (string-match-p "0002-sessions.md" (or (buffer-file-name) "")) (buffer-file-name))
      (set-buffer origin)))
  (switch-to-buffer (find-buffer-visiting adr-record))
  (adr-at "Proposed")
  (beginning-of-line)
  (delete-region (point) (line-end-position))
  (insert "Acc")
  (let ((found (all-completions "Acc" (nth 2 (eglot-completion-at-point)))))
    (adr-check "completes a status" (member "Accepted" (mapcar #'substring-no-properties found)) found))
  (delete-region (line-beginning-position) (line-end-position))
  (insert "Proposed")
  (adr-settle)
  (adr-at "Amazon DynamoDB.")
  (adr-act "Silence choice/joins")
  (adr-check "silencing writes a comment" (adr-until (adr-text "adr-lens-ignore choice/joins-on-key-value")) (buffer-string))
  (adr-settle)
  (adr-check "and the warning goes" (adr-until (null (adr-loud))) (adr-loud))
  (let ((inhibit-message t)) (save-buffer))
  (adr-check "saved" (with-temp-buffer
                       (insert-file-contents adr-record)
                       (adr-text "adr-lens-ignore")))
  (adr-ask "what is missing?")
  (adr-check "a question is answered in a buffer"
             (adr-until (let ((answer (get-buffer "answer.txt")))
                          (and answer (with-current-buffer answer (adr-text "without saying what consistency"))))))
  (set-buffer (find-buffer-visiting adr-record))
  (setq-default eglot-workspace-configuration '(:adrLens (:hints :json-false)))
  (eglot-signal-didChangeConfiguration (eglot-current-server))
  (adr-check "other settings, other findings"
             (adr-until (null (buffer-local-value 'eglot--diagnostics (find-buffer-visiting adr-record))))
             (flymake-diagnostics))
  (set-buffer (find-buffer-visiting adr-record))
  (flymake-start)
  (adr-check "and nothing is underlined" (null (flymake-diagnostics)) (flymake-diagnostics))
  (let ((before (eglot-current-server)))
    (signal-process (string-to-number (with-temp-buffer (insert-file-contents (concat log ".pid")) (buffer-string))) 'SIGKILL)
    (adr-check "a server that fell is started again"
               (adr-until (let ((now (eglot-current-server))) (and now (not (eq now before)))))))
  (eglot-shutdown (eglot-current-server))
  (adr-check "stops" (null (eglot-current-server))))

(defun adr-test (workspace log)
  "Run the tests in WORKSPACE and leave with their outcome."
  (condition-case problem
      (adr-run workspace log)
    (error (cl-incf adr-failed) (message "FAILED %S" problem)))
  (message "%d passed, %d failed" adr-passed adr-failed)
  (kill-emacs (if (zerop adr-failed) 0 1)))
