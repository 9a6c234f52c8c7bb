//! What one place says about which findings are wanted: a configuration file, an override in it, or the command line.

use crate::rule::finding::{Confidence, Finding, Severity};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt;

/// A value and where it was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Set<T> {
    /// The value.
    pub value: T,
    /// Where it was set.
    pub origin: Origin,
}

/// Where a value was set.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Origin {
    /// Nowhere: the program's own.
    #[default]
    Default,
    /// On the command line, or by the editor.
    CommandLine,
    /// In a configuration file, at that line.
    File(String, usize),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Default => write!(f, "default"),
            Origin::CommandLine => write!(f, "command line"),
            Origin::File(name, line) => write!(f, "{name}:{line}"),
        }
    }
}

/// What is said of a rule's severity: a severity, or that the rule is off.
pub type Level = Option<Severity>;

/// Everything that can be said of findings; what is silent is left to the layer below.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layer {
    /// Only these rules.
    pub select: Option<Set<Vec<String>>>,
    /// Not these rules.
    pub ignore: Vec<Set<String>>,
    /// Severity by rule.
    pub severity: BTreeMap<String, Set<Level>>,
    /// Nothing less severe.
    pub min_severity: Option<Set<Severity>>,
    /// Nothing less sure.
    pub min_confidence: Option<Set<Confidence>>,
    /// What makes a run fail.
    pub fail_on: Option<Set<Severity>>,
    /// The day to judge at, whatever day a draft names.
    pub as_of: Option<Set<Date>>,
    /// Whether every suppression must give a reason.
    pub require_reason: Option<Set<bool>>,
}

impl Layer {
    /// This layer laid over `below`. Rules that it selects are on again if a lower layer had turned them off.
    pub fn over(self, mut below: Layer) -> Layer {
        if let Some(select) = &self.select {
            below.ignore.retain(|rule| !select.value.contains(&rule.value));
            below.severity.retain(|rule, level| level.value.is_some() || !select.value.contains(rule));
        }
        below.ignore.extend(self.ignore);
        below.severity.extend(self.severity);
        Layer {
            select: self.select.or(below.select),
            ignore: below.ignore,
            severity: below.severity,
            min_severity: self.min_severity.or(below.min_severity),
            min_confidence: self.min_confidence.or(below.min_confidence),
            fail_on: self.fail_on.or(below.fail_on),
            as_of: self.as_of.or(below.as_of),
            require_reason: self.require_reason.or(below.require_reason),
        }
    }

    /// The finding with the severity it is to have, if it is wanted.
    pub fn apply(&self, mut finding: Finding) -> Option<Finding> {
        if !self.wants(&finding.rule) {
            return None;
        }
        if let Some(Set { value: Some(severity), .. }) = self.severity.get(&finding.rule) {
            finding.severity = *severity;
        }
        let severe = self.min_severity.as_ref().is_none_or(|least| finding.severity >= least.value);
        let sure = self.min_confidence.as_ref().is_none_or(|least| finding.confidence >= least.value);
        (severe && sure).then_some(finding)
    }

    /// Whether a rule may speak at all.
    pub fn wants(&self, rule: &str) -> bool {
        let selected = self.select.as_ref().is_none_or(|only| only.value.iter().any(|name| name == rule));
        let off = self.severity.get(rule).is_some_and(|level| level.value.is_none());
        selected && !off && !self.ignore.iter().any(|name| name.value == rule)
    }

    /// Whether a rule is named that speaks only where it is asked for.
    pub fn asks_for(&self, rule: &str) -> bool {
        let selected = self.select.as_ref().is_some_and(|only| only.value.iter().any(|name| name == rule));
        selected || self.severity.get(rule).is_some_and(|level| level.value.is_some())
    }

    /// Whether a finding makes the run fail.
    pub fn fails(&self, severity: Severity) -> bool {
        self.fail_on.as_ref().is_none_or(|least| severity >= least.value)
    }

    /// Every rule that is named, with the place.
    pub fn rules(&self) -> impl Iterator<Item = (&str, &Origin)> {
        let selected =
            self.select.iter().flat_map(|set| set.value.iter().map(|name| (name.as_str(), &set.origin)));
        let ignored = self.ignore.iter().map(|set| (set.value.as_str(), &set.origin));
        let graded = self.severity.iter().map(|(name, set)| (name.as_str(), &set.origin));
        selected.chain(ignored).chain(graded)
    }
}
