//! One run of pattern rules over a draft or over its parts: what is the same for all parts is found out once.

use super::english::sentences;
use super::rule::Memory;
use super::set::{PatternSet, Selection, Which};
use super::suppress::Suppressed;
use super::view::{View, Wants, views};
use crate::draft::Draft;
use crate::rule::finding::Finding;
use std::collections::{HashMap, HashSet};

/// What the rules that remember have seen, in their order.
pub type Memories = Vec<Memory>;

/// One run.
#[derive(Debug)]
pub struct Round<'a> {
    /// How often a rule was run on a view: what they cost, without a clock.
    pub runs: usize,
    set: &'a PatternSet,
    selection: &'a Selection,
    on: Vec<bool>,
    wants: Wants,
    /// The rules that look at views of these sections.
    looking: HashMap<(Vec<String>, Option<&'static str>), Vec<usize>>,
    can: Vec<bool>,
}

/// What was found so far in what is looked at.
struct Look<'a> {
    suppressed: Suppressed,
    memories: Memories,
    /// Rule and place of what was reported: views overlap, a finding is told once.
    reported: HashSet<(usize, usize)>,
    findings: Vec<Finding>,
    source: &'a str,
}

impl<'a> Round<'a> {
    /// A run of these rules, as far as they are on.
    pub fn new(set: &'a PatternSet, selection: &'a Selection, which: Which) -> Self {
        let runs = |whole: bool| match which {
            Which::All => true,
            Which::Stretches => !whole,
            Which::Whole => whole,
        };
        let rules = set.rules().iter();
        let on: Vec<bool> =
            rules.map(|rule| runs(rule.needs_whole()) && !selection.off.contains(&rule.name)).collect();
        let (looking, can) = (HashMap::new(), Vec::new());
        Round { runs: 0, set, selection, wants: set.wants(&on), on, looking, can }
    }

    /// What is found in a draft, or in a part of one whose own blocks start at `from`, by place, then rule; `before` is
    /// what the parts before it left, if there are any, and what this one leaves is given.
    pub fn look(
        &mut self,
        draft: &Draft,
        from: usize,
        before: Option<&Memories>,
    ) -> (Vec<Finding>, Memories) {
        let memories = before.cloned().unwrap_or_else(|| self.set.nothing_seen());
        let mut look = Look {
            suppressed: Suppressed::of(draft),
            memories,
            reported: HashSet::new(),
            findings: Vec::new(),
            source: &draft.source,
        };
        let ignored = self.selection.ignored(&draft.source);
        let silent = look.suppressed.everything().to_vec();
        for view in views(draft, self.wants, &ignored, &silent, &sentences) {
            if view.block.is_none_or(|block| block >= from) {
                self.view(&view, &mut look);
            }
        }
        let Look { mut findings, memories, .. } = look;
        for finding in &mut findings {
            if let Some(severity) = self.selection.severities.get(&finding.rule) {
                finding.severity = *severity;
            }
        }
        findings.sort_by(|a, b| (a.span, &a.rule, &a.message).cmp(&(b.span, &b.rule, &b.message)));
        (findings, memories)
    }

    fn view(&mut self, view: &View, look: &mut Look<'_>) {
        let key = (view.sections.clone(), view.fragment);
        let rules =
            self.looking.entry(key).or_insert_with(|| match view.is_one_of(&self.selection.skipped) {
                true => Vec::new(),
                false => self.set.looking_at(view, &self.on),
            });
        if rules.is_empty() {
            return;
        }
        self.set.prefilter().mark(&view.text, &mut self.can);
        for index in rules.iter().filter(|index| self.can[**index]) {
            self.runs += 1;
            look.run(self.set, *index, view);
        }
    }
}

impl Look<'_> {
    fn run(&mut self, set: &PatternSet, index: usize, view: &View) {
        let Some(rule) = set.rules().get(index) else { return };
        let mut none = Memory::default();
        let memory = set.slot(index).and_then(|slot| self.memories.get_mut(slot)).unwrap_or(&mut none);
        for finding in rule.run(view, memory, self.source) {
            let full =
                rule.limit > 0 && self.reported.iter().filter(|(r, _)| *r == index).count() >= rule.limit;
            let matched = finding.span.of(self.source);
            if full || self.suppressed.covers(&rule.name, matched, finding.span.start) {
                continue;
            }
            if self.reported.insert((index, finding.span.start)) {
                self.findings.push(finding);
            }
        }
    }
}
