//! The language server's protocol, over pipes, with a check that is a stand-in.

#![cfg(feature = "lsp")]

mod actions;
mod client;
mod data;
mod flood;
mod long;
mod mend;
mod same;
mod settings;
mod ways;
mod workspace;

use client::{Client, URI, fingerprint};
use serde_json::{Value, json};

fn messages(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().map(|d| d["message"].as_str().unwrap()).collect()
}

fn pulls() -> Value {
    json!({"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": true}}})
}

fn diagnostics_of(client: &mut Client, previous: Option<&str>) -> Value {
    let params = json!({"textDocument": {"uri": URI}, "previousResultId": previous});
    client.request("textDocument/diagnostic", params)["result"].clone()
}

#[test]
fn a_client_that_cannot_ask_is_told_with_the_version_and_a_close_clears() {
    let (mut client, offered) = Client::start(json!({}));
    assert_eq!(offered["diagnosticProvider"], Value::Null, "never both");
    assert_eq!(offered["positionEncoding"], "utf-16");
    assert_eq!(offered["textDocumentSync"]["change"], 2, "incremental");
    client.open("😀 bad");
    let diagnostics = client.published(1);
    assert_eq!(messages(&diagnostics), [&fingerprint("😀 bad"), "bad"]);
    assert_eq!(diagnostics[1]["range"]["start"], json!({"line": 0, "character": 3}));
    client.change(2, json!([{"text": "fine"}]));
    assert_eq!(messages(&client.published(2)), [fingerprint("fine")]);
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": URI}}));
    let cleared = client.next();
    assert_eq!(cleared["params"], json!({"uri": URI, "diagnostics": []}));
}

#[test]
fn a_client_that_can_ask_is_never_told_and_gets_unchanged_for_a_known_result() {
    let (mut client, offered) = Client::start(pulls());
    assert!(offered["diagnosticProvider"].is_object());
    client.open("bad");
    let first = diagnostics_of(&mut client, None);
    assert_eq!(first["items"].as_array().unwrap().len(), 2);
    let id = first["resultId"].as_str().unwrap();
    assert_eq!(diagnostics_of(&mut client, Some(id)), json!({"kind": "unchanged", "resultId": id}));
    client.change(2, json!([{"text": "good"}]));
    let second = diagnostics_of(&mut client, Some(id));
    assert_eq!((&second["kind"], second["items"].as_array().unwrap().len()), (&json!("full"), 1));
    client.request("shutdown", Value::Null);
    client.notify("exit", Value::Null);
    let (rest, code) = client.end();
    assert_eq!((rest, code), (Vec::new(), 0), "nothing was published");
}

#[test]
fn the_best_encoding_on_offer_is_taken() {
    for (offered, taken, column) in [
        (json!(["utf-16", "utf-8"]), "utf-8", 5),
        (json!(["utf-32", "utf-16"]), "utf-32", 2),
        (json!(["utf-16"]), "utf-16", 3),
        (json!([]), "utf-16", 3),
    ] {
        let (mut client, server) = Client::start(json!({"general": {"positionEncodings": offered}}));
        assert_eq!(server["positionEncoding"], taken);
        client.open("😀 bad");
        assert_eq!(client.published(1)[1]["range"]["start"]["character"], column);
    }
}

#[test]
fn a_panic_costs_one_check_and_is_said() {
    let (mut client, _) = Client::start(json!({}));
    client.open("PANIC");
    let diagnostics = client.published(1);
    assert!(messages(&diagnostics)[0].contains("asked to"), "{diagnostics:?}");
    client.change(2, json!([{"text": "bad"}]));
    assert_eq!(client.published(2).len(), 2, "the server goes on");
}

#[test]
fn a_client_that_neither_reads_nor_answers_stops_nothing() {
    let mut client = Client::connect_deaf(client::stand_in());
    let id = client.ask("initialize", json!({"capabilities": {}}));
    client.notify("initialized", json!({}));
    client.open("bad ".repeat(1_000).as_str());
    for version in 2..500 {
        client.change(version, json!([{"text": "bad ".repeat(1_000)}]));
        client.ask(
            "textDocument/hover",
            json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}}),
        );
    }
    client.change(500, json!([{"text": "bad"}]));
    client.listen();
    assert_eq!(client.next()["id"], id);
    assert_eq!(client.published(500).len(), 2, "nothing was lost meanwhile");
}

