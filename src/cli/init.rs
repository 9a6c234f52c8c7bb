//! `claimlint init`: a configuration to start from, every key of it explained, and if wanted a file of the models that the
//! drafts name and no fact file knows.

use super::args::{Choice, Drafts, Run, World};
use super::desk::Desk;
use super::survey::Survey;
use super::unknown::{Gathered, Seen, Unknown};
use crate::config::FILE_NAME;
use crate::disk::{read, write};
use crate::render::text::count;
use clap::Args;
use std::fmt::Write as _;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// All keys, each with what it stands at when it is not given. A test reads it with every comment taken off.
pub const TEMPLATE: &str = include_str!("init.yaml");

/// Where the models that were found are written, from the configuration's folder.
const MODELS: &str = "facts/models.yaml";
/// How the template names the folder of facts, so that it can be told to use it.
const FACTS: &str = "#facts: [facts/]";

/// `claimlint init`.
#[derive(Debug, Args)]
pub struct Init {
    /// Where
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// Look through the drafts there for models that have no facts, and write down their names; a terminal is asked
    #[arg(long)]
    models: bool,
}

/// Runs the command.
pub fn run(args: &Init) -> io::Result<ExitCode> {
    let path = args.folder.join(FILE_NAME);
    let models = args.folder.join(MODELS);
    if let Some(there) = [&path, &models].into_iter().find(|path| path.exists()) {
        return Err(io::Error::other(format!("{} exists already", read::display(there))));
    }
    let found = if args.models || asked()? { unknown(&args.folder)? } else { Unknown::default() };
    let names = found.names();
    let mut template = TEMPLATE.to_string();
    if !names.is_empty() {
        std::fs::create_dir_all(models.parent().unwrap_or(Path::new(".")))?;
        write::whole(&models, file(&names).as_bytes())?;
        template = template.replacen(FACTS, FACTS.trim_start_matches('#'), 1);
        println!("{} names {} without facts:", read::display(&models), count(names.len(), "model"));
        for (name, seen) in &names {
            println!("  {name}  {}", place(seen));
        }
        println!(
            "Strike out what is no model, and add facts with their quotes; until then they are known by name."
        );
    } else if args.models {
        println!("No model without facts was found in the drafts.");
    }
    write::whole(&path, template.as_bytes())?;
    println!("{} is written. `claimlint lint` reads it from now on.", read::display(&path));
    Ok(ExitCode::SUCCESS)
}

/// Asks a person, if there is one.
fn asked() -> io::Result<bool> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Ok(false);
    }
    print!("Look through the drafts here for models that have no facts? [y/N] ");
    io::stdout().flush()?;
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    Ok(matches!(line.trim(), "y" | "Y" | "yes"))
}

fn unknown(folder: &Path) -> io::Result<Unknown> {
    let drafts = Drafts {
        paths: vec![folder.to_path_buf()],
        stdin_filename: None,
        force_exclude: false,
        choice: Choice::default(),
        world: World::default(),
        run: Run::default(),
    };
    let desk = Desk::new(&drafts.choice, &drafts.world);
    let mut unknown = Unknown::default();
    let rest = Survey { desk: &desk, drafts: &drafts }.each(
        |standing, path, source| Ok(Gathered::of(standing, &read::display(path), &standing.draft(&source))),
        |gathered, _| {
            unknown.add(gathered);
            true
        },
    );
    rest.troubles.iter().for_each(|trouble| eprintln!("{trouble}"));
    Ok(unknown)
}

fn file(names: &[(&str, &Seen)]) -> String {
    let mut out = String::from(
        "# Models that the drafts name and of which nothing is known yet. Strike out what is none; add a source and facts with\n\
         # quotes, as in:\n\
         #     facts:\n\
         #       - {openness: closed, from: 2026-01-31, source: {title: …, url: …}, quote: …}\n\
         subjects:\n",
    );
    for (name, seen) in names {
        let id: String =
            name.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
        let _ = writeln!(out, "  - {{subject: unsorted/{id}, kind: model, name: {name}}} # {}", place(seen));
    }
    out
}

fn place(seen: &Seen) -> String {
    match seen.count {
        1 => seen.first.clone(),
        n => format!("{}, {n} times in all", seen.first),
    }
}
