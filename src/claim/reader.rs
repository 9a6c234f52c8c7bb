//! Reading a draft: block by block and sentence by sentence, into claims and figures.

use super::Claim;
use super::figure::{Figure, Metrics};
use super::names::Names;
use super::passage::{Discourse, Passage};
use super::reads::Reads;
use super::survey::{Survey, Whole};
use super::work::Work;
use crate::draft::{BlockKind, Draft};
use crate::knowledge::{Knowledge, SubjectId};
use crate::language::context::{Context, Fired, Status};
use crate::language::grammar::Grammar;
use crate::language::pattern::ClassId;
use crate::language::sentence::Verbs;
use crate::language::token::{Lexicon, Token, WordSet};
use crate::language::{Effect, Language, Use};
use crate::text::Span;
use crate::value::{Kind, Vocabulary};

/// What a pattern of the grammar is for, by pattern number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// A language pattern.
    Language(Use),
    /// A rule's reading: rule, and index into its `reads`.
    Read(usize, usize),
    /// What the sentence before asks or tells where a rule's reading takes it up: rule, and index into its `reads`.
    Ask(usize, usize),
    /// A table header that a rule reads: rule, and index into its `cells`.
    Cell(usize, usize),
    /// A rule's word on sources: rule and what it says.
    Source(usize, SourceKind),
    /// A phrase that a rule wants a source for.
    Phrase(usize),
}

/// What a pattern says of where a figure comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceKind {
    /// What it covers is no figure.
    Ignore,
    /// The sentence names a source.
    Sentence,
    /// It names a source for the sentence next to it.
    Neighbour,
    /// A footnote that says so is a source.
    Note,
    /// The sentence names a source of no weight.
    Vague,
}

/// Everything needed to read, compiled once.
#[derive(Debug, Clone, Default)]
pub struct Reader {
    /// Words.
    pub lexicon: Lexicon,
    /// English.
    pub language: Language,
    /// All patterns.
    pub grammar: Grammar,
    /// What each pattern is for.
    pub jobs: Vec<Job>,
    /// Names of subjects.
    pub names: Names,
    /// Numbers, money, dates, licences.
    pub vocabulary: Vocabulary,
    /// What figures measure.
    pub metrics: Metrics,
    /// What each rule reads.
    pub reads: Vec<Reads>,
    /// Words that name the scope of some fact.
    pub scopes: WordSet,
    /// Slot of each subject.
    pub slots: Vec<ClassId>,
    /// Classes that code must know.
    pub classes: Classes,
    /// Classes that tell verbs.
    pub verbs: Verbs,
}

/// Slots and classes that reading itself fills or asks for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Classes {
    /// Any subject.
    pub subject: Option<ClassId>,
    /// Models, families and series.
    pub model: Option<ClassId>,
    /// Names that are not known.
    pub name: Option<ClassId>,
    /// Values.
    pub ratio: Option<ClassId>,
    /// Values.
    pub count: Option<ClassId>,
    /// Values.
    pub money: Option<ClassId>,
    /// An amount for a unit of something.
    pub unit_price: Option<ClassId>,
    /// Values.
    pub date: Option<ClassId>,
    /// Values.
    pub licence: Option<ClassId>,
    /// Words before what something is compared with.
    pub aside: Option<ClassId>,
    /// Words before what a statement leaves out.
    pub except: Option<ClassId>,
    /// Words before a member of a list.
    pub between: Option<ClassId>,
    /// "which", "whose" …
    pub relative: Option<ClassId>,
    /// Forms of the verbs that say what something is.
    pub copula: Option<ClassId>,
    /// Things of a kind, in the plural: what is said of them is said of no one of them.
    pub things: Option<ClassId>,
    /// "model", "reasoner" …
    pub model_noun: Option<ClassId>,
    /// "its", "their" …
    pub possessive: Option<ClassId>,
    /// Words that are counted off ("Step 3"), and no part of a name.
    pub numbered: Option<ClassId>,
    /// Names of tests that models are scored on.
    pub benchmark: Option<ClassId>,
    /// Words for somebody or something that is not named: "the one".
    pub unnamed: Option<ClassId>,
    /// "respectively".
    pub in_order: Option<ClassId>,
    /// Words that say who is one of them: "such as".
    pub instance: Option<ClassId>,
    /// Prepositions and conjunctions.
    pub particle: Option<ClassId>,
    /// Words that are nobody of their own where a subject may stand: "there", "access".
    pub neutral: Option<ClassId>,
    /// Words that stand for yes and no in a table.
    pub yes: Option<ClassId>,
    /// See `yes`.
    pub no: Option<ClassId>,
}

/// A sentence as read, for what is judged after all of it.
#[derive(Debug, Clone, Default)]
pub struct SentenceRead {
    /// Block it stands in.
    pub block: usize,
    /// In the block's text.
    pub within: Span,
    /// In the source.
    pub span: Span,
    /// Whether it has no finite verb, and so goes on with what was said before it.
    pub fragment: bool,
    /// Figures in it.
    pub figures: Vec<FigureRead>,
    /// Phrases in it that rules want a source for.
    pub phrases: Vec<PhraseRead>,
    /// Which rules' source patterns it matched.
    pub sources: Vec<(usize, SourceKind, Span)>,
}

/// A phrase that a rule wants a source for, at its place.
#[derive(Debug, Clone, PartialEq)]
pub struct PhraseRead {
    /// The rule.
    pub rule: usize,
    /// Whom it is about; empty if nobody known.
    pub subjects: Vec<SubjectId>,
    /// How it stands.
    pub context: Context,
    /// In the source.
    pub span: Span,
}

