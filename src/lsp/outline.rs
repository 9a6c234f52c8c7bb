//! Outlines: a draft's claims; a fact file's subjects with what is said of each.

use super::data::Kind;
use super::position::Columns;
use super::reading::Reading;
use super::{card, symbols};
use crate::check::Judged;
use crate::text::Span;
use crate::yaml::{self, Node, NodeKind};
use tower_lsp::ls_types::{DocumentSymbol, SymbolKind};

/// The outline of a document.
pub fn of(reading: &Reading) -> Vec<DocumentSymbol> {
    match reading.kind {
        Kind::Draft => reading.claims().iter().map(|claim| self::claim(reading, claim)).collect(),
        Kind::Facts => facts(reading),
        Kind::Rule | Kind::Config | Kind::Other => Vec::new(),
    }
}

fn claim(reading: &Reading, claim: &Judged) -> DocumentSymbol {
    let detail = Some(card::verdict(claim.verdict).to_owned());
    let whole = claim.sentence.cover(claim.span);
    symbol(reading, symbols::title(reading, claim), detail, SymbolKind::BOOLEAN, whole, claim.span)
}

fn facts(reading: &Reading) -> Vec<DocumentSymbol> {
    let text = reading.text.to_string();
    let documents = yaml::parse_all(&text).0;
    let listed = documents.iter().flat_map(|document| items(entry(document, "subjects")));
    documents.iter().chain(listed).filter_map(|node| subject(reading, node, &text)).collect()
}

fn subject(reading: &Reading, node: &Node, text: &str) -> Option<DocumentSymbol> {
    let id = entry(node, "subject")?;
    let name = entry(node, "name").and_then(scalar).map(str::to_owned);
    let mut subject = symbol(reading, scalar(id)?.to_owned(), name, SymbolKind::CLASS, node.span, id.span);
    let facts = items(entry(node, "facts")).filter_map(|fact| self::fact(reading, fact, text));
    subject.children = Some(facts.collect());
    Some(subject)
}

/// A fact's first key is its attribute.
fn fact(reading: &Reading, node: &Node, text: &str) -> Option<DocumentSymbol> {
    let NodeKind::Map(entries) = &node.kind else { return None };
    let (key, value) = entries.first()?;
    let says = value.span.of(text).lines().next().unwrap_or_default().trim();
    let title = format!("{}: {says}", scalar(key)?);
    Some(symbol(reading, title, None, SymbolKind::PROPERTY, node.span, key.span))
}

fn symbol(
    reading: &Reading,
    name: String,
    detail: Option<String>,
    kind: SymbolKind,
    whole: Span,
    own: Span,
) -> DocumentSymbol {
    let range = |span| reading.client.encoding.range(&reading.text, span);
    #[expect(deprecated, reason = "the struct has no other way to be made")]
    DocumentSymbol {
        name,
        detail,
        kind,
        tags: None,
        deprecated: None,
        range: range(whole.cover(own)),
        selection_range: range(own),
        children: None,
    }
}

fn entry<'a>(node: &'a Node, name: &str) -> Option<&'a Node> {
    let NodeKind::Map(entries) = &node.kind else { return None };
    entries.iter().find(|(key, _)| scalar(key) == Some(name)).map(|(_, value)| value)
}

fn items(node: Option<&Node>) -> impl Iterator<Item = &Node> {
    let items = node.map(|node| match &node.kind {
        NodeKind::List(items) => items.as_slice(),
        _ => &[],
    });
    items.unwrap_or_default().iter()
}

fn scalar(node: &Node) -> Option<&str> {
    match &node.kind {
        NodeKind::Scalar { text, .. } => Some(text),
        _ => None,
    }
}
