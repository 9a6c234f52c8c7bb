//! `rules doc`: a page about all rules, made from their files.

use super::workshop::{Entry, Workshop};
use super::{DocArgs, ReferenceArgs};
use crate::disk::write;
use crate::render::severity_name;
use crate::rule::example::mark;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::process::ExitCode;

pub fn run(args: &DocArgs) -> io::Result<ExitCode> {
    let workshop = Workshop::open(&args.files);
    let page = page(&workshop);
    match &args.output {
        Some(path) => write::whole(path, page.as_bytes())?,
        None => io::stdout().lock().write_all(page.as_bytes())?,
    }
    Ok(if workshop.tell_troubles()? { ExitCode::from(2) } else { ExitCode::SUCCESS })
}

pub fn reference(args: &ReferenceArgs) -> io::Result<ExitCode> {
    let page = crate::schema::page::page();
    match &args.output {
        Some(path) => write::whole(path, page.as_bytes())?,
        None => io::stdout().lock().write_all(page.as_bytes())?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The page.
pub fn page(workshop: &Workshop) -> String {
    let mut out = String::from(
        "# Rules\n\nThis page is made from the rule files by `claimlint rules doc`.\n\n\
         | rule | what it is about | kind | severity |\n| --- | --- | --- | --- |\n",
    );
    for Entry { name, card, .. } in &workshop.rules {
        let (title, severity) = (&card.title, severity_name(card.severity));
        // Writing to a string cannot fail.
        let _ =
            writeln!(out, "| [{name}](#{}) | {title} | {} | {severity} |", name.to_lowercase(), card.kind);
    }
    for entry in &workshop.rules {
        section(entry, &mut out);
    }
    out
}

fn section(entry: &Entry, out: &mut String) {
    let card = &entry.card;
    let title = if card.title.is_empty() { String::new() } else { format!("**{}.** ", card.title) };
    // Writing to a string cannot fail.
    let _ = write!(out, "\n## {}\n\n{title}{}.\n", entry.name, card.line());
    if !card.why.trim().is_empty() {
        let _ = write!(out, "\n{}\n", card.why.trim());
    }
    if !card.quiet_when.trim().is_empty() {
        let _ = write!(out, "\nIt says nothing when {}\n", card.quiet_when.trim());
    }
    if !entry.examples.is_empty() {
        out.push('\n');
    }
    for example in &entry.examples {
        let marked = mark(&example.text, &example.flags);
        let label = if example.flags.is_empty() { "passes" } else { "flags" };
        let _ = writeln!(out, "- {label}: {}", marked.trim().replace('\n', " "));
        if let Some(fix) = &example.fix {
            let _ = writeln!(out, "  → {}", fix.trim().replace('\n', " "));
        }
    }
    if let Some(link) = &card.link {
        let _ = write!(out, "\nMore: <{link}>\n");
    }
}
