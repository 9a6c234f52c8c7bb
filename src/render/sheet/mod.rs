//! The fact-check sheet: one HTML page that needs nothing else, with each draft as a reader sees it, every claim in it
//! marked by verdict, and beside it the fact, its quote, its source and its date.
//!
//! Everything that comes from drafts, facts and rules is escaped, and the page forbids itself to load anything.

mod body;
mod card;
mod overview;

use super::item::{FactCard, Item};
use crate::draft::Draft;
use crate::text::Span;
use crate::verdict::Verdict;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// A claim, judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// In the draft's source.
    pub span: Span,
    /// Subject's name.
    pub subject: String,
    /// Attribute in words.
    pub attribute: String,
    /// What is claimed of it, in words.
    pub value: String,
    /// What came of it.
    pub verdict: Verdict,
    /// What it was held against.
    pub fact: Option<FactCard>,
    /// How it was read and why the verdict is what it is, a step a line.
    pub steps: Vec<String>,
}

/// A draft with what was found in it.
pub struct Checked<'a> {
    /// As the user knows it.
    pub path: &'a str,
    /// The draft, read.
    pub draft: &'a Draft,
    /// The day it is judged at.
    pub day: Option<String>,
    /// Its claims, in order of place.
    pub claims: Vec<Claim>,
    /// Its findings, in order of place.
    pub findings: Vec<Item>,
}

/// What stands beside the text: a claim with the findings about it, or a finding about no claim.
struct Note {
    span: Span,
    verdict: Option<Verdict>,
    claim: Option<Claim>,
    findings: Vec<Item>,
}

/// A sheet under construction: drafts are added one by one, each is forgotten but for its part of the page.
#[derive(Default)]
pub struct Sheet {
    sections: String,
    overview: overview::Overview,
    notes: usize,
}

impl Sheet {
    /// Adds a draft.
    pub fn add(&mut self, checked: &Checked<'_>) {
        let notes = notes(checked);
        let number = self.overview.add(checked.path, &notes);
        self.sections += &body::section(checked, &notes, number, self.notes);
        self.notes += notes.len();
    }

    /// The page.
    pub fn page(&self, title: &str) -> String {
        let title = escape(title);
        let policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
             {head}{sections}</main>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n",
            head = self.overview.head(&title),
            sections = self.sections,
        )
    }
}

/// Claims with their findings, and the other findings, in order of place.
fn notes(checked: &Checked<'_>) -> Vec<Note> {
    let claims = checked.claims.iter().map(|claim| Note {
        span: claim.span,
        verdict: Some(claim.verdict),
        claim: Some(claim.clone()),
        findings: Vec::new(),
    });
    let mut notes: Vec<Note> = claims.collect();
    for item in &checked.findings {
        let about = |note: &&mut Note| {
            note.claim.is_some() && note.verdict == item.verdict && note.span.overlaps(item.span)
        };
        match notes.iter_mut().find(about) {
            Some(note) => note.findings.push(item.clone()),
            None => {
                let findings = vec![item.clone()];
                notes.push(Note { span: item.span, verdict: item.verdict, claim: None, findings });
            }
        }
    }
    notes.sort_by_key(|note| note.span);
    notes
}

/// How a verdict is called, and the sign that stands for it, so that colour is never alone. `None` is a finding that is
/// about no claim.
fn verdict(verdict: Option<Verdict>) -> (&'static str, &'static str) {
    match verdict {
        Some(Verdict::Supported) => ("supported", "✓"),
        Some(Verdict::Contradicted) => ("contradicted", "✗"),
        Some(Verdict::Outdated) => ("outdated", "⟲"),
        Some(Verdict::Disputed) => ("disputed", "≠"),
        Some(Verdict::Unknown) => ("unknown", "?"),
        None => ("remark", "!"),
    }
}

/// In the order in which an editor wants to see them.
const ORDER: [Option<Verdict>; 6] = [
    Some(Verdict::Contradicted),
    Some(Verdict::Outdated),
    Some(Verdict::Disputed),
    None,
    Some(Verdict::Unknown),
    Some(Verdict::Supported),
];

/// Text as text, in elements and in attributes.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\'' => out += "&#39;",
            // Browsers drop or mistake these.
            '\t' | '\n' | '\r' => out.push(c),
            _ if c.is_control() => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
    out
}
