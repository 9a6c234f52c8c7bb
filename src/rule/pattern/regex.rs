//! The regular expressions of pattern rules: linear where they can be, bounded where they cannot.
//!
//! [`super::dialect`] brings a pattern into the spelling of this engine. A pattern with lookaround or back-references runs on a backtracking engine that gives up after a fixed
//! number of steps, every other one runs in time linear in the text. Patterns are parsed when a rule is read and compiled
//! when they are first needed, so that five hundred rules cost a start nothing.

use crate::text::Span;
use regex_syntax::hir::Hir;
use std::sync::OnceLock;

/// How many steps back a search may take before the rule gives up on the text at hand.
pub const BACKTRACK_LIMIT: usize = 200_000;
/// The largest pattern, in bytes of its text and of its program.
const MAX_PATTERN: usize = 1 << 20;
const MAX_PROGRAM: usize = 32 << 20;
/// The backtracking engine sees at most this much text at once; longer texts are cut at blank lines.
const WINDOW: usize = 16 << 10;

/// A pattern, ready to search.
#[derive(Debug)]
pub struct Matcher {
    source: String,
    hir: Option<Hir>,
    engine: OnceLock<Engine>,
}

#[derive(Debug)]
enum Engine {
    Linear(Box<regex::Regex>),
    Bounded(Box<fancy_regex::Regex>),
    /// It could be parsed but not compiled: too large.
    Refused,
}

/// One match: the whole and its groups, group 0 left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// In the text that was searched.
    pub span: Span,
    /// Groups in order; `None` took no part.
    pub groups: Vec<Option<Span>>,
}

impl Matcher {
    /// Compiles a pattern that [`translate`] gave; the error says in one line what is wrong.
    pub fn new(source: String) -> Result<Self, String> {
        if source.len() > MAX_PATTERN {
            return Err(format!("the pattern is longer than {} kB", MAX_PATTERN >> 10));
        }
        let parsed = regex_syntax::ParserBuilder::new().nest_limit(200).build().parse(&source);
        let (hir, engine) = match parsed {
            Ok(hir) => (Some(hir), OnceLock::new()),
            Err(error) => match bounded(&source) {
                Ok(engine) => (without_lookaround(&source), OnceLock::from(engine)),
                Err(message) => return Err(message.unwrap_or_else(|| one_line(&error.to_string()))),
            },
        };
        Ok(Matcher { source, hir, engine })
    }

    /// The pattern in this engine's spelling.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// What the pattern demands at least, for the prefilter; `None` where nothing can be said.
    pub fn hir(&self) -> Option<&Hir> {
        self.hir.as_ref()
    }

    /// Whether there is a match. A search that gave up found none.
    pub fn is_match(&self, text: &str) -> bool {
        match self.engine() {
            Engine::Linear(regex) => regex.is_match(text),
            Engine::Bounded(_) => self.first(text).is_some(),
            Engine::Refused => false,
        }
    }

    /// The first match.
    pub fn first(&self, text: &str) -> Option<Match> {
        self.matches(text).into_iter().next()
    }

    /// All matches from the left, none overlapping. Where the step limit is met, what was found before it counts.
    pub fn matches(&self, text: &str) -> Vec<Match> {
        match self.engine() {
            Engine::Linear(regex) => regex.captures_iter(text).map(|found| linear_match(&found)).collect(),
            Engine::Bounded(regex) => {
                let mut found = Vec::new();
                for window in windows(text) {
                    bounded_matches(regex, window, text, &mut found);
                }
                found
            }
            Engine::Refused => Vec::new(),
        }
    }

    fn engine(&self) -> &Engine {
        self.engine.get_or_init(|| {
            let built = regex::RegexBuilder::new(&self.source).size_limit(MAX_PROGRAM).build();
            built.map_or(Engine::Refused, |regex| Engine::Linear(Box::new(regex)))
        })
    }
}

fn linear_match(found: &regex::Captures<'_>) -> Match {
    let mut spans = found.iter().map(|group| group.map(|m| Span::from(m.range())));
    let span = spans.next().flatten().unwrap_or_default();
    Match { span, groups: spans.collect() }
}

