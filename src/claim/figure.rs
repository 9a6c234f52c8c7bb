//! Figures: ratios with what they measure, which way they point, and against what.

use super::mention::{Mention, MentionKind};
use crate::knowledge::SubjectId;
use crate::language::grammar::{Builder, Grammar, Table};
use crate::language::pattern::ClassId;
use crate::language::token::{Shape, Token};
use crate::value::{Bound, Number, RatioForm};
use crate::yaml::{Item, Node, Problem, Problems};

/// What figures can measure, and the words that say so (`rules/metrics.yaml`).
#[derive(Debug, Clone, Default)]
pub struct Metrics {
    /// All metrics.
    pub list: Vec<Metric>,
    classes: Vec<MetricClasses>,
    shared: Shared,
    patterns: Vec<(String, String)>,
}

/// One thing that can be measured.
#[derive(Debug, Clone, Default)]
pub struct Metric {
    /// `compute`.
    pub id: String,
    /// In words.
    pub name: String,
    /// Whether it is used up, so that less of it is better.
    pub resource: bool,
    /// Whether its words are so general ("better") that another metric near by is meant rather.
    pub vague: bool,
}

#[derive(Debug, Clone, Copy, Default)]
struct MetricClasses {
    /// The thing itself: "compute", "latency".
    thing: Option<ClassId>,
    /// Having little (of a resource) or much of it: "compute-efficient", "fast".
    better: Option<ClassId>,
    /// The other way: "slower", "hungrier".
    worse: Option<ClassId>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Shared {
    less: Option<ClassId>,
    more: Option<ClassId>,
    part: Option<ClassId>,
    adjective: Option<ClassId>,
    by: Option<ClassId>,
}

/// A ratio with its meaning.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// As written.
    pub number: Number,
    /// As written.
    pub form: RatioForm,
    /// Metric id, if a word says what is measured.
    pub metric: Option<String>,
    /// How many times better the subject is than the baseline; below 1 if worse. `None` if the direction is not told.
    pub better: Option<f64>,
    /// The bound of `better`.
    pub bound: Bound,
    /// Against what, if it is known.
    pub baseline: Option<SubjectId>,
}

/// A figure at its place in a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// What it says.
    pub figure: Figure,
    /// First token of number and measure.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Index of the baseline's mention.
    pub baseline_mention: Option<usize>,
}

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

/// How far a measure may stand from its number, in tokens.
const REACH: usize = 9;

impl Metrics {
    /// Reads the file.
    pub fn load(file: usize, root: &Node) -> (Metrics, Vec<Problem>) {
        let problems = Problems::new(file);
        let mut metrics = Metrics::default();
        if let Some(mut fields) = problems.fields(root) {
            for item in fields.list("metrics") {
                metrics.read(&item);
            }
            for (class, key) in [
                ("figure-less", "less"),
                ("figure-more", "more"),
                ("figure-part", "part"),
                ("figure-adjective", "adjective"),
                ("figure-by", "by"),
            ] {
                metrics.patterns.extend(fields.strings(key).into_iter().map(|p| (class.to_string(), p)));
            }
            fields.finish();
        }
        (metrics, problems.take())
    }

    fn read(&mut self, item: &Item<'_>) {
        let Some(mut fields) = item.fields() else { return };
        let id = fields.required("metric").and_then(|i| i.str()).unwrap_or_default().to_string();
        let name = fields.string("name").unwrap_or_else(|| id.clone());
        let resource = fields.bool("resource").unwrap_or(false);
        let vague = fields.bool("vague").unwrap_or(false);
        for key in ["thing", "better", "worse"] {
            let patterns = fields.strings(key);
            self.patterns.extend(patterns.into_iter().map(|p| (format!("{key}-{id}"), p)));
        }
        fields.finish();
        self.list.push(Metric { id, name, resource, vague });
    }

    /// Hands its words to the grammar.
    pub fn register(&self, builder: &mut Builder) {
        for (class, pattern) in &self.patterns {
            builder.entry(class, pattern);
        }
    }

    /// Learns the numbers of its classes from the finished grammar.
    pub fn link(&mut self, grammar: &Grammar) {
        let of = |key: &str, id: &str| grammar.class(&format!("{key}-{id}"));
        self.classes = self
            .list
            .iter()
            .map(|m| MetricClasses {
                thing: of("thing", &m.id),
                better: of("better", &m.id),
                worse: of("worse", &m.id),
            })
            .collect();
        self.shared = Shared {
            less: grammar.class("figure-less"),
            more: grammar.class("figure-more"),
            part: grammar.class("figure-part"),
            adjective: grammar.class("figure-adjective"),
            by: grammar.class("figure-by"),
        };
    }

    /// The name of a metric, for messages.
    pub fn name<'a>(&'a self, id: &'a str) -> &'a str {
        self.list.iter().find(|m| m.id == id).map_or(id, |m| m.name.as_str())
    }

