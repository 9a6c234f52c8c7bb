//! Reading facts: one attribute with its value, and the source, time and state that go with it.

use super::load::Names;
use super::{AttributeId, Fact, Knowledge, SourceId, State, SubjectId, value};
use crate::yaml::{Fields, Item};

/// A fact whose conflicts still have to be looked up.
pub(super) struct Entry<'a> {
    pub(super) fact: Fact,
    pub(super) conflicts: Vec<Item<'a>>,
    /// Whether the file gave the id.
    pub(super) named: bool,
}

/// Reads one entry of a `facts:` list.
pub(super) fn read<'a>(
    item: &Item<'a>,
    file: usize,
    subject: SubjectId,
    source: Option<SourceId>,
    knowledge: &Knowledge,
    names: &Names,
) -> Option<Entry<'a>> {
    let mut fields = item.fields()?;
    let id = fields.string("id");
    let (from, to) = (fields.get("from"), fields.get("to"));
    let from = from.and_then(|item| item.date()).map(|(first, _)| first);
    let to = to.and_then(|item| item.date()).map(|(_, last)| last);
    let as_of = fields.date("as_of").map(|(first, _)| first);
    let (source, quote) = source_and_quote(&mut fields, source, knowledge);
    let state = fields.get("state").and_then(|state| state.one_of("state", &STATES));
    let claimed_by = fields.string("claimed_by");
    let claimed_by = claimed_by.map(|name| names.id_of(&name).map(str::to_string).unwrap_or(name));
    let note = fields.string("note");
    let conflicts = fields.one_or_many("conflicts_with");
    let mut scope = scope(&mut fields, names);
    let (attribute, value) = attribute_and_value(fields, knowledge, names, &mut scope)?;
    let as_of = as_of.or_else(|| knowledge.sources.get(source?.0 as usize)?.date);
    let fact = Fact {
        id: id.clone().unwrap_or_default(),
        subject,
        attribute,
        value,
        scope,
        from,
        to,
        as_of,
        source,
        quote,
        state: match state {
            Some("disputed") => State::Disputed,
            Some("superseded") => State::Superseded,
            _ => State::Asserted,
        },
        claimed_by,
        note,
        conflicts_with: Vec::new(),
        place: (file, item.span()),
    };
    Some(Entry { fact, conflicts, named: id.is_some() })
}

const STATES: [&str; 3] = ["asserted", "disputed", "superseded"];

/// `source: id` or `source: {seed: id, quote: …}`, with the file's own source and a `quote:` beside as the short way.
fn source_and_quote(
    fields: &mut Fields,
    default: Option<SourceId>,
    knowledge: &Knowledge,
) -> (Option<SourceId>, Option<String>) {
    let quote = fields.string("quote");
    let Some(item) = fields.get("source") else { return (default, quote) };
    if !item.is_map() {
        return (find_source(&item, knowledge), quote);
    }
    let Some(mut inner) = item.fields() else { return (default, quote) };
    let id = inner.get("seed").or(inner.get("source"));
    let quote = inner.string("quote").or(quote);
    inner.finish();
    match id {
        Some(id) => (find_source(&id, knowledge), quote),
        None => (default, quote),
    }
}

/// The source that an item names.
pub(super) fn find_source(item: &Item, knowledge: &Knowledge) -> Option<SourceId> {
    let id = item.str()?;
    let found = knowledge.source(id);
    if found.is_none() {
        item.unknown("source", id, knowledge.sources.iter().map(|source| source.id.as_str()));
    }
    found
}

fn scope(fields: &mut Fields, names: &Names) -> Vec<(String, String)> {
    let entries = fields.get("scope").map(|scope| scope.entries()).unwrap_or_default();
    let slot = |(key, _, value): (&str, _, Item)| {
        let text = value.str()?;
        Some((key.to_string(), names.id_of(text).unwrap_or(text).to_string()))
    };
    entries.into_iter().filter_map(slot).collect()
}

/// What is left of a fact's keys must be one attribute.
fn attribute_and_value(
    fields: Fields,
    knowledge: &Knowledge,
    names: &Names,
    scope: &mut Vec<(String, String)>,
) -> Option<(AttributeId, super::Value)> {
    let whole = fields.item.clone();
    let keys = ["from", "to", "as_of", "scope", "source", "quote", "state", "claimed_by", "note", "id"];
    let known = || knowledge.attributes.iter().map(|attribute| attribute.id.as_str());
    let (mut found, mut unknown) = (None, false);
    for (key, span, item) in fields.rest() {
        match knowledge.attribute(key) {
            Some(attribute) if found.is_none() => found = Some((attribute, item)),
            Some(_) => item.problem(format!("a second attribute `{key}`: it is a fact of its own")),
            None => {
                unknown = true;
                item.unknown_at(span, "key or attribute", key, known().chain(keys));
            }
        }
    }
    let Some((id, item)) = found else {
        if !unknown {
            whole.problem("the fact names no attribute, like `openness: closed`");
        }
        return None;
    };
    let value = value::read(&knowledge[id], &item, names, scope)?;
    Some((id, value))
}
