//! `claimlint explain`: what a rule is for and whether it speaks here, or how one line of a draft is read, judged and
//! reported.

use super::args::{Choice, World};
use super::claims;
use super::desk::{Desk, Standing};
use super::outputs::say;
use crate::check::check;
use crate::config::layer::Layer;
use crate::disk::read;
use crate::render::item::fact_card;
use crate::render::severity_name;
use crate::rule::example::{Example, mark};
use crate::rule::finding::{Finding, Severity};
use crate::rule::suppress::Sorted;
use crate::text::{Encoding, LineIndex};
use crate::yaml::suggest;
use clap::Args;
use std::fmt::Write;
use std::io;
use std::path::Path;
use std::process::ExitCode;

/// How many examples of a rule are shown; `rules explain` shows all.
const EXAMPLES: usize = 6;

/// `claimlint explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// A rule's name, or a draft and a line in it as in draft.md:12
    #[arg(value_name = "RULE | FILE:LINE")]
    what: String,
    #[command(flatten)]
    choice: Choice,
    #[command(flatten)]
    world: World,
}

/// Runs the command.
pub fn run(args: &Explain) -> io::Result<ExitCode> {
    let desk = Desk::new(&args.choice, &args.world);
    let text = match place(&args.what) {
        Some((file, line)) => explain_line(&desk, Path::new(file), line),
        None => rule(&desk, &args.what),
    }?;
    say(&text)?;
    let troubles = desk.troubles();
    troubles.iter().for_each(|trouble| eprintln!("{trouble}"));
    Ok(ExitCode::from(if troubles.is_empty() { 0 } else { 2 }))
}

/// `FILE:LINE`, also with a column behind it, as reports write it.
fn place(what: &str) -> Option<(&str, usize)> {
    let (head, last) = what.rsplit_once(':')?;
    let last = last.parse().ok()?;
    match head.rsplit_once(':').map(|(file, line)| (file, line.parse())) {
        Some((file, Ok(line))) => Some((file, line)),
        _ => Some((head, last)),
    }
}

fn rule(desk: &Desk, name: &str) -> io::Result<String> {
    let cards = desk.rules();
    let Some(card) = cards.iter().find(|card| card.name == name) else {
        let help = suggest(name, cards.iter().map(|card| card.name.as_str()));
        let help = help.map(|help| format!(" ({help})")).unwrap_or_default();
        let names: Vec<&str> = cards.iter().map(|card| card.name.as_str()).collect();
        let message = format!("there is no rule `{name}`{help}. There are: {}", names.join(", "));
        return Err(io::Error::other(message));
    };
    let here = Path::new("x.md");
    let (config, built) = desk.at(here);
    let mut out = format!("{}: {}\n\n{}\n\n", card.name, card.title, card.help.trim());
    let speaks = unwanted(&config.layer(here), name, None).unwrap_or("it speaks in this folder".to_string());
    let _ = writeln!(out, "Its findings are of severity {}; {speaks}.", severity_name(card.severity));
    if let Some(link) = &card.link {
        let _ = writeln!(out, "More: {link}");
    }
    let own = built.checker.rules.list.iter().find(|rule| rule.name == name).map(|rule| &rule.examples);
    let patterns = || built.checker.patterns.iter().flat_map(|set| set.rules());
    let examples = own.or_else(|| patterns().find(|rule| rule.name == name).map(|rule| &rule.examples));
    let (flags, passes): (Vec<&Example>, Vec<&Example>) =
        examples.into_iter().flatten().partition(|example| !example.flags.is_empty());
    for (label, examples) in [("Flags", flags), ("Passes", passes)] {
        if !examples.is_empty() {
            let _ = writeln!(out, "\n{label}:");
        }
        for example in examples.iter().take(EXAMPLES) {
            let _ = writeln!(out, "  {}", mark(&example.text, &example.flags).trim().replace('\n', "\n  "));
        }
    }
    Ok(out)
}

