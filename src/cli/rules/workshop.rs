//! The rules that a subcommand works on, each with its file and its tree.

use crate::cli::args;
use crate::cli::desk::Desk;
use crate::disk::embedded;
use crate::disk::load::gather;
use crate::draft::Draft;
use crate::knowledge::SourceFile;
use crate::render::Trouble;
use crate::rule::example::Example;
use crate::rule::finding::Finding;
use crate::rule::pattern::{PatternRule, PatternSet, Reader, Selection, Vocabulary};
use crate::yaml::{self, Node, NodeKind, Problems};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Rule files, read.
#[derive(Debug, Default)]
pub struct Workshop {
    /// The files.
    pub files: Vec<SourceFile>,
    /// The rules in them, in order.
    pub rules: Vec<Entry>,
    /// What is wrong in them.
    pub troubles: Vec<Trouble>,
}

/// One rule of a file.
#[derive(Debug)]
pub struct Entry {
    /// What it is called.
    pub name: String,
    /// Index of its file.
    pub file: usize,
    /// Its tree.
    pub node: Node,
    /// The rule, ready to run.
    pub set: PatternSet,
}

impl Workshop {
    /// Reads the rules under these paths; with none, those of the configuration, or `./rules`, or the program's own.
    pub fn open(paths: &[PathBuf]) -> Workshop {
        let mut workshop = Workshop::default();
        let mut paths = paths.to_vec();
        if paths.is_empty() {
            let desk = Desk::new(&args::Choice::default(), &args::World::default());
            let (config, _) = desk.at(Path::new("draft.md"));
            paths = config.world.rules.clone();
        }
        if paths.is_empty() && Path::new("rules").is_dir() {
            paths.push(PathBuf::from("rules"));
        }
        match paths.is_empty() {
            true => workshop.files = own_files(),
            false => {
                for path in &paths {
                    gather(path, &["yaml", "yml"], &mut workshop.files, &mut workshop.troubles);
                }
            }
        }
        for index in 0..workshop.files.len() {
            workshop.read(index);
        }
        workshop
    }

    /// The rule of that name; its absence is said with the names that are there.
    pub fn rule(&self, name: &str) -> io::Result<&Entry> {
        self.rules.iter().find(|rule| rule.name == name).ok_or_else(|| {
            let names: Vec<&str> = self.rules.iter().map(|rule| rule.name.as_str()).collect();
            io::Error::other(format!("there is no rule `{name}` here; there are: {}", names.join(", ")))
        })
    }

    /// Tells what is wrong in the files; whether there is anything.
    pub fn tell_troubles(&self) -> io::Result<bool> {
        let mut out = io::stderr().lock();
        for trouble in &self.troubles {
            writeln!(out, "{trouble}")?;
        }
        Ok(!self.troubles.is_empty())
    }

    /// `file:line:column` of a byte in a file.
    pub fn place(&self, file: usize, offset: usize) -> String {
        let Some(file) = self.files.get(file) else { return String::new() };
        let at = Trouble::at(file.name.as_str(), &file.text, offset, "");
        format!("{}:{}:{}", at.path, at.line, at.column)
    }

    fn read(&mut self, index: usize) {
        let file = self.files[index].clone();
        let (nodes, found) = yaml::parse_all(&file.text);
        let rules = nodes.into_iter().filter(is_pattern_rule);
        let rules: Vec<Node> = rules.collect();
        if !rules.is_empty() {
            self.troubles.extend(found.iter().map(|p| Trouble::in_yaml(&file.name, &file.text, p)));
        }
        for node in rules {
            let problems = Problems::new(index);
            let rule = read_rule(&node, &problems);
            let told = problems.take();
            self.troubles.extend(told.iter().map(|p| Trouble::in_yaml(&file.name, &file.text, p)));
            if let Some(rule) = rule {
                let name = rule.name.clone();
                self.rules.push(Entry { name, file: index, node, set: PatternSet::new(vec![rule]) });
            }
        }
    }
}

impl Entry {
    /// The rule itself.
    pub fn rule(&self) -> Option<&PatternRule> {
        self.set.rules().first()
    }

    /// Its examples.
    pub fn examples(&self) -> &[Example] {
        self.rule().map_or(&[], |rule| &rule.examples)
    }

    /// What it finds in a draft.
    pub fn findings(&self, draft: &Draft) -> Vec<Finding> {
        self.set.check(draft, &Selection::default())
    }
}

/// A rule by itself from a tree; `None` if it cannot run.
pub fn alone(node: &Node) -> Option<PatternSet> {
    let problems = Problems::new(0);
    read_rule(node, &problems).map(|rule| PatternSet::new(vec![rule]))
}

fn read_rule(node: &Node, problems: &Problems) -> Option<PatternRule> {
    let vocabulary = Vocabulary::default();
    Reader { vocabulary: &vocabulary, ascii: false, file: problems.file() }.read(&problems.item(node))
}

/// A rule file's document that has a `kind`.
fn is_pattern_rule(node: &Node) -> bool {
    let NodeKind::Map(entries) = &node.kind else { return false };
    let has = |name: &str| {
        entries.iter().any(|(key, _)| matches!(&key.kind, NodeKind::Scalar { text, .. } if text == name))
    };
    has("rule") && has("kind")
}

fn own_files() -> Vec<SourceFile> {
    let rules =
        embedded::FILES.iter().filter(|(name, _)| name.starts_with("rules/") && name.ends_with(".yaml"));
    rules.map(|(name, text)| SourceFile { name: name.to_string(), text: text.to_string() }).collect()
}
