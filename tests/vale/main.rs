//! The same documents read by Vale and by this program: every finding of the same rule at the same line and column.
//!
//! It needs Vale, so it is left out of an ordinary run and counted as ignored there:
//!
//! ```text
//! go install github.com/vale-cli/vale/v3/cmd/vale@v3.21.0
//! cargo test --test vale -- --ignored --nocapture
//! ```
//!
//! `VALE` names another program than `vale`, `VALE_CORPUS` a folder of further Markdown documents, and `VALE_REPORT` a file
//! to write every difference to. The table is printed; with `VALE_TABLE` it is put into that file in place of the one there.

mod documents;
mod excuses;

use claimlint::draft::{Draft, Format};
use claimlint::import::vale::{self, Vale};
use claimlint::rule::pattern::PatternSet;
use claimlint::text::{Encoding, LineIndex, Position};
use documents::{Document, documents};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Document, rule, line, column.
type Finding = (String, String, u64, u64);
/// Each with the text that it is about.
type Findings = BTreeMap<Finding, String>;
/// Per kind: at the same place, the same finding at another place, Vale at fault, only here, only in Vale.
type Table = BTreeMap<String, [usize; 5]>;

#[test]
#[ignore = "needs Vale; see the top of tests/vale/main.rs"]
fn agrees_with_vale() {
    let installation = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/vale");
    let mut corpus = documents(240);
    corpus.extend(further());
    let folder = std::env::temp_dir().join("claimlint-vale");
    std::fs::remove_dir_all(&folder).ok();
    std::fs::create_dir_all(&folder).expect("a folder for the documents");
    for document in &corpus {
        std::fs::write(folder.join(&document.name), &document.text).expect("a document written");
    }
    let theirs = run_vale(&installation, &folder);
    let loaded = vale::load(&installation);
    assert_eq!(loaded.troubles, [], "the installation reads without troubles");
    let kinds = kinds(&loaded);
    let ours = run_ours(loaded, &folder, &corpus);
    if std::env::var("VALE_REPORT").is_err() {
        std::fs::remove_dir_all(&folder).ok();
    }

    let table = compare(&ours, &theirs, &kinds, &corpus);
    let shown = render(&table, corpus.len());
    println!("{shown}");
    if let Ok(path) = std::env::var("VALE_TABLE") {
        put_table(Path::new(&path), &shown);
    }
    for (kind, counts) in &table {
        assert!(agreement(counts) >= 98.0, "{kind}: below 98 %");
    }
}

/// How many of a hundred findings are the same.
fn agreement([same, moved, _, ours, theirs]: &[usize; 5]) -> f64 {
    100.0 * (same + moved) as f64 / (same + moved + ours + theirs).max(1) as f64
}

fn compare(
    ours: &Findings,
    theirs: &Findings,
    kinds: &BTreeMap<String, String>,
    corpus: &[Document],
) -> Table {
    let mut table = Table::new();
    let mut count = |rule: &str, column: usize| {
        table.entry(kinds.get(rule).cloned().unwrap_or_default()).or_default()[column] += 1;
    };
    let excuse = |finding: &Finding, here: bool| {
        let document = corpus.iter().find(|document| document.name == finding.0)?;
        let position = Position { line: finding.2 as usize - 1, column: finding.3 as usize - 1 };
        let at = LineIndex::new(&document.text).offset(position, Encoding::Utf32);
        excuses::excuse(&finding.1, &document.text, at, here)
    };
    let mut report = String::new();
    let mut tell = |what: &str, (file, rule, line, column): &Finding| {
        report.push_str(&format!("{what} {rule} {file}:{line}:{column}\n"));
    };
    let mut only_ours: Vec<&Finding> = Vec::new();
    for finding in ours.keys() {
        match theirs.contains_key(finding) {
            true => count(&finding.1, 0),
            false => only_ours.push(finding),
        }
    }
    let mut only_theirs: Vec<&Finding> =
        theirs.keys().filter(|finding| !ours.contains_key(*finding)).collect();
    // The same finding at another place: the same rule in the same document, about the same text or on the same line.
    let same_text = |a: &Finding, b: &Finding| (&a.0, &a.1, &ours[a]) == (&b.0, &b.1, &theirs[b]);
    let same_line = |a: &Finding, b: &Finding| (&a.0, &a.1, a.2) == (&b.0, &b.1, b.2);
    for same in [&same_text as &dyn Fn(&Finding, &Finding) -> bool, &same_line] {
        only_ours.retain(|mine| {
            let Some(at) = only_theirs.iter().position(|other| same(mine, other)) else { return true };
            count(&mine.1, 1);
            tell("moved-here", mine);
            tell("moved-vale", only_theirs.remove(at));
            false
        });
    }
    for (findings, column, what) in [(only_ours, 3, "only-here"), (only_theirs, 4, "only-vale")] {
        for finding in findings {
            match excuse(finding, column == 3) {
                Some(reason) => {
                    count(&finding.1, 2);
                    tell(&format!("{what}:{}", reason.replace(' ', "-")), finding);
                }
                None => {
                    count(&finding.1, column);
                    tell(what, finding);
                }
            }
        }
    }
    if let Ok(path) = std::env::var("VALE_REPORT") {
        std::fs::write(path, &report).expect("the report written");
    }
    table
}

