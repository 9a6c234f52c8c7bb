//! Checking a draft again after an edit, at the cost of what the edit changed.
//!
//! The source is cut where its parts parse alone as in the whole. A part keeps what was read in it and found in it, and is
//! read again only if its text, what stands over it, what the sentences before leave to it or what holds for the whole
//! draft has changed. The findings are those of [`super::check`], always.

mod patterns;

use super::{Checker, Day, Desk, Settings};
use crate::claim::Claim;
use crate::claim::passage::Discourse;
use crate::claim::reader::{Answered, FigureRead, Reading, Stretch};
use crate::claim::survey::{Survey, Whole};
use crate::draft::{Block, BlockKind, Draft, Format, OffsetMap, chunks};
use crate::rule::evidence::Notes;
use crate::rule::finding::{Finding, Place};
use crate::text::Span;
use patterns::Looked;
use std::borrow::Cow;
use std::collections::HashMap;

/// What is kept from one check of a draft to the next. It belongs to one checker and one selection of pattern rules: with
/// others, start anew.
#[derive(Debug, Default)]
pub struct Incremental {
    source: String,
    format: Format,
    parts: Vec<Part>,
    whole: Whole,
    notes: Notes,
    day: Option<Day>,
}

/// A stretch of the source with what is known of it; places in it count from its start.
#[derive(Debug, Default)]
struct Part {
    span: Span,
    /// The blocks of the headings over it, then its own.
    draft: Draft,
    /// How many blocks stand over it; more than there are before it is parsed.
    above: usize,
    survey: Survey,
    read: Option<(Discourse, Stretch)>,
    found: Option<Found>,
    /// What pattern rules found in it, set by set.
    looked: Vec<Looked>,
}

/// The findings of a part, and what later parts made of its last sentence.
#[derive(Debug)]
struct Found {
    answered: Answered,
    findings: Vec<Finding>,
}

impl Incremental {
    /// What [`super::check`] finds in this source.
    pub fn check(
        &mut self,
        source: &str,
        format: Format,
        checker: &Checker,
        settings: &Settings,
    ) -> Vec<Finding> {
        self.cut(source, format);
        self.survey(checker);
        let mut findings = Vec::new();
        if self.parts.iter().any(|part| part.survey.named) {
            self.read(checker);
            self.judge(checker, settings);
            for part in &self.parts {
                let found = part.found.iter().flat_map(|found| &found.findings);
                findings.extend(found.map(|finding| shifted(finding, part.span.start)));
            }
        }
        findings.extend(self.patterns(checker, &settings.patterns));
        findings.sort_by(|a, b| (a.span, &a.rule).cmp(&(b.span, &b.rule)));
        findings
    }

    /// Cuts the source anew, keeping the parts at both ends whose text is as it was.
    fn cut(&mut self, source: &str, format: Format) {
        if self.format != format {
            *self = Incremental { format, ..Incremental::default() };
        }
        let spans = stretches(source, format);
        let same = |(part, span): &(&Part, &Span)| part.span.of(&self.source) == span.of(source);
        let head = self.parts.iter().zip(&spans).take_while(same).count();
        let most = self.parts.len().min(spans.len()) - head;
        let tail = self.parts.iter().rev().zip(spans.iter().rev()).take(most).take_while(same).count();
        let fresh = (head..spans.len() - tail).map(|_| Part { above: usize::MAX, ..Part::default() });
        self.parts.splice(head..self.parts.len() - tail, fresh);
        for (part, span) in self.parts.iter_mut().zip(spans) {
            part.span = span;
        }
        self.source.clear();
        self.source.push_str(source);
        self.put_headings();
    }

    /// Puts the headings that govern a part before its own blocks.
    fn put_headings(&mut self) {
        let mut over: Vec<Block> = Vec::new();
        for part in &mut self.parts {
            if part.draft.blocks.get(..part.above) != Some(over.as_slice()) {
                let own = Draft::parse(part.span.of(&self.source), self.format);
                let mut draft = Draft { blocks: over.clone(), format: self.format, ..Draft::default() };
                draft.append(own);
                *part = Part { span: part.span, draft, above: over.len(), ..Part::default() };
            }
            let chain = governing(&part.draft);
            if chain.len() != over.len() || chain.iter().any(|at| *at >= part.above) {
                over = headings(&part.draft, &chain);
            }
        }
    }

    /// Looks over the parts that are new, and sums up what holds for all.
    fn survey(&mut self, checker: &Checker) {
        let reader = &checker.reader;
        for part in self.parts.iter_mut().filter(|part| part.survey == Survey::default()) {
            part.survey = Survey::of(reader, &part.draft, false);
        }
        let any_case = !self.parts.iter().any(|part| part.survey.capital);
        for part in self.parts.iter_mut().filter(|part| part.survey.any_case != any_case) {
            part.survey = Survey::of(reader, &part.draft, any_case);
        }
        let whole = Whole::of(self.parts.iter().map(|part| &part.survey), reader, &checker.knowledge);
        if self.whole != whole {
            self.whole = whole;
            self.parts.iter_mut().for_each(|part| part.read = None);
        }
    }

