//! The figures of a sentence: each ratio with what it measures and whom it is about, also where the sentence before or a
//! table's header says that.

use super::bind::{self, Binding, Bound};
use super::figure::{Frame, Pending, Side};
use super::measure::{Seen, Sight};
use super::passage::Passage;
use super::reader::{FigureRead, Job, PhraseRead, Reader, SentenceRead, token_range};
use super::work::{Place, Work};
use crate::knowledge::SubjectId;
use crate::language::Effect;
use crate::language::context::{self, Context, Fired};
use crate::language::grammar::Match;
use crate::value::{Kind, Number, RatioForm};

/// A number at its place, with its frame.
struct Framed {
    number: Number,
    form: RatioForm,
    seen: Seen,
    /// Whom it is about, where that is taken over with the frame.
    subjects: Vec<SubjectId>,
}

impl Work {
    /// Figures, and what the sentence says of their source.
    pub(super) fn figures(
        &mut self,
        reader: &Reader,
        passage: &mut Passage<'_>,
        block: usize,
        asked: bool,
        place: &Place<'_>,
    ) {
        let mut read = SentenceRead {
            block,
            within: place.within,
            span: place.block.map.to_source(place.within),
            fragment: !self.complete(reader),
            ..SentenceRead::default()
        };
        for m in &self.table.matches {
            if let Some(Job::Source(rule, kind)) = reader.jobs.get(m.pattern as usize) {
                let span = place.source(&self.tokens, m.start as usize, m.end as usize);
                read.sources.push((*rule, *kind, span));
            }
        }
        read.phrases = self.phrases(reader, passage, asked, place);
        let aside = reader.classes.aside;
        let compared =
            aside.is_some_and(|c| (0..self.tokens.len()).any(|t| self.table.class_at(t, c).is_some()));
        let prefix = place.prefix_tokens(&self.tokens);
        let mut last: Option<Pending> = None;
        for found in &self.values {
            let Some((start, end)) = token_range(&self.tokens, found.span).filter(|r| r.1 > prefix) else {
                continue;
            };
            let framed = match &found.kind {
                Kind::Ratio { number, form } => {
                    self.framed(reader, passage, (*number, *form), (start, end), last.as_ref())
                }
                Kind::Count { number, unit: None } if passage.in_cell => {
                    self.indexed(reader, passage, *number, (start, end), prefix)
                }
                _ => None,
            };
            let Some(Framed { number, form, seen, subjects }) = framed else { continue };
            let subjects = match self.about(reader, passage, &seen, start) {
                _ if !subjects.is_empty() => subjects,
                binding => binding.map(|b| b.subjects).unwrap_or_default(),
            };
            if subjects.is_empty() && seen.frame.measure.is_none() {
                continue;
            }
            let context = self.stands(reader, passage, &seen, start, asked);
            let first = seen.start.min(start);
            read.figures.push(FigureRead {
                figure: reader.metrics.figure(number, form, &seen.frame),
                subjects: subjects.clone(),
                status: context.status,
                negated: context.negated,
                reported: context.reported,
                unpaired: !compared && seen.frame.measure.is_some_and(|(_, side)| side != Side::Thing),
                within: place.within_block(&self.tokens, first, seen.end),
                span: place.source(&self.tokens, first, seen.end),
            });
            last = Some(Pending { frame: seen.frame, subjects, asked });
        }
        passage.pending = last.or_else(|| self.left_open(reader, passage, asked));
        self.reading.sentences.push(read);
    }

