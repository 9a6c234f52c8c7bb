//! Reading `attributes:` lists: what can be said of a subject, and how it compares.

use super::{Attribute, AttributeType, Choice};
use crate::yaml::{Fields, Item};
use std::collections::HashSet;

const TYPES: [&str; 10] =
    ["choice", "stage", "set", "ratio", "quantity", "money", "date", "subject", "licence", "text"];

/// Reads one attribute.
pub(super) fn read(item: &Item) -> Option<Attribute> {
    let mut fields = item.fields()?;
    let id = fields.required("attribute").and_then(|id| id.str());
    let name = fields.required("name").and_then(|name| name.str());
    let kind = fields.required("type").and_then(|kind| kind.one_of("type", &TYPES));
    let (id, name, kind) = (id?.to_string(), name?.to_string(), kind?);
    let (kind, words, member_stages) = match kind {
        "choice" => (AttributeType::Choice(close(choices(&mut fields, "values"))), Vec::new(), Vec::new()),
        "stage" => {
            let words = choices(&mut fields, "stages");
            (AttributeType::Stage(words.iter().map(|word| word.id.clone()).collect()), words, Vec::new())
        }
        "set" => (AttributeType::Set, close(choices(&mut fields, "members")), fields.strings("stages")),
        "ratio" => (AttributeType::Ratio, Vec::new(), Vec::new()),
        "quantity" => (AttributeType::Quantity, Vec::new(), Vec::new()),
        "money" => (AttributeType::Money, Vec::new(), Vec::new()),
        "date" => (AttributeType::Date, Vec::new(), Vec::new()),
        "subject" => (AttributeType::Subject, Vec::new(), Vec::new()),
        "licence" => (AttributeType::Licence, Vec::new(), Vec::new()),
        _ => (AttributeType::Text, Vec::new(), Vec::new()),
    };
    let open = matches!(kind, AttributeType::Set | AttributeType::Text);
    let functional = fields.bool("functional").unwrap_or(!open);
    let inherited = fields.bool("inherited").unwrap_or(false);
    let via = fields.strings("via");
    let classes = fields.get("classes").map(|i| i.entries()).unwrap_or_default();
    let classes =
        classes.iter().filter_map(|(c, _, v)| Some((c.to_string(), v.str()?.to_string()))).collect();
    let unit = fields.string("unit");
    let units = fields.string("units").or(unit.as_ref().map(|unit| format!("{unit}s")));
    fields.finish();
    Some(Attribute { id, name, kind, functional, via, classes, inherited, unit, units, words, member_stages })
}

/// A list of values: `- open-weight`, or `- {value: open-weight, name: …, implies: […], excludes: […]}`.
fn choices(fields: &mut Fields, key: &'static str) -> Vec<Choice> {
    let items = fields.list(key);
    let mut read: Vec<(Choice, Item)> = Vec::new();
    for item in items {
        if item.is_scalar() {
            let id = item.str().unwrap_or_default().to_string();
            read.push((Choice { name: id.clone(), id, ..Choice::default() }, item));
            continue;
        }
        let Some(mut fields) = item.fields() else { continue };
        let id = fields.required("value").and_then(|value| value.str());
        let name = fields.string("name");
        let (implies, excludes) = (fields.strings("implies"), fields.strings("excludes"));
        fields.finish();
        let Some(id) = id.map(str::to_string) else { continue };
        let name = name.unwrap_or_else(|| id.clone());
        read.push((Choice { id, name, implies, excludes }, item));
    }
    let known: Vec<String> = read.iter().map(|(choice, _)| choice.id.clone()).collect();
    for (choice, item) in &read {
        for other in choice.implies.iter().chain(&choice.excludes).filter(|other| !known.contains(other)) {
            item.unknown("value", other, known.iter().map(String::as_str));
        }
    }
    read.into_iter().map(|(choice, _)| choice).collect()
}

/// Completes what is implied and excluded: implication carries on, exclusion holds both ways and for all that implies.
fn close(mut choices: Vec<Choice>) -> Vec<Choice> {
    let implied: Vec<HashSet<String>> = choices.iter().map(|choice| implied(&choices, &choice.id)).collect();
    let excluded = |one: &HashSet<String>| {
        let others = choices.iter().zip(&implied);
        let apart =
            others.filter(|(_, other)| excludes(&choices, one, other) || excludes(&choices, other, one));
        sorted(apart.map(|(other, _)| other.id.clone()))
    };
    let excluded: Vec<Vec<String>> = implied.iter().map(excluded).collect();
    for ((choice, implied), excluded) in choices.iter_mut().zip(implied).zip(excluded) {
        choice.implies = sorted(implied.into_iter().filter(|id| *id != choice.id));
        choice.excludes = excluded;
    }
    choices
}

/// A value and all that it implies.
fn implied(choices: &[Choice], id: &str) -> HashSet<String> {
    let mut found = HashSet::from([id.to_string()]);
    let mut open = vec![id.to_string()];
    while let Some(next) = open.pop() {
        for choice in choices.iter().filter(|choice| choice.id == next) {
            for id in &choice.implies {
                if found.insert(id.clone()) {
                    open.push(id.clone());
                }
            }
        }
    }
    found
}

/// Whether one of `left` was declared to exclude one of `right`.
fn excludes(choices: &[Choice], left: &HashSet<String>, right: &HashSet<String>) -> bool {
    choices
        .iter()
        .any(|choice| left.contains(&choice.id) && choice.excludes.iter().any(|id| right.contains(id)))
}

fn sorted(ids: impl Iterator<Item = String>) -> Vec<String> {
    let mut ids: Vec<String> = ids.collect();
    ids.sort();
    ids
}
