//! Plain text drafts: paragraphs between blank lines, and what the starts of lines show.

use super::build::Builder;
use super::{Draft, Format, front};
use crate::text::Span;

/// The longest line, in characters, of text that was wrapped by hand or by an editor.
const WRAPPED: usize = 100;

/// Reads a plain text draft.
pub(super) fn parse(source: &str) -> Draft {
    let mut builder = Builder::default();
    builder.draft.format = Format::Text;
    let (front, start) = front::read(source);
    builder.draft.front = front;
    let mut lines: Vec<Span> = Vec::new();
    let mut at = start;
    for line in source.get(start..).unwrap_or("").split_inclusive('\n') {
        let text = line.trim();
        let indent = line.len() - line.trim_start().len();
        if text.is_empty() {
            stretch(&mut builder, source, &lines);
            lines.clear();
        } else {
            lines.push(Span::new(at + indent, at + indent + text.len()));
        }
        at += line.len();
    }
    stretch(&mut builder, source, &lines);
    Draft { source: source.to_string(), ..builder.draft }
}

/// Reads the lines between two blank ones.
fn stretch(builder: &mut Builder, source: &str, lines: &[Span]) {
    let width = |line: &Span| line.of(source).chars().count();
    let widest = lines.iter().map(width).max().unwrap_or(0);
    let mut before: Option<Span> = None;
    for line in lines {
        let text = line.of(source);
        if let Some(before) = before {
            let first = text.split(char::is_whitespace).next().map_or(0, |word| word.chars().count());
            let ended = before.of(source).ends_with(['.', '!', '?', ':', '…', '”', '"', ')']);
            // A writer who wraps lines fills them: where the next word had room, the break is meant.
            if widest > WRAPPED || (ended && width(&before) + 1 + first <= widest) {
                builder.flush();
            } else {
                builder.line_break(" ", Span::new(before.end, line.start));
            }
        }
        builder.text(text, *line);
        before = Some(*line);
    }
    builder.flush();
}
