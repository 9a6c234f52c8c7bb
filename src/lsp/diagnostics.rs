//! Findings as the protocol shows them.

use super::position::Columns;
use super::reading::Reading;
use crate::rule::finding::{Finding, Severity};
use crate::verdict::Verdict;
use tower_lsp::ls_types::*;

/// The name that diagnostics come under.
pub const SOURCE: &str = "claimlint";

/// All diagnostics of a reading.
pub fn all(reading: &Reading) -> Vec<Diagnostic> {
    if let Some(fault) = &reading.fault {
        return vec![Diagnostic {
            severity: Some(DiagnosticSeverity::INFORMATION),
            source: Some(SOURCE.to_owned()),
            message: format!(
                "claimlint could not check this text: an error of its own ({fault}). Please report it."
            ),
            ..Default::default()
        }];
    }
    reading.findings.iter().enumerate().map(|(index, finding)| one(reading, index, finding)).collect()
}

/// One finding's diagnostic.
pub fn one(reading: &Reading, index: usize, finding: &Finding) -> Diagnostic {
    Diagnostic {
        range: reading.client.encoding.range(&reading.text, finding.span),
        severity: Some(severity(finding.severity)),
        code: Some(NumberOrString::String(finding.rule.clone())),
        code_description: finding
            .link
            .as_ref()
            .and_then(|link| link.parse().ok())
            .map(|href| CodeDescription { href }),
        source: Some(SOURCE.to_owned()),
        message: finding.message.clone(),
        tags: (finding.verdict == Some(Verdict::Outdated)).then(|| vec![DiagnosticTag::DEPRECATED]),
        related_information: related(reading, finding),
        data: Some(serde_json::json!({ "finding": index, "result": reading.result_id() })),
    }
}

/// Where the message comes from: places in the draft, in seeds and in fact files, each to be opened.
fn related(reading: &Reading, finding: &Finding) -> Option<Vec<DiagnosticRelatedInformation>> {
    let places = finding.related.iter().filter_map(|related| {
        let location = reading.location(&related.place)?;
        Some(DiagnosticRelatedInformation { location, message: related.message.clone() })
    });
    let places: Vec<_> = places.collect();
    (!places.is_empty()).then_some(places)
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Info => DiagnosticSeverity::INFORMATION,
        Severity::Hint => DiagnosticSeverity::HINT,
    }
}
