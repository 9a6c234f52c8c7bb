//! From names, claims and quotes to facts and back, in a workspace of two projects.

use crate::client::Client;
use crate::settings::Project;
use claimlint::lsp::Options;
use serde_json::{Value, json};

const OTTER: &str = "\
source: launch
subjects:
  - {subject: riverbank, kind: company, name: Riverbank}
  - subject: riverbank/otter
    kind: model
    name: Otter
    facts:
      - {maker: riverbank, quote: Riverbank publishes the weights of Otter}
      - {openness: open-weight, from: 2026-05-04, quote: Riverbank publishes the weights of Otter}
      - {licence: Apache-2.0, quote: under the Apache 2.0 licence}
";
const LAUNCH: &str = "\
---
title: Otter is here
date: 2026-05-04
---
Riverbank publishes the weights of Otter under the Apache 2.0 licence.
";
const DRAFT: &str = "---\ndate: 2026-05-10\n---\nOtter from Riverbank is closed.\n";

struct Desk {
    client: Client,
    project: Project,
}

impl Desk {
    fn new(name: &str) -> Self {
        let project = Project::new(
            name,
            &[
                ("news/claimlint.yaml", "facts: [facts]\nseeds: [seeds]\nexclude: [seeds]\n"),
                ("news/facts/otter.yaml", OTTER),
                ("news/seeds/launch.md", LAUNCH),
                ("news/draft.md", DRAFT),
                ("lab/claimlint.yaml", "facts: [facts]\nbuiltin_facts: false\n"),
                ("lab/facts/heron.yaml", "subject: marsh/heron\nkind: model\nname: Heron\n"),
                ("lab/draft.md", "Heron waits.\n"),
            ],
        );
        let mut client = Client::connect(Options::default());
        let folders = ["news", "lab"].map(|folder| json!({"uri": project.uri(folder), "name": folder}));
        client.request("initialize", json!({"capabilities": {}, "workspaceFolders": folders}));
        client.notify("initialized", json!({}));
        Desk { client, project }
    }

    /// Asks at the place where `‸` stands in a file that is opened.
    fn ask(&mut self, file: &str, marked: &str, method: &str, more: Value) -> Value {
        let before = &marked[..marked.find('‸').unwrap_or_default()];
        let language = if file.ends_with(".yaml") { "yaml" } else { "markdown" };
        let (uri, text) = (self.project.uri(file), marked.replace('‸', ""));
        let item = json!({"uri": uri, "languageId": language, "version": 1, "text": text});
        self.client.notify("textDocument/didOpen", json!({ "textDocument": item }));
        let column = before.rsplit('\n').next().unwrap_or_default().len();
        let position = json!({"line": before.matches('\n').count(), "character": column});
        let mut params = json!({"textDocument": {"uri": uri}, "position": position});
        params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.client.request(method, params)["result"].clone()
    }

    /// Locations as file name and line.
    fn places(&self, found: &Value) -> Vec<String> {
        let place = |l: &Value| {
            let name = l["uri"].as_str().unwrap().replace(&self.project.uri(""), "");
            format!("{name}:{}", l["range"]["start"]["line"])
        };
        found.as_array().into_iter().flatten().map(place).collect()
    }

    fn hover(&mut self, file: &str, marked: &str) -> String {
        let hover = self.ask(file, marked, "textDocument/hover", json!({}));
        hover["contents"]["value"].as_str().unwrap_or_default().to_owned()
    }
}

