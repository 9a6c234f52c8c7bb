//! `claimlint init`: a configuration to start from, every key of it explained.

use crate::config::FILE_NAME;
use crate::disk::write;
use clap::Args;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

/// All keys, each with what it stands at when it is not given. A test reads it with every comment taken off.
pub const TEMPLATE: &str = include_str!("init.yaml");

/// `claimlint init`.
#[derive(Debug, Args)]
pub struct Init {
    /// Where
    #[arg(default_value = ".")]
    folder: PathBuf,
}

/// Runs the command.
pub fn run(args: &Init) -> io::Result<ExitCode> {
    let path = args.folder.join(FILE_NAME);
    if path.exists() {
        return Err(io::Error::other(format!("{} exists already", path.display())));
    }
    write::whole(&path, TEMPLATE.as_bytes())?;
    println!("{} is written. `claimlint lint` reads it from now on.", path.display());
    Ok(ExitCode::SUCCESS)
}
