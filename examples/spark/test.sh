#!/bin/bash
# Runs the example on this machine alone, and holds what Spark gives against what one pipe gives: test.sh PROGRAM. Spark comes
# from PyPI and wants a Java. Then a run that was cut off is taken up again, and GNU parallel does the same work.
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
# Cut off at any byte, a run is taken up where it ended.
head -c 100001 "$work/piped" >"$work/cut"
head -n "$(wc -l <"$work/cut")" "$work/cut" >"$work/kept"
tail -n +"$(($(wc -l <"$work/kept") + 1))" "$work/articles.jsonl" | "$program" lint --stdin-records --no-config >>"$work/kept" || [ $? -le 2 ]
cmp "$work/kept" "$work/piped"
parallel --will-cite --pipe -k --block 20k "'$program' lint --stdin-records --no-config --jobs 1 || test \$? -le 2" \
  <"$work/articles.jsonl" | cmp - "$work/piped"
grep -q '^3001 articles, 2000 findings, 1 that could not be read$' "$work/said"
