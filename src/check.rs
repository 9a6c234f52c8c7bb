//! The facade: a draft, what is known and the settings become findings.

use crate::claim::reader::Reading;
use crate::claim::{Claim, Said, Trace};
use crate::draft::{Draft, Format};
use crate::knowledge::{AttributeType, FactId, SubjectId};
use crate::language::context::Status;
use crate::rule::compile::Rules;
use crate::rule::evidence::{self, Notes};
use crate::rule::finding::Finding;
use crate::rule::pattern::Selection;
use crate::rule::wording::Wording;
use crate::text::Span;
use crate::verdict::{Bench, Judgement, Verdict};
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::HashMap;

mod incremental;
mod worded;

pub use crate::rule::compile::Checker;
pub use incremental::Incremental;
pub use worded::{Worded, worded};

/// What may differ from draft to draft.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The day the draft is judged at when its front matter names none.
    pub today: Option<Date>,
    /// Overrides the draft's own date.
    pub as_of: Option<Date>,
    /// Which pattern rules run on it, and how.
    pub patterns: Selection,
}

/// A claim with its verdict, for cards, sheets and counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// What carries the claim, in the source.
    pub span: Span,
    /// Its sentence, in the source.
    pub sentence: Span,
    /// Of whom.
    pub subject: Option<SubjectId>,
    /// Attribute id.
    pub attribute: String,
    /// What is said, in words.
    pub value: String,
    /// What the facts say.
    pub verdict: Verdict,
    /// The fact that decided.
    pub fact: Option<FactId>,
    /// How it was read and why it was judged so, a step a line.
    pub steps: Vec<String>,
    /// Whether the draft states it; what it only asks, plans or denies is left alone.
    pub stated: bool,
}

/// All findings of all rules, ordered by place, then rule.
pub fn check(draft: &Draft, checker: &Checker, settings: &Settings) -> Vec<Finding> {
    examine(draft, checker, settings).0
}

/// All findings as [`check`] gives them, and the verdict of every claim that the draft states, from one reading.
pub fn examine(draft: &Draft, checker: &Checker, settings: &Settings) -> (Vec<Finding>, Vec<Verdict>) {
    let desk = Desk::new(draft, checker, settings);
    let judged: Vec<(Cow<Claim>, Judgement)> = desk.judgements().collect();
    let verdicts = judged.iter().map(|(_, judgement)| judgement.verdict).collect();
    let mut notes = Notes::default();
    notes.add(draft, &desk.reading, checker);
    let mut findings = desk.unsourced(&notes, &judged);
    findings.extend(desk.compared(judged));
    findings.extend(desk.worded());
    findings.extend(checker.patterns.iter().flat_map(|set| set.check(draft, &settings.patterns)));
    findings.sort_by(|a, b| (a.span, &a.rule).cmp(&(b.span, &b.rule)));
    (findings, verdicts)
}

/// All claims that a draft states, with their verdicts, in order of place.
pub fn judge(draft: &Draft, checker: &Checker, settings: &Settings) -> Vec<Judged> {
    let desk = Desk::new(draft, checker, settings);
    let mut judged: Vec<Judged> =
        desk.judgements().map(|(claim, judgement)| desk.judged(&claim, judgement)).collect();
    judged.sort_by_key(|j| j.span);
    judged
}

/// Every claim of a draft with its verdict, and what it asks, plans, supposes or takes back and so does not claim, in reading
/// order.
pub fn explain(draft: &Draft, checker: &Checker, settings: &Settings) -> Vec<Judged> {
    let desk = Desk::new(draft, checker, settings);
    let open = desk.claims().filter(|claim| !stated(claim) && !claim.subjects.is_empty());
    let open = open.map(|claim| {
        let subject = claim.subjects.first().copied();
        (claim, Judgement { verdict: Verdict::Unknown, fact: None, subject })
    });
    let mut judged: Vec<Judged> =
        desk.judgements().chain(open).map(|(claim, judgement)| desk.judged(&claim, judgement)).collect();
    judged.sort_by_key(|j| j.span);
    judged
}

/// Whether a draft states a claim, of somebody known.
fn stated(claim: &Claim) -> bool {
    matches!(claim.status, Status::Stated | Status::Happened) && !claim.subjects.is_empty()
}

/// What reading a fact's quote in its own source gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadBack {
    /// The fact, or another that agrees with what the quote was read as.
    Agrees,
    /// Something that the facts contradict: the quote, the fact or a rule is wrong.
    Contradicted,
    /// Nothing: no rule reads what it says.
    Unread,
}

