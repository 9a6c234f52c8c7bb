//! Ways between claims, facts and seeds: definition, links, and a subject's new id everywhere.

use super::data::Kind;
use super::library::World;
use super::position::Columns;
use super::reading::Reading;
use super::spot::{self, Meaning, Spot};
use crate::knowledge::{FactId, SourceId, SubjectId};
use crate::text::{Encoding, Span};
use crate::yaml;
use ropey::Rope;
use std::collections::HashMap;
use tower_lsp::ls_types::*;

/// Open documents as the editor has them.
pub type Texts = HashMap<Uri, Rope>;

/// From a claim to the fact that decides it and the sentence it was drawn from; from a name to where its subject is
/// declared; within fact files from a word to what it means.
pub fn definition(reading: &Reading, position: Position) -> Vec<Location> {
    let encoding = reading.client.encoding;
    let Some(byte) = encoding.byte(&reading.text, position) else { return Vec::new() };
    if reading.kind != Kind::Draft {
        return meaning(reading, byte).map(|(_, meaning)| defined(reading, meaning)).unwrap_or_default();
    }
    let holds = |span: Span| span.start <= byte && byte <= span.end;
    let quoted = quotes(reading).into_iter().filter(|(span, _)| holds(*span));
    let mut places: Vec<Location> = quoted.filter_map(|(_, id)| fact(reading, id)).collect();
    if places.is_empty() {
        let facts = reading.claims().iter().filter(|claim| holds(claim.span)).filter_map(|claim| claim.fact);
        places.extend(facts.flat_map(|id| evidence(reading, id)));
        // What carries a claim may be a name, too.
        let named = reading.mentions().iter().filter(|(span, _)| holds(*span));
        places.extend(named.flat_map(|(_, id)| declared(&reading.world, encoding, *id)));
    }
    places
}

/// The facts that rest on a seed, each with the place of its quote in it, in order.
pub fn quotes(reading: &Reading) -> Vec<(Span, FactId)> {
    let World { built, shelf } = &*reading.world;
    let knowledge = &built.checker.knowledge;
    let Some(name) =
        shelf.shown_at(&reading.uri).and_then(|file| built.files.get(file)).map(|file| &file.name)
    else {
        return Vec::new();
    };
    let quote = |(at, fact)| {
        let (source, span) = knowledge.quote_place(fact)?;
        let source = knowledge.sources.get(source.0 as usize)?;
        (source.file.as_ref() == Some(name)).then_some((span, FactId(at)))
    };
    let mut quotes: Vec<_> = (0..).zip(&knowledge.facts).filter_map(quote).collect();
    quotes.sort_by_key(|(span, _)| *span);
    quotes
}

/// The subject whose id stands at a place of a fact file.
pub fn renamable(reading: &Reading, position: Position) -> Option<(Span, SubjectId)> {
    let (span, id) = (reading.kind == Kind::Facts).then(|| subject(reading, position)).flatten()?;
    let source = reading.text.to_string();
    Some((without_quotes(span, &source), id))
}

/// The documents that a fact file names as its sources, each to be opened.
pub fn links(reading: &Reading) -> Vec<DocumentLink> {
    let knowledge = &reading.world.built.checker.knowledge;
    let documents = yaml::parse_all(&reading.text.to_string()).0;
    let spots = spot::all(&documents).into_iter();
    let link = |spot: Spot<'_>| {
        let Meaning::Source(id) = spot::meaning(&spot, knowledge, None)? else { return None };
        let title = knowledge.sources.get(id.0 as usize).map(|source| source.title.clone());
        Some(DocumentLink {
            range: reading.client.encoding.range(&reading.text, spot.span),
            target: Some(source(reading, id)?.uri),
            tooltip: title.filter(|title| !title.is_empty()),
            data: None,
        })
    };
    if reading.kind == Kind::Facts { spots.filter_map(link).collect() } else { Vec::new() }
}

