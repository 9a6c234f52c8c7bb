//! Pattern rules as a reader of their files meets them: what they find, mend, leave alone and cost.

use claimlint::check::Checker;
use claimlint::draft::{Draft, Format};
use claimlint::knowledge::SourceFile;
use claimlint::rule::example::{mark, unmark};
use claimlint::rule::fix;
use claimlint::rule::pattern::{
    Dictionaries, PatternRule, PatternSet, Reader, Round, Selection, Vocabulary, Which,
};
use claimlint::yaml::{Problems, parse};

fn rule(yaml: &str) -> PatternRule {
    let source = format!("rule: r\n{yaml}");
    let source = if yaml.contains("message:") { source } else { format!("{source}message: '%s'\n") };
    let mut dictionaries = Dictionaries::default();
    dictionaries.add("desk", "SFX S Y 1\nSFX S 0 s .\n", "4\nmodel/S\nword\nis\nknown\n");
    let accept = vec!["OpenAI".into(), "mea culpa".into()];
    let vocabulary = Vocabulary { accept, reject: Vec::new(), dictionaries };
    let problems = Problems::new(0);
    let reader = Reader { vocabulary: &vocabulary, ascii: false, file: 0 };
    let rule = reader.read(&problems.item(&parse(&source).0.expect(&source)));
    assert_eq!(problems.take(), [], "{source}");
    rule.expect("a rule")
}

fn set(yaml: &str) -> PatternSet {
    PatternSet::new(vec![rule(yaml)])
}

/// Checks one marked Markdown draft, and the messages if any are given.
fn holds(yaml: &str, marked: &str, messages: &[&str]) {
    let (text, _) = unmark(marked);
    let draft = Draft::parse(&text, Format::Markdown);
    let found = set(yaml).check(&draft, &Selection::default());
    let spans: Vec<_> = found.iter().map(|finding| finding.span).collect();
    assert_eq!(mark(&text, &spans), marked, "{yaml}");
    if !messages.is_empty() {
        let said: Vec<_> = found.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(said, messages, "{yaml}");
    }
}

#[test]
fn each_kind_finds_what_it_is_for_and_leaves_the_rest() {
    let very = "kind: existence\ntokens: [very, many]\nexceptions: [very many]\nignorecase: true\n";
    let swap = "kind: substitution\nignorecase: true\naction: {name: replace}\nmessage: \"use '%s', not '%s'\"\n\
        swap: {utilise: use, '(sanity|smoke) check': $1 test, 'halt': stop|end, openai: Open AI}\n";
    let acronyms = "kind: conditional\nfirst: '\\b[A-Z]{3}\\b'\nsecond: '\\(([A-Z]{3})\\)'\n";
    for (yaml, marked, messages) in [
        (very, "It is ⟦very⟧ fast, ⟦Many⟧ say; everyman and `very` do not.", &["very", "Many"][..]),
        (very, "very many of them", &[]),
        (
            swap,
            "⟦Utilise⟧ a ⟦smoke check⟧, then ⟦halt⟧.",
            &[
                "use 'use', not 'Utilise'",
                "use 'smoke test', not 'smoke check'",
                "use 'stop' or 'end', not 'halt'",
            ],
        ),
        (swap, "Use a test. OpenAI.", &[]),
        (acronyms, "The ⟦ABC⟧ (DEF) is one of the DEF.\n\nDEF again.", &[]),
        (
            "kind: spelling\nwords: [qux]\nfilters: ['^zz']\nexceptions: ['fo+']\n",
            "⟦wrod⟧ is “known”. models' word: `nonword`, mea culpa, ⟦mea⟧, openai, foo, Qux, zzz, GitHub, x1, WORD.",
            &["wrod", "mea"],
        ),
        ("kind: conditional\nfirst: 'May'\nsecond: '20\\d\\d'\n", "In ⟦May⟧.\n\nIn May 2026.", &[]),
        (
            "kind: consistency\neither: {colour: color}\nignorecase: true\n",
            "A colour.\n\nNo hue.\n\nA ⟦Color⟧.\n\nOne ⟦colour⟧.",
            &[],
        ),
        (
            "kind: repetition\ntokens: ['[^\\s]+']\nalpha: true\nignorecase: true\n",
            "It is ⟦the\nThe⟧ same. Same here, 5 5.",
            &["The"],
        ),
        (
            "kind: occurrence\ntoken: ','\nmax: 1\nscope: sentence\nmessage: '%d commas'\n",
            "One, two. A⟦,⟧ b, c.",
            &["2 commas"],
        ),
        ("kind: occurrence\ntoken: '[.]'\nmin: 1\nscope: paragraph\n", "⟦No⟧ stop\n\nA stop.", &["0"]),
        (
            "kind: capitalization\nscope: heading\nmatch: $sentence\nexceptions: [Llama]\n",
            "# ⟦The Big News Here⟧\n\n## The Llama news\n\nNot A Heading",
            &[],
        ),
        (
            "kind: capitalization\nscope: heading\nmatch: $title\n",
            "# The Big News of It\n\n## ⟦the big news⟧",
            &[],
        ),
        (
            "kind: existence\nscope: heading & ~heading.h1\ntokens: [news]\n",
            "# news\n\n## ⟦news⟧\n\nnews",
            &[],
        ),
        (
            "kind: existence\nscope: [link, table.cell]\ntokens: [here]\n",
            "here [⟦here⟧](x)\n\n| here |\n| --- |\n| ⟦here⟧ |",
            &[],
        ),
        (
            "kind: existence\nscope: raw\nnonword: true\ntokens: ['\\]\\(http:']\n",
            "[a⟦](http:⟧//b.c) `](http:`",
            &[],
        ),
        ("kind: existence\ntokens: ['a b']\nlimit: 2\n", "⟦a b⟧ ⟦a b⟧ a b", &[]),
        ("kind: existence\ntokens: [model]\n", "the **⟦model⟧** and models", &[]),
        (
            "kind: existence\ntokens: [very]\n",
            "<!-- vale off -->\n\nvery\n\n<!-- vale on -->\n\n⟦very⟧\n\n<!-- vale r = NO -->\n\nvery",
            &[],
        ),
    ] {
        // What the raw pattern meets in code stands in the raw text too.
        let marked = if yaml.contains("scope: raw") {
            marked.replace("`](http:`", "`⟦](http:⟧`")
        } else {
            marked.to_string()
        };
        holds(yaml, &marked, messages);
    }
}

