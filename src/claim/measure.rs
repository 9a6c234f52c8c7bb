//! Where the parts of a figure stand in its sentence: what is measured, which way it goes, and against what.

use super::figure::{Frame, Metrics, Side, Way};
use super::mention::{Mention, MentionKind};
use crate::language::grammar::Table;
use crate::language::pattern::ClassId;
use crate::language::token::{Shape, Token};

/// The sentence that a figure stands in.
#[derive(Debug, Clone, Copy)]
pub struct Sight<'a> {
    /// Its tokens.
    pub tokens: &'a [Token],
    /// Its text.
    pub text: &'a str,
    /// What was found in it.
    pub table: &'a Table,
    /// Who is mentioned in it.
    pub mentions: &'a [Mention],
    /// Clause of each token.
    pub clause: &'a [u16],
    /// The slot of models.
    pub model: u16,
}

/// A frame at its place in a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// What it says.
    pub frame: Frame,
    /// First token of number and measure.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Index of the baseline's mention.
    pub baseline_mention: Option<usize>,
}

/// How far a measure may stand from its number, in tokens.
const REACH: usize = 9;

impl Metrics {
    /// What a number at tokens `start..end` measures, or nothing if it measures nothing.
    pub fn frame(&self, start: usize, end: usize, sight: &Sight<'_>) -> Option<Seen> {
        let measure = self.measure(start, end, sight);
        let change = self.change(start, end, sight);
        let reach =
            measure.as_ref().map_or(end, |m| m.end).max(change.as_ref().map_or(end, |c| c.end)).max(end);
        let from = start.min(
            measure
                .as_ref()
                .map_or(start, |m| if m.end <= start && start - m.end > 3 { start } else { m.start }),
        );
        let baseline_mention = self.baseline(start, reach, sight);
        // "Half of them", "twice as many": without a measure or another model that says nothing of quality.
        let against =
            || baseline_mention.is_some_and(|at| sight.mentions[at].start >= end && sight.mentions[at].aside);
        let pointing = |c: &Change| {
            matches!(c.way, Way::Less | Way::More) || against() || self.points_before(start, sight)
        };
        if measure.is_none() && !change.as_ref().is_some_and(pointing) {
            return None;
        }
        let baseline = baseline_mention.and_then(|at| sight.mentions[at].subjects.first().copied());
        // "Lighter" both measures and points; it counts once.
        let same = |c: &Change| {
            let m = measure.as_ref();
            m.is_some_and(|m| m.side != Side::Thing && m.start < c.end && c.start < m.end)
        };
        let way = change.filter(|c| !same(c)).map(|c| c.way);
        // "In memory it is three times as sparing": little of it is what it has much of.
        let sparing = |t: usize| self.shared.sparing.is_some_and(|c| sight.table.class_at(t, c).is_some());
        let spares = (end..(end + 3).min(sight.tokens.len())).any(sparing);
        let measure = measure.map(|m| match m.side {
            Side::Thing if spares => (m.metric, Side::Better),
            side => (m.metric, side),
        });
        let frame = Frame { measure, way, baseline };
        Some(Seen { frame, start: from, end: reach, baseline_mention })
    }

    /// The nearest word of a metric, those after the number first.
    fn measure(&self, start: usize, end: usize, sight: &Sight<'_>) -> Option<Measure> {
        let own = sight.clause.get(start).copied();
        let mut best: Option<(usize, Measure)> = None;
        let from = start.saturating_sub(REACH);
        // What comes after a comma right behind the number ("at 67%, with fewer tokens") measures something else.
        let ends =
            |t: &usize| sight.tokens[*t].span.of(sight.text) == ";" || *t == end && sight.tokens[*t].comma;
        let stop = (end..sight.tokens.len()).find(ends);
        for at in from..(end + REACH).min(stop.unwrap_or(sight.tokens.len())) {
            let near = sight.clause.get(at).copied() == own || (at >= end && at < end + 5);
            if !near || (start..end).contains(&at) && at > start {
                continue;
            }
            for (_, hit) in sight.table.at(at) {
                let Some((metric, side)) = self.side(hit.class) else { continue };
                let distance =
                    if at >= end { at - end } else { (start.saturating_sub(hit.end as usize)) + 4 };
                let distance = distance + if self.list[metric].vague { 4 } else { 0 };
                let longer = hit.end as usize - at;
                let better = best
                    .as_ref()
                    .is_none_or(|(d, m)| distance < *d || (distance == *d && longer > m.end - m.start));
                if better {
                    best = Some((distance, Measure { metric, side, start: at, end: hit.end as usize }));
                }
            }
        }
        let best = best.map(|(_, m)| m);
        if best.as_ref().is_some_and(|m| !self.list[m.metric].vague) {
            return best;
        }
        match (self.topic_measure(start, sight), best) {
            // "On compute it beats X by …": the general word still says which way.
            (Some(topic), Some(Measure { side: side @ (Side::Better | Side::Worse), .. })) => {
                Some(Measure { side, ..topic })
            }
            (topic, best) => topic.or(best),
        }
    }

