//! Conditions of a rule on wording: how a phrase stands in its sentence, who says it, and what the facts say of its subject.

use crate::claim::{Claim, Said};
use crate::knowledge::{AttributeType, Knowledge};
use crate::language::context::Status;
use crate::text::Span;
use crate::verdict::{Bench, Judgement, Verdict};
use crate::yaml::{Fields, Item, suggest};

/// How a phrase may stand, as files name it.
pub const STANDINGS: [&str; 8] =
    ["stated", "negated", "past", "planned", "hedged", "asked", "conditional", "denied"];

/// When a rule on wording speaks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct When {
    /// Any of these; stated, if none is named.
    stands: Vec<&'static str>,
    /// Whether somebody must, or must not, be named who says it.
    reported: Option<bool>,
    /// Patterns: a sentence that says one of these is left alone.
    pub unless: Vec<String>,
    /// What the facts must say of the subject on the draft's day.
    pub facts: Vec<Condition>,
}

/// What the facts must say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Condition {
    /// Attribute id.
    pub attribute: String,
    /// A value of it.
    pub value: String,
    /// That they exclude it.
    pub denied: bool,
    /// Where it stands in the rule's file.
    pub span: Span,
}

impl When {
    /// Reads `stands`, `reported`, `unless`, `facts`.
    pub fn read(mut fields: Fields<'_>) -> When {
        let stands = fields.one_or_many("stands");
        let named = stands.iter().filter_map(|item| {
            let word = item.one_of("standing", &STANDINGS)?;
            STANDINGS.iter().find(|known| **known == word).copied()
        });
        let facts = fields.get("facts").map(|facts| facts.entries()).unwrap_or_default();
        let condition = |(attribute, span, item): &(&str, Span, Item<'_>)| {
            let value = item.str()?;
            let (denied, value) = value.strip_prefix("not ").map_or((false, value), |value| (true, value));
            let (attribute, value) = (attribute.to_string(), value.to_string());
            Some(Condition { attribute, value, denied, span: span.cover(item.span()) })
        };
        let when = When {
            stands: named.collect(),
            reported: fields.bool("reported"),
            unless: fields.strings("unless"),
            facts: facts.iter().filter_map(condition).collect(),
        };
        fields.finish();
        when
    }

    /// Whether a phrase stands as it must.
    pub fn fits(&self, claim: &Claim) -> bool {
        let standing = standing(claim);
        let stands = match self.stands.is_empty() {
            true => standing == "stated",
            false => self.stands.contains(&standing),
        };
        stands && self.reported.is_none_or(|must| must == claim.reported)
    }

    /// What the facts say of the subject, if it is what they must: the judgement that shows it. Without conditions on facts
    /// nothing needs to be shown.
    pub fn judged(&self, claim: &Claim, bench: &Bench<'_>) -> Option<Judgement> {
        let free =
            Judgement { verdict: Verdict::Unknown, fact: None, subject: claim.subjects.first().copied() };
        let mut shown = None;
        for condition in &self.facts {
            let judgement = bench.judge(&condition.claim(claim, bench.knowledge));
            let wanted = if condition.denied { Verdict::Contradicted } else { Verdict::Supported };
            if judgement.verdict != wanted {
                return None;
            }
            shown.get_or_insert(judgement);
        }
        Some(shown.unwrap_or(free))
    }
}

/// How a phrase stands, in a word of [`STANDINGS`].
pub fn standing(claim: &Claim) -> &'static str {
    match claim.status {
        Status::Stated | Status::Happened if claim.negated => "negated",
        Status::Stated | Status::Happened => "stated",
        Status::Past => "past",
        Status::Willed | Status::Planned => "planned",
        Status::Doubted => "hedged",
        Status::Asked => "asked",
        Status::Supposed => "conditional",
        Status::Denied => "denied",
    }
}

impl Condition {
    /// The value said of the claim's subjects.
    fn claim(&self, claim: &Claim, knowledge: &Knowledge) -> Claim {
        let kind = knowledge.attribute(&self.attribute).and_then(|a| knowledge.attributes.get(a.0 as usize));
        let said = match kind.map(|attribute| &attribute.kind) {
            Some(AttributeType::Licence) => Said::Licence(self.value.clone()),
            Some(AttributeType::Subject) => match knowledge.subject(&self.value) {
                Some(subject) => Said::Subject(subject),
                None => Said::Name(self.value.clone()),
            },
            _ => Said::Word(self.value.clone()),
        };
        Claim {
            attribute: self.attribute.clone(),
            said,
            negated: false,
            at: None,
            scope: Vec::new(),
            ..claim.clone()
        }
    }
}

/// What is wrong with a rule's word for an attribute or a value of it, if it is not known, and what may be meant.
pub fn unknown(
    attribute: &str,
    value: Option<&str>,
    knowledge: &Knowledge,
) -> Option<(String, Option<String>)> {
    let Some(at) = knowledge.attribute(attribute) else {
        let names = knowledge.attributes.iter().map(|attribute| attribute.id.as_str());
        return Some((format!("unknown attribute `{attribute}`"), suggest(attribute, names)));
    };
    let values: Vec<&str> = match &knowledge.attributes.get(at.0 as usize)?.kind {
        AttributeType::Choice(values) => values.iter().map(|value| value.id.as_str()).collect(),
        AttributeType::Stage(values) => values.iter().map(String::as_str).collect(),
        _ => return None,
    };
    let value = value?;
    // A stage may be a stretch: `none..announced`.
    let mut parts = value.strip_prefix("only ").unwrap_or(value).split("..").filter(|part| !part.is_empty());
    let wrong = parts.find(|part| !values.contains(part) && !ANY.contains(part))?;
    Some((format!("unknown value `{wrong}` of `{attribute}`"), suggest(wrong, values)))
}

/// Words for values that every attribute has.
const ANY: [&str; 5] = ["none", "some", "undisclosed", "before", "after"];
