//! Fact files load piece by piece, mistakes are named with their place, and what ships verifies.

use claimlint::knowledge::{Knowledge, SourceFile, verify};
use claimlint::yaml::Problem;

fn file(name: &str, text: &str) -> SourceFile {
    SourceFile { name: name.into(), text: text.into() }
}

fn attributes() -> SourceFile {
    file("rules/attributes.yaml", include_str!("../rules/attributes.yaml"))
}

/// The shipped attributes, facts and seeds.
fn shipped() -> Vec<SourceFile> {
    let mut files = vec![attributes()];
    files.extend(read("rules/facts"));
    files.extend(read("seeds"));
    files
}

/// Files of `folder`, in order of name.
fn read(folder: &str) -> Vec<SourceFile> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> = entries.filter(|path| path.is_file()).collect();
    paths.sort();
    paths.iter().map(|path| file(path.to_str().unwrap(), &std::fs::read_to_string(path).unwrap())).collect()
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

#[test]
fn shipped_facts_verify() {
    let files = shipped();
    let (knowledge, problems) = Knowledge::load(&files);
    assert_eq!(describe(&files, &problems), [""; 0]);
    assert_eq!(describe(&files, &verify(&knowledge)), [""; 0]);
    assert!(knowledge.facts.len() > 100);
}

#[test]
fn worlds_verify() {
    let worlds = ["grannock-ai", "halvorsk-commons", "hexaphane", "veldrane", "wolderness-institute"];
    let mut all = vec![attributes()];
    for world in worlds {
        let mut files = vec![attributes()];
        files.extend(read(&format!("tests/worlds/{world}")));
        let (knowledge, problems) = Knowledge::load(&files);
        assert_eq!(describe(&files, &problems), [""; 0]);
        assert_eq!(describe(&files, &verify(&knowledge)), [""; 0]);
        assert!(knowledge.facts.len() > 20, "{world}");
        all.extend(files.split_off(1));
    }
    // Together with the shipped facts they live side by side.
    all.extend(shipped().split_off(1));
    let (knowledge, problems) = Knowledge::load(&all);
    assert_eq!(describe(&all, &problems), [""; 0]);
    assert_eq!(describe(&all, &verify(&knowledge)), [""; 0]);
}
