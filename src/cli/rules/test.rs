//! `rules test`: examples, phrases that no example needs, and again when a file changes.

use super::TestArgs;
use super::workshop::{Entry, Workshop};
use crate::config::load::files_under;
use crate::render::text;
use crate::rule::proof::{Phrase, phrases, prove, without};
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, SystemTime};

/// How often files are looked at.
const LOOK: Duration = Duration::from_millis(300);

pub fn run(args: &TestArgs) -> io::Result<ExitCode> {
    loop {
        let workshop = Workshop::open(&args.files);
        let code = once(args, &workshop)?;
        if !args.watch {
            return Ok(code);
        }
        let seen = stamps(&workshop);
        println!("\nwaiting for a change …");
        while stamps(&workshop) == seen {
            std::thread::sleep(LOOK);
        }
        println!();
    }
}

fn once(args: &TestArgs, workshop: &Workshop) -> io::Result<ExitCode> {
    let mut out = io::stdout().lock();
    let (mut failed, mut unneeded) = (0, 0);
    for entry in &workshop.rules {
        let result = Result::of(workshop, entry, args.coverage);
        failed += result.failures.len();
        unneeded += result.unneeded.len();
        result.write(workshop, entry, &mut out)?;
    }
    let troubled = workshop.tell_troubles()?;
    let rules = workshop.rules.len();
    let examples: usize = workshop.rules.iter().map(|entry| entry.examples.len()).sum();
    writeln!(
        out,
        "{}, {}, {failed} failed, {} without an example",
        text::count(rules, "rule"),
        text::count(examples, "example"),
        text::count(unneeded, "phrase"),
    )?;
    Ok(match (troubled || rules == 0, failed > 0 || args.strict && unneeded > 0) {
        (true, _) => ExitCode::from(2),
        (false, true) => ExitCode::from(1),
        (false, false) => ExitCode::SUCCESS,
    })
}

struct Result {
    failures: Vec<crate::rule::proof::Failure>,
    phrases: Option<usize>,
    unneeded: Vec<Phrase>,
}

impl Result {
    fn of(workshop: &Workshop, entry: &Entry, coverage: bool) -> Result {
        let examples = entry.examples.iter();
        let failures: Vec<_> = examples.filter_map(|e| prove(e, &|draft| entry.findings(draft))).collect();
        let all = phrases(&entry.node);
        // While examples fail, which phrases they need says nothing.
        // A rule that compares with facts is compiled with all others, which takes its time.
        let asked = entry.pattern().is_some() || coverage;
        let covered = asked && failures.is_empty() && !entry.examples.is_empty();
        let unneeded = match covered {
            true => all.iter().filter(|phrase| !needed(workshop, entry, phrase)).cloned().collect(),
            false => Vec::new(),
        };
        Result { failures, phrases: covered.then_some(all.len()), unneeded }
    }

    fn write(&self, workshop: &Workshop, entry: &Entry, out: &mut impl Write) -> io::Result<()> {
        let count = entry.examples.len();
        let name = &entry.name;
        let hold = if count == 1 { "1 example holds".to_string() } else { format!("{count} examples hold") };
        match (count, self.failures.len()) {
            (0, _) => writeln!(out, "?  {name}: no examples, so nothing proves it")?,
            (_, 0) => match self.phrases {
                Some(all) => {
                    let needed = all - self.unneeded.len();
                    writeln!(out, "ok {name}: {hold}, {needed} of {} needed", text::count(all, "phrase"))?;
                }
                None => writeln!(out, "ok {name}: {hold}")?,
            },
            (_, failed) => writeln!(out, "!! {name}: {failed} of {} wrong", text::count(count, "example"))?,
        }
        for failure in &self.failures {
            writeln!(out, "   {}", workshop.place(entry.file, failure.place.start))?;
            writeln!(out, "     expected  {}", failure.expected.trim_end())?;
            writeln!(out, "     found     {}", failure.found.trim_end())?;
        }
        for phrase in &self.unneeded {
            let place = workshop.place(entry.file, phrase.span.start);
            writeln!(out, "   {place}: no example needs `{}`", phrase.text)?;
        }
        Ok(())
    }
}

/// Whether some example fails once the phrase is gone. A rule that cannot run without it needs it.
fn needed(workshop: &Workshop, entry: &Entry, phrase: &Phrase) -> bool {
    let Some(findings) = workshop.altered(entry, &without(&entry.node, phrase)) else { return true };
    entry.examples.iter().any(|example| prove(example, &findings).is_some())
}

/// Every file that there is under what was named, and when it was written.
fn stamps(workshop: &Workshop) -> Vec<(PathBuf, Option<SystemTime>)> {
    let stamp = |path: PathBuf| {
        let written = std::fs::metadata(&path).and_then(|data| data.modified()).ok();
        (path, written)
    };
    files_under(&workshop.roots).map(stamp).collect()
}
