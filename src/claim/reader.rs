//! Reading a draft: block by block and sentence by sentence, into claims and figures.

use super::bind::{self, Bound, Scene};
use super::figure::{Figure, Metrics};
use super::mention::{Mention, MentionKind};
use super::names::{Named, Names};
use super::passage::{Discourse, Passage};
use super::reads::{Read, ReadValue, Reads};
use super::survey::{Survey, Whole};
use super::{Claim, Said};
use crate::draft::{Block, BlockKind, Draft, MarkKind};
use crate::knowledge::{Knowledge, SubjectId};
use crate::language::context::{self, Around, Fired, Status};
use crate::language::grammar::{Grammar, Hit, Match, Table};
use crate::language::pattern::ClassId;
use crate::language::sentence::{self, Verbs};
use crate::language::token::{Lexicon, Shape, Token, WordId, tokenize};
use crate::language::{Effect, Language, Refer, Use};
use crate::text::Span;
use crate::value::{DateValue, Found, Kind, Vocabulary};
use std::mem::discriminant;

/// What a pattern of the grammar is for, by pattern number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// A language pattern.
    Language(Use),
    /// A rule's reading: rule, and index into its `reads`.
    Read(usize, usize),
    /// A table header that a rule reads: rule, and index into its `cells`.
    Cell(usize, usize),
    /// A rule's word on sources: rule and what it says.
    Source(usize, SourceKind),
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
    /// It names a source that is none.
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
    /// "which", "whose" …
    pub relative: Option<ClassId>,
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
    /// Figures in it.
    pub figures: Vec<FigureRead>,
    /// Which rules' source patterns it matched.
    pub sources: Vec<(usize, SourceKind, Span)>,
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
        if !draft.blocks.iter().any(|block| self.names.may_stand_in(&block.text)) {
            return Reading::default();
        }
        let mut survey = Survey::of(self, draft, false);
        if !survey.capital {
            survey = Survey::of(self, draft, true);
        }
        let whole = Whole::of([&survey].into_iter(), self, knowledge);
        self.read_on(draft, 0, &survey, &whole, knowledge, &Discourse::start(&whole)).reading
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

/// Buffers that are reused from sentence to sentence, and what has been read so far.
#[derive(Debug, Default)]
struct Work {
    reading: Reading,
    tokens: Vec<Token>,
    table: Table,
    clause: Vec<u16>,
    fired: Vec<Fired>,
    named: Vec<Named>,
    mentions: Vec<Mention>,
    values: Vec<Found>,
    text: String,
}

impl Work {
    fn block(&mut self, reader: &Reader, index: usize, block: &Block, passage: &mut Passage<'_>) {
        for span in sentence::sentences(&block.text) {
            self.sentence(reader, index, block, span, passage);
        }
    }

    /// Reads one sentence of a block.
    fn sentence(
        &mut self,
        reader: &Reader,
        index: usize,
        block: &Block,
        within: Span,
        passage: &mut Passage<'_>,
    ) {
        let prefix = passage.prefix(block);
        self.text.clear();
        self.text.push_str(prefix);
        let shift = self.text.len();
        self.text.push_str(within.of(&block.text));
        self.tokens.clear();
        tokenize(&self.text, &reader.lexicon, &mut self.tokens);
        if self.tokens.len() > u16::MAX as usize - 1 || self.tokens.is_empty() {
            return;
        }
        let place = Place { block, within, shift };
        self.fill(reader, passage, &place);
        reader.grammar.run(&self.tokens, &mut self.table);
        context::fired(&self.table, &reader.language, &mut self.fired);
        sentence::clauses(&self.tokens, &self.table, &reader.language, &reader.verbs, &mut self.clause);
        self.refer(reader, passage);
        let asked =
            self.tokens
                .iter()
                .rev()
                .take_while(|t| t.shape == Shape::Mark)
                .any(|t| t.span.of(&self.text) == "?")
                && !self.table.matches.iter().any(|m| {
                    matches!(reader.jobs.get(m.pattern as usize), Some(Job::Language(Use::Presume)))
                });
        let first = self.reading.claims.len();
        self.reply(reader, passage, &place);
        self.claims(reader, passage, asked, &place);
        self.ticks(reader, passage, &place);
        self.echo(reader, passage, &place, first);
        self.figures(reader, passage, index, asked, &place);
        self.note_mentions(&place);
        let label = self.tokens.len() <= 3 && self.reading.claims.len() == first && self.mentions.is_empty();
        let range = (first, self.reading.claims.len());
        passage.leave_sentence(reader, &self.mentions, &self.fired, range, label);
    }

