//! Fact and configuration files in the editor.

use crate::client::Client;
use crate::settings::Project;
use serde_json::{Value, json};

const CONFIG: &str = "facts: [facts]\nseeds: [seeds]\n";
const SEED: &str = "A note.\nThe weights of the Zephyrine are closed, its maker says.\n";

/// Opens the file and gives its diagnostics as line, column and message.
fn wrong(client: &mut Client, uri: &str, text: &str) -> Vec<(u64, u64, String)> {
    let item = json!({"uri": uri, "languageId": "yaml", "version": 1, "text": text});
    client.notify("textDocument/didOpen", json!({ "textDocument": item }));
    let message =
        client.wait(|m| m["method"] == "textDocument/publishDiagnostics" && m["params"]["uri"] == uri);
    let place = |d: &Value| {
        let start = &d["range"]["start"];
        let message = d["message"].as_str().unwrap().to_owned();
        (start["line"].as_u64().unwrap(), start["character"].as_u64().unwrap(), message)
    };
    message["params"]["diagnostics"].as_array().unwrap().iter().map(place).collect()
}

#[test]
fn what_is_wrong_is_said_where_it_stands_as_it_is_typed() {
    let project = Project::new(
        "data",
        &[
            ("claimlint.yaml", CONFIG),
            ("seeds/note.txt", SEED),
            ("facts/zephyrine.yaml", "on disk: [no matter"),
        ],
    );
    let (mut client, _) = Client::start(json!({}));
    let head = "subject: brontes/zephyrine\nkind: model\nname: Zephyrine\nfacts:\n";
    let fact =
        |rest: &str| format!("{head}  - openness: closed\n    source: {{seed: note, quote: '{rest}'}}\n");
    let pattern = |example: &str| {
        format!(
            "rule: pat\nkind: substitution\nmessage: x\nswap: {{bad: good}}\naction: {{name: replace}}\nexamples:\n  - {example}\n"
        )
    };
    let rule = |example: &str| {
        let head = "rule: own\ntitle: Own\nseverity: error\nwhy: x\ncompares: openness\n";
        format!("{head}message: '{{subject}}'\nexamples:\n  - {example}\n")
    };
    for (file, text, at, says) in [
        ("facts/zephyrine.yaml", fact("weights of the Zephyrine are closed"), None, ""),
        (
            "facts/zephyrine.yaml",
            fact("weights of the Zephyrine are open"),
            Some((4, 4)),
            "does not stand in `note`",
        ),
        ("facts/new.yaml", format!("{head}  - opennes: closed\n"), Some((4, 4)), "did you mean `openness`?"),
        ("facts/new.yaml", format!("{head}  - [openness\n"), Some((5, 0)), "no valid YAML"),
        (
            "rules/open.yaml",
            rule("flag: 'The Zephyrine is ⟦free of charge⟧.'"),
            Some((7, 10)),
            "finds nothing here",
        ),
        ("rules/open.yaml", rule("pass: 'The Zephyrine is nice.'"), None, ""),
        (
            "rules/very.yaml",
            "rule: very\nkind: existence\nmessage: m\ntokens: [very]\nexamples:\n  - pass: 'It is very fast.'\n".to_owned(),
            Some((5, 10)),
            "the rule finds this: It is ⟦very⟧ fast.",
        ),
        ("rules/open.yaml", rule("pas: 'The Zephyrine is nice.'"), Some((7, 4)), "did you mean `pass`?"),
        ("rules/open.yaml", rule("{pass: 'The Zephyrine is open source.', date: 2026-01-02}"), None, ""),
        ("rules/pattern.yaml", pattern("flag: 'It is ⟦good⟧.'"), Some((6, 10)), "finds nothing here"),
        (
            "rules/pattern.yaml",
            pattern("flag: 'It is ⟦bad⟧.'\n    fix: 'It is fine.'"),
            Some((6, 10)),
            "makes this of it: It is good.",
        ),
        ("rules/pattern.yaml", pattern("flag: 'It is ⟦bad⟧.'\n    fix: 'It is good.'"), None, ""),
        ("claimlint.yaml", "exclud: [a]\n".to_owned(), Some((0, 0)), "did you mean `exclude`?"),
        ("claimlint.yaml", CONFIG.to_owned(), None, ""),
        (".github/workflows/ci.yaml", "on: [push]\njobs: {}\n".to_owned(), None, ""),
    ] {
        let found = wrong(&mut client, &project.uri(file), &text);
        match at {
            None => assert_eq!(found, [], "{file}: {text}"),
            Some(at) => {
                assert!(
                    found
                        .iter()
                        .any(|(line, column, message)| (*line, *column) == at && message.contains(says)),
                    "{found:?}"
                );
            }
        }
    }
}