#[test]
fn findings_are_mended() {
    for (yaml, before, after) in [
        (
            "kind: existence\ntokens: ['very ']\nnonword: true\naction: {name: remove}\n",
            "It is very fast.",
            Some("It is fast."),
        ),
        (
            "kind: repetition\ntokens: ['[^\\s]+']\naction: {name: edit, params: [truncate, ' ']}\n",
            "It is the the end.",
            Some("It is the end."),
        ),
        (
            "kind: existence\ntokens: ['\\w+ly-\\w+']\naction: {name: edit, params: [[regex, '(\\w+)-', '$1 ']]}\n",
            "a newly-built car",
            Some("a newly built car"),
        ),
        (
            "kind: substitution\nmatchcase: true\nignorecase: true\naction: {name: replace}\nswap: {utilise: use}\n",
            "UTILISE or Utilise",
            Some("USE or Use"),
        ),
        (
            "kind: capitalization\nscope: heading\nmatch: $sentence\naction: {name: replace}\n",
            "# The Big News",
            Some("# The big news"),
        ),
        // Which of two near words is meant is not for the program to say.
        ("kind: spelling\naction: {name: suggest, params: [spellings]}\n", "known wrod", Some("known word")),
        // What stands in markup is not rewritten by a rule that saw it without.
        ("kind: substitution\naction: {name: replace}\nswap: {a b: c}\n", "a **b**", None),
    ] {
        let draft = Draft::parse(before, Format::Markdown);
        let found = set(yaml).check(&draft, &Selection::default());
        assert!(!found.is_empty(), "{yaml}");
        assert_eq!(fix::apply(before, &found, true).map(|fixed| fixed.text).as_deref(), after, "{yaml}");
    }
}

#[test]
fn one_bad_rule_is_told_at_its_place_and_leaves_the_others() {
    for (yaml, expected) in [
        ("kind: existence\ntokens: [fine, 'a(b']\nmessage: m\n", "a.yaml:3:16: tokens[1]: "),
        (
            "kind: existance\ntokens: [a]\nmessage: m\n",
            "a.yaml:2:7: kind: unknown kind of pattern rule `existance` (did you mean `existence`?)",
        ),
        ("kind: script\nscript: x\nmessage: m\n", "a.yaml:2:7: kind: a `script` rule is a program"),
        ("kind: sequence\ntokens: [a]\nmessage: m\n", "needs parts of speech"),
        ("kind: spelling\nmessage: m\n", "no dictionary is at hand"),
        ("kind: spelling\ndictionaries: [en]\nmessage: m\n", "unknown dictionary `en`"),
        ("kind: existence\ntokens: [a]\n", "the key `message` is missing"),
        ("kind: existence\ntokens: [a]\nmesage: m\n", "unknown key `mesage` (did you mean `message`?)"),
        ("kind: occurrence\nmessage: m\ntokens: [a]\nmax: 1\n", "(did you mean `token`?)"),
        (
            "kind: existence\ntokens: [a]\nmessage: m\nscope: headings\n",
            "a.yaml:5:8: scope: unknown scope `headings` (did you mean `heading`?)",
        ),
        ("kind: existence\ntokns: [a]\nmessage: m\n", "an existence rule needs `tokens`"),
        (
            "kind: metric\nformula: words /\ncondition: '> 1'\nmessage: m\n",
            "a.yaml:3:10: formula: expected a number",
        ),
        ("kind: metric\nformula: wrods\ncondition: '> 1'\nmessage: m\n", "unknown quantity `wrods`"),
        (
            "kind: existence\ntokens: [a]\nmessage: m\naction: {name: suggest, params: [my.tengo]}\n",
            "no rule runs code",
        ),
    ] {
        let source = format!("rule: r\n{yaml}");
        let problems = Problems::new(0);
        let reader = Reader { vocabulary: &Vocabulary::default(), ascii: false, file: 0 };
        reader.read(&problems.item(&parse(&source).0.expect("yaml")));
        let told: Vec<_> = problems.take().iter().map(|p| p.describe("a.yaml", &source)).collect();
        assert!(told.iter().any(|line| line.contains(expected)), "{yaml}: {told:?}");
    }
}

