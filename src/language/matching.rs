//! One attempt to match one way through a pattern at one place: bounded steps, longest class first, gaps as short as they go.

use super::pattern::{ClassId, Element, ElementKind};
use super::table::Table;
use super::token::{Shape, Token, WordId};

/// What an attempt has taken so far.
#[derive(Debug, Default)]
pub(super) struct Attempt {
    pub(super) captures: Vec<(u8, u32)>,
    pub(super) read: u64,
    origin: usize,
    steps: u32,
}

impl Attempt {
    /// Starts anew at a token.
    pub(super) fn start(&mut self, origin: usize) {
        self.captures.clear();
        (self.read, self.origin, self.steps) = (0, origin, MOST_STEPS);
    }

    fn mark(&mut self, start: usize, end: usize) {
        for bit in start - self.origin..(end - self.origin).min(64) {
            self.read |= 1 << bit;
        }
    }
}

/// Steps that one attempt may take; far above what real sentences need, and what keeps hostile ones linear.
const MOST_STEPS: u32 = 400;

/// Matches `elements` from token `at` on; gives the token after the last one taken. What it marks as read while it fails,
/// whoever tries another way takes back.
pub(super) fn step(
    mut elements: &[Element],
    tokens: &[Token],
    table: &Table,
    mut at: usize,
    attempt: &mut Attempt,
) -> Option<usize> {
    while let Some((element, rest)) = elements.split_first() {
        attempt.steps = attempt.steps.checked_sub(1)?;
        if element.optional {
            let before = attempt.read;
            let taken = take(element, rest, tokens, table, at, attempt);
            if taken.is_some() {
                return taken;
            }
            attempt.read = before;
        } else {
            match &element.kind {
                ElementKind::Class(class) if !table.may_start(at, *class) => return None,
                ElementKind::Class(_) | ElementKind::Gap(..) => {
                    return take(element, rest, tokens, table, at, attempt);
                }
                kind => at = single(kind, tokens, at, attempt)?,
            }
        }
        elements = rest;
    }
    Some(at)
}

/// Whether elements may match from a token on; false only where they do not.
#[inline]
pub(super) fn may_start(elements: &[Element], tokens: &[Token], table: &Table, at: usize) -> bool {
    match elements.first() {
        Some(Element { kind: ElementKind::Words(ids), optional: false, .. }) => {
            tokens.get(at).is_some_and(|t| contains(ids, t.word))
        }
        Some(Element { kind: ElementKind::Class(class), optional: false, .. }) => table.may_start(at, *class),
        _ => true,
    }
}

/// As [`step`], which it spares where it would fail at once.
#[inline]
fn step_on(
    elements: &[Element],
    tokens: &[Token],
    table: &Table,
    at: usize,
    attempt: &mut Attempt,
) -> Option<usize> {
    if may_start(elements, tokens, table, at) {
        return step(elements, tokens, table, at, attempt);
    }
    attempt.steps = attempt.steps.saturating_sub(1);
    None
}

/// Takes an element and all after it.
fn take(
    element: &Element,
    rest: &[Element],
    tokens: &[Token],
    table: &Table,
    at: usize,
    attempt: &mut Attempt,
) -> Option<usize> {
    match &element.kind {
        ElementKind::Class(class) => take_class(*class, element, rest, tokens, table, at, attempt),
        ElementKind::Gap(most, marks) => {
            let aside = if *marks { None } else { past_aside(tokens, at) };
            gap((*most, *marks), rest, tokens, table, at, attempt)
                .or_else(|| gap((*most, *marks), rest, tokens, table, aside?, attempt))
        }
        kind => {
            let next = single(kind, tokens, at, attempt)?;
            step(rest, tokens, table, next, attempt)
        }
    }
}

/// The token after what an element takes that can take it in one way only.
#[inline]
fn single(kind: &ElementKind, tokens: &[Token], at: usize, attempt: &mut Attempt) -> Option<usize> {
    let token = tokens.get(at);
    match kind {
        ElementKind::Words(ids) => {
            token.filter(|t| contains(ids, t.word))?;
            attempt.mark(at, at + 1);
            Some(at + 1)
        }
        ElementKind::Any => token.filter(|t| t.shape != Shape::Mark).map(|_| at + 1),
        ElementKind::Not(ids) => token.is_none_or(|t| !contains(ids, t.word)).then_some(at),
        ElementKind::Start => starts(tokens, at).then_some(at),
        ElementKind::End => {
            let ended = tokens.get(at..).is_none_or(|t| t.iter().all(|t| t.shape == Shape::Mark));
            ended.then_some(at)
        }
        ElementKind::Class(_) | ElementKind::Gap(..) => None,
    }
}

/// Whether a word is among sorted ones, of which there is mostly one.
#[inline]
pub(super) fn contains(ids: &[WordId], word: WordId) -> bool {
    match ids {
        [id] => *id == word,
        ids => ids.binary_search(&word).is_ok(),
    }
}

/// Passes over up to `most` tokens, as few as will do; none of them a mark unless that is allowed.
fn gap(
    (most, marks): (u8, bool),
    rest: &[Element],
    tokens: &[Token],
    table: &Table,
    at: usize,
    attempt: &mut Attempt,
) -> Option<usize> {
    let mut end = at;
    let before = attempt.read;
    for _ in 0..=most {
        if let Some(end) = step_on(rest, tokens, table, end, attempt) {
            return Some(end);
        }
        attempt.read = before;
        match tokens.get(end) {
            Some(t) if marks || t.passed || t.shape != Shape::Mark => end += 1,
            _ => break,
        }
    }
    None
}

/// Tokens that may stand between the two commas of an aside.
const LONGEST_ASIDE: usize = 14;

/// The token after an aside between commas that starts at a token ("X, which Y led, came out").
fn past_aside(tokens: &[Token], at: usize) -> Option<usize> {
    let inside = tokens.get(at).filter(|t| t.comma).and(tokens.get(at + 1..))?;
    let close = inside.iter().take(LONGEST_ASIDE + 1).position(|t| t.shape == Shape::Mark)?;
    inside[close].comma.then_some(at + 1 + close + 1)
}

/// Whether a sentence starts at a token: nothing but marks stands before it, or a speaker's label of at most three words.
fn starts(tokens: &[Token], at: usize) -> bool {
    let Some(before) = tokens.get(..at) else { return false };
    let words = before.iter().filter(|t| t.shape != Shape::Mark).count();
    words == 0 || (words <= 3 && before.last().is_some_and(|t| t.colon))
}

/// A class takes its longest hit first.
fn take_class(
    class: ClassId,
    element: &Element,
    rest: &[Element],
    tokens: &[Token],
    table: &Table,
    at: usize,
    attempt: &mut Attempt,
) -> Option<usize> {
    let mut below = u16::MAX;
    let before = attempt.read;
    loop {
        let (mut longest, mut shorter): (Option<(u32, u16)>, bool) = (None, false);
        for (index, hit) in table.at(at).filter(|(_, h)| h.class == class && h.end < below) {
            shorter |= longest.is_some_and(|(_, end)| hit.end != end);
            if longest.is_none_or(|(_, end)| end <= hit.end) {
                longest = Some((index, hit.end));
            }
        }
        let (index, end) = longest?;
        below = end;
        if let Some(label) = element.label {
            attempt.captures.push((label, index));
        }
        attempt.mark(at, end as usize);
        let taken = step_on(rest, tokens, table, end as usize, attempt);
        if taken.is_some() {
            return taken;
        }
        attempt.read = before;
        if element.label.is_some() {
            attempt.captures.pop();
        }
        if !shorter {
            return None;
        }
    }
}
