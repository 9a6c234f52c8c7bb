//! The language server: claimlint in the editor.
//!
//! One message's way: `wire` frames bytes (on threads of their own) · `session` drives the protocol service and isolates
//! its handlers · `server` turns each message into an event, before its first await, so that events stand in the order
//! the messages came · `owner`, one task, owns every document and decides what is judged when · `reading` judges a
//! snapshot off the protocol's thread · `outbox` sends results that are still current.
//!
//! Requests are answered from a `Reading`, an immutable snapshot of text, findings and facts that belong
//! together. Protocol types stay inside this module.

mod actions;
mod allow;
mod card;
mod cite;
mod client;
mod complete;
mod data;
mod diagnostics;
mod document;
mod fill;
mod hover;
mod keys;
mod lens;
mod library;
mod navigate;
mod offer;
mod outbox;
mod outline;
mod owner;
mod position;
mod reading;
mod record;
mod refer;
mod scan;
mod server;
mod session;
mod settings;
mod shelf;
mod spot;
mod symbols;
mod trouble;
mod wire;
mod workspace;

pub use reading::Judge;
pub use session::serve;

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::process::ExitCode;
use std::time::Duration;

/// How the server is to work; the client's settings may change the delay later.
#[derive(Debug, Clone)]
pub struct Options {
    /// The least time between two judgings of one document. The first edit after a rest is judged at once; those that
    /// follow within the delay are judged together at its end.
    pub delay: Duration,
    /// What judges a draft.
    pub judge: Judge,
}

impl Default for Options {
    fn default() -> Self {
        Options { delay: Duration::from_millis(30), judge: crate::check::Incremental::check }
    }
}

/// Serves one client on standard input and output.
pub fn stdio(options: Options) -> ExitCode {
    ExitCode::from(serve(io::stdin(), io::stdout(), options))
}

/// Serves the first client that connects to a port of this machine: for debugging.
pub fn socket(port: u16, options: Options) -> io::Result<ExitCode> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    let (stream, _) = listener.accept()?;
    stream.set_nodelay(true)?;
    Ok(ExitCode::from(serve(stream.try_clone()?, stream, options)))
}
