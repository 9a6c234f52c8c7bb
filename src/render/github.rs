//! GitHub Actions' workflow commands, which the service shows as annotations on the changed files.

use super::item::Item;
use super::{FileReport, Render, Summary};
use crate::rule::finding::Severity;

/// `::error file=…,line=…,col=…,title=…::message`.
pub struct Github;

impl Render for Github {
    fn file(&self, report: &FileReport) -> String {
        report.findings.iter().map(annotation).collect()
    }

    fn end(&self, summary: &Summary) -> String {
        let line = |t: &super::Trouble| {
            let place = match t.line {
                0 => String::new(),
                line => format!(",line={line},col={}", t.column),
            };
            format!("::error file={}{place}::{}\n", property(&t.path), data(&t.message))
        };
        summary.troubles.iter().map(line).collect()
    }
}

fn annotation(item: &Item) -> String {
    let command = match item.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "notice",
    };
    // An end column counts only on the line where the annotation starts.
    let end = match item.start.line == item.end.line {
        true => format!(",endColumn={}", item.end.column),
        false => String::new(),
    };
    format!(
        "::{command} file={},line={},endLine={},col={}{end},title={}::{}\n",
        property(&item.path),
        item.start.line,
        item.end.line,
        item.start.column,
        property(&item.rule),
        data(&with_evidence(item)),
    )
}

/// The message with the quote under it, for outputs that have room for nothing else.
pub(super) fn with_evidence(item: &Item) -> String {
    let mut message = item.message.clone();
    let Some(fact) = &item.fact else { return message };
    if let Some(quote) = fact.quote.as_ref().filter(|quote| !item.message.contains(quote.as_str())) {
        message += &format!("\n“{quote}”");
    }
    if let Some(source) = fact.source.as_ref().filter(|source| !item.message.contains(&source.title)) {
        message += &format!("\n{}", source.in_words());
    }
    message
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
