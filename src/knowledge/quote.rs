//! Finding a quote in the document it was taken from.

use crate::text::Span;
use std::collections::HashMap;

/// Where `quote` stands in `text`, word for word: only line breaks may differ, and straight quotation marks stand for
/// curly ones.
pub(super) fn find(text: &str, quote: &str) -> Option<Span> {
    let wanted: String = folded(quote.trim()).map(|(_, character)| character).collect();
    if wanted.is_empty() {
        return None;
    }
    let mut plain = String::with_capacity(text.len());
    let mut places = Vec::with_capacity(text.len());
    for (at, character) in folded(text) {
        plain.push(character);
        places.resize(plain.len(), at);
    }
    let start = plain.find(&wanted)?;
    let last = start + wanted.chars().next_back().map_or(0, |c| wanted.len() - c.len_utf8());
    let (first, last) = (*places.get(start)?, *places.get(last)?);
    let end = last + text.get(last..)?.chars().next()?.len_utf8();
    Some(Span::new(first, end))
}

/// The stretch of `text` as long as `quote` that shares most words with it, if it shares at least half.
pub(super) fn nearest(text: &str, quote: &str) -> Option<Span> {
    let mut wanted: HashMap<String, isize> = HashMap::new();
    let mut length = 0;
    for (_, word) in words(quote) {
        *wanted.entry(word).or_default() += 1;
        length += 1;
    }
    let found: Vec<(Span, String)> = words(text).collect();
    let (mut shared, mut best, mut best_at) = (0_usize, 0_usize, 0_usize);
    for (at, (_, word)) in found.iter().enumerate() {
        if let Some(left) = wanted.get_mut(word) {
            shared += usize::from(*left > 0);
            *left -= 1;
        }
        let gone = at.checked_sub(length).and_then(|first| found.get(first));
        if let Some(left) = gone.and_then(|(_, gone)| wanted.get_mut(gone)) {
            *left += 1;
            shared -= usize::from(*left > 0);
        }
        if shared > best {
            (best, best_at) = (shared, at);
        }
    }
    if best * 2 < length.max(1) {
        return None;
    }
    let first = (best_at + 1).saturating_sub(length);
    Some(found.get(first)?.0.cover(found.get(best_at)?.0))
}

/// Characters with white space as single blanks and quotation marks straight, each with its byte in `text`.
fn folded(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut blank = false;
    text.char_indices().filter_map(move |(at, character)| {
        let character = match character {
            '‘' | '’' => '\'',
            '“' | '”' => '"',
            c if c.is_whitespace() => ' ',
            c => c,
        };
        let skip = blank && character == ' ';
        blank = character == ' ';
        (!skip).then_some((at, character))
    })
}

/// Words in lower case with their places.
fn words(text: &str) -> impl Iterator<Item = (Span, String)> {
    let start = text.as_ptr() as usize;
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(move |word| {
        let at = word.as_ptr() as usize - start;
        (Span::new(at, at + word.len()), word.to_lowercase())
    })
}
