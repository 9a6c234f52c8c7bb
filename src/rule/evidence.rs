//! Evidence rules: figures about models that name no source.

use super::compile::Checker;
use crate::claim::reader::{FigureRead, Reading, SentenceRead, SourceKind};
use crate::draft::{Block, BlockKind, Draft, MarkKind};
use crate::language::context::Status;
use crate::text::Span;
use std::collections::HashMap;

/// Which footnotes are sources, for each evidence rule: those whose body links somewhere or says whose figure it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes {
    sourced: HashMap<(usize, String), bool>,
}

impl Notes {
    /// Adds the footnotes of a draft or of a part of it.
    pub fn add(&mut self, draft: &Draft, reading: &Reading, checker: &Checker) {
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

/// The spans of the figures that rule `index` finds no source for, in order.
pub fn unsourced(
    index: usize,
    draft: &Draft,
    reading: &Reading,
    notes: &Notes,
    checker: &Checker,
) -> Vec<Span> {
    let Some(rule) = checker.rules.list.get(index) else { return Vec::new() };
    let Some(evidence) = &rule.evidence else { return Vec::new() };
    let slots: Vec<u16> =
        evidence.about.iter().filter_map(|s| checker.reader.grammar.class(s)).map(|c| c.0).collect();
    let view = View { index, draft, reading, notes, checker };
    let mut spans: Vec<Span> = Vec::new();
    for (at, sentence) in reading.sentences.iter().enumerate() {
        let about = |f: &&FigureRead| {
            let slot = |s: &crate::knowledge::SubjectId| checker.reader.slots.get(s.0 as usize).map(|c| c.0);
            f.subjects
                .iter()
                .chain(&f.figure.baseline)
                .any(|s| slot(s).is_some_and(|slot| slots.contains(&slot)))
        };
        let stated = |f: &&FigureRead| {
            matches!(f.status, Status::Stated | Status::Happened | Status::Past) && !f.reported && !f.negated
        };
        let mut figures = sentence.figures.iter().filter(about).filter(stated).peekable();
        if figures.peek().is_none() {
            continue;
        }
        for figure in figures {
            let sourced = view.sourced(at, sentence, figure.span);
            if !sourced && !view.ignored(sentence, figure) && !spans.iter().any(|s| s.overlaps(figure.span)) {
                spans.push(figure.span);
            }
        }
    }
    spans
}

struct View<'a> {
    index: usize,
    draft: &'a Draft,
    reading: &'a Reading,
    notes: &'a Notes,
    checker: &'a Checker,
}

impl View<'_> {
    fn ignored(&self, sentence: &SentenceRead, figure: &FigureRead) -> bool {
        sentence.sources.iter().any(|(rule, kind, span)| {
            *rule == self.index && *kind == SourceKind::Ignore && span.overlaps(figure.span)
        })
    }

    fn says(&self, sentence: &SentenceRead, kind: SourceKind) -> bool {
        says(self.index, sentence, kind)
    }

    /// Whether the sentence, its notes, or the sentence before or after it names a source.
    fn sourced(&self, at: usize, sentence: &SentenceRead, figure: Span) -> bool {
        let Some(block) = self.draft.blocks.get(sentence.block) else { return false };
        self.attributed(sentence, figure)
            || self.marked(block, sentence.within)
            || self.cited(block, sentence.within)
            || self.led(block)
            || [at.checked_sub(1), at.checked_add(1)]
                .into_iter()
                .flatten()
                .any(|near| self.neighbour(near, sentence.block))
    }

    /// Whether the sentence itself says whose figure it is, on the figure's side of a semicolon.
    fn attributed(&self, sentence: &SentenceRead, figure: Span) -> bool {
        sentence.sources.iter().any(|(rule, kind, span)| {
            let between = Span::new(span.start.min(figure.start), span.end.max(figure.end));
            *rule == self.index
                && matches!(kind, SourceKind::Sentence | SourceKind::Neighbour)
                && !between.of(&self.draft.source).contains("; ")
        })
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

    fn marked(&self, block: &Block, within: Span) -> bool {
        block.marks.iter().any(|mark| {
            let touches = mark.span.start >= within.start && mark.span.start <= within.end + 1;
            match &mark.kind {
                MarkKind::Link(target) => touches && !target.is_empty(),
                MarkKind::FootnoteRef(label) => touches && self.notes.sourced(self.index, label),
                _ => false,
            }
        })
    }

    fn cited(&self, block: &Block, within: Span) -> bool {
        let text = within.of(&block.text);
        self.checker
            .rules
            .citations
            .iter()
            .any(|(rule, citation)| *rule == self.index && citation.is_in(text))
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
