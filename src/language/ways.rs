//! Ways through patterns, the elements of all of them in one stretch of memory.

use super::pattern::Element;
use std::mem::{replace, take};
use std::ops::Range;

/// Ways through patterns, one after another.
#[derive(Debug, Clone, Default)]
pub(super) struct Ways {
    elements: Vec<Element>,
    ends: Vec<usize>,
}

impl Ways {
    /// None yet, with room for so many elements.
    pub(super) fn with_room(elements: usize) -> Ways {
        Ways { elements: Vec::with_capacity(elements), ends: Vec::new() }
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Each with its elements in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[Element]> {
        self.since(0)
    }

    /// Those after the first so many.
    pub(super) fn since(&self, first: usize) -> impl Iterator<Item = &[Element]> {
        self.ranges(first).map(|range| self.elements.get(range).unwrap_or_default())
    }

    /// Where each after the first so many stands among the elements of all.
    pub(super) fn ranges(&self, first: usize) -> impl Iterator<Item = Range<usize>> {
        let (before, after) = self.ends.split_at(first.min(self.ends.len()));
        let start = before.last().copied().unwrap_or_default();
        after.iter().scan(start, |from, end| Some(replace(from, *end)..*end))
    }

    /// The elements of all, one way after another.
    pub(super) fn into_elements(self) -> Vec<Element> {
        self.elements
    }

    /// One way of these elements.
    pub(super) fn of(elements: Vec<Element>) -> Ways {
        Ways { ends: vec![elements.len()], elements }
    }

    /// Its only element, where it is one way of one.
    pub(super) fn only(&mut self) -> Option<&mut Element> {
        match (self.ends.len(), self.elements.as_mut_slice()) {
            (1, [only]) => Some(only),
            _ => None,
        }
    }

    /// Adds an element to the way that is not ended yet.
    pub(super) fn step(&mut self, element: Element) {
        self.elements.push(element);
    }

    /// Ends the way that was added to.
    pub(super) fn end(&mut self) {
        self.ends.push(self.elements.len());
    }

    /// Adds a way.
    pub(super) fn push(&mut self, elements: &[Element]) {
        self.elements.extend_from_slice(elements);
        self.end();
    }

    /// Takes out the elements of the way that is not ended yet, as a way of its own.
    pub(super) fn unfinished(&mut self) -> Ways {
        let from = self.ends.last().copied().unwrap_or_default();
        Ways::of(self.elements.split_off(from.min(self.elements.len())))
    }

    pub(super) fn extend(&mut self, more: Ways) {
        let before = self.elements.len();
        self.elements.extend(more.elements);
        self.ends.extend(more.ends.iter().map(|end| before + end));
    }

    /// Goes back to so many ways.
    pub(super) fn truncate(&mut self, ways: usize) {
        self.ends.truncate(ways);
        self.elements.truncate(self.ends.last().copied().unwrap_or_default());
    }

    /// Goes on from each way over the elements between to each of the others.
    pub(super) fn go_on(&mut self, between: &[Element], others: Ways) {
        if self.ends == [0] && between.is_empty() {
            *self = others;
            return;
        }
        let heads = take(self);
        for head in heads.iter() {
            for tail in others.iter() {
                self.elements.reserve(head.len() + between.len() + tail.len());
                [head, between, tail].iter().for_each(|part| self.elements.extend_from_slice(part));
                self.end();
            }
        }
    }
}
