//! What stands beside the text: one card for each note.

use super::{Note, escape, verdict};
use crate::render::item::{FactCard, Item};
use crate::render::severity_name;

/// The card of a note; `id` ties it to its mark in the text.
pub(super) fn card(note: &Note, id: usize) -> String {
    let (name, sign) = verdict(note.verdict);
    let subject = note.claim.as_ref().map_or("", |claim| &claim.subject);
    let rules = note.findings.iter().map(|item| item.rule.as_str()).collect::<Vec<_>>().join(" ");
    let mut out = format!(
        "<article class=\"card {name}\" id=\"note-{id}\" data-verdict=\"{name}\" data-subject=\"{}\" data-rules=\"{}\" \
         aria-label=\"Note {id}, {name}\">\n<p class=\"verdict\"><a href=\"#mark-{id}\"><span aria-hidden=\"true\">{sign} {id}</span> {name}</a></p>\n",
        escape(subject),
        escape(&rules),
    );
    if let Some(claim) = &note.claim {
        out += &format!(
            "<p class=\"claim\"><b>{}</b>, {}: {}</p>\n",
            escape(&claim.subject),
            escape(&claim.attribute),
            escape(&claim.value)
        );
    }
    out += &note.findings.iter().map(finding).collect::<String>();
    let claim = note.claim.as_ref();
    let fact = claim.and_then(|claim| claim.fact.as_ref());
    if let Some(fact) = fact.or_else(|| note.findings.iter().find_map(|item| item.fact.as_ref())) {
        out += &evidence(fact);
    }
    if let Some(claim) = claim.filter(|claim| !claim.steps.is_empty()) {
        let steps = claim.steps.iter().map(|step| format!("<li>{}</li>", escape(step))).collect::<String>();
        out += &format!("<details><summary>how it was read</summary>\n<ul>{steps}</ul>\n</details>\n");
    }
    out + "</article>\n"
}

fn finding(item: &Item) -> String {
    let fixes = item.fixes.iter().map(|fix| format!("<li>{}</li>", escape(&fix.title))).collect::<String>();
    let fixes = if fixes.is_empty() { fixes } else { format!("<ul class=\"fixes\">{fixes}</ul>\n") };
    format!(
        "<p><code>{}</code> <span class=\"severity\">{}</span> {}</p>\n{fixes}",
        escape(&item.rule),
        severity_name(item.severity),
        escape(item.statement())
    )
}

fn evidence(fact: &FactCard) -> String {
    let mut out = format!("<div class=\"evidence\">\n<p class=\"fact\">{}</p>\n", escape(&fact.in_words()));
    if let Some(quote) = &fact.quote {
        out += &format!("<blockquote>{}</blockquote>\n", escape(quote));
    }
    if let Some(source) = &fact.source {
        let title = escape(&source.title);
        // Facts are other people's files: an address that is no web address stays text.
        let title = match &source.url {
            Some(url) if url.starts_with("https://") || url.starts_with("http://") => {
                format!("<a href=\"{}\" rel=\"noreferrer\">{title}</a>", escape(url))
            }
            _ => title,
        };
        let date =
            source.date.iter().map(|date| format!(", <time datetime=\"{0}\">{0}</time>", escape(date)));
        out += &format!("<p class=\"source\">{title}{}</p>\n", date.collect::<String>());
    }
    out + "</div>\n"
}
