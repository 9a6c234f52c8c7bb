//! Facts, rules and seeds from the program itself and from disk, made into checkers. Each world is built once.

use super::World;
use crate::check::Checker;
use crate::disk::embedded;
use crate::disk::read::{self, display};
use crate::import::vale;
use crate::knowledge::SourceFile;
use crate::render::Trouble;
use crate::rule::parts::Hands;
use crate::rule::pattern::{PatternSet, Selection};
use crate::yaml::Problem;
use ignore::WalkBuilder;
use std::collections::HashMap;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// The endings of dictionaries, which stand beside the rules that check spelling by them.
const DICTIONARIES: [&str; 2] = ["aff", "dic"];

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
    /// Attribute and fact files and seeds, as [`crate::knowledge::Fact::place`] counts them.
    pub files: Vec<SourceFile>,
    /// What could not be read or does not fit.
    pub troubles: Vec<Trouble>,
    /// How long that took.
    pub took: Duration,
    /// Which rules of Vale installations run where.
    vale: Vec<vale::Config>,
}

impl Built {
    /// Which pattern rules run on a file.
    pub fn selection(&self, path: &Path) -> Selection {
        let mut selection = Selection::default();
        self.vale.iter().for_each(|config| selection.extend(config.selection(path)));
        selection
    }
}

impl Library {
    /// The checker of a world.
    pub fn get(&self, world: &World) -> Arc<Built> {
        let mut built = self.built.lock().unwrap_or_else(PoisonError::into_inner);
        built.entry(world.clone()).or_insert_with(|| Arc::new(build(world))).clone()
    }

    /// All that was built so far.
    pub fn all(&self) -> Vec<Arc<Built>> {
        self.built.lock().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }

    /// What was wrong with any file that was loaded so far.
    pub fn troubles(&self) -> Vec<Trouble> {
        let mut troubles: Vec<_> = self.all().iter().flat_map(|built| built.troubles.clone()).collect();
        troubles.sort();
        troubles.dedup();
        troubles
    }
}

/// Every file on disk that a world is built from, and some beside it that it would not read.
pub fn files_of(world: &World) -> Vec<PathBuf> {
    files_under(world.facts.iter().chain(&world.rules).chain(&world.seeds).chain(&world.vale)).collect()
}

/// Every file under some paths, in order.
pub fn files_under<'a>(roots: impl IntoIterator<Item = &'a PathBuf>) -> impl Iterator<Item = PathBuf> {
    let walk = |root| WalkBuilder::new(root).standard_filters(false).sort_by_file_path(Path::cmp).build();
    let files = roots.into_iter().flat_map(walk);
    files.filter_map(|entry| Some(entry.ok()?.into_path()))
}

fn build(world: &World) -> Built {
    let started = Instant::now();
    let mut troubles = Vec::new();
    let mut files: Vec<SourceFile> = embedded::FILES
        .iter()
        .filter(|(name, _)| match name.split_once('/') {
            Some(("rules", rest)) => world.builtin_facts || !rest.starts_with("facts/"),
            _ => world.builtin_facts,
        })
        .map(|(name, text)| SourceFile { name: name.to_string(), text: text.to_string() })
        .collect();
    for path in &world.facts {
        // A fact file may stand beside the documents that it quotes.
        gather(path, &["yaml", "yml", "txt", "md", "html"], &mut files, &mut troubles);
    }
    for path in &world.seeds {
        gather(path, &["txt", "md", "html"], &mut files, &mut troubles);
    }
    for path in &world.rules {
        gather_rules(path, &mut files, &mut troubles);
    }
    replace_own(&mut files);
    let built = from_files(files, world);
    troubles.extend(built.troubles);
    Built { troubles, took: started.elapsed(), ..built }
}

/// Two threads.
struct AtOnce;

impl Hands for AtOnce {
    fn both<A: Send, B>(&self, one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B) -> (A, B) {
        thread::scope(|scope| {
            let one = scope.spawn(one);
            let other = other();
            (one.join().unwrap_or_else(|panic| resume_unwind(panic)), other)
        })
    }
}

/// A checker of just these files, and of a world's Vale folders.
pub fn from_files(files: Vec<SourceFile>, world: &World) -> Built {
    let (mut checker, problems) = Checker::load_with(&files, &world.vocabulary, &AtOnce);
    // A project that declares an attribute anew leaves the program's own rules values that nobody declares, which is no fault
    // of its files.
    let theirs = problems.iter().filter(|problem| !files.get(problem.file).is_some_and(is_embedded));
    let mut troubles: Vec<Trouble> = theirs.map(|problem| trouble(&files, problem)).collect();
    let mut vale = Vec::new();
    for path in &world.vale {
        let read = vale::load(path);
        troubles.extend(read.troubles);
        checker.patterns.push(Arc::new(PatternSet::new(read.rules)));
        vale.push(read.config);
    }
    Built { checker, files, troubles, vale, ..Built::default() }
}

/// Whether a file came with the program, not from disk.
pub fn is_embedded(file: &SourceFile) -> bool {
    embedded::FILES.iter().any(|(name, text)| *name == file.name && *text == file.text)
}

fn trouble(files: &[SourceFile], problem: &Problem) -> Trouble {
    let (name, text) = files.get(problem.file).map_or(("", ""), |file| (&file.name, &file.text));
    Trouble::in_yaml(name, text, problem)
}

/// Rules under a path, and the dictionaries beside them.
pub fn gather_rules(path: &Path, files: &mut Vec<SourceFile>, troubles: &mut Vec<Trouble>) {
    let [aff, dic] = DICTIONARIES;
    gather(path, &["yaml", "yml", aff, dic], files, troubles);
    if let Some(folder) = path.parent().filter(|_| path.is_file()) {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        gather(folder, &DICTIONARIES, files, troubles);
    }
}

/// A project's rule takes the place of the program's own of that name.
fn replace_own(files: &mut Vec<SourceFile>) {
    let name = |file: &SourceFile| rule_name(&file.text).map(str::to_string);
    let theirs: Vec<String> = files.iter().filter(|file| !is_embedded(file)).filter_map(name).collect();
    if theirs.is_empty() {
        return;
    }
    files.retain(|file| {
        let own = file.name.starts_with("rules/") && is_embedded(file);
        !(own && name(file).is_some_and(|name| theirs.contains(&name)))
    });
}

/// What the rule in a file is called, if there is one.
pub fn rule_name(text: &str) -> Option<&str> {
    text.lines().find_map(|line| line.strip_prefix("rule:")).map(str::trim)
}

/// The text files under a path with one of these endings; a file that is named itself is taken as it is.
pub fn gather(path: &Path, endings: &[&str], files: &mut Vec<SourceFile>, troubles: &mut Vec<Trouble>) {
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
            Ok(text) => files.push(SourceFile { name: display(&path), text }),
            Err(trouble) => troubles.push(trouble),
        }
    }
}
