//! Which of Vale's rules run on a file, at which severity, and what they do not look at.

use super::ini::{Ini, Section};
use crate::rule::finding::Severity;
use crate::rule::pattern::{Elements, Find, Scope, Selection};
use globset::{GlobBuilder, GlobMatcher};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Keys of a section that are no rule.
const OPTIONS: [&str; 9] = [
    "BasedOnStyles",
    "BlockIgnores",
    "TokenIgnores",
    "IgnorePatterns",
    "CommentDelimiters",
    "Transform",
    "Lang",
    "View",
    "Blueprint",
];

/// HTML elements that hold blocks, and the scopes that they are here.
const ELEMENTS: [(&str, &str); 14] = [
    ("blockquote", "blockquote"),
    ("li", "list"),
    ("ul", "list"),
    ("ol", "list"),
    ("table", "table"),
    ("th", "table.header"),
    ("td", "table.cell"),
    ("alt", "alt"),
    ("h1", "heading.h1"),
    ("h2", "heading.h2"),
    ("h3", "heading.h3"),
    ("h4", "heading.h4"),
    ("h5", "heading.h5"),
    ("h6", "heading.h6"),
];

/// Elements that are never read here, whatever the configuration says.
const NEVER_READ: [&str; 8] = ["tt", "code", "kbd", "script", "style", "pre", "noscript", "iframe"];

/// A configuration, ready to be asked about files.
#[derive(Debug, Default)]
pub struct Config {
    folder: PathBuf,
    min_level: Severity,
    sections: Vec<Globbed>,
    skipped: Vec<Scope>,
    /// Elements that are not looked into.
    hidden: Elements,
    /// Name and own severity of each rule that was loaded.
    pub(super) rules: Vec<(String, Severity)>,
}

#[derive(Debug)]
struct Globbed {
    glob: Option<GlobMatcher>,
    negated: bool,
    styles: Option<Vec<String>>,
    /// Whether a rule or a style runs, and its severity if one is set.
    settings: HashMap<String, (bool, Option<Severity>)>,
    ignores: Vec<Arc<Find>>,
}

impl Config {
    /// From the file's sections; problems are told by the offset of their key.
    pub fn new(ini: &Ini, folder: &Path, problems: &mut Vec<(usize, String)>) -> Config {
        let mut config =
            Config { folder: folder.to_path_buf(), min_level: Severity::Info, ..Config::default() };
        for section in &ini.sections {
            match section.name.as_str() {
                "" => config.read_core(section, problems),
                "formats" | "asciidoctor" => {}
                _ => config.sections.extend(read_section(section, problems)),
            }
        }
        if !ini.sections.iter().any(|section| section.last("SkippedScopes").is_some()) {
            config.hidden.names.push("figure".to_string());
        }
        // What holds everywhere comes first, so that what holds for some files comes over it.
        config.sections.sort_by_key(|section| section.glob.is_some());
        config
    }

    fn read_core(&mut self, section: &Section, problems: &mut Vec<(usize, String)>) {
        for entry in &section.entries {
            let names = || entry.value.split(',').map(str::trim).filter(|name| !name.is_empty());
            match entry.key.as_str() {
                "MinAlertLevel" => match level(&entry.value) {
                    Some(level) => self.min_level = level,
                    None => {
                        problems.push((entry.offset, "expected suggestion, warning or error".to_string()))
                    }
                },
                "SkippedScopes" | "IgnoredScopes" => {
                    for name in names() {
                        match ELEMENTS.iter().find(|(element, _)| *element == name) {
                            Some((_, scope)) => self.skipped.extend(Scope::parse(scope)),
                            None if NEVER_READ.contains(&name) => {}
                            None => self.hidden.names.push(name.to_lowercase()),
                        }
                    }
                }
                "IgnoredClasses" => self.hidden.classes.extend(names().map(str::to_string)),
                "StylesPath" | "Vocab" | "Packages" | "WordTemplate" | "NLPEndpoint" => {}
                key => problems.push((entry.offset, format!("unknown option `{key}`"))),
            }
        }
    }

    /// What runs on a file.
    pub fn selection(&self, path: &Path) -> Selection {
        let sections: Vec<&Globbed> =
            self.sections.iter().filter(|section| section.matches(path, &self.folder)).collect();
        let styles = sections.iter().rev().find_map(|section| section.styles.as_ref());
        let mut selection = Selection { skipped: self.skipped.clone(), ..Selection::default() };
        for (rule, own) in &self.rules {
            let style = rule.split('.').next().unwrap_or(rule);
            let runs = sections.iter().rev().find_map(|section| section.runs(rule, style));
            let based_on = styles.is_some_and(|styles| styles.iter().any(|name| name == style));
            let severity =
                sections.iter().rev().find_map(|section| section.severity(rule, style)).unwrap_or(*own);
            if !runs.unwrap_or(based_on) || severity < self.min_level {
                selection.off.insert(rule.clone());
            } else if severity != *own {
                selection.severities.insert(rule.clone(), severity);
            }
        }
        selection.ignores = sections.iter().flat_map(|section| section.ignores.iter().cloned()).collect();
        if self.hidden != Elements::default() {
            selection.ignores.push(Arc::new(Find::Elements(self.hidden.clone())));
        }
        selection
    }