/// Reads every source whose text is kept as a draft of its own day, and says for each quoted fact what its quote gives.
pub fn read_back(checker: &Checker) -> Vec<(FactId, ReadBack)> {
    let knowledge = &checker.knowledge;
    let mut out = Vec::new();
    for (index, source) in knowledge.sources.iter().enumerate() {
        let Some(text) = &source.text else { continue };
        let plain = source.file.as_ref().is_some_and(|file| file.ends_with(".txt"));
        let draft = Draft::parse(text, if plain { Format::Text } else { Format::Markdown });
        let judged = judge(&draft, checker, &Settings { as_of: source.date, ..Settings::default() });
        for (id, fact) in knowledge.facts.iter().enumerate() {
            let place = knowledge.quote_place(fact).filter(|(source, _)| source.0 as usize == index);
            let Some((_, span)) = place else { continue };
            let verdicts = || judged.iter().filter(|j| j.span.overlaps(span)).map(|j| j.verdict);
            let outcome = match () {
                () if verdicts().any(|v| v == Verdict::Contradicted) => ReadBack::Contradicted,
                () if verdicts().any(|v| v == Verdict::Supported) => ReadBack::Agrees,
                () => ReadBack::Unread,
            };
            out.push((FactId(id as u32), outcome));
        }
    }
    out
}

/// Where subjects are named or meant, in order of place.
pub fn mentions(draft: &Draft, checker: &Checker) -> Vec<(Span, SubjectId)> {
    let mut mentions = checker.reader.read(draft, &checker.knowledge).mentions;
    mentions.sort_unstable();
    mentions
}

/// The day a draft is judged at: the settings' own, else the front matter's date, else today.
pub fn day_of(draft: &Draft, settings: &Settings) -> Date {
    settings.as_of.or(written(draft)).or(settings.today).unwrap_or(Date::MAX)
}

/// The day a draft is judged at, and how it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Day {
    date: Date,
    dated: bool,
    given: bool,
}

impl Day {
    fn of(draft: &Draft, settings: &Settings) -> Day {
        let dated = written(draft).is_some();
        Day { date: day_of(draft, settings), dated, given: dated || settings.as_of.is_some() }
    }
}

/// The day that a draft's front matter gives.
fn written(draft: &Draft) -> Option<Date> {
    draft.front.get("date").and_then(|(date, _)| date.get(..10)?.parse().ok())
}

/// What stands near a place: everything by the stretches of the source that it touches.
#[derive(Default)]
struct Neighbours {
    by_stretch: HashMap<usize, Vec<usize>>,
}

impl Neighbours {
    fn stretches(spans: [Span; 2]) -> impl Iterator<Item = usize> {
        spans.into_iter().flat_map(|span| span.start / 256..=span.end / 256)
    }

    fn add(&mut self, spans: [Span; 2], index: usize) {
        Self::stretches(spans).for_each(|stretch| self.by_stretch.entry(stretch).or_default().push(index));
    }

    /// All that may touch one of `spans`.
    fn of(&self, spans: [Span; 2]) -> impl Iterator<Item = usize> {
        Self::stretches(spans).filter_map(|stretch| self.by_stretch.get(&stretch)).flatten().copied()
    }
}

/// One draft on the desk.
struct Desk<'a> {
    draft: &'a Draft,
    checker: &'a Checker,
    reading: Cow<'a, Reading>,
    bench: Bench<'a>,
}

