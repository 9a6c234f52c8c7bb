//! Dates as prose gives them, with as much as is said.

use super::DateValue;
use super::figure::figure;
use super::number::Scan;
use super::part::Part;
use super::quantity::is_year;
use super::vocabulary::Tail;
use crate::language::token::Shape;
use crate::text::Span;

impl Scan<'_> {
    /// A date at `at`, other than a year alone: its parts, the date without words like "mid", the token after it.
    pub(super) fn date(&self, at: usize) -> Option<(DateValue, Span, usize)> {
        if let Some(next) = self.part(Part::DateUnresolved, at) {
            let date = DateValue { year: None, month: None, day: None };
            return Some((date, self.tokens_span(at, next), next));
        }
        let prefix = self.part(Part::DatePrefix, at);
        let start = prefix.unwrap_or(at);
        let (date, next) = self
            .iso(start)
            .or_else(|| self.day_month(start))
            .or_else(|| self.month_day(start, prefix.is_some()))
            .or_else(|| {
                prefix.and_then(|start| self.year(start)).map(|(year, next)| (year_only(year), next))
            })?;
        Some((date, self.tokens_span(start, next), next))
    }

    fn tokens_span(&self, from: usize, next: usize) -> Span {
        Span::new(self.token(from).map_or(0, |token| token.span.start), self.end_before(next))
    }

    /// "2026-04-08", "2026/04/08", "2026-04".
    fn iso(&self, at: usize) -> Option<(DateValue, usize)> {
        if self.token(at)?.shape != Shape::Number {
            return None;
        }
        let text = self.written(at);
        let mut parts = text.split('/');
        if let (Some(year), Some(month), Some(day), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        {
            return civil(year, month, Some(day)).map(|date| (date, at + 1));
        }
        let part = |at: usize| self.joined(at).then(|| self.written(at)).filter(|text| text.len() == 2);
        let month = part(at + 1)?;
        let day = part(at + 2);
        let date = civil(text, month, day)?;
        let next = if day.is_some() { at + 3 } else { at + 2 };
        (!self.joined(next)).then_some((date, next))
    }

    /// "8 April 2026", "the 8th of April".
    fn day_month(&self, at: usize) -> Option<(DateValue, usize)> {
        let (day, next) = self.day(at)?;
        let next = self.part(Part::Of, next).unwrap_or(next);
        let (month, next) = self.month(next)?;
        let (year, next) = self.year_after(next);
        Some((DateValue { year, month: Some(month), day: Some(day) }, next))
    }

    /// "April 8, 2026", "April 2026", "April".
    fn month_day(&self, at: usize, prefixed: bool) -> Option<(DateValue, usize)> {
        let (month, next) = self.month(at)?;
        if let Some((day, after)) = self.day(next).filter(|(_, after)| !self.counts_something(*after)) {
            let after = match self.joined(after).then(|| self.day(after)).flatten() {
                Some((_, past_range)) => past_range,
                None => after,
            };
            let (year, after) = self.year_after(after);
            return Some((DateValue { year, month: Some(month), day: Some(day) }, after));
        }
        let (year, after) = self.year_after(next);
        let clear = prefixed || year.is_some() || !self.is(Part::MonthAmbiguous, at);
        let labels = at == 0 && self.token(after).is_some_and(|token| token.colon);
        let placed = || labels || at > 0 && self.is(Part::DateBefore, at - 1);
        (clear || placed()).then_some((DateValue { year, month: Some(month), day: None }, after))
    }

    fn counts_something(&self, at: usize) -> bool {
        self.is(Part::Percent, at) || self.is(Part::Times, at) || self.unit_at(at).is_some()
    }

    fn month(&self, at: usize) -> Option<(i8, usize)> {
        let (month, next) = self.vocabulary.months.at(self.tokens, at)?;
        let capital = matches!(self.token(at)?.shape, Shape::Capital | Shape::Upper);
        if !capital && self.is(Part::MonthAmbiguous, at) || self.joined(next) && !self.starts_date(next) {
            return None;
        }
        Some((*month, next))
    }

    fn starts_date(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.shape == Shape::Number)
            || self.vocabulary.months.at(self.tokens, at).is_some()
    }

    /// 1 to 31, "8th".
    fn day(&self, at: usize) -> Option<(i8, usize)> {
        if self.token(at)?.shape != Shape::Number {
            return None;
        }
        let read = figure(self.written(at))?;
        let ordinal =
            |(name, tail): &(String, Tail)| *tail == Tail::Ordinal && name.eq_ignore_ascii_case(read.rest);
        let fits = read.plain || (!read.grouped && self.vocabulary.tails.iter().any(ordinal));
        let day = (fits && read.value.fract() == 0.0 && (1.0..=31.0).contains(&read.value))
            .then_some(read.value)?;
        Some((day as i8, at + 1))
    }

    /// A year behind a month or a day, with a comma or "of" between.
    fn year_after(&self, at: usize) -> (Option<i16>, usize) {
        let comma = (self.written(at) == ",").then_some(at + 1);
        let start = comma.or_else(|| self.part(Part::Of, at)).unwrap_or(at);
        match self.year(start) {
            Some((year, next)) => (Some(year), next),
            None => (None, at),
        }
    }

    fn year(&self, at: usize) -> Option<(i16, usize)> {
        if self.token(at)?.shape != Shape::Number {
            return None;
        }
        let read = figure(self.written(at))?;
        let year = read.plain && is_year(read.value) && !self.counts_something(at + 1);
        year.then_some((read.value as i16, at + 1))
    }
}

fn year_only(year: i16) -> DateValue {
    DateValue { year: Some(year), month: None, day: None }
}

/// A date from the texts of its parts.
fn civil(year: &str, month: &str, day: Option<&str>) -> Option<DateValue> {
    let year = (year.len() == 4).then(|| year.parse::<i16>().ok()).flatten()?;
    let month = month.parse::<i8>().ok().filter(|month| (1..=12).contains(month))?;
    let day = match day {
        Some(day) => Some(day.parse::<i8>().ok().filter(|day| (1..=31).contains(day))?),
        None => None,
    };
    Some(DateValue { year: Some(year), month: Some(month), day })
}
