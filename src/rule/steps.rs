//! Explaining: how a claim was read and judged, in an editor's words, a step a line.

use super::wording::Wording;
use crate::claim::Claim;
use crate::claim::bind::Bound;
use crate::knowledge::{Fact, SubjectId};
use crate::language::Effect;
use crate::language::context::Status;
use crate::text::Span;
use crate::verdict::{Judgement, Verdict};

/// Letters of a pattern that are shown.
const SHOWN: usize = 90;

impl Wording<'_> {
    /// How a claim was read and judged, a step a line. `mentions` are those of the draft.
    pub fn steps(&self, claim: &Claim, judgement: &Judgement, mentions: &[(Span, SubjectId)]) -> Vec<String> {
        let mut steps = vec![format!("sentence: {}", self.words(claim.sentence))];
        let clause = self.words(claim.trace.clause);
        let clause = clause.trim_matches(|c: char| !c.is_alphanumeric());
        if !clause.is_empty() && clause.len() < self.words(claim.sentence).trim_end_matches('.').len() {
            steps.push(format!("clause: {clause}"));
        }
        steps.push(format!("about: {}", self.about(claim)));
        steps.extend(self.also_named(claim, mentions));
        let attribute = self.attribute(&claim.attribute);
        let rule = &self.checker.rules.list[claim.rule];
        let pattern = self.read(claim).map(|r| shortened(&r.pattern)).unwrap_or_else(|| "a figure".into());
        steps.push(format!("says of it: {attribute}: {} (rule {}: {pattern})", self.said(claim), rule.name));
        steps.push(format!("how: {}", self.how(claim)));
        if !matches!(claim.status, Status::Stated | Status::Happened) {
            steps.push("no verdict: the draft does not state it".into());
            return steps;
        }
        let fact = judgement.fact.and_then(|id| self.fact(id));
        let holder = fact.map_or(judgement.subject, |fact| Some(fact.subject));
        let whose = holder.map(|s| self.name(s)).unwrap_or_default();
        let attributes = &self.checker.knowledge.attributes;
        let looked = fact.map_or(attribute, |fact| attributes[fact.attribute.0 as usize].name.as_str());
        match fact {
            Some(fact) => steps.push(format!(
                "facts on {}: {whose}, {looked}: {} ({})",
                self.day,
                self.value(fact),
                self.source(fact)
            )),
            None => steps.push(format!("facts on {}: none on {looked} of {whose}", self.day)),
        }
        steps.push(format!("verdict: {}", self.reason(claim, judgement.verdict, fact)));
        steps
    }

    fn words(&self, span: Span) -> String {
        span.of(&self.draft.source).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whom it is about, and how one knows.
    fn about(&self, claim: &Claim) -> String {
        let names: Vec<String> = claim.subjects.iter().map(|s| self.name(*s)).collect();
        let who = names.join(" and ");
        match claim.trace.subject {
            Some(span) if names.len() == 1 && self.words(span) == who => {
                format!("{who}, {}", claim.bound.in_words())
            }
            Some(span) => format!("{who}, by “{}”, {}", self.words(span), claim.bound.in_words()),
            None if claim.bound == Bound::Topic => format!("{who}, whom the sentences before are about"),
            None => format!("{who}, {}", claim.bound.in_words()),
        }
    }

    /// Who else the sentence names.
    fn also_named(&self, claim: &Claim, mentions: &[(Span, SubjectId)]) -> Option<String> {
        let others = mentions.iter().filter(|(span, subject)| {
            claim.sentence.contains(*span)
                && claim.trace.subject != Some(*span)
                && !claim.subjects.contains(subject)
        });
        let named: Vec<String> = others
            .map(|(span, subject)| match (self.words(*span), self.name(*subject)) {
                (words, name) if words == name => name,
                (words, name) => format!("{name} (“{words}”)"),
            })
            .collect();
        (!named.is_empty()).then(|| format!("also named: {}", named.join(", ")))
    }

    /// How the draft puts it, and which words make it so.
    fn how(&self, claim: &Claim) -> String {
        let status = match claim.status {
            Status::Stated => "stated",
            Status::Happened => "said to have come about",
            Status::Past => "said of the past",
            Status::Willed | Status::Planned => "planned",
            Status::Doubted => "left open",
            Status::Asked => "asked",
            Status::Supposed => "supposed",
            Status::Denied => "taken back",
        };
        let mut how = status.to_string();
        if claim.taken_up {
            how += " by what takes up the sentence before";
        }
        if claim.reported {
            how += ", and somebody is named who says it";
        }
        for (effect, span) in &claim.trace.swayed {
            let does = match effect {
                Effect::Not => "makes it the opposite",
                Effect::Doubt => "leaves it open",
                Effect::Suppose => "makes it a condition",
                Effect::Plan | Effect::Will => "puts it in the future",
                Effect::Past => "puts it in the past",
                Effect::Event if claim.status == Status::Happened => "says that it came about",
                Effect::When => "names a time",
                Effect::Deny => "takes it back",
                Effect::Report => "names who says it",
                Effect::Hide | Effect::Event => continue,
            };
            how += &format!("; “{}” {does}", self.words(*span));
        }
        how
    }

    fn reason(&self, claim: &Claim, verdict: Verdict, fact: Option<&Fact>) -> String {
        let held = fact.map(|f| self.value(f)).unwrap_or_default();
        let said = self.said(claim);
        match verdict {
            Verdict::Supported => format!("supported: “{said}” agrees with “{held}”"),
            Verdict::Contradicted => format!("contradicted: “{said}” cannot be so where “{held}” is"),
            Verdict::Outdated => format!("outdated: “{said}” was so once, and “{held}” is so now"),
            Verdict::Disputed => format!("disputed: sources disagree on “{held}”"),
            Verdict::Unknown => "unknown: no fact decides it".into(),
        }
    }
}

fn shortened(pattern: &str) -> String {
    let end = pattern.char_indices().nth(SHOWN).map(|(at, _)| at);
    end.map_or(format!("`{pattern}`"), |end| format!("`{} …`", &pattern[..end]))
}
