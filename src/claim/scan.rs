//! Scanning: names, pronouns and values of a sentence, put into the table before the grammar runs.

use super::mention::{Mention, MentionKind};
use super::passage::Passage;
use super::reader::{Reader, token_range};
use super::work::{Place, Work};
use crate::draft::MarkKind;
use crate::language::Refer;
use crate::language::grammar::Hit;
use crate::language::pattern::ClassId;
use crate::language::token::{Shape, tokenize};
use crate::value::Kind;

impl Work {
    /// Puts mentions and values into the table before the grammar runs.
    pub(super) fn fill(&mut self, reader: &Reader, passage: &mut Passage<'_>, place: &Place<'_>) {
        self.table.clear(self.tokens.len());
        self.named.clear();
        self.mentions.clear();
        reader.names.find(&self.text, &self.tokens, passage.whole.any_case, &mut self.named);
        for named in &self.named {
            let proper =
                named.start > 0 && matches!(self.tokens[named.start].shape, Shape::Capital | Shape::Upper);
            let taken = !named.short || named.foreign || passage.accepts(named.subject, proper);
            if !taken || self.cited(named.start) {
                continue;
            }
            let slot = reader.slots.get(named.subject.0 as usize).copied().unwrap_or(ClassId(0));
            if named.foreign {
                // Another thing of that name: nobody known, but whom its clause is about.
                let kind = MentionKind::Description;
                self.mentions.push(Mention::new(named.start, named.end, Vec::new(), slot.0, kind));
                continue;
            }
            let payload = self.mentions.len() as u32;
            for class in [Some(slot), reader.classes.subject].into_iter().flatten() {
                self.table.add(Hit { class, start: named.start as u16, end: named.end as u16, payload });
            }
            self.mentions.push(Mention::new(
                named.start,
                named.end,
                vec![named.subject],
                slot.0,
                MentionKind::Name,
            ));
        }
        for mention in &self.mentions {
            self.tokens[mention.start..mention.end]
                .iter_mut()
                .for_each(|t| t.passed = t.shape == Shape::Mark);
        }
        self.pronouns(reader, passage);
        self.code_names(reader, place);
        self.values = reader.vocabulary.find(&self.text, &self.tokens);
        self.regain_units(reader);
        self.unname();
        for (payload, found) in self.values.iter().enumerate() {
            let Some((start, end)) = token_range(&self.tokens, found.span) else { continue };
            for class in reader.value_classes(&found.kind).into_iter().flatten() {
                self.table.add(Hit { class, start: start as u16, end: end as u16, payload: payload as u32 });
            }
        }
        self.strangers(reader);
    }

    /// Whether a name is part of a citation key ("[@maker-model-2026]").
    fn cited(&self, token: usize) -> bool {
        let before = self.tokens.get(token).map_or("", |t| &self.text[..t.span.start]);
        before
            .strip_suffix('@')
            .is_some_and(|rest| rest.ends_with(['[', ' ', '-']) && rest.rfind('[') > rest.rfind(']'))
    }

    /// Inline code that is a subject's name stands for it ("`model-name` is now open to all").
    pub(super) fn code_names(&mut self, reader: &Reader, place: &Place<'_>) {
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
            self.mentions.push(Mention::new(
                token,
                token + 1,
                vec![named.subject],
                slot.0,
                MentionKind::Name,
            ));
        }
    }

    /// "X has 17 billion parameters and Y 400 billion": what a count right after a model leaves out stands with the one before.
    fn regain_units(&mut self, reader: &Reader) {
        for at in 1..self.values.len() {
            let (before, here) = self.values.split_at_mut(at);
            let (Some(before), Some(here)) = (before.last(), here.first_mut()) else { continue };
            let Kind::Count { unit: Some(unit), .. } = &before.kind else { continue };
            let Kind::Count { unit: bare @ None, .. } = &mut here.kind else { continue };
            let (from, to) = (before.span.end, here.span.start);
            let named = self.mentions.iter().any(|m| {
                let end = self.tokens.get(m.end).map_or(to, |t| t.span.start);
                let start = self.tokens.get(m.start).map_or(0, |t| t.span.start);
                m.slot == reader.model_slot() && start > from && end == to
            });
            if named {
                *bare = Some(unit.clone());
            }
        }
    }

    /// A name inside the name of a licence is no mention.
    pub(super) fn unname(&mut self) {
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
    pub(super) fn pronouns(&mut self, reader: &Reader, passage: &Passage<'_>) {
        self.mark_roles(reader);
        let slot = reader.model_slot();
        for at in 0..self.tokens.len() {
            if !reader.language.pronouns.contains(self.tokens[at].word) {
                continue;
            }
            let subjects = passage.refers(Refer::It, None, at, &self.mentions, reader);
            if subjects.is_empty() {
                continue;
            }
            let payload = self.mentions.len() as u32;
            self.table.add(Hit { class: ClassId(slot), start: at as u16, end: at as u16 + 1, payload });
            let kind = MentionKind::Pronoun;
            let mention = Mention::new(at, at + 1, subjects, slot, kind);
            self.mentions.push(mention);
        }
    }

    /// Runs of capitalised words that are no known name fill the `name` slot.
    pub(super) fn strangers(&mut self, reader: &Reader) {
        let Some(class) = reader.classes.name else { return };
        let mut at = 0;
        while at < self.tokens.len() {
            let end = self.capitals_end(at);
            // "AI" is a word of the field, and nobody's name.
            let field = end == at + 1 && reader.language.domain.contains(self.tokens[at].word);
            // "Chief Officer X": what stands right before a known name is its title.
            let title = end > at && self.mentions.iter().any(|m| m.start == end);
            if end > at && !field && !title {
                self.table.add(Hit { class, start: at as u16, end: end as u16, payload: u32::MAX });
            }
            at = end.max(at + 1);
        }
    }

    /// One past the last of the capitalised words, none of them a known name, that stand together from a token on.
    pub(super) fn capitals_end(&self, from: usize) -> usize {
        (from..self.tokens.len()).find(|t| !self.capital(*t)).unwrap_or(self.tokens.len())
    }

    pub(super) fn capital(&self, token: usize) -> bool {
        self.tokens.get(token).is_some_and(|t| matches!(t.shape, Shape::Capital | Shape::Upper))
            && !self.mentions.iter().any(|m| m.start <= token && token < m.end)
    }
}
