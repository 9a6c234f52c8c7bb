//! Figures: ratios with what they measure, which way they point, and against what.

use crate::knowledge::SubjectId;
use crate::language::grammar::{Builder, Grammar};
use crate::language::pattern::ClassId;
use crate::value::{Bound, Number, RatioForm};
use crate::yaml::{Item, Node, Problem, Problems};

/// What figures can measure, and the words that say so (`rules/metrics.yaml`).
#[derive(Debug, Clone, Default)]
pub struct Metrics {
    /// All metrics.
    pub list: Vec<Metric>,
    pub(super) classes: Vec<MetricClasses>,
    pub(super) shared: Shared,
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
    /// The metric that it tells in another way, if it does: less time is more speed.
    pub told_as: Option<String>,
    /// Whether its words are so general ("better") that another metric near by is meant rather.
    pub vague: bool,
}

/// The words of a metric, by [`Side`].
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct MetricClasses {
    pub(super) thing: Option<ClassId>,
    pub(super) better: Option<ClassId>,
    pub(super) worse: Option<ClassId>,
}

/// The words of all metrics.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shared {
    pub(super) less: Option<ClassId>,
    pub(super) more: Option<ClassId>,
    pub(super) part: Option<ClassId>,
    pub(super) adjective: Option<ClassId>,
    /// Before a figure whose measure came earlier.
    pub(super) by: Option<ClassId>,
    /// What leaves the place of a number open: "how much", "a factor".
    pub(super) open: Option<ClassId>,
    /// What fills it later: "that is", "the figure is".
    pub(super) filled: Option<ClassId>,
    /// What makes a table's numbers multiples of one of them: "X = 1".
    pub(super) index: Option<ClassId>,
    /// Verbs that deny by their meaning, so that "refuses 30% fewer" is a figure all the same.
    pub(super) denying: Option<ClassId>,
    /// Using little of what is measured.
    pub(super) sparing: Option<ClassId>,
}

/// The classes of shared words, and the keys that list them.
const SHARED: [(&str, &str); 10] = [
    ("figure-less", "less"),
    ("figure-more", "more"),
    ("figure-part", "part"),
    ("figure-adjective", "adjective"),
    ("figure-by", "by"),
    ("figure-open", "open"),
    ("figure-filled", "filled"),
    ("figure-index", "index"),
    ("figure-denying", "denying"),
    ("figure-sparing", "sparing"),
];

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

/// All of a figure but its number: what is measured, which way, and against what.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// Index of the metric, and which of its words stand there.
    pub measure: Option<(usize, Side)>,
    /// Where the number points.
    pub way: Option<Way>,
    /// Against what, if it is known.
    pub baseline: Option<SubjectId>,
}

/// A frame that the next sentence may give a number.
#[derive(Debug, Clone, PartialEq)]
pub struct Pending {
    /// The frame.
    pub frame: Frame,
    /// Of whom.
    pub subjects: Vec<SubjectId>,
    /// Whether the sentence asks for the number.
    pub asked: bool,
}

/// What the words of a metric name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The thing itself: "compute", "latency".
    Thing,
    /// Having little (of a resource) or much of it: "compute-efficient", "fast".
    Better,
    /// The other way: "slower", "hungrier".
    Worse,
}

/// Where a number points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// "40% less".
    Less,
    /// "40% more".
    More,
    /// "40% of".
    Part,
    /// "four times as".
    Adjective,
}

impl Metrics {
    /// Reads the file.
    pub fn load(file: usize, root: &Node) -> (Metrics, Vec<Problem>) {
        let problems = Problems::new(file);
        let mut metrics = Metrics::default();
        if let Some(mut fields) = problems.fields(root) {
            for item in fields.list("metrics") {
                metrics.read(&item);
            }
            for (class, key) in SHARED {
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
        let told_as = fields.string("as");
        for key in ["thing", "better", "worse"] {
            let patterns = fields.strings(key);
            self.patterns.extend(patterns.into_iter().map(|p| (format!("{key}-{id}"), p)));
        }
        fields.finish();
        self.list.push(Metric { id, name, resource, told_as, vague });
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
            open: grammar.class("figure-open"),
            filled: grammar.class("figure-filled"),
            index: grammar.class("figure-index"),
            denying: grammar.class("figure-denying"),
            sparing: grammar.class("figure-sparing"),
        };
    }

    /// The name of a metric, for messages.
    pub fn name<'a>(&'a self, id: &'a str) -> &'a str {
        self.list.iter().find(|m| m.id == id).map_or(id, |m| m.name.as_str())
    }

    /// What a number says in a frame.
    pub fn figure(&self, number: Number, form: RatioForm, frame: &Frame) -> Figure {
        let (better, bound) = self.better(number, form, frame);
        let metric = frame.measure.and_then(|(metric, _)| self.list.get(metric));
        let metric = metric.map(|m| m.told_as.clone().unwrap_or_else(|| m.id.clone()));
        Figure { number, form, metric, better, bound, baseline: frame.baseline }
    }

    /// How many times better, with its bound.
    fn better(&self, number: Number, form: RatioForm, frame: &Frame) -> (Option<f64>, Bound) {
        let value = number.low.max(number.high);
        if value <= 0.0 || !value.is_finite() {
            return (None, number.bound);
        }
        let Frame { measure, way, .. } = *frame;
        let used_up = |metric: usize| self.list.get(metric).is_some_and(|m| m.resource);
        let resource = measure.is_some_and(|(metric, side)| side == Side::Thing && used_up(metric));
        let worse = measure.is_some_and(|(_, side)| side == Side::Worse);
        // How much of the measured thing the subject has, in terms of the baseline's.
        let (share, flips) = match (form, way) {
            (RatioForm::Multiple, Some(Way::Less)) => (1.0 / value, true),
            // "Tenfold on compute" does not say which way.
            (RatioForm::Multiple, None) if resource => return (None, number.bound),
            (RatioForm::Multiple, _) => (value, false),
            (_, Some(Way::Less)) if value < 1.0 => (1.0 - value, true),
            (RatioForm::Percent, Some(Way::More)) => (1.0 + value, false),
            (RatioForm::Percent, _) if measure.is_some_and(|(_, side)| side != Side::Thing) => {
                (1.0 + value, false)
            }
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
