//! One comment that allows findings: where it may stand, how it is written, what it covers.

use super::front;
use crate::draft::{Draft, Format};
use crate::text::Span;
use jiff::civil::Date;

/// What makes a comment one of ours.
pub(super) const NAME: &str = "claimlint";

/// A comment that allows findings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Directive {
    /// The comment with its delimiters.
    pub span: Span,
    /// Rules with their places.
    pub rules: Vec<(String, Span)>,
    /// What it covers in the source.
    pub scope: Span,
    /// Last day on which it holds.
    pub until: Option<Date>,
    /// Why.
    pub reason: Option<String>,
    /// What cannot be understood in it.
    pub faults: Vec<(Span, String)>,
    /// Whether it is a comment, so that it can be taken out.
    pub comment: bool,
}

impl Directive {
    /// Whether a finding there is covered.
    pub fn covers(&self, span: Span) -> bool {
        self.scope.start <= span.start && span.start < self.scope.end
    }

    /// What to cut to be rid of it: its whole line, where nothing else stands on it.
    pub fn removal(&self, draft: &Draft) -> Option<Span> {
        let line = lines_of(&draft.source, self.span);
        let alone = alone(&draft.source, self.span);
        self.comment.then_some(if alone { line } else { self.span })
    }
}

/// All of a draft, in order.
pub(super) fn all(draft: &Draft) -> Vec<Directive> {
    if !super::may_stand_in(&draft.source) {
        return Vec::new();
    }
    let comments = draft.comments.iter().map(|comment| (comment.span, comment.inner));
    let mut found: Vec<_> = front::read(draft).into_iter().collect();
    match draft.format {
        Format::Text => found.extend(text_comments(&draft.source).filter_map(|(s, i)| read(draft, s, i))),
        Format::Markdown | Format::Html => found.extend(comments.filter_map(|(s, i)| read(draft, s, i))),
    }
    found
}

/// Lines of a plain text that start with `#` or `//`: the line without its end, and what stands behind the marks.
fn text_comments(source: &str) -> impl Iterator<Item = (Span, Span)> {
    source
        .split_inclusive('\n')
        .scan(0, |at, line| {
            let start = *at;
            *at += line.len();
            Some((start, line))
        })
        .filter_map(|(start, line)| {
            let body = line.trim();
            let inner = body.strip_prefix("//").or_else(|| body.strip_prefix('#'))?;
            let lead = line.len() - line.trim_start().len();
            let span = Span::new(start + lead, start + lead + body.len());
            Some((span, Span::new(span.end - inner.len(), span.end)))
        })
}

/// `claimlint: allow RULE[, RULE] [SCOPE] [until DATE] [-- REASON]`.
fn read(draft: &Draft, span: Span, inner: Span) -> Option<Directive> {
    let text = inner.of(&draft.source);
    let (head, reason) = match text.split_once("--") {
        Some((head, reason)) => (head, Some(reason.trim()).filter(|reason| !reason.is_empty())),
        None => (text, None),
    };
    let rest = head.trim_start().strip_prefix(NAME)?.strip_prefix(':')?;
    let start = inner.start + head.len() - rest.len();
    let mut words = words(rest, start).peekable();
    let mut directive =
        Directive { span, reason: reason.map(str::to_string), comment: true, ..Directive::default() };
    if words.next_if(|(word, _)| *word == "allow").is_none() {
        let place = words.peek().map_or(span, |(_, place)| *place);
        directive.faults.push((place, "expected `allow` and the names of rules".to_string()));
        return Some(directive);
    }
    let mut scope = None;
    while let Some((word, place)) = words.next() {
        match word {
            "line" | "next-line" | "block" | "file" => scope = Some(word),
            "until" => match words.next().map(|(word, place)| (word.parse::<Date>(), place)) {
                Some((Ok(day), _)) => directive.until = Some(day),
                Some((Err(_), place)) => {
                    directive.faults.push((place, "expected a day like 2026-12-31".to_string()))
                }
                None => directive.faults.push((place, "expected a day after `until`".to_string())),
            },
            rule => directive.rules.push((rule.to_string(), place)),
        }
    }
    if directive.rules.is_empty() {
        directive.faults.push((span, "name the rules that are allowed here".to_string()));
    }
    directive.scope = covered(draft, span, scope);
    Some(directive)
}

/// Words parted by spaces and commas, with their places.
fn words(text: &str, start: usize) -> impl Iterator<Item = (&str, Span)> {
    let parts = text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
    parts.map(move |word| {
        let at = start + (word.as_ptr() as usize - text.as_ptr() as usize);
        (word, Span::new(at, at + word.len()))
    })
}

fn covered(draft: &Draft, span: Span, scope: Option<&str>) -> Span {
    let source = &draft.source;
    match scope {
        Some("file") => Span::new(0, source.len()),
        Some("block") => block(draft, span),
        Some("next-line") => next_line(source, span),
        None if alone(source, span) => next_line(source, span),
        _ => lines_of(source, span),
    }
}

/// The lines that a span touches, with the last one's end.
fn lines_of(source: &str, span: Span) -> Span {
    let start = source.get(..span.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let end =
        source.get(span.end..).and_then(|rest| rest.find('\n')).map_or(source.len(), |at| span.end + at + 1);
    Span::new(start, end)
}

/// Whether nothing else stands on the span's lines.
fn alone(source: &str, span: Span) -> bool {
    let line = lines_of(source, span);
    let around = [Span::new(line.start, span.start), Span::new(span.end, line.end)];
    around.iter().all(|part| part.of(source).trim().is_empty())
}

/// The next line with words on it.
fn next_line(source: &str, span: Span) -> Span {
    let after = lines_of(source, span).end;
    let rest = source.get(after..).unwrap_or("");
    let blank = rest.len() - rest.trim_start().len();
    lines_of(source, Span::new(after + blank, after + blank))
}

/// In HTML the block that the comment stands in or before; elsewhere the lines up to the next blank one.
fn block(draft: &Draft, span: Span) -> Span {
    if draft.format == Format::Html {
        let found =
            draft.blocks.iter().find(|block| block.span.contains(span) || span.end <= block.span.start);
        return found.map_or(span, |block| block.span);
    }
    let source = &draft.source;
    let start = if alone(source, span) { next_line(source, span) } else { lines_of(source, span) };
    let mut end = start.end;
    while end < source.len() {
        let next = lines_of(source, Span::new(end, end));
        if next.of(source).trim().is_empty() {
            break;
        }
        end = next.end;
    }
    Span::new(start.start, end)
}
