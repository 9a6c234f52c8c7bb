//! Code actions: fixes as plain edits of the document, which every editor can apply.

use super::position::Columns;
use super::reading::Reading;
use super::{allow, cite, diagnostics, navigate, record};
use crate::rule::file::Evidence;
use crate::rule::finding::{Finding, Fix};
use crate::text::Span;
use std::collections::HashMap;
use tower_lsp::ls_types::*;

/// Everything that can be mended at once, on save for instance.
pub const FIX_ALL: &str = "source.fixAll.claimlint";

/// What can be done at a range, of the kinds that are asked for.
pub fn at(reading: &Reading, params: &CodeActionParams) -> CodeActionResponse {
    let at = reading.client.encoding.within(&reading.text, params.range);
    let only = params.context.only.as_deref();
    let wanted = |kind: &str| only.is_none_or(|only| only.iter().any(|asked| covers(asked.as_str(), kind)));
    let mut actions = Vec::new();
    if wanted(CodeActionKind::QUICKFIX.as_str()) {
        let here = reading.findings.iter().enumerate().filter(|(_, f)| touches(f.span, at));
        let here: Vec<_> =
            here.map(|(index, finding)| (finding, diagnostics::one(reading, index, finding))).collect();
        // What mends comes before what silences.
        for (finding, diagnostic) in &here {
            actions.extend(fixes(reading, finding, diagnostic));
            let rules = &reading.world.built.checker.rules.list;
            let evidence =
                rules.iter().find(|rule| rule.name == finding.rule).and_then(|r| r.evidence.as_ref());
            if evidence.is_some_and(Evidence::wants_a_source) {
                actions.extend(cite::ways(reading, finding.span, Some(diagnostic)));
            }
            actions.extend(all_of_rule(reading, finding, diagnostic));
        }
        actions.extend(here.iter().flat_map(|(f, diagnostic)| allowances(reading, f, diagnostic)));
        actions.extend(here.iter().filter_map(|(f, diagnostic)| rule(reading, f, diagnostic)));
    }
    if wanted(CodeActionKind::REFACTOR.as_str()) {
        // What is offered as a fix is not offered twice.
        let mended = |other: &CodeAction| actions.iter().any(|action| action.title == other.title);
        let ways: Vec<_> = cite::ways(reading, at, None).into_iter().filter(|way| !mended(way)).collect();
        actions.extend(ways);
        if reading.client.versioned_edits {
            actions.extend(record::ways(reading, at));
        }
    }
    // Asked for by name only: an action that changes the whole file has no place in the menu of one spot.
    if only.is_some() && wanted(FIX_ALL) {
        actions.extend(all(reading));
    }
    actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

fn fixes(reading: &Reading, finding: &Finding, diagnostic: &Diagnostic) -> Vec<CodeAction> {
    let fixes = finding.fixes.iter().enumerate();
    fixes
        .map(|(nth, fix)| CodeAction {
            title: fix.title.clone(),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![diagnostic.clone()]),
            edit: Some(edit(reading, &fix.edits)),
            is_preferred: (nth == 0 && fix.safe).then_some(true),
            ..Default::default()
        })
        .collect()
}

fn allowances(reading: &Reading, finding: &Finding, diagnostic: &Diagnostic) -> Vec<CodeAction> {
    let ways = allow::ways(reading, finding).into_iter();
    ways.map(|(title, way)| CodeAction {
        title,
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![diagnostic.clone()]),
        edit: Some(edit(reading, &[way])),
        ..Default::default()
    })
    .collect()
}

/// Opens the rule's file, in an editor that can be asked to; the others have the diagnostic's link.
fn rule(reading: &Reading, finding: &Finding, diagnostic: &Diagnostic) -> Option<CodeAction> {
    let place = navigate::rule(&reading.world, reading.client.encoding, &finding.rule)?;
    let arguments = Some(vec![serde_json::json!(place.uri), serde_json::json!(place.range.start)]);
    let title = format!("Open the rule `{}`", finding.rule);
    reading.client.shows.then(|| CodeAction {
        title: title.clone(),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![diagnostic.clone()]),
        command: Some(Command { title, command: record::SHOW.to_owned(), arguments }),
        ..Default::default()
    })
}

