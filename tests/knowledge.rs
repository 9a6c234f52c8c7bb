//! Fact files load piece by piece, and mistakes are named with their place.

use claimlint::knowledge::{Knowledge, SourceFile, verify};
use claimlint::yaml::Problem;

fn file(name: &str, text: &str) -> SourceFile {
    SourceFile { name: name.into(), text: text.into() }
}

fn attributes() -> SourceFile {
    file("rules/attributes.yaml", include_str!("../rules/attributes.yaml"))
}

fn describe(files: &[SourceFile], problems: &[Problem]) -> Vec<String> {
    problems.iter().map(|p| p.describe(&files[p.file].name, &files[p.file].text)).collect()
}

const SEED: &str = "\
---
title: Tarn 2 is out
date: 2026-03-02
---

Fell Labs released Tarn 2 on 2 March 2026. Its weights
are free to download, and it doesn’t hear.
";

/// Loads `facts` with the shipped attributes and a small seed, and gives all problems of loading and verifying.
fn problems_of(facts: &str) -> Vec<String> {
    let files = [attributes(), file("seeds/tarn.md", SEED), file("f.yaml", facts)];
    let (knowledge, problems) = Knowledge::load(&files);
    let mut shown = describe(&files, &problems);
    shown.extend(describe(&files, &verify(&knowledge)));
    shown
}

#[test]
fn mistakes_are_named_with_their_place() {
    let cases: &[(&str, &[&str])] = &[
        (
            "subject: fell/tarn\nkind: modell\nname: Tarn\n",
            &["f.yaml:1:10: subject: unknown kind `modell` (did you mean `model`?)"],
        ),
        ("subjct: fell/tarn\n", &["f.yaml:1:1: subjct: unknown key `subjct` (did you mean `subject`?)"]),
        (
            "subject: fell/tarn\nkind: model\nname: Tarn\npart_of: Tarn\n",
            &["f.yaml:1:10: subject: a subject is no part of itself"],
        ),
        (
            "subject: fell/tarn\nfacts: []\n",
            &["f.yaml:1:10: subject: no file gives this subject both a `name` and a `kind`"],
        ),
    ];
    for (facts, expected) in cases {
        assert_eq!(problems_of(facts), *expected, "{facts}");
    }
}

#[test]
fn wrong_facts_are_named_with_their_place() {
    let head = "source: tarn\nsubject: fell/tarn\nkind: model\nname: Tarn\nfacts:\n";
    let quote = ", quote: Fell Labs released Tarn 2";
    let cases: &[(&str, &[&str])] = &[
        (
            "{opennes: closed}",
            &["f.yaml:6:4: facts[0].opennes: unknown key or attribute `opennes` (did you mean `openness`?)"],
        ),
        (
            "{openness: open-wieght}",
            &["f.yaml:6:14: facts[0].openness: unknown value `open-wieght` (did you mean `open-weight`?)"],
        ),
        (
            "{from: 2026-01-01}",
            &["f.yaml:6:3: facts[0]: the fact names no attribute, like `openness: closed`"],
        ),
        (
            "{openness: closed, from: 2026-04-31}",
            &[
                "f.yaml:6:28: facts[0].from: expected a date like 2026-04-08, 2026-04 or 2026, found `2026-04-31`",
                "f.yaml:6:3: fell/tarn#openness-1: the fact quotes nothing from `tarn`",
            ],
        ),
        (
            "{api: general, state: doubted, quote: Fell Labs}",
            &["f.yaml:6:25: facts[0].state: unknown state `doubted` (known: asserted, disputed, superseded)"],
        ),
        (
            "{modality-in: [text, pictures], quote: Fell Labs}",
            &[
                "f.yaml:6:24: facts[0].modality-in[1]: unknown member `pictures` (known: text, image, scan, audio, \
               speech, video, pdf, fell/tarn)",
            ],
        ),
        (
            "{maker: Fell Lab, quote: Fell Labs}",
            &["f.yaml:6:11: facts[0].maker: unknown subject `Fell Lab` (known: fell/tarn, Tarn)"],
        ),
        (
            "{price: {amount: 2, currency: usd, per: million token}, quote: Fell Labs}",
            &[
                "f.yaml:6:33: facts[0].price.currency: a currency is three capitals, like EUR",
                "f.yaml:6:43: facts[0].price.per: expected a number and a unit, like `1e6 token`",
            ],
        ),
        (
            "{efficiency: {factor: 0, metric: memory}, quote: Fell Labs}",
            &["f.yaml:6:25: facts[0].efficiency.factor: a ratio is greater than 0"],
        ),
        (
            "{efficiency: {metric: memory}, quote: Fell Labs}",
            &["f.yaml:6:16: facts[0].efficiency: a ratio has a `factor` or a `share`, one of the two"],
        ),
        (
            "{openness: closed, source: {seed: tarm, quote: x}}",
            &[
                "f.yaml:6:37: facts[0].source.seed: unknown source `tarm` (did you mean `tarn`?)",
                "f.yaml:6:3: fell/tarn#openness-1: the fact names no source",
            ],
        ),
        (
            "{openness: open-weight, quote: 'Its weights are open to download'}",
            &[
                "f.yaml:6:3: fell/tarn#openness-1: the quote does not stand in `tarn` (the nearest passage is “Its \
               weights\nare free to download”)",
            ],
        ),
        (
            "{modality-in: {not: [audio]}, quote: \"it doesn't hear\"}\n- {openness: open-weight, quote: 'Its weights are free'}",
            &[],
        ),
        (
            "{api: general, from: 2026-05-01, to: 2026-04, quote: Fell Labs}",
            &["f.yaml:6:3: fell/tarn#api-1: it ends on 2026-04-30, before it begins on 2026-05-01"],
        ),
        (
            "{api: general, as_of: 2026-02-01, quote: Fell Labs}",
            &["f.yaml:6:3: fell/tarn#api-1: as of 2026-02-01 its source of 2026-03-02 had said nothing"],
        ),
        (
            "{api: general, state: disputed, quote: Fell Labs}",
            &["f.yaml:6:3: fell/tarn#api-1: a disputed fact says in `conflicts_with` which facts dispute it"],
        ),
        (
            "{api: general, id: a, quote: Fell Labs}\n- {api: none, id: a, quote: Fell Labs}",
            &["f.yaml:7:3: facts[1]: the fact `a` stands here a second time"],
        ),
    ];
    for (fact, expected) in cases {
        let facts = format!("{head}- {}\n", fact.replace(", quote: Fell Labs", quote));
        assert_eq!(problems_of(&facts), *expected, "{fact}");
    }
}

