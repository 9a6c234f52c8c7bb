#!/bin/bash
# Packs a program for pip and npm, installs both packages from the files alone, and runs them: test.sh PROGRAM
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
program=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
target=$(rustc -vV | sed -n 's/^host: //p')
python3 "$here/build.py" "$program" "$target" "$work/packages"
printf 'Muse Spark is open source.\n' >"$work/draft.md"

# What an installed program must do: say its version, find the fault, and pass its exit code on.
try() {
  local code=0 said
  said=$("$@" lint --no-config --as-of 2026-04-08 --format concise - <"$work/draft.md") || code=$?
  [ "$code" = 1 ] && grep -q 'error\[license\]' <<<"$said" || { echo "$*: exit code $code: $said" >&2; exit 1; }
  [ "$("$@" --version)" = "$("$program" --version)" ]
  echo "$*: works"
}

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --no-index "$work"/packages/claimlint-*.whl
try "$work/venv/bin/claimlint"
"$work/venv/bin/pip" uninstall --quiet --yes claimlint
[ ! -e "$work/venv/bin/claimlint" ]

mkdir "$work/app"
cd "$work/app"
echo '{"private": true}' >package.json
npm install --offline --silent --no-audit --no-fund "$work"/packages/claimlint-[0-9]*.tgz "$work"/packages/claimlint-*-*-*.tgz
try npx --offline claimlint
# Without the package for this platform it says so.
rm -r node_modules/claimlint-*-*
code=0
npx --offline claimlint --version 2>"$work/missing" || code=$?
[ "$code" = 2 ] && grep -q 'is not installed' "$work/missing"
