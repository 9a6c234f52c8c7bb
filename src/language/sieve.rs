//! What rules a way through a pattern out before it is tried: what its sentence lacks, and what stands beside its anchor.

use super::matching::contains;
use super::pattern::{ClassId, Element, ElementKind};
use super::table::Table;
use super::token::{Token, WordId};
use std::sync::Arc;

/// Words and classes without which a way cannot match, as bits that several of them may share.
#[derive(Debug, Clone, Copy)]
pub(super) struct Needs {
    /// Of each set one word; the sets that are hardest to meet.
    words: [u128; 2],
    /// All of them.
    classes: u128,
}

impl Needs {
    /// Of the elements besides the anchor that cannot be left out.
    pub(super) fn of(elements: &[Element], anchor: usize) -> Needs {
        let mut words = [(u128::MAX, 128); 2];
        let mut classes = 0;
        let others = elements.iter().enumerate().filter(|(at, e)| *at != anchor && !e.optional);
        for (_, element) in others {
            match &element.kind {
                ElementKind::Words(ids) => {
                    let bits = ids.iter().fold(0, |bits, id| bits | bit(id.0));
                    let count = bits.count_ones();
                    if let Some(widest) = words.iter_mut().max_by_key(|(_, count)| *count)
                        && count < widest.1
                    {
                        *widest = (bits, count);
                    }
                }
                ElementKind::Class(class) => classes |= bit(u32::from(class.0)),
                _ => {}
            }
        }
        words.sort_unstable_by_key(|(_, count)| *count);
        Needs { words: words.map(|(bits, _)| bits), classes }
    }

    /// Whether a sentence of these words, with these classes found in it, holds all that is needed.
    #[inline]
    pub(super) fn met(&self, words: &Words, classes: u128) -> bool {
        words.bits & self.words[0] != 0
            && words.bits & self.words[1] != 0
            && classes & self.classes == self.classes
    }
}

/// The needs of many ways at once: which of them a word meets, by the narrowest set of each.
#[derive(Debug, Clone)]
pub(super) struct Sieve {
    /// For each stretch of 64 ways, and in it for each bit of a word: those that it meets.
    met: Vec<[u64; 128]>,
}

impl Sieve {
    /// Of ways in their order.
    pub(super) fn of<'n>(needs: impl Iterator<Item = &'n Needs>) -> Sieve {
        let mut met: Vec<[u64; 128]> = Vec::new();
        for (at, Needs { words: [narrowest, _], .. }) in needs.enumerate() {
            if at % 64 == 0 {
                met.push([0; 128]);
            }
            let Some(rows) = met.last_mut() else { continue };
            let mut open = *narrowest;
            while open != 0 {
                rows[open.trailing_zeros() as usize] |= 1 << (at % 64);
                open &= open - 1;
            }
        }
        Sieve { met }
    }

    /// Hands on the place of each way whose narrowest set a sentence of these words meets.
    #[inline]
    pub(super) fn through(&self, words: &Words, mut take: impl FnMut(usize)) {
        for (stretch, rows) in self.met.iter().enumerate() {
            let places = words.places.iter().take(words.count);
            let mut met = places.fold(0, |met, place| met | rows[usize::from(*place) % 128]);
            while met != 0 {
                take(64 * stretch + met.trailing_zeros() as usize);
                met &= met - 1;
            }
        }
    }
}

/// The words of a sentence, as bits that several words may share.
#[derive(Debug)]
pub(super) struct Words {
    bits: u128,
    /// Where bits are set, and how many are.
    places: [u8; 128],
    count: usize,
}

impl Words {
    /// Of a sentence.
    pub(super) fn of(tokens: &[Token]) -> Words {
        let mut words = Words { bits: 0, places: [0; 128], count: 0 };
        for token in tokens {
            let bit = bit(token.word.0);
            if words.bits & bit == 0
                && let Some(place) = words.places.get_mut(words.count)
            {
                *place = (token.word.0 % 128) as u8;
                words.bits |= bit;
                words.count += 1;
            }
        }
        words
    }
}

/// The bit of a word or class in a set of what a sentence holds.
pub(super) fn bit(number: u32) -> u128 {
    1 << (number % 128)
}

/// The element next to an anchor, where it takes a word or class and cannot be left out.
#[derive(Debug, Clone)]
pub(super) enum Beside {
    Nothing,
    After(Arc<[WordId]>),
    ClassAfter(ClassId),
    Before(Arc<[WordId]>),
}

impl Beside {
    /// Of the elements right beside the anchor.
    pub(super) fn of(elements: &[Element], anchor: usize) -> Beside {
        let kind = |at: Option<usize>| match at.and_then(|at| elements.get(at)) {
            Some(Element { kind, optional: false, .. }) => Some(kind),
            _ => None,
        };
        match (kind(anchor.checked_sub(1)), kind(Some(anchor + 1))) {
            (_, Some(ElementKind::Words(words))) => Beside::After(words.clone()),
            (Some(ElementKind::Words(words)), _) => Beside::Before(words.clone()),
            (_, Some(ElementKind::Class(class))) => Beside::ClassAfter(*class),
            _ => Beside::Nothing,
        }
    }

    /// Whether it stands beside an anchor that takes the tokens `start..end`.
    pub(super) fn stands(&self, start: usize, end: usize, tokens: &[Token], table: &Table) -> bool {
        let holds = |at: Option<usize>, words: &[WordId]| {
            at.and_then(|at| tokens.get(at)).is_some_and(|t| contains(words, t.word))
        };
        match self {
            Beside::Nothing => true,
            Beside::After(words) => holds(Some(end), words),
            Beside::ClassAfter(class) => table.class_at(end, *class).is_some(),
            Beside::Before(words) => holds(start.checked_sub(1), words),
        }
    }
}
