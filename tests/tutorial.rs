//! The pages and examples for people who write rules: every command is run, and prints what the page says.

use std::path::Path;
use std::process::Command;

/// A fenced block: what stands after the fence, and its text.
fn blocks(page: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(info) = line.strip_prefix("```") {
            let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            blocks.push((info.to_string(), body.join("\n") + "\n"));
        }
    }
    blocks
}

/// Runs commands in a folder, the program under test first in the path; what they print, errors first.
fn run(folder: &Path, commands: &str) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_claimlint")).parent().expect("a folder");
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default());
    let output = Command::new("sh")
        .args(["-c", commands])
        .current_dir(folder)
        .env("PATH", path)
        .env("NO_COLOR", "1")
        .output()
        .expect("a shell");
    let told = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    told(&output.stderr) + &told(&output.stdout)
}

#[test]
#[cfg(unix)]
fn the_page_about_the_rules_is_current() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(top.join("rules/README.md")).expect("rules/README.md");
    let made = run(top, "claimlint rules doc rules");
    assert!(made == page, "run `claimlint rules doc rules -o rules/README.md` and commit what it writes");
}

#[test]
#[cfg(unix)]
fn the_reference_is_current() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(top.join("examples/reference.md")).expect("examples/reference.md");
    let made = run(top, "claimlint rules reference");
    assert!(
        made == page,
        "run `claimlint rules reference -o examples/reference.md` and commit what it writes"
    );
}

#[test]
#[cfg(unix)]
fn the_newsroom_of_another_field_works_without_code() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/medicine");
    let tested = run(&folder, "claimlint rules test; echo $?");
    assert!(
        tested.ends_with("3 rules, 12 examples, 0 failed, 0 phrases without an example\n0\n"),
        "{tested}"
    );
    let linted = run(&folder, "claimlint lint --format concise draft.md");
    for expected in [
        "draft.md:7:71: error[access] Velanzin is on prescription only, not over the counter.",
        "draft.md:7:109: info[plain-words] Write “side effect” instead of “adverse event”\n1 error, 1 note in 1 draft.",
    ] {
        assert!(linted.contains(expected), "{linted}");
    }
}

#[test]
#[cfg(unix)]
fn every_command_prints_what_the_tutorial_says() {
    follow("tutorial", include_str!("../examples/tutorial.md"), 7);
}

#[test]
#[cfg(unix)]
fn every_recipe_of_the_cookbook_does_what_it_says() {
    follow("cookbook", include_str!("../examples/cookbook.md"), 16);
}

#[test]
#[cfg(unix)]
fn every_command_prints_what_the_readme_says() {
    follow("readme", include_str!("../README.md"), 3);
}

/// Drafts are shipped with their faults and without.
#[test]
#[cfg(unix)]
fn corrected_drafts_have_no_findings() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    for name in ["news-story", "vendor-post", "comparison"] {
        let told = |kind: &str| {
            run(&folder, &format!("claimlint lint --no-config --format concise {kind}/{name}.md; echo $?"))
        };
        let (faulty, corrected) = (told("drafts"), told("corrected"));
        assert!(faulty.matches(": error[").count() >= 3 && faulty.ends_with("\n1\n"), "{faulty}");
        assert!(
            corrected.starts_with("No findings in 1 draft. ") && corrected.ends_with("\n0\n"),
            "{corrected}"
        );
    }
}

/// Does what a page says in an empty folder: blocks with `file=` are files, `sh` blocks are commands, and the `text` block
/// after one is what they print. Other blocks are not for running.
#[cfg(unix)]
fn follow(name: &str, page: &str, at_least: usize) {
    let folder = std::env::temp_dir().join(format!("claimlint-{name}-{}", std::process::id()));
    std::fs::remove_dir_all(&folder).ok();
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut printed = None;
    let mut compared = 0;
    for (info, body) in blocks(page) {
        match info.split_once(" file=") {
            Some((_, file)) => {
                let file = folder.join(file);
                std::fs::create_dir_all(file.parent().expect("a parent")).expect("a folder");
                std::fs::write(file, body).expect("a file");
            }
            None if info == "sh" => printed = Some(run(&folder, &body)),
            None if info == "text" => {
                let sorted = |text: &str| {
                    let mut lines: Vec<String> = text.lines().map(str::to_string).collect();
                    lines.sort();
                    lines
                };
                let printed = printed.take().expect("a command before what it prints");
                assert_eq!(sorted(&printed), sorted(&body), "\nprinted:\n{printed}\nthe page says:\n{body}");
                compared += 1;
            }
            None => {}
        }
    }
    assert!(compared >= at_least, "{name}: {compared} outputs compared");
    std::fs::remove_dir_all(&folder).ok();
}