    /// Puts mentions and values into the table before the grammar runs.
    fn fill(&mut self, reader: &Reader, passage: &mut Passage<'_>, place: &Place<'_>) {
        self.table.clear(self.tokens.len());
        self.named.clear();
        self.mentions.clear();
        reader.names.find(&self.text, &self.tokens, passage.whole.any_case, &mut self.named);
        for named in &self.named {
            let proper =
                named.start > 0 && matches!(self.tokens[named.start].shape, Shape::Capital | Shape::Upper);
            if named.short && !passage.accepts(named.subject, proper) {
                continue;
            }
            let slot = reader.slots.get(named.subject.0 as usize).copied().unwrap_or(ClassId(0));
            let payload = self.mentions.len() as u32;
            for class in [Some(slot), reader.classes.subject].into_iter().flatten() {
                self.table.add(Hit { class, start: named.start as u16, end: named.end as u16, payload });
            }
            self.mentions.push(Mention {
                start: named.start,
                end: named.end,
                subjects: vec![named.subject],
                slot: slot.0,
                kind: MentionKind::Name,
                aside: false,
                object: false,
                listed: false,
            });
        }
        self.pronouns(reader, passage);
        self.code_names(reader, place);
        self.values = reader.vocabulary.find(&self.text, &self.tokens);
        self.unname();
        for (payload, found) in self.values.iter().enumerate() {
            let Some((start, end)) = token_range(&self.tokens, found.span) else { continue };
            for class in reader.value_classes(&found.kind).into_iter().flatten() {
                self.table.add(Hit { class, start: start as u16, end: end as u16, payload: payload as u32 });
            }
        }
        self.strangers(reader);
    }

    /// Inline code that is a subject's name stands for it ("`model-name` is now open to all").
    fn code_names(&mut self, reader: &Reader, place: &Place<'_>) {
        let mut tokens = Vec::new();
        for mark in &place.block.marks {
            let MarkKind::Code(code) = &mark.kind else { continue };
            if code.len() > 64 || !place.within.contains(mark.span) {
                continue;
            }
            let at = mark.span.start - place.within.start + place.shift;
            let Some(token) = self.tokens.iter().position(|t| t.span.start == at) else { continue };
            tokens.clear();
            self.named.clear();
            tokenize(code, &reader.lexicon, &mut tokens);
            reader.names.find(code, &tokens, false, &mut self.named);
            let Some(named) =
                self.named.first().filter(|n| n.start == 0 && n.end == tokens.len() && !n.short)
            else {
                continue;
            };
            let slot = reader.slots.get(named.subject.0 as usize).copied().unwrap_or(ClassId(0));
            self.table.add(Hit { class: slot, start: token as u16, end: token as u16 + 1, payload: 0 });
            self.mentions.push(Mention {
                start: token,
                end: token + 1,
                subjects: vec![named.subject],
                slot: slot.0,
                kind: MentionKind::Name,
                aside: false,
                object: false,
                listed: false,
            });
        }
    }

    /// A name inside the name of a licence is no mention.
    fn unname(&mut self) {
        for found in self.values.iter().filter(|f| matches!(f.kind, Kind::Licence(_))) {
            let Some((start, end)) = token_range(&self.tokens, found.span) else { continue };
            for mention in self
                .mentions
                .iter_mut()
                .filter(|m| start <= m.start && m.end <= end && m.end - m.start < end - start)
            {
                mention.subjects.clear();
                mention.kind = MentionKind::Name;
            }
        }
    }

