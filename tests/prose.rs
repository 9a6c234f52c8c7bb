//! Passages as writers write them, in `tests/prose/*.yaml`: what the built-in rules and facts say of them on 8 April 2026.

use claimlint::check::{Checker, Settings, check};
use claimlint::disk::embedded::FILES;
use claimlint::draft::{Draft, Format};
use claimlint::knowledge::SourceFile;
use claimlint::rule::example::{mark, unmark};
use claimlint::text::Span;
use claimlint::yaml::{self, Problems};

/// A passage, the rules whose findings count (none: all of them), and what they flag.
struct Case {
    rules: Vec<String>,
    text: String,
    flags: Vec<Span>,
}

fn cases(source: &str) -> Vec<Case> {
    let problems = Problems::new(0);
    let (node, mut wrong) = yaml::parse(source);
    let node = node.expect("a YAML file");
    let mut cases = Vec::new();
    for item in problems.fields(&node).expect("a map").list("passages") {
        let mut fields = item.fields().expect("a map");
        let rules = fields.strings("rule");
        let (flag, pass) = (fields.string("flag"), fields.string("pass"));
        fields.finish();
        let (text, flags) = unmark(&flag.clone().or(pass).expect("`flag` or `pass`"));
        assert_eq!(flag.is_some(), !flags.is_empty() && !rules.is_empty(), "flags, marks and rules: {text}");
        cases.push(Case { rules, text, flags });
    }
    wrong.extend(problems.take());
    assert_eq!(wrong, []);
    cases
}

#[test]
fn passages_are_read_as_marked() {
    let files: Vec<SourceFile> = FILES
        .iter()
        .map(|(name, text)| SourceFile { name: name.to_string(), text: text.to_string() })
        .collect();
    let (checker, problems) = Checker::load(&files);
    assert!(problems.is_empty(), "{problems:?}");
    let settings = Settings { as_of: "2026-04-08".parse().ok(), ..Settings::default() };
    let mut wrong = Vec::new();
    for source in [include_str!("prose/real.yaml")] {
        for case in cases(source) {
            let draft = Draft::parse(&case.text, Format::Markdown);
            let mut found = check(&draft, &checker, &settings);
            found.retain(|f| case.rules.is_empty() || case.rules.contains(&f.rule));
            let spans: Vec<Span> = found.iter().map(|f| f.span).collect();
            let as_marked = spans.len() == case.flags.len()
                && spans.iter().zip(&case.flags).all(|(found, marked)| found.overlaps(*marked));
            if !as_marked {
                let said: Vec<&str> = found.iter().map(|f| f.message.as_str()).collect();
                wrong.push(format!("{}\n  {}", mark(&case.text, &spans), said.join("\n  ")));
            }
        }
    }
    assert!(wrong.is_empty(), "read otherwise than marked:\n{}", wrong.join("\n"));
}
