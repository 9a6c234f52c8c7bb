//! The copy desk: everything loaded that checking a draft needs, shared by all commands.

use super::args::Lint;
use crate::check::{self, Checker, Settings};
use crate::disk::read;
use crate::draft::{Draft, Format};
use crate::render::{FileReport, RuleCard, Summary, Trouble, item};
use crate::rule::finding::{Finding, Severity};
use jiff::Span;
use jiff::civil::{Date, date};
use std::io;
use std::path::Path;
use std::time::SystemTime;

/// Facts, rules and what the user chose.
pub struct Desk {
    /// What was wrong with the files that were loaded.
    pub troubles: Vec<Trouble>,
    checker: Checker,
    settings: Settings,
    choice: super::args::Choice,
}

/// A draft's findings and counts.
pub struct Checked {
    /// The findings as outputs need them.
    pub report: FileReport,
    /// Claims by verdict.
    pub summary: Summary,
    /// Whether a finding is severe enough to fail the run.
    pub fails: bool,
}

impl Desk {
    /// Loads everything.
    pub fn open(args: &Lint) -> io::Result<Self> {
        let settings = Settings { today: today(), as_of: args.choice.as_of };
        Ok(Desk { troubles: Vec::new(), checker: Checker::default(), settings, choice: args.choice.clone() })
    }

    /// All rules, for outputs that describe them.
    pub fn rules(&self) -> Vec<RuleCard> {
        Vec::new()
    }

    /// Checks one draft.
    pub fn check(&self, path: &Path, source: String) -> Checked {
        let name = read::display(path);
        let draft =
            Draft { source, format: read::format_of(path).unwrap_or(Format::Text), ..Draft::default() };
        let findings: Vec<Finding> = check::check(&draft, &self.checker, &self.settings)
            .into_iter()
            .filter(|f| self.wanted(f))
            .collect();
        let fail_on = self.choice.fail_on.unwrap_or(Severity::Hint);
        let fails = findings.iter().any(|finding| finding.severity >= fail_on);
        let items = item::items(&name, &draft.source, &findings, &self.checker.knowledge);
        let report = FileReport { path: name, source: draft.source, findings: items, suppressed: Vec::new() };
        Checked { report, summary: Summary::default(), fails }
    }

    fn wanted(&self, finding: &Finding) -> bool {
        let named = |list: &[String]| list.contains(&finding.rule);
        (self.choice.select.is_empty() || named(&self.choice.select))
            && !named(&self.choice.ignore)
            && self.choice.min_severity.is_none_or(|least| finding.severity >= least)
            && self.choice.min_confidence.is_none_or(|least| finding.confidence >= least)
    }
}

/// Today in UTC, so that a run does not depend on where it runs.
fn today() -> Option<Date> {
    let seconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs();
    let days = i64::try_from(seconds / 86_400).ok()?;
    date(1970, 1, 1).checked_add(Span::new().days(days)).ok()
}
