//! `claimlint report`: the fact-check sheet of any number of drafts.

use super::args::Drafts;
use super::desk::{Desk, Standing};
use super::survey::Survey;
use crate::check::Judged;
use crate::disk::{read, write};
use crate::draft::Draft;
use crate::render::item::{Item, fact_card};
use crate::render::sheet::{Checked, Claim, Sheet};
use crate::render::text::count;
use clap::Args;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// `claimlint report`.
#[derive(Debug, Args)]
pub struct Report {
    #[command(flatten)]
    drafts: Drafts,
    /// Where to write the page; `-` is standard output
    #[arg(long, short, value_name = "FILE", default_value = "fact-check.html")]
    output: PathBuf,
    /// The page's title
    #[arg(long, default_value = "Fact-check sheet")]
    title: String,
}

/// A draft on its way to the sheet.
struct Page {
    path: String,
    draft: Draft,
    day: String,
    claims: Vec<Claim>,
    findings: Vec<Item>,
}

/// Runs the command.
pub fn run(args: &Report) -> io::Result<ExitCode> {
    let desk = Desk::new(&args.drafts.choice, &args.drafts.world);
    let survey = Survey { desk: &desk, drafts: &args.drafts };
    let (mut sheet, mut drafts) = (Sheet::default(), 0);
    let rest = survey.each(
        |standing, path, source| Ok(page(standing, path, &source)),
        |page, _| {
            let Page { path, draft, day, claims, findings } = page;
            sheet.add(&Checked { path: &path, draft: &draft, day: Some(day), claims, findings });
            drafts += 1;
            true
        },
    );
    rest.troubles.iter().for_each(|trouble| eprintln!("{trouble}"));
    let html = sheet.page(&args.title);
    if args.output == Path::new("-") {
        io::stdout().lock().write_all(html.as_bytes())?;
    } else {
        write::whole(&args.output, html.as_bytes())
            .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", args.output.display())))?;
        if !args.drafts.run.quiet {
            eprintln!("{}: {}", args.output.display(), count(drafts, "draft"));
        }
    }
    Ok(ExitCode::from(if rest.troubles.is_empty() { 0 } else { 2 }))
}

fn page(standing: &Standing, path: &Path, source: &str) -> Page {
    let draft = standing.draft(source);
    let judged = standing.claims(&draft);
    let found = standing.judge(&draft);
    let report = standing.report(path, &draft, &found.sorted);
    Page {
        path: read::display(path),
        day: standing.day(&draft).to_string(),
        claims: judged.iter().map(|judged| claim(standing, judged)).collect(),
        findings: report.findings,
        draft,
    }
}

fn claim(standing: &Standing, judged: &Judged) -> Claim {
    let knowledge = &standing.built.checker.knowledge;
    let subject = judged.subject.and_then(|id| knowledge.subjects.get(id.0 as usize));
    let attribute =
        knowledge.attribute(&judged.attribute).and_then(|id| knowledge.attributes.get(id.0 as usize));
    Claim {
        span: judged.span,
        subject: subject.map(|subject| subject.name.clone()).unwrap_or_default(),
        attribute: attribute.map_or_else(|| judged.attribute.clone(), |attribute| attribute.name.clone()),
        value: judged.value.clone(),
        verdict: judged.verdict,
        fact: judged.fact.and_then(|id| fact_card(knowledge, id)),
        steps: judged.steps.clone(),
    }
}
