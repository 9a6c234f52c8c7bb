//! A client of the language server within the test's process: it speaks over pipes and answers nothing by itself.

use claimlint::check::{Checker, Incremental, Settings};
use claimlint::draft::Format;
use claimlint::lsp::{Options, serve};
use claimlint::rule::finding::{Confidence, Finding, Fix, Severity};
use claimlint::text::Span;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, PipeWriter, Write, pipe};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// No test waits this long unless it fails.
const HANG: Duration = Duration::from_secs(60);
/// The document of tests that need but one.
pub const URI: &str = "file:///draft.md";

pub struct Client {
    input: Option<PipeWriter>,
    messages: Receiver<Value>,
    /// Dropped, lets the client read.
    deaf: Option<Sender<()>>,
    server: Option<JoinHandle<u8>>,
    ids: i64,
}

impl Client {
    /// Connects without a word.
    pub fn connect(options: Options) -> Self {
        let mut client = Self::connect_deaf(options);
        client.listen();
        client
    }

    /// Connects and reads nothing until it listens.
    pub fn connect_deaf(options: Options) -> Self {
        let (server_in, input) = pipe().unwrap();
        let (output, server_out) = pipe().unwrap();
        let server = std::thread::spawn(move || serve(server_in, server_out, options));
        let (sender, messages) = channel();
        let (deaf, listening) = channel();
        std::thread::spawn(move || {
            let _ = listening.recv();
            let mut output = BufReader::new(output);
            while let Some(message) = read_message(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Client { input: Some(input), messages, deaf: Some(deaf), server: Some(server), ids: 0 }
    }

    /// Connects and initializes with these capabilities; gives the server's.
    pub fn start(capabilities: Value) -> (Self, Value) {
        Self::start_with(stand_in(), capabilities)
    }

    pub fn start_with(options: Options, capabilities: Value) -> (Self, Value) {
        let mut client = Self::connect(options);
        let answer = client.request("initialize", json!({"capabilities": capabilities, "processId": null}));
        client.notify("initialized", json!({}));
        let offered = answer["result"]["capabilities"].clone();
        (client, offered)
    }

    pub fn listen(&mut self) {
        self.deaf = None;
    }

    pub fn raw(&mut self, bytes: &[u8]) {
        self.input.as_mut().unwrap().write_all(bytes).unwrap();
    }

    pub fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Sends a request and gives its id.
    pub fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.ids += 1;
        self.send(&json!({"jsonrpc": "2.0", "id": self.ids, "method": method, "params": params}));
        self.ids
    }

    pub fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        self.wait(|message| message["id"] == id && message.get("method").is_none())
    }

    /// The next message; all of them come within the time in which a machine hangs.
    pub fn next(&mut self) -> Value {
        self.messages.recv_timeout(HANG).expect("the server says nothing")
    }

    /// Skips to the first message that is wanted.
    pub fn wait(&mut self, mut wanted: impl FnMut(&Value) -> bool) -> Value {
        loop {
            let message = self.next();
            if wanted(&message) {
                return message;
            }
        }
    }

    /// The diagnostics published for a version of the one document.
    pub fn published(&mut self, version: i64) -> Vec<Value> {
        let message = self.wait(|message| {
            message["method"] == "textDocument/publishDiagnostics" && message["params"]["version"] == version
        });
        message["params"]["diagnostics"].as_array().unwrap().clone()
    }

    pub fn open(&mut self, text: &str) {
        let item = json!({"uri": URI, "languageId": "markdown", "version": 1, "text": text});
        self.notify("textDocument/didOpen", json!({ "textDocument": item }));
    }

    pub fn change(&mut self, version: i64, changes: Value) {
        let params = json!({"textDocument": {"uri": URI, "version": version}, "contentChanges": changes});
        self.notify("textDocument/didChange", params);
    }

    /// Everything that comes until the server has ended, and its exit code. The input stays open meanwhile.
    pub fn end(&mut self) -> (Vec<Value>, u8) {
        let mut rest = Vec::new();
        while let Ok(message) = self.messages.recv_timeout(HANG) {
            rest.push(message);
        }
        (rest, self.server.take().unwrap().join().unwrap())
    }

    pub fn hang_up(&mut self) {
        self.input = None;
    }
}

/// The next message of a server; `None` once it says no more.
pub fn read_message(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().split_once(": ") {
            Some((_, value)) => length = value.parse().unwrap(),
            None => break,
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).unwrap())
}

/// A server whose check is a stand-in: every `bad` is a finding, every `PANIC` a panic, and the whole text is one that
/// says how long it is and what its bytes add up to.
pub fn stand_in() -> Options {
    Options { delay: Duration::ZERO, judge }
}

fn judge(_: &mut Incremental, source: &str, _: Format, _: &Checker, _: &Settings) -> Vec<Finding> {
    assert!(!source.contains("PANIC"), "asked to");
    let whole = finding(Span::new(0, source.len()), fingerprint(source));
    let bad = source.match_indices("bad").map(|(at, _)| {
        let span = Span::new(at, at + 3);
        let fix = |title: &str, text: &str, safe| Fix {
            title: title.to_owned(),
            edits: vec![(span, text.to_owned())],
            safe,
        };
        let fixes = vec![fix("Write good", "good", true), fix("Leave it out", "", false)];
        Finding {
            rule: "badness".to_owned(),
            severity: Severity::Error,
            fixes,
            ..finding(span, "bad".to_owned())
        }
    });
    std::iter::once(whole).chain(bad).collect()
}

pub fn fingerprint(text: &str) -> String {
    let sum = text.bytes().fold(0u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)));
    format!("{} bytes, {sum:x}", text.len())
}

fn finding(span: Span, message: String) -> Finding {
    Finding {
        rule: "stand-in".to_owned(),
        severity: Severity::Warning,
        confidence: Confidence::High,
        span,
        message,
        related: Vec::new(),
        fixes: Vec::new(),
        meaning: None,
        fact: None,
        verdict: None,
        link: None,
    }
}
