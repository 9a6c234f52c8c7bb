//! `rules pack check`: whether a folder of rules is fit to be shared.

use super::PackArgs;
use super::workshop::{Entry, Workshop};
use crate::disk::{embedded, read};
use crate::render::Trouble;
use crate::render::text::count;
use crate::rule::pack::{self, Pack};
use crate::rule::proof::prove;
use crate::yaml;
use std::collections::HashSet;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

/// What a licence's text is called.
const LICENCES: [&str; 4] = ["LICENSE", "LICENCE", "COPYING", "LICENSES"];

pub fn check(args: &PackArgs) -> io::Result<ExitCode> {
    let (manifest, mut troubles) = manifest(&args.path);
    let workshop = Workshop::open(std::slice::from_ref(&args.path));
    troubles.extend(workshop.troubles.iter().filter(|t| !troubles.contains(t)).cloned().collect::<Vec<_>>());
    let mut lacking = Vec::new();
    if !has_licence(&args.path) {
        lacking.push(format!(
            "{}: no licence text stands in the pack (a file LICENSE)",
            read::display(&args.path)
        ));
    }
    if manifest.as_ref().is_some_and(|pack| pack.licence.is_none()) {
        let file = read::display(&args.path.join(pack::FILE));
        lacking.push(format!("{file}: no `licence` says what others may do with the rules"));
    }
    let mut names = HashSet::new();
    for entry in &workshop.rules {
        let place = workshop.place(entry.file, entry.node.span.start);
        let twice = !names.insert(entry.name.as_str());
        let told =
            faults(entry).into_iter().chain(twice.then(|| "another rule has this name too".to_string()));
        lacking.extend(told.map(|fault| format!("{place}: {}: {fault}", entry.name)));
    }
    let mut out = io::stdout().lock();
    for trouble in &troubles {
        writeln!(out, "{trouble}")?;
    }
    for fault in &lacking {
        writeln!(out, "{fault}")?;
    }
    let examples = workshop.rules.iter().map(|entry| entry.examples.len()).sum();
    let what = manifest.map_or("pack".to_string(), |p| {
        format!("{} {} ({})", p.name, p.version, p.licence.unwrap_or("no licence".to_string()))
    });
    writeln!(
        out,
        "{what}: {}, {}, {}",
        count(workshop.rules.len(), "rule"),
        count(examples, "example"),
        count(troubles.len() + lacking.len(), "problem"),
    )?;
    Ok(match (troubles.is_empty() && !workshop.rules.is_empty(), lacking.is_empty()) {
        (false, _) => ExitCode::from(2),
        (true, false) => ExitCode::from(1),
        (true, true) => ExitCode::SUCCESS,
    })
}

fn manifest(folder: &Path) -> (Option<Pack>, Vec<Trouble>) {
    let path = folder.join(pack::FILE);
    let (name, source) = match read::text(&path) {
        Ok(source) => (read::display(&path), source),
        Err(trouble) => return (None, vec![trouble]),
    };
    let (node, mut problems) = yaml::parse(&source);
    let (pack, found) = node.map_or((None, Vec::new()), |node| pack::load(0, &node));
    problems.extend(found);
    (pack, problems.iter().map(|problem| Trouble::in_yaml(&name, &source, problem)).collect())
}

fn has_licence(folder: &Path) -> bool {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut names = entries.map(|entry| entry.file_name().to_string_lossy().to_uppercase());
    names.any(|name| LICENCES.iter().any(|known| name.split(['.', '-']).next() == Some(known)))
}

/// What a rule lacks for people who did not write it.
fn faults(entry: &Entry) -> Vec<String> {
    let mut faults = Vec::new();
    if entry.card.title.is_empty() || entry.card.title == entry.name {
        faults.push("it has no `title`, which tells others what it is about".to_string());
    }
    if !entry.examples.iter().any(|example| !example.flags.is_empty()) {
        faults.push("no example shows what it flags".to_string());
    }
    if !entry.examples.iter().any(|example| example.flags.is_empty()) {
        faults.push("no example shows what it passes".to_string());
    }
    let failed = entry.examples.iter().filter(|e| prove(e, &|draft| entry.findings(draft)).is_some()).count();
    if failed > 0 {
        faults.push(format!("{} wrong (see `claimlint rules test`)", count(failed, "example")));
    }
    let own = embedded::FILES.iter().filter(|(name, _)| name.starts_with("rules/"));
    if own.clone().any(|(name, _)| *name == format!("rules/{}.yaml", entry.name)) {
        faults.push("it takes the place of the rule of this name that comes with the program".to_string());
    }
    faults
}