    /// The nearest measure further back in the sentence: "In compute efficiency X beats Y by two orders of magnitude".
    fn topic_measure(&self, start: usize, sight: &Sight<'_>) -> Option<Measure> {
        let by = start.checked_sub(1).zip(self.shared.by);
        by.and_then(|(at, class)| sight.table.class_at(at, class))?;
        self.last_measure(start, sight, false)
    }

    /// What is measured by the words before a token.
    pub(super) fn measured_before(
        &self,
        token: usize,
        sight: &Sight<'_>,
        vague: bool,
    ) -> Option<(usize, Side)> {
        self.last_measure(token, sight, vague).map(|m| (m.metric, m.side))
    }

    fn last_measure(&self, before: usize, sight: &Sight<'_>, vague: bool) -> Option<Measure> {
        (0..before).rev().find_map(|at| {
            let measures = sight.table.at(at).filter_map(|(_, hit)| Some((self.side(hit.class)?, hit)));
            let measures = measures.filter(|((metric, _), _)| vague || !self.list[*metric].vague);
            let ((metric, side), hit) = measures.max_by_key(|(_, hit)| hit.end)?;
            Some(Measure { metric, side, start: at, end: hit.end as usize })
        })
    }

    fn side(&self, class: ClassId) -> Option<(usize, Side)> {
        self.classes.iter().enumerate().find_map(|(metric, c)| {
            if c.thing == Some(class) {
                Some((metric, Side::Thing))
            } else if c.better == Some(class) {
                Some((metric, Side::Better))
            } else if c.worse == Some(class) {
                Some((metric, Side::Worse))
            } else {
                None
            }
        })
    }

    /// The word that says which way the number goes: "less", "more", "of the", right after it or shortly before.
    fn change(&self, start: usize, end: usize, sight: &Sight<'_>) -> Option<Change> {
        let kinds = [
            (self.shared.less, Way::Less),
            (self.shared.more, Way::More),
            (self.shared.part, Way::Part),
            (self.shared.adjective, Way::Adjective),
        ];
        let at = |token: usize| {
            kinds.iter().find_map(|(class, way)| {
                let hit = sight.table.class_at(token, (*class)?)?;
                Some(Change { way: *way, start: token, end: hit.end as usize })
            })
        };
        let close = (start.saturating_sub(2)..start)
            .rev()
            .find_map(at)
            .filter(|c| c.end == start && matches!(c.way, Way::Less));
        if close.is_some() {
            return close;
        }
        let pointing = |t: &usize| self.points(*t, sight);
        let after = (end..(end + 4).min(sight.tokens.len()))
            .take_while(|t| sight.tokens[*t].shape != Shape::Mark)
            .filter(|t| *t < end + 3 || pointing(t))
            .find_map(at);
        after.or_else(|| {
            // "Above X (47.9%)": what is put in brackets stands by itself.
            let bracket = |t: &usize| sight.tokens[*t].span.of(sight.text) == "(";
            let before = (start.saturating_sub(6)..start).rev().take_while(|t| !bracket(t));
            { before }.find(pointing).and_then(at)
        })
    }

    fn points(&self, token: usize, sight: &Sight<'_>) -> bool {
        [self.shared.less, self.shared.more]
            .into_iter()
            .flatten()
            .any(|c| sight.table.class_at(token, c).is_some())
    }

    /// Whether a word shortly before a number says which way it goes: "reduced to a third of".
    fn points_before(&self, start: usize, sight: &Sight<'_>) -> bool {
        (start.saturating_sub(4)..start).any(|t| self.points(t, sight))
    }

    /// The mention that the number is compared with: after a word such as "than", or the owner of what is measured.
    fn baseline(&self, start: usize, reach: usize, sight: &Sight<'_>) -> Option<usize> {
        let named = |m: &Mention| m.slot == sight.model && m.kind != MentionKind::Pronoun;
        let models = || sight.mentions.iter().enumerate().filter(|(_, m)| named(m));
        let clause = sight.clause.get(start).copied();
        // "Half of what X used in memory": who stands between a part and its measure is who had the whole.
        let within = || models().find(|(_, m)| m.start > start && m.end < reach);
        let after = models().find(|(_, m)| m.aside && m.start >= start && m.start < reach + 14);
        let owned = || {
            models().find(|(_, m)| {
                let next = sight.tokens.get(m.end).map(|t| t.span.of(sight.text));
                m.start >= start && m.start <= reach + 8 && next.is_some_and(|n| n.starts_with(['\'', '’']))
            })
        };
        // After a label ("10x: X needs …") comes whom it is about.
        let labelled = |m: &Mention| (reach..m.start).any(|t| sight.tokens.get(t).is_some_and(|t| t.colon));
        let acted = || {
            models().find(|(_, m)| {
                let near = m.start >= reach && m.start <= reach + 6;
                near && sight.clause.get(m.start).copied() >= clause && !labelled(m)
            })
        };
        let before = |near: bool| {
            models().find(|(_, m)| {
                m.aside && m.end <= start && (!near || sight.clause.get(m.start).copied() == clause)
            })
        };
        let near = after.or_else(within).or_else(owned).or_else(|| before(true));
        near.or_else(acted).or_else(|| before(false)).map(|(at, _)| at)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Measure {
    metric: usize,
    side: Side,
    start: usize,
    end: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Change {
    way: Way,
    start: usize,
    end: usize,
}
