//! The workspace as a whole: drafts that are open and drafts that are not.

use crate::client::Client;
use crate::settings::Project;
use claimlint::lsp::Options;
use serde_json::{Value, json};

const FACTS: &str = "\
subject: brontes/zephyrine
kind: model
name: Zephyrine
facts:
  - openness: closed
    source: {seed: note, quote: 'The weights are closed'}
";

struct Desk {
    client: Client,
    project: Project,
}

impl Desk {
    fn new(name: &str, capabilities: Value) -> Self {
        let project = Project::new(
            name,
            &[
                ("claimlint.yaml", "facts: [facts]\nseeds: [seeds]\nexclude: [seeds, old]\n"),
                ("seeds/note.txt", "The weights are closed.\n"),
                ("facts/zephyrine.yaml", FACTS),
                ("a.md", "The Zephyrine is open source.\n"),
                ("b.md", "One.\n\nThe Zephyrine is closed.\n"),
                ("old/c.md", "The Zephyrine is open source.\n"),
            ],
        );
        let mut client = Client::connect(Options::default());
        let folders = json!([{"uri": project.uri("").trim_end_matches('/'), "name": "project"}]);
        client.request("initialize", json!({"capabilities": capabilities, "workspaceFolders": folders}));
        client.notify("initialized", json!({}));
        Desk { client, project }
    }

    fn open(&mut self, file: &str, language: &str, text: &str) {
        let item = json!({"uri": self.project.uri(file), "languageId": language, "version": 1, "text": text});
        self.client.notify("textDocument/didOpen", json!({ "textDocument": item }));
    }

    fn name(&self, uri: &Value) -> String {
        uri.as_str().unwrap().replace(&self.project.uri(""), "")
    }

    /// What the workspace's diagnostics say of each draft: its name, and its rules or `unchanged`.
    fn pull(&mut self, known: &Value) -> (Vec<(String, String)>, Value) {
        let report = self.client.request("workspace/diagnostic", json!({ "previousResultIds": known }));
        let items = report["result"]["items"].as_array().unwrap().clone();
        let says = |item: &Value| match item["kind"].as_str().unwrap() {
            "full" => {
                let codes = item["items"].as_array().unwrap().iter().map(|d| d["code"].as_str().unwrap());
                codes.collect::<Vec<_>>().join(" ")
            }
            kind => kind.to_owned(),
        };
        let mut all: Vec<_> = items.iter().map(|item| (self.name(&item["uri"]), says(item))).collect();
        all.sort();
        let ids = items.iter().map(|item| json!({"uri": item["uri"], "value": item["resultId"]}));
        (all, ids.collect())
    }
}

fn said<const N: usize>(of: [(&str, &str); N]) -> Vec<(String, String)> {
    of.into_iter().map(|(name, says)| (name.to_owned(), says.to_owned())).collect()
}

#[test]
fn every_draft_is_diagnosed_and_told_again_only_when_it_changed() {
    let mut desk = Desk::new("every", json!({"textDocument": {"diagnostic": {}}}));
    let (first, known) = desk.pull(&json!([]));
    assert_eq!(first, said([("a.md", "license"), ("b.md", "")]));
    let unchanged = said([("a.md", "unchanged"), ("b.md", "unchanged")]);
    assert_eq!(desk.pull(&known).0, unchanged);
    desk.project.write("b.md", "The Zephyrine is open source. It is, it is.\n");
    let (second, known) = desk.pull(&known);
    assert_eq!(second, said([("a.md", "unchanged"), ("b.md", "license")]));
    desk.open("a.md", "markdown", "Nothing is claimed here.\n");
    assert_eq!(
        desk.pull(&known).0,
        said([("a.md", ""), ("b.md", "unchanged")]),
        "as it stands in the editor"
    );
    let facts = desk.project.uri("facts/zephyrine.yaml");
    desk.project.write("facts/zephyrine.yaml", &FACTS.replace("closed\n", "open-source\n"));
    desk.client.notify("textDocument/didSave", json!({"textDocument": {"uri": facts}}));
    assert_eq!(desk.pull(&known).0, said([("a.md", ""), ("b.md", "")]), "by the facts as they are now");
}

