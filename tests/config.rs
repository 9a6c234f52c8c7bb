//! Which configuration holds for a file: nearest file, `extends`, overrides, command line; and what is refused.

use claimlint::check::{Settings, check};
use claimlint::config::layer::{Layer, Origin, Set};
use claimlint::config::load::Library;
use claimlint::config::{Asked, Resolver};
use claimlint::draft::{Draft, Format};
use std::fs;
use std::path::{Path, PathBuf};

/// A folder of its own for a test, with these files.
fn project(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("config").join(name);
    let _ = fs::remove_dir_all(&root);
    for (path, text) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folder");
        fs::write(path, text).expect("file");
    }
    root.canonicalize().expect("folder")
}

const HOUSE: &str = "\
severity: {license: info, identity: off}
ignore: timeline
fail_on: error
overrides:
  - files: ['archive/', '*.old.md']
    as_of: 2025-01-02
    ignore: outdated
";

/// `--show-config` without the origin column's line, squeezed: `key value origin`.
fn shown(resolver: &Resolver, file: &Path) -> String {
    let shown = resolver.config(file).show(file);
    shown.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ") + "\n").collect()
}

#[test]
fn layers_lie_over_each_other() {
    let root = project(
        "layers",
        &[
            ("claimlint.yaml", HOUSE),
            (
                "desk/claimlint.yaml",
                "extends: ../claimlint.yaml\nseverity: {license: warning}\nmin_severity: info\n",
            ),
            ("alone/claimlint.yaml", "select: [license]\n"),
        ],
    );
    let asked = Asked {
        layer: Layer {
            select: Some(Set { value: vec!["timeline".into()], origin: Origin::CommandLine }),
            ..Layer::default()
        },
        ..Asked::default()
    };
    let plain = Resolver::default();
    let cases: &[(&Resolver, &str, &[&str], &[&str])] = &[
        (
            &plain,
            "a.md",
            &["severity.license info", "ignore timeline", "fail_on error", "as_of the draft's"],
            &[],
        ),
        (&plain, "archive/a.md", &["as_of 2025-01-02", "ignore outdated", "ignore timeline"], &[]),
        (&plain, "deep/down/a.old.md", &["as_of 2025-01-02"], &[]),
        (
            &plain,
            "desk/a.md",
            &["severity.license warning", "severity.identity off", "min_severity info"],
            &["2025"],
        ),
        (&plain, "alone/a.md", &["select license", "fail_on hint default"], &["ignore timeline"]),
        (&Resolver::new(asked), "a.md", &["select timeline command line"], &["ignore timeline"]),
        (
            &Resolver::new(Asked { no_config: true, ..Asked::default() }),
            "a.md",
            &["configuration none", "fail_on hint default"],
            &["license"],
        ),
        (
            &Resolver::new(Asked { config: Some(root.join("alone/claimlint.yaml")), ..Asked::default() }),
            "a.md",
            &["select license"],
            &["ignore timeline"],
        ),
    ];
    for (resolver, file, with, without) in cases {
        let shown = shown(resolver, &root.join(file));
        for line in *with {
            assert!(shown.contains(line), "{file}: no `{line}` in\n{shown}");
        }
        for line in *without {
            assert!(!shown.contains(line), "{file}: `{line}` in\n{shown}");
        }
        assert_eq!(resolver.troubles(), [], "{file}");
    }
}

/// A rule on wording lets pass what the project's vocabulary holds.
#[test]
fn a_vocabulary_is_let_pass() {
    let rule = "rule: house\ntitle: House\nseverity: warning\nkind: substitution\nmessage: Write %s, not %s.\nswap: {electronic mail: e-mail, web site: website}\n";
    let root = project(
        "words",
        &[
            ("claimlint.yaml", "rules: rules\n"),
            ("rules/house.yaml", rule),
            ("own/claimlint.yaml", "extends: ../claimlint.yaml\nvocabulary: [web site]\n"),
        ],
    );
    let resolver = Resolver::default();
    let library = Library::default();
    let draft = Draft::parse("Our web site takes electronic mail.\n", Format::Markdown);
    for (file, expected) in
        [("a.md", vec!["web site", "electronic mail"]), ("own/a.md", vec!["electronic mail"])]
    {
        let config = resolver.config(&root.join(file));
        let built = library.get(&config.world);
        let found = check(&draft, &built.checker, &Settings::default());
        let words: Vec<&str> = found.iter().map(|finding| finding.span.of(&draft.source)).collect();
        assert_eq!(words, expected, "{file}: {:?} {:?}", resolver.troubles(), built.troubles);
    }
    let shown = shown(&resolver, &root.join("own/a.md"));
    assert!(shown.contains("vocabulary web site") && shown.contains("own/claimlint.yaml:2"), "{shown}");
}

#[test]
fn include_and_exclude_say_what_is_a_draft() {
    let root = project(
        "globs",
        &[("claimlint.yaml", "include: ['posts/', 'notes/*.md']\nexclude: ['*.tmp.md', '/posts/raw/']\n")],
    );
    let resolver = Resolver::default();
    let cases = [
        ("posts/a.md", true),
        ("posts/deep/a.md", true),
        ("posts/a.tmp.md", false),
        ("posts/raw/a.md", false),
        ("notes/a.md", true),
        ("notes/deep/a.md", false),
        ("a.md", false),
    ];
    for (file, draft) in cases {
        let file = root.join(file);
        assert_eq!(resolver.config(&file).left_out(&file).is_none(), draft, "{}", file.display());
    }
}

#[test]
fn says_what_is_wrong_and_where() {
    let outside = std::env::temp_dir();
    let escape = format!("facts: '{}'\n", outside.display());
    let cases: &[(&str, &[&str])] = &[
        (
            "severty: {license: off}\n",
            &["claimlint.yaml:1:1: severty: unknown key `severty` (did you mean `severity`?)"],
        ),
        ("min_severity: eror\n", &["1:15", "(did you mean `error`?)"]),
        ("overrides:\n  - ignore: x\n", &["2:5", "the key `files` is missing"]),
        ("as_of: soon\n", &["1:8", "date"]),
        ("extends: claimlint.yaml\n", &["leads in a circle"]),
        ("extends: gone.yaml\n", &["claimlint.yaml:1:1", "gone.yaml` cannot be read"]),
        (&escape, &["lies outside the project"]),
        ("severity: [\n", &["no valid YAML"]),
    ];
    for (number, (text, expected)) in cases.iter().enumerate() {
        let root = project(&format!("wrong-{number}"), &[("claimlint.yaml", text)]);
        let resolver = Resolver::default();
        let file = root.join("a.md");
        let _ = resolver.config(&file).layer(&file);
        let troubles = resolver.troubles().iter().map(|t| format!("{t}\n")).collect::<String>();
        for part in *expected {
            assert!(troubles.contains(part), "{text:?}: no `{part}` in {troubles:?}");
        }
    }
}
