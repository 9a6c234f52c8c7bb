//! `--fix`, `--unsafe-fixes` and `--diff-fixes`: drafts mended in place, or shown as a patch.

use super::desk::{Found, Standing};
use crate::disk::read::display;
use crate::disk::write;
use crate::draft::Draft;
use crate::render::Trouble;
use crate::rule::fix;
use clap::Args;
use similar::TextDiff;
use std::path::Path;

/// How often a mended draft is checked and mended again. One fix may make room for the next; more rounds than this are
/// fixes that undo each other.
const ROUNDS: usize = 8;

/// What to do about what is found.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Fixing")]
pub struct Fixing {
    /// Apply fixes that change no meaning but the one at fault
    #[arg(long)]
    pub fix: bool,
    /// Apply all fixes, also those that an author should look at
    #[arg(long)]
    pub unsafe_fixes: bool,
    /// Show what fixes would change as a patch, and change nothing
    #[arg(long, conflicts_with_all = ["fix", "output", "format"])]
    pub diff_fixes: bool,
    /// Show each finding that can be mended, and ask which fix to apply
    #[arg(long, conflicts_with_all = ["fix", "unsafe_fixes", "diff_fixes", "output", "format"])]
    pub pick: bool,
}

/// A draft after mending.
pub struct Mended {
    /// The draft as it is now.
    pub draft: Draft,
    /// What is still found in it.
    pub found: Found,
    /// How many findings are gone.
    pub fixed: usize,
}

impl Fixing {
    /// Whether drafts are to be mended without asking.
    pub fn wanted(&self) -> bool {
        self.fix || self.unsafe_fixes || self.diff_fixes
    }
}

/// Mends a draft until nothing more can be.
pub fn mend(standing: &Standing, source: &str, unsafe_too: bool) -> Mended {
    let mut draft = standing.draft(source);
    let mut found = standing.judge(&draft);
    let mut fixed = 0;
    for _ in 0..ROUNDS {
        let Some(next) = fix::apply(&draft.source, &found.sorted.open, unsafe_too) else { break };
        fixed += next.applied;
        draft = standing.draft(&next.text);
        found = standing.judge(&draft);
    }
    Mended { draft, found, fixed }
}

/// Writes a mended draft in the place of the old one, if nobody changed that meanwhile.
pub fn save(path: &Path, before: &str, after: &str) -> Result<(), Trouble> {
    let fault =
        |error: &dyn std::fmt::Display| Trouble::whole(display(path), format!("cannot be fixed: {error}"));
    match std::fs::read(path) {
        Ok(bytes) if bytes == before.as_bytes() => {}
        Ok(_) => return Err(fault(&"it changed while it was checked")),
        Err(error) => return Err(fault(&error)),
    }
    write::whole(path, after.as_bytes()).map_err(|error| fault(&error))
}

/// The change as a unified diff, to be applied with `patch -p1` or `git apply`.
pub fn patch(path: &Path, before: &str, after: &str) -> String {
    let name = display(path);
    let diff = TextDiff::from_lines(before, after);
    diff.unified_diff().context_radius(3).header(&format!("a/{name}"), &format!("b/{name}")).to_string()
}
