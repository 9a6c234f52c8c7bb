//! SARIF 2.1.0, for code scanning services: rules with help, related places in the draft and in sources, fixes,
//! suppressions with their justification, and fingerprints that survive edits.

use super::item::{Item, Position};
use super::json::text;
use super::{FileReport, Render, RuleCard, Summary};
use crate::rule::finding::Severity;
use serde_json::{Value, json};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const BASE: &str = "%SRCROOT%";

/// One run, streamed: results before the invocation, whose notifications are known last.
pub struct Sarif;

impl Render for Sarif {
    fn begin(&self, rules: &[RuleCard]) -> String {
        let driver = json!({
            "name": "claimlint",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": rules.iter().map(rule).collect::<Vec<_>>(),
        });
        format!(
            "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{{\"driver\":{driver}}},\
             \"columnKind\":\"unicodeCodePoints\",\"originalUriBaseIds\":{{\"{BASE}\":{{}}}},\"results\":["
        )
    }

    fn file(&self, report: &FileReport) -> String {
        let open = report.findings.iter().map(|item| result(item, report, None));
        let allowed = report.suppressed.iter().map(|(item, reason)| result(item, report, Some(reason)));
        open.chain(allowed).map(|value| text(&value)).collect::<Vec<_>>().join(",\n")
    }

    fn separator(&self) -> &'static str {
        ",\n"
    }

    fn end(&self, summary: &Summary) -> String {
        let notifications = summary.troubles.iter().map(|trouble| {
            let mut place = json!({"artifactLocation": artifact(&trouble.path)});
            if trouble.line > 0 {
                place["region"] = json!({"startLine": trouble.line, "startColumn": trouble.column.max(1)});
            }
            json!({
                "level": "error",
                "message": {"text": trouble.message},
                "locations": [{"physicalLocation": place}],
            })
        });
        let invocation = json!({
            "executionSuccessful": summary.troubles.is_empty(),
            "toolExecutionNotifications": notifications.collect::<Vec<_>>(),
        });
        format!("],\n\"invocations\":[{invocation}],\"properties\":{}}}]}}\n", text(summary))
    }
}

fn rule(card: &RuleCard) -> Value {
    // Code scanning services refuse empty texts; a team's own rule may have no title.
    let or_name = |text: &'_ str| if text.trim().is_empty() { card.name.clone() } else { text.to_string() };
    let (title, help) = (or_name(&card.title), or_name(&card.help));
    let mut rule = json!({
        "id": card.name,
        "shortDescription": {"text": title},
        "fullDescription": {"text": title},
        "help": {"text": help, "markdown": help},
        "defaultConfiguration": {"level": level(card.severity)},
    });
    if let Some(link) = &card.link {
        rule["helpUri"] = json!(link);
    }
    rule
}

fn result(item: &Item, report: &FileReport, allowed: Option<&Option<String>>) -> Value {
    let mut result = json!({
        "ruleId": item.rule,
        "level": level(item.severity),
        "message": {"text": item.message},
        "locations": [{"physicalLocation": place(&item.path, item.start, item.end, item.span.of(&report.source))}],
        "partialFingerprints": {"claimlintMeaning/v1": item.fingerprint},
        "properties": {"confidence": item.confidence, "verdict": item.verdict, "fact": item.fact},
    });
    if !item.related.is_empty() {
        result["relatedLocations"] = item
            .related
            .iter()
            .enumerate()
            .map(|(id, related)| {
                json!({
                    "id": id,
                    "message": {"text": related.message},
                    "physicalLocation": place(&related.path, related.start, related.end, &related.text),
                })
            })
            .collect();
    }
    if !item.fixes.is_empty() {
        result["fixes"] = item
            .fixes
            .iter()
            .map(|fix| {
                let replacements: Vec<_> = fix
                    .edits
                    .iter()
                    .map(|edit| {
                        json!({
                            "deletedRegion": region(edit.start, edit.end),
                            "insertedContent": {"text": edit.text},
                        })
                    })
                    .collect();
                let change = json!({"artifactLocation": artifact(&item.path), "replacements": replacements});
                json!({"description": {"text": fix.title}, "artifactChanges": [change]})
            })
            .collect();
    }
    if let Some(reason) = allowed {
        let mut suppression = json!({"kind": "inSource"});
        if let Some(reason) = reason {
            suppression["justification"] = json!(reason);
        }
        result["suppressions"] = json!([suppression]);
    }
    result
}

fn place(path: &str, start: Position, end: Position, words: &str) -> Value {
    let mut region = region(start, end);
    region["snippet"] = json!({"text": words});
    json!({"artifactLocation": artifact(path), "region": region})
}

fn region(start: Position, end: Position) -> Value {
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

/// A path as a URI reference: relative ones hang on the base, absolute ones are files.
fn artifact(path: &str) -> Value {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => {
                uri.push(char::from(byte))
            }
            _ => uri += &format!("%{byte:02X}"),
        }
    }
    match path.starts_with('/') {
        true => json!({"uri": format!("file://{uri}")}),
        false => json!({"uri": uri, "uriBaseId": BASE}),
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "note",
    }
}
