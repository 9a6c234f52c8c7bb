//! Wording: findings in words, each with the fact, its source and a way to mend it.

use super::compile::Checker;
use super::file::Rule;
use super::finding::{Confidence, Finding, Fix, Meaning, Place, Related};
use super::restate;
use crate::claim::bind::Bound;
use crate::claim::reads::Read;
use crate::claim::{Claim, Said};
use crate::draft::Draft;
use crate::knowledge::{Fact, FactId, SubjectId, Value};
use crate::text::Span;
use crate::verdict::Judgement;
use jiff::civil::Date;

/// What wording needs.
#[derive(Debug, Clone, Copy)]
pub struct Wording<'a> {
    /// Names and facts.
    pub checker: &'a Checker,
    /// The draft, for its own words.
    pub draft: &'a Draft,
    /// The draft's day.
    pub day: Date,
}

impl Wording<'_> {
    /// What an attribute is called.
    pub(super) fn attribute<'a>(&'a self, id: &'a str) -> &'a str {
        let knowledge = &self.checker.knowledge;
        knowledge.attribute(id).map_or(id, |found| &knowledge.attributes[found.0 as usize].name)
    }

    /// A finding on a claim.
    pub fn finding(&self, rule: &Rule, claim: &Claim, judgement: &Judgement) -> Finding {
        let fact = judgement.fact.and_then(|id| self.fact(id));
        let none = fact.is_some_and(|f| f.value == Value::None);
        let template = rule.message_none.as_ref().filter(|_| none).unwrap_or(&rule.message);
        let slot = |slot: &str| {
            Some(match slot {
                "subject" => judgement.subject.map(|s| self.name(s)).unwrap_or_default(),
                "match" => claim.span.of(&self.draft.source).trim().to_string(),
                "attribute" => self.attribute(&claim.attribute).to_string(),
                "claim" => self.said(claim),
                "fact" => fact.map(|f| self.value(f)).unwrap_or_default(),
                "source" => fact.map(|f| self.source(f)).unwrap_or_default(),
                "as_of" => fact.and_then(|f| f.as_of).map(|d| d.to_string()).unwrap_or_default(),
                _ => return None,
            })
        };
        let message = filled(template, slot);
        let mut fixes = self.fixes(claim, fact);
        if !claim.negated && !claim.taken_up && fact.is_some() {
            fixes.extend(rule.fixes.iter().map(|template| write(claim.span, filled(template, slot))));
        }
        let distant = matches!(claim.bound, Bound::Topic | Bound::Later);
        Finding {
            rule: rule.name.clone(),
            severity: rule.severity,
            confidence: if distant { rule.confidence.min(Confidence::Medium) } else { rule.confidence },
            span: claim.span,
            message,
            related: fact.map(|f| self.related(f)).unwrap_or_default(),
            fixes,
            meaning: Some(Meaning {
                subject: judgement
                    .subject
                    .map(|s| self.checker.knowledge.subjects[s.0 as usize].id.clone())
                    .unwrap_or_default(),
                attribute: claim.attribute.clone(),
                value: meaning(&claim.said, claim.negated),
            }),
            fact: judgement.fact,
            verdict: Some(judgement.verdict),
            link: rule.link.clone(),
        }
    }

    /// A finding of a rule that compares nothing.
    pub fn plain(&self, rule: &Rule, span: Span) -> Finding {
        Finding {
            rule: rule.name.clone(),
            severity: rule.severity,
            confidence: rule.confidence,
            span,
            message: rule.message.replace("{text}", span.of(&self.draft.source)),
            related: Vec::new(),
            fixes: rule
                .fixes
                .iter()
                .map(|fix| write(span, fix.replace("{text}", span.of(&self.draft.source))))
                .collect(),
            meaning: None,
            fact: None,
            verdict: None,
            link: rule.link.clone(),
        }
    }

    /// What is said, in words.
    pub fn said(&self, claim: &Claim) -> String {
        let knowledge = &self.checker.knowledge;
        let kind = knowledge.attribute(&claim.attribute).and_then(|a| knowledge.attributes.get(a.0 as usize));
        let word = |id: &str| kind.map_or(id.to_string(), |a| a.word(id).to_string());
        let text = match &claim.said {
            Said::Word(id) => word(id),
            Said::Between(low, high) if low == "none" || low.is_empty() => {
                format!("no more than {}", word(high))
            }
            Said::Between(low, _) => format!("{} or more", word(low)),
            Said::Only(id) => format!("only {}", word(id)),
            Said::Subject(s) => self.name(*s),
            Said::Name(name) => name.clone(),
            Said::Licence(id) => {
                self.checker.reader.vocabulary.licence(id).map_or(id, |l| &l.name).to_string()
            }
            Said::Like(other) => format!("the same as {}", self.name(*other)),
            Said::Order { before, other } => {
                format!("{} {}", if *before { "before" } else { "after" }, self.name(*other))
            }
            Said::Count(..) | Said::Money(..) | Said::Date(_) | Said::Since(_) => {
                format!("“{}”", claim.span.of(&self.draft.source).trim())
            }
            Said::Ratio(figure) => {
                let metric =
                    figure.metric.as_deref().map(|m| format!(" ({})", self.checker.reader.metrics.name(m)));
                let baseline =
                    figure.baseline.map(|b| format!(" against {}", self.name(b))).unwrap_or_default();
                format!(
                    "“{}”{}{baseline}",
                    claim.span.of(&self.draft.source).trim(),
                    metric.unwrap_or_default()
                )
            }
        };
        if claim.negated { format!("not {text}") } else { text }
    }

    pub(super) fn fact(&self, id: FactId) -> Option<&Fact> {
        self.checker.knowledge.facts.get(id.0 as usize)
    }

    pub(super) fn name(&self, subject: SubjectId) -> String {
        self.checker.knowledge.subjects.get(subject.0 as usize).map(|s| s.name.clone()).unwrap_or_default()
    }

    /// "Title, date: “quote”".
    pub(super) fn source(&self, fact: &Fact) -> String {
        let source = fact.source.and_then(|s| self.checker.knowledge.sources.get(s.0 as usize));
        let title = source.map(|s| s.title.as_str()).unwrap_or("no source");
        let date = source.and_then(|s| s.date).or(fact.as_of).map(|d| format!(", {d}")).unwrap_or_default();
        let quote = fact.quote.as_ref().map(|q| format!(": “{q}”")).unwrap_or_default();
        format!("{title}{date}{quote}")
    }

    /// A fact's value in words; that there is none says of what.
    pub(super) fn value(&self, fact: &Fact) -> String {
        let knowledge = &self.checker.knowledge;
        match fact.value {
            Value::None => format!("no {}", knowledge.attributes[fact.attribute.0 as usize].name),
            _ => knowledge.words(fact.attribute, &fact.value),
        }
    }

    fn related(&self, fact: &Fact) -> Vec<Related> {
        let knowledge = &self.checker.knowledge;
        let quote = knowledge.quote_place(fact).map(|(source, span)| Related {
            message: fact.quote.clone().unwrap_or_default(),
            place: Place::Source(source, span),
        });
        let stated = knowledge.fact(&fact.id).map(|id| Related {
            message: format!("the fact: {}", knowledge.words(fact.attribute, &fact.value)),
            place: Place::Fact(id),
        });
        quote.into_iter().chain(stated).collect()
    }

    /// The pattern that read a claim.
    pub(super) fn read(&self, claim: &Claim) -> Option<&Read> {
        self.checker.reader.reads.get(claim.rule)?.list.get(claim.read?)
    }

    /// The fact's own word, name or figure in place of the claim's, where the claim is one word or phrase of a choice, names a
    /// licence or a subject, or is a number.
    fn fixes(&self, claim: &Claim, fact: Option<&Fact>) -> Vec<Fix> {
        let Some(fact) = fact.filter(|_| !claim.negated && !claim.taken_up) else { return Vec::new() };
        let figure = restate::figure(claim.span.of(&self.draft.source), &claim.said, &fact.value);
        if let Some((at, figure)) = figure {
            return vec![write(at.shift(claim.span.start), figure)];
        }
        if let Some(fix) = self.renamed(claim, fact) {
            return vec![fix];
        }
        if !matches!(claim.said, Said::Word(_)) {
            return Vec::new();
        }
        let rule = &self.checker.rules.list[claim.rule];
        let swaps = self.read(claim).is_some_and(|r| r.swap);
        let Value::Choice(held) = &fact.value else { return Vec::new() };
        let word = rule.write.iter().find(|(value, _)| value == held).map(|(_, word)| word.clone());
        word.filter(|_| swaps).map(|word| write(claim.span, word)).into_iter().collect()
    }

    /// The licence or subject of the fact in the place of the claim's.
    fn renamed(&self, claim: &Claim, fact: &Fact) -> Option<Fix> {
        let Checker { knowledge, reader, .. } = self.checker;
        if knowledge.attribute(&claim.attribute) != Some(fact.attribute) {
            return None;
        }
        let text = claim.span.of(&self.draft.source);
        let (place, new) = match (&claim.said, &fact.value) {
            (Said::Licence(claimed), Value::Licence(held)) => {
                let vocabulary = &reader.vocabulary;
                let means =
                    |name: &str| vocabulary.licence(name).is_some_and(|licence| licence.id == *claimed);
                let (own, all) = restate::name(text, means)?;
                // Public identifiers are what prose says, too; others have a name, which says that it is a licence's.
                match vocabulary.licence(held).filter(|_| held.starts_with(char::is_lowercase)) {
                    Some(licence) => (Span::new(own.start, all.end), licence.name.clone()),
                    None => (own, held.clone()),
                }
            }
            (Said::Subject(claimed), Value::Subject(held)) => {
                let named = knowledge.subjects.get(claimed.0 as usize)?;
                let means = |name: &str| named.aliases.iter().any(|alias| alias.text == name);
                (restate::name(text, means)?.1, knowledge.subjects.get(held.0 as usize)?.name.clone())
            }
            _ => return None,
        };
        Some(write(place.shift(claim.span.start), new))
    }
}

