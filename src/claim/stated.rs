//! Statements: what the patterns of rules say, and of whom.

use super::bind::{self, Bound, Scene};
use super::mention::MentionKind;
use super::passage::Passage;
use super::reader::{Job, Reader, SourceKind, token_range};
use super::reads::{Read, ReadValue};
use super::work::{Place, Work};
use super::{Claim, Said};
use crate::knowledge::SubjectId;
use crate::language::context::{self, Status};
use crate::language::grammar::{Hit, Match};
use crate::language::token::{Shape, Token};
use crate::text::Span;
use crate::value::Kind;

impl Work {
    /// Claims that the rules' patterns read.
    pub(super) fn claims(&mut self, reader: &Reader, passage: &Passage<'_>, asked: bool, place: &Place<'_>) {
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
            let weak = reader.reads[*rule].list[*read].weak;
            (weak, std::cmp::Reverse(m.read.count_ones()), m.end - m.start, *rule, *read)
        });
        let mut kept: Vec<(usize, usize, Match, Claim)> = Vec::new();
        for (rule, read, m) in found {
            let attribute = &reader.reads[rule].list[read].attribute;
            let wording = |rule: usize, read: usize| reader.reads[rule].list[read].attribute.is_empty();
            let taken = kept.iter().filter(|(r, o, ..)| wording(*r, *o) == wording(rule, read)).any(
                |(r, other, k, _)| {
                    k.covers(&m) && (*r == rule || !wording(rule, read))
                        || *r == rule
                            && k.start < m.end
                            && m.start < k.end
                            && (reader.reads[*r].list[*other].attribute == *attribute
                                || reader.reads[rule].list[read].weak
                                || k.read.count_ones() > m.read.count_ones())
                },
            );
            if taken {
                continue;
            }
            if let Some(claim) = self.claim(reader, passage, (rule, read), &m, asked, place) {
                kept.push((rule, read, m, claim));
            }
        }
        kept.sort_by_key(|(_, _, m, _)| m.start);
        self.mark_listed(reader, &mut kept);
        self.deal_out(reader, &mut kept);
        let prefix = place.prefix_tokens(&self.tokens);
        let listed: Vec<Vec<Claim>> =
            kept.iter().map(|(_, _, m, claim)| self.listed(reader, m, claim, &kept, place)).collect();
        for ((_, _, m, claim), more) in kept.into_iter().zip(listed) {
            if m.end as usize > prefix {
                self.forget_answer(&claim, place);
                self.reading.claims.push(claim);
                self.reading.claims.extend(more);
            } else {
                self.spread(reader, claim, prefix, place);
            }
        }
    }

    /// "X and Y are closed and open, respectively": each gets its own. Where values and subjects do not match one to one, nobody.
    fn deal_out(&self, reader: &Reader, claims: &mut Vec<(usize, usize, Match, Claim)>) {
        let says = |class| (0..self.tokens.len()).any(|t| self.table.class_at(t, class).is_some());
        if !reader.classes.in_order.is_some_and(says) {
            return;
        }
        let all: Vec<(String, Vec<SubjectId>)> =
            claims.iter().map(|(.., c)| (c.attribute.clone(), c.subjects.clone())).collect();
        let mut at = 0;
        claims.retain_mut(|(.., claim)| {
            let (before, rest) = all.split_at(at);
            let alike = |other: &&(String, Vec<SubjectId>)| **other == all[at];
            let (turn, many) = (before.iter().filter(alike).count(), claim.subjects.len());
            let matched = many == turn + rest.iter().filter(alike).count();
            at += 1;
            if many > 1 && matched {
                claim.subjects = vec![claim.subjects[turn]];
            }
            many < 2 || matched
        });
    }

    /// A "yes" that the same block goes on to spell out says nothing more.
    fn forget_answer(&mut self, spelled: &Claim, place: &Place<'_>) {
        let block = place.block.map.to_source(Span::new(0, place.block.text.len()));
        let here = self.reading.claims.iter_mut().rev().take_while(|c| block.contains(c.span));
        let same =
            |c: &&mut Claim| c.attribute == spelled.attribute && c.subjects == spelled.subjects && c.taken_up;
        here.filter(same).for_each(|c| c.status = Status::Asked);
    }

    /// What the label before a cell or item says is said of each model that the cell or item names, at its name.
    pub(super) fn spread(&mut self, reader: &Reader, claim: Claim, prefix: usize, place: &Place<'_>) {
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
    pub(super) fn ignored(&self, reader: &Reader, rule: usize, found: &Match) -> bool {
        self.table.matches.iter().any(|m| {
            reader.jobs.get(m.pattern as usize) == Some(&Job::Source(rule, SourceKind::Ignore))
                && m.start < found.end
                && found.start < m.end
                && (m.start <= found.start || found.end <= m.end)
        })
    }

    #[allow(clippy::too_many_arguments)]
    pub(super) fn claim(
        &self,
        reader: &Reader,
        passage: &Passage<'_>,
        (rule, index): (usize, usize),
        found: &Match,
        asked: bool,
        place: &Place<'_>,
    ) -> Option<Claim> {
        let read = reader.reads.get(rule)?.list.get(index)?;
        let takes_up = !read.asked.is_empty() || !read.told.is_empty();
        if takes_up && !passage.questions.contains(&(rule, index)) {
            return None;
        }
        let slots: Vec<u16> = read.of.iter().filter_map(|s| reader.grammar.class(s)).map(|c| c.0).collect();
        let captured = |label: &str| {
            if found.captures.is_empty() {
                return None;
            }
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
        let comma = |from, to| self.comma(reader, from, to);
        let stop = |from, to| self.holds(from, to, ";");
        let joins = |token: u16| self.joins(reader, token);
        let commas = |from, to| self.holds(from, to, ",");
        let bracketed = |token: u16| self.bracketed(token);
        let verbs = reader.verbs;
        let verbal = verbs.at(found.start as usize, &self.table);
        let scene = Scene {
            taken: &taken,
            relative: &relative,
            comma: &commas,
            bracketed: &bracketed,
            verbal,
            ..self.scene(reader, passage)
        };
        let binding = match captured("subject").and_then(|hit| self.table.hits.get(hit as usize)) {
            // "Preparing to release its first models": they are released, and not "it".
            Some(hit) if hit.end == found.end && self.is(reader.classes.possessive, hit.start as usize) => {
                return None;
            }
            Some(hit) => bind::named(&self.mentions, hit.start as usize, hit.end as usize)?,
            None => bind::bind(
                found,
                &slots,
                !(read.needs_subject || read.describes && self.complete(reader)),
                &scene,
            )?,
        };
        if !passage.in_cell
            && self.foreign(reader, found, binding.bound, binding.mention, place.prefix_tokens(&self.tokens))
        {
            return None;
        }
        let value = captured("value").and_then(|hit| self.table.hits.get(hit as usize));
        let other = captured("other").and_then(|hit| self.mention_of(hit));
        let other = || other.or_else(|| passage.counterpart(&binding.subjects, reader));
        let (said, denied) = self.said(reader, read, value, other)?;
        // Nothing is its own maker or ancestor: who is named as the value is not whom the phrase is about.
        let subjects: Vec<SubjectId> = binding
            .subjects
            .into_iter()
            .filter(|s| said != Said::Subject(*s) && !self.left_out.contains(s))
            .collect();
        if subjects.is_empty() {
            return None;
        }
        let mut context = context::context(found, &self.around(asked, &comma, &stop, &joins, &relative));
        passage.apply(&mut context);
        let presumed =
            !verbal && binding.bound == Bound::Next || read.describes && binding.bound == Bound::Named;
        if context.negated && presumed {
            // "Did not release the open-weight X" does not deny that it is; nor does "not Y's X" deny whose it is.
            return None;
        }
        for status in [&mut context.status, &mut context.unasked] {
            if reader.reads[rule].timeless && *status == Status::Willed
                || read.plans && matches!(status, Status::Willed | Status::Planned)
            {
                *status = Status::Stated;
            }
        }
        Some(Claim {
            rule,
            read: Some(index),
            attribute: read.attribute.clone(),
            subjects,
            said,
            negated: context.negated != denied,
            status: context.status,
            unasked: context.unasked,
            reported: context.reported,
            span: place.source(&self.tokens, found.start as usize, self.without_stop(found)),
            sentence: place.block.map.to_source(place.within),
            bound: binding.bound,
            at: self.time(found),
            taken_up: false,
            listed: false,
            trace: self.trace(found, binding.mention, &context, place),
            scope: self.words(reader, found, passage, value),
            within: captured("scope").and_then(|hit| self.mention_of(hit)),
        })
    }

    /// The end of a match without the comma or full stop that its pattern asked for.
    fn without_stop(&self, found: &Match) -> usize {
        let (start, end) = (found.start as usize, found.end as usize);
        let stop = |t: &Token| {
            t.shape == Shape::Mark && t.span.of(&self.text).ends_with([',', '.', ';', ':', '!', '?'])
        };
        let stops = self.tokens[start..end].iter().rev().take_while(|t| stop(t)).count();
        if stops < end - start { end - stops } else { end }
    }

    /// Whether the sentence has a finite verb: then it is about its own subject, which an adjective in it describes.
    pub(super) fn complete(&self, reader: &Reader) -> bool {
        let verbs = reader.verbs;
        (0..self.tokens.len()).any(|t| verbs.at(t, &self.table))
    }

    pub(super) fn said(
        &self,
        reader: &Reader,
        read: &Read,
        value: Option<&Hit>,
        other: impl Fn() -> Option<SubjectId>,
    ) -> Option<(Said, bool)> {
        match &read.value {
            ReadValue::Fixed(word, denied) => {
                let said = match (word.as_str(), word.split_once("..")) {
                    ("before" | "after", _) => Said::Order { before: word == "before", other: other()? },
                    ("same", _) => Said::Like(other()?),
                    (_, Some((low, high))) => Said::Between(low.to_string(), high.to_string()),
                    _ => word
                        .strip_prefix("only ")
                        .map_or(Said::Word(word.clone()), |w| Said::Only(w.to_string())),
                };
                Some((said, *denied))
            }
            ReadValue::Since => match self.values.get(value?.payload as usize)?.kind {
                Kind::Date(date) => Some((Said::Since(date), false)),
                _ => None,
            },
            ReadValue::Slot => {
                let hit = value?;
                if let Some(subject) = self
                    .mentions
                    .iter()
                    .find(|m| m.start == hit.start as usize && m.end == hit.end as usize)
                    .filter(|m| m.kind != MentionKind::Pronoun)
                    .and_then(|m| m.subjects.first())
                {
                    return Some((Said::Subject(*subject), false));
                }
                if hit.class.0 == reader.model_slot() {
                    return None;
                }
                let place = (hit.start as usize, hit.end as usize);
                let value = self.values.get(hit.payload as usize);
                let Some(value) = value.filter(|v| token_range(&self.tokens, v.span) == Some(place)) else {
                    // A class over names takes a name as a name.
                    let named = |h: &Hit| h.end == hit.end && h.payload == u32::MAX;
                    self.table.at(place.0).find(|(_, h)| named(h))?;
                    let (from, to) = (self.tokens[place.0].span.start, self.tokens[place.1 - 1].span.end);
                    return Some((Said::Name(self.text[from..to].to_string()), false));
                };
                let said = match &value.kind {
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
}
