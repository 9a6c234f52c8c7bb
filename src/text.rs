//! Positions: byte spans into a source text, and the one place that turns them into lines and columns.

use serde::Serialize;
use std::ops::Range;

/// A half-open range of UTF-8 bytes, `start <= end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` to `end`; an end before the start gives an empty span at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        Span { start, end: end.max(start) }
    }

    /// How many bytes it covers.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same stretch, `by` bytes further on.
    pub fn shift(self, by: usize) -> Span {
        Span { start: self.start + by, end: self.end + by }
    }

    /// The text it covers, empty if it does not fit `source`.
    pub fn of(self, source: &str) -> &str {
        source.get(self.start..self.end).unwrap_or("")
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Span::new(range.start, range.end)
    }
}

/// May stand before the text; it is none of it.
pub(crate) const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// What a column counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units, what the Language Server Protocol counts unless told otherwise.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

/// A line and a column, both from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub struct Position {
    /// Lines end at `\n`, `\r\n` and a lone `\r`.
    pub line: usize,
    /// In the units of an [`Encoding`]; a byte order mark at the start takes no column.
    pub column: usize,
}

/// Turns byte offsets of one text into lines and columns and back, in logarithmic time.
///
/// Every answer is total: what lies outside the text, inside a character or inside a line's end is moved to the nearest
/// place before it that an editor's caret could take.
#[derive(Debug, Clone, Default)]
pub struct LineIndex {
    /// Each line without its end.
    lines: Vec<Span>,
    /// Every character of more than one byte, in order.
    wide: Vec<Wide>,
}

/// A character of more than one byte.
#[derive(Debug, Clone, Copy)]
struct Wide {
    span: Span,
    /// How many bytes more than columns the text has up to its end, by encoding.
    beyond: [usize; 3],
}

impl LineIndex {
    /// Reads a text once.
    pub fn new(text: &str) -> Self {
        let mut index = LineIndex::default();
        let (mut at, mut start) = (0, 0);
        let mut beyond = [0; 3];
        let mut after_return = None;
        loop {
            at += plain(text.as_bytes().get(at..).unwrap_or_default());
            let Some(char) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            let end = at + char.len_utf8();
            match char {
                '\n' if after_return == Some(at) => start = end,
                '\n' | '\r' => {
                    index.lines.push(Span::new(start, at));
                    start = end;
                }
                _ => {
                    let columns = [end - at, char.len_utf16(), 1];
                    let mark = at == 0 && char == BYTE_ORDER_MARK;
                    for (beyond, columns) in beyond.iter_mut().zip(columns) {
                        *beyond += end - at - if mark { 0 } else { columns };
                    }
                    index.wide.push(Wide { span: Span::new(at, end), beyond });
                }
            }
            if char == '\r' {
                after_return = Some(end);
            }
            at = end;
        }
        index.lines.push(Span::new(start, text.len()));
        index
    }

    /// How many lines there are; a text without a line's end, and the empty text, have one.
    pub fn lines(&self) -> usize {
        self.lines.len()
    }

    /// The line without its end; past the last line, an empty span at the end of the text.
    pub fn line(&self, line: usize) -> Span {
        self.lines.get(line).copied().unwrap_or_else(|| {
            let end = self.lines.last().map_or(0, |last| last.end);
            Span::new(end, end)
        })
    }

    /// The line and column of a byte.
    pub fn position(&self, offset: usize, encoding: Encoding) -> Position {
        let line = self.lines.partition_point(|line| line.start <= offset).saturating_sub(1);
        let Span { start, end } = self.line(line);
        let offset = self.floor(offset.min(end));
        Position {
            line,
            column: self.columns(offset, encoding).saturating_sub(self.columns(start, encoding)),
        }
    }

    /// The byte at a line and column.
    pub fn offset(&self, position: Position, encoding: Encoding) -> usize {
        let Span { start, end } = self.line(position.line);
        let wanted = self.columns(start, encoding).saturating_add(position.column);
        // The last wide character that ends at or before the wanted column fixes the count; what follows is one byte
        // a column, up to the next wide character.
        let next = self.wide.partition_point(|wide| self.columns(wide.span.end, encoding) <= wanted);
        let counted =
            next.checked_sub(1).and_then(|last| self.wide.get(last)).map_or(0, |wide| wide.span.end);
        let counted = counted.max(start);
        let narrow = wanted.saturating_sub(self.columns(counted, encoding));
        let limit = self.wide.get(next).map_or(end, |wide| wide.span.start.min(end));
        counted.saturating_add(narrow).min(limit).min(end)
    }

    /// The columns from the start of the text to a character's boundary, line ends counted like characters.
    fn columns(&self, offset: usize, encoding: Encoding) -> usize {
        let next = self.wide.partition_point(|wide| wide.span.end <= offset);
        let last = next.checked_sub(1).and_then(|last| self.wide.get(last));
        let beyond = last.map_or(0, |wide| wide.beyond[encoding as usize]);
        offset.saturating_sub(beyond)
    }

    /// The start of the character that `offset` lies in.
    fn floor(&self, offset: usize) -> usize {
        let next = self.wide.partition_point(|wide| wide.span.end <= offset);
        self.wide.get(next).map_or(offset, |wide| offset.min(wide.span.start))
    }
}

/// How many bytes a text starts with that are a column each: none of a wide character, none that ends a line. Looked at in
/// blocks, which is many times as fast.
fn plain(bytes: &[u8]) -> usize {
    let other = |byte: &u8| matches!(byte, b'\n' | b'\r') || !byte.is_ascii();
    let (blocks, _) = bytes.as_chunks::<16>();
    let clear = |block: &&[u8; 16]| !block.iter().fold(false, |any, byte| any | other(byte));
    let passed = blocks.iter().take_while(clear).count() * 16;
    let rest = bytes.get(passed..).unwrap_or_default();
    passed + rest.iter().position(other).unwrap_or(rest.len())
}
