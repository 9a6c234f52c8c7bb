//! Markdown drafts, by way of the CommonMark parser's events and their places.

use super::build::Builder;
use super::finish::is_sign;
use super::html::Html;
use super::tag::{Token, token};
use super::{BlockKind, Draft, Format, MarkKind, front};
use crate::text::Span;
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};
use std::ops::Range;

const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_GFM);

/// Reads a Markdown draft.
pub(super) fn parse(source: &str) -> Draft {
    let mut builder = Builder::default();
    let (front, start) = front::read(source);
    builder.draft.front = front;
    let mut reader = Reader { source, builder, html: Html::default(), hidden: 0, pieces: Vec::new() };
    for (event, Range { start: from, end: to }) in
        Parser::new_ext(source.get(start..).unwrap_or(""), OPTIONS).into_offset_iter()
    {
        reader.event(event, Span::new(start + from, start + to));
    }
    reader.builder.flush();
    Draft { source: source.to_string(), format: Format::Markdown, ..reader.builder.draft }
}

struct Reader<'s> {
    source: &'s str,
    builder: Builder,
    html: Html,
    /// How deep in what shows its own text: a code block, an address in `<…>`.
    hidden: usize,
    /// The lines of the HTML block that is being read.
    pieces: Vec<Span>,
}

impl Reader<'_> {
    fn event(&mut self, event: Event, span: Span) {
        let builder = &mut self.builder;
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(_) if self.hidden > 0 => {}
            Event::Text(text) => builder.text(&text, span),
            Event::Code(code) => builder.code(&code, span),
            Event::SoftBreak => builder.line_break(" ", span),
            Event::HardBreak => builder.line_break("\n", span),
            // Read like one whose definition stands in another chunk, which the parser takes for text.
            Event::FootnoteReference(_) if is_sign(span.of(self.source)) => {
                builder.text(span.of(self.source), span);
            }
            Event::FootnoteReference(label) => builder.footnote_ref(&label, span),
            Event::TaskListMarker(ticked) => {
                if let Some(BlockKind::Item { task, .. }) = &mut builder.item {
                    *task = Some(ticked);
                }
            }
            Event::Rule => builder.interrupt(),
            Event::Html(_) => self.pieces.push(span),
            Event::InlineHtml(_) => match token(self.source, span.start, span.end) {
                Some((Token::Comment(span, inner), _)) => builder.comment(span, inner),
                Some((Token::Tag(tag), _)) => self.html.inline(builder, self.source, &tag),
                _ => {}
            },
            Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag, span: Span) {
        let builder = &mut self.builder;
        if is_block(&tag.to_end()) {
            self.html.reset(builder);
        }
        match tag {
            Tag::Paragraph => builder.begin_paragraph(span.start),
            Tag::Heading { level, .. } => builder.begin_fixed(BlockKind::Heading(level as u8), span.start),
            Tag::BlockQuote(_) => {
                builder.flush();
                builder.outline.quotes += 1;
            }
            Tag::CodeBlock(_) | Tag::MetadataBlock(_) => {
                builder.interrupt();
                self.hidden += 1;
            }
            Tag::HtmlBlock => builder.flush(),
            Tag::List(first) => builder.begin_list(first.is_some()),
            Tag::Item => builder.begin_item(span.start),
            Tag::FootnoteDefinition(label) => {
                builder.interrupt();
                builder.footnote = Some(label.to_string());
                builder.start = Some(span.start);
            }
            Tag::Table(_) => builder.begin_table(),
            Tag::TableHead | Tag::TableRow => builder.begin_row(),
            Tag::TableCell => {
                let header = builder.outline.tables.last().is_some_and(|table| table.row == Some(0));
                builder.begin_cell(header, 1, span.start);
            }
            Tag::Emphasis => builder.open_mark(MarkKind::Emphasis, span.start),
            Tag::Strong => builder.open_mark(MarkKind::Strong, span.start),
            Tag::Strikethrough => match span.of(self.source).starts_with("~~") {
                true => builder.struck += 1,
                // Few readers know a single tilde, and "10~20" is a range.
                false => builder.text("~", Span::new(span.start, span.start + 1)),
            },
            Tag::Link { link_type: LinkType::Autolink | LinkType::Email, dest_url, .. } => {
                builder.address(&dest_url, span);
                self.hidden += 1;
            }
            Tag::Link { dest_url, .. } => builder.open_mark(MarkKind::Link(dest_url.to_string()), span.start),
            Tag::Image { .. } => builder.begin_alt(span),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        let builder = &mut self.builder;
        if is_block(&tag) {
            self.html.reset(builder);
        }
        let end = span.start + span.of(self.source).trim_end().len();
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell => builder.end_block(end),
            TagEnd::BlockQuote(_) => {
                builder.interrupt();
                builder.outline.quotes = builder.outline.quotes.saturating_sub(1);
            }
            TagEnd::CodeBlock | TagEnd::MetadataBlock(_) => self.hidden = self.hidden.saturating_sub(1),
            TagEnd::HtmlBlock => self.html_block(),
            TagEnd::List(_) => builder.end_list(),
            TagEnd::Item => {
                builder.flush();
                builder.item = None;
            }
            TagEnd::FootnoteDefinition => {
                builder.interrupt();
                builder.footnote = None;
            }
            TagEnd::Table => builder.end_table(),
            TagEnd::Emphasis => builder.close_mark(&MarkKind::Emphasis, span.end),
            TagEnd::Strong => builder.close_mark(&MarkKind::Strong, span.end),
            TagEnd::Strikethrough => match span.of(self.source).starts_with("~~") {
                true => builder.struck = builder.struck.saturating_sub(1),
                false => builder.text("~", Span::new(span.end - 1, span.end)),
            },
            TagEnd::Link if self.hidden > 0 => self.hidden -= 1,
            TagEnd::Link => builder.close_mark(&MarkKind::Link(String::new()), span.end),
            TagEnd::Image => builder.end_alt(),
            _ => {}
        }
    }

    /// Reads an HTML block: at once where its lines touch, else (in a quote or an item) line by line.
    fn html_block(&mut self) {
        let mut joined: Vec<Span> = Vec::new();
        for piece in self.pieces.drain(..) {
            match joined.last_mut() {
                Some(last) if last.end == piece.start => last.end = piece.end,
                _ => joined.push(piece),
            }
        }
        self.html.block(&mut self.builder, self.source, &joined);
    }
}

/// Whether a tag is of a block, so that inline markup ends there.
fn is_block(tag: &TagEnd) -> bool {
    use TagEnd::{Emphasis, Image, Link, Strikethrough, Strong};
    !matches!(tag, Emphasis | Image | Link | Strikethrough | Strong)
}
