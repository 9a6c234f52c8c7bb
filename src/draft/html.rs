//! HTML drafts, and the HTML in Markdown.

use super::build::Builder;
use super::finish::may_note;
use super::tag::{Tag, Token, decode, token};
use super::{BlockKind, Draft, Format, MarkKind};
use crate::text::{BYTE_ORDER_MARK, Span};

/// Reads an HTML draft.
pub(super) fn parse(source: &str) -> Draft {
    let mut builder = Builder::default();
    builder.draft.format = Format::Html;
    let start = if source.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
    let mut html = Html::default();
    html.read(&mut builder, source, Span::new(start, source.len()));
    html.reset(&mut builder);
    builder.flush();
    Draft { source: source.to_string(), ..builder.draft }
}

/// What is open beside the builder's own blocks.
#[derive(Default)]
pub(super) struct Html {
    skip: Option<Skip>,
    /// Where the raised text that is open starts in the block's text.
    raised: Option<usize>,
}

/// An element whose content states nothing.
struct Skip {
    name: String,
    depth: usize,
    /// For inline code: where its tag and its content start.
    code: Option<(usize, usize)>,
}

impl Html {
    /// Reads a stretch of HTML.
    fn read(&mut self, builder: &mut Builder, source: &str, span: Span) {
        let mut at = span.start;
        while let Some((token, next)) = token(source, at, span.end) {
            at = next;
            match token {
                Token::Comment(span, inner) => builder.comment(span, inner),
                Token::Text(text) => self.text(builder, source, text),
                Token::Tag(tag) => {
                    self.tag(builder, source, &tag);
                    if !tag.end && RAW.contains(&tag.name.as_str()) {
                        at = self.raw(builder, source, &tag, span.end);
                    }
                }
                Token::Other => {}
            }
        }
    }

    /// Reads an HTML block of a Markdown draft; what it leaves open ends with it.
    pub fn block(&mut self, builder: &mut Builder, source: &str, pieces: &[Span]) {
        let (lists, tables) = (builder.outline.lists.len(), builder.outline.tables.len());
        let quotes = builder.outline.quotes;
        for piece in pieces {
            self.read(builder, source, *piece);
        }
        self.reset(builder);
        builder.flush();
        builder.fixed = None;
        if builder.outline.lists.len() > lists {
            builder.item = None;
        }
        builder.outline.lists.truncate(lists);
        builder.outline.tables.truncate(tables);
        builder.outline.quotes = quotes;
    }

    /// Reads a tag in a paragraph of a Markdown draft.
    pub fn inline(&mut self, builder: &mut Builder, source: &str, tag: &Tag) {
        if is_inline(&tag.name) {
            self.tag(builder, source, tag);
        } else if self.skip.is_none() || !self.skipped(builder, source, tag) {
            builder.flush();
        }
    }

    /// Ends what inline tags left open.
    pub fn reset(&mut self, builder: &mut Builder) {
        self.skip = None;
        self.raised = None;
        builder.muted = false;
        builder.struck = 0;
    }

    fn text(&mut self, builder: &mut Builder, source: &str, span: Span) {
        if self.skip.is_some() {
            return;
        }
        decode(source, span, |shown, span| {
            if shown != span.of(source) {
                builder.text(shown, span);
                return;
            }
            // White space reads as one space, and at the start of a block as none.
            let mut at = span.start;
            for word in shown.split_inclusive(|c: char| c.is_ascii_whitespace()) {
                let letters = word.trim_end_matches(|c: char| c.is_ascii_whitespace());
                builder.text(letters, Span::new(at, at + letters.len()));
                at += word.len();
                if letters.len() < word.len()
                    && !builder.so_far().is_empty()
                    && !builder.so_far().ends_with([' ', '\n'])
                {
                    builder.text(" ", Span::new(at - 1, at));
                }
            }
        });
    }

