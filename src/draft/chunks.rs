//! Where a source can be cut so that its parts parse alone as they do in the whole.
//!
//! Cuts are made only where no reader could disagree: before a heading or a paragraph that starts a line with a letter,
//! after a blank line, outside of fences and HTML blocks. In doubt the rest of the source stays in one piece.

use super::{Format, front};
use crate::text::Span;

/// Parts a source into stretches that can be parsed on their own: [`super::Draft::append`] makes the whole of them
/// again. HTML, and Markdown whose links are defined elsewhere, is one stretch.
pub fn chunks(source: &str, format: Format) -> Vec<Span> {
    let cuts = match format {
        Format::Html => Vec::new(),
        Format::Text => text(source),
        Format::Markdown => Scanner::default().scan(source),
    };
    let starts = [0].into_iter().chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain([source.len()]);
    starts.zip(ends).map(|(start, end)| Span::new(start, end)).filter(|chunk| !chunk.is_empty()).collect()
}

fn text(source: &str) -> Vec<usize> {
    let (_, start) = front::read(source);
    let mut blank = false;
    let mut cuts = Vec::new();
    for (at, line) in lines(source, start) {
        let line = line.trim_start();
        if blank && line.starts_with(char::is_alphabetic) {
            cuts.push(at);
        }
        blank = line.is_empty();
    }
    cuts
}

/// Each line from `start` with its end, and where it starts.
fn lines(source: &str, start: usize) -> impl Iterator<Item = (usize, &str)> {
    source.get(start..).unwrap_or("").split_inclusive('\n').scan(start, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line))
    })
}

/// The state of Markdown's blocks between two lines, as far as cuts depend on it.
#[derive(Default)]
struct Scanner {
    cuts: Vec<usize>,
    /// A place to cut, if the line after it is no table's second.
    candidate: Option<usize>,
    blank: bool,
    fence: Option<Fence>,
    /// What ends the HTML block that goes on over blank lines.
    html: Option<&'static str>,
    /// A line since the last blank one starts with `<`.
    angle: bool,
    /// A list, quote or footnote may be open.
    container: bool,
    references: References,
}

struct Fence {
    sign: u8,
    len: usize,
    indent: usize,
    /// It may be a list item's: then all its lines must be as deep.
    nested: bool,
}

impl Scanner {
    fn scan(mut self, source: &str) -> Vec<usize> {
        let (_, start) = front::read(source);
        if source.contains('\r') && source.matches('\r').count() != source.matches("\r\n").count() {
            return Vec::new();
        }
        let mut clear = true;
        for (at, line) in lines(source, start) {
            let code = clear && self.fence.as_ref().is_some_and(|fence| !fence.nested);
            if !code && !self.references.local(line) {
                return Vec::new();
            }
            clear = clear && self.line(at, line);
        }
        self.cuts.extend(self.candidate);
        self.cuts
    }

    /// Reads a line; false where it cannot be told without parsing what block the lines after it are in.
    fn line(&mut self, at: usize, line: &str) -> bool {
        let text = line.trim_end_matches([' ', '\t', '\r', '\n']);
        let indent = text.len() - text.trim_start_matches(' ').len();
        let content = &text[indent..];
        if let Some(at) = self.candidate.take() {
            let second = !text.is_empty() && content.bytes().all(|b| b"-=:| \t".contains(&b));
            self.cuts.extend((!second).then_some(at));
        }
        let blank = std::mem::replace(&mut self.blank, text.is_empty());
        self.angle &= !blank;
        if let Some(fence) = &self.fence {
            let closes = fence.closes(content, indent);
            // Parsers differ on a tab after the closing fence.
            return !(closes && line.contains('\t')) && self.in_fence(closes, indent, text.is_empty());
        }
        if let Some(end) = self.html {
            let lower = text.to_ascii_lowercase();
            self.html = Some(end).filter(|end| !lower.contains(end));
            self.blank = false;
            return true;
        }
        if text.is_empty() || indent >= 4 {
            return true;
        }
        if content.starts_with('\t') {
            return false;
        }
        if let Some(fence) = Fence::open(content, indent) {
            if self.angle {
                return false;
            }
            self.fence = Some(Fence { nested: indent > 0 && self.container, ..fence });
            return true;
        }
        if content.starts_with('<') {
            return self.markup(content, indent);
        }
        if starts_container(content) {
            self.container = true;
        } else if blank && indent == 0 {
            self.container = false;
            let heading = content.trim_start_matches('#');
            let heading = (1..=6).contains(&(content.len() - heading.len())) && heading.starts_with(' ');
            self.candidate = (heading || content.starts_with(char::is_alphabetic)).then_some(at);
        }
        true
    }

