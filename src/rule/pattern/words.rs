//! What the kinds of pattern rule share: how tokens become one pattern, and what is let pass.

use super::dialect::{Syntax, translate};
use super::dictionary::Dictionaries;
use super::english::with_forms;
use super::regex::{Match, Matcher};
use crate::knowledge::SourceFile;
use crate::text::Span;
use crate::yaml::Item;
use std::cell::OnceCell;

/// Words of a project: patterns that are right as they stand, and patterns to avoid.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// Right as they stand.
    pub accept: Vec<String>,
    /// To avoid.
    pub reject: Vec<String>,
    /// What spelling is checked by.
    pub dictionaries: Dictionaries,
}

impl Vocabulary {
    /// From a project's files: the dictionaries among them.
    pub fn of(files: &[SourceFile]) -> Self {
        let named = files.iter().map(|file| (file.name.as_str(), file.text.as_str()));
        Vocabulary { dictionaries: Dictionaries::of(named), ..Vocabulary::default() }
    }
}

/// How a rule reads its tokens.
#[derive(Debug, Clone, Copy, Default)]
pub struct Words {
    /// Letters match in either case.
    pub ignore_case: bool,
    /// Tokens may stand inside words.
    pub nonword: bool,
    /// Classes are ASCII.
    pub ascii: bool,
}

impl Words {
    /// Tokens, already translated, as one pattern.
    pub fn pattern(self, tokens: &str) -> String {
        let case = if self.ignore_case { "(?i)" } else { "" };
        match self.nonword {
            true => format!("{case}(?m)(?:{tokens})"),
            false => format!(r"{case}(?m)\b(?:{tokens})\b"),
        }
    }

    /// A token of a file in this engine's spelling.
    pub fn token(self, token: &str) -> String {
        // Rules of other programs mean angle brackets as they stand.
        let token = if self.ascii { token.to_string() } else { with_forms(token) };
        translate(&token, Syntax { ascii: self.ascii, ..Syntax::default() })
    }

    /// The same, with groups that no longer capture.
    pub fn token_without_groups(self, token: &str) -> String {
        let token = if self.ascii { token.to_string() } else { with_forms(token) };
        translate(&token, Syntax { ascii: self.ascii, no_captures: true, ..Syntax::default() })
    }
}

/// Compiles a whole pattern; if it fails, the item at fault is found by compiling each alone, and reported.
pub fn compile(whole: String, parts: &[(Item<'_>, String)]) -> Option<Matcher> {
    let error = match Matcher::new(whole) {
        Ok(matcher) => return Some(matcher),
        Err(error) => error,
    };
    let mut reported = false;
    for (item, part) in parts {
        if let Err(error) = Matcher::new(part.clone()) {
            item.problem(format!("this is no regular expression that can be used: {error}"));
            reported = true;
        }
    }
    if let (false, Some((item, _))) = (reported, parts.first()) {
        item.problem(format!("these patterns do not work together: {error}"));
    }
    None
}

/// What a rule lets pass: its own exceptions, and the project's accepted words where it heeds them.
#[derive(Debug, Default)]
pub struct Exceptions {
    words: Option<Matcher>,
    phrases: Option<Matcher>,
}

impl Exceptions {
    /// From the rule's list and, if given, the vocabulary. A word of the vocabulary that is no pattern is left out.
    pub fn new(own: &[(Item<'_>, String)], vocabulary: Option<&Vocabulary>, words: Words) -> Option<Self> {
        let accepted = vocabulary.map_or(&[][..], |v| &v.accept);
        let translated = accepted.iter().map(|term| words.token(term));
        let usable = translated.filter(|term| Matcher::new(term.clone()).is_ok());
        let mut terms: Vec<String> = own.iter().map(|(_, term)| term.clone()).chain(usable).collect();
        if terms.is_empty() {
            return Some(Exceptions::default());
        }
        // The longest first, so that it wins over one that it starts with.
        terms.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        let cased =
            |term: &String| if term.starts_with("(?i)") { term.clone() } else { format!("(?-i){term}") };
        let all = terms.iter().map(cased).collect::<Vec<_>>().join("|");
        let phrases: Vec<&str> = terms
            .iter()
            .map(String::as_str)
            .filter(|t| t.contains([' ', '\t']) || t.contains(r"\s"))
            .collect();
        let phrases = match phrases.is_empty() {
            true => None,
            false => Matcher::new(format!(r"(?i)\b(?:{})\b", phrases.join("|"))).ok(),
        };
        Some(Exceptions { words: Some(compile(format!(r"(?m)\b(?:{all})\b"), own)?), phrases })
    }

    /// Whether a text by itself is let pass.
    pub fn allow(&self, observed: &str) -> bool {
        self.words.as_ref().is_some_and(|words| words.is_match(observed))
    }

    /// The same for the matches of one text: what they hold, and whether they stand in an accepted phrase.
    pub fn over<'a>(&'a self, text: &'a str) -> Cover<'a> {
        Cover { exceptions: self, text, phrases: OnceCell::new() }
    }

    /// The pattern of the words, for tokenizers that must keep an exception whole.
    pub fn source(&self) -> Option<&str> {
        self.words.as_ref().map(Matcher::source)
    }

    /// The text with accepted phrases blanked, byte for byte.
    pub fn blank_phrases(&self, text: &str) -> String {
        let mut out = text.to_string();
        let found = self.phrases.as_ref().map(|p| p.matches(text)).unwrap_or_default();
        for Match { span, .. } in found {
            out.replace_range(span.start..span.end, &" ".repeat(span.len()));
        }
        out
    }
}

/// What a rule lets pass in one text.
#[derive(Debug)]
pub struct Cover<'a> {
    exceptions: &'a Exceptions,
    text: &'a str,
    /// Where accepted phrases stand, found at the first question.
    phrases: OnceCell<Vec<Span>>,
}

impl Cover<'_> {
    /// Whether this match is let pass.
    pub fn covers(&self, span: Span) -> bool {
        self.exceptions.allow(span.of(self.text).trim()) || self.in_phrase(span)
    }

    fn in_phrase(&self, span: Span) -> bool {
        let Some(pattern) = &self.exceptions.phrases else { return false };
        let phrases =
            self.phrases.get_or_init(|| pattern.matches(self.text).iter().map(|found| found.span).collect());
        let after = phrases.partition_point(|phrase| phrase.start <= span.start);
        phrases[..after].last().is_some_and(|phrase| phrase.contains(span))
    }
}
