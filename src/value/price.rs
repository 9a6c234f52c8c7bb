//! What an amount of money buys: "per million input tokens", "a month", "/M in", "a million tokens cost …".

use super::number::Scan;
use super::part::Part;
use super::{Found, Kind, Per};
use crate::language::token::Shape;
use crate::text::Span;

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
        if goods.unit.is_none() && self.vocabulary.coins.at(self.tokens, goods.next).is_some() {
            // "$1/2 dollars": two amounts.
            return None;
        }
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
        let pair = self.side_pair(at);
        let unit_at = pair.map(|(_, next)| next).or(side.map(|(_, next)| next)).unwrap_or(at);
        if let Some((unit, next)) = self.unit_at(unit_at) {
            goods.unit = Some(unit);
            goods.side = side.map(|(side, _)| *side).filter(|_| pair.is_none());
            goods.next = next;
        }
        if goods.side.is_none()
            && pair.is_none()
            && let Some((side, next)) = self.side_after(goods.next)
        {
            (goods.side, goods.next) = (Some(side), next);
        }
        goods.end = self.end_before(goods.next);
        goods
    }

    /// "input/output", "input and output".
    fn side_pair(&self, at: usize) -> Option<([u16; 2], usize)> {
        let [before, _] = &self.vocabulary.sides;
        let (first, next) = before.at(self.tokens, at)?;
        let next = self.part(Part::And, next).or_else(|| self.part(Part::PerStrong, next))?;
        let (second, next) = before.at(self.tokens, next)?;
        Some(([*first, *second], next))
    }

    /// "in", "going out", "of input". One word alone must close what is said: "$2 in April" has no direction.
    fn side_after(&self, at: usize) -> Option<(u16, usize)> {
        let (side, next) = self.vocabulary.sides[1].at(self.tokens, at)?;
        let closed = self.token(next).is_none_or(|token| token.shape == Shape::Mark)
            || [Part::And, Part::Or, Part::PerStrong, Part::Costs].iter().any(|part| self.is(*part, next));
        (closed || next > at + 1 || !self.is(Part::In, at)).then_some((*side, next))
    }

    fn has_upper(&self, at: usize) -> bool {
        self.written(at).starts_with(char::is_uppercase)
    }

    /// Gives amounts that say nothing of what they buy what the words around them say: "a million tokens cost $2",
    /// "$2 buys a million tokens", "$1 and $4 per million input and output tokens".
    pub(super) fn attach_prices(&self, found: &mut Vec<Found>) {
        let none = |found: &Found| matches!(found.kind, Kind::Money { per: None, .. });
        if !found.iter().any(none) {
            return;
        }
        for at in (0..found.len()).rev() {
            let Some(value) = found.get(at).filter(|value| none(value)) else { continue };
            let Span { start, end } = value.span;
            let first = self.token_at(start);
            let after = self.token_at(end);
            let (bought, from, to) = if let Some((goods, from)) = self.cost_before(first) {
                (self.per(goods).0, self.token(from).map_or(start, |token| token.span.start), end)
            } else if let Some(goods) = self.bought_after(after) {
                (self.per(goods).0, start, self.per(goods).2)
            } else if let Some(shared) = found.get_mut(at + 1).and_then(|next| self.shared(after, next)) {
                (shared, start, end)
            } else {
                continue;
            };
            if let Some(Found { span, kind: Kind::Money { per, .. }, .. }) = found.get_mut(at) {
                (*per, *span) = (Some(bought), Span::new(from, to));
            }
        }
        self.drop_covered(found);
    }

    /// The first token that starts at a byte or after it.
    fn token_at(&self, byte: usize) -> usize {
        self.tokens.partition_point(|token| token.span.start < byte)
    }

    /// What an amount that ends before token `after` buys, when the next amount says it for both.
    fn shared(&self, after: usize, next: &mut Found) -> Option<Per> {
        let Kind::Money { per: Some(per), .. } = &mut next.kind else { return None };
        let second = self.token_at(next.span.start);
        let joins = [Part::And, Part::Or, Part::To, Part::PerStrong];
        let tied = joins.iter().any(|part| self.is(*part, after)) && second <= after + 3;
        let pair = (second..self.token_at(next.span.end)).find_map(|at| self.side_pair(at));
        let name = |side: u16| self.vocabulary.side_names.get(side as usize).cloned();
        if let Some(([first, other], _)) = pair.filter(|_| tied) {
            per.side = name(other);
            return Some(Per { side: name(first), ..per.clone() });
        }
        tied.then(|| per.clone())
    }

    /// "a million input tokens cost" right before token `first`: the goods and their first token. A few words may stand
    /// before the verb ("a second of video now costs").
    fn cost_before(&self, first: usize) -> Option<(Goods, usize)> {
        let said = |from: usize| {
            let goods = self.goods(from).filter(|goods| goods.unit.is_some() && goods.next < first)?;
            let words = (goods.next..first).take(4).take_while(|at| self.is_word(*at) || *at == goods.next);
            let verb = words.filter_map(|at| self.part(Part::Costs, at)).any(|next| next == first);
            verb.then_some((goods, from))
        };
        (first.saturating_sub(12)..first).find_map(said)
    }

    fn is_word(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| !matches!(token.shape, Shape::Mark | Shape::Number))
    }

    /// "buys a million input tokens" right after an amount.
    fn bought_after(&self, at: usize) -> Option<Goods> {
        self.goods(self.part(Part::Buys, at)?).filter(|goods| goods.unit.is_some())
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
