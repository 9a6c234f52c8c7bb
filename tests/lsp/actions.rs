//! Code actions: what is offered where, and what it does to the text.

use crate::client::{Client, URI};
use serde_json::{Value, json};

fn versioned() -> Value {
    json!({"workspace": {"workspaceEdit": {"documentChanges": true}}})
}

fn actions(client: &mut Client, at: (u32, u32), only: Value) -> Vec<Value> {
    let position = json!({"line": at.0, "character": at.1});
    let params = json!({
        "textDocument": {"uri": URI},
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
    assert_eq!(
        titles(&here),
        ["Write good", "Leave it out", "Mend all 2 findings of `badness` in this file"]
    );
    assert_eq!(
        here.iter().map(|a| a["isPreferred"] == true).collect::<Vec<_>>(),
        [true, false, false],
        "only what is safe is done at one key"
    );
    assert_eq!(here[0]["diagnostics"][0]["code"], "badness");
    let change = &here[0]["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({"uri": URI, "version": 1}));
    let range = json!({"start": {"line": 0, "character": 3}, "end": {"line": 0, "character": 6}});
    assert_eq!(change["edits"], json!([{"range": range, "newText": "good"}]));
    assert_eq!(titles(&actions(&mut client, (0, 0), json!(null))), [""; 0], "nothing to mend here");
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
