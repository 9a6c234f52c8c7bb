//! Values in prose: what is found, where, and how it reads; and what must stay silent.
//!
//! A case is a text with each value's span in ⟦…⟧ and the values in a short form: `x10` multiple, `f0.1` fraction,
//! `p0.4` percent, `n1000 people` count, `USD1.2/1000000 token input` money, `d2026-4-8` date; with `>`, `>=`, `<`, `<=`
//! or `~` before for the bound, and `20..35` for a range.

use claimlint::language::token::{Lexicon, tokenize};
use claimlint::text::Span;
use claimlint::value::{Agreement, Bound, Found, Kind, Number, RatioForm, Vocabulary};
use claimlint::yaml::{self, Problems};
use std::sync::LazyLock;

static BUILT: LazyLock<(Vocabulary, Lexicon)> = LazyLock::new(|| {
    let sources = [
        ("values.yaml", include_str!("../rules/language/values.yaml")),
        ("licences.yaml", include_str!("../rules/licences.yaml")),
    ];
    let nodes = sources.map(|(name, source)| {
        let (node, problems) = yaml::parse(source);
        let told: Vec<String> = problems.iter().map(|p| p.describe(name, source)).collect();
        assert!(told.is_empty(), "{told:#?}");
        node.expect("a document")
    });
    let problems = [Problems::new(0), Problems::new(1)];
    let mut lexicon = Lexicon::default();
    let vocabulary =
        Vocabulary::build(&problems[0].item(&nodes[0]), &problems[1].item(&nodes[1]), &mut lexicon);
    for (problems, (name, source)) in problems.into_iter().zip(sources) {
        let told: Vec<String> = problems.take().iter().map(|p| p.describe(name, source)).collect();
        assert!(told.is_empty(), "{told:#?}");
    }
    (vocabulary, lexicon)
});

fn find(text: &str) -> Vec<Found> {
    let (vocabulary, lexicon) = &*BUILT;
    let mut tokens = Vec::new();
    tokenize(text, lexicon, &mut tokens);
    vocabulary.find(text, &tokens)
}

fn short(kind: &Kind) -> String {
    match kind {
        Kind::Ratio { number, form } => {
            let letter = match form {
                RatioForm::Multiple => 'x',
                RatioForm::Fraction => 'f',
                RatioForm::Percent => 'p',
            };
            amount(number, &letter.to_string())
        }
        Kind::Count { number, unit } => {
            let unit = unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
            format!("{}{unit}", amount(number, "n"))
        }
        Kind::Money { number, currency, per } => {
            let per = per.as_ref().map(|per| {
                let side = per.side.as_ref().map(|side| format!(" {side}")).unwrap_or_default();
                format!("/{} {}{side}", per.count, per.unit)
            });
            format!("{}{}", amount(number, currency), per.unwrap_or_default())
        }
        Kind::Date(date) => {
            let year = date.year.map_or("?".to_string(), |year| year.to_string());
            let month = date.month.map_or("?".to_string(), |month| month.to_string());
            let day = date.day.map_or("?".to_string(), |day| day.to_string());
            format!("d{year}-{month}-{day}")
        }
        Kind::Licence(id) => format!("l{id}"),
    }
}

fn amount(number: &Number, letter: &str) -> String {
    let bound = match number.bound {
        Bound::Plain => "",
        Bound::About => "~",
        Bound::AtLeast => ">=",
        Bound::Over => ">",
        Bound::AtMost => "<=",
        Bound::Under => "<",
    };
    let round = |value: f64| (value * 1e6).round() / 1e6;
    let (low, high) = (round(number.low), round(number.high));
    let range = if low == high { format!("{low}") } else { format!("{low}..{high}") };
    format!("{bound}{letter}{range}")
}

/// The text without its marks, and the spans that they held.
fn unmark(marked: &str) -> (String, Vec<Span>) {
    let (mut text, mut spans, mut open) = (String::new(), Vec::new(), 0);
    for c in marked.chars() {
        match c {
            '⟦' => open = text.len(),
            '⟧' => spans.push(Span::new(open, text.len())),
            c => text.push(c),
        }
    }
    (text, spans)
}

