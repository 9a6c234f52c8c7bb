//! `claimlint facts`: what is known, and whether it holds together.

use super::args::World;
use super::desk::Desk;
use super::outputs::say;
use crate::check::{ReadBack, read_back};
use crate::config::load::Built;
use crate::knowledge::{FactId, Subject, SubjectId, verify};
use crate::render::Trouble;
use crate::render::item::fact_card;
use crate::render::text::count;
use crate::yaml::suggest;
use clap::{Args, Subcommand};
use std::fmt::Write;
use std::io;
use std::path::Path;
use std::process::ExitCode;

/// `claimlint facts`.
#[derive(Debug, Args)]
pub struct Facts {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    world: World,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List subjects
    List,
    /// Show all facts on a subject with their quotes
    Show {
        /// Its id or one of its names
        subject: String,
    },
    /// Check that quotes stand in their documents, times make sense and facts do not contradict each other
    Verify,
}

/// Runs the command, on the facts of the working folder's configuration.
pub fn run(args: &Facts) -> io::Result<ExitCode> {
    let desk = Desk::new(&Default::default(), &args.world);
    let (_, built) = desk.at(Path::new("x.md"));
    let code = match &args.command {
        Command::List => say(&list(&built)).map(|()| 0),
        Command::Show { subject } => show(&built, subject).and_then(|text| say(&text)).map(|()| 0),
        Command::Verify => verified(&built),
    }?;
    let troubles = desk.troubles();
    troubles.iter().for_each(|trouble| eprintln!("{trouble}"));
    Ok(ExitCode::from(if troubles.is_empty() { code } else { 2 }))
}

/// Subjects with how many facts there are on each.
fn list(built: &Built) -> String {
    let knowledge = &built.checker.knowledge;
    let mut out = String::new();
    for (at, subject) in knowledge.subjects.iter().enumerate() {
        let facts = knowledge.facts.iter().filter(|fact| fact.subject.0 as usize == at).count();
        let _ = writeln!(
            out,
            "{:<32} {:<10} {:<28} {}",
            subject.id,
            subject.kind,
            subject.name,
            count(facts, "fact")
        );
    }
    let total = (count(knowledge.facts.len(), "fact"), count(knowledge.subjects.len(), "subject"));
    out + &format!("{} on {}, from {}.\n", total.0, total.1, count(knowledge.sources.len(), "source"))
}

/// All facts on a subject, named by its id or one of its names.
fn show(built: &Built, wanted: &str) -> io::Result<String> {
    let knowledge = &built.checker.knowledge;
    let named =
        |subject: &Subject| subject.aliases.iter().any(|alias| alias.text.eq_ignore_ascii_case(wanted));
    let by_name = || knowledge.subjects.iter().position(named).map(|at| SubjectId(at as u32));
    let Some(id) = knowledge.subject(wanted).or_else(by_name) else {
        let known =
            knowledge.subjects.iter().flat_map(|subject| [subject.id.as_str(), subject.name.as_str()]);
        let help = suggest(wanted, known).map(|help| format!("; {help}")).unwrap_or_default();
        return Err(io::Error::other(format!("nothing is known of `{wanted}`{help}")));
    };
    let mut out = String::new();
    if let Some(subject) = knowledge.subjects.get(id.0 as usize) {
        let names = subject.aliases.iter().map(|alias| alias.text.as_str()).collect::<Vec<_>>().join(", ");
        let _ = writeln!(out, "{} ({}): {names}\n", subject.id, subject.kind);
    }
    for (at, fact) in knowledge.facts.iter().enumerate().filter(|(_, fact)| fact.subject == id) {
        let Some(card) = fact_card(knowledge, FactId(at as u32)) else { continue };
        let place = built.files.get(fact.place.0);
        let place = place.map(|file| Trouble::at(&file.name, &file.text, fact.place.1.start, ""));
        let _ = writeln!(out, "{}", card.in_words());
        if let Some(quote) = &card.quote {
            let _ = writeln!(out, "    “{quote}”");
        }
        if let Some(source) = &card.source {
            let _ = writeln!(out, "    {}", source.in_words());
        }
        if let Some(note) = &fact.note {
            let _ = writeln!(out, "    {note}");
        }
        if let Some(place) = place {
            let _ = writeln!(out, "    {} in {}:{}", card.id, place.path, place.line);
        }
    }
    Ok(out)
}

fn verified(built: &Built) -> io::Result<u8> {
    let knowledge = &built.checker.knowledge;
    let problems = verify(knowledge);
    let mut out = String::new();
    for problem in &problems {
        let (name, text) = built.files.get(problem.file).map_or(("", ""), |file| (&file.name, &file.text));
        let _ = writeln!(out, "{}", problem.describe(name, text));
    }
    let quoted = knowledge.facts.iter().filter(|fact| knowledge.quote_place(fact).is_some()).count();
    let _ = writeln!(
        out,
        "{}, {quoted} of them quoted word for word from documents at hand; {}.",
        count(knowledge.facts.len(), "fact"),
        count(problems.len(), "problem")
    );
    let read = read_back(&built.checker);
    let of = |outcome: ReadBack| read.iter().filter(move |(_, o)| *o == outcome);
    for (fact, _) in of(ReadBack::Contradicted) {
        let id = knowledge.facts.get(fact.0 as usize).map_or("", |fact| &fact.id);
        let _ = writeln!(out, "{id}: its quote, read as a draft would be, contradicts the facts");
    }
    let (agree, unread) = (of(ReadBack::Agrees).count(), of(ReadBack::Unread).count());
    let wrong = of(ReadBack::Contradicted).count();
    let _ = writeln!(
        out,
        "Read as a draft would be, {agree} of these quotes say what the facts say, {unread} say what no rule reads, {wrong} contradict them."
    );
    say(&out)?;
    Ok(u8::from(!problems.is_empty() || wrong > 0))
}
