//! Facts, rules and seeds from the program itself and from disk, made into checkers. Each world is built once.

use super::embedded;
use super::read::{self, display};
use crate::check::Checker;
use crate::config::World;
use crate::render::Trouble;
use ignore::WalkBuilder;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// A file of facts, rules, language or a seed: how messages call it, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// `rules/facts/x.yaml`, or a path on disk.
    pub name: String,
    /// Word for word.
    pub text: String,
}

/// Every checker that was needed so far.
#[derive(Debug, Default)]
pub struct Library {
    built: Mutex<HashMap<World, Arc<Built>>>,
}

/// A checker and what was wrong with the files it was built from.
#[derive(Debug, Default)]
pub struct Built {
    /// Ready to check drafts.
    pub checker: Checker,
    /// What could not be read or does not fit.
    pub troubles: Vec<Trouble>,
}

impl Library {
    /// The checker of a world.
    pub fn get(&self, world: &World) -> Arc<Built> {
        let mut built = self.built.lock().unwrap_or_else(PoisonError::into_inner);
        built.entry(world.clone()).or_insert_with(|| Arc::new(build(world))).clone()
    }

    /// What was wrong with any file that was loaded so far.
    pub fn troubles(&self) -> Vec<Trouble> {
        let built = self.built.lock().unwrap_or_else(PoisonError::into_inner);
        let mut troubles: Vec<_> = built.values().flat_map(|built| built.troubles.clone()).collect();
        troubles.sort();
        troubles.dedup();
        troubles
    }
}

fn build(world: &World) -> Built {
    let mut built = Built::default();
    let mut files: Vec<Loaded> = embedded::FILES
        .iter()
        .filter(|(name, _)| {
            world.builtin_facts || !name.starts_with("rules/facts/") && !name.starts_with("seeds/")
        })
        .map(|(name, text)| Loaded { name: name.to_string(), text: text.to_string() })
        .collect();
    for path in world.rules.iter().chain(&world.facts) {
        gather(path, &["yaml", "yml"], &mut files, &mut built.troubles);
    }
    for path in &world.seeds {
        gather(path, &["txt", "md", "html"], &mut files, &mut built.troubles);
    }
    built
}

/// The text files under a path with one of these endings; a file that is named itself is taken as it is.
fn gather(path: &Path, endings: &[&str], files: &mut Vec<Loaded>, troubles: &mut Vec<Trouble>) {
    let walk = WalkBuilder::new(path).standard_filters(false).sort_by_file_path(Path::cmp).build();
    for entry in walk {
        let path: PathBuf = match entry {
            Ok(entry) if entry.depth() == 0 && entry.path().is_file() => entry.into_path(),
            Ok(entry) if !entry.file_type().is_some_and(|kind| kind.is_file()) => continue,
            Ok(entry)
                if !entry.path().extension().is_some_and(|e| endings.iter().any(|known| e == *known)) =>
            {
                continue;
            }
            Ok(entry) => entry.into_path(),
            Err(error) => {
                troubles.push(Trouble::whole(display(path), format!("cannot be read: {error}")));
                continue;
            }
        };
        match read::text(&path) {
            Ok(text) => files.push(Loaded { name: display(&path), text }),
            Err(trouble) => troubles.push(trouble),
        }
    }
}
