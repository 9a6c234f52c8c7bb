//! What must hold for any source: every byte of a block's text has its place, and chunks make the whole.

use super::{cases, dump};
use claimlint::draft::{BlockKind, Draft, Format, chunks};
use claimlint::text::Span;

#[test]
fn every_byte_of_text_has_its_place_in_the_source() {
    for (format, source, _) in cases() {
        check_places(&Draft::parse(&source, format));
    }
    for source in soups(1500) {
        for format in FORMATS {
            check_places(&Draft::parse(&source, format));
        }
    }
}

#[test]
fn chunks_make_the_whole() {
    for (format, source, _) in cases() {
        check_chunks(&source, format);
    }
    let mut cut = 0;
    for source in soups(4000) {
        for format in FORMATS {
            cut += check_chunks(&source, format) - 1;
        }
    }
    assert!(cut > 2000, "too few cuts to prove anything: {cut}");
}

const FORMATS: [Format; 3] = [Format::Markdown, Format::Html, Format::Text];

fn check_places(draft: &Draft) {
    let source = &draft.source;
    let mut end = 0;
    for block in &draft.blocks {
        let place = block.span.of(source);
        assert!(!place.is_empty(), "{source:?}: {block:?}");
        if block.kind != BlockKind::Alt {
            assert!(block.span.start >= end, "{source:?}: {block:?} overlaps the block before");
            end = block.span.end;
        }
        let mut text = 0;
        let mut from = block.span.start;
        for run in &block.map.runs {
            assert_eq!(run.text, text, "{source:?}: {block:?}");
            assert!(
                from <= run.source && run.source + run.source_len <= block.span.end,
                "{source:?}: {block:?}"
            );
            text += run.text_len;
            from = run.source + run.source_len;
        }
        assert_eq!(text, block.text.len(), "{source:?}: {block:?}");
        for (at, shown) in block.text.char_indices() {
            let span = Span::new(at, at + shown.len_utf8());
            let place = block.source_span(span);
            let same = place.of(source).starts_with(shown) && place.len() == span.len();
            let masked = "\u{FFFC}“”".contains(shown) || shown.is_whitespace();
            let entity = place.of(source).starts_with('&') || place.is_empty();
            assert!(same || masked || entity, "{source:?}: {shown:?} at {place:?} of {block:?}");
            if !place.is_empty() {
                assert_eq!(block.map.to_text(place.start), Some(at), "{source:?}: {block:?}");
                let found = draft.block_at(place.start).map(|found| found.span);
                let image = draft.blocks.iter().any(|b| b.kind == BlockKind::Alt && b.span.contains(place));
                assert!(found == Some(block.span) || image, "{source:?}: {block:?}");
            }
        }
        for mark in &block.marks {
            assert!(block.text.get(mark.span.start..mark.span.end).is_some(), "{source:?}: {block:?}");
        }
        assert!(block.marks.is_sorted_by_key(|mark| mark.span.start), "{source:?}: {block:?}");
    }
}

/// Parses a source in chunks and whole, and gives the number of chunks.
fn check_chunks(source: &str, format: Format) -> usize {
    let chunks = chunks(source, format);
    let mut joined = Draft::parse("", format);
    for chunk in &chunks {
        joined.append(Draft::parse(chunk.of(source), format));
    }
    let whole = Draft::parse(source, format);
    assert_eq!(joined.source, whole.source);
    let cuts: Vec<&str> = chunks.iter().map(|chunk| chunk.of(source)).collect();
    assert_eq!(dump(&joined), dump(&whole), "{format:?} {cuts:#?}");
    assert_eq!(joined, whole, "{format:?} {cuts:#?}");
    chunks.len().max(1)
}

/// Sources made of pieces that mean something to one of the readers, in any order; the same on every run.
fn soups(count: usize) -> impl Iterator<Item = String> {
    let mut state = 11_u64;
    let mut next = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    (0..count).map(move |_| {
        let mut soup = String::new();
        for _ in 0..next(40) {
            soup.push_str(PIECES[next(PIECES.len())]);
        }
        soup
    })
}

/// What random sources are made of.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "a", "word ", "Open ", " ", "  ", "    ", "\n", "\n", "\n\n", "\n\n", "\n\nPara ", "\n\nText\n", "\r\n",
    "\t", "é", "🤖", "e\u{301}", "¹", "² ", "10", ".", ",", ":", "# ", "\n## Head\n", "\n### Sub ", "===",
    "\n---\n", "- ", "\n- item", "\n  - deep", "\n1. one", "\n2) two", "1/ ", "\n2/ ", "• ", "> ",
    "\n> quote", ">> ", "```", "\n```\n", "\n~~~\n", "  ```\n", "`", "``", "`code`", "*", "**", "_", "~",
    "~~", "~~gone~~", "[", "]", "(", ")", "](u)", "[a](b)", "![", "![alt](x)", "[^1]", "[^b]",
    "\n[^1]: note", "\n\n[^b]: n", "[1]", "\n[1] ", "\n[r]: /u\n", "[r]", "<", ">", "<b>", "</b>", "<p>",
    "</p>", "\n<div>\n", "\n</div>\n", "<!--", "-->", "<!-- c -->", "\n<!-- c\n\n", "<br>", "<ul><li>",
    "</li>", "</ul>", "<table>", "<tr><td>", "</table>", "<code>", "</code>", "<pre>", "</pre>",
    "\n<script>\n", "</script>", "<s>", "</s>", "<sup>", "</sup>", "<a href='x'>", "</a>", "<img alt='y'>",
    "<h2>", "</h2>", "<blockquote>", "</blockquote>", "<q>", "&amp;", "&rsquo;", "&#65;", "&x;",
    "https://a.example/x", "www.b.org", "c.org/d", "\n| a | b |\n|---|---|\n| c | d |\n", "|", "\n|-|-|\n",
    "\nModel | X\n--- | ---\n", "HOST: ", "\nA B: c", "\\", "\\*", "\\[", "+++\n", "title: x\n", "\u{FEFF}",
    "\0", "[x] ", "- [ ] t\n", "* * *", "†", "<title>", "<q>", "\u{A0}",
];
