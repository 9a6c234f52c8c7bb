//! The built-in rules prove themselves: every example in their files holds, and each rule has enough of both kinds.

use claimlint::check::{Checker, Settings, check};
use claimlint::disk::embedded;
use claimlint::draft::{Draft, Format};
use claimlint::knowledge::SourceFile;
use claimlint::rule::proof::prove;

/// How many examples each rule must have that it flags, and how many that it passes.
const ENOUGH: usize = 3;
/// A rule that words what the others read needs no more than one of each.
const WORDS_OTHERS: [&str; 1] = ["disputed"];

#[test]
fn examples_of_built_in_rules_hold() {
    let checker = with(&[]);
    let mut faults = Vec::new();
    for rule in &checker.rules.list {
        let flags = rule.examples.iter().filter(|example| !example.flags.is_empty()).count();
        let enough = if WORDS_OTHERS.contains(&rule.name.as_str()) { 1 } else { ENOUGH };
        if flags < enough || rule.examples.len() - flags < enough {
            faults.push(format!("{}: {flags} of {} examples flag", rule.name, rule.examples.len()));
        }
        for example in &rule.examples {
            let failure = prove(example, &|draft| {
                let mut found = check(draft, &checker, &Settings::default());
                found.retain(|finding| finding.rule == rule.name);
                found
            });
            faults
                .extend(failure.map(|f| {
                    format!("{}\n    expected {}\n    found    {}", rule.name, f.expected, f.found)
                }));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_list_is_its_own_rules_whatever_others_are_called() {
    let rule = |name: &str, word: &str| {
        format!(
            "rule: {name}\ntitle: Words\nseverity: warning\nsays: ['{{model}} is {{trait}}']\nlists:\n  trait: [{word}]\nmessage: No.\n"
        )
    };
    let (first, second) = (rule("first", "zippy"), rule("second", "peppy"));
    let checker = with(&[("rules/first.yaml", &first), ("rules/second.yaml", &second)]);
    let draft =
        Draft::parse("Muse Spark is zippy, Muse Spark is peppy, and Muse Spark is new.", Format::Markdown);
    let found = check(&draft, &checker, &Settings::default());
    let found: Vec<(&str, &str)> =
        found.iter().map(|f| (f.rule.as_str(), f.span.of(&draft.source))).collect();
    assert_eq!(found, [("first", "Muse Spark is zippy"), ("second", "Muse Spark is peppy")]);
}

#[test]
fn every_fix_of_a_rule_is_offered() {
    let text = "rule: cooked\ntitle: Maker\nseverity: warning\ncompares: maker\nreads:\n  value: ['cooked up by {value:org}']\n\
                message: No.\nfixes: ['built by {fact}', 'from {fact}, not {claim}']\n";
    let checker = with(&[("rules/cooked.yaml", text)]);
    let draft = Draft::parse("Muse Spark was cooked up by OpenAI.", Format::Markdown);
    let found = check(&draft, &checker, &Settings::default());
    let titles: Vec<&str> = found.iter().flat_map(|f| &f.fixes).map(|fix| fix.title.as_str()).collect();
    let lab = "Meta Superintelligence Labs";
    let written = [format!("“{lab}”"), format!("“built by {lab}”"), format!("“from {lab}, not OpenAI”")];
    assert_eq!(
        titles,
        written.map(|words| format!("Write {words}")),
        "the name alone, and what the rule writes"
    );
}

#[test]
fn a_name_that_a_fact_lists_is_no_fault() {
    let facts = "subject: brontes/zephyrine\nkind: model\nname: Zephyrine\nfacts:\n  - region: {only: [Frankfurt, Osaka]}\n";
    let checker = with(&[("facts/zephyrine.yaml", facts)]);
    let text = "Zephyrine runs in Frankfurt. Zephyrine runs in Osaka. Zephyrine runs in Madrid.";
    let draft = Draft::parse(text, Format::Markdown);
    let found = check(&draft, &checker, &Settings::default());
    let found: Vec<&str> = found.iter().map(|f| f.span.of(&draft.source)).collect();
    assert_eq!(found, ["runs in Madrid"]);
}

/// The built-in files and some more, which must be in order.
fn with(own: &[(&str, &str)]) -> Checker {
    let all = embedded::FILES.iter().copied().chain(own.iter().copied());
    let files: Vec<SourceFile> =
        all.map(|(name, text)| SourceFile { name: name.to_string(), text: text.to_string() }).collect();
    let (checker, problems) = Checker::load(&files);
    assert_eq!(problems, []);
    checker
}
