//! What is found in one sentence: slots, classes and patterns, by place.

use super::grammar::PatternId;
use super::pattern::ClassId;
use super::sieve::bit;

/// Something of a class at a place: tokens `start..end` of the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Which class or slot.
    pub class: ClassId,
    /// First token.
    pub start: u16,
    /// One past the last token.
    pub end: u16,
    /// For slots: which mention or value, as the caller numbers them.
    pub payload: u32,
}

/// A pattern found in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Which.
    pub pattern: PatternId,
    /// First token.
    pub start: u16,
    /// One past the last token.
    pub end: u16,
    /// What labelled elements took: label number, hit index.
    pub captures: Vec<(u8, u32)>,
    /// Which of its first 64 tokens it read by word or class, as bits from `start`; the others fell into a gap.
    pub read: u64,
}

impl Match {
    /// Whether it read all of these tokens itself rather than passing over one in a gap.
    pub fn reads(&self, start: u16, end: u16) -> bool {
        (start..end).all(|t| {
            let at = t.checked_sub(self.start).filter(|_| t < self.end);
            at.is_some_and(|at| at < 64 && self.read & (1 << at) != 0)
        })
    }

    /// Whether it read every token that another one read, and more.
    pub fn covers(&self, other: &Match) -> bool {
        self.read.count_ones() > other.read.count_ones()
            && (other.start..other.end).all(|t| !other.reads(t, t + 1) || self.reads(t, t + 1))
    }
}

/// What is found in one sentence; reused from sentence to sentence.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Slots given by the caller, then classes found.
    pub hits: Vec<Hit>,
    /// Patterns found.
    pub matches: Vec<Match>,
    /// The classes of all hits, as bits that several classes may share.
    pub(super) classes: u128,
    /// The same of the hits that start at each token.
    starting: Vec<u128>,
    first: Vec<u32>,
    next: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl Table {
    /// Empties it for a sentence of that many tokens.
    pub fn clear(&mut self, tokens: usize) {
        self.hits.clear();
        self.matches.clear();
        self.classes = 0;
        self.next.clear();
        self.first.clear();
        self.first.resize(tokens + 1, NONE);
        self.starting.clear();
        self.starting.resize(tokens + 1, 0);
    }

    /// Adds a hit; gives its index. A hit outside the sentence is dropped and a hit known already is not added again.
    pub fn add(&mut self, hit: Hit) -> Option<u32> {
        let head = *self.first.get(hit.start as usize)?;
        if hit.end as usize >= self.first.len() || hit.end <= hit.start {
            return None;
        }
        if self.at(hit.start as usize).any(|(_, h)| *h == hit) {
            return None;
        }
        let index = self.hits.len() as u32;
        self.hits.push(hit);
        self.classes |= bit(u32::from(hit.class.0));
        self.starting[hit.start as usize] |= bit(u32::from(hit.class.0));
        self.next.push(head);
        self.first[hit.start as usize] = index;
        Some(index)
    }

    /// The hits that start at a token, with their indexes.
    pub fn at(&self, token: usize) -> impl Iterator<Item = (u32, &Hit)> {
        let mut index = self.first.get(token).copied().unwrap_or(NONE);
        std::iter::from_fn(move || {
            let hit = self.hits.get(index as usize)?;
            let this = index;
            index = self.next[index as usize];
            Some((this, hit))
        })
    }

    /// Whether a hit of a class may start at a token; false only where none does.
    #[inline]
    pub(super) fn may_start(&self, token: usize, class: ClassId) -> bool {
        self.starting.get(token).is_some_and(|held| held & bit(u32::from(class.0)) != 0)
    }

    /// The longest hit of a class that starts at a token.
    #[inline]
    pub fn class_at(&self, token: usize, class: ClassId) -> Option<&Hit> {
        if !self.may_start(token, class) {
            return None;
        }
        self.at(token).map(|(_, h)| h).filter(|h| h.class == class).max_by_key(|h| h.end)
    }

    /// Whether some hit of the class covers the token.
    pub fn covers(&self, token: usize, class: ClassId) -> bool {
        self.hits.iter().any(|h| h.class == class && (h.start as usize) <= token && token < h.end as usize)
    }
}
