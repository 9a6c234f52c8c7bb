//! `claimlint watch`: checks again whenever a draft, a fact, a rule or a configuration changes.
//!
//! It looks at names, sizes and times twice a second instead of asking the system to be told: that works on every file
//! system, and editors that save by renaming are no special case.

use super::desk::Desk;
use super::lint::{self, Lint};
use crate::config::load;
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

/// Runs until it is stopped.
pub fn run(args: &Lint) -> io::Result<ExitCode> {
    let mut seen = None;
    loop {
        let now = look(args);
        if seen != Some(now) {
            seen = Some(now);
            if io::stdout().is_terminal() {
                print!("{CLEAR}");
            }
            // A configuration that someone is still writing must not end the watching.
            if let Err(error) = lint::run(args) {
                eprintln!("claimlint: {error}");
            }
            io::stdout().flush()?;
        }
        std::thread::sleep(PAUSE);
    }
}

/// One number for the state of everything that a run depends on.
fn look(args: &Lint) -> u64 {
    let resolver = Desk::new(&args.drafts.choice, &args.drafts.world).into_resolver();
    let mut files: BTreeSet<PathBuf> = BTreeSet::new();
    for draft in walk::drafts(&args.drafts.paths).filter_map(Result::ok) {
        let config = resolver.config(&draft);
        files.extend(config.files.iter().cloned());
        files.extend(load::files_of(&config.world));
        files.insert(draft);
    }
    let mut hasher = DefaultHasher::new();
    for path in files {
        let state = std::fs::metadata(&path).ok();
        let state = state.and_then(|state| Some((state.len(), state.modified().ok()?)));
        (path, state).hash(&mut hasher);
    }
    hasher.finish()
}
