//! YAML trees keep exact places, refuse what has no bound, and name each mistake with its place.

use claimlint::text::Span;
use claimlint::yaml::{self, Node, NodeKind, Problems};
use std::path::{Path, PathBuf};

/// A tree as text, each node followed by what its span covers in the source where that differs from the value.
fn show(node: &Node, source: &str) -> String {
    let covered = node.span.of(source);
    match &node.kind {
        NodeKind::Scalar { text, .. } if text == covered => text.clone(),
        NodeKind::Scalar { text, .. } => format!("{text}<{covered}>"),
        NodeKind::List(items) => {
            let items: Vec<String> = items.iter().map(|item| show(item, source)).collect();
            format!("[{}]<{covered}>", items.join(", "))
        }
        NodeKind::Map(entries) => {
            let entries: Vec<String> =
                entries.iter().map(|(k, v)| format!("{}: {}", show(k, source), show(v, source))).collect();
            format!("{{{}}}<{covered}>", entries.join(", "))
        }
    }
}

#[test]
fn trees_remember_places() {
    let cases = [
        ("a: b", "{a: b}<a: b>"),
        ("a: 'b c'  # note\n\n", "{a: b c<'b c'>}<a: 'b c'>"),
        ("- x\n- y\n\n# end\n", "[x, y]<- x\n- y>"),
        ("a: [é, ö]\nb: ü\n", "{a: [é, ö]<[é, ö]>, b: ü}<a: [é, ö]\nb: ü>"),
        ("a:\r\n  - é\r\n  - z\r\nb: q\r\n", "{a: [é, z]<- é\r\n  - z>, b: q}<a:\r\n  - é\r\n  - z\r\nb: q>"),
        ("\u{feff}a: b", "{a: b}<a: b>"),
        ("\u{feff}ä: b", "{ä: b}<ä: b>"),
        ("a: {b: {c: d}}\n", "{a: {b: {c: d}<{c: d}>}<{b: {c: d}}>}<a: {b: {c: d}}>"),
        ("a:\nb: 1", "{a: , b: 1}<a:\nb: 1>"),
        (
            "a: 'it''s' # 'x'\nb: |\n  é\n  z\n\nc: 1",
            "{a: it's<'it''s'>, b: é\nz\n<é\n  z>, c: 1}<a: 'it''s' # 'x'\nb: |\n  é\n  z\n\nc: 1>",
        ),
        ("a: \"\\\"\" # \"", "{a: \"<\"\\\"\">}<a: \"\\\"\">"),
        ("a: \"x\\ny\"", "{a: x\ny<\"x\\ny\">}<a: \"x\\ny\">"),
    ];
    for (source, expected) in cases {
        let (node, problems) = yaml::parse(source);
        assert_eq!(problems, vec![], "{source:?}");
        assert_eq!(show(&node.unwrap(), source), expected, "{source:?}");
    }
}

#[test]
fn unreadable_files_are_problems() {
    let deep = "[".repeat(65) + &"]".repeat(65);
    let cases = [
        ("a: &x 1\nb: *x\n", "f.yaml:1:4: anchors and aliases are not read; write the value out"),
        ("a: b\na: c\n", "f.yaml:2:1: the key `a` stands here a second time"),
        ("é: 1\n? [x]\n: 2\n", "f.yaml:2:3: a key must be a word, not a list or a map"),
        ("a: b\n---\nc: d\n", "f.yaml:3:1: a second document starts here; this kind of file holds one"),
        (deep.as_str(), "f.yaml:1:65: lists and maps nest deeper than 64"),
        (
            "é: 'x\n",
            "f.yaml:1:4: this is no valid YAML: while scanning a quoted scalar, found unexpected end of stream",
        ),
    ];
    for (source, expected) in cases {
        let (_, problems) = yaml::parse(source);
        let shown: Vec<String> = problems.iter().map(|p| p.describe("f.yaml", source)).collect();
        assert_eq!(shown, [expected], "{source:?}");
    }
    let (node, problems) = yaml::parse(&" ".repeat((8 << 20) + 1));
    assert!(node.is_none());
    assert_eq!(problems[0].message, "the file is larger than 8 MB");
}

