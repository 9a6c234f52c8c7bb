//! HTML as a flat run of tokens: text, tags and comments. It never fails and never looks back.

use crate::text::Span;
use pulldown_cmark::{Event, Parser};

/// One token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token<'s> {
    /// Text with its entities as they stand.
    Text(Span),
    /// A tag.
    Tag(Tag<'s>),
    /// A comment and its inner text.
    Comment(Span, Span),
    /// A declaration or processing instruction.
    Other,
}

/// A start or end tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag<'s> {
    pub span: Span,
    /// In lower case.
    pub name: String,
    /// An end tag.
    pub end: bool,
    /// The source from after the name to before the `>`, and where that starts.
    attributes: &'s str,
    attributes_at: usize,
}

impl Tag<'_> {
    /// The value of an attribute without its quotes; empty where it has none.
    pub fn attribute(&self, name: &str) -> Option<Span> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/' || c == '=');
            let end =
                rest.find(|c: char| c.is_ascii_whitespace() || c == '=' || c == '/').unwrap_or(rest.len());
            if end == 0 {
                return None;
            }
            let (key, after) = rest.split_at(end);
            let (value, next) = value(after);
            if key.eq_ignore_ascii_case(name) {
                let at = self.attributes_at + (self.attributes.len() - after.len()) + value.start;
                return Some(Span::new(at, at + value.len()));
            }
            rest = after.get(next..).unwrap_or("");
        }
    }

    /// The number that an attribute gives, within reason.
    pub fn number(&self, source: &str, name: &str) -> Option<usize> {
        self.attribute(name)?.of(source).trim().parse().ok().filter(|number| (1..=1000).contains(number))
    }
}

/// The value after an attribute's name: where it stands in `after`, and where the next attribute may start.
fn value(after: &str) -> (Span, usize) {
    let trimmed = after.trim_start();
    let Some(assigned) = trimmed.strip_prefix('=').map(str::trim_start) else { return (Span::default(), 0) };
    let at = after.len() - assigned.len();
    for quote in ['"', '\''] {
        if let Some(inner) = assigned.strip_prefix(quote) {
            let len = inner.find(quote).unwrap_or(inner.len());
            return (Span::new(at + 1, at + 1 + len), (at + len + 2).min(after.len()));
        }
    }
    let len = assigned.find(|c: char| c.is_ascii_whitespace()).unwrap_or(assigned.len());
    (Span::new(at, at + len), at + len)
}

/// Reads the token that starts at `at`, before `end`; nothing at the end.
pub(super) fn token(source: &str, at: usize, end: usize) -> Option<(Token<'_>, usize)> {
    let rest = source.get(at..end).filter(|rest| !rest.is_empty())?;
    let token = match rest.strip_prefix('<') {
        Some(_) => markup(rest, at),
        None => None,
    };
    if let Some((token, len)) = token {
        return Some((token, at + len));
    }
    let mut len = 0;
    for (next, _) in rest.match_indices('<') {
        len = next;
        if next > 0 && starts_markup(&rest[next..]) {
            break;
        }
        len = rest.len();
    }
    let len = if len == 0 { rest.len() } else { len };
    Some((Token::Text(Span::new(at, at + len)), at + len))
}

fn starts_markup(rest: &str) -> bool {
    let mut bytes = rest.bytes().skip(1);
    match bytes.next() {
        Some(b'!' | b'?') => true,
        Some(b'/') => bytes.next().is_some_and(|b| b.is_ascii_alphabetic()),
        Some(byte) => byte.is_ascii_alphabetic(),
        None => false,
    }
}

/// A tag, comment or declaration and its length; what never ends goes to the end of the source.
fn markup(rest: &str, at: usize) -> Option<(Token<'_>, usize)> {
    if !starts_markup(rest) {
        return None;
    }
    if let Some(inner) = rest.strip_prefix("<!--") {
        let (len, whole) = match inner.find("-->") {
            Some(len) => (len, 4 + len + 3),
            None => (inner.len(), rest.len()),
        };
        let span = Span::new(at, at + whole);
        return Some((Token::Comment(span, Span::new(at + 4, at + 4 + len)), whole));
    }
    if rest.starts_with("<!") || rest.starts_with("<?") {
        return Some((Token::Other, rest.find('>').map_or(rest.len(), |end| end + 1)));
    }
    let end_tag = rest.starts_with("</");
    let name_at = if end_tag { 2 } else { 1 };
    let after = rest.get(name_at..)?;
    let name_len =
        after.find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/').unwrap_or(after.len());
    let attributes_at = name_at + name_len;
    let tail = rest.get(attributes_at..)?;
    let mut quote = None;
    let close = tail.bytes().position(|byte| match (quote, byte) {
        (None, b'>') => true,
        (None, b'"' | b'\'') => {
            quote = Some(byte);
            false
        }
        (Some(open), _) => {
            quote = quote.filter(|_| byte != open);
            false
        }
        _ => false,
    });
    let len = attributes_at + close.map_or(tail.len(), |close| close + 1);
    let tag = Tag {
        span: Span::new(at, at + len),
        name: after[..name_len].to_ascii_lowercase(),
        end: end_tag,
        attributes: tail.get(..close.unwrap_or(tail.len())).unwrap_or(""),
        attributes_at: at + attributes_at,
    };
    Some((Token::Tag(tag), len))
}

/// Calls `each` with what every stretch of an HTML text reads as: the text between entities, and each entity.
pub(super) fn decode(source: &str, span: Span, mut each: impl FnMut(&str, Span)) {
    let text = span.of(source);
    let mut done = 0;
    for (at, _) in text.match_indices('&') {
        let Some((shown, len)) = entity(&text[at..]).filter(|_| at >= done) else { continue };
        each(&text[done..at], Span::new(span.start + done, span.start + at));
        each(&shown, Span::new(span.start + at, span.start + at + len));
        done = at + len;
    }
    each(&text[done..], Span::new(span.start + done, span.end));
}

/// What the entity at the start of `text` reads as, and its length. The names are HTML's; the Markdown parser has them.
fn entity(text: &str) -> Option<(String, usize)> {
    let semicolon = text.bytes().take(40).position(|b| b == b';')?;
    let name = text.get(1..semicolon)?;
    if !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#') {
        return None;
    }
    let written = text.get(..=semicolon)?;
    match Parser::new(written).into_offset_iter().nth(1)? {
        (Event::Text(shown), range) if range.end == written.len() && *shown != *written => {
            Some((shown.to_string(), written.len()))
        }
        _ => None,
    }
}
