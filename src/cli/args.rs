//! The command line's arguments. Help texts, completions and man pages are made from this file.

use crate::rule::finding::{Confidence, Severity};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;

/// Check what a draft says about AI models against facts that carry their source
#[derive(Debug, Parser)]
#[command(name = "claimlint", version, max_term_width = 100, after_help = EXIT_CODES)]
pub struct Cli {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  nothing found at or above --fail-on
  1  something found
  2  wrong use, or something could not be read or checked";

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check drafts
    Lint(Box<Lint>),
    /// Write a fact-check sheet: one page with every claim, its verdict and its evidence
    Report(Box<ReportArgs>),
    /// Show every claim of a draft with its verdict, and why
    Claims(Box<ClaimsArgs>),
    /// Show what is known, and check it
    Facts(Box<FactsArgs>),
    /// Keep a list of findings that are known and need not be heard of again
    Baseline(Box<BaselineArgs>),
    /// Write, test and explain rules
    Rules(super::rules::Rules),
    /// Take over rules of other programs
    Import(super::import::Import),
    /// Check, and check again whenever something changes
    Watch(Box<Lint>),
    /// Say what is found where: program, configuration, facts, rules, drafts
    Doctor(DoctorArgs),
    /// Write a configuration to start from
    Init {
        /// Where
        #[arg(default_value = ".")]
        folder: PathBuf,
    },
    /// Write a shell's completions to standard output
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
    /// Write manual pages into a folder
    Man {
        /// Which folder
        folder: PathBuf,
    },
    /// Serve an editor as a language server
    #[cfg(feature = "lsp")]
    Lsp(Lsp),
}

/// `claimlint lsp`.
#[cfg(feature = "lsp")]
#[derive(Debug, Args)]
pub struct Lsp {
    /// Wait for the editor on this port of this machine instead of standard input and output
    #[arg(long, value_name = "PORT")]
    pub socket: Option<u16>,
    /// Standard input and output, as always: editors may say so
    #[arg(long, hide = true, conflicts_with = "socket")]
    pub stdio: bool,
}

/// `claimlint lint`.
#[derive(Debug, Args)]
pub struct Lint {
    /// Files and folders; `-` is standard input
    #[arg(default_value = ".")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub choice: Choice,
    #[command(flatten)]
    pub world: World,
    #[command(flatten)]
    pub output: Output,
    #[command(flatten)]
    pub fixing: Fixing,
    #[command(flatten)]
    pub run: Run,
    /// Read JSON Lines of `{"id", "text", "format", "date"}` and answer each with a line of its findings
    #[arg(long, conflicts_with_all = ["paths", "format", "output", "fix", "unsafe_fixes", "diff_fixes", "baseline", "diff"])]
    pub stdin_records: bool,
    /// Leave out what this baseline file knows
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Only what changes since this commit brought, in drafts or by changed facts and rules
    #[arg(long, value_name = "COMMIT")]
    pub diff: Option<String>,
    /// Show each setting that holds for a file and where it was set, and check nothing
    #[arg(long, value_name = "FILE")]
    pub show_config: Option<PathBuf>,
    /// Name of what comes on standard input: its ending says the format, its folder finds the configuration
    #[arg(long, value_name = "PATH")]
    pub stdin_filename: Option<PathBuf>,
}

/// `claimlint report`.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// Files and folders
    #[arg(default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// Where to write the page; `-` is standard output
    #[arg(long, short, value_name = "FILE", default_value = "fact-check.html")]
    pub output: PathBuf,
    /// The page's title
    #[arg(long, default_value = "Fact-check sheet")]
    pub title: String,
    #[command(flatten)]
    pub choice: Choice,
    #[command(flatten)]
    pub world: World,
    #[command(flatten)]
    pub run: Run,
}

/// `claimlint claims`.
#[derive(Debug, Args)]
pub struct ClaimsArgs {
    /// Files and folders; `-` is standard input
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    /// One JSON line for each claim
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub choice: Choice,
    #[command(flatten)]
    pub world: World,
    #[command(flatten)]
    pub run: Run,
}

/// `claimlint doctor`.
#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// As seen from which folder [default: the working folder]
    pub folder: Option<PathBuf>,
    #[command(flatten)]
    pub world: World,
}

/// `claimlint facts`.
#[derive(Debug, Args)]
pub struct FactsArgs {
    #[command(subcommand)]
    pub command: FactsCommand,
    #[command(flatten)]
    pub world: World,
}

/// What to do with facts.
#[derive(Debug, Subcommand)]
pub enum FactsCommand {
    /// List subjects
    List,
    /// Show all facts on a subject with their quotes
    Show {
        /// Its id or one of its names
        subject: String,
    },
    /// Check that quotes stand in their documents, times make sense and facts do not contradict each other
    Verify,
}

