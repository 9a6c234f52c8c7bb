//! Findings as the protocol shows them.

use super::navigate;
use super::position::Columns;
use super::reading::Reading;
use super::workspace::Survey;
use crate::rule::finding::{Finding, Severity};
use crate::verdict::Verdict;
use crate::yaml::Problem;
use std::collections::HashMap;
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
    // A draft has many findings of few rules.
    let mut pages: HashMap<(&str, Option<&str>), Option<Uri>> = HashMap::new();
    let findings = reading.findings.iter().enumerate().map(|(index, finding)| {
        let page =
            pages.entry((&finding.rule, finding.link.as_deref())).or_insert_with(|| page(reading, finding));
        shown(reading, index, finding, page.clone())
    });
    findings.chain(reading.problems.iter().map(|problem| wrong(reading, problem))).collect()
}

/// What of a surveyed draft the client does not know yet.
pub fn report(survey: &Survey, known: Option<&String>) -> WorkspaceDocumentDiagnosticReport {
    let (uri, version) = (survey.uri.clone(), survey.version.map(i64::from));
    let result_id = survey.result_id.clone();
    if known == Some(&result_id) {
        return WorkspaceDocumentDiagnosticReport::Unchanged(WorkspaceUnchangedDocumentDiagnosticReport {
            uri,
            version,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
        });
    }
    WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
        uri,
        version,
        full_document_diagnostic_report: FullDocumentDiagnosticReport {
            result_id: Some(result_id),
            items: survey.diagnostics.clone(),
        },
    })
}

/// One finding's diagnostic.
pub fn one(reading: &Reading, index: usize, finding: &Finding) -> Diagnostic {
    shown(reading, index, finding, page(reading, finding))
}

fn shown(reading: &Reading, index: usize, finding: &Finding, page: Option<Uri>) -> Diagnostic {
    Diagnostic {
        range: reading.client.encoding.range(&reading.text, finding.span),
        severity: Some(severity(finding.severity)),
        code: Some(NumberOrString::String(finding.rule.clone())),
        code_description: page.map(|href| CodeDescription { href }),
        source: Some(SOURCE.to_owned()),
        message: finding.message.clone(),
        tags: (finding.verdict == Some(Verdict::Outdated)).then(|| vec![DiagnosticTag::DEPRECATED]),
        related_information: related(reading, finding),
        data: Some(serde_json::json!({ "finding": index, "result": reading.result_id() })),
    }
}

/// The rule's page; a rule without one is its own.
fn page(reading: &Reading, finding: &Finding) -> Option<Uri> {
    let own = || Some(navigate::rule(&reading.world, reading.client.encoding, &finding.rule)?.uri);
    finding.link.as_ref().and_then(|link| link.parse().ok()).or_else(own)
}

fn wrong(reading: &Reading, problem: &Problem) -> Diagnostic {
    let help = problem.help.iter().map(|help| format!(" ({help})"));
    let message = std::iter::once(problem.message.clone()).chain(help).collect();
    of_file(reading.client.encoding.range(&reading.text, problem.span), message)
}

/// Something wrong in a file that a person wrote.
pub fn of_file(range: Range, message: String) -> Diagnostic {
    Diagnostic {
        range,
        severity: Some(DiagnosticSeverity::ERROR),
        source: Some(SOURCE.to_owned()),
        message,
        ..Default::default()
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
