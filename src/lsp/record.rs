//! Recording a fact: a claim of the draft becomes an entry of the project's facts, with its source left to be filled in.

use super::reading::Reading;
use super::symbols;
use crate::check::{Judged, day_of};
use crate::knowledge::{AttributeType, Knowledge};
use crate::text::Span;
use crate::verdict::Verdict;
use std::path::{Path, PathBuf};
use tower_lsp::ls_types::*;

/// The command that shows what was recorded.
pub const SHOW: &str = "claimlint.show";

/// Where a project's facts are recorded: its first facts file, or a file of its own in its first folder of facts.
pub fn place(facts: &[PathBuf]) -> Option<PathBuf> {
    let first = facts.first()?;
    Some(if first.is_dir() { first.join("recorded.yaml") } else { first.clone() })
}

/// An action for each claim there that the facts do not support yet.
pub fn ways(reading: &Reading, at: Span) -> Vec<CodeAction> {
    let Some(path) = reading.record.as_deref().filter(|path| reading.client.creates || path.exists()) else {
        return Vec::new();
    };
    let touched = |claim: &&Judged| claim.span.start <= at.end && at.start <= claim.span.end;
    let open = reading.claims().iter().filter(|claim| claim.verdict != Verdict::Supported);
    open.filter(touched).filter_map(|claim| way(reading, claim, path)).collect()
}

fn way(reading: &Reading, claim: &Judged, path: &Path) -> Option<CodeAction> {
    let knowledge = &reading.world.built.checker.knowledge;
    let subject = knowledge.subjects.get(claim.subject?.0 as usize)?;
    let day = day_of(reading.draft(), &reading.settings);
    let head =
        format!("subject: {}\nfacts:\n  - {}: {}\n", subject.id, claim.attribute, value(knowledge, claim));
    let missing = "    source: {seed: ";
    let note = claim.sentence.of(&reading.draft().source).replace(['\n', '\r'], " ");
    let text = format!("{head}    from: {day}\n{missing}'', quote: ''}}\n    note: {}\n---\n", quoted(&note));
    let uri = Uri::from_file_path(path)?;
    let top = Position::default();
    let edit = TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier { uri: uri.clone(), version: None },
        // The top is the one place that every state of the file has; `---` parts what stands there from the rest.
        edits: vec![OneOf::Left(TextEdit::new(Range::new(top, top), text))],
    };
    let options = CreateFileOptions { overwrite: Some(false), ignore_if_exists: Some(true) };
    let create = CreateFile { uri: uri.clone(), options: Some(options), annotation_id: None };
    let mut operations = vec![DocumentChangeOperation::Edit(edit)];
    if !path.exists() {
        operations.insert(0, DocumentChangeOperation::Op(ResourceOp::Create(create)));
    }
    let inside = Position::new(4, missing.len() as u32 + 1);
    let arguments = Some(vec![serde_json::json!(uri), serde_json::json!(inside)]);
    Some(CodeAction {
        title: format!("Record as a fact: {}", symbols::title(reading, claim)),
        kind: Some(CodeActionKind::REFACTOR),
        edit: Some(WorkspaceEdit {
            document_changes: Some(DocumentChanges::Operations(operations)),
            ..Default::default()
        }),
        command: Some(Command { title: "Show it".to_owned(), command: SHOW.to_owned(), arguments }),
        ..Default::default()
    })
}

/// The claim's value as fact files write it: by id where the attribute has a list.
fn value(knowledge: &Knowledge, claim: &Judged) -> String {
    let attribute =
        knowledge.attribute(&claim.attribute).and_then(|id| knowledge.attributes.get(id.0 as usize));
    let words = attribute.map_or(&[][..], |attribute| match &attribute.kind {
        AttributeType::Choice(choices) => choices.as_slice(),
        _ => &attribute.words,
    });
    let named = words.iter().find(|word| word.name == claim.value || word.id == claim.value);
    named.map_or_else(|| quoted(&claim.value), |word| word.id.clone())
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
