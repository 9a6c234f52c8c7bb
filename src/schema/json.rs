//! JSON Schemas of the files that people write, for editors that complete and check YAML.

use super::{File, Key, Named, Shape, value};
use crate::knowledge::{Attribute, AttributeType, Choice, Knowledge};
use crate::rule::pattern;
use serde_json::{Map, Value, json};

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of rule files: a rule with a `kind` is a pattern rule, every other one compares with facts or asks for a
/// source.
pub fn rule(knowledge: &Knowledge) -> Value {
    let writer = Writer { knowledge };
    let mut pattern = writer.of(File::Pattern.shape());
    let kinds: Vec<Value> = pattern::KINDS.iter().map(|kind| of_kind(kind)).collect();
    put(&mut pattern, "allOf", json!(kinds));
    json!({
        "$schema": DIALECT,
        "title": "A rule of claimlint",
        "type": "object",
        "if": {"required": ["kind"]},
        "then": pattern,
        "else": writer.of(File::Rule.shape()),
    })
}

/// The schema of fact files; the attributes are those that are known.
pub fn facts(knowledge: &Knowledge) -> Value {
    let writer = Writer { knowledge };
    let mut schema = titled(writer.of(File::Facts.shape()), "Subjects and facts of claimlint");
    put(&mut schema, "$defs", json!({"fact": writer.fact()}));
    schema
}

/// The schema of configurations.
pub fn config(knowledge: &Knowledge) -> Value {
    titled(Writer { knowledge }.of(File::Config.shape()), "A configuration of claimlint")
}

/// The schema of manifests of packs.
pub fn pack(knowledge: &Knowledge) -> Value {
    titled(Writer { knowledge }.of(File::Pack.shape()), "A pack of rules for claimlint")
}

fn titled(mut schema: Value, title: &str) -> Value {
    put(&mut schema, "$schema", json!(DIALECT));
    put(&mut schema, "title", json!(title));
    schema
}

/// What a kind of pattern rule must have and must not have.
fn of_kind(kind: &str) -> Value {
    let mine: Vec<&pattern::Key> = pattern::keys_of(kind).collect();
    let needed: Vec<&str> =
        mine.iter().filter(|key| key.needed.contains(&kind)).map(|key| key.name).collect();
    let foreign = pattern::KEYS.iter().filter(|key| mine.iter().all(|own| own.name != key.name));
    let refused: Map<String, Value> = foreign.map(|key| (key.name.to_owned(), json!(false))).collect();
    json!({
        "if": {"properties": {"kind": {"const": kind}}},
        "then": {"required": needed, "properties": refused},
    })
}

struct Writer<'a> {
    knowledge: &'a Knowledge,
}

impl Writer<'_> {
    fn of(&self, shape: Shape) -> Value {
        match shape {
            // Whatever YAML takes a word for, the readers read its text.
            Shape::Text | Shape::Name(Named::Subject | Named::Source | Named::Fact | Named::Rule) => {
                json!({"type": ["string", "number"]})
            }
            Shape::Name(Named::SubjectKind) => names(&self.knowledge.kinds),
            Shape::Name(Named::Attribute) => {
                let ids: Vec<String> = self.knowledge.attributes.iter().map(|a| a.id.clone()).collect();
                names(&ids)
            }
            Shape::Name(Named::Scope) => json!({"type": "string", "examples": pattern::SCOPES}),
            // `1_200` and, to some parsers, `17e9` are words.
            Shape::Number => {
                json!({"type": ["number", "string"], "pattern": "^-?[0-9_]*\\.?[0-9_]+(e[-+]?[0-9]+)?$"})
            }
            Shape::Flag => json!({"type": "boolean"}),
            Shape::Date => {
                json!({"type": ["string", "number"], "pattern": "^\\d{4}(-\\d{2}(-\\d{2})?)?$", "examples": ["2026-04-08"]})
            }
            Shape::Choice(words) => json!({"enum": words}),
            Shape::Map(keys) => self.map(keys, json!(false)),
            Shape::Open(keys) => self.map(keys, self.of(Shape::Text)),
            Shape::Fact(_) => json!({"$ref": "#/$defs/fact"}),
            Shape::Free(_, inner) => json!({"type": "object", "additionalProperties": self.of(*inner)}),
            Shape::List(inner) => json!({"type": "array", "items": self.of(*inner)}),
            Shape::Many(inner) => {
                let one = self.of(*inner);
                json!({"anyOf": [one, {"type": "array", "items": one}]})
            }
            Shape::Either(shapes) => {
                let each: Vec<Value> = shapes.iter().map(|shape| self.of(*shape)).collect();
                json!({"anyOf": each})
            }
        }
    }

    fn fact(&self) -> Value {
        // A project's own attributes may stand in files that this schema knows nothing of.
        let mut schema = self.map(super::facts::FACT, json!(true));
        let attributes = self.knowledge.attributes.iter();
        if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
            properties.extend(attributes.map(|a| (a.id.clone(), attribute(self, a))));
        }
        schema
    }

    fn map(&self, keys: &[Key], others: Value) -> Value {
        let property = |key: &Key| {
            let mut schema = self.of(key.shape);
            put(&mut schema, "description", json!(key.about));
            (key.name.to_owned(), schema)
        };
        let properties: Map<String, Value> = keys.iter().map(property).collect();
        let needed: Vec<&str> = keys.iter().filter(|key| key.needed).map(|key| key.name).collect();
        json!({
            "type": "object",
            "properties": properties,
            "required": needed,
            "additionalProperties": others,
        })
    }
}

/// The value of an attribute: as its type has it, or stated to be none or undisclosed.
fn attribute(writer: &Writer<'_>, attribute: &Attribute) -> Value {
    let own = match &attribute.kind {
        AttributeType::Choice(choices) => choice(choices),
        AttributeType::Stage(stages) => {
            let named = |id: &String| attribute.words.iter().find(|word| word.id == *id).cloned();
            let stages: Vec<Choice> = stages.iter().filter_map(named).collect();
            choice(&stages)
        }
        kind => writer.of(value(kind)),
    };
    json!({"description": format!("{}.", attribute.name), "anyOf": [own, {"enum": ["none", "undisclosed"]}]})
}

fn choice(choices: &[Choice]) -> Value {
    let (ids, says): (Vec<&str>, Vec<&str>) =
        choices.iter().map(|choice| (choice.id.as_str(), choice.name.as_str())).unzip();
    json!({"enum": ids, "enumDescriptions": says})
}

/// The names that are known; where none are, any.
fn names(known: &[String]) -> Value {
    if known.is_empty() { json!({"type": "string"}) } else { json!({"type": "string", "examples": known}) }
}

fn put(schema: &mut Value, key: &str, says: Value) {
    if let Some(object) = schema.as_object_mut() {
        object.insert(key.to_owned(), says);
    }
}
