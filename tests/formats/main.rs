//! One set of findings drawn in every format and read back: each holds the same findings. The drawings stay in the
//! target folder, where `check.sh` shows them to published schemas and to the programs that read them.

mod fixture;

use claimlint::render::text::{Concise, Terminal, Text};
use claimlint::render::{Render, github, gitlab, json, markdown, reviewdog, sarif, xml};
use fixture::Fixture;
use serde_json::Value;
use std::path::Path;

/// Path, rule, line and message of a finding, as far as a format carries them.
type Row = (String, String, usize, String);

/// How to read a format back.
type Reader = fn(&str) -> Vec<Row>;

#[test]
fn every_format_holds_the_same_findings() {
    let fixture = Fixture::new();
    let plain = Terminal::default();
    let formats: [(&str, Box<dyn Render>, Reader); 11] = [
        ("json", Box::new(json::Json), read_json),
        ("jsonl", Box::new(json::Lines), read_jsonl),
        ("sarif", Box::new(sarif::Sarif), read_sarif),
        ("gitlab.json", Box::new(gitlab::Gitlab), read_gitlab),
        ("rdjson", Box::new(reviewdog::Rdjson), read_rdjson),
        ("rdjsonl", Box::new(reviewdog::Rdjsonl), read_rdjsonl),
        ("checkstyle.xml", Box::new(xml::Checkstyle), read_checkstyle),
        ("junit.xml", Box::new(xml::Junit), read_junit),
        ("github.txt", Box::new(github::Github), read_github),
        ("concise.txt", Box::new(Concise(plain)), read_concise),
        ("md", Box::new(markdown::Markdown), read_markdown),
    ];
    let expected = fixture.rows();
    assert!(expected.len() > 4);
    for (name, render, read) in formats {
        let drawn = fixture.draw(render.as_ref());
        keep(name, &drawn);
        let mut rows = read(&drawn);
        // XML cannot hold an escape character, and a terminal must not get one; both show another in its place.
        rows.iter_mut().for_each(|row| row.3 = row.3.replace(['\u{fffd}', '\u{241b}'], "\x1b"));
        assert_eq!(rows, expected, "{name}:\n{drawn}");
    }
}

#[test]
fn text_shows_line_fact_quote_and_source() {
    let fixture = Fixture::new();
    let drawn = fixture.draw(&Text(Terminal::default()));
    keep("text.txt", &drawn);
    let kept = include_str!("text.txt");
    assert_eq!(drawn, kept, "if this is right, copy target/tmp/formats/text.txt to tests/formats/");
    let colored = fixture.draw(&Text(Terminal { color: true, links: true, width: 80, quiet: false }));
    assert!(colored.contains("\x1b]8;;https://example.org/pivot\x1b\\"), "{colored:?}");
    let plain = strip(&colored);
    assert!(!plain.contains('\x1b'), "a draft's own escape reached the terminal: {plain:?}");
}

#[test]
fn sarif_keeps_suppressions_fixes_and_related_places() {
    let drawn = Fixture::new().draw(&sarif::Sarif);
    let log: Value = serde_json::from_str(&drawn).expect("JSON");
    let results = log["runs"][0]["results"].as_array().expect("results");
    let find = |has: &str| results.iter().find(|result| !result[has].is_null()).expect(has);
    assert_eq!(find("suppressions")["suppressions"][0]["justification"], "quoted as an example");
    let replacement = &find("fixes")["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(replacement["insertedContent"]["text"], "closed");
    let related = find("relatedLocations")["relatedLocations"].as_array().expect("related");
    let uris: Vec<_> = related.iter().map(|r| &r["physicalLocation"]["artifactLocation"]["uri"]).collect();
    assert_eq!(uris, ["seeds/pivot.txt", "facts/alpha.yaml"]);
    let mut fingerprints: Vec<_> =
        results.iter().map(|r| r["partialFingerprints"]["claimlintMeaning/v1"].to_string()).collect();
    let all = fingerprints.len();
    fingerprints.sort();
    fingerprints.dedup();
    assert_eq!(fingerprints.len(), all, "fingerprints are unique");
}

fn keep(name: &str, text: &str) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("formats");
    std::fs::create_dir_all(&folder).expect("folder");
    std::fs::write(folder.join(name), text).expect("file");
}

/// Without colours and hyperlinks.
fn strip(text: &str) -> String {
    let pattern = regex::Regex::new("\x1b\\[[0-9;]*m|\x1b\\]8;;[^\x1b]*\x1b\\\\").expect("pattern");
    pattern.replace_all(text, "").into_owned()
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_string()
}

fn number(value: &Value) -> usize {
    value.as_u64().unwrap_or_default() as usize
}

fn finding(value: &Value) -> Row {
    (
        string(&value["path"]),
        string(&value["rule"]),
        number(&value["start"]["line"]),
        string(&value["message"]),
    )
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text}"))
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn read_json(text: &str) -> Vec<Row> {
    array(&parse(text)["findings"]).iter().map(finding).collect()
}

fn read_jsonl(text: &str) -> Vec<Row> {
    text.lines()
        .flat_map(|line| array(&parse(line)["findings"]).iter().map(finding).collect::<Vec<_>>())
        .collect()
}

