//! Evidence rules: figures about models that name no source.

use super::compile::Checker;
use super::file::Evidence;
use crate::claim::reader::{Reading, SentenceRead, SourceKind};
use crate::draft::{Block, BlockKind, Draft, MarkKind};
use crate::knowledge::SubjectId;
use crate::language::context::Status;
use crate::text::Span;
use std::collections::HashMap;

/// What evidence rules know of the draft as a whole: which footnotes are sources (those whose body links somewhere or says
/// whose figure it is), for each rule, and whether it is dated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes {
    sourced: HashMap<(usize, String), bool>,
    /// Whether the draft has a date of its own.
    dated: bool,
}

impl Notes {
    /// Adds the footnotes of a draft or of a part of it.
    pub fn add(&mut self, draft: &Draft, reading: &Reading, checker: &Checker) {
        self.dated |= draft.front.get("date").is_some();
        for (at, block) in draft.blocks.iter().enumerate() {
            let labels = block.marks.iter().filter_map(|m| match &m.kind {
                MarkKind::FootnoteLabel(label) => Some(label),
                _ => None,
            });
            let linked = block.marks.iter().any(|m| matches!(m.kind, MarkKind::Link(_)));
            for label in labels {
                for (index, _) in checker.rules.list.iter().enumerate().filter(|(_, r)| r.evidence.is_some())
                {
                    let said = |s: &SentenceRead| {
                        says(index, s, SourceKind::Note) || says(index, s, SourceKind::Sentence)
                    };
                    let sourced = linked || sentences_of(reading, at).iter().any(said);
                    *self.sourced.entry((index, label.clone())).or_default() |= sourced;
                }
            }
        }
    }

    /// Whether a note is a source; one that is not there counts.
    fn sourced(&self, index: usize, label: &str) -> bool {
        self.sourced.get(&(index, label.to_string())).copied().unwrap_or(true)
    }
}

/// The sentences of a block; they are read in the order of the blocks.
fn sentences_of(reading: &Reading, block: usize) -> &[SentenceRead] {
    let from = reading.sentences.partition_point(|s| s.block < block);
    let rest = reading.sentences.get(from..).unwrap_or_default();
    rest.get(..rest.partition_point(|s| s.block == block)).unwrap_or_default()
}

fn says(index: usize, sentence: &SentenceRead, kind: SourceKind) -> bool {
    sentence.sources.iter().any(|(rule, k, _)| *rule == index && *k == kind)
}

/// A draft as one evidence rule looks at it.
pub struct View<'a> {
    index: usize,
    /// The rule whose sources count too.
    accepted: Option<usize>,
    evidence: Option<&'a Evidence>,
    draft: &'a Draft,
    reading: &'a Reading,
    notes: &'a Notes,
    checker: &'a Checker,
}

