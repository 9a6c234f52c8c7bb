//! A claim held against the facts.

use serde::{Deserialize, Serialize};

/// What the facts say of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// A fact says the same.
    Supported,
    /// A fact excludes it.
    Contradicted,
    /// It was true at an earlier date than the draft's.
    Outdated,
    /// Sources disagree.
    Disputed,
    /// No fact speaks of it.
    Unknown,
}
