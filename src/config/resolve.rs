//! Finding and merging configuration files. A configuration leads nowhere outside its project: what it extends and the
//! facts, rules and seeds that it names must lie in the project's folder (the nearest one above with `.git`, else the
//! configuration's own). The command line may name anything.

use super::file::{self, File};
use super::layer::{Layer, Set};
use super::{Config, World};
use crate::disk::read;
use crate::render::Trouble;
use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The configuration file's name.
pub const FILE_NAME: &str = "claimlint.yaml";
/// How long a chain of `extends` may be.
const MAX_EXTENDS: usize = 16;

/// What the command line or the editor asks for, beyond all files.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Laid over everything else.
    pub layer: Layer,
    /// Added to what files name.
    pub world: World,
    /// This file instead of the nearest.
    pub config: Option<PathBuf>,
    /// No file at all.
    pub no_config: bool,
}

/// Finds the configuration of any file, each folder's once.
#[derive(Debug, Default)]
pub struct Resolver {
    asked: Asked,
    /// By the configuration's path; `None` is where there is no file.
    configs: Mutex<HashMap<Option<PathBuf>, Arc<Config>>>,
    nearest: Mutex<HashMap<PathBuf, Option<PathBuf>>>,
}

impl Resolver {
    /// A resolver that has read nothing yet.
    pub fn new(asked: Asked) -> Self {
        Resolver { asked, ..Resolver::default() }
    }

    /// What holds for files in the same folder as `file`, which need not exist.
    pub fn config(&self, file: &Path) -> Arc<Config> {
        let path = match &self.asked.config {
            Some(path) => Some(absolute(path)),
            None if self.asked.no_config => None,
            None => self.nearest(absolute(file).parent().unwrap_or(Path::new("/"))),
        };
        let mut configs = self.configs.lock().unwrap_or_else(PoisonError::into_inner);
        configs.entry(path).or_insert_with_key(|path| Arc::new(self.load(path.as_deref()))).clone()
    }

    /// The configurations read so far.
    pub fn configs(&self) -> Vec<Arc<Config>> {
        let configs = self.configs.lock().unwrap_or_else(PoisonError::into_inner);
        configs.values().cloned().collect()
    }

    /// What is wrong in them.
    pub fn troubles(&self) -> Vec<Trouble> {
        let mut troubles: Vec<_> = self.configs().iter().flat_map(|config| config.troubles.clone()).collect();
        troubles.sort();
        troubles.dedup();
        troubles
    }

    fn nearest(&self, folder: &Path) -> Option<PathBuf> {
        let mut known = self.nearest.lock().unwrap_or_else(PoisonError::into_inner);
        let found = folder.ancestors().find_map(|above| {
            let file = above.join(FILE_NAME);
            known.get(above).cloned().or_else(|| file.is_file().then_some(Some(file)))
        });
        let found = found.flatten();
        known.insert(folder.to_path_buf(), found.clone());
        found
    }

    fn load(&self, path: Option<&Path>) -> Config {
        let mut merge = Merge::default();
        if let Some(path) = path {
            merge.root = project(path);
            merge.file(path, &mut Vec::new());
        }
        let mut config = merge.config;
        let of = |key: &str| {
            config.sources.iter().filter(|(k, _)| *k == key).map(|(_, set)| set.value.clone()).collect()
        };
        let asked = &self.asked.world;
        config.world = World {
            builtin_facts: config.builtin.value,
            facts: of("facts"),
            rules: of("rules"),
            seeds: of("seeds"),
            vocabulary: config.vocabulary.iter().map(|word| word.value.clone()).collect(),
            vale: of("vale"),
        };
        config.world.builtin_facts &= asked.builtin_facts;
        config.world.facts.extend(asked.facts.iter().cloned());
        config.world.rules.extend(asked.rules.iter().cloned());
        config.world.seeds.extend(asked.seeds.iter().cloned());
        config.world.vale.extend(asked.vale.iter().cloned());
        config.asked = self.asked.layer.clone();
        config.path = path.map(Path::to_path_buf);
        config
    }
}

