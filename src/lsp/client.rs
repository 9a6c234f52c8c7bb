//! What the client can do, and what it is offered.

use super::position::Columns;
use super::{actions, record};
use crate::text::Encoding;
use tower_lsp::ls_types::*;

/// What reads the whole workspace shows how far it is.
const PROGRESS: WorkDoneProgressOptions = WorkDoneProgressOptions { work_done_progress: Some(true) };

/// What the client can do, as far as it changes what the server does.
#[derive(Debug, Clone, Copy, Default)]
pub struct Traits {
    /// What columns count.
    pub encoding: Encoding,
    /// It asks for diagnostics; else they are sent to it. Never both, or everything shows twice.
    pub pulls: bool,
    /// It can be told to ask for diagnostics again.
    pub refreshes: bool,
    /// It can be told to ask for lenses again.
    pub refreshes_lenses: bool,
    /// It can be told to ask for hints again.
    pub refreshes_hints: bool,
    /// It refuses edits of a version that it no longer has.
    pub versioned_edits: bool,
    /// It can be asked to create files.
    pub creates: bool,
    /// It answers questions for its settings.
    pub configuration: bool,
    /// It can be asked to watch files.
    pub watches: bool,
    /// It can be asked to show a document.
    pub shows: bool,
    /// It shows progress that no request of its own asked for.
    pub progresses: bool,
}

impl Traits {
    /// Reads the client's capabilities.
    pub fn of(client: &ClientCapabilities) -> Self {
        let text = client.text_document.as_ref();
        let workspace = client.workspace.as_ref();
        let diagnostics = workspace.and_then(|w| w.diagnostics.as_ref());
        let watch = workspace.and_then(|w| w.did_change_watched_files.as_ref());
        let edits = workspace.and_then(|w| w.workspace_edit.as_ref());
        let window = client.window.as_ref();
        Traits {
            encoding: Encoding::agree(client),
            pulls: text.is_some_and(|t| t.diagnostic.is_some()),
            refreshes: diagnostics.and_then(|d| d.refresh_support) == Some(true),
            refreshes_lenses: workspace.and_then(|w| w.code_lens.as_ref()?.refresh_support) == Some(true),
            refreshes_hints: workspace.and_then(|w| w.inlay_hint.as_ref()?.refresh_support) == Some(true),
            versioned_edits: edits.and_then(|e| e.document_changes) == Some(true),
            creates: edits.is_some_and(|e| {
                e.resource_operations
                    .as_ref()
                    .is_some_and(|kinds| kinds.contains(&ResourceOperationKind::Create))
            }),
            configuration: workspace.and_then(|w| w.configuration) == Some(true),
            progresses: window.and_then(|w| w.work_done_progress) == Some(true),
            shows: window.and_then(|w| w.show_document.as_ref()).is_some_and(|show| show.support),
            watches: watch.and_then(|w| w.dynamic_registration) == Some(true),
        }
    }

    /// What the server offers to this client.
    pub fn offer(self) -> ServerCapabilities {
        ServerCapabilities {
            position_encoding: Some(self.encoding.kind()),
            text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(TextDocumentSyncKind::INCREMENTAL),
                save: Some(TextDocumentSyncSaveOptions::Supported(true)),
                ..Default::default()
            })),
            code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
                code_action_kinds: Some(vec![
                    CodeActionKind::REFACTOR,
                    CodeActionKind::QUICKFIX,
                    CodeActionKind::from(actions::FIX_ALL),
                ]),
                ..Default::default()
            })),
            workspace_symbol_provider: Some(OneOf::Right(WorkspaceSymbolOptions {
                work_done_progress_options: PROGRESS,
                resolve_provider: None,
            })),
            workspace: Some(WorkspaceServerCapabilities {
                workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                    supported: Some(true),
                    change_notifications: Some(OneOf::Left(true)),
                }),
                file_operations: Some(WorkspaceFileOperationsServerCapabilities {
                    did_rename: Some(FileOperationRegistrationOptions { filters: vec![every_file()] }),
                    ..Default::default()
                }),
            }),
            completion_provider: Some(CompletionOptions::default()),
            definition_provider: Some(OneOf::Left(true)),
            references_provider: Some(OneOf::Right(ReferenceOptions {
                work_done_progress_options: PROGRESS,
            })),
            document_link_provider: Some(DocumentLinkOptions {
                resolve_provider: None,
                work_done_progress_options: WorkDoneProgressOptions::default(),
            }),
            rename_provider: Some(OneOf::Right(RenameOptions {
                prepare_provider: Some(true),
                work_done_progress_options: WorkDoneProgressOptions::default(),
            })),
            document_symbol_provider: Some(OneOf::Left(true)),
            inlay_hint_provider: Some(OneOf::Left(true)),
            code_lens_provider: Some(CodeLensOptions { resolve_provider: None }),
            execute_command_provider: Some(ExecuteCommandOptions {
                commands: vec![record::SHOW.to_owned()],
                ..Default::default()
            }),
            hover_provider: Some(HoverProviderCapability::Simple(true)),
            diagnostic_provider: self.pulls.then(|| {
                DiagnosticServerCapabilities::Options(DiagnosticOptions {
                    identifier: Some("claimlint".to_owned()),
                    inter_file_dependencies: true,
                    workspace_diagnostics: true,
                    work_done_progress_options: PROGRESS,
                })
            }),
            ..Default::default()
        }
    }
}

fn every_file() -> FileOperationFilter {
    let pattern = FileOperationPattern { glob: "**/*".to_owned(), matches: None, options: None };
    FileOperationFilter { scheme: Some("file".to_owned()), pattern }
}
