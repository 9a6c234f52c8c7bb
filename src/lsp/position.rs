//! Where the protocol's positions stand in a rope, in the encoding that was agreed on.
//!
//! Lines end with `\n`, `\r\n` or `\r` and with nothing else: the rope is built without Unicode's further line ends,
//! which the protocol does not know. A byte order mark that the client sends is a character like any other to it, which
//! is why [`crate::text::LineIndex`], made for files, does not serve here.

use crate::text::{Encoding, Span};
use ropey::Rope;
use tower_lsp::ls_types::{ClientCapabilities, Position, PositionEncodingKind, Range};

/// What an encoding does with ropes and with the protocol.
pub trait Columns: Sized {
    /// The best of what the client offers: bytes cost nothing, characters little, UTF-16 is for all others.
    fn agree(client: &ClientCapabilities) -> Self;

    /// Its name in the protocol.
    fn kind(self) -> PositionEncodingKind;

    /// The byte at a position. A column past the end of its line is the line's end (before its line break), and one
    /// inside a character is the character's start. The line right after the last is the end of the text, as editors
    /// use it for "up to the end"; a line past that is no place.
    fn byte(self, text: &Rope, position: Position) -> Option<usize>;

    /// The position of a byte; a byte past the end is the end.
    fn position(self, text: &Rope, byte: usize) -> Position;

    /// The range of a span.
    fn range(self, text: &Rope, span: Span) -> Range;

    /// The span of a range; `None` where it is no place in the text or runs backwards.
    fn span(self, text: &Rope, range: Range) -> Option<Span>;

    /// The span of what a request asks about: clients ask for more lines than there are, and then mean all there are.
    fn within(self, text: &Rope, range: Range) -> Span;
}

impl Columns for Encoding {
    fn agree(client: &ClientCapabilities) -> Self {
        let offered =
            client.general.as_ref().and_then(|g| g.position_encodings.as_deref()).unwrap_or_default();
        if offered.contains(&PositionEncodingKind::UTF8) {
            Encoding::Utf8
        } else if offered.contains(&PositionEncodingKind::UTF32) {
            Encoding::Utf32
        } else {
            Encoding::Utf16
        }
    }

    fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    fn byte(self, text: &Rope, position: Position) -> Option<usize> {
        let line = position.line as usize;
        let lines = text.len_lines();
        if line >= lines {
            return (line == lines && position.character == 0).then(|| text.len_bytes());
        }
        let first = text.line_to_char(line);
        let end = line_end(text, line);
        let column = position.character as usize;
        let char = match self {
            Encoding::Utf32 => first.saturating_add(column),
            Encoding::Utf8 => {
                let byte = text.char_to_byte(first).saturating_add(column);
                if byte >= text.len_bytes() { end } else { text.byte_to_char(byte) }
            }
            Encoding::Utf16 => {
                let unit = text.char_to_utf16_cu(first).saturating_add(column);
                if unit >= text.len_utf16_cu() { end } else { text.utf16_cu_to_char(unit) }
            }
        };
        Some(text.char_to_byte(char.min(end)))
    }

    fn position(self, text: &Rope, byte: usize) -> Position {
        let char = text.byte_to_char(byte.min(text.len_bytes()));
        let line = text.char_to_line(char);
        let first = text.line_to_char(line);
        let column = match self {
            Encoding::Utf32 => char - first,
            Encoding::Utf8 => text.char_to_byte(char) - text.char_to_byte(first),
            Encoding::Utf16 => text.char_to_utf16_cu(char) - text.char_to_utf16_cu(first),
        };
        Position::new(u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
    }

    fn range(self, text: &Rope, span: Span) -> Range {
        Range::new(self.position(text, span.start), self.position(text, span.end))
    }

    fn span(self, text: &Rope, range: Range) -> Option<Span> {
        let (start, end) = (self.byte(text, range.start)?, self.byte(text, range.end)?);
        (start <= end).then(|| Span::new(start, end))
    }

    fn within(self, text: &Rope, range: Range) -> Span {
        let byte = |position| self.byte(text, position).unwrap_or(text.len_bytes());
        Span::new(byte(range.start), byte(range.end))
    }
}

/// The character index of a line's end, before its line break.
fn line_end(text: &Rope, line: usize) -> usize {
    let slice = text.line(line);
    let length = slice.len_chars();
    let breaks =
        match (length.checked_sub(2).map(|i| slice.char(i)), length.checked_sub(1).map(|i| slice.char(i))) {
            (Some('\r'), Some('\n')) => 2,
            (_, Some('\n' | '\r')) => 1,
            _ => 0,
        };
    text.line_to_char(line) + length - breaks
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines by `\n`, `\r\n`, `\r`; a vertical tab and U+2028 end none.
    const TEXT: &str = "\u{feff}a😀é\r\nb\rc\u{2028}\u{b}d\n";

    #[test]
    fn every_char_boundary_round_trips_in_every_encoding() {
        let rope = Rope::from_str(TEXT);
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            for (byte, _) in TEXT.char_indices().chain([(TEXT.len(), ' ')]) {
                if TEXT[..byte].ends_with('\r') && TEXT[byte..].starts_with('\n') {
                    continue;
                }
                let position = encoding.position(&rope, byte);
                assert_eq!(encoding.byte(&rope, position), Some(byte), "{encoding:?} {position:?}");
            }
        }
    }

    #[test]
    fn columns_count_what_was_agreed_and_bad_ones_are_clamped() {
        let rope = Rope::from_str(TEXT);
        let e_acute = TEXT.find('é').unwrap();
        for (encoding, column) in [(Encoding::Utf8, 8), (Encoding::Utf16, 4), (Encoding::Utf32, 3)] {
            assert_eq!(encoding.position(&rope, e_acute), Position::new(0, column), "{encoding:?}");
            let end = e_acute + 'é'.len_utf8();
            assert_eq!(encoding.byte(&rope, Position::new(0, 999)), Some(end), "past the line's end");
            assert_eq!(encoding.byte(&rope, Position::new(0, u32::MAX)), Some(end));
            assert_eq!(encoding.byte(&rope, Position::new(3, 0)), Some(TEXT.len()));
            assert_eq!(
                encoding.byte(&rope, Position::new(4, 0)),
                Some(TEXT.len()),
                "the line after the last"
            );
            assert_eq!(encoding.byte(&rope, Position::new(5, 0)), None);
            let beyond = Range::new(Position::new(3, 0), Position::new(5, 0));
            assert_eq!(encoding.span(&rope, beyond), None, "an edit must fit");
            assert_eq!(
                encoding.within(&rope, beyond),
                Span::new(TEXT.len(), TEXT.len()),
                "a question need not"
            );
            assert_eq!(encoding.position(&rope, 999), Position::new(3, 0));
        }
        let emoji = TEXT.find('😀').unwrap();
        assert_eq!(Encoding::Utf16.byte(&rope, Position::new(0, 3)), Some(emoji), "inside a surrogate pair");
        assert_eq!(
            Encoding::Utf8.byte(&rope, Position::new(0, 6)),
            Some(emoji),
            "inside a character's bytes"
        );
    }
}
