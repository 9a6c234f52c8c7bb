//! What stands above the drafts: counts, filters, the drafts' index and the subjects.

use super::{Note, ORDER, escape, verdict};
use std::collections::BTreeMap;
use std::fmt::Write;

/// How many of each verdict, in [`ORDER`].
type Counts = [usize; ORDER.len()];

/// Counts so far.
#[derive(Default)]
pub(super) struct Overview {
    drafts: Vec<(String, Counts)>,
    subjects: BTreeMap<String, Counts>,
    rules: BTreeMap<String, usize>,
}

impl Overview {
    /// Counts a draft's notes; gives the draft's number.
    pub fn add(&mut self, path: &str, notes: &[Note]) -> usize {
        let mut counts = Counts::default();
        for note in notes {
            let at = ORDER.iter().position(|verdict| *verdict == note.verdict).unwrap_or(0);
            counts[at] += 1;
            if let Some(claim) = &note.claim {
                self.subjects.entry(claim.subject.clone()).or_default()[at] += 1;
            }
            for item in &note.findings {
                *self.rules.entry(item.rule.clone()).or_default() += 1;
            }
        }
        self.drafts.push((path.to_string(), counts));
        self.drafts.len()
    }

    /// The page's head with title, counts and filters, and the two tables that begin its main part.
    pub fn head(&self, title: &str) -> String {
        let mut total = Counts::default();
        for (_, counts) in &self.drafts {
            total.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
        let drafts = match self.drafts.len() {
            1 => escape(&self.drafts[0].0),
            n => format!("{n} drafts"),
        };
        let mut out = format!("<header class=\"top\">\n<h1>{title}</h1>\n<p class=\"sub\">{drafts}</p>\n");
        out += &self.filters(&total);
        out += "</header>\n<main>\n";
        if self.drafts.len() > 1 {
            let rows = self.drafts.iter().enumerate().map(|(at, (path, counts))| {
                (format!("<a href=\"#draft-{}\">{}</a>", at + 1, escape(path)), counts)
            });
            out += &table("Drafts", "Draft", rows);
        }
        if !self.subjects.is_empty() {
            let rows = self.subjects.iter().map(|(name, counts)| (escape(name), counts));
            out += &table("Subjects", "Subject", rows);
        }
        out
    }

    fn filters(&self, total: &Counts) -> String {
        let mut out =
            "<form class=\"filters\" aria-label=\"What to show\">\n<fieldset>\n<legend>Verdicts</legend>\n"
                .to_string();
        for (at, (kind, count)) in ORDER.iter().zip(total).enumerate() {
            let (name, sign) = verdict(*kind);
            let _ = writeln!(
                out,
                "<label class=\"chip {name}\"><input type=\"checkbox\" name=\"verdict\" value=\"{name}\" checked> \
                 <span aria-hidden=\"true\">{sign}</span> {name} <b>{count}</b><kbd aria-hidden=\"true\">{key}</kbd></label>",
                key = at + 1,
            );
        }
        out += "</fieldset>\n";
        out += &choice("rule", "Rule", "all rules", self.rules.keys());
        out += &choice("subject", "Subject", "all subjects", self.subjects.keys());
        out += "<p class=\"keys\"><kbd>j</kbd> <kbd>k</kbd> next and previous, <kbd>1</kbd>–<kbd>6</kbd> verdicts, \
                <kbd>Esc</kbd> show all</p>\n<p class=\"shown\" role=\"status\"></p>\n</form>\n";
        out
    }
}

fn choice<'a>(name: &str, label: &str, all: &str, values: impl Iterator<Item = &'a String>) -> String {
    let options = values.map(|value| format!("<option>{}</option>", escape(value))).collect::<String>();
    format!(
        "<label>{label} <select name=\"{name}\"><option value=\"\">{all}</option>{options}</select></label>\n"
    )
}

fn table<'a>(title: &str, first: &str, rows: impl Iterator<Item = (String, &'a Counts)>) -> String {
    let heads =
        ORDER.iter().map(|kind| format!("<th scope=\"col\">{}</th>", verdict(*kind).0)).collect::<String>();
    let mut out = format!(
        "<section class=\"overview\">\n<h2>{title}</h2>\n<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{title}\">\n\
         <table>\n<thead><tr><th scope=\"col\">{first}</th>{heads}</tr></thead>\n<tbody>\n"
    );
    for (name, counts) in rows {
        let cells = ORDER.iter().zip(counts).map(|(kind, count)| match count {
            0 => "<td class=\"zero\">0</td>".to_string(),
            count => format!("<td class=\"{}\">{count}</td>", verdict(*kind).0),
        });
        let _ = writeln!(out, "<tr><th scope=\"row\">{name}</th>{}</tr>", cells.collect::<String>());
    }
    out + "</tbody>\n</table>\n</div>\n</section>\n"
}