#[test]
fn facts_contradict_only_at_the_same_time_and_scope() {
    let head = "source: tarn\nsubject: fell/tarn\nkind: model\nname: Tarn\nfacts:\n";
    let cases = [
        ("api: general", "api: none", true),
        ("api: none, to: 2026-04-30", "api: general, from: 2026-05-01", false),
        ("api: none, to: 2026-05-01", "api: general, from: 2026-05-01", true),
        ("api: none, scope: {region: a}", "api: general, scope: {region: b}", false),
        ("api: none, state: superseded", "api: general", false),
        ("openness: open-source", "openness: open-weight", false),
        ("openness: open-source", "openness: closed", true),
        ("release: 2026-03", "release: 2026-03-02", false),
        ("release: 2026-04", "release: 2026-03-02", true),
        ("modality-in: [text]", "modality-in: [image]", false),
        ("modality-in: {only: [text]}", "modality-in: [image]", true),
        ("modality-in: {not: [image]}", "modality-in: [image]", true),
        ("price: {amount: 1, currency: EUR, side: input}", "price: {amount: 1, currency: USD}", false),
        (
            "price: {amount: 1, currency: EUR, per: token}",
            "price: {amount: 2, currency: EUR, per: token}",
            true,
        ),
        ("parameters: 9e9", "parameters: 8e9", true),
        ("parameters: 9e9, scope: {of: total}", "parameters: 8e9, scope: {of: active}", false),
        ("efficiency: {factor: 2, metric: memory}", "efficiency: {factor: 3, metric: speed}", false),
        ("efficiency: {factor: 2, metric: memory}", "efficiency: {factor: 3, metric: memory}", true),
        ("efficiency: {share: 0.5, metric: memory}", "efficiency: {factor: 2, metric: memory}", false),
    ];
    for (one, other, contradict) in cases {
        let quote = "quote: Fell Labs released Tarn 2";
        let found = problems_of(&format!("{head}- {{{one}, {quote}}}\n- {{{other}, {quote}}}\n"));
        let expected = usize::from(contradict);
        assert_eq!(found.len(), expected, "{one} | {other}: {found:?}");
        assert!(found.iter().all(|p| p.contains("which holds at the same time")), "{found:?}");
    }
}

