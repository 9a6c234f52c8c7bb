//! Drafts: Markdown, HTML and plain text as blocks of prose.
//!
//! Markup is masked, never stripped: a block's `text` is what a reader reads, and every byte of it maps back to the
//! original. `**open** weights` reads "open weights", and its span is the original's, asterisks included where they
//! stand inside. Code, URLs, comments, deleted text and front matter state nothing, so they are in no block's text.

mod build;
mod chunks;
mod finish;
mod front;
mod html;
mod lines;
mod map;
mod markdown;
mod outline;
mod plain;
mod tag;

pub use chunks::chunks;

use crate::text::Span;

/// The markup a draft is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Format {
    /// CommonMark with tables, footnotes, task lists, strikethrough and front matter.
    #[default]
    Markdown,
    /// HTML.
    Html,
    /// Plain text.
    Text,
}

/// A draft, read into blocks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// The original, word for word.
    pub source: String,
    /// How it was read.
    pub format: Format,
    /// YAML or TOML front matter (HTML: `<title>` and `<meta>`).
    pub front: FrontMatter,
    /// In reading order.
    pub blocks: Vec<Block>,
    /// Comments, for suppressions: the comment's whole span and its inner text's span.
    pub comments: Vec<Comment>,
    /// How many lists there are; `BlockKind::Item::list` is less.
    pub lists: usize,
    /// How many tables there are; `BlockKind::Cell::table` is less.
    pub tables: usize,
}

impl Draft {
    /// Reads a source. Total: any text is a draft, and depth of nesting costs no stack.
    pub fn parse(source: &str, format: Format) -> Draft {
        match format {
            Format::Markdown => markdown::parse(source),
            Format::Html => html::parse(source),
            Format::Text => plain::parse(source),
        }
    }

    /// The block that shows the byte at `offset`; in an image's alternative text, that one.
    pub fn block_at(&self, offset: usize) -> Option<&Block> {
        // Spans of blocks are disjoint and ascending, but for an `Alt`, which lies in the block that shows the image.
        let before = self.blocks.partition_point(|block| block.span.start <= offset);
        for block in self.blocks.get(..before)?.iter().rev() {
            if offset < block.span.end {
                return Some(block);
            }
            if block.kind != BlockKind::Alt {
                return None;
            }
        }
        None
    }

    /// Adds what follows: with the [`chunks`] of a source in order, the whole is as if it had been parsed at once.
    pub fn append(&mut self, next: Draft) {
        let Draft { source, format, front, blocks, comments, lists, tables } = next;
        let bytes = self.source.len();
        let count = self.blocks.len();
        let governing = self.blocks.iter().rposition(|block| block.quote_depth == 0).and_then(|last| {
            match self.blocks[last].kind {
                BlockKind::Heading(_) => Some(last),
                _ => self.blocks[last].heading,
            }
        });
        if bytes == 0 {
            self.front = front;
            self.format = format;
        }
        self.source.push_str(&source);
        for mut block in blocks {
            block.heading = match block.heading {
                Some(heading) => Some(heading + count),
                None => self.above(governing, block.kind),
            };
            block.lead_in = block.lead_in.map(|lead| lead + count);
            block.span = block.span.shift(bytes);
            block.map.runs.iter_mut().for_each(|run| run.source += bytes);
            match &mut block.kind {
                BlockKind::Item { list, .. } => *list += self.lists,
                BlockKind::Cell { table, .. } => *table += self.tables,
                _ => {}
            }
            self.blocks.push(block);
        }
        let shifted = |c: Comment| Comment { span: c.span.shift(bytes), inner: c.inner.shift(bytes) };
        self.comments.extend(comments.into_iter().map(shifted));
        self.lists += lists;
        self.tables += tables;
    }

    /// The heading that a block of this kind stands under, going up from `heading`.
    fn above(&self, mut heading: Option<usize>, kind: BlockKind) -> Option<usize> {
        let BlockKind::Heading(level) = kind else { return heading };
        while let Some(block) = heading.and_then(|at| self.blocks.get(at)) {
            if matches!(block.kind, BlockKind::Heading(above) if above < level) {
                break;
            }
            heading = block.heading;
        }
        heading
    }
}

