"""Every fact, rule and configuration file of this repository before the schemas that the program writes, as an editor's YAML
server reads them."""

import json
import os
import pathlib
import subprocess

import jsonschema
import pytest
from ruamel.yaml import YAML

TOP = pathlib.Path(__file__).parents[2]
KEYS = {"subject", "subjects", "attributes", "sources"}


def schema(kind: str) -> jsonschema.Draft202012Validator:
    program = os.environ["SERVER"]
    text = subprocess.run([program, "rules", "schema", kind], capture_output=True, check=True, cwd="/").stdout
    schema = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


SCHEMAS = {kind: schema(kind) for kind in ("rule", "facts", "config")}


def kind(name: str, document: dict) -> str | None:
    if name == "claimlint.yaml":
        return "config"
    if "rule" in document:
        return "rule"
    return "facts" if KEYS & document.keys() else None


def faults(name: str, text: str) -> list[str]:
    yaml = YAML(typ="safe", pure=True)
    # Dates stay words, as in JSON.
    yaml.constructor.yaml_constructors["tag:yaml.org,2002:timestamp"] = lambda loader, node: node.value
    known = [(kind(name, d), d) for d in yaml.load_all(text) if isinstance(d, dict)]
    return [f.message for k, d in known if k for f in SCHEMAS[k].iter_errors(d)]


def files():
    tracked = subprocess.run(["git", "ls-files", "*.yaml"], capture_output=True, check=True, cwd=TOP, text=True)
    return [f for f in tracked.stdout.splitlines() if not f.startswith("tests/pairs/")]


@pytest.mark.parametrize("file", files())
def test_what_is_right_fits(file: str):
    path = TOP / file
    assert faults(path.name, path.read_text()) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("claimlint.yaml", "exclud: [a]"),
        ("claimlint.yaml", "severity: {license: loud}"),
        ("claimlint.yaml", "overrides: [{ignore: a}]"),
        ("a.yaml", "rule: a"),
        ("a.yaml", "rule: a\nmessage: b\nread: {c: d}"),
        ("a.yaml", "rule: a\nkind: existence\nmessage: b\nswap: {c: d}"),
        ("a.yaml", "rule: a\nkind: substitution\nmessage: b"),
        ("a.yaml", "subject: a\nnam: b"),
        ("a.yaml", "subject: a\nfacts: [{openness: opened}]"),
        ("a.yaml", "subject: a\nfacts: [{openness: closed, from: yesterday}]"),
        ("a.yaml", "subject: a\nfacts: [{openness: closed, source: {sed: b}}]"),
        ("a.yaml", "subject: a\nfacts: [{price: {amount: many, currency: USD}}]"),
        ("a.yaml", "subject: a\nfacts: [{efficiency: {factor: 3}}]"),
    ],
)
def test_what_is_wrong_does_not(name: str, text: str):
    assert faults(name, text) != []
