//! The program as people run it: exit codes, what is read and what is not, fixing, baselines, records.

mod kill;
mod run;
#[cfg(unix)]
mod watch;

use run::Project;
use serde_json::Value;

/// What the shipped facts contradict, and what they say nothing against.
const WRONG: &str = "# News\n\nMuse Spark is open source.\n";
const RIGHT: &str = "# News\n\nMuse Spark is not open source.\n";

#[test]
fn exit_codes_are_kept() {
    let project = Project::new("codes", &[("wrong.md", WRONG), ("right.md", RIGHT), ("broken.md", "a\0b")]);
    let cases: &[(&str, i32)] = &[
        ("lint right.md", 0),
        ("lint wrong.md", 1),
        ("lint wrong.md right.md", 1),
        ("lint wrong.md --ignore license", 0),
        ("lint wrong.md --select license", 1),
        ("lint wrong.md --select identity", 0),
        ("lint gone.md", 2),
        ("lint broken.md", 2),
        ("lint wrong.md broken.md", 2),
        ("lint wrong.md --select licence", 2),
        ("lint --nonsense", 2),
        ("lint wrong.md --facts gone.yaml", 2),
        ("lint wrong.md --no-builtin-facts", 0),
        ("lint wrong.md --fail-on error", 1),
        ("lint wrong.md --min-severity error --format json", 1),
        ("facts verify", 0),
        ("facts show nobody", 2),
        ("doctor", 0),
    ];
    for (args, code) in cases {
        let done = project.run(args);
        assert_eq!(done.code, *code, "{args}\n{}\n{}", done.stdout, done.stderr);
    }
}

#[test]
fn reads_what_is_named_and_what_is_a_draft() {
    let project = Project::new(
        "walk",
        &[
            ("a.md", WRONG),
            ("deep/b.html", "<p>Muse Spark is open source.</p>"),
            ("deep/c.txt", "Muse Spark is open source."),
            ("d.rs", WRONG),
            ("ignored/e.md", WRONG),
            ("out/f.md", WRONG),
            (".hidden/g.md", WRONG),
            ("left/h.md", WRONG),
            (".gitignore", "ignored/\n"),
            (".claimlintignore", "out/\n"),
            ("claimlint.yaml", "exclude: [left/]\n"),
        ],
    );
    let cases: &[(&str, &[&str])] = &[
        ("lint", &["a.md", "deep/b.html", "deep/c.txt"]),
        ("lint .", &["a.md", "deep/b.html", "deep/c.txt"]),
        ("lint deep a.md a.md", &["deep/b.html", "deep/c.txt", "a.md"]),
        ("lint d.rs out/f.md", &["d.rs", "out/f.md"]),
        (
            "lint d.rs ./a.md out/f.md ignored/e.md .hidden/g.md deep --force-exclude",
            &["d.rs", "a.md", "deep/b.html", "deep/c.txt"],
        ),
        ("lint left/h.md", &[]),
        ("lint deep --jobs 1", &["deep/b.html", "deep/c.txt"]),
    ];
    for (args, expected) in cases {
        let paths: Vec<_> =
            project.findings(args).iter().map(|finding| finding["path"].to_string()).collect();
        assert_eq!(paths, expected.iter().map(|path| format!("{path:?}")).collect::<Vec<_>>(), "{args}");
    }
    let done = project.run("lint left/h.md");
    assert!(done.stdout.contains("the configuration leaves out 1 draft"), "{}", done.stdout);
    let done = project.run("lint ignored/empty out");
    assert_eq!(done.code, 2, "what is not there is named: {}", done.stdout);
}

