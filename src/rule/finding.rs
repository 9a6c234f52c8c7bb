//! What a rule says about a draft.

use crate::knowledge::FactId;
use crate::text::Span;
use crate::verdict::Verdict;
use serde::{Deserialize, Serialize};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A remark.
    Hint,
    /// Worth knowing.
    Info,
    /// Probably a fault.
    #[default]
    Warning,
    /// A fault.
    Error,
}

/// How sure the linter is of its own reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// One reading of several.
    Low,
    /// The likely reading.
    Medium,
    /// No other reading fits.
    #[default]
    High,
}

/// One remark on one stretch of a draft.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Name of the rule.
    pub rule: String,
    /// How bad.
    pub severity: Severity,
    /// How sure.
    pub confidence: Confidence,
    /// In the draft's source.
    pub span: Span,
    /// What is wrong, what the fact is, where it stands, what to do: one or two sentences.
    pub message: String,
    /// Places that the message rests on.
    pub related: Vec<Related>,
    /// Ways to mend it, the preferred one first.
    pub fixes: Vec<Fix>,
    /// The claim's meaning, for baselines and grouping: subject id, attribute id, the value claimed. Empty for a rule
    /// that compares nothing.
    pub meaning: Option<Meaning>,
    /// The fact it was held against.
    pub fact: Option<FactId>,
    /// What came of it.
    pub verdict: Option<Verdict>,
    /// Page about the rule.
    pub link: Option<String>,
}

/// What a finding is about, independent of its place.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Meaning {
    /// Subject id, or empty.
    pub subject: String,
    /// Attribute id.
    pub attribute: String,
    /// The claimed value in normal form.
    pub value: String,
}

/// A place that a finding rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// What stands there.
    pub message: String,
    /// Where.
    pub place: Place,
}

/// A place outside or inside the draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In the draft itself.
    Draft(Span),
    /// In a source's text (index into `Knowledge::sources`).
    Source(crate::knowledge::SourceId, Span),
    /// In the file that states the fact.
    Fact(FactId),
}

/// A way to mend a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in the imperative.
    pub title: String,
    /// Replacements in the draft's source, ascending and disjoint.
    pub edits: Vec<(Span, String)>,
    /// Whether it can be applied unseen: it changes no meaning but the one at fault.
    pub safe: bool,
}
