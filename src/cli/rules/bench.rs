//! `rules bench`: what each rule costs on a draft.

use super::BenchArgs;
use super::workshop::Workshop;
use crate::disk::read;
use crate::draft::{Draft, Format};
use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Instant;

/// How often each rule is run; the fastest run counts.
const ROUNDS: usize = 5;

pub fn run(args: &BenchArgs) -> io::Result<ExitCode> {
    let workshop = Workshop::open(&args.files);
    let source = read::text(&args.on).map_err(|trouble| io::Error::other(trouble.to_string()))?;
    let draft = Draft::parse(&source, read::format_of(&args.on).unwrap_or(Format::Text));
    let mut costs: Vec<(u128, usize, &str)> = Vec::new();
    for entry in &workshop.rules {
        let mut found = 0;
        let round = || {
            let start = Instant::now();
            found = entry.findings(&draft).len();
            start.elapsed().as_micros()
        };
        let micros = std::iter::repeat_with(round).take(ROUNDS).min().unwrap_or(0);
        costs.push((micros, found, &entry.name));
    }
    costs.sort_by(|a, b| b.cmp(a));
    let mut out = io::stdout().lock();
    writeln!(out, "{:>10}  {:>8}  rule ({} kB)", "µs", "findings", source.len().div_ceil(1000))?;
    for (micros, found, name) in costs {
        writeln!(out, "{micros:>10}  {found:>8}  {name}")?;
    }
    Ok(if workshop.tell_troubles()? { ExitCode::from(2) } else { ExitCode::SUCCESS })
}
