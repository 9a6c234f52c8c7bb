//! The plain part of YAML that nearly all files are written in, read in one pass: block maps and lists, scalars of one
//! line, literal and folded blocks, brackets.
//!
//! What is rarer, wrong or unclear is left to the full parser: [`read`] gives nothing then. What it gives is what the full
//! parser would give, places included; a test holds the two against each other.

mod brackets;

use super::{Node, NodeKind};
use crate::text::Span;

/// Deeper ones are left to the full parser, which knows what is too deep.
const MAX_DEPTH: usize = 48;
/// In larger maps keys are looked for twice by the full parser.
const MAX_KEYS: usize = 512;

/// The one document of `source`, if it is written plainly.
pub fn read(source: &str) -> Option<Node> {
    let clean = |b: u8| (b >= b' ' && b != 0x7f) || b == b'\n';
    // Looked at all at once, not up to the first: that is many times as fast.
    if !source.bytes().fold(true, |all, byte| all & clean(byte)) || source.starts_with('\u{feff}') {
        return None;
    }
    let mut reader = Reader { source, bytes: source.as_bytes(), at: 0, line: 0, depth: 0 };
    reader.go_on()?;
    if reader.column() != 0 || reader.ended() {
        return None;
    }
    let node = reader.block(None)?;
    reader.ended().then_some(node)
}

/// Stands at the first character of what is to be read, or at the end.
struct Reader<'s> {
    source: &'s str,
    bytes: &'s [u8],
    at: usize,
    /// Where the line at hand starts.
    line: usize,
    depth: usize,
}

impl<'s> Reader<'s> {
    fn ended(&self) -> bool {
        self.at >= self.bytes.len()
    }

