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
    let page = include_str!("../examples/tutorial.md");
    let folder = std::env::temp_dir().join(format!("claimlint-tutorial-{}", std::process::id()));
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
            None => {
                let sorted = |text: &str| {
                    let mut lines: Vec<String> = text.lines().map(str::to_string).collect();
                    lines.sort();
                    lines
                };
                let printed = printed.take().expect("a command before what it prints");
                assert_eq!(sorted(&printed), sorted(&body), "\nprinted:\n{printed}\nthe page says:\n{body}");
                compared += 1;
            }
        }
    }
    assert!(compared > 6);
    std::fs::remove_dir_all(&folder).ok();
}
