//! Checking a draft as its configuration wants it: the same for the command line and for editors.

use super::layer::Layer;
use crate::check::{self, Checker, Settings};
use crate::draft::Draft;
use crate::rule::suppress::{self, Sorted, Terms};

/// All findings of a draft that are wanted, sorted by whether a comment in it allows them.
pub fn judge(draft: &Draft, checker: &Checker, settings: &Settings, layer: &Layer) -> Sorted {
    let terms = Terms {
        rules: &[],
        today: settings.as_of.or(settings.today),
        require_reason: layer.require_reason.as_ref().is_some_and(|set| set.value),
    };
    // Comments are held against all findings: one that is not wanted today still needs its comment.
    let sorted = suppress::sort(draft, check::check(draft, checker, settings), terms);
    Sorted {
        open: sorted.open.into_iter().filter_map(|finding| layer.apply(finding)).collect(),
        allowed: sorted.allowed.into_iter().filter_map(|(f, why)| Some((layer.apply(f)?, why))).collect(),
    }
}
