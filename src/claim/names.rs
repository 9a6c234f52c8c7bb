//! Names of subjects in a sentence: full names, short names after introduction, and what must not be taken for one.

use crate::knowledge::{Knowledge, SubjectId};
use crate::language::pattern::intern_phrase;
use crate::language::token::{Lexicon, Shape, Token, WordHasher, WordId, WordSet};
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use std::collections::{BTreeSet, HashMap};
use std::hash::BuildHasherDefault;

/// All names of all subjects, by first word.
#[derive(Debug, Clone, Default)]
pub struct Names {
    by_first: HashMap<WordId, Vec<Name>, BuildHasherDefault<WordHasher>>,
    /// All first words, which rule out most places at once.
    first: WordSet,
    search: Search,
}

/// Finds a part of every name in one pass; `None` where some name has no part that can be searched for.
#[derive(Debug, Clone, Default)]
pub struct Search(Option<AhoCorasick>);

impl Search {
    /// For the names of all subjects.
    pub fn new(knowledge: &Knowledge) -> Search {
        let aliases = knowledge.subjects.iter().flat_map(|s| &s.aliases);
        Search(parts(aliases.map(|a| a.text.as_str())).and_then(|parts| {
            let kind = Some(AhoCorasickKind::DFA);
            let parts = parts.into_iter().chain([KELVIN.to_string()]);
            AhoCorasick::builder().ascii_case_insensitive(true).kind(kind).build(parts).ok()
        }))
    }
}

#[derive(Debug, Clone)]
struct Name {
    words: Vec<WordId>,
    subject: SubjectId,
    /// As written, where capitals matter.
    written: Option<Vec<String>>,
    short: bool,
    not_before: Vec<WordId>,
    not_after: Vec<WordId>,
}

/// A name found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// Whose name it is.
    pub subject: SubjectId,
    /// Whether it stands for the subject only where that was introduced.
    pub short: bool,
    /// Whether it is a part of another thing's name.
    pub foreign: bool,
}

impl Names {
    /// Files every alias under its first word.
    pub fn new(knowledge: &Knowledge, search: Search, lexicon: &mut Lexicon) -> Names {
        let mut names = Names { search, ..Names::default() };
        for (index, subject) in knowledge.subjects.iter().enumerate() {
            for alias in &subject.aliases {
                let words = intern_phrase(&alias.text, lexicon);
                let Some(first) = words.first().copied() else { continue };
                let word = |w: &String| intern_phrase(w, lexicon).first().copied();
                let not_before: Vec<WordId> = alias.not_before.iter().filter_map(word).collect();
                let word = |w: &String| intern_phrase(w, lexicon).last().copied();
                let not_after = alias.not_after.iter().filter_map(word).collect();
                let written = alias.case_sensitive.then(|| pieces(&alias.text, lexicon));
                let subject = SubjectId(index as u32);
                let short = alias.when_introduced;
                let name = Name { words, subject, written, short, not_before, not_after };
                names.by_first.entry(first).or_default().push(name);
            }
        }
        for list in names.by_first.values_mut() {
            list.sort_by_key(|n| (std::cmp::Reverse(n.words.len()), n.subject));
        }
        names.first = names.by_first.keys().copied().collect();
        names
    }

    /// Whether some name may stand in a text; false only where none does.
    pub fn may_stand_in(&self, text: &str) -> bool {
        let Search(Some(parts)) = &self.search else { return true };
        let inside = |at: Option<usize>| {
            at.and_then(|at| text.as_bytes().get(at)).is_some_and(u8::is_ascii_alphanumeric)
        };
        parts.find_overlapping_iter(text).any(|found| {
            let whole = !inside(found.start().checked_sub(1)) && !inside(Some(found.end()));
            whole || text.get(found.range()) == Some(KELVIN)
        })
    }

    /// The names in `tokens` of `text`, leftmost first, the longest at each place, none inside another, with the short ones
    /// that are a part of another thing's name. `any_case` lets names that want their capitals pass without, for drafts
    /// written in small letters throughout.
    pub fn find(&self, text: &str, tokens: &[Token], any_case: bool, out: &mut Vec<Named>) {
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            if !self.first.contains(token.word) {
                at += 1;
                continue;
            }
            let names = self.by_first.get(&token.word).map(Vec::as_slice).unwrap_or_default();
            let next = tokens.get(at + 1).map(|t| t.word);
            let mut names = names.iter().filter(|n| n.words.get(1).is_none_or(|word| Some(*word) == next));
            match names.clone().find(|n| n.stands_at(at, text, tokens, any_case)) {
                Some(name) => {
                    let end = at + name.words.len();
                    let (subject, short) = (name.subject, name.short);
                    out.push(Named { start: at, end, subject, short, foreign: false });
                    at = end;
                }
                None => {
                    let foreign =
                        |n: &&Name| n.short && n.written_at(at, text, tokens, false) && n.guarded(at, tokens);
                    out.extend(names.by_ref().filter(foreign).map(|n| Named {
                        start: at,
                        end: at + n.words.len(),
                        subject: n.subject,
                        short: true,
                        foreign: true,
                    }));
                    at += 1;
                }
            }
        }
    }
}

impl Name {
    fn stands_at(&self, at: usize, text: &str, tokens: &[Token], any_case: bool) -> bool {
        let after = tokens.get(at + self.words.len());
        self.written_at(at, text, tokens, any_case)
            && !self.guarded(at, tokens)
            && !(after.is_some_and(|t| t.joined && t.shape == Shape::Number) && self.short)
    }

    fn written_at(&self, at: usize, text: &str, tokens: &[Token], any_case: bool) -> bool {
        let Some(here) = tokens.get(at..at + self.words.len()) else { return false };
        let same = here.iter().zip(&self.words).all(|(t, w)| t.word == *w);
        let cased = |written: &Vec<String>| here.iter().zip(written).all(|(t, w)| t.span.of(text) == w);
        same && (any_case || self.written.as_ref().is_none_or(cased))
    }

    /// Whether the word before or after makes it another's name.
    fn guarded(&self, at: usize, tokens: &[Token]) -> bool {
        let before = at.checked_sub(1).and_then(|b| tokens.get(b));
        let after = tokens.get(at + self.words.len());
        before.is_some_and(|t| self.not_after.contains(&t.word))
            || after.is_some_and(|t| self.not_before.contains(&t.word))
    }
}

/// The one character outside ASCII that lower-cases into it, and so may stand for a letter of a name.
const KELVIN: &str = "\u{212a}";

/// Runs of ASCII letters and digits, in lower case, of which every name holds one: few, so that they are searched for fast.
/// `None` where some name holds none.
fn parts<'a>(names: impl Iterator<Item = &'a str>) -> Option<BTreeSet<String>> {
    let mut names: Vec<Vec<&str>> = names
        .map(|name| name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|run| run.len() > 1).collect())
        .collect();
    // Those of one run have no choice, and most others hold one of theirs.
    names.sort_by_key(Vec::len);
    let mut parts = BTreeSet::new();
    for runs in names {
        // A run with a capital is rarer in prose, and so is a long one.
        let rarest = runs.iter().max_by_key(|run| (run.contains(char::is_uppercase), run.len()))?;
        if !runs.iter().any(|run| parts.contains(&run.to_ascii_lowercase())) {
            parts.insert(rarest.to_ascii_lowercase());
        }
    }
    Some(parts)
}

fn pieces(text: &str, lexicon: &Lexicon) -> Vec<String> {
    let mut tokens = Vec::new();
    crate::language::token::tokenize(text, lexicon, &mut tokens);
    tokens.iter().map(|t| t.span.of(text).to_string()).collect()
}
