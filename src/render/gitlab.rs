//! GitLab's Code Quality report: an array of issues, shown in merge requests.

use super::item::Item;
use super::json::text;
use super::{FileReport, Render};
use crate::rule::finding::Severity;
use serde_json::json;

/// The Code Climate subset that GitLab reads.
pub struct Gitlab;

impl Render for Gitlab {
    fn begin(&self, _: &[super::RuleCard]) -> String {
        "[".to_string()
    }

    fn file(&self, report: &FileReport) -> String {
        report.findings.iter().map(issue).collect::<Vec<_>>().join(",\n")
    }

    fn separator(&self) -> &'static str {
        ",\n"
    }

    fn end(&self, _: &super::Summary) -> String {
        "]\n".to_string()
    }
}

fn issue(item: &Item) -> String {
    let severity = match item.severity {
        Severity::Error => "critical",
        Severity::Warning => "major",
        Severity::Info => "minor",
        Severity::Hint => "info",
    };
    text(&json!({
        "type": "issue",
        "check_name": item.rule,
        "description": item.message,
        "content": {"body": super::github::with_evidence(item)},
        "categories": ["Bug Risk"],
        "severity": severity,
        "fingerprint": item.fingerprint,
        "location": {"path": item.path, "lines": {"begin": item.start.line, "end": item.end.line}},
    }))
}
