//! Facts and subjects as cards in Markdown: what is known, since when, and the sentence it was drawn from.

use super::library::World;
use crate::check::Judged;
use crate::knowledge::{AttributeId, AttributeType, Fact, FactId, Knowledge, SourceId, State, SubjectId};
use crate::text::{Encoding, Span};
use crate::verdict::Verdict;
use jiff::civil::Date;
use std::fmt::Write;

/// A card longer than this is no card.
const MAX_FACTS: usize = 16;

/// What is known of a subject on a day.
pub fn subject(world: &World, id: SubjectId, day: Date) -> Option<String> {
    let knowledge = &world.built.checker.knowledge;
    let subject = knowledge.subjects.get(id.0 as usize)?;
    let mut card = format!("**{}** · {}", plain(&subject.name), plain(&subject.kind));
    if let Some(whole) = subject.part_of.and_then(|id| knowledge.subjects.get(id.0 as usize)) {
        let _ = write!(card, " · {}", plain(&whole.name));
    }
    let _ = writeln!(card, "  \n`{}`\n", subject.id);
    let holds = |fact: &&Fact| fact.subject == id && fact.valid_at(day) && fact.state != State::Superseded;
    let mut facts: Vec<&Fact> = knowledge.facts.iter().filter(holds).collect();
    let more = facts.len().saturating_sub(MAX_FACTS);
    facts.truncate(MAX_FACTS);
    for fact in facts {
        let _ = writeln!(card, "- {}", line(world, knowledge, fact, day));
        if let Some(quote) = &fact.quote {
            let _ = writeln!(card, "  “{}”", plain(quote).replace('\n', " "));
        }
    }
    if more > 0 {
        let _ = writeln!(card, "\nand {more} more");
    }
    Some(card)
}

/// A claim with what came of it, and the fact that decided.
pub fn claim(world: &World, claim: &Judged, day: Date) -> String {
    let knowledge = &world.built.checker.knowledge;
    let subject = claim.subject.and_then(|id| knowledge.subjects.get(id.0 as usize));
    let name = subject.map_or("Nobody known", |subject| subject.name.as_str());
    let attribute =
        knowledge.attribute(&claim.attribute).and_then(|id| knowledge.attributes.get(id.0 as usize));
    let attribute = attribute.map_or(claim.attribute.as_str(), |attribute| attribute.name.as_str());
    let mut card = format!(
        "{} **{}** · {}: {}  \n{}\n",
        mark(claim.verdict),
        plain(name),
        plain(attribute),
        plain(&claim.value),
        verdict(claim.verdict)
    );
    if let Some(card_of_fact) = claim.fact.and_then(|id| fact(world, id, day)) {
        let _ = write!(card, "\n{card_of_fact}");
    }
    if !claim.steps.is_empty() {
        card.push_str("\n*How it was read*\n\n");
        for step in &claim.steps {
            let _ = writeln!(card, "- {}", plain(step));
        }
    }
    card
}

/// A fact with its source and quote, and how old it is on a day.
pub fn fact(world: &World, id: FactId, day: Date) -> Option<String> {
    let knowledge = &world.built.checker.knowledge;
    let fact = knowledge.facts.get(id.0 as usize)?;
    let mut card = format!("**Fact** {}\n", line(world, knowledge, fact, day));
    if let Some(quote) = &fact.quote {
        let _ = writeln!(card, "\n> {}", plain(quote).replace('\n', " "));
    }
    if let Some(note) = &fact.note {
        let _ = writeln!(card, "\n{}", plain(note));
    }
    Some(card)
}

/// A source: what it is, by whom, of which day.
pub fn source_of(knowledge: &Knowledge, id: SourceId) -> Option<String> {
    let source = knowledge.sources.get(id.0 as usize)?;
    let parts = [source.author.clone(), source.date.map(|date| date.to_string()), Some(source.kind.clone())];
    let parts: Vec<String> =
        parts.into_iter().flatten().filter(|part| !part.is_empty()).map(|p| plain(&p)).collect();
    let url = source.url.iter().map(|url| format!("  \n<{url}>"));
    Some(format!("**{}**  \n{}{}", plain(&source.title), parts.join(" · "), url.collect::<String>()))
}

