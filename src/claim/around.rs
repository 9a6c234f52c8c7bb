//! Around a statement: the words that decide its context, its time and its scope.

use super::Trace;
use super::bind::Scene;
use super::mention::MentionKind;
use super::passage::Passage;
use super::reader::{Reader, token_range};
use super::work::{Place, Work};
use crate::language::context::{Around, Context};
use crate::language::grammar::{Hit, Match};
use crate::language::token::{Shape, Token, WordId};
use crate::value::{DateValue, Kind};
use std::mem::discriminant;

impl Work {
    /// Whether a clause begins with a relative pronoun (after its mark), or goes on with one that another clause interrupts
    /// ("…, which, if it holds, would").
    pub(super) fn relative(&self, reader: &Reader, clause: u16) -> bool {
        let word = |t: &usize| self.tokens[*t].shape != Shape::Mark;
        let of = |t: &usize, clause: u16| self.clause[*t] == clause;
        let is =
            |t: usize| reader.classes.relative.is_some_and(|class| self.table.class_at(t, class).is_some());
        let opens = (0..self.clause.len()).find(|t| of(t, clause) && word(t)).is_some_and(is);
        let before = || {
            let interrupting = clause.checked_sub(1).filter(|clause| *clause > 0)?;
            let start = self.clause.iter().position(|c| *c == interrupting)?;
            let comma = self.holds(start as u16, start as u16 + 1, ",")
                || self.holds(start as u16 - 1, start as u16, ",");
            (0..start).rfind(word).filter(|_| comma)
        };
        opens || before().is_some_and(is)
    }

    /// Whether a mark stands between two tokens.
    pub(super) fn holds(&self, from: u16, to: u16, mark: &str) -> bool {
        let between = self.tokens.get(from as usize..to as usize).unwrap_or_default();
        between.iter().any(|t| t.span.of(&self.text) == mark)
    }

    /// Whether a comma stands between two tokens, in no list that carries a "no" on.
    pub(super) fn comma(&self, reader: &Reader, from: u16, to: u16) -> bool {
        let word = |t: &Token| t.span.of(&self.text);
        let between = self.tokens.get(from as usize..to as usize).unwrap_or_default();
        let after = self.tokens.get(to as usize..).unwrap_or_default();
        let listed = |t: &Token| reader.language.alternatives.contains(t.word);
        between.iter().any(|t| word(t) == ",") && !between.iter().chain(after.iter().take(8)).any(listed)
    }

    /// The date that a statement is put at: one before it in its clause or at the start of the sentence, outside the phrase itself.
    pub(super) fn time(&self, found: &Match) -> Option<DateValue> {
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

    /// What decided how a statement reads, for explanations.
    pub(super) fn trace(
        &self,
        found: &Match,
        mention: Option<usize>,
        context: &Context,
        place: &Place<'_>,
    ) -> Trace {
        let of = |token: u16| self.clause.get(token as usize).copied();
        let own = of(found.start)..=of(found.end.saturating_sub(1));
        let inside = |clause: &u16| own.contains(&Some(*clause));
        let first = self.clause.iter().position(inside).unwrap_or(found.start as usize);
        let last = self.clause.iter().rposition(inside).map_or(found.end as usize, |last| last + 1);
        let source = |start: usize, end: usize| place.source(&self.tokens, start, end);
        let swayed =
            context.swayed.iter().map(|f| (f.trigger.effect, source(f.start as usize, f.end as usize)));
        Trace {
            clause: source(first, last),
            subject: mention.and_then(|at| self.mentions.get(at)).map(|m| source(m.start, m.end)),
            swayed: swayed.collect(),
        }
    }

    /// The words in small letters that tell a statement's scope where some fact has it, from the value before its own up to the next or to the end
    /// of its clause, and those of the row it stands in.
    pub(super) fn words(
        &self,
        reader: &Reader,
        found: &Match,
        passage: &Passage<'_>,
        value: Option<&Hit>,
    ) -> Vec<String> {
        let last = self.clause.get(found.end.saturating_sub(1) as usize).copied().unwrap_or(0);
        let until = self.clause.iter().take_while(|c| **c <= last).count();
        let (from, to) = self.reach(value);
        let words = self.tokens[..until.min(to)]
            .iter()
            .skip(from)
            .filter(|t| reader.scopes.contains(t.word))
            .map(|t| t.span.of(&self.text).to_lowercase());
        words.chain(passage.row.iter().cloned()).collect()
    }

    /// The tokens between the values of its kind before and after a value, whose scope they tell.
    pub(super) fn reach(&self, value: Option<&Hit>) -> (usize, usize) {
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

    /// Whether a token goes on a list.
    pub(super) fn joins(&self, reader: &Reader, token: u16) -> bool {
        let at = |token: u16| self.tokens.get(token as usize);
        let goes_on =
            |t: &Token| t.span.of(&self.text) == "," || reader.language.conjunctions.contains(t.word);
        at(token).is_some_and(|t| reader.language.alternatives.contains(t.word))
            || token.checked_sub(1).and_then(at).is_some_and(goes_on)
    }

    pub(super) fn around<'a>(
        &'a self,
        asked: bool,
        comma: &'a dyn Fn(u16, u16) -> bool,
        stop: &'a dyn Fn(u16, u16) -> bool,
        joins: &'a dyn Fn(u16) -> bool,
        relative: &'a dyn Fn(u16) -> bool,
    ) -> Around<'a> {
        Around { clause: &self.clause, fired: &self.fired, asked, comma, stop, joins, relative }
    }

