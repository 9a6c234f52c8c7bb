//! Why a pattern rule finds something in a stretch of a draft, or does not.

use super::english::sentences;
use super::rule::{Memory, PatternRule};
use super::set::{PatternSet, Selection};
use super::suppress::Suppressed;
use super::view::views;
use crate::draft::Draft;
use crate::text::Span;

/// What became of a rule in one stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What the stretch is: `text.list.md`.
    pub sections: String,
    /// What the rule saw.
    pub text: String,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a rule in a stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Its scope does not fit.
    OutOfScope,
    /// None of the literals that it demands stands there.
    NoLiteral(Vec<String>),
    /// Its pattern matches nothing that it does not let pass.
    NoMatch,
    /// It found these texts, with the message of each; the flag says that a comment turns it off there.
    Found(Vec<(String, String, bool)>),
}

impl PatternSet {
    /// What becomes of one rule in every stretch that shares a byte with `place`.
    pub fn trace(&self, rule: &PatternRule, draft: &Draft, selection: &Selection, place: Span) -> Vec<Step> {
        let suppressed = Suppressed::of(draft);
        let mut memory = Memory::default();
        let mut steps = Vec::new();
        let ignored = selection.ignored(&draft.source);
        let wants = self.wants(&vec![true; self.rules().len()]);
        for view in views(draft, wants, &ignored, suppressed.everything(), &sentences) {
            let fits = rule.looks_at(&view);
            let findings = if fits { rule.run(&view, &mut memory, &draft.source) } else { Vec::new() };
            if !view.source(Span::new(0, view.text.len())).overlaps(place) {
                continue;
            }
            let literals = rule.demands();
            let lower = view.text.to_lowercase();
            let lacking = literals.filter(|all| !all.iter().any(|literal| lower.contains(literal.as_str())));
            let here = findings.into_iter().filter(|f| f.span.overlaps(place) || f.span.is_empty());
            let found: Vec<_> = here
                .map(|f| {
                    let text = f.span.of(&draft.source).to_string();
                    let off = suppressed.covers(&rule.name, &text, f.span.start);
                    (text, f.message, off)
                })
                .collect();
            let outcome = match (fits, found.is_empty(), lacking) {
                (false, ..) => Outcome::OutOfScope,
                (true, false, _) => Outcome::Found(found),
                (true, true, Some(literals)) => Outcome::NoLiteral(literals),
                (true, true, None) => Outcome::NoMatch,
            };
            steps.push(Step { sections: view.sections.join("."), text: view.text.clone(), outcome });
        }
        steps
    }
}