#[test]
fn standard_input_counts_as_the_file_it_is_said_to_be() {
    let project = Project::new("stdin", &[("posts/claimlint.yaml", "ignore: license\n")]);
    let html = "<p>Muse Spark is <b>open source</b>.</p>";
    let cases = [
        ("lint - --format json", WRONG, 1, "<stdin>.md"),
        ("lint - --stdin-filename a.html --format json", html, 1, "a.html"),
        ("lint - --stdin-filename posts/a.md --format json", WRONG, 0, ""),
    ];
    for (args, text, code, path) in cases {
        let done = project.pipe(args, text);
        assert_eq!(done.code, code, "{args}: {}{}", done.stdout, done.stderr);
        assert!(done.stdout.contains(path), "{}", done.stdout);
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let files: Vec<(String, String)> = (0..30)
        .map(|n| (format!("{n:03}.md"), format!("Number {n}.\n\n{}", if n % 3 == 0 { WRONG } else { RIGHT })))
        .collect();
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let project = Project::new("threads", &files);
    for format in ["json", "text", "sarif"] {
        let one = project.run(&format!("lint --format {format} --jobs 1"));
        let many = project.run(&format!("lint --format {format} --jobs 5"));
        assert_eq!(one.stdout, many.stdout);
        assert_eq!(one.code, 1);
    }
}

#[test]
fn writes_several_formats_at_once() {
    let project = Project::new("outputs", &[("a.md", WRONG)]);
    let done = project.run("lint --output sarif=out.sarif --output junit=out.xml --format concise");
    assert!(done.stdout.starts_with("a.md:3:15: error[license]"), "{}", done.stdout);
    let sarif: Value = serde_json::from_str(&project.read("out.sarif")).expect("JSON");
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "license");
    assert!(sarif["runs"][0]["tool"]["driver"]["rules"].as_array().is_some_and(|rules| rules.len() > 5));
    assert!(project.read("out.xml").contains("failures=\"1\""));
    let done = project.run("lint --output sarif=gone/out.sarif");
    assert_eq!((done.code, done.stderr.contains("gone/out.sarif")), (2, true), "{}", done.stderr);
}

#[test]
fn fixes_keep_bytes_that_are_not_at_fault_and_end() {
    let text =
        "\u{feff}# Über\r\n\r\n<!-- claimlint: allow timeline -->\r\nMuse Spark is open source. 🚀\r\n";
    let safe = "\u{feff}# Über\r\n\r\nMuse Spark is open source. 🚀\r\n";
    let all = "\u{feff}# Über\r\n\r\nMuse Spark is proprietary. 🚀\r\n";
    let project = Project::new("fix", &[("a.md", text), ("b.md", text), ("clean.md", RIGHT)]);
    let done = project.run("lint a.md --diff-fixes");
    assert!(
        done.code == 1 && done.stdout.contains("--- a/a.md") && done.stdout.contains("-<!-- claimlint"),
        "{}",
        done.stdout
    );
    assert_eq!(project.read("a.md"), text, "a patch changes nothing");
    assert_eq!(project.run("lint a.md --fix").code, 1);
    assert_eq!(project.read("a.md"), safe);
    let done = project.run("lint b.md clean.md --unsafe-fixes");
    assert_eq!(done.code, 0, "{}", done.stdout);
    assert!(done.stdout.contains("2 fixed"), "{}", done.stdout);
    assert_eq!(project.read("b.md"), all);
    assert_eq!(project.run("lint --unsafe-fixes").code, 0);
    assert_eq!((project.read("b.md"), project.read("clean.md")), (all.to_string(), RIGHT.to_string()));
    assert_eq!(project.pipe("lint - --fix", text).code, 2);
    assert_eq!(project.files(), ["a.md", "b.md", "clean.md"], "nothing is left beside them");
}

#[test]
fn a_baseline_survives_edits_elsewhere() {
    let project = Project::new("baseline", &[("posts/a.md", WRONG)]);
    assert_eq!(project.run("baseline create").code, 0);
    assert_eq!(project.run("baseline create").code, 2);
    assert_eq!(project.run("lint --baseline .claimlint-baseline.json").code, 0);
    project.write("posts/a.md", &format!("New lines.\n\nMore.\n\n{WRONG}"));
    let done = project.run("lint --baseline .claimlint-baseline.json");
    assert_eq!(done.code, 0, "{}", done.stdout);
    assert!(done.stdout.contains("1 more known to the baseline"), "{}", done.stdout);
    project.write("posts/a.md", &format!("{WRONG}\nMuse Spark is open source, again.\n\nIts lead is Mark Zuckerberg: Muse Spark was built by a team led by Mark Zuckerberg.\n"));
    let done = project.run("lint --baseline .claimlint-baseline.json");
    assert_eq!(done.code, 1, "a second one is new");
    assert_eq!(project.run("baseline check").code, 1);
    project.write("posts/a.md", RIGHT);
    assert_eq!(project.run("baseline check").code, 1, "what is gone is to be struck out");
    assert_eq!(project.run("baseline update").code, 0);
    assert_eq!(project.run("baseline check").code, 0);
    project.write(".claimlint-baseline.json", "{\"version\": 9, \"findings\": []}");
    assert_eq!(project.run("lint --baseline .claimlint-baseline.json").code, 2);
}

