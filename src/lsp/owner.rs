//! The one owner of all state: a task that takes events in their order and decides what is judged when.
//!
//! A document has at most one judging under way for its newest state; edits that come meanwhile are judged together when
//! it ends, so that typing never queues up. A request that speaks of positions gets the very state it was asked of.

use super::Options;
use super::client::Traits;
use super::diagnostics;
use super::document::{Document, Fault};
use super::library::Library;
use super::outbox::Notice;
use super::reading::{Memory, Reading, Task, file};
use super::settings::Settings;
use super::workspace::Workspace;
use serde_json::Value;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep_until};
use tower_lsp::ls_types::*;

/// What happens to the state.
#[derive(Debug)]
pub enum Event {
    /// The client said who it is.
    Start {
        /// What it can do.
        client: Traits,
        /// Its workspace's folders.
        roots: Vec<PathBuf>,
        /// Its settings, as far as it gave them.
        settings: Value,
    },
    /// The user's settings.
    Settings(Value),
    /// Files changed on disk, or a document was saved.
    Files(Vec<Uri>),
    /// A document was opened.
    Open(TextDocumentItem),
    /// A document was edited.
    Change(DidChangeTextDocumentParams),
    /// A document was closed.
    Close(Uri),
    /// A request wants a reading. No reply is sent where there is none to give.
    Ask {
        /// Of which document.
        uri: Uri,
        /// Of which state.
        when: When,
        /// To whom.
        reply: oneshot::Sender<Arc<Reading>>,
    },
    /// A request wants the whole workspace.
    Survey(oneshot::Sender<Workspace>),
    /// Folders came to the workspace and left it.
    Folders(Vec<PathBuf>, Vec<PathBuf>),
    /// A judging ended.
    Read(Box<Reading>),
}

/// Which state of a document a request wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// As it was when the request came: positions in the request speak of it.
    Now,
    /// The newest by the time there is an answer.
    Latest,
}

#[derive(Debug)]
struct Open {
    document: Document,
    /// Counts all states of all documents, so that a document opened again never meets a result of its former life.
    edit: u64,
    memory: Arc<Memory>,
    reading: Option<Arc<Reading>>,
    /// States under judging.
    running: Vec<(u64, u64)>,
    started: Option<Instant>,
    waiting: Vec<(When, u64, oneshot::Sender<Arc<Reading>>)>,
}

impl Open {
    fn state(&self, library: &Library) -> (u64, u64) {
        (self.edit, library.generation)
    }
}

/// The owner.
#[derive(Debug)]
pub struct Owner {
    inbox: mpsc::UnboundedReceiver<Event>,
    events: mpsc::UnboundedSender<Event>,
    notices: mpsc::UnboundedSender<Notice>,
    options: Options,
    client: Traits,
    roots: Vec<PathBuf>,
    given: Value,
    settings: Settings,
    library: Arc<Library>,
    documents: HashMap<Uri, Open>,
    edits: u64,
}

impl Owner {
    /// An owner that takes events from `inbox`, of which `events` is the other end.
    pub fn new(
        inbox: mpsc::UnboundedReceiver<Event>,
        events: mpsc::UnboundedSender<Event>,
        notices: mpsc::UnboundedSender<Notice>,
        options: Options,
    ) -> Self {
        Owner {
            inbox,
            events,
            notices,
            options,
            client: Traits::default(),
            roots: Vec::new(),
            given: Value::Null,
            settings: Settings::read(&Value::Null).0,
            library: Arc::default(),
            documents: HashMap::new(),
            edits: 0,
        }
    }

