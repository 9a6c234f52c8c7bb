//! `claimlint lint`: drafts in, findings out.

use super::args::Drafts;
use super::baseline::Baseline;
use super::desk::{Desk, Found, Standing};
use super::diff::Changes;
use super::fix::{self, Fixing, Mended};
use super::outputs::{Drawers, Output, Sinks};
use super::survey::{Survey, is_stdin};
use super::{pick, records};
use crate::draft::Draft;
use crate::render::{FileReport, Summary, Trouble};
use clap::Args;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

/// `claimlint lint` and `claimlint watch`.
#[derive(Debug, Args)]
pub struct Lint {
    #[command(flatten)]
    pub drafts: Drafts,
    #[command(flatten)]
    pub output: Output,
    #[command(flatten)]
    pub fixing: Fixing,
    /// Read JSON Lines of `{"id", "text", "format", "date"}` and answer each with a line of its findings
    #[arg(long, conflicts_with_all = ["paths", "format", "output", "fix", "unsafe_fixes", "diff_fixes", "pick", "baseline", "diff"])]
    pub stdin_records: bool,
    /// Leave out what this baseline file knows
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Only what changes since this commit brought, in drafts or by changed facts and rules
    #[arg(long, value_name = "COMMIT")]
    pub diff: Option<String>,
    /// Show each setting that holds for a file and where it was set, and check nothing
    #[arg(long, value_name = "FILE")]
    pub show_config: Option<PathBuf>,
}

/// What is left of a draft when it is drawn.
#[derive(Default, Clone)]
pub struct Done {
    parts: Vec<String>,
    summary: Summary,
    fails: bool,
}

/// Runs the command.
pub fn run(args: &Lint) -> io::Result<ExitCode> {
    // The process ends with it: its memory need not be given back piece by piece.
    let desk = ManuallyDrop::new(Desk::new(&args.drafts.choice, &args.drafts.world));
    if let Some(file) = &args.show_config {
        return show_config(&desk, file);
    }
    if args.stdin_records {
        return records::run(&args.drafts);
    }
    if (args.fixing.pick || args.fixing.wanted() && !args.fixing.diff_fixes)
        && args.drafts.paths.iter().any(|path| is_stdin(path))
    {
        return Err(io::Error::other("standard input cannot be fixed in place; --diff-fixes shows a patch"));
    }
    once(args, &desk, None)
}

/// What came of drafts that were checked before, by path, each with the number of its text.
pub type Known = Mutex<HashMap<PathBuf, (u64, Done)>>;

/// Checks all drafts once. What is `known` of a draft that did not change since is taken as it is.
pub fn once(args: &Lint, desk: &Desk, known: Option<&Known>) -> io::Result<ExitCode> {
    let baseline = args.baseline.as_deref().map(Baseline::read).transpose();
    let baseline = baseline.map_err(|trouble| io::Error::other(trouble.to_string()))?;
    let changes = args.diff.as_deref().map(Changes::since).transpose()?;
    // Fixing looks again, and what git says changes without the drafts.
    let known = known.filter(|_| !args.fixing.wanted() && args.diff.is_none());
    let check = Check { args, baseline: baseline.as_ref(), changes: changes.as_ref(), known };
    if args.fixing.pick {
        return pick::run(desk, &check);
    }
    let drawers = if args.fixing.diff_fixes {
        Drawers::patches()
    } else {
        Drawers::new(&args.output, args.drafts.run.quiet)
    };
    let mut sinks = Sinks::open(&args.output, &drawers, &desk.rules())?;
    let mut summary = Summary::default();
    let (mut fails, mut broken) = (false, None);
    let survey = Survey { desk, drafts: &args.drafts };
    let rest = survey.each(
        |standing, path, source| check.draft(standing, path, source, &drawers),
        |done, progress| {
            if done.parts.iter().any(|part| !part.is_empty()) {
                progress.hide();
            }
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

/// How each draft is checked.
pub struct Check<'a> {
    /// As the command line says.
    pub args: &'a Lint,
    known: Option<&'a Known>,
    baseline: Option<&'a Baseline>,
    changes: Option<&'a Changes>,
}

impl Check<'_> {
    /// Checks one draft, mends it if that is wanted, and draws what is found.
    fn draft(
        &self,
        standing: &Standing,
        path: &Path,
        source: String,
        drawers: &Drawers,
    ) -> Result<Done, Trouble> {
        let fixing = &self.args.fixing;
        if !fixing.wanted() {
            return Ok(self.remembered(path, &source, || {
                let draft = standing.draft(&source);
                let found = standing.judge(&draft);
                self.done(standing, path, Mended { draft, found, fixed: 0 }, drawers)
            }));
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
        Ok(self.done(standing, path, mended, drawers))
    }

    fn remembered(&self, path: &Path, source: &str, check: impl FnOnce() -> Done) -> Done {
        let Some(known) = self.known else { return check() };
        let mut hasher = DefaultHasher::new();
        source.hash(&mut hasher);
        let number = hasher.finish();
        let before = known.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned();
        match before {
            Some((same, done)) if same == number => done,
            _ => {
                let done = check();
                let entry = (path.to_path_buf(), (number, done.clone()));
                known.lock().unwrap_or_else(PoisonError::into_inner).extend([entry]);
                done
            }
        }
    }

    /// What is to be reported of a draft, and how much of it the baseline knows.
    pub fn report(
        &self,
        standing: &Standing,
        path: &Path,
        draft: &Draft,
        found: &Found,
    ) -> (FileReport, usize) {
        let mut report = standing.report(path, draft, &found.sorted);
        if let Some(changes) = self.changes {
            changes.filter(standing, draft, &mut report);
        }
        let baselined = self.baseline.map_or(0, |baseline| baseline.filter(&mut report));
        (report, baselined)
    }

    fn done(&self, standing: &Standing, path: &Path, mended: Mended, drawers: &Drawers) -> Done {
        let (report, baselined) = self.report(standing, path, &mended.draft, &mended.found);
        let mut summary = Summary { fixed: mended.fixed, baselined, ..Summary::default() };
        summary.file(&report);
        mended.found.verdicts.iter().for_each(|verdict| summary.claim(*verdict));
        let fails = report.findings.iter().any(|item| standing.layer.fails(item.severity));
        Done { parts: drawers.draw(&report), summary, fails }
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