fn explain_line(desk: &Desk, path: &Path, line: usize) -> io::Result<String> {
    let source = read::text(path).map_err(|trouble| io::Error::other(trouble.to_string()))?;
    let lines = LineIndex::new(&source);
    let place = lines.line(line.saturating_sub(1));
    if line == 0 || line > lines.position(source.len(), Encoding::Utf8).line + 1 {
        return Err(io::Error::other(format!("{} has no line {line}", read::display(path))));
    }
    let mut out = format!("{}:{line}: {}\n", read::display(path), place.of(&source).trim());
    let Some(standing) = desk.standing(path) else {
        let reason = desk.at(path).0.left_out(path).unwrap_or_default();
        return Ok(out + &format!("This draft is left out: {reason}.\n"));
    };
    let draft = standing.draft(&source);
    let _ = writeln!(out, "Judged at {}.\n", standing.day(&draft));
    let claims = standing.explained(&draft);
    let mut here = claims.iter().filter(|judged| judged.span.overlaps(place)).peekable();
    if here.peek().is_none() {
        out += "No claim is read here: the line names no subject that the facts know, or says nothing of it that a rule reads.\n\n";
    }
    let knowledge = &standing.built.checker.knowledge;
    for judged in here {
        let column = lines.position(judged.span.start, Encoding::Utf32).column + 1;
        let fact = judged.fact.and_then(|id| fact_card(knowledge, id));
        let place = format!("{line}:{column}");
        let heading = claims::heading(knowledge, judged);
        claims::text(&mut out, &place, &heading, judged, &source, fact.as_ref(), true);
    }
    let found = check(&draft, &standing.built.checker, standing.settings());
    let sorted = standing.judge(&draft).sorted;
    for finding in found.iter().chain(own(&sorted, &found)).filter(|finding| finding.span.overlaps(place)) {
        let _ = writeln!(out, "{}: {}", finding.rule, finding.message);
        let _ = writeln!(out, "    {}", fate(finding, &sorted, &standing));
    }
    Ok(out)
}

/// Findings on the comments that allow findings, which checking alone does not give.
fn own<'a>(sorted: &'a Sorted, found: &'a [Finding]) -> impl Iterator<Item = &'a Finding> {
    sorted.open.iter().filter(|open| !found.iter().any(|f| f.rule == open.rule && f.span == open.span))
}

/// What became of a finding.
fn fate(finding: &Finding, sorted: &Sorted, standing: &Standing) -> String {
    let same = |other: &Finding| other.rule == finding.rule && other.span == finding.span;
    if let Some((_, reason)) = sorted.allowed.iter().find(|(other, _)| same(other)) {
        let reason = reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
        return format!("allowed by a comment{reason}");
    }
    match sorted.open.iter().find(|other| same(other)) {
        Some(open) => format!("reported as {}", severity_name(open.severity)),
        None => unwanted(&standing.layer, &finding.rule, Some(finding)).unwrap_or("not reported".to_string()),
    }
}

/// Why a rule, or one finding of it, is not to be heard, and where that was said.
fn unwanted(layer: &Layer, rule: &str, finding: Option<&Finding>) -> Option<String> {
    if let Some(set) = layer.ignore.iter().find(|set| set.value == rule) {
        return Some(format!("not reported: `ignore` names it ({})", set.origin));
    }
    let level = layer.severity.get(rule);
    if let Some(set) = level.filter(|set| set.value.is_none()) {
        return Some(format!("not reported: it is off ({})", set.origin));
    }
    if let Some(set) = layer.select.as_ref().filter(|set| !set.value.iter().any(|name| name == rule)) {
        return Some(format!("not reported: `select` does not name it ({})", set.origin));
    }
    let finding = finding?;
    let severity: Severity = level.and_then(|set| set.value).unwrap_or(finding.severity);
    if let Some(set) = layer.min_severity.as_ref().filter(|set| severity < set.value) {
        let (is, least) = (severity_name(severity), severity_name(set.value));
        return Some(format!("not reported: its severity is {is}, less than {least} ({})", set.origin));
    }
    let set = layer.min_confidence.as_ref().filter(|set| finding.confidence < set.value)?;
    Some(format!("not reported: it is not sure enough ({})", set.origin))
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn a_place_is_a_file_and_a_line() {
        let cases = [
            ("a.md:3", Some(("a.md", 3))),
            ("a.md:3:14", Some(("a.md", 3))),
            ("C:\\a.md:3", Some(("C:\\a.md", 3))),
            ("license", None),
            ("Style.Rule", None),
        ];
        for (what, expected) in cases {
            assert_eq!(place(what), expected, "{what}");
        }
    }
}