#[test]
fn a_diff_brings_what_changed_lines_and_changed_facts_bring() {
    let fact = |openness: &str| {
        format!(
            "subject: acme/alpha\nkind: model\nname: Alpha\nfacts:\n  - {{openness: {openness}, from: 2020-01-01, source: {{title: A letter}}}}\n"
        )
    };
    let old = "Muse Spark is open source.\n\nAlpha is open-weight.\n";
    let project = Project::new(
        "diff",
        &[("a.md", old), ("claimlint.yaml", "facts: facts\n"), ("facts/alpha.yaml", &fact("open-weight"))],
    );
    for step in ["init -q -b main", "add -A", "-c user.name=a -c user.email=a@b commit -q -m one"] {
        project.git(step);
    }
    let lines =
        |args: &str| project.findings(args).iter().map(|f| f["start"]["line"].clone()).collect::<Vec<_>>();
    assert_eq!(lines("lint"), [1]);
    assert!(lines("lint --diff main").is_empty());
    project.write("a.md", &format!("{old}\nMuse Spark is open source, still.\n"));
    project.write("new.md", WRONG);
    assert_eq!(lines("lint --diff HEAD"), [5, 3]);
    project.write("facts/alpha.yaml", &fact("closed"));
    assert_eq!(lines("lint --diff HEAD"), [3, 5, 3], "a changed fact makes an old line wrong");
    assert_eq!(project.run("lint --diff=--oops").code, 2);
    assert_eq!(project.run("lint --diff nowhere").code, 2);
}

#[test]
fn each_record_has_its_answer_in_order() {
    let project = Project::new("records", &[]);
    let mut input = String::new();
    for n in 0..100 {
        let text = if n % 2 == 0 { "Muse Spark is open source." } else { "Nothing." };
        input += &serde_json::json!({"id": n, "text": text, "date": "2026-04-09", "more": 1}).to_string();
        input.push('\n');
    }
    let done = project.pipe("lint --stdin-records", &input);
    assert_eq!(done.code, 1, "{}", done.stderr);
    let answers: Vec<Value> =
        done.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(answers.len(), 100);
    for (n, answer) in answers.iter().enumerate() {
        assert_eq!(answer["id"], n);
        assert_eq!(answer["findings"].as_array().map(Vec::len), Some(1 - n % 2));
    }
    let faulty = "nope\n{\"id\":7}\n\n{\"id\":\"x\",\"text\":\"a\",\"format\":\"doc\"}\n{\"id\":9,\"text\":\"a\",\"date\":\"soon\"}\n{\"id\":10,\"text\":\"<p>a\",\"format\":\"html\"}";
    let done = project.pipe("lint --stdin-records", faulty);
    assert_eq!(done.code, 2);
    let answers: Vec<Value> =
        done.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let ids: Vec<_> = answers.iter().map(|answer| answer["id"].clone()).collect();
    assert_eq!(ids, [Value::Null, 7.into(), Value::Null, "x".into(), 9.into(), 10.into()]);
    assert_eq!(answers.iter().filter(|answer| answer["error"].is_string()).count(), 5);
}

#[test]
fn bad_input_is_named_and_the_rest_still_runs() {
    let project = Project::new(
        "bad",
        &[("a.md", WRONG), ("nul.md", "one\ntwo\0"), ("facts/x.yaml", "subject: a/b\nkidn: model\n")],
    );
    project.write_bytes("latin.md", b"caf\xe9\n");
    project.write_bytes("wide.md", b"\xff\xfeM\0u\0");
    let done = project.run("lint --facts facts --format concise");
    assert_eq!(done.code, 2);
    let expected = [
        "a.md:3:15: error[license]",
        "nul.md:2:4: a NUL byte",
        "latin.md:1:4: is not valid UTF-8",
        "wide.md: is UTF-16",
        "facts/x.yaml:2:1",
        "did you mean `kind`?",
    ];
    for part in expected {
        assert!(done.stdout.contains(part), "no {part} in {}", done.stdout);
    }
}

