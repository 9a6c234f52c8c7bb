//! Claims in hints and searches.

use super::client::Traits;
use super::library::World;
use super::position::Columns;
use super::reading::Reading;
use super::settings::Hints;
use super::workspace::Survey;
use super::{card, navigate};
use crate::check::{Judged, day_of};
use crate::knowledge::SubjectId;
use crate::verdict::Verdict;
use std::sync::Arc;
use tower_lsp::ls_types::*;

/// Nobody reads more than this many.
const MAX_FOUND: usize = 256;

/// Marks behind claims within a range: what the facts say, and since when.
pub fn hints(reading: &Reading, range: Range, wanted: Hints) -> Vec<InlayHint> {
    let encoding = reading.client.encoding;
    let shown = encoding.within(&reading.text, range);
    let wanted = |claim: &&Judged| match wanted {
        Hints::Off => false,
        Hints::Problems => !matches!(claim.verdict, Verdict::Supported | Verdict::Unknown),
        Hints::All => claim.verdict != Verdict::Unknown,
    };
    let inside =
        reading.claims().iter().filter(|claim| shown.start <= claim.span.end && claim.span.end <= shown.end);
    inside
        .filter(wanted)
        .map(|claim| InlayHint {
            position: encoding.position(&reading.text, claim.span.end),
            label: InlayHintLabel::String(label(reading, claim)),
            kind: None,
            text_edits: None,
            tooltip: Some(InlayHintTooltip::MarkupContent(MarkupContent {
                kind: MarkupKind::Markdown,
                value: card::claim(&reading.world, claim, day_of(reading.draft(), &reading.settings)),
            })),
            padding_left: Some(true),
            padding_right: None,
            data: None,
        })
        .collect()
}

fn label(reading: &Reading, claim: &Judged) -> String {
    let knowledge = &reading.world.built.checker.knowledge;
    let fact = claim.fact.and_then(|id| knowledge.facts.get(id.0 as usize));
    let date =
        fact.and_then(|fact| fact.from.or(fact.as_of)).map(|date| format!(" {date}")).unwrap_or_default();
    let says = match (claim.verdict, fact) {
        (Verdict::Supported, _) | (_, None) => String::new(),
        (_, Some(fact)) => format!(" {}", knowledge.words(fact.attribute, &fact.value)),
    };
    format!("{}{says}{date}", card::mark(claim.verdict))
}

/// Claims and subjects of the workspace whose words hold the query's.
pub fn search(
    query: &str,
    worlds: &[Arc<World>],
    client: Traits,
    surveys: &[Arc<Survey>],
) -> Vec<WorkspaceSymbol> {
    let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    let fits = |text: &str| {
        let text = text.to_lowercase();
        words.iter().all(|word| text.contains(word))
    };
    let symbol = |name: &str, kind, location, container: Option<&str>| WorkspaceSymbol {
        name: name.to_owned(),
        kind,
        tags: None,
        container_name: container.map(str::to_owned),
        location: OneOf::Left(location),
        data: None,
    };
    let mut subjects: Vec<WorkspaceSymbol> = Vec::new();
    for world in worlds {
        let all = (0..).map(SubjectId).zip(&world.built.checker.knowledge.subjects);
        for (id, subject) in all.filter(|(_, subject)| fits(&subject.name) || fits(&subject.id)) {
            // Projects share what comes with the program.
            let place = navigate::declared(world, client.encoding, id).into_iter().next().map(OneOf::Left);
            if let Some(OneOf::Left(place)) =
                place.filter(|place| subjects.iter().all(|s| s.location != *place))
            {
                subjects.push(symbol(&subject.name, SymbolKind::CLASS, place, Some(&subject.id)));
            }
        }
    }
    let claims = surveys.iter().flat_map(|survey| survey.claims.iter().map(move |claim| (survey, claim)));
    let claims = claims.filter(|(_, claim)| fits(&claim.title)).map(|(survey, claim)| {
        let place = Location::new(survey.uri.clone(), claim.range);
        symbol(&claim.title, SymbolKind::BOOLEAN, place, None)
    });
    subjects.into_iter().chain(claims).take(MAX_FOUND).collect()
}

/// Who is said to be what.
pub fn title(reading: &Reading, claim: &Judged) -> String {
    let knowledge = &reading.world.built.checker.knowledge;
    let subject = claim.subject.and_then(|id| knowledge.subjects.get(id.0 as usize));
    let attribute =
        knowledge.attribute(&claim.attribute).and_then(|id| knowledge.attributes.get(id.0 as usize));
    let attribute = attribute.map_or(claim.attribute.as_str(), |attribute| attribute.name.as_str());
    format!("{} · {attribute}: {}", subject.map_or("?", |subject| subject.name.as_str()), claim.value)
}
