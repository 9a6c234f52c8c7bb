//! Pattern rules together: one pass over a draft's stretches, each rule run where it looks and where it can match.

use super::dialect::{Syntax, translate};
use super::english::sentences;
use super::prefilter::Prefilter;
use super::regex::Matcher;
use super::rule::{Memory, PatternRule};
use super::scope::Scope;
use super::suppress::Suppressed;
use super::view::{View, Wants, views};
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
    wants: Wants,
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

/// A pattern by itself, for finding what rules are to leave alone.
#[derive(Debug)]
pub struct Find(Matcher);

impl Find {
    /// Reads a pattern as Vale's files have it; the error says what is wrong.
    pub fn new(pattern: &str) -> Result<Self, String> {
        Matcher::new(translate(pattern, Syntax { ascii: true, ..Syntax::default() })).map(Find)
    }

    /// All matches.
    pub fn spans(&self, text: &str) -> Vec<Span> {
        self.0.matches(text).into_iter().map(|found| found.span).collect()
    }
}

impl Selection {
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
        let mut wants = Wants::default();
        rules.iter().flat_map(|rule| &rule.scopes).for_each(|scope| wants.add(scope));
        let demands: Vec<_> = rules.iter().map(PatternRule::demands).collect();
        PatternSet { prefilter: Prefilter::new(&demands), rules, wants }
    }

    /// The rules.
    pub fn rules(&self) -> &[PatternRule] {
        &self.rules
    }

    /// What its rules look at beside the blocks themselves.
    pub(super) fn wants(&self) -> Wants {
        self.wants
    }

    /// All findings on a draft, by place, then rule.
    pub fn check(&self, draft: &Draft, selection: &Selection) -> Vec<Finding> {
        if self.rules.is_empty() {
            return Vec::new();
        }
        self.check_counted(draft, selection).0
    }

    /// The same, with how often each rule's pattern was run: what a rule costs, without a clock.
    pub fn check_counted(&self, draft: &Draft, selection: &Selection) -> (Vec<Finding>, Vec<usize>) {
        let mut run = Run {
            memories: vec![Memory::default(); self.rules.len()],
            runs: vec![0; self.rules.len()],
            reported: HashSet::new(),
            findings: Vec::new(),
        };
        let suppressed = Suppressed::of(draft);
        let on: Vec<bool> = self.rules.iter().map(|rule| !selection.off.contains(&rule.name)).collect();
        let mut looking: HashMap<(Vec<String>, Option<&'static str>), Vec<usize>> = HashMap::new();
        let mut can = Vec::new();
        let ignored = selection.ignored(&draft.source);
        for view in views(draft, self.wants, &ignored, suppressed.everything(), &sentences) {
            let key = (view.sections.clone(), view.fragment);
            let rules = looking.entry(key).or_insert_with(|| match view.is_one_of(&selection.skipped) {
                true => Vec::new(),
                false => self.looking_at(&view, &on),
            });
            if rules.is_empty() {
                continue;
            }
            self.prefilter.mark(&view.text, &mut can);
            for index in rules.iter().filter(|index| can[**index]) {
                run.rule(*index, &self.rules[*index], &view, draft, &suppressed);
            }
        }
        let Run { mut findings, runs, .. } = run;
        for finding in &mut findings {
            if let Some(severity) = selection.severities.get(&finding.rule) {
                finding.severity = *severity;
            }
        }
        findings.sort_by(|a, b| (a.span, &a.rule, &a.message).cmp(&(b.span, &b.rule, &b.message)));
        (findings, runs)
    }

    fn looking_at(&self, view: &View, on: &[bool]) -> Vec<usize> {
        (0..self.rules.len()).filter(|index| on[*index] && self.rules[*index].looks_at(view)).collect()
    }
}

struct Run {
    memories: Vec<Memory>,
    runs: Vec<usize>,
    /// Rule and place of what was reported: views overlap, a finding is told once.
    reported: HashSet<(usize, usize)>,
    findings: Vec<Finding>,
}

impl Run {
    fn rule(
        &mut self,
        index: usize,
        rule: &PatternRule,
        view: &View,
        draft: &Draft,
        suppressed: &Suppressed,
    ) {
        self.runs[index] += 1;
        for finding in rule.run(view, &mut self.memories[index], &draft.source) {
            let full =
                rule.limit > 0 && self.reported.iter().filter(|(r, _)| *r == index).count() >= rule.limit;
            let matched = finding.span.of(&draft.source);
            if full || suppressed.covers(&rule.name, matched, finding.span.start) {
                continue;
            }
            if self.reported.insert((index, finding.span.start)) {
                self.findings.push(finding);
            }
        }
    }
}
