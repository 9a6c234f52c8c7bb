#!/bin/bash
# Runs vim.vim in a real Vim without a terminal: vim.sh VIMRC draft.md, where VIMRC holds the settings of editors/vim.md.
# Prints one line for each thing that was seen; exit code 0 if all of them were.
set -euo pipefail
here=$(dirname "$0")
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
# Vim ends when its input does, so it gets one that never does.
mkfifo "$folder/input"; exec 3<>"$folder/input"
code=0
SEEN=$folder/seen vim -N -T dumb --not-a-term -n -i NONE -u "$1" -S "$here/vim.vim" "$2" <&3 >"$folder/screen" || code=$?
cat "$folder/seen" || tail -c 2000 "$folder/screen"
exit $code
