//! Configurations, facts and rules as of one moment, read from disk when a document first needs them.
//!
//! Nothing in it changes: when a file does, a new library with the next generation takes its place, and everything open
//! is judged anew. It does IO, so it is asked only off the protocol's thread.

use super::record;
use super::shelf::Shelf;
use super::workspace::Survey;
use crate::check::{self, Settings};
use crate::config::layer::Layer;
use crate::config::load::{self, Built};
use crate::config::{self, Asked, Resolver};
use crate::disk::clock::today;
use crate::draft::{Draft, Format};
use crate::render::Trouble;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// When a file was last written, and how long it is.
pub type Stamp = (SystemTime, u64);

/// How a document without a file would be called in its folder.
const UNTITLED: &str = "untitled.md";

/// The endings of what a Vale installation is made of.
const VALE: [&str; 4] = ["ini", "yml", "yaml", "txt"];

/// A library.
#[derive(Debug, Default)]
pub struct Library {
    /// Rises from library to library.
    pub generation: u64,
    resolver: Resolver,
    loaded: load::Library,
    worlds: Mutex<HashMap<config::World, Arc<World>>>,
    surveys: Mutex<HashMap<PathBuf, (Stamp, Arc<Survey>)>>,
    /// Where documents without a file count as standing.
    root: Option<PathBuf>,
}

/// Facts and rules with the files they stand in.
#[derive(Debug, Default)]
pub struct World {
    /// Facts and rules.
    pub built: Arc<Built>,
    /// Their files.
    pub shelf: Shelf,
}

/// What holds for one document.
#[derive(Debug)]
pub struct Standing {
    /// Facts and rules.
    pub world: Arc<World>,
    /// What is wanted of findings.
    pub layer: Layer,
    /// The check's settings.
    pub settings: Settings,
    /// Where its project records facts, if it has facts of its own.
    pub record: Option<PathBuf>,
    /// Why it is no draft, if it is none.
    pub left_out: Option<String>,
}

/// Quotes that show a checker what drafts are like.
const QUOTES: usize = 40;

/// Judges what the facts quote: some of what judging needs is made at its first use, for which nobody then waits.
fn warm(standing: &Standing) {
    let checker = &standing.world.built.checker;
    checker.warm();
    let quotes: Vec<&str> =
        checker.knowledge.facts.iter().filter_map(|fact| fact.quote.as_deref()).take(QUOTES).collect();
    check::check(&Draft::parse(&quotes.join(" "), Format::Markdown), checker, &standing.settings);
}

impl Library {
    /// A library that has read nothing yet.
    pub fn new(generation: u64, asked: Asked, root: Option<PathBuf>) -> Self {
        Library { generation, resolver: Resolver::new(asked), root, ..Library::default() }
    }

    /// Reads what holds in these folders, and for documents without a file.
    pub fn load(&self, roots: &[PathBuf]) {
        warm(&self.standing(None));
        roots.iter().skip(1).for_each(|root| drop(self.standing(Some(&root.join(UNTITLED)))));
    }

    /// What holds for a file, or for a document without one.
    pub fn standing(&self, file: Option<&Path>) -> Standing {
        let nowhere = || self.root.clone().unwrap_or_default().join(UNTITLED);
        let file = file.map_or_else(nowhere, Path::to_path_buf);
        let config = self.resolver.config(&file);
        let layer = config.layer(&file);
        let world = self.world(&config.world);
        Standing {
            settings: Settings {
                today: today(),
                as_of: layer.as_of.as_ref().map(|day| day.value),
                patterns: world.built.selection(&file),
            },
            world,
            record: record::place(&config.world.facts),
            left_out: config.left_out(&file),
            layer,
        }
    }

    /// What is wrong in the configurations, facts and rules that were needed so far.
    pub fn troubles(&self) -> Vec<Trouble> {
        self.resolver.troubles().into_iter().chain(self.loaded.troubles()).collect()
    }

    /// All facts and rules that were needed so far, in no order that depends on chance.
    pub fn worlds(&self) -> Vec<Arc<World>> {
        let worlds = self.worlds.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all: Vec<(&config::World, &Arc<World>)> = worlds.iter().collect();
        all.sort_by_key(|(of, _)| (&of.facts, &of.rules, &of.seeds));
        all.into_iter().map(|(_, world)| world.clone()).collect()
    }

    /// Whether a change of that file or folder changes anything in here.
    pub fn concerns(&self, file: &Path) -> bool {
        if file.file_name().is_some_and(|name| name == config::FILE_NAME) {
            return true;
        }
        // What configurations name has its links resolved.
        let real = file.canonicalize().unwrap_or_else(|_| file.to_path_buf());
        let worlds = self.worlds.lock().unwrap_or_else(PoisonError::into_inner);
        let mut named = worlds.keys().flat_map(|world| [&world.facts, &world.rules, &world.seeds]).flatten();
        let touches = |named: &PathBuf| {
            real.starts_with(named)
                || file.starts_with(named)
                || named.starts_with(&real)
                || named.starts_with(file)
        };
        // The styles of a Vale installation stand somewhere below its configuration.
        let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let vale =
            |path: &PathBuf| VALE.contains(&ending) && path.parent().is_some_and(|top| real.starts_with(top));
        let config = |config: &Arc<config::Config>| {
            config.absent.iter().chain(&config.files).any(touches) || config.world.vale.iter().any(vale)
        };
        named.any(touches) || self.resolver.configs().iter().any(config)
    }

    /// What a file of that stamp said when it was surveyed.
    pub fn surveyed(&self, file: &Path, stamp: Stamp) -> Option<Arc<Survey>> {
        let surveys = self.surveys.lock().unwrap_or_else(PoisonError::into_inner);
        surveys.get(file).filter(|(known, _)| *known == stamp).map(|(_, survey)| survey.clone())
    }

    /// Keeps what a file says.
    pub fn keep(&self, file: PathBuf, stamp: Stamp, survey: Arc<Survey>) {
        self.surveys.lock().unwrap_or_else(PoisonError::into_inner).insert(file, (stamp, survey));
    }

    fn world(&self, of: &config::World) -> Arc<World> {
        let mut worlds = self.worlds.lock().unwrap_or_else(PoisonError::into_inner);
        let build = || {
            let built = self.loaded.get(of);
            Arc::new(World { shelf: Shelf::new(built.clone()), built })
        };
        worlds.entry(of.clone()).or_insert_with(build).clone()
    }
}