/// The error is `None` where the pattern is wrong for the linear engine's reasons alone.
fn bounded(source: &str) -> Result<Engine, Option<String>> {
    let built = fancy_regex::RegexBuilder::new(source)
        .backtrack_limit(BACKTRACK_LIMIT)
        .delegate_size_limit(MAX_PROGRAM)
        .build();
    match built {
        Ok(regex) => Ok(Engine::Bounded(Box::new(regex))),
        Err(fancy_regex::Error::CompileError(_)) => Err(None),
        Err(error) => Err(Some(one_line(&error.to_string()))),
    }
}

fn bounded_matches(regex: &fancy_regex::Regex, window: Span, text: &str, out: &mut Vec<Match>) {
    let part = window.of(text);
    let mut at = 0;
    while at <= part.len() {
        // An error is the step limit: this window is given up, the next is searched.
        let Ok(Some(found)) = regex.captures_from_pos(part, at) else { return };
        let mut spans = (0..found.len())
            .map(|i| found.get(i).map(|m| Span::new(window.start + m.start(), window.start + m.end())));
        let Some(span) = spans.next().flatten() else { return };
        at = span.end - window.start;
        if span.is_empty() {
            at += part[at..].chars().next().map_or(1, char::len_utf8);
        }
        out.push(Match { span, groups: spans.collect() });
    }
}

/// Cuts a long text at blank lines, or at line ends where there are none.
fn windows(text: &str) -> Vec<Span> {
    let mut windows = Vec::new();
    let mut start = 0;
    while text.len() - start > WINDOW {
        let rest = &text.as_bytes()[start + WINDOW..];
        let blank = rest.windows(2).position(|pair| pair == b"\n\n").map(|at| at + 2);
        let line = || rest.iter().position(|byte| *byte == b'\n').map(|at| at + 1);
        let Some(cut) = blank.filter(|at| *at < WINDOW).or_else(line) else { break };
        windows.push(Span::new(start, start + WINDOW + cut));
        start += WINDOW + cut;
    }
    windows.push(Span::new(start, text.len()));
    windows
}

/// The pattern with every lookaround cut out, parsed: it matches at least all that the whole one does.
fn without_lookaround(source: &str) -> Option<Hir> {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        if c == '\\' {
            let len = 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
            out.push_str(&rest[..len]);
            rest = &rest[len..];
        } else if ["(?=", "(?!", "(?<=", "(?<!"].iter().any(|open| rest.starts_with(open)) {
            rest = &rest[group_len(rest)..];
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    regex_syntax::parse(&out).ok()
}

/// The length of the group that `text` starts with.
fn group_len(text: &str) -> usize {
    let (mut depth, mut escaped) = (0usize, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '(' => depth += 1,
            ')' if depth <= 1 => return at + 1,
            ')' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

/// Parser errors draw the pattern over several lines; the last says what is wrong.
fn one_line(error: &str) -> String {
    error.lines().last().unwrap_or(error).trim().trim_start_matches("error: ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_in_one_line_what_is_wrong() {
        for (pattern, expected) in [("a(b", "Opening parenthesis"), ("a[b", "")] {
            let error = Matcher::new(pattern.to_string()).expect_err(pattern);
            assert!(error.contains(expected) && !error.contains('\n'), "{pattern}: {error}");
        }
    }

    #[test]
    fn a_hostile_pattern_gives_up_and_the_next_text_is_searched() {
        let matcher = Matcher::new(r"(?=(a+)+$)(a+)+b|(?<=x)y".to_string()).expect("pattern");
        assert!(matches!(matcher.engine(), Engine::Bounded(_)));
        assert_eq!(matcher.matches(&"a".repeat(5_000)), Vec::new());
        assert_eq!(matcher.matches("xy").len(), 1);
    }

    #[test]
    fn long_texts_are_cut_between_paragraphs() {
        let text = "word here\n\n".repeat(4_000);
        let cuts = windows(&text);
        assert!(cuts.len() > 1);
        assert_eq!((cuts[0].start, cuts[cuts.len() - 1].end), (0, text.len()));
        assert!(cuts.windows(2).all(|pair| pair[0].end == pair[1].start));
        assert!(cuts.iter().all(|cut| cut.of(&text).ends_with("\n\n") && cut.len() < 2 * WINDOW));
        let matcher = Matcher::new("(?<=word )here".to_string()).expect("pattern");
        assert_eq!(matcher.matches(&text).len(), 4_000);
    }
}
