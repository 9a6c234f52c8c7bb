//! Text without markup that remembers where each of its bytes stands in the source.

use super::{OffsetMap, Run};
use crate::text::Span;

impl OffsetMap {
    /// The smallest span of the source that covers a stretch of the text. Markup between its ends is inside, markup
    /// around it is not.
    pub fn to_source(&self, text: Span) -> Span {
        let end = self.runs.last().map_or(0, |run| run.text + run.text_len);
        if text.start >= end {
            let last = self.source_end();
            return Span::new(last, last);
        }
        let start = self.run_at(text.start).map_or(0, |run| run.source_of(text.start));
        if text.is_empty() {
            return Span::new(start, start);
        }
        let last = text.end.min(end) - 1;
        let end = self.run_at(last).map_or(start, |run| match run.same_length() {
            true => run.source + (last + 1 - run.text),
            false => run.source + run.source_len,
        });
        Span::new(start, end)
    }

    /// Where the source's byte at `offset` is read in the text; nothing where it is markup or outside.
    pub fn to_text(&self, offset: usize) -> Option<usize> {
        let after = self.runs.partition_point(|run| run.source + run.source_len <= offset);
        let run = self.runs.get(after).filter(|run| run.source <= offset)?;
        Some(if run.same_length() { run.text + (offset - run.source) } else { run.text })
    }

    fn source_end(&self) -> usize {
        self.runs.last().map_or(0, |run| run.source + run.source_len)
    }

    fn run_at(&self, text: usize) -> Option<&Run> {
        let after = self.runs.partition_point(|run| run.text <= text);
        self.runs.get(after.checked_sub(1)?)
    }
}

impl Run {
    fn same_length(&self) -> bool {
        self.text_len == self.source_len
    }

    fn source_of(&self, text: usize) -> usize {
        if self.same_length() { self.source + (text - self.text) } else { self.source }
    }
}

/// A text and its map, while they are built.
#[derive(Debug, Default)]
pub(super) struct Masked {
    pub text: String,
    pub map: OffsetMap,
}

impl Masked {
    /// Adds what the source reads as at `source`.
    pub fn push(&mut self, shown: &str, source: Span) {
        if shown.is_empty() {
            return;
        }
        // Markup that overlaps, as inline code that starts in an image's text and ends after it, must not turn the order.
        let source = Span::new(source.start.max(self.end()), source.end);
        let run = Run {
            text: self.text.len(),
            source: source.start,
            text_len: shown.len(),
            source_len: source.len(),
        };
        self.text.push_str(shown);
        match self.map.runs.last_mut() {
            Some(last)
                if last.same_length() && run.same_length() && last.source + last.source_len == run.source =>
            {
                last.text_len += run.text_len;
                last.source_len += run.source_len;
            }
            _ => self.map.runs.push(run),
        }
    }

    /// Where in the source the text so far ends.
    pub fn end(&self) -> usize {
        self.map.source_end()
    }

    /// Adds a stretch of another text, which must start and end at characters.
    pub fn push_part(&mut self, other: &Masked, part: Span) {
        let first = other.map.runs.partition_point(|run| run.text + run.text_len <= part.start);
        for run in other.map.runs.iter().skip(first).take_while(|run| run.text < part.end) {
            let start = run.text.max(part.start);
            let end = (run.text + run.text_len).min(part.end);
            let source = match run.same_length() {
                true => Span::new(run.source_of(start), run.source_of(end)),
                false => Span::new(run.source, run.source + run.source_len),
            };
            self.push(Span::new(start, end).of(&other.text), source);
        }
    }

    /// A stretch of it, on its own.
    pub fn part(&self, part: Span) -> Masked {
        let mut result = Masked::default();
        result.push_part(self, part);
        result
    }

    /// Keeps the first `len` bytes.
    pub fn truncate(&mut self, len: usize) {
        self.text.truncate(len);
        while let Some(last) = self.map.runs.last_mut() {
            if last.text < len {
                let kept = last.text_len.min(len - last.text);
                if last.same_length() {
                    last.source_len = kept;
                }
                last.text_len = kept;
                return;
            }
            self.map.runs.pop();
        }
    }
}