    /// Pronouns fill the slot of whom they stand for, so that patterns read "built it" as they read a name.
    fn pronouns(&mut self, reader: &Reader, passage: &Passage<'_>) {
        self.mark_roles(reader);
        let slot = reader.model_slot();
        for at in 0..self.tokens.len() {
            if !reader.language.pronouns.contains(&self.tokens[at].word) {
                continue;
            }
            let subjects = passage.refers(Refer::It, None, at, &self.mentions, reader);
            if subjects.is_empty() {
                continue;
            }
            let payload = self.mentions.len() as u32;
            self.table.add(Hit { class: ClassId(slot), start: at as u16, end: at as u16 + 1, payload });
            let kind = MentionKind::Pronoun;
            let mention = Mention {
                start: at,
                end: at + 1,
                subjects,
                slot,
                kind,
                aside: false,
                object: false,
                listed: false,
            };
            self.mentions.push(mention);
        }
    }

    /// Runs of capitalised words that are no known name fill the `name` slot.
    fn strangers(&mut self, reader: &Reader) {
        let Some(class) = reader.classes.name else { return };
        let mut at = 0;
        while at < self.tokens.len() {
            let end = (at..self.tokens.len()).take_while(|t| self.capital(*t)).last().map_or(at, |t| t + 1);
            if end > at {
                self.table.add(Hit { class, start: at as u16, end: end as u16, payload: u32::MAX });
            }
            at = end.max(at + 1);
        }
    }

    fn capital(&self, token: usize) -> bool {
        self.tokens.get(token).is_some_and(|t| matches!(t.shape, Shape::Capital | Shape::Upper))
            && !self.mentions.iter().any(|m| m.start <= token && token < m.end)
    }

    /// Finds what pronouns and descriptions stand for, and which mentions are only compared with.
    fn refer(&mut self, reader: &Reader, passage: &Passage<'_>) {
        self.mark_roles(reader);
        for at in 0..self.mentions.len() {
            if self.mentions[at].kind == MentionKind::Pronoun {
                let start = self.mentions[at].start;
                self.mentions[at].subjects = passage.refers(Refer::It, None, start, &self.mentions, reader);
            }
        }
        for index in 0..self.table.matches.len() {
            let found = &self.table.matches[index];
            let Some(Job::Language(Use::Refer(kind))) = reader.jobs.get(found.pattern as usize) else {
                continue;
            };
            let (start, end) = (found.start as usize, found.end as usize);
            let model = reader.model_slot();
            let over = |m: &Mention| m.start < end && start < m.end && m.slot == model;
            if self.mentions.iter().any(|m| over(m) && m.kind != MentionKind::Pronoun) {
                continue;
            }
            if self.table.matches.iter().any(|o| {
                o.start <= found.start
                    && found.end <= o.end
                    && o.end - o.start > found.end - found.start
                    && matches!(reader.jobs.get(o.pattern as usize), Some(Job::Language(Use::Refer(_))))
            }) {
                continue;
            }
            let owner = found.captures.first().and_then(|(_, hit)| self.mention_of(*hit));
            let subjects = passage.refers(*kind, owner, start, &self.mentions, reader);
            if subjects.is_empty() && self.mentions.iter().any(|m| m.start == start && m.end == end) {
                continue;
            }
            // "its predecessor" is one mention, and not "it".
            self.mentions.retain(|m| !over(m));
            let kind = MentionKind::Description;
            let slot = model;
            self.mentions.push(Mention {
                start,
                end,
                subjects,
                slot,
                kind,
                aside: false,
                object: false,
                listed: false,
            });
        }
        self.mentions.sort_by_key(|m| (m.start, m.end));
        self.mark_roles(reader);
    }

    fn mention_of(&self, hit: u32) -> Option<SubjectId> {
        let hit = self.table.hits.get(hit as usize)?;
        let same = |m: &&Mention| m.start == hit.start as usize && m.end == hit.end as usize;
        self.mentions.iter().find(same)?.subjects.first().copied()
    }

