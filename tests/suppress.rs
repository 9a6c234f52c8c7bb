//! Comments that allow findings. In each draft every `BAD` is a finding of `house` and every `ODD` one of `other`; `⟦…⟧`
//! marks what must be found, with the rule before it where it is neither.

use claimlint::draft::{Draft, Format};
use claimlint::rule::finding::{Confidence, Finding, Severity};
use claimlint::rule::suppress::{Sorted, Terms, sort};
use claimlint::text::Span;
use jiff::civil::date;

const RULES: [&str; 2] = ["house", "other"];

fn finding(rule: &str, span: Span) -> Finding {
    Finding {
        rule: rule.into(),
        severity: Severity::Error,
        confidence: Confidence::High,
        span,
        message: String::new(),
        related: Vec::new(),
        fixes: Vec::new(),
        meaning: None,
        fact: None,
        verdict: None,
        link: None,
    }
}

fn sorted(source: &str, format: Format, require_reason: bool) -> Sorted {
    let draft = Draft::parse(source, format);
    let of = |word: &'static str, rule: &'static str| {
        source.match_indices(word).map(move |(at, _)| finding(rule, Span::new(at, at + word.len())))
    };
    let mut findings: Vec<_> = of("BAD", "house").chain(of("ODD", "other")).collect();
    findings.sort_by_key(|finding| finding.span);
    sort(&draft, findings, Terms { rules: &RULES, today: Some(date(2026, 4, 8)), require_reason })
}

/// The open findings as marks in the draft.
fn marked(source: &str, format: Format, require_reason: bool) -> String {
    let mut out = source.to_string();
    for finding in sorted(source, format, require_reason).open.iter().rev() {
        out.insert(finding.span.end, '⟧');
        let rule = if RULES.contains(&finding.rule.as_str()) { "" } else { finding.rule.as_str() };
        out.insert_str(finding.span.start, &format!("{rule}⟦"));
    }
    out
}

fn check(format: Format, require_reason: bool, expected: &str) {
    let pattern = regex::Regex::new("[a-z-]*⟦|⟧").expect("pattern");
    let source = pattern.replace_all(expected, "");
    assert_eq!(marked(&source, format, require_reason), expected);
}

#[test]
fn comments_cover_what_they_say() {
    let cases = [
        "A ⟦BAD⟧ line.\n",
        "A BAD line. <!-- claimlint: allow house -->\nA ⟦BAD⟧ line.\n",
        "A ⟦BAD⟧ line.\n\n<!-- claimlint: allow house -->\nA BAD line.\nA ⟦BAD⟧ line.\n",
        "<!-- claimlint: allow house -->\n\nA BAD line.\n\nA ⟦BAD⟧ line.\n",
        "A BAD line. <!-- claimlint: allow house line -->\n",
        "A ⟦BAD⟧ line. <!-- claimlint: allow house next-line -->\nA BAD line.\n",
        "<!-- claimlint: allow house block -->\nA BAD line,\na BAD line.\n\nA ⟦BAD⟧ line.\n",
        "A ⟦BAD⟧ line.\n\n<!-- claimlint: allow house block -->\n\n- BAD\n- BAD\n\nA ⟦BAD⟧ line.\n",
        "A BAD line.\n\n<!-- claimlint: allow house file -->\n\nA BAD line.\n",
        "<!-- claimlint: allow house, other -->\nBAD and ODD.\n",
        "<!-- claimlint: allow other house -->\nBAD and ODD.\n",
        "<!-- claimlint: allow house -->\nBAD and ⟦ODD⟧.\n",
        "<!-- claimlint: allow house until 2026-04-08 -->\nBAD\n",
        "<!-- an ordinary comment -->\n⟦BAD⟧\n",
        "`<!-- claimlint: allow house -->` ⟦BAD⟧\n",
    ];
    cases.iter().for_each(|case| check(Format::Markdown, false, case));
}

#[test]
fn comments_that_do_not_fit_are_findings() {
    let cases = [
        "unused-suppression⟦<!-- claimlint: allow house -->⟧\nGood.\n",
        "<!-- claimlint: allow house, unused-suppression⟦other⟧ -->\nBAD\n",
        "expired-suppression⟦<!-- claimlint: allow house until 2026-04-07 -->⟧\n⟦BAD⟧\n",
        "<!-- claimlint: allow invalid-suppression⟦hose⟧ -->\n⟦BAD⟧\n",
        "invalid-suppression⟦<!-- claimlint: allow -->⟧\n⟦BAD⟧\n",
        "<!-- claimlint: invalid-suppression⟦ignore⟧ house -->\n⟦BAD⟧\n",
        "<!-- claimlint: allow house until invalid-suppression⟦soon⟧ -->\nBAD\n",
    ];
    cases.iter().for_each(|case| check(Format::Markdown, false, case));
    let open = sorted("<!-- claimlint: allow hose -->\nBAD\n", Format::Markdown, false).open;
    assert_eq!(open[0].message, "there is no rule `hose` (did you mean `house`?)");
}

