//! Ways through patterns, filed by the word or class that anchors them.

use super::sieve::{Needs, Sieve, Words};

/// Ways by the number of a word or class, in one stretch of memory.
#[derive(Debug, Clone, Default)]
pub(super) struct Anchors {
    /// For each number, where its ways start; one more at the end.
    starts: Vec<u32>,
    ways: Vec<u32>,
    /// Numbers under which there are many ways, of which a sentence's words rule out most at once.
    long: Vec<(usize, Sieve)>,
}

/// So many ways are sifted together.
const MANY: usize = 12;

impl Anchors {
    /// Files ways under numbers; those of one number keep their order.
    pub(super) fn new(filed: Vec<(u32, u32)>, needs: &[Needs]) -> Anchors {
        let numbers = filed.iter().map(|(number, _)| *number as usize + 1).max().unwrap_or(0);
        let mut starts = vec![0; numbers + 1];
        filed.iter().for_each(|(number, _)| starts[*number as usize + 1] += 1);
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let (mut next, mut ways) = (starts.clone(), vec![0; filed.len()]);
        for (number, way) in filed {
            let at = &mut next[number as usize];
            ways[*at as usize] = way;
            *at += 1;
        }
        let mut anchors = Anchors { starts, ways, long: Vec::new() };
        let long = (0..numbers).filter(|number| anchors.of(*number).len() >= MANY);
        let sieve = |number| Sieve::of(anchors.of(number).iter().map(|way| &needs[*way as usize]));
        anchors.long = long.map(|number| (number, sieve(number))).collect();
        anchors
    }

    /// Hands on the ways filed under a number, in order, but for some that a sentence of these words rules out.
    #[inline]
    pub(super) fn each(&self, number: usize, words: &Words, mut take: impl FnMut(u32)) {
        let ways = self.of(number);
        if ways.len() < MANY {
            return ways.iter().for_each(|way| take(*way));
        }
        if let Ok(at) = self.long.binary_search_by_key(&number, |(long, _)| *long) {
            self.long[at].1.through(words, |at| take(ways[at]));
        }
    }

    fn of(&self, number: usize) -> &[u32] {
        match self.starts.get(number..number + 2) {
            Some([from, to]) => &self.ways[*from as usize..*to as usize],
            _ => &[],
        }
    }
}
