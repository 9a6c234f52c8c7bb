//! `claimlint lint`: drafts in, findings out.

use super::args::Lint;
use super::desk::{Checked, Desk};
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
    let drawers = Drawers::new(&args.output);
    let mut sinks = Sinks::open(&args.output, &drawers, &desk.rules())?;
    let mut summary = Summary::default();
    let (mut fails, mut broken) = (false, None);
    let (stdin, paths): (Vec<PathBuf>, Vec<PathBuf>) =
        args.paths.iter().cloned().partition(|path| path == Path::new("-"));
    let inputs = stdin.into_iter().take(1).map(Ok).chain(walk::drafts(&paths));
    let work = |input: Result<PathBuf, Trouble>| match input.and_then(|path| check(&desk, args, &path)) {
        Ok(Some(checked)) => done(&checked, &drawers),
        Ok(None) => Done { summary: Summary { left_out: 1, ..Summary::default() }, ..Done::default() },
        Err(trouble) => {
            Done { summary: Summary { troubles: vec![trouble], ..Summary::default() }, ..Done::default() }
        }
    };
    pool::ordered(jobs(args), inputs, work, |done| {
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
    Ok(match (summary.troubles.is_empty(), fails) {
        (false, _) => ExitCode::from(2),
        (true, true) => ExitCode::from(1),
        (true, false) => ExitCode::SUCCESS,
    })
}

fn check(desk: &Desk, args: &Lint, path: &Path) -> Result<Option<Checked>, Trouble> {
    if path == Path::new("-") {
        let name = args.stdin_filename.clone().unwrap_or_else(|| "<stdin>.md".into());
        return desk.check(&name, || read::stdin(&read::display(&name)));
    }
    desk.check(path, || read::text(path))
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

fn done(checked: &Checked, drawers: &Drawers) -> Done {
    let mut summary = checked.summary.clone();
    summary.file(&checked.report);
    Done { parts: drawers.draw(&checked.report), summary, fails: checked.fails }
}

fn jobs(args: &Lint) -> usize {
    match args.run.jobs {
        Some(jobs) => jobs.get(),
        // One named file needs no threads, and starting them would cost more than checking it.
        None if args.paths.len() == 1 && !args.paths[0].is_dir() => 1,
        None => std::thread::available_parallelism().map_or(1, usize::from),
    }
}
