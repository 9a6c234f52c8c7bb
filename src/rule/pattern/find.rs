//! What rules are to leave alone: matches of a pattern, or what stands in some elements of markup.

use super::dialect::{Syntax, translate};
use super::regex::Matcher;
use crate::text::Span;
use regex::Regex;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Something to find in a draft's source.
#[derive(Debug)]
pub enum Find {
    /// What a pattern matches.
    Pattern(Box<Pattern>),
    /// What stands in elements of these names, or of one of these classes.
    Elements(Elements),
}

/// A pattern by itself.
#[derive(Debug)]
pub struct Pattern(Matcher);

/// Elements by name and by class.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Elements {
    /// In lower case.
    pub names: Vec<String>,
    /// As `class` has them.
    pub classes: Vec<String>,
}

impl Find {
    /// Reads a pattern as Vale's files have it; the error says what is wrong.
    pub fn new(pattern: &str) -> Result<Self, String> {
        let matcher = Matcher::new(translate(pattern, Syntax { ascii: true, ..Syntax::default() }))?;
        Ok(Find::Pattern(Box::new(Pattern(matcher))))
    }

    /// All matches.
    pub fn spans(&self, text: &str) -> Vec<Span> {
        match self {
            Find::Pattern(pattern) => pattern.0.matches(text).into_iter().map(|found| found.span).collect(),
            Find::Elements(elements) => elements.spans(text),
        }
    }
}

/// A tag: where it starts and ends, its name, whether it closes, and its attributes.
type Tag<'a> = (usize, usize, String, bool, &'a str);

impl Elements {
    /// What stands between the tags of each element; one that is never closed holds nothing.
    fn spans(&self, source: &str) -> Vec<Span> {
        let tags = tags(source);
        let mut spans: Vec<Span> = Vec::new();
        let mut open: HashSet<&str> = HashSet::new();
        for (at, (start, end, name, closes, attributes)) in tags.iter().enumerate() {
            let inside = spans.last().is_some_and(|last| *start < last.end);
            if *closes || inside || open.contains(name.as_str()) || !self.meant(name, attributes) {
                continue;
            }
            match closing(&tags[at + 1..], name) {
                Some(until) => spans.push(Span::new(*end, until)),
                // Nor is any later one of its name.
                None => drop(open.insert(name)),
            }
        }
        spans
    }

    fn meant(&self, name: &str, attributes: &str) -> bool {
        static CLASS: LazyLock<Option<Regex>> =
            LazyLock::new(|| Regex::new(r#"(?i)\bclass\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))"#).ok());
        let class = CLASS.as_ref().and_then(|class| class.captures(attributes));
        let class = class.and_then(|found| found.iter().skip(1).flatten().next()).map_or("", |m| m.as_str());
        self.names.iter().any(|known| known == name)
            || class.split_whitespace().any(|class| self.classes.iter().any(|known| known == class))
    }
}

fn tags(source: &str) -> Vec<Tag<'_>> {
    static TAG: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:\s[^<>]*)?)>").ok());
    let found = TAG.iter().flat_map(|tag| tag.captures_iter(source));
    found
        .filter_map(|tag| {
            let (whole, attributes) = (tag.get(0)?, tag.get(3)?.as_str());
            let alone = attributes.ends_with('/');
            let name = tag.get(2)?.as_str().to_lowercase();
            (!alone).then(|| (whole.start(), whole.end(), name, !tag[1].is_empty(), attributes))
        })
        .collect()
}

/// Where the element ends whose opening tag stands right before these.
fn closing(tags: &[Tag<'_>], name: &str) -> Option<usize> {
    let mut depth = 1usize;
    for (start, _, _, closes, _) in tags.iter().filter(|(_, _, other, ..)| other == name) {
        depth = if *closes { depth - 1 } else { depth + 1 };
        if depth == 0 {
            return Some(*start);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_hold_what_stands_between_their_tags() {
        let elements = Elements { names: vec!["figure".into()], classes: vec!["skip".into(), "also".into()] };
        for marked in [
            "a <b class=\"x skip\">⟦b⟧</b> <b class=skips>c</b>",
            "<div class='also'>⟦a <div>b</div> c⟧</div> d",
            "<FIGURE>⟦a⟧</FIGURE> <p class=\"skip\">b",
            "<br class=\"skip\"/> a </div>",
        ] {
            let (text, spans) = crate::rule::example::unmark(marked);
            assert_eq!(elements.spans(&text), spans, "{marked}");
        }
    }
}
