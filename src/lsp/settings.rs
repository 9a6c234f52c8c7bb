//! What the user set in the editor.

use crate::config::Asked;
use crate::config::layer::{Layer, Origin, Set};
use crate::rule::finding::Severity;
use serde::Deserialize;
use serde_json::Value;
use std::time::Duration;

/// The section of the editor's settings that is ours.
pub const SECTION: &str = "claimlint";
/// A longer delay is a slip of the hand.
const MAX_DELAY: u64 = 5_000;

/// What the user set in the editor.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The least time between two judgings of a document; `None` leaves it as the server was started.
    pub delay: Option<Duration>,
    /// What is shown in the text.
    pub shown: Shown,
    /// What configurations are to be overruled with.
    pub asked: Asked,
}

/// What is shown in the text beside diagnostics.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shown {
    /// Which claims are marked.
    pub inlay_hints: Hints,
    /// Whether each draft shows its claims counted.
    pub code_lens: bool,
}

/// Which claims are marked in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Hints {
    /// None.
    #[default]
    Off,
    /// Those that the facts do not support.
    Problems,
    /// All that the facts speak of.
    All,
}

impl Settings {
    /// Reads the section, or an object that holds it. What does not fit is said, and all else is taken.
    pub fn read(value: &Value) -> (Self, Vec<String>) {
        let section = value.get(SECTION).unwrap_or(value);
        let mut wrong = Vec::new();
        let mut reader = Reader { section, wrong: &mut wrong };
        let layer = Layer {
            as_of: reader.filled("asOf").map(set),
            min_severity: reader.get::<Severity>("minSeverity").map(set),
            ..Layer::default()
        };
        let settings = Settings {
            delay: reader.get("delay").map(|ms: u64| Duration::from_millis(ms.min(MAX_DELAY))),
            shown: Shown {
                inlay_hints: reader.get("inlayHints").unwrap_or_default(),
                code_lens: reader.get("codeLens").unwrap_or(true),
            },
            asked: Asked { layer, config: reader.filled("config"), ..Asked::default() },
        };
        (settings, wrong)
    }
}

struct Reader<'a> {
    section: &'a Value,
    wrong: &'a mut Vec<String>,
}

impl Reader<'_> {
    fn get<T: for<'de> Deserialize<'de>>(&mut self, key: &str) -> Option<T> {
        let value = self.section.get(key).filter(|value| !value.is_null())?;
        T::deserialize(value)
            .map_err(|error| self.wrong.push(format!("setting `{SECTION}.{key}`: {error}")))
            .ok()
    }

    /// A value whose empty string means none, as editors' settings pages leave it.
    fn filled<T: std::str::FromStr<Err: std::fmt::Display>>(&mut self, key: &str) -> Option<T> {
        let text = self.get::<String>(key).filter(|text| !text.is_empty())?;
        text.parse().map_err(|error| self.wrong.push(format!("setting `{SECTION}.{key}`: {error}"))).ok()
    }
}

fn set<T>(value: T) -> Set<T> {
    Set { value, origin: Origin::CommandLine }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn takes_what_fits_and_says_what_does_not() {
        let (settings, wrong) = Settings::read(&json!({"claimlint": {
            "delay": 0, "inlayHints": "sometimes", "asOf": "2026-13-40", "config": "", "minSeverity": "error",
            "codeLens": null
        }}));
        assert_eq!(settings.delay, Some(Duration::ZERO));
        assert_eq!(settings.asked.layer.min_severity.map(|set| set.value), Some(Severity::Error));
        assert!(settings.shown.code_lens && settings.asked.config.is_none());
        let keys: Vec<_> = wrong.iter().filter_map(|line| line.split('`').nth(1)).collect();
        assert_eq!(keys, ["claimlint.asOf", "claimlint.inlayHints"]);
        assert_eq!(Settings::read(&json!({"delay": 90_000})).0.delay, Some(Duration::from_millis(5_000)));
        assert!(Settings::read(&json!(null)).1.is_empty());
    }
}