/// A figure at its place.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureRead {
    /// The figure.
    pub figure: Figure,
    /// Whom it is about; empty if nobody known.
    pub subjects: Vec<SubjectId>,
    /// How it stands.
    pub status: Status,
    /// Turned round.
    pub negated: bool,
    /// Whether somebody is named who says it.
    pub reported: bool,
    /// Whether it says how much better or worse without saying than what.
    pub unpaired: bool,
    /// In the block's text.
    pub within: Span,
    /// In the source.
    pub span: Span,
}

/// All that was read.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// In reading order.
    pub claims: Vec<Claim>,
    /// In reading order.
    pub sentences: Vec<SentenceRead>,
    /// Where subjects are named or meant, in the source.
    pub mentions: Vec<(Span, SubjectId)>,
}

impl Reader {
    /// Reads a draft.
    pub fn read(&self, draft: &Draft, knowledge: &Knowledge) -> Reading {
        // Without a name in it, nothing in a draft is about anybody.
        let title = draft.front.get("title").map(|(title, _)| title);
        let mut texts = draft.blocks.iter().map(|block| block.text.as_str()).chain(title);
        if !texts.any(|text| self.names.may_stand_in(text)) {
            return Reading::default();
        }
        let mut survey = Survey::of(self, draft, false);
        if !survey.capital {
            survey = Survey::of(self, draft, true);
        }
        let whole = Whole::of([&survey].into_iter(), self, knowledge);
        self.read_on(draft, 0, &survey, &whole, knowledge, &Discourse::start(&whole, knowledge)).reading
    }

    /// Reads a draft from its block `first` on; those before it are there to stand over the others.
    pub fn read_on(
        &self,
        draft: &Draft,
        first: usize,
        survey: &Survey,
        whole: &Whole,
        knowledge: &Knowledge,
        before: &Discourse,
    ) -> Stretch {
        let mut passage = Passage::new(self, draft, survey, whole, knowledge, before);
        let mut work = Work::default();
        work.reading.claims.clone_from(&before.claims);
        // An answer speaks of the sentence before it, wherever that stands.
        let figures = before.figures.clone();
        work.reading.sentences.push(SentenceRead { figures, ..SentenceRead::default() });
        for (index, block) in draft.blocks.iter().enumerate().skip(first) {
            passage.enter(index, block, draft);
            work.block(self, index, block, &mut passage);
        }
        let mut reading = work.reading;
        let carried = before.claims.len();
        let (from, to) = passage.last;
        let last = from.checked_sub(carried).map(|from| from..to.saturating_sub(carried));
        let after = passage.leave(&reading);
        let own = reading.claims.split_off(carried);
        let claims = std::mem::replace(&mut reading.claims, own);
        let own = reading.sentences.split_off(1);
        let figures = std::mem::replace(&mut reading.sentences, own).into_iter().flat_map(|s| s.figures);
        let answered = Answered {
            claims: Some(claims).filter(|claims| *claims != before.claims),
            figures: Some(figures.collect()).filter(|figures| *figures != before.figures),
        };
        Stretch { reading, answered, after, last }
    }
}

/// Claims and figures of a sentence as they stand once another answered or denied it, where it did.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answered {
    /// Its claims.
    pub claims: Option<Vec<Claim>>,
    /// Its figures.
    pub figures: Option<Vec<FigureRead>>,
}

/// A stretch of a draft as read.
#[derive(Debug, Clone, Default)]
pub struct Stretch {
    /// What stands in it.
    pub reading: Reading,
    /// What it makes of the sentence before it.
    pub answered: Answered,
    /// What it leaves to the stretch after it.
    pub after: Discourse,
    /// Which claims it leaves, if they are its own.
    pub last: Option<std::ops::Range<usize>>,
}

impl Reader {
    /// Whether a subject is a model, family or series.
    pub fn is_model(&self, subject: SubjectId) -> bool {
        self.slots.get(subject.0 as usize).copied() == self.classes.model
    }

    /// The slot of models.
    pub fn model_slot(&self) -> u16 {
        self.classes.model.map_or(u16::MAX, |c| c.0)
    }

    /// The slots that a value fills: its kind's, and for a count that of its unit (`count-minute`) and of the first unit of
    /// its kind (`count-second`).
    pub(super) fn value_classes(&self, kind: &Kind) -> [Option<ClassId>; 3] {
        match kind {
            Kind::Ratio { .. } => [self.classes.ratio, None, None],
            Kind::Count { unit: None, .. } => [self.classes.count, None, None],
            Kind::Count { unit: Some(unit), .. } => {
                let class = |unit: &str| self.grammar.class(&format!("count-{unit}"));
                let first = self.vocabulary.first_of_kind(unit).filter(|first| first != unit);
                [self.classes.count, class(unit), first.and_then(class)]
            }
            Kind::Money { per, .. } => {
                [self.classes.money, self.classes.unit_price.filter(|_| per.is_some()), None]
            }
            Kind::Date(_) => [self.classes.date, None, None],
            Kind::Licence(_) => [self.classes.licence, None, None],
        }
    }
}

/// The tokens that a span of the text covers.
pub fn token_range(tokens: &[Token], span: Span) -> Option<(usize, usize)> {
    let start = tokens.iter().position(|t| t.span.end > span.start)?;
    let end = tokens.iter().rposition(|t| t.span.start < span.end)? + 1;
    (end > start).then_some((start, end))
}

/// Whether a block's kind makes it part of a table or list.
pub fn structured(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Item { .. } | BlockKind::Cell { .. })
}

/// Whether a trigger of that effect fired.
pub fn has(fired: &[Fired], effect: Effect) -> bool {
    fired.iter().any(|f| f.trigger.effect == effect)
}