/// What the shipped facts say of a subject on a day, in words.
fn said(knowledge: &Knowledge, subject: &str, attribute: &str, day: &str) -> Vec<String> {
    let subject = knowledge.subject(subject).unwrap_or_else(|| panic!("no subject {subject}"));
    let attribute = knowledge.attribute(attribute).unwrap_or_else(|| panic!("no attribute {attribute}"));
    let facts = knowledge.facts_at(subject, attribute, day.parse().unwrap());
    facts.map(|fact| knowledge.words(fact.attribute, &fact.value)).collect()
}

#[test]
fn later_files_add_and_replace() {
    let first = file(
        "a.yaml",
        "subject: fell/tarn\nkind: model\nname: Tarn\nfacts:\n- {id: t, api: none}\n- openness: closed\n",
    );
    let second = file(
        "b.yaml",
        "subject: fell/tarn\naliases: [Tarn 1]\nfacts:\n- {id: t, api: general}\n- parameters: 3e9\n",
    );
    // The order of the files decides only which fact wins.
    for (files, api) in [([&first, &second], "generally available"), ([&second, &first], "no API")] {
        let mut files: Vec<SourceFile> = files.into_iter().cloned().collect();
        files.push(attributes());
        let (knowledge, problems) = Knowledge::load(&files);
        assert_eq!(describe(&files, &problems), [""; 0]);
        assert_eq!(knowledge.facts.len(), 3);
        assert_eq!(said(&knowledge, "fell/tarn", "api", "2026-01-01"), [api]);
        let names: Vec<&str> =
            knowledge.subjects[0].aliases.iter().map(|alias| alias.text.as_str()).collect();
        assert_eq!(names, ["Tarn", "Tarn 1"]);
    }
}

#[test]
fn choices_know_all_they_imply_and_exclude() {
    let (knowledge, _) = Knowledge::load(&[attributes()]);
    let openness = &knowledge[knowledge.attribute("openness").unwrap()];
    let claimlint::knowledge::AttributeType::Choice(choices) = &openness.kind else { panic!("no choice") };
    let shown: Vec<String> = choices
        .iter()
        .map(|c| format!("{} > {} | {}", c.id, c.implies.join(" "), c.excludes.join(" ")))
        .collect();
    assert_eq!(
        shown,
        [
            "open-source > open-weight | closed gated restricted",
            "open-weight >  | closed",
            "restricted > open-weight | closed open-source",
            "free-download > open-weight | closed gated",
            "gated > open-weight | closed free-download open-source",
            "closed >  | free-download gated open-source open-weight restricted",
        ]
    );
}

/// Whatever stands in a file, loading and verifying end with problems, not with a panic.
#[test]
fn any_file_loads() {
    let words = [
        "subject: a/b",
        "subjects:",
        "facts:",
        "- ",
        "kind: model",
        "name: N",
        "openness: closed",
        "efficiency:",
        "{factor: 1e999, metric: x}",
        "{share: -1}",
        "price: {amount: x}",
        "from: 2026-99-99",
        "from: 9999-12-31",
        "quote: ''",
        "source: {seed: tarn, quote: 'Fell'}",
        "part_of: a/b",
        "version_of: a/b",
        "maker: a/b",
        "[",
        "]",
        "{",
        "}",
        "surface: {only: [], not: [[[api]]]}",
        "attributes:",
        "attribute: x",
        "type: choice",
        "values: [{value: a, implies: [a]}]",
        "\n",
        "\n  ",
        "\n    ",
        "scope: {a: [b]}",
        "conflicts_with: [x, y]",
        "---",
        "sources:",
        "source: s",
        "file: tarn.md",
        "#",
    ];
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    for round in 0..4_000 {
        let mut text =
            String::from(if round % 2 == 1 { "subject: a/b\nkind: model\nname: N\nfacts:\n- {" } else { "" });
        for _ in 0..round % 23 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(words[(seed >> 33) as usize % words.len()]);
            text.push_str(if seed.is_multiple_of(3) { "\n- " } else { ", " });
        }
        let attributes = file(
            "rules/attributes.yaml",
            "attributes: [{attribute: openness, name: o, type: choice, values: [closed]},\
            {attribute: efficiency, name: e, type: ratio}, {attribute: price, name: p, type: money}, {attribute: surface, name: s, type: set}]",
        );
        let files = [attributes, file("seeds/tarn.md", SEED), file("f.yaml", &text)];
        let (knowledge, problems) = Knowledge::load(&files);
        for problem in problems.iter().chain(&verify(&knowledge)) {
            let text = &files[problem.file].text;
            assert!(text.get(problem.span.start..problem.span.end).is_some(), "{problem:?} in {text:?}");
        }
    }
}
