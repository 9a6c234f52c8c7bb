//! Completion: subjects and what the facts say of them ([`offer`]) in drafts; what [`fill`] knows in other files.

use super::data::Kind;
use super::position::Columns;
use super::reading::Reading;
use super::{fill, offer};
use crate::text::Span;
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
    if let Some((span, subject)) = spoken_of.max_by_key(|(span, _)| span.end) {
        let named = Span::new(span.start - line, span.end - line);
        items.extend(offer::of(reading, *subject, before, named).into_iter().map(|offer| CompletionItem {
            text_edit: Some(put(reading, byte, typed(before, &offer.label), &offer.label)),
            ..offer
        }));
    }
    for subject in &knowledge.subjects {
        items.push(CompletionItem {
            label: subject.name.clone(),
            kind: Some(CompletionItemKind::CLASS),
            detail: Some(subject.kind.clone()),
            filter_text: Some(subject.name.clone()),
            sort_text: Some(format!("1{}", subject.name)),
            text_edit: Some(put(reading, byte, typed(before, &subject.name), &subject.name)),
            ..Default::default()
        });
    }
    items
}

/// Words in the place of those before the cursor that begin them.
fn put(reading: &Reading, byte: usize, typed: usize, words: &str) -> CompletionTextEdit {
    let range = reading.client.encoding.range(&reading.text, Span::new(byte - typed, byte));
    CompletionTextEdit::Edit(TextEdit::new(range, words.to_owned()))
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
