//! Statements that take up others: answers, ticks in tables, "so does X".

use super::bind::Bound;
use super::passage::Passage;
use super::reader::{Job, Reader};
use super::work::{Place, Work};
use super::{Claim, Said, Trace};
use crate::language::Use;
use crate::language::context::Status;
use crate::language::grammar::Match;
use crate::language::pattern::ClassId;
use crate::language::token::{Shape, Token};

impl Work {
    /// An answer, which says what the sentence before asked, or a denial, which takes back what it said.
    pub(super) fn reply(&mut self, reader: &Reader, passage: &mut Passage<'_>, place: &Place<'_>) {
        // A "no" in a table answers its header.
        if passage.in_cell {
            return;
        }
        let kind = self.table.matches.iter().find_map(|m| match reader.jobs.get(m.pattern as usize) {
            Some(Job::Language(Use::No)) => Some((false, m)),
            Some(Job::Language(Use::Yes)) => Some((true, m)),
            _ => None,
        });
        let Some((yes, found)) = kind else { return };
        let marks = |t: &&Token| t.shape == Shape::Mark;
        let tail = self.tokens[..found.end as usize].iter().rev().take_while(marks).count();
        let answer = place.source(&self.tokens, found.start as usize, found.end as usize - tail);
        let mut said = Vec::new();
        for claim in self.reading.claims[passage.last.0..passage.last.1].iter_mut() {
            if claim.status == Status::Asked {
                let (status, negated, span) = (claim.unasked, !yes, answer);
                said.push(Claim { status, negated, span, taken_up: true, ..claim.clone() });
            } else {
                claim.status.answer(yes, &mut claim.negated);
            }
        }
        self.reading.claims.append(&mut said);
        for figure in self.reading.sentences.last_mut().into_iter().flat_map(|s| &mut s.figures) {
            figure.status.answer(yes, &mut figure.negated);
        }
    }

    /// Takes note of what the sentence asks or tells for the next to take up; a label such as "A:" before the answer leaves the question open.
    pub(super) fn ask(&self, reader: &Reader, passage: &mut Passage<'_>, asked: bool) {
        let words = self.tokens.iter().filter(|t| t.shape != Shape::Mark).count();
        if words <= 1 && self.mentions.is_empty() && self.values.is_empty() {
            return;
        }
        passage.questions.clear();
        for m in &self.table.matches {
            if let Some(Job::Ask(rule, read)) = reader.jobs.get(m.pattern as usize)
                && (asked || !reader.reads[*rule].list[*read].told.is_empty())
            {
                passage.questions.push((*rule, *read));
            }
        }
    }

    /// A cell that says yes or no under a header that a rule reads.
    pub(super) fn ticks(&mut self, reader: &Reader, passage: &Passage<'_>, place: &Place<'_>) {
        let first = place.prefix_tokens(&self.tokens);
        let answers = |class: Option<ClassId>| {
            class
                .and_then(|c| self.table.class_at(first, c))
                .is_some_and(|h| h.end as usize >= self.tokens.len().min(first + 3))
        };
        let (yes, no) = (answers(reader.classes.yes), answers(reader.classes.no));
        if first == 0 || yes == no || passage.structure.is_empty() {
            return;
        }
        let read = self.table.matches.iter().find_map(|m| match reader.jobs.get(m.pattern as usize) {
            Some(Job::Cell(rule, cell)) if m.end as usize <= first => {
                Some((*rule, reader.reads.get(*rule)?.cells.get(*cell)?))
            }
            _ => None,
        });
        let Some((rule, cell)) = read else { return };
        let value = if yes { &cell.yes } else { &cell.no };
        let (value, negated) = value.strip_prefix("not ").map_or((value.as_str(), false), |v| (v, true));
        self.reading.claims.push(Claim {
            rule,
            read: None,
            attribute: cell.attribute.clone(),
            subjects: passage.structure.clone(),
            said: Said::Word(value.to_string()),
            negated,
            status: Status::Stated,
            unasked: Status::Stated,
            reported: false,
            span: place.source(&self.tokens, first, self.tokens.len()),
            sentence: place.block.map.to_source(place.within),
            bound: Bound::Structure,
            at: None,
            taken_up: false,
            listed: false,
            trace: Trace::default(),
            scope: Vec::new(),
            within: None,
        });
    }

    /// "So, too, X": X takes over what was read last.
    pub(super) fn echo(&mut self, reader: &Reader, passage: &Passage<'_>, place: &Place<'_>, first: usize) {
        let Some(label) = reader.grammar.label("to") else { return };
        let echoes: Vec<(bool, Match)> = self
            .table
            .matches
            .iter()
            .filter_map(|m| match reader.jobs.get(m.pattern as usize) {
                Some(Job::Language(Use::Same)) => Some((false, m.clone())),
                Some(Job::Language(Use::Opposite)) => Some((true, m.clone())),
                _ => None,
            })
            .collect();
        for (opposite, found) in echoes {
            let Some(to) =
                found.captures.iter().find(|(l, _)| *l == label).and_then(|(_, hit)| self.mention_of(*hit))
            else {
                continue;
            };
            let here = self.reading.claims.len() > first;
            let (from, until) = if here { (first, self.reading.claims.len()) } else { passage.last };
            let copies: Vec<Claim> = self.reading.claims[from..until]
                .iter()
                .filter(|c| !c.subjects.contains(&to) && !matches!(c.bound, Bound::Topic))
                .cloned()
                .collect();
            for mut claim in copies {
                claim.subjects = vec![to];
                claim.negated = claim.negated != opposite;
                claim.span = place.source(&self.tokens, found.start as usize, found.end as usize);
                claim.bound = Bound::Named;
                claim.taken_up = true;
                claim.trace = Trace::default();
                self.reading.claims.push(claim);
            }
        }
    }
}