const ZEPHYRINE: &str = "\
subject: brontes/zephyrine
kind: model
name: Zephyrine
facts:
  - openness: closed
    from: 2026-03-01
    source: {seed: note, quote: 'The weights of the Zephyrine are closed'}
";
const BORA: &str = "subject: brontes/bora\nkind: model\nname: Bora\nversion_of: 'brontes/zephyrine'\n";

struct Desk {
    client: Client,
    project: Project,
}

impl Desk {
    fn new(name: &str) -> Self {
        let files = [
            ("claimlint.yaml", CONFIG),
            ("seeds/note.txt", SEED),
            ("facts/zephyrine.yaml", ZEPHYRINE),
            ("facts/bora.yaml", BORA),
        ];
        let (client, _) = Client::start(json!({}));
        Desk { client, project: Project::new(name, &files) }
    }

    fn open(&mut self, file: &str, text: &str) {
        let language = if file.ends_with(".md") { "markdown" } else { "yaml" };
        let item = json!({"uri": self.project.uri(file), "languageId": language, "version": 1, "text": text});
        self.client.notify("textDocument/didOpen", json!({ "textDocument": item }));
    }

    /// Asks at the place where `‸` stands in the text, which is opened without it.
    fn ask(&mut self, file: &str, marked: &str, method: &str, more: Value) -> Value {
        let at = marked.find('‸').unwrap();
        self.open(file, &marked.replace('‸', ""));
        let (line, column) =
            (marked[..at].matches('\n').count(), marked[..at].rsplit('\n').next().unwrap().len());
        let mut params = json!({
            "textDocument": {"uri": self.project.uri(file)},
            "position": {"line": line, "character": column},
        });
        params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.client.request(method, params)["result"].clone()
    }

    /// Locations as file name, line and column.
    fn places(&self, locations: &Value) -> Vec<(String, u64, u64)> {
        let place = |location: &Value| {
            let start = &location["range"]["start"];
            let name = location["uri"].as_str().unwrap().replace(&self.project.uri(""), "");
            (name, start["line"].as_u64().unwrap(), start["character"].as_u64().unwrap())
        };
        locations.as_array().unwrap().iter().map(place).collect()
    }
}

fn at<const N: usize>(places: [(&str, u64, u64); N]) -> Vec<(String, u64, u64)> {
    places.into_iter().map(|(name, line, column)| (name.to_owned(), line, column)).collect()
}

#[test]
fn definition_leads_from_every_word_to_what_it_means() {
    let mut desk = Desk::new("definition");
    for (file, from, to, expected) in [
        ("facts/bora.yaml", "'brontes", "'bro‸ntes", at([("facts/zephyrine.yaml", 0, 9)])),
        ("facts/zephyrine.yaml", "seed: note", "seed: no‸te", at([("seeds/note.txt", 0, 0)])),
        ("facts/zephyrine.yaml", "The weights", "The wei‸ghts", at([("seeds/note.txt", 1, 0)])),
    ] {
        let text = if file.contains("bora") { BORA } else { ZEPHYRINE };
        let found = desk.ask(file, &text.replacen(from, to, 1), "textDocument/definition", json!({}));
        assert_eq!(desk.places(&found), expected, "{to}");
    }
    let links =
        desk.ask("facts/zephyrine.yaml", &format!("‸{ZEPHYRINE}"), "textDocument/documentLink", json!({}));
    assert_eq!(links[0]["target"], desk.project.uri("seeds/note.txt"));
    let nowhere = desk.ask(
        "facts/bora.yaml",
        &BORA.replace("name: Bora", "name: Bo‸ra"),
        "textDocument/definition",
        json!({}),
    );
    assert_eq!(nowhere, Value::Null);
}

