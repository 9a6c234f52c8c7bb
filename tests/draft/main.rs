//! What each markup reads as. A block is one line: its kind, `#heading`, `^lead-in`, and its text, with links, code and
//! footnote signs shown where they stand.

use claimlint::draft::{Block, BlockKind, Draft, Format, MarkKind};
use std::fmt::Write;

mod soup;

#[test]
fn cases_read_as_written() {
    let mut wrong = String::new();
    for (format, source, expected) in cases() {
        let found = dump(&Draft::parse(&source, format));
        if found != expected {
            let found = found.join("\n");
            let _ = writeln!(
                wrong,
                "=== {format:?}\n{source}\n>>> expected\n{}\n>>> found\n{found}\n",
                expected.join("\n")
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The cases of `cases.txt`: `=== format`, the source, `>>>`, its dump. ␍ stands for a carriage return, ␉ for a tab, ⍽
/// for a byte order mark.
fn cases() -> Vec<(Format, String, Vec<&'static str>)> {
    let all = include_str!("cases.txt").strip_prefix("=== ").expect("cases start with ===");
    let case = |case: &'static str| {
        let (format, rest) = case.split_once('\n').expect("a source");
        let (source, expected) = rest.split_once("\n>>>").expect("a dump");
        let format = match format {
            "markdown" => Format::Markdown,
            "html" => Format::Html,
            "text" => Format::Text,
            other => panic!("no format {other}"),
        };
        let source = source.replace('␍', "\r").replace('␉', "\t").replace('⍽', "\u{FEFF}");
        (format, source, expected.lines().filter(|line| !line.is_empty()).collect())
    };
    all.split("\n=== ").map(case).collect()
}

#[test]
fn depth_costs_no_stack() {
    for piece in [
        "> ",
        "- ",
        "[",
        "![",
        "**a ",
        "<blockquote>",
        "<ul><li>",
        "<table><tr><td>",
        "<code>",
        "<b>",
        "~~a ",
    ] {
        let source = piece.repeat(50_000) + "end";
        for format in [Format::Markdown, Format::Html, Format::Text] {
            assert_eq!(Draft::parse(&source, format).source, source);
        }
    }
}

/// What a draft reads as, a line each: its front matter, its blocks, its comments.
fn dump(draft: &Draft) -> Vec<String> {
    let front = draft.front.entries.iter().map(|(key, value, span)| {
        assert!(
            draft.format == Format::Html || span.of(&draft.source) == value,
            "{key}: {span:?} is not {value}"
        );
        format!("front {key}: {value}")
    });
    let comments =
        draft.comments.iter().map(|comment| format!("comment: {}", comment.inner.of(&draft.source).trim()));
    front.chain(draft.blocks.iter().map(line)).chain(comments).collect()
}

fn line(block: &Block) -> String {
    let mut line = ">".repeat(block.quote_depth.into());
    let _ = match block.kind {
        BlockKind::Paragraph => write!(line, "p"),
        BlockKind::Heading(level) => write!(line, "h{level}"),
        BlockKind::Item { list, index, ordered, task } => {
            let task = task.map_or("", |ticked| if ticked { "[x]" } else { "[ ]" });
            write!(line, "{}{list}.{index}{task}", if ordered { "ol" } else { "ul" })
        }
        BlockKind::Cell { table, row, column, header } => {
            write!(line, "{}{table}.{row}.{column}", if header { "th" } else { "td" })
        }
        BlockKind::Footnote => write!(line, "note"),
        BlockKind::Caption => write!(line, "caption"),
        BlockKind::Alt => write!(line, "alt"),
    };
    let _ = block.heading.map(|heading| write!(line, " #{heading}"));
    let _ = block.lead_in.map(|lead| write!(line, " ^{lead}"));
    line + ": " + &marked(block)
}

/// The text with its links, code and footnote signs.
fn marked(block: &Block) -> String {
    let mut inserts: Vec<(usize, usize, String)> = Vec::new();
    for (nth, mark) in block.marks.iter().enumerate() {
        match &mark.kind {
            MarkKind::Link(target) => {
                let empty = mark.span.is_empty();
                inserts.push((
                    mark.span.start,
                    nth + 1,
                    if empty { format!("[]({target})") } else { "[".into() },
                ));
                inserts.extend((!empty).then(|| (mark.span.end, 0, format!("]({target})"))));
            }
            MarkKind::FootnoteRef(label) => inserts.push((mark.span.start, nth + 1, format!("[^{label}]"))),
            MarkKind::FootnoteLabel(label) => inserts.push((mark.span.start, nth + 1, format!("{label}= "))),
            MarkKind::Code(code) => inserts.push((mark.span.start, nth + 1, format!("`{code}`"))),
            MarkKind::Emphasis | MarkKind::Strong => {}
        }
    }
    inserts.sort();
    let mut text = block.text.clone();
    for (at, _, insert) in inserts.iter().rev() {
        text.insert_str(*at, insert);
    }
    text.replace('\u{FFFC}', "@").replace('\n', "⏎")
}
