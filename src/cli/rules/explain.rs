//! `rules explain` and `rules trace`: what a rule does, and why it did or did not.

use super::workshop::{Entry, Workshop};
use super::{ExplainArgs, TraceArgs};
use crate::check::{Settings, Worded, check, judge, worded};
use crate::disk::clock::today;
use crate::disk::read;
use crate::draft::{Draft, Format};
use crate::rule::example::mark;
use crate::rule::pattern::{Outcome, PatternRule, Selection, Step};
use crate::text::{LineIndex, Span};
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

pub fn run(args: &ExplainArgs) -> io::Result<ExitCode> {
    let workshop = Workshop::open(&args.rules);
    let entry = workshop.rule(&args.name)?;
    let card = &entry.card;
    let title = if card.title.is_empty() { "(no title)" } else { &card.title };
    let mut out = io::stdout().lock();
    writeln!(out, "{}: {title}", entry.name)?;
    writeln!(out, "  {}; {}", card.line(), workshop.place(entry.file, entry.node.span.start))?;
    let link = card.link.clone().unwrap_or_default();
    for (label, text) in
        [("why", &card.why), ("quiet when", &card.quiet_when), ("says", &card.message), ("page", &link)]
    {
        if !text.trim().is_empty() {
            writeln!(out, "  {label}: {}", text.trim().replace('\n', "\n    "))?;
        }
    }
    for example in &entry.examples {
        match example.flags.is_empty() {
            true => writeln!(out, "  passes: {}", example.text.trim())?,
            false => writeln!(out, "  flags:  {}", mark(&example.text, &example.flags).trim())?,
        }
        if let Some(fix) = &example.fix {
            writeln!(out, "  mended: {}", fix.trim())?;
        }
    }
    Ok(if workshop.tell_troubles()? { ExitCode::from(2) } else { ExitCode::SUCCESS })
}

pub fn trace(args: &TraceArgs) -> io::Result<ExitCode> {
    let workshop = Workshop::open(&args.rules);
    let entry = workshop.rule(&args.name)?;
    let wrong = || io::Error::other(format!("expected FILE:LINE, found `{}`", args.place));
    let (file, line) = args.place.rsplit_once(':').ok_or_else(wrong)?;
    let line: usize = line.parse().map_err(|_| wrong())?;
    let source = read::text(Path::new(file)).map_err(|trouble| io::Error::other(trouble.to_string()))?;
    let format = read::format_of(Path::new(file)).unwrap_or(Format::Text);
    let draft = Draft::parse(&source, format);
    let place = LineIndex::new(&source).line(line.saturating_sub(1));
    let mut out = io::stdout().lock();
    writeln!(out, "{} at {}: {}", entry.name, args.place, place.of(&source).trim())?;
    match entry.pattern() {
        Some((rule, set)) => {
            trace_pattern(rule, &set.trace(rule, &draft, &Selection::default(), place), &mut out)?
        }
        None => trace_claims(entry, &draft, place, &mut out)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// What was read in the line, how it was judged, and which findings of the rule came of it.
fn trace_claims(entry: &Entry, draft: &Draft, place: Span, out: &mut impl Write) -> io::Result<()> {
    let Some(checker) = entry.checker() else { return Ok(()) };
    let settings = Settings { today: today(), ..Settings::default() };
    let read = worded(draft, checker, &settings);
    let phrases: Vec<_> = read.iter().filter(|w| w.rule == entry.name && w.span.overlaps(place)).collect();
    for phrase in &phrases {
        trace_phrase(phrase, draft, out)?;
    }
    let words = checker.rules.list.iter().any(|rule| rule.name == entry.name && rule.when.is_some());
    let judged = if words { Vec::new() } else { judge(draft, checker, &settings) };
    let here: Vec<_> = judged.iter().filter(|judged| judged.span.overlaps(place)).collect();
    if here.is_empty() && phrases.is_empty() {
        writeln!(
            out,
            "  nothing is read here: no subject that the facts know, or no phrase of a rule, or the statement"
        )?;
        writeln!(out, "  is negated, asked, planned or conditional")?;
    }
    for judged in here {
        let verdict = format!("{:?}", judged.verdict).to_lowercase();
        writeln!(
            out,
            "  {:?}: {} = {}, {verdict}",
            judged.span.of(&draft.source),
            judged.attribute,
            judged.value
        )?;
        for step in &judged.steps {
            writeln!(out, "    {step}")?;
        }
    }
    let found = check(draft, checker, &settings);
    for finding in found.iter().filter(|f| f.rule == entry.name && f.span.overlaps(place)) {
        writeln!(out, "  found {:?}: {}", finding.span.of(&draft.source), finding.message)?;
    }
    Ok(())
}

/// A phrase that a rule on wording read: how it stands, and what its conditions made of it.
fn trace_phrase(phrase: &Worded, draft: &Draft, out: &mut impl Write) -> io::Result<()> {
    let by = if phrase.reported { ", and somebody is named who says it" } else { "" };
    let who = phrase.subjects.join(", ");
    writeln!(out, "  {:?}, of {who}: {}{by}", phrase.span.of(&draft.source), phrase.standing)?;
    if !phrase.fits {
        writeln!(out, "    `when` asks for phrases that stand otherwise, or excuses this sentence")?;
    } else if !phrase.known {
        writeln!(out, "    the facts do not say what `when` asks for")?;
    }
    Ok(())
}

fn trace_pattern(rule: &PatternRule, steps: &[Step], out: &mut impl Write) -> io::Result<()> {
    if steps.is_empty() {
        writeln!(
            out,
            "  no rule looks at this line: it holds no prose (code, markup, a comment, front matter)"
        )?;
    }
    for step in steps {
        writeln!(out, "  {}: {:?}", step.sections, shortened(&step.text))?;
        match &step.outcome {
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
                    let note = if *off { " (turned off by a comment)" } else { "" };
                    writeln!(out, "    found {text:?}: {message}{note}")?;
                }
            }
        }
    }
    Ok(())
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(100) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_string(),
    }
}
