//! Pattern rules over a draft that is checked again: rules that look at one stretch at a time run on the parts that changed, and
//! on those before which one of them has seen something else than before; all others run on the whole.

use super::{Incremental, shifted};
use crate::draft::{Draft, Format};
use crate::rule::finding::Finding;
use crate::rule::pattern::{Memories, PatternSet, Round, Selection, Which, turns_off};

/// What one set's rules found in a part.
#[derive(Debug, Default)]
pub struct Looked {
    before: Option<Memories>,
    after: Memories,
    findings: Vec<Finding>,
}

impl Incremental {
    /// What pattern rules find.
    pub(super) fn patterns(&mut self, checker: &super::Checker, selection: &Selection) -> Vec<Finding> {
        let sets = || checker.patterns.iter().filter(|set| !set.rules().is_empty());
        let parts = self.format == Format::Markdown
            && !selection.hides()
            && !self.parts.iter().any(|part| turns_off(&part.draft));
        let whole = sets().any(|set| !parts || set.needs_whole());
        let draft = if whole { Draft::parse(&self.source, self.format) } else { Draft::default() };
        let mut findings = Vec::new();
        for (at, set) in sets().enumerate() {
            if !parts {
                findings.extend(set.check(&draft, selection));
                continue;
            }
            let mut found = self.stretches(at, set, selection);
            if set.needs_whole() {
                found.extend(Round::new(set, selection, Which::Whole).look(&draft, 0, None).0);
            }
            found.sort_by(|a, b| (a.span, &a.rule, &a.message).cmp(&(b.span, &b.rule, &b.message)));
            findings.extend(found);
        }
        findings
    }

    /// What the rules find that look at one stretch at a time.
    fn stretches(&mut self, at: usize, set: &PatternSet, selection: &Selection) -> Vec<Finding> {
        let mut round = Round::new(set, selection, Which::Stretches);
        let mut findings = Vec::new();
        let mut before: Option<Memories> = None;
        for part in &mut self.parts {
            if part.looked.get(at).is_none_or(|looked| looked.before != before) {
                let (findings, after) = round.look(&part.draft, part.above, before.as_ref());
                part.looked.truncate(at);
                part.looked.push(Looked { before: before.take(), after, findings });
            }
            let Some(looked) = part.looked.get(at) else { continue };
            findings.extend(looked.findings.iter().map(|finding| shifted(finding, part.span.start)));
            before = Some(looked.after.clone());
        }
        findings
    }
}
