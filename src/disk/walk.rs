//! The drafts under the paths that a user names.

use super::read::{display, format_of};
use crate::render::Trouble;
use ignore::{DirEntry, WalkBuilder};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// Name of the file that lists what is no draft, in `.gitignore`'s syntax.
pub const IGNORE_FILE: &str = ".claimlintignore";

/// Every draft under `paths`, in the order given and by name inside folders. What `.gitignore` or `.claimlintignore`
/// ignores is left out, as are hidden files; a file that is named itself is always taken, whatever its ending.
pub fn drafts(paths: &[PathBuf]) -> impl Iterator<Item = Result<PathBuf, Trouble>> + Send + use<> {
    let mut seen = HashSet::new();
    let roots: Vec<PathBuf> = paths.iter().filter(|path| seen.insert(path.to_path_buf())).cloned().collect();
    roots.into_iter().flat_map(under)
}

/// The paths without the files among them that a walk from the working folder would pass over.
pub fn without_ignored(paths: &[PathBuf]) -> Vec<PathBuf> {
    let wanted: Vec<PathBuf> = paths.iter().map(|path| plain(path).to_path_buf()).collect();
    let on_the_way = move |entry: &DirEntry| wanted.iter().any(|path| path.starts_with(plain(entry.path())));
    let walk = walker(Path::new(".")).filter_entry(on_the_way).build();
    let kept: HashSet<PathBuf> =
        walk.filter_map(|entry| Some(plain(entry.ok()?.path()).to_path_buf())).collect();
    let passed_over = |path: &Path| path.is_file() && !path.is_absolute() && !kept.contains(plain(path));
    paths.iter().filter(|path| !passed_over(path)).cloned().collect()
}

fn plain(path: &Path) -> &Path {
    path.strip_prefix(".").unwrap_or(path)
}

fn walker(root: &Path) -> WalkBuilder {
    let mut walk = WalkBuilder::new(root);
    walk.add_custom_ignore_filename(IGNORE_FILE).require_git(false).sort_by_file_path(Path::cmp);
    walk
}

fn under(root: PathBuf) -> Box<dyn Iterator<Item = Result<PathBuf, Trouble>> + Send> {
    if !root.is_dir() {
        return Box::new(std::iter::once(Ok(root)));
    }
    let walk = walker(&root).build();
    Box::new(walk.filter_map(|entry| match entry {
        Ok(entry) => {
            let file = entry.file_type().is_some_and(|kind| kind.is_file());
            (file && format_of(entry.path()).is_some()).then(|| Ok(entry.into_path()))
        }
        Err(error) => Some(Err(trouble(&error))),
    }))
}

fn trouble(error: &ignore::Error) -> Trouble {
    let (path, message) = match error {
        ignore::Error::WithPath { path, err } => (display(path), err.to_string()),
        other => (String::new(), other.to_string()),
    };
    Trouble::whole(path, format!("cannot be read: {message}"))
}
