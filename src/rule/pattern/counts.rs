//! Occurrence: too many or too few of something in one stretch. Repetition: the same twice in a row.

use super::regex::Matcher;
use super::rule::{Hit, Reader};
use super::words::{Exceptions, Words, compile};
use crate::text::Span;
use crate::yaml::Fields;

/// A token may stand at most, or must stand at least, so often.
#[derive(Debug)]
pub struct Occurrence {
    pattern: Matcher,
    max: usize,
    min: usize,
}

impl Occurrence {
    /// Reads `token`, `max`, `min`, `ignorecase`.
    pub fn read(reader: &Reader<'_>, fields: &mut Fields<'_>) -> Option<Self> {
        let words = reader.words(fields);
        let (max, min) = (count(fields, "max"), count(fields, "min"));
        let token = fields.required("token")?;
        let translated = words.token(token.str()?);
        let case = if words.ignore_case { "(?i)" } else { "" };
        let pattern = compile(format!("{case}(?:{translated})"), &[(token, translated)])?;
        if max == 0 && min == 0 {
            fields.item.problem("an occurrence rule needs `max` or `min`");
            return None;
        }
        Some(Occurrence { pattern, max, min })
    }

    /// At most one hit, at the first of the matches, or at the first word where there is none.
    pub fn run(&self, text: &str) -> Vec<Hit> {
        let found = self.pattern.matches(text);
        let count = found.len();
        let fits = (self.max == 0 || count <= self.max) && (self.min == 0 || count >= self.min);
        if fits {
            return Vec::new();
        }
        let shown = |span: &Span| !span.of(text).trim().is_empty() && !is_hidden(span.of(text));
        let span = match count {
            0 => first_word(text),
            _ => found.iter().map(|m| m.span).find(shown),
        };
        span.map(|span| Hit { span, args: vec![count.to_string()], ..Hit::default() }).into_iter().collect()
    }

    /// The pattern, if a text without a match can be no finding.
    pub fn pattern(&self) -> Option<&Matcher> {
        (self.min == 0).then_some(&self.pattern)
    }
}

fn count(fields: &mut Fields<'_>, key: &'static str) -> usize {
    fields.number(key).map_or(0, |n| n.clamp(0.0, 1e9) as usize)
}

fn first_word(text: &str) -> Option<Span> {
    let start = text.find(|c: char| !c.is_whitespace())?;
    let rest = &text[start..];
    Some(Span::new(start, start + rest.find(char::is_whitespace).unwrap_or(rest.len())))
}

/// Inline code, which views show as asterisks.
fn is_hidden(text: &str) -> bool {
    text.chars().all(|c| c == '*' || c == '@')
}

/// Two matches in a row that say the same.
#[derive(Debug)]
pub struct Repetition {
    pattern: Matcher,
    max: usize,
    ignore_case: bool,
    alpha: bool,
    exceptions: Exceptions,
}

impl Repetition {
    /// Reads `tokens`, `max`, `ignorecase`, `alpha`, `exceptions`, `vocab`.
    pub fn read(reader: &Reader<'_>, fields: &mut Fields<'_>) -> Option<Self> {
        let words = Words { nonword: true, ..reader.words(fields) };
        let tokens = reader.tokens(fields, "tokens", words);
        let (max, alpha) = (count(fields, "max"), fields.bool("alpha").unwrap_or(false));
        let exceptions = reader.exceptions(fields, words, true)?;
        if tokens.is_empty() {
            fields.item.problem("a repetition rule needs `tokens`");
            return None;
        }
        let case = if words.ignore_case { "(?i)" } else { "" };
        let alternatives = tokens.iter().map(|(_, t)| t.as_str()).collect::<Vec<_>>().join("|");
        let pattern = compile(format!("{case}({alternatives})"), &tokens)?;
        Some(Repetition { pattern, max, ignore_case: words.ignore_case, alpha, exceptions })
    }

    /// A hit for every repetition beyond `max`, from the first of the two to the end of the second.
    pub fn run(&self, text: &str) -> Vec<Hit> {
        let cover = self.exceptions.over(text);
        let mut hits = Vec::new();
        let mut before: Option<Span> = None;
        let mut count = 0;
        for found in self.pattern.matches(text) {
            let word = found.span.of(text).trim();
            let same = before.is_some_and(|span| self.same(span.of(text).trim(), word));
            if let (true, Some(first)) = (same, before) {
                count += 1;
                let both = first.cover(found.span);
                if count > self.max && !two_sentences(both.of(text)) && !cover.covers(both) {
                    hits.push(Hit {
                        span: both,
                        args: vec![word.to_string()],
                        own: vec![first.of(text).trim().to_string()],
                        ..Hit::default()
                    });
                    count = 0;
                }
            }
            before = Some(found.span);
        }
        hits
    }

    fn same(&self, a: &str, b: &str) -> bool {
        let equal = match self.ignore_case {
            true => a == b || a.to_lowercase() == b.to_lowercase(),
            false => a == b,
        };
        equal && !a.is_empty() && (!self.alpha || a.chars().all(char::is_alphabetic))
    }
}

/// Whether a sentence ends between the two: "that. That".
fn two_sentences(both: &str) -> bool {
    both.char_indices().any(|(at, c)| {
        let rest = &both[at + c.len_utf8()..];
        matches!(c, '.' | '!' | '?')
            && rest.starts_with(char::is_whitespace)
            && rest.trim_start().starts_with(|c: char| c.is_uppercase())
    })
}
