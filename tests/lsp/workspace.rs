//! The workspace as a whole: drafts that are open and drafts that are not.

use crate::client::Client;
use crate::mend::applied;
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

    /// Locations as file names and lines, sorted.
    fn places(&self, found: &Value) -> Vec<(String, u64)> {
        let place = |l: &Value| (self.name(&l["uri"]), l["range"]["start"]["line"].as_u64().unwrap());
        let mut places: Vec<_> = found.as_array().unwrap().iter().map(place).collect();
        places.sort();
        places
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
fn what_is_wrong_in_files_that_nobody_has_open_is_said() {
    let mut desk = Desk::new("closed", json!({"textDocument": {"diagnostic": {}}}));
    let log = |desk: &mut Desk| desk.client.wait(|message| message["method"] == "window/logMessage");
    let facts = desk.project.uri("facts/zephyrine.yaml");
    let pull = |desk: &mut Desk, known: &Value| {
        let report = desk.client.request("workspace/diagnostic", json!({ "previousResultIds": known }));
        let items = report["result"]["items"].as_array().unwrap().clone();
        let of_data = items.into_iter().filter(|item| item["uri"].as_str().unwrap().ends_with(".yaml"));
        of_data.collect::<Vec<_>>()
    };
    // What is written while the server still reads the project would be found twice, or once.
    assert_eq!(pull(&mut desk, &json!([])), Vec::<Value>::new());
    desk.project.write("facts/zephyrine.yaml", &FACTS.replace("openness: closed", "opennes: closed"));
    desk.project.write("claimlint.yaml", "facts: [facts]\nseeds: [seeds, gone]\nexclude: [seeds, old]\n");
    desk.client.notify("textDocument/didSave", json!({"textDocument": {"uri": facts}}));
    let said = [log(&mut desk), log(&mut desk)].map(|log| log["params"]["message"].to_string());
    assert!(
        said[0].contains("claimlint.yaml:2:1: ") && said[1].contains("did you mean `openness`?"),
        "{said:?}"
    );
    let first = pull(&mut desk, &json!([]));
    let says = |item: &Value| (desk.name(&item["uri"]), item["items"][0]["range"].clone());
    let range = |line, from, to| json!({"start": {"line": line, "character": from}, "end": {"line": line, "character": to}});
    let expected = [
        ("claimlint.yaml".to_owned(), range(1, 0, 20)),
        ("facts/zephyrine.yaml".to_owned(), range(4, 4, 19)),
    ];
    assert_eq!(first.iter().map(says).collect::<Vec<_>>(), expected);
    let known: Vec<Value> =
        first.iter().map(|item| json!({"uri": item["uri"], "value": item["resultId"]})).collect();
    let kinds = |items: &[Value]| items.iter().map(|item| item["kind"].clone()).collect::<Vec<_>>();
    assert_eq!(kinds(&pull(&mut desk, &json!(known))), ["unchanged", "unchanged"]);
    desk.open("claimlint.yaml", "yaml", "facts: [facts]\nseeds: [../elsewhere]\n");
    let own = json!({"textDocument": {"uri": desk.project.uri("claimlint.yaml")}});
    let own = desk.client.request("textDocument/diagnostic", own)["result"]["items"].clone();
    assert_eq!(own[0]["range"], range(1, 0, 21), "as it stands in the editor: {own}");
    desk.project.write("facts/zephyrine.yaml", FACTS);
    desk.client.notify("textDocument/didSave", json!({"textDocument": {"uri": facts}}));
    let mended = pull(&mut desk, &json!(known));
    let (of_facts, _) = mended.iter().partition::<Vec<_>, _>(|item| item["uri"] == facts.as_str());
    assert_eq!(of_facts[0]["items"], json!([]), "what is over is taken back");
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
    let places = desk.places(&found);
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
    let titles = |lens: &Value| -> Vec<(u64, String)> {
        let lenses = lens.as_array().unwrap().iter();
        let line = |l: &Value| l["range"]["start"]["line"].as_u64().unwrap();
        lenses.map(|l| (line(l), l["command"]["title"].as_str().unwrap().to_owned())).collect()
    };
    let used = "used by 2 drafts, 1 contradicts";
    assert_eq!(titles(&lens), [(0, used.to_owned()), (4, used.to_owned())]);

    desk.open("seeds/note.txt", "plaintext", "The weights are closed.\n");
    let lens = json!({"textDocument": {"uri": desk.project.uri("seeds/note.txt")}});
    let lens = desk.client.request("textDocument/codeLens", lens)["result"].clone();
    let quoted = format!("quoted by 1 fact, {used}");
    assert_eq!(titles(&lens), [(0, quoted.clone()), (0, quoted)]);

    let of_fact = [("a.md", 0), ("b.md", 4), ("facts/zephyrine.yaml", 4)];
    for (file, line, character) in [
        ("facts/zephyrine.yaml", 4, 6),
        ("facts/zephyrine.yaml", 5, 35),
        ("seeds/note.txt", 0, 7),
        ("b.md", 4, 18),
    ] {
        let at = json!({"textDocument": {"uri": desk.project.uri(file)}, "position": {"line": line, "character": character}, "context": {"includeDeclaration": true}});
        let found = desk.client.request("textDocument/references", at)["result"].clone();
        let places = desk.places(&found);
        assert_eq!(places, of_fact.map(|(name, line)| (name.to_owned(), line)), "{file}:{line}:{character}");
    }
}

/// A desk with so many more drafts.
fn crowded(name: &str, capabilities: Value) -> Desk {
    let desk = Desk::new(name, capabilities);
    (0..100).for_each(|nth| desk.project.write(&format!("more/{nth}.md"), "The Zephyrine is open source.\n"));
    desk
}

#[test]
fn a_long_survey_shows_its_progress_and_can_be_stopped() {
    let mut desk = crowded("progress", json!({"window": {"workDoneProgress": true}}));
    let search = |desk: &mut Desk| desk.client.ask("workspace/symbol", json!({"query": "zephyrine"}));
    let id = search(&mut desk);
    // What is found is not held up by a client that does not answer.
    let mut created = Value::Null;
    desk.client.wait(|message| {
        if message["method"] == "window/workDoneProgress/create" {
            created = message.clone();
        }
        message["id"] == id && message.get("method").is_none()
    });
    if created.is_null() {
        created = desk.client.wait(|message| message["method"] == "window/workDoneProgress/create");
    }
    desk.client.send(&json!({"jsonrpc": "2.0", "id": created["id"], "result": null}));
    let mut kinds = Vec::new();
    while kinds.last() != Some(&"end".to_owned()) {
        let told = desk.client.wait(|message| message["method"] == "$/progress")["params"].clone();
        assert_eq!(told["token"], created["params"]["token"]);
        kinds.push(told["value"]["kind"].as_str().unwrap().to_owned());
    }
    assert_eq!((kinds[0].as_str(), kinds.iter().any(|kind| kind == "report")), ("begin", true), "{kinds:?}");
    let id = search(&mut desk);
    let again = desk
        .client
        .wait(|message| message["id"] == id || message["method"] == "window/workDoneProgress/create");
    assert_eq!(again["id"], id, "what is known needs no reading");
}

#[test]
fn a_survey_that_is_cancelled_gives_what_it_has() {
    let mut desk = crowded("cancel", json!({}));
    // The progress of a request that names its own token, stopped at its beginning.
    let id = desk.client.ask("workspace/symbol", json!({"query": "open source", "workDoneToken": "mine"}));
    let begin = desk.client.wait(|message| message["method"] == "$/progress");
    assert_eq!(
        (&begin["params"]["token"], &begin["params"]["value"]["cancellable"]),
        (&json!("mine"), &json!(true))
    );
    desk.client.notify("window/workDoneProgress/cancel", json!({"token": "mine"}));
    desk.client.notify("window/workDoneProgress/cancel", json!({"token": "of nobody"}));
    let found = desk.client.wait(|message| message["id"] == id && message.get("method").is_none());
    assert!(found["result"].as_array().unwrap().len() < 101, "stopped on the way");
    let all = desk.client.request("workspace/symbol", json!({"query": "open source"}))["result"].clone();
    assert_eq!(all.as_array().unwrap().len(), 101, "and another one reads on");
}

#[test]
fn a_source_is_given_as_the_format_has_it() {
    let mut desk = Desk::new("cite", json!({"general": {"positionEncodings": ["utf-8"]}}));
    let sources = "sources:\n  - {source: paper, title: A <paper>, author: Brontes Labs, url: 'https://example.org/p', date: 2026-01-02}\n---\n";
    desk.project.write(
        "facts/zephyrine.yaml",
        &format!("{sources}{}", FACTS.replace("{seed: note, quote: 'The weights are closed'}", "paper")),
    );
    let facts = desk.project.uri("facts/zephyrine.yaml");
    desk.client.notify("textDocument/didSave", json!({"textDocument": {"uri": facts}}));
    let plain = "The Zephyrine is closed.";
    let note = "Source: Brontes Labs, 2026-01-02. <https://example.org/p>";
    for (file, text, title, made) in [
        ("n.md", plain, "Link", "The Zephyrine is [closed](<https://example.org/p>).".to_owned()),
        (
            "n.html",
            "<p>The Zephyrine is closed.</p>",
            "Link",
            "<p>The Zephyrine is <a href=\"https://example.org/p\">closed</a>.</p>".to_owned(),
        ),
        ("n.txt", plain, "Link", "The Zephyrine is closed (https://example.org/p).".to_owned()),
        ("n.md", plain, "Say", "The Zephyrine is closed, according to Brontes Labs.".to_owned()),
        ("n.md", plain, "Add", format!("{plain}[^1]\n\n[^1]: {note}\n")),
        (
            "n.md",
            "The Zephyrine is closed. A[^1]\n\n[^1]: b\n",
            "Add",
            format!("{plain}[^2] A[^1]\n\n[^1]: b\n\n[^2]: {note}\n"),
        ),
        (
            "n.md",
            &format!("{plain} A[^x]\n\n[^x]: {note}\n"),
            "Add",
            format!("{plain}[^x] A[^x]\n\n[^x]: {note}\n"),
        ),
        ("n.md", "The Zephyrine is [closed](https://example.org/).", "Link", "none".to_owned()),
        ("n.md", "The Zephyrine is *clo*sed.", "Link", "none".to_owned()),
        ("n.html", "<p>The Zephyrine is closed.</p>", "Add", "none".to_owned()),
        (
            "n.html",
            "<p>The Zephyrine is closed.</p>",
            "Name",
            "<p>The Zephyrine is closed (source: <a href=\"https://example.org/p\">A &lt;paper&gt;</a>, 2026-01-02).</p>"
                .to_owned(),
        ),
        (
            "n.txt",
            plain,
            "Name",
            "The Zephyrine is closed (source: A <paper>, 2026-01-02, https://example.org/p).".to_owned(),
        ),
        ("n.md", plain, "Name", "none".to_owned()),
        ("n.md", "# The Zephyrine is closed", "Say", "none".to_owned()),
    ] {
        desk.open(file, "", text);
        let uri = desk.project.uri(file);
        let whole = json!({"start": {"line": 0, "character": 0}, "end": {"line": 1, "character": 0}});
        let params = json!({"textDocument": {"uri": uri}, "range": whole, "context": {"diagnostics": []}});
        let actions = desk.client.request("textDocument/codeAction", params)["result"].clone();
        let wanted = |action: &&Value| action["title"].as_str().unwrap().starts_with(title);
        let action = actions.as_array().unwrap().iter().find(wanted);
        let result = action.map(|action| applied(text, action["edit"]["changes"][&uri].as_array().unwrap()));
        assert_eq!(result.unwrap_or("none".to_owned()), made, "{title} in {file}: {text}");
        desk.client.notify("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    }
}
