//! `claimlint import`: other programs' rules as files of this one.

use crate::disk::write;
use crate::import::vale;
use crate::render::text::count;
use crate::rule::pack;
use clap::{Args, Subcommand};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// `claimlint import`.
#[derive(Debug, Args)]
pub struct Import {
    #[command(subcommand)]
    from: From,
}

#[derive(Debug, Subcommand)]
enum From {
    /// Write the rules of a Vale installation as native files
    Vale(Vale),
}

#[derive(Debug, Args)]
struct Vale {
    /// A `.vale.ini`, the folder that holds it, or a styles folder
    path: PathBuf,
    /// The folder that the rules are written to
    #[arg(long, short)]
    output: PathBuf,
}

/// A manifest for the folder of rules.
fn start(folder: &Path) -> String {
    let name = folder.file_name().map_or_else(|| "rules".into(), |name| name.to_string_lossy());
    pack::start(&name, "Rules taken over from Vale")
}

/// Runs a subcommand. What cannot be taken over is said, and the rest is written.
pub fn run(args: &Import) -> io::Result<ExitCode> {
    let From::Vale(args) = &args.from;
    let read = vale::load(&args.path);
    let files = read.native_files();
    for (path, text) in &files {
        let path = args.output.join(path);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        write::whole(&path, text.as_bytes())?;
    }
    let manifest = args.output.join(pack::FILE);
    if !manifest.exists() {
        write::whole(&manifest, start(&args.output).as_bytes())?;
    }
    let mut err = io::stderr().lock();
    for trouble in &read.troubles {
        writeln!(err, "{trouble}")?;
    }
    let globs = read.config.globs();
    if !globs.is_empty() {
        writeln!(
            err,
            "what holds for {} only is not in the files; write it as `overrides`",
            globs.join(", ")
        )?;
    }
    writeln!(io::stdout().lock(), "wrote {} to {}", count(read.rules.len(), "rule"), args.output.display())?;
    Ok(if read.troubles.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(2) })
}
