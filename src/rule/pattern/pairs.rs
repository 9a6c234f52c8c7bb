//! Consistency: one of two, not both. Conditional: if the one, then the other.

use super::regex::Matcher;
use super::rule::{Hit, Memory, Reader};
use super::words::{Exceptions, compile};
use crate::yaml::Fields;

/// Of each pair only one may stand in a draft.
#[derive(Debug)]
pub struct Consistency {
    pairs: Vec<Matcher>,
}

impl Consistency {
    /// Reads `either`, `nonword`, `ignorecase`.
    pub fn read(reader: &Reader<'_>, fields: &mut Fields<'_>) -> Option<Self> {
        let words = reader.words(fields);
        let either = fields.required("either")?;
        let mut pairs = Vec::new();
        for (first, _, second) in either.entries() {
            let parts =
                [first, second.str()?].map(|token| (second.clone(), words.token_without_groups(token)));
            let [(_, one), (_, other)] = &parts;
            pairs.push(compile(words.pattern(&format!("({one})|({other})")), &parts)?);
        }
        if pairs.is_empty() {
            either.problem("expected `one: other`");
            return None;
        }
        Some(Consistency { pairs })
    }

    /// For each pair: the last match of a stretch that holds one of it, once both were seen in the draft.
    pub fn run(&self, text: &str, memory: &mut Memory) -> Vec<Hit> {
        let mut hits = Vec::new();
        for (pair, pattern) in self.pairs.iter().enumerate() {
            let mut last = None;
            for found in pattern.matches(text) {
                let side = found.groups.iter().position(Option::is_some);
                if let Some(side) = side {
                    memory.see(format!("{pair}.{side}"));
                    last = found.groups[side];
                }
            }
            let both = (0..2).all(|side| memory.has(&format!("{pair}.{side}")));
            if let (Some(span), true) = (last, both) {
                hits.push(Hit { span, args: vec![span.of(text).to_string()], ..Hit::default() });
            }
        }
        hits
    }

    /// The patterns, for the prefilter.
    pub fn patterns(&self) -> impl Iterator<Item = &Matcher> {
        self.pairs.iter()
    }
}

/// Where `first` stands, `second` must have stood.
#[derive(Debug)]
pub struct Conditional {
    first: Matcher,
    second: Matcher,
    /// `second` captures what `first` may be; otherwise it must stand in the same stretch.
    defines: bool,
    exceptions: Exceptions,
}

impl Conditional {
    /// Reads `first`, `second`, `ignorecase`, `exceptions`, `vocab`.
    pub fn read(reader: &Reader<'_>, fields: &mut Fields<'_>) -> Option<Self> {
        let words = reader.words(fields);
        let exceptions = reader.exceptions(fields, words, true)?;
        let (first, second) = (fields.required("first"), fields.required("second"));
        let pattern = |item: Option<crate::yaml::Item<'_>>| {
            let item = item?;
            let token = words.token(item.str()?);
            compile(token.clone(), &[(item, token)])
        };
        let (first, second) = (pattern(first)?, pattern(second)?);
        let count = |what: &str| second.source().matches(what).count();
        let defines = count("(") > count("(?") + count(r"\(");
        Some(Conditional { first, second, defines, exceptions })
    }

    /// Every match of `first` for which there is no `second`.
    pub fn run(&self, text: &str, memory: &mut Memory) -> Vec<Hit> {
        if self.defines {
            for found in self.second.matches(text) {
                found.groups.iter().flatten().for_each(|span| memory.see(span.of(text).to_string()));
            }
        } else if self.second.is_match(text) {
            return Vec::new();
        }
        let cover = self.exceptions.over(text);
        let found = self.first.matches(text).into_iter();
        let open = |span: crate::text::Span| !(self.defines && memory.has(span.of(text)));
        found.filter(|m| open(m.span) && !cover.covers(m.span)).map(|m| Hit::of(text, m)).collect()
    }

    /// The pattern without which there is no finding. A definition counts wherever it stands, so it needs running too.
    pub fn patterns(&self) -> impl Iterator<Item = &Matcher> {
        [&self.first, &self.second].into_iter().take(if self.defines { 2 } else { 1 })
    }
}
