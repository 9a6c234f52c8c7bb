//! `claimlint claims`: every claim of a draft with its verdict, and how both came about.

use super::args::Drafts;
use super::desk::{Desk, Standing};
use super::outputs::say;
use super::survey::Survey;
use crate::check::Judged;
use crate::disk::read;
use crate::knowledge::Knowledge;
use crate::render::item::{FactCard, fact_card};
use crate::render::text::count;
use crate::text::{Encoding, LineIndex};
use clap::Args;
use serde_json::json;
use std::fmt::Write;
use std::io;
use std::path::Path;
use std::process::ExitCode;

/// `claimlint claims`.
#[derive(Debug, Args)]
pub struct Claims {
    #[command(flatten)]
    drafts: Drafts,
    /// How each was read and judged, step by step; also what the draft asks, plans or denies and so does not claim
    #[arg(long)]
    explain: bool,
    /// One JSON line for each claim
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: &Claims) -> io::Result<ExitCode> {
    let desk = Desk::new(&args.drafts.choice, &args.drafts.world);
    let survey = Survey { desk: &desk, drafts: &args.drafts };
    let (mut claims, mut broken) = (0, None);
    let rest = survey.each(
        |standing, path, source| Ok(draft(standing, path, &source, args)),
        |(number, text), progress| {
            progress.hide();
            claims += number;
            broken = say(&text).err();
            broken.is_none()
        },
    );
    if let Some(error) = broken {
        return Err(error);
    }
    if !args.json && !args.drafts.run.quiet {
        say(&format!("{}.\n", count(claims, "claim")))?;
    }
    rest.troubles.iter().for_each(|trouble| eprintln!("{trouble}"));
    Ok(ExitCode::from(if rest.troubles.is_empty() { 0 } else { 2 }))
}

/// A draft's claims: how many, and one line of JSON or some of text for each.
fn draft(standing: &Standing, path: &Path, source: &str, args: &Claims) -> (usize, String) {
    let draft = standing.draft(source);
    let lines = LineIndex::new(source);
    let claims = if args.explain { standing.explained(&draft) } else { standing.claims(&draft) };
    let mut out = String::new();
    for judged in &claims {
        let at = lines.position(judged.span.start, Encoding::Utf32);
        let place = format!("{}:{}:{}", read::display(path), at.line + 1, at.column + 1);
        let knowledge = &standing.built.checker.knowledge;
        let subject = judged.subject.and_then(|id| knowledge.subjects.get(id.0 as usize));
        let fact = judged.fact.and_then(|id| fact_card(knowledge, id));
        if args.json {
            let value = json!({
                "path": read::display(path),
                "span": judged.span,
                "start": {"line": at.line + 1, "column": at.column + 1},
                "subject": subject.map(|subject| &subject.id),
                "attribute": judged.attribute,
                "value": judged.value,
                "verdict": judged.verdict,
                "fact": fact,
                "steps": judged.steps,
                "stated": judged.stated,
            });
            let _ = writeln!(out, "{value}");
        } else {
            let heading = heading(knowledge, judged);
            text(&mut out, &place, &heading, judged, source, fact.as_ref(), args.explain);
        }
    }
    (claims.iter().filter(|claim| claim.stated).count(), out)
}

/// Of whom a claim says what: "Osprey 3, licence".
pub fn heading(knowledge: &Knowledge, judged: &Judged) -> String {
    let subject = judged.subject.and_then(|id| knowledge.subjects.get(id.0 as usize));
    let attribute =
        knowledge.attribute(&judged.attribute).and_then(|id| knowledge.attributes.get(id.0 as usize));
    let attribute = attribute.map_or(judged.attribute.as_str(), |attribute| &attribute.name);
    format!("{}, {attribute}", subject.map_or("?", |subject| &subject.name))
}

/// One claim in words, with the steps that led to its verdict or with the fact alone.
pub fn text(
    out: &mut String,
    place: &str,
    what: &str,
    judged: &Judged,
    source: &str,
    fact: Option<&FactCard>,
    explain: bool,
) {
    let verdict = match judged.stated {
        true => format!("{:?}", judged.verdict).to_lowercase(),
        false => "not claimed".into(),
    };
    let words = judged.span.of(source).split_whitespace().collect::<Vec<_>>().join(" ");
    let _ = writeln!(out, "{place}: {verdict}: {what}: {}  “{words}”", judged.value);
    for step in judged.steps.iter().filter(|_| explain) {
        let _ = writeln!(out, "    {step}");
    }
    if let Some(fact) = fact.filter(|_| !explain) {
        let _ = writeln!(out, "    fact: {}", fact.in_words());
        if let Some(quote) = &fact.quote {
            let _ = writeln!(out, "    quote: “{quote}”");
        }
        if let Some(source) = &fact.source {
            let _ = writeln!(out, "    source: {}", source.in_words());
        }
    }
    out.push('\n');
}