    /// The phrases that rules want a source for, the longest where several overlap.
    fn phrases(
        &self,
        reader: &Reader,
        passage: &Passage<'_>,
        asked: bool,
        place: &Place<'_>,
    ) -> Vec<PhraseRead> {
        let mut found: Vec<(usize, &Match)> = Vec::new();
        for m in &self.table.matches {
            if let Some(Job::Phrase(rule)) = reader.jobs.get(m.pattern as usize) {
                found.push((*rule, m));
            }
        }
        found.sort_by_key(|(rule, m)| (*rule, std::cmp::Reverse(m.end - m.start), m.start));
        let mut kept: Vec<(usize, &Match)> = Vec::new();
        for (rule, m) in found {
            if !kept.iter().any(|(r, k)| *r == rule && k.start < m.end && m.start < k.end) {
                kept.push((rule, m));
            }
        }
        kept.sort_by_key(|(rule, m)| (*rule, m.start));
        let slots = [reader.model_slot(), reader.grammar.class("org").map_or(0, |c| c.0)];
        let scene = self.scene(reader, passage);
        let read = kept.into_iter().map(|(rule, m)| PhraseRead {
            rule,
            subjects: bind::bind(m, &slots, false, &scene).map(|b| b.subjects).unwrap_or_default(),
            context: self.context(reader, passage, m, &self.fired, asked),
            span: place.source(&self.tokens, m.start as usize, m.end as usize),
        });
        read.collect()
    }

