//! One `claimlint.yaml`: what it says, and what is wrong in it at file, line and column.

use super::layer::{Layer, Level, Origin, Set};
use crate::rule::finding::{Confidence, Severity};
use crate::text::Span;
use crate::yaml::{self, Fields, Item, Problem, Problems};
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::path::{Path, PathBuf};

/// A configuration file as it stands, nothing merged.
#[derive(Debug, Clone, Default)]
pub struct File {
    /// Files that it builds on.
    pub extends: Vec<Set<PathBuf>>,
    /// What it says of findings.
    pub layer: Layer,
    /// Globs that limit which files are drafts.
    pub include: Vec<Set<Glob>>,
    /// Globs of files that are no drafts.
    pub exclude: Vec<Set<Glob>>,
    /// Its own facts, rules and seeds.
    pub facts: Vec<Set<PathBuf>>,
    /// Rule files or folders.
    pub rules: Vec<Set<PathBuf>>,
    /// Seed files or folders.
    pub seeds: Vec<Set<PathBuf>>,
    /// Words that pattern rules let pass.
    pub vocabulary: Vec<Set<String>>,
    /// Vale installations.
    pub vale: Vec<Set<PathBuf>>,
    /// Whether the facts that come with the program hold.
    pub builtin_facts: Option<Set<bool>>,
    /// What differs for some files.
    pub overrides: Vec<Override>,
}

/// What differs for some files.
#[derive(Debug, Clone)]
pub struct Override {
    /// Which files.
    pub files: Vec<Glob>,
    /// What differs.
    pub layer: Layer,
}

/// A glob in `.gitignore`'s syntax, relative to the folder of the file that states it.
#[derive(Debug, Clone)]
pub struct Glob {
    /// As written.
    pub pattern: String,
    matcher: Gitignore,
}

impl Glob {
    /// Whether it names the file (an absolute path) or a folder above it.
    pub fn matches(&self, file: &Path) -> bool {
        file.starts_with(self.matcher.path())
            && self.matcher.matched_path_or_any_parents(file, false).is_ignore()
    }
}

impl PartialEq for Glob {
    fn eq(&self, other: &Self) -> bool {
        self.pattern == other.pattern && self.matcher.path() == other.matcher.path()
    }
}

/// Reads a configuration file's text. `path` is absolute; `name` is how messages call it.
pub fn read(path: &Path, name: &str, source: &str) -> (File, Vec<Problem>) {
    let (node, mut found) = yaml::parse(source);
    let problems = Problems::new(0);
    let folder = path.parent().unwrap_or(Path::new("/"));
    let reader = Reader { folder, name, source };
    let file = node.as_ref().and_then(|node| problems.fields(node)).map(|fields| reader.file(fields));
    found.extend(problems.take());
    (file.unwrap_or_default(), found)
}

struct Reader<'a> {
    folder: &'a Path,
    name: &'a str,
    source: &'a str,
}