/// `claimlint baseline`.
#[derive(Debug, Args)]
pub struct BaselineArgs {
    /// What to do with it
    pub action: BaselineAction,
    /// Files and folders
    #[arg(default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// The baseline file
    #[arg(long, value_name = "FILE", default_value = ".claimlint-baseline.json")]
    pub baseline: PathBuf,
    #[command(flatten)]
    pub choice: Choice,
    #[command(flatten)]
    pub world: World,
    #[command(flatten)]
    pub run: Run,
}

/// What to do with a baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BaselineAction {
    /// Write down all that is found now
    Create,
    /// Fail if there is something new, or something known is gone
    Check,
    /// Strike out what is gone; nothing new is added
    Update,
}

/// Which findings to report.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Choosing")]
pub struct Choice {
    /// Only these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub select: Vec<String>,
    /// Not these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// Nothing less severe
    #[arg(long, value_name = "SEVERITY")]
    pub min_severity: Option<Severity>,
    /// Nothing less sure
    #[arg(long, value_name = "CONFIDENCE")]
    pub min_confidence: Option<Confidence>,
    /// Exit with 1 only for findings of this severity or worse [default: hint]
    #[arg(long, value_name = "SEVERITY")]
    pub fail_on: Option<Severity>,
    /// Judge at this day, whatever day a draft names
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Option<Date>,
    /// Comments that allow a finding must give a reason
    #[arg(long)]
    pub require_reason: bool,
}

/// What is known and which configuration holds.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Facts, rules and configuration")]
pub struct World {
    /// Further facts: a file or a folder
    #[arg(long, value_name = "PATH")]
    pub facts: Vec<PathBuf>,
    /// Further rules: a file or a folder
    #[arg(long, value_name = "PATH")]
    pub rules: Vec<PathBuf>,
    /// Further source documents that facts quote: a file or a folder
    #[arg(long, value_name = "PATH")]
    pub seeds: Vec<PathBuf>,
    /// The styles of a Vale installation: its `.vale.ini`, or the folder that holds it
    #[arg(long, value_name = "PATH")]
    pub vale: Vec<PathBuf>,
    /// Leave out the facts that come with the program
    #[arg(long)]
    pub no_builtin_facts: bool,
    /// This configuration instead of the `claimlint.yaml` nearest to each file
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,
    /// No configuration file at all
    #[arg(long)]
    pub no_config: bool,
}

/// How to report.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Output")]
pub struct Output {
    /// How to write findings on standard output
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
    /// Write them to a file too; may be given several times
    #[arg(long, value_name = "FORMAT=FILE", value_parser = parse_output)]
    pub output: Vec<(Format, PathBuf)>,
    /// Colours and hyperlinks; `auto` asks the terminal and NO_COLOR
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: When,
    /// Nothing but findings
    #[arg(long, short)]
    pub quiet: bool,
    /// Say what is read and how long it takes
    #[arg(long, short, conflicts_with = "quiet")]
    pub verbose: bool,
}

/// How to run.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Running")]
pub struct Run {
    /// How many drafts to check at once [default: one per processor]
    #[arg(long, value_name = "N")]
    pub jobs: Option<std::num::NonZeroUsize>,
}

/// What to do about what is found.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Fixing")]
pub struct Fixing {
    /// Apply fixes that change no meaning but the one at fault
    #[arg(long)]
    pub fix: bool,
    /// Apply all fixes, also those that an author should look at
    #[arg(long)]
    pub unsafe_fixes: bool,
    /// Show what fixes would change as a patch, and change nothing
    #[arg(long, conflicts_with_all = ["fix", "output", "format"])]
    pub diff_fixes: bool,
}

/// An output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// For people: the line, what is wrong, the fact and its quote
    #[default]
    Text,
    /// One line for each finding
    Concise,
    /// One JSON object
    Json,
    /// One JSON line for each draft
    Jsonl,
    /// SARIF 2.1.0
    Sarif,
    /// GitHub annotations
    Github,
    /// GitLab Code Quality
    Gitlab,
    /// Checkstyle XML
    Checkstyle,
    /// JUnit XML
    Junit,
    /// reviewdog's format, one object
    Rdjson,
    /// reviewdog's format, one line for each finding
    Rdjsonl,
    /// For a job summary or a comment
    Markdown,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum When {
    /// If a terminal shows it
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl ValueEnum for Severity {
    fn value_variants<'a>() -> &'a [Self] {
        &[Severity::Hint, Severity::Info, Severity::Warning, Severity::Error]
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(crate::render::severity_name(*self)))
    }
}

impl ValueEnum for Confidence {
    fn value_variants<'a>() -> &'a [Self] {
        &[Confidence::Low, Confidence::Medium, Confidence::High]
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(match self {
            Confidence::Low => "low",
            Confidence::Medium => "medium",
            Confidence::High => "high",
        }))
    }
}

fn parse_output(text: &str) -> Result<(Format, PathBuf), String> {
    let (format, file) = text.split_once('=').ok_or("expected FORMAT=FILE, as in sarif=report.sarif")?;
    let format = Format::from_str(format, true)?;
    match file {
        "" => Err("no file is named after the `=`".to_string()),
        _ => Ok((format, file.into())),
    }
}
