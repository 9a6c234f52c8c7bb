//! Settings of the editor, configuration files, and what happens when they change.

use crate::client::{Client, stand_in};
use claimlint::lsp::Options;
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;

pub struct Project(PathBuf);

impl Project {
    pub fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("lsp").join(name);
        let _ = fs::remove_dir_all(&folder);
        let project = Project(folder);
        for (file, text) in files {
            project.write(file, text);
        }
        project
    }

    pub fn write(&self, file: &str, text: &str) {
        let path = self.0.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn uri(&self, file: &str) -> String {
        format!("file://{}", self.0.join(file).display())
    }
}

fn open(client: &mut Client, uri: &str) {
    let item = json!({"uri": uri, "languageId": "markdown", "version": 1, "text": "bad"});
    client.notify("textDocument/didOpen", json!({ "textDocument": item }));
}

/// The rules of the next diagnostics of a document.
fn rules(client: &mut Client, uri: &str) -> Vec<String> {
    let message =
        client.wait(|m| m["method"] == "textDocument/publishDiagnostics" && m["params"]["uri"] == uri);
    let diagnostics = message["params"]["diagnostics"].as_array().unwrap();
    diagnostics.iter().map(|d| d["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_nearest_configuration_holds_and_a_change_of_it_at_once() {
    let project = Project::new(
        "nearest",
        &[
            ("claimlint.yaml", "extends: house.yaml\nexclude: [vendor]\n"),
            ("house.yaml", "ignore: [stand-in]\n"),
            ("deep/claimlint.yaml", "ignore: [badness]\n"),
        ],
    );
    let (mut client, _) = Client::start(json!({}));
    let (top, deep, left_out) = (project.uri("a.md"), project.uri("deep/a.md"), project.uri("vendor/a.md"));
    open(&mut client, &top);
    assert_eq!(rules(&mut client, &top), ["badness"]);
    open(&mut client, &deep);
    assert_eq!(rules(&mut client, &deep), ["stand-in"]);
    open(&mut client, &left_out);
    assert_eq!(rules(&mut client, &left_out), [""; 0]);
    project.write("deep/claimlint.yaml", "severity: {badness: hint}\n");
    let changes = json!([{"uri": project.uri("deep/claimlint.yaml"), "type": 2}]);
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    assert_eq!(rules(&mut client, &deep), ["stand-in", "badness"]);
    project.write("house.yaml", "ignore: [badness]\n");
    client.notify("textDocument/didSave", json!({"textDocument": {"uri": project.uri("house.yaml")}}));
    // What it builds on; of two results in short order the first may be left out.
    while rules(&mut client, &top) != ["stand-in"] {}
}

#[test]
fn a_client_that_pulls_is_told_to_ask_again() {
    let project = Project::new("refresh", &[("claimlint.yaml", "")]);
    let capabilities =
        json!({"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": true}}});
    let (mut client, _) = Client::start(capabilities);
    let uri = project.uri("a.md");
    open(&mut client, &uri);
    let pull = |client: &mut Client, previous: &Value| {
        let params = json!({"textDocument": {"uri": uri}, "previousResultId": previous});
        client.request("textDocument/diagnostic", params)["result"].clone()
    };
    let first = pull(&mut client, &Value::Null);
    project.write("claimlint.yaml", "ignore: [stand-in]\n");
    client.notify("textDocument/didSave", json!({"textDocument": {"uri": project.uri("claimlint.yaml")}}));
    client.wait(|message| message["method"] == "workspace/diagnostic/refresh");
    let second = pull(&mut client, &first["resultId"]);
    assert_eq!((&second["kind"], second["items"].as_array().unwrap().len()), (&json!("full"), 1));
    client.notify("textDocument/didSave", json!({"textDocument": {"uri": project.uri("other.yaml")}}));
    assert_eq!(pull(&mut client, &second["resultId"])["kind"], "unchanged", "what does not concern us");
}

#[test]
fn facts_are_followed_when_they_are_renamed_go_and_come() {
    let fact = "subject: b/zephyrine\nkind: model\nname: Zephyrine\nfacts:\n  - openness: closed\n";
    let project = Project::new(
        "renamed",
        &[("claimlint.yaml", "facts: [facts]\n"), ("facts/a.yaml", fact), ("b/x", "")],
    );
    let (mut client, _) = Client::start_with(Options::default(), json!({}));
    let uri = project.uri("draft.md");
    let text = "The Zephyrine is open source.\n";
    let item = json!({"uri": uri, "languageId": "markdown", "version": 1, "text": text});
    client.notify("textDocument/didOpen", json!({ "textDocument": item }));
    assert_eq!(rules(&mut client, &uri), ["license"]);
    for (from, to, found) in [
        ("facts/a.yaml", "b/a.yaml", false),
        ("b/a.yaml", "facts/b.yaml", true),
        ("facts", "away", false),
        ("away", "facts", true),
    ] {
        fs::rename(project.0.join(from), project.0.join(to)).unwrap();
        let names = json!([{"oldUri": project.uri(from), "newUri": project.uri(to)}]);
        client.notify("workspace/didRenameFiles", json!({ "files": names }));
        assert_eq!(rules(&mut client, &uri) == ["license"], found, "{from} to {to}");
    }
    project.write("claimlint.yaml", "facts: [facts]\nvale: .vale.ini\n");
    project.write(".vale.ini", "StylesPath = styles\n[*.md]\nBasedOnStyles = House\n");
    let style = |word: &str| format!("extends: existence\nmessage: no\nlevel: error\ntokens:\n  - {word}\n");
    for (file, text, found) in [
        ("claimlint.yaml", "facts: [facts]\nvale: .vale.ini\n", 1),
        ("styles/House/Words.yml", &style("source"), 2),
        ("styles/House/Words.yml", &style("sauce"), 1),
    ] {
        project.write(file, text);
        client.notify("textDocument/didSave", json!({"textDocument": {"uri": project.uri(file)}}));
        assert_eq!(rules(&mut client, &uri).len(), found, "{file}: {text}");
    }
}

#[test]
fn settings_are_asked_for_without_waiting_and_taken_when_they_come() {
    let capabilities =
        json!({"workspace": {"configuration": true, "didChangeWatchedFiles": {"dynamicRegistration": true}}});
    let (mut client, _) = Client::start_with(stand_in(), capabilities);
    let uri = "untitled:a";
    open(&mut client, uri);
    let (mut asked, mut watched, mut shown) = (Value::Null, false, false);
    while asked.is_null() || !watched || !shown {
        let message = client.next();
        match message["method"].as_str() {
            Some("workspace/configuration") => asked = message["id"].clone(),
            Some("client/registerCapability") => watched = true,
            Some("textDocument/publishDiagnostics") => shown = true,
            _ => {}
        }
    }
    client.send(&json!({"jsonrpc": "2.0", "id": asked, "result": [{"minSeverity": "error"}]}));
    assert_eq!(rules(&mut client, uri), ["badness"], "the whole is only a warning");
    client.notify("workspace/didChangeConfiguration", json!({"settings": {}}));
    let again = client.wait(|message| message["method"] == "workspace/configuration");
    client.send(&json!({"jsonrpc": "2.0", "id": again["id"], "result": [{"minSeverity": "sometimes"}]}));
    let log = client.wait(|message| message["method"] == "window/logMessage");
    assert!(log["params"]["message"].as_str().unwrap().contains("claimlint.minSeverity"));
    assert_eq!(rules(&mut client, uri).len(), 2);
}
