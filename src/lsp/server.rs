//! The protocol's methods. Each turns its parameters into an event before its first await, and nothing more: the
//! owner of the state sees events in the order in which the client sent them.

use super::Options;
use super::client::Traits;
use super::owner::{Event, Owner, When};
use super::reading::{Reading, file};
use super::settings::SECTION;
use super::{actions, diagnostics, hover, outbox};
use std::sync::{Arc, OnceLock};
use tokio::sync::{mpsc, oneshot};
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::*;
use tower_lsp::{Client, LanguageServer};

/// The server's face to one client.
#[derive(Debug)]
pub struct Server {
    client: Client,
    traits: OnceLock<Traits>,
    events: mpsc::UnboundedSender<Event>,
}

impl Server {
    /// A server for that client, with its owner of state and its outbox at work. Must be called within a runtime.
    pub fn new(client: Client, options: Options) -> Self {
        let (events, inbox) = mpsc::unbounded_channel();
        let (notices, outgoing) = mpsc::unbounded_channel();
        tokio::spawn(outbox::run(outgoing, client.clone()));
        tokio::spawn(Owner::new(inbox, events.clone(), notices, options).run());
        Server { client, traits: OnceLock::new(), events }
    }

    fn tell(&self, event: Event) {
        // The owner lives as long as the runtime; at its end nobody is left to be told.
        let _ = self.events.send(event);
    }

    fn traits(&self) -> Traits {
        self.traits.get().copied().unwrap_or_default()
    }

    /// Asks the client for the user's settings. It may take its time: nothing waits for it.
    async fn pull_settings(&self) {
        let item = ConfigurationItem { scope_uri: None, section: Some(SECTION.to_owned()) };
        let answer = self.client.configuration(vec![item]).await.ok().and_then(|mut sections| sections.pop());
        if let Some(settings) = answer.filter(|settings| !settings.is_null()) {
            self.tell(Event::Settings(settings));
        }
    }

    /// The reading of the document's state as of this message, or of its latest state.
    async fn reading(&self, uri: Uri, when: When) -> Result<Arc<Reading>> {
        let (reply, answer) = oneshot::channel();
        self.tell(Event::Ask { uri, when, reply });
        answer.await.map_err(|_| Error {
            code: ErrorCode::ContentModified,
            message: "no such document, or its text is not known".into(),
            data: None,
        })
    }
}

impl LanguageServer for Server {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let client = Traits::of(&params.capabilities);
        let _ = self.traits.set(client);
        let folder = params.workspace_folders.as_deref().and_then(|folders| folders.first());
        #[expect(deprecated, reason = "all that older clients send")]
        let root = folder.map(|folder| &folder.uri).or(params.root_uri.as_ref()).and_then(file);
        self.tell(Event::Start { client, root, settings: params.initialization_options.unwrap_or_default() });
        Ok(InitializeResult {
            capabilities: client.offer(),
            server_info: Some(ServerInfo {
                name: "claimlint".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
            ..Default::default()
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        let settings = async {
            if self.traits().configuration {
                self.pull_settings().await;
            }
        };
        let watching = async {
            if self.traits().watches {
                // A client that refuses leaves us with what it saves itself.
                let _ = self.client.register_capability(vec![watch()]).await;
            }
        };
        tokio::join!(settings, watching);
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        self.tell(Event::Open(params.text_document));
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        self.tell(Event::Change(params));
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.tell(Event::Close(params.text_document.uri));
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        self.tell(Event::Files(vec![params.text_document.uri]));
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        self.tell(Event::Files(params.changes.into_iter().map(|change| change.uri).collect()));
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        if self.traits().configuration {
            self.pull_settings().await;
        } else {
            self.tell(Event::Settings(params.settings));
        }
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let reading = self.reading(params.text_document.uri.clone(), When::Now).await?;
        Ok(Some(actions::at(&reading, &params)))
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let at = params.text_document_position_params;
        let reading = self.reading(at.text_document.uri, When::Now).await?;
        Ok(hover::at(&reading, at.position))
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let reading = self.reading(params.text_document.uri, When::Latest).await?;
        let result_id = reading.result_id();
        let report = if params.previous_result_id.as_ref() == Some(&result_id) {
            DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
                related_documents: None,
                unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
            })
        } else {
            DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
                related_documents: None,
                full_document_diagnostic_report: FullDocumentDiagnosticReport {
                    result_id: Some(result_id),
                    items: diagnostics::all(&reading),
                },
            })
        };
        Ok(DocumentDiagnosticReportResult::Report(report))
    }
}

/// Everything that configurations, facts, rules and seeds can stand in; what does not concern us is seen at once.
fn watch() -> Registration {
    let watchers = ["**/*.{yaml,yml}", "**/seeds/**"].map(|glob| serde_json::json!({ "globPattern": glob }));
    Registration {
        id: "files".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: Some(serde_json::json!({ "watchers": watchers })),
    }
}