impl<'a> View<'a> {
    /// What rule `index` looks at.
    pub fn new(
        index: usize,
        draft: &'a Draft,
        reading: &'a Reading,
        notes: &'a Notes,
        checker: &'a Checker,
    ) -> View<'a> {
        let rules = &checker.rules.list;
        let evidence = rules.get(index).and_then(|rule| rule.evidence.as_ref());
        let accepts = evidence.and_then(|e| e.accepts.as_ref());
        let accepted = accepts.and_then(|name| rules.iter().position(|rule| rule.name == *name));
        View { index, accepted, evidence, draft, reading, notes, checker }
    }

    /// The spans of the figures or phrases that the rule finds no source for, in order.
    pub fn unsourced(&self) -> Vec<Span> {
        let Some(evidence) = self.evidence.filter(|e| !(e.undated && self.notes.dated)) else {
            return Vec::new();
        };
        let grammar = &self.checker.reader.grammar;
        let slots: Vec<u16> = evidence.about.iter().filter_map(|s| grammar.class(s)).map(|c| c.0).collect();
        let about = |subjects: &[SubjectId], baseline: Option<SubjectId>| {
            let slot = |s: &SubjectId| self.checker.reader.slots.get(s.0 as usize).map(|c| c.0);
            subjects.iter().chain(&baseline).any(|s| slot(s).is_some_and(|slot| slots.contains(&slot)))
        };
        let stated = |status: Status, reported: bool, negated: bool| {
            evidence.any_voice
                || matches!(status, Status::Stated | Status::Happened | Status::Past)
                    && (!reported || evidence.lacks_baseline)
                    && !negated
        };
        let mut spans: Vec<Span> = Vec::new();
        for (at, sentence) in self.reading.sentences.iter().enumerate() {
            let figures = sentence.figures.iter().filter(|f| {
                evidence.says.is_empty()
                    && about(&f.subjects, f.figure.baseline)
                    && stated(f.status, f.reported, f.negated)
                    && (f.unpaired || !evidence.lacks_baseline)
            });
            let phrases = sentence.phrases.iter().filter(|p| {
                p.rule == self.index
                    && about(&p.subjects, None)
                    && stated(p.context.status, p.context.reported, p.context.negated)
            });
            // One phrase of a kind is enough to say it of a sentence.
            for span in figures.map(|f| f.span).chain(phrases.map(|p| p.span).take(1)) {
                let fresh = !spans.iter().any(|s| s.overlaps(span));
                if fresh && !self.ignored(sentence, span) && !self.sourced(at, sentence, span) {
                    spans.push(span);
                }
            }
        }
        spans
    }

    /// Of the spans of claims those whose sentence, or the one next to it, names nobody.
    pub fn unattributed(&self, claims: impl Iterator<Item = Span>) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        for span in claims {
            let at = self.reading.sentences.iter().position(|s| s.span.contains(span));
            let open = |at: usize| {
                let sentence = &self.reading.sentences[at];
                !self.ignored(sentence, span) && !self.sourced(at, sentence, span)
            };
            if at.is_some_and(open) && !spans.iter().any(|s| s.overlaps(span)) {
                spans.push(span);
            }
        }
        spans
    }

    fn ignored(&self, sentence: &SentenceRead, span: Span) -> bool {
        let mut sources = sentence.sources.iter();
        sources.any(|(rule, kind, s)| {
            let own = *rule == self.index || Some(*rule) == self.accepted;
            own && *kind == SourceKind::Ignore && s.overlaps(span)
        })
    }

    fn says(&self, sentence: &SentenceRead, kind: SourceKind) -> bool {
        says(self.index, sentence, kind) || self.accepted.is_some_and(|index| says(index, sentence, kind))
    }

    /// Whether the sentence, its notes, or the sentence before or after it names a source.
    fn sourced(&self, at: usize, sentence: &SentenceRead, figure: Span) -> bool {
        let Some(block) = self.draft.blocks.get(sentence.block) else { return false };
        let links = self.evidence.is_some_and(|e| e.links);
        self.attributed(sentence, figure)
            || self.marked(block, sentence.within, links)
            || links && self.cited(block, sentence.within)
            || self.led(block)
            || [self.before(at), at.checked_add(1)]
                .into_iter()
                .flatten()
                .any(|near| self.neighbour(near, sentence.block))
    }

    /// Whether the sentence itself says whose figure it is, on the figure's side of a semicolon.
    fn attributed(&self, sentence: &SentenceRead, figure: Span) -> bool {
        sentence.sources.iter().any(|(rule, kind, span)| {
            let between = Span::new(span.start.min(figure.start), span.end.max(figure.end));
            let counts = match kind {
                SourceKind::Sentence | SourceKind::Neighbour => {
                    *rule == self.index || Some(*rule) == self.accepted
                }
                SourceKind::Vague => *rule == self.index,
                _ => false,
            };
            // "Experts say" is no source for itself.
            let own = span.overlaps(figure) && self.evidence.is_some_and(|e| !e.says.is_empty());
            counts && !own && !between.of(&self.draft.source).contains("; ")
        })
    }

    /// The sentence before; before a run of fragments, the one that they go on.
    fn before(&self, at: usize) -> Option<usize> {
        let sentences = &self.reading.sentences;
        let mut before = at.checked_sub(1)?;
        while sentences[at].fragment && sentences[before].fragment && at - before < 8 {
            before = before.checked_sub(1)?;
        }
        Some(before)
    }

    fn neighbour(&self, at: usize, block: usize) -> bool {
        let Some(near) = self.reading.sentences.get(at) else { return false };
        let quoted = |b: usize| self.draft.blocks.get(b).is_some_and(|b| b.quote_depth > 0);
        let close = near.block == block
            || self.follows_table(near.block, block)
            || (quoted(near.block) && quoted(block));
        close && self.says(near, SourceKind::Neighbour)
    }

    /// A paragraph right after a table speaks for its cells; a header speaks for its column.
    fn follows_table(&self, near: usize, block: usize) -> bool {
        let cell =
            |b: usize| matches!(self.draft.blocks.get(b).map(|b| b.kind), Some(BlockKind::Cell { .. }));
        cell(block) && near > block
    }

    fn marked(&self, block: &Block, within: Span, links: bool) -> bool {
        block.marks.iter().any(|mark| {
            let touches = mark.span.start >= within.start && mark.span.start <= within.end + 1;
            match &mark.kind {
                MarkKind::Link(target) => links && touches && !target.is_empty(),
                MarkKind::FootnoteRef(label) => {
                    touches && self.notes.sourced(self.accepted.unwrap_or(self.index), label)
                }
                _ => false,
            }
        })
    }

    fn cited(&self, block: &Block, within: Span) -> bool {
        let text = within.of(&block.text);
        self.checker.rules.citations.iter().any(|(rule, citation)| {
            (*rule == self.index || Some(*rule) == self.accepted) && citation.is_in(text)
        })
    }

    /// A table's header or a list's lead-in may name the source for all under it.
    fn led(&self, block: &Block) -> bool {
        let over = |index: usize| {
            sentences_of(self.reading, index).iter().any(|s| self.says(s, SourceKind::Sentence))
        };
        let header = match block.kind {
            BlockKind::Cell { table, column, .. } => self.draft.blocks.iter().position(|b| {
                matches!(b.kind, BlockKind::Cell { table: t, column: c, header: true, .. } if t == table && c == column)
            }),
            _ => block.lead_in,
        };
        header.is_some_and(over)
    }
}
