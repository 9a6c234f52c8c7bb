//! Lists and maps in brackets, as far as they are written plainly.

use super::{MAX_DEPTH, MAX_KEYS, Node, NodeKind, Reader};
use crate::text::Span;

impl Reader<'_> {
    /// A list or map in brackets; its lines stand deeper than `parent`.
    pub(super) fn brackets(&mut self, parent: usize) -> Option<Node> {
        self.depth += 1;
        let (start, is_map) = (self.at, self.here() == b'{');
        let close = if is_map { b'}' } else { b']' };
        let (mut items, mut entries) = (Vec::new(), Vec::new());
        self.at += 1;
        loop {
            self.space_in_brackets(parent)?;
            if self.here() == close && !self.ended() {
                break;
            }
            let item = self.in_brackets(parent)?;
            self.space_in_brackets(parent)?;
            if is_map {
                let known = |(key, _): &(Node, Node)| key.kind == item.kind;
                let apart = self.here() == b':' && self.byte(self.at + 1) == b' ';
                let key = matches!(item.kind, NodeKind::Scalar { .. }) && item.span.len() < 512;
                if !apart || !key || entries.len() > MAX_KEYS || entries.iter().any(known) {
                    return None;
                }
                self.at += 1;
                self.space_in_brackets(parent)?;
                entries.push((item, self.in_brackets(parent)?));
                self.space_in_brackets(parent)?;
            } else {
                items.push(item);
            }
            match self.here() {
                b',' => self.at += 1,
                byte if byte == close => {}
                _ => return None,
            }
        }
        self.at += 1;
        self.depth -= 1;
        let kind = if is_map { NodeKind::Map(entries) } else { NodeKind::List(items) };
        Some(Node { span: Span::new(start, self.at), kind })
    }

    fn in_brackets(&mut self, parent: usize) -> Option<Node> {
        match self.here() {
            b'"' | b'\'' => return self.quoted(),
            b'[' | b'{' if self.depth < MAX_DEPTH => return self.brackets(parent),
            _ => self.starts_plain(true)?,
        }
        let (start, mut text) = (self.at, String::new());
        loop {
            let from = self.at;
            self.plain_in_brackets()?;
            let line = self.text(from, self.at).trim_end_matches(' ');
            text.push_str(line);
            let end = from + line.len();
            // A text may go on in the next line, which is then one space away.
            let rest = self.text(self.at, self.bytes.len()).strip_prefix('\n').unwrap_or(",");
            let next = rest.trim_start_matches(' ');
            if next.starts_with([',', '[', ']', '{', '}', ':', '#', '\n']) || next.is_empty() {
                let span = Span::new(start, start + self.text(start, end).trim_end().len());
                return Some(Node { span, kind: NodeKind::Scalar { text, quoted: false } });
            }
            text.push(' ');
            self.line = self.at + 1;
            self.at = self.line + rest.len() - next.len();
            if self.column() <= parent {
                return None;
            }
        }
    }

    /// Goes to the end of what stands of a scalar on this line.
    fn plain_in_brackets(&mut self) -> Option<()> {
        loop {
            let next = self.byte(self.at + 1);
            match self.here() {
                b',' | b'[' | b']' | b'{' | b'}' | b'\n' => return Some(()),
                b':' if b" ,[]{}\n".contains(&next) => return Some(()),
                b'#' if self.byte(self.at - 1) == b' ' => return None,
                _ => self.at += 1,
            }
        }
    }

    fn space_in_brackets(&mut self, parent: usize) -> Option<()> {
        loop {
            self.spaces();
            if self.here() != b'\n' || self.ended() {
                return (self.here() != b'#' && self.column() > parent).then_some(());
            }
            self.at += 1;
            self.line = self.at;
        }
    }
}
