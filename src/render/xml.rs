//! XML reports: Checkstyle's, which many services read, and JUnit's, for test views.

use super::github::with_evidence;
use super::item::Item;
use super::{FileReport, Render, Summary, severity_name};
use crate::rule::finding::Severity;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// A `file` element for each draft with findings.
pub struct Checkstyle;

impl Render for Checkstyle {
    fn begin(&self, _: &[super::RuleCard]) -> String {
        format!("{HEAD}<checkstyle version=\"8.0\">\n")
    }

    fn file(&self, report: &FileReport) -> String {
        if report.findings.is_empty() {
            return String::new();
        }
        let errors = report.findings.iter().map(error).collect::<String>();
        format!("<file name=\"{}\">\n{errors}</file>\n", escape(&report.path))
    }

    fn end(&self, summary: &Summary) -> String {
        let trouble = |t: &super::Trouble| {
            let (path, line, message) = (escape(&t.path), t.line.max(1), escape(&t.message));
            let error = format!(
                "<error line=\"{line}\" severity=\"error\" message=\"{message}\" source=\"claimlint\"/>"
            );
            format!("<file name=\"{path}\">\n{error}\n</file>\n")
        };
        summary.troubles.iter().map(trouble).collect::<String>() + "</checkstyle>\n"
    }
}

fn error(item: &Item) -> String {
    let severity = match item.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "info",
    };
    format!(
        "<error line=\"{}\" column=\"{}\" severity=\"{severity}\" message=\"{}\" source=\"claimlint.{}\"/>\n",
        item.start.line,
        item.start.column,
        escape(&item.message),
        escape(&item.rule),
    )
}

/// A test suite for each draft: a failed case for each finding, or one case that passed.
pub struct Junit;

impl Render for Junit {
    fn begin(&self, _: &[super::RuleCard]) -> String {
        format!("{HEAD}<testsuites name=\"claimlint\">\n")
    }

    fn file(&self, report: &FileReport) -> String {
        let path = escape(&report.path);
        let (failures, tests) = (report.findings.len(), report.findings.len().max(1));
        let cases = match report.findings.is_empty() {
            true => format!("<testcase name=\"no findings\" classname=\"{path}\" time=\"0\"/>\n"),
            false => report.findings.iter().map(|item| case(item, &path)).collect(),
        };
        let counts =
            format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\" time=\"0\"");
        format!("<testsuite name=\"{path}\" {counts}>\n{cases}</testsuite>\n")
    }

    fn end(&self, summary: &Summary) -> String {
        let n = summary.troubles.len();
        let cases = summary.troubles.iter().map(|t| {
            let (path, message) = (escape(&t.path), escape(&t.to_string()));
            format!("<testcase name=\"{path}\" classname=\"claimlint\" time=\"0\"><error message=\"{message}\"/></testcase>\n")
        });
        let cases = cases.collect::<String>();
        let suite = match n {
            0 => String::new(),
            _ => format!(
                "<testsuite name=\"could not be checked\" tests=\"{n}\" failures=\"0\" errors=\"{n}\" skipped=\"0\" time=\"0\">\n{cases}</testsuite>\n"
            ),
        };
        suite + "</testsuites>\n"
    }
}

fn case(item: &Item, path: &str) -> String {
    let (line, column) = (item.start.line, item.start.column);
    format!(
        "<testcase name=\"{rule}:{line}:{column}\" classname=\"{path}\" time=\"0\">\
         <failure type=\"{severity}\" message=\"{message}\">{path}:{line}:{column}: {body}</failure></testcase>\n",
        rule = escape(&item.rule),
        severity = severity_name(item.severity),
        message = escape(&item.message),
        body = escape(&with_evidence(item)),
    )
}

/// Text and attribute values. Characters that XML 1.0 cannot hold become U+FFFD.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\t' | '\n' | '\r' => out += &format!("&#{};", u32::from(c)),
            '\0'..'\u{20}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
    out
}