fn agree(cases: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (marked, expected) in cases {
        let (text, spans) = unmark(marked);
        let found = find(&text);
        let values: Vec<String> = found.iter().map(|f| short(&f.kind)).collect();
        let found_spans: Vec<Span> = found.iter().map(|f| f.span).collect();
        let cores = found.iter().all(|f| f.span.contains(f.core) && !f.core.is_empty());
        if values.join("; ") != *expected || found_spans != spans || !cores {
            let got: Vec<&str> = found_spans.iter().map(|span| span.of(&text)).collect();
            wrong
                .push(format!("{marked}\n   expected {expected}\n   found    {} {got:?}", values.join("; ")));
        }
    }
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn ratios() {
    agree(&[
        ("It is ⟦10x⟧ cheaper to train.", "x10"),
        ("It is ⟦10×⟧ cheaper.", "x10"),
        ("A ⟦10X⟧ gain", "x10"),
        ("⟦over 10x⟧ more efficient", ">x10"),
        ("⟦more than ten times⟧ the throughput", ">x10"),
        ("a gain of ⟦×10⟧ in compute", "x10"),
        ("a ⟦near-tenfold⟧ drop", "<x10"),
        ("a ⟦tenfold⟧ drop", "x10"),
        ("a ⟦ten-fold⟧ drop", "x10"),
        ("a ⟦12-fold⟧ drop", "x12"),
        ("a ⟦twentyfold⟧ drop", "x20"),
        ("a ⟦hundredfold⟧ drop", "x100"),
        ("a ⟦twenty-five-fold⟧ drop", "x25"),
        ("⟦ten times⟧ less energy", "x10"),
        ("⟦1.3 times⟧ faster", "x1.3"),
        ("⟦at least 10+ times⟧ faster", ">=x10"),
        ("⟦10x or more⟧ on a good day", ">=x10"),
        ("⟦an order of magnitude⟧ less compute", "x10"),
        ("⟦two orders of magnitude⟧ less compute", "x100"),
        ("⟦more than one order of magnitude⟧ less", ">x10"),
        ("⟦about an order of magnitude⟧ less", "~x10"),
        ("⟦an order-of-magnitude⟧ saving", "x10"),
        ("⟦orders of magnitude⟧ less", ">=x100"),
        ("⟦half an order of magnitude⟧ less", "x3.162278"),
        ("cut by ⟦a factor of ten⟧", "x10"),
        ("cut by ⟦a factor of more than 10⟧", ">x10"),
        ("a ⟦5-10x⟧ gain", "x5..10"),
        ("⟦8x to 12x⟧ cheaper", "x8..12"),
        ("⟦two or three times⟧ faster", "x2..3"),
        ("⟦between 5 and 10 times⟧ faster", "x5..10"),
        ("It needs ⟦twice⟧ the memory.", "x2"),
        ("It ⟦doubled⟧ its speed.", "x2"),
        ("It ⟦halved⟧ the cost.", "f0.5"),
        ("⟦half⟧ the compute", "f0.5"),
        ("⟦half⟧ of its members", "f0.5"),
        ("at ⟦half⟧-price", "f0.5"),
        ("⟦a tenth⟧ of the compute", "f0.1"),
        ("⟦one-tenth⟧ the cost", "f0.1"),
        ("⟦one tenth⟧ of it", "f0.1"),
        ("⟦under one-tenth⟧ of the bill", "<f0.1"),
        ("for ⟦less than a tenth⟧ of the bill", "<f0.1"),
        ("⟦nine-tenths⟧ of it", "f0.9"),
        ("⟦two-thirds⟧ of the energy", "f0.666667"),
        ("⟦two fifths⟧ of the energy", "f0.4"),
        ("⟦1/10⟧ the cost", "f0.1"),
        ("⟦1/20th⟧ the cost", "f0.05"),
        ("⟦a 20th⟧ of the cost", "f0.05"),
        ("cut costs by ⟦a third⟧ last year", "f0.333333"),
        ("⟦a quarter⟧ of the price", "f0.25"),
        ("⟦three-quarters⟧ of the price", "f0.75"),
        ("⟦nine out of ten⟧ people", "f0.9"),
        ("⟦one in ten⟧ answers", "f0.1"),
        ("⟦a ratio of one to ten⟧", "f0.1"),
        ("⟦a ratio of 1:10⟧", "f0.1"),
        ("⟦40%⟧ cheaper", "p0.4"),
        ("⟦15 percent⟧ cheaper", "p0.15"),
        ("⟦fifteen per cent⟧ cheaper", "p0.15"),
        ("⟦900 percent⟧ more", "p9"),
        ("⟦20 to 35 percent⟧ cheaper", "p0.2..0.35"),
        ("⟦20%-35%⟧ cheaper", "p0.2..0.35"),
        ("⟦20–35%⟧ cheaper", "p0.2..0.35"),
        ("⟦half a percent⟧ better", "p0.005"),
        ("⟦>10×⟧ gain", ">x10"),
        ("⟦≥ 10x⟧ gain", ">=x10"),
        ("⟦~10x⟧ gain", "~x10"),
        ("⟦up to 10x⟧ gain", "<=x10"),
        ("⟦almost ten times⟧ faster", "<x10"),
        ("⟦only a tenth⟧ of the compute", "f0.1"),
        ("She asked ⟦three times⟧.", "x3"),
        ("⟦well over ten times⟧ faster", ">x10"),
        ("⟦two and a half times⟧ faster", "x2.5"),
        ("⟦a hundred times⟧ faster", "x100"),
    ]);
}

#[test]
fn counts() {
    agree(&[
        ("a ⟦3⟧ × ⟦4⟧ grid", "n3; n4"),
        ("⟦over 1,000 physicians⟧ helped", ">n1000 people"),
        ("⟦1,000+ physicians⟧ helped", ">=n1000 people"),
        ("⟦1,000-plus doctors⟧", ">=n1000 people"),
        ("⟦a thousand doctors⟧", "n1000 people"),
        ("⟦upward of 5,000 doctors⟧", ">n5000 people"),
        ("⟦some 10,000 clinicians⟧", "~n10000 people"),
        ("⟦about a hundred physicians⟧", "~n100 people"),
        ("⟦more than a thousand practising physicians⟧", ">n1000 people"),
        ("⟦27 billion parameters⟧", "n27000000000 parameter"),
        ("⟦fourteen billion parameters⟧", "n14000000000 parameter"),
        ("⟦17 billion active parameters⟧", "n17000000000 parameter"),
        ("a ⟦70B-parameter⟧ model", "n70000000000 parameter"),
        ("⟦only 27B⟧ of them", "n27000000000"),
        ("a ⟦32k⟧ window", "n32000"),
        ("a ⟦128K token⟧ window", "n128000 token"),
        ("⟦half a million and change⟧", ">n500000"),
        ("⟦half a million tokens⟧", "n500000 token"),
        ("⟦a quarter of a million tokens⟧", "n250000 token"),
        ("⟦two million tokens⟧", "n2000000 token"),
        ("⟦1–2 million tokens⟧", "n1000000..2000000 token"),
        ("⟦one and a half million tokens⟧", "n1500000 token"),
        ("⟦1.5 million tokens⟧", "n1500000 token"),
        ("⟦one point five million tokens⟧", "n1500000 token"),
        ("⟦a million and a half tokens⟧", "n1500000 token"),
        ("⟦some 14 billion⟧", "~n14000000000"),
        ("past the ⟦thousand⟧ mark", "n1000"),
        ("⟦a dozen images⟧", "n12 image"),
        ("⟦two dozen clips⟧", "n24 clip"),
        ("⟦hundreds of thousands of people⟧", "n200000..1000000 people"),
        ("⟦thirty-two seconds⟧ of video", "n32 second"),
        ("⟦a hundred and twenty frames⟧", "n120 frame"),
        ("⟦two hundred thousand tokens⟧", "n200000 token"),
        ("⟦80 tokens per second⟧", "n80 token-per-second"),
        ("⟦80GB⟧ of memory", "n80 gigabyte"),
        ("⟦3.8e25 FLOPs⟧", "n38000000000000000000000000 flop"),
        ("⟦10^26 FLOPs⟧", "n100000000000000000000000000 flop"),
        ("⟦a million-token⟧ window", "n1000000 token"),
        ("⟦no fewer than 300 doctors⟧", ">=n300 people"),
        ("⟦fewer than 300 doctors⟧", "<n300 people"),
        ("⟦300 doctors or fewer⟧", "<=n300 people"),
        ("In total ⟦12⟧ were tried.", "n12"),
    ]);
}

#[test]
fn money() {
    agree(&[
        ("It costs ⟦$1.20 per million input tokens⟧.", "USD1.2/1000000 token input"),
        ("It costs ⟦$1.20/M in⟧.", "USD1.2/1000000 token input"),
        ("It costs ⟦$1.20/1M tokens⟧.", "USD1.2/1000000 token"),
        ("It costs ⟦$1.20 / 1M output tokens⟧.", "USD1.2/1000000 token output"),
        ("⟦$4/MTok⟧", "USD4/1000000 token"),
        ("⟦€0.30 per million tokens⟧", "EUR0.3/1000000 token"),
        ("⟦a buck per million⟧", "USD1/1000000 token"),
        ("⟦a buck a million⟧", "USD1/1000000 token"),
        ("⟦a dollar twenty per million in⟧", "USD1.2/1000000 token input"),
        ("⟦seven cents per second⟧", "USD0.07/1 second"),
        ("⟦seven cents a second⟧", "USD0.07/1 second"),
        ("⟦7¢ for every second⟧ of video", "USD0.07/1 second"),
        ("⟦half a cent per image⟧", "USD0.005/1 image"),
        ("⟦four cents each⟧", "USD0.04/1 item"),
        ("⟦$20 monthly⟧", "USD20/1 month"),
        ("⟦$20 a month⟧", "USD20/1 month"),
        ("⟦$20/month⟧ plan", "USD20/1 month"),
        ("⟦$2 for a million tokens in⟧", "USD2/1000000 token input"),
        ("⟦$2 per million going in⟧", "USD2/1000000 token input"),
        ("⟦$2 per million tokens⟧ in Europe", "USD2/1000000 token"),
        ("⟦A million input tokens cost $1.20⟧ now.", "USD1.2/1000000 token input"),
        ("each ⟦image costs four cents⟧", "USD0.04/1 image"),
        ("⟦$3 buys a million output tokens⟧", "USD3/1000000 token output"),
        ("⟦$1.25 in⟧ and ⟦$4.25 out⟧", "USD1.25/1000000 token input; USD4.25/1000000 token output"),
        ("⟦$14 billion⟧ deal", "USD14000000000"),
        ("⟦about $14bn⟧ deal", "~USD14000000000"),
        ("⟦twelve dollars and fifty cents⟧", "USD12.5"),
        (
            "⟦$1.25⟧/⟦$4.25 per million input/output tokens⟧",
            "USD1.25/1000000 token input; USD4.25/1000000 token output",
        ),
        ("from ⟦$3⟧ to ⟦$1.20 per million tokens⟧", "USD3/1000000 token; USD1.2/1000000 token"),
        ("⟦A second of video now costs just seven cents⟧.", "USD0.07/1 second"),
        ("For every ⟦second of footage you pay 7 cents⟧.", "USD0.07/1 second"),
        ("⟦A million tokens in will run you a dollar twenty⟧.", "USD1.2/1000000 token input"),
        ("⟦two to three cents⟧", "USD0.02..0.03"),
        ("⟦$1 to $2 a pop⟧", "USD1..2/1 item"),
        ("⟦$1–2⟧", "USD1..2"),
        ("⟦20 kr⟧", "SEK20"),
        ("⟦under $5⟧", "<USD5"),
        ("⟦£5⟧ and ⟦5 €⟧", "GBP5; EUR5"),
        ("⟦US$5 million⟧", "USD5000000"),
    ]);
}

#[test]
fn dates() {
    agree(&[
        ("on ⟦8 April 2026⟧", "d2026-4-8"),
        ("on ⟦April 8, 2026⟧", "d2026-4-8"),
        ("on ⟦April 8th⟧", "d?-4-8"),
        ("in ⟦April 2026⟧", "d2026-4-?"),
        ("in ⟦April⟧", "d?-4-?"),
        ("⟦mid-April⟧ at best", "d?-4-?"),
        ("⟦late 2025⟧", "d2025-?-?"),
        ("by ⟦3 March⟧", "d?-3-3"),
        ("on the ⟦30th of June⟧", "d?-6-30"),
        ("in ⟦2025⟧", "d2025-?-?"),
        ("⟦2024⟧–⟦2026⟧", "d2024-?-?; d2026-?-?"),
        ("⟦2026-04-08⟧", "d2026-4-8"),
        ("in ⟦May⟧ it came", "d?-5-?"),
        ("by ⟦early May⟧", "d?-5-?"),
        ("⟦May 2026⟧", "d2026-5-?"),
        ("on ⟦the first of the month⟧", "d?-?-?"),
    ]);
}

#[test]
fn silence() {
    agree(&[
        ("GPT-5.4 is out.", ""),
        ("Kettle 2 is out.", ""),
        ("Kettle 2 users complain.", ""),
        ("Kettle 4 and Kettle 4.1 are out.", ""),
        ("the 2nd of them", ""),
        ("at 9:30", ""),
        ("1. Open the file", ""),
        ("the one that works", ""),
        ("one of them", ""),
        ("no one knows", ""),
        ("a second look", ""),
        ("the third model", ""),
        ("a third model came", ""),
        ("a third party", ""),
        ("for a third time", ""),
        ("the second slide", ""),
        ("It may arrive.", ""),
        ("They march on.", ""),
        ("an august body", ""),
        ("double down on it", ""),
        ("a double-blind test", ""),
        ("a half-baked idea", ""),
        ("the second half", ""),
        ("last quarter", ""),
        ("a quarter later", ""),
        ("version 3", ""),
        ("page 12", ""),
        ("see #12", ""),
        ("at 10 a.m. sharp", ""),
        ("build 1.2.3", ""),
        ("The New York Times wrote", ""),
        ("over and over", ""),
        ("a model for everyone", ""),
        ("a two-stage pipeline", ""),
        ("a 3D view on 5G", ""),
        ("8x7B mixture", ""),
        ("no numbers here at all", ""),
        ("", ""),
    ]);
}

#[test]
fn licences() {
    agree(&[
        ("It is under ⟦Apache 2.0⟧.", "lApache-2.0"),
        ("No weights. No ⟦Apache 2.0⟧.", "lApache-2.0"),
        ("⟦Apache-2.0⟧ weights", "lApache-2.0"),
        ("the ⟦Apache License, Version 2.0⟧", "lApache-2.0"),
        ("the ⟦Apache 2.0 licence⟧", "lApache-2.0"),
        ("⟦Apache v2⟧", "lApache-2.0"),
        ("⟦Apache 2 licensed⟧", "lApache-2.0"),
        ("an ⟦Apache licence⟧", "lapache"),
        ("It is ⟦Apache-licensed⟧.", "lapache"),
        ("released under ⟦Apache⟧.", "lapache"),
        ("the ⟦MIT License⟧", "lMIT"),
        ("It is ⟦MIT-licensed⟧.", "lMIT"),
        ("weights under ⟦MIT⟧, code too", "lMIT"),
        ("The code is ⟦MIT⟧.", "lMIT"),
        ("on ⟦BSD terms⟧", "lbsd"),
        ("⟦BSD-3-Clause⟧ code", "lBSD-3-Clause"),
        ("the ⟦AGPL⟧ applies", "lagpl"),
        ("⟦GPLv3⟧ code", "lGPL-3.0"),
        ("⟦GPL v3⟧ code", "lGPL-3.0"),
        ("the ⟦GNU General Public License v3.0 only⟧", "lGPL-3.0-only"),
        ("⟦CC BY-NC 4.0⟧ weights", "lCC-BY-NC-4.0"),
        ("the ⟦Llama 4 Community License⟧", "lllama-4-community"),
        ("the ⟦Llama 4 licence⟧", "lllama-4-community"),
        ("⟦Llama 4's licence⟧", "lllama-4-community"),
        ("the ⟦Llama community licence⟧", "lllama-community"),
        ("under a ⟦community licence⟧", "lcommunity-licence"),
        ("a ⟦non-commercial licence⟧", "lnon-commercial-licence"),
        ("a ⟦research licence⟧", "lresearch-licence"),
        ("a ⟦permissive licence⟧", "lpermissive-licence"),
        ("⟦permissively licensed⟧ weights", "lpermissive-licence"),
        ("an ⟦OSI-approved licence⟧", "losi-licence"),
        ("the ⟦Gemma Terms of Use⟧", "lgemma-terms"),
        ("the ⟦Muse Model License⟧", "lmuse-model"),
        ("the ⟦zlib License⟧", "lZlib"),
        ("⟦OpenRAIL-M⟧ weights", "lopenrail-m"),
        ("dual ⟦MIT⟧/⟦Apache-2.0⟧", "lMIT; lApache-2.0"),
        ("⟦Apache 2.0⟧ or ⟦MIT⟧, your choice", "lApache-2.0; lMIT"),
        // Names that are no licences here.
        ("An MIT study found it.", ""),
        ("A professor from MIT, she said, agreed.", ""),
        ("She studied under MIT researchers.", ""),
        ("We run Apache Spark.", ""),
        ("an Apache helicopter", ""),
        ("under Llama, all was open", ""),
        ("Muse and Gemma were compared.", ""),
        ("on commercial terms", ""),
        ("a fair license", ""),
        ("the research community", ""),
        ("open source models", ""),
        ("a new BSD release, by rail", ""),
        ("an open rail network", ""),
        ("Apache 2.4 serves the page.", ""),
        ("the business source of it", ""),
        ("Python 3 and Ruby 2", ""),
        ("Curl and Ruby and Vim run here.", ""),
    ]);
}

#[test]
fn licences_compare() {
    let (vocabulary, _) = &*BUILT;
    for (a, b, expected) in [
        ("Apache-2.0", "apache license 2.0", Agreement::Same),
        ("Apache-2.0", "The Apache Licence, Version 2.0", Agreement::Same),
        ("Apache-2.0", "apache", Agreement::Compatible),
        ("apache", "MIT", Agreement::Different),
        ("MIT", "Apache-2.0", Agreement::Different),
        ("GPL-3.0", "GPL-3.0-only", Agreement::Compatible),
        ("permissive-licence", "MIT", Agreement::Compatible),
        ("osi-licence", "MIT", Agreement::Compatible),
        ("osi-licence", "llama-4-community", Agreement::Different),
        ("llama-community", "llama-4-community", Agreement::Compatible),
        ("community-licence", "llama-4-community", Agreement::Compatible),
        ("non-commercial-licence", "CC-BY-NC-4.0", Agreement::Compatible),
        ("copyleft-licence", "AGPL-3.0-only", Agreement::Compatible),
        ("Own Terms", "own terms", Agreement::Same),
        ("Own Terms", "MIT", Agreement::Different),
    ] {
        assert_eq!(vocabulary.same_licence(a, b), expected, "{a} and {b}");
        assert_eq!(vocabulary.same_licence(b, a), expected, "{b} and {a}");
    }
    let osi = |name| vocabulary.licence(name).map(|licence| licence.osi);
    assert_eq!(osi("MIT"), Some(true));
    assert_eq!(osi("Llama 4 Community License"), Some(false));
    assert_eq!(osi("no such"), None);
}

/// Words of all kinds in any order: no panic, and spans in order that fit the text and hold their cores.
#[test]
fn any_text_has_ordered_values() {
    let words = "half a an quarter of million 10 1,000 $ € per / in and to between ten times fold % 1/20 2026 April May 8th \
        -04 – — × ^ 26 e26 10²⁵ ½ 70B 10x over about no fewer than + or more tokens input cents dollar twenty cost buys the \
        Apache 2.0 licence MIT under License, ratio 1:10 order magnitude factor twice thousands point 's ’s İ ﬀ 世界 9:30 \
        1.2.3 1.20/1M kr won seconds each monthly CC-BY 99999999999999999999999999 mid- sub- near-";
    let words: Vec<&str> = words.split_whitespace().collect();
    let mut seed = 7u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (seed >> 33) as usize % below
    };
    let mut values = 0;
    for _ in 0..4000 {
        let mut text = String::new();
        for _ in 0..next(14) {
            text.push_str(words[next(words.len())]);
            text.push_str([" ", " ", " ", "-", ""][next(5)]);
        }
        let found = find(&text);
        values += found.len();
        for (at, value) in found.iter().enumerate() {
            let fits = text.get(value.span.start..value.span.end).is_some();
            assert!(fits && value.span.contains(value.core) && !value.core.is_empty(), "{text}: {value:?}");
            let before = at.checked_sub(1).map_or(0, |at| found[at].span.end);
            assert!(before <= value.span.start, "{text}: {found:?}");
        }
    }
    assert!(values > 2000, "{values}");
}
