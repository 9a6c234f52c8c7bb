//! Markdown, for a job's summary or a comment on a pull request.

use super::item::Item;
use super::text::closing;
use super::{FileReport, Render, Summary, severity_name};

/// A heading for each draft with findings, and under it an item for each with its evidence.
pub struct Markdown;

impl Render for Markdown {
    fn file(&self, report: &FileReport) -> String {
        if report.findings.is_empty() {
            return String::new();
        }
        let items = report.findings.iter().map(finding).collect::<String>();
        format!("### {}\n\n{items}\n", escape(&report.path))
    }

    fn end(&self, summary: &Summary) -> String {
        let troubles = summary.troubles.iter().map(|t| format!("- {}\n", escape(&t.to_string())));
        let troubles = troubles.collect::<String>();
        let troubles = match troubles.is_empty() {
            true => String::new(),
            false => format!("### Could not be checked\n\n{troubles}\n"),
        };
        format!("{troubles}**{}**\n", escape(&closing(summary)))
    }
}

fn finding(item: &Item) -> String {
    let rule = match &item.link {
        Some(link) => format!("[{}](<{}>)", escape(&item.rule), link.replace(['<', '>', '\n'], "")),
        None => escape(&item.rule),
    };
    let (severity, line) = (severity_name(item.severity), item.start.line);
    let mut out = format!("- **{severity}** line {line}, {rule}: {}\n", escape(item.statement()));
    let Some(fact) = &item.fact else { return out };
    let source = fact.source.as_ref().map(|source| {
        let title = escape(&source.title);
        let title = match &source.url {
            Some(url) => format!("[{title}](<{}>)", url.replace(['<', '>', '\n'], "")),
            None => title,
        };
        title + &source.date.iter().map(|date| format!(", {date}")).collect::<String>()
    });
    match (&fact.quote, source) {
        (Some(quote), Some(source)) => out += &format!("  > “{}” ({source})\n", escape(quote)),
        (Some(quote), None) => out += &format!("  > “{}”\n", escape(quote)),
        (None, Some(source)) => out += &format!("  > {source}\n"),
        (None, None) => {}
    }
    out
}

/// Text as text: nothing in it is markup.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '|' | '~' | '@' | '!' => {
                out.extend(['\\', c])
            }
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '&' => out += "&amp;",
            '\n' | '\r' => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}
