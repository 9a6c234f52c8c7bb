#!/bin/bash
# The GitHub action, the workflows and the GitLab job, as far as they run on one machine: files before their schemas, and the
# shell steps as they are written, with a stand-in for what only those services have. places.sh PROGRAM
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
program=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$top"

GOBIN=$work/bin go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.7 2>/dev/null
"$work/bin/actionlint" .github/workflows/*.yml
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet check-jsonschema pre-commit
check() { "$work/venv/bin/check-jsonschema" --quiet --builtin-schema "$@"; }
check vendor.github-workflows .github/workflows/*.yml
check vendor.github-actions .github/actions/claimlint/action.yml
check vendor.gitlab-ci .gitlab/claimlint.yml
"$work/venv/bin/pre-commit" validate-manifest .pre-commit-hooks.yaml
echo "workflows, action, job and hook: valid"

# The shell of a step of the action or of a workflow, or of the GitLab job.
step() { "$work/venv/bin/python" -c "
import sys; from ruamel.yaml import YAML
data = YAML(typ='safe').load(open(sys.argv[1]))
jobs = [data['runs']] if 'runs' in data else data.get('jobs', {}).values()
steps = {s['name']: s['run'] for job in jobs for s in job['steps'] if 'name' in s} or {'job': '\n'.join(data['claimlint']['script'])}
print(steps[sys.argv[2]])" "$1" "$2"; }

mkdir -p "$work/drafts" "$work/release" "$work/fake" "$work/temp"
printf 'Muse Spark is open source.\n' >"$work/drafts/a draft.md"
cp "$program" "$work/release/claimlint"
target=$(rustc -vV | sed -n 's/^host: //p')
(cd "$work/release" && tar -czf "claimlint-$target.tar.gz" claimlint && sha256sum "claimlint-$target.tar.gz" >"claimlint-$target.tar.gz.sha256" && rm claimlint)
# Stands in for GitHub's program: the release is a folder here.
printf '#!/bin/bash\n[ "$1 $2 $3" = "release download v9.9.9" ] && cp %q/claimlint-* .\n' "$work/release" >"$work/fake/gh"
chmod +x "$work/fake/gh"
export RUNNER_TEMP=$work/temp GITHUB_PATH=$work/path GITHUB_STEP_SUMMARY=$work/summary RUNNER_OS=Linux RUNNER_ARCH=X64
[ "$(uname -m)" = x86_64 ] || RUNNER_ARCH=ARM64
action=.github/actions/claimlint/action.yml
(export VERSION=9.9.9 REPOSITORY=any/any HERE=$top GH_TOKEN=; PATH=$work/fake:$PATH bash -c "$(step $action Install)") >/dev/null
installed=$(cat "$work/path")
cmp "$installed/claimlint" "$program"
code=0
(cd "$work/drafts" && export PATHS=. ARGS='--as-of 2026-04-08' SARIF=$work/out.sarif
  PATH=$installed:$PATH bash -e -o pipefail -c "$(cd "$top" && step $action Lint)") >"$work/said" || code=$?
[ "$code" = 1 ]
grep -q '^::error .*file=a draft.md,line=1' "$work/said"
grep -q 'license' "$work/summary"
python3 -c "import json, sys; assert len(json.load(open(sys.argv[1]))['runs'][0]['results']) == 1" "$work/out.sarif"
echo "action: installs what a release holds, and annotates, sums up and fails"
echo tampered >>"$work/release/claimlint-$target.tar.gz"
code=0
(export VERSION=9.9.9 REPOSITORY=any/any HERE=$top GH_TOKEN=; PATH=$work/fake:$PATH bash -e -c "$(step $action Install)") >/dev/null 2>&1 || code=$?
[ "$code" != 0 ]
echo "action: refuses an archive that its checksum does not fit"

code=0
(cd "$work/drafts" && export CLAIMLINT_PATHS=. CLAIMLINT_ARGS='--as-of 2026-04-08' CLAIMLINT_REPOSITORY=
  PATH=$installed:$PATH bash -e -c "$(cd "$top" && step .gitlab/claimlint.yml job)") >/dev/null || code=$?
[ "$code" = 1 ]
python3 -c "import json, sys; assert json.load(open(sys.argv[1]))[0]['location']['path'] == 'a draft.md'" "$work/drafts/gl-code-quality-report.json"
grep -q 'failures="1"' "$work/drafts/claimlint.xml"
echo "GitLab job: writes both reports and fails"

# A release's packages of the extension, from what its build would leave.
release=$work/checkout
mkdir -p "$release/editors" "$release/target/x86_64-unknown-linux-gnu/release" "$release/out"
tar -c -C editors --exclude node_modules vscode | tar -x -C "$release/editors"
strip -o "$release/target/x86_64-unknown-linux-gnu/release/claimlint" "$program"
(cd "$release" && export TARGET=x86_64-unknown-linux-gnu PLATFORMS='linux-x64 alpine-x64'
  bash -e -o pipefail -c "$(cd "$top" && step .github/workflows/release.yml 'Pack the extension for VS Code')") >"$work/packed" 2>&1 ||
  { cat "$work/packed"; exit 1; }
for package in linux-x64:1 alpine-x64:1 universal:0; do
  holds=$(python3 -m zipfile -l "$release/out/claimlint-${package%:*}.vsix" | grep -c '^extension/server/claimlint ' || true)
  [ "$holds" = "${package#*:}" ]
done
echo "release: packs the extension for each platform with the server in it, and once without"