    fn column(&self) -> usize {
        self.at - self.line
    }

    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(b'\n')
    }

    fn here(&self) -> u8 {
        self.byte(self.at)
    }

    fn text(&self, start: usize, end: usize) -> &'s str {
        self.source.get(start..end).unwrap_or("")
    }

    fn spaces(&mut self) {
        while self.here() == b' ' {
            self.at += 1;
        }
    }

    fn line_end(&self) -> usize {
        self.text(self.at, self.bytes.len()).find('\n').map_or(self.bytes.len(), |length| self.at + length)
    }

    /// From the end of a value, over a comment, empty lines and lines of comment, to what comes next.
    fn go_on(&mut self) -> Option<()> {
        loop {
            self.spaces();
            match self.here() {
                b'\n' if self.ended() => return Some(()),
                b'\n' => {
                    self.at += 1;
                    self.line = self.at;
                }
                b'#' if self.column() == 0 || self.byte(self.at - 1) == b' ' => self.at = self.line_end(),
                _ if self.text(self.line, self.at).bytes().all(|b| b == b' ') => {
                    let mark = |mark| self.text(self.at, self.bytes.len()).starts_with(mark);
                    return (self.column() > 0 || !(mark("---") || mark("..."))).then_some(());
                }
                _ => return None,
            }
        }
    }

    /// A value that stands alone on its lines; `parent` is the column of what it belongs to.
    fn block(&mut self, parent: Option<usize>) -> Option<Node> {
        self.depth += 1;
        let node = match () {
            () if self.depth > MAX_DEPTH => None,
            () if self.at_dash() => self.list(),
            () => match self.key() {
                Some(key) => self.map(key),
                None => self.value(parent),
            },
        };
        self.depth -= 1;
        node
    }

    fn at_dash(&self) -> bool {
        self.here() == b'-' && matches!(self.byte(self.at + 1), b' ' | b'\n')
    }

    fn list(&mut self) -> Option<Node> {
        let (start, column) = (self.at, self.column());
        let mut items: Vec<Node> = Vec::new();
        while !self.ended() && self.column() == column && self.at_dash() {
            self.at += 1;
            self.spaces();
            if matches!(self.here(), b'\n' | b'#') {
                self.go_on()?;
                if self.ended() || self.column() <= column {
                    return None;
                }
            }
            items.push(self.block(Some(column))?);
        }
        if !self.ended() && self.column() > column {
            return None;
        }
        let end = items.last()?.span.end;
        Some(Node { span: Span::new(start, end), kind: NodeKind::List(items) })
    }

    /// A key with its colon, if one stands here.
    fn key(&mut self) -> Option<Node> {
        let start = self.at;
        let key = match self.here() {
            b'"' | b'\'' => self.quoted(),
            _ => self.plain_key(),
        };
        let colon = key.is_some() && self.here() == b':' && matches!(self.byte(self.at + 1), b' ' | b'\n');
        if !colon {
            self.at = start;
            return None;
        }
        self.at += 1;
        key
    }

    fn plain_key(&mut self) -> Option<Node> {
        let start = self.at;
        self.starts_plain(false)?;
        let rest = self.bytes.get(start..)?;
        let ends = |at: usize| match rest[at] {
            b':' => matches!(self.byte(start + at + 1), b' ' | b'\n'),
            b'#' => self.byte(start + at - 1) == b' ',
            byte => byte == b'\n',
        };
        self.at += (0..rest.len()).find(|at| ends(*at))?;
        if self.here() != b':' {
            return None;
        }
        let text = self.text(start, self.at);
        (text.len() < 512 && !text.ends_with(' ')).then(|| scalar(start, text, false))
    }

    fn map(&mut self, first: Node) -> Option<Node> {
        let (start, column) = (first.span.start, first.span.start - self.line);
        let mut entries: Vec<(Node, Node)> = Vec::new();
        let mut next = Some(first);
        while let Some(key) = next.take() {
            if entries.len() > MAX_KEYS || entries.iter().any(|(known, _)| known.kind == key.kind) {
                return None;
            }
            let value = self.value_of(column)?;
            entries.push((key, value));
            if self.ended() || self.column() < column {
                break;
            }
            if self.column() > column {
                return None;
            }
            next = Some(self.key()?);
        }
        let end = entries.last()?.1.span.end;
        Some(Node { span: Span::new(start, end), kind: NodeKind::Map(entries) })
    }

    /// What stands behind a key of a map at `column`.
    fn value_of(&mut self, column: usize) -> Option<Node> {
        self.spaces();
        if !matches!(self.here(), b'\n' | b'#') {
            return self.value(Some(column));
        }
        self.go_on()?;
        // A list at the column of its key is left to the full parser.
        if self.ended() || self.column() <= column { None } else { self.block(Some(column)) }
    }

    /// A scalar or brackets, and on to what comes next.
    fn value(&mut self, parent: Option<usize>) -> Option<Node> {
        let node = match self.here() {
            b'|' | b'>' => return self.lines(parent?),
            b'[' | b'{' => self.brackets(parent?)?,
            b'"' | b'\'' => self.quoted()?,
            _ => {
                let start = self.at;
                self.starts_plain(false)?;
                let line = self.text(start, self.line_end());
                let pair = |text: &str, pair| text.as_bytes().windows(2).position(|two| two == pair);
                let text = pair(line, b" #").and_then(|end| line.get(..end)).unwrap_or(line);
                self.at += text.len();
                let text = text.trim_end_matches(' ');
                if pair(text, b": ").is_some() || text.ends_with(':') {
                    return None;
                }
                scalar(start, text, false)
            }
        };
        self.go_on()?;
        // What stands deeper goes on with a text, or is wrong.
        let deeper = !self.ended() && parent.is_none_or(|parent| self.column() > parent);
        (!deeper).then_some(node)
    }

    /// Whether a scalar without quotes may start here.
    fn starts_plain(&self, in_brackets: bool) -> Option<()> {
        let next = self.byte(self.at + 1);
        let fits = match self.here() {
            b'-' => next.is_ascii_alphanumeric(),
            b'\n' | b' ' => false,
            b',' | b'[' | b']' | b'{' | b'}' => false,
            byte => !b"?:#&*!|>'\"%@`".contains(&byte),
        };
        (fits && !(in_brackets && self.here() == b'-')).then_some(())
    }

    /// A scalar in quotes that ends on its line.
    fn quoted(&mut self) -> Option<Node> {
        let (start, quote) = (self.at, self.here());
        // What stands before the last escape.
        let mut before = String::new();
        let mut from = start + 1;
        self.at = from;
        loop {
            let rest = self.bytes.get(self.at..)?;
            let stops = |byte: &u8| *byte == quote || matches!(byte, b'\\' | b'\n');
            self.at += rest.iter().position(stops)?;
            match self.here() {
                b'\n' => return None,
                b'\\' if quote == b'"' => {
                    before.push_str(self.text(from, self.at));
                    before.push(match self.byte(self.at + 1) {
                        b'n' => '\n',
                        b't' => '\t',
                        b'"' => '"',
                        b'\\' => '\\',
                        _ => return None,
                    });
                    self.at += 2;
                    from = self.at;
                }
                b'\'' if quote == b'\'' && self.byte(self.at + 1) == quote => {
                    before.push_str(self.text(from, self.at + 1));
                    self.at += 2;
                    from = self.at;
                }
                byte if byte == quote => break,
                _ => self.at += 1,
            }
        }
        let text = self.text(from, self.at);
        self.at += 1;
        let text = if before.is_empty() { text.to_string() } else { before + text };
        let kind = NodeKind::Scalar { text, quoted: true };
        Some(Node { span: Span::new(start, self.at), kind })
    }

    /// A literal or folded block, deeper than `parent`.
    fn lines(&mut self, parent: usize) -> Option<Node> {
        let folded = self.here() == b'>';
        self.at += 1;
        let strip = self.here() == b'-';
        self.at += usize::from(strip);
        self.spaces();
        if self.here() != b'\n' || self.ended() {
            return None;
        }
        self.at += 1;
        self.line = self.at;
        self.spaces();
        let (start, indent) = (self.at, self.column());
        if indent <= parent || self.here() == b'\n' {
            return None;
        }
        let (mut text, mut end, mut empty) = (String::new(), start, 0);
        self.at = self.line;
        while !self.ended() {
            self.line = self.at;
            self.spaces();
            let stop = self.line_end();
            if stop == self.bytes.len() {
                return None;
            }
            match self.column() {
                column if self.at == stop && column <= indent => empty += 1,
                column if column < indent => break,
                column if column > indent && (folded || self.at == stop) => return None,
                _ => {
                    let joint = if folded && empty == 0 { " " } else { "\n" };
                    let breaks = if folded { empty.max(1) } else { empty + 1 };
                    let breaks = if text.is_empty() { 0 } else { breaks };
                    (0..breaks).for_each(|_| text.push_str(joint));
                    text.push_str(self.text(self.line + indent, stop));
                    (end, empty) = (stop, 0);
                }
            }
            self.at = stop + 1;
        }
        self.at = if self.ended() { self.bytes.len() } else { self.line };
        self.line = self.at;
        if !strip {
            text.push('\n');
        }
        self.go_on()?;
        let length = self.text(start, end).trim_end().len();
        let kind = NodeKind::Scalar { text, quoted: true };
        Some(Node { span: Span::new(start, start + length), kind })
    }
}

fn scalar(start: usize, text: &str, quoted: bool) -> Node {
    let span = Span::new(start, start + text.trim_end().len());
    Node { span, kind: NodeKind::Scalar { text: text.to_string(), quoted } }
}
