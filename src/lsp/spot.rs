//! What stands at a place of a fact file: which key, which value, and what it means.

use crate::knowledge::{AttributeId, Fact, FactId, Knowledge, SourceId, SubjectId};
use crate::text::Span;
use crate::yaml::{Node, NodeKind};

/// A word in a YAML file: a key or a plain value.
#[derive(Debug, Clone, Copy)]
pub struct Spot<'a> {
    /// The key, or the key that the value belongs to, through lists.
    pub key: &'a str,
    /// Whether the word is the key itself.
    pub is_key: bool,
    /// The word without quotes.
    pub text: &'a str,
    /// Where it stands, quotes included.
    pub span: Span,
}

/// What a word means to the linter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A subject by its id.
    Subject(SubjectId),
    /// A source by its id.
    Source(SourceId),
    /// A fact by its id, or the fact that a quote is for.
    Fact(FactId),
    /// The quote of a fact.
    Quote(FactId),
    /// An attribute, as a fact's key.
    Attribute(AttributeId),
}

/// All words of a file, in order.
pub fn all(documents: &[Node]) -> Vec<Spot<'_>> {
    let mut spots = Vec::new();
    for node in documents {
        gather(node, "", &mut spots);
    }
    spots
}

/// The word at a byte.
pub fn at(documents: &[Node], byte: usize) -> Option<Spot<'_>> {
    all(documents).into_iter().find(|spot| spot.span.start <= byte && byte <= spot.span.end)
}

/// What a word means; most words mean nothing of the kind. `file` is where it stands, by its index among those loaded.
pub fn meaning(spot: &Spot<'_>, knowledge: &Knowledge, file: Option<usize>) -> Option<Meaning> {
    if spot.is_key {
        return knowledge.attribute(spot.text).map(Meaning::Attribute);
    }
    match spot.key {
        "quote" => {
            // Several facts may rest on the same words: the one beside them is meant.
            let far = |(_, fact): &(u32, &Fact)| {
                (Some(fact.place.0) != file, fact.place.1.start.abs_diff(spot.span.start))
            };
            let same =
                (0..).zip(&knowledge.facts).filter(|(_, fact)| fact.quote.as_deref() == Some(spot.text));
            same.min_by_key(far).map(|(at, _)| Meaning::Quote(FactId(at)))
        }
        "seed" | "source" => knowledge.source(spot.text).map(Meaning::Source),
        "conflicts_with" | "id" => knowledge.fact(spot.text).map(Meaning::Fact),
        _ => knowledge.subject(spot.text).map(Meaning::Subject),
    }
}

/// The tree is as deep as the parser allows, which is not deep.
fn gather<'a>(node: &'a Node, key: &'a str, spots: &mut Vec<Spot<'a>>) {
    match &node.kind {
        NodeKind::Scalar { text, .. } => spots.push(Spot { key, is_key: false, text, span: node.span }),
        NodeKind::List(items) => items.iter().for_each(|item| gather(item, key, spots)),
        NodeKind::Map(entries) => {
            for (key, value) in entries {
                let NodeKind::Scalar { text, .. } = &key.kind else { continue };
                spots.push(Spot { key: text, is_key: true, text, span: key.span });
                gather(value, text, spots);
            }
        }
    }
}
