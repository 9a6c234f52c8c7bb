//! Whether a fact's value and a claim's agree, by type: yes, no, or neither.

use super::Bench;
use crate::claim::{Claim, Said};
use crate::knowledge::{AttributeType, Choice, Fact, Member, SubjectId, Value};
use crate::value::{Agreement, Bound, DateValue, Number, Per};
use jiff::civil::Date;

impl Bench<'_> {
    /// Whether `fact` says what is `said`; `None` where it leaves it open. The claim's polarity is not looked at.
    pub(super) fn compare(
        &self,
        claim: &Claim,
        said: &Said,
        fact: &Fact,
        kind: &AttributeType,
    ) -> Option<bool> {
        match (said, &fact.value) {
            (Said::Word(word), Value::None) if word == "none" => Some(true),
            (Said::Word(word), Value::None) if word == "some" => Some(false),
            (Said::Word(word), _) if word == "some" => Some(true),
            (Said::Word(word), Value::Undisclosed) => (word == "undisclosed").then_some(true),
            (Said::Word(word), Value::Date(first, _)) if word == "none" => Some(*first > self.day),
            (Said::Word(word), value)
                if word == "none" && !matches!(value, Value::Choice(_) | Value::Set { .. }) =>
            {
                Some(false)
            }
            (_, Value::Undisclosed) => None,
            (Said::Order { before, other }, Value::Subject(held)) => {
                self.same_subject(*other, *held).then_some(!before)
            }
            (Said::Order { before, other }, _) => self.order(*before, *other, fact),
            (Said::Ratio(figure), _) => self.ratio(claim, figure, fact),
            (_, Value::None) => Some(false),
            (Said::Word(word), Value::Choice(held)) => chosen(kind, word, word, held),
            (Said::Between(low, high), Value::Choice(held)) => chosen(kind, low, high, held),
            (Said::Word(id), Value::Set { members, only }) => member(members, *only, &[id.as_str()]),
            (Said::Only(id), Value::Set { members, only }) => {
                let there = |m: &&Member| !m.absent && m.stage.is_none();
                let other = members.iter().filter(there).any(|m| m.id != *id);
                if other { Some(false) } else { only.then_some(true) }
            }
            (Said::Subject(s), Value::Set { members, only }) => {
                let ids: Vec<&str> = self.knowledge.line(*s).filter_map(|s| self.id(s)).collect();
                member(members, *only, &ids)
            }
            (Said::Name(name), Value::Set { members, only }) => {
                let ids: Vec<&str> =
                    members.iter().map(|m| m.id.as_str()).filter(|id| alike(id, name)).collect();
                member(members, *only, &ids)
            }
            (Said::Subject(s), Value::Subject(held)) => {
                Some(self.same_subject(*s, *held) || self.is_part(*s, *held, fact))
            }
            (Said::Subject(s), Value::Text(text)) => Some(self.goes_by(*s, text)),
            (Said::Name(name), Value::Subject(held)) => self.named(name, *held),
            (Said::Name(name), Value::Text(text)) => Some(alike(name, text)),
            (Said::Word(word), Value::Quantity { low, high, .. }) => {
                word.parse::<f64>().ok().map(|said| *low <= said && said <= *high)
            }
            (Said::Word(word), Value::Text(text)) => Some(alike(word, text)),
            (Said::Licence(said), Value::Licence(held)) if self.vocabulary.licence(held).is_none() => {
                // A licence of the maker's own: another one by name is another one, a mere kind of licence may be it.
                let kind =
                    self.vocabulary.licence(said).is_some_and(|l| l.any.is_some() || !l.family_of.is_empty());
                (!kind).then(|| alike(said, held))
            }
            (Said::Licence(said), Value::Licence(held)) => match self.vocabulary.same_licence(said, held) {
                Agreement::Same => Some(true),
                Agreement::Compatible => None,
                Agreement::Different => Some(false),
            },
            (Said::Count(number, unit), Value::Quantity { low, high, bound, unit: held }) => {
                let scale = match (unit, held) {
                    (Some(unit), Some(held)) => self.vocabulary.convert(unit, held)?,
                    _ => 1.0,
                };
                let number = Number { low: number.low * scale, high: number.high * scale, ..*number };
                counted(number, *low, *high, *bound)
            }
            (Said::Money(number, currency, per), Value::Money { amount, currency: held, per: held_per }) => {
                let scale = self.per(per.as_ref(), held_per.as_ref()).filter(|_| currency == held)?;
                Some((number.low * scale - amount).abs() <= 0.005 * amount.abs().max(0.0001))
            }
            (Said::Date(date), Value::Date(first, last)) => dated(*date, *first, *last, self.day),
            (Said::Since(date), Value::Date(first, last)) => since(*date, *first, *last, self.day),
            _ => None,
        }
    }

    /// What makes of a price for `said` one for `held`; another side or unit says nothing.
    fn per(&self, said: Option<&Per>, held: Option<&Per>) -> Option<f64> {
        let (Some(said), Some(held)) = (said, held) else { return Some(1.0) };
        if said.side.is_some() && held.side.is_some() && said.side != held.side {
            return None;
        }
        let units = self.vocabulary.convert(&said.unit, &held.unit)?;
        Some(held.count / (said.count * units)).filter(|scale| scale.is_finite())
    }

    fn id(&self, subject: SubjectId) -> Option<&str> {
        self.knowledge.subjects.get(subject.0 as usize).map(|s| s.id.as_str())
    }

    /// The same subject, or one that the other belongs to: a lab's model is its company's too.
    fn same_subject(&self, said: SubjectId, held: SubjectId) -> bool {
        said == held
            || self.knowledge.line(held).any(|s| s == said)
            || self.knowledge.makers(held).contains(&said)
    }

    /// Whether a maker said is a part of the one held (a lab of the company), and no thing that it made.
    fn is_part(&self, said: SubjectId, held: SubjectId, fact: &Fact) -> bool {
        let part = self.knowledge.line(said).any(|s| s == held);
        part && self.knowledge.facts_of(said, fact.attribute).next().is_none()
    }

    fn goes_by(&self, subject: SubjectId, name: &str) -> bool {
        self.knowledge
            .subjects
            .get(subject.0 as usize)
            .is_some_and(|s| s.aliases.iter().any(|a| alike(&a.text, name)))
    }

    /// A name that is no subject's: agrees if it is part of a name of the one held.
    fn named(&self, name: &str, held: SubjectId) -> Option<bool> {
        let subject = self.knowledge.subjects.get(held.0 as usize)?;
        Some(subject.aliases.iter().any(|a| alike(&a.text, name)))
    }

    /// Whether the fact's subject came out before or after another, by the release dates of both or by a fact that says it
    /// follows.
    fn order(&self, before: bool, other: SubjectId, fact: &Fact) -> Option<bool> {
        let Value::Date(first, last) = fact.value else { return None };
        let attribute = fact.attribute;
        self.knowledge.facts_of(other, attribute).find_map(|f| match f.value {
            Value::Date(_, other_last) if other_last < first => Some(!before),
            Value::Date(other_first, _) if last < other_first => Some(before),
            _ => None,
        })
    }
}

