//! Spelling: a word that no dictionary knows.

use super::action::Action;
use super::dictionary::Dictionary;
use super::regex::Matcher;
use super::rule::{Hit, Memory, Reader};
use super::words::{Exceptions, compile};
use crate::text::Span;
use crate::yaml::Fields;
use std::collections::HashSet;
use std::sync::Arc;

/// What is let pass where a rule does not say `custom`: names in camel case, words that end in a capital, and whatever is
/// not made of Latin letters alone.
const FILTERS: &str = r"[A-Z][a-z]+[A-Z]+[0-9A-Za-z_]+|[A-Z]+$|[^a-zA-Z_']";
/// Longer words are no words.
const MAX_WORD: usize = 100;
/// For so many words of a draft near words are looked up, which takes its time.
const MAX_ASKED: usize = 40;
/// So many near words are shown.
const MAX_NEAR: usize = 3;

/// Every word of prose is in one of the dictionaries, or it is a finding.
#[derive(Debug)]
pub struct Spelling {
    dictionaries: Vec<Arc<Dictionary>>,
    words: HashSet<String>,
    filters: Vec<Matcher>,
    /// Accepted words, in either case.
    accepted: Option<Matcher>,
    exceptions: Exceptions,
}

impl Spelling {
    /// Reads `dictionaries`, `words`, `filters`, `custom`, `exceptions`, `vocab`.
    pub fn read(reader: &Reader<'_>, fields: &mut Fields<'_>) -> Option<Self> {
        let words = reader.words(fields);
        let dictionaries = read_dictionaries(reader, fields)?;
        let known = fields.strings("words").into_iter().collect();
        let own_filters = reader.tokens(fields, "filters", words);
        let mut filters = Vec::new();
        for (item, filter) in own_filters {
            filters.push(compile(filter.clone(), &[(item, filter)])?);
        }
        if !fields.bool("custom").unwrap_or(false) {
            filters.extend(Matcher::new(FILTERS.to_string()).ok());
        }
        let mut accepted = fields.strings("exceptions");
        let exceptions = reader.exceptions(fields, words, true)?;
        if fields.bool("vocab").unwrap_or(true) {
            accepted.extend(reader.vocabulary.accept.iter().cloned());
        }
        let usable = accepted.iter().map(|term| words.token(term));
        let terms: Vec<String> = usable
            .filter(|term| Matcher::new(term.clone()).is_ok())
            .map(|term| format!(r"\b(?:{term})\b"))
            .collect();
        let accepted = Some(terms).filter(|terms| !terms.is_empty());
        let accepted = accepted.and_then(|terms| Matcher::new(format!("(?i){}", terms.join("|"))).ok());
        Some(Spelling { dictionaries, words: known, filters, accepted, exceptions })
    }

    /// One hit for each word that is not known.
    pub fn run(&self, text: &str, action: &Action, memory: &mut Memory) -> Vec<Hit> {
        let text = self.exceptions.blank_phrases(text);
        let unknown = words(&text).into_iter().filter(|(_, word)| !self.passes(word));
        unknown
            .map(|(span, word)| {
                let own = match action {
                    Action::Suggest => self.near(&word, memory),
                    _ => Vec::new(),
                };
                Hit { span, args: vec![word], own, ..Hit::default() }
            })
            .collect()
    }

    fn passes(&self, word: &str) -> bool {
        word.len() > MAX_WORD
            || self.filters.iter().any(|filter| filter.is_match(word))
            || self.knows(word)
            || self.accepted.as_ref().is_some_and(|accepted| accepted.is_match(word))
    }

    /// Capitals say nothing against a word: "FLOPs" is "flops".
    fn knows(&self, word: &str) -> bool {
        let knows = |word: &str| {
            self.words.contains(word) || self.dictionaries.iter().any(|dictionary| dictionary.knows(word))
        };
        knows(word) || word.contains(char::is_uppercase) && knows(&word.to_lowercase())
    }

