//! The command line: all commands, and the arguments that several of them share. What only one command takes stands with
//! it. Help texts, completions and man pages are made from these.

use super::{baseline, claims, doctor, explain, facts, import, init, lint, report, rules};
use crate::render::severity_name;
use crate::rule::finding::{Confidence, Severity};
use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;

const EXIT_CODES: &str = "\
Exit codes:
  0  nothing found at or above --fail-on
  1  something found
  2  wrong use, or something could not be read or checked";

/// Check what a draft says about AI models against facts that carry their source
#[derive(Debug, Parser)]
#[command(name = "claimlint", version, max_term_width = 100, after_help = EXIT_CODES)]
pub struct Cli {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check drafts
    #[command(after_help = EXIT_CODES)]
    Lint(Box<lint::Lint>),
    /// Write a fact-check sheet: one page with every claim, its verdict and its evidence
    Report(Box<report::Report>),
    /// Show every claim of a draft with its verdict, and why
    Claims(Box<claims::Claims>),
    /// Say what a rule is for, or how a line of a draft is read and judged
    Explain(explain::Explain),
    /// Show what is known, and check it
    Facts(facts::Facts),
    /// Keep a list of findings that are known and need not be heard of again
    Baseline(Box<baseline::Args>),
    /// Write, test and explain rules
    Rules(rules::Rules),
    /// Take over rules of other programs
    Import(import::Import),
    /// Check, and check again whenever something changes
    Watch(Box<lint::Lint>),
    /// Say what is found where: program, configuration, facts, rules, drafts
    Doctor(doctor::Doctor),
    /// Write a configuration to start from
    Init(init::Init),
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

/// Which drafts to read, what to hold them against and how: what every command takes that checks drafts.
#[derive(Debug, Clone, Args)]
pub struct Drafts {
    /// Files and folders; `-` is standard input
    #[arg(default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// Name of what comes on standard input: its ending says the format, its folder finds the configuration
    #[arg(long, value_name = "PATH")]
    pub stdin_filename: Option<PathBuf>,
    /// Leave out what ignore files leave out also where it is named itself, as hooks that pass names want it
    #[arg(long)]
    pub force_exclude: bool,
    #[command(flatten)]
    pub choice: Choice,
    #[command(flatten)]
    pub world: World,
    #[command(flatten)]
    pub run: Run,
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

/// How to run.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Running")]
pub struct Run {
    /// How many drafts to check at once [default: one per processor]
    #[arg(long, value_name = "N")]
    pub jobs: Option<std::num::NonZeroUsize>,
    /// Nothing but findings and what went wrong
    #[arg(long, short)]
    pub quiet: bool,
    /// Say on standard error what is read and how long it takes
    #[arg(long, short, conflicts_with = "quiet")]
    pub verbose: bool,
}

impl ValueEnum for Severity {
    fn value_variants<'a>() -> &'a [Self] {
        &[Severity::Hint, Severity::Info, Severity::Warning, Severity::Error]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(severity_name(*self)))
    }
}

impl ValueEnum for Confidence {
    fn value_variants<'a>() -> &'a [Self] {
        &[Confidence::Low, Confidence::Medium, Confidence::High]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Confidence::Low => "low",
            Confidence::Medium => "medium",
            Confidence::High => "high",
        }))
    }
}