    fn mark_roles(&mut self, reader: &Reader) {
        for at in 0..self.mentions.len() {
            let start = self.mentions[at].start;
            let aside = reader.classes.aside.is_some_and(|class| {
                (start.saturating_sub(4)..start).any(|t| {
                    let Some(hit) = self.table.class_at(t, class) else { return false };
                    let gap = start.saturating_sub(hit.end as usize);
                    hit.end as usize <= start
                        && gap <= 2
                        && !self.mentions.iter().any(|m| {
                            m.start >= hit.end as usize && m.end <= start && m.slot == reader.model_slot()
                        })
                })
            });
            let listed = at > 0 && self.in_list(at);
            let listed_aside = listed && self.mentions[at - 1].aside;
            self.mentions[at].aside = aside || listed_aside;
            let verbs = &reader.verbs;
            // "says X is": what has a verb of its own is nobody's object.
            let acts = verbs.at(self.mentions[at].end, &self.table);
            self.mentions[at].object = !acts
                && verbs.verb.is_some_and(|class| {
                    (start.saturating_sub(2)..start)
                        .any(|t| self.table.class_at(t, class).is_some_and(|h| h.end as usize == start))
                });
            self.mentions[at].listed = listed;
        }
    }

    /// Whether a mention goes on a list: a conjunction joins it to the one before, or a comma in a run that ends in one.
    fn in_list(&self, at: usize) -> bool {
        let mut at = at;
        loop {
            let (Some(before), Some(here)) = (self.mentions.get(at - 1), self.mentions.get(at)) else {
                return false;
            };
            match self.link(before.end, here.start) {
                Some(true) => return true,
                Some(false) => at += 1,
                None => return false,
            }
        }
    }

    /// What alone stands between two tokens: a conjunction (with a comma or not: true), or a comma (false).
    fn link(&self, from: usize, to: usize) -> Option<bool> {
        let between = self.tokens.get(from..to).filter(|b| !b.is_empty() && b.len() <= 2)?;
        let word = |t: &Token| t.span.of(&self.text);
        let conjunction =
            |t: &Token| ["&", "and", "or", "nor"].iter().any(|c| word(t).eq_ignore_ascii_case(c));
        let fits = between.iter().all(|t| word(t) == "," || conjunction(t));
        fits.then(|| between.iter().any(conjunction))
    }

    /// An answer or a denial that takes up what the sentence before read.
    fn reply(&mut self, reader: &Reader, passage: &mut Passage<'_>, _place: &Place<'_>) {
        let kind = self.table.matches.iter().find_map(|m| match reader.jobs.get(m.pattern as usize) {
            Some(Job::Language(Use::No)) => Some(false),
            Some(Job::Language(Use::Yes)) => Some(true),
            _ => None,
        });
        let Some(yes) = kind else { return };
        for claim in self.reading.claims[passage.last.0..passage.last.1].iter_mut() {
            claim.status.answer(yes, &mut claim.negated);
        }
        for figure in self.reading.sentences.last_mut().into_iter().flat_map(|s| &mut s.figures) {
            figure.status.answer(yes, &mut figure.negated);
        }
    }

    /// Claims that the rules' patterns read.
    fn claims(&mut self, reader: &Reader, passage: &Passage<'_>, asked: bool, place: &Place<'_>) {
        let mut found: Vec<(usize, usize, Match)> = self
            .table
            .matches
            .iter()
            .filter_map(|m| match reader.jobs.get(m.pattern as usize) {
                Some(Job::Read(rule, read)) => Some((*rule, *read, m.clone())),
                _ => None,
            })
            .filter(|(rule, _, m)| !self.ignored(reader, *rule, m))
            .collect();
        found.sort_by_key(|(rule, read, m)| {
            (std::cmp::Reverse(m.read.count_ones()), m.end - m.start, *rule, *read)
        });
        let mut kept: Vec<(usize, usize, Match, Claim)> = Vec::new();
        for (rule, read, m) in found {
            let attribute = &reader.reads[rule].list[read].attribute;
            let taken = kept.iter().any(|(r, other, k, _)| {
                k.covers(&m)
                    || *r == rule
                        && k.start < m.end
                        && m.start < k.end
                        && (reader.reads[*r].list[*other].attribute == *attribute
                            || k.read.count_ones() > m.read.count_ones())
            });
            if taken {
                continue;
            }
            if let Some(claim) = self.claim(reader, passage, (rule, read), &m, asked, place) {
                kept.push((rule, read, m, claim));
            }
        }
        kept.sort_by_key(|(_, _, m, _)| m.start);
        let prefix = place.prefix_tokens(&self.tokens);
        for (_, _, m, claim) in kept {
            if m.end as usize > prefix {
                self.reading.claims.push(claim);
            } else {
                self.spread(reader, claim, prefix, place);
            }
        }
    }

