//! Rules on wording: phrases about a subject that are findings by themselves, where they stand so and the facts say so.

use super::{Checker, Desk, Settings};
use crate::claim::reader::SourceKind;
use crate::claim::{Claim, Said};
use crate::draft::Draft;
use crate::rule::file::Rule;
use crate::rule::finding::Finding;
use crate::rule::when::standing;
use crate::text::Span;

/// A phrase that a rule on wording read, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worded {
    /// The rule.
    pub rule: String,
    /// Where it stands in the source.
    pub span: Span,
    /// Of whom, by name.
    pub subjects: Vec<String>,
    /// How it stands, in a word.
    pub standing: &'static str,
    /// Whether somebody is named who says it.
    pub reported: bool,
    /// Whether the rule asks for phrases that stand so.
    pub fits: bool,
    /// Whether the facts say what the rule asks for.
    pub known: bool,
}

/// Every phrase of a draft that rules on wording read.
pub fn worded(draft: &Draft, checker: &Checker, settings: &Settings) -> Vec<Worded> {
    let desk = Desk::new(draft, checker, settings);
    desk.phrases()
        .map(|(rule, claim)| {
            let when = rule.when.clone().unwrap_or_default();
            let name = |s: &crate::knowledge::SubjectId| {
                checker.knowledge.subjects.get(s.0 as usize).map(|subject| subject.name.clone())
            };
            Worded {
                rule: rule.name.clone(),
                span: claim.span,
                subjects: claim.subjects.iter().filter_map(name).collect(),
                standing: standing(claim),
                reported: claim.reported,
                fits: when.fits(claim) && !desk.excused(claim),
                known: when.judged(claim, &desk.bench).is_some(),
            }
        })
        .collect()
}

impl Desk<'_> {
    fn phrases(&self) -> impl Iterator<Item = (&Rule, &Claim)> {
        let phrases = self.reading.claims.iter().filter(|claim| claim.attribute.is_empty());
        phrases.filter_map(|claim| Some((self.rules().list.get(claim.rule)?, claim)))
    }

    /// Whether its sentence says what the rule takes for an excuse.
    fn excused(&self, claim: &Claim) -> bool {
        let sentences = &self.reading.sentences;
        let at = sentences.partition_point(|sentence| sentence.span.start <= claim.span.start);
        let sentence = at.checked_sub(1).and_then(|at| sentences.get(at));
        let excuse = |(rule, kind, _): &(usize, SourceKind, Span)| {
            *rule == claim.rule && *kind == SourceKind::Sentence
        };
        sentence.is_some_and(|sentence| sentence.sources.iter().any(excuse))
    }

    /// Findings of rules on wording.
    pub(super) fn worded(&self) -> Vec<Finding> {
        let mut findings: Vec<Finding> = Vec::new();
        for (rule, claim) in self.phrases() {
            let Some(when) = rule.when.as_ref().filter(|when| when.fits(claim)) else { continue };
            if self.excused(claim) {
                continue;
            }
            let Some(judgement) = when.judged(claim, &self.bench) else { continue };
            let said = Said::Word(claim.span.of(&self.draft.source).to_lowercase());
            let finding = self.wording().finding(rule, &Claim { said, ..claim.clone() }, &judgement);
            let told = |f: &Finding| f.rule == finding.rule && f.span.overlaps(finding.span);
            // Phrases come in the order of their sentences, so one that overlaps is near.
            if !findings.iter().rev().take(16).any(told) {
                findings.push(finding);
            }
        }
        findings
    }
}
