//! The protocol's methods. Each turns its parameters into an event before its first await, and nothing more: the
//! owner of the state sees events in the order in which the client sent them.

use super::Options;
use super::client::Traits;
use super::data::Kind;
use super::owner::{Event, Owner, When};
use super::position::Columns;
use super::reading::Reading;
use super::scan::{Scan, Scans, Stop, Wanted};
use super::settings::SECTION;
use super::workspace::{self, Survey, Workspace};
use super::{
    actions, complete, diagnostics, hover, lens, navigate, outbox, outline, record, refer, symbols, trouble,
};
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};
use tokio::sync::{Mutex, mpsc, oneshot};
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::*;
use tower_lsp::{Client, LanguageServer};

/// The server's face to one client.
#[derive(Debug)]
pub struct Server {
    client: Client,
    traits: OnceLock<Traits>,
    /// Held while the workspace is surveyed: a second survey at the same time would read the same files again, and
    /// leave no thread for what is being typed.
    surveying: Mutex<()>,
    scans: Scans,
    events: mpsc::UnboundedSender<Event>,
}

impl Server {
    /// A server for that client, with its owner of state and its outbox, which also writes to `out`, at work. Must be called
    /// within a runtime.
    pub fn new(client: Client, options: Options, out: mpsc::Sender<Vec<u8>>) -> Self {
        let (events, inbox) = mpsc::unbounded_channel();
        let (notices, outgoing) = mpsc::unbounded_channel();
        tokio::spawn(outbox::run(outgoing, client.clone(), out));
        tokio::spawn(Owner::new(inbox, events.clone(), notices, options).run());
        Server {
            client,
            traits: OnceLock::new(),
            surveying: Mutex::default(),
            scans: Scans::default(),
            events,
        }
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

    /// The user wants no more of a survey that is shown.
    pub async fn cancel_progress(&self, params: WorkDoneProgressCancelParams) {
        self.scans.cancel(&params.token);
    }

    /// Every draft of the workspace as it says now. A request that is cancelled meanwhile ends the survey.
    async fn survey(&self, token: Option<ProgressToken>) -> Result<(Workspace, Vec<Arc<Survey>>)> {
        let _right = self.surveying.lock().await;
        let workspace = self.open().await?;
        let stop = Stop::default();
        let (scan, steps) = Scan::new(stop.clone());
        let can = self.traits().progresses;
        tokio::spawn(self.scans.clone().show(self.client.clone(), token, can, stop.clone(), steps));
        let _wanted = Wanted(stop);
        let survey = move || {
            let surveys = workspace.survey(&scan);
            (workspace, surveys)
        };
        tokio::task::spawn_blocking(survey).await.map_err(|_| Error::internal_error())
    }

    /// What is open.
    async fn open(&self) -> Result<Workspace> {
        let (reply, answer) = oneshot::channel();
        self.tell(Event::Survey(reply));
        answer.await.map_err(|_| Error::internal_error())
    }

    /// Answers from a reading, off the protocol's thread: a request may have the draft's claims read first.
    async fn answer<T: Send + 'static>(
        &self,
        uri: Uri,
        when: When,
        answer: impl FnOnce(&Reading) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>> {
        let reading = self.reading(uri, when).await?;
        tokio::task::spawn_blocking(move || answer(&reading)).await.map_err(|_| Error::internal_error())
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
        #[expect(deprecated, reason = "all that older clients send")]
        let root = params.root_uri.as_ref().and_then(workspace::root);
        let folders = params.workspace_folders.unwrap_or_default();
        let mut roots: Vec<_> = folders.iter().filter_map(|folder| workspace::root(&folder.uri)).collect();
        roots.extend(root.filter(|_| folders.is_empty()));
        self.tell(Event::Start {
            client,
            roots,
            settings: params.initialization_options.unwrap_or_default(),
        });
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

    async fn did_rename_files(&self, params: RenameFilesParams) {
        let names = params.files.into_iter().flat_map(|file| [file.old_uri, file.new_uri]);
        self.tell(Event::Files(names.filter_map(|name| name.parse().ok()).collect()));
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        if self.traits().configuration {
            self.pull_settings().await;
        } else {
            self.tell(Event::Settings(params.settings));
        }
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let uri = params.text_document.uri.clone();
        self.answer(uri, When::Now, move |reading| Some(actions::at(reading, &params))).await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
        let mut arguments = params.arguments.into_iter();
        let place = arguments.next().zip(arguments.next()).and_then(|(uri, at)| {
            let at: Position = serde_json::from_value(at).ok()?;
            Some((serde_json::from_value::<Uri>(uri).ok()?, Range::new(at, at)))
        });
        let Some((uri, range)) = place.filter(|_| params.command == record::SHOW) else {
            return Err(Error::invalid_params("no such command, or not with these arguments"));
        };
        let show = ShowDocumentParams { uri, external: None, take_focus: Some(true), selection: Some(range) };
        // A client that cannot has changed the file all the same.
        let _ = self.client.show_document(show).await;
        Ok(None)
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let at = params.text_document_position_params;
        self.answer(at.text_document.uri, When::Now, move |reading| hover::at(reading, at.position)).await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let at = params.text_document_position;
        let items = move |reading: &Reading| complete::at(reading, at.position);
        Ok(self.answer(at.text_document.uri, When::Now, items).await?.map(CompletionResponse::Array))
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let at = params.text_document_position_params;
        let places = move |reading: &Reading| {
            Some(navigate::definition(reading, at.position)).filter(|places| !places.is_empty())
        };
        Ok(self.answer(at.text_document.uri, When::Now, places).await?.map(GotoDefinitionResponse::Array))
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.answer(params.text_document.uri, When::Now, |reading| Some(navigate::links(reading))).await
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let at = params.text_document_position;
        let declared = params.context.include_declaration;
        let token = params.work_done_progress_params.work_done_token;
        let (workspace, surveys) = self.survey(token).await?;
        let places =
            move |reading: &Reading| refer::at(reading, at.position, declared, &workspace.texts(), &surveys);
        self.answer(at.text_document.uri, When::Now, places).await
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>> {
        let (workspace, surveys) = self.survey(params.work_done_progress_params.work_done_token).await?;
        let search = move || {
            let worlds = workspace.worlds();
            symbols::search(&params.query, &worlds, workspace.client, &surveys)
        };
        let found = tokio::task::spawn_blocking(search).await.map_err(|_| Error::internal_error())?;
        Ok(Some(WorkspaceSymbolResponse::Nested(found)))
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        let paths = |folders: &[WorkspaceFolder]| {
            folders.iter().filter_map(|folder| workspace::root(&folder.uri)).collect()
        };
        self.tell(Event::Folders(paths(&params.event.added), paths(&params.event.removed)));
    }

    async fn prepare_rename(&self, at: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        let range = move |reading: &Reading| {
            let (span, _) = navigate::renamable(reading, at.position)?;
            Some(PrepareRenameResponse::Range(reading.client.encoding.range(&reading.text, span)))
        };
        self.answer(at.text_document.uri, When::Now, range).await
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let at = params.text_document_position;
        let texts = self.open().await?.texts();
        let edit = move |reading: &Reading| {
            let (_, id) = navigate::renamable(reading, at.position)?;
            Some(navigate::rename(reading, id, &params.new_name, &texts))
        };
        let edit = self.answer(at.text_document.uri, When::Now, edit).await?;
        edit.transpose().map_err(|why| Error {
            code: ErrorCode::InvalidParams,
            message: why.into(),
            data: None,
        })
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        let outline = |reading: &Reading| Some(DocumentSymbolResponse::Nested(outline::of(reading)));
        self.answer(params.text_document.uri, When::Latest, outline).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        let hints =
            move |reading: &Reading| Some(symbols::hints(reading, params.range, reading.shown.inlay_hints));
        self.answer(params.text_document.uri, When::Now, hints).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        let uri = params.text_document.uri;
        let own = |reading: &Reading| match (reading.shown.code_lens, reading.kind) {
            (false, _) => None,
            (true, Kind::Facts) => Some(None),
            (true, Kind::Draft) if lens::is_seed(reading) => Some(None),
            (true, Kind::Draft) => Some(Some(lens::claims(reading))),
            (true, Kind::Rule) => Some(Some(lens::examples(reading))),
            _ => None,
        };
        match self.answer(uri.clone(), When::Latest, own).await? {
            Some(None) => {
                let token = params.work_done_progress_params.work_done_token;
                let (_, surveys) = self.survey(token).await?;
                self.answer(uri, When::Latest, move |reading| Some(lens::usage(reading, &surveys))).await
            }
            lens => Ok(lens.flatten()),
        }
    }

    async fn workspace_diagnostic(
        &self,
        params: WorkspaceDiagnosticParams,
    ) -> Result<WorkspaceDiagnosticReportResult> {
        let known: HashMap<Uri, String> =
            params.previous_result_ids.into_iter().map(|known| (known.uri, known.value)).collect();
        let (workspace, surveys) = self.survey(params.work_done_progress_params.work_done_token).await?;
        let reports = move || {
            let drafts = surveys.iter().map(|survey| diagnostics::report(survey, known.get(&survey.uri)));
            drafts.chain(trouble::reports(&workspace, &known)).collect()
        };
        let items = tokio::task::spawn_blocking(reports).await.map_err(|_| Error::internal_error())?;
        Ok(WorkspaceDiagnosticReportResult::Report(WorkspaceDiagnosticReport { items }))
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

/// Everything that configurations, facts, rules and seeds can stand in, wherever a project keeps them; what does not concern us
/// is seen at once.
fn watch() -> Registration {
    let watchers = ["**/*.{yaml,yml,ini}", "**/*.{md,markdown,txt,html,htm}"]
        .map(|glob| serde_json::json!({ "globPattern": glob }));
    Registration {
        id: "files".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: Some(serde_json::json!({ "watchers": watchers })),
    }
}