    /// What the label before a cell or item says is said of each model that the cell or item names, at its name.
    fn spread(&mut self, reader: &Reader, claim: Claim, prefix: usize, place: &Place<'_>) {
        for mention in &self.mentions {
            if mention.start >= prefix
                && mention.slot == reader.model_slot()
                && mention.kind == MentionKind::Name
            {
                self.reading.claims.push(Claim {
                    subjects: mention.subjects.clone(),
                    span: place.source(&self.tokens, mention.start, mention.end),
                    bound: Bound::Structure,
                    ..claim.clone()
                });
            }
        }
    }

    /// Whether a rule's reading stands in a phrase that its file says is none, or shares its end or its start with one.
    fn ignored(&self, reader: &Reader, rule: usize, found: &Match) -> bool {
        self.table.matches.iter().any(|m| {
            reader.jobs.get(m.pattern as usize) == Some(&Job::Source(rule, SourceKind::Ignore))
                && m.start < found.end
                && found.start < m.end
                && (m.start <= found.start || found.end <= m.end)
        })
    }

    #[allow(clippy::too_many_arguments)]
    fn claim(
        &self,
        reader: &Reader,
        passage: &Passage<'_>,
        (rule, index): (usize, usize),
        found: &Match,
        asked: bool,
        place: &Place<'_>,
    ) -> Option<Claim> {
        let read = reader.reads.get(rule)?.list.get(index)?;
        let slots: Vec<u16> = read.of.iter().filter_map(|s| reader.grammar.class(s)).map(|c| c.0).collect();
        let captured = |label: &str| {
            let label = reader.grammar.label(label)?;
            found.captures.iter().find(|(l, _)| *l == label).map(|(_, hit)| *hit)
        };
        let taken: Vec<usize> = ["value", "other"]
            .into_iter()
            .filter_map(captured)
            .filter_map(|hit| self.table.hits.get(hit as usize))
            .map(|h| h.start as usize)
            .collect();
        let relative = |clause: u16| self.relative(reader, clause);
        let comma = |from, to| self.comma(from, to);
        let stop = |from, to| self.holds(from, to, ";");
        let verbs = Verbs::of(&reader.grammar);
        let verbal = verbs.at(found.start as usize, &self.table);
        let scene = Scene { taken: &taken, relative: &relative, verbal, ..self.scene(reader, passage) };
        let binding = match captured("subject").and_then(|hit| self.table.hits.get(hit as usize)) {
            Some(hit) => bind::named(&self.mentions, hit.start as usize)?,
            None => bind::bind(found, &slots, !read.needs_subject, &scene)?,
        };
        let value = captured("value").and_then(|hit| self.table.hits.get(hit as usize));
        let other = captured("other").and_then(|hit| self.mention_of(hit));
        let (said, denied) = self.said(read, value, other)?;
        // Nothing is its own maker or ancestor: who is named as the value is not whom the phrase is about.
        let subjects: Vec<SubjectId> =
            binding.subjects.into_iter().filter(|s| said != Said::Subject(*s)).collect();
        if subjects.is_empty() {
            return None;
        }
        let mut context = context::context(found, &self.around(asked, &comma, &stop, &relative));
        passage.apply(&mut context);
        if reader.reads[rule].timeless && context.status == Status::Willed {
            context.status = Status::Stated;
        }
        Some(Claim {
            rule,
            read: Some(index),
            attribute: read.attribute.clone(),
            subjects,
            said,
            negated: context.negated != denied,
            status: context.status,
            reported: context.reported,
            span: place.source(&self.tokens, found.start as usize, found.end as usize),
            sentence: place.block.map.to_source(place.within),
            bound: binding.bound,
            at: self.time(found),
            scope: self.words(found, passage, value),
        })
    }

