//! What waits to be told to the client: per document only the newest diagnostics, however slowly the client reads.

use super::client::Traits;
use serde::Serialize;
use std::collections::VecDeque;
use tokio::sync::mpsc;
use tower_lsp::Client;
use tower_lsp::ls_types::notification::{Notification, PublishDiagnostics};
use tower_lsp::ls_types::{MessageType, PublishDiagnosticsParams};

/// Something to tell.
#[derive(Debug)]
pub enum Notice {
    /// The diagnostics of a document.
    Publish(PublishDiagnosticsParams),
    /// The facts, rules or settings changed: a client that can is to ask again.
    Refresh(Traits),
    /// For the log.
    Log(MessageType, String),
}

/// Tells the client what comes in, until the sender is gone. Diagnostics, of which a long draft has many, go into `out` as they
/// are: by way of the client they would be copied twice more.
pub async fn run(mut notices: mpsc::UnboundedReceiver<Notice>, client: Client, out: mpsc::Sender<Vec<u8>>) {
    let mut waiting = VecDeque::new();
    while let Some(notice) = notices.recv().await {
        put(&mut waiting, notice);
        loop {
            while let Ok(notice) = notices.try_recv() {
                put(&mut waiting, notice);
            }
            let Some(next) = waiting.pop_front() else { break };
            match next {
                Notice::Publish(params) => {
                    let message = Publish { jsonrpc: "2.0", method: PublishDiagnostics::METHOD, params };
                    // Without a writer the session ends by itself.
                    let _ = out.send(serde_json::to_vec(&message).unwrap_or_default()).await;
                }
                Notice::Log(kind, message) => client.log_message(kind, message).await,
                // Its answer says nothing, and a client may never give it.
                Notice::Refresh(traits) => {
                    let client = client.clone();
                    tokio::spawn(async move { refresh(&client, traits).await });
                }
            }
        }
    }
}

/// A notification on the wire.
#[derive(Serialize)]
struct Publish {
    jsonrpc: &'static str,
    method: &'static str,
    params: PublishDiagnosticsParams,
}

/// Errors only say that the client could not. None waits for another: a client may never answer one of them.
async fn refresh(client: &Client, traits: Traits) {
    let diagnostics = async {
        if traits.pulls && traits.refreshes {
            let _ = client.workspace_diagnostic_refresh().await;
        }
    };
    let lenses = async {
        if traits.refreshes_lenses {
            let _ = client.code_lens_refresh().await;
        }
    };
    let hints = async {
        if traits.refreshes_hints {
            let _ = client.inlay_hint_refresh().await;
        }
    };
    tokio::join!(diagnostics, lenses, hints);
}

fn put(waiting: &mut VecDeque<Notice>, notice: Notice) {
    match &notice {
        Notice::Publish(new) => {
            waiting.retain(|old| !matches!(old, Notice::Publish(old) if old.uri == new.uri))
        }
        Notice::Refresh(_) => waiting.retain(|old| !matches!(old, Notice::Refresh(_))),
        Notice::Log(..) => {}
    }
    waiting.push_back(notice);
}
