//! All drafts that a command line names, each read and handed on, in parallel and in order.

use super::args::Run;
use super::desk::{Desk, Standing};
use super::pool;
use crate::disk::{read, walk};
use crate::render::Trouble;
use std::path::{Path, PathBuf};

/// Which drafts, and how.
pub struct Survey<'a> {
    /// Configuration, facts and rules.
    pub desk: &'a Desk,
    /// Files and folders; `-` is standard input.
    pub paths: &'a [PathBuf],
    /// What standard input counts as.
    pub stdin_filename: Option<&'a Path>,
    /// How many at once.
    pub run: &'a Run,
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
    /// Does `work` on every draft, and hands what comes of it to `take` in order, until that is `false`.
    pub fn each<T: Send>(
        &self,
        work: impl Fn(&Standing, &Path, String) -> Result<T, Trouble> + Sync,
        mut take: impl FnMut(T) -> bool,
    ) -> Rest {
        let mut rest = Rest::default();
        let one = |input: Result<PathBuf, Trouble>| {
            let path = input?;
            let stdin = is_stdin(&path);
            let name = if stdin { self.stdin_filename.unwrap_or(Path::new("<stdin>.md")) } else { &path };
            let Some(standing) = self.desk.standing(name) else { return Ok(None) };
            let source = if stdin { read::stdin(&read::display(name))? } else { read::text(&path)? };
            work(&standing, name, source).map(Some)
        };
        pool::ordered(self.jobs(), inputs(self.paths), one, |done| {
            match done {
                Ok(Some(done)) => return take(done),
                Ok(None) => rest.left_out += 1,
                Err(trouble) => rest.troubles.push(trouble),
            }
            true
        });
        rest.troubles.extend(self.desk.troubles());
        rest
    }

    fn jobs(&self) -> usize {
        match (self.run.jobs, self.paths) {
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