    fn said(&self, read: &Read, value: Option<&Hit>, other: Option<SubjectId>) -> Option<(Said, bool)> {
        match &read.value {
            ReadValue::Fixed(word, denied) => {
                let said = match (word.as_str(), word.split_once(".."), other) {
                    ("before" | "after", _, Some(other)) => Said::Order { before: word == "before", other },
                    (_, Some((low, high)), _) => Said::Between(low.to_string(), high.to_string()),
                    _ => word
                        .strip_prefix("only ")
                        .map_or(Said::Word(word.clone()), |w| Said::Only(w.to_string())),
                };
                Some((said, *denied))
            }
            ReadValue::Slot => {
                let hit = value?;
                if let Some(subject) = self
                    .mentions
                    .iter()
                    .find(|m| m.start == hit.start as usize && m.end == hit.end as usize)
                    .and_then(|m| m.subjects.first())
                {
                    return Some((Said::Subject(*subject), false));
                }
                if hit.payload == u32::MAX {
                    let from = self.tokens[hit.start as usize].span.start;
                    let to = self.tokens[hit.end as usize - 1].span.end;
                    return Some((Said::Name(self.text[from..to].to_string()), false));
                }
                let said = match &self.values.get(hit.payload as usize)?.kind {
                    Kind::Count { number, unit } => Said::Count(*number, unit.clone()),
                    Kind::Money { number, currency, per } => {
                        Said::Money(*number, currency.clone(), per.clone())
                    }
                    Kind::Date(date) => Said::Date(*date),
                    Kind::Licence(id) => Said::Licence(id.clone()),
                    Kind::Ratio { .. } => return None,
                };
                Some((said, false))
            }
        }
    }

    /// Whether a clause begins with a relative pronoun (after its mark).
    fn relative(&self, reader: &Reader, clause: u16) -> bool {
        let mut words = (0..self.clause.len())
            .filter(|t| self.clause[*t] == clause && self.tokens[*t].shape != Shape::Mark);
        let first = words.next();
        first.is_some_and(|t| {
            reader.classes.relative.is_some_and(|class| self.table.class_at(t, class).is_some())
        })
    }

    /// Whether a mark stands between two tokens.
    fn holds(&self, from: u16, to: u16, mark: &str) -> bool {
        let between = self.tokens.get(from as usize..to as usize).unwrap_or_default();
        between.iter().any(|t| t.span.of(&self.text) == mark)
    }

    /// Whether a comma stands between two tokens, in no list that goes on with "or".
    fn comma(&self, from: u16, to: u16) -> bool {
        let word = |t: &Token| t.span.of(&self.text);
        let between = self.tokens.get(from as usize..to as usize).unwrap_or_default();
        let after = self.tokens.get(to as usize..).unwrap_or_default();
        let listed = |t: &Token| ["or", "nor"].iter().any(|w| word(t).eq_ignore_ascii_case(w));
        between.iter().any(|t| word(t) == ",") && !between.iter().chain(after.iter().take(8)).any(listed)
    }

    /// The date that a statement is put at: one before it in its clause or at the start of the sentence, outside the phrase itself.
    fn time(&self, found: &Match) -> Option<DateValue> {
        let clause = |t: usize| self.clause.get(t).copied();
        let (start, end) = (found.start as usize, found.end as usize);
        self.values.iter().find_map(|f| match f.kind {
            Kind::Date(date) if date.month.is_some() || date.year.is_some() => {
                let (from, to) = token_range(&self.tokens, f.span)?;
                let near = clause(from) == clause(start)
                    || clause(from) == clause(end.saturating_sub(1))
                    || from <= 2;
                (near && (to <= start || from >= end)).then_some(date)
            }
            _ => None,
        })
    }

    /// The words in small letters that tell a statement's scope, from the value before its own up to the next or to the end
    /// of its clause, and those of the row it stands in.
    fn words(&self, found: &Match, passage: &Passage<'_>, value: Option<&Hit>) -> Vec<String> {
        let last = self.clause.get(found.end.saturating_sub(1) as usize).copied().unwrap_or(0);
        let until = self.clause.iter().take_while(|c| **c <= last).count();
        let (from, to) = self.reach(value);
        let words = self.tokens[..until.min(to)]
            .iter()
            .skip(from)
            .filter(|t| t.shape != Shape::Mark)
            .map(|t| t.span.of(&self.text).to_lowercase());
        words.chain(passage.row.iter().cloned()).collect()
    }

