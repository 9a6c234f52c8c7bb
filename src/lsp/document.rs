//! An open document: its text as the client has it, kept in step edit by edit.

use super::position::Columns;
use crate::text::Encoding;
use ropey::Rope;
use tower_lsp::ls_types::{TextDocumentContentChangeEvent, TextDocumentItem};

/// An open document.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its text.
    pub text: Rope,
    /// The client's version of it.
    pub version: i32,
    /// The client's name for its language.
    pub language: String,
    /// Whether `text` is what the client has. Once an edit did not fit, only a full text brings it back.
    pub in_step: bool,
}

/// Why a change was not taken as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Its version is not after the document's.
    Backwards {
        /// The version that came.
        got: i32,
        /// The version that the document has.
        has: i32,
    },
    /// A range is no place in the text: the document is out of step until its full text comes.
    OutOfStep,
}

impl Document {
    /// A document as the client opened it.
    pub fn open(item: TextDocumentItem) -> Self {
        let text = Rope::from_str(&item.text);
        Document { text, version: item.version, language: item.language_id, in_step: true }
    }

    /// Takes the changes in their order. Versions need not be consecutive, but must rise: a change that comes again
    /// must not be applied again.
    pub fn change(
        &mut self,
        version: i32,
        changes: &[TextDocumentContentChangeEvent],
        encoding: Encoding,
    ) -> Result<(), Fault> {
        if version <= self.version {
            return Err(Fault::Backwards { got: version, has: self.version });
        }
        self.version = version;
        for change in changes {
            match change.range {
                None => {
                    self.text = Rope::from_str(&change.text);
                    self.in_step = true;
                }
                Some(_) if !self.in_step => {}
                Some(range) => match encoding.span(&self.text, range) {
                    None => self.in_step = false,
                    Some(span) => {
                        let (start, end) =
                            (self.text.byte_to_char(span.start), self.text.byte_to_char(span.end));
                        self.text.remove(start..end);
                        self.text.insert(start, &change.text);
                    }
                },
            }
        }
        if self.in_step { Ok(()) } else { Err(Fault::OutOfStep) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tower_lsp::ls_types::{Position, Range};

    fn edit(from: (u32, u32), to: (u32, u32), text: &str) -> TextDocumentContentChangeEvent {
        let range = Range::new(Position::new(from.0, from.1), Position::new(to.0, to.1));
        TextDocumentContentChangeEvent { range: Some(range), range_length: None, text: text.to_owned() }
    }

    fn full(text: &str) -> TextDocumentContentChangeEvent {
        TextDocumentContentChangeEvent { range: None, range_length: None, text: text.to_owned() }
    }

    fn opened(text: &str) -> Document {
        Document { text: Rope::from_str(text), version: 1, language: String::new(), in_step: true }
    }

    #[test]
    fn takes_changes_in_order_and_knows_when_it_lost_step() {
        let mut document = opened("😀 one\r\ntwo\n");
        let mut change = |version, changes: &[TextDocumentContentChangeEvent]| {
            let result = document.change(version, changes, Encoding::Utf16);
            (result, document.text.to_string())
        };
        assert_eq!(change(3, &[]), (Ok(()), "😀 one\r\ntwo\n".into()), "an empty list is legal, so is a gap");
        assert_eq!(
            change(4, &[edit((0, 3), (0, 6), "1"), edit((0, 4), (0, 4), "!")]),
            (Ok(()), "😀 1!\r\ntwo\n".into())
        );
        assert_eq!(
            change(4, &[edit((0, 0), (0, 0), "x")]).0,
            Err(Fault::Backwards { got: 4, has: 4 }),
            "the same change again"
        );
        assert_eq!(change(5, &[edit((0, 4), (1, 0), "")]), (Ok(()), "😀 1two\n".into()), "over a CRLF");
        assert_eq!(
            change(6, &[edit((1, 0), (2, 0), "end")]),
            (Ok(()), "😀 1two\nend".into()),
            "up to the end"
        );
        assert_eq!(change(7, &[edit((9, 0), (9, 1), "x")]).0, Err(Fault::OutOfStep));
        assert_eq!(change(8, &[edit((0, 0), (0, 0), "x")]).0, Err(Fault::OutOfStep), "until the full text");
        assert_eq!(change(9, &[full("new"), edit((0, 3), (0, 3), "er")]), (Ok(()), "newer".into()));
        assert_eq!(change(10, &[edit((0, 2), (0, 1), "")]).0, Err(Fault::OutOfStep), "backwards range");
    }
}
