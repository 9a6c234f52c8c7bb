//! The rules that a subcommand works on, each with its file and its tree.

use crate::check::{self, Checker, Settings};
use crate::cli::args;
use crate::cli::desk::Desk;
use crate::config::World;
use crate::config::load::{gather, gather_rules};
use crate::disk::embedded;
use crate::draft::Draft;
use crate::knowledge::SourceFile;
use crate::render::{Trouble, severity_name};
use crate::rule::example::Example;
use crate::rule::finding::{Finding, Severity};
use crate::rule::pattern::{PatternRule, PatternSet, Reader, Selection, Vocabulary, is_dictionary};
use crate::yaml::{self, Node, NodeKind, Problems};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Rule files, read.
#[derive(Debug, Default)]
pub struct Workshop {
    /// The files.
    pub files: Vec<SourceFile>,
    /// The rules in them, in order.
    pub rules: Vec<Entry>,
    /// What is wrong in them.
    pub troubles: Vec<Trouble>,
    /// The files and folders that they were read from.
    pub roots: Vec<PathBuf>,
    /// What rules that compare with facts need beside themselves.
    others: Vec<SourceFile>,
    /// What rules on wording need beside themselves.
    words: Vocabulary,
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
    /// What it is, for people.
    pub card: Card,
    /// Sentences that prove it.
    pub examples: Vec<Example>,
    engine: Engine,
}

/// What a rule says of itself.
#[derive(Debug, Clone, Default)]
pub struct Card {
    /// One line about it.
    pub title: String,
    /// `existence`, `claim` …
    pub kind: &'static str,
    /// How bad its findings are.
    pub severity: Severity,
    /// Why it is there.
    pub why: String,
    /// When it says nothing.
    pub quiet_when: String,
    /// What a finding says.
    pub message: String,
    /// A page about it.
    pub link: Option<String>,
}

/// What a rule finds in a draft.
pub type Findings = Box<dyn Fn(&Draft) -> Vec<Finding>>;

/// How it is run.
#[derive(Debug, Clone)]
enum Engine {
    Pattern(Arc<PatternSet>),
    Facts(Arc<Checker>),
}

impl Workshop {
    /// Reads the rules under these paths; with none, those of the configuration, or `./rules`, or the program's own.
    pub fn open(paths: &[PathBuf]) -> Workshop {
        let mut workshop = Workshop::default();
        let desk = Desk::new(&args::Choice::default(), &args::World::default());
        let (config, _) = desk.at(Path::new("draft.md"));
        let mut paths = paths.to_vec();
        if paths.is_empty() {
            paths = config.world.rules.clone();
        }
        if paths.is_empty() && Path::new("rules").is_dir() {
            paths.push(PathBuf::from("rules"));
        }
        for path in &paths {
            gather_rules(path, &mut workshop.files, &mut workshop.troubles);
        }
        if paths.is_empty() {
            let rules =
                own_files().filter(|file| file.name.starts_with("rules/") && file.name.ends_with(".yaml"));
            workshop.files = rules.collect();
        }
        workshop.roots = paths;
        let accept = config.world.vocabulary.clone();
        workshop.words = Vocabulary { accept, ..Vocabulary::of(&workshop.files) };
        workshop.files.retain(|file| !is_dictionary(&file.name));
        workshop.read(&config.world);
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

    /// What an altered rule finds in a draft; `None` if it cannot run.
    pub fn altered(&self, entry: &Entry, node: &Node) -> Option<Findings> {
        let engine = match &entry.engine {
            Engine::Pattern(_) => Engine::Pattern(Arc::new(PatternSet::new(vec![read_pattern(
                node,
                &self.words,
                &Problems::new(0),
            )?]))),
            Engine::Facts(_) => {
                let mut files = self.others.clone();
                files.push(SourceFile { name: "rule.yaml".to_string(), text: yaml::write(node) });
                Engine::Facts(Arc::new(Checker::load(&files).0))
            }
        };
        let name = entry.name.clone();
        Some(Box::new(move |draft| engine.findings(&name, draft)))
    }

    fn read(&mut self, world: &World) {
        let mut nodes: Vec<(usize, Node)> = Vec::new();
        for (index, file) in self.files.iter().enumerate() {
            let (found, problems) = yaml::parse_all(&file.text);
            let rules: Vec<Node> = found.into_iter().filter(|node| get(node, "rule").is_some()).collect();
            if !rules.is_empty() || found_only_problems(&problems, &rules) {
                let told = problems.iter().map(|p| Trouble::in_yaml(&file.name, &file.text, p));
                self.troubles.extend(told);
            }
            nodes.extend(rules.into_iter().map(|node| (index, node)));
        }
        let names: Vec<String> =
            nodes.iter().filter_map(|(_, node)| get(node, "rule").map(str::to_string)).collect();
        self.others = beside(world, &names);
        let (patterns, claims): (Vec<_>, Vec<_>) =
            nodes.into_iter().partition(|(_, node)| get(node, "kind").is_some());
        for (index, node) in patterns {
            self.read_pattern(index, node);
        }
        if !claims.is_empty() {
            self.read_claims(claims);
        }
        self.rules.sort_by_key(|entry| (entry.file, entry.node.span));
    }

    fn read_pattern(&mut self, file: usize, node: Node) {
        let problems = Problems::new(file);
        let rule = read_pattern(&node, &self.words, &problems);
        let SourceFile { name, text } = &self.files[file];
        self.troubles.extend(problems.take().iter().map(|p| Trouble::in_yaml(name, text, p)));
        let Some(rule) = rule else { return };
        let card = Card {
            title: rule.title.clone().unwrap_or_default(),
            kind: rule.kind(),
            severity: rule.severity,
            why: rule.why.clone().unwrap_or_default(),
            quiet_when: String::new(),
            message: rule.message.clone(),
            link: rule.link.clone(),
        };
        let (name, examples) = (rule.name.clone(), rule.examples.clone());
        let engine = Engine::Pattern(Arc::new(PatternSet::new(vec![rule])));
        self.rules.push(Entry { name, file, node, card, examples, engine });
    }

    fn read_claims(&mut self, nodes: Vec<(usize, Node)>) {
        let mut files = self.others.clone();
        let before = files.len();
        files.extend(self.files.iter().cloned());
        let (checker, problems) = Checker::load(&files);
        for problem in problems.iter().filter(|problem| problem.file >= before) {
            let file = &files[problem.file];
            let trouble = Trouble::in_yaml(&file.name, &file.text, problem);
            if !self.troubles.contains(&trouble) {
                self.troubles.push(trouble);
            }
        }
        let checker = Arc::new(checker);
        for (file, node) in nodes {
            let Some(name) = get(&node, "rule") else { continue };
            let Some(rule) = checker.rules.list.iter().find(|rule| rule.name == name) else { continue };
            let card = Card {
                title: rule.title.clone(),
                kind: match (&rule.evidence, &rule.when) {
                    (Some(_), _) => "evidence",
                    (None, Some(_)) => "wording",
                    (None, None) => "claim",
                },
                severity: rule.severity,
                why: rule.why.clone(),
                quiet_when: rule.quiet_when.clone(),
                message: rule.message.clone(),
                link: rule.link.clone(),
            };
            let (name, examples) = (rule.name.clone(), rule.examples.clone());
            self.rules.push(Entry {
                name,
                file,
                node,
                card,
                examples,
                engine: Engine::Facts(checker.clone()),
            });
        }
    }
}

impl Entry {
    /// What it finds in a draft.
    pub fn findings(&self, draft: &Draft) -> Vec<Finding> {
        self.engine.findings(&self.name, draft)
    }