    /// The tokens between the values of its kind before and after a value, whose scope they tell.
    fn reach(&self, value: Option<&Hit>) -> (usize, usize) {
        let whole = (0, self.tokens.len());
        let found = value.and_then(|hit| self.values.get(hit.payload as usize));
        let (Some(hit), Some(found)) = (value, found) else { return whole };
        let alike = self.values.iter().filter(|v| discriminant(&v.kind) == discriminant(&found.kind));
        alike.filter_map(|v| token_range(&self.tokens, v.span)).fold(whole, |(from, to), (start, end)| {
            let before = if end <= hit.start as usize { from.max(end) } else { from };
            let after = if start >= hit.end as usize { to.min(start) } else { to };
            (before, after)
        })
    }

    fn around<'a>(
        &'a self,
        asked: bool,
        comma: &'a dyn Fn(u16, u16) -> bool,
        stop: &'a dyn Fn(u16, u16) -> bool,
        relative: &'a dyn Fn(u16) -> bool,
    ) -> Around<'a> {
        Around { clause: &self.clause, fired: &self.fired, asked, comma, stop, relative }
    }

    fn scene<'a>(&'a self, reader: &Reader, passage: &'a Passage<'_>) -> Scene<'a> {
        Scene {
            mentions: &self.mentions,
            clause: &self.clause,
            structure: if self.newcomer(reader) && !passage.in_cell { &[] } else { &passage.structure },
            topic: if passage.in_cell || passage.in_heading { &[] } else { &passage.topic },
            taken: &[],
            verbal: false,
            relative: &|_| false,
            stranger: self.stranger() || self.newcomer(reader),
        }
    }

    /// Whether the sentence begins with a name that nobody knows, which is then its subject.
    fn stranger(&self) -> bool {
        let Some(first) = self.tokens.first() else { return false };
        let named = matches!(first.shape, Shape::Capital | Shape::Upper) && first.word == WordId::UNKNOWN;
        let followed =
            self.tokens.get(1).is_some_and(|t| t.shape != Shape::Lower || t.span.of(&self.text) == "'s");
        named && followed && !self.mentions.iter().any(|m| m.start == 0)
    }

    /// Whether the sentence begins with a model that nobody knows: a name or maker with more of a name after it ("Acme V3").
    fn newcomer(&self, reader: &Reader) -> bool {
        let known = self.mentions.iter().find(|m| m.start == 0);
        let unknown = self.tokens.first().is_some_and(|t| t.word == WordId::UNKNOWN);
        let (named, end) = match known {
            Some(mention) => {
                (mention.kind == MentionKind::Name && mention.slot != reader.model_slot(), mention.end)
            }
            None => (unknown && self.capital(0), 1),
        };
        let more = self.tokens.get(end).is_some_and(|t| t.shape == Shape::Number) || self.capital(end);
        named && more && !self.mentions.iter().any(|m| m.start == end)
    }

    /// A cell that says yes or no under a header that a rule reads.
    fn ticks(&mut self, reader: &Reader, passage: &Passage<'_>, place: &Place<'_>) {
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
            reported: false,
            span: place.source(&self.tokens, first, self.tokens.len()),
            sentence: place.block.map.to_source(place.within),
            bound: Bound::Structure,
            at: None,
            scope: Vec::new(),
        });
    }

    /// "So, too, X": X takes over what was read last.
    fn echo(&mut self, reader: &Reader, passage: &Passage<'_>, place: &Place<'_>, first: usize) {
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
                self.reading.claims.push(claim);
            }
        }
    }

    /// Figures, and what the sentence says of their source.
    fn figures(
        &mut self,
        reader: &Reader,
        passage: &Passage<'_>,
        block: usize,
        asked: bool,
        place: &Place<'_>,
    ) {
        let mut read = SentenceRead {
            block,
            within: place.within,
            span: place.block.map.to_source(place.within),
            ..SentenceRead::default()
        };
        for m in &self.table.matches {
            if let Some(Job::Source(rule, kind)) = reader.jobs.get(m.pattern as usize) {
                let span = place.source(&self.tokens, m.start as usize, m.end as usize);
                read.sources.push((*rule, *kind, span));
            }
        }
        for found in &self.values {
            let Kind::Ratio { number, form } = &found.kind else { continue };
            let Some((start, end)) = token_range(&self.tokens, found.span) else { continue };
            if end <= place.prefix_tokens(&self.tokens) {
                continue;
            }
            let sight = super::figure::Sight {
                tokens: &self.tokens,
                text: &self.text,
                table: &self.table,
                mentions: &self.mentions,
                clause: &self.clause,
                model: reader.model_slot(),
            };
            let Some(seen) = reader.metrics.figure(*number, *form, start, end, &sight) else { continue };
            let m = Match {
                pattern: u32::MAX,
                start: start as u16,
                end: seen.end as u16,
                captures: Vec::new(),
                read: u64::MAX,
            };
            let (relative, comma) = (|c: u16| self.relative(reader, c), |from, to| self.comma(from, to));
            let stop = |from, to| self.holds(from, to, ";");
            let scene = self.scene(reader, passage);
            let slots = [reader.model_slot(), reader.grammar.class("org").map_or(0, |c| c.0)];
            let binding = bind::figure(&m, &slots, seen.baseline_mention, &scene).filter(|b| {
                !matches!(b.bound, Bound::Topic | Bound::Structure)
                    || passage.in_cell
                    || seen.figure.baseline.is_some()
            });
            let mut context = context::context(&m, &self.around(asked, &comma, &stop, &relative));
            passage.apply(&mut context);
            let first = seen.start.min(start);
            read.figures.push(FigureRead {
                figure: seen.figure,
                subjects: binding.map(|b| b.subjects).unwrap_or_default(),
                status: context.status,
                negated: context.negated,
                reported: context.reported,
                within: place.within_block(&self.tokens, first, seen.end),
                span: place.source(&self.tokens, first, seen.end),
            });
        }
        self.reading.sentences.push(read);
    }

    fn note_mentions(&mut self, place: &Place<'_>) {
        for mention in &self.mentions {
            if mention.end > place.prefix_tokens(&self.tokens) {
                let span = place.source(&self.tokens, mention.start, mention.end);
                self.reading.mentions.extend(mention.subjects.iter().map(|s| (span, *s)));
            }
        }
    }
}

