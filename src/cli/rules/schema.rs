//! `rules schema`: JSON Schemas of the files that people write, for editors that complete and check YAML.

use super::SchemaArgs;
#[cfg(feature = "lsp")]
use crate::lsp::{data::Kind, keys};
use crate::rule::pattern::{KEYS, KINDS, Key, Shape, keys_of};
use clap::ValueEnum;
use serde_json::{Map, Value, json};
use std::io::{self, Write};
use std::process::ExitCode;

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// What kind of file a schema is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Of {
    /// Rule files
    #[default]
    Rule,
    /// Subjects, facts and sources
    #[cfg(feature = "lsp")]
    Facts,
    /// claimlint.yaml
    #[cfg(feature = "lsp")]
    Config,
}

pub fn run(args: &SchemaArgs) -> io::Result<ExitCode> {
    let schema = match args.of {
        Of::Rule => rule(),
        #[cfg(feature = "lsp")]
        Of::Facts => {
            file(Kind::Facts, "Facts of claimlint", &["subjects", "facts", "source", "sources", "aliases"])
        }
        #[cfg(feature = "lsp")]
        Of::Config => file(Kind::Config, "A configuration of claimlint", &["overrides"]),
    };
    writeln!(io::stdout().lock(), "{}", serde_json::to_string_pretty(&schema)?)?;
    Ok(ExitCode::SUCCESS)
}

/// A rule with a `kind` is a pattern rule, every other one compares with facts or asks for a source.
fn rule() -> Value {
    #[cfg_attr(not(feature = "lsp"), expect(unused_mut))]
    let mut schema = json!({
        "$schema": DIALECT,
        "title": "A rule of claimlint",
        "type": "object",
        "if": {"required": ["kind"]},
        "then": pattern_rule(),
    });
    #[cfg(feature = "lsp")]
    if let Some(object) = schema.as_object_mut() {
        let mut claim = properties(Kind::Rule, "", &["examples"]);
        claim.insert(
            "since".to_string(),
            json!({"type": "string", "description": "The version it came with."}),
        );
        claim.insert("of".to_string(), json!({"description": "Kinds of slot that its subject may be."}));
        let claim =
            json!({"required": ["rule", "message"], "properties": claim, "additionalProperties": false});
        object.insert("else".to_string(), claim);
    }
    schema
}

/// A file of these keys; under some of them stand maps, or lists of maps, of keys of their own.
#[cfg(feature = "lsp")]
fn file(kind: Kind, title: &str, nested: &[&str]) -> Value {
    json!({"$schema": DIALECT, "title": title, "type": "object", "properties": properties(kind, "", nested)})
}

#[cfg(feature = "lsp")]
fn properties(kind: Kind, parent: &str, nested: &[&str]) -> Map<String, Value> {
    let property = |(name, says): &(&str, &str)| {
        let mut schema = json!({"description": says});
        let values = keys::values(name);
        // What may stand under a key inside itself is not spelled out again.
        let inner: Vec<&str> = nested.iter().copied().filter(|other| other != name).collect();
        let under = if nested.contains(name) { properties(kind, name, &inner) } else { Map::new() };
        if let Some(object) = schema.as_object_mut() {
            if !values.is_empty() && !parent.is_empty() {
                object.insert("enum".to_string(), json!(values));
            }
            if !under.is_empty() {
                object.insert("properties".to_string(), json!(under));
                object.insert("items".to_string(), json!({"properties": under}));
            }
        }
        (name.to_string(), schema)
    };
    keys::under(kind, parent).iter().map(property).collect()
}

/// The schema of a pattern rule: what every kind may have, and for each kind what it must and may not have.
fn pattern_rule() -> Value {
    let properties: Map<String, Value> =
        KEYS.iter().map(|key| (key.name.to_string(), property(key))).collect();
    let kinds: Vec<Value> = KINDS.iter().map(|kind| of_kind(kind)).collect();
    json!({
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