impl Reader<'_> {
    fn file(&self, mut fields: Fields<'_>) -> File {
        let file = File {
            extends: self.paths(&mut fields, "extends"),
            layer: self.layer(&mut fields),
            include: self.globs(&mut fields, "include"),
            exclude: self.globs(&mut fields, "exclude"),
            facts: self.paths(&mut fields, "facts"),
            rules: self.paths(&mut fields, "rules"),
            seeds: self.paths(&mut fields, "seeds"),
            vocabulary: self.strings(&mut fields, "vocabulary"),
            vale: self.paths(&mut fields, "vale"),
            builtin_facts: self.set(&mut fields, "builtin_facts", |item| item.bool()),
            overrides: fields.list("overrides").iter().filter_map(|item| self.differs(item)).collect(),
        };
        fields.finish();
        file
    }

    fn differs(&self, item: &Item<'_>) -> Option<Override> {
        let mut fields = item.fields()?;
        let files = fields.required("files").map_or(Vec::new(), |item| item.one_or_many());
        let files = files.iter().filter_map(|item| self.glob(item)).collect();
        let layer = self.layer(&mut fields);
        fields.finish();
        Some(Override { files, layer })
    }

    fn layer(&self, fields: &mut Fields<'_>) -> Layer {
        let select = fields.get("select").map(|item| {
            let rules = item.strings().into_iter().map(str::to_string).collect();
            self.at(item.span(), rules)
        });
        let severity = fields.get("severity").map_or(Vec::new(), |item| item.entries());
        Layer {
            select,
            ignore: self.strings(fields, "ignore"),
            severity: severity
                .into_iter()
                .filter_map(|(rule, span, item)| Some((rule.to_string(), self.at(span, level(&item)?))))
                .collect(),
            min_severity: self.set(fields, "min_severity", severity_of),
            min_confidence: self.set(fields, "min_confidence", confidence_of),
            fail_on: self.set(fields, "fail_on", severity_of),
            as_of: self.set(fields, "as_of", |item| item.date().map(|(first, _)| first)),
            require_reason: self.set(fields, "require_reason", |item| item.bool()),
        }
    }

    fn set<T>(
        &self,
        fields: &mut Fields<'_>,
        key: &'static str,
        read: impl Fn(&Item<'_>) -> Option<T>,
    ) -> Option<Set<T>> {
        let item = fields.get(key)?;
        Some(self.at(item.span(), read(&item)?))
    }

    fn strings(&self, fields: &mut Fields<'_>, key: &'static str) -> Vec<Set<String>> {
        let items = fields.one_or_many(key);
        items.iter().filter_map(|item| Some(self.at(item.span(), item.str()?.to_string()))).collect()
    }

    fn paths(&self, fields: &mut Fields<'_>, key: &'static str) -> Vec<Set<PathBuf>> {
        let items = fields.one_or_many(key);
        items.iter().filter_map(|item| Some(self.at(item.span(), self.folder.join(item.str()?)))).collect()
    }

    fn globs(&self, fields: &mut Fields<'_>, key: &'static str) -> Vec<Set<Glob>> {
        let items = fields.one_or_many(key);
        items.iter().filter_map(|item| Some(self.at(item.span(), self.glob(item)?))).collect()
    }

    fn glob(&self, item: &Item<'_>) -> Option<Glob> {
        let pattern = item.str()?.to_string();
        let mut builder = GitignoreBuilder::new(self.folder);
        let built = builder.add_line(None, &pattern).and_then(|builder| builder.build());
        match built {
            Ok(matcher) => Some(Glob { pattern, matcher }),
            Err(error) => {
                item.problem(format!("this is no glob: {error}"));
                None
            }
        }
    }

    fn at<T>(&self, span: Span, value: T) -> Set<T> {
        let before = self.source.get(..span.start).unwrap_or("");
        Set { value, origin: Origin::File(self.name.to_string(), before.matches('\n').count() + 1) }
    }
}

const SEVERITIES: [(&str, Severity); 4] = [
    ("hint", Severity::Hint),
    ("info", Severity::Info),
    ("warning", Severity::Warning),
    ("error", Severity::Error),
];

fn severity_of(item: &Item<'_>) -> Option<Severity> {
    let word = item.one_of("severity", &SEVERITIES.map(|(name, _)| name))?;
    SEVERITIES.iter().find(|(name, _)| *name == word).map(|(_, severity)| *severity)
}

fn level(item: &Item<'_>) -> Option<Level> {
    let word = item.one_of("severity", &["hint", "info", "warning", "error", "off"])?;
    Some(SEVERITIES.iter().find(|(name, _)| *name == word).map(|(_, severity)| *severity))
}

fn confidence_of(item: &Item<'_>) -> Option<Confidence> {
    Some(match item.one_of("confidence", &["low", "medium", "high"])? {
        "low" => Confidence::Low,
        "medium" => Confidence::Medium,
        _ => Confidence::High,
    })
}