    /// Owns the state until the server is gone.
    pub async fn run(mut self) {
        loop {
            // All that has come is taken before anything is judged: of a burst only its end is worth it.
            while let Ok(event) = self.inbox.try_recv() {
                self.take(event);
            }
            let due = self.start_due();
            let event = tokio::select! {
                biased;
                event = self.inbox.recv() => event,
                () = sleep_until(due.unwrap_or_else(Instant::now)), if due.is_some() => continue,
            };
            match event {
                Some(event) => self.take(event),
                None => return,
            }
        }
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Start { client, roots, settings } => {
                (self.client, self.roots) = (client, roots);
                self.set(settings);
                self.renew();
            }
            Event::Settings(settings) => {
                if self.set(settings) {
                    self.renew();
                }
            }
            Event::Files(files) => {
                if files.iter().filter_map(file).any(|path| self.library.concerns(&path)) {
                    self.renew();
                }
            }
            Event::Open(item) => self.open(item),
            Event::Change(params) => self.change(&params),
            Event::Close(uri) => {
                self.documents.remove(&uri);
                if !self.client.pulls {
                    self.tell(Notice::Publish(PublishDiagnosticsParams::new(uri, Vec::new(), None)));
                }
            }
            Event::Ask { uri, when, reply } => self.ask(&uri, when, reply),
            Event::Survey(reply) => drop(reply.send(self.workspace())),
            Event::Folders(came, left) => {
                self.roots.retain(|root| !left.contains(root));
                self.roots.extend(came);
            }
            Event::Read(reading) => self.read(*reading),
        }
    }

    fn workspace(&self) -> Workspace {
        let in_step = self.documents.iter().filter(|(_, open)| open.document.in_step);
        let open = in_step.map(|(uri, open)| {
            let reading = open.reading.clone().filter(|reading| reading.state() == open.state(&self.library));
            (uri.clone(), (open.document.clone(), open.edit, reading))
        });
        Workspace {
            library: self.library.clone(),
            roots: self.roots.clone(),
            open: open.collect(),
            client: self.client,
            shown: self.settings.shown,
            judge: self.options.judge,
        }
    }

    /// Takes the user's settings; says whether they are other than before.
    fn set(&mut self, given: Value) -> bool {
        if given == self.given {
            return false;
        }
        let (settings, wrong) = Settings::read(&given);
        for message in wrong {
            self.tell(Notice::Log(MessageType::WARNING, message));
        }
        (self.given, self.settings) = (given, settings);
        true
    }

    /// Everything open is to be judged anew, by what is on disk and in the settings now.
    fn renew(&mut self) {
        let generation = self.library.generation + 1;
        self.library =
            Arc::new(Library::new(generation, self.settings.asked.clone(), self.roots.first().cloned()));
        if !self.documents.is_empty() {
            self.tell(Notice::Refresh(self.client));
        }
        // Before the first document asks for it.
        let (library, roots, notices) = (self.library.clone(), self.roots.clone(), self.notices.clone());
        tokio::task::spawn_blocking(move || {
            library.load(&roots);
            // Nobody may have the file open that a draft's findings hang on.
            for trouble in library.troubles() {
                let _ = notices.send(Notice::Log(MessageType::WARNING, trouble.to_string()));
            }
        });
    }

    fn open(&mut self, item: TextDocumentItem) {
        let uri = item.uri.clone();
        let document = Document::open(item);
        self.edits += 1;
        let edit = self.edits;
        let open = Open {
            document,
            edit,
            memory: Arc::default(),
            reading: None,
            running: Vec::new(),
            started: None,
            waiting: Vec::new(),
        };
        self.documents.insert(uri, open);
    }

    fn change(&mut self, params: &DidChangeTextDocumentParams) {
        let VersionedTextDocumentIdentifier { uri, version } = &params.text_document;
        let Some(open) = self.documents.get_mut(uri) else { return };
        let was_in_step = open.document.in_step;
        let result = open.document.change(*version, &params.content_changes, self.client.encoding);
        if let Err(Fault::Backwards { got, has }) = result {
            let log = format!("{}: an edit of version {got} came after version {has}; ignored", uri.as_str());
            return self.tell(Notice::Log(MessageType::WARNING, log));
        }
        self.edits += 1;
        open.edit = self.edits;
        // A state that is gone and not being judged can no longer be read.
        let Open { running, waiting, document, .. } = open;
        waiting.retain(|(when, edit, _)| {
            document.in_step && *when == When::Latest || running.iter().any(|(running, _)| running == edit)
        });
        if was_in_step && result.is_err() {
            // What is shown would stand at wrong places from now on.
            if !self.client.pulls {
                let nothing = PublishDiagnosticsParams::new(uri.clone(), Vec::new(), Some(*version));
                self.tell(Notice::Publish(nothing));
            }
            let log = format!("{}: an edit does not fit the text; waiting for its full text", uri.as_str());
            self.tell(Notice::Log(MessageType::WARNING, log));
        }
    }

    fn ask(&mut self, uri: &Uri, when: When, reply: oneshot::Sender<Arc<Reading>>) {
        let Some(open) = self.documents.get_mut(uri).filter(|open| open.document.in_step) else { return };
        let current = open.state(&self.library);
        match &open.reading {
            Some(reading) if current == reading.state() => {
                let _ = reply.send(reading.clone());
            }
            _ => {
                open.waiting.push((when, open.edit, reply));
                if when == When::Now && !open.running.contains(&current) {
                    self.start(uri);
                }
            }
        }
    }

    fn read(&mut self, reading: Reading) {
        let Some(open) = self.documents.get_mut(&reading.uri) else { return };
        let Some(running) = open.running.iter().position(|running| *running == reading.state()) else {
            return;
        };
        open.running.swap_remove(running);
        let current = open.state(&self.library) == reading.state();
        let reading = Arc::new(reading);
        let waiting = std::mem::take(&mut open.waiting);
        for (when, edit, reply) in waiting {
            if (when == When::Now && edit == reading.edit) || (when == When::Latest && current) {
                let _ = reply.send(reading.clone());
            } else if !reply.is_closed() {
                open.waiting.push((when, edit, reply));
            }
        }
        if let Some(fault) = &reading.fault {
            let log = format!("{}: the check failed: {fault}", reading.uri.as_str());
            let _ = self.notices.send(Notice::Log(MessageType::ERROR, log));
        }
        if current {
            open.reading = Some(reading.clone());
            if !self.client.pulls {
                let diagnostics = diagnostics::all(&reading);
                self.tell(Notice::Publish(PublishDiagnosticsParams {
                    uri: reading.uri.clone(),
                    diagnostics,
                    version: Some(reading.version),
                }));
            }
        }
    }

    /// Starts every judging whose time has come; gives the time of the next one.
    fn start_due(&mut self) -> Option<Instant> {
        let delay = self.settings.delay.unwrap_or(self.options.delay);
        let now = Instant::now();
        let (mut due, mut next) = (Vec::new(), None);
        for (uri, open) in &mut self.documents {
            open.waiting.retain(|(_, _, reply)| !reply.is_closed());
            let fresh =
                open.reading.as_ref().is_some_and(|reading| reading.state() == open.state(&self.library));
            let wanted = !self.client.pulls || !open.waiting.is_empty();
            if fresh || !wanted || !open.running.is_empty() || !open.document.in_step {
                continue;
            }
            match open.started.map(|started| started + delay) {
                Some(at) if at > now => next = Some(next.map_or(at, |next: Instant| next.min(at))),
                _ => due.push(uri.clone()),
            }
        }
        for uri in due {
            self.start(&uri);
        }
        next
    }

    fn start(&mut self, uri: &Uri) {
        let Some(open) = self.documents.get_mut(uri) else { return };
        open.running.push(open.state(&self.library));
        open.started = Some(Instant::now());
        let task = Task {
            uri: uri.clone(),
            document: open.document.clone(),
            edit: open.edit,
            library: self.library.clone(),
            client: self.client,
            shown: self.settings.shown,
            judge: self.options.judge,
            memory: open.memory.clone(),
        };
        let events = self.events.clone();
        tokio::task::spawn_blocking(move || {
            let _ = events.send(Event::Read(Box::new(task.run())));
        });
    }

    fn tell(&self, notice: Notice) {
        // The outbox lives as long as the owner.
        let _ = self.notices.send(notice);
    }
}
