//! What is wrong in fact, rule and configuration files that nobody has open.

use super::diagnostics;
use super::position::Columns;
use super::workspace::{Survey, Workspace};
use crate::disk::read;
use crate::render::Trouble;
use crate::text::Encoding;
use ropey::Rope;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use tower_lsp::ls_types::*;

/// Reports on the files that something is wrong in, and on those of which the client knows a result that may be over.
pub fn reports(
    workspace: &Workspace,
    known: &HashMap<Uri, String>,
) -> Vec<WorkspaceDocumentDiagnosticReport> {
    // Loads what no draft needed.
    drop(workspace.worlds());
    let mut files: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
    for trouble in workspace.library.troubles() {
        if let Some((uri, diagnostic)) = diagnostic(&trouble, workspace.client.encoding) {
            files.entry(uri.as_str().to_owned()).or_default().push(diagnostic);
        }
    }
    for uri in known.keys().filter(|uri| uri.path().as_str().ends_with(".yaml")) {
        files.entry(uri.as_str().to_owned()).or_default();
    }
    let files = files.into_iter().filter_map(|(uri, found)| Some((uri.parse::<Uri>().ok()?, found)));
    let closed = files.filter(|(uri, _)| !workspace.open.contains_key(uri));
    let report = |(uri, diagnostics): (Uri, Vec<Diagnostic>)| {
        let result_id = workspace.library.generation.to_string();
        let survey =
            Survey { uri, version: None, result_id, diagnostics, claims: Vec::new(), mentions: Vec::new() };
        diagnostics::report(&survey, known.get(&survey.uri))
    };
    closed.map(report).collect()
}

fn diagnostic(trouble: &Trouble, encoding: Encoding) -> Option<(Uri, Diagnostic)> {
    let path = std::path::absolute(Path::new(&trouble.path)).ok()?;
    let text = Rope::from_str(&read::text(&path).unwrap_or_default());
    let line = trouble.line.saturating_sub(1).min(text.len_lines().saturating_sub(1));
    let start = text.line_to_byte(line);
    let written = text.line(line).to_string();
    let indent = written.char_indices().nth(trouble.column.saturating_sub(1)).map_or(0, |(at, _)| at);
    let at = |byte| encoding.position(&text, start + byte);
    let range = Range::new(at(indent), at(written.trim_end().len().max(indent)));
    let diagnostic = diagnostics::of_file(range, trouble.message.clone());
    Some((Uri::from_file_path(&path)?, diagnostic))
}
