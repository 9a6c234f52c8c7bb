//! Front matter: the YAML or TOML block that a Markdown or text draft may start with.

use super::FrontMatter;
use crate::text::{BYTE_ORDER_MARK, Span};

/// The front matter at the start of a source, and where the text after it starts.
pub(super) fn read(source: &str) -> (FrontMatter, usize) {
    let start = if source.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
    block(source, start).unwrap_or((FrontMatter::default(), start))
}

fn block(source: &str, start: usize) -> Option<(FrontMatter, usize)> {
    let mut lines = Lines { source, at: start };
    let fence = lines.next()?.of(source).trim_end().to_string();
    let (assign, closers): (char, &[&str]) = match fence.as_str() {
        "---" => (':', &["---", "..."]),
        "+++" => ('=', &["+++"]),
        _ => return None,
    };
    let mut entries = Vec::new();
    let mut tabled = false;
    let mut first = true;
    for line in lines.by_ref() {
        let text = line.of(source);
        if closers.contains(&text.trim_end()) {
            let end = line.start + text.trim_end().len();
            return Some((FrontMatter { span: Span::new(start, end), entries }, lines.at));
        }
        let content = text.trim_end();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        tabled |= assign == '=' && content.starts_with('[');
        let found = entry(content, line.start, assign);
        // A rule and then running text is no front matter.
        if std::mem::take(&mut first) && found.is_none() && !tabled {
            return None;
        }
        entries.extend(found.filter(|_| !tabled));
    }
    None
}

/// A key and its scalar on one line.
fn entry(line: &str, at: usize, assign: char) -> Option<(String, String, Span)> {
    let colon = line.find(assign)?;
    let key = line[..colon].trim_end();
    let key = key.trim_matches(['"', '\'']);
    let simple = key.chars().all(|c| c.is_alphanumeric() || "_-.:/ ".contains(c));
    let rest = &line[colon + assign.len_utf8()..];
    let parted = assign == '=' || rest.is_empty() || rest.starts_with([' ', '\t']);
    if key.is_empty()
        || !simple
        || line.starts_with([' ', '\t', '-'])
        || !parted
        || key.split(' ').count() > 3
    {
        return None;
    }
    let start = line.len() - rest.trim_start().len();
    let value = scalar(rest.trim());
    let start = start + value.0;
    Some((key.to_string(), value.1.to_string(), Span::new(at + start, at + start + value.1.len())))
}

/// A scalar without quotes and comment, and how far its text starts in it.
fn scalar(value: &str) -> (usize, &str) {
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote) {
            return (1, inner.split(quote).next().unwrap_or(inner));
        }
    }
    let comment = value.find(" #").or(value.starts_with('#').then_some(0));
    (0, value.get(..comment.unwrap_or(value.len())).unwrap_or(value).trim_end())
}

/// Lines of a source without their ends.
struct Lines<'s> {
    source: &'s str,
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let rest = self.source.get(self.at..).filter(|rest| !rest.is_empty())?;
        let len = rest.find('\n').map_or(rest.len(), |end| end + 1);
        let line = Span::new(self.at, self.at + len);
        self.at += len;
        let text = line.of(self.source);
        Some(Span::new(line.start, line.start + text.trim_end_matches(['\n', '\r']).len()))
    }
}