/// A choice or stage between `low` and `high` (an empty end is open) against the one that holds.
fn chosen(kind: &AttributeType, low: &str, high: &str, held: &str) -> Option<bool> {
    match kind {
        AttributeType::Choice(choices) => choice(choices, if low.is_empty() { high } else { low }, held),
        AttributeType::Stage(stages) => {
            let rank = |id: &str| stages.iter().position(|s| s == id);
            let held = rank(held)?;
            let low = if low.is_empty() { 0 } else { rank(low)? };
            let high = if high.is_empty() { stages.len() } else { rank(high)? };
            // The last rung is the end of everything that came before, not more of it.
            let last = held + 1 == stages.len();
            if last && low == 0 && high < held {
                // "None" is as right of what has ended.
                return None;
            }
            let ended = last && low < held && high == stages.len();
            Some(!ended && (low..=high).contains(&held))
        }
        _ => (low == held).then_some(true),
    }
}

fn choice(choices: &[Choice], said: &str, held: &str) -> Option<bool> {
    let find = |id: &str| choices.iter().find(|c| c.id == id);
    let has = |list: fn(&Choice) -> &Vec<String>, of: &str, id: &str| {
        find(of).is_some_and(|c| list(c).iter().any(|i| i == id))
    };
    if said == held || has(|c| &c.implies, held, said) {
        return Some(true);
    }
    (has(|c| &c.excludes, held, said) || has(|c| &c.excludes, said, held)).then_some(false)
}