fn read_sarif(text: &str) -> Vec<Row> {
    let log = parse(text);
    let open = array(&log["runs"][0]["results"]).iter().filter(|result| result["suppressions"].is_null());
    let row = |result: &Value| {
        let place = &result["locations"][0]["physicalLocation"];
        let path = decode(&string(&place["artifactLocation"]["uri"]));
        let line = number(&place["region"]["startLine"]);
        (path, string(&result["ruleId"]), line, string(&result["message"]["text"]))
    };
    open.map(row).collect()
}

fn read_gitlab(text: &str) -> Vec<Row> {
    let row = |issue: &Value| {
        let (path, line) = (&issue["location"]["path"], &issue["location"]["lines"]["begin"]);
        (string(path), string(&issue["check_name"]), number(line), string(&issue["description"]))
    };
    array(&parse(text)).iter().map(row).collect()
}

fn diagnostic(value: &Value) -> Row {
    let (path, line) = (&value["location"]["path"], &value["location"]["range"]["start"]["line"]);
    (
        string(path),
        string(&value["code"]["value"]),
        number(line),
        without_evidence(&string(&value["message"])),
    )
}

fn read_rdjson(text: &str) -> Vec<Row> {
    array(&parse(text)["diagnostics"]).iter().map(diagnostic).collect()
}

fn read_rdjsonl(text: &str) -> Vec<Row> {
    text.lines().map(|line| diagnostic(&parse(line))).collect()
}

fn read_checkstyle(text: &str) -> Vec<Row> {
    let document = roxmltree::Document::parse(text).expect("XML");
    let errors = document.descendants().filter(|node| node.has_tag_name("error"));
    let errors = errors.filter_map(|error| {
        let rule = error.attribute("source")?.strip_prefix("claimlint.")?;
        let path = error.parent()?.attribute("name")?;
        let line = error.attribute("line")?.parse().ok()?;
        Some((path.to_string(), rule.to_string(), line, error.attribute("message")?.to_string()))
    });
    errors.collect()
}

fn read_junit(text: &str) -> Vec<Row> {
    let document = roxmltree::Document::parse(text).expect("XML");
    let failures = document.descendants().filter(|node| node.has_tag_name("failure"));
    let failures = failures.filter_map(|failure| {
        let case = failure.parent()?;
        let mut name = case.attribute("name")?.rsplitn(3, ':');
        let (_, line, rule) = (name.next()?, name.next()?.parse().ok()?, name.next()?);
        let path = case.attribute("classname")?;
        Some((path.to_string(), rule.to_string(), line, failure.attribute("message")?.to_string()))
    });
    failures.collect()
}

fn read_github(text: &str) -> Vec<Row> {
    let lines = text.lines().filter(|line| line.contains(",title="));
    let row = |line: &str| {
        let (head, message) =
            line.split_once(' ').and_then(|(_, rest)| rest.split_once("::")).expect("a command");
        let get = |key: &str| {
            let property = head.split(',').find_map(|part| part.strip_prefix(key)?.strip_prefix('='));
            decode(property.expect(key))
        };
        let line = get("line").parse().expect("a number");
        (get("file"), get("title"), line, without_evidence(&decode(message)))
    };
    lines.map(row).collect()
}

/// Messages are on one line here; the fixture's own line break is put back.
fn read_concise(text: &str) -> Vec<Row> {
    let pattern = regex::Regex::new(r"^(.*):(\d+):\d+: \w+\[([^\]]+)\] (.*)$").expect("pattern");
    let row = |line: &str| {
        let [path, number, rule, message] = pattern.captures(line)?.extract().1;
        let message = message.replace("two lines", "two\nlines");
        Some((path.to_string(), rule.to_string(), number.parse().ok()?, message))
    };
    text.lines().filter_map(row).collect()
}

/// Headings and items; markup's escapes are undone by a Markdown parser.
fn read_markdown(text: &str) -> Vec<Row> {
    use pulldown_cmark::{Event, Parser, Tag, TagEnd};
    let (mut rows, mut path, mut words) = (Vec::new(), String::new(), String::new());
    let pattern = regex::Regex::new(r"^\w+ line (\d+), ([^:]+): (.*)$").expect("pattern");
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::Heading { .. } | Tag::Item) => words.clear(),
            Event::Start(Tag::BlockQuote(_)) | Event::End(TagEnd::Item) => {
                if let Some(found) = pattern.captures(&words) {
                    let [line, rule, message] = found.extract().1;
                    let message = message.replace("two lines", "two\nlines");
                    rows.push((path.clone(), rule.to_string(), line.parse().expect("a number"), message));
                }
                words.clear();
            }
            Event::End(TagEnd::Heading(_)) => path = words.clone(),
            Event::Text(text) | Event::Code(text) => words += &text,
            _ => {}
        }
    }
    rows
}

/// The first lines, up to the quote that some formats carry in the message.
fn without_evidence(message: &str) -> String {
    message.split_once("\n“").map_or(message, |(message, _)| message).to_string()
}

/// Undoes percent signs.
fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        match (byte, hex) {
            (b'%', Some(value)) => {
                bytes.push(value);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(byte);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}
