//! The editor and the batch command say the same of the same bytes.

use crate::client::Client;
use claimlint::check::Checker;
use claimlint::disk::embedded::FILES;
use claimlint::knowledge::SourceFile;
use claimlint::lsp::Options;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is said of a place: line and column from 0, in characters.
type Said = Vec<(u64, u64, String, String)>;

/// A draft's name and text.
type Draft = (String, String);

fn ending(format: &str) -> &str {
    match format {
        "text" => "txt",
        "html" => "html",
        _ => "md",
    }
}

/// Every example of every rule, and every seed, as a draft.
fn shipped() -> Vec<Draft> {
    let file = |(name, text): &(&str, &str)| SourceFile { name: name.to_string(), text: text.to_string() };
    let (checker, problems) = Checker::load(&FILES.iter().map(file).collect::<Vec<_>>());
    assert_eq!(problems, []);
    let mut drafts = Vec::new();
    for rule in &checker.rules.list {
        for (nth, example) in rule.examples.iter().enumerate() {
            let format = format!("{:?}", example.format).to_lowercase();
            let ending = ending(&format);
            drafts.push((format!("{}-{nth}.{ending}", rule.name), example.text.clone()));
        }
    }
    let seeds = FILES.iter().filter(|(name, _)| name.starts_with("seeds/"));
    drafts.extend(seeds.enumerate().map(|(nth, (_, text))| (format!("seed-{nth}.md"), text.to_string())));
    drafts
}

/// The labelled passages of a file.
fn cases(file: &Path) -> Vec<Draft> {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let cases = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let field = |case: &Value, key: &str| case[key].as_str().unwrap_or_default().to_owned();
    cases
        .map(|case| {
            (format!("{}.{}", field(&case, "id"), ending(&field(&case, "format"))), field(&case, "text"))
        })
        .collect()
}

/// The same bytes as other systems write them.
fn varied(drafts: Vec<Draft>) -> Vec<Draft> {
    let crlf = |(name, text): &Draft| (format!("crlf-{name}"), text.replace('\n', "\r\n"));
    let wide = |(name, text): &Draft| (format!("wide-{name}"), text.replace("\n\n", " 😀é\n\n"));
    let more: Vec<Draft> =
        drafts.iter().step_by(3).map(crlf).chain(drafts.iter().step_by(5).map(wide)).collect();
    drafts.into_iter().chain(more).collect()
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

fn in_editor(folder: &Path, drafts: &[Draft]) -> BTreeMap<String, Said> {
    let capabilities =
        json!({"general": {"positionEncodings": ["utf-32"]}, "textDocument": {"diagnostic": {}}});
    let (mut client, _) = Client::start_with(Options::default(), capabilities);
    let mut said = BTreeMap::new();
    for (name, text) in drafts {
        let uri = format!("file://{}", folder.join(name).display());
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
            said.insert(name.clone(), diagnostics);
        }
    }
    said
}

/// Compares all of them under a configuration.
fn compare(name: &str, config: &str, drafts: Vec<Draft>) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("lsp").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("claimlint.yaml"), config).unwrap();
    let drafts = varied(drafts);
    for (name, text) in &drafts {
        fs::write(folder.join(name), text).unwrap();
    }
    let (batch, editor) = (in_batch(&folder), in_editor(&folder, &drafts));
    assert!(batch.len() > 9, "there is something to compare: {} of {}", batch.len(), drafts.len());
    assert_eq!(batch, editor);
}

fn top() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn of_every_example_and_seed() {
    compare("same-shipped", "", shipped());
}

#[test]
fn of_every_labelled_passage() {
    let sets = ["cases.jsonl", "cases-2.jsonl"].map(|set| cases(&top().join("tests/corpus").join(set)));
    compare("same-corpus", "as_of: 2026-04-08\n", sets.concat());
}

#[test]
fn of_every_labelled_passage_of_other_worlds() {
    let worlds = fs::read_dir(top().join("tests/worlds")).unwrap().map(|world| world.unwrap().path());
    let labelled: Vec<PathBuf> = worlds.filter(|world| world.join("cases.jsonl").exists()).collect();
    assert!(labelled.len() > 3, "{labelled:?}");
    for world in labelled {
        let config = format!("builtin_facts: false\nfacts: [{0:?}]\nseeds: [{0:?}]\n", world);
        let name = format!("same-{}", world.file_name().unwrap().to_string_lossy());
        compare(&name, &config, cases(&world.join("cases.jsonl")));
    }
}
