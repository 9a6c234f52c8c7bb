//! What every kind of pattern rule has: where it looks, how bad and how sure its findings are.

use super::scope::{self, Scope};
use crate::rule::finding::{Confidence, Severity};
use crate::yaml::{Fields, Item};

/// Where it looks; what measures a draft does so as a whole.
pub fn read_scopes(fields: &mut Fields<'_>, measures: bool) -> Option<Vec<Scope>> {
    let items = fields.one_or_many("scope");
    let read = |item: &Item<'_>| match Scope::parse(item.str()?) {
        Ok(scope) => Some(scope),
        Err(name) if name.starts_with("doc(") => {
            item.problem("`doc(…)` selectors are out of reach: drafts are read as blocks, not as HTML trees");
            None
        }
        Err(name) => {
            item.unknown("scope", &name, scope::NAMES);
            None
        }
    };
    let scopes: Vec<Scope> = items.iter().map(read).collect::<Option<_>>()?;
    // What measures a draft measures its prose as a whole, unless it names parts.
    let text: Vec<Scope> = Scope::parse("text").into_iter().collect();
    match measures {
        true if scopes.is_empty() || scopes == text => Scope::parse("summary").ok().map(|scope| vec![scope]),
        _ if scopes.is_empty() => Some(text),
        _ => Some(scopes),
    }
}

/// How bad its findings are.
pub fn read_severity(fields: &mut Fields<'_>) -> Severity {
    match fields.get("severity").and_then(|i| i.one_of("severity", &["hint", "info", "warning", "error"])) {
        Some("hint") => Severity::Hint,
        Some("info") => Severity::Info,
        Some("error") => Severity::Error,
        _ => Severity::Warning,
    }
}

/// How sure they are.
pub fn read_confidence(fields: &mut Fields<'_>) -> Confidence {
    match fields.get("confidence").and_then(|i| i.one_of("confidence", &["low", "medium", "high"])) {
        Some("low") => Confidence::Low,
        Some("medium") => Confidence::Medium,
        _ => Confidence::High,
    }
}
