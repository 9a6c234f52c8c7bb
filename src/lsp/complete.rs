//! Completion: subjects and what the facts say of them in drafts; keys and values in fact and configuration files.

use super::card;
use super::data::Kind;
use super::keys;
use super::position::Columns;
use super::reading::Reading;
use crate::check::day_of;
use crate::knowledge::{AttributeType, FactId, Knowledge, State, SubjectId};
use crate::text::Span;
use tower_lsp::ls_types::*;

/// What can stand at a position.
pub fn at(reading: &Reading, position: Position) -> Option<Vec<CompletionItem>> {
    let byte = reading.client.encoding.byte(&reading.text, position)?;
    let start = reading.text.line_to_byte(position.line as usize);
    let before = reading.text.byte_slice(start..byte).to_string();
    let items = match reading.kind {
        Kind::Draft => draft(reading, byte, &before),
        Kind::Facts | Kind::Rule | Kind::Config => data(reading, position, &before),
        Kind::Other => Vec::new(),
    };
    Some(items)
}

fn draft(reading: &Reading, byte: usize, before: &str) -> Vec<CompletionItem> {
    let knowledge = &reading.world.built.checker.knowledge;
    let mut items = Vec::new();
    let line = byte - before.len();
    let spoken_of = reading.mentions().iter().filter(|(span, _)| line <= span.start && span.end <= byte);
    if let Some((_, subject)) = spoken_of.max_by_key(|(span, _)| span.end) {
        items.extend(said(reading, knowledge, *subject));
    }
    for subject in &knowledge.subjects {
        let typed = typed(before, &subject.name);
        let span = Span::new(byte - typed, byte);
        items.push(CompletionItem {
            label: subject.name.clone(),
            kind: Some(CompletionItemKind::CLASS),
            detail: Some(subject.kind.clone()),
            filter_text: Some(subject.name.clone()),
            sort_text: Some(format!("1{}", subject.name)),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(
                reading.client.encoding.range(&reading.text, span),
                subject.name.clone(),
            ))),
            ..Default::default()
        });
    }
    items
}

/// What the facts say of a subject on the draft's day.
fn said(reading: &Reading, knowledge: &Knowledge, subject: SubjectId) -> Vec<CompletionItem> {
    let day = day_of(reading.draft(), &reading.settings);
    let facts = knowledge.facts.iter().enumerate();
    let held = facts
        .filter(|(_, fact)| fact.subject == subject && fact.state == State::Asserted && fact.valid_at(day));
    held.map(|(at, fact)| {
        let attribute = knowledge.attributes.get(fact.attribute.0 as usize);
        let documentation = u32::try_from(at).ok().and_then(|at| card::fact(&reading.world, FactId(at)));
        CompletionItem {
            label: knowledge.words(fact.attribute, &fact.value),
            kind: Some(CompletionItemKind::VALUE),
            detail: attribute.map(|attribute| attribute.name.clone()),
            documentation: documentation.map(|value| {
                Documentation::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value })
            }),
            sort_text: Some(format!("0{at:06}")),
            ..Default::default()
        }
    })
    .collect()
}

