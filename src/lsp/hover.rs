//! What is shown of the place under the pointer.

use super::position::Columns;
use super::reading::Reading;
use tower_lsp::ls_types::*;

/// Every finding at a position, as written.
pub fn at(reading: &Reading, position: Position) -> Option<Hover> {
    let encoding = reading.client.encoding;
    let byte = encoding.byte(&reading.text, position)?;
    let mut here = reading.findings.iter().filter(|f| f.span.start <= byte && byte <= f.span.end).peekable();
    let range = here.peek().map(|finding| encoding.range(&reading.text, finding.span))?;
    let value = here.map(|finding| finding.message.as_str()).collect::<Vec<_>>().join("\n\n---\n\n");
    let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value });
    Some(Hover { contents, range: Some(range) })
}
