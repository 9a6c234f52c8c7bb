//! What an amount of money buys: "per million input tokens", "a month", "/M in", "a million tokens cost …".

use super::number::Scan;
use super::part::Part;
use super::{Found, Kind, Per};
use crate::language::token::Shape;

/// What is bought, as far as it is said.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Goods {
    count: f64,
    unit: Option<u16>,
    side: Option<u16>,
    next: usize,
    end: usize,
}

impl Scan<'_> {
    /// What the amount before token `at`, which ends at byte `end`, buys; the token and the byte after it.
    pub(super) fn per_after(&self, at: usize, end: usize) -> Option<(Per, usize, usize)> {
        if self.end_before(at) > end {
            return self.per_in_token(at, end);
        }
        if let Some((unit, next)) = self.vocabulary.adverbs.at(self.tokens, at) {
            let unit = self.vocabulary.unit_name(*unit).to_string();
            return Some((Per { count: 1.0, unit, side: None }, next, self.end_before(next)));
        }
        let strong = self.part(Part::PerStrong, at);
        let weak = || self.part(Part::PerWeak, at);
        let Some(start) = strong.or_else(weak) else { return self.side_alone(at) };
        let goods = self.goods(start)?;
        let said = goods.unit.is_some() || goods.side.is_some() || (goods.count > 1.0 && strong.is_some());
        let million = goods.count >= self.vocabulary.default_pack.0;
        (said || million).then(|| self.per(goods))
    }

    /// "$1.20/1M tokens", where one token holds the amount and the count.
    fn per_in_token(&self, at: usize, end: usize) -> Option<(Per, usize, usize)> {
        let rest = self.text.get(end + 1..self.end_before(at))?;
        let figure = super::figure::figure(rest)?;
        let tails = &self.vocabulary.tails;
        let factor = tails.iter().find_map(|(name, tail)| match tail {
            super::vocabulary::Tail::Magnitude(factor) if name.eq_ignore_ascii_case(figure.rest) => {
                Some(*factor)
            }
            _ => None,
        });
        let factor = factor.or(figure.rest.is_empty().then_some(1.0))?;
        Some(self.per(self.goods_after(figure.value * factor, at)))
    }

    /// "$1.20 in": the usual pack.
    fn side_alone(&self, at: usize) -> Option<(Per, usize, usize)> {
        let (side, next) = self.side_after(at)?;
        let (count, unit) = self.vocabulary.default_pack;
        let end = self.end_before(next);
        Some(self.per(Goods { count, unit: Some(unit), side: Some(side), next, end }))
    }

    fn per(&self, goods: Goods) -> (Per, usize, usize) {
        let unit = goods.unit.unwrap_or(self.vocabulary.default_pack.1);
        let side = goods.side.and_then(|side| self.vocabulary.side_names.get(side as usize)).cloned();
        let per = Per { count: goods.count, unit: self.vocabulary.unit_name(unit).to_string(), side };
        (per, goods.next, goods.end)
    }

    /// "million input tokens", "1M tokens", "M in", "second of video", "image".
    fn goods(&self, at: usize) -> Option<Goods> {
        let mut at = self.part(Part::Article, at).unwrap_or(at);
        if let Some((count, next)) = self.vocabulary.packs.at(self.tokens, at) {
            return Some(Goods {
                unit: Some(self.vocabulary.default_pack.1),
                ..self.goods_after(*count, next)
            });
        }
        let mut count = 1.0;
        if let Some((letter, next)) = self.vocabulary.letters.at(self.tokens, at)
            && self.has_upper(at)
        {
            (count, at) = (*letter, next);
        } else if let Some(numeral) = self.numeral(at).filter(|n| n.tail.is_none() && n.value > 0.0) {
            (count, at) = (numeral.value, numeral.next);
        }
        let goods = self.goods_after(count, at);
        (count > 1.0 || goods.unit.is_some() || goods.side.is_some()).then_some(goods)
    }

    /// Direction, unit, direction after a count.
    fn goods_after(&self, count: f64, at: usize) -> Goods {
        let mut goods = Goods { count, unit: None, side: None, next: at, end: self.end_before(at) };
        let [before, _] = &self.vocabulary.sides;
        let side = before.at(self.tokens, at);
        let unit_at = side.map_or(at, |(_, next)| next);
        if let Some((unit, next)) = self.unit_at(unit_at) {
            goods.unit = Some(unit);
            goods.side = side.map(|(side, _)| *side);
            goods.next = next;
        }
        if goods.side.is_none()
            && let Some((side, next)) = self.side_after(goods.next)
        {
            (goods.side, goods.next) = (Some(side), next);
        }
        goods.end = self.end_before(goods.next);
        goods
    }

    /// "in", "going out", "of input". One word alone must close what is said: "$2 in April" has no direction.
    fn side_after(&self, at: usize) -> Option<(u16, usize)> {
        let (side, next) = self.vocabulary.sides[1].at(self.tokens, at)?;
        let closed = self.token(next).is_none_or(|token| token.shape == Shape::Mark)
            || [Part::And, Part::Or, Part::PerStrong].iter().any(|part| self.is(*part, next));
        (closed || next > at + 1 || !self.is(Part::In, at)).then_some((*side, next))
    }

    fn has_upper(&self, at: usize) -> bool {
        self.written(at).starts_with(char::is_uppercase)
    }

    /// Gives amounts that say nothing of what they buy what the words around them say: "a million tokens cost $2",
    /// "$2 buys a million tokens", "$1 in and $4 out per million tokens".
    pub(super) fn attach_prices(&self, found: &mut Vec<Found>) {
        for at in 0..found.len() {
            let Some(Found { span, kind: Kind::Money { per: None, .. }, .. }) = found.get(at) else {
                continue;
            };
            let (start, end) = (span.start, span.end);
            let first = self.tokens.partition_point(|token| token.span.start < start);
            let after = self.tokens.partition_point(|token| token.span.start < end);
            let Some((goods, from)) = self.cost_before(first).or_else(|| self.bought_after(after)) else {
                continue;
            };
            let (bought, _, to) = self.per(goods);
            let from = self.token(from).map_or(start, |token| token.span.start);
            if let Some(Found { span, kind: Kind::Money { per, .. }, .. }) = found.get_mut(at) {
                *per = Some(bought);
                *span = crate::text::Span::new(from.min(start), to.max(end));
            }
        }
        self.drop_covered(found);
    }

    /// "a million input tokens cost" right before token `first`: the goods and their first token.
    fn cost_before(&self, first: usize) -> Option<(Goods, usize)> {
        let said = |from: usize| {
            let goods = self.goods(from)?;
            let verb = self.part(Part::Costs, goods.next)?;
            (verb == first && goods.unit.is_some()).then_some((goods, from))
        };
        (first.saturating_sub(12)..first).find_map(said)
    }

    /// "buys a million input tokens" right after an amount.
    fn bought_after(&self, at: usize) -> Option<(Goods, usize)> {
        let goods = self.goods(self.part(Part::Buys, at)?)?;
        goods.unit.is_some().then_some((goods, usize::MAX))
    }

    /// Removes the counts that an amount of money has taken in.
    fn drop_covered(&self, found: &mut Vec<Found>) {
        let money: Vec<_> =
            found.iter().filter(|f| matches!(f.kind, Kind::Money { .. })).map(|f| f.span).collect();
        found.retain(|f| {
            matches!(f.kind, Kind::Money { .. }) || !money.iter().any(|span| span.overlaps(f.span))
        });
        found.sort_by_key(|f| f.span);
    }
}