/// The fix that puts a text in a place. It is not safe, as the words around it may ask for another form.
fn write(span: Span, text: String) -> Fix {
    Fix { title: format!("Write “{text}”"), edits: vec![(span, text)], safe: false }
}

/// A template with its slots filled; what `value` knows no value of stays as it is written.
fn filled(template: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(template.len() + 128);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        match after.split_once('}').and_then(|(slot, after)| Some((value(slot)?, after))) {
            Some((value, after)) => {
                out.push_str(&value);
                rest = after;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// A claimed value in a form that does not hang on how it is written.
fn meaning(said: &Said, negated: bool) -> String {
    let value = match said {
        Said::Word(id) | Said::Name(id) | Said::Licence(id) => id.clone(),
        Said::Only(id) => format!("only {id}"),
        Said::Between(low, high) => format!("{low}..{high}"),
        Said::Subject(s) => format!("subject {}", s.0),
        Said::Count(number, unit) => format!("{} {}", number.high, unit.as_deref().unwrap_or_default()),
        Said::Money(number, currency, per) => {
            format!(
                "{} {currency} {}",
                number.high,
                per.as_ref().map(|p| p.unit.as_str()).unwrap_or_default()
            )
        }
        Said::Date(date) | Said::Since(date) => {
            format!("{:?}-{:?}-{:?}", date.year, date.month, date.day)
        }
        Said::Like(other) => format!("like {}", other.0),
        Said::Order { before, other } => format!("{} {}", if *before { "before" } else { "after" }, other.0),
        Said::Ratio(figure) => {
            format!("{} {}", figure.number.high, figure.metric.as_deref().unwrap_or_default())
        }
    };
    if negated { format!("not {value}") } else { value }
}
