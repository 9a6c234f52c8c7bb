//! Which configuration holds for a file: the `claimlint.yaml` nearest to it walking up, what that extends, and over both
//! what the command line or the editor says. Command line and language server ask the same [`Resolver`].

pub mod file;
pub mod layer;
pub mod load;
mod judge;
mod resolve;
mod show;

pub use judge::{rules, wanted};
pub(crate) use resolve::absolute;
pub use resolve::{Asked, FILE_NAME, Resolver, astray};

use crate::render::Trouble;
use file::{Glob, Override};
use layer::{Layer, Origin, Set};
use std::path::{Path, PathBuf};

/// What holds for the files of one folder, all layers merged.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The nearest configuration file, if any.
    pub path: Option<PathBuf>,
    /// The facts, rules and seeds to judge by.
    pub world: World,
    base: Layer,
    asked: Layer,
    overrides: Vec<Override>,
    include: Vec<Set<Glob>>,
    exclude: Vec<Set<Glob>>,
    sources: Vec<(&'static str, Set<PathBuf>)>,
    vocabulary: Vec<Set<String>>,
    builtin: Set<bool>,
    /// The configuration files that were read, the nearest and what it extends.
    pub files: Vec<PathBuf>,
    /// What is wrong in them.
    pub troubles: Vec<Trouble>,
    /// What it names that is not there; it may come.
    pub absent: Vec<PathBuf>,
}

/// Where facts, rules and seeds come from. Equal worlds share one checker.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct World {
    /// Whether the facts that come with the program hold.
    pub builtin_facts: bool,
    /// Further facts: files or folders.
    pub facts: Vec<PathBuf>,
    /// Further rules.
    pub rules: Vec<PathBuf>,
    /// Further seeds.
    pub seeds: Vec<PathBuf>,
    /// Words that pattern rules let pass.
    pub vocabulary: Vec<String>,
    /// Vale installations: their `.vale.ini`, or the folder that holds it.
    pub vale: Vec<PathBuf>,
}

impl Default for World {
    fn default() -> Self {
        World {
            builtin_facts: true,
            facts: Vec::new(),
            rules: Vec::new(),
            seeds: Vec::new(),
            vocabulary: Vec::new(),
            vale: Vec::new(),
        }
    }
}

impl Config {
    /// What holds for one file of the folder: overrides whose globs name it come over the rest.
    pub fn layer(&self, file: &Path) -> Layer {
        let file = resolve::absolute(file);
        let matching = self.overrides.iter().filter(|o| o.files.iter().any(|glob| glob.matches(&file)));
        let merged = matching.fold(self.base.clone(), |below, o| o.layer.clone().over(below));
        self.asked.clone().over(merged)
    }

    /// Why a file is no draft, if it is none: the glob that leaves it out, and where that stands.
    pub fn left_out(&self, file: &Path) -> Option<String> {
        let file = resolve::absolute(file);
        if let Some(glob) = self.exclude.iter().find(|glob| glob.value.matches(&file)) {
            return Some(format!("`exclude` has `{}` ({})", glob.value.pattern, glob.origin));
        }
        let first = self.include.first()?;
        let included = self.include.iter().any(|glob| glob.value.matches(&file));
        (!included).then(|| format!("no glob of `include` names it ({})", first.origin))
    }

    /// Every rule that the configuration names, with the place, so that unknown ones can be reported.
    pub fn named_rules(&self) -> impl Iterator<Item = (&str, &Origin)> {
        let layers = [&self.base, &self.asked].into_iter().chain(self.overrides.iter().map(|o| &o.layer));
        layers.flat_map(Layer::rules)
    }
}

impl Default for Set<bool> {
    fn default() -> Self {
        Set { value: true, origin: Origin::Default }
    }
}