    /// Passes over an element whose content is no markup.
    fn raw(&mut self, builder: &mut Builder, source: &str, tag: &Tag, end: usize) -> usize {
        let rest = source.get(tag.span.end..end).unwrap_or("");
        let closes = |at: usize| {
            let name = rest.get(at + 2..at + 2 + tag.name.len());
            name.is_some_and(|name| name.eq_ignore_ascii_case(&tag.name))
        };
        let len = rest.match_indices("</").map(|(at, _)| at).find(|at| closes(*at)).unwrap_or(rest.len());
        if tag.name == "title" && builder.draft.format == Format::Html {
            let title = rest.get(..len).unwrap_or("");
            let start = tag.span.end + (title.len() - title.trim_start().len());
            front(builder, source, "title", Span::new(start, start + title.trim().len()));
        }
        tag.span.end + len
    }

    fn tag(&mut self, builder: &mut Builder, source: &str, tag: &Tag) {
        if self.skipped(builder, source, tag) {
            return;
        }
        let (start, end) = (tag.span.start, tag.span.end);
        match (tag.name.as_str(), tag.end) {
            ("br", _) => builder.line_break("\n", tag.span),
            ("hr", _) => builder.interrupt(),
            ("img", false) => {
                if let Some(alt) = tag.attribute("alt") {
                    builder.begin_alt(tag.span);
                    decode(source, alt, |shown, span| builder.text(shown, span));
                    builder.end_alt();
                }
            }
            ("meta", false) => {
                let name = tag.attribute("name").or_else(|| tag.attribute("property"));
                if let (Some(name), Some(content)) = (name, tag.attribute("content")) {
                    front(builder, source, name.of(source), content);
                }
            }
            ("del" | "s" | "strike", false) => builder.struck += 1,
            ("del" | "s" | "strike", true) => builder.struck = builder.struck.saturating_sub(1),
            ("em" | "i", false) => builder.open_mark(MarkKind::Emphasis, start),
            ("em" | "i", true) => builder.close_mark(&MarkKind::Emphasis, end),
            ("strong" | "b", false) => builder.open_mark(MarkKind::Strong, start),
            ("strong" | "b", true) => builder.close_mark(&MarkKind::Strong, end),
            ("a", false) => {
                if let Some(target) = tag.attribute("href") {
                    builder.open_mark(MarkKind::Link(decoded(source, target)), start);
                }
            }
            ("a", true) => builder.close_mark(&MarkKind::Link(String::new()), end),
            ("q", false) => builder.text("“", tag.span),
            ("q", true) => builder.text("”", tag.span),
            ("sup", false) => self.raise(builder, source, tag.span),
            ("sup", true) => self.lower(builder, tag.span),
            _ => self.structure(builder, source, tag),
        }
    }

