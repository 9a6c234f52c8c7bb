//! `claimlint init`: a configuration to start from, every key of it explained.

use crate::config::FILE_NAME;
use crate::disk::write;
use std::io;
use std::path::Path;
use std::process::ExitCode;

/// All keys, each with what it stands at when it is not given. A test reads it with every comment taken off.
pub const TEMPLATE: &str = include_str!("init.yaml");

/// Runs the command.
pub fn run(folder: &Path) -> io::Result<ExitCode> {
    let path = folder.join(FILE_NAME);
    if path.exists() {
        return Err(io::Error::other(format!("{} exists already", path.display())));
    }
    write::whole(&path, TEMPLATE.as_bytes())?;
    println!("{} is written. `claimlint lint` reads it from now on.", path.display());
    Ok(ExitCode::SUCCESS)
}
