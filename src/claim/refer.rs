//! Referring: whom pronouns and descriptions stand for, and which mentions are only compared with or listed.

use super::mention::{Mention, MentionKind};
use super::passage::Passage;
use super::reader::{Job, Reader};
use super::work::Work;
use crate::knowledge::SubjectId;
use crate::language::context::Fired;
use crate::language::token::{Shape, Token};
use crate::language::{Effect, Refer, Use};

impl Work {
    /// Finds what pronouns and descriptions stand for, and which mentions are only compared with.
    pub(super) fn refer(&mut self, reader: &Reader, passage: &Passage<'_>) {
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
            if let Some(owner) = self.mentions.iter_mut().find(|m| m.start == start && m.end + 1 < end)
                && owner.kind == MentionKind::Name
                && owner.slot == model
            {
                // "X's siblings": X is only whose they are.
                let (of, slot) = (owner.end, owner.slot);
                if !self.mentions.iter().any(|m| m.start > of && m.start < end) {
                    self.mentions.push(Mention::new(of + 1, end, Vec::new(), slot, MentionKind::Description));
                }
                continue;
            }
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
            // "The first model": a word that counts stands by itself only before a verb, a mark or a conjunction.
            if matches!(kind, Refer::Listed(..)) && !self.stands_alone(reader, end) {
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
            self.mentions.push(Mention::new(start, end, subjects, slot, kind));
        }
        self.newcomers(reader);
        self.mentions.sort_by_key(|m| (m.start, m.end));
        self.mark_roles(reader);
        self.leave_out(reader, &passage.topic);
        self.blur();
    }

    fn stands_alone(&self, reader: &Reader, end: usize) -> bool {
        self.tokens.get(end).is_none_or(|t| {
            t.shape == Shape::Mark
                || reader.language.conjunctions.contains(t.word)
                || reader.verbs.at(end, &self.table)
        })
    }

    /// "All but X": X is somebody, and the statement is not about X.
    fn leave_out(&mut self, reader: &Reader, topic: &[SubjectId]) {
        self.left_out.clear();
        let Some(class) = reader.classes.except else { return };
        let mut leaving = false;
        for at in 0..self.mentions.len() {
            let mention = &self.mentions[at];
            let left = (mention.start.saturating_sub(6)..mention.start)
                .any(|t| self.table.class_at(t, class).is_some_and(|hit| hit.end as usize == mention.start));
            leaving = mention.slot == reader.model_slot() && (left || leaving && mention.listed);
            if leaving {
                let earlier = self.mentions[..at].iter().filter(|m| m.slot == reader.model_slot());
                let known: Vec<SubjectId> = earlier.flat_map(|m| &m.subjects).chain(topic).copied().collect();
                let mention = &mut self.mentions[at];
                let left = std::mem::take(&mut mention.subjects);
                // Of those that the passage is about, the statement is about the others.
                let among = left.iter().all(|s| known.contains(s)) && known.iter().any(|s| !left.contains(s));
                mention.kind = if among { MentionKind::Name } else { MentionKind::Description };
                self.left_out.extend(left);
                // What denies those that are left out does not deny what is said of the others.
                let (from, to) = (mention.start.saturating_sub(6), mention.start);
                let own =
                    |f: &Fired| f.trigger.effect == Effect::Not && (from..to).contains(&(f.start as usize));
                self.fired.retain(|f| !(among && own(f)));
            }
        }
    }

    /// After a description that stands for nobody known, "it" stands for nobody known either.
    fn blur(&mut self) {
        let unknown = |m: &Mention| m.kind == MentionKind::Description && m.subjects.is_empty() && !m.aside;
        let Some(first) = self.mentions.iter().position(unknown) else { return };
        if self.mentions[..first]
            .iter()
            .any(|m| !m.subjects.is_empty() && m.slot == self.mentions[first].slot)
        {
            return;
        }
        let rest = self.mentions[first..].iter_mut();
        rest.take_while(|m| m.kind != MentionKind::Name || m.subjects.is_empty())
            .filter(|m| m.kind == MentionKind::Pronoun)
            .for_each(|m| (m.kind, m.subjects) = (MentionKind::Description, Vec::new()));
    }

    pub(super) fn mention_of(&self, hit: u32) -> Option<SubjectId> {
        let hit = self.table.hits.get(hit as usize)?;
        let same = |m: &&Mention| m.start == hit.start as usize && m.end == hit.end as usize;
        self.mentions.iter().find(same)?.subjects.first().copied()
    }

    pub(super) fn mark_roles(&mut self, reader: &Reader) {
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
            let listed = at > 0 && self.in_list(reader, at);
            let listed_aside = listed && self.mentions[at - 1].aside;
            // "X's siblings" are spoken of, and not X.
            let owner = self.mentions.get(at + 1).is_some_and(|next| {
                let unknown = next.kind == MentionKind::Description && next.subjects.is_empty();
                unknown && next.start == self.mentions[at].end + 1
            });
            self.mentions[at].aside = aside || listed_aside || owner;
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
    pub(super) fn in_list(&self, reader: &Reader, at: usize) -> bool {
        let mut at = at;
        loop {
            let (Some(before), Some(here)) = (self.mentions.get(at - 1), self.mentions.get(at)) else {
                return false;
            };
            match self.link(reader, before.end, here.start) {
                Some(true) => return true,
                Some(false) => at += 1,
                None => return false,
            }
        }
    }

    /// What alone stands between two tokens: a conjunction (with a comma or not: true), or a comma (false).
    pub(super) fn link(&self, reader: &Reader, from: usize, to: usize) -> Option<bool> {
        let between = self.tokens.get(from..to).filter(|b| !b.is_empty() && b.len() <= 2)?;
        let word = |t: &Token| t.span.of(&self.text);
        let conjunction = |t: &Token| reader.language.conjunctions.contains(t.word);
        let fits = between.iter().all(|t| word(t) == "," || conjunction(t));
        fits.then(|| between.iter().any(conjunction))
    }
}