    /// The rule and the set it runs in, if it is a pattern rule.
    pub fn pattern(&self) -> Option<(&PatternRule, &PatternSet)> {
        match &self.engine {
            Engine::Pattern(set) => set.rules().first().map(|rule| (rule, &**set)),
            Engine::Facts(_) => None,
        }
    }

    /// What compares claims with facts, if that is what it does.
    pub fn checker(&self) -> Option<&Checker> {
        match &self.engine {
            Engine::Pattern(_) => None,
            Engine::Facts(checker) => Some(checker),
        }
    }
}

impl Card {
    /// `A claim rule, error.`
    pub fn line(&self) -> String {
        let article = if self.kind.starts_with(['a', 'e', 'i', 'o', 'u']) { "An" } else { "A" };
        format!("{article} {} rule, {}", self.kind, severity_name(self.severity))
    }
}

impl Engine {
    fn findings(&self, name: &str, draft: &Draft) -> Vec<Finding> {
        let mut found = match self {
            Engine::Pattern(set) => set.check(draft, &Selection::default()),
            // No day is given, so that examples hold on any: the draft is judged by the latest facts.
            Engine::Facts(checker) => check::check(draft, checker, &Settings::default()),
        };
        found.retain(|finding| finding.rule == name);
        found
    }
}

fn read_pattern(node: &Node, vocabulary: &Vocabulary, problems: &Problems) -> Option<PatternRule> {
    Reader { vocabulary, ascii: false, file: problems.file() }.read(&problems.item(node))
}

/// A file that is no YAML at all may be meant as a rule.
fn found_only_problems(problems: &[yaml::Problem], rules: &[Node]) -> bool {
    rules.is_empty() && !problems.is_empty()
}

/// A top-level scalar.
fn get<'a>(node: &'a Node, name: &str) -> Option<&'a str> {
    let NodeKind::Map(entries) = &node.kind else { return None };
    let scalar = |node: &'a Node| match &node.kind {
        NodeKind::Scalar { text, .. } => Some(text.as_str()),
        _ => None,
    };
    entries.iter().find(|(key, _)| scalar(key) == Some(name)).and_then(|(_, value)| scalar(value))
}

/// The program's own files without these rules, and the configuration's facts and seeds.
fn beside(world: &World, rules: &[String]) -> Vec<SourceFile> {
    let named = |file: &SourceFile| {
        let node = yaml::parse(&file.text).0;
        node.as_ref()
            .and_then(|node| get(node, "rule"))
            .is_some_and(|name| rules.iter().any(|rule| rule == name))
    };
    let mut files: Vec<SourceFile> =
        own_files().filter(|file| !file.name.ends_with(".yaml") || !named(file)).collect();
    let mut ignored = Vec::new();
    for path in &world.facts {
        gather(path, &["yaml", "yml", "txt", "md", "html"], &mut files, &mut ignored);
    }
    for path in &world.seeds {
        gather(path, &["txt", "md", "html"], &mut files, &mut ignored);
    }
    files
}

fn own_files() -> impl Iterator<Item = SourceFile> {
    embedded::FILES.iter().map(|(name, text)| SourceFile { name: name.to_string(), text: text.to_string() })
}
