//! Reading subjects: what facts are about, and the names they go by.

use super::{Alias, Subject};
use crate::yaml::{Fields, Item};

/// A subject as its file gives it, before its links and facts are resolved.
pub(super) struct Entry<'a> {
    pub(super) subject: Subject,
    pub(super) part_of: Option<Item<'a>>,
    pub(super) version_of: Option<Item<'a>>,
    pub(super) facts: Vec<Item<'a>>,
    /// Where the id stands.
    pub(super) id: Item<'a>,
}

/// Reads a subject's fields up to its facts.
pub(super) fn read<'a>(fields: &mut Fields<'a>) -> Option<Entry<'a>> {
    let id = fields.required("subject");
    let kind = fields.get("kind");
    let name = fields.string("name");
    let mut subject = Subject {
        id: id.as_ref().and_then(|id| id.str()).unwrap_or_default().to_string(),
        kind: kind.and_then(|kind| kind.str()).unwrap_or_default().to_string(),
        name: name.unwrap_or_default(),
        descriptions: fields.strings("descriptions"),
        ..Subject::default()
    };
    for item in fields.one_or_many("aliases") {
        subject.aliases.extend(alias(&item));
    }
    name_first(&mut subject);
    let (part_of, version_of) = (fields.get("part_of"), fields.get("version_of"));
    let facts = fields.list("facts");
    let id = id.filter(|_| !subject.id.is_empty())?;
    Some(Entry { subject, part_of, version_of, facts, id })
}

/// Adds to a subject what a later entry on it says.
pub(super) fn merge(subject: &mut Subject, more: Subject) {
    if !more.kind.is_empty() {
        subject.kind = more.kind;
    }
    if !more.name.is_empty() {
        subject.name = more.name;
    }
    for alias in more.aliases {
        subject.aliases.retain(|known| known.text != alias.text);
        subject.aliases.push(alias);
    }
    subject.descriptions.extend(more.descriptions);
    name_first(subject);
}

/// The name is an alias too, the first one; an entry among the aliases may say how it is to be read.
fn name_first(subject: &mut Subject) {
    if subject.name.is_empty() {
        return;
    }
    let at = subject.aliases.iter().position(|alias| alias.text == subject.name);
    let alias = match at {
        Some(at) => subject.aliases.remove(at),
        None => Alias { text: subject.name.clone(), ..Alias::default() },
    };
    subject.aliases.insert(0, alias);
}

/// `Meta Muse Spark`, or `{text: Spark, when: introduced, case: exact, not_before: […], not_after: […]}`.
fn alias(item: &Item) -> Option<Alias> {
    if item.is_scalar() {
        return Some(Alias { text: item.str()?.to_string(), ..Alias::default() });
    }
    let mut fields = item.fields()?;
    let text = fields.required("text").and_then(|text| text.str()).map(str::to_string);
    let when = fields.get("when").and_then(|when| when.one_of("condition", &["introduced", "always"]));
    let case = fields.get("case").and_then(|case| case.one_of("case", &["exact", "any"]));
    let (not_before, not_after) = (fields.strings("not_before"), fields.strings("not_after"));
    fields.finish();
    Some(Alias {
        text: text?,
        when_introduced: when == Some("introduced"),
        case_sensitive: case == Some("exact"),
        not_before,
        not_after,
    })
}