/// How many bytes before the cursor are the beginning of a name, however many words of it.
fn typed(before: &str, name: &str) -> usize {
    let starts = before.char_indices().map(|(at, _)| at);
    let word_start = |at: usize| !before[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    let begins =
        |rest: &str| name.get(..rest.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(rest));
    starts.filter(|&at| word_start(at)).find(|&at| begins(&before[at..])).map_or(0, |at| before.len() - at)
}

fn data(reading: &Reading, position: Position, before: &str) -> Vec<CompletionItem> {
    let entry = before.rsplit(['{', ',', '[']).next().unwrap_or(before);
    let entry = entry.trim_start().trim_start_matches("- ").trim_start();
    match entry.split_once(':') {
        Some((key, _)) => values(reading, key.trim()),
        // In a list on one line the key stands before the bracket.
        None if before.contains('[') && !before.contains(']') => {
            let key = before.split('[').next().unwrap_or_default().trim().trim_end_matches(':');
            values(reading, key.trim_start_matches("- ").trim())
        }
        None => keys_at(reading, position, before),
    }
}

fn values(reading: &Reading, key: &str) -> Vec<CompletionItem> {
    let knowledge = &reading.world.built.checker.knowledge;
    let item = |label: &str, detail: &str, kind| CompletionItem {
        label: label.to_owned(),
        detail: (!detail.is_empty()).then(|| detail.to_owned()),
        kind: Some(kind),
        ..Default::default()
    };
    let word = |(label, detail): (&str, &str)| item(label, detail, CompletionItemKind::ENUM_MEMBER);
    let subjects = || {
        let all = knowledge.subjects.iter();
        all.map(|subject| item(&subject.id, &subject.name, CompletionItemKind::REFERENCE)).collect()
    };
    let attribute = || {
        let attribute = knowledge.attribute(key).and_then(|id| knowledge.attributes.get(id.0 as usize))?;
        let words = match &attribute.kind {
            AttributeType::Choice(choices) => choices,
            AttributeType::Subject => return Some(subjects()),
            _ => &attribute.words,
        };
        let stages = match &attribute.kind {
            AttributeType::Stage(stages) => stages.as_slice(),
            _ => &[],
        };
        let words = words.iter().map(|choice| word((&choice.id, &choice.name)));
        Some(words.chain(stages.iter().map(|stage| word((stage, "")))).collect())
    };
    match key {
        "seed" | "source" => {
            let all = knowledge.sources.iter();
            all.map(|source| item(&source.id, &source.title, CompletionItemKind::FILE)).collect()
        }
        "kind" => knowledge.kinds.iter().map(|kind| word((kind, ""))).collect(),
        "part_of" | "version_of" | "claimed_by" | "of" => subjects(),
        "conflicts_with" => {
            knowledge.facts.iter().map(|fact| item(&fact.id, "", CompletionItemKind::REFERENCE)).collect()
        }
        _ => attribute().unwrap_or_else(|| keys::values(key).iter().map(|value| word((value, ""))).collect()),
    }
}

fn keys_at(reading: &Reading, position: Position, before: &str) -> Vec<CompletionItem> {
    let mut items: Vec<CompletionItem> = Vec::new();
    let parent = parent(reading, position, before);
    for (key, says) in keys::under(reading.kind, &parent) {
        items.push(CompletionItem {
            label: (*key).to_owned(),
            kind: Some(CompletionItemKind::PROPERTY),
            detail: Some((*says).to_owned()),
            insert_text: Some(format!("{key}: ")),
            ..Default::default()
        });
    }
    if reading.kind == Kind::Facts && parent == "facts" {
        for attribute in &reading.world.built.checker.knowledge.attributes {
            items.push(CompletionItem {
                label: attribute.id.clone(),
                kind: Some(CompletionItemKind::FIELD),
                detail: Some(attribute.name.clone()),
                insert_text: Some(format!("{}: ", attribute.id)),
                sort_text: Some(format!("0{}", attribute.id)),
                ..Default::default()
            });
        }
    }
    items
}

/// The key that a line stands under: of the nearest line above that is indented less; empty at the top.
fn parent(reading: &Reading, position: Position, before: &str) -> String {
    if let Some((key, _)) = before.rsplit_once('{').and_then(|(outer, _)| outer.trim_end().rsplit_once(':')) {
        return key.trim().trim_start_matches("- ").to_owned();
    }
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '-']).len();
    let mut own = indent(before);
    for at in (0..position.line as usize).rev() {
        let line = reading.text.line(at).to_string();
        let body = line.trim();
        if own == 0 {
            break;
        }
        // An entry's further keys stand as deep as its first one behind the dash.
        if !body.is_empty() && !body.starts_with('#') && indent(&line) < own {
            let key = body.trim_start_matches("- ");
            if let Some(key) = key.strip_suffix(':') {
                return key.to_owned();
            }
            own = indent(&line);
        }
    }
    String::new()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_name_half_typed_is_found_however_many_words_it_has() {
        for (before, expected) in [
            ("with Zephyr", 6),
            ("with zephyrine", 9),
            ("with Zephyrine La", 12),
            ("with Zephyrine Large", 15),
            ("unzeph", 0),
            ("Zephyrine is", 0),
            ("é Ze", 2),
            ("", 0),
        ] {
            assert_eq!(super::typed(before, "Zephyrine Large"), expected, "{before}");
        }
    }
}