/// Any of `ids` as a member of a set; one that is only announced there is not there yet.
fn member(members: &[Member], only: bool, ids: &[&str]) -> Option<bool> {
    match members.iter().find(|m| ids.iter().any(|id| m.id == *id)) {
        Some(member) => Some(!member.absent && member.stage.is_none()),
        None => only.then_some(false),
    }
}

/// Names that differ only in case, or of which one is a part of the other's words.
fn alike(a: &str, b: &str) -> bool {
    let words = |s: &str| -> Vec<String> {
        s.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
    };
    let (a, b) = (words(a), words(b));
    !a.is_empty() && !b.is_empty() && (a.iter().all(|w| b.contains(w)) || b.iter().all(|w| a.contains(w)))
}

/// A number against the one that holds, with the bounds of both.
pub(super) fn counted(said: Number, low: f64, high: f64, bound: Bound) -> Option<bool> {
    let tolerance = (0.5 * 10f64.powi(1 - i32::from(said.digits.max(1)))).clamp(0.025, 0.05);
    let near = |a: f64, b: f64| (a - b).abs() <= tolerance * b.abs().max(a.abs());
    let open = matches!(bound, Bound::Over | Bound::AtLeast);
    let same = near(said.high, high) || near(said.low, low) || (low <= said.low && said.high <= high);
    match said.bound {
        Bound::Under | Bound::AtMost if same && bound == Bound::AtMost => Some(true),
        Bound::Under | Bound::AtMost if same => Some(!open && said.bound == Bound::AtMost),
        Bound::Over if same => open.then_some(true),
        _ if same => Some(true),
        Bound::Over | Bound::AtLeast if said.low < low => (said.low * 2.0 < low).then_some(false),
        // Of what goes up to so much, there may be less; "up to" another figure is another fact.
        Bound::Under | Bound::AtMost if bound == Bound::AtMost => Some(false),
        Bound::Plain | Bound::About if bound == Bound::AtMost && said.high < low => None,
        Bound::Under | Bound::AtMost if said.high > high && !open => None,
        _ if open && said.low > high && said.high < high * 1.5 => None,
        _ => Some(false),
    }
}

/// A date as written against an interval: one inside the other agrees.
fn dated(said: DateValue, first: Date, last: Date, day: Date) -> Option<bool> {
    let (said_first, said_last) = interval(said, day)?;
    let inside = (first <= said_first && said_last <= last) || (said_first <= first && last <= said_last);
    Some(inside)
}

/// "Out since": one that is earlier than it began is wrong, a later one leaves open what was before.
fn since(said: DateValue, first: Date, last: Date, day: Date) -> Option<bool> {
    let (said_first, said_last) = interval(said, day)?;
    if said_last < first {
        return Some(false);
    }
    (said_first <= last).then_some(true)
}

/// The days that a date as written covers, its year taken from the draft's day where it has none.
pub(super) fn interval(said: DateValue, day: Date) -> Option<(Date, Date)> {
    let year = said.year.unwrap_or(day.year());
    let first = Date::new(year, said.month.unwrap_or(1), said.day.unwrap_or(1)).ok()?;
    let last = match (said.month, said.day) {
        (_, Some(_)) => first,
        (Some(_), None) => first.last_of_month(),
        (None, None) => first.last_of_year(),
    };
    Some((first, last))
}