#[test]
fn the_configuration_of_init_explains_every_key() {
    let project = Project::new(
        "init",
        &[("a.md", RIGHT), ("facts/f.yaml", ""), ("rules/r.yaml", ""), ("seeds/s.txt", "")],
    );
    assert_eq!(project.run("init").code, 0);
    assert_eq!(project.run("init").code, 2);
    let written = project.read("claimlint.yaml");
    assert_eq!(project.run("lint").code, 0);
    let uncommented = written.lines().map(|line| match line.strip_prefix('#') {
        Some(rest) if !rest.starts_with(' ') || rest.starts_with("  ") => rest,
        _ => line,
    });
    let all = uncommented.filter(|line| !line.starts_with("extends")).collect::<Vec<_>>().join("\n");
    project.write("claimlint.yaml", &all);
    let done = project.run("lint --show-config posts/a.md");
    assert_eq!(done.code, 0, "{}", done.stderr);
    for key in ["require_reason", "fail_on", "as_of", "severity.capability", "seeds", "exclude"] {
        assert!(done.stdout.contains(key), "no {key} in {}", done.stdout);
    }
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let files: Vec<(String, String)> = (0..60).map(|n| (format!("{n}.md"), WRONG.repeat(10))).collect();
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let project = Project::new("pipe", &files);
    let done = project.run_and_leave("lint --format text");
    assert!(!done.stderr.contains("panicked"), "{}", done.stderr);
}

/// At a real terminal, made by `script`.
#[cfg(target_os = "linux")]
#[test]
fn a_person_picks_fixes_at_a_terminal() {
    let two = "Muse Spark is open source.\n\nMuse Spark is open source, still.\n";
    let mended = two.replace("open source", "proprietary");
    let first = two.replacen("open source", "proprietary", 1);
    let second = mended.replacen("proprietary", "open source", 1);
    // What is typed, what a.md and b.md hold then, and the exit code.
    let cases: &[(&str, &str, &str, i32)] = &[
        ("y\nn\nq\n", &first, two, 1),
        ("n\n1\nd\n", &second, two, 1),
        ("a\ny\ny\n", &mended, &mended, 0),
        ("what\n7\nd\na\n", two, &mended, 1),
        ("", two, two, 1),
    ];
    for (typed, a, b, code) in cases {
        let project = Project::new("pick", &[("a.md", two), ("b.md", two)]);
        let done = project.at_terminal("lint --pick --as-of 2026-04-08 a.md b.md", typed);
        let held = (project.read("a.md"), project.read("b.md"));
        assert_eq!(
            (held.0.as_str(), held.1.as_str(), done.code),
            (*a, *b, *code),
            "{typed:?}: {}",
            done.stdout
        );
        assert!(done.stdout.contains("1: Write “proprietary”"), "{}", done.stdout);
    }
    let project = Project::new("pick", &[("a.md", two)]);
    let done = project.run("lint --pick a.md");
    assert_eq!((done.code, done.stderr.contains("at a terminal")), (2, true), "{}", done.stderr);
}

#[test]
fn quiet_and_verbose_say_less_and_more() {
    let project =
        Project::new("loud", &[("a.md", WRONG), ("b.md", RIGHT), ("claimlint.yaml", "ignore: timeline\n")]);
    let (plain, quiet) = (project.run("lint --format concise"), project.run("lint -q --format concise"));
    assert_eq!(plain.stdout.lines().count(), 2);
    assert_eq!(plain.stdout.lines().next(), quiet.stdout.lines().next());
    assert_eq!((quiet.stdout.lines().count(), quiet.stderr.as_str()), (1, ""));
    let verbose = project.run("lint --verbose --format concise");
    assert_eq!(verbose.stdout, plain.stdout, "only standard error says more");
    for part in ["a.md: 35 bytes in ", "b.md: ", "2 read, ", "claimlint.yaml", " facts and "] {
        assert!(verbose.stderr.contains(part), "no {part} in {}", verbose.stderr);
    }
    assert_eq!(project.run("baseline create -q").stdout, "");
    assert_eq!(project.run("lint -q -v").code, 2);
}