/// A comment in the draft's own syntax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// With its delimiters.
    pub span: Span,
    /// Without them.
    pub inner: Span,
}

/// What stands before the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// The whole block with its fences; empty where there is none.
    pub span: Span,
    /// Top-level scalars in order: key, value as written without quotes, and the value's span in the source.
    pub entries: Vec<(String, String, Span)>,
}

impl FrontMatter {
    /// The first entry of that key.
    pub fn get(&self, key: &str) -> Option<(&str, Span)> {
        self.entries.iter().find(|(k, _, _)| k == key).map(|(_, v, s)| (v.as_str(), *s))
    }
}

/// One stretch of running text: a paragraph, a heading, a list item's text, a table cell …
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// What a reader reads, without markup. Soft line breaks are one space; hard breaks are `\n`; inline code, a bare
    /// address and an image are one U+FFFC each, which matches no word; a note's sign is left out.
    pub text: String,
    /// How `text` maps to the source.
    pub map: OffsetMap,
    /// The block in the source, markup included.
    pub span: Span,
    /// Links, footnote references, emphasis … over `text`, in order of start.
    pub marks: Vec<Mark>,
    /// Index of the heading block that this stands under, if any.
    pub heading: Option<usize>,
    /// How deep in block quotes (0 is none).
    pub quote_depth: u8,
    /// Index of the paragraph or heading that introduces the list or table this is part of (the block right before it).
    pub lead_in: Option<usize>,
}

impl Block {
    /// Where a stretch of the block's text stands in the source: the smallest span that covers it.
    pub fn source_span(&self, text: Span) -> Span {
        self.map.to_source(text)
    }
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BlockKind {
    /// Running text.
    #[default]
    Paragraph,
    /// A heading with its level, 1 to 6.
    Heading(u8),
    /// The text of a list item (its further paragraphs and nested items are blocks of their own).
    Item {
        /// Lists are numbered through the draft.
        list: usize,
        /// Position in its list from 0.
        index: usize,
        /// Numbered list.
        ordered: bool,
        /// Task list box: `Some(true)` is ticked.
        task: Option<bool>,
    },
    /// A table cell.
    Cell {
        /// Tables are numbered through the draft.
        table: usize,
        /// 0 is the header row where there is one.
        row: usize,
        /// From 0.
        column: usize,
        /// Whether it stands in the header row.
        header: bool,
    },
    /// A footnote's body; the first of its marks is a [`MarkKind::FootnoteLabel`].
    Footnote,
    /// Caption of a figure or table (`<caption>`, `<figcaption>`).
    Caption,
    /// An image's alternative text.
    Alt,
}

/// A stretch of a block's text with a meaning of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// In the block's text.
    pub span: Span,
    /// What it is.
    pub kind: MarkKind,
}

/// What a mark is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MarkKind {
    /// Link text (or an autolink, whose text is U+FFFC) with its target.
    Link(String),
    /// A reference to a footnote, by label; `span` is an empty span at its place.
    FootnoteRef(String),
    /// In a footnote's body: its own label; an empty span at 0.
    FootnoteLabel(String),
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// Inline code; `span` covers the U+FFFC, the string is the code.
    Code(String),
}

/// Maps offsets in a block's text to the source: runs of bytes that stand alike in both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OffsetMap {
    /// (offset in text, offset in source, length in text), ascending, covering the text without gaps. A run whose source
    /// differs from its text (an entity, a soft break) has its length in the source as fourth.
    pub runs: Vec<Run>,
}

/// A run of an [`OffsetMap`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// Where it starts in the block's text.
    pub text: usize,
    /// Where it starts in the source.
    pub source: usize,
    /// Its length in the text.
    pub text_len: usize,
    /// Its length in the source; equal to `text_len` where the two correspond byte for byte: the bytes are the same, but
    /// for a line break or tab that reads as a space, and a U+FFFC.
    pub source_len: usize,
}
