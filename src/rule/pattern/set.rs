//! Pattern rules together: one pass over a draft's stretches, each rule run where it looks and where it can match.

use super::find::Find;
use super::prefilter::Prefilter;
use super::round::{Memories, Round};
use super::rule::{Memory, PatternRule};
use super::scope::Scope;
use super::view::{View, Wants};
use crate::draft::Draft;
use crate::rule::finding::{Finding, Severity};
use crate::text::Span;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// All pattern rules of a project.
#[derive(Debug, Default)]
pub struct PatternSet {
    rules: Vec<PatternRule>,
    prefilter: Prefilter,
    /// Of each rule, where among those that remember it stands.
    slots: Vec<Option<usize>>,
}

/// Which rules of a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// All of them.
    All,
    /// Those that look at one stretch of a draft at a time.
    Stretches,
    /// Those that need the whole draft.
    Whole,
}

/// What may differ from draft to draft.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Names of rules that do not run on this draft.
    pub off: HashSet<String>,
    /// Severities that differ from the rules' own.
    pub severities: HashMap<String, Severity>,
    /// What matches one of these is hidden from all rules.
    pub ignores: Vec<Arc<Find>>,
    /// Stretches that no rule looks at.
    pub skipped: Vec<Scope>,
}

impl Selection {
    /// Whether what it hides is found by looking at the whole of a draft's source.
    pub fn hides(&self) -> bool {
        !self.ignores.is_empty()
    }

    /// The stretches of a draft's source that are hidden.
    pub(super) fn ignored(&self, source: &str) -> Vec<Span> {
        self.ignores.iter().flat_map(|ignore| ignore.spans(source)).collect()
    }

    /// Adds what another selection, for other rules, says.
    pub fn extend(&mut self, other: Selection) {
        self.off.extend(other.off);
        self.severities.extend(other.severities);
        self.ignores.extend(other.ignores);
        self.skipped.extend(other.skipped);
    }
}

impl PatternSet {
    /// Makes them ready to run.
    pub fn new(rules: Vec<PatternRule>) -> Self {
        let demands: Vec<_> = rules.iter().map(PatternRule::demands).collect();
        let mut remembering = 0..;
        let slots = rules.iter().map(|rule| rule.remembers().then(|| remembering.next()).flatten()).collect();
        PatternSet { prefilter: Prefilter::new(&demands), rules, slots }
    }

    /// The rules.
    pub fn rules(&self) -> &[PatternRule] {
        &self.rules
    }

    /// Whether some of its rules need the whole draft.
    pub fn needs_whole(&self) -> bool {
        self.rules.iter().any(PatternRule::needs_whole)
    }

    /// What its rules remember before they saw anything.
    pub(super) fn nothing_seen(&self) -> Memories {
        vec![Memory::default(); self.slots.iter().flatten().count()]
    }

    /// Where a rule keeps what it remembers.
    pub(super) fn slot(&self, rule: usize) -> Option<usize> {
        self.slots.get(rule).copied().flatten()
    }

    /// What finds the rules that can match.
    pub(super) fn prefilter(&self) -> &Prefilter {
        &self.prefilter
    }

    /// What the rules with a yes look at beside the blocks themselves.
    pub(super) fn wants(&self, on: &[bool]) -> Wants {
        let mut wants = Wants::default();
        let running = self.rules.iter().zip(on).filter(|(_, on)| **on);
        running.flat_map(|(rule, _)| &rule.scopes).for_each(|scope| wants.add(scope));
        wants
    }

    /// The rules with a yes that look at such a view.
    pub(super) fn looking_at(&self, view: &View, on: &[bool]) -> Vec<usize> {
        let running = self.rules.iter().zip(on).enumerate();
        running.filter(|(_, (rule, on))| **on && rule.looks_at(view)).map(|(index, _)| index).collect()
    }

    /// All findings on a draft, by place, then rule.
    pub fn check(&self, draft: &Draft, selection: &Selection) -> Vec<Finding> {
        if self.rules.is_empty() {
            return Vec::new();
        }
        Round::new(self, selection, Which::All).look(draft, 0, None).0
    }
}
