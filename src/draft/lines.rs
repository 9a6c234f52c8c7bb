//! Structure that running text shows by how its lines start: list items, speakers, notes.

use super::build::Open;
use super::finish::raised;
use super::{BlockKind, Format};
use crate::text::Span;

/// A part of a block's text that becomes a block of its own.
pub(super) struct Piece {
    /// In the block's text, without the marker.
    pub text: Span,
    /// In the source, with the marker.
    pub source: Span,
    pub sort: Sort,
}

/// What a piece is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sort {
    /// What the whole block is.
    Same,
    /// A list item, with its number if it has one.
    Item(Option<u32>),
    /// A note with its label.
    Note(String),
}

/// Cuts a paragraph where a line starts like an item, a speaker's turn or a note. Anything else stays whole.
pub(super) fn split(open: &Open, format: Format) -> Vec<Piece> {
    let text = open.body.text.as_str();
    let mut starts = vec![(0, 0, Sort::Same)];
    if open.kind == BlockKind::Paragraph {
        let mut last = None;
        let spoken = format == Format::Text || speaker(text);
        starts.clear();
        for (nth, &at) in [0].iter().chain(&open.lines).enumerate() {
            let end = open.lines.get(nth).copied().unwrap_or(text.len());
            let line = text.get(at..end).unwrap_or("");
            let start = note(line, format).or_else(|| item(line, format, nth == 0, last));
            if let Some((Sort::Item(count), _)) = &start {
                last = *count;
            }
            match start {
                Some((sort, skip)) => starts.push((at, at + skip, sort)),
                None if nth == 0 || (spoken && speaker(line)) => starts.push((at, at, Sort::Same)),
                None => {}
            }
        }
    }
    let ends = starts.iter().skip(1).map(|(at, ..)| *at).chain([text.len()]);
    let places = starts.iter().zip(ends);
    let piece = |((at, skip, sort), end): (&(usize, usize, Sort), usize)| {
        let text = Span::new(*skip, end);
        let trimmed = Span::new(*at, *at + Span::new(*at, end).of(&open.body.text).trim_end().len());
        let mut source = open.body.map.to_source(trimmed);
        source.start = if *at == 0 { open.span.start } else { source.start };
        source.end = if end == open.body.text.len() { open.span.end } else { source.end };
        Piece { text, source, sort: sort.clone() }
    };
    places.map(piece).collect()
}

/// Whether a line starts with one to four capitalised words and a colon.
fn speaker(line: &str) -> bool {
    let Some(colon) = line.bytes().take(64).position(|b| b == b':') else { return false };
    let (label, rest) = line.split_at(colon);
    let rest = &rest[1..];
    let word = |word: &str| {
        word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            && word.chars().all(|c| c.is_alphanumeric() || ".'’-&".contains(c))
    };
    label.starts_with(char::is_uppercase)
        && label.split(' ').count() <= 4
        && label.split(' ').all(word)
        && (rest.is_empty() || rest.starts_with(char::is_whitespace))
}

/// The list item that a line is, and how long its marker is. In Markdown only what CommonMark does not know.
fn item(line: &str, format: Format, first: bool, last: Option<u32>) -> Option<(Sort, usize)> {
    let plain = format == Format::Text;
    let sign = line.chars().next()?;
    let after = &line[sign.len_utf8()..];
    let spaced = after.strip_prefix('\u{FE0F}').unwrap_or(after).starts_with([' ', '\t', '\u{A0}']);
    if spaced && ("•▪◦‣·●○■□▸►→➡➤".contains(sign) || (plain && "-*+–".contains(sign)))
    {
        return Some((Sort::Item(None), line.len() - after.len()));
    }
    // A tick or a cross says something of its item, so it is read.
    if spaced && "✓✔✅☑✗✘❌✖".contains(sign) {
        return Some((Sort::Item(None), 0));
    }
    let opened = line.strip_prefix('(');
    let number = opened.unwrap_or(line);
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let count: u32 = number.get(..digits).filter(|_| digits <= 2)?.parse().ok()?;
    let mark = number.as_bytes().get(digits)?;
    let rest = number.get(digits + 1..)?;
    let follows = last.is_some_and(|last| count == last + 1) || (plain && (first || count == 1));
    let marked = match mark {
        b'/' => opened.is_none(),
        b')' => opened.is_some() || follows,
        b'.' => opened.is_none() && follows,
        _ => false,
    };
    (marked && rest.starts_with([' ', '\t'])).then(|| (Sort::Item(Some(count)), line.len() - rest.len()))
}

/// The note that a line is: its label, and how long its sign is.
fn note(line: &str, format: Format) -> Option<(Sort, usize)> {
    if let Some(inner) = line.strip_prefix('[') {
        let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
        let rest = inner.get(digits..)?.strip_prefix(']')?;
        let rest = rest.strip_prefix(':').unwrap_or(rest);
        let noted = (1..=3).contains(&digits) && rest.starts_with(' ');
        return noted.then(|| (Sort::Note(inner[..digits].to_string()), line.len() - rest.len()));
    }
    let (label, len) = raised(line)?;
    let rest = line.get(len..)?;
    let starts = if label == "*" {
        // With a space, plain text means an item; with a second one, emphasis.
        let letter = |rest: &str| rest.starts_with(|c: char| c.is_alphanumeric());
        let spaced = format == Format::Markdown && rest.strip_prefix(' ').is_some_and(letter);
        (spaced || letter(rest)) && !rest.contains('*')
    } else {
        rest.starts_with(|c: char| c.is_whitespace() || c.is_alphabetic())
    };
    starts.then_some((Sort::Note(label), len))
}
