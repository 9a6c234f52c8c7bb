//! The fact-check sheet as a page: what it shows, and that nothing in a draft or a fact file can act in it. The pages
//! stay in the target folder, where `browser/` opens them.

use claimlint::draft::{Draft, Format};
use claimlint::render::item::{FactCard, SourceCard};
use claimlint::render::sheet::{Checked, Claim, Sheet};
use claimlint::text::Span;
use claimlint::verdict::Verdict;
use std::path::Path;

const STORY: &str = "\
# Acme ships *Alpha*

Alpha is **open source** and runs `alpha.sh` on anything, says Acme. It needs 10x less compute than Beta & Gamma.

> Alpha has no API, a spokesperson said.

- Released in April
- Led by Jane Doe

| Model | Licence |
| --- | --- |
| Alpha | Apache 2.0 |
| Beta | closed |
";

fn claim(source: &str, on: &str, verdict: Verdict) -> Claim {
    let start = source.find(on).expect("the words stand in the draft");
    let source = SourceCard {
        title: "Alpha: the pivot".into(),
        url: Some("https://example.org/pivot".into()),
        date: Some("2026-04-08".into()),
        file: Some("seeds/pivot.txt".into()),
    };
    Claim {
        span: Span::new(start, start + on.len()),
        subject: "Alpha".into(),
        attribute: "openness".into(),
        value: on.into(),
        verdict,
        fact: (verdict != Verdict::Unknown).then(|| FactCard {
            id: "acme/alpha#open".into(),
            subject: "acme/alpha".into(),
            name: "Alpha".into(),
            attribute: "openness".into(),
            attribute_name: "openness".into(),
            value: "closed".into(),
            from: Some("2026-04-08".into()),
            to: None,
            source: Some(source),
            quote: Some("No weights. No Apache 2.0.".into()),
        }),
        steps: vec![format!("verdict: {verdict:?}")],
    }
}

fn page(drafts: &[(&str, &str, Vec<Claim>)]) -> String {
    let mut sheet = Sheet::default();
    for (path, source, claims) in drafts {
        let draft = Draft::parse(source, Format::Markdown);
        let (day, claims) = (Some("2026-04-08".to_string()), claims.clone());
        sheet.add(&Checked { path, draft: &draft, day, claims, findings: Vec::new() });
    }
    sheet.page("Fact-check sheet")
}

fn keep(name: &str, page: &str) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sheet");
    std::fs::create_dir_all(&folder).expect("folder");
    std::fs::write(folder.join(name), page).expect("file");
}

#[test]
fn shows_the_draft_with_every_claim_marked_and_its_evidence() {
    let claims = vec![
        claim(STORY, "open source", Verdict::Contradicted),
        claim(STORY, "10x less compute than Beta", Verdict::Unknown),
        claim(STORY, "no API", Verdict::Outdated),
        claim(STORY, "April", Verdict::Disputed),
        claim(STORY, "Jane Doe", Verdict::Supported),
        claim(STORY, "Apache 2.0", Verdict::Contradicted),
    ];
    let one = page(&[("story.md", STORY, claims.clone())]);
    let two = page(&[("story.md", STORY, claims.clone()), ("again.md", STORY, claims)]);
    keep("one.html", &one);
    keep("two.html", &two);
    let expected = [
        "<h3>Acme ships Alpha</h3>",
        "</sup></a>open source</mark> and runs <code>alpha.sh</code> on",
        "compute than Beta</mark> &amp; Gamma.",
        "<blockquote><p>Alpha has <mark class=\"outdated\"",
        "<th scope=\"col\">Licence</th>",
        "<blockquote>No weights. No Apache 2.0.</blockquote>",
        "<a href=\"https://example.org/pivot\" rel=\"noreferrer\">Alpha: the pivot</a>",
        "<time datetime=\"2026-04-08\">",
        "contradicted <b>2</b>",
    ];
    for part in expected {
        assert!(one.contains(part), "no {part} in {one}");
    }
    assert_eq!(one.matches("<mark ").count(), 6);
    assert!(!one.contains("href=\"#draft-1\"") && two.contains("<a href=\"#draft-2\">again.md</a>"));
    assert_eq!(two.matches("id=\"note-").count(), 12);
    for id in 1..=12 {
        assert!(two.contains(&format!("id=\"mark-{id}\"")), "each note has its mark");
    }
}

#[test]
fn nothing_in_a_draft_or_a_fact_acts_in_the_page() {
    let evil = "</script><script>alert(1)</script> <img src=x onerror=alert(1)> \"' onload=alert(1)";
    let source = format!(
        "Alpha \\</script>\\<script>alert(1)\\</script> &lt;img src=x onerror=alert(1)> \" BAD\n\n`{evil}`\n"
    );
    let mut bad = claim(&source, "BAD", Verdict::Contradicted);
    bad.subject = evil.into();
    bad.attribute = evil.into();
    bad.steps = vec![evil.into()];
    let fact = bad.fact.as_mut().expect("a fact");
    fact.quote = Some(evil.into());
    let from = fact.source.as_mut().expect("a source");
    (from.title, from.url, from.date) = (evil.into(), Some("javascript:alert(1)".into()), Some(evil.into()));
    let page = page(&[(evil, &source, vec![bad])]);
    keep("evil.html", &page);
    assert_eq!(page.matches("<script").count(), 1);
    assert_eq!(page.matches("</script").count(), 1);
    assert!(!page.contains("<img") && !page.contains("href=\"javascript"));
    // The evil words themselves are shown.
    assert!(page.matches("&lt;/script&gt;").count() >= 6);
}
