//! Code actions: what is offered where, and what it does to the text.

use crate::client::{Client, URI};
use serde_json::{Value, json};

fn versioned() -> Value {
    json!({"workspace": {"workspaceEdit": {"documentChanges": true}}})
}

fn actions(client: &mut Client, at: (u32, u32), only: Value) -> Vec<Value> {
    actions_of(client, URI, at, only)
}

fn actions_of(client: &mut Client, uri: &str, at: (u32, u32), only: Value) -> Vec<Value> {
    let position = json!({"line": at.0, "character": at.1});
    let params = json!({
        "textDocument": {"uri": uri},
        "range": {"start": position, "end": position},
        "context": {"diagnostics": [], "only": only},
    });
    client.request("textDocument/codeAction", params)["result"].as_array().unwrap().clone()
}

fn titles(actions: &[Value]) -> Vec<&str> {
    actions.iter().map(|action| action["title"].as_str().unwrap()).collect()
}

#[test]
fn fixes_are_offered_where_they_help_and_bound_to_the_version() {
    let (mut client, _) = Client::start(versioned());
    client.open("😀 bad and bad");
    let here = actions(&mut client, (0, 4), json!(null));
    let mended = ["Write good", "Leave it out", "Mend all 2 findings of `badness` in this file"];
    let allowed = ["Allow `stand-in` on this line", "Allow `stand-in` from the line above"];
    assert_eq!(titles(&here)[..5], [&mended[..], &allowed[..]].concat());
    let preferred: Vec<_> = here.iter().map(|a| a["isPreferred"] == true).collect();
    assert_eq!(preferred[..3], [true, false, false], "only what is safe is done at one key");
    assert_eq!(here[0]["diagnostics"][0]["code"], "badness");
    let change = &here[0]["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({"uri": URI, "version": 1}));
    let range = json!({"start": {"line": 0, "character": 3}, "end": {"line": 0, "character": 6}});
    assert_eq!(change["edits"], json!([{"range": range, "newText": "good"}]));
    let elsewhere = actions(&mut client, (0, 0), json!(null));
    assert!(titles(&elsewhere).iter().all(|title| title.contains("stand-in")), "{elsewhere:?}");
    assert_eq!(titles(&actions(&mut client, (0, 4), json!(["refactor"]))), [""; 0], "not asked for");
}

#[test]
fn all_is_mended_at_once_and_then_nothing_is_left() {
    let (mut client, _) = Client::start(json!({}));
    client.open("bad\r\n😀 bad bad\r\n");
    let all = actions(&mut client, (0, 0), json!(["source.fixAll"]));
    assert_eq!(titles(&all), ["Mend all that can be mended safely"]);
    let edits = all[0]["edit"]["changes"][URI].as_array().unwrap();
    assert_eq!(edits.len(), 3, "a client without versions gets plain changes");
    let changes: Vec<Value> =
        edits.iter().rev().map(|e| json!({"range": e["range"], "text": e["newText"]})).collect();
    client.change(2, json!(changes));
    assert_eq!(client.published(2).len(), 1);
    assert!(actions(&mut client, (0, 0), json!(["source.fixAll.claimlint"])).is_empty());
}

#[test]
fn a_comment_that_allows_stands_where_it_covers_the_finding() {
    for (language, text, at, nth, expected) in [
        ("markdown", "# A bad one  \nx\n", (0, 5), 0, "# A bad one <!-- C -->  \nx\n"),
        ("markdown", "a\n\nbad\nso\n", (2, 1), 1, "a\n\n<!-- C next-line -->\nbad\nso\n"),
        ("markdown", "# A bad one\n", (0, 5), 1, "<!-- C next-line -->\n# A bad one\n"),
        ("markdown", "- a\n- bad\n", (1, 3), 1, "<!-- C file -->\n\n- a\n- bad\n"),
        ("markdown", "a\n\nSo\nbad.\n", (3, 1), 1, "a\n\n<!-- C block -->\nSo\nbad.\n"),
        ("markdown", "a\n\nSo\nbad.\n", (3, 1), 2, "<!-- C file -->\n\na\n\nSo\nbad.\n"),
        ("markdown", "---\na: b\n---\nbad\n", (3, 1), 3, "---\na: b\n---\n\n<!-- C file -->\nbad\n"),
        ("markdown", "|a|b|\n|-|-|\n|bad|c|\n", (2, 2), 0, "|a|b|\n|-|-|\n|bad <!-- C -->|c|\n"),
        ("plaintext", "x\n  bad\n", (1, 3), 0, "x\n# C\n  bad\n"),
        ("plaintext", "x\n\nso\nbad\n", (3, 1), 1, "x\n\n# C block\nso\nbad\n"),
        ("html", "<p>bad <b\n>x</b></p>", (0, 4), 0, "<p>bad <!-- C --> <b\n>x</b></p>"),
        ("html", "<p>a</p>\n<p>bad</p>", (1, 4), 1, "<p>a</p>\n<!-- C next-line -->\n<p>bad</p>"),
        ("html", "<p>a</p>\n<p>bad</p>", (1, 4), 2, "<p>a</p>\n<!-- C block -->\n<p>bad</p>"),
        ("html", "<p>a</p><p\n>bad</p>", (1, 2), 1, "<!-- C file -->\n\n<p>a</p><p\n>bad</p>"),
    ] {
        let (mut client, _) = Client::start(json!({}));
        let item = json!({"uri": "untitled:a", "languageId": language, "version": 1, "text": text});
        client.notify("textDocument/didOpen", json!({ "textDocument": item }));
        let all = actions_of(&mut client, "untitled:a", at, json!(["quickfix"]));
        let allow =
            all.iter().filter(|a| a["title"].as_str().unwrap().starts_with("Allow `badness`")).nth(nth);
        let edit = &allow.unwrap_or_else(|| panic!("{all:?}"))["edit"]["changes"]["untitled:a"][0];
        let place = &edit["range"]["start"];
        let line = place["line"].as_u64().unwrap() as usize;
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let at = start + place["character"].as_u64().unwrap() as usize;
        let written = edit["newText"].as_str().unwrap();
        let changed = format!("{}{written}{}", &text[..at], &text[at..]);
        let short = changed.replace("claimlint: allow badness", "C").replace(" -- say why", "");
        assert_eq!(short, expected);
    }
}
