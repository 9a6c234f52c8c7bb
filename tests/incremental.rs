//! Checking again after an edit finds what checking anew finds, whatever the edit.

use claimlint::check::{Checker, Incremental, Settings, check};
use claimlint::disk::embedded::FILES;
use claimlint::draft::{Draft, Format};
use claimlint::knowledge::SourceFile;
use claimlint::rule::pattern::{PatternSet, Reader, Vocabulary};
use claimlint::yaml;
use std::sync::Arc;

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % below.max(1)
    }

    fn of<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.roll(from.len())]
    }
}

/// What binds passages to one another: answers, pronouns, headings, tables, notes, lists, other fields and cases.
const LINKS: [&str; 24] = [
    "Is Muse Spark open source?",
    "No.",
    "Yes, it is.",
    "That is not true.",
    "It is open source.",
    "The model runs on WhatsApp.",
    "So does Llama 4 Maverick.",
    "## Muse Spark",
    "### Licence\n\nIt is open source.",
    "# Llama 4 Scout",
    "## Harbours",
    "| Model | Open source | Compute |\n| --- | --- | --- |\n| Muse Spark | yes | 10x less |\n| Llama 4 Scout | no | 3x more |",
    "All figures in the table are from the technical report that Meta published on 8 April 2026.",
    "Muse Spark needs 10x less training compute than Llama 4 Maverick.[^1]",
    "[^1]: [The report](https://example.org/report) has it.",
    "[^1]: As everybody knows.",
    "It is not true that Muse Spark:\n\n- is open source\n- runs on WhatsApp",
    "> Muse Spark is open source, they say.",
    "Spark is fast.",
    "<!-- claimlint: allow license -->",
    "<!-- vale words = NO -->",
    "The harbour was the the quiet one, and [the report](https://example.org) has *it*.",
    "```\nMuse Spark is open source\n```",
    "The harbour was quiet that morning, and the ferry ran late.",
];

/// A rule on wording, beside those that compare.
const WORDING: &str = "rule: runs-on\nsays: ['<run> ... (on|in)', 'open source']\nwhen:\n  stands: [stated, negated, asked]\n  \
    facts: {openness: not open-weight}\nmessage: '{subject} {match}'\n";

fn checker() -> Checker {
    let mut files: Vec<SourceFile> = FILES
        .iter()
        .map(|(name, text)| SourceFile { name: name.to_string(), text: text.to_string() })
        .collect();
    files.push(SourceFile { name: "runs-on.yaml".into(), text: WORDING.into() });
    let (checker, problems) = Checker::load(&files);
    assert_eq!(problems, []);
    checker
}

/// One edit: words and passages come, go, and change places.
fn edit(source: &mut String, dice: &mut Dice, passages: &[&str]) {
    let mut at = dice.roll(source.len() + 1);
    while !source.is_char_boundary(at) {
        at -= 1;
    }
    let paragraph = source[at..].find("\n\n").map_or(source.len(), |found| at + found);
    match dice.roll(9) {
        0 => source.insert_str(paragraph, &format!("\n\n{}", dice.of(passages))),
        1 | 2 => source.insert_str(paragraph, &format!("\n\n{}", dice.of(&LINKS))),
        3 => source.insert_str(paragraph, &format!(" {}", dice.of(&LINKS))),
        4 => source.insert_str(
            at,
            dice.of(&["x", " ", "\n", "\n\n", "not ", "Meta ", "#", "|", "- ", "[^1]", "`", "<", "é"]),
        ),
        5 => {
            let end = source[at..].find(' ').map_or(source.len(), |found| at + found + 1);
            source.replace_range(at..end, "");
        }
        6 => source.replace_range(at..paragraph, ""),
        7 => {
            let next =
                source.get(paragraph + 2..).and_then(|rest| rest.find("\n\n")).map(|end| paragraph + 2 + end);
            if let Some(next) = next {
                source.replace_range(paragraph..next, "");
            }
        }
        _ => {
            let moved: String = source.drain(at..paragraph).collect();
            let to = source.find("\n\n").unwrap_or(0);
            source.insert_str(to, &format!("\n\n{moved}"));
        }
    }
}