/// The subject at a place of a draft or fact file.
pub fn subject(reading: &Reading, position: Position) -> Option<(Span, SubjectId)> {
    let byte = reading.client.encoding.byte(&reading.text, position)?;
    if reading.kind != Kind::Draft {
        let (span, Meaning::Subject(id)) = meaning(reading, byte)? else { return None };
        return Some((span, id));
    }
    reading.mentions().iter().find(|(span, _)| span.start <= byte && byte <= span.end).copied()
}

/// A place in a fact file that names a subject by its id.
#[derive(Debug)]
pub struct Named {
    /// Where.
    pub location: Location,
    /// Whether it says what the subject is.
    pub declares: bool,
    /// Whether its file comes with the program.
    pub embedded: bool,
}

/// Every place in fact files that names a subject by its id.
pub fn named(reading: &Reading, id: SubjectId, texts: &Texts) -> Vec<Named> {
    let World { built, shelf } = &*reading.world;
    let encoding = reading.client.encoding;
    let Some(subject) = built.checker.knowledge.subjects.get(id.0 as usize) else { return Vec::new() };
    let mut places = Vec::new();
    for file in 0..built.files.len() {
        let Some(uri) = shelf.uri(file) else { continue };
        let open = texts.get(&uri).map(|text| (text, text.to_string()));
        let tree = open.as_ref().map(|(_, source)| yaml::parse_all(source).0);
        for spot in spot::all(tree.as_deref().unwrap_or_else(|| shelf.tree(file))) {
            if !says(&spot, &subject.id) {
                continue;
            }
            let location = match &open {
                Some((text, source)) => Some(Location {
                    uri: uri.clone(),
                    range: encoding.range(text, without_quotes(spot.span, source)),
                }),
                None => shelf.location(file, without_quotes(spot.span, shelf.text(file)), encoding),
            };
            let (declares, embedded) = (spot.key == "subject", shelf.embedded(file));
            places.extend(location.map(|location| Named { location, declares, embedded }));
        }
    }
    places
}

/// A subject's new id wherever fact files name it.
pub fn rename(reading: &Reading, id: SubjectId, to: &str, texts: &Texts) -> Result<WorkspaceEdit, String> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.' | '_' | '/');
    if to.is_empty() || !to.chars().all(fits) {
        return Err(format!("`{to}` is no id: lower-case letters, digits, `-`, `.`, `_` and `/` make one"));
    }
    let knowledge = &reading.world.built.checker.knowledge;
    if knowledge.subject(to).is_some() {
        return Err(format!("`{to}` is another subject's id"));
    }
    let places = named(reading, id, texts);
    if places.iter().any(|place| place.embedded) {
        return Err("this subject comes with claimlint; its id cannot be changed".to_owned());
    }
    let mut changes: HashMap<Uri, Vec<TextEdit>> = HashMap::new();
    for Named { location, .. } in places {
        changes.entry(location.uri).or_default().push(TextEdit::new(location.range, to.to_owned()));
    }
    Ok(WorkspaceEdit::new(changes))
}

/// What the word at a byte of a fact file means.
pub fn meaning(reading: &Reading, byte: usize) -> Option<(Span, Meaning)> {
    let documents = yaml::parse_all(&reading.text.to_string()).0;
    let spot = spot::at(&documents, byte)?;
    let World { built, shelf } = &*reading.world;
    Some((spot.span, spot::meaning(&spot, &built.checker.knowledge, shelf.shown_at(&reading.uri))?))
}

fn defined(reading: &Reading, meaning: Meaning) -> Vec<Location> {
    let built = &reading.world.built;
    match meaning {
        Meaning::Subject(id) => declared(&reading.world, reading.client.encoding, id),
        Meaning::Fact(id) => fact(reading, id).into_iter().collect(),
        Meaning::Quote(id) => quoted(reading, id).into_iter().collect(),
        Meaning::Source(id) => source(reading, id).into_iter().collect(),
        Meaning::Attribute(id) => {
            let attribute = built.checker.knowledge.attributes.get(id.0 as usize);
            let places = attribute.map(|attribute| {
                places(&reading.world, reading.client.encoding, "attribute", &attribute.id).into_iter()
            });
            // Rules name attributes as well: what declares them is loaded first.
            places.into_iter().flatten().take(1).collect()
        }
    }
}

