//! Quantities: a number with what it measures, and ranges of them.

use super::number::{Numeral, Scan, Style, spread};
use super::part::Part;
use super::vocabulary::Tail;
use super::{Bound, Number};
use crate::language::token::Shape;
use crate::text::Span;

/// A number with what it measures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Quantity {
    /// With a bound only where one stood behind it.
    pub number: Number,
    pub measure: Measure,
    pub style: Style,
    pub magnitude: f64,
    /// The number itself, before its measure changed it ("35" of "35 percent").
    plain: f64,
    /// The token where the measure starts.
    measured_at: usize,
    /// The number, with what makes it a ratio or an amount, without its unit.
    pub core: Span,
    /// The token after it all.
    pub next: usize,
    /// The byte after it all.
    pub end: usize,
}

/// What a number measures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Measure {
    Bare,
    Times,
    Fraction,
    Percent,
    Unit(u16),
    /// Index of the currency.
    Money(u16),
}

impl Scan<'_> {
    /// A quantity or a range of them at `at`; `and` parts the two ends where "between" stood before.
    pub(super) fn range(&self, at: usize, between: bool) -> Option<Quantity> {
        let low = self.quantity(at)?;
        let high = self.connected(&low, between).and_then(|next| Some((next, self.quantity(next)?)));
        match high {
            Some((next, high)) => Some(self.spanned(low, high, next).unwrap_or(low)),
            None => Some(low),
        }
    }

    /// Where the upper end of a range that starts with `low` would stand.
    fn connected(&self, low: &Quantity, between: bool) -> Option<usize> {
        let at = low.next;
        let figure = |at: usize| self.token(at).is_some_and(|token| token.shape == Shape::Number);
        if self.joined(at) && figure(at) {
            return Some(at);
        }
        let mark = self.token(at)?.shape == Shape::Mark;
        let to = self.part(Part::To, at).filter(|next| !mark || (self.tight(at) && self.tight(*next)));
        let or = || self.part(Part::Or, at);
        to.or_else(or).or_else(|| self.part(Part::And, at).filter(|_| between))
    }

    /// The range from `low` to `high`, if they measure the same.
    fn spanned(&self, mut low: Quantity, mut high: Quantity, at: usize) -> Option<Quantity> {
        let money = matches!(low.measure, Measure::Money(_)) && high.measure == Measure::Bare;
        if money && (self.joined(at) || high.magnitude > 1.0) {
            high.measure = low.measure;
        }
        let bare = low.measure == Measure::Bare && low.number.bound == Bound::Plain;
        if low.measure != high.measure && !bare || self.date(at).is_some() {
            return None;
        }
        let year = |q: &Quantity| q.style == Style::Digits && is_year(q.number.low);
        if bare && high.measure == Measure::Bare && year(&low) && year(&high) {
            return None;
        }
        if (bare || money) && low.magnitude == 1.0 && low.plain < 1000.0 {
            low.plain *= high.magnitude;
            low.number.low *= high.magnitude;
        }
        if bare {
            low.number.low =
                self.measure_of(high.measured_at, low.plain).map_or(low.plain, |(.., value)| value);
        }
        if low.number.low >= high.number.high {
            return None;
        }
        let digits = low.number.digits.max(high.number.digits);
        let number = Number { low: low.number.low, digits, ..high.number };
        let magnitude = low.magnitude.max(high.magnitude);
        Some(Quantity { number, core: low.core.cover(high.core), magnitude, ..high })
    }

    /// One number with what it measures.
    pub(super) fn quantity(&self, at: usize) -> Option<Quantity> {
        if let Some((currency, next)) = self.vocabulary.signs.at(self.tokens, at)
            && (self.tight(next) || self.token(next)?.shape == Shape::Number)
        {
            let numeral = self.numeral(next).filter(|n| n.tail.is_none())?;
            return Some(self.measured(at, numeral, Measure::Money(*currency), numeral.next));
        }
        if let Some(quantity) = self.portion(at).or_else(|| self.one_coin(at)) {
            return Some(quantity);
        }
        let numeral = self.numeral(at).filter(|n| n.tail != Some(Tail::Ordinal))?;
        let whole_token = self.token(numeral.next - 1)?.span.end == numeral.end;
        if !whole_token {
            return None;
        }
        Some(self.with_measure(at, numeral))
    }

    /// "a dollar".
    fn one_coin(&self, at: usize) -> Option<Quantity> {
        let next = self.part(Part::Article, at)?;
        if self.vocabulary.signs.at(self.tokens, next).is_some() || self.is(Part::FiguresOnly, next) {
            return None;
        }
        self.vocabulary.coins.at(self.tokens, next)?;
        let end = self.end_before(next);
        let one =
            Numeral { value: 1.0, digits: 1, next, end, style: Style::Words, magnitude: 1.0, tail: None };
        Some(self.with_measure(at, one))
    }

    /// The quantity that `numeral` starts.
    pub(super) fn with_measure(&self, at: usize, numeral: Numeral) -> Quantity {
        let (bound, next) = match self.bound_after(numeral.next) {
            Some((bound, next)) => (Some(bound), next),
            None => (None, numeral.next),
        };
        let (measure, after, value) = match self.measure(next, &numeral) {
            Some(found) => found,
            None => (Measure::Bare, next, numeral.value),
        };
        let mut quantity = self.measured(at, Numeral { value, ..numeral }, measure, after);
        (quantity.plain, quantity.measured_at) = (numeral.value, next);
        quantity.number.bound = bound.unwrap_or_default();
        if bound.is_none()
            && after > next
            && let Some((bound, next)) = self.bound_after(after)
        {
            (quantity.number.bound, quantity.next) = (bound, next);
            quantity.end = self.end_before(next);
        }
        quantity
    }

    /// What `numeral` measures: by its own end, or by what stands at `at`.
    pub(super) fn measure(&self, at: usize, numeral: &Numeral) -> Option<(Measure, usize, f64)> {
        match numeral.tail {
            Some(Tail::Times | Tail::Fold) => return Some((Measure::Times, at, numeral.value)),
            Some(Tail::Unit(unit)) => return Some((Measure::Unit(unit), at, numeral.value)),
            Some(Tail::Ordinal | Tail::Magnitude(_)) | None => {}
        }
        if numeral.style == Style::Words && self.is(Part::FiguresOnly, at) {
            return None;
        }
        self.measure_of(at, numeral.value)
    }

    /// What stands behind a number: the measure, the token after it, and the value that the two make.
    fn measure_of(&self, at: usize, value: f64) -> Option<(Measure, usize, f64)> {
        let figure = |at: usize| self.token(at).is_some_and(|token| token.shape == Shape::Number);
        if let Some(next) = self.part(Part::Percent, at) {
            return Some((Measure::Percent, next, value / 100.0));
        }
        if let Some(next) = self.part(Part::Fold, at) {
            return Some((Measure::Times, next, value));
        }
        if let Some(next) = self.part(Part::Times, at).filter(|next| !figure(*next)) {
            return Some((Measure::Times, next, value));
        }
        if let Some(next) = self.part(Part::Order, at) {
            return Some((Measure::Times, next, 10f64.powf(value.min(30.0))));
        }
        if let Some(((currency, worth), next)) = self.vocabulary.coins.at(self.tokens, at) {
            return Some(self.with_change(*currency, value * worth, *worth, next));
        }
        self.unit_at(at).map(|(unit, next)| (Measure::Unit(unit), next, value))
    }

    /// "a dollar twenty", "two dollars and fifty cents".
    fn with_change(&self, currency: u16, value: f64, worth: f64, next: usize) -> (Measure, usize, f64) {
        let plain = (Measure::Money(currency), next, value);
        if worth < 1.0 {
            return plain;
        }
        let at = self.part(Part::And, next).unwrap_or(next);
        let Some(change) = self.numeral(at).filter(|n| n.tail.is_none() && n.value < 100.0) else {
            return plain;
        };
        let cents = self.vocabulary.coins.at(self.tokens, change.next);
        if let Some(((of, worth), after)) = cents.filter(|((of, worth), _)| *of == currency && *worth < 1.0) {
            return (Measure::Money(*of), after, value + change.value * worth);
        }
        let counted = self.measure_follows(change.next);
        if at == next && value == 1.0 && change.value >= 10.0 && change.magnitude == 1.0 && !counted {
            return (Measure::Money(currency), change.next, value + change.value / 100.0);
        }
        plain
    }

    fn measure_follows(&self, at: usize) -> bool {
        self.is(Part::Percent, at) || self.is(Part::Times, at) || self.unit_at(at).is_some()
    }

    /// The unit at `at`, with at most two words before it that may stand between ("active", "input").
    pub(super) fn unit_at(&self, at: usize) -> Option<(u16, usize)> {
        let mut start = at;
        for _ in 0..3 {
            if let Some((unit, next)) = self.vocabulary.units.at(self.tokens, start) {
                return Some((*unit, next));
            }
            start = self.part(Part::UnitFillers, start)?;
        }
        None
    }

    /// A bound word behind a number.
    pub(super) fn bound_after(&self, at: usize) -> Option<(Bound, usize)> {
        let (bound, next) = self.vocabulary.after.at(self.tokens, at)?;
        let mark = self.token(at)?.shape == Shape::Mark;
        let number =
            self.token(next).is_some_and(|t| t.shape == Shape::Number && (!mark || self.tight(next)));
        (!number && (!mark || self.tight(at))).then_some((*bound, next))
    }

    pub(super) fn measured(&self, at: usize, numeral: Numeral, measure: Measure, next: usize) -> Quantity {
        let start = self.token(at).map_or(0, |token| token.span.start);
        let end = if next == numeral.next { numeral.end } else { self.end_before(next) };
        let core_end = if matches!(measure, Measure::Unit(_)) { numeral.end } else { end };
        let (low, high) = match numeral.digits {
            0 => spread(numeral.value),
            _ => (numeral.value, numeral.value),
        };
        let number = Number { low, high, bound: Bound::Plain, digits: numeral.digits.max(1) };
        let (style, magnitude) = (numeral.style, numeral.magnitude);
        let core = Span::new(start, core_end);
        let (plain, measured_at) = (numeral.value, numeral.next);
        Quantity { number, measure, style, magnitude, plain, measured_at, core, next, end }
    }
}

impl Quantity {
    /// A ratio that is written as a proportion.
    pub(super) fn proportion(value: f64, core: Span, next: usize) -> Quantity {
        let number = Number { low: value, high: value, bound: Bound::Plain, digits: 1 };
        let measure = if value < 1.0 { Measure::Fraction } else { Measure::Times };
        let (style, end) = (Style::Figure, core.end);
        Quantity { number, measure, style, magnitude: 1.0, plain: value, measured_at: next, core, next, end }
    }
}

/// Whether a bare number reads as a year.
pub(super) fn is_year(value: f64) -> bool {
    (1900.0..=2100.0).contains(&value) && value.fract() == 0.0
}