#[test]
fn what_no_file_declares_is_told_with_what_may_be_meant() {
    let attributes = "attributes:\n  - attribute: colour\n    name: colour\n    type: choice\n    values: [{value: red}]\n";
    let rule = |rest: &str| format!("rule: r\nmessage: m\n{rest}");
    for (source, expected) in [
        (
            rule("compares: color\n"),
            "r.yaml:3:11: compares: unknown attribute `color` (did you mean `colour`?)",
        ),
        (
            rule("compares: colour\nreads:\n  rad: [reddish]\n"),
            "unknown value `rad` of `colour` (did you mean `red`?)",
        ),
        (rule("compares: colour\nreads:\n  red: ['{modle}']\n"), "is called `modle` (did you mean `model`?)"),
        (
            rule("says: [x]\nwhen: {facts: {colour: not rd}}\n"),
            "unknown value `rd` of `colour` (did you mean `red`?)",
        ),
        (rule("compares: colour\nwhen: {stands: asked}\n"), "`when` is for a rule with `says`"),
        (
            rule("compares: colour\n---\nrule: r\nmessage: m\ncompares: colour\n"),
            "another rule is called `r` too",
        ),
        (
            "pack: p\nversion: 1.0\nclaimlint: 0.1.0\n".to_string(),
            "r.yaml:2:10: version: `1.0` is no version",
        ),
        (
            "pack: p\nversion: 1.0.0\nclaimlint: 99.0.0\n".to_string(),
            "this pack needs claimlint 99.0.0 or later",
        ),
        ("pack: p\nversion: 1.0.0\nclaimlint: 0.1.0\nlicence: MTI\n".to_string(), "`MTI` is no SPDX licence"),
    ] {
        let file = |name: &str, text: &str| SourceFile { name: name.into(), text: text.into() };
        let (_, problems) = Checker::load(&[file("a.yaml", attributes), file("r.yaml", &source)]);
        let told: Vec<_> = problems.iter().map(|p| p.describe("r.yaml", &source)).collect();
        assert!(told.iter().any(|line| line.contains(expected)), "{source}: {told:?}");
    }
}

#[test]
fn many_rules_run_few_patterns() {
    let text = "The quick brown fox jumps over the lazy dog near the river bank today. ".repeat(40);
    let draft = Draft::parse(&text, Format::Markdown);
    let runs = |count: usize| {
        let word = |i: usize| {
            format!("kind: existence\nignorecase: true\ntokens: [absent{i}word, '(?<=no )other{i}']\n")
        };
        let mut rules: Vec<_> = (0..count - 1).map(|i| rule(&word(i))).collect();
        rules.push(rule("kind: existence\ntokens: [lazy]\n"));
        let (set, selection) = (PatternSet::new(rules), Selection::default());
        let mut round = Round::new(&set, &selection, Which::All);
        assert_eq!(round.look(&draft, 0, None).0.len(), 40);
        round.runs
    };
    assert_eq!(runs(10), runs(500));
}

#[test]
fn hostile_patterns_and_texts_end() {
    let hostile = [
        "kind: existence\nnonword: true\ntokens: ['(?=(a+)+$)(a+)+b']\n",
        "kind: existence\nnonword: true\ntokens: ['(\\w+\\s?)*\\1!']\n",
        "kind: existence\nraw: ['(?:a|a)*(?!c)d']\n",
        "kind: conditional\nfirst: '(?:a?){40}a{40}'\nsecond: b\n",
        "kind: repetition\ntokens: ['a', 'a+']\n",
    ];
    for yaml in hostile {
        for text in ["a".repeat(20_000), "a ".repeat(10_000), "a\n\n".repeat(5_000)] {
            set(yaml).check(&Draft::parse(&text, Format::Markdown), &Selection::default());
        }
    }
}
