//! Findings as terminal text, JSON, SARIF …: one [`FileReport`] per draft, drawn by any [`Render`].
//!
//! A report streams: each draft's part is drawn on its own (so drafts can be drawn in parallel and then be forgotten),
//! and the parts are joined in order. Nothing here does IO.

pub mod github;
pub mod gitlab;
pub mod item;
pub mod json;
pub mod markdown;
pub mod reviewdog;
pub mod sarif;
pub mod sheet;
pub mod text;
pub mod xml;

use crate::rule::finding::Severity;
use crate::verdict::Verdict;
use crate::yaml::Problem;
use item::Item;
use serde::Serialize;

/// One draft's findings, ready to draw.
#[derive(Debug, Clone, Default)]
pub struct FileReport {
    /// As the user knows it, with forward slashes.
    pub path: String,
    /// The draft, word for word.
    pub source: String,
    /// In order of place.
    pub findings: Vec<Item>,
    /// Findings that a comment in the draft allows, each with the reason given.
    pub suppressed: Vec<(Item, Option<String>)>,
}

/// What no draft is at fault for: a file that cannot be read, a wrong key in a configuration.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Trouble {
    /// Which file.
    pub path: String,
    /// 1-based, 0 where no line is meant.
    pub line: usize,
    /// 1-based, 0 where no column is meant.
    pub column: usize,
    /// What is wrong and what to do.
    pub message: String,
}

impl Trouble {
    /// About a whole file.
    pub fn whole(path: impl Into<String>, message: impl Into<String>) -> Self {
        Trouble { path: path.into(), line: 0, column: 0, message: message.into() }
    }

    /// About a byte of a file.
    pub fn at(path: impl Into<String>, source: &str, offset: usize, message: impl Into<String>) -> Self {
        let before = source.get(..offset).unwrap_or(source);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        Trouble { path: path.into(), line, column, message: message.into() }
    }

    /// About a value in a YAML file.
    pub fn in_yaml(path: &str, source: &str, problem: &Problem) -> Self {
        let key = problem.key.iter().filter(|key| !key.is_empty()).map(|key| format!("{key}: "));
        let help = problem.help.iter().map(|help| format!(" ({help})"));
        let message = key.chain([problem.message.clone()]).chain(help).collect::<String>();
        Trouble::at(path, source, problem.span.start, message)
    }
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.message),
            line => write!(f, "{}:{line}:{}: {}", self.path, self.column, self.message),
        }
    }
}

/// What was seen in all drafts together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Drafts read.
    pub files: usize,
    /// Claims seen.
    pub claims: usize,
    /// Claims that a fact supports.
    pub supported: usize,
    /// Claims that a fact excludes.
    pub contradicted: usize,
    /// Claims that were true earlier.
    pub outdated: usize,
    /// Claims on which sources disagree.
    pub disputed: usize,
    /// Claims that no fact speaks of.
    pub unknown: usize,
    /// Findings reported.
    pub findings: usize,
    /// Of which errors.
    pub errors: usize,
    /// Of which warnings.
    pub warnings: usize,
    /// Of which remarks of lesser weight.
    pub notes: usize,
    /// Findings that comments allow.
    pub suppressed: usize,
    /// Findings that the baseline knows.
    pub baselined: usize,
    /// Drafts that the configuration leaves out.
    pub left_out: usize,
    /// Findings that were mended.
    pub fixed: usize,
    /// What could not be checked.
    #[serde(skip)]
    pub troubles: Vec<Trouble>,
}

impl Summary {
    /// Counts one claim by its verdict.
    pub fn claim(&mut self, verdict: Verdict) {
        self.claims += 1;
        match verdict {
            Verdict::Supported => self.supported += 1,
            Verdict::Contradicted => self.contradicted += 1,
            Verdict::Outdated => self.outdated += 1,
            Verdict::Disputed => self.disputed += 1,
            Verdict::Unknown => self.unknown += 1,
        }
    }

    /// Counts a draft's findings.
    pub fn file(&mut self, report: &FileReport) {
        self.files += 1;
        self.suppressed += report.suppressed.len();
        for item in &report.findings {
            self.findings += 1;
            match item.severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                Severity::Info | Severity::Hint => self.notes += 1,
            }
        }
    }

    /// Adds what another part of the run saw.
    pub fn add(&mut self, other: Summary) {
        self.files += other.files;
        self.claims += other.claims;
        self.supported += other.supported;
        self.contradicted += other.contradicted;
        self.outdated += other.outdated;
        self.disputed += other.disputed;
        self.unknown += other.unknown;
        self.findings += other.findings;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.notes += other.notes;
        self.suppressed += other.suppressed;
        self.baselined += other.baselined;
        self.left_out += other.left_out;
        self.fixed += other.fixed;
        self.troubles.extend(other.troubles);
    }
}

/// A rule as outputs describe it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleCard {
    /// `license`.
    pub name: String,
    /// In a few words.
    pub title: String,
    /// Why it exists and when it stays quiet, in Markdown.
    pub help: String,
    /// Its default severity.
    pub severity: Severity,
    /// Page about it.
    pub link: Option<String>,
}

/// An output format. Drawing is without state, so that drafts may be drawn in any order.
pub trait Render: Send + Sync {
    /// What stands before the first draft. `rules` are all rules that could have spoken.
    fn begin(&self, rules: &[RuleCard]) -> String {
        let _ = rules;
        String::new()
    }
    /// One draft's part; empty where it has nothing to say.
    fn file(&self, report: &FileReport) -> String;
    /// What stands between two parts that are not empty.
    fn separator(&self) -> &'static str {
        ""
    }
    /// What stands after the last draft.
    fn end(&self, summary: &Summary) -> String {
        let _ = summary;
        String::new()
    }
}

/// `error`, `warning`, `info` or `hint`.
pub fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
        Severity::Hint => "hint",
    }
}
