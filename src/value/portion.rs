//! Fractions in words and figures: "a tenth of", "two-thirds", "half", "1/20"; and what is made of them: "half a million".

use super::number::{Numeral, Scan, Style, slashed_token};
use super::part::Part;
use super::quantity::{Measure, Quantity};
use super::vocabulary::Tail;
use crate::language::token::Shape;

/// A fraction and whether what stands around it must show that it is one.
struct Portion {
    value: f64,
    next: usize,
    digits: u8,
    /// "a third" might be an ordinal, "two-thirds" is none.
    unsure: bool,
}

impl Scan<'_> {
    /// A fraction at `at`, or a quantity that a fraction starts.
    pub(super) fn portion(&self, at: usize) -> Option<Quantity> {
        let portion = self.fraction(at)?;
        let numeral = |value, next, style| {
            let (digits, end) = (portion.digits, self.end_before(next));
            Numeral { value, digits, next, end, style, magnitude: 1.0, tail: None }
        };
        let of = self.part(Part::Of, portion.next).unwrap_or(portion.next);
        let whole = self.part(Part::Article, of).or_else(|| self.part(Part::One, of)).unwrap_or(of);
        if let Some((factor, next)) = self.magnitude(whole) {
            let mut made = numeral(portion.value * factor, next, Style::Words);
            made.magnitude = factor;
            return Some(self.with_measure(at, made));
        }
        let one = numeral(portion.value, whole, Style::Words);
        if let Some((measure, next, value)) = self.measure(whole, &one)
            && (whole > of || measure == Measure::Percent)
        {
            return Some(self.measured(at, Numeral { value, ..one }, measure, next));
        }
        if portion.unsure && !self.reads_as_fraction(at, portion.next) {
            return None;
        }
        let barred = self.joined(portion.next) && !self.is(Part::FractionJoins, portion.next);
        let after_ordinal = at > 0 && self.is(Part::FractionNotAfter, at - 1);
        if barred || (after_ordinal && self.is(Part::FractionFree, at)) {
            return None;
        }
        let made = numeral(portion.value, portion.next, Style::Words);
        Some(self.measured(at, made, Measure::Fraction, portion.next))
    }

    fn fraction(&self, at: usize) -> Option<Portion> {
        if self.token(at)?.shape == Shape::Number
            && let Some((value, rest)) = slashed_token(self, at)
        {
            let ordinal =
                |tail: &(String, Tail)| tail.1 == Tail::Ordinal && tail.0.eq_ignore_ascii_case(rest);
            let fits = rest.is_empty() || self.vocabulary.tails.iter().any(ordinal);
            return fits.then_some(Portion { value, next: at + 1, digits: 1, unsure: false });
        }
        if let Some(next) = self.part(Part::FractionFree, at) {
            let value = *self.vocabulary.fractions.at(self.tokens, at)?.0;
            return Some(Portion { value, next, digits: 1, unsure: false });
        }
        let single = self.part(Part::Article, at).or_else(|| self.part(Part::One, at));
        if let Some(word) = single
            && !self.is(Part::FractionPlural, word)
            && let Some((value, next)) = self.denominator(word)
        {
            let unsure = !self.joined(word) && !self.is(Part::FractionFree, word);
            return Some(Portion { value, next, digits: 1, unsure });
        }
        let above = self.numeral(at).filter(|n| n.tail.is_none() && n.value < 1000.0)?;
        if let Some((value, next)) = self.denominator(above.next)
            && (self.joined(above.next) || self.is(Part::FractionPlural, above.next))
            && above.value >= 1.0
        {
            let unsure = !self.joined(above.next) && self.is(Part::FractionPeriod, above.next);
            return Some(Portion { value: above.value * value, next, digits: 1, unsure });
        }
        self.out_of(above)
    }

    /// "third", "20th".
    fn denominator(&self, at: usize) -> Option<(f64, usize)> {
        if let Some((value, next)) = self.vocabulary.fractions.at(self.tokens, at) {
            return Some((*value, next));
        }
        let numeral = self.numeral(at).filter(|n| n.tail == Some(Tail::Ordinal) && n.value >= 3.0)?;
        Some((1.0 / numeral.value, numeral.next))
    }

    /// "nine out of ten", "one in ten".
    fn out_of(&self, above: Numeral) -> Option<Portion> {
        let round = |value: f64| value == 10.0 || value == 100.0;
        let (next, sure) = match self.part(Part::OutOf, above.next) {
            Some(next) => (next, true),
            None => (self.part(Part::In, above.next)?, false),
        };
        let below = self.numeral(next).filter(|n| n.tail.is_none() && n.value > above.value)?;
        let likely = sure || ((above.value == 1.0 || round(below.value)) && below.value < 1900.0);
        let fits = likely && above.value > 0.0 && !self.measure_follows_time(below.next);
        let value = above.value / below.value;
        fits.then_some(Portion { value, next: below.next, digits: 1, unsure: false })
    }

    fn measure_follows_time(&self, at: usize) -> bool {
        self.is(Part::FractionPeriod, at) || self.is(Part::Percent, at)
    }

    /// Whether "a third" at `at`, up to `next`, is a fraction and not an ordinal.
    fn reads_as_fraction(&self, at: usize, next: usize) -> bool {
        if self.is(Part::FractionOrdinal, next) {
            return false;
        }
        let before = at > 0 && self.is(Part::FractionBefore, at - 1);
        let bounded = at > 0 && self.bounded_before(at);
        if before || bounded || self.is(Part::FractionAfter, next) {
            return true;
        }
        let period = self.is(Part::FractionPeriod, next.saturating_sub(1));
        let closed = self.token(next).is_none_or(|token| token.shape == Shape::Mark);
        !period && (closed || self.is(Part::FractionLoose, next))
    }

    /// Whether a bound word ends right before `at`.
    fn bounded_before(&self, at: usize) -> bool {
        (1..=4.min(at))
            .any(|back| self.vocabulary.before.at(self.tokens, at - back).is_some_and(|(_, next)| next == at))
    }
}
