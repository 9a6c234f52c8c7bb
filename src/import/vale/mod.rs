//! A Vale installation: its configuration, its styles and its words, as rules of this program.
//!
//! What cannot be taken over is told at its place and leaves the rest as it is: `script` rules are programs, and no rule
//! here runs code; `doc(…)` scopes and part-of-speech tags need what a draft's reading does not keep.

mod config;
mod ini;
mod spelling;
mod tree;

pub use config::Config;

use crate::disk::read::{display, text};
use crate::render::{Trouble, severity_name};
use crate::rule::pattern::{PatternRule, Reader, Vocabulary};
use crate::text::Span;
use crate::yaml::{self, Node, Problems};
use ignore::WalkBuilder;
use std::path::{Path, PathBuf};

/// How far rules may start from one another.
const MAX_PARENTS: usize = 10;

/// The built-in rules of the style `Vale`.
const OWN_RULES: [(&str, &str); 4] = [
    ("Vale.Spelling", spelling::OWN),
    (
        "Vale.Repetition",
        "extends: repetition\nmessage: \"'%s' is repeated!\"\nlevel: error\nignorecase: true\nalpha: true\n\
         action: {name: edit, params: [truncate, ' ']}\ntokens: ['[^\\s.!?]+']\n",
    ),
    (
        "Vale.Terms",
        "extends: substitution\nmessage: \"Use '%s' instead of '%s'.\"\nlevel: error\nignorecase: true\nvocab: false\n",
    ),
    ("Vale.Avoid", "extends: existence\nmessage: \"Avoid using '%s'.\"\nlevel: error\n"),
];

/// What rules are read with: where the styles are, and `Style.Rule[key] = value` of the configuration as rule, key, value.
#[derive(Clone, Copy)]
struct Installed<'a> {
    styles: &'a Path,
    overrides: &'a [(String, String, String)],
}

/// An installation, read.
#[derive(Debug, Default)]
pub struct Vale {
    /// Its rules, as `Style.Rule`.
    pub rules: Vec<PatternRule>,
    /// Which of them run where.
    pub config: Config,
    /// Its accepted and rejected words.
    pub vocabulary: Vocabulary,
    /// The rule files as native trees, with their names: what `import vale` writes out.
    pub trees: Vec<(String, Node)>,
    /// What could not be read or taken over.
    pub troubles: Vec<Trouble>,
}

/// Reads an installation: `path` is a `.vale.ini` or a folder that holds one (or a styles folder, of which then all runs).
pub fn load(path: &Path) -> Vale {
    let mut vale = Vale::default();
    let file = if path.is_dir() { path.join(".vale.ini") } else { path.to_path_buf() };
    let file = match path.is_dir() && !file.exists() && path.join("_vale.ini").exists() {
        true => path.join("_vale.ini"),
        false => file,
    };
    let (source, styles) = match file.exists() || !path.is_dir() {
        true => match text(&file) {
            Ok(source) => (source, None),
            Err(trouble) => {
                vale.troubles.push(trouble);
                return vale;
            }
        },
        false => (all_of(path), Some(path.to_path_buf())),
    };
    let folder = file.parent().unwrap_or(Path::new(".")).to_path_buf();
    let ini = ini::parse(&source);
    let mut problems = ini.problems.clone();
    vale.config = Config::new(&ini, &folder, &mut problems);
    let core = &ini.sections[0];
    let styles =
        styles.unwrap_or_else(|| folder.join(core.last("StylesPath").map_or("styles", |e| &e.value)));
    let vocabularies = core.list("Vocab").unwrap_or_default();
    for name in vocabularies {
        if !vale.read_words(&styles, &name) {
            let offset = core.last("Vocab").map_or(0, |entry| entry.offset);
            problems.push((offset, format!("no vocabulary `{name}` in {}", display(&styles))));
        }
    }
    let overrides = parameters(&ini);
    let installed = Installed { styles: &styles, overrides: &overrides };
    for style in vale.config.styles() {
        if style == "Vale" {
            vale.own_rules(installed, &display(&file), &source);
        } else if !vale.read_style(installed, &style) {
            problems.push((0, format!("no style `{style}` in {}", display(&styles))));
        }
    }
    vale.config.rules = vale.rules.iter().map(|rule| (rule.name.clone(), rule.severity)).collect();
    let told =
        problems.iter().map(|(offset, message)| Trouble::at(display(&file), &source, *offset, message));
    vale.troubles.extend(told);
    vale
}