/// An attribute and its values.
pub fn attribute(knowledge: &Knowledge, id: AttributeId) -> Option<String> {
    let attribute = knowledge.attributes.get(id.0 as usize)?;
    let mut card = format!("**{}**\n", plain(&attribute.name));
    let choices = match &attribute.kind {
        AttributeType::Choice(choices) => choices.as_slice(),
        _ => &attribute.words,
    };
    for choice in choices {
        let _ = writeln!(card, "\n- `{}` {}", choice.id, plain(&choice.name));
    }
    if let AttributeType::Stage(stages) = &attribute.kind {
        let _ = writeln!(card, "\n`{}`", stages.join("` < `"));
    }
    Some(card)
}

/// One line: attribute, value, times, who says so, source, age.
fn line(world: &World, knowledge: &Knowledge, fact: &Fact, day: Date) -> String {
    let attribute = knowledge.attributes.get(fact.attribute.0 as usize).map_or("", |a| a.name.as_str());
    let mut line =
        format!("{}: **{}**", plain(attribute), plain(&knowledge.words(fact.attribute, &fact.value)));
    for (slot, value) in &fact.scope {
        let named = knowledge.subject(value).and_then(|id| knowledge.subjects.get(id.0 as usize));
        let _ = write!(line, " · {} {}", plain(slot), plain(named.map_or(value, |subject| &subject.name)));
    }
    match (fact.from, fact.to) {
        (Some(from), Some(to)) => drop(write!(line, " · {from} to {to}")),
        (Some(from), None) => drop(write!(line, " · since {from}")),
        (None, Some(to)) => drop(write!(line, " · until {to}")),
        (None, None) => {}
    }
    if fact.state == State::Disputed {
        line.push_str(" · *disputed*");
    }
    if let Some(who) = &fact.claimed_by {
        let named = knowledge.subject(who).and_then(|id| knowledge.subjects.get(id.0 as usize));
        let _ = write!(line, " · as {} says", plain(named.map_or(who, |subject| &subject.name)));
    }
    if let Some(id) = fact.source {
        let _ = write!(line, " · {}", source(world, knowledge, fact, id));
        let said = fact.as_of.or_else(|| knowledge.sources.get(id.0 as usize)?.date);
        line.extend(said.and_then(|said| age(said, day)).map(|age| format!(", {age}")));
    }
    line
}

/// How long before a day something was said; of what was said later there is no age.
fn age(said: Date, day: Date) -> Option<String> {
    let days = said.until(day).ok().filter(|_| day != Date::MAX)?.get_days();
    let (count, unit) = match days {
        ..0 => return None,
        0 => return Some("the same day".to_owned()),
        1..60 => (days, "day"),
        60..730 => (days / 30, "month"),
        _ => (days / 365, "year"),
    };
    Some(format!("{count} {unit}{} old", if count == 1 { "" } else { "s" }))
}

/// The source's title, which leads to the quote in it where its text is kept, else to its address.
fn source(world: &World, knowledge: &Knowledge, fact: &Fact, id: SourceId) -> String {
    let Some(source) = knowledge.sources.get(id.0 as usize) else { return String::new() };
    let title = if source.title.is_empty() { &source.id } else { &source.title };
    let kept = || {
        let span = knowledge.quote_place(fact).map_or(Span::default(), |(_, span)| span);
        let file = world.shelf.named(source.file.as_deref()?)?;
        let location = world.shelf.location(file, span, Encoding::Utf16)?;
        Some(format!("{}#L{}", location.uri.as_str(), location.range.start.line + 1))
    };
    let date = fact.as_of.or(source.date).map(|date| format!(", {date}")).unwrap_or_default();
    match kept().or_else(|| source.url.clone()) {
        Some(link) => format!("[{}]({link}){date}", plain(title)),
        None => format!("{}{date}", plain(title)),
    }
}

/// What a verdict means, in a sentence.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Supported => "A fact says the same.",
        Verdict::Contradicted => "The facts say otherwise.",
        Verdict::Outdated => "It was so once and is no longer.",
        Verdict::Disputed => "Sources disagree.",
        Verdict::Unknown => "No fact speaks of it.",
    }
}

/// A verdict's sign.
pub fn mark(verdict: Verdict) -> char {
    match verdict {
        Verdict::Supported => '✓',
        Verdict::Contradicted => '✗',
        Verdict::Outdated => '⌛',
        Verdict::Disputed => '≈',
        Verdict::Unknown => '?',
    }
}

/// Text that must not be taken for markup: facts and drafts are other people's words.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
