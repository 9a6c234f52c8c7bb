//! All drafts that a command line names, each read and handed on, in parallel and in order.

use super::args::Drafts;
use super::desk::{Desk, Standing};
use super::pool;
use super::progress::Progress;
use crate::disk::{read, walk};
use crate::render::Trouble;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Which drafts, and how.
pub struct Survey<'a> {
    /// Configuration, facts and rules.
    pub desk: &'a Desk,
    /// Where they are, and how to read them.
    pub drafts: &'a Drafts,
}

/// What no draft stands for.
#[derive(Default)]
pub struct Rest {
    /// Drafts that the configuration leaves out.
    pub left_out: usize,
    /// What could not be read or checked, and what is wrong with configurations, facts and rules.
    pub troubles: Vec<Trouble>,
}

impl Survey<'_> {
    /// Does `work` on every draft, and hands what comes of it to `take` in order, until that is `false`. Before `take` writes
    /// to a terminal, it must hide the progress.
    pub fn each<T: Send>(
        &self,
        work: impl Fn(&Standing, &Path, String) -> Result<T, Trouble> + Sync,
        mut take: impl FnMut(T, &mut Progress) -> bool,
    ) -> Rest {
        let mut rest = Rest::default();
        let mut progress = Progress::new(&self.drafts.run);
        let Drafts { paths, stdin_filename, force_exclude, run, .. } = self.drafts;
        let paths = if *force_exclude { walk::without_ignored(paths) } else { paths.clone() };
        let one = |input: Result<PathBuf, Trouble>| {
            let path = input?;
            let stdin = is_stdin(&path);
            let name =
                if stdin { stdin_filename.as_deref().unwrap_or(Path::new("<stdin>.md")) } else { &path };
            let Some(standing) = self.desk.standing(name) else { return Ok(None) };
            let started = Instant::now();
            let source = if stdin { read::stdin(&read::display(name))? } else { read::text(&path)? };
            let bytes = source.len();
            let done = work(&standing, name, source)?;
            Ok(Some((name.to_path_buf(), bytes, started.elapsed(), done)))
        };
        pool::ordered(self.jobs(), inputs(&paths), one, |done| {
            match done {
                Ok(Some((path, bytes, took, done))) => {
                    progress.step(&path, bytes, took);
                    return take(done, &mut progress);
                }
                Ok(None) => rest.left_out += 1,
                Err(trouble) => rest.troubles.push(trouble),
            }
            true
        });
        progress.finish();
        if run.verbose {
            self.desk.describe().iter().for_each(|line| eprintln!("{line}"));
        }
        rest.troubles.extend(self.desk.troubles());
        rest
    }

    fn jobs(&self) -> usize {
        match (self.drafts.run.jobs, self.drafts.paths.as_slice()) {
            (Some(jobs), _) => jobs.get(),
            // One named file needs no threads, and starting them would cost more than checking it.
            (None, [path]) if !path.is_dir() => 1,
            _ => std::thread::available_parallelism().map_or(1, usize::from),
        }
    }
}

/// Whether a path stands for standard input.
pub fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// Standard input first, if it is named, then the drafts under the paths.
fn inputs(paths: &[PathBuf]) -> impl Iterator<Item = Result<PathBuf, Trouble>> + Send + use<> {
    let (stdin, paths): (Vec<PathBuf>, Vec<PathBuf>) = paths.iter().cloned().partition(|path| is_stdin(path));
    stdin.into_iter().take(1).map(Ok).chain(walk::drafts(&paths))
}
