//! Old sins: findings that a team knows and does not want to hear of until someone touches them.
//!
//! A baseline knows a finding by its meaning (rule, subject, attribute, claimed value) and the heading it stands under,
//! not by its line, so it survives edits elsewhere. Findings of rules that compare nothing go by their words.

use super::args::Drafts;
use super::desk::{Desk, Standing};
use super::survey::Survey;
use crate::config::absolute;
use crate::disk::{read, write};
use crate::render::item::Item;
use crate::render::text::count;
use crate::render::{FileReport, Trouble};
use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const VERSION: u32 = 1;

/// `claimlint baseline`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to do with it
    action: Action,
    #[command(flatten)]
    drafts: Drafts,
    /// The baseline file
    #[arg(long, value_name = "FILE", default_value = ".claimlint-baseline.json")]
    baseline: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Action {
    /// Write down all that is found now
    Create,
    /// Fail if there is something new, or something known is gone
    Check,
    /// Strike out what is gone; nothing new is added
    Update,
}

/// Runs the command.
pub fn run(args: &Args) -> io::Result<ExitCode> {
    let desk = Desk::new(&args.drafts.choice, &args.drafts.world);
    let survey = Survey { desk: &desk, drafts: &args.drafts };
    let mut now = Baseline::at(&args.baseline);
    let report = |standing: &Standing, path: &Path, source: String| {
        let draft = standing.draft(&source);
        let found = standing.judge(&draft);
        Ok(standing.report(path, &draft, &found.sorted))
    };
    let rest = survey.each(report, |report, _| {
        now.add(&report);
        true
    });
    if !rest.troubles.is_empty() {
        rest.troubles.iter().for_each(|trouble| eprintln!("{trouble}"));
        return Err(io::Error::other("nothing was written, since not everything could be checked"));
    }
    let name = args.baseline.display();
    let tell = |line: String| {
        if !args.drafts.run.quiet {
            println!("{line}");
        }
    };
    if args.action == Action::Create {
        if args.baseline.exists() {
            return Err(io::Error::other(format!(
                "{name} exists; `baseline update` strikes out what is gone"
            )));
        }
        now.write(&args.baseline)?;
        tell(format!("{name} knows {} now.", count(now.len(), "finding")));
        return Ok(ExitCode::SUCCESS);
    }
    let old = Baseline::read(&args.baseline).map_err(|trouble| io::Error::other(trouble.to_string()))?;
    let (new, gone) = (now.beyond(&old), old.beyond(&now));
    if args.action == Action::Update {
        old.shared(&now).write(&args.baseline)?;
        tell(format!("{name}: {gone} gone and struck out, {} left, {new} new not added.", old.len() - gone));
        return Ok(ExitCode::SUCCESS);
    }
    tell(format!("{name}: {new} new, {gone} gone, {} known.", old.len() - gone));
    Ok(ExitCode::from(u8::from(new + gone > 0)))
}

/// What a finding is known by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sin {
    path: String,
    rule: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    subject: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    attribute: String,
    value: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    heading: String,
}

/// Known findings, and how often each may occur.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    /// The folder that paths in it start from: its own, so that it does not matter where a run starts.
    root: PathBuf,
    sins: BTreeMap<Sin, usize>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    findings: Vec<Line>,
}

#[derive(Serialize, Deserialize)]
struct Line {
    #[serde(flatten)]
    sin: Sin,
    count: usize,
}

impl Baseline {
    /// One that knows nothing, to stand at a path.
    pub fn at(path: &Path) -> Self {
        let root = absolute(path).parent().map(Path::to_path_buf).unwrap_or_default();
        Baseline { root, sins: BTreeMap::new() }
    }

    /// Reads a baseline file.
    pub fn read(path: &Path) -> Result<Self, Trouble> {
        let text = read::text(path)?;
        let file: File = serde_json::from_str(&text)
            .map_err(|error| Trouble::whole(read::display(path), format!("is no baseline: {error}")))?;
        if file.version != VERSION {
            let message = format!("has version {}, this program reads {VERSION}", file.version);
            return Err(Trouble::whole(read::display(path), message));
        }
        let sins = file.findings.into_iter().map(|line| (line.sin, line.count)).collect();
        Ok(Baseline { sins, ..Baseline::at(path) })
    }

    /// Writes it, one finding a line, sorted, so that a diff of it reads well.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let lines = self.sins.iter().map(|(sin, count)| {
            let line = Line { sin: sin.clone(), count: *count };
            serde_json::to_string(&line).map(|line| format!("    {line}"))
        });
        let lines = lines.collect::<Result<Vec<_>, _>>()?.join(",\n");
        let text = format!("{{\n  \"version\": {VERSION},\n  \"findings\": [\n{lines}\n  ]\n}}\n");
        write::whole(path, text.as_bytes())
    }

    /// Adds a draft's findings.
    pub fn add(&mut self, report: &FileReport) {
        for item in &report.findings {
            let sin = sin(&self.root, item, &report.source);
            *self.sins.entry(sin).or_default() += 1;
        }
    }

    /// Takes out of a draft's report what the baseline knows; gives how many that were.
    pub fn filter(&self, report: &mut FileReport) -> usize {
        let mut left: BTreeMap<Sin, usize> = BTreeMap::new();
        let before = report.findings.len();
        let source = std::mem::take(&mut report.source);
        report.findings.retain(|item| {
            let sin = sin(&self.root, item, &source);
            let Some(known) = self.sins.get(&sin) else { return true };
            let left = left.entry(sin).or_insert(*known);
            let new = *left == 0;
            *left = left.saturating_sub(1);
            new
        });
        report.source = source;
        before - report.findings.len()
    }

    /// How many findings of this one the other does not know.
    pub fn beyond(&self, other: &Baseline) -> usize {
        let missing =
            |(sin, count): (&Sin, &usize)| count.saturating_sub(other.sins.get(sin).copied().unwrap_or(0));
        self.sins.iter().map(missing).sum()
    }

    /// The findings that both know, as often as both do.
    pub fn shared(&self, other: &Baseline) -> Baseline {
        let both = self.sins.iter().filter_map(|(sin, count)| {
            let count = *count.min(other.sins.get(sin)?);
            Some((sin.clone(), count))
        });
        Baseline { root: self.root.clone(), sins: both.collect() }
    }

    /// How many findings it knows.
    pub fn len(&self) -> usize {
        self.sins.values().sum()
    }
}

fn sin(root: &Path, item: &Item, source: &str) -> Sin {
    let (subject, attribute, value) = match &item.meaning {
        Some(meaning) => (meaning.subject.clone(), meaning.attribute.clone(), meaning.value.clone()),
        None => (String::new(), String::new(), squeezed(item.span.of(source))),
    };
    let path = absolute(Path::new(&item.path));
    let path = read::display(path.strip_prefix(root).unwrap_or(&path));
    let (rule, heading) = (item.rule.clone(), squeezed(&item.heading));
    Sin { path, rule, subject, attribute, value, heading }
}

/// Words with one space between them, so that rewrapping a paragraph changes nothing.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