/// Where the sentence at hand stands.
struct Place<'a> {
    block: &'a Block,
    within: Span,
    /// How many bytes of the sentence's text come from elsewhere (a table header before its cell).
    shift: usize,
}

impl Place<'_> {
    fn prefix_tokens(&self, tokens: &[Token]) -> usize {
        if self.shift == 0 { 0 } else { tokens.iter().take_while(|t| t.span.start < self.shift).count() }
    }

    /// Tokens to a span of the block's text; what stands in the prefix is cut off.
    fn within_block(&self, tokens: &[Token], start: usize, end: usize) -> Span {
        let start = tokens.get(start).map_or(0, |t| t.span.start).max(self.shift) - self.shift;
        let end = tokens.get(end.saturating_sub(1)).map_or(0, |t| t.span.end).max(self.shift) - self.shift;
        Span::new(self.within.start + start, self.within.start + end)
    }

    fn source(&self, tokens: &[Token], start: usize, end: usize) -> Span {
        self.block.map.to_source(self.within_block(tokens, start, end))
    }
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

    /// The slots that a value fills: its kind's, and for a count that of its unit (`count-token`).
    fn value_classes(&self, kind: &Kind) -> [Option<ClassId>; 2] {
        match kind {
            Kind::Ratio { .. } => [self.classes.ratio, None],
            Kind::Count { unit, .. } => {
                let unit = unit.as_ref().and_then(|u| self.grammar.class(&format!("count-{u}")));
                [self.classes.count, unit]
            }
            Kind::Money { per, .. } => {
                [self.classes.money, self.classes.unit_price.filter(|_| per.is_some())]
            }
            Kind::Date(_) => [self.classes.date, None],
            Kind::Licence(_) => [self.classes.licence, None],
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
