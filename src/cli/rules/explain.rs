//! `rules explain` and `rules trace`: what a rule does, and why it did or did not.

use super::workshop::Workshop;
use super::{ExplainArgs, TraceArgs};
use crate::disk::read;
use crate::draft::{Draft, Format};
use crate::render::severity_name;
use crate::rule::example::mark;
use crate::rule::pattern::{Outcome, Selection};
use crate::text::LineIndex;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

pub fn run(args: &ExplainArgs) -> io::Result<ExitCode> {
    let workshop = Workshop::open(&args.rules);
    let entry = workshop.rule(&args.name)?;
    let Some(rule) = entry.rule() else { return Ok(ExitCode::from(2)) };
    let mut out = io::stdout().lock();
    writeln!(out, "{}: {}", rule.name, rule.title.as_deref().unwrap_or("(no title)"))?;
    writeln!(
        out,
        "  {} rule, {}, {}",
        rule.kind(),
        severity_name(rule.severity),
        workshop.place(entry.file, rule.place.1.start)
    )?;
    for (label, text) in [("why", &rule.why), ("page", &rule.link)] {
        if let Some(text) = text {
            writeln!(out, "  {label}: {}", text.trim())?;
        }
    }
    writeln!(out, "  says: {}", rule.message.trim())?;
    for example in &rule.examples {
        match example.flags.is_empty() {
            true => writeln!(out, "  passes: {}", example.text)?,
            false => writeln!(out, "  flags:  {}", mark(&example.text, &example.flags))?,
        }
        if let Some(fix) = &example.fix {
            writeln!(out, "  mended: {fix}")?;
        }
    }
    Ok(if workshop.tell_troubles()? { ExitCode::from(2) } else { ExitCode::SUCCESS })
}

pub fn trace(args: &TraceArgs) -> io::Result<ExitCode> {
    let workshop = Workshop::open(&args.rules);
    let entry = workshop.rule(&args.name)?;
    let Some(rule) = entry.rule() else { return Ok(ExitCode::from(2)) };
    let wrong = || io::Error::other(format!("expected FILE:LINE, found `{}`", args.place));
    let (file, line) = args.place.rsplit_once(':').ok_or_else(wrong)?;
    let line: usize = line.parse().map_err(|_| wrong())?;
    let source = read::text(Path::new(file)).map_err(|trouble| io::Error::other(trouble.to_string()))?;
    let format = read::format_of(Path::new(file)).unwrap_or(Format::Text);
    let draft = Draft::parse(&source, format);
    let place = LineIndex::new(&source).line(line.saturating_sub(1));
    let steps = entry.set.trace(rule, &draft, &Selection::default(), place);
    let mut out = io::stdout().lock();
    writeln!(out, "{} at {}: {}", rule.name, args.place, place.of(&source).trim())?;
    if steps.is_empty() {
        writeln!(
            out,
            "  no rule looks at this line: it holds no prose (code, markup, a comment, front matter)"
        )?;
    }
    for step in steps {
        writeln!(out, "  {}: {:?}", step.sections, shortened(&step.text))?;
        match step.outcome {
            Outcome::OutOfScope => writeln!(out, "    not in its scope ({})", rule.scope_text())?,
            Outcome::NoLiteral(literals) => {
                let shown: Vec<&str> = literals.iter().take(8).map(String::as_str).collect();
                writeln!(
                    out,
                    "    none of the letters that its patterns need stands here: {}",
                    shown.join(", ")
                )?;
            }
            Outcome::NoMatch => {
                writeln!(out, "    in scope, but no pattern matches, or what matches is let pass")?
            }
            Outcome::Found(found) => {
                for (text, message, off) in found {
                    let note = if off { " (turned off by a comment)" } else { "" };
                    writeln!(out, "    found {text:?}: {message}{note}")?;
                }
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(100) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_string(),
    }
}
