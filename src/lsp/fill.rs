//! Completion in fact, rule and configuration files: the keys that may stand at a place, and the values of those that have
//! but a few.

use super::data::Kind;
use super::keys;
use super::reading::Reading;
use crate::knowledge::{Attribute, AttributeType, Choice};
use crate::rule::{pattern, suppress};
use crate::schema::{Key, Named, Shape};
use tower_lsp::ls_types::{CompletionItem, CompletionItemKind};

/// What may stand behind `before`, the beginning of the line that starts at a byte.
pub fn at(reading: &Reading, line: usize, before: &str) -> Vec<CompletionItem> {
    let text = reading.text.to_string();
    let outer = keys::outer(text.get(..line).unwrap_or_default().lines(), before);
    let place = keys::place(before);
    let path: Vec<&str> = outer.iter().map(String::as_str).chain(place.path).collect();
    let knowledge = &reading.world.built.checker.knowledge;
    let shape = keys::at(reading.kind, &text, &path, knowledge);
    let mut items = Vec::new();
    if !place.value {
        items.extend(keys::under(reading.kind, &text, &path, knowledge).iter().map(key));
        for shape in shape.map(Shape::each).unwrap_or_default() {
            items.extend(free_keys(reading, shape));
        }
    }
    if place.value || place.listed {
        let attribute = path.iter().rev().take(2).find_map(|key| knowledge.attribute(key));
        let attribute = attribute.filter(|_| reading.kind == Kind::Facts && path.contains(&"facts"));
        match attribute.and_then(|id| knowledge.attributes.get(id.0 as usize)) {
            Some(attribute) => items.extend(values_of(reading, attribute)),
            None => items
                .extend(shape.map(Shape::each).unwrap_or_default().iter().flat_map(|s| words(reading, *s))),
        }
    }
    items
}

fn key(key: &Key) -> CompletionItem {
    CompletionItem {
        label: key.name.to_owned(),
        kind: Some(CompletionItemKind::PROPERTY),
        detail: Some(key.about.to_owned()),
        insert_text: Some(format!("{}: ", key.name)),
        // What must stand there comes first.
        sort_text: Some(format!("{}{}", if key.needed { '0' } else { '1' }, key.name)),
        ..Default::default()
    }
}

/// Keys that are names of something: attributes in a fact, rules in a table of severities.
fn free_keys(reading: &Reading, shape: Shape) -> Vec<CompletionItem> {
    let named = match shape {
        Shape::Fact(_) => Named::Attribute,
        Shape::Free(Some(named), _) => named,
        _ => return Vec::new(),
    };
    let mut items = names(reading, named);
    for item in &mut items {
        item.insert_text = Some(format!("{}: ", item.label));
        item.sort_text = Some(format!("0{}", item.label));
    }
    items
}

fn words(reading: &Reading, shape: Shape) -> Vec<CompletionItem> {
    match shape {
        Shape::Choice(words) => {
            words.iter().map(|word| item(word, "", CompletionItemKind::ENUM_MEMBER)).collect()
        }
        Shape::Flag => ["true", "false"].map(|word| item(word, "", CompletionItemKind::ENUM_MEMBER)).to_vec(),
        Shape::Name(named) => names(reading, named),
        _ => Vec::new(),
    }
}

fn values_of(reading: &Reading, attribute: &Attribute) -> Vec<CompletionItem> {
    let word = |word: &Choice| item(&word.id, &word.name, CompletionItemKind::ENUM_MEMBER);
    match &attribute.kind {
        AttributeType::Choice(choices) => choices.iter().map(word).collect(),
        AttributeType::Subject => names(reading, Named::Subject),
        _ => attribute.words.iter().map(word).collect(),
    }
}

fn names(reading: &Reading, named: Named) -> Vec<CompletionItem> {
    let checker = &reading.world.built.checker;
    let knowledge = &checker.knowledge;
    let reference = CompletionItemKind::REFERENCE;
    match named {
        Named::Subject => knowledge.subjects.iter().map(|s| item(&s.id, &s.name, reference)).collect(),
        Named::SubjectKind => {
            knowledge.kinds.iter().map(|k| item(k, "", CompletionItemKind::ENUM_MEMBER)).collect()
        }
        Named::Source => {
            knowledge.sources.iter().map(|s| item(&s.id, &s.title, CompletionItemKind::FILE)).collect()
        }
        Named::Fact => knowledge.facts.iter().map(|f| item(&f.id, "", reference)).collect(),
        Named::Attribute => {
            knowledge.attributes.iter().map(|a| item(&a.id, &a.name, CompletionItemKind::FIELD)).collect()
        }
        Named::Scope => {
            pattern::SCOPES.iter().map(|s| item(s, "", CompletionItemKind::ENUM_MEMBER)).collect()
        }
        Named::Rule => {
            let rules = checker.rules.list.iter().map(|rule| item(&rule.name, &rule.title, reference));
            let patterns = checker.patterns.iter().flat_map(|set| set.rules());
            let patterns =
                patterns.map(|rule| item(&rule.name, rule.title.as_deref().unwrap_or_default(), reference));
            let own = suppress::RULES.iter().map(|(name, title, _)| item(name, title, reference));
            rules.chain(patterns).chain(own).collect()
        }
    }
}

fn item(label: &str, detail: &str, kind: CompletionItemKind) -> CompletionItem {
    CompletionItem {
        label: label.to_owned(),
        detail: (!detail.is_empty()).then(|| detail.to_owned()),
        kind: Some(kind),
        ..Default::default()
    }
}