#[test]
fn each_way_leads_where_it_should() {
    let mut desk = Desk::new("ways");
    let (facts, seed, draft) = ("news/facts/otter.yaml", "news/seeds/launch.md", "news/draft.md");
    let second = "openness: open-weight, from: 2026-05-04, quote: River";
    let in_second = OTTER.replace(second, &format!("{second}‸"));
    for (file, marked, method, declared, expected) in [
        // From a claim to the quote and the fact; from a name in it to its subject, too.
        (
            draft,
            DRAFT.replace("closed", "clo‸sed"),
            "definition",
            true,
            vec![format!("{seed}:4"), format!("{facts}:8")],
        ),
        (
            draft,
            DRAFT.replace("Otter", "Ot‸ter"),
            "definition",
            true,
            vec![format!("{seed}:4"), format!("{facts}:7"), format!("{facts}:3")],
        ),
        // From a sentence of a seed to all facts that it bears out.
        (
            seed,
            LAUNCH.replace("publishes", "pub‸lishes"),
            "definition",
            true,
            vec![format!("{facts}:7"), format!("{facts}:8")],
        ),
        (
            seed,
            LAUNCH.replace("publishes", "pub‸lishes"),
            "references",
            false,
            vec![format!("{draft}:3"), format!("{draft}:3")],
        ),
        (facts, in_second.clone(), "references", true, vec![format!("{facts}:8"), format!("{draft}:3")]),
        (
            facts,
            OTTER.replace("subject: riverbank,", "subject: river‸bank,"),
            "references",
            true,
            vec![format!("{facts}:2"), format!("{facts}:7"), format!("{draft}:3")],
        ),
        (
            facts,
            OTTER.replace("subject: riverbank,", "subject: river‸bank,"),
            "references",
            false,
            vec![format!("{facts}:7"), format!("{draft}:3")],
        ),
    ] {
        let context = json!({"context": {"includeDeclaration": declared}});
        let found = desk.ask(file, &marked, &format!("textDocument/{method}"), context);
        assert_eq!(desk.places(&found), expected, "{method}: {marked}");
    }
    let attribute = OTTER.replace("{openness", "{open‸ness");
    let found = desk.ask(facts, &attribute, "textDocument/definition", json!({}));
    assert_eq!(found.as_array().map(Vec::len), Some(1), "rules that read it do not declare it: {found}");
    let quoted = desk.hover(facts, &in_second);
    assert!(
        quoted.starts_with("**Fact** openness"),
        "of two that share a quote the one it stands in: {quoted}"
    );
    let cards = desk.hover(seed, &LAUNCH.replace("publishes", "pub‸lishes"));
    assert!(cards.contains("maker") && cards.contains("openness") && !cards.contains("licence:"), "{cards}");
    let named = desk.hover(draft, &DRAFT.replace("Otter", "Ot‸ter"));
    let (claim, card) = named.split_once("---").expect("the claim, then the subject");
    assert!(claim.contains("A fact says the same"), "{claim}");
    assert!(
        card.contains("2026-05-04, 6 days old") && card.contains("“under the Apache 2.0 licence”"),
        "{card}"
    );
}

#[test]
fn a_fact_file_has_an_outline_and_a_line_of_a_seed_one_lens() {
    let mut desk = Desk::new("outline");
    let outline = desk.ask("news/facts/otter.yaml", OTTER, "textDocument/documentSymbol", json!({}));
    let names = |of: &Value| -> Vec<String> {
        of.as_array().into_iter().flatten().map(|s| s["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&outline), ["riverbank", "riverbank/otter"]);
    let facts = ["maker: riverbank", "openness: open-weight", "licence: Apache-2.0"];
    assert_eq!(names(&outline[1]["children"]), facts);
    let lenses = desk.ask("news/seeds/launch.md", LAUNCH, "textDocument/codeLens", json!({}));
    let title =
        |l: &Value| format!("{}: {}", l["range"]["start"]["line"], l["command"]["title"].as_str().unwrap());
    let says = "quoted by 3 facts, used by 1 draft, 1 contradicts";
    let titles: Vec<String> = lenses.as_array().unwrap().iter().map(title).collect();
    assert_eq!(titles, [format!("0: {says}"), format!("4: {says}")]);
}

#[test]
fn subjects_of_every_project_are_found_once() {
    let mut desk = Desk::new("projects");
    for (query, expected) in [("otter", "Otter"), ("heron", "Heron"), ("meta/llama-4-scout", "Llama 4 Scout")]
    {
        let found = desk.client.request("workspace/symbol", json!({ "query": query }))["result"].clone();
        let subjects = found.as_array().unwrap().iter().filter(|s| s["kind"] == 5);
        let names: Vec<_> = subjects.map(|s| s["name"].as_str().unwrap()).collect();
        assert_eq!(names, [expected], "{query}");
    }
}
