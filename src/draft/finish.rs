//! The last pass over a block's text: bare addresses are masked, and footnote signs become marks.

use super::build::OBJECT;
use super::map::Masked;
use super::{Block, Mark, MarkKind};
use crate::text::Span;

/// Makes a block of a part of a text, unless there is nothing in it to read.
pub(super) fn finish(body: &Masked, marks: &[Mark], part: Span) -> Option<Block> {
    let last = part.end == body.text.len();
    let marks: Vec<Mark> = marks.iter().filter_map(|mark| within(mark, part, last)).collect();
    let text = part.of(&body.text);
    let readable = !text.trim_matches(|c: char| c.is_whitespace() || OBJECT.contains(c)).is_empty();
    let told = |mark: &Mark| match mark.kind {
        MarkKind::FootnoteRef(_) => true,
        MarkKind::Link(_) | MarkKind::Code(_) => !text.trim().is_empty(),
        _ => false,
    };
    if !readable && !marks.iter().any(told) {
        return None;
    }
    let body = body.part(part);
    let cuts = cuts(&body.text, &marks);
    let (body, marks) = if cuts.is_empty() { (body, marks) } else { cut(&body, marks, cuts) };
    let start = body.text.len() - body.text.trim_start().len();
    let part = Span::new(start, start + body.text.trim().len());
    if part.len() == body.text.len() {
        return Some(Block { text: body.text, map: body.map, marks, ..Block::default() });
    }
    let marks = marks.into_iter().map(|mark| clamp(mark, part)).collect();
    let body = body.part(part);
    Some(Block { text: body.text, map: body.map, marks, ..Block::default() })
}

/// The mark as seen in a part of the text, which may be the last part.
fn within(mark: &Mark, part: Span, last: bool) -> Option<Mark> {
    let Span { start, end } = mark.span;
    let inside = part.start <= start && (start < part.end || last);
    (mark.span.overlaps(part) || (start == end && inside)).then(|| clamp(mark.clone(), part))
}

fn clamp(mark: Mark, part: Span) -> Mark {
    let place = |at: usize| at.clamp(part.start, part.end) - part.start;
    Mark { span: Span::new(place(mark.span.start), place(mark.span.end)), ..mark }
}

/// A stretch of the text to mask, and the mark that stands for it.
struct Cut {
    span: Span,
    /// An address leaves a U+FFFC, a footnote's sign leaves nothing.
    object: bool,
    mark: Option<MarkKind>,
}

/// Finds what is to be masked, in order.
fn cuts(text: &str, marks: &[Mark]) -> Vec<Cut> {
    let mut cuts: Vec<Cut> = Vec::new();
    let links: Vec<Span> =
        marks.iter().filter(|m| matches!(m.kind, MarkKind::Link(_))).map(|m| m.span).collect();
    let linked = |span: Span| {
        let after = links.partition_point(|link| link.start <= span.start);
        after.checked_sub(1).and_then(|last| links.get(last)).is_some_and(|link| link.contains(span))
    };
    // An asterisk that opens something is emphasis or a glob, so the ones that close it are no signs.
    let starred = text.starts_with('*') || text.contains(" *");
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        if at < done || !matches!(byte, b'/' | b'.' | b'[' | b'*' | 0xC2 | 0xE2) || (byte == b'*' && starred)
        {
            continue;
        }
        let found = match byte {
            b'/' | b'.' => address(text, at, done).map(|span| {
                let target = MarkKind::Link(span.of(text).to_string());
                Cut { span, object: true, mark: (!linked(span)).then_some(target) }
            }),
            _ => sign(text, at).map(|(mut span, label)| {
                // A sign after a space takes it along, unless a word follows.
                let parted = at > done && text.as_bytes().get(at - 1) == Some(&b' ');
                let next = text.as_bytes().get(span.end).copied().unwrap_or(b' ');
                span.start -= usize::from(parted && b" ,.;:!?)[".contains(&next));
                Cut { span, object: false, mark: Some(MarkKind::FootnoteRef(label)) }
            }),
        };
        if let Some(cut) = found {
            done = cut.span.end;
            cuts.push(cut);
        }
    }
    cuts
}

/// The bare address around the slash or dot at `at`: `https://…`, `www.…`, or a host and a path.
fn address(text: &str, at: usize, after: usize) -> Option<Span> {
    let before = text.get(after..at)?;
    let start = if before.ends_with("https:") || before.ends_with("http:") {
        text.get(at..)?.strip_prefix("//")?.starts_with(|c: char| c.is_alphanumeric()).then_some(())?;
        at - if before.ends_with("https:") { 6 } else { 5 }
    } else if before.ends_with("www") && text.as_bytes().get(at) == Some(&b'.') {
        at - 3
    } else if text.as_bytes().get(at) == Some(&b'/') {
        // A host name is at most 253 bytes long, which also bounds the way back.
        let host = |b: &u8| b.is_ascii_alphanumeric() || b"-.".contains(b);
        let name = before.len() - before.bytes().rev().take(253).take_while(host).count();
        let name = &before[name..];
        let (rest, top) = name.rsplit_once('.')?;
        let known = (2..=6).contains(&top.len()) && top.bytes().all(|b| b.is_ascii_lowercase());
        (known && rest.starts_with(|c: char| c.is_ascii_alphanumeric())).then_some(at - name.len())?
    } else {
        return None;
    };
    if text.get(..start)?.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '@') {
        return None;
    }
    let rest = text.get(at + 1..)?;
    let len =
        rest.find(|c: char| c.is_whitespace() || "<>[]\"“”„«»`\u{FFFC}".contains(c)).unwrap_or(rest.len());
    let span = Span::new(start, at + 1 + tail(&rest[..len]));
    (span.end > at + 1).then_some(span)
}

