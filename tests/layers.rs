//! The architecture, held by reading the source: who may use whom, what the core must not name, what it must not pull in.

use claimlint::check::Checker;
use claimlint::disk::embedded::FILES;
use claimlint::knowledge::SourceFile;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A source file without its comments and unit tests, and its string literals.
struct Source {
    path: String,
    layer: String,
    code: String,
    literals: Vec<String>,
}

#[test]
fn layers_use_only_those_before_them() {
    let (order, core) = layers();
    let place = |layer: &str| order.iter().position(|l| l == layer);
    let mut wrong = BTreeSet::new();
    for source in sources() {
        let own = place(&source.layer);
        for used in source.code.split("crate::").skip(1) {
            let used: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if place(&used).is_some() && place(&used) > own {
                wrong.insert(format!("{} uses {used}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "the order is {order:?}: {wrong:#?}");
    assert!(core.contains(&"check".to_string()) && !core.contains(&"disk".to_string()), "{core:?}");
}

#[test]
fn the_map_names_every_layer_in_order() {
    let (order, _) = layers();
    let lib = fs::read_to_string(top().join("src/lib.rs")).unwrap();
    let map: String = lib.lines().filter(|line| line.starts_with("//!")).collect();
    let places: Vec<Option<usize>> = order
        .iter()
        .map(|layer| map.find(&format!("| [`{layer}`]")).or(map.find(&format!("`{layer}`"))))
        .collect();
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{:?}",
        order.iter().zip(places).collect::<Vec<_>>()
    );
}

#[test]
fn only_the_shell_may_do_io() {
    let (order, core) = layers();
    let lib = fs::read_to_string(top().join("src/lib.rs")).unwrap();
    let mut allowed = BTreeSet::new();
    let lines: Vec<&str> = lib.lines().collect();
    for pair in lines.windows(2) {
        if pair[0] == "#[allow(clippy::disallowed_methods)]" {
            allowed.insert(pair[1].trim_start_matches("pub mod ").trim_end_matches(';').to_string());
        }
    }
    let shell: BTreeSet<String> = order
        .into_iter()
        .filter(|layer| !core.contains(layer) && !["render", "schema"].contains(&layer.as_str()))
        .collect();
    assert!(lib.contains("#![deny(clippy::disallowed_methods)]"));
    assert_eq!(allowed, shell);
    let elsewhere: Vec<String> = sources()
        .into_iter()
        .filter(|s| {
            s.path != "src/lib.rs" && !shell.contains(&s.layer) && s.code.contains("disallowed_methods")
        })
        .map(|s| s.path)
        .collect();
    assert_eq!(elsewhere, [""; 0]);
}

/// Names and words that code uses for what they mean to everyone, not for what a file says of them.
const COMMON: [(&str, &str); 2] = [("outdated", "a verdict"), ("disputed", "a verdict")];

#[test]
fn no_subject_and_no_rule_stands_in_the_code() {
    let files: Vec<SourceFile> = FILES
        .iter()
        .map(|(name, text)| SourceFile { name: name.to_string(), text: text.to_string() })
        .collect();
    let (checker, problems) = Checker::load(&files);
    assert_eq!(problems, []);
    let mut names: BTreeMap<String, bool> = BTreeMap::new();
    for alias in checker.knowledge.subjects.iter().flat_map(|s| &s.aliases) {
        names.insert(alias.text.clone(), alias.case_sensitive);
    }
    // An id that is one word may be any word.
    let ids = checker.knowledge.subjects.iter().map(|s| s.id.clone()).filter(|id| id.contains('/'));
    names.extend(ids.map(|id| (id, true)));
    let rules = checker.rules.list.iter().map(|r| r.name.clone());
    names.extend(rules.map(|rule| (rule, true)));
    assert!(names.len() > 100, "{names:?}");
    let mut found = BTreeSet::new();
    // The list of the files that are compiled in names them.
    for source in sources().iter().filter(|s| s.path != "src/disk/embedded.rs") {
        for literal in &source.literals {
            for (name, cased) in &names {
                if stands_in(name, *cased, literal) && !COMMON.iter().any(|(common, _)| common == name) {
                    found.insert(format!("{}: `{name}` in {literal:?}", source.path));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn no_english_phrase_stands_in_the_core() {
    let (_, core) = layers();
    let english: BTreeSet<String> = FILES
        .iter()
        .filter(|(name, _)| name.starts_with("rules/language/") || *name == "rules/metrics.yaml")
        .flat_map(|(_, text)| text.split(['[', ']', ',', '\n', '\'', '"', '{', '}', '(', ')', '|', ':']))
        .map(|phrase| phrase.trim().trim_start_matches("- ").to_lowercase())
        .filter(|phrase| phrase.contains(' ') && phrase.chars().all(|c| c.is_alphabetic() || c == ' '))
        .collect();
    assert!(english.len() > 300, "{}", english.len());
    let mut found = BTreeSet::new();
    // Words for messages are no knowledge of English.
    for source in sources().iter().filter(|s| core.contains(&s.layer) && s.path != "src/value/words.rs") {
        let phrases = source.literals.iter().filter(|l| english.contains(&l.trim().to_lowercase()));
        found.extend(phrases.map(|l| format!("{}: {l:?}", source.path)));
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn the_core_pulls_in_no_shell() {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--no-default-features", "--edges", "normal", "--prefix", "none"])
        .current_dir(top())
        .output()
        .unwrap();
    let tree = String::from_utf8(tree.stdout).unwrap();
    let names: BTreeSet<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    assert!(names.contains("regex"), "{tree}");
    // The sentence splitter brings clap along for a program of its own, which is no part of this one.
    for shell in ["tokio", "clap_complete", "tower-lsp-server", "serde_json", "ignore", "ropey"] {
        assert!(!names.contains(shell), "{shell} is pulled in without features");
    }
}

/// All layers in the order of `src/lib.rs`, and those that are there without any feature.
fn layers() -> (Vec<String>, Vec<String>) {
    let lib = fs::read_to_string(top().join("src/lib.rs")).unwrap();
    let (mut all, mut core, mut gated) = (Vec::new(), Vec::new(), false);
    for line in lib.lines() {
        match line.strip_prefix("pub mod ").and_then(|rest| rest.strip_suffix(';')) {
            Some(layer) => {
                all.push(layer.to_string());
                if !gated {
                    core.push(layer.to_string());
                }
                gated = false;
            }
            None => gated |= line.starts_with("#[cfg(feature"),
        }
    }
    (all, core)
}

fn top() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    let mut folders = vec![top().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs")
                && path.file_stem().is_some_and(|s| s != "tests")
            {
                found.push(source(&path));
            }
        }
    }
    assert!(found.len() > 100, "{}", found.len());
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn source(path: &Path) -> Source {
    let text = fs::read_to_string(path).unwrap();
    let within = path.strip_prefix(top()).unwrap().to_string_lossy().replace('\\', "/");
    let layer = within.split('/').nth(1).unwrap_or("").trim_end_matches(".rs").to_string();
    let (code, literals) = scan(text.split("#[cfg(test)]\nmod ").next().unwrap_or(""));
    Source { path: within, layer, code, literals }
}

/// Code without comments and literals, and the literals.
fn scan(text: &str) -> (String, Vec<String>) {
    let (mut code, mut literals) = (String::new(), Vec::new());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let raw = rest.strip_prefix('r').map(|r| r.trim_start_matches('#'));
        if rest.starts_with("//") {
            rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
        } else if let Some(body) =
            raw.and_then(|r| r.strip_prefix('"')).filter(|_| !code.ends_with(|c: char| c.is_alphanumeric()))
        {
            let hashes = rest.len() - body.len() - 2;
            let end = format!("\"{}", "#".repeat(hashes));
            let at = body.find(&end).unwrap_or(body.len());
            literals.push(body[..at].to_string());
            rest = body.get(at + end.len()..).unwrap_or("");
        } else if let Some(body) = rest.strip_prefix('"') {
            let mut escaped = false;
            let at = body.find(|c: char| {
                let ends = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                ends
            });
            let at = at.unwrap_or(body.len());
            literals.push(body[..at].to_string());
            rest = body.get(at + 1..).unwrap_or("");
        } else if let Some(quoted) = ["'\"'", "'\\\"'"].iter().find(|q| rest.starts_with(**q)) {
            rest = &rest[quoted.len()..];
        } else {
            code.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    (code, literals)
}

/// Whether a name stands in a text as whole words.
fn stands_in(name: &str, cased: bool, text: &str) -> bool {
    let (name, text) =
        if cased { (name.to_string(), text.to_string()) } else { (name.to_lowercase(), text.to_lowercase()) };
    text.match_indices(&name).any(|(at, _)| {
        !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '-')
            && !text[at + name.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '-')
    })
}