    /// Reads the parts of which something changed.
    fn read(&mut self, checker: &Checker) {
        let (reader, knowledge) = (&checker.reader, &checker.knowledge);
        let start = Discourse::start(&self.whole, knowledge);
        let mut notes = Notes::default();
        for at in 0..self.parts.len() {
            let (done, rest) = self.parts.split_at_mut(at);
            let Some(part) = rest.first_mut() else { return };
            let before =
                done.last().and_then(|part| part.read.as_ref()).map_or(&start, |(_, read)| &read.after);
            if part.read.as_ref().is_none_or(|(left, _)| left != before) {
                let mut stretch =
                    reader.read_on(&part.draft, part.above, &part.survey, &self.whole, knowledge, before);
                let chain = governing(&part.draft);
                // Of a heading that does not govern what follows it is enough to know that it is another.
                let place = |heading| chain.iter().position(|at| *at == heading).unwrap_or(usize::MAX);
                stretch.after.heading = stretch.after.heading.map(place);
                part.read = Some((before.clone(), stretch));
                part.found = None;
            }
            if let Some((_, stretch)) = &part.read {
                notes.add(&part.draft, &stretch.reading, checker);
            }
        }
        if self.notes != notes {
            self.notes = notes;
            self.parts.iter_mut().for_each(|part| part.found = None);
        }
    }

    /// Judges the parts that were read anew or amended.
    fn judge(&mut self, checker: &Checker, settings: &Settings) {
        let front = self.parts.first().map(|part| &part.draft);
        let day = front.map(|draft| Day::of(draft, settings));
        if self.day != day {
            self.day = day;
            self.parts.iter_mut().for_each(|part| part.found = None);
        }
        let mut answers = self.answers();
        for (at, part) in self.parts.iter_mut().enumerate() {
            let answered = answers.remove(&at).unwrap_or_default();
            if part.found.as_ref().is_some_and(|found| found.answered == answered) {
                continue;
            }
            let (Some((_, stretch)), Some(day)) = (&part.read, day) else { continue };
            let desk = Desk::of(&part.draft, checker, taken_up(stretch, &answered), day);
            let judged: Vec<_> = desk.judgements().collect();
            let mut findings = desk.unsourced(&self.notes, &judged);
            findings.extend(desk.compared(judged));
            findings.extend(desk.worded());
            part.found = Some(Found { answered, findings });
        }
    }

    /// What later parts make of the last sentence of each.
    fn answers(&self) -> HashMap<usize, Answered> {
        let mut answers: HashMap<usize, Answered> = HashMap::new();
        let (mut claims, mut figures) = (0, 0);
        for (at, part) in self.parts.iter().enumerate() {
            let Some((_, Stretch { reading, answered, last, .. })) = &part.read else { continue };
            if answered.claims.is_some() {
                answers.entry(claims).or_default().claims.clone_from(&answered.claims);
            }
            if answered.figures.is_some() {
                answers.entry(figures).or_default().figures.clone_from(&answered.figures);
            }
            claims = if last.is_some() { at } else { claims };
            figures = if reading.sentences.is_empty() { figures } else { at };
        }
        answers
    }
}

/// What was read in a part, its last sentence as later parts leave it.
fn taken_up<'a>(stretch: &'a Stretch, answered: &Answered) -> Cow<'a, Reading> {
    let mut reading = Cow::Borrowed(&stretch.reading);
    if let (Some(answered), Some(last)) = (&answered.claims, &stretch.last) {
        let claims = reading.to_mut().claims.get_mut(last.clone()).unwrap_or_default();
        for (claim, answered) in claims.iter_mut().zip(answered) {
            *claim = Claim { span: claim.span, sentence: claim.sentence, ..answered.clone() };
        }
    }
    if let Some(answered) = &answered.figures {
        let last = reading.to_mut().sentences.last_mut();
        let figures = last.into_iter().flat_map(|sentence| &mut sentence.figures);
        for (figure, answered) in figures.zip(answered) {
            *figure = FigureRead { span: figure.span, within: figure.within, ..answered.clone() };
        }
    }
    reading
}

/// The stretches that are read alone. What follows a table belongs to it, since it may say where its figures are from.
fn stretches(source: &str, format: Format) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for span in chunks(source, format) {
        let table = |last: &Span| {
            last.of(source)
                .trim_end()
                .rsplit('\n')
                .next()
                .is_some_and(|line| line.contains('|') || line.contains('>'))
        };
        match out.last_mut() {
            Some(last) if table(last) => *last = last.cover(span),
            _ => out.push(span),
        }
    }
    out
}

/// The headings that govern what follows a draft, the outermost first.
fn governing(draft: &Draft) -> Vec<usize> {
    let last = draft.blocks.iter().rposition(|block| block.quote_depth == 0);
    let nearest = last.and_then(|at| match draft.blocks.get(at)?.kind {
        BlockKind::Heading(_) => Some(at),
        _ => draft.blocks.get(at)?.heading,
    });
    let mut chain: Vec<usize> = std::iter::successors(nearest, |at| draft.blocks.get(*at)?.heading).collect();
    chain.reverse();
    chain
}

/// Headings as they stand over another part: without a place.
fn headings(draft: &Draft, chain: &[usize]) -> Vec<Block> {
    let blocks = chain.iter().filter_map(|at| draft.blocks.get(*at)).enumerate();
    blocks
        .map(|(depth, block)| Block {
            map: OffsetMap::default(),
            span: Span::default(),
            marks: Vec::new(),
            heading: depth.checked_sub(1),
            lead_in: None,
            ..block.clone()
        })
        .collect()
}

/// A finding with its places in the source counted from elsewhere.
fn shifted(finding: &Finding, by: usize) -> Finding {
    let mut finding = finding.clone();
    finding.span = finding.span.shift(by);
    for related in &mut finding.related {
        if let Place::Draft(span) = &mut related.place {
            *span = span.shift(by);
        }
    }
    finding.fixes.iter_mut().flat_map(|fix| &mut fix.edits).for_each(|(span, _)| *span = span.shift(by));
    finding
}
