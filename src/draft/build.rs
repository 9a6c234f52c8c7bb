//! Builds blocks out of what the readers of each markup report, in reading order.
//!
//! A block opens at its first text, so an empty paragraph is none, and it is finished when the next structure begins.

use super::map::Masked;
use super::outline::Outline;
use super::{BlockKind, Comment, Draft, Mark, MarkKind};
use crate::text::Span;

/// Stands for what is shown but states nothing: code, an address, an image.
pub(super) const OBJECT: &str = "\u{FFFC}";

/// How many marks may be open at once; more are not seen.
const MAX_UNCLOSED: usize = 64;

/// The state between two reports of a reader.
#[derive(Default)]
pub(super) struct Builder {
    pub draft: Draft,
    pub open: Option<Open>,
    /// The alternative text of the image that is being read, how many images deep, and those read before.
    alt: Option<Open>,
    alt_depth: usize,
    pub alts: Vec<Open>,
    /// What is read states nothing: it is code, a script …
    pub muted: bool,
    /// How deep in deleted text.
    pub struck: usize,
    /// What the next block is, if its first text is a list item's.
    pub item: Option<BlockKind>,
    /// What every block is until told otherwise: a heading, a cell, a caption.
    pub fixed: Option<BlockKind>,
    /// The footnote that is being read.
    pub footnote: Option<String>,
    /// Where the markup of the next block starts.
    pub start: Option<usize>,
    pub outline: Outline,
}

/// A block under construction.
pub(super) struct Open {
    pub kind: BlockKind,
    pub span: Span,
    pub body: Masked,
    pub marks: Vec<Mark>,
    unclosed: Vec<(usize, MarkKind)>,
    /// Where in the text a line of the source starts, but for the first.
    pub lines: Vec<usize>,
}

impl Builder {
    /// Adds text that reads `shown` and stands at `source`.
    pub fn text(&mut self, shown: &str, source: Span) {
        if self.silent() || shown.is_empty() {
            return;
        }
        let open = self.target(source.start);
        // What states nothing takes one of the spaces around it along.
        let doubled =
            shown.starts_with(' ') && open.body.text.ends_with(' ') && open.body.end() < source.start;
        let kept = usize::from(doubled && shown.len() == source.len());
        open.body.push(&shown[kept..], Span::new(source.start + kept, source.end));
        open.span.end = open.span.end.max(source.end);
    }

    /// Adds a line break: one that a reader sees, or one that reads as a space.
    pub fn line_break(&mut self, shown: &str, source: Span) {
        if self.silent() {
            return;
        }
        let open = self.target(source.start);
        open.body.push(shown, source);
        open.lines.push(open.body.text.len());
    }

    /// Adds inline code.
    pub fn code(&mut self, code: &str, source: Span) {
        self.object(MarkKind::Code(code.to_string()), source);
    }

    /// Adds an address in its own markup (`<https://…>`).
    pub fn address(&mut self, target: &str, source: Span) {
        self.object(MarkKind::Link(target.to_string()), source);
    }

    fn object(&mut self, kind: MarkKind, source: Span) {
        if self.silent() {
            return;
        }
        self.text(OBJECT, source);
        let open = self.target(source.start);
        let end = open.body.text.len();
        open.marks.push(Mark { span: Span::new(end - OBJECT.len(), end), kind });
    }

    /// Adds a footnote's sign.
    pub fn footnote_ref(&mut self, label: &str, source: Span) {
        if self.silent() {
            return;
        }
        let open = self.target(source.start);
        let at = open.body.text.len();
        open.span.end = open.span.end.max(source.end);
        open.marks.push(Mark { span: Span::new(at, at), kind: MarkKind::FootnoteRef(label.to_string()) });
    }

    /// Starts a mark at the next text.
    pub fn open_mark(&mut self, kind: MarkKind, source: usize) {
        if self.silent() {
            return;
        }
        let open = self.target(source);
        if open.unclosed.len() < MAX_UNCLOSED {
            open.unclosed.push((open.body.text.len(), kind));
        }
    }

    /// Ends the last mark of that sort, if one is open.
    pub fn close_mark(&mut self, like: &MarkKind, source: usize) {
        let Some(open) = self.current() else { return };
        let same =
            |(_, kind): &(usize, MarkKind)| std::mem::discriminant(kind) == std::mem::discriminant(like);
        if let Some(at) = open.unclosed.iter().rposition(same) {
            let (start, kind) = open.unclosed.remove(at);
            open.marks.push(Mark { span: Span::new(start, open.body.text.len()), kind });
            open.span.end = open.span.end.max(source);
        }
    }

    /// The text of the block under construction, empty where there is none.
    pub fn so_far(&self) -> &str {
        self.alt.as_ref().or(self.open.as_ref()).map_or("", |open| &open.body.text)
    }

    /// Takes back the text from `len` on.
    pub fn take_back(&mut self, len: usize) {
        if let Some(open) = self.current() {
            open.body.truncate(len);
        }
    }

    /// Starts an image's alternative text.
    pub fn begin_alt(&mut self, source: Span) {
        if self.alt.is_some() {
            self.alt_depth += 1;
        } else if !self.silent() {
            self.text(OBJECT, source);
            self.alt = Some(Open::new(BlockKind::Alt, source));
        }
    }

    /// Ends it.
    pub fn end_alt(&mut self) {
        match self.alt_depth.checked_sub(1) {
            Some(depth) => self.alt_depth = depth,
            None => self.alts.extend(self.alt.take()),
        }
    }

    /// Records a comment, which states nothing.
    pub fn comment(&mut self, span: Span, inner: Span) {
        self.draft.comments.push(Comment { span, inner });
    }

    fn silent(&self) -> bool {
        self.muted || self.struck > 0
    }

    fn current(&mut self) -> Option<&mut Open> {
        self.alt.as_mut().or(self.open.as_mut())
    }

    fn target(&mut self, source: usize) -> &mut Open {
        if let Some(alt) = &mut self.alt {
            return alt;
        }
        let otherwise = if self.footnote.is_some() { BlockKind::Footnote } else { BlockKind::Paragraph };
        self.open.get_or_insert_with(|| {
            let kind = self.item.take().or(self.fixed).unwrap_or(otherwise);
            let start = self.start.take().unwrap_or(source).min(source);
            let mut open = Open::new(kind, Span::new(start, source));
            if let (BlockKind::Footnote, Some(label)) = (kind, &self.footnote) {
                open.marks.push(Mark { span: Span::default(), kind: MarkKind::FootnoteLabel(label.clone()) });
            }
            open
        })
    }
}

impl Open {
    fn new(kind: BlockKind, span: Span) -> Open {
        let (body, marks, unclosed, lines) = Default::default();
        Open { kind, span, body, marks, unclosed, lines }
    }

    /// Its marks in order, those left open closed at its end.
    pub fn take_marks(&mut self) -> Vec<Mark> {
        let len = self.body.text.len();
        let mut marks = std::mem::take(&mut self.marks);
        marks.extend(self.unclosed.drain(..).map(|(start, kind)| Mark { span: Span::new(start, len), kind }));
        for mark in &mut marks {
            mark.span = Span::new(mark.span.start.min(len), mark.span.end.min(len));
        }
        marks.sort_by_key(|mark| (mark.span.start, std::cmp::Reverse(mark.span.end)));
        marks
    }
}
