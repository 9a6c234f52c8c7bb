//! Numbers in words and figures: "1,000", "70B", "half a million", "twenty-seven billion", "two-thirds".

use super::figure::{figure, slashed};
use super::part::Part;
use super::vocabulary::{Tail, Vocabulary};
use crate::language::token::{Shape, Token};

/// A text that is read, with what it is read by.
#[derive(Clone, Copy)]
pub(super) struct Scan<'a> {
    pub vocabulary: &'a Vocabulary,
    pub text: &'a str,
    pub tokens: &'a [Token],
}

/// A number and where it stands in the tokens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Numeral {
    pub value: f64,
    pub digits: u8,
    /// The token after it.
    pub next: usize,
    /// The byte after it, inside a token where a tail or `/` follows.
    pub end: usize,
    pub style: Style,
    /// The factor of a magnitude written with it: 1e9 in "27 billion".
    pub magnitude: f64,
    /// What the end of its token says.
    pub tail: Option<Tail>,
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Digits alone: might be a year, a version or a place in a list.
    Digits,
    /// Figures with a comma, a point, a magnitude.
    Figure,
    /// Words.
    Words,
}

impl<'a> Scan<'a> {
    pub(super) fn token(&self, at: usize) -> Option<&'a Token> {
        self.tokens.get(at)
    }

    pub(super) fn written(&self, at: usize) -> &'a str {
        self.token(at).map_or("", |token| token.span.of(self.text))
    }

    pub(super) fn part(&self, part: Part, at: usize) -> Option<usize> {
        self.vocabulary.part(part, self.tokens, at)
    }

    pub(super) fn is(&self, part: Part, at: usize) -> bool {
        self.part(part, at).is_some()
    }

    /// The last byte of the token before `next`.
    pub(super) fn end_before(&self, next: usize) -> usize {
        next.checked_sub(1).and_then(|at| self.token(at)).map_or(0, |token| token.span.end)
    }

    pub(super) fn joined(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.joined)
    }

    /// Whether no space parts the token from the one before.
    pub(super) fn tight(&self, at: usize) -> bool {
        at > 0 && self.token(at).is_some_and(|token| token.span.start == self.end_before(at))
    }

    /// A number without unit at `at`.
    pub(super) fn numeral(&self, at: usize) -> Option<Numeral> {
        match self.token(at)?.shape {
            Shape::Number => self.in_figures(at),
            _ => self.in_plurals(at).or_else(|| self.in_words(at)),
        }
    }

    fn in_figures(&self, at: usize) -> Option<Numeral> {
        let token = self.token(at)?;
        let read = figure(self.written(at))?;
        let style = if read.plain { Style::Digits } else { Style::Figure };
        let end = token.span.end - read.rest.len();
        let mut numeral = Numeral {
            value: read.value,
            digits: read.digits,
            next: at + 1,
            end,
            style,
            magnitude: 1.0,
            tail: None,
        };
        if read.rest.starts_with('/') {
            return Some(numeral);
        }
        if !read.rest.is_empty() {
            let tails = &self.vocabulary.tails;
            let (_, tail) = tails.iter().find(|(name, _)| name.eq_ignore_ascii_case(read.rest))?;
            match tail {
                Tail::Magnitude(factor) => self.scale(&mut numeral, *factor, at + 1),
                tail => numeral.tail = Some(*tail),
            }
            numeral.end = token.span.end;
            return Some(numeral);
        }
        self.power(&mut numeral);
        self.add_half(&mut numeral);
        while let Some((factor, next)) = self.vocabulary.magnitudes.at(self.tokens, numeral.next) {
            self.scale(&mut numeral, *factor, next);
        }
        Some(numeral)
    }

    fn scale(&self, numeral: &mut Numeral, factor: f64, next: usize) {
        numeral.value *= factor;
        numeral.magnitude *= factor;
        numeral.style = Style::Figure;
        numeral.next = next;
        numeral.end = self.end_before(next);
    }

    /// "10^26", "3.8 × 10^25".
    fn power(&self, numeral: &mut Numeral) {
        let raised = |base: usize| {
            let next = self.part(Part::Power, base + 1)?;
            let power = figure(self.written(next)).filter(|f| f.plain && f.value < 100.0)?;
            Some((power.value, next + 1))
        };
        let crossed = self.part(Part::Cross, numeral.next);
        if let Some((power, next)) = raised(numeral.next - 1) {
            numeral.value = numeral.value.powf(power);
            self.scale(numeral, 1.0, next);
        } else if let Some(base) = crossed
            && let Some(ten) = figure(self.written(base)).filter(|f| f.rest.is_empty())
            && let Some(factor) = raised(base).or((!ten.plain).then_some((1.0, base + 1)))
        {
            self.scale(numeral, ten.value.powf(factor.0), factor.1);
        }
    }

    /// "two and a half".
    fn add_half(&self, numeral: &mut Numeral) {
        let Some(article) = self.part(Part::And, numeral.next) else { return };
        let Some(word) = self.part(Part::Article, article) else { return };
        let Some((part, next)) = self.vocabulary.fractions.at(self.tokens, word) else { return };
        if *part >= 0.25 {
            numeral.value += part * numeral.magnitude;
            numeral.next = next;
            numeral.end = self.end_before(next);
        }
    }

    /// "hundreds of thousands": the middle of what it may be; its range is [`spread`].
    fn in_plurals(&self, at: usize) -> Option<Numeral> {
        let (value, mut next) = self.vocabulary.plurals.at(self.tokens, at)?;
        let mut value = *value;
        while let Some(of) = self.part(Part::Of, next)
            && let Some((factor, after)) = self.vocabulary.plurals.at(self.tokens, of)
        {
            value *= factor;
            next = after;
        }
        let (end, style) = (self.end_before(next), Style::Words);
        Some(Numeral { value, digits: 0, next, end, style, magnitude: value, tail: None })
    }

    fn in_words(&self, at: usize) -> Option<Numeral> {
        let words = self.vocabulary;
        let article = self.part(Part::Article, at).filter(|next| self.magnitude(*next).is_some());
        let (mut total, mut group, mut last) = (0.0, article.map(|_| 1.0), None);
        let (mut next, mut magnitude) = (article.unwrap_or(at), 1.0);
        loop {
            let skipped = self.part(Part::And, next).filter(|_| magnitude > 1.0);
            let small = |at| words.numbers.at(self.tokens, at).filter(|(n, _)| fits(last, **n));
            if let Some((number, after)) = small(next).or_else(|| skipped.and_then(small)) {
                group = Some(group.unwrap_or(0.0) + number);
                (last, next) = (Some(*number), after);
            } else if let Some((factor, after)) = self.magnitude(next).filter(|_| last != Some(0.0)) {
                let of = group.unwrap_or(1.0);
                if factor >= 1000.0 {
                    total += of * factor;
                    group = None;
                } else {
                    group = Some(of * factor);
                }
                (last, magnitude, next) = (Some(100.0 * factor), factor.max(magnitude), after);
                if total > 0.0 && group.is_none() && self.magnitude(next).is_some() {
                    break;
                }
            } else {
                break;
            }
        }
        if next == article.unwrap_or(at) {
            return None;
        }
        let value = total + group.unwrap_or(0.0);
        let end = self.end_before(next);
        let mut numeral = Numeral {
            value,
            digits: round_digits(value),
            next,
            end,
            style: Style::Words,
            magnitude,
            tail: None,
        };
        self.decimals(&mut numeral);
        self.add_half(&mut numeral);
        if let Some((factor, after)) = self.magnitude(numeral.next) {
            self.scale(&mut numeral, factor, after);
            numeral.style = Style::Words;
        }
        Some(numeral)
    }

    /// "one point five".
    fn decimals(&self, numeral: &mut Numeral) {
        let Some(mut next) = self.part(Part::Point, numeral.next) else { return };
        let mut place = 0.1;
        while let Some((digit, after)) =
            self.vocabulary.numbers.at(self.tokens, next).filter(|(n, _)| **n < 10.0)
        {
            numeral.value += digit * place;
            numeral.digits = numeral.digits.saturating_add(1);
            (numeral.next, numeral.end) = (after, self.end_before(after));
            (next, place) = (after, place / 10.0);
        }
    }

    pub(super) fn magnitude(&self, at: usize) -> Option<(f64, usize)> {
        self.vocabulary.magnitudes.at(self.tokens, at).map(|(factor, next)| (*factor, next))
    }
}

/// Whether a number word may follow the last one: "twenty seven" and "hundred seven" are one number, "two three" is not.
fn fits(last: Option<f64>, number: f64) -> bool {
    match last {
        None => true,
        Some(last) if last >= 100.0 => true,
        Some(last) => last >= 20.0 && (1.0..10.0).contains(&number),
    }
}

/// Significant digits of a number in words.
fn round_digits(value: f64) -> u8 {
    let text = format!("{value:.0}");
    text.trim_end_matches('0').len().clamp(1, 20) as u8
}

/// What "thousands" may be, for a thousand.
pub(super) fn spread(value: f64) -> (f64, f64) {
    (2.0 * value, 10.0 * value)
}

/// `1/20` at the start of a token, with what follows it there.
pub(super) fn slashed_token<'t>(scan: &Scan<'t>, at: usize) -> Option<(f64, &'t str)> {
    slashed(scan.written(at))
}
