//! Lists of words and phrases, each with a meaning, searched by the words that a text was cut into.

use crate::language::token::{Lexicon, Token, WordHasher, WordId, is_one_word, tokenize};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// Phrases with what each means; the longest that fits wins.
#[derive(Debug, Clone)]
pub(super) struct Phrases<T> {
    /// By first word, then longest first.
    entries: Vec<(Box<[WordId]>, T)>,
    /// Where the entries of each first word start and end.
    by_first: HashMap<WordId, (u32, u32), BuildHasherDefault<WordHasher>>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Phrases { entries: Vec::new(), by_first: HashMap::default() }
    }
}

impl<T> Phrases<T> {
    /// Sorts `entries`; of equal phrases the first stays.
    pub(super) fn new(mut entries: Vec<(Box<[WordId]>, T)>) -> Self {
        entries.retain(|(words, _)| !words.is_empty());
        entries
            .sort_by(|(a, _), (b, _)| a.first().cmp(&b.first()).then(b.len().cmp(&a.len())).then(a.cmp(b)));
        entries.dedup_by(|later, earlier| later.0 == earlier.0);
        let mut by_first: HashMap<_, (u32, u32), _> = HashMap::default();
        for (at, (words, _)) in (0..).zip(&entries) {
            if let Some(first) = words.first() {
                by_first.entry(*first).or_insert((at, at)).1 = at + 1;
            }
        }
        Phrases { entries, by_first }
    }

    /// The longest phrase that starts at token `at`: its meaning and the token after it.
    pub(super) fn at(&self, tokens: &[Token], at: usize) -> Option<(&T, usize)> {
        let rest = tokens.get(at..)?;
        self.starting_with(rest.first()?.word)
            .iter()
            .find(|(words, _)| words.len() <= rest.len() && words.iter().zip(rest).all(|(w, t)| *w == t.word))
            .map(|(words, meaning)| (meaning, at + words.len()))
    }

    /// All phrases with that first word, the longest first.
    pub(super) fn starting_with(&self, first: WordId) -> &[(Box<[WordId]>, T)] {
        let Some((from, to)) = self.by_first.get(&first) else { return &[] };
        self.entries.get(*from as usize..*to as usize).unwrap_or(&[])
    }

    /// All phrases.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&[WordId], &T)> {
        self.entries.iter().map(|(words, meaning)| (&**words, meaning))
    }
}

/// The words of `phrase`, each given a number in `lexicon`.
pub(super) fn intern(phrase: &str, lexicon: &mut Lexicon) -> Box<[WordId]> {
    if is_one_word(phrase) {
        return Box::new([lexicon.intern(phrase)]);
    }
    // A clitic is one only behind a word.
    let clitic = phrase.starts_with('\'') && phrase.len() > 1;
    let phrase = if clitic { format!("x{phrase}") } else { phrase.to_string() };
    let mut tokens = Vec::new();
    tokenize(&phrase, lexicon, &mut tokens);
    let known = |token: &Token| match token.word {
        WordId::UNKNOWN => lexicon.intern(token.span.of(&phrase)),
        word => word,
    };
    tokens.iter().skip(usize::from(clitic)).map(known).collect()
}