    /// The globs of sections that hold for some files only.
    pub fn globs(&self) -> Vec<String> {
        let globs = self.sections.iter().filter_map(|section| section.glob.as_ref());
        globs.map(|glob| glob.glob().glob().to_string()).collect()
    }

    /// Every style that some section builds on or names a rule of.
    pub fn styles(&self) -> Vec<String> {
        let mut styles: Vec<String> = Vec::new();
        for section in &self.sections {
            let named = section.settings.keys().map(|key| key.split('.').next().unwrap_or(key).to_string());
            styles.extend(section.styles.iter().flatten().cloned().chain(named));
        }
        styles.sort();
        styles.dedup();
        styles
    }

    /// Whether some file could be checked by this rule.
    pub fn may_run(&self, rule: &str) -> bool {
        let style = rule.split('.').next().unwrap_or(rule);
        let (everywhere, some): (Vec<&Globbed>, Vec<_>) =
            self.sections.iter().partition(|s| s.glob.is_none());
        if some.iter().any(|section| section.runs(rule, style) == Some(true)) {
            return true;
        }
        // What holds everywhere decides, unless it says nothing.
        if let Some(runs) = everywhere.iter().rev().find_map(|section| section.runs(rule, style)) {
            return runs;
        }
        self.sections.iter().any(|section| {
            let based_on = section.styles.iter().flatten().any(|name| name == style);
            based_on && section.runs(rule, style) != Some(false)
        })
    }
}

impl Globbed {
    fn matches(&self, path: &Path, folder: &Path) -> bool {
        let Some(glob) = &self.glob else { return true };
        let relative = path.strip_prefix(folder).unwrap_or(path);
        (glob.is_match(relative) || glob.is_match(path)) != self.negated
    }

    fn runs(&self, rule: &str, style: &str) -> Option<bool> {
        self.settings.get(rule).or_else(|| self.settings.get(style)).map(|(runs, _)| *runs)
    }

    fn severity(&self, rule: &str, style: &str) -> Option<Severity> {
        let of = |key: &str| self.settings.get(key).and_then(|(_, severity)| *severity);
        of(rule).or_else(|| of(style))
    }
}

fn read_section(section: &Section, problems: &mut Vec<(usize, String)>) -> Option<Globbed> {
    let pattern = section.name.trim_start_matches('!');
    let glob = match section.name.as_str() {
        "*" => None,
        _ => match GlobBuilder::new(pattern).literal_separator(false).build() {
            Ok(glob) => Some(glob.compile_matcher()),
            Err(error) => {
                problems.push((section.offset, format!("`{pattern}` is no glob: {}", error.kind())));
                return None;
            }
        },
    };
    let mut settings = HashMap::new();
    for entry in &section.entries {
        let (key, value) = (entry.key.as_str(), entry.value.as_str());
        if OPTIONS.contains(&key) || key.contains('[') {
            continue;
        }
        let setting = match value {
            "NO" => (false, None),
            "YES" => (true, None),
            value => match level(value) {
                Some(level) => (true, Some(level)),
                None => {
                    problems.push((
                        entry.offset,
                        format!("expected YES, NO or a level for `{key}`, found `{value}`"),
                    ));
                    continue;
                }
            },
        };
        settings.insert(key.to_string(), setting);
    }
    let mut ignores = Vec::new();
    for key in ["BlockIgnores", "TokenIgnores", "IgnorePatterns"] {
        for pattern in section.list(key).unwrap_or_default() {
            match Find::new(&pattern) {
                Ok(find) => ignores.push(Arc::new(find)),
                Err(error) => {
                    let offset = section.last(key).map_or(section.offset, |entry| entry.offset);
                    problems.push((offset, format!("`{pattern}`: {error}")));
                }
            }
        }
    }
    let negated = section.name.starts_with('!');
    Some(Globbed { glob, negated, styles: section.list("BasedOnStyles"), settings, ignores })
}

/// Vale's levels.
pub fn level(name: &str) -> Option<Severity> {
    match name {
        "suggestion" => Some(Severity::Info),
        "warning" => Some(Severity::Warning),
        "error" => Some(Severity::Error),
        _ => None,
    }
}
