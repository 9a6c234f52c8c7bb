"""Holds the reports that `cargo test --test formats` left in the target folder against published schemas, and compares
what other programs read in them with the findings: check.py FOLDER READ, where READ has a line `reader, path, line, rule`
for each finding that a reader understood. check.sh runs the readers."""

import collections
import json
import pathlib
import re
import sys

import jsonschema
import junitparser

here = pathlib.Path(__file__).parent
folder, read = map(pathlib.Path, sys.argv[1:3])


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def valid(name, schema, value):
    validator = jsonschema.validators.validator_for(schema)(schema)
    faults = [f"{list(fault.path)}: {fault.message}" for fault in validator.iter_errors(value)]
    assert not faults, f"{name}: {faults[:5]}"
    print(f"{name}: valid")


report = load(folder / "json")
valid("sarif", load(here / "schemas/sarif-2.1.0.json"), load(folder / "sarif"))
valid("json", load(here / "schemas/findings.json"), report)
lines_schema = load(here / "schemas/findings-line.json")
for line in (folder / "jsonl").read_text(encoding="utf-8").splitlines():
    jsonschema.validate(json.loads(line), lines_schema)
print("jsonl: valid")

expected = sorted((f["path"], str(f["start"]["line"]), f["rule"]) for f in report["findings"])
found = collections.defaultdict(list)
for row in read.read_text(encoding="utf-8").splitlines():
    reader, *finding = row.split("\t")
    found[reader].append(tuple(finding))
for suite in junitparser.JUnitXml.fromfile(folder / "junit.xml"):
    for case in suite:
        for result in case.result:
            if isinstance(result, junitparser.Failure):
                rule, line, _ = case.name.rsplit(":", 2)
                found["junitparser"].append((case.classname, line, rule))
for reader, rows in sorted(found.items()):
    # What comments allow is in SARIF, marked so; what could not be checked is in Checkstyle. Neither is a finding.
    rows = sorted(set(row for row in rows if row in expected or row[2] not in ("house", "claimlint", "")))
    assert rows == sorted(set(expected)), f"{reader} read {rows}, not {expected}"
    print(f"{reader}: reads the same {len(rows)} findings")
assert len(found) == 7, sorted(found)


def command(line):
    kind, properties, text = re.fullmatch(r"::(\w+) (.*?)::(.*)", line).groups()
    return kind, sorted(properties.split(",")), text


ours = [command(line) for line in (folder / "github.txt").read_text(encoding="utf-8").splitlines() if ",title=" in line]
theirs = [command(line) for line in (folder / "toolkit.txt").read_text(encoding="utf-8").splitlines()]
assert ours == theirs, f"{ours}\n{theirs}"
print(f"github: the {len(ours)} annotations that the toolkit writes")
