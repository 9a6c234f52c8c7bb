//! What is shown of the place under the pointer.

use super::data::Kind;
use super::position::Columns;
use super::reading::Reading;
use super::spot::{self, Meaning};
use super::{card, keys};
use crate::check::day_of;
use crate::text::Span;
use crate::yaml;
use jiff::civil::Date;
use tower_lsp::ls_types::*;

/// The claims at a position with what came of them; else the findings there; else the subject that is named there.
pub fn at(reading: &Reading, position: Position) -> Option<Hover> {
    let encoding = reading.client.encoding;
    let byte = encoding.byte(&reading.text, position)?;
    if reading.kind != Kind::Draft {
        let (span, value) = word(reading, byte)?;
        return Some(shown(reading, span, value));
    }
    let (span, value) = allowed(reading, byte)
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
    let meant = spot::meaning(&spot, knowledge).filter(|_| reading.kind == Kind::Facts);
    let card = meant.and_then(|meaning| match meaning {
        Meaning::Subject(id) => card::subject(world, id, reading.settings.today.unwrap_or(Date::MAX)),
        Meaning::Fact(id) | Meaning::Quote(id) => card::fact(world, id),
        Meaning::Source(id) => card::source_of(knowledge, id),
        Meaning::Attribute(id) => card::attribute(knowledge, id),
    });
    let says = || {
        let path = spot::path(&documents, byte);
        let above = path.split_last().filter(|_| spot.is_key)?.1;
        let keys = keys::under(reading.kind, &text, above, knowledge);
        keys.iter().find(|key| key.name == spot.text).map(|key| key.about.to_owned())
    };
    Some((spot.span, card.or_else(says)?))
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
    let cards: Vec<String> = here().map(|claim| card::claim(&reading.world, claim)).collect();
    Some((span, cards.join("\n---\n\n")))
}

fn findings(reading: &Reading, byte: usize) -> Option<(Span, String)> {
    let here = || reading.findings.iter().filter(|finding| holds(finding.span, byte));
    let span = here().next()?.span;
    let messages: Vec<&str> = here().map(|finding| finding.message.as_str()).collect();
    Some((span, messages.join("\n\n---\n\n")))
}

fn subject(reading: &Reading, byte: usize) -> Option<(Span, String)> {
    let (span, id) = reading.mentions().iter().find(|(span, _)| holds(*span, byte))?;
    Some((*span, card::subject(&reading.world, *id, day_of(reading.draft(), &reading.settings))?))
}

/// A pointer at the end of a word is on it.
fn holds(span: Span, byte: usize) -> bool {
    span.start <= byte && byte <= span.end
}
