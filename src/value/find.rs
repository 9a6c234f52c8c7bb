//! Finds the values of a text: one walk over its tokens.

use super::number::{Scan, Style};
use super::part::Part;
use super::quantity::{Measure, Quantity, is_year};
use super::vocabulary::Vocabulary;
use super::{Bound, DateValue, Found, Kind, RatioForm};
use crate::language::token::{Shape, Token};
use crate::text::Span;

/// How many tokens may stand between what opens a value and its heart.
const MOST_BEFORE_HEART: usize = 12;

impl Vocabulary {
    /// The values of `text`, which `tokens` are cut from, in the order of the text; none overlap.
    pub fn find(&self, text: &str, tokens: &[Token]) -> Vec<Found> {
        let mut found = Vec::new();
        let heart = |token: &Token| token.shape == Shape::Number || self.is_heart(token);
        if !tokens.iter().any(heart) {
            return found;
        }
        let scan = Scan { vocabulary: self, text, tokens };
        let mut at = 0;
        let mut last = 0;
        while let Some(token) = tokens.get(at) {
            // "About", "a factor of": what opens a value stands near its heart.
            let opens =
                || self.is_opener(token) && tokens.iter().skip(at + 1).take(MOST_BEFORE_HEART).any(heart);
            let starts = heart(token) || self.is_name(token) || opens();
            match starts.then(|| scan.value(at, last)).flatten() {
                Some((value, next)) => {
                    found.push(value);
                    at = next.max(at + 1);
                    last = at;
                }
                None => at += 1,
            }
        }
        scan.attach_prices(&mut found);
        found
    }
}

/// What stands before a number.
struct Lead {
    bound: Option<Bound>,
    between: bool,
    ratio: bool,
    factor: bool,
    next: usize,
}