#[test]
fn bad_messages_cost_themselves_and_nothing_else() {
    let (mut client, _) = Client::start(json!({}));
    client.raw(b"Content-Length: 5\r\n\r\n{oops");
    assert_eq!(client.next()["error"]["code"], -32700, "malformed body");
    client.send(&json!({"jsonrpc": "1.0", "id": 9, "method": "shutdown"}));
    let refused = client.next();
    assert_eq!((&refused["id"], &refused["error"]["code"]), (&json!(9), &json!(-32600)));
    client.send(&json!({"jsonrpc": "2.0", "id": "nobody asked", "result": null}));
    client.notify("textDocument/didChange", json!({"nonsense": true}));
    client.notify("$/unheardOf", json!({}));
    assert_eq!(client.request("no/such", json!({}))["error"]["code"], -32601);
    let hover =
        json!({"textDocument": {"uri": "file:///unknown.md"}, "position": {"line": 0, "character": 0}});
    assert_eq!(client.request("textDocument/hover", hover)["error"]["code"], -32801);
    client.open("bad");
    assert_eq!(client.published(1).len(), 2);
}

#[test]
fn odd_edits_leave_the_text_right_or_the_document_out_of_step() {
    let (mut client, _) = Client::start(json!({}));
    let range = |line: u32, from: u32, to: u32, text: &str| {
        let at = |character| json!({"line": line, "character": character});
        json!({"range": {"start": at(from), "end": at(to)}, "text": text})
    };
    client.open("one bad");
    client.published(1);
    client.change(2, json!([]));
    assert_eq!(client.published(2).len(), 2, "no changes are no change");
    client.change(5, json!([range(0, 4, 9999, "fine")]));
    assert_eq!(messages(&client.published(5)), [fingerprint("one fine")], "past the line's end is its end");
    client.change(4, json!([{"text": "bad bad"}]));
    assert_eq!(client.next()["method"], "window/logMessage", "a version that goes back");
    client.change(6, json!([range(7, 0, 1, "bad")]));
    assert_eq!(client.published(6), [json!(null); 0], "a line that is not there");
    client.change(7, json!([range(0, 0, 0, "bad ")]));
    client.change(8, json!([{"text": "in step"}]));
    assert_eq!(messages(&client.published(8)), [fingerprint("in step")]);
}

#[test]
fn documents_without_a_file_are_served() {
    let (mut client, _) = Client::start(json!({}));
    for uri in
        ["untitled:Untitled-1", "git:/a/draft.md?%7B%22ref%22%3A%22%22%7D", "vscode-notebook-cell:/a#b"]
    {
        let item = json!({"uri": uri, "languageId": "markdown", "version": 1, "text": "bad"});
        client.notify("textDocument/didOpen", json!({ "textDocument": item }));
        let published = client.wait(|message| message["params"]["uri"] == uri);
        assert_eq!(published["params"]["diagnostics"].as_array().unwrap().len(), 2);
    }
}

#[test]
fn every_way_to_end_ends_with_the_right_code() {
    let (mut client, _) = Client::start(json!({}));
    client.request("shutdown", Value::Null);
    client.notify("exit", Value::Null);
    assert_eq!(client.end().1, 0, "in order, with the input still open");

    let (mut client, _) = Client::start(json!({}));
    client.notify("exit", Value::Null);
    assert_eq!(client.end().1, 1, "without shutdown");

    let (mut client, _) = Client::start(json!({}));
    client.hang_up();
    assert_eq!(client.end().1, 1, "hung up");

    let mut client = Client::connect(client::stand_in());
    client.notify("exit", Value::Null);
    assert_eq!(client.end().1, 1, "before initialize");

    let mut editor = std::process::Command::new("sleep").arg("600").spawn().unwrap();
    let mut client = Client::connect(client::stand_in());
    client.request("initialize", json!({"capabilities": {}, "processId": editor.id()}));
    editor.kill().unwrap();
    editor.wait().unwrap();
    assert_eq!(client.end().1, 1, "the editor died and left its end open");
}