#[test]
fn readers_say_what_they_expected() {
    let source = "\
name: [x]
count: many
day: 2026-02-30
flag: maybe
kind: modell
list: one
map:
  inner: 1
  innr: 2
colour: red
";
    let (node, _) = yaml::parse(source);
    let problems = Problems::new(3);
    let node = node.unwrap();
    let mut fields = problems.fields(&node).unwrap();
    assert_eq!(fields.str("name"), None);
    assert_eq!(fields.number("count"), None);
    assert_eq!(fields.date("day"), None);
    assert_eq!(fields.bool("flag"), None);
    assert_eq!(fields.get("kind").unwrap().one_of("kind", &["model", "family"]), None);
    assert!(fields.list("list").is_empty());
    assert!(fields.required("title").is_none());
    let mut inner = fields.fields("map").unwrap();
    assert_eq!(inner.number("inner"), Some(1.0));
    inner.finish();
    fields.finish();
    let shown: Vec<String> = problems.take().iter().map(|p| p.describe("f.yaml", source)).collect();
    assert_eq!(
        shown,
        [
            "f.yaml:1:1: the key `title` is missing",
            "f.yaml:1:7: name: expected a text, found a list",
            "f.yaml:2:8: count: expected a number, found `many`",
            "f.yaml:3:6: day: expected a date like 2026-04-08, 2026-04 or 2026, found `2026-02-30`",
            "f.yaml:4:7: flag: expected true or false, found `maybe`",
            "f.yaml:5:7: kind: unknown kind `modell` (did you mean `model`?)",
            "f.yaml:6:7: list: expected a list, found one value",
            "f.yaml:9:3: map.innr: unknown key `innr` (did you mean `inner`?)",
            "f.yaml:10:1: colour: unknown key `colour` (known: name, count, day, flag, kind, list, title, map)",
        ]
    );
}

#[test]
fn dates_are_intervals() {
    let cases = [
        ("2026-04-08", Some("2026-04-08..2026-04-08")),
        ("2026-02", Some("2026-02-01..2026-02-28")),
        ("2025", Some("2025-01-01..2025-12-31")),
        ("25", None),
        ("2026-4-8", None),
        ("2026-13", None),
        ("2026-04-08-01", None),
        ("+026", None),
    ];
    for (text, expected) in cases {
        let (node, _) = yaml::parse(text);
        let (node, problems) = (node.unwrap(), Problems::new(0));
        let found = problems.item(&node).date().map(|(first, last)| format!("{first}..{last}"));
        assert_eq!(found.as_deref(), expected, "{text}");
    }
}

/// Whatever bytes stand in a file, reading ends, and every span fits the file.
#[test]
fn any_input_is_read() {
    fn spans(node: &Node, out: &mut Vec<Span>) {
        out.push(node.span);
        match &node.kind {
            NodeKind::Scalar { .. } => {}
            NodeKind::List(items) => items.iter().for_each(|item| spans(item, out)),
            NodeKind::Map(entries) => entries.iter().for_each(|(key, value)| {
                spans(key, out);
                spans(value, out);
            }),
        }
    }
    let pieces = [
        "a", ": ", "\n", "  ", "- ", "'", "\"", "é", "{", "}", "[", "]", ",", "#", "|", ">", "---", "...",
        "\t", "\r\n", "? ", "!", "%", "\\u00e9", "\u{feff}", "\0", "&", "*", "🔥", "\\", ":", "\u{85}",
        "\u{2028}", "|2-",
    ];
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    for round in 0..20_000 {
        let mut source = String::new();
        for _ in 0..round % 40 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            source.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
        }
        let (nodes, problems) = yaml::parse_all(&source);
        let mut found: Vec<Span> = problems.iter().map(|p| p.span).collect();
        nodes.iter().for_each(|node| spans(node, &mut found));
        for span in found {
            assert!(source.get(span.start..span.end).is_some(), "{span:?} in {source:?}");
        }
    }
}

const PARTS: [&str; 24] = [
    "\n", " ", "  ", "- ", ": ", ":", "#", " # x", "'", "\"", "[", "]", "{", "}", ",", "|\n", ">-\n", "\n\n",
    "é", "---", "a: b\n", "\n  ", "\\", "? ",
];

fn files() -> Vec<PathBuf> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![top.join("rules"), top.join("examples"), top.join("tests/worlds")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            match path.is_dir() {
                true => folders.push(path),
                false if path.extension().is_some_and(|e| e == "yaml") => files.push(path),
                false => {}
            }
        }
    }
    files.sort();
    files
}

/// Whether it was read plainly; what was must be what the full parser gives.
fn agrees(source: &str) -> bool {
    let Some(node) = yaml::parse_plainly(source) else { return false };
    assert_eq!((vec![node], vec![]), yaml::parse_fully(source), "of {source:?}");
    true
}

#[test]
fn plain_files_are_read_as_the_full_parser_reads_them() {
    let (mut seed, mut plain) = (1_u64, 0);
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below.max(1)
    };
    for path in files() {
        let source = std::fs::read_to_string(&path).unwrap();
        assert!(agrees(&source), "{} is not written plainly", path.display());
        let lines: Vec<&str> = source.split_inclusive('\n').collect();
        for _ in 0..400 {
            let top = |at: &usize| !lines[*at].starts_with(' ');
            let from = (0..=next(lines.len())).rev().find(top).unwrap_or(0);
            let mut piece = lines[from..(from + 1 + next(12)).min(lines.len())].concat();
            for _ in 0..next(3) {
                let at = next(piece.len());
                if piece.is_char_boundary(at) {
                    piece.insert_str(at, PARTS[next(PARTS.len())]);
                }
                let cut = next(piece.len());
                if next(2) == 0 && piece.is_char_boundary(cut) {
                    piece.remove(cut);
                }
            }
            plain += usize::from(agrees(&piece));
        }
    }
    assert!(plain > 4000, "{plain}");
}