/// How much of an address's rest is its own: punctuation and unpaired brackets at its end are the sentence's.
fn tail(rest: &str) -> usize {
    let (opened, mut closed) = (rest.matches('(').count(), rest.matches(')').count());
    let mut rest = rest;
    while let Some(last) = rest.chars().next_back() {
        match last {
            ')' if closed <= opened => break,
            ')' => closed -= 1,
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '‘' | '*' | '_' | '~' | '…' | '—' | '–' =>
                {}
            _ => break,
        }
        rest = &rest[..rest.len() - last.len_utf8()];
    }
    rest.len()
}

/// The footnote sign at `at`: `[1]`, `[^label]`, a raised digit, a dagger or an asterisk that follows a word.
fn sign(text: &str, at: usize) -> Option<(Span, String)> {
    let (before, rest) = (text.get(..at)?, text.get(at..)?);
    if let Some(inner) = rest.strip_prefix('[') {
        let label = label(inner)?;
        let link = matches!(inner.as_bytes().get(label.len() + 1), Some(b'(' | b':'));
        let numbered = !link && label.len() <= 3 && label.bytes().all(|b| b.is_ascii_digit());
        let named = label.strip_prefix('^').filter(|name| !name.is_empty());
        let name = named.or(numbered.then_some(label))?;
        let whole = Span::new(at, at + label.len() + 2);
        return Some((whole, name.to_string()));
    }
    let (label, len) = raised(rest)?;
    let after_word = match label.bytes().next() {
        Some(b'0'..=b'9') => may_note(before),
        _ => {
            let next = rest.get(len..)?.chars().next();
            let last = before.chars().next_back()?;
            !last.is_whitespace()
                && !"*(".contains(last)
                && !next.is_some_and(|c| c.is_alphanumeric() || c == '*')
        }
    };
    after_word.then(|| (Span::new(at, at + len), label))
}

/// Whether a text is a footnote's sign in brackets and no more.
pub(super) fn is_sign(text: &str) -> bool {
    sign(text, 0).is_some_and(|(span, _)| span.len() == text.len())
}

/// A label in brackets up to the closing one.
fn label(inner: &str) -> Option<&str> {
    let end = inner.bytes().take(64).position(|b| !(b.is_ascii_alphanumeric() || b"^-_".contains(&b)))?;
    (end > 0 && inner.as_bytes().get(end) == Some(&b']')).then(|| &inner[..end])
}

/// Whether a raised digit after this text is a note's sign. After a digit it is a power, after a short word a unit or a
/// variable: 10²⁵, m², km².
pub(super) fn may_note(before: &str) -> bool {
    let word = before.len() - before.trim_end_matches(char::is_alphabetic).len();
    let last = before.chars().next_back();
    word > 2 || (word == 0 && last.is_some_and(|last| !last.is_numeric() && !last.is_whitespace()))
}

/// A note's sign without brackets at the start of a text: its label and its length. Raised digits read as digits.
pub(super) fn raised(text: &str) -> Option<(String, usize)> {
    if let Some(sign) = text.chars().next().filter(|sign| "*†‡".contains(*sign)) {
        return Some((sign.to_string(), sign.len_utf8()));
    }
    const DIGITS: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    let digit =
        |c: char| DIGITS.chars().position(|digit| digit == c).and_then(|d| char::from_digit(d as u32, 10));
    let label: String = text.chars().map_while(digit).take(4).collect();
    let len = text.chars().take(label.len()).map(char::len_utf8).sum();
    (!label.is_empty() && label.len() < 4).then_some((label, len))
}

/// Takes the cuts out of a text and its marks.
fn cut(body: &Masked, marks: Vec<Mark>, cuts: Vec<Cut>) -> (Masked, Vec<Mark>) {
    let mut result = Masked::default();
    let mut places: Vec<(Span, Span)> = Vec::with_capacity(cuts.len());
    let mut added = Vec::new();
    let mut done = 0;
    for cut in cuts {
        result.push_part(body, Span::new(done, cut.span.start));
        let start = result.text.len();
        if cut.object {
            result.push(OBJECT, body.map.to_source(cut.span));
        }
        let place = Span::new(start, result.text.len());
        added.extend(cut.mark.map(|kind| Mark { span: place, kind }));
        done = cut.span.end;
        places.push((cut.span, place));
    }
    result.push_part(body, Span::new(done, body.text.len()));
    let moved = |at: usize, end: bool| {
        let next = places.partition_point(|(old, _)| old.end <= at);
        match places.get(next) {
            Some((old, new)) if old.start < at => {
                if end {
                    new.end
                } else {
                    new.start
                }
            }
            _ => next
                .checked_sub(1)
                .and_then(|last| places.get(last))
                .map_or(at, |(old, new)| new.end + (at - old.end)),
        }
    };
    let kept = marks.into_iter().map(|mark| {
        let span = Span::new(moved(mark.span.start, false), moved(mark.span.end, true));
        Mark { span, ..mark }
    });
    let mut marks: Vec<Mark> = kept.chain(added).collect();
    marks.sort_by_key(|mark| (mark.span.start, std::cmp::Reverse(mark.span.end)));
    (result, marks)
}