#[test]
fn an_id_is_renamed_in_every_file_as_it_stands_in_the_editor() {
    let mut desk = Desk::new("rename");
    desk.open("facts/bora.yaml", &format!("# not saved yet\n{BORA}"));
    let marked = ZEPHYRINE.replacen("brontes/", "brontes‸/", 1);
    let range = desk.ask("facts/zephyrine.yaml", &marked, "textDocument/prepareRename", json!({}));
    assert_eq!(range["start"], json!({"line": 0, "character": 9}));
    let edit = desk.ask(
        "facts/zephyrine.yaml",
        &marked,
        "textDocument/rename",
        json!({"newName": "brontes/zephyr"}),
    );
    let edits = |file: &str| {
        let edits = edit["changes"][desk.project.uri(file)].as_array().unwrap().clone();
        edits.iter().map(|e| (e["range"]["start"].clone(), e["newText"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(
        edits("facts/zephyrine.yaml"),
        [(json!({"line": 0, "character": 9}), json!("brontes/zephyr"))]
    );
    assert_eq!(edits("facts/bora.yaml"), [(json!({"line": 4, "character": 13}), json!("brontes/zephyr"))]);
    for taken in ["brontes/bora", "No Id", ""] {
        let marked = ZEPHYRINE.replacen("brontes/", "brontes‸/", 1);
        let refused =
            desk.ask("facts/zephyrine.yaml", &marked, "textDocument/rename", json!({"newName": taken}));
        assert_eq!(refused, Value::Null, "{taken}");
    }
    let found = desk.ask(
        "facts/zephyrine.yaml",
        &marked,
        "textDocument/references",
        json!({"context": {"includeDeclaration": true}}),
    );
    let mut places = desk.places(&found);
    places.sort();
    assert_eq!(places, at([("facts/bora.yaml", 4, 13), ("facts/zephyrine.yaml", 0, 9)]));
}

#[test]
fn keys_and_values_are_offered_and_explained() {
    let mut desk = Desk::new("complete");
    for (file, text, offers) in [
        ("facts/a.yaml", "subject: a/b\nki‸", "kind"),
        ("facts/a.yaml", "subject: a/b\nfacts:\n  - op‸", "openness"),
        ("facts/a.yaml", "subject: a/b\nfacts:\n  - openness: closed\n    fr‸", "from"),
        ("facts/a.yaml", "subject: a/b\nfacts:\n  - openness: ‸", "closed"),
        ("facts/a.yaml", "subject: a/b\nfacts:\n  - openness: closed\n    source: {se‸", "seed"),
        ("facts/a.yaml", "subject: a/b\nfacts:\n  - openness: closed\n    source: {seed: ‸", "note"),
        ("facts/a.yaml", "subject: a/b\nversion_of: ‸", "brontes/zephyrine"),
        ("claimlint.yaml", "facts: [facts]\nexcl‸", "exclude"),
        (
            "facts/a.yaml",
            "subject: a/b\nfacts:\n  - openness: closed\n    conflicts_with: [‸",
            "brontes/zephyrine#openness-1",
        ),
        ("facts/a.yaml", "subject: a/b\nfacts:\n  - efficiency: {fac‸", "factor"),
        ("facts/a.yaml", "subject: a/b\nfacts:\n  - surface:\n      on‸", "only"),
        ("facts/a.yaml", "subject: a/b\nfacts:\n  - modality-in: [‸", "text"),
        ("facts/a.yaml", "attributes:\n  - attribute: a\n    type: ‸", "quantity"),
        ("rules/a.yaml", "rule: a\nkind: ‸", "existence"),
        ("rules/a.yaml", "rule: a\nkind: existence\nto‸", "tokens"),
        ("rules/a.yaml", "rule: a\nkind: existence\nscope: ‸", "heading"),
        ("rules/a.yaml", "rule: a\nevidence:\n  vag‸", "vague"),
        ("rules/a.yaml", "rule: a\nexamples:\n  - fl‸", "flag"),
        ("rules/a.yaml", "rule: a\ncompares: [‸", "openness"),
        ("claimlint.yaml", "facts: [facts]\nmin_severity: ‸", "error"),
        ("claimlint.yaml", "severity:\n  li‸", "license"),
        ("claimlint.yaml", "severity: {license: ‸", "off"),
        ("claimlint.yaml", "ignore: [‸", "license"),
        ("claimlint.yaml", "overrides:\n  - files: x\n    min‸", "min_severity"),
    ] {
        let items = desk.ask(file, text, "textDocument/completion", json!({}));
        let labels: Vec<_> =
            items.as_array().unwrap().iter().map(|item| item["label"].as_str().unwrap()).collect();
        assert!(labels.contains(&offers), "{text}: {labels:?}");
        let foreign =
            ["swap", "exclude"].iter().filter(|key| **key != offers).any(|key| labels.contains(key));
        assert!(!foreign, "keys of elsewhere: {text}: {labels:?}");
    }
    for (file, text, says) in [
        ("facts/a.yaml", BORA.replace("brontes/zeph", "brontes/‸zeph"), "since 2026-03-01"),
        ("facts/zephyrine.yaml", ZEPHYRINE.replace("openness", "open‸ness"), "open-weight"),
        ("facts/zephyrine.yaml", ZEPHYRINE.replace("from", "fr‸om"), "First day"),
        (
            "facts/zephyrine.yaml",
            ZEPHYRINE.replace("The w", "The ‸w"),
            "> The weights of the Zephyrine are closed",
        ),
        ("claimlint.yaml", CONFIG.replace("seeds:", "se‸eds:"), "quote"),
        ("claimlint.yaml", "overrides:\n  - files: x\n    se‸lect: y\n".to_owned(), "Only these"),
        ("rules/a.yaml", "rule: a\nkind: existence\ntok‸ens: [b]\n".to_owned(), "whole word"),
        ("rules/a.yaml", "rule: a\nevidence:\n  vag‸ue: [b]\n".to_owned(), "vague"),
        ("facts/zephyrine.yaml", ZEPHYRINE.replacen("closed", "restr‸icted", 1), "terms of its own"),
        ("claimlint.yaml", "severity: {lic‸ense: off}\n".to_owned(), "Licence, openness"),
        ("rules/a.yaml", "rule: a\ncompares: [lic‸ence]\n".to_owned(), "licence"),
    ] {
        let hover = desk.ask(file, &text, "textDocument/hover", json!({}));
        assert!(hover["contents"]["value"].as_str().unwrap_or_default().contains(says), "{text}: {hover}");
    }
}

#[test]
fn examples_are_counted_while_a_rule_is_written() {
    let mut desk = Desk::new("examples");
    let rule =
        "‸rule: own\nkind: existence\nmessage: x\ntokens: [bad]\nexamples:\n  - flag: 'A ⟦bad⟧ one.'\n";
    for (more, says) in [
        ("", "1 example holds"),
        ("  - pass: 'A good one.'\n", "2 examples hold"),
        ("  - pass: 'A bad one.'\n", "1 of 2 examples hold"),
    ] {
        let lenses = desk.ask("rules/own.yaml", &format!("{rule}{more}"), "textDocument/codeLens", json!({}));
        let at = &lenses[0]["range"]["start"];
        assert_eq!((&lenses[0]["command"]["title"], &at["line"]), (&json!(says), &json!(4)), "{more}");
    }
}

#[test]
fn what_the_facts_say_is_offered_where_a_phrase_leads_to_it() {
    let mut desk = Desk::new("lead");
    let facts = "subject: brontes/zephyrine
kind: model
name: Zephyrine
facts:
  - maker: brontes
  - openness: closed
  - licence: Apache-2.0
  - price: {amount: 3, currency: USD, per: 1e6 token}
  - surface: {only: [nimbus, brook: announced]}
---
subject: nimbus
kind: surface
name: Nimbus
---
subject: brook
kind: surface
name: Brook
---
subject: brontes
kind: company
name: Brontes
";
    desk.project.write("facts/zephyrine.yaml", facts);
    let uri = desk.project.uri("facts/zephyrine.yaml");
    desk.client.notify("textDocument/didSave", json!({"textDocument": {"uri": uri}}));
    for (text, first) in [
        ("The Zephyrine is licensed under ‸", "licence"),
        ("The Zephyrine is priced at ‸", "price"),
        ("The Zephyrine was developed by ‸", "maker"),
        ("The Zephyrine is available on ‸", "where it runs"),
        ("It rained. The Zephyrine came. It is available on the ‸", "where it runs"),
    ] {
        let items = desk.ask("a.md", text, "textDocument/completion", json!({}));
        let mut items: Vec<_> = items
            .as_array()
            .unwrap()
            .iter()
            .map(|i| (i["sortText"].as_str(), i["detail"].as_str()))
            .collect();
        items.sort();
        assert_eq!(items[0].1, Some(first), "{text}: {items:?}");
        let surfaces = items.iter().filter(|(_, detail)| *detail == Some("where it runs")).count();
        assert!(first != "where it runs" || surfaces == 1, "{text}: the other one is only announced");
    }
}
