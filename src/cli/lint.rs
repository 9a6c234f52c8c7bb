//! `claimlint lint`: drafts in, findings out.

use super::args::Lint;
use super::baseline::Baseline;
use super::desk::{Desk, Standing};
use super::diff::Changes;
use super::fix::{self, Mended};
use super::outputs::{Drawers, Sinks};
use super::records;
use super::survey::{Survey, is_stdin};
use crate::render::{Summary, Trouble};
use std::io;
use std::path::Path;
use std::process::ExitCode;

/// What is left of a draft when it is drawn.
#[derive(Default)]
struct Done {
    parts: Vec<String>,
    summary: Summary,
    fails: bool,
}

/// Runs the command.
pub fn run(args: &Lint) -> io::Result<ExitCode> {
    let desk = Desk::new(&args.choice, &args.world);
    if let Some(file) = &args.show_config {
        return show_config(&desk, file);
    }
    if args.stdin_records {
        return records::run(args);
    }
    if args.fixing.wanted() && !args.fixing.diff_fixes && args.paths.iter().any(|path| is_stdin(path)) {
        return Err(io::Error::other("standard input cannot be fixed in place; --diff-fixes shows a patch"));
    }
    let baseline = args.baseline.as_deref().map(Baseline::read).transpose();
    let baseline = baseline.map_err(|trouble| io::Error::other(trouble.to_string()))?;
    let changes = args.diff.as_deref().map(Changes::since).transpose()?;
    let drawers = if args.fixing.diff_fixes { Drawers::patches() } else { Drawers::new(&args.output) };
    let mut sinks = Sinks::open(&args.output, &drawers, &desk.rules())?;
    let mut summary = Summary::default();
    let (mut fails, mut broken) = (false, None);
    let survey = Survey {
        desk: &desk,
        paths: &args.paths,
        stdin_filename: args.stdin_filename.as_deref(),
        run: &args.run,
    };
    let check = Check { args, drawers: &drawers, baseline: baseline.as_ref(), changes: changes.as_ref() };
    let rest = survey.each(
        |standing, path, source| check.draft(standing, path, source),
        |done| {
            fails |= done.fails;
            summary.add(done.summary);
            broken = sinks.write(&drawers, &done.parts).err();
            broken.is_none()
        },
    );
    if let Some(error) = broken {
        return Err(error);
    }
    summary.left_out = rest.left_out;
    summary.troubles = rest.troubles;
    sinks.finish(&drawers, &summary)?;
    if args.fixing.diff_fixes {
        summary.troubles.iter().for_each(|trouble| eprintln!("{trouble}"));
    }
    Ok(match (summary.troubles.is_empty(), fails) {
        (false, _) => ExitCode::from(2),
        (true, true) => ExitCode::from(1),
        (true, false) => ExitCode::SUCCESS,
    })
}

struct Check<'a> {
    args: &'a Lint,
    drawers: &'a Drawers,
    baseline: Option<&'a Baseline>,
    changes: Option<&'a Changes>,
}

impl Check<'_> {
    /// Checks one draft, mends it if that is wanted, and draws what is found.
    fn draft(&self, standing: &Standing, path: &Path, source: String) -> Result<Done, Trouble> {
        let fixing = &self.args.fixing;
        if !fixing.wanted() {
            let draft = standing.draft(&source);
            let found = standing.judge(&draft);
            return Ok(self.done(standing, path, Mended { draft, found, fixed: 0 }));
        }
        let mended = fix::mend(standing, &source, fixing.unsafe_fixes);
        let changed = mended.draft.source != source;
        if fixing.diff_fixes {
            let parts = changed.then(|| fix::patch(path, &source, &mended.draft.source));
            let summary = Summary { files: 1, ..Summary::default() };
            return Ok(Done { parts: parts.into_iter().collect(), fails: changed, summary });
        }
        if changed {
            fix::save(path, &source, &mended.draft.source)?;
        }
        Ok(self.done(standing, path, mended))
    }

    fn done(&self, standing: &Standing, path: &Path, mended: Mended) -> Done {
        let mut report = standing.report(path, &mended.draft, &mended.found.sorted);
        if let Some(changes) = self.changes {
            changes.filter(standing, &mended.draft, &mut report);
        }
        let baselined = self.baseline.map_or(0, |baseline| baseline.filter(&mut report));
        let mut summary = Summary { fixed: mended.fixed, baselined, ..Summary::default() };
        summary.file(&report);
        mended.found.verdicts.iter().for_each(|verdict| summary.claim(*verdict));
        let fails = report.findings.iter().any(|item| standing.layer.fails(item.severity));
        Done { parts: self.drawers.draw(&report), summary, fails }
    }
}

fn show_config(desk: &Desk, file: &Path) -> io::Result<ExitCode> {
    let (config, _) = desk.at(file);
    print!("{}", config.show(file));
    let troubles = desk.troubles();
    for trouble in &troubles {
        eprintln!("{trouble}");
    }
    Ok(ExitCode::from(if troubles.is_empty() { 0 } else { 2 }))
}
