//! Capitalization: a heading, a cell … is written in a case.

use super::case::{Kept, TitleStyle, sentence, title};
use super::regex::Matcher;
use super::rule::{Hit, Reader};
use super::words::{Exceptions, Words, compile};
use crate::text::Span;
use crate::yaml::{Fields, Item};

/// How many words of ten must be right where a rule says nothing.
const THRESHOLD: f64 = 0.8;

/// The whole stretch is in the case, or it is a finding.
#[derive(Debug)]
pub struct Capitalization {
    case: Case,
    exceptions: Exceptions,
    kept: Kept,
    /// Words of a text that is put in a case: an exception is one word, in any case.
    converted: Matcher,
    /// Words of a text that is looked at.
    words: Matcher,
    prefix: Option<Matcher>,
    indicators: Vec<String>,
    threshold: f64,
}

#[derive(Debug)]
enum Case {
    Title(TitleStyle),
    Sentence,
    Lower,
    Upper,
    Pattern(Box<Matcher>),
}

impl Capitalization {
    /// Reads `match`, `style`, `exceptions`, `vocab`, `indicators`, `threshold`, `prefix`.
    pub fn read(reader: &Reader<'_>, fields: &mut Fields<'_>) -> Option<Self> {
        let words = reader.words(fields);
        let style = match fields.get("style").and_then(|i| i.one_of("style", &["AP", "Chicago"])) {
            Some("Chicago") => TitleStyle::Chicago,
            _ => TitleStyle::Ap,
        };
        let case = read_case(&fields.required("match")?, style, words)?;
        let mut kept = fields.strings("exceptions");
        if fields.bool("vocab").unwrap_or(true) {
            kept.extend(reader.vocabulary.accept.iter().cloned());
        }
        let exceptions = reader.exceptions(fields, words, true)?;
        let kept = Kept::new(kept.iter().map(|term| words.token(term)).collect());
        let prefix = fields.get("prefix").and_then(|item| {
            let token = words.token(item.str()?);
            compile(token.clone(), &[(item, token)])
        });
        let kept_words = Some(kept.alternatives()).filter(|l| !l.is_empty()).map(|l| format!(r"\b(?:{l})\b"));
        let pattern = |flags: &str, listed: Option<String>| {
            let listed = listed.map(|l| format!("{l}|")).unwrap_or_default();
            Matcher::new(format!(r"{flags}{listed}[\p{{N}}\p{{L}}*]+[^\s]*")).ok()
        };
        let converted = pattern("(?i)", kept_words)?;
        let words = pattern("", exceptions.source().map(str::to_string))?;
        let threshold = fields.number("threshold").filter(|n| *n > 0.0).unwrap_or(THRESHOLD);
        let indicators = fields.strings("indicators");
        Some(Capitalization { case, exceptions, kept, converted, words, prefix, indicators, threshold })
    }

    /// One hit over the whole stretch if it is not in the case.
    pub fn run(&self, text: &str) -> Vec<Hit> {
        let (expected, right) = match &self.case {
            Case::Lower => self.whole(text, text.to_lowercase()),
            Case::Upper => self.whole(text, text.to_uppercase()),
            Case::Pattern(pattern) => {
                (pattern.source().to_string(), pattern.is_match(text) || self.exceptions.allow(text))
            }
            Case::Title(style) => {
                let (prefix, rest) = self.split(text);
                let expected = format!("{prefix}{}", title(rest, *style, &self.kept));
                let right = self.title_is_right(text, &expected);
                (expected, right)
            }
            Case::Sentence => {
                let (prefix, rest) = self.split(text);
                let expected = format!("{prefix}{}", self.sentence(rest));
                let right = self.sentence_is_right(text, &expected);
                (expected, right)
            }
        };
        if right {
            return Vec::new();
        }
        let own = match self.case {
            Case::Title(_) | Case::Sentence => vec![expected.clone()],
            _ => Vec::new(),
        };
        let args = vec![text.to_string(), expected];
        vec![Hit { span: Span::new(0, text.len()), args, own, ..Hit::default() }]
    }

    fn whole(&self, text: &str, expected: String) -> (String, bool) {
        let right = text == expected || self.exceptions.allow(text);
        (expected, right)
    }

    fn split<'t>(&self, text: &'t str) -> (&'t str, &'t str) {
        let found = self.prefix.as_ref().and_then(|prefix| prefix.first(text));
        match found {
            Some(found) if found.span.start == 0 => text.split_at(found.span.end),
            _ => ("", text),
        }
    }

    fn sentence(&self, text: &str) -> String {
        let words: Vec<&str> = self.converted.matches(text).iter().map(|found| found.span.of(text)).collect();
        sentence(&words, &self.kept, &|word, index| {
            let number = word.strip_suffix('.').is_some_and(|n| n.ends_with(|c: char| c.is_ascii_digit()));
            self.indicators.iter().any(|suffix| word.ends_with(suffix.as_str())) || (index == 0 && number)
        })
    }

    fn words_of<'t>(&self, text: &'t str) -> Vec<&'t str> {
        self.words.matches(text).iter().map(|found| found.span.of(text)).collect()
    }

    fn title_is_right(&self, text: &str, expected: &str) -> bool {
        let expected = self.words_of(expected);
        // Whether "to" is small depends on what follows being a verb, which nothing here can tell: both are right.
        let right = |index: usize, word: &str| match expected.get(index) {
            None => true,
            Some(wanted) => {
                *wanted == word
                    || self.exceptions.allow(word)
                    || word == word.to_uppercase()
                    || wanted.eq_ignore_ascii_case("to") && word.eq_ignore_ascii_case("to")
            }
        };
        let words = self.words_of(text);
        self.enough(words.iter().enumerate().filter(|(i, word)| right(*i, word)).count(), words.len())
    }

    fn sentence_is_right(&self, text: &str, expected: &str) -> bool {
        let expected = self.words_of(expected);
        let words = self.words_of(text);
        let mut right = 0;
        for (index, word) in words.iter().enumerate() {
            match expected.get(index) {
                Some(wanted) if wanted != word && !self.exceptions.allow(word) => {
                    if index == 0 && *word != each_part_capital(word) {
                        return false;
                    }
                }
                _ => right += 1,
            }
        }
        self.enough(right, words.len())
    }

    /// A stretch without words is in no case.
    fn enough(&self, right: usize, all: usize) -> bool {
        all > 0 && right as f64 / all as f64 >= self.threshold
    }
}

fn read_case(item: &Item<'_>, style: TitleStyle, words: Words) -> Option<Case> {
    Some(match item.str()? {
        "$title" => Case::Title(style),
        "$sentence" => Case::Sentence,
        "$lower" => Case::Lower,
        "$upper" => Case::Upper,
        other if other.starts_with('$') => {
            item.unknown("case", other, ["$title", "$sentence", "$lower", "$upper"]);
            return None;
        }
        pattern => {
            let token = words.token(pattern);
            Case::Pattern(Box::new(compile(token.clone(), &[(item.clone(), token)])?))
        }
    })
}

/// Lower case, with a capital after everything that is no letter.
fn each_part_capital(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut before = ' ';
    for c in word.chars().flat_map(char::to_lowercase) {
        let starts = match before.is_ascii() {
            true => !before.is_ascii_alphanumeric() && before != '_',
            false => before.is_whitespace(),
        };
        if starts {
            out.extend(c.to_uppercase())
        } else {
            out.push(c)
        }
        before = c;
    }
    out
}
