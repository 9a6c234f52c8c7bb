//! The order of the layers, as the map in `src/lib.rs` gives it: each uses only those before it, and the core, everything
//! up to `check` and `render`, does no IO and asks no clock.

use std::path::{Path, PathBuf};

/// The core's layers in order.
const CORE: &[&str] = &[
    "text",
    "yaml",
    "draft",
    "language",
    "value",
    "knowledge",
    "claim",
    "verdict",
    "rule",
    "check",
    "render",
];

/// Who may look ahead, and at what: claims are read as rule files say, so `claim` knows their types.
const AHEAD: &[(&str, &str)] = &[("claim", "rule::file")];

const IMPURE: &str = r"\bstd::(fs|env|net|process|thread)\b|\bSystemTime\b|\bInstant\b|Zoned::now|Timestamp::now|\be?println!|\bdbg!";

#[test]
fn each_layer_uses_only_those_before_it() {
    let used = regex::Regex::new(r"\bcrate::([a-z_]+(?:::[a-z_]+)?)").expect("a pattern");
    let faults = lines(|layer, line| {
        let place = CORE.iter().position(|name| *name == layer)?;
        used.captures_iter(line).map(|found| found.get(1).map_or("", |name| name.as_str())).find_map(
            |target| {
                let before = CORE.iter().take(place + 1).any(|name| *name == layer_of(target));
                (!before && !AHEAD.contains(&(layer, target))).then(|| format!("`{layer}` uses `{target}`"))
            },
        )
    });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_core_does_no_io_and_asks_no_clock() {
    let impure = regex::Regex::new(IMPURE).expect("a pattern");
    let faults =
        lines(|layer, line| impure.find(line).map(|found| format!("`{layer}` has {}", found.as_str())));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What `fault` says of each line of the core that is neither a comment nor a test, with its place.
fn lines(fault: impl Fn(&str, &str) -> Option<String>) -> Vec<String> {
    let mut told = Vec::new();
    let mut read = 0;
    for path in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let text = std::fs::read_to_string(&path).expect("a source file");
        let name = path.to_string_lossy().replace('\\', "/");
        let module =
            name.rsplit_once("/src/").map_or("", |(_, rest)| rest).trim_end_matches(".rs").replace('/', "::");
        let layer = layer_of(&module);
        if !CORE.contains(&layer) {
            continue;
        }
        read += 1;
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (at, line) in code.lines().enumerate() {
            if !line.trim_start().starts_with("//")
                && let Some(fault) = fault(layer, line)
            {
                told.push(format!("{name}:{}: {fault}", at + 1));
            }
        }
    }
    assert!(read > 50, "the core has more files than {read}");
    told
}

/// The layer that a module's path belongs to.
fn layer_of(path: &str) -> &str {
    path.split("::").next().unwrap_or_default()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}
