//! Existence: something stands there that should not.

use super::regex::Matcher;
use super::rule::{Hit, Reader};
use super::words::{Exceptions, compile};
use crate::yaml::Fields;

/// Any of the tokens is a finding.
#[derive(Debug)]
pub struct Existence {
    pattern: Matcher,
    exceptions: Exceptions,
}

impl Existence {
    /// Reads `tokens`, `raw`, `append`, `nonword`, `ignorecase`, `exceptions`, `vocab`.
    pub fn read(reader: &Reader<'_>, fields: &mut Fields<'_>) -> Option<Self> {
        let mut words = reader.words(fields);
        let tokens = reader.tokens(fields, "tokens", words);
        let raw = reader.tokens(fields, "raw", words);
        let append = fields.bool("append").unwrap_or(false);
        if tokens.is_empty() && raw.is_empty() {
            fields.item.problem("an existence rule needs `tokens` (or `raw`)");
            return None;
        }
        let exceptions = reader.exceptions(fields, words, !words.nonword)?;
        words.nonword |= tokens.is_empty();
        let alternatives = tokens.iter().map(|(_, t)| t.as_str()).collect::<Vec<_>>().join("|");
        let raw_text: String = raw.iter().map(|(_, t)| t.as_str()).collect();
        let whole = match (words.pattern(&alternatives), append) {
            (pattern, true) => format!("{pattern}{raw_text}"),
            // A flag at the start holds for what stands before the tokens too.
            (pattern, false) => match pattern.strip_prefix("(?i)") {
                Some(rest) => format!("(?i){raw_text}{rest}"),
                None => format!("{raw_text}{pattern}"),
            },
        };
        let parts: Vec<_> = tokens.into_iter().chain(raw).collect();
        Some(Existence { pattern: compile(whole, &parts)?, exceptions })
    }

    /// Every match that is no exception.
    pub fn run(&self, text: &str) -> Vec<Hit> {
        let cover = self.exceptions.over(text);
        let found = self.pattern.matches(text).into_iter().filter(|found| !cover.covers(found.span));
        found.map(|found| Hit::of(text, found)).collect()
    }

    /// The pattern, for the prefilter.
    pub fn pattern(&self) -> &Matcher {
        &self.pattern
    }
}
