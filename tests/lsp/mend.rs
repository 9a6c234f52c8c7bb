//! Every action at every example of every built-in rule: what it is for is gone, and nothing new is found.

use crate::client::Client;
use claimlint::check::Checker;
use claimlint::disk::embedded::FILES;
use claimlint::draft::Format;
use claimlint::knowledge::SourceFile;
use claimlint::lsp::Options;
use claimlint::rule::example::Example;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The built-in rules' examples by the day they were written.
fn examples() -> BTreeMap<String, Vec<Example>> {
    let file = |(name, text): &(&str, &str)| SourceFile { name: name.to_string(), text: text.to_string() };
    let (checker, _) = Checker::load(&FILES.iter().map(file).collect::<Vec<_>>());
    let mut by_day: BTreeMap<String, Vec<Example>> = BTreeMap::new();
    for example in checker.rules.list.into_iter().flat_map(|rule| rule.examples) {
        by_day.entry(example.date.clone().unwrap_or_default()).or_default().push(example);
    }
    by_day
}

struct Desk {
    client: Client,
    uri: String,
    text: String,
    version: i64,
}

impl Desk {
    fn open(&mut self, nth: usize, format: Format, text: &str) {
        let ending = match format {
            Format::Markdown => "md",
            Format::Html => "html",
            Format::Text => "txt",
        };
        (self.uri, self.text, self.version) = (format!("file:///none/{nth}.{ending}"), text.to_owned(), 1);
        let item = json!({"uri": self.uri, "languageId": "", "version": 1, "text": text});
        self.client.notify("textDocument/didOpen", json!({ "textDocument": item }));
    }

    /// The diagnostics once the text is this.
    fn with(&mut self, text: &str) -> Vec<Value> {
        self.version += 1;
        let document = json!({"uri": self.uri, "version": self.version});
        let changes = json!([{ "text": text }]);
        self.client
            .notify("textDocument/didChange", json!({"textDocument": document, "contentChanges": changes}));
        self.diagnostics()
    }

    fn diagnostics(&mut self) -> Vec<Value> {
        let report =
            self.client.request("textDocument/diagnostic", json!({"textDocument": {"uri": self.uri}}));
        report["result"]["items"].as_array().unwrap().clone()
    }

    /// All that can be done within a range, with what it makes of the text.
    fn ways(&mut self, range: &Value) -> Vec<(Value, String)> {
        let params = json!({
            "textDocument": {"uri": self.uri}, "range": range, "context": {"diagnostics": []},
        });
        let actions = self.client.request("textDocument/codeAction", params)["result"].clone();
        let edits = |action: &Value| action["edit"]["changes"][&self.uri].as_array().cloned();
        let made = actions
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|action| Some((action.clone(), applied(&self.text, &edits(action)?))));
        made.collect()
    }
}

pub fn applied(text: &str, edits: &[Value]) -> String {
    let byte = |at: &Value| {
        let line = at["line"].as_u64().unwrap() as usize;
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        start + at["character"].as_u64().unwrap() as usize
    };
    let place = |e: &Value| {
        (byte(&e["range"]["start"]), byte(&e["range"]["end"]), e["newText"].as_str().unwrap().to_owned())
    };
    let mut edits: Vec<_> = edits.iter().map(place).collect();
    edits.sort();
    let mut made = text.to_owned();
    edits.iter().rev().for_each(|(start, end, new)| made.replace_range(start..end, new));
    made
}

/// How often each rule finds what fault. A remark (on whose figure it is, say) may stand on what is no longer wrong.
fn said(diagnostics: &[Value]) -> BTreeMap<(String, String), usize> {
    let mut said = BTreeMap::new();
    for diagnostic in diagnostics.iter().filter(|diagnostic| diagnostic["severity"].as_u64() < Some(3)) {
        let key = (diagnostic["code"].to_string(), diagnostic["message"].to_string());
        *said.entry(key).or_default() += 1;
    }
    said
}

#[test]
fn what_an_action_is_for_is_gone_and_nothing_new_is_found() {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (day, examples) in examples() {
        let mut client = Client::connect(Options::default());
        let capabilities =
            json!({"general": {"positionEncodings": ["utf-8"]}, "textDocument": {"diagnostic": {}}});
        let options = json!({ "asOf": day });
        client.request("initialize", json!({"capabilities": capabilities, "initializationOptions": options}));
        let mut desk = Desk { client, uri: String::new(), text: String::new(), version: 0 };
        for (nth, example) in examples.iter().enumerate() {
            desk.open(nth, example.format, &example.text);
            let before = desk.diagnostics();
            let whole = json!({"start": {"line": 0, "character": 0}, "end": {"line": 999, "character": 0}});
            let ranges = before.iter().map(|diagnostic| diagnostic["range"].clone()).chain([whole]);
            for range in ranges.collect::<Vec<_>>() {
                desk.with(&example.text);
                for (action, made) in desk.ways(&range) {
                    let title = action["title"].as_str().unwrap();
                    let (old, new) = (said(&before), said(&desk.with(&made)));
                    let more = new.iter().find(|(key, count)| old.get(*key).is_none_or(|had| had < *count));
                    let of = action["diagnostics"].as_array().map(|of| said(of)).unwrap_or_default();
                    let left = of.keys().find(|key| new.get(*key) >= old.get(*key));
                    if more.is_some() || left.is_some() {
                        wrong.push(format!(
                            "{title}\n    {}\n    {made}\n    new: {more:?}, left: {left:?}",
                            example.text
                        ));
                    }
                    *counts
                        .entry(title.split([' ', ':']).take(2).collect::<Vec<_>>().join(" "))
                        .or_default() += 1;
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {counts:?}\n{}", wrong.len(), wrong.join("\n"));
    for kind in ["Allow `license`", "Write “proprietary”", "Link the", "Say whose", "Add a"] {
        assert!(counts.contains_key(kind), "{kind}: {counts:?}");
    }
}