#[test]
fn explains_rules_and_lines() {
    let allowed = "Muse Spark is open source. <!-- claimlint: allow license -- said in jest -->\n";
    let project = Project::new("explain", &[("a.md", WRONG), ("b.md", allowed), ("out/c.md", WRONG)]);
    let config = |text: &str| project.write("claimlint.yaml", text);
    config("exclude: out/\n");
    let cases: &[(&str, &str, &[&str])] = &[
        (
            "explain license",
            "",
            &["Licence, openness and weights", "it speaks in this folder", "⟦open source⟧"],
        ),
        ("explain license", "severity: {license: off}\n", &["it is off (claimlint.yaml:1)"]),
        ("explain unused-suppression", "", &["A comment allows what is not there"]),
        (
            "explain a.md:3:15",
            "",
            &["contradicted: Muse Spark", "No weights. No Apache 2.0.", "reported as error"],
        ),
        ("explain a.md:3", "ignore: license\n", &["`ignore` names it (claimlint.yaml:1)"]),
        (
            "explain a.md:3",
            "min_severity: error\nseverity: {license: hint}\n",
            &["its severity is hint, less than error"],
        ),
        ("explain a.md:1", "", &["No claim is read here"]),
        ("explain b.md:1", "", &["allowed by a comment: said in jest"]),
        ("explain out/c.md:3", "exclude: out/\n", &["This draft is left out", "claimlint.yaml:1"]),
    ];
    for (args, text, parts) in cases {
        config(text);
        let done = project.run(args);
        assert_eq!(done.code, 0, "{args}: {}", done.stderr);
        for part in *parts {
            assert!(done.stdout.contains(part), "{args}: no `{part}` in {}", done.stdout);
        }
    }
    for (args, part) in [("explain licence", "did you mean `license`?"), ("explain a.md:9", "has no line 9")]
    {
        let done = project.run(args);
        assert_eq!((done.code, done.stderr.contains(part)), (2, true), "{}", done.stderr);
    }
}

#[test]
fn init_finds_models_without_facts() {
    let draft = "Figure 2 shows the model Osprey-3 beside Muse Spark, Llama 4 Maverick and Heron Lite 1.5.\n\nThe weights of Osprey-3 came on 8 April under Apache 2.0, as this figure says.\n";
    let project =
        Project::new("models", &[("posts/a.md", draft), ("b.md", "Chapter 7 is about Osprey-4.\n")]);
    let done = project.run("init --models");
    assert_eq!(done.code, 0, "{}", done.stderr);
    let found: Vec<&str> = done.stdout.lines().filter(|line| line.starts_with("  ")).map(str::trim).collect();
    assert_eq!(found, ["Osprey-3  posts/a.md:1, 2 times in all", "Heron Lite 1.5  posts/a.md:1"]);
    assert!(project.run("facts list").stdout.contains("unsorted/osprey-3"));
    let claims = project.run("claims posts/a.md");
    assert!(claims.stdout.contains("unknown: Osprey-3"), "now its claims are its own: {}", claims.stdout);
    assert!(!claims.stdout.contains("sentence:"), "how it was read is for --explain: {}", claims.stdout);
    let claims = project.run("claims --explain posts/a.md");
    for step in ["sentence: ", "about: Osprey-3, ", "says of it: ", "how: stated", "no fact decides it"] {
        assert!(claims.stdout.contains(step), "{step} is a step of: {}", claims.stdout);
    }
    assert_eq!(project.run("init --models").code, 2, "nothing is overwritten");
}

/// A long run says how far it is, on standard error and at a terminal alone.
#[cfg(target_os = "linux")]
#[test]
fn a_long_run_shows_how_far_it_is() {
    let files: Vec<(String, String)> = (0..60).map(|n| (format!("{n:02}.md"), WRONG.repeat(60))).collect();
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let project = Project::new("progress", &files);
    let done = project.at_terminal("lint --jobs 1 --format json --output json=out.json", "");
    assert!(done.stdout.contains(" read, ") && done.stdout.contains(".md"), "no line: {}", done.stdout.len());
    let quiet = project.at_terminal("lint --jobs 1 --format json --quiet", "");
    assert!(!quiet.stdout.contains(" read, "));
    assert_eq!(project.run("lint --jobs 1 --format json").stderr, "", "no terminal, no line");
    let kept: Value = serde_json::from_str(&project.read("out.json")).expect("JSON");
    assert_eq!(kept["findings"].as_array().map(Vec::len), Some(60 * 60));
}
