//! References: every place in the workspace that speaks of a subject, every claim that rests on a fact.

use super::data::Kind;
use super::navigate::{self, Texts};
use super::position::Columns;
use super::reading::Reading;
use super::spot::Meaning;
use super::workspace::Survey;
use crate::knowledge::FactId;
use std::sync::Arc;
use tower_lsp::ls_types::{Location, Position};

/// Of the subject that is named at a position, else of the fact there: the one that decides a claim, the one that a quote is
/// for, the one that stands there in its file.
pub fn at(
    reading: &Reading,
    position: Position,
    texts: &Texts,
    surveys: &[Arc<Survey>],
) -> Option<Vec<Location>> {
    let knowledge = &reading.world.built.checker.knowledge;
    let in_drafts =
        |place: &dyn Fn(&Survey) -> Vec<Location>| surveys.iter().flat_map(|s| place(s)).collect();
    if let Some((_, id)) = navigate::subject(reading, position) {
        let name = &knowledge.subjects.get(id.0 as usize)?.id;
        let drafts: Vec<Location> = in_drafts(&|survey| {
            let here = survey.mentions.iter().filter(|(_, named)| named == name);
            here.map(|(range, _)| Location::new(survey.uri.clone(), *range)).collect()
        });
        let facts = navigate::named(reading, id, texts).into_iter().map(|(location, _)| location);
        return Some(facts.chain(drafts).collect());
    }
    let id = fact(reading, position)?;
    let name = &knowledge.facts.get(id.0 as usize)?.id;
    let drafts: Vec<Location> = in_drafts(&|survey| {
        let here = survey.claims.iter().filter(|claim| claim.fact.as_ref() == Some(name));
        here.map(|claim| Location::new(survey.uri.clone(), claim.range)).collect()
    });
    Some(navigate::fact(reading, id).into_iter().chain(drafts).collect())
}

fn fact(reading: &Reading, position: Position) -> Option<FactId> {
    let byte = reading.client.encoding.byte(&reading.text, position)?;
    let knowledge = &reading.world.built.checker.knowledge;
    let file = reading.world.shelf.shown_at(&reading.uri);
    let numbered = || knowledge.facts.iter().zip((0..).map(FactId));
    if reading.kind == Kind::Draft {
        let holds = |span: crate::text::Span| span.start <= byte && byte <= span.end;
        let quoted = || {
            let name = &reading.world.built.files.get(file?)?.name;
            let here = |fact| {
                let (source, span) = knowledge.quote_place(fact)?;
                let source = knowledge.sources.get(source.0 as usize)?;
                (source.file.as_ref() == Some(name) && holds(span)).then_some(())
            };
            numbered().find(|(fact, _)| here(fact).is_some()).map(|(_, id)| id)
        };
        let claims = reading.claims().iter().filter(|claim| holds(claim.span));
        return quoted().or_else(|| claims.into_iter().find_map(|claim| claim.fact));
    }
    match navigate::meaning(reading, byte) {
        Some((_, Meaning::Fact(id) | Meaning::Quote(id))) => Some(id),
        _ => {
            let same = file.filter(|file| reading.text == reading.world.shelf.text(*file));
            let (file, holds) = (same?, |span: crate::text::Span| span.start <= byte && byte <= span.end);
            numbered().find(|(fact, _)| fact.place.0 == file && holds(fact.place.1)).map(|(_, id)| id)
        }
    }
}
