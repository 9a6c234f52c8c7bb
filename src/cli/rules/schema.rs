//! `rules schema`: the JSON Schema of rule files, for editors that complete and check YAML.

use crate::rule::pattern::{KEYS, KINDS, Key, Shape, keys_of};
use serde_json::{Map, Value, json};
use std::io::{self, Write};
use std::process::ExitCode;

pub fn run() -> io::Result<ExitCode> {
    writeln!(io::stdout().lock(), "{}", serde_json::to_string_pretty(&pattern_rule())?)?;
    Ok(ExitCode::SUCCESS)
}

/// The schema of a pattern rule: what every kind may have, and for each kind what it must and may not have.
pub fn pattern_rule() -> Value {
    let properties: Map<String, Value> =
        KEYS.iter().map(|key| (key.name.to_string(), property(key))).collect();
    let kinds: Vec<Value> = KINDS.iter().map(|kind| of_kind(kind)).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A pattern rule of claimlint",
        "type": "object",
        "required": ["rule", "kind", "message"],
        "properties": properties,
        "additionalProperties": false,
        "allOf": kinds,
    })
}

fn of_kind(kind: &str) -> Value {
    let needed: Vec<&str> =
        keys_of(kind).filter(|key| key.needed.contains(&kind)).map(|key| key.name).collect();
    let mine: Vec<&str> = keys_of(kind).map(|key| key.name).collect();
    let foreign = KEYS.iter().filter(|key| !mine.contains(&key.name));
    let refused: Map<String, Value> = foreign.map(|key| (key.name.to_string(), json!(false))).collect();
    json!({
        "if": {"properties": {"kind": {"const": kind}}},
        "then": {"required": needed, "properties": refused},
    })
}

fn property(key: &Key) -> Value {
    let mut schema = match key.shape {
        Shape::Text => json!({"type": "string"}),
        Shape::Choice(words) => json!({"enum": words}),
        Shape::Texts => {
            json!({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": ["string", "number"]}}]})
        }
        Shape::Flag => json!({"type": "boolean"}),
        Shape::Number => json!({"type": "number"}),
        Shape::Pairs => {
            json!({"type": "object", "additionalProperties": {"type": ["string", "number"]}, "minProperties": 1})
        }
        Shape::Action => json!({
            "type": "object",
            "required": ["name"],
            "properties": {
                "name": {"enum": ["replace", "remove", "edit", "suggest"]},
                "params": {"type": ["string", "array"]},
            },
            "additionalProperties": false,
        }),
        Shape::Examples => json!({
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "flag": {"type": "string", "pattern": "⟦.*⟧", "description": "A sentence, what is wrong between ⟦ and ⟧."},
                    "pass": {"type": "string", "description": "A sentence that the rule leaves alone."},
                    "fix": {"type": "string", "description": "The sentence once it is mended."},
                    "format": {"enum": ["markdown", "html", "text"]},
                    "date": {"type": "string", "description": "The day the sentence was written, where the facts have changed since: 2026-04-08."},
                },
                "additionalProperties": false,
                "oneOf": [{"required": ["flag"]}, {"required": ["pass"]}],
            },
        }),
    };
    if let Some(object) = schema.as_object_mut() {
        object.insert("description".to_string(), json!(key.about));
    }
    schema
}
