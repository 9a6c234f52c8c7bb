//! What a sentence says of somebody or something else than the model at hand: statements whose clause has another subject of
//! its own ("the briefs are public"), and words that describe other things ("closed models").

use super::bind::Bound;
use super::mention::{Mention, MentionKind};
use super::reader::Reader;
use super::work::Work;
use crate::language::grammar::Match;
use crate::language::pattern::ClassId;
use crate::language::token::Shape;

/// Words that may stand between a copula and what it says: "is still a very open".
const MOST_BETWEEN: usize = 4;
/// Words that may stand between what describes and what is described: "open machine-learning models".
const MOST_WITHIN: usize = 2;

impl Work {
    /// Whether a statement that was bound to a mention nearby is of somebody else after all.
    pub(super) fn foreign(
        &self,
        reader: &Reader,
        found: &Match,
        bound: Bound,
        mention: Option<usize>,
        prefix: usize,
    ) -> bool {
        if matches!(bound, Bound::Named | Bound::Inside | Bound::Next) {
            return false;
        }
        let copula = self.copula(reader, found);
        copula.is_some_and(|at| self.strange(reader, found, mention, at))
            || self.describes_others(reader, found, copula, mention)
            || self.of_some_one(reader, found)
            || bound != Bound::Before
                && found.start as usize >= prefix
                && (self.done_by_others(reader, found) || self.set_beside(reader, found))
    }

    pub(super) fn is(&self, class: Option<ClassId>, token: usize) -> bool {
        class.is_some_and(|class| self.table.class_at(token, class).is_some())
    }

    /// The first word of the verb ("has long been") that says a phrase of the clause's subject, if nothing but describing words
    /// stands between the two.
    fn copula(&self, reader: &Reader, found: &Match) -> Option<usize> {
        let start = found.start as usize;
        let clause = self.clause.get(start)?;
        let own = |t: &usize| self.clause.get(*t) == Some(clause);
        let near = start.saturating_sub(MOST_BETWEEN)..=start;
        let is = |t: &usize| self.is(reader.classes.copula, *t) && !self.whose(reader, *t);
        let last = near.rev().take_while(own).find(is)?;
        let named = |m: &Mention| m.start > last && m.end <= start;
        if self.mentions.iter().any(named) {
            return None;
        }
        let auxiliary = |t: &usize| self.is(reader.verbs.auxiliary, *t) && !self.whose(reader, *t);
        let chain = (0..last).rev().take_while(own).take(MOST_BETWEEN);
        Some(chain.filter(auxiliary).last().unwrap_or(last))
    }

    /// Whether a token says whose something is ("the lab's page"), and is no shortened "is", which stands after a pronoun.
    fn whose(&self, reader: &Reader, token: usize) -> bool {
        self.tokens[token].span.of(&self.text).starts_with(['\'', '’'])
            && !(token > 0 && self.is(reader.verbs.pronoun, token - 1))
    }

    /// Whether the words before the verb at `verb` are a subject that is nobody known.
    fn strange(&self, reader: &Reader, found: &Match, mention: Option<usize>, verb: usize) -> bool {
        let clause = self.clause.get(verb);
        let verbal = |t: usize| reader.verbs.at(t, &self.table) && !self.whose(reader, t);
        let before = (0..verb).rev().take_while(|t| self.clause.get(*t) == clause && !verbal(*t));
        let Some(first) = before.last() else { return false };
        let Some(last) = (first..verb).rfind(|t| self.tokens[*t].shape != Shape::Mark) else { return false };
        let spoken_of = |m: &Mention| {
            m.start >= first && m.start < verb && m.kind != MentionKind::Name
                || m.end > first && m.start < verb && m.slot == reader.model_slot()
        };
        // What it was bound to is known, be it a model or what a rule of another field speaks of.
        let bound = mention.and_then(|m| self.mentions.get(m));
        let about = bound.is_some_and(|m| m.end > first && m.start < verb);
        let covered = (found.start as usize) < verb;
        let word = self.tokens[last].shape == Shape::Lower || self.tokens[last].shape == Shape::Capital;
        word && !covered
            && !about
            && !self.mentions.iter().any(spoken_of)
            && !self.is(reader.verbs.pronoun, last)
            && !self.is(reader.classes.relative, last)
            && !self.is(reader.classes.neutral, last)
    }

    /// Whether a phrase describes things of a kind ("closed models") that are not said to be the one mentioned.
    fn describes_others(
        &self,
        reader: &Reader,
        found: &Match,
        copula: Option<usize>,
        mention: Option<usize>,
    ) -> bool {
        let end = found.end as usize;
        let quote =
            |t: usize| matches!(self.tokens[t].span.of(&self.text), "\"" | "“" | "”" | "'" | "‘" | "’");
        let inner = |t: usize| {
            (self.tokens[t].shape == Shape::Lower || quote(t))
                && !reader.verbs.at(t, &self.table)
                && !self.is(reader.classes.particle, t)
        };
        let reach = (end..self.tokens.len()).take(MOST_WITHIN + 1);
        let things = reach.take_while(|t| inner(*t)).find(|t| self.is(reader.classes.things, *t));
        // "Closed models such as X": X is one of them.
        let others = things.is_some_and(|t| !(t + 1..t + 3).any(|t| self.is(reader.classes.instance, t)));
        let said_of =
            mention.and_then(|m| self.mentions.get(m)).is_some_and(|m| copula.is_some_and(|c| m.end <= c));
        // "Keeps its frontier models closed": they are what it says it of.
        let before = found.start.checked_sub(1).is_some_and(|t| self.is(reader.classes.things, t as usize));
        let known = self.mentions.iter().any(|m| m.end == found.start as usize);
        others && !said_of || before && !known
    }

    /// "While closed models celebrate X": whether things of a kind come before a phrase in its clause, which is then theirs.
    fn done_by_others(&self, reader: &Reader, found: &Match) -> bool {
        let start = found.start as usize;
        let clause = self.clause.get(start);
        let before = (0..start).rev().take_while(|t| self.clause.get(*t) == clause);
        let mention = |t: usize| self.mentions.iter().any(|m| m.start <= t && t < m.end);
        before.take_while(|t| !mention(*t)).any(|t| self.is(reader.classes.things, t))
    }

    /// "For a closed model, X is cheap": whether a phrase describes a model that another is set beside.
    fn set_beside(&self, reader: &Reader, found: &Match) -> bool {
        let (start, end) = (found.start as usize, found.end as usize);
        let singular =
            (end..self.tokens.len()).take(MOST_WITHIN + 1).any(|t| self.is(reader.classes.model_noun, t));
        let particle =
            (start.saturating_sub(MOST_BETWEEN)..start).any(|t| self.is(reader.classes.particle, t));
        singular && particle
    }

    /// "The one that cannot be downloaded": whether a clause hangs on somebody who is not named.
    fn of_some_one(&self, reader: &Reader, found: &Match) -> bool {
        let clause = self.clause.get(found.start as usize);
        let Some(first) = self.clause.iter().position(|c| Some(c) == clause) else { return false };
        let start = found.start as usize;
        let known = |m: &Mention| !m.subjects.is_empty() && m.end >= first && m.end <= start;
        first > 0
            && self.is(reader.classes.relative, first)
            && [reader.classes.unnamed, reader.classes.things].iter().any(|class| self.is(*class, first - 1))
            && !self.mentions.iter().any(known)
    }
}