    pub(super) fn scene<'a>(&'a self, reader: &Reader, passage: &'a Passage<'_>) -> Scene<'a> {
        Scene {
            mentions: &self.mentions,
            clause: &self.clause,
            structure: if self.newcomer(reader) && !passage.in_cell { &[] } else { &passage.structure },
            topic: if passage.in_cell || passage.in_heading { &[] } else { &passage.topic },
            taken: &[],
            verbal: false,
            comma: &|_, _| false,
            relative: &|_| false,
            stranger: self.stranger() || self.newcomer(reader),
            bracketed: &|_| None,
            label: self.tokens.iter().take(8).position(|t| t.colon).unwrap_or(0),
        }
    }

    /// What a token stands in brackets after: the token past it, and whether it is a name that nobody knows.
    pub(super) fn bracketed(&self, token: u16) -> Option<(usize, bool)> {
        let mark = |t: &usize| self.tokens[*t].span.of(&self.text);
        let mut before = (0..(token as usize).min(self.tokens.len())).rev().take(24);
        let open = before.find(|t| matches!(mark(t), "(" | ")")).filter(|t| mark(t) == "(")?;
        let last = open.checked_sub(1)?;
        let named = |t: usize| self.capital(t) && self.tokens[t].word == WordId::UNKNOWN;
        let numbered = self.tokens[last].shape == Shape::Number && last > 0 && self.capital(last - 1);
        let known = self.mentions.iter().any(|m| m.end == open);
        Some((open, !known && (named(last) || numbered)))
    }

    /// Whether the sentence begins with a name that nobody knows, which is then its subject.
    pub(super) fn stranger(&self) -> bool {
        let label = self.tokens.iter().take(6).position(|t| t.colon).map_or(0, |colon| colon + 1);
        let marks = self.tokens.iter().skip(label).take_while(|t| t.shape == Shape::Mark).count();
        let label = label + marks;
        let Some(first) = self.tokens.get(label) else { return false };
        let named = matches!(first.shape, Shape::Capital | Shape::Upper) && first.word == WordId::UNKNOWN;
        let followed = self
            .tokens
            .get(label + 1)
            .is_some_and(|t| t.shape != Shape::Lower || label > 0 || t.span.of(&self.text) == "'s");
        named && followed && !self.mentions.iter().any(|m| m.start == label)
    }

    /// Whether the sentence begins with a model that nobody knows: a name or maker with more of a name after it ("Acme V3").
    pub(super) fn newcomer(&self, reader: &Reader) -> bool {
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
}
