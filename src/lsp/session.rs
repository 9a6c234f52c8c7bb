//! One client's session: messages go to the protocol service, in order, and its answers go out.
//!
//! The service's own loop is not used, for four reasons that each cost users a hung or dead editor elsewhere: it ends
//! when a handler panics and when a body is malformed, it lets four waiting requests stop everything else, and it
//! reads cancellations only after the requests they are to cancel.

use super::Options;
use super::server::Server;
use super::wire::{self, Incoming};
use futures_util::{FutureExt, SinkExt, StreamExt};
use serde_json::Value;
use std::io::{Read, Write};
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::task::{Context, Waker};
use std::time::Duration;
use tokio::sync::mpsc;
use tower_lsp::jsonrpc::{Error, Id, Request, Response};
use tower_lsp::{ClientSocket, LspService};
use tower_service::Service;

/// Messages that may wait for a client that does not read.
const OUTGOING: usize = 64;
/// How often to see whether the client's process still lives.
const PULSE: Duration = Duration::from_secs(2);
/// How long a client may take to read the last messages.
const FAREWELL: Duration = Duration::from_secs(1);

/// Serves one client until it says `exit`, closes its end or dies; gives the exit code that the protocol asks for.
pub fn serve(input: impl Read + Send + 'static, output: impl Write + Send + 'static, options: Options) -> u8 {
    let Ok(runtime) =
        tokio::runtime::Builder::new_current_thread().enable_time().max_blocking_threads(3).build()
    else {
        return 1;
    };
    let (incoming, messages) = mpsc::unbounded_channel();
    let (out, outgoing) = mpsc::channel(OUTGOING);
    let (written, all_written) = std::sync::mpsc::channel::<()>();
    std::thread::spawn(move || read(input, &incoming));
    std::thread::spawn(move || {
        write(output, outgoing);
        drop(written);
    });
    let code = runtime.block_on(async move {
        let (service, socket) = LspService::build(|client| Server::new(client, options, out.clone()))
            .custom_method("window/workDoneProgress/cancel", Server::cancel_progress)
            .finish();
        Session { service, out, shut_down: false, client_process: None }.run(messages, socket).await
    });
    runtime.shutdown_background();
    // Errs as soon as the writer is done.
    let _ = all_written.recv_timeout(FAREWELL);
    code
}

fn read(input: impl Read, incoming: &mpsc::UnboundedSender<Incoming>) {
    let mut reader = wire::Reader::new(input);
    while let Ok(Some(message)) = reader.next() {
        if incoming.send(message).is_err() {
            return;
        }
    }
}

fn write(mut output: impl Write, mut outgoing: mpsc::Receiver<Vec<u8>>) {
    while let Some(body) = outgoing.blocking_recv() {
        if wire::write(&mut output, &body).is_err() {
            return;
        }
    }
}

struct Session {
    service: LspService<Server>,
    out: mpsc::Sender<Vec<u8>>,
    shut_down: bool,
    client_process: Option<PathBuf>,
}

impl Session {
    async fn run(mut self, mut messages: mpsc::UnboundedReceiver<Incoming>, socket: ClientSocket) -> u8 {
        let (mut requests, mut responses) = socket.split();
        let out = self.out.clone();
        // What the server asks and tells waits for the writer here, so that a client that does not read fills no
        // memory: the outbox keeps only the newest diagnostics of a document meanwhile.
        tokio::spawn(async move {
            while let Some(request) = requests.next().await {
                if out.send(bytes(&request)).await.is_err() {
                    return;
                }
            }
        });
        let mut pulse = tokio::time::interval(PULSE);
        loop {
            let message = tokio::select! {
                biased;
                () = self.out.closed() => return 1,
                message = messages.recv() => message,
                _ = pulse.tick() => {
                    if self.client_process.as_ref().is_some_and(|process| !process.exists()) {
                        return 1;
                    }
                    continue;
                }
            };
            match message {
                None => return 1,
                Some(Incoming::Malformed(why)) => {
                    let mut error = Error::parse_error();
                    error.message = format!("Parse error: {why}").into();
                    self.answer(&Response::from_error(Id::Null, error));
                }
                Some(Incoming::Message(value)) if value.get("method").is_some() => {
                    if let Some(code) = self.request(value) {
                        return code;
                    }
                }
                Some(Incoming::Message(value)) => match serde_json::from_value(value) {
                    Ok(response) => drop(responses.send(response).await),
                    Err(_) => self.answer(&Response::from_error(Id::Null, Error::invalid_request())),
                },
            }
        }
    }

    /// Starts a request or notification; gives the exit code if it is `exit`.
    ///
    /// The handler runs to its first await here and now, which is what keeps edits in their order, and goes on in a
    /// task of its own, where it can neither hold up others nor take them with it when it panics.
    fn request(&mut self, value: Value) -> Option<u8> {
        let id = value.get("id").and_then(|id| serde_json::from_value::<Id>(id.clone()).ok());
        let request: Request = match serde_json::from_value(value) {
            Ok(request) => request,
            Err(_) => {
                self.answer(&Response::from_error(id.unwrap_or_default(), Error::invalid_request()));
                return None;
            }
        };
        match request.method() {
            "exit" => return Some(u8::from(!self.shut_down)),
            "shutdown" => self.shut_down = true,
            "initialize" => self.client_process = client_process(&request),
            _ => {}
        }
        let call = AssertUnwindSafe(self.service.call(request)).catch_unwind();
        let mut call = Box::pin(async move {
            call.await.unwrap_or_else(|_| Ok(id.map(|id| Response::from_error(id, Error::internal_error()))))
        });
        match call.poll_unpin(&mut Context::from_waker(Waker::noop())) {
            std::task::Poll::Ready(Ok(Some(response))) => self.answer(&response),
            std::task::Poll::Ready(_) => {}
            std::task::Poll::Pending => {
                let out = self.out.clone();
                tokio::spawn(async move {
                    if let Ok(Some(response)) = call.await {
                        let _ = out.send(bytes(&response)).await;
                    }
                });
            }
        }
        None
    }

    /// Sends an answer without waiting for a client that does not read.
    fn answer(&self, response: &Response) {
        if let Err(mpsc::error::TrySendError::Full(body)) = self.out.try_send(bytes(response)) {
            let out = self.out.clone();
            tokio::spawn(async move { out.send(body).await });
        }
    }
}

fn bytes(message: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(message).unwrap_or_default()
}

/// Where this system shows the client's process, if it does: what is not there at the start (another machine's or
/// container's process) is not waited for.
fn client_process(initialize: &Request) -> Option<PathBuf> {
    let process = PathBuf::from(format!("/proc/{}", initialize.params()?.get("processId")?.as_u64()?));
    process.exists().then_some(process)
}
