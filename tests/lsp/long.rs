//! A day of writing: 100,000 edits to a draft of 100 KB, and what the server holds in memory meanwhile.
//! `cargo test --release --test lsp -- --ignored --nocapture long`

use super::client::read_message;
use serde_json::{Value, json};
use std::fs;
use std::io::{BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};

const EDITS: usize = 100_000;
const URI: &str = "file:///long/draft.md";

/// The program as an editor starts it, its messages as they come.
struct Program {
    child: Child,
    input: ChildStdin,
    messages: Receiver<Value>,
}

impl Program {
    fn start() -> Self {
        let mut program = Command::new(env!("CARGO_BIN_EXE_claimlint"));
        let mut child =
            program.arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program");
        let input = child.stdin.take().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            while let Some(message) = read_message(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Program { child, input, messages }
    }

    fn send(&mut self, message: Value) {
        let body = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    }

    fn notify(&mut self, method: &str, params: Value) {
        self.send(json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    fn wait(&mut self, wanted: impl Fn(&Value) -> bool) {
        while !wanted(&self.messages.recv().expect("the server lives")) {}
    }

    /// Resident memory in kilobytes.
    fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("a Linux");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }
}

#[test]
#[ignore = "takes a minute"]
fn memory_stays_flat_over_a_hundred_thousand_edits() {
    let mut program = Program::start();
    program.send(json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}));
    program.wait(|message| message["id"] == 1);
    program.notify("initialized", json!({}));
    let paragraph =
        "Muse Spark is open source, and Llama 4 Maverick has open weights. The harbour was quiet.\n\n";
    let text = paragraph.repeat(100_000 / paragraph.len());
    let lines = text.lines().count();
    let item = json!({"uri": URI, "languageId": "markdown", "version": 1, "text": text});
    program.notify("textDocument/didOpen", json!({ "textDocument": item }));
    let shown = |version: usize| {
        move |m: &Value| m["method"] == "textDocument/publishDiagnostics" && m["params"]["version"] == version
    };
    program.wait(shown(1));
    // What a judging under way and its message take for a moment is no growth: of each tenth the least counts.
    let (mut held, mut least) = (Vec::new(), u64::MAX);
    for edit in 0..EDITS {
        // Every other edit takes back what the one before it wrote, here and there in the draft.
        let line = (edit / 2 * 14) % lines / 2 * 2;
        let at = |character: usize| json!({"line": line, "character": character});
        let change = match edit % 2 {
            0 => json!({"range": {"start": at(11), "end": at(11)}, "text": "not "}),
            _ => json!({"range": {"start": at(11), "end": at(15)}, "text": ""}),
        };
        let document = json!({"uri": URI, "version": edit + 2});
        program
            .notify("textDocument/didChange", json!({"textDocument": document, "contentChanges": [change]}));
        if edit % 1_000 == 499 {
            let place = json!({"textDocument": {"uri": URI}, "position": at(12)});
            program
                .send(json!({"jsonrpc": "2.0", "id": edit, "method": "textDocument/hover", "params": place}));
            program.wait(|message| message["id"] == edit);
            least = least.min(program.memory());
        }
        if (edit + 1) % (EDITS / 10) == 0 {
            program.wait(shown(edit + 2));
            held.push(least.min(program.memory()));
            least = u64::MAX;
        }
    }
    program.child.kill().unwrap();
    println!("kilobytes at least in each tenth of {EDITS} edits: {held:?}");
    // The first tenth is the server's coming up to its size.
    let most = held[2..].iter().max().unwrap();
    assert!(*most < held[1] + held[1] / 5, "{held:?}");
}
