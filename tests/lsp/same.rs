//! The editor and the batch command say the same of the same bytes.

use crate::client::Client;
use claimlint::check::Checker;
use claimlint::disk::embedded::FILES;
use claimlint::draft::Format;
use claimlint::knowledge::SourceFile;
use claimlint::lsp::Options;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is said of a place: line and column from 0, in characters.
type Said = Vec<(u64, u64, String, String)>;

/// Every example of every rule, and every seed, as a draft.
fn drafts(folder: &Path) -> Vec<(PathBuf, String)> {
    let file = |(name, text): &(&str, &str)| SourceFile { name: name.to_string(), text: text.to_string() };
    let (checker, problems) = Checker::load(&FILES.iter().map(file).collect::<Vec<_>>());
    assert_eq!(problems, []);
    let mut drafts = Vec::new();
    for rule in &checker.rules.list {
        for (nth, example) in rule.examples.iter().enumerate() {
            let ending = match example.format {
                Format::Markdown => "md",
                Format::Html => "html",
                Format::Text => "txt",
            };
            drafts.push((folder.join(format!("{}-{nth}.{ending}", rule.name)), example.text.clone()));
        }
    }
    let seeds = FILES.iter().filter(|(name, _)| name.starts_with("seeds/"));
    drafts.extend(
        seeds.enumerate().map(|(nth, (_, text))| (folder.join(format!("seed-{nth}.md")), text.to_string())),
    );
    drafts
}

fn in_batch(folder: &Path) -> BTreeMap<String, Said> {
    let lint =
        Command::new(env!("CARGO_BIN_EXE_claimlint")).args(["lint", "--format", "json"]).arg(folder).output();
    let report: Value = serde_json::from_slice(&lint.unwrap().stdout).unwrap();
    let mut said: BTreeMap<String, Said> = BTreeMap::new();
    for finding in report["findings"].as_array().unwrap() {
        let name =
            Path::new(finding["path"].as_str().unwrap()).file_name().unwrap().to_string_lossy().into_owned();
        let (line, column) = (&finding["start"]["line"], &finding["start"]["column"]);
        let text = |key: &str| finding[key].as_str().unwrap().to_owned();
        let place = (line.as_u64().unwrap() - 1, column.as_u64().unwrap() - 1);
        said.entry(name).or_default().push((place.0, place.1, text("rule"), text("message")));
    }
    said
}

fn in_editor(drafts: &[(PathBuf, String)]) -> BTreeMap<String, Said> {
    let capabilities =
        json!({"general": {"positionEncodings": ["utf-32"]}, "textDocument": {"diagnostic": {}}});
    let (mut client, _) = Client::start_with(Options::default(), capabilities);
    let mut said = BTreeMap::new();
    for (path, text) in drafts {
        let uri = format!("file://{}", path.display());
        let item = json!({"uri": uri, "languageId": "markdown", "version": 1, "text": text});
        client.notify("textDocument/didOpen", json!({ "textDocument": item }));
        let report = client.request("textDocument/diagnostic", json!({"textDocument": {"uri": uri}}));
        let diagnostics = report["result"]["items"].as_array().unwrap().iter().map(|d| {
            let start = &d["range"]["start"];
            let text = |key: &str| d[key].as_str().unwrap().to_owned();
            (
                start["line"].as_u64().unwrap(),
                start["character"].as_u64().unwrap(),
                text("code"),
                text("message"),
            )
        });
        let diagnostics: Said = diagnostics.collect();
        if !diagnostics.is_empty() {
            said.insert(path.file_name().unwrap().to_string_lossy().into_owned(), diagnostics);
        }
    }
    said
}

#[test]
fn of_every_example_and_seed() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("lsp").join("same");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let drafts = drafts(&folder);
    for (path, text) in &drafts {
        fs::write(path, text).unwrap();
    }
    let (batch, editor) = (in_batch(&folder), in_editor(&drafts));
    assert!(batch.len() > 9, "there is something to compare: {}", batch.len());
    assert_eq!(batch, editor);
}
