//! Fact, rule and configuration files as documents: what is wrong in them as they stand in the editor, saved or not.

use super::library::World;
use super::reading::file;
use crate::check::{self, Checker, Settings};
use crate::config;
use crate::config::load;
use crate::disk::read::display;
use crate::draft::Draft;
use crate::knowledge::{SourceFile, verify};
use crate::rule::example::Example;
use crate::rule::proof::prove;
use crate::text::Span;
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
    /// A rule.
    Rule,
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
        // By its lines, so that a file that is no valid YAML at the moment stays what it is.
        let says = |keys: &[&str]| text.lines().any(|line| keys.iter().any(|key| line.starts_with(key)));
        if says(&["rule:"]) {
            Kind::Rule
        } else if says(&["subject:", "subjects:", "attributes:", "sources:"]) {
            Kind::Facts
        } else {
            Kind::Other
        }
    }
}

/// What is wrong in a file of that kind.
pub fn problems(kind: Kind, uri: &Uri, text: &str, world: &World) -> Vec<Problem> {
    match kind {
        Kind::Draft | Kind::Other => Vec::new(),
        Kind::Facts | Kind::Rule => loaded(uri, text, world),
        Kind::Config => {
            let Some(path) = file(uri) else { return config::file::read(Path::new(""), "", text).1 };
            let (said, mut problems) = config::file::read(&path, config::FILE_NAME, text);
            let astray = config::astray(&path, &said).into_iter();
            problems.extend(astray.map(|trouble| Problem {
                span: line(text, trouble.line),
                message: trouble.message,
                ..Problem::default()
            }));
            problems
        }
    }
}

/// A line by its number from 1, without what it is indented by.
fn line(text: &str, number: usize) -> Span {
    let before: usize = text.split_inclusive('\n').take(number.saturating_sub(1)).map(str::len).sum();
    let line = text.get(before..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let start = before + line.len() - line.trim_start().len();
    Span::new(start, start + line.trim().len())
}

/// The file is loaded together with all others, in the place of what of it is on disk.
fn loaded(uri: &Uri, text: &str, world: &World) -> Vec<Problem> {
    let mut files = world.built.files.clone();
    let place = world.shelf.shown_at(uri).unwrap_or_else(|| {
        let name = file(uri).map(|path| display(&path)).unwrap_or_else(|| uri.as_str().to_owned() + ".yaml");
        files.push(SourceFile { name, text: String::new() });
        files.len() - 1
    });
    // A project's rule takes the place of the program's own of its name.
    let name = load::rule_name(text);
    let own = files.iter_mut().filter(|file| name.is_some() && load::rule_name(&file.text) == name);
    own.filter(|file| load::is_embedded(file)).for_each(|file| file.text.clear());
    if let Some(file) = files.get_mut(place) {
        text.clone_into(&mut file.text);
    }
    let (checker, mut problems) = Checker::load(&files);
    problems.extend(verify(&checker.knowledge));
    problems.retain(|problem| problem.file == place);
    let claims = checker.rules.list.iter().map(|rule| (&rule.name, rule.place.0, &rule.examples));
    let patterns = checker.patterns.iter().flat_map(|set| set.rules());
    let patterns = patterns.map(|rule| (&rule.name, rule.place.0, &rule.examples));
    let here = claims.chain(patterns).filter(|(_, file, _)| *file == place);
    problems.extend(here.flat_map(|(name, _, examples)| unproved(name, place, examples, &checker)));
    problems.sort_by_key(|problem| problem.span);
    problems
}

/// The examples of a rule that it does not do what they say.
fn unproved(name: &str, file: usize, examples: &[Example], checker: &Checker) -> Vec<Problem> {
    let findings = |draft: &Draft| {
        let mut found = check::check(draft, checker, &Settings::default());
        found.retain(|finding| finding.rule == name);
        found
    };
    let wrong = examples.iter().filter_map(|example| {
        let failure = prove(example, &findings)?;
        let message = match example.fix.as_ref() == Some(&failure.expected) {
            true => format!("the rule makes this of it: {}", failure.found),
            false if !failure.found.contains('⟦') => "the rule finds nothing here".to_owned(),
            false => format!("the rule finds this: {}", failure.found),
        };
        Some(Problem { file, span: example.place, key: None, message, help: None })
    });
    wrong.collect()
}