impl Vale {
    /// Its rules as native files: path under the folder they go to, and text. Severities are those that hold for every file.
    pub fn native_files(&self) -> Vec<(PathBuf, String)> {
        let everywhere = self.config.selection(Path::new("any"));
        let file = |(name, tree): &(String, Node)| {
            let mut tree = tree::standing_alone(tree, &self.vocabulary.accept);
            if let Some(severity) = everywhere.severities.get(name) {
                tree::set(&mut tree, "severity", severity_name(*severity));
            }
            let mut path: PathBuf = name.split('.').collect();
            path.set_extension("yaml");
            (path, yaml::write(&tree))
        };
        // A rule that cannot run here would be a broken file there.
        let runs = |name: &str| self.rules.iter().any(|rule| rule.name == name);
        let rules = self.trees.iter().filter(|(name, _)| runs(name)).map(file);
        let dictionaries = self.vocabulary.dictionaries.files();
        rules.chain(dictionaries.map(|(name, text)| (PathBuf::from(name), text.to_string()))).collect()
    }
}

/// A configuration under which every style of a folder runs on every file.
fn all_of(styles: &Path) -> String {
    let folders = std::fs::read_dir(styles).into_iter().flatten().filter_map(Result::ok);
    let mut names: Vec<String> = folders
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.') && !["config", "Vocab"].contains(&name.as_str()))
        .collect();
    names.sort();
    format!("MinAlertLevel = suggestion\n[*]\nBasedOnStyles = {}\n", names.join(", "))
}

/// `Style.Rule[key] = value`: rule, key, value.
fn parameters(ini: &ini::Ini) -> Vec<(String, String, String)> {
    let entries = ini.sections.iter().flat_map(|section| &section.entries);
    let read = |entry: &ini::Entry| {
        let (rule, key) = entry.key.strip_suffix(']')?.split_once('[')?;
        Some((rule.to_string(), key.to_lowercase(), entry.value.clone()))
    };
    entries.filter_map(read).collect()
}

