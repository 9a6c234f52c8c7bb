//! The stretches of a draft that pattern rules look at, as text with its way back to the source.
//!
//! Patterns are written for text as it stands in a file: a line break inside a paragraph is a line break here (a pattern's
//! `\s` meets it, its space does not), and inline code is as many asterisks as it has characters, so that nothing in it is
//! found and what stands around it is not pushed together.

use super::scope::Scope;
use crate::draft::{Block, BlockKind, Draft, Format, MarkKind, OffsetMap, Run};
use crate::text::Span;
use std::collections::BTreeMap;

/// One stretch of text.
#[derive(Debug, Clone, Default)]
pub struct View {
    /// What patterns see.
    pub text: String,
    /// What it is, for scopes.
    pub sections: Vec<String>,
    /// `sentence` or `paragraph` where it is part of another view.
    pub fragment: Option<&'static str>,
    /// Index of the block it was taken from; views of one block share their cost.
    pub block: Option<usize>,
    /// How many parts of each kind the draft has; only where the view is the draft's whole prose.
    pub parts: Vec<(String, usize)>,
    map: OffsetMap,
}

/// Which views the rules at hand ask for, beside the blocks themselves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wants {
    sentence: bool,
    inline: bool,
    raw: bool,
    summary: bool,
}

impl Wants {
    /// Adds what this scope asks for.
    pub fn add(&mut self, scope: &Scope) {
        self.sentence |= scope.asks("sentence");
        self.inline |= ["link", "strong", "emphasis", "code"].iter().any(|name| scope.asks(name));
        self.raw |= scope.asks("raw");
        self.summary |= scope.asks("summary");
    }
}

impl View {
    /// A span of the text in the draft's source.
    pub fn source(&self, span: Span) -> Span {
        self.map.to_source(span)
    }

    /// Whether it is the draft's whole prose.
    pub fn is_summary(&self) -> bool {
        self.sections.iter().any(|section| section == "summary")
    }

    /// Whether one of these scopes fits it, or what it is part of.
    pub fn is_one_of(&self, scopes: &[Scope]) -> bool {
        scopes.iter().any(|scope| scope.fits(&self.sections, None))
    }

    /// Part of the view as a view of its own.
    fn part(&self, span: Span, fragment: &'static str) -> View {
        let mut sections = vec![fragment.to_string()];
        sections.extend(self.sections.iter().cloned());
        let runs = self.map.runs.iter().filter_map(|run| clip(run, span)).collect();
        View {
            text: span.of(&self.text).to_string(),
            sections,
            fragment: Some(fragment),
            block: self.block,
            parts: Vec::new(),
            map: OffsetMap { runs },
        }
    }

    fn push(&mut self, text: &str, source: usize, source_len: usize) {
        if text.is_empty() {
            return;
        }
        let run = Run { text: self.text.len(), source, text_len: text.len(), source_len };
        self.text.push_str(text);
        self.map.runs.push(run);
    }

    fn append(&mut self, other: &View) {
        let shift = self.text.len();
        self.text.push_str(&other.text);
        self.map.runs.extend(other.map.runs.iter().map(|run| Run { text: run.text + shift, ..*run }));
        // Two line ends of the summary's own stand where the view ends.
        let end = other.source(Span::new(other.text.len(), other.text.len())).end;
        self.push("\n\n", end, 0);
    }

    /// Turns what stands inside these spans of the source into asterisks.
    fn hide(&mut self, ignored: &[Span]) {
        if ignored.is_empty() {
            return;
        }
        let mut text = String::with_capacity(self.text.len());
        for (at, c) in self.text.char_indices() {
            let place = self.source(Span::new(at, at + c.len_utf8()));
            let hidden = !c.is_whitespace() && ignored.iter().any(|span| span.overlaps(place));
            // The same number of bytes, so that the runs still fit.
            if hidden {
                text.extend(std::iter::repeat_n('*', c.len_utf8()));
            } else {
                text.push(c);
            }
        }
        self.text = text;
    }
}

fn clip(run: &Run, span: Span) -> Option<Run> {
    let (from, to) = (run.text.max(span.start), (run.text + run.text_len).min(span.end));
    if from >= to {
        return None;
    }
    let text = from - span.start;
    match run.text_len == run.source_len {
        true => Some(Run {
            text,
            source: run.source + (from - run.text),
            text_len: to - from,
            source_len: to - from,
        }),
        false => Some(Run { text, source: run.source, text_len: to - from, source_len: run.source_len }),
    }
}

