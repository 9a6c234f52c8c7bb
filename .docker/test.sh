#!/bin/bash
# Does what the Dockerfile does where there is no container daemon: builds the static program from the files that it
# copies and no others, and runs it in a root folder that holds nothing else. `test.sh dev` spares the optimiser.
set -euo pipefail
cd "$(dirname "$0")/.."
profile=${1:-release}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/src" "$work/root/drafts"
sed -n 's/^COPY \([^-].*\) [^ ]*$/\1/p' .docker/Dockerfile | tr ' ' '\n' | while read -r file; do cp -r "$file" "$work/src/"; done
target=$(rustc -vV | sed -n 's/^host: //p')
export RUSTFLAGS='-C target-feature=+crt-static' CARGO_TARGET_DIR=$PWD/target/tmp/static
(cd "$work/src" && cargo build --quiet --profile "$profile" --locked --no-default-features --features cli --bin claimlint --target "$target")
program=$CARGO_TARGET_DIR/$target/${profile/dev/debug}/claimlint
if readelf --program-headers "$program" | grep -q INTERP; then echo "not static" >&2; exit 1; fi
cp "$program" "$work/root/claimlint"
printf 'Muse Spark is open source.\n' >"$work/root/drafts/a.md"
code=0
said=$(unshare --map-root-user --root="$work/root" --wd=/drafts /claimlint lint --as-of 2026-04-08 --format concise) || code=$?
echo "$said"
[ "$code" = 1 ] && grep -q '^a.md:1:15: error\[license\]' <<<"$said"
ls -l "$program" | awk '{printf "static, %.1f MB, alone in its root\n", $5 / 1e6}'