impl Vale {
    /// Reads a vocabulary's word lists; whether there are any.
    fn read_words(&mut self, styles: &Path, name: &str) -> bool {
        let folders =
            [styles.join("config").join("vocabularies").join(name), styles.join("Vocab").join(name)];
        let Some(folder) = folders.iter().find(|folder| folder.is_dir()) else { return false };
        for (file, accepts) in [("accept.txt", true), ("reject.txt", false)] {
            let path = folder.join(file);
            if !path.exists() {
                continue;
            }
            match text(&path) {
                Ok(lines) => {
                    let words =
                        lines.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with("# "));
                    let list =
                        if accepts { &mut self.vocabulary.accept } else { &mut self.vocabulary.reject };
                    list.extend(words.map(str::to_string));
                }
                Err(trouble) => self.troubles.push(trouble),
            }
        }
        true
    }

    /// Reads the rules of a style's folder; whether there is one.
    fn read_style(&mut self, installed: Installed<'_>, style: &str) -> bool {
        let folder = installed.styles.join(style);
        if !folder.is_dir() {
            return false;
        }
        let hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with(['.', '_']);
        let walk = WalkBuilder::new(&folder)
            .standard_filters(false)
            .filter_entry(move |entry| {
                entry.depth() == 0 || entry.path().is_file() || !hidden(entry.file_name())
            })
            .sort_by_file_path(Path::cmp)
            .build();
        for path in walk.filter_map(Result::ok).map(ignore::DirEntry::into_path) {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if path.is_file()
                && name.ends_with(".yml")
                && !name.ends_with("_test.yml")
                && !name.ends_with(".test.yml")
            {
                let rule = rule_name(style, path.strip_prefix(&folder).unwrap_or(&path));
                if self.config.may_run(&rule) {
                    self.read_rule(installed, &path, &rule);
                }
            }
        }
        true
    }

    fn read_rule(&mut self, installed: Installed<'_>, path: &Path, name: &str) {
        let source = match text(path) {
            Ok(source) => source,
            Err(trouble) => return self.troubles.push(trouble),
        };
        let (node, found) = yaml::parse(&source);
        let shown = display(path);
        self.troubles.extend(found.iter().map(|problem| Trouble::in_yaml(&shown, &source, problem)));
        let Some(node) = node else { return };
        match inherited(installed.styles, node, MAX_PARENTS) {
            Ok(node) => self.add(node, name, installed, &shown, &source),
            Err(message) => self.troubles.push(Trouble::at(shown, &source, 0, message)),
        }
    }

    /// Takes a rule over; what is wrong with it is told and leaves the others as they are.
    fn add(&mut self, mut node: Node, name: &str, installed: Installed<'_>, file: &str, source: &str) {
        for (_, key, value) in installed.overrides.iter().filter(|(rule, ..)| rule == name) {
            tree::set(&mut node, key, value);
        }
        let kind = tree::get(&node, "extends").cloned();
        if let Some(kind) = kind.filter(|kind| tree::text(kind) == "spelling")
            && let Err(message) = self.bring_words(&mut node, name, installed.styles)
        {
            // A rule that Vale has inside stands in no file.
            let at = if name.starts_with("Vale.") { 0 } else { kind.span.start };
            self.troubles.push(Trouble::at(file, source, at, format!("{name}: {message}")));
            return;
        }
        let native = tree::native(&node, name);
        let problems = Problems::new(0);
        let reader = Reader { vocabulary: &self.vocabulary, ascii: true, file: 0 };
        let rule = reader.read(&problems.item(&native));
        let found = problems.take();
        self.troubles.extend(found.iter().map(|problem| Trouble::in_yaml(file, source, problem)));
        self.rules.extend(rule);
        self.trees.push((name.to_string(), native));
    }

    /// The rules that Vale makes from its words, and the one on repeated words.
    fn own_rules(&mut self, installed: Installed<'_>, file: &str, source: &str) {
        for (name, own) in OWN_RULES {
            let Some(mut node) = yaml::parse(own).0 else { continue };
            let place = Span::default();
            let words = match name {
                "Vale.Terms" => &self.vocabulary.accept,
                "Vale.Avoid" => &self.vocabulary.reject,
                _ => &Vec::new(),
            };
            if let yaml::NodeKind::Map(entries) = &mut node.kind {
                match name {
                    "Vale.Terms" => entries.push((tree::scalar("swap", place), terms(words))),
                    "Vale.Avoid" => entries.push((tree::scalar("tokens", place), tree::list(words, place))),
                    _ => {}
                }
            }
            let lacks_words = matches!(name, "Vale.Terms" | "Vale.Avoid") && words.is_empty();
            if !lacks_words && self.config.may_run(name) {
                self.add(node, name, installed, file, source);
            }
        }
    }
}

/// Accepted words in lower case as wordings, each to be written as it is listed.
fn terms(words: &[String]) -> Node {
    let mut entries: Vec<(Node, Node)> = Vec::new();
    for word in words {
        let lower = word.to_lowercase();
        entries.retain(|(known, _)| tree::text(known) != lower);
        entries.push((tree::scalar(&lower, Span::default()), tree::scalar(word, Span::default())));
    }
    Node { span: Span::default(), kind: yaml::NodeKind::Map(entries) }
}

/// `Style.folder.Rule` of a path under the style's folder.
fn rule_name(style: &str, path: &Path) -> String {
    let parts: Vec<String> = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    let (file, folders) =
        parts.split_last().map_or(("", &[][..]), |(file, folders)| (file.as_str(), folders));
    let base = file.split('.').next().unwrap_or(file);
    [&[style.to_string()], folders, &[base.to_string()]].concat().join(".")
}

/// A rule with what it starts from, if it starts from another rule.
fn inherited(styles: &Path, node: Node, left: usize) -> Result<Node, String> {
    let Some(name) = tree::parent(&node).map(str::to_string) else { return Ok(node) };
    if left == 0 {
        return Err(format!("rules start from one another without end at `{name}`"));
    }
    let mut path: PathBuf = styles.to_path_buf();
    path.extend(name.split('.'));
    path.set_extension("yml");
    let source =
        std::fs::read_to_string(&path).map_err(|_| format!("`extends: {name}`: there is no such rule"))?;
    let parent =
        yaml::parse(&source).0.ok_or_else(|| format!("`extends: {name}`: that rule cannot be read"))?;
    Ok(tree::over(&node, &inherited(styles, parent, left - 1)?))
}
