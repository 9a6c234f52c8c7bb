#!/bin/sh
# Shows the reports of all formats to published schemas and to the programs that read them: Python's jsonschema and
# junitparser, reviewdog (Go), violations-lib (Java), GitHub's Actions toolkit (Node). Run `cargo test --test formats` first.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:-$here/../../target/tmp/formats}
work=$folder/readers
mkdir -p "$work"
python3 -m venv "$work/python"
"$work/python/bin/pip" -q install jsonschema junitparser
read=$work/read.tsv
(cd "$here/readers/reviewdog" && go run . rdjson "$folder/rdjson" rdjsonl "$folder/rdjsonl" sarif "$folder/sarif" \
  checkstyle "$folder/checkstyle.xml") > "$read"
mvn -q -B -f "$here/readers/violations/pom.xml" dependency:copy-dependencies -DoutputDirectory="$work/java"
java -cp "$work/java/*" "$here/readers/violations/Read.java" \
  CODECLIMATE "$folder/gitlab.json" CHECKSTYLE "$folder/checkstyle.xml" >> "$read"
(cd "$here/readers/actions" && npm ci --silent && node read.mjs "$folder/json") > "$folder/toolkit.txt"
"$work/python/bin/python" "$here/check.py" "$folder" "$read"