#[test]
fn reasons_are_kept_and_may_be_required() {
    let source = "<!-- claimlint: allow house -- the vendor's own words -->\nBAD\n";
    let allowed = sorted(source, Format::Markdown, true).allowed;
    assert_eq!(allowed[0].1.as_deref(), Some("the vendor's own words"));
    check(Format::Markdown, true, source);
    check(Format::Markdown, true, "unexplained-suppression⟦<!-- claimlint: allow house -->⟧\nBAD\n");
}

#[test]
fn every_format_has_comments() {
    let cases = [
        (
            Format::Html,
            "<p>⟦BAD⟧</p>\n<!-- claimlint: allow house block -->\n<p>BAD\nand BAD</p>\n<p>⟦BAD⟧</p>\n",
        ),
        (Format::Html, "<p>BAD</p> <!-- claimlint: allow house -->\n<p>⟦BAD⟧</p>\n"),
        (Format::Text, "# claimlint: allow house\nA BAD line.\nA ⟦BAD⟧ line.\n"),
        (Format::Text, "A ⟦BAD⟧ line.\n\n// claimlint: allow house block\nA BAD line,\na BAD line.\n"),
        (Format::Text, "Talk of claimlint: allow house.\nA ⟦BAD⟧ line.\n"),
        (Format::Markdown, "---\ntitle: x\nclaimlint: {allow: [house]}\n---\nA BAD line, an ⟦ODD⟧ one.\n"),
        (
            Format::Markdown,
            "---\nclaimlint:\n  allow:\n    - house\n    - unused-suppression⟦other⟧\n---\nA BAD line.\n",
        ),
        (
            Format::Markdown,
            "---\nclaimlint: {allow: house, until: 2026-04-08, reason: so}\n---\nA BAD line.\n",
        ),
        (
            Format::Markdown,
            "---\nclaimlint: {expired-suppression⟦allow: house⟧, until: 2026-04-07}\n---\nA ⟦BAD⟧ line.\n",
        ),
        (
            Format::Markdown,
            "---\nclaimlint: {allow: house, until: invalid-suppression⟦soon⟧}\n---\nA BAD line.\n",
        ),
        (
            Format::Markdown,
            "---\nclaimlint: {allow: house, invalid-suppression⟦reson⟧: x}\n---\nA BAD line.\n",
        ),
        (
            Format::Markdown,
            "+++\ntitle = \"x\"\n[claimlint]\nallow = ['house', \"unused-suppression⟦other⟧\"]\n+++\nA BAD line.\n",
        ),
        (
            Format::Markdown,
            "+++\nclaimlint = { allow = [\"house\"], reason = 'a, b', until = 2026-05-01 }\n+++\nA BAD line, an ⟦ODD⟧ one.\n",
        ),
        (
            Format::Markdown,
            "+++\r\nclaimlint.allow = [ # all\r\n  \"house\",\r\n  \"other\",\r\n]\r\nx = 1\r\n+++\r\nBAD and ODD.\r\n",
        ),
        (
            Format::Markdown,
            "+++\n[claimlint]\nallow = \"house\"\n[other]\nallow = \"other\"\n+++\nBAD and ⟦ODD⟧.\n",
        ),
        (Format::Markdown, "+++\n[claimlint]\nallow = \"invalid-suppression⟦hose⟧\"\n+++\n⟦BAD⟧\n"),
        (Format::Markdown, "+++\n[claimlint]\ninvalid-suppression⟦alow⟧ = \"house\"\n+++\n⟦BAD⟧\n"),
        (Format::Markdown, "+++\nnote = \"claimlint\"\nallow = \"house\"\n+++\n⟦BAD⟧\n"),
        (Format::Markdown, "\u{feff}---\r\nclaimlint: {allow: house}\r\n---\r\nA BAD line.\r\n"),
    ];
    cases.iter().for_each(|(format, case)| check(*format, false, case));
}

#[test]
fn an_unused_comment_can_be_removed() {
    let cases = [
        ("One.\n\n<!-- claimlint: allow house -->\nTwo.\n", "One.\n\nTwo.\n"),
        ("One. <!-- claimlint: allow house -->\nTwo.\n", "One. \nTwo.\n"),
    ];
    for (source, expected) in cases {
        let open = sorted(source, Format::Markdown, false).open;
        let fixed = claimlint::rule::fix::apply(source, &open, false).expect("a fix");
        assert_eq!(fixed.text, expected);
    }
}
