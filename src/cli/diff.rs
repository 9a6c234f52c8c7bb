//! `--diff BASE`: only what changed since a commit brought. A finding counts if it stands on a changed line, or if the facts,
//! rules and seeds as they were at that commit do not give it: a draft that nobody touched can be made wrong by a changed
//! fact.

use super::desk::Standing;
use crate::config::load::{self, Built};
use crate::config::{World, absolute};
use crate::disk::read::display;
use crate::draft::Draft;
use crate::knowledge::SourceFile;
use crate::render::FileReport;
use crate::render::item::Item;
use std::collections::{HashMap, HashSet};
use std::io;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError};

/// Changed lines of a file, counted from 1.
type Lines = Vec<RangeInclusive<usize>>;

/// What changed since a commit.
pub struct Changes {
    root: PathBuf,
    base: String,
    lines: HashMap<PathBuf, Lines>,
    /// Worlds as they were; `None` where nothing of them changed.
    worlds: Mutex<HashMap<World, Option<Arc<Built>>>>,
}

impl Changes {
    /// Asks git what changed since `base`, or since the branch left it.
    pub fn since(base: &str) -> io::Result<Self> {
        let here = Path::new(".");
        let root = PathBuf::from(git(here, &["rev-parse", "--show-toplevel"])?.trim_end());
        let commit = format!("{base}^{{commit}}");
        let commit = git(&root, &["rev-parse", "--verify", "--end-of-options", &commit])?.trim().to_string();
        let base =
            git(&root, &["merge-base", "HEAD", &commit]).map_or(commit, |base| base.trim().to_string());
        let patch = git(
            &root,
            &[
                "-c",
                "core.quotePath=false",
                "diff",
                "--unified=0",
                "--no-color",
                "--no-ext-diff",
                "--no-renames",
                &base,
                "--",
            ],
        )?;
        let mut lines = changed(&patch, &root);
        for name in git(&root, &["ls-files", "--others", "--exclude-standard", "-z"])?.split('\0') {
            if !name.is_empty() {
                lines.insert(root.join(name), vec![1..=usize::MAX]);
            }
        }
        Ok(Changes { root, base, lines, worlds: Mutex::default() })
    }

    /// Takes out of a report what the changes did not bring.
    pub fn filter(&self, standing: &Standing, draft: &Draft, report: &mut FileReport) {
        let path = self.real(Path::new(&report.path));
        let empty = Lines::new();
        let lines = self.lines.get(&path).unwrap_or(&empty);
        let before: Option<HashSet<Key>> = self.before(standing).map(|built| {
            let old = standing.with(built);
            let found = old.judge(draft);
            old.report(Path::new(&report.path), draft, &found.sorted).findings.iter().map(key).collect()
        });
        report.findings.retain(|item| {
            let touched =
                lines.iter().any(|range| *range.start() <= item.end.line && item.start.line <= *range.end());
            touched || before.as_ref().is_some_and(|before| !before.contains(&key(item)))
        });
    }

    /// Facts, rules and seeds as they were, if that is different.
    fn before(&self, standing: &Standing) -> Option<Arc<Built>> {
        let mut worlds = self.worlds.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = worlds.entry(standing.world.clone());
        entry.or_insert_with(|| self.rebuilt(&standing.world, &standing.built).map(Arc::new)).clone()
    }

    fn rebuilt(&self, world: &World, now: &Built) -> Option<Built> {
        let roots: Vec<PathBuf> =
            world.facts.iter().chain(&world.rules).chain(&world.seeds).map(|root| self.real(root)).collect();
        let mut changed: Vec<&PathBuf> =
            self.lines.keys().filter(|path| roots.iter().any(|root| path.starts_with(root))).collect();
        if changed.is_empty() {
            return None;
        }
        changed.sort();
        let mut files: Vec<SourceFile> = now.files.clone();
        files.retain(|file| load::is_embedded(file) || !changed.contains(&&self.real(Path::new(&file.name))));
        for path in changed {
            let Ok(inside) = path.strip_prefix(&self.root) else { continue };
            // What did not exist then is simply not there.
            if let Ok(text) = git(&self.root, &["show", &format!("{}:{}", self.base, display(inside))]) {
                files.push(SourceFile { name: display(path), text });
            }
        }
        Some(load::from_files(files, world))
    }

    /// The path as git names it, links resolved.
    fn real(&self, path: &Path) -> PathBuf {
        path.canonicalize().unwrap_or_else(|_| absolute(path))
    }
}

/// What makes two findings the same, whatever the facts say of them.
type Key = (String, usize, usize);

fn key(item: &Item) -> Key {
    (item.rule.clone(), item.span.start, item.span.end)
}

/// The new lines of each file in a patch without context. Files that are gone have none, but are named.
fn changed(patch: &str, root: &Path) -> HashMap<PathBuf, Lines> {
    let mut files: HashMap<PathBuf, Lines> = HashMap::new();
    let (mut old, mut current) = (None, None);
    for line in patch.lines() {
        if let Some(name) = line.strip_prefix("--- ") {
            old = name.strip_prefix("a/").map(|name| root.join(name.trim_end_matches('\t')));
        } else if let Some(name) = line.strip_prefix("+++ ") {
            let new = name.strip_prefix("b/").map(|name| root.join(name.trim_end_matches('\t')));
            current = new.or_else(|| old.take());
            files.extend(current.clone().map(|path| (path, Lines::new())));
        } else if let Some(range) = line.strip_prefix("@@ ").and_then(added)
            && let Some(lines) = current.as_ref().and_then(|path| files.get_mut(path))
        {
            lines.push(range);
        }
    }
    files
}

/// The `+start,count` of a hunk's head. Where lines were only taken out, the one before them counts as changed.
fn added(head: &str) -> Option<RangeInclusive<usize>> {
    let range = head.split(' ').find_map(|part| part.strip_prefix('+'))?;
    let (start, count) = range.split_once(',').unwrap_or((range, "1"));
    let (start, count): (usize, usize) = (start.parse().ok()?, count.parse().ok()?);
    Some(start..=start + count.saturating_sub(1))
}

fn git(folder: &Path, args: &[&str]) -> io::Result<String> {
    let fault = |what: String| io::Error::other(format!("--diff needs git: {what}"));
    let done = Command::new("git").arg("-C").arg(folder).args(args).output();
    let done = done.map_err(|error| fault(error.to_string()))?;
    match done.status.success() {
        true => String::from_utf8(done.stdout).map_err(|error| fault(error.to_string())),
        false => Err(fault(String::from_utf8_lossy(&done.stderr).trim().to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_a_patch_adds() {
        let patch = "diff --git a/x y.md b/x y.md\n--- a/x y.md\t\n+++ b/x y.md\t\n@@ -3 +3,2 @@ head\n-+++ b/z\n+a\n+b\n@@ -9,2 +10,0 @@\n-c\n\
                     diff --git a/gone.yaml b/gone.yaml\n--- a/gone.yaml\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n";
        let files = changed(patch, Path::new("/r"));
        assert_eq!(files[Path::new("/r/x y.md")], [3..=4, 10..=10]);
        assert!(files.contains_key(Path::new("/r/gone.yaml")));
        assert_eq!(files.len(), 2);
    }
}
