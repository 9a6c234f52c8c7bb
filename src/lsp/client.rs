//! What the client can do, and what it is offered.

use super::position::Encoding;
use tower_lsp::ls_types::*;

/// What the client can do, as far as it changes what the server does.
#[derive(Debug, Clone, Copy, Default)]
pub struct Traits {
    /// What columns count.
    pub encoding: Encoding,
    /// It asks for diagnostics; else they are sent to it. Never both, or everything shows twice.
    pub pulls: bool,
    /// It can be told to ask again.
    pub refreshes: bool,
}

impl Traits {
    /// Reads the client's capabilities.
    pub fn of(client: &ClientCapabilities) -> Self {
        let text = client.text_document.as_ref();
        let workspace = client.workspace.as_ref();
        let diagnostics = workspace.and_then(|w| w.diagnostics.as_ref());
        Traits {
            encoding: Encoding::agree(client),
            pulls: text.is_some_and(|t| t.diagnostic.is_some()),
            refreshes: diagnostics.and_then(|d| d.refresh_support) == Some(true),
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
            hover_provider: Some(HoverProviderCapability::Simple(true)),
            diagnostic_provider: self.pulls.then(|| {
                DiagnosticServerCapabilities::Options(DiagnosticOptions {
                    identifier: Some("claimlint".to_owned()),
                    inter_file_dependencies: true,
                    ..Default::default()
                })
            }),
            ..Default::default()
        }
    }
}
