//! `claimlint watch`: checks again whenever a draft, a fact, a rule or a configuration changes.
//!
//! It looks at names, sizes and times twice a second instead of asking the system to be told: that works on every file
//! system, and editors that save by renaming are no special case.
//!
//! A draft that did not change is not checked again, so that saving one of thousands costs little more than saving one of
//! one.

use super::args::Drafts;
use super::desk::Desk;
use super::lint::{self, Known, Lint};
use crate::config::load;
use crate::disk::clock::today;
use crate::disk::walk;
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

const PAUSE: Duration = Duration::from_millis(500);
/// Clears the screen and what scrolled off it.
const CLEAR: &str = "\x1b[2J\x1b[3J\x1b[H";

/// The state of everything that a run depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct State {
    drafts: u64,
    /// The day, and the names, sizes and times of what drafts are checked by.
    world: u64,
}

/// Runs until it is stopped.
pub fn run(args: &Lint) -> io::Result<ExitCode> {
    let desk = || Desk::new(&args.drafts.choice, &args.drafts.world);
    let mut seen: Option<State> = None;
    let mut current = (desk(), Known::default());
    loop {
        let now = look(&args.drafts, args.baseline.as_ref());
        if seen.is_some_and(|seen| seen.world != now.world) {
            current = (desk(), Known::default());
        }
        if seen != Some(now) {
            seen = Some(now);
            if io::stdout().is_terminal() {
                print!("{CLEAR}");
            }
            // A configuration that someone is still writing must not end the watching.
            if let Err(error) = lint::once(args, &current.0, Some(&current.1)) {
                eprintln!("claimlint: {error}");
            }
            io::stdout().flush()?;
        }
        std::thread::sleep(PAUSE);
    }
}

fn look(args: &Drafts, baseline: Option<&PathBuf>) -> State {
    let resolver = Desk::new(&args.choice, &args.world).into_resolver();
    let drafts: BTreeSet<PathBuf> = walk::drafts(&args.paths).filter_map(Result::ok).collect();
    drafts.iter().for_each(|draft| drop(resolver.config(draft)));
    let mut world: BTreeSet<PathBuf> = baseline.into_iter().cloned().collect();
    for config in resolver.configs() {
        world.extend(config.files.iter().cloned());
        world.extend(load::files_of(&config.world));
    }
    State { drafts: hash(&drafts, ()), world: hash(&world, today()) }
}

/// One number for the names, sizes and times of files.
fn hash(files: &BTreeSet<PathBuf>, more: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    more.hash(&mut hasher);
    for path in files {
        let state = std::fs::metadata(path).ok();
        let state = state.and_then(|state| Some((state.len(), state.modified().ok()?)));
        (path, state).hash(&mut hasher);
    }
    hasher.finish()
}
