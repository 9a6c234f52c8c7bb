//! Labelled passages, and how well the program marks what a careful copy editor would: `tests/corpus/README.md` says what the
//! labels mean and how findings match them. Prints a table (`cargo test --test corpus -- --nocapture`); the floors only rise.

use serde_json::Value;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;

const KINDS: [&str; 8] = [
    "unsourced-number",
    "wrong-number",
    "license",
    "availability",
    "identity",
    "capability",
    "timeline",
    "outdated",
];

const WORLDS: [&str; 5] =
    ["grannock-ai", "halvorsk-commons", "hexaphane", "veldrane", "wolderness-institute"];

#[test]
fn finds_what_a_copy_editor_marks_about_the_built_in_models() {
    let mut table = Table::default();
    let cases = [cases("tests/corpus/cases.jsonl"), cases("tests/corpus/cases-2.jsonl")].concat();
    table.score(&cases, "seed", &["--as-of", "2026-04-08"]);
    table.hold("built-in models", 0.97, 0.94);
}

#[test]
fn reads_any_world_from_its_facts_alone() {
    let mut table = Table::default();
    for world in WORLDS {
        let folder = format!("{}/tests/worlds/{world}", env!("CARGO_MANIFEST_DIR"));
        let settings = ["--no-builtin-facts", "--facts", &folder, "--seeds", &folder];
        table.score(&cases(&format!("tests/worlds/{world}/cases.jsonl")), world, &settings);
    }
    table.hold("five invented worlds", 0.95, 0.92);
}

/// Per kind: found, missed, false alarms.
#[derive(Default)]
struct Table(BTreeMap<String, [usize; 3]>);

impl Table {
    /// Runs the program once over a folder with a file for each case, and counts.
    fn score(&mut self, cases: &[Value], name: &str, settings: &[&str]) {
        let mut found = findings(cases, name, settings);
        for case in cases {
            let text = case["text"].as_str().expect("a text");
            let labels = |key: &str| -> Vec<(String, Range<usize>)> {
                let labels = case[key].as_array().into_iter().flatten();
                labels.map(|label| (string(&label["kind"]), stretch(text, label))).collect()
            };
            let (mut wanted, optional) = (labels("expect"), labels("optional"));
            for finding in found.remove(&string(&case["id"])).unwrap_or_default() {
                let same =
                    |label: &(String, Range<usize>)| label.0 == finding.0 && overlap(&label.1, &finding.1);
                if let Some(at) = wanted.iter().position(same) {
                    self.count(&wanted.remove(at).0, 0);
                } else if !optional.iter().any(same) {
                    self.count(&finding.0, 2);
                }
            }
            wanted.iter().for_each(|(kind, _)| self.count(kind, 1));
        }
    }

    fn count(&mut self, kind: &str, column: usize) {
        self.0.entry(kind.to_string()).or_default()[column] += 1;
    }

    /// Prints the table and holds its total to the floors.
    fn hold(&self, name: &str, precision: f64, f1: f64) {
        println!("{name:18} precision  recall     F1");
        let mut total = [0; 3];
        for (kind, counts) in &self.0 {
            row(kind, *counts);
            (0..3).for_each(|column| total[column] += counts[column]);
        }
        let (is_precision, is_f1) = row("all", total);
        assert!(is_precision >= precision, "precision {is_precision:.3} is below {precision}");
        assert!(is_f1 >= f1, "F1 {is_f1:.3} is below {f1}");
    }
}

/// Prints a line of the table; precision and F1.
fn row(kind: &str, [hit, missed, wrong]: [usize; 3]) -> (f64, f64) {
    let share = |of: usize| if of == 0 { 1.0 } else { hit as f64 / of as f64 };
    let (precision, recall) = (share(hit + wrong), share(hit + missed));
    let f1 = if hit == 0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) };
    println!(
        "{kind:18}     {precision:.3}   {recall:.3}  {f1:.3}  ({hit} found, {missed} missed, {wrong} false)"
    );
    (precision, f1)
}

fn cases(path: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("the cases");
    text.lines().map(|line| serde_json::from_str(line).expect("a case")).collect()
}

/// Per case, kind and place of what the program finds.
fn findings(cases: &[Value], name: &str, settings: &[&str]) -> BTreeMap<String, Vec<(String, Range<usize>)>> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("corpus").join(name);
    std::fs::remove_dir_all(&folder).ok();
    std::fs::create_dir_all(&folder).expect("a folder");
    for case in cases {
        let ending = match case["format"].as_str() {
            Some("text") => "txt",
            Some("html") => "html",
            _ => "md",
        };
        let file = folder.join(format!("{}.{ending}", string(&case["id"])));
        std::fs::write(file, string(&case["text"])).expect("a draft");
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_claimlint"));
    command.args(["lint", "--no-config", "--format", "json"]).args(settings).arg(&folder);
    let output = command.output().expect("the program runs");
    let report: Value = serde_json::from_slice(&output.stdout).expect("a report");
    let mut found: BTreeMap<String, Vec<(String, Range<usize>)>> = BTreeMap::new();
    for finding in report["findings"].as_array().expect("findings") {
        let kind = string(&finding["rule"]);
        let path = string(&finding["path"]);
        let case = Path::new(&path).file_stem().expect("a name").to_string_lossy().into_owned();
        if KINDS.contains(&kind.as_str()) {
            found
                .entry(case)
                .or_default()
                .push((kind, byte(&finding["span"]["start"])..byte(&finding["span"]["end"])));
        }
    }
    found
}

/// Where a label's words stand: their nth time in the text, the first if it does not say.
fn stretch(text: &str, label: &Value) -> Range<usize> {
    let words = label["on"].as_str().expect("the words of a label");
    let nth = label["nth"].as_u64().unwrap_or(1);
    let at = text.match_indices(words).nth(nth as usize - 1).expect("the words stand in the text").0;
    at..at + words.len()
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

fn string(value: &Value) -> String {
    value.as_str().expect("a string").to_string()
}

fn byte(value: &Value) -> usize {
    value.as_u64().expect("an offset") as usize
}
