//! reviewdog's diagnostic format, as one object or as lines. Its columns count bytes.

use super::item::{Item, Position};
use super::json::text;
use super::{FileReport, Render, Summary};
use crate::rule::finding::Severity;
use serde_json::{Value, json};

/// `{"source", "diagnostics"}`.
pub struct Rdjson;

impl Render for Rdjson {
    fn begin(&self, _: &[super::RuleCard]) -> String {
        format!("{{\"source\":{},\"diagnostics\":[", source())
    }

    fn file(&self, report: &FileReport) -> String {
        report.findings.iter().map(|item| text(&diagnostic(item))).collect::<Vec<_>>().join(",\n")
    }

    fn separator(&self) -> &'static str {
        ",\n"
    }

    fn end(&self, _: &Summary) -> String {
        "]}\n".to_string()
    }
}

/// One diagnostic a line.
pub struct Rdjsonl;

impl Render for Rdjsonl {
    fn file(&self, report: &FileReport) -> String {
        let line = |item: &Item| {
            let mut value = diagnostic(item);
            value["source"] = source();
            text(&value) + "\n"
        };
        report.findings.iter().map(line).collect()
    }
}

fn source() -> Value {
    json!({"name": "claimlint"})
}

fn diagnostic(item: &Item) -> Value {
    let severity = match item.severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Info | Severity::Hint => "INFO",
    };
    let mut code = json!({"value": item.rule});
    if let Some(link) = &item.link {
        code["url"] = json!(link);
    }
    // A suggestion is one edit; a fix of several would be offered in parts that make no sense alone.
    let suggestions = item.fixes.iter().filter(|fix| fix.edits.len() == 1).flat_map(|fix| &fix.edits);
    let suggestions: Vec<_> =
        suggestions.map(|edit| json!({"range": range(edit.start, edit.end), "text": edit.text})).collect();
    let related: Vec<_> = item
        .related
        .iter()
        .map(|related| {
            let location = json!({"path": related.path, "range": range(related.start, related.end)});
            json!({"message": related.message, "location": location})
        })
        .collect();
    json!({
        "message": super::github::with_evidence(item),
        "location": {"path": item.path, "range": range(item.start, item.end)},
        "severity": severity,
        "code": code,
        "suggestions": suggestions,
        "relatedLocations": related,
    })
}

fn range(start: Position, end: Position) -> Value {
    json!({
        "start": {"line": start.line, "column": start.byte_column},
        "end": {"line": end.line, "column": end.byte_column},
    })
}
