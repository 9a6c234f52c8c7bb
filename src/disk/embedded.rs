//! Rules, facts and seeds that are compiled into the program, so that nothing needs to be installed or fetched.

/// Path under `rules/` or `seeds/` with that folder's name in front, and the text. A test compares this list with the
/// folders.
pub const FILES: &[(&str, &str)] = &[
    embed!("seeds/muse-spark-the-proprietary-pivot.txt"),
];
