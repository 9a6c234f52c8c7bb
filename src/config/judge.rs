//! What of a draft's findings is wanted, by its configuration and by the comments in it: the same for the command line and
//! for editors.

use super::layer::Layer;
use crate::check::{Checker, Settings};
use crate::draft::Draft;
use crate::rule::finding::Finding;
use crate::rule::suppress::{self, Sorted, Terms};

/// The findings that are wanted, sorted by whether a comment in the draft allows them.
pub fn wanted(
    draft: &Draft,
    found: Vec<Finding>,
    checker: &Checker,
    settings: &Settings,
    layer: &Layer,
) -> Sorted {
    let names: Vec<&str> = rules(checker).collect();
    let terms = Terms {
        rules: &names,
        today: settings.as_of.or(settings.today),
        require_reason: layer.require_reason.as_ref().is_some_and(|set| set.value),
    };
    let off = |finding: &Finding| {
        let rule = checker.rules.list.iter().find(|rule| rule.name == finding.rule);
        rule.is_some_and(|rule| rule.off) && !layer.asks_for(&finding.rule)
    };
    let mut found = found;
    found.retain(|finding| !off(finding));
    // Comments are held against all findings: one that is not wanted today still needs its comment.
    let sorted = suppress::sort(draft, found, terms);
    Sorted {
        open: sorted.open.into_iter().filter_map(|finding| layer.apply(finding)).collect(),
        allowed: sorted.allowed.into_iter().filter_map(|(f, why)| Some((layer.apply(f)?, why))).collect(),
    }
}

/// The names of all rules that may speak.
pub fn rules(checker: &Checker) -> impl Iterator<Item = &str> {
    let listed = checker.rules.list.iter().map(|rule| rule.name.as_str());
    let patterns = checker.patterns.iter().flat_map(|set| set.rules()).map(|rule| rule.name.as_str());
    listed.chain(patterns).chain(suppress::RULES.iter().map(|(name, _, _)| *name))
}
