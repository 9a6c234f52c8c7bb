//! Lenses: over a draft its claims, counted; in fact files and seeds how many drafts rest on each subject, fact and quote; in
//! rule files how many examples hold.

use super::position::Columns;
use super::reading::Reading;
use super::workspace::{Survey, Use};
use super::{navigate, spot};
use crate::knowledge::{Fact, FactId};
use crate::text::Span;
use crate::verdict::Verdict;
use crate::yaml;
use std::sync::Arc;
use tower_lsp::ls_types::{CodeLens, Command, Range};

/// How many claims a draft makes and what the facts say of them, over its first line.
pub fn claims(reading: &Reading) -> Vec<CodeLens> {
    let claims = reading.claims();
    if claims.is_empty() {
        return Vec::new();
    }
    let count = |verdict| claims.iter().filter(|claim| claim.verdict == verdict).count();
    let parts = [
        (Verdict::Supported, "supported"),
        (Verdict::Contradicted, "contradicted"),
        (Verdict::Outdated, "outdated"),
        (Verdict::Disputed, "disputed"),
        (Verdict::Unknown, "unknown to the facts"),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .map(|(verdict, word)| (count(verdict), word))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    vec![lens(Range::default(), format!("{}: {}", counted(claims.len(), "claim"), parts.join(", ")))]
}

/// How many of a rule's examples hold, over each list of them.
pub fn examples(reading: &Reading) -> Vec<CodeLens> {
    let documents = yaml::parse_all(&reading.text.to_string()).0;
    let mut lenses: Vec<(Span, usize, usize)> = Vec::new();
    for spot in spot::all(&documents) {
        match (spot.key, spot.is_key, lenses.last_mut()) {
            ("examples", true, _) => lenses.push((spot.span, 0, 0)),
            ("flag" | "pass", false, Some((_, all, wrong))) => {
                *all += 1;
                *wrong += usize::from(reading.problems.iter().any(|problem| problem.span == spot.span));
            }
            _ => {}
        }
    }
    let title = |all: usize, wrong: usize| match wrong {
        0 => format!("{} hold{}", counted(all, "example"), if all == 1 { "s" } else { "" }),
        _ => format!("{} of {} hold", all - wrong, counted(all, "example")),
    };
    let range = |span| reading.client.encoding.range(&reading.text, span);
    lenses.into_iter().map(|(span, all, wrong)| lens(range(span), title(all, wrong))).collect()
}

/// Whether a document is one that facts quote.
pub fn is_seed(reading: &Reading) -> bool {
    let name =
        reading.world.shelf.shown_at(&reading.uri).and_then(|file| reading.world.built.files.get(file));
    let sources = &reading.world.built.checker.knowledge.sources;
    name.is_some_and(|file| sources.iter().any(|source| source.file.as_ref() == Some(&file.name)))
}

/// How often the drafts of the workspace speak of the subjects of a fact file and rest on its facts, or on what a seed says.
pub fn usage(reading: &Reading, surveys: &[Arc<Survey>]) -> Vec<CodeLens> {
    let drafts = Drafts { reading, surveys };
    if is_seed(reading) { drafts.of_seed() } else { drafts.of_facts() }
}

struct Drafts<'a> {
    reading: &'a Reading,
    surveys: &'a [Arc<Survey>],
}

impl Drafts<'_> {
    fn of_facts(&self) -> Vec<CodeLens> {
        let knowledge = &self.reading.world.built.checker.knowledge;
        let text = self.reading.text.to_string();
        let documents = yaml::parse_all(&text).0;
        let declared = spot::all(&documents).into_iter().filter(|spot| spot.key == "subject" && !spot.is_key);
        let known = declared.filter(|spot| knowledge.subject(spot.text).is_some());
        let subjects = known.map(|spot| {
            let names = |survey: &Survey| survey.mentions.iter().any(|(_, named)| named == spot.text);
            self.lens(spot.span, names, |claim| claim.subject.as_deref() == Some(spot.text))
        });
        let facts = self.facts(&text).into_iter().map(|(span, fact)| {
            let of_it = |claim: &Use| claim.fact.as_ref() == Some(&fact.id);
            (span, fact, self.surveys.iter().any(|survey| survey.claims.iter().any(of_it)))
        });
        let facts = facts.filter(|(.., used)| *used).map(|(span, fact, _)| self.of_fact(span, &[fact]));
        subjects.chain(facts).collect()
    }

    fn of_seed(&self) -> Vec<CodeLens> {
        let knowledge = &self.reading.world.built.checker.knowledge;
        let fact = |id: FactId| knowledge.facts.get(id.0 as usize);
        let quotes = navigate::quotes(self.reading).into_iter();
        let quotes: Vec<(Span, &Fact)> = quotes.filter_map(|(span, id)| Some((span, fact(id)?))).collect();
        let quoted = |span, quotes: &[(Span, &Fact)]| {
            let facts: Vec<&Fact> = quotes.iter().map(|(_, fact)| *fact).collect();
            let mut lens = self.of_fact(span, &facts);
            if let Some(command) = &mut lens.command {
                command.title = format!("quoted by {}, {}", counted(facts.len(), "fact"), command.title);
            }
            lens
        };
        let line = |span: Span| self.reading.text.byte_to_line(span.start.min(self.reading.text.len_bytes()));
        // A line that is a whole paragraph holds many quotes: one lens is for them all.
        let by_line = quotes.chunk_by(|a, b| line(a.0) == line(b.0));
        let by_line = by_line.filter_map(|quotes| Some(quoted(quotes.first()?.0, quotes)));
        std::iter::once(quoted(Span::default(), &quotes)).chain(by_line).collect()
    }

    fn of_fact(&self, span: Span, facts: &[&Fact]) -> CodeLens {
        let of_them = |claim: &Use| facts.iter().any(|fact| claim.fact.as_ref() == Some(&fact.id));
        self.lens(span, |survey| survey.claims.iter().any(of_them), of_them)
    }

    /// The facts of the open file, if it stands as it was loaded.
    fn facts(&self, text: &str) -> Vec<(Span, &Fact)> {
        let world = &self.reading.world;
        let file = world.shelf.shown_at(&self.reading.uri).filter(|file| world.shelf.text(*file) == text);
        let facts = world.built.checker.knowledge.facts.iter();
        facts.filter(|fact| Some(fact.place.0) == file).map(|fact| (fact.place.1, fact)).collect()
    }

    fn lens(&self, at: Span, uses: impl Fn(&Survey) -> bool, of_it: impl Fn(&Use) -> bool) -> CodeLens {
        let used = self.surveys.iter().filter(|survey| uses(survey)).count();
        let contradicts = |claim: &Use| of_it(claim) && claim.verdict == Verdict::Contradicted;
        let against = self.surveys.iter().filter(|survey| survey.claims.iter().any(contradicts)).count();
        let against = match against {
            0 => String::new(),
            1 => ", 1 contradicts".to_owned(),
            more => format!(", {more} contradict"),
        };
        let range = self.reading.client.encoding.range(&self.reading.text, at);
        lens(range, format!("used by {}{against}", counted(used, "draft")))
    }
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// An empty command is text alone.
fn lens(range: Range, title: String) -> CodeLens {
    let command = Command { title, command: String::new(), arguments: None };
    CodeLens { range, command: Some(command), data: None }
}
