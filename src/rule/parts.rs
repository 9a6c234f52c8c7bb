//! The files that a checker is made of, told apart by their keys, and the hands that read them.

use super::pattern;
use crate::knowledge::{SourceFile, Tree};
use crate::yaml::{self, Node, NodeKind, Problem};

/// Who does two pieces of work that hang on nothing of each other. What comes of them is the same whoever does it.
pub trait Hands {
    /// Does both.
    fn both<A: Send, B>(&self, one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B) -> (A, B);
}

/// One after the other.
#[derive(Debug, Clone, Copy, Default)]
pub struct InTurn;

impl Hands for InTurn {
    fn both<A: Send, B>(&self, one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B) -> (A, B) {
        (one(), other())
    }
}

/// Files by what they are for.
#[derive(Default)]
pub(super) struct Sorted {
    /// The core's own.
    pub(super) parts: Parts,
    /// Attributes, facts and seeds.
    pub(super) known: Vec<SourceFile>,
    /// Their content.
    pub(super) trees: Vec<Tree>,
    /// Their indexes among all files.
    pub(super) places: Vec<usize>,
}

impl Sorted {
    /// Reads the YAML of files, and what is wrong with it; dictionaries are read with the rules that use them.
    pub(super) fn read(files: &[SourceFile], hands: &impl Hands) -> (Sorted, Vec<Problem>) {
        let (mut sorted, mut problems) = (Sorted::default(), Vec::new());
        for (index, (file, tree)) in files.iter().zip(trees(files, hands)).enumerate() {
            if pattern::is_dictionary(&file.name) {
                continue;
            }
            let kind = tree.as_ref().and_then(|(nodes, _)| nodes.first()).and_then(kind_of);
            match (kind, tree) {
                // What pattern rules know of prose is read by them.
                (Some(FileKind::Prose), _) => {}
                (Some(kind), Some((nodes, found))) => {
                    problems.extend(found.into_iter().map(|p| Problem { file: index, ..p }));
                    sorted.parts.extend(nodes.into_iter().map(|node| (kind, index, node)));
                }
                (_, tree) => {
                    sorted.known.push(file.clone());
                    sorted.trees.push(tree.unwrap_or_default());
                    sorted.places.push(index);
                }
            }
        }
        (sorted, problems)
    }
}

/// The YAML of each file that is YAML, read in two parts of about the same size.
fn trees(files: &[SourceFile], hands: &impl Hands) -> Vec<Option<Tree>> {
    let half = files.iter().map(|file| file.text.len()).sum::<usize>() / 2;
    let mut before = 0;
    let middle = files.iter().position(|file| {
        before += file.text.len();
        before > half
    });
    let (one, other) = files.split_at(middle.unwrap_or(0));
    let read = |file: &SourceFile| is_yaml(&file.name).then(|| yaml::parse_all(&file.text));
    let (mut trees, rest) = hands
        .both(|| one.iter().map(read).collect::<Vec<_>>(), || other.iter().map(read).collect::<Vec<_>>());
    trees.extend(rest);
    trees
}

/// The core's own files: kind, index and content.
pub(super) type Parts = Vec<(FileKind, usize, Node)>;

/// A kind of file that is neither facts nor a seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileKind {
    Language,
    Values,
    Licences,
    Metrics,
    Rule,
    Pattern,
    Prose,
    Pack,
}

/// The top-level key that tells a file's kind.
const MARKS: [(&str, FileKind); 7] = [
    ("pack", FileKind::Pack),
    ("language", FileKind::Language),
    ("numbers", FileKind::Values),
    ("licences", FileKind::Licences),
    ("metrics", FileKind::Metrics),
    ("rule", FileKind::Rule),
    ("titles", FileKind::Prose),
];

pub(super) fn of_kind(parts: &Parts, kind: FileKind) -> impl Iterator<Item = (usize, &Node)> {
    parts.iter().filter(move |(k, _, _)| *k == kind).map(|(_, file, node)| (*file, node))
}

fn is_yaml(name: &str) -> bool {
    name.ends_with(".yaml") || name.ends_with(".yml")
}

fn kind_of(node: &Node) -> Option<FileKind> {
    let NodeKind::Map(entries) = &node.kind else { return None };
    let has = |mark: &str| {
        entries.iter().any(|(key, _)| matches!(&key.kind, NodeKind::Scalar { text, .. } if text == mark))
    };
    // A pattern rule may have keys that mark other files (`metrics`), and a fact file has a `kind` too.
    if has("rule") && has("kind") {
        return Some(FileKind::Pattern);
    }
    MARKS.iter().find(|(mark, _)| has(mark)).map(|(_, kind)| *kind)
}
