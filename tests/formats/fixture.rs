//! Findings made by hand, with all that is hard to write: markup, quotes, line breaks, escapes, percent signs.

use claimlint::draft::Draft;
use claimlint::knowledge::{FactId, Knowledge, SourceFile};
use claimlint::render::item::Context;
use claimlint::render::{FileReport, Render, RuleCard, Summary, Trouble};
use claimlint::rule::finding::{Confidence, Finding, Fix, Meaning, Place, Related, Severity};
use claimlint::text::Span;
use claimlint::verdict::Verdict;

const FACTS: &str = "\
attributes:
  - {attribute: openness, name: openness, type: choice, values: [{value: closed, name: closed}]}
kinds: [model]
sources:
  - {source: pivot, file: pivot.txt, title: 'Alpha: the \"pivot\" <2026> & after', url: 'https://example.org/pivot', date: 2026-04-08, kind: article}
subject: acme/alpha
kind: model
name: Alpha
facts:
  - {id: acme/alpha#open, openness: closed, from: 2026-04-08, source: {seed: pivot, quote: 'No weights. No Apache 2.0.'}}
";
const SEED: &str = "Acme said it plainly.\nNo weights. No Apache 2.0.\n";
const FIRST: &str = "\u{feff}# Über Alpha 🚀\r\n\r\nÜber uns: 🚀 **Alpha** is open source, & \x1b[31mfree | cheap\x1b[0m.\r\nIt is *open\r\nweight*, they say.\r\n";
const SECOND: &str = "Alpha is open source.\nAlpha is open source.\nEnd";

/// Two drafts with findings, one without, and a file that could not be read.
pub struct Fixture {
    files: Vec<FileReport>,
    summary: Summary,
}

impl Fixture {
    /// All of it.
    pub fn new() -> Self {
        let files = [("facts/alpha.yaml", FACTS), ("seeds/pivot.txt", SEED)];
        let files = files.map(|(name, text)| SourceFile { name: name.into(), text: text.into() });
        let (knowledge, problems) = Knowledge::load(&files);
        assert_eq!(problems, [], "the fixture's facts load");
        let report = |path: &str, source: &str, open: &[Finding], allowed: &[Finding]| {
            let draft = Draft { source: source.into(), ..Draft::default() };
            let context = Context { path, draft: &draft, knowledge: &knowledge, files: &files };
            let suppressed = context.items(allowed).into_iter();
            FileReport {
                path: path.into(),
                source: source.into(),
                findings: context.items(open),
                suppressed: suppressed.map(|item| (item, Some("quoted as an example".into()))).collect(),
            }
        };
        let first = [
            against_fact(FIRST, "open source"),
            plain(
                FIRST,
                "open\r\nweight",
                Severity::Warning,
                "house",
                "a message on two\nlines, 100% <b>sure</b> & \"so\"",
            ),
            plain(
                FIRST,
                "free | cheap",
                Severity::Hint,
                "house",
                "escape \x1b[31m, *star*, a|b, `code`, [x](y), a::b, ]]>",
            ),
        ];
        let second = [against_fact(SECOND, "open source"), {
            let mut again = against_fact(SECOND, "open source");
            again.span = Span::new(again.span.start + 22, again.span.end + 22);
            again
        }];
        let allowed = [plain(SECOND, "End", Severity::Info, "house", "allowed here")];
        let files = vec![
            report("drafts/ü, a:b 100% #1.md", FIRST, &first, &[]),
            report("drafts/clean.md", "Nothing here.\n", &[], &[]),
            report("drafts/second.txt", SECOND, &second, &allowed),
        ];
        let mut summary = Summary {
            troubles: vec![Trouble {
                path: "x.md".into(),
                line: 3,
                column: 2,
                message: "a <NUL>, & more".into(),
            }],
            ..Summary::default()
        };
        files.iter().for_each(|file| summary.file(file));
        (0..5).for_each(|_| summary.claim(Verdict::Contradicted));
        summary.claim(Verdict::Supported);
        Fixture { files, summary }
    }

    /// All drafts in one format.
    pub fn draw(&self, render: &dyn Render) -> String {
        let rule = |name: &str, link: Option<&str>| RuleCard {
            name: name.into(),
            title: format!("The rule {name}"),
            help: "Why *this* matters.".into(),
            severity: Severity::Warning,
            link: link.map(str::to_string),
        };
        let parts = self.files.iter().map(|file| render.file(file)).filter(|part| !part.is_empty());
        let parts = parts.collect::<Vec<_>>().join(render.separator());
        let rules = [rule("license", Some("https://example.org/license")), rule("house", None)];
        render.begin(&rules) + &parts + &render.end(&self.summary)
    }

    /// What every format must give back.
    pub fn rows(&self) -> Vec<super::Row> {
        let items = self.files.iter().flat_map(|file| &file.findings);
        items.map(|i| (i.path.clone(), i.rule.clone(), i.start.line, i.message.clone())).collect()
    }
}

fn plain(source: &str, on: &str, severity: Severity, rule: &str, message: &str) -> Finding {
    let start = source.find(on).expect("the words stand in the draft");
    Finding {
        rule: rule.into(),
        severity,
        confidence: Confidence::Medium,
        span: Span::new(start, start + on.len()),
        message: message.into(),
        related: Vec::new(),
        fixes: Vec::new(),
        meaning: None,
        fact: None,
        verdict: None,
        link: None,
    }
}

fn against_fact(source: &str, on: &str) -> Finding {
    let finding = plain(
        source,
        on,
        Severity::Error,
        "license",
        "Alpha is closed, not open source (The \"pivot\", 2026-04-08)",
    );
    let quote = SEED.find("No weights").expect("quote");
    let places = [
        ("the source says", Place::Source(claimlint::knowledge::SourceId(0), Span::new(quote, quote + 26))),
        ("the fact", Place::Fact(FactId(0))),
    ];
    Finding {
        fact: Some(FactId(0)),
        verdict: Some(Verdict::Contradicted),
        link: Some("https://example.org/license".into()),
        meaning: Some(Meaning {
            subject: "acme/alpha".into(),
            attribute: "openness".into(),
            value: "open-source".into(),
        }),
        related: places.map(|(message, place)| Related { message: message.into(), place }).into(),
        fixes: vec![Fix {
            title: "Write “closed”".into(),
            edits: vec![(finding.span, "closed".into())],
            safe: false,
        }],
        ..finding
    }
}
