//! The facade: a draft, what is known and the settings become findings.

use crate::draft::Draft;
use crate::knowledge::Knowledge;
use crate::rule::finding::Finding;
use jiff::civil::Date;

/// Facts, rules and language, compiled once per process (and anew when a file of them changes).
#[derive(Debug, Default)]
pub struct Checker {
    /// What is known.
    pub knowledge: Knowledge,
}

/// What may differ from draft to draft.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The day the draft is judged at when its front matter names none.
    pub today: Option<Date>,
    /// Overrides the draft's own date.
    pub as_of: Option<Date>,
}

/// All findings of all rules, ordered by place, then rule.
pub fn check(_draft: &Draft, _checker: &Checker, _settings: &Settings) -> Vec<Finding> {
    Vec::new()
}