    fn in_fence(&mut self, closes: bool, indent: usize, empty: bool) -> bool {
        let Some(fence) = &self.fence else { return true };
        if fence.nested && !empty && (indent < fence.indent || (closes && indent != fence.indent)) {
            return false;
        }
        if closes {
            self.fence = None;
        }
        self.blank = false;
        true
    }

    /// A line that starts with `<`: some HTML blocks go on over blank lines.
    fn markup(&mut self, content: &str, indent: usize) -> bool {
        let lower = content.to_ascii_lowercase();
        const NAMED: [(&str, &str); 4] = [
            ("<script", "</script>"),
            ("<pre", "</pre>"),
            ("<style", "</style>"),
            ("<textarea", "</textarea>"),
        ];
        let named = NAMED.iter().find(|(name, _)| lower.starts_with(name)).map(|(_, end)| *end);
        let end: &'static str = match lower.as_bytes().get(1) {
            Some(b'!') if lower.starts_with("<!--") => "-->",
            Some(b'!') if lower.starts_with("<![cdata[") => "]]>",
            // Declarations that take more than a line are too rare to follow.
            Some(b'!' | b'?') if !lower.contains('>') => return false,
            _ => match named {
                Some(end) => end,
                None => {
                    self.angle = true;
                    return true;
                }
            },
        };
        if self.angle
            || (indent > 0 && self.container)
            || lower.starts_with("<!-->")
            || lower.starts_with("<!--->")
        {
            return false;
        }
        self.html = Some(end).filter(|end| !lower.contains(end));
        true
    }
}

impl Fence {
    fn open(content: &str, indent: usize) -> Option<Fence> {
        let sign = *content.as_bytes().first().filter(|sign| b"`~".contains(sign))?;
        let len = content.bytes().take_while(|byte| *byte == sign).count();
        let info = content.get(len..)?;
        let opens = len >= 3 && (sign == b'~' || !info.contains('`'));
        opens.then_some(Fence { sign, len, indent, nested: false })
    }

    fn closes(&self, content: &str, indent: usize) -> bool {
        let len = content.bytes().take_while(|byte| *byte == self.sign).count();
        indent < 4 && len >= self.len && len == content.len()
    }
}

/// Whether a line may start a list item, a quote or a footnote, or parts them.
fn starts_container(content: &str) -> bool {
    let number = content.trim_start_matches(|c: char| c.is_ascii_digit());
    content.starts_with(['>', '-', '*', '+', '[', '_'])
        || (number.len() < content.len() && number.starts_with(['.', ')']))
}

/// The brackets of the paragraph so far.
#[derive(Default)]
struct References {
    depth: usize,
    /// A bracket that is no footnote's sign, and something that may hide a bracket, stood in the paragraph.
    bracket: bool,
    hiding: bool,
}

impl References {
    /// Whether a line reads alike without the rest of the source. Footnotes do wherever their text stands, as long as
    /// no link is in play; links that are defined elsewhere do not.
    fn local(&mut self, line: &str) -> bool {
        if line.trim_matches([' ', '\t', '\r', '\n']).is_empty() {
            *self = References::default();
            return true;
        }
        let bytes = line.as_bytes();
        // Without an early end, so that many bytes are looked at in one step.
        let telling = |found, byte: &u8| found | matches!(byte, b'\\' | b'`' | b'<' | b'[' | b']');
        if !bytes.iter().fold(false, telling) {
            return true;
        }
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'\\' | b'`' | b'<' => self.hiding = true,
                b'[' if bytes.get(at + 1) == Some(&b'^') => {
                    let label = bytes[at + 2..]
                        .iter()
                        .take_while(|b| b.is_ascii_alphanumeric() || **b == b'-')
                        .count();
                    let close = at + 2 + label;
                    let after = bytes.get(close + 1).copied().unwrap_or(b' ');
                    let definition = after == b':' && at == 0;
                    let link =
                        b"(:".contains(&after) || (after == b'[' && bytes.get(close + 2) != Some(&b'^'));
                    let before = at.checked_sub(1).and_then(|before| bytes.get(before));
                    let plain = !matches!(before, Some(b'!' | b'\\')) && (!self.hiding || !self.bracket);
                    let closed = (1..=60).contains(&label) && bytes.get(close) == Some(&b']');
                    if !closed || !plain || self.depth > 0 || (link && !definition) {
                        return false;
                    }
                    at = close;
                }
                b'[' => {
                    self.bracket = true;
                    self.depth += 1;
                }
                b']' if bytes.get(at + 1) == Some(&b':') => return false,
                b']' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
            at += 1;
        }
        true
    }
}
