//! What is shown of the place under the pointer.

use super::data::Kind;
use super::position::Columns;
use super::reading::Reading;
use super::spot::{self, Meaning};
use super::{card, fill, navigate};
use crate::check::day_of;
use crate::knowledge::FactId;
use crate::text::Span;
use crate::yaml;
use jiff::civil::Date;
use tower_lsp::ls_types::*;

/// The facts that a seed's sentence bears out; the claims at a position with what came of them; else the findings there; else
/// the subject that is named there.
pub fn at(reading: &Reading, position: Position) -> Option<Hover> {
    let encoding = reading.client.encoding;
    let byte = encoding.byte(&reading.text, position)?;
    if reading.kind != Kind::Draft {
        let (span, value) = word(reading, byte)?;
        return Some(shown(reading, span, value));
    }
    let (span, value) = quoted(reading, byte)
        .or_else(|| allowed(reading, byte))
        .or_else(|| claims(reading, byte))
        .or_else(|| findings(reading, byte))
        .or_else(|| subject(reading, byte))?;
    Some(shown(reading, span, value))
}

fn shown(reading: &Reading, span: Span, value: String) -> Hover {
    let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value });
    Hover { contents, range: Some(reading.client.encoding.range(&reading.text, span)) }
}

/// A word of a fact or configuration file: what it stands for, or what its key says.
fn word(reading: &Reading, byte: usize) -> Option<(Span, String)> {
    let text = reading.text.to_string();
    let documents = yaml::parse_all(&text).0;
    let spot = spot::at(&documents, byte)?;
    let world = &reading.world;
    let knowledge = &world.built.checker.knowledge;
    let file = world.shelf.shown_at(&reading.uri);
    let meant = spot::meaning(&spot, knowledge, file).filter(|_| reading.kind == Kind::Facts);
    let card = meant.and_then(|meaning| match meaning {
        Meaning::Subject(id) => card::subject(world, id, day(reading)),
        Meaning::Fact(id) | Meaning::Quote(id) => card::fact(world, id, day(reading)),
        Meaning::Source(id) => card::source_of(knowledge, id),
        Meaning::Attribute(id) => card::attribute(knowledge, id),
    });
    // What may stand here and is explained in a list of it is explained where it stands.
    let says = || {
        let line = text.get(..spot.span.start)?.rfind('\n').map_or(0, |end| end + 1);
        let may = fill::at(reading, line, text.get(line..spot.span.start)?);
        may.into_iter().find(|item| item.label == spot.text)?.detail
    };
    Some((spot.span, card.or_else(says)?))
}

/// The day by which facts are so old.
fn day(reading: &Reading) -> Date {
    day_of(reading.draft(), &reading.settings)
}

fn quoted(reading: &Reading, byte: usize) -> Option<(Span, String)> {
    let quotes = navigate::quotes(reading).into_iter().filter(|(span, _)| holds(*span, byte));
    let quotes: Vec<(Span, FactId)> = quotes.collect();
    let cards: Vec<String> =
        quotes.iter().filter_map(|(_, id)| card::fact(&reading.world, *id, day(reading))).collect();
    Some((quotes.first()?.0, cards.join("\n---\n\n")))
}

/// What a comment allows here, and why.
fn allowed(reading: &Reading, byte: usize) -> Option<(Span, String)> {
    let (finding, reason) = reading.allowed.iter().find(|(finding, _)| holds(finding.span, byte))?;
    let why = reason.as_deref().unwrap_or("no reason is given");
    Some((finding.span, format!("`{}` is allowed here: {why}\n\n---\n\n{}", finding.rule, finding.message)))
}

fn claims(reading: &Reading, byte: usize) -> Option<(Span, String)> {
    let here = || reading.claims().iter().filter(|claim| holds(claim.span, byte));
    let span = here().next()?.span;
    let claims = here().map(|claim| card::claim(&reading.world, claim, day(reading)));
    // Under the pointer is a name, too.
    let named = subject(reading, byte).map(|(_, card)| card);
    Some((span, claims.chain(named).collect::<Vec<_>>().join("\n---\n\n")))
}

fn findings(reading: &Reading, byte: usize) -> Option<(Span, String)> {
    let here = || reading.findings.iter().filter(|finding| holds(finding.span, byte));
    let span = here().next()?.span;
    let messages: Vec<&str> = here().map(|finding| finding.message.as_str()).collect();
    Some((span, messages.join("\n\n---\n\n")))
}

fn subject(reading: &Reading, byte: usize) -> Option<(Span, String)> {
    let (span, id) = reading.mentions().iter().find(|(span, _)| holds(*span, byte))?;
    Some((*span, card::subject(&reading.world, *id, day(reading))?))
}

/// A pointer at the end of a word is on it.
fn holds(span: Span, byte: usize) -> bool {
    span.start <= byte && byte <= span.end
}