/// Pattern rules of every kind and of scopes that see a stretch, a part of one, and the whole.
const PATTERNS: &str = r"
rule: words
kind: existence
message: m
tokens: [harbour, 'Spark \w+ open', quiet]
---
rule: swaps
kind: substitution
message: m
scope: [sentence, heading, '~list']
swap: {ferry: boat, 'open source': open-weight}
---
rule: counts
kind: occurrence
message: m
token: 'the'
max: 1
scope: paragraph
---
rule: few
kind: occurrence
message: m
token: '\w+'
min: 3
scope: heading
---
rule: twice
kind: repetition
message: m
tokens: ['[^\s]+']
---
rule: either
kind: consistency
message: m
either: {10x: 3x, harbour: ferry}
---
rule: abbreviations
kind: conditional
message: m
first: '\b([A-Z]\w+)\b'
second: '\b([A-Z]\w+) (?:is|runs|needs)\b'
---
rule: titles
kind: capitalization
message: m
match: $title
scope: heading
---
rule: emphasis
kind: existence
message: m
tokens: [report]
scope: link
---
rule: lines
kind: existence
message: m
tokens: ['\n\n\w+']
scope: raw
---
rule: length
kind: metric
message: m
formula: words / sentences
condition: '> 5'
---
rule: only-two
kind: existence
message: m
tokens: [model, Llama]
limit: 2
";

fn patterns() -> PatternSet {
    let (nodes, problems) = yaml::parse_all(PATTERNS);
    assert_eq!(problems, []);
    let problems = yaml::Problems::new(0);
    let reader = Reader { vocabulary: &Vocabulary::default(), ascii: false, file: 0 };
    let rules: Vec<_> = nodes.iter().filter_map(|node| reader.read(&problems.item(node))).collect();
    assert_eq!((problems.take(), rules.len()), (Vec::new(), nodes.len()));
    PatternSet::new(rules)
}

#[test]
fn finds_what_checking_anew_finds() {
    edit_and_compare(&checker(), rounds());
}

#[test]
fn finds_what_pattern_rules_find_anew() {
    // Without claim rules, which the other test is for.
    let patterns = vec![Arc::new(patterns()), Arc::new(patterns())];
    edit_and_compare(&Checker { patterns, ..Checker::default() }, rounds());
}

fn edit_and_compare(checker: &Checker, rounds: u64) {
    let shipped = self::checker();
    let examples: Vec<&str> =
        shipped.rules.list.iter().flat_map(|rule| &rule.examples).map(|e| e.text.as_str()).collect();
    assert!(examples.len() > 20);
    let settings = Settings { today: "2026-11-23".parse().ok(), ..Settings::default() };
    let (mut all, mut kept) = (0, 0);
    for seed in 0..rounds {
        let mut dice = Dice(seed * 7919 + 1);
        let format = if seed % 8 == 7 { Format::Text } else { Format::Markdown };
        let mut source = String::from(dice.of(&["", "---\ndate: 2026-05-01\n---\n\n", "# Notes\n\n"]));
        for _ in 0..dice.roll(30) {
            let passage = if dice.roll(2) == 0 { dice.of(&LINKS) } else { dice.of(&examples) };
            source.push_str(passage);
            source.push_str("\n\n");
        }
        let mut incremental = Incremental::default();
        for step in 0..40 {
            let found = incremental.check(&source, format, checker, &settings);
            let anew = check(&Draft::parse(&source, format), checker, &settings);
            assert_eq!(found, anew, "seed {seed}, step {step}:\n{source}");
            all += anew.len();
            kept += usize::from(!anew.is_empty());
            edit(&mut source, &mut dice, &examples);
        }
    }
    assert!(all > 1000 && kept > 100, "{all} findings in {kept} states");
}

/// How many drafts are edited; more of them where somebody asks for a longer run.
fn rounds() -> u64 {
    std::env::var("ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(16)
}
