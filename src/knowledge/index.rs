//! Looking things up: by id, by subject and attribute, along families and makers.

use super::{
    Attribute, AttributeId, Fact, FactId, Knowledge, Source, SourceId, State, Subject, SubjectId, Value,
};
use crate::language::token::WordHasher;
use crate::text::Span;
use jiff::civil::Date;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::Index as At;
use std::sync::OnceLock;

/// How far a chain of `part_of` or makers is followed; longer ones are circles.
const MAX_CHAIN: usize = 16;

/// Keys come from rule and fact files.
type Map<K, V> = HashMap<K, V, BuildHasherDefault<WordHasher>>;

/// What is found by hashing; built by [`Knowledge::build_index`] after loading.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    pub(super) subjects: Map<String, SubjectId>,
    pub(super) attributes: Map<String, AttributeId>,
    pub(super) sources: Map<String, SourceId>,
    pub(super) facts: Map<String, FactId>,
    of: Map<(SubjectId, AttributeId), Vec<FactId>>,
    parts: Map<SubjectId, Vec<SubjectId>>,
    /// Where each fact's quote stands, once it was asked for.
    quotes: Vec<OnceLock<Option<Span>>>,
}

impl Knowledge {
    /// The subject of that id.
    pub fn subject(&self, id: &str) -> Option<SubjectId> {
        self.index.subjects.get(id).copied()
    }

    /// The attribute of that id.
    pub fn attribute(&self, id: &str) -> Option<AttributeId> {
        self.index.attributes.get(id).copied()
    }

    /// The source of that id.
    pub fn source(&self, id: &str) -> Option<SourceId> {
        self.index.sources.get(id).copied()
    }

    /// The fact of that id.
    pub fn fact(&self, id: &str) -> Option<FactId> {
        self.index.facts.get(id).copied()
    }

    /// All facts on one attribute of a subject, in the order of the files, superseded ones too. Where it has none and the
    /// attribute is inherited, those of the nearest family or series that has some.
    pub fn facts_of(&self, subject: SubjectId, attribute: AttributeId) -> impl Iterator<Item = &Fact> {
        let inherited = self.attributes.get(attribute.0 as usize).is_some_and(|a| a.inherited);
        let chain = if inherited { MAX_CHAIN } else { 1 };
        let ids = self.line(subject).take(chain).find_map(|holder| self.index.of.get(&(holder, attribute)));
        ids.into_iter().flatten().filter_map(|id| self.facts.get(id.0 as usize))
    }

    /// The facts of [`Knowledge::facts_of`] that are asserted or disputed and hold on a day.
    pub fn facts_at(
        &self,
        subject: SubjectId,
        attribute: AttributeId,
        day: Date,
    ) -> impl Iterator<Item = &Fact> {
        self.facts_of(subject, attribute).filter(move |fact| fact.valid_at(day))
    }

    /// Who made a subject, or runs it: its maker, and what that is part of (a lab's company), nearest first. A lab or
    /// company gives what it is part of.
    pub fn makers(&self, subject: SubjectId) -> Vec<SubjectId> {
        let mut makers = Vec::new();
        if let Some(attribute) = self.attribute("maker") {
            for fact in self.facts_of(subject, attribute).filter(|fact| fact.state != State::Superseded) {
                if let Value::Subject(maker) = fact.value {
                    for id in self.line(maker) {
                        if !makers.contains(&id) {
                            makers.push(id);
                        }
                    }
                }
            }
        }
        if makers.is_empty() {
            makers.extend(self.line(subject).skip(1));
        }
        makers
    }

    /// All subjects that are part of a family, series, lab or company, directly or through another, in file order.
    pub fn members(&self, family: SubjectId) -> Vec<SubjectId> {
        let mut members = Vec::new();
        let mut open = vec![family];
        while let Some(next) = open.pop() {
            for part in self.index.parts.get(&next).into_iter().flatten() {
                if *part != family && !members.contains(part) {
                    members.push(*part);
                    open.push(*part);
                }
            }
        }
        members.sort();
        members
    }

    /// A subject, then what it is part of, and so on.
    pub fn line(&self, subject: SubjectId) -> impl Iterator<Item = SubjectId> {
        std::iter::successors(Some(subject), |id| self.subjects.get(id.0 as usize)?.part_of).take(MAX_CHAIN)
    }

    /// Where a fact's quote stands in its source, if the source's text is kept.
    pub fn quote_place(&self, fact: &Fact) -> Option<(SourceId, Span)> {
        let (id, quote) = (fact.source?, fact.quote.as_deref()?);
        let find = || super::quote::find(self.sources.get(id.0 as usize)?.text.as_deref()?, quote);
        let known = self.fact(&fact.id).and_then(|fact| self.index.quotes.get(fact.0 as usize));
        Some((id, known.map_or_else(find, |place| *place.get_or_init(find))?))
    }

    pub(super) fn build_index(&mut self) {
        self.index.quotes = vec![OnceLock::new(); self.facts.len()];
        self.index.facts =
            self.facts.iter().enumerate().map(|(at, fact)| (fact.id.clone(), FactId(at as u32))).collect();
        for (at, fact) in self.facts.iter().enumerate() {
            self.index.of.entry((fact.subject, fact.attribute)).or_default().push(FactId(at as u32));
        }
        for (at, subject) in self.subjects.iter().enumerate() {
            if let Some(whole) = subject.part_of {
                self.index.parts.entry(whole).or_default().push(SubjectId(at as u32));
            }
        }
    }
}

impl Fact {
    /// Whether it holds on some day from the first to the last.
    pub fn overlaps(&self, first: Date, last: Date) -> bool {
        self.state != State::Superseded
            && self.from.is_none_or(|from| from <= last)
            && self.to.is_none_or(|to| first <= to)
    }

    /// Whether it holds on a day: it is not superseded, and the day lies within its time (an unknown end is open).
    pub fn valid_at(&self, day: Date) -> bool {
        self.state != State::Superseded
            && self.from.is_none_or(|from| from <= day)
            && self.to.is_none_or(|to| day <= to)
    }
}

impl Attribute {
    /// A choice, stage or set member in words; the id itself where it has none.
    pub fn word<'a>(&'a self, id: &'a str) -> &'a str {
        let choices = match &self.kind {
            super::AttributeType::Choice(choices) => choices,
            _ => &self.words,
        };
        choices.iter().find(|choice| choice.id == id).map_or(id, |choice| &choice.name)
    }
}

impl At<SubjectId> for Knowledge {
    type Output = Subject;
    fn index(&self, id: SubjectId) -> &Subject {
        &self.subjects[id.0 as usize]
    }
}

impl At<AttributeId> for Knowledge {
    type Output = Attribute;
    fn index(&self, id: AttributeId) -> &Attribute {
        &self.attributes[id.0 as usize]
    }
}

impl At<FactId> for Knowledge {
    type Output = Fact;
    fn index(&self, id: FactId) -> &Fact {
        &self.facts[id.0 as usize]
    }
}

impl At<SourceId> for Knowledge {
    type Output = Source;
    fn index(&self, id: SourceId) -> &Source {
        &self.sources[id.0 as usize]
    }
}