    fn sight(&self, reader: &Reader) -> Sight<'_> {
        Sight {
            tokens: &self.tokens,
            text: &self.text,
            table: &self.table,
            mentions: &self.mentions,
            clause: &self.clause,
            model: reader.model_slot(),
        }
    }

    /// A ratio in the frame that its own sentence gives it, else in one that it takes over.
    fn framed(
        &self,
        reader: &Reader,
        passage: &Passage<'_>,
        (number, form): (Number, RatioForm),
        (start, end): (usize, usize),
        last: Option<&Pending>,
    ) -> Option<Framed> {
        if let Some(seen) = reader.metrics.frame(start, end, &self.sight(reader)) {
            return Some(Framed { number, form, seen, subjects: Vec::new() });
        }
        let named = |m: &&super::mention::Mention| {
            m.slot == reader.model_slot() && m.end <= start && !m.subjects.is_empty() && !m.aside
        };
        let nearest = self.mentions.iter().rfind(named);
        let (frame, subjects) = match (last, &passage.pending) {
            // "X uses an eighth of the energy of Y, and Z a fifth."
            (Some(last), _) => (last.frame.clone(), nearest.filter(|m| m.end == start)?.subjects.clone()),
            (None, Some(before)) if self.takes_up(reader, before, start) => {
                (before.frame.clone(), nearest.map_or(before.subjects.clone(), |m| m.subjects.clone()))
            }
            _ => return None,
        };
        let seen = Seen { frame, start, end, baseline_mention: None };
        Some(Framed { number, form, seen, subjects })
    }

    /// Whether a bare number answers the sentence before, or is said to be the figure that it spoke of.
    fn takes_up(&self, reader: &Reader, before: &Pending, start: usize) -> bool {
        let label = (0..start).rfind(|t| self.tokens[*t].span.of(&self.text) == ":").map_or(0, |t| t + 1);
        let filled = || {
            let class = reader.metrics.shared.filled;
            class.is_some_and(|class| (0..start).any(|t| self.table.class_at(t, class).is_some()))
        };
        before.asked && start <= label + 1 || filled()
    }

    /// A cell's number under a header that makes it a multiple of another row's: "Speed (X = 1)".
    fn indexed(
        &self,
        reader: &Reader,
        passage: &Passage<'_>,
        number: Number,
        (start, end): (usize, usize),
        prefix: usize,
    ) -> Option<Framed> {
        let class = reader.metrics.shared.index?;
        let hit = (0..prefix).find_map(|t| self.table.class_at(t, class))?;
        let (from, to) = (hit.start as usize, hit.end as usize);
        let inside = |m: &&super::mention::Mention| from <= m.start && m.end <= to;
        let baseline = *self.mentions.iter().find(inside)?.subjects.first()?;
        let base = self.values.iter().find_map(|v| match &v.kind {
            Kind::Count { number, .. } => {
                token_range(&self.tokens, v.span).filter(|r| from <= r.0 && r.1 <= to).map(|_| number.high)
            }
            _ => None,
        })?;
        let measure = Some(reader.metrics.measured_before(from, &self.sight(reader), true)?);
        let subjects: Vec<SubjectId> = passage.structure.iter().copied().filter(|s| *s != baseline).collect();
        if subjects.is_empty() || base <= 0.0 {
            return None;
        }
        let number = Number { low: number.low / base, high: number.high / base, ..number };
        let frame = Frame { measure, way: None, baseline: Some(baseline) };
        let seen = Seen { frame, start, end, baseline_mention: None };
        Some(Framed { number, form: RatioForm::Fraction, seen, subjects })
    }

    /// Whom a figure is about.
    fn about(&self, reader: &Reader, passage: &Passage<'_>, seen: &Seen, start: usize) -> Option<Binding> {
        let found = phrase(start, seen.end);
        let slots = [reader.model_slot(), reader.grammar.class("org").map_or(0, |c| c.0)];
        let scene = self.scene(reader, passage);
        bind::figure(&found, &slots, seen.baseline_mention, &scene).filter(|b| {
            let told = seen.frame.measure.is_some();
            match b.bound {
                Bound::Topic | Bound::Structure => {
                    passage.in_cell || seen.frame.baseline.is_some() || told && self.opens(reader, start)
                }
                // "Sales are up 40% since X came out": what nothing measures is not X's.
                Bound::Later => told,
                _ => true,
            }
        })
    }

    /// Whether a number is all that its sentence says of whom it is about: "100x better than before.", "That is 60% less."
    fn opens(&self, reader: &Reader, start: usize) -> bool {
        let filled = reader.metrics.shared.filled.and_then(|class| self.table.class_at(0, class));
        filled.is_some_and(|hit| hit.end as usize == start) || start == 0 && !self.complete(reader)
    }

    /// How a figure stands. What only bounds the number ("fell short of tenfold") or denies by its meaning what is counted
    /// ("refuses 30% fewer") does not deny the figure.
    fn stands(
        &self,
        reader: &Reader,
        passage: &Passage<'_>,
        seen: &Seen,
        start: usize,
        asked: bool,
    ) -> Context {
        let denying = reader.metrics.shared.denying;
        let means = |f: &Fired| denying.is_some_and(|c| self.table.class_at(f.start as usize, c).is_some());
        let bounds = |f: &Fired| (f.start as usize) < start && start < f.end as usize;
        let fired: Vec<Fired> = self
            .fired
            .iter()
            .copied()
            .filter(|f| f.trigger.effect != Effect::Not || !(means(f) || bounds(f)))
            .collect();
        self.context(reader, passage, &phrase(start, seen.end), &fired, asked)
    }

    fn context(
        &self,
        reader: &Reader,
        passage: &Passage<'_>,
        found: &Match,
        fired: &[Fired],
        asked: bool,
    ) -> Context {
        let relative = |clause: u16| self.relative(reader, clause);
        let comma = |from, to| self.comma(reader, from, to);
        let stop = |from, to| self.holds(from, to, ";");
        let joins = |token: u16| self.joins(reader, token);
        let around = self.around(asked, &comma, &stop, &joins, &relative);
        let around = context::Around { fired, ..around };
        let mut context = context::context(found, &around);
        passage.apply(&mut context);
        context
    }

    /// A frame whose number is asked for, or left to the next sentence.
    fn left_open(&self, reader: &Reader, passage: &Passage<'_>, asked: bool) -> Option<Pending> {
        let class = reader.metrics.shared.open?;
        let hit = (0..self.tokens.len()).find_map(|t| self.table.class_at(t, class))?;
        let (start, end) = (hit.start as usize, hit.end as usize);
        let seen = reader.metrics.frame(start, end, &self.sight(reader))?;
        let about = self.about(reader, passage, &seen, start);
        let subjects = about.map(|b| b.subjects).unwrap_or_default();
        Some(Pending { frame: seen.frame, subjects, asked })
    }
}

/// The tokens of a figure, as a match of all of them.
fn phrase(start: usize, end: usize) -> Match {
    Match { pattern: u32::MAX, start: start as u16, end: end as u16, captures: Vec::new(), read: u64::MAX }
}
