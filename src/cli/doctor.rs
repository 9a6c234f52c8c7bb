//! `claimlint doctor`: what is found where, for people whose run does not do what they expect.

use super::args::World;
use super::desk::Desk;
use super::outputs::{When, say, terminal};
use crate::config::FILE_NAME;
use crate::disk::walk::{self, IGNORE_FILE};
use crate::render::text::count;
use clap::Args;
use std::fmt::Write;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// `claimlint doctor`.
#[derive(Debug, Args)]
pub struct Doctor {
    /// As seen from which folder [default: the working folder]
    folder: Option<PathBuf>,
    #[command(flatten)]
    world: World,
}

/// Runs the command.
pub fn run(args: &Doctor) -> io::Result<ExitCode> {
    let desk = Desk::new(&Default::default(), &args.world);
    let folder = args.folder.clone().unwrap_or_else(|| PathBuf::from("."));
    let file = folder.join("x.md");
    let (config, built) = desk.at(&file);
    let knowledge = &built.checker.knowledge;
    let mut out = String::new();
    let _ = writeln!(out, "claimlint {}", env!("CARGO_PKG_VERSION"));
    let program = std::env::current_exe().map_or("?".into(), |path| path.display().to_string());
    let _ = writeln!(out, "program        {program}");
    let found = config
        .path
        .as_deref()
        .map_or_else(|| format!("none: no {FILE_NAME} here or above"), |path| path.display().to_string());
    let _ = writeln!(out, "configuration  {found}");
    let _ = writeln!(
        out,
        "ignore file    {}",
        if folder.join(IGNORE_FILE).is_file() { IGNORE_FILE } else { "none" }
    );
    let _ = writeln!(
        out,
        "known          {} on {} from {}",
        count(knowledge.facts.len(), "fact"),
        count(knowledge.subjects.len(), "subject"),
        count(knowledge.sources.len(), "source")
    );
    let _ = writeln!(
        out,
        "rules          {}",
        desk.rules().iter().map(|r| r.name.as_str()).collect::<Vec<_>>().join(", ")
    );
    let drafts: Vec<_> = walk::drafts(&[folder]).filter_map(Result::ok).collect();
    let left_out = drafts.iter().filter(|path| left_out(&desk, path)).count();
    let _ =
        writeln!(out, "drafts         {}, {left_out} of them left out by the configuration", drafts.len());
    let shows = terminal(When::Auto);
    let _ = writeln!(
        out,
        "terminal       {}, {}, {} columns",
        if shows.color { "colours" } else { "no colours" },
        if shows.links { "hyperlinks" } else { "no hyperlinks" },
        shows.width
    );
    let troubles = desk.troubles();
    let _ = writeln!(out, "problems       {}", troubles.len());
    troubles.iter().for_each(|trouble| out += &format!("  {trouble}\n"));
    say(&out)?;
    Ok(ExitCode::from(if troubles.is_empty() { 0 } else { 2 }))
}

fn left_out(desk: &Desk, path: &Path) -> bool {
    desk.at(path).0.left_out(path).is_some()
}
