//! Names in drafts that look like a model's and that no fact file knows, for `init`: words with capitals and a version
//! number behind them, in a draft that speaks of models.

use super::desk::Standing;
use crate::draft::Draft;
use crate::language::token::{Token, tokenize};
use crate::text::{Encoding, LineIndex, Span};
use crate::value::Kind;
use regex::Regex;
use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

/// Up to four words with capitals, a version, and up to two words more: `Otter 2`, `Otter-2.5 Mini`, `OTR4`.
static NAME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let words = r"\p{Lu}[\p{L}\p{M}]*(?:[- ]\p{Lu}[\p{L}\p{M}]*){0,3}";
    let version = r"(?:[- ]?[Vv]?\d{1,3}(?:\.\d{1,2})?\p{Ll}?)";
    let more = r"(?:[- ](?:\p{Lu}[\p{L}\p{M}]+|\d{1,3}[BM])){0,2}";
    Regex::new(&format!(r"\b{words}{version}{more}\b")).ok()
});

/// What the drafts hold of such names.
#[derive(Default)]
pub struct Unknown {
    names: BTreeMap<String, Seen>,
    /// Words that stand in small letters somewhere, so that with a capital they start a sentence or a label: `Table 2`.
    common: HashSet<String>,
}

/// Where a name was seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// How often.
    pub count: usize,
    /// The first place, `draft.md:3`.
    pub first: String,
}

/// A draft's part, gathered apart so that drafts may be read in parallel.
#[derive(Default)]
pub struct Gathered {
    names: Vec<(String, String)>,
    common: HashSet<String>,
}

impl Gathered {
    /// The names of one draft.
    pub fn of(standing: &Standing, path: &str, draft: &Draft) -> Self {
        let reader = &standing.built.checker.reader;
        let mut gathered = Gathered::default();
        let (mut domain, mut tokens, mut known) = (false, Vec::new(), Vec::new());
        let lines = LineIndex::new(&draft.source);
        for block in &draft.blocks {
            tokens.clear();
            known.clear();
            tokenize(&block.text, &reader.lexicon, &mut tokens);
            domain = domain || tokens.iter().any(|token| reader.language.domain.contains(token.word));
            reader.names.find(&block.text, &tokens, false, &mut known);
            let span = |start: &Token, end: &Token| Span::new(start.span.start, end.span.end);
            let taken: Vec<Span> = known
                .iter()
                .filter_map(|n| Some(span(tokens.get(n.start)?, tokens.get(n.end.checked_sub(1)?)?)))
                .collect();
            let values = reader.vocabulary.find(&block.text, &tokens).into_iter();
            let other = |kind: &Kind| matches!(kind, Kind::Date(_) | Kind::Licence(_) | Kind::Money { .. });
            let other: Vec<Span> =
                values.filter(|value| other(&value.kind)).map(|value| value.span).collect();
            for found in NAME.iter().flat_map(|name| name.find_iter(&block.text)) {
                let place = Span::new(found.start(), found.end());
                if taken.iter().any(|span| span.contains(place))
                    || other.iter().any(|span| span.overlaps(place))
                {
                    continue;
                }
                let line = lines.position(block.map.to_source(place).start, Encoding::Utf8).line + 1;
                gathered.names.push((found.as_str().to_string(), format!("{path}:{line}")));
            }
            let words = block.text.split(|c: char| !c.is_alphabetic());
            let small = words.filter(|word| word.starts_with(char::is_lowercase));
            gathered.common.extend(small.map(str::to_string));
        }
        if !domain {
            gathered.names.clear();
        }
        gathered
    }
}

impl Unknown {
    /// Adds a draft's.
    pub fn add(&mut self, gathered: Gathered) {
        self.common.extend(gathered.common);
        for (name, place) in gathered.names {
            let seen = self.names.entry(name).or_insert(Seen { count: 0, first: place });
            seen.count += 1;
        }
    }

    /// The names, the most frequent first.
    pub fn names(&self) -> Vec<(&str, &Seen)> {
        let first = |name: &str| name.split([' ', '-']).next().unwrap_or(name).to_lowercase();
        let mut names: Vec<_> = self.names.iter().map(|(name, seen)| (name.as_str(), seen)).collect();
        names.retain(|(name, _)| !self.common.contains(&first(name)) && !is_code(name));
        names.sort_by_key(|(name, seen)| (std::cmp::Reverse(seen.count), *name));
        names
    }
}

/// Whether a name starts with a code of capitals and digits, as data types, chips and years of account have them.
fn is_code(name: &str) -> bool {
    let word = name.split([' ', '-']).next().unwrap_or(name);
    word.contains(|c: char| c.is_ascii_digit()) && !word.contains(char::is_lowercase)
}