/// What a configuration names that lies outside its project or is not there; its text need not be saved.
pub fn astray(path: &Path, file: &File) -> Vec<Trouble> {
    let mut merge = Merge { root: project(path), ..Merge::default() };
    let named = [&file.extends, &file.facts, &file.rules, &file.seeds, &file.vale];
    named.into_iter().flatten().for_each(|path| drop(merge.inside(path)));
    merge.config.troubles
}

#[derive(Default)]
struct Merge {
    config: Config,
    root: PathBuf,
}

impl Merge {
    /// Reads a file over what is merged already, what it extends first.
    fn file(&mut self, path: &Path, chain: &mut Vec<PathBuf>) {
        let name = shown(path);
        if chain.len() >= MAX_EXTENDS || chain.iter().any(|above| above == path) {
            self.config
                .troubles
                .push(Trouble::whole(name, "`extends` leads in a circle or is too long a chain"));
            return;
        }
        self.config.files.push(path.to_path_buf());
        let source = match read::text(path) {
            Ok(source) => source,
            Err(trouble) => return self.config.troubles.push(Trouble { path: name, ..trouble }),
        };
        let (file, problems) = file::read(path, &name, &source);
        self.config.troubles.extend(problems.iter().map(|p| Trouble::in_yaml(&name, &source, p)));
        chain.push(path.to_path_buf());
        for base in &file.extends {
            if let Some(base) = self.inside(base) {
                self.file(&base.value, chain);
            }
        }
        chain.pop();
        self.over(file);
    }

    fn over(&mut self, file: File) {
        let below = std::mem::take(&mut self.config.base);
        self.config.base = file.layer.over(below);
        self.config.include.extend(file.include);
        self.config.exclude.extend(file.exclude);
        self.config.overrides.extend(file.overrides);
        self.config.vocabulary.extend(file.vocabulary);
        if let Some(builtin) = file.builtin_facts {
            self.config.builtin = builtin;
        }
        let sources =
            [("facts", file.facts), ("rules", file.rules), ("seeds", file.seeds), ("vale", file.vale)];
        for (key, paths) in sources {
            let paths: Vec<_> = paths.iter().filter_map(|path| self.inside(path)).collect();
            self.config.sources.extend(paths.into_iter().map(|path| (key, path)));
        }
    }

    /// The path with its links resolved, if it exists inside the project.
    fn inside(&mut self, path: &Set<PathBuf>) -> Option<Set<PathBuf>> {
        let message = match path.value.canonicalize() {
            Ok(real) if real.starts_with(&self.root) => {
                return Some(Set { value: real, origin: path.origin.clone() });
            }
            Ok(_) => format!(
                "`{}` lies outside the project ({}); name it on the command line if it is meant",
                path.value.display(),
                self.root.display()
            ),
            Err(error) => {
                self.config.absent.push(absolute(&path.value));
                format!("`{}` cannot be read: {error}", path.value.display())
            }
        };
        self.config.troubles.push(match &path.origin {
            super::layer::Origin::File(name, line) => {
                Trouble { path: name.clone(), line: *line, column: 1, message }
            }
            _ => Trouble::whole(path.value.display().to_string(), message),
        });
        None
    }
}

/// The folder that a configuration may not lead out of.
fn project(config: &Path) -> PathBuf {
    let real = config.canonicalize().unwrap_or_else(|_| config.to_path_buf());
    let folder = real.parent().unwrap_or(Path::new("/"));
    folder.ancestors().find(|above| above.join(".git").exists()).unwrap_or(folder).to_path_buf()
}

/// A path from the root, `.` and `..` taken out; links are left as they are.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    let full = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut out = PathBuf::new();
    for part in full.components() {
        match part {
            Component::ParentDir => {
                out.pop();
            }
            Component::CurDir => {}
            other => out.push(other),
        }
    }
    out
}

/// A path as messages show it: from the working folder if it lies under it.
pub(super) fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    read::display(path.strip_prefix(&here).unwrap_or(path))
}
