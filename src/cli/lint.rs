//! `claimlint lint`: drafts in, findings out.

use super::args::Lint;
use super::desk::{Desk, Standing};
use super::fix;
use super::outputs::{Drawers, Sinks};
use super::pool;
use crate::disk::{read, walk};
use crate::render::{Summary, Trouble};
use std::io;
use std::path::{Path, PathBuf};
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
    if args.fixing.wanted() && !args.fixing.diff_fixes && args.paths.iter().any(|path| is_stdin(path)) {
        return Err(io::Error::other("standard input cannot be fixed in place; --diff-fixes shows a patch"));
    }
    let drawers = if args.fixing.diff_fixes { Drawers::patches() } else { Drawers::new(&args.output) };
    let mut sinks = Sinks::open(&args.output, &drawers, &desk.rules())?;
    let mut summary = Summary::default();
    let (mut fails, mut broken) = (false, None);
    let work = |input: Result<PathBuf, Trouble>| {
        let done = input.and_then(|path| check(&desk, args, &drawers, &path));
        done.unwrap_or_else(|trouble| Done {
            summary: Summary { troubles: vec![trouble], ..Summary::default() },
            ..Done::default()
        })
    };
    pool::ordered(jobs(args), inputs(&args.paths), work, |done| {
        fails |= done.fails;
        summary.add(done.summary);
        broken = sinks.write(&drawers, &done.parts).err();
        broken.is_none()
    });
    if let Some(error) = broken {
        return Err(error);
    }
    summary.troubles.extend(desk.troubles());
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

/// Standard input first, if it is named, then the drafts under the paths.
fn inputs(paths: &[PathBuf]) -> impl Iterator<Item = Result<PathBuf, Trouble>> + Send + use<> {
    let (stdin, paths): (Vec<PathBuf>, Vec<PathBuf>) = paths.iter().cloned().partition(|path| is_stdin(path));
    stdin.into_iter().take(1).map(Ok).chain(walk::drafts(&paths))
}

fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// Checks one draft, mends it if that is wanted, and draws what is found.
fn check(desk: &Desk, args: &Lint, drawers: &Drawers, path: &Path) -> Result<Done, Trouble> {
    let stdin = is_stdin(path);
    let name =
        if stdin { args.stdin_filename.clone().unwrap_or_else(|| "<stdin>.md".into()) } else { path.into() };
    let Some(standing) = desk.standing(&name) else {
        return Ok(Done { summary: Summary { left_out: 1, ..Summary::default() }, ..Done::default() });
    };
    let source = if stdin { read::stdin(&read::display(&name))? } else { read::text(path)? };
    if args.fixing.wanted() {
        return mend(&standing, args, drawers, &name, source);
    }
    let draft = standing.draft(source);
    let sorted = standing.judge(&draft);
    let report = standing.report(&name, draft, &sorted);
    let mut summary = Summary::default();
    summary.file(&report);
    let fails = report.findings.iter().any(|item| standing.layer.fails(item.severity));
    Ok(Done { parts: drawers.draw(&report), summary, fails })
}

fn mend(
    standing: &Standing,
    args: &Lint,
    drawers: &Drawers,
    path: &Path,
    before: String,
) -> Result<Done, Trouble> {
    let mended = fix::mend(standing, before.clone(), args.fixing.unsafe_fixes);
    let changed = mended.draft.source != before;
    if args.fixing.diff_fixes {
        let parts = if changed { vec![fix::patch(path, &before, &mended.draft.source)] } else { Vec::new() };
        return Ok(Done { parts, fails: changed, summary: Summary { files: 1, ..Summary::default() } });
    }
    if changed {
        fix::save(path, &before, &mended.draft.source)?;
    }
    let report = standing.report(path, mended.draft, &mended.sorted);
    let mut summary = Summary { fixed: mended.fixed, ..Summary::default() };
    summary.file(&report);
    let fails = report.findings.iter().any(|item| standing.layer.fails(item.severity));
    Ok(Done { parts: drawers.draw(&report), summary, fails })
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

fn jobs(args: &Lint) -> usize {
    match args.run.jobs {
        Some(jobs) => jobs.get(),
        // One named file needs no threads, and starting them would cost more than checking it.
        None if args.paths.len() == 1 && !args.paths[0].is_dir() => 1,
        None => std::thread::available_parallelism().map_or(1, usize::from),
    }
}
