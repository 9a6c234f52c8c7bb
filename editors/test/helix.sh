#!/bin/bash
# Drives a real Helix in a terminal of its own: a claim is underlined, its evidence shown, its fix applied and saved.
#
#     XDG_CONFIG_HOME=... helix.sh HX draft.md    with the settings of editors/helix.md
#
# Prints one line for each thing that was seen; exit code 0 if all of them were.
set -euo pipefail
program=$1 draft=$2
terminal() { tmux -L "claimlint-$$" -f /dev/null "$@"; }
trap 'terminal kill-server 2>/dev/null || true' EXIT

seen() { echo "  seen: $*"; }
screen() { terminal capture-pane -p; }
await() {
  for _ in $(seq 200); do
    if screen | grep -qE "$1"; then return; fi
    sleep 0.05
  done
  echo "  failed: not seen: $1"; screen | sed 's/^/    | /'; exit 1
}
type() { terminal send-keys "$@"; }

terminal new-session -d -x 160 -y 40 "$program" "$draft"
await '● +7 ' && seen 'line 7 is marked'
type ']' d; await 'Muse Spark is closed' && seen 'the next finding says what is wrong'
type Space k; await 'Fact' && seen 'the hover shows the fact'
type Escape
type Space a; await 'Write .proprietary' && seen "fixes: $(screen | grep -oE 'Write “[a-z]+”' | head -n 1)"
type Enter; sleep 0.1; type Enter
await 'Muse Spark is proprietary' && seen 'the fix is in the buffer'
type ':w' Enter; await 'written'
grep -q 'Muse Spark is proprietary' "$draft" && seen 'the fix is in the file'
for _ in $(seq 200); do screen | grep -q 'open source' || break; sleep 0.05; done
type u; await 'closed, not open source' && seen 'undo brings the finding back'
