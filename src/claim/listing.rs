//! Lists: what is said of the first of several values ("in A, B and C") is said of each, and models are counted off ("the last").

use super::mention::Mention;
use super::reader::Reader;
use super::work::{Place, Work};
use super::{Claim, Said};
use crate::knowledge::SubjectId;
use crate::language::grammar::{Hit, Match};
use crate::language::token::{Shape, Token};

/// Tokens that an aside between two commas in a list may hold.
const LONGEST_ASIDE: usize = 12;
/// Words that may stand between a conjunction and the member that it adds ("and in the").
const MOST_BEFORE: usize = 2;

impl Work {
    /// What `claim`, read by `found`, says of the other values of its list, but for those that another match reads.
    pub(super) fn listed(
        &self,
        reader: &Reader,
        found: &Match,
        claim: &Claim,
        read: &[(usize, usize, Match, Claim)],
        place: &Place<'_>,
    ) -> Vec<Claim> {
        let named = matches!(claim.said, Said::Subject(_) | Said::Name(_));
        let Some(first) = self.value_of(reader, found).filter(|_| named) else { return Vec::new() };
        let elsewhere = |hit: &Hit| {
            read.iter()
                .any(|(.., m, c)| c.attribute == claim.attribute && m.start <= hit.start && hit.start < m.end)
        };
        let others = self.listed_after(reader, &first).into_iter().filter(|hit| !elsewhere(hit));
        let claims = others.map(|hit| {
            let (start, end) = (hit.start as usize, hit.end as usize);
            let subject = self.mentions.iter().find(|m| m.start == start && m.end == end);
            let name = || self.text.get(self.tokens[start].span.start..self.tokens[end - 1].span.end);
            let said = match subject.and_then(|m| m.subjects.first()) {
                Some(subject) => Said::Subject(*subject),
                None => Said::Name(name().unwrap_or_default().to_string()),
            };
            Claim { said, span: place.source(&self.tokens, start, end), listed: true, ..claim.clone() }
        });
        claims.collect()
    }

    /// Marks the claims whose value goes on a list that the value of a claim before them begins.
    pub(super) fn mark_listed(&self, reader: &Reader, read: &mut [(usize, usize, Match, Claim)]) {
        for at in 0..read.len() {
            let (.., found, claim) = &read[at];
            let attribute = claim.attribute.clone();
            let Some(first) = self.value_of(reader, found) else { continue };
            let more: Vec<u16> = self.listed_after(reader, &first).iter().map(|hit| hit.start).collect();
            for (.., found, claim) in read.iter_mut().skip(at + 1).filter(|r| r.3.attribute == attribute) {
                claim.listed |= self.value_of(reader, found).is_some_and(|hit| more.contains(&hit.start));
            }
        }
    }

    fn value_of(&self, reader: &Reader, found: &Match) -> Option<Hit> {
        let label = reader.grammar.label("value")?;
        let (_, hit) = found.captures.iter().find(|(l, _)| *l == label)?;
        self.table.hits.get(*hit as usize).copied()
    }

    /// The members of a list that come after `first`, of its class and in its clause.
    fn listed_after(&self, reader: &Reader, first: &Hit) -> Vec<Hit> {
        let mut out = Vec::new();
        let mut at = first.end as usize;
        while let Some(next) = self.next_listed(reader, first, at) {
            at = next.end as usize;
            out.push(next);
        }
        out
    }

    fn next_listed(&self, reader: &Reader, first: &Hit, from: usize) -> Option<Hit> {
        let class = reader.classes.between?;
        let mut at = from;
        while self.tokens.get(at).is_some_and(|t| self.goes_on(reader, t)) {
            at += 1;
        }
        if at == from {
            return None;
        }
        let aside = |t: &Token| t.shape == Shape::Mark;
        if self.table.class_at(at, first.class).is_none()
            && self.tokens.get(at - 1).is_some_and(|t| t.comma)
            && let Some(close) = self.tokens.iter().skip(at).take(LONGEST_ASIDE).position(aside)
            && self.tokens[at + close].comma
            && at > from + 1
        {
            at += close + 1;
        }
        let words = (at..at + MOST_BEFORE).take_while(|t| self.table.class_at(*t, class).is_some()).count();
        let hit = *self.table.class_at(at + words, first.class)?;
        let own = |t: u16| self.clause.get(t as usize).copied();
        let ends = self.tokens.get(hit.end as usize).is_none_or(|t| {
            t.shape == Shape::Mark
                || self.goes_on(reader, t)
                || reader.language.breaks.contains(t.word)
                || self.table.class_at(hit.end as usize, class).is_some()
        });
        (ends && own(hit.start) == own(first.start)).then_some(hit)
    }

    /// Whether a comma or conjunction, which goes on a list.
    fn goes_on(&self, reader: &Reader, token: &Token) -> bool {
        token.comma || reader.language.conjunctions.contains(token.word)
    }
}

/// The longest run of models in one list, if two or more stand in one.
pub(super) fn longest_list(mentions: &[Mention], model: u16) -> Option<Vec<SubjectId>> {
    let named: Vec<&Mention> =
        mentions.iter().filter(|m| m.slot == model && !m.subjects.is_empty()).collect();
    let runs = named.chunk_by(|_, next| next.listed);
    let longest = runs.max_by_key(|run| run.len()).filter(|run| run.len() > 1)?;
    Some(longest.iter().flat_map(|m| &m.subjects).copied().collect())
}

/// Those of a list from one on, counted from its end if below 0; nobody where it has not so many.
pub(super) fn counted(list: &[SubjectId], from: i8, many: u8) -> Vec<SubjectId> {
    let back = usize::from(from.unsigned_abs());
    let from = if from < 0 { list.len().checked_sub(back) } else { Some(back) };
    from.and_then(|from| list.get(from..from + usize::from(many))).unwrap_or_default().to_vec()
}
