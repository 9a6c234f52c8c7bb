//! All words that files name, as numbers, and sets of them.

use super::token::fold;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A word of a [`Lexicon`]; `UNKNOWN` for every word that no pattern, list or alias names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct WordId(pub u32);

impl WordId {
    /// A word that nothing names.
    pub const UNKNOWN: WordId = WordId(0);
}

/// All words that some pattern, list or alias names, lower-cased. Built once per process.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    short: HashMap<Short, WordId, BuildHasherDefault<WordHasher>>,
    long: HashMap<Box<str>, WordId, BuildHasherDefault<WordHasher>>,
}

/// The bytes of a short word, and in the last of sixteen how many they are: compared and hashed as two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Short(u64, u64);

/// Bytes of the longest short word.
const SHORT: usize = 15;

impl Short {
    fn of(word: &[u8]) -> Option<Short> {
        let mut bytes = [0; SHORT + 1];
        bytes.get_mut(..word.len()).filter(|_| word.len() <= SHORT)?.copy_from_slice(word);
        Some(Short::packed(u128::from_le_bytes(bytes), word.len()))
    }

    fn packed(bytes: u128, length: usize) -> Short {
        let all = bytes | (length as u128) << (8 * SHORT);
        Short(all as u64, (all >> 64) as u64)
    }
}

/// Hashes short words fast. What is hashed into a table comes from rule files, never from a draft, so nobody can make
/// its entries collide from there.
#[derive(Debug, Clone, Copy, Default)]
pub struct WordHasher(u64);

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        let mut eights = bytes.chunks_exact(8);
        for eight in &mut eights {
            self.add(<[u8; 8]>::try_from(eight).map_or(0, u64::from_le_bytes));
        }
        self.add(eights.remainder().iter().fold(bytes.len() as u64, |n, byte| n << 8 | u64::from(*byte)));
    }

    fn write_u8(&mut self, _: u8) {}

    fn write_u32(&mut self, number: u32) {
        self.add(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.add(number);
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
}

impl WordHasher {
    fn add(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x51_7c_c1_b7_27_22_0a_95);
    }
}

impl Lexicon {
    /// An empty one with room for so many words.
    pub fn with_room(words: usize) -> Lexicon {
        let mut lexicon = Lexicon::default();
        lexicon.short.reserve(words);
        lexicon
    }

    /// The word's number, given now if it has none. `word` is lower-cased first.
    pub fn intern(&mut self, word: &str) -> WordId {
        let plain = word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        let mut folded = String::new();
        if !plain {
            fold(word, &mut folded);
        }
        let folded = if plain { word } else { folded.as_str() };
        let next = WordId(self.len() as u32 + 1);
        if let Some(short) = Short::of(folded.as_bytes()) {
            return *self.short.entry(short).or_insert(next);
        }
        if let Some(known) = self.long.get(folded) {
            return *known;
        }
        self.long.insert(folded.into(), next);
        next
    }

    /// The word's number, or `UNKNOWN`. `folded` must be lower-cased already.
    pub fn get(&self, folded: &str) -> WordId {
        let known = match Short::of(folded.as_bytes()) {
            Some(short) => self.short.get(&short),
            None => self.long.get(folded),
        };
        known.copied().unwrap_or(WordId::UNKNOWN)
    }

    /// The number of the word that stands in `text` from byte `start` to `end`, in any letter case: ASCII letters and
    /// digits alone.
    pub fn find(&self, text: &str, start: usize, end: usize) -> WordId {
        let length = end.saturating_sub(start);
        if length <= SHORT {
            let bytes = sixteen(text.as_bytes().get(start..).unwrap_or_default());
            // The bit that parts capitals from small letters is set in digits, too.
            let small = u128::from_le_bytes([b' '; SHORT + 1]);
            let here = (1 << (8 * length)) - 1;
            let short = Short::packed((u128::from_le_bytes(bytes) | small) & here, length);
            return self.short.get(&short).copied().unwrap_or(WordId::UNKNOWN);
        }
        self.get(&text.get(start..end).unwrap_or_default().to_ascii_lowercase())
    }

    /// How many words it knows.
    pub fn len(&self) -> usize {
        self.short.len() + self.long.len()
    }

    /// Whether it knows none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The first sixteen bytes, zeros for those that are not there.
#[inline]
fn sixteen(bytes: &[u8]) -> [u8; SHORT + 1] {
    match bytes.first_chunk() {
        Some(all) => *all,
        None => std::array::from_fn(|at| bytes.get(at).copied().unwrap_or(0)),
    }
}

/// A set of words, asked for each word of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordSet {
    /// A bit for each number.
    bits: Vec<u64>,
}

impl WordSet {
    /// Whether a word is in it.
    #[inline]
    pub fn contains(&self, word: WordId) -> bool {
        self.bits.get(word.0 as usize / 64).is_some_and(|bits| bits >> (word.0 % 64) & 1 == 1)
    }

    /// Puts a word into it.
    pub fn insert(&mut self, word: WordId) {
        let at = word.0 as usize / 64;
        if self.bits.len() <= at {
            self.bits.resize(at + 1, 0);
        }
        self.bits[at] |= 1 << (word.0 % 64);
    }
}

impl FromIterator<WordId> for WordSet {
    fn from_iter<I: IntoIterator<Item = WordId>>(words: I) -> WordSet {
        let mut set = WordSet::default();
        words.into_iter().for_each(|word| set.insert(word));
        set
    }
}