    /// Tags that start or end blocks.
    fn structure(&mut self, builder: &mut Builder, source: &str, tag: &Tag) {
        let (start, end) = (tag.span.start, tag.span.end);
        match (tag.name.as_str(), tag.end) {
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", false) => {
                let level = tag.name.as_bytes().get(1).map_or(1, |digit| digit - b'0');
                builder.begin_fixed(BlockKind::Heading(level), start);
            }
            ("caption" | "figcaption", false) => builder.begin_fixed(BlockKind::Caption, start),
            ("ul" | "ol" | "menu", false) => builder.begin_list(tag.name == "ol"),
            ("ul" | "ol" | "menu", true) => builder.end_list(),
            ("li", false) => builder.begin_item(start),
            ("table", false) => builder.begin_table(),
            ("table", true) => builder.end_table(),
            ("tr", false) => builder.begin_row(),
            ("td" | "th", false) => {
                let first = builder.outline.tables.last().is_none_or(|table| table.row.unwrap_or(0) == 0);
                let columns = tag.number(source, "colspan").unwrap_or(1);
                builder.begin_cell(tag.name == "th" && first, columns, start);
            }
            ("blockquote", false) => {
                builder.flush();
                builder.outline.quotes += 1;
            }
            ("blockquote", true) => {
                builder.interrupt();
                builder.outline.quotes = builder.outline.quotes.saturating_sub(1);
            }
            (
                "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "li" | "td" | "th" | "caption" | "figcaption",
                true,
            ) => {
                let fixed = builder.fixed.filter(|_| tag.name == "p");
                builder.end_block(end);
                builder.fixed = fixed;
            }
            (name, false) if !is_inline(name) => builder.begin_paragraph(start),
            (name, true) if !is_inline(name) => builder.flush(),
            _ => {}
        }
    }

    /// Whether a tag lies in, starts or ends an element whose content states nothing.
    fn skipped(&mut self, builder: &mut Builder, source: &str, tag: &Tag) -> bool {
        let Some(skip) = &mut self.skip else {
            return !tag.end && self.skip_from(builder, tag);
        };
        // Inline code that was never closed ends with its block.
        let abandoned = skip.code.is_some() && !is_inline(&tag.name);
        if tag.name == skip.name {
            skip.depth = if tag.end { skip.depth - 1 } else { skip.depth + 1 };
        }
        if skip.depth > 0 && !abandoned {
            return true;
        }
        builder.muted = false;
        if let Some((start, content)) = skip.code {
            let code = Span::new(content, tag.span.start);
            let end = if abandoned { tag.span.start } else { tag.span.end };
            builder.code(&decoded(source, code), Span::new(start, end));
        }
        self.skip = None;
        !abandoned
    }

    fn skip_from(&mut self, builder: &mut Builder, tag: &Tag) -> bool {
        let code = ["code", "kbd", "samp", "tt"].contains(&tag.name.as_str());
        if !code && !["pre", "template", "svg", "math", "select"].contains(&tag.name.as_str()) {
            return RAW.contains(&tag.name.as_str());
        }
        if tag.name == "pre" {
            builder.interrupt();
        }
        let code = code.then_some((tag.span.start, tag.span.end));
        self.skip = Some(Skip { name: tag.name.clone(), depth: 1, code });
        builder.muted = true;
        true
    }

    /// Starts raised text: it may be a footnote's sign, else a number in it is a power.
    fn raise(&mut self, builder: &mut Builder, source: &str, tag: Span) {
        if may_note(builder.so_far()) {
            self.raised = Some(builder.so_far().len());
        } else if source
            .get(tag.end..)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || "-−".contains(c)))
            && builder.so_far().ends_with(char::is_alphanumeric)
        {
            builder.text("^", Span::new(tag.end, tag.end));
        }
    }

    fn lower(&mut self, builder: &mut Builder, tag: Span) {
        let Some(from) = self.raised.take() else { return };
        let raised = builder.so_far().get(from..).unwrap_or("").trim();
        let label = raised.trim_matches(['[', ']', '(', ')']);
        let number = (1..=3).contains(&label.len()) && label.bytes().all(|b| b.is_ascii_digit());
        if number || ["*", "†", "‡"].contains(&label) {
            let label = label.to_string();
            builder.take_back(from);
            builder.footnote_ref(&label, tag);
        }
    }
}

/// Elements whose content holds no tags.
const RAW: [&str; 7] = ["script", "style", "textarea", "title", "iframe", "noscript", "xmp"];

/// Whether an element stands in running text. A tag nobody knows does.
fn is_inline(name: &str) -> bool {
    const BLOCKS: [&str; 47] = [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
    ];
    name != "ul" && BLOCKS.binary_search(&name).is_err()
}

fn decoded(source: &str, span: Span) -> String {
    let mut text = String::new();
    decode(source, span, |shown, _| text.push_str(shown));
    text
}

fn front(builder: &mut Builder, source: &str, key: &str, value: Span) {
    builder.draft.front.entries.push((key.to_string(), decoded(source, value), value));
}
