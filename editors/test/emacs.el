;;; Drives a real Emacs, in batch: a claim is underlined, its evidence shown, its fix applied, the buffer read back.
;;
;;     CLIENT=eglot emacs --batch -q -l SETTINGS -l emacs.el draft.md    (or CLIENT=lsp-mode)
;;
;; SETTINGS are those of editors/emacs.md. Prints one line for each thing that was seen; exit code 0 if all of them were.

(require 'flymake)
(require 'xref)
(defvar client (getenv "CLIENT"))
;; There is nobody to ask whether a fix may be made.
(setq eglot-confirm-server-initiated-edits nil
      eglot-confirm-server-edits nil
      lsp-diagnostics-provider :flymake
      lsp-auto-guess-root t
      lsp-enable-file-watchers nil
      lsp-enable-snippet nil)

(defun seen (what &rest with)
  (princ (concat "  seen: " (apply #'format what with) "\n")))

(defun await (what test)
  (with-timeout (20 (error "Not seen: %s" what))
    (while (not (funcall test)) (accept-process-output nil 0.02))))

(defun findings ()
  ;; Batch mode is never idle, which is when eglot would tell of changes.
  (when (equal client "eglot") (eglot--signal-textDocument/didChange))
  (flymake-start)
  (seq-filter (lambda (found) (string-match-p "closed, not open source\\|license" (flymake-diagnostic-text found)))
              (flymake-diagnostics)))

(defun request (method parameters)
  (if (equal client "eglot")
      (jsonrpc-request (eglot-current-server) (intern (concat ":" method)) parameters)
    (lsp-request method parameters)))

(defun hover ()
  (if (equal client "eglot")
      (plist-get (plist-get (request "textDocument/hover" (eglot--TextDocumentPositionParams)) :contents) :value)
    (gethash "value" (gethash "contents" (request "textDocument/hover" (lsp--text-document-position-params))))))

(defun mend ()
  (if (equal client "eglot")
      (let ((completing-read-function (lambda (_ choices &rest _) (car (all-completions "" choices))))
            (last-nonmenu-event t))
        (call-interactively #'eglot-code-actions))
    (lsp-execute-code-action (car (lsp-code-actions-at-point)))))

(defun write ()
  (find-file (car (last command-line-args)))
  (when (equal client "lsp-mode") (lsp-workspace-folders-add default-directory))
  (run-hooks 'post-command-hook)
  (await "a diagnostic" #'findings)
  (goto-char (1+ (flymake-diagnostic-beg (car (findings)))))
  (seen "the claim is underlined at %d:%d" (line-number-at-pos) (current-column))
  (await "the fact on hover" (lambda () (string-match-p "Fact" (hover))))
  (seen "the hover shows the fact")
  (let ((places (xref-backend-definitions (xref-find-backend) (xref-backend-identifier-at-point (xref-find-backend)))))
    (unless places (error "Not seen: a definition"))
    (seen "definition leads to %d places" (length places)))
  (mend)
  (seen "the fix is in the buffer: %s" (buffer-substring (line-beginning-position) (line-end-position)))
  (await "the finding gone" (lambda () (null (findings))))
  (seen "the finding is gone")
  (goto-char (point-max))
  ;; lsp-mode 8.0 takes UTF-16 columns for characters.
  (insert (if (equal client "eglot") "\n😀 Muse Spark is open source.\n" "\nMuse Spark is open source.\n"))
  (await "a diagnostic after typing" #'findings)
  (goto-char (flymake-diagnostic-beg (car (findings))))
  (unless (looking-at "open source") (error "Not seen: the finding at its place"))
  (seen "typing brings one back, at its place"))

(let ((inhibit-message t) (create-lockfiles nil) (make-backup-files nil))
  (condition-case problem
      (write)
    (error
     (princ (format "  failed: %s\n" (error-message-string problem)))
     (kill-emacs 1)))
  (set-buffer-modified-p nil)
  (kill-emacs 0))
