//! A claim held against the facts.

mod compare;
mod ratio;

use crate::claim::bind::Bound;
use crate::claim::figure::Figure;
use crate::claim::{Claim, Said};
use crate::knowledge::{AttributeId, AttributeType, Fact, FactId, Knowledge, State, SubjectId, Value};
use crate::value::{DateValue, Vocabulary};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What the facts say of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// A fact says the same.
    Supported,
    /// A fact excludes it.
    Contradicted,
    /// It was true at an earlier date than the draft's.
    Outdated,
    /// Sources disagree.
    Disputed,
    /// No fact speaks of it.
    Unknown,
}

/// A verdict with the fact that decided it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// The fact, where one decided.
    pub fact: Option<FactId>,
    /// Which of the claim's subjects it is about.
    pub subject: Option<SubjectId>,
}

/// What claims are judged by.
#[derive(Debug, Clone, Copy)]
pub struct Bench<'a> {
    /// The facts.
    pub knowledge: &'a Knowledge,
    /// Licences and units.
    pub vocabulary: &'a Vocabulary,
    /// The draft's day.
    pub day: Date,
    /// Whether the draft itself bears a date.
    pub dated: bool,
    /// Whether that day was given by anybody at all, and is not merely today.
    pub given: bool,
}

impl Bench<'_> {
    /// Judges a claim of each of its subjects: the first contradiction counts, else the weakest of the other verdicts.
    pub fn judge(&self, claim: &Claim) -> Judgement {
        let unknown =
            Judgement { verdict: Verdict::Unknown, fact: None, subject: claim.subjects.first().copied() };
        let each = claim.subjects.iter().map(|s| self.judge_of(claim, *s));
        let rank = |j: &Judgement| match j.verdict {
            Verdict::Contradicted => 0,
            Verdict::Outdated => 1,
            Verdict::Disputed => 2,
            Verdict::Unknown => 3,
            Verdict::Supported => 4,
        };
        each.min_by_key(rank).unwrap_or(unknown)
    }

    fn judge_of(&self, claim: &Claim, subject: SubjectId) -> Judgement {
        let unknown = Judgement { verdict: Verdict::Unknown, fact: None, subject: Some(subject) };
        let Some(attribute) = self.knowledge.attribute(&claim.attribute) else { return unknown };
        if let Said::Like(other) = claim.said {
            return self.like(claim, subject, other, attribute).unwrap_or(unknown);
        }
        for (attribute, said) in self.routes(attribute, &claim.said) {
            for holder in self.holders(subject) {
                let judged = self.held_against(claim, &said, holder, attribute);
                if judged.verdict == Verdict::Contradicted
                    && (matches!(self.kind(attribute), AttributeType::Subject)
                        && self.true_of_a_part(claim, subject, attribute)
                        || self.true_of_an_owner(claim, &said, holder, attribute)
                        || holder != subject && self.may_differ(subject, attribute))
                {
                    return unknown;
                }
                if judged.verdict != Verdict::Unknown {
                    return Judgement { subject: Some(subject), ..judged };
                }
            }
        }
        self.turned(claim, subject).or_else(|| self.of_members(claim, subject)).unwrap_or(unknown)
    }

    /// "The same licence as X": what the facts say of X is said of the subject.
    fn like(
        &self,
        claim: &Claim,
        subject: SubjectId,
        other: SubjectId,
        attribute: AttributeId,
    ) -> Option<Judgement> {
        // Of a family whose members alone have facts, any of them tells.
        let all = std::iter::once(other).chain(self.knowledge.members(other).into_iter().take(64));
        let facts = all.flat_map(|other| self.knowledge.facts_of(other, attribute));
        let now = facts.filter(|fact| fact.state != State::Superseded && fact.valid_at(self.day));
        let said = now.filter_map(|fact| match &fact.value {
            Value::Choice(id) => Some(Said::Word(id.clone())),
            Value::Licence(id) => Some(Said::Licence(id.clone())),
            Value::Subject(id) => Some(Said::Subject(*id)),
            Value::Date(first, last) if first == last => {
                let (year, month) = (first.year(), first.month());
                Some(Said::Date(DateValue { year: Some(year), month: Some(month), day: Some(first.day()) }))
            }
            Value::None => Some(none()),
            _ => None,
        });
        let judged = said.map(|said| self.judge_of(&Claim { said, ..claim.clone() }, subject));
        judged.into_iter().find(|judged| judged.verdict != Verdict::Unknown)
    }

    /// What is said of a company may be true of a lab of theirs, which is as good.
    fn true_of_a_part(&self, claim: &Claim, subject: SubjectId, attribute: AttributeId) -> bool {
        self.knowledge.members(subject).into_iter().take(64).any(|part| {
            let judged = self.held_against(claim, &claim.said, part, attribute);
            judged.verdict == Verdict::Supported
        })
    }

    /// What is said of a maker may be true of those it belongs to: a company's head is the head of its lab's maker too.
    fn true_of_an_owner(
        &self,
        claim: &Claim,
        said: &Said,
        holder: SubjectId,
        attribute: AttributeId,
    ) -> bool {
        let owners = self.knowledge.line(holder).skip(1);
        !claim.subjects.contains(&holder)
            && owners
                .map(|owner| self.held_against(claim, said, owner, attribute))
                .any(|judged| judged.verdict == Verdict::Supported)
    }

    /// Whether a subject may have a value other than its owner's, as those of its kind have their own: a lab is not led by
    /// who leads its company.
    fn may_differ(&self, subject: SubjectId, attribute: AttributeId) -> bool {
        let kind = |subject: SubjectId| self.knowledge.subjects.get(subject.0 as usize).map(|s| &s.kind);
        let inherited = self.knowledge.attributes[attribute.0 as usize].inherited;
        let alike = |fact: &Fact| fact.attribute == attribute && kind(fact.subject) == kind(subject);
        !inherited && self.knowledge.facts.iter().any(alike)
    }

    /// What is said of a family is said of each of its members, so one that it does not fit contradicts it; a maker's figure
    /// is that of the one model of theirs that has such a figure.
    fn of_members(&self, claim: &Claim, subject: SubjectId) -> Option<Judgement> {
        let attribute = self.knowledge.attribute(&claim.attribute)?;
        let kind = &self.knowledge.attributes[attribute.0 as usize].kind;
        let figure = matches!(claim.said, Said::Ratio(_));
        let named = !matches!(claim.bound, Bound::Topic | Bound::Structure | Bound::Next);
        let inherited = self.knowledge.attributes[attribute.0 as usize].inherited;
        let each = named && inherited && matches!(kind, AttributeType::Choice(_) | AttributeType::Licence);
        let members = self.knowledge.members(subject);
        if !(figure || each && !claim.negated) || members.is_empty() || members.len() > 64 {
            return None;
        }
        let judged = members.iter().flat_map(|m| {
            let routes = self.routes(attribute, &claim.said);
            routes.map(|(attribute, said)| self.held_against(claim, &said, *m, attribute))
        });
        let mut judged = judged.filter(|j| j.verdict != Verdict::Unknown);
        if figure {
            let only = judged.next();
            return only.filter(|_| judged.next().is_none());
        }
        judged.find(|j| j.verdict == Verdict::Contradicted)
    }

    /// A figure whose baseline is the subject of a fact is that fact's the other way round; so is an order.
    fn turned(&self, claim: &Claim, subject: SubjectId) -> Option<Judgement> {
        let (other, said) = match &claim.said {
            Said::Ratio(figure) => {
                let other = figure.baseline?;
                let better = figure.better.map(|b| 1.0 / b);
                let bound = figure.bound.turned();
                (other, Said::Ratio(Figure { better, bound, baseline: Some(subject), ..figure.clone() }))
            }
            Said::Order { before, other } => (*other, Said::Order { before: !before, other: subject }),
            _ => return None,
        };
        if other == subject {
            return None;
        }
        let attribute = self.knowledge.attribute(&claim.attribute)?;
        // After a family is after each of its members.
        let members = self.knowledge.members(other).into_iter().take(64).filter(|m| *m != subject);
        let all = std::iter::once(other).chain(members);
        let mut judged = all.map(|other| self.held_against(claim, &said, other, attribute));
        judged
            .find(|judged| judged.verdict != Verdict::Unknown)
            .map(|judged| Judgement { subject: Some(subject), ..judged })
    }

    /// The attribute itself, then those that stand in for it where it has no fact.
    fn routes<'s>(
        &'s self,
        attribute: AttributeId,
        said: &'s Said,
    ) -> impl Iterator<Item = (AttributeId, Cow<'s, Said>)> {
        let via = self.knowledge.attributes[attribute.0 as usize].via.iter().filter_map(move |via| {
            let other = self.knowledge.attribute(via)?;
            let said = match said {
                Said::Licence(id) => Cow::Owned(self.licence_as(id, attribute)?),
                other => Cow::Borrowed(other),
            };
            Some((other, said))
        });
        std::iter::once((attribute, Cow::Borrowed(said))).chain(via)
    }

    /// What a licence of its class makes of a model, as the attribute's file says.
    fn licence_as(&self, licence: &str, attribute: AttributeId) -> Option<Said> {
        let class = self.vocabulary.licence(licence)?.class.id();
        let classes = &self.knowledge.attributes[attribute.0 as usize].classes;
        classes.iter().find(|(id, _)| id == class).map(|(_, value)| Said::Word(value.clone()))
    }

    /// The subject, then its makers: what a lab is led by is said of its models too.
    fn holders(&self, subject: SubjectId) -> impl Iterator<Item = SubjectId> {
        let makers = std::iter::once_with(move || self.knowledge.makers(subject));
        std::iter::once(subject).chain(makers.flatten())
    }

    fn held_against(
        &self,
        claim: &Claim,
        said: &Said,
        subject: SubjectId,
        attribute: AttributeId,
    ) -> Judgement {
        let all = || self.knowledge.facts_of(subject, attribute).filter(|f| f.state != State::Superseded);
        let day = match claim.at.and_then(|at| compare::interval(at, self.day)) {
            // A time that the sentence gives: what held on any day of it is right.
            Some((first, last)) if first <= self.day => {
                let then = all().filter(|f| f.overlaps(first, last.min(self.day)));
                if let Some((true, fact)) = self.agreement(claim, said, then, self.kind(attribute)) {
                    return self.give(Verdict::Supported, fact, subject);
                }
                last.min(self.day)
            }
            _ => self.day,
        };
        let now = || all().filter(|f| f.valid_at(day));
        let unknown = Judgement { verdict: Verdict::Unknown, fact: None, subject: Some(subject) };
        let give = |verdict, fact: &Fact| self.give(verdict, fact, subject);
        let kind = self.kind(attribute);
        match self.agreement(claim, said, now(), kind) {
            Some((true, fact)) => give(Verdict::Supported, fact),
            Some((false, fact)) => {
                let before = all().filter(|f| f.to.is_some_and(|to| to < day));
                // Before its day, "not yet" was right.
                let awaited = self.dated && matches!(fact.value, Value::Date(..)) && *said == none();
                match self.agreement(claim, said, before, kind) {
                    _ if awaited => give(Verdict::Outdated, fact),
                    Some((true, _)) => give(Verdict::Outdated, fact),
                    _ => give(Verdict::Contradicted, fact),
                }
            }
            // Nothing holds now, but it did: what the draft says has ended.
            None if claim.at.is_none() && now().next().is_none() => {
                let ended = all().filter(|f| f.to.is_some_and(|to| to < day));
                match self.agreement(claim, said, ended, kind) {
                    Some((true, fact)) => give(Verdict::Outdated, fact),
                    _ => unknown,
                }
            }
            None => unknown,
        }
    }

    fn kind(&self, attribute: AttributeId) -> &AttributeType {
        &self.knowledge.attributes[attribute.0 as usize].kind
    }

    fn give(&self, verdict: Verdict, fact: &Fact, subject: SubjectId) -> Judgement {
        Judgement {
            verdict: match verdict {
                _ if fact.state == State::Disputed => Verdict::Disputed,
                // Written now, it is wrong, whatever was so once.
                Verdict::Outdated if !self.given => Verdict::Contradicted,
                verdict => verdict,
            },
            fact: self.knowledge.fact(&fact.id),
            subject: Some(subject),
        }
    }

    /// Whether facts agree with a claim, and which of them tells: any that agrees, else any that excludes it.
    fn agreement<'f>(
        &self,
        claim: &Claim,
        said: &Said,
        facts: impl Iterator<Item = &'f Fact>,
        kind: &AttributeType,
    ) -> Option<(bool, &'f Fact)> {
        let facts = self.in_scope(claim, facts);
        let mut excluded = None;
        for fact in facts.iter().copied() {
            match self.compare(claim, said, fact, kind) {
                Some(true) if !claim.negated => return Some((true, fact)),
                Some(true) => return Some((false, fact)),
                Some(false) if excluded.is_none() && !self.may_mean_another(claim, fact, &facts) => {
                    excluded = Some(fact)
                }
                _ => {}
            }
        }
        excluded.map(|fact| (claim.negated, fact))
    }

    /// Whether a quantity that names no scope may be the one of a scope that the facts tell apart and that none here gives: a
    /// size may be all or the active part.
    fn may_mean_another(&self, claim: &Claim, fact: &Fact, facts: &[&Fact]) -> bool {
        let quantity = matches!(fact.value, crate::knowledge::Value::Quantity { .. });
        let named = |value: &str| claim.scope.iter().any(|w| w.eq_ignore_ascii_case(value));
        let alike = || self.knowledge.facts.iter().filter(|f| f.attribute == fact.attribute);
        quantity
            && fact.scope.iter().filter(|(_, value)| !named(value)).any(|(key, value)| {
                let given =
                    |other: &str| facts.iter().flat_map(|f| &f.scope).any(|(k, v)| k == key && v == other);
                alike().flat_map(|f| &f.scope).any(|(k, v)| k == key && v != value && !given(v))
            })
    }

    /// Leaves out facts whose scope is not the one that the claim's sentence names ("Standard" against "Priority").
    fn in_scope<'f>(&self, claim: &Claim, facts: impl Iterator<Item = &'f Fact>) -> Vec<&'f Fact> {
        let named = |value: &str| claim.scope.iter().any(|w| w.eq_ignore_ascii_case(value));
        // What the facts on any subject tell apart, a claim on this one may mean too.
        let other = |fact: &Fact, key: &str, value: &str| {
            let facts = self.knowledge.facts.iter().filter(|f| f.attribute == fact.attribute);
            facts.flat_map(|f| &f.scope).any(|(k, v)| k == key && v != value && named(v))
        };
        let within = claim.within.and_then(|s| self.knowledge.subjects.get(s.0 as usize));
        let among = |value: &str| {
            within.is_none_or(|within| within.id == value || self.knowledge.subject(value).is_none())
        };
        let fits = |fact: &Fact| {
            let told = |key: &str, value: &str| named(value) || !other(fact, key, value);
            fact.scope.iter().all(|(key, value)| among(value) && told(key, value))
        };
        facts.filter(|f| fits(f)).collect()
    }
}

/// That there is none, or none yet.
fn none() -> Said {
    Said::Word("none".into())
}