impl<'a> Desk<'a> {
    fn new(draft: &'a Draft, checker: &'a Checker, settings: &Settings) -> Desk<'a> {
        let reading = Cow::Owned(checker.reader.read(draft, &checker.knowledge));
        Desk::of(draft, checker, reading, Day::of(draft, settings))
    }

    /// A draft, or a part of one, that was read already.
    fn of(
        draft: &'a Draft,
        checker: &'a Checker,
        reading: Cow<'a, Reading>,
        Day { date: day, dated, given }: Day,
    ) -> Desk<'a> {
        let bench = Bench {
            knowledge: &checker.knowledge,
            vocabulary: &checker.reader.vocabulary,
            day,
            dated,
            given,
        };
        Desk { draft, checker, reading, bench }
    }

    fn rules(&self) -> &'a Rules {
        &self.checker.rules
    }

    /// Every claim that the draft states, with its judgement.
    fn judgements(&self) -> impl Iterator<Item = (Cow<'_, Claim>, Judgement)> {
        self.claims().filter(|claim| stated(claim)).map(|claim| {
            let mut judgement = self.bench.judge(&claim);
            if claim.status == Status::Happened && judgement.verdict == Verdict::Outdated {
                // What came about at its time is not out of date.
                judgement.verdict = Verdict::Supported;
            }
            (claim, judgement)
        })
    }

    /// Every claim: those that patterns read, and figures.
    fn claims(&self) -> impl Iterator<Item = Cow<'_, Claim>> {
        let figures = self.reading.sentences.iter().flat_map(|s| &s.figures).filter_map(|f| {
            let (rule, attribute) = self.rules().ratio.clone()?;
            Some(Cow::Owned(Claim {
                rule,
                read: None,
                attribute,
                subjects: f.subjects.clone(),
                said: Said::Ratio(f.figure.clone()),
                negated: f.negated,
                status: f.status,
                unasked: f.status,
                reported: f.reported,
                span: f.span,
                sentence: f.span,
                bound: crate::claim::bind::Bound::Named,
                at: None,
                taken_up: false,
                listed: false,
                trace: Trace::default(),
                scope: Vec::new(),
                within: None,
            }))
        });
        let compared = |c: &Cow<Claim>| !c.attribute.is_empty();
        self.reading.claims.iter().map(Cow::Borrowed).chain(figures).filter(compared)
    }

    /// Findings of rules that compare with facts; one per rule and stretch, and one for all the prices of a sentence.
    fn compared(&self, judged: Vec<(Cow<Claim>, Judgement)>) -> Vec<Finding> {
        let mut findings: Vec<(Finding, Cow<Claim>)> = Vec::new();
        let mut near = Neighbours::default();
        for (claim, judgement) in judged {
            let Some(rule) = self.rules().words(claim.rule, judgement.verdict) else { continue };
            let finding = self.wording().finding(rule, &claim, &judgement);
            let same = |(f, c): &(Finding, Cow<Claim>)| {
                let alike = c.attribute == claim.attribute
                    && c.sentence == claim.sentence
                    && c.subjects == claim.subjects;
                // Said twice in one breath, with the subject not named anew between, it is one statement.
                let between = Span::new(f.span.end, finding.span.start);
                let anew = || {
                    let mut mentions = self.reading.mentions.iter();
                    mentions.any(|(span, s)| between.contains(*span) && claim.subjects.contains(s))
                };
                let again =
                    alike && (self.is_money(&claim) || claim.listed || c.said == claim.said && !anew());
                f.rule == finding.rule && (f.span.overlaps(finding.span) || again)
            };
            let spans = [finding.span, claim.sentence];
            if !near.of(spans).any(|at| findings.get(at).is_some_and(same)) {
                near.add(spans, findings.len());
                findings.push((finding, claim));
            }
        }
        findings.into_iter().map(|(finding, _)| finding).collect()
    }

    fn is_money(&self, claim: &Claim) -> bool {
        let knowledge = &self.checker.knowledge;
        let attribute =
            knowledge.attribute(&claim.attribute).and_then(|a| knowledge.attributes.get(a.0 as usize));
        attribute.is_some_and(|a| a.kind == AttributeType::Money)
    }

    /// Findings of evidence rules, of several on one stretch the most severe.
    fn unsourced(&self, notes: &Notes, judged: &[(Cow<Claim>, Judgement)]) -> Vec<Finding> {
        let mut findings: Vec<Finding> = Vec::new();
        let rules = self.rules().list.iter().enumerate();
        for (index, rule) in rules {
            let Some(evidence) = &rule.evidence else { continue };
            let view = evidence::View::new(index, self.draft, &self.reading, notes, self.checker);
            let spans = match evidence.claimed.as_slice() {
                [] => view.unsourced(),
                claimed => view.unattributed(self.claimed(claimed, judged)),
            };
            findings.extend(spans.into_iter().map(|span| self.wording().plain(rule, span)));
        }
        findings.sort_by_key(|f| std::cmp::Reverse(f.severity));
        let mut kept: Vec<Finding> = Vec::new();
        for finding in findings {
            if !kept.iter().any(|k| k.span.overlaps(finding.span)) {
                kept.push(finding);
            }
        }
        kept
    }

    /// The claims that repeat what a fact says somebody claims.
    fn claimed<'c>(
        &'c self,
        attributes: &'c [String],
        judged: &'c [(Cow<Claim>, Judgement)],
    ) -> impl Iterator<Item = Span> + 'c {
        let facts = &self.checker.knowledge.facts;
        let somebodys = move |judgement: &Judgement| {
            let fact = judgement.fact.and_then(|id| facts.get(id.0 as usize));
            judgement.verdict == Verdict::Supported && fact.is_some_and(|f| f.claimed_by.is_some())
        };
        let repeats = judged.iter().filter(move |(claim, judgement)| {
            !claim.reported && !claim.negated && attributes.contains(&claim.attribute) && somebodys(judgement)
        });
        repeats.map(|(claim, _)| claim.span)
    }

    fn judged(&self, claim: &Claim, judgement: Judgement) -> Judged {
        Judged {
            span: claim.span,
            sentence: self.sentence_of(claim),
            subject: judgement.subject,
            attribute: claim.attribute.clone(),
            value: self.wording().said(claim),
            verdict: judgement.verdict,
            fact: judgement.fact,
            steps: self.wording().steps(claim, &judgement, &self.reading.mentions),
            stated: stated(claim),
        }
    }

    /// The sentence that a claim stands in; of a figure the claim has no more than the figure.
    fn sentence_of(&self, claim: &Claim) -> Span {
        let sentences = self.reading.sentences.iter().map(|sentence| sentence.span);
        let figure = claim.sentence == claim.span;
        sentences.filter(|_| figure).find(|span| span.contains(claim.span)).unwrap_or(claim.sentence)
    }

    fn wording(&self) -> Wording<'_> {
        Wording { checker: self.checker, draft: self.draft, day: self.bench.day }
    }
}