/// All views of a draft that the rules ask for, in reading order, the whole of the draft last. What is `ignored` is hidden,
/// what is `silent` is not measured; `sentences` cuts a text.
pub fn views(
    draft: &Draft,
    wants: Wants,
    ignored: &[Span],
    silent: &[Span],
    sentences: &dyn Fn(&str) -> Vec<Span>,
) -> Vec<View> {
    let ext = match draft.format {
        Format::Markdown => "md",
        Format::Html => "html",
        Format::Text => "txt",
    };
    let mut views = front_matter(draft, ext);
    let mut summary = View { sections: vec!["summary".into(), ext.into()], ..View::default() };
    let stretches = match draft.format {
        Format::Text => vec![whole(draft, "text", ext)],
        _ => draft.blocks.iter().enumerate().map(|(i, block)| block_view(draft, i, block, ext)).collect(),
    };
    for mut view in stretches {
        view.hide(ignored);
        if draft.format == Format::Text {
            let paragraphs = paragraphs(&view.text).into_iter();
            // They are looked at by rules for the whole text too, as in Vale.
            views.extend(paragraphs.map(|span| View { fragment: None, ..view.part(span, "paragraph") }));
        }
        if wants.sentence {
            views.extend(sentences(&view.text).into_iter().map(|span| view.part(span, "sentence")));
        }
        let block = view.block.and_then(|index| draft.blocks.get(index));
        let measured =
            |block: &Block| in_summary(block.kind) && !silent.iter().any(|s| s.contains(block.span));
        if wants.summary && block.is_none_or(measured) {
            summary.append(&view);
        }
        if let (true, Some(block)) = (wants.inline, block) {
            views.extend(inline_views(draft, block, &view, ext));
        }
        views.push(view);
    }
    if wants.summary {
        summary.parts = parts(draft);
        views.push(summary);
    }
    if wants.raw {
        views.push(whole(draft, "raw", ext));
    }
    views
}

fn in_summary(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Paragraph | BlockKind::Item { .. } | BlockKind::Footnote)
}

