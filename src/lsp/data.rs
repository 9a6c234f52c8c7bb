//! Fact, rule and configuration files as documents: what is wrong in them as they stand in the editor, saved or not.

use super::library::World;
use super::reading::file;
use crate::config;
use crate::knowledge::{Knowledge, SourceFile, verify};
use crate::yaml::Problem;
use std::path::Path;
use tower_lsp::ls_types::Uri;

/// What a document is to the linter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// A text to be judged.
    #[default]
    Draft,
    /// Subjects, facts, sources or attributes.
    Facts,
    /// A configuration.
    Config,
    /// Somebody else's file.
    Other,
}

impl Kind {
    /// By name and, where the name leaves it open, by what stands in it.
    pub fn of(uri: &Uri, language: &str, text: impl FnOnce() -> String) -> Self {
        let name = uri.path().as_str().rsplit('/').next().unwrap_or_default();
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        if name == config::FILE_NAME {
            return Kind::Config;
        }
        if language != "yaml" && ending != "yaml" && ending != "yml" {
            return Kind::Draft;
        }
        let text = text();
        let keys = ["subject:", "subjects:", "attributes:", "sources:"];
        // By its lines, so that a file that is no valid YAML at the moment stays what it is.
        match text.lines().any(|line| keys.iter().any(|key| line.starts_with(key))) {
            true => Kind::Facts,
            false => Kind::Other,
        }
    }
}

/// What is wrong in a file of that kind.
pub fn problems(kind: Kind, uri: &Uri, text: &str, world: &World) -> Vec<Problem> {
    match kind {
        Kind::Draft | Kind::Other => Vec::new(),
        Kind::Facts => facts(uri, text, world),
        Kind::Config => {
            let path = file(uri).unwrap_or_default();
            config::file::read(&path, config::FILE_NAME, text).1
        }
    }
}

/// The file is loaded together with all others, in the place of what of it is on disk.
fn facts(uri: &Uri, text: &str, world: &World) -> Vec<Problem> {
    let mut files = world.built.files.clone();
    let place = world.shelf.shown_at(uri).unwrap_or_else(|| {
        let name = file(uri).map(|path| shown(&path)).unwrap_or_else(|| uri.as_str().to_owned() + ".yaml");
        files.push(SourceFile { name, text: String::new() });
        files.len() - 1
    });
    if let Some(file) = files.get_mut(place) {
        text.clone_into(&mut file.text);
    }
    let (knowledge, mut problems) = Knowledge::load(&files);
    problems.extend(verify(&knowledge));
    problems.retain(|problem| problem.file == place);
    problems.sort_by_key(|problem| problem.span);
    problems
}

fn shown(path: &Path) -> String {
    crate::disk::read::display(path)
}
