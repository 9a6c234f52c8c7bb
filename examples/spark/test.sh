#!/bin/bash
# Runs the example on this machine alone, and holds what Spark gives against what one pipe gives: test.sh PROGRAM. Spark comes
# from PyPI and wants a Java.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
program=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet pyspark
python3 - >"$work/articles.jsonl" <<'END'
import json
texts = ["Muse Spark is open source.", "Nothing is said here.", "<p>Muse Spark is <b>open-weight</b>.</p>"]
for n in range(3000):
    kind = n % 3
    print(json.dumps({"id": n, "text": texts[kind], "format": "html" if kind == 2 else "markdown", "date": "2026-04-09"}))
print('{"id": "broken"}')
END
"$program" lint --stdin-records --no-config <"$work/articles.jsonl" >"$work/piped" || [ $? -le 2 ]
SPARK_LOCAL_IP=127.0.0.1 "$work/venv/bin/python" "$here/archive.py" "$work/articles.jsonl" "$work/out" --claimlint "$program" 2>"$work/log" |
  tee "$work/said" || { tail -n 30 "$work/log" >&2; exit 1; }
cat "$work"/out/part-* | cmp - "$work/piped"
grep -q '^3001 articles, 2000 findings, 1 that could not be read$' "$work/said"
