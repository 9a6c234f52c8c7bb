//! `rules schema`: JSON Schemas of the files that people write, for editors that complete and check YAML.

use super::SchemaArgs;
use crate::cli::args;
use crate::cli::desk::Desk;
use crate::schema::json;
use clap::ValueEnum;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

/// What kind of file a schema is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Of {
    /// Rule files
    #[default]
    Rule,
    /// Subjects, facts and sources
    Facts,
    /// claimlint.yaml
    Config,
    /// pack.yaml
    Pack,
}

/// Writes it, with the attributes that the working folder's configuration knows.
pub fn run(args: &SchemaArgs) -> io::Result<ExitCode> {
    let desk = Desk::new(&args::Choice::default(), &args::World::default());
    let (_, built) = desk.at(Path::new("draft.md"));
    let knowledge = &built.checker.knowledge;
    let schema = match args.of {
        Of::Rule => json::rule(knowledge),
        Of::Facts => json::facts(knowledge),
        Of::Config => json::config(knowledge),
        Of::Pack => json::pack(knowledge),
    };
    writeln!(io::stdout().lock(), "{}", serde_json::to_string_pretty(&schema)?)?;
    Ok(ExitCode::SUCCESS)
}