fn parts(draft: &Draft) -> Vec<(String, usize)> {
    let name = |block: &Block| match block.kind {
        BlockKind::Paragraph if block.quote_depth > 0 => "blockquote".to_string(),
        BlockKind::Paragraph => "paragraphs".to_string(),
        BlockKind::Item { .. } | BlockKind::Footnote => "list".to_string(),
        BlockKind::Heading(level) => format!("heading_h{level}"),
        BlockKind::Cell { .. } | BlockKind::Caption => "table".to_string(),
        BlockKind::Alt => "img".to_string(),
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    draft.blocks.iter().for_each(|block| *counts.entry(name(block)).or_default() += 1);
    counts.into_iter().collect()
}

fn whole(draft: &Draft, section: &str, ext: &str) -> View {
    let mut view = View { sections: vec![section.into(), ext.into()], ..View::default() };
    view.push(&draft.source, 0, draft.source.len());
    view
}

fn front_matter(draft: &Draft, ext: &str) -> Vec<View> {
    let is_text = |value: &str| {
        let other = value.starts_with(['[', '{']) || matches!(value, "true" | "false" | "null");
        !other && value.chars().any(char::is_alphabetic)
    };
    let entries = draft.front.entries.iter();
    entries
        .filter(|(_, value, _)| is_text(value))
        .map(|(key, value, span)| {
            let sections = ["text", "frontmatter", key.as_str(), ext].map(str::to_string).to_vec();
            let mut view = View { sections, ..View::default() };
            view.push(value, span.start, span.len());
            view
        })
        .collect()
}

fn block_view(draft: &Draft, index: usize, block: &Block, ext: &str) -> View {
    let mut view = View { sections: sections(block, ext), block: Some(index), ..View::default() };
    for run in &block.map.runs {
        push_run(draft, block, *run, &mut view);
    }
    view
}

fn push_run(draft: &Draft, block: &Block, run: Run, view: &mut View) {
    let text = Span::new(run.text, run.text + run.text_len).of(&block.text);
    let source = Span::new(run.source, run.source + run.source_len).of(&draft.source);
    let end = view.map.runs.last().map_or(run.source, |last| last.source + last.source_len);
    let gap = Span::new(end, run.source);
    if draft.format == Format::Html
        && view.text.ends_with(char::is_whitespace)
        && gap.of(&draft.source).trim().is_empty()
    {
        view.push(gap.of(&draft.source), gap.start, gap.len());
    }
    if text == "\u{fffc}" {
        view.push(&"*".repeat(hidden_len(block, run, source)), run.source, run.source_len);
    } else if text.len() == source.len() {
        view.push(&with_breaks(text, source), run.source, run.source_len);
    } else if text == "\n" {
        view.push(" ", run.source, run.source_len);
    } else if text.trim().is_empty() && draft.format == Format::Html && source.trim().is_empty() {
        view.push(source, run.source, run.source_len);
    } else if text == " " && source.contains('\n') {
        view.push("\n", run.source, run.source_len);
    } else {
        view.push(text, run.source, run.source_len);
    }
}

/// A text whose spaces are what the source has in their place: a line break, a tab.
fn with_breaks(text: &str, source: &str) -> String {
    let bytes = source.as_bytes();
    let shown = |(at, c): (usize, char)| match bytes.get(at) {
        Some(byte) if c == ' ' && byte.is_ascii_whitespace() => char::from(*byte),
        _ => c,
    };
    text.char_indices().map(shown).collect()
}

/// How many asterisks stand for a hidden stretch: as many as inline code has characters, or an address in the source.
fn hidden_len(block: &Block, run: Run, source: &str) -> usize {
    let code = block.marks.iter().find_map(|mark| match &mark.kind {
        MarkKind::Code(code) if mark.span.start == run.text => Some(code.trim().chars().count()),
        _ => None,
    });
    code.unwrap_or_else(|| source.chars().count()).max(1)
}

fn sections(block: &Block, ext: &str) -> Vec<String> {
    let mut names: Vec<&str> = vec!["text"];
    let level;
    match block.kind {
        BlockKind::Paragraph if block.quote_depth == 0 => names.push("paragraph"),
        BlockKind::Paragraph => {}
        BlockKind::Heading(n) => {
            level = format!("h{n}");
            names.extend(["heading", &level]);
        }
        BlockKind::Item { .. } => names.push("list"),
        BlockKind::Cell { header: true, .. } => names.extend(["table", "header"]),
        BlockKind::Cell { .. } => names.extend(["table", "cell"]),
        BlockKind::Footnote => names.extend(["footnote", "list"]),
        BlockKind::Caption => names.extend(["table", "figure", "caption"]),
        BlockKind::Alt => names.extend(["attr", "alt"]),
    }
    if block.quote_depth > 0 {
        names.push("blockquote");
    }
    names.push(ext);
    names.into_iter().map(str::to_string).collect()
}

fn inline_views(draft: &Draft, block: &Block, view: &View, ext: &str) -> Vec<View> {
    let mut views = Vec::new();
    for mark in &block.marks {
        let section = match &mark.kind {
            MarkKind::Link(_) => "link",
            MarkKind::Strong => "strong",
            MarkKind::Emphasis => "emphasis",
            MarkKind::Code(_) => "code",
            MarkKind::FootnoteRef(_) | MarkKind::FootnoteLabel(_) => continue,
        };
        let mut inline =
            View { sections: vec![section.into(), ext.into()], block: view.block, ..View::default() };
        for run in block.map.runs.iter().filter_map(|run| clip(run, mark.span)) {
            let run = Run { text: run.text + mark.span.start, ..run };
            match &mark.kind {
                MarkKind::Code(code) => {
                    let source = Span::new(run.source, run.source + run.source_len);
                    let at = source.of(&draft.source).find(code.as_str()).unwrap_or(0);
                    inline.push(code, source.start + at, code.len());
                }
                _ => push_run(draft, block, run, &mut inline),
            }
        }
        if !inline.text.trim().is_empty() {
            views.push(inline);
        }
    }
    views
}

/// The paragraphs of a plain text, each with the blank line after it.
fn paragraphs(text: &str) -> Vec<Span> {
    let mut start = 0;
    let mut spans = Vec::new();
    for part in text.split_inclusive("\n\n") {
        spans.push(Span::new(start, start + part.len()));
        start += part.len();
    }
    spans
}