#[test]
fn a_claim_is_recorded_as_a_fact_that_waits_for_its_source() {
    let edits = json!({"documentChanges": true, "resourceOperations": ["create"]});
    let mut desk = Desk::new("record", json!({"workspace": {"workspaceEdit": edits}}));
    desk.open("a.md", "markdown", "---\ndate: 2026-05-06\n---\n\nThe Zephyrine is open source.\n");
    let at = json!({"line": 4, "character": 18});
    let params = json!({
        "textDocument": {"uri": desk.project.uri("a.md")},
        "range": {"start": at, "end": at},
        "context": {"diagnostics": [], "only": ["refactor"]},
    });
    let actions = desk.client.request("textDocument/codeAction", params)["result"].clone();
    let changes = &actions[0]["edit"]["documentChanges"];
    assert_eq!(
        (&changes[0]["kind"], desk.name(&changes[0]["uri"])),
        (&json!("create"), "facts/recorded.yaml".into())
    );
    let text = changes[1]["edits"][0]["newText"].as_str().unwrap();
    let expected = "subject: brontes/zephyrine\nfacts:\n  - openness: open-source\n    from: 2026-05-06\n    \
                    source: {seed: '', quote: ''}\n    note: 'The Zephyrine is open source.'\n---\n";
    assert_eq!(text, expected);
    let command = &actions[0]["command"];
    let id = desk.client.ask(
        "workspace/executeCommand",
        json!({"command": command["command"], "arguments": command["arguments"]}),
    );
    let show = desk.client.wait(|message| message["method"] == "window/showDocument");
    assert_eq!(show["params"]["selection"]["start"], json!({"line": 4, "character": 20}));
    desk.client.send(&json!({"jsonrpc": "2.0", "id": show["id"], "result": {"success": true}}));
    desk.client.wait(|message| message["id"] == id && message.get("method").is_none());
}

#[test]
fn a_subject_is_found_in_every_draft_and_every_fact_file() {
    let mut desk = Desk::new("found", json!({}));
    desk.open("b.md", "markdown", "A line more.\n\nOne.\n\nThe Zephyrine is closed.\n");
    let at = json!({"textDocument": {"uri": desk.project.uri("b.md")}, "position": {"line": 4, "character": 6}, "context": {"includeDeclaration": true}});
    let found = desk.client.request("textDocument/references", at)["result"].clone();
    let place = |l: &Value| (desk.name(&l["uri"]), l["range"]["start"]["line"].as_u64().unwrap());
    let mut places: Vec<_> = found.as_array().unwrap().iter().map(place).collect();
    places.sort();
    let expected = [("a.md", 0), ("b.md", 4), ("facts/zephyrine.yaml", 0)];
    assert_eq!(places, expected.map(|(name, line)| (name.to_owned(), line)));

    let found = desk.client.request("workspace/symbol", json!({"query": "zephyr open"}))["result"].clone();
    let names: Vec<_> = found.as_array().unwrap().iter().map(|s| s["name"].as_str().unwrap()).collect();
    assert!(names.iter().any(|name| name.contains("open source")), "{names:?}");
    let subjects = desk.client.request("workspace/symbol", json!({"query": "Zephyrine"}))["result"].clone();
    assert_eq!(subjects[0]["name"], "Zephyrine");

    desk.open("facts/zephyrine.yaml", "yaml", FACTS);
    let lens = json!({"textDocument": {"uri": desk.project.uri("facts/zephyrine.yaml")}});
    let lens = desk.client.request("textDocument/codeLens", lens)["result"].clone();
    assert_eq!(lens[0]["command"]["title"], "used by 2 drafts, 1 contradict");
}