    fn near(&self, word: &str, memory: &mut Memory) -> Vec<String> {
        if memory.len() >= MAX_ASKED && !memory.has(word) {
            return Vec::new();
        }
        memory.see(word.to_string());
        let mut near: Vec<String> = Vec::new();
        for found in self.dictionaries.iter().flat_map(|dictionary| dictionary.near(word)) {
            if !near.contains(&found) {
                near.push(found);
            }
        }
        near.truncate(MAX_NEAR);
        near
    }
}

fn read_dictionaries(reader: &Reader<'_>, fields: &mut Fields<'_>) -> Option<Vec<Arc<Dictionary>>> {
    let known = &reader.vocabulary.dictionaries;
    let named = fields.one_or_many("dictionaries");
    if named.is_empty() {
        let all: Vec<Arc<Dictionary>> = known.names().filter_map(|name| known.get(name)?.ok()).collect();
        if all.is_empty() {
            let message =
                "no dictionary is at hand: put its two files, NAME.aff and NAME.dic, beside the rules";
            fields.item.problem(message);
            return None;
        }
        return Some(all);
    }
    let mut read = Vec::new();
    for item in &named {
        let name = item.str()?;
        match known.get(name) {
            Some(Ok(dictionary)) => read.push(dictionary),
            Some(Err(error)) => {
                item.problem(format!("the dictionary `{name}` cannot be used: {error}"));
                return None;
            }
            None => {
                item.unknown("dictionary", name, known.names());
                return None;
            }
        }
    }
    Some(read)
}

/// The words of a text, curly quotes made straight, and where each stands: what is left between white space once brackets,
/// quotes and end marks are taken off. An abbreviation keeps its point.
fn words(text: &str) -> Vec<(Span, String)> {
    let mut words = Vec::new();
    let mut start = 0;
    for run in text.split(char::is_whitespace) {
        let from = start;
        start += run.len();
        start += text[start..].chars().next().map_or(0, char::len_utf8);
        let straight = |c: char| match c {
            '“' | '”' => '"',
            '‘' | '’' => '\'',
            c => c,
        };
        let chars: Vec<(usize, char)> = run.char_indices().map(|(at, c)| (from + at, straight(c))).collect();
        let kept = stripped(&chars);
        if let (Some((first, _)), Some((last, _))) = (kept.first(), kept.last())
            && kept.iter().any(|(_, c)| c.is_alphabetic())
        {
            let end = last + text[*last..].chars().next().map_or(0, char::len_utf8);
            words.push((Span::new(*first, end), kept.iter().map(|(_, c)| c).collect()));
        }
    }
    words
}

fn stripped(mut word: &[(usize, char)]) -> &[(usize, char)] {
    while word.len() > 1 && !is_abbreviation(word) {
        word = match word {
            [(_, '$' | '(' | '"' | '[' | '\''), rest @ ..] => rest,
            [rest @ .., (_, ',' | ')' | '"' | ']' | '!' | ';' | '.' | '?' | ':' | '\'')] => rest,
            whole => return whole,
        };
    }
    word
}

/// `e.g.`, `U.S.`, `Mr.`, `Mrs.`
fn is_abbreviation(word: &[(usize, char)]) -> bool {
    let chars: Vec<char> = word.iter().map(|(_, c)| *c).collect();
    let initials = chars.len() >= 4
        && chars.chunks(2).all(|pair| matches!(pair, [letter, '.'] if letter.is_ascii_alphabetic()));
    let title = match chars.as_slice() {
        [first, rest @ .., '.'] => {
            first.is_ascii_uppercase()
                && matches!(rest.len(), 1 | 2)
                && rest.iter().all(char::is_ascii_lowercase)
        }
        _ => false,
    };
    initials || title
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_is_left_between_white_space() {
        let text = "“Oh,” (said Mr. O’Hara) e.g. it's [it];\n'two'\t***** 3 U.S. No.";
        let found: Vec<_> = words(text).into_iter().map(|(span, word)| (span.of(text), word)).collect();
        let expected =
            ["Oh", "said", "Mr.", "O'Hara", "e.g.", "it's", "it", "two", "U.S.", "No."].map(String::from);
        assert_eq!(found.iter().map(|(_, word)| word.clone()).collect::<Vec<_>>(), expected);
        assert_eq!(found[3].0, "O’Hara");
    }
}