/// A fact's place in its file, and its quote's in the seed.
fn evidence(reading: &Reading, id: FactId) -> Vec<Location> {
    quoted(reading, id).into_iter().chain(fact(reading, id)).collect()
}

/// A fact's place in its file.
pub fn fact(reading: &Reading, id: FactId) -> Option<Location> {
    let (file, span) = reading.world.built.checker.knowledge.facts.get(id.0 as usize)?.place;
    reading.world.shelf.location(file, span, reading.client.encoding)
}

fn quoted(reading: &Reading, id: FactId) -> Option<Location> {
    let knowledge = &reading.world.built.checker.knowledge;
    let (source, span) = knowledge.quote_place(knowledge.facts.get(id.0 as usize)?)?;
    let file = knowledge.sources.get(source.0 as usize)?.file.as_deref()?;
    reading.world.shelf.location(reading.world.shelf.named(file)?, span, reading.client.encoding)
}

/// The document itself where it is kept, else the entry that describes it.
fn source(reading: &Reading, id: SourceId) -> Option<Location> {
    let World { built, shelf } = &*reading.world;
    let source = built.checker.knowledge.sources.get(id.0 as usize)?;
    let kept = source.file.as_deref().and_then(|name| shelf.named(name));
    match kept {
        Some(file) => shelf.location(file, Span::default(), reading.client.encoding),
        None => places(&reading.world, reading.client.encoding, "source", &source.id).into_iter().next(),
    }
}

/// Where fact files declare a subject.
pub fn declared(world: &World, encoding: Encoding, id: SubjectId) -> Vec<Location> {
    let subject = world.built.checker.knowledge.subjects.get(id.0 as usize);
    subject.map(|subject| places(world, encoding, "subject", &subject.id)).unwrap_or_default()
}

/// Where a rule's file names it.
pub fn rule(world: &World, encoding: Encoding, name: &str) -> Option<Location> {
    let checker = &world.built.checker;
    let claims = checker.rules.list.iter().map(|rule| (&rule.name, rule.place.0));
    let patterns = checker.patterns.iter().flat_map(|set| set.rules()).map(|rule| (&rule.name, rule.place.0));
    let (_, file) = claims.chain(patterns).find(|(own, _)| *own == name)?;
    // Rules that were brought along may stand in a file of another form.
    let mut spots = spot::all(world.shelf.tree(file)).into_iter();
    let spot = spots.find(|spot| !spot.is_key && spot.key == "rule" && spot.text == name)?;
    world.shelf.location(file, spot.span, encoding)
}

/// Where a key has that value.
fn places(world: &World, encoding: Encoding, key: &str, value: &str) -> Vec<Location> {
    let World { built, shelf } = world;
    let in_file = |file: usize| {
        let spots = spot::all(shelf.tree(file)).into_iter();
        let here = spots.filter(|spot| !spot.is_key && spot.key == key && spot.text == value);
        here.filter_map(move |spot| shelf.location(file, spot.span, encoding)).collect::<Vec<_>>()
    };
    (0..built.files.len()).flat_map(in_file).collect()
}

/// Whether a word is a subject's id; quotes and notes are prose.
fn says(spot: &Spot<'_>, id: &str) -> bool {
    !spot.is_key && spot.text == id && !matches!(spot.key, "quote" | "note" | "name" | "aliases" | "text")
}

fn without_quotes(span: Span, source: &str) -> Span {
    let written = span.of(source);
    let quoted = written.len() > 1 && written.starts_with(['"', '\'']);
    if quoted { Span::new(span.start + 1, span.end - 1) } else { span }
}