fn further() -> Vec<Document> {
    let Ok(folder) = std::env::var("VALE_CORPUS") else { return Vec::new() };
    let mut paths: Vec<PathBuf> =
        ignore::Walk::new(folder).filter_map(Result::ok).map(|e| e.into_path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    paths.sort();
    let read = |(index, path): (usize, &PathBuf)| Document {
        name: format!("more-{index:03}.md"),
        text: std::fs::read_to_string(path).expect("a document"),
    };
    paths.iter().enumerate().map(read).collect()
}

/// The kind of each rule, as the table has it.
fn kinds(vale: &Vale) -> BTreeMap<String, String> {
    let kind = |node: &claimlint::yaml::Node| match &node.kind {
        claimlint::yaml::NodeKind::Map(entries) => entries.iter().find_map(|(key, value)| {
            let text = |node: &claimlint::yaml::Node| match &node.kind {
                claimlint::yaml::NodeKind::Scalar { text, .. } => text.clone(),
                _ => String::new(),
            };
            (text(key) == "kind").then(|| text(value))
        }),
        _ => None,
    };
    vale.trees.iter().filter_map(|(name, tree)| Some((name.clone(), kind(tree)?))).collect()
}

fn run_vale(installation: &Path, folder: &Path) -> Findings {
    let program = std::env::var("VALE").unwrap_or_else(|_| "vale".to_string());
    let output = Command::new(&program)
        .arg("--config")
        .arg(installation.join(".vale.ini"))
        .args(["--output=JSON", "--no-exit"])
        .arg(folder)
        .output()
        .unwrap_or_else(|error| panic!("{program}: {error}; see the top of this file"));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("Vale says: {}", String::from_utf8_lossy(&output.stderr)));
    let files = json.as_object().expect("an object of files");
    let mut found = Findings::new();
    for (path, alerts) in files {
        let name = Path::new(path).file_name().expect("a file name").to_string_lossy().into_owned();
        for alert in alerts.as_array().expect("a list of alerts") {
            let rule = alert["Check"].as_str().expect("a rule").to_string();
            let line = alert["Line"].as_u64().expect("a line");
            let place = (name.clone(), rule, line, alert["Span"][0].as_u64().expect("a column"));
            found.insert(place, alert["Match"].as_str().unwrap_or_default().to_string());
        }
    }
    found
}

fn run_ours(vale: Vale, folder: &Path, corpus: &[Document]) -> Findings {
    let set = PatternSet::new(vale.rules);
    let mut found = Findings::new();
    for document in corpus {
        let format = match document.name.rsplit('.').next() {
            Some("html") => Format::Html,
            Some("txt") => Format::Text,
            _ => Format::Markdown,
        };
        let draft = Draft::parse(&document.text, format);
        let selection = vale.config.selection(&folder.join(&document.name));
        let index = LineIndex::new(&document.text);
        for finding in set.check(&draft, &selection) {
            let at = index.position(finding.span.start, Encoding::Utf32);
            let (line, column) = (at.line as u64 + 1, at.column as u64 + 1);
            let text = finding.span.of(&document.text);
            let text = if document.name.ends_with("html") {
                text.replace("&gt;", ">").replace("&amp;", "&")
            } else {
                text.to_string()
            };
            found.insert((document.name.clone(), finding.rule, line, column), text);
        }
    }
    found
}

fn render(table: &Table, documents: usize) -> String {
    let mut out = format!(
        "Over {documents} documents:\n\n\
         | kind | same place | other place | Vale at fault | only here | only Vale | same finding |\n\
         | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n"
    );
    let mut sum = [0; 5];
    for (kind, counts) in table {
        out.push_str(&row(kind, counts));
        sum = std::array::from_fn(|i| sum[i] + counts[i]);
    }
    out.push_str(&row("all", &sum));
    out
}

fn row(name: &str, counts: &[usize; 5]) -> String {
    let cells = counts.map(|n| n.to_string()).join(" | ");
    format!("| {name} | {cells} | {:.1} % |\n", agreement(counts))
}

/// Puts the table between the two comments that mark its place.
fn put_table(path: &Path, table: &str) {
    let text = std::fs::read_to_string(path).expect("the page with the table");
    let (before, rest) = text.split_once("<!-- table -->").expect("`<!-- table -->`");
    let (_, after) = rest.split_once("<!-- end -->").expect("`<!-- end -->`");
    std::fs::write(path, format!("{before}<!-- table -->\n{table}<!-- end -->{after}"))
        .expect("the page written");
}
