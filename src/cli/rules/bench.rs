//! `rules bench`: what each rule costs on a draft.

use super::BenchArgs;
use super::workshop::Workshop;
use crate::disk::read;
use crate::draft::{Draft, Format};
use crate::rule::finding::Finding;
use crate::yaml::{Node, NodeKind};
use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Instant;

/// How often each rule is run; the fastest run counts.
const ROUNDS: usize = 40;

/// The fastest of some runs, and how much is found.
fn timed(findings: &dyn Fn(&Draft) -> Vec<Finding>, draft: &Draft) -> (u128, usize) {
    let mut found = 0;
    let round = || {
        let start = Instant::now();
        found = findings(draft).len();
        start.elapsed().as_micros()
    };
    let micros = std::iter::repeat_with(round).take(ROUNDS).min().unwrap_or(0);
    (micros, found)
}

/// A rule of this name that reads nothing.
fn bare(rule: &Node) -> Node {
    let mut bare = rule.clone();
    if let NodeKind::Map(entries) = &mut bare.kind {
        let kept = |key: &Node| matches!(&key.kind, NodeKind::Scalar { text, .. } if text == "rule" || text == "message");
        entries.retain(|(key, _)| kept(key));
    }
    bare
}

pub fn run(args: &BenchArgs) -> io::Result<ExitCode> {
    let workshop = Workshop::open(&args.files);
    let source = read::text(&args.on).map_err(|trouble| io::Error::other(trouble.to_string()))?;
    let draft = Draft::parse(&source, read::format_of(&args.on).unwrap_or(Format::Text));
    let mut costs: Vec<(u128, usize, &str)> = Vec::new();
    // Reading itself, which rules on claims share and which is paid once for all of them.
    let mut shared: Option<u128> = None;
    for entry in &workshop.rules {
        let (mut micros, found) = match entry.checker() {
            None => timed(&|draft| entry.findings(draft), &draft),
            Some(_) => workshop.altered(entry, &entry.node).map_or((0, 0), |alone| timed(&*alone, &draft)),
        };
        if entry.checker().is_some() {
            let bare =
                || workshop.altered(entry, &bare(&entry.node)).map_or(0, |none| timed(&*none, &draft).0);
            micros = micros.saturating_sub(*shared.get_or_insert_with(bare));
        }
        costs.push((micros, found, &entry.name));
    }
    costs.sort_by(|a, b| b.cmp(a));
    costs.extend(shared.map(|micros| (micros, 0, "(reading, once for all rules on claims)")));
    let mut out = io::stdout().lock();
    writeln!(out, "{:>10}  {:>8}  rule ({} kB)", "µs", "findings", source.len().div_ceil(1000))?;
    for (micros, found, name) in costs {
        writeln!(out, "{micros:>10}  {found:>8}  {name}")?;
    }
    Ok(if workshop.tell_troubles()? { ExitCode::from(2) } else { ExitCode::SUCCESS })
}
