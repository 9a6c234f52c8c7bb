//! Lists of words and phrases, each with a meaning, searched by the words that a text was cut into.

use crate::language::token::{Lexicon, Token, WordId, WordSet, is_one_word, tokenize};

/// Phrases with what each means; the longest that fits wins.
#[derive(Debug, Clone)]
pub(super) struct Phrases<T> {
    /// By first word, then longest first.
    entries: Vec<(Box<[WordId]>, T)>,
    /// All first words, which rule out most places at once.
    first: WordSet,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Phrases { entries: Vec::new(), first: WordSet::default() }
    }
}

impl<T> Phrases<T> {
    /// Sorts `entries`; of equal phrases the first stays.
    pub(super) fn new(mut entries: Vec<(Box<[WordId]>, T)>) -> Self {
        entries.retain(|(words, _)| !words.is_empty());
        entries
            .sort_by(|(a, _), (b, _)| a.first().cmp(&b.first()).then(b.len().cmp(&a.len())).then(a.cmp(b)));
        entries.dedup_by(|later, earlier| later.0 == earlier.0);
        let first = entries.iter().filter_map(|(words, _)| words.first().copied()).collect();
        Phrases { entries, first }
    }

    /// The longest phrase that starts at token `at`: its meaning and the token after it.
    #[inline]
    pub(super) fn at(&self, tokens: &[Token], at: usize) -> Option<(&T, usize)> {
        let first = tokens.get(at)?.word;
        if self.first.contains(first) { self.longest(first, tokens, at) } else { None }
    }

    fn longest(&self, first: WordId, tokens: &[Token], at: usize) -> Option<(&T, usize)> {
        let rest = tokens.get(at..)?;
        self.starting_with(first)
            .iter()
            .find(|(words, _)| words.len() <= rest.len() && words.iter().zip(rest).all(|(w, t)| *w == t.word))
            .map(|(words, meaning)| (meaning, at + words.len()))
    }

    /// All phrases with that first word, the longest first.
    pub(super) fn starting_with(&self, first: WordId) -> &[(Box<[WordId]>, T)] {
        if !self.first.contains(first) {
            return &[];
        }
        let of = |words: &[WordId]| words.first().copied();
        let from = self.entries.partition_point(|(words, _)| of(words) < Some(first));
        let rest = self.entries.get(from..).unwrap_or(&[]);
        let to = rest.iter().take_while(|(words, _)| of(words) == Some(first)).count();
        rest.get(..to).unwrap_or(&[])
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