fn all_of_rule(reading: &Reading, finding: &Finding, diagnostic: &Diagnostic) -> Option<CodeAction> {
    let same = || reading.findings.iter().filter(|other| other.rule == finding.rule);
    let fixes: Vec<&Fix> = same().filter_map(safe).collect();
    (fixes.len() > 1).then(|| CodeAction {
        title: format!("Mend all {} findings of `{}` in this file", fixes.len(), finding.rule),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![diagnostic.clone()]),
        edit: Some(edit(reading, &together(&fixes))),
        ..Default::default()
    })
}

fn all(reading: &Reading) -> Option<CodeAction> {
    let fixes: Vec<&Fix> = reading.findings.iter().filter_map(safe).collect();
    (!fixes.is_empty()).then(|| CodeAction {
        title: "Mend all that can be mended safely".to_owned(),
        kind: Some(CodeActionKind::from(FIX_ALL)),
        edit: Some(edit(reading, &together(&fixes))),
        ..Default::default()
    })
}

/// The fix that may be applied unseen.
fn safe(finding: &Finding) -> Option<&Fix> {
    finding.fixes.first().filter(|fix| fix.safe)
}

/// The edits of all fixes that do not touch what an earlier one changes.
fn together(fixes: &[&Fix]) -> Vec<(Span, String)> {
    let mut edits: Vec<(Span, String)> = Vec::new();
    for fix in fixes {
        let free =
            |span: Span| edits.iter().all(|(taken, _)| span.end < taken.start || taken.end < span.start);
        if fix.edits.iter().all(|(span, _)| free(*span)) {
            edits.extend(fix.edits.iter().cloned());
        }
    }
    edits.sort_by_key(|(span, _)| *span);
    edits
}

/// Edits of the document, bound to its version where the client can refuse what no longer fits.
pub fn edit(reading: &Reading, edits: &[(Span, String)]) -> WorkspaceEdit {
    let range = |span| reading.client.encoding.range(&reading.text, span);
    let edits = edits.iter().map(|(span, text)| TextEdit::new(range(*span), text.clone()));
    if !reading.client.versioned_edits {
        return WorkspaceEdit::new(HashMap::from([(reading.uri.clone(), edits.collect())]));
    }
    let text_document =
        OptionalVersionedTextDocumentIdentifier { uri: reading.uri.clone(), version: Some(reading.version) };
    let edits = edits.map(OneOf::Left).collect();
    WorkspaceEdit {
        document_changes: Some(DocumentChanges::Edits(vec![TextDocumentEdit { text_document, edits }])),
        ..Default::default()
    }
}

/// Whether a kind is the one asked for or one below it: `source` covers `source.fixAll`.
fn covers(asked: &str, kind: &str) -> bool {
    kind.strip_prefix(asked).is_some_and(|rest| asked.is_empty() || rest.is_empty() || rest.starts_with('.'))
}

/// A cursor at a finding's end touches it too.
fn touches(finding: Span, at: Span) -> bool {
    finding.start <= at.end && at.start <= finding.end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_cover_what_is_below_them() {
        for (asked, kind, covered) in [
            ("", "quickfix", true),
            ("source", "source.fixAll.claimlint", true),
            ("source.fixAll", "source.fixAll.claimlint", true),
            ("source.fixAll.claimlint", "source.fixAll.claimlint", true),
            ("source.fixAll.other", "source.fixAll.claimlint", false),
            ("source.fix", "source.fixAll.claimlint", false),
            ("refactor", "quickfix", false),
        ] {
            assert_eq!(covers(asked, kind), covered, "{asked} {kind}");
        }
    }

    #[test]
    fn fixes_that_touch_are_not_applied_together() {
        let fix = |edits: &[(usize, usize)]| Fix {
            title: String::new(),
            edits: edits.iter().map(|&(a, b)| (Span::new(a, b), "x".to_owned())).collect(),
            safe: true,
        };
        let fixes = [fix(&[(5, 8)]), fix(&[(0, 2), (7, 9)]), fix(&[(8, 8)]), fix(&[(0, 2)])];
        let edits = together(&fixes.iter().collect::<Vec<_>>());
        assert_eq!(edits.iter().map(|(s, _)| (s.start, s.end)).collect::<Vec<_>>(), [(0, 2), (5, 8)]);
    }
}
