#!/bin/bash
# Runs the pre-commit hook for real, in a throwaway repository that takes it from this one as it stands committed:
# pre-commit.sh. pre-commit itself comes from PyPI, and it builds the program with cargo.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet pre-commit
export PRE_COMMIT_HOME=$work/cache CARGO_TARGET_DIR=$here/target/tmp/pre-commit
# Not the program's speed is tried here.
export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
mkdir "$work/drafts"
cd "$work/drafts"
git init -q -b main
git config user.name test
git config user.email test@example.org
cat >.pre-commit-config.yaml <<END
repos:
  - repo: file://$here
    rev: $(git -C "$here" rev-parse HEAD)
    hooks:
      - id: claimlint
        args: [--as-of=2026-04-08, --format=concise]
END
printf 'old/\n' >.claimlintignore
mkdir old
printf 'Muse Spark is open source.\n' | tee wrong.md old/wrong.md >code.rs
printf 'Muse Spark is not open source.\n' >right.md
git add -A
"$work/venv/bin/pre-commit" install --install-hooks
code=0
git commit -q -m 'A draft with a fault' >said 2>&1 || code=$?
cat said
[ "$code" = 1 ] || { echo "the commit went through" >&2; exit 1; }
grep -q '^wrong.md:1:15: error\[license\]' said
if grep -q 'old/wrong.md\|code.rs' said; then echo "checked what is no draft" >&2; exit 1; fi
printf 'Muse Spark is closed.\n' >wrong.md
git add -A
git commit -q -m 'The draft, mended'
echo "the hook stops a fault and lets its correction through"