impl Scan<'_> {
    /// The value that starts at `at`, and the token after it; `last` is where the value before ended.
    fn value(&self, at: usize, last: usize) -> Option<(Found, usize)> {
        let token = self.token(at)?;
        if self.vocabulary.is_name(token)
            && let Some((id, span, core, next)) = self.licence(at)
        {
            return Some((Found { span, core, kind: Kind::Licence(id) }, next));
        }
        if token.shape != Shape::Number && !self.vocabulary.is_opener(token) {
            return None;
        }
        let lead = self.lead(at);
        let start = token.span.start;
        if lead.next == at && self.joined(at) && at != last {
            return None;
        }
        if lead.bound.is_none()
            && let Some((date, core, next)) = self.date(lead.next)
        {
            let span = Span::new(start, self.end_before(next));
            return Some((Found { span, core, kind: Kind::Date(date) }, next));
        }
        if let Some((number, form, next)) = self.multiple(&lead) {
            let core = Span::new(self.token(lead.next)?.span.start, self.end_before(next));
            let span = Span::new(start, core.end);
            return Some((Found { span, core, kind: Kind::Ratio { number, form } }, next));
        }
        let quantity = match lead.ratio {
            true => self.proportion(lead.next)?,
            false => self.range(lead.next, lead.between)?,
        };
        self.read(at, start, &lead, quantity)
    }

    /// Bound words, "a factor of", "between", "a ratio of", in any order.
    fn lead(&self, at: usize) -> Lead {
        let mut lead = Lead { bound: None, between: false, ratio: false, factor: false, next: at };
        loop {
            if let Some((bound, next)) = self.vocabulary.before.at(self.tokens, lead.next) {
                let kept = lead.bound.filter(|kept| *kept != Bound::Plain && *bound == Bound::Plain);
                lead.bound = Some(kept.unwrap_or(*bound));
                lead.next = next;
                continue;
            }
            // "At most a 10x edge": the article is no part of the number.
            if lead.bound.is_some()
                && let Some(next) = self.part(Part::Article, lead.next)
                && self.token(next).is_some_and(|t| t.shape == Shape::Number)
            {
                lead.next = next;
                continue;
            }
            let (flag, next) = if let Some(next) = self.part(Part::Between, lead.next) {
                (&mut lead.between, next)
            } else if let Some(next) = self.part(Part::Ratio, lead.next) {
                (&mut lead.ratio, next)
            } else if let Some(next) = self.part(Part::Factor, lead.next) {
                (&mut lead.factor, next)
            } else if let Some(article) = self.part(Part::Article, lead.next)
                && let Some(next) = self.part(Part::Ratio, article)
            {
                (&mut lead.ratio, next)
            } else {
                return lead;
            };
            *flag = true;
            lead.next = next;
        }
    }

    /// "twice", "doubled", "an order of magnitude", "orders of magnitude".
    fn multiple(&self, lead: &Lead) -> Option<(super::Number, RatioForm, usize)> {
        let words = self.vocabulary;
        let at = lead.next;
        let number = |value: f64, bound| super::Number { low: value, high: value, bound, digits: 1 };
        let bound = lead.bound.unwrap_or_default();
        if let Some((value, next)) = words.multiples.at(self.tokens, at) {
            if self.is(Part::MultipleNotBefore, next) || self.joined(next) {
                return None;
            }
            let form = if *value < 1.0 { RatioForm::Fraction } else { RatioForm::Multiple };
            return Some((number(*value, bound), form, next));
        }
        // "×10".
        let figure = |at: usize| self.token(at).is_some_and(|token| token.shape == Shape::Number);
        if self.written(at) == "×"
            && self.tight(at + 1)
            && !(at > 0 && figure(at - 1))
            && let Some(numeral) = self.numeral(at + 1).filter(|n| n.tail.is_none())
        {
            return Some((number(numeral.value, bound), RatioForm::Multiple, numeral.next));
        }
        if let Some(next) = self.part(Part::Orders, at) {
            return Some((number(100.0, Bound::AtLeast), RatioForm::Multiple, next));
        }
        let next = self.part(Part::Order, self.part(Part::Article, at).unwrap_or(at))?;
        Some((number(10.0, bound), RatioForm::Multiple, next))
    }

    /// "one to ten", "1:10" after "a ratio of".
    fn proportion(&self, at: usize) -> Option<Quantity> {
        let made = |above: f64, below: f64, core, next| {
            (below > 0.0).then(|| Quantity::proportion(above / below, core, next))
        };
        if let Some((above, below)) = self.written(at).split_once(':')
            && let (Ok(above), Ok(below)) = (above.parse::<f64>(), below.parse::<f64>())
        {
            let span = self.token(at)?.span;
            return made(above, below, span, at + 1);
        }
        let above = self.quantity(at)?;
        if above.measure != Measure::Bare {
            return Some(above);
        }
        let below = self.part(Part::To, above.next).and_then(|next| self.quantity(next))?;
        made(above.number.low, below.number.low, above.core.cover(below.core), below.next)
    }

    /// A quantity with what stood before it, as a value; `None` where it is part of a name or no number at all.
    fn read(&self, at: usize, start: usize, lead: &Lead, quantity: Quantity) -> Option<(Found, usize)> {
        let mut number = quantity.number;
        if !number.high.is_finite() {
            return None;
        }
        match lead.bound {
            Some(Bound::Plain) | None => {}
            Some(bound) => number.bound = bound,
        }
        let mut span = Span::new(start, quantity.end);
        let mut next = quantity.next;
        let ratio = |form| Kind::Ratio { number, form };
        let kind = match quantity.measure {
            Measure::Times => ratio(RatioForm::Multiple),
            Measure::Percent => ratio(RatioForm::Percent),
            Measure::Fraction => ratio(RatioForm::Fraction),
            Measure::Bare if lead.factor => ratio(RatioForm::Multiple),
            Measure::Money(currency) => {
                let per = self.per_after(quantity.next, quantity.end);
                if let Some((_, after, end)) = &per {
                    (next, span.end) = (*after, *end);
                }
                let currency = self.vocabulary.currencies.get(currency as usize)?.0.clone();
                Kind::Money { number, currency, per: per.map(|(per, ..)| per) }
            }
            Measure::Unit(unit) => {
                if self.is_name(at, lead, &quantity) {
                    return None;
                }
                Kind::Count { number, unit: Some(self.vocabulary.unit_name(unit).to_string()) }
            }
            Measure::Bare => return self.bare(at, span, lead, quantity, number),
        };
        Some((Found { span, core: quantity.core, kind }, next))
    }

    /// A number with nothing behind it: a year, a count that stands free, or no value.
    fn bare(
        &self,
        at: usize,
        span: Span,
        lead: &Lead,
        quantity: Quantity,
        number: super::Number,
    ) -> Option<(Found, usize)> {
        let (core, next) = (quantity.core, quantity.next);
        let single = number.low == number.high;
        let about = matches!(lead.bound, None | Some(Bound::Plain | Bound::About));
        let part = self.joined(next) && self.token(next).is_some_and(|token| token.shape != Shape::Number);
        if quantity.style == Style::Digits && single && about && is_year(number.low) && !part {
            let date = DateValue { year: Some(number.low as i16), month: None, day: None };
            return Some((Found { span, core, kind: Kind::Date(date) }, next));
        }
        let large = quantity.magnitude > 1.0 || number.low >= 1000.0 && quantity.style == Style::Figure;
        let lone = quantity.style == Style::Words && single && number.low <= 1.0;
        let hung = self.joined(next) || (lead.next == at && self.joined(at));
        let decimal = number.low.fract() != 0.0 && lead.bound.is_none();
        let named = at > 0 && (self.is(Part::Numbered, at - 1) || self.has_capital(at - 1));
        let clock = self.is(Part::Clock, next);
        // "Score: 0.9": all that a table's cell or a field holds.
        let field = at > 0 && self.written(at - 1) == ":" && !self.tight(at) && self.token(next).is_none();
        if !large
            && !field
            && (lone || clock || hung || decimal || named || self.in_list(at, next) || self.abuts_mark(at))
        {
            return None;
        }
        if hung && lead.next == at && self.joined(at) || self.is_name(at, lead, &quantity) {
            return None;
        }
        Some((Found { span, core, kind: Kind::Count { number, unit: None } }, next))
    }

    /// Whether a small figure belongs to the name before it: "Kettle 2 users".
    fn is_name(&self, at: usize, lead: &Lead, quantity: &Quantity) -> bool {
        let numbered = || self.is(Part::Numbered, at - 1);
        let name = || self.has_capital(at - 1) && !self.is(Part::NoName, at - 1);
        let small =
            quantity.number.high < 20.0 && quantity.style != Style::Words && quantity.magnitude == 1.0;
        at > 0 && lead.next == at && small && (numbered() || name())
    }

    fn has_capital(&self, at: usize) -> bool {
        self.written(at).contains(char::is_uppercase)
    }

    /// "1." and "2)" at the start.
    fn in_list(&self, at: usize, next: usize) -> bool {
        at == 0
            && matches!(self.written(next), "." | ")")
            && self.token(at).is_some_and(|t| t.shape == Shape::Number)
    }

    /// Whether a mark that makes it part of something else stands right before: `#3`, `/2`, `v.2`.
    fn abuts_mark(&self, at: usize) -> bool {
        at > 0
            && self.tight(at)
            && matches!(self.written(at - 1), "#" | "@" | "_" | "/" | "\\" | "^" | "." | "&" | ":" | "-")
    }
}
