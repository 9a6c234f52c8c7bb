//! For people at a terminal: the draft's line with the words underlined, what is wrong, and under it the fact, its quote,
//! its source and its date. Also one line a finding, for those who know the rules.

use super::item::{Item, SourceCard};
use super::{FileReport, Render, Summary, severity_name};
use crate::rule::finding::Severity;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, normalize_untrusted_str};

/// What the terminal can show, and how much of it is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terminal {
    /// ANSI colours.
    pub color: bool,
    /// OSC 8 hyperlinks.
    pub links: bool,
    /// Characters in a line.
    pub width: usize,
    /// Nothing but findings and troubles: no closing line.
    pub quiet: bool,
}

impl Default for Terminal {
    fn default() -> Self {
        Terminal { color: false, links: false, width: 100, quiet: false }
    }
}

/// The full form.
pub struct Text(pub Terminal);

impl Render for Text {
    fn file(&self, report: &FileReport) -> String {
        let plain = if self.0.color { Renderer::styled() } else { Renderer::plain() };
        let renderer = plain.term_width(self.0.width);
        report.findings.iter().map(|item| finding(item, &report.source, self.0, &renderer)).collect()
    }

    fn end(&self, summary: &Summary) -> String {
        end(summary, self.0)
    }
}

/// `path:line:column: severity[rule] message`, one line a finding.
pub struct Concise(pub Terminal);

impl Render for Concise {
    fn file(&self, report: &FileReport) -> String {
        let line = |item: &Item| {
            let place = format!("{}:{}:{}", clean(&item.path), item.start.line, item.start.column);
            let (bold, color, reset) = match self.0.color {
                true => ("\x1b[1m", color(item.severity), "\x1b[0m"),
                false => ("", "", ""),
            };
            let (severity, rule) = (severity_name(item.severity), clean(&item.rule));
            let message = clean(&item.message).replace('\n', " ");
            format!("{bold}{place}{reset}: {color}{severity}[{rule}]{reset} {message}\n")
        };
        report.findings.iter().map(line).collect()
    }

    fn end(&self, summary: &Summary) -> String {
        end(summary, self.0)
    }
}

/// The last line: how much was seen. Where nothing was, it says so.
pub fn closing(summary: &Summary) -> String {
    if summary.files == 0 {
        return match summary.left_out {
            0 => "Nothing was checked: no drafts found.".to_string(),
            n => format!("Nothing was checked: the configuration leaves out {}.", count(n, "draft")),
        };
    }
    let mut line = match (summary.errors, summary.warnings, summary.notes) {
        (0, 0, 0) => "No findings".to_string(),
        (errors, warnings, notes) => {
            let parts = [(errors, "error"), (warnings, "warning"), (notes, "note")];
            parts
                .iter()
                .filter(|(n, _)| *n > 0)
                .map(|(n, what)| count(*n, what))
                .collect::<Vec<_>>()
                .join(", ")
        }
    };
    line += &format!(" in {}", count(summary.files, "draft"));
    let more = [
        (summary.fixed, "fixed"),
        (summary.suppressed, "more allowed by comments"),
        (summary.baselined, "more known to the baseline"),
    ];
    line += &more.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!(", {n} {what}")).collect::<String>();
    if summary.claims == 0 {
        return line + ". No claim about a known subject was seen.";
    }
    let verdicts = [
        (summary.supported, "supported"),
        (summary.contradicted, "contradicted"),
        (summary.outdated, "outdated"),
        (summary.disputed, "disputed"),
        (summary.unknown, "unknown"),
    ];
    let verdicts: Vec<_> =
        verdicts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    line + &format!(". {}: {}.", count(summary.claims, "claim"), verdicts.join(", "))
}

fn end(summary: &Summary, terminal: Terminal) -> String {
    let closing = if terminal.quiet { String::new() } else { closing(summary) + "\n" };
    troubles(summary) + &closing
}

fn troubles(summary: &Summary) -> String {
    summary.troubles.iter().map(|trouble| clean(&trouble.to_string()) + "\n").collect()
}

fn finding(item: &Item, source: &str, terminal: Terminal, renderer: &Renderer) -> String {
    let level = match item.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
        Severity::Hint => Level::NOTE.with_name("hint"),
    };
    let mut title = level.primary_title(item.statement()).id(item.rule.as_str());
    if let Some(link) = item.link.as_ref().filter(|_| terminal.links) {
        title = title.id_url(link.as_str());
    }
    // Only the lines that the finding covers: drawing must not cost more in a long draft.
    let from =
        source.get(..item.span.start).and_then(|before| before.rfind(['\n', '\r'])).map_or(0, |at| at + 1);
    let to = source
        .get(item.span.end..)
        .and_then(|rest| rest.find(['\n', '\r']))
        .map_or(source.len(), |at| item.span.end + at);
    let lines = source.get(from..to).unwrap_or("");
    let mark = AnnotationKind::Primary.span(item.span.start - from..item.span.end - from);
    let snippet =
        Snippet::source(lines).line_start(item.start.line).path(item.path.as_str()).annotation(mark);
    let notes = notes(item, terminal);
    let notes = notes.iter().map(|(name, text)| Level::NOTE.with_name(*name).message(text.as_str()));
    let group = Group::with_title(title).element(snippet).elements(notes);
    renderer.render(&[group]) + "\n\n"
}

/// What stands under the snippet: name and text of each note.
fn notes(item: &Item, terminal: Terminal) -> Vec<(&'static str, String)> {
    let mut notes = Vec::new();
    let room = terminal.width.saturating_sub(14).max(30);
    if let Some(fact) = &item.fact {
        notes.push(("fact", wrap(&clean(&fact.in_words()), room)));
        if let Some(quote) = &fact.quote {
            notes.push(("quote", wrap(&format!("“{}”", clean(quote)), room)));
        }
        if let Some(source) = &fact.source {
            notes.push(("source", source_line(source, terminal)));
        }
    }
    for related in item.related.iter().filter(|related| related.path == item.path) {
        let place = format!("{}:{}: {}", related.start.line, related.start.column, related.message);
        notes.push(("see", wrap(&clean(&place), room)));
    }
    if let Some(fix) = item.fixes.first() {
        let flag = if fix.safe { "--fix" } else { "--unsafe-fixes" };
        notes.push(("fix", wrap(&format!("{} ({flag})", clean(&fix.title)), room)));
    }
    notes
}

fn source_line(source: &SourceCard, terminal: Terminal) -> String {
    match &source.url {
        Some(url) if terminal.links => {
            let (url, title) = (clean(url), clean(&source.title));
            let date = source.date.iter().map(|date| format!(", {date}")).collect::<String>();
            format!("\x1b]8;;{url}\x1b\\{title}\x1b]8;;\x1b\\{date}")
        }
        _ => clean(&source.in_words()),
    }
}

/// Drafts, facts and rules are other people's text: nothing in them may steer the terminal.
fn clean(text: &str) -> String {
    normalize_untrusted_str(text)
}

fn color(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "\x1b[91m",
        Severity::Warning => "\x1b[33m",
        Severity::Info => "\x1b[94m",
        Severity::Hint => "\x1b[92m",
    }
}

/// Breaks a text at spaces into lines of at most `room` characters.
fn wrap(text: &str, room: usize) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut used = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > room {
            out.push('\n');
            used = 0;
        } else if used > 0 {
            out.push(' ');
            used += 1;
        }
        out += word;
        used += length;
    }
    out
}

/// `1 draft`, `2 drafts`.
pub fn count(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}
