//! The batch command.

mod args;
mod baseline;
mod claims;
pub(crate) mod desk;
mod diff;
mod doctor;
mod explain;
mod facts;
mod fix;
mod init;
mod import;
mod lint;
mod outputs;
mod pick;
mod pool;
mod progress;
mod records;
mod rules;
mod report;
mod survey;
mod unknown;
mod watch;

use args::{Cli, Command};
use clap::{CommandFactory, Parser};
use std::io;
use std::process::ExitCode;

/// Runs the program as the command line says.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let result = match &cli.command {
        Command::Lint(args) => lint::run(args),
        Command::Report(args) => report::run(args),
        Command::Claims(args) => claims::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Facts(args) => facts::run(args),
        Command::Baseline(args) => baseline::run(args),
        Command::Rules(args) => rules::run(args),
        Command::Import(args) => import::run(args),
        Command::Watch(args) => watch::run(args),
        Command::Doctor(args) => doctor::run(args),
        Command::Init(args) => init::run(args),
        Command::Completions { shell } => {
            clap_complete::generate(*shell, &mut Cli::command(), "claimlint", &mut io::stdout());
            Ok(ExitCode::SUCCESS)
        }
        Command::Man { folder } => std::fs::create_dir_all(folder)
            .and_then(|()| clap_mangen::generate_to(Cli::command(), folder))
            .map(|()| ExitCode::SUCCESS),
        #[cfg(feature = "lsp")]
        Command::Lsp(args) => serve(args),
    };
    match result {
        Ok(code) => code,
        // Whoever read our output has seen enough, as `head` has.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("claimlint: {error}");
            ExitCode::from(2)
        }
    }
}

#[cfg(feature = "lsp")]
fn serve(args: &args::Lsp) -> io::Result<ExitCode> {
    use crate::lsp::{Options, socket, stdio};
    match args.socket {
        Some(port) => socket(port, Options::default()),
        None => Ok(stdio(Options::default())),
    }
}
