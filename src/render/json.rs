//! JSON: one object with a version in it, or one line for each draft (JSON Lines). `tests/schemas` holds its schema.

use super::{FileReport, Render, Summary};
use serde::Serialize;
use serde_json::json;

/// Grows when a field changes its meaning or goes; new fields do not change it.
pub const VERSION: u32 = 1;

/// `{"version", "findings", "problems", "summary"}`.
pub struct Json;

impl Render for Json {
    fn begin(&self, _: &[super::RuleCard]) -> String {
        format!("{{\"version\":{VERSION},\"findings\":[")
    }

    fn file(&self, report: &FileReport) -> String {
        joined(&report.findings)
    }

    fn separator(&self) -> &'static str {
        ",\n"
    }

    fn end(&self, summary: &Summary) -> String {
        format!("],\n\"problems\":{},\n\"summary\":{}}}\n", text(&summary.troubles), text(summary))
    }
}

/// A line for each draft, `{"version", "path", "findings"}`, and a last one with the problems and the summary.
pub struct Lines;

impl Render for Lines {
    fn file(&self, report: &FileReport) -> String {
        let line = json!({"version": VERSION, "path": report.path, "findings": report.findings});
        format!("{line}\n")
    }

    fn end(&self, summary: &Summary) -> String {
        let line = json!({"version": VERSION, "problems": summary.troubles, "summary": summary});
        format!("{line}\n")
    }
}

/// Values one after the other, as they stand in an array.
pub(super) fn joined<T: Serialize>(values: &[T]) -> String {
    values.iter().map(text).collect::<Vec<_>>().join(",\n")
}

/// A value as JSON text. Our own types have string keys only, so this does not fail.
pub(super) fn text<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "null".to_string())
}
