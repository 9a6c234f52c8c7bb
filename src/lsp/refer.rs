//! References: every place in the workspace that speaks of a subject, every claim that rests on a fact.

use super::data::Kind;
use super::navigate::{self, Texts};
use super::position::Columns;
use super::reading::Reading;
use super::spot::Meaning;
use super::workspace::Survey;
use crate::knowledge::{Fact, FactId};
use crate::text::Span;
use std::sync::Arc;
use tower_lsp::ls_types::{Location, Position};

/// Of the subject that is named at a position, else of the facts there: those that decide a claim, those that a quote is for,
/// the one that stands there in its file. Where each is declared is left out unless it is asked for.
pub fn at(
    reading: &Reading,
    position: Position,
    declared: bool,
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
        let facts = navigate::named(reading, id, texts).into_iter();
        let facts = facts.filter(|place| declared || !place.declares).map(|place| place.location);
        return Some(facts.chain(drafts).collect());
    }
    let ids = facts(reading, position)?;
    let names: Vec<&String> =
        ids.iter().filter_map(|id| Some(&knowledge.facts.get(id.0 as usize)?.id)).collect();
    let drafts: Vec<Location> = in_drafts(&|survey| {
        let rests = |fact: &String| names.contains(&fact);
        let here = survey.claims.iter().filter(|claim| claim.fact.as_ref().is_some_and(rests));
        here.map(|claim| Location::new(survey.uri.clone(), claim.range)).collect()
    });
    let own = ids.into_iter().filter(|_| declared).filter_map(|id| navigate::fact(reading, id));
    Some(own.chain(drafts).collect())
}

fn facts(reading: &Reading, position: Position) -> Option<Vec<FactId>> {
    let byte = reading.client.encoding.byte(&reading.text, position)?;
    let knowledge = &reading.world.built.checker.knowledge;
    let holds = |span: Span| span.start <= byte && byte <= span.end;
    if reading.kind == Kind::Draft {
        let quoted = navigate::quotes(reading).into_iter().filter(|(span, _)| holds(*span));
        let mut facts: Vec<FactId> = quoted.map(|(_, id)| id).collect();
        if facts.is_empty() {
            let claims = reading.claims().iter().filter(|claim| holds(claim.span));
            facts.extend(claims.filter_map(|claim| claim.fact));
        }
        facts.dedup();
        return (!facts.is_empty()).then_some(facts);
    }
    if let Some((_, Meaning::Fact(id) | Meaning::Quote(id))) = navigate::meaning(reading, byte) {
        return Some(vec![id]);
    }
    let file = reading.world.shelf.shown_at(&reading.uri);
    let file = file.filter(|file| reading.text == reading.world.shelf.text(*file))?;
    let here = |fact: &Fact| fact.place.0 == file && holds(fact.place.1);
    (0..).zip(&knowledge.facts).find(|(_, fact)| here(fact)).map(|(at, _)| vec![FactId(at)])
}
