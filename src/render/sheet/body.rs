//! A draft as a reader sees it, with its claims marked, each row with its cards beside it.

use super::card::card;
use super::{Checked, Note, escape, verdict};
use crate::draft::{Block, BlockKind, MarkKind};
use crate::text::Span;

/// A draft's section. `before` is how many notes stand on the page already.
pub(super) fn section(checked: &Checked<'_>, notes: &[Note], number: usize, before: usize) -> String {
    let day = checked.day.iter().map(|day| format!("<p class=\"day\">judged at {}</p>\n", escape(day)));
    let mut out = format!(
        "<section class=\"draft\" id=\"draft-{number}\" aria-labelledby=\"title-{number}\">\n\
         <h2 id=\"title-{number}\">{}</h2>\n{}",
        escape(checked.path),
        day.collect::<String>()
    );
    let blocks = &checked.draft.blocks;
    let mut at = 0;
    while let Some(block) = blocks.get(at) {
        let length = together(&blocks[at..]);
        let row = &blocks[at..at + length];
        at += length;
        let end = blocks.get(at).map_or(usize::MAX, |next| next.span.start);
        let numbered = notes.iter().enumerate().map(|(n, note)| (before + n + 1, note));
        // Every note must stand somewhere: the first row takes those before it, each those up to the next row.
        let start = if at == length { 0 } else { block.span.start };
        let mine: Vec<(usize, &Note)> =
            numbered.filter(|(_, note)| (start..end).contains(&note.span.start)).collect();
        let cards = mine.iter().map(|(id, note)| card(note, *id)).collect::<String>();
        let text = text(row, &mine);
        out += &format!(
            "<div class=\"row\">\n<div class=\"text\">{text}</div>\n<div class=\"notes\">{cards}</div>\n</div>\n"
        );
    }
    out + "</section>\n"
}

/// How many blocks make one row: a table's cells stand together.
fn together(blocks: &[Block]) -> usize {
    let table = |block: &Block| match block.kind {
        BlockKind::Cell { table, .. } => Some(table),
        _ => None,
    };
    let first = blocks.first().and_then(table);
    match first {
        Some(_) => blocks.iter().take_while(|block| table(block) == first).count(),
        None => 1,
    }
}

fn text(row: &[Block], notes: &[(usize, &Note)]) -> String {
    let Some(block) = row.first() else { return String::new() };
    let words = || marked(block, notes);
    let html = match block.kind {
        BlockKind::Paragraph => format!("<p>{}</p>", words()),
        // The page's own headings come first.
        BlockKind::Heading(level) => format!("<h{0}>{1}</h{0}>", (level + 2).min(6), words()),
        BlockKind::Item { index, ordered, .. } => match ordered {
            true => format!("<ol start=\"{}\"><li>{}</li></ol>", index + 1, words()),
            false => format!("<ul><li>{}</li></ul>", words()),
        },
        BlockKind::Cell { .. } => table(row, notes),
        BlockKind::Footnote => {
            format!("<p class=\"aside\"><span class=\"kind\">Footnote</span> {}</p>", words())
        }
        BlockKind::Caption => {
            format!("<p class=\"aside\"><span class=\"kind\">Caption</span> {}</p>", words())
        }
        BlockKind::Alt => format!("<p class=\"aside\"><span class=\"kind\">Image</span> {}</p>", words()),
    };
    match block.quote_depth {
        0 => html,
        _ => format!("<blockquote>{html}</blockquote>"),
    }
}

fn table(cells: &[Block], notes: &[(usize, &Note)]) -> String {
    let mut out =
        "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table><tbody>".to_string();
    let mut current = None;
    for cell in cells {
        let BlockKind::Cell { row, header, .. } = cell.kind else { continue };
        if current != Some(row) {
            out += if current.is_some() { "</tr>\n<tr>" } else { "<tr>" };
            current = Some(row);
        }
        let words = marked(cell, notes);
        out += &if header { format!("<th scope=\"col\">{words}</th>") } else { format!("<td>{words}</td>") };
    }
    out + "</tr></tbody></table></div>"
}

/// The block's text with a mark for each note that lies in it. Where notes overlap, the first keeps the words and the
/// others get a sign at their start.
fn marked(block: &Block, notes: &[(usize, &Note)]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for (id, note) in notes.iter().filter(|(_, note)| note.span.overlaps(block.span)) {
        let Some(span) = within(block, note.span) else { continue };
        let (start, end) = (span.start.max(at), span.end.max(at));
        out += &plain(block, at, start);
        let (name, sign) = verdict(note.verdict);
        out += &format!(
            "<mark class=\"{name}\" id=\"mark-{id}\" data-note=\"{id}\"><a href=\"#note-{id}\" aria-label=\"note {id}, {name}\">\
             <sup aria-hidden=\"true\">{sign}{id}</sup></a>{}</mark>",
            plain(block, start, end)
        );
        at = end;
    }
    out + &plain(block, at, block.text.len())
}

/// Part of the block's text, with its inline code put back.
fn plain(block: &Block, start: usize, end: usize) -> String {
    let mut out = String::new();
    let text = block.text.get(start..end).unwrap_or("");
    for (at, part) in text
        .split_inclusive('\u{fffc}')
        .scan(start, |at, part| Some((std::mem::replace(at, *at + part.len()), part)))
    {
        let words = part.trim_end_matches('\u{fffc}');
        out += &escape(words).replace('\n', "<br>");
        let code = block.marks.iter().find_map(|mark| match &mark.kind {
            MarkKind::Code(code) if words.len() < part.len() && mark.span.start == at + words.len() => {
                Some(code)
            }
            _ => None,
        });
        out += &code.map(|code| format!("<code>{}</code>", escape(code))).unwrap_or_default();
    }
    out
}

/// A stretch of the source as a stretch of the block's text.
fn within(block: &Block, span: Span) -> Option<Span> {
    let mut found: Option<Span> = None;
    for run in &block.map.runs {
        let source = Span::new(run.source, run.source + run.source_len);
        if !source.overlaps(span) {
            continue;
        }
        let text = Span::new(run.text, run.text + run.text_len);
        let part = if run.text_len == run.source_len {
            let start = text.start + span.start.saturating_sub(source.start);
            Span::new(start, text.end - source.end.saturating_sub(span.end))
        } else {
            text
        };
        found = Some(found.map_or(part, |found| found.cover(part)));
    }
    found.filter(|span| block.text.get(span.start..span.end).is_some())
}
