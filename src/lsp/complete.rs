//! Completion: subjects and what the facts say of them in drafts; what [`fill`] knows in other files.

use super::card;
use super::data::Kind;
use super::fill;
use super::position::Columns;
use super::reading::Reading;
use crate::check::day_of;
use crate::knowledge::{FactId, Knowledge, State, SubjectId};
use crate::text::Span;
use std::collections::HashMap;
use tower_lsp::ls_types::*;

/// What can stand at a position.
pub fn at(reading: &Reading, position: Position) -> Option<Vec<CompletionItem>> {
    let byte = reading.client.encoding.byte(&reading.text, position)?;
    let start = reading.text.line_to_byte(position.line as usize);
    let before = reading.text.byte_slice(start..byte).to_string();
    let items = match reading.kind {
        Kind::Draft => draft(reading, byte, &before),
        Kind::Facts | Kind::Rule | Kind::Config => fill::at(reading, start, &before),
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
        items.extend(said(reading, knowledge, *subject, before));
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

/// What the facts say of a subject on the draft's day; first what the rules read behind such words.
fn said(reading: &Reading, knowledge: &Knowledge, subject: SubjectId, before: &str) -> Vec<CompletionItem> {
    let leads = leads(reading, before);
    let lead = |attribute: &str| leads.get(attribute).copied().unwrap_or_default();
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
            sort_text: Some(format!("0{}{at:06}", 9 - lead(attribute.map_or("", |attribute| &attribute.id)))),
            ..Default::default()
        }
    })
    .collect()
}

/// How well the words before the cursor lead to a value of each attribute: whether patterns that read it have the last of
/// them, and the one before it too, in whatever form.
fn leads<'a>(reading: &'a Reading, before: &str) -> HashMap<&'a str, u8> {
    let whole = before.rfind(char::is_whitespace).map_or("", |end| &before[..end]).to_lowercase();
    let mut words = whole.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).rev();
    let mut leads: HashMap<&str, u8> = HashMap::new();
    let Some(last) = words.next() else { return leads };
    let before = words.next();
    for read in reading.world.built.checker.reader.reads.iter().flat_map(|reads| &reads.list) {
        let own = || read.pattern.split(|c: char| !c.is_alphabetic());
        if own().any(|word| word == last) {
            let akin = before.is_some_and(|before| own().any(|word| akin(word, before)));
            let lead = leads.entry(&read.attribute).or_default();
            *lead = (*lead).max(1 + u8::from(akin));
        }
    }
    leads
}

/// Whether two words may be forms of one.
fn akin(a: &str, b: &str) -> bool {
    let same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    same > 3 && same + 3 >= a.len().max(b.len())
}

/// How many bytes before the cursor are the beginning of a name, however many words of it.
fn typed(before: &str, name: &str) -> usize {
    let starts = before.char_indices().map(|(at, _)| at);
    let word_start = |at: usize| !before[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    let begins =
        |rest: &str| name.get(..rest.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(rest));
    starts.filter(|&at| word_start(at)).find(|&at| begins(&before[at..])).map_or(0, |at| before.len() - at)
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
