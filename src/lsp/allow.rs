//! Comments that allow a finding, put where the draft's format takes them and where they cover what is meant.

use super::reading::Reading;
use crate::draft::{Block, BlockKind, Draft, Format};
use crate::rule::finding::Finding;
use crate::text::Span;

/// Ways to allow a finding: title and the edit, the narrowest first.
pub fn ways(reading: &Reading, finding: &Finding) -> Vec<(String, (Span, String))> {
    let Draft { source, format, blocks, .. } = reading.draft();
    let rule = &finding.rule;
    let block = blocks.iter().find(|block| block.span.contains(finding.span));
    let above = |scope: &str, at: usize| {
        let start = line_start(source, at);
        (Span::new(start, start), format!("{}\n", comment(*format, rule, scope)))
    };
    let file = || {
        let comment = comment(*format, rule, " file");
        let front = reading.draft().front.span;
        let (top, comment) = match source.starts_with('\u{feff}') {
            // Front matter is only that at the top.
            _ if *format == Format::Markdown && !front.is_empty() => (front.end, format!("\n\n{comment}")),
            true => ('\u{feff}'.len_utf8(), format!("{comment}\n\n")),
            false => (0, format!("{comment}\n\n")),
        };
        (Span::new(top, top), comment)
    };
    let apart = block.filter(|block| stands_apart(source, *format, block, blocks));
    // In plain text a comment always has a line of its own.
    let first = |block: &&Block| {
        *format != Format::Text
            && line_start(source, block.span.start) == line_start(source, finding.span.start)
    };
    let ways = [
        Some(("on this line", on_line(source, *format, block, finding))),
        apart.filter(first).map(|block| ("from the line above", above(" next-line", block.span.start))),
        apart.filter(paragraph).map(|block| ("in this paragraph", above(" block", block.span.start))),
        Some(("in this file", file())),
    ];
    ways.into_iter().flatten().map(|(place, edit)| (format!("Allow `{rule}` {place}"), edit)).collect()
}

/// Whether a line may be put above the block and leave it what it is: not within a quotation, a list or a table, nor where
/// a tag goes on from the line before; and whether it would speak of this block, not of another on its line.
fn stands_apart(source: &str, format: Format, block: &Block, blocks: &[Block]) -> bool {
    let flat = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading(_)) && block.quote_depth == 0;
    let start = line_start(source, block.span.start);
    let lead = source.get(start..block.span.start).unwrap_or_default();
    let above = source.get(..start).unwrap_or_default();
    let fits = match format {
        Format::Markdown => lead.chars().all(|c| matches!(c, '#' | ' ')) && !lead.starts_with(' '),
        Format::Html => above.rfind('<') <= above.rfind('>'),
        Format::Text => true,
    };
    let first = blocks.iter().find(|other| start <= other.span.start);
    flat && fits && first.is_some_and(|first| first.span == block.span)
}

fn paragraph(block: &&Block) -> bool {
    block.kind == BlockKind::Paragraph
}

fn on_line(source: &str, format: Format, block: Option<&Block>, finding: &Finding) -> (Span, String) {
    let rule = &finding.rule;
    // Behind a table's last bar a comment is no part of the table, and a tag may reach over the line's end.
    let inside = format == Format::Html || block.is_some_and(|b| matches!(b.kind, BlockKind::Cell { .. }));
    let at = match format {
        Format::Text => {
            let at = line_start(source, finding.span.start);
            return (Span::new(at, at), format!("{}\n", comment(format, rule, "")));
        }
        _ if inside => finding.span.end,
        _ => line_end(source, finding.span.start),
    };
    (Span::new(at, at), format!(" {}", comment(format, rule, "")))
}

fn comment(format: Format, rule: &str, scope: &str) -> String {
    match format {
        Format::Text => format!("# claimlint: allow {rule}{scope} -- say why"),
        Format::Markdown | Format::Html => format!("<!-- claimlint: allow {rule}{scope} -- say why -->"),
    }
}

fn line_start(source: &str, at: usize) -> usize {
    source.get(..at).and_then(|before| before.rfind(['\n', '\r'])).map_or(0, |end| end + 1)
}

fn line_end(source: &str, at: usize) -> usize {
    let rest = source.get(at..).unwrap_or_default();
    let line = &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())];
    // Two blanks at the end are a line break, which must stay at the end.
    at + line.trim_end().len()
}
