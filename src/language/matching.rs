//! One attempt to match one way through a pattern at one place: bounded steps, longest class first, gaps as short as they go.

use super::pattern::{ClassId, Element, ElementKind};
use super::table::Table;
use super::token::{Shape, Token};

/// What an attempt has taken so far.
pub(super) struct Attempt {
    pub(super) origin: usize,
    pub(super) captures: Vec<(u8, u32)>,
    pub(super) read: u64,
    pub(super) steps: u32,
}

impl Attempt {
    pub(super) fn mark(&mut self, start: usize, end: usize) -> u64 {
        let before = self.read;
        for at in start..end {
            let bit = at - self.origin;
            if bit < 64 {
                self.read |= 1 << bit;
            }
        }
        before
    }
}

/// Steps that one attempt may take; far above what real sentences need, and what keeps hostile ones linear.
pub(super) const MOST_STEPS: u32 = 400;

/// Matches `elements` from token `at` on; gives the token after the last one taken.
pub(super) fn step(
    elements: &[Element],
    tokens: &[Token],
    table: &Table,
    at: usize,
    attempt: &mut Attempt,
) -> Option<usize> {
    let Some((element, rest)) = elements.split_first() else { return Some(at) };
    attempt.steps = attempt.steps.checked_sub(1)?;
    let token = tokens.get(at);
    let taken = match &element.kind {
        ElementKind::Words(ids) => {
            let fits = token.is_some_and(|t| ids.binary_search(&t.word).is_ok());
            take(fits, rest, tokens, table, at, at + 1, attempt)
        }
        ElementKind::Any => {
            let fits = token.is_some_and(|t| t.shape != Shape::Mark);
            if fits { step(rest, tokens, table, at + 1, attempt) } else { None }
        }
        ElementKind::Class(class) => take_class(*class, element, rest, tokens, table, at, attempt),
        ElementKind::Gap(most, marks) => {
            let aside = if *marks { None } else { past_aside(tokens, at) };
            gap((*most, *marks), rest, tokens, table, at, attempt)
                .or_else(|| gap((*most, *marks), rest, tokens, table, aside?, attempt))
        }
        ElementKind::Not(ids) => {
            let fits = token.is_none_or(|t| ids.binary_search(&t.word).is_err());
            take(fits, rest, tokens, table, at, at, attempt)
        }
        ElementKind::Start => take(starts(tokens, at), rest, tokens, table, at, at, attempt),
        ElementKind::End => {
            let fits = tokens.get(at..).is_none_or(|t| t.iter().all(|t| t.shape == Shape::Mark));
            take(fits, rest, tokens, table, at, at, attempt)
        }
    };
    match taken {
        None if element.optional => step(rest, tokens, table, at, attempt),
        taken => taken,
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
    for _ in 0..=most {
        if let Some(end) = step(rest, tokens, table, end, attempt) {
            return Some(end);
        }
        match tokens.get(end) {
            Some(t) if marks || t.list || t.shape != Shape::Mark => end += 1,
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

/// Takes the tokens `at..end` if they fit, and goes on.
fn take(
    fits: bool,
    rest: &[Element],
    tokens: &[Token],
    table: &Table,
    at: usize,
    end: usize,
    attempt: &mut Attempt,
) -> Option<usize> {
    if !fits {
        return None;
    }
    let before = attempt.mark(at, end);
    let taken = step(rest, tokens, table, end, attempt);
    if taken.is_none() {
        attempt.read = before;
    }
    taken
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
    loop {
        let (index, hit) =
            table.at(at).filter(|(_, h)| h.class == class && h.end < below).max_by_key(|(_, h)| h.end)?;
        below = hit.end;
        if let Some(label) = element.label {
            attempt.captures.push((label, index));
        }
        let taken = take(true, rest, tokens, table, at, hit.end as usize, attempt);
        if taken.is_some() {
            return taken;
        }
        if element.label.is_some() {
            attempt.captures.pop();
        }
    }
}
