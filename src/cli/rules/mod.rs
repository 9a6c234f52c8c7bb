//! `claimlint rules`: writing, testing and explaining rules.

mod bench;
mod doc;
mod explain;
mod new;
mod pack;
mod schema;
mod test;
mod workshop;

use clap::{Args, Subcommand};
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

/// `claimlint rules`.
#[derive(Debug, Args)]
pub struct Rules {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the examples in rule files, and say which phrases no example needs
    Test(TestArgs),
    /// Start a rule from a few sentences
    New(NewArgs),
    /// Say what a rule does and why
    Explain(ExplainArgs),
    /// Say why a rule found something in a line, or did not
    Trace(TraceArgs),
    /// Write a JSON Schema of the files that people write, for editors
    Schema(SchemaArgs),
    /// Write a page about all rules
    Doc(DocArgs),
    /// Write the reference: every key of every file, with its meaning
    Reference(ReferenceArgs),
    /// Say what each rule costs, the slowest first
    Bench(BenchArgs),
    /// Look over a folder of rules that is to be shared
    #[command(subcommand)]
    Pack(PackCommand),
}

#[derive(Debug, Subcommand)]
enum PackCommand {
    /// Check its manifest, `pack.yaml`, and that every rule proves itself
    Check(PackArgs),
}

#[derive(Debug, Args)]
struct PackArgs {
    /// The pack's folder
    #[arg(default_value = ".")]
    path: PathBuf,
}

#[derive(Debug, Args)]
struct ReferenceArgs {
    /// Write the page to a file
    #[arg(long, short)]
    output: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct TestArgs {
    /// Rule files or folders [default: those of the configuration, or ./rules, or the program's own]
    files: Vec<PathBuf>,
    /// Run again whenever a file changes
    #[arg(long, short)]
    watch: bool,
    /// Say which phrases no example needs for rules that compare with facts too
    #[arg(long)]
    coverage: bool,
    /// Phrases that no example needs count as failures
    #[arg(long)]
    strict: bool,
}

#[derive(Debug, Args)]
struct NewArgs {
    /// What the rule is called
    name: String,
    /// What kind of pattern it looks for: existence or substitution [default: substitution with --instead, else existence]
    #[arg(long)]
    kind: Option<String>,
    /// A sentence that it flags, what is wrong in [[brackets]]; may be given several times
    #[arg(long, value_name = "SENTENCE")]
    flag: Vec<String>,
    /// A sentence that it passes; may be given several times
    #[arg(long, value_name = "SENTENCE")]
    pass: Vec<String>,
    /// What to write instead of each thing flagged, in order
    #[arg(long, value_name = "TEXT")]
    instead: Vec<String>,
    /// What a finding says
    #[arg(long)]
    message: Option<String>,
    /// The folder that the rule is written to
    #[arg(long, short, default_value = "rules")]
    output: PathBuf,
}

#[derive(Debug, Args)]
struct ExplainArgs {
    /// The rule's name
    name: String,
    /// Rule files or folders [default: as for `test`]
    #[arg(long, value_name = "PATH")]
    rules: Vec<PathBuf>,
}

#[derive(Debug, Args)]
struct TraceArgs {
    /// The rule's name
    name: String,
    /// A draft and a line in it, as in draft.md:12
    #[arg(value_name = "FILE:LINE")]
    place: String,
    /// Rule files or folders [default: as for `test`]
    #[arg(long, value_name = "PATH")]
    rules: Vec<PathBuf>,
}

#[derive(Debug, Args)]
struct SchemaArgs {
    /// The kind of file
    #[arg(default_value = "rule")]
    of: schema::Of,
}

#[derive(Debug, Args)]
struct DocArgs {
    /// Rule files or folders [default: as for `test`]
    files: Vec<PathBuf>,
    /// Write the page to a file
    #[arg(long, short)]
    output: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct BenchArgs {
    /// Rule files or folders [default: as for `test`]
    files: Vec<PathBuf>,
    /// A draft to run them on
    #[arg(long, value_name = "FILE")]
    on: PathBuf,
}

/// Runs a subcommand.
pub fn run(args: &Rules) -> io::Result<ExitCode> {
    match &args.command {
        Command::Test(args) => test::run(args),
        Command::New(args) => new::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Trace(args) => explain::trace(args),
        Command::Schema(args) => schema::run(args),
        Command::Doc(args) => doc::run(args),
        Command::Bench(args) => bench::run(args),
        Command::Reference(args) => doc::reference(args),
        Command::Pack(PackCommand::Check(args)) => pack::check(args),
    }
}