    /// What a ratio at tokens `start..end` says, or nothing if it measures nothing.
    pub fn figure(
        &self,
        number: Number,
        form: RatioForm,
        start: usize,
        end: usize,
        sight: &Sight<'_>,
    ) -> Option<Seen> {
        let measure = self.measure(start, end, sight);
        let change = self.change(start, end, sight);
        if measure.is_none() && change.is_none() {
            return None;
        }
        let reach =
            measure.as_ref().map_or(end, |m| m.end).max(change.as_ref().map_or(end, |c| c.end)).max(end);
        let from = start.min(
            measure
                .as_ref()
                .map_or(start, |m| if m.end <= start && start - m.end > 3 { start } else { m.start }),
        );
        let baseline_mention = self.baseline(start, reach, sight);
        let baseline = baseline_mention.and_then(|at| sight.mentions[at].subjects.first().copied());
        let (better, bound) = self.better(number, form, measure.as_ref(), change.as_ref());
        let metric = measure.map(|m| self.list[m.metric].id.clone());
        let figure = Figure { number, form, metric, better, bound, baseline };
        Some(Seen { figure, start: from, end: reach, baseline_mention })
    }

    /// The nearest word of a metric, those after the number first.
    fn measure(&self, start: usize, end: usize, sight: &Sight<'_>) -> Option<Measure> {
        let own = sight.clause.get(start).copied();
        let mut best: Option<(usize, Measure)> = None;
        let from = start.saturating_sub(REACH);
        for at in from..(end + REACH).min(sight.tokens.len()) {
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
        (0..start).rev().find_map(|at| {
            let measures = sight.table.at(at).filter_map(|(_, hit)| Some((self.side(hit.class)?, hit)));
            let measures = measures.filter(|((metric, _), _)| !self.list[*metric].vague);
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
        let after = (end..(end + 3).min(sight.tokens.len()))
            .take_while(|t| sight.tokens[*t].shape != Shape::Mark)
            .find_map(at);
        let pointing = |t| at(t).filter(|c| !matches!(c.way, Way::Part | Way::Adjective));
        after.or_else(|| (start.saturating_sub(6)..start).rev().find_map(pointing))
    }

    /// The mention that the number is compared with: after a word such as "than", or the owner of what is measured.
    fn baseline(&self, start: usize, reach: usize, sight: &Sight<'_>) -> Option<usize> {
        let named = |m: &Mention| m.slot == sight.model && m.kind != MentionKind::Pronoun;
        let models = || sight.mentions.iter().enumerate().filter(|(_, m)| named(m));
        let clause = sight.clause.get(start).copied();
        let after = models().find(|(_, m)| m.aside && m.start >= start && m.start < reach + 14);
        let owned = || {
            models().find(|(_, m)| {
                let next = sight.tokens.get(m.end).map(|t| t.span.of(sight.text));
                m.start >= start && m.start <= reach + 8 && next.is_some_and(|n| n.starts_with(['\'', '’']))
            })
        };
        let acted = || {
            models().find(|(_, m)| {
                m.start >= reach && m.start <= reach + 6 && sight.clause.get(m.start).copied() >= clause
            })
        };
        let before = |near: bool| {
            models().find(|(_, m)| {
                m.aside && m.end <= start && (!near || sight.clause.get(m.start).copied() == clause)
            })
        };
        let near = after.or_else(owned).or_else(|| before(true));
        near.or_else(acted).or_else(|| before(false)).map(|(at, _)| at)
    }

    /// How many times better, with its bound.
    fn better(
        &self,
        number: Number,
        form: RatioForm,
        measure: Option<&Measure>,
        change: Option<&Change>,
    ) -> (Option<f64>, Bound) {
        let value = number.low.max(number.high);
        if value <= 0.0 || !value.is_finite() {
            return (None, number.bound);
        }
        // "Lighter" both measures and points; it counts once.
        let same =
            |c: &Change| measure.is_some_and(|m| m.side != Side::Thing && m.start < c.end && c.start < m.end);
        let way = change.filter(|c| !same(c)).map(|c| c.way);
        let resource = measure.is_some_and(|m| self.list[m.metric].resource && m.side == Side::Thing);
        let worse = measure.is_some_and(|m| m.side == Side::Worse);
        // How much of the measured thing the subject has, in terms of the baseline's.
        let (share, flips) = match (form, way) {
            (RatioForm::Multiple, Some(Way::Less)) => (1.0 / value, true),
            // "Tenfold on compute" does not say which way.
            (RatioForm::Multiple, None) if resource => return (None, number.bound),
            (RatioForm::Multiple, _) => (value, false),
            (_, Some(Way::Less)) if value < 1.0 => (1.0 - value, true),
            (RatioForm::Percent, Some(Way::More)) => (1.0 + value, false),
            (RatioForm::Percent, _) if measure.is_some_and(|m| m.side != Side::Thing) => (1.0 + value, false),
            (RatioForm::Fraction, Some(Way::More)) => (1.0 + value, false),
            _ => (value, false),
        };
        if measure.is_none() {
            return (None, number.bound);
        }
        let mut better = if resource { 1.0 / share } else { share };
        let mut turned = flips != resource;
        if worse {
            better = 1.0 / better;
            turned = !turned;
        }
        (Some(better), if turned { number.bound.turned() } else { number.bound })
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
enum Side {
    Thing,
    Better,
    Worse,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Change {
    way: Way,
    start: usize,
    end: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Less,
    More,
    Part,
    Adjective,
}
