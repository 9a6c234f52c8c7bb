//! YAML files as trees that remember where each key and value stands.
//!
//! [`parse`] is total and bounded: no input makes it panic, nest without end or grow (anchors and aliases are refused).
//! [`Fields`] and [`Item`] read typed values out of a tree and say in plain words what is wrong and where.

mod plain;
mod read;
mod write;

pub use plain::read as parse_plainly;
#[cfg(test)]
pub(crate) use read::ASKED;
pub use read::{Fields, Item, Problems, suggest};
pub use write::write;

use crate::text::Span;
use saphyr_parser::{Event, Parser, ScalarStyle};
use std::collections::HashSet;

/// The largest file that is read.
const MAX_BYTES: usize = 8 << 20;
/// How deep lists and maps may nest.
const MAX_DEPTH: usize = 64;

/// A value with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// In the source, quotes and brackets included; a block scalar starts at its first word.
    pub span: Span,
    /// What it is.
    pub kind: NodeKind,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NodeKind {
    /// Text, a number, a date …: YAML's own types are not used, the reader decides.
    Scalar {
        /// With escapes and folding resolved.
        text: String,
        /// Whether it was written in quotes or as a block, so that `''` is a text and an empty place is none.
        quoted: bool,
    },
    /// A list.
    List(Vec<Node>),
    /// A map in the order of the file; keys are scalars and unique.
    Map(Vec<(Node, Node)>),
}

/// Something wrong in a file that a person wrote.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Problem {
    /// Index into the files that the loader was given.
    pub file: usize,
    /// Where it stands.
    pub span: Span,
    /// The path of the value: `facts[2].source.quote`.
    pub key: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Problem {
    /// `name:line:column: key: message (help)`, columns counted in characters from 1.
    pub fn describe(&self, name: &str, source: &str) -> String {
        let before = source.get(..self.span.start).unwrap_or(source);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        let key = self.key.iter().filter(|k| !k.is_empty()).map(|k| format!("{k}: ")).collect::<String>();
        let help = self.help.iter().map(|h| format!(" ({h})")).collect::<String>();
        format!("{name}:{line}:{column}: {key}{}{help}", self.message)
    }
}

/// The first document of `source`; a second one is a problem. `None` if there is none or it cannot be read.
pub fn parse(source: &str) -> (Option<Node>, Vec<Problem>) {
    let (documents, mut problems) = parse_all(source);
    let mut documents = documents.into_iter();
    let first = documents.next();
    if let Some(second) = documents.next() {
        problems.push(Problem {
            span: second.span,
            message: "a second document starts here; this kind of file holds one".into(),
            ..Problem::default()
        });
    }
    (first, problems)
}

/// All documents of `source` (`---` parts them), as far as they can be read.
pub fn parse_all(source: &str) -> (Vec<Node>, Vec<Problem>) {
    if source.len() > MAX_BYTES {
        let message = format!("the file is larger than {} MB", MAX_BYTES >> 20);
        return (Vec::new(), vec![Problem { message, ..Problem::default() }]);
    }
    match parse_plainly(source) {
        Some(document) => (vec![document], Vec::new()),
        None => parse_fully(source),
    }
}

/// What [`parse_all`] gives, by the full parser alone.
pub fn parse_fully(source: &str) -> (Vec<Node>, Vec<Problem>) {
    // A byte order mark counts for no character in the parser.
    let body = source.strip_prefix('\u{feff}').unwrap_or(source);
    let mut builder = Builder::new(source, source.len() - body.len());
    for event in Parser::new_from_str(body) {
        let more = match event {
            Ok((event, span)) => {
                let span = builder.offsets.span(span.start.index(), span.end.index());
                builder.event(event, span)
            }
            Err(error) => {
                let at = error.marker().index();
                let span = builder.offsets.span(at, at);
                builder.problem(span, format!("this is no valid YAML: {}", error.info()));
                false
            }
        };
        if !more {
            break;
        }
    }
    (builder.documents, builder.problems)
}

/// Turns the parser's character positions into bytes.
struct Offsets {
    base: usize,
    len: usize,
    /// Byte of each character; empty where all are one byte long.
    bytes: Vec<u32>,
}

impl Offsets {
    fn new(source: &str, base: usize) -> Self {
        let body = source.get(base..).unwrap_or("");
        let bytes = match body.is_ascii() {
            true => Vec::new(),
            false => body.char_indices().map(|(at, _)| at as u32).collect(),
        };
        Offsets { base, len: body.len(), bytes }
    }

    fn byte(&self, character: usize) -> usize {
        let at = match self.bytes.is_empty() {
            true => character.min(self.len),
            false => self.bytes.get(character).map_or(self.len, |byte| *byte as usize),
        };
        self.base + at
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.byte(start), self.byte(end))
    }
}

/// A list or map that is still open.
struct Open {
    start: Span,
    items: Vec<Node>,
    entries: Vec<(Node, Node)>,
    keys: HashSet<String>,
    /// The key read last, while its value is awaited; only in maps.
    key: Option<Node>,
    is_map: bool,
}

struct Builder<'s> {
    source: &'s str,
    offsets: Offsets,
    open: Vec<Open>,
    documents: Vec<Node>,
    problems: Vec<Problem>,
}

impl<'s> Builder<'s> {
    fn new(source: &'s str, base: usize) -> Self {
        let offsets = Offsets::new(source, base);
        Builder { source, offsets, open: Vec::new(), documents: Vec::new(), problems: Vec::new() }
    }

    fn problem(&mut self, span: Span, message: String) {
        self.problems.push(Problem { span, message, ..Problem::default() });
    }

    /// Takes one event; false where reading must stop.
    fn event(&mut self, event: Event<'_>, span: Span) -> bool {
        match event {
            Event::Alias(_) => return self.refuse_anchor(span),
            Event::Scalar(_, _, anchor, _)
            | Event::SequenceStart(anchor, _)
            | Event::MappingStart(anchor, _)
                if anchor != 0 =>
            {
                return self.refuse_anchor(span);
            }
            Event::Scalar(text, style, _, _) => {
                let span = scalar_span(self.source, span, style);
                let kind = NodeKind::Scalar { text: text.into(), quoted: style != ScalarStyle::Plain };
                self.close(Node { span, kind });
            }
            Event::SequenceStart(..) => return self.start(span, false),
            Event::MappingStart(..) => return self.start(span, true),
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(open) = self.open.pop() {
                    let node = self.finish(open, span);
                    self.close(node);
                }
            }
            _ => {}
        }
        true
    }

    fn refuse_anchor(&mut self, span: Span) -> bool {
        self.problem(span, "anchors and aliases are not read; write the value out".into());
        false
    }

    fn start(&mut self, start: Span, is_map: bool) -> bool {
        if self.open.len() >= MAX_DEPTH {
            self.problem(start, format!("lists and maps nest deeper than {MAX_DEPTH}"));
            return false;
        }
        let (items, entries, keys) = (Vec::new(), Vec::new(), HashSet::new());
        self.open.push(Open { start, items, entries, keys, key: None, is_map });
        true
    }

    /// A block ends with its last child (the parser's own end stands at the next token), a bracket with its partner.
    fn finish(&self, open: Open, end: Span) -> Node {
        let start = open.start.start;
        let bracket = self.source.get(start..).is_some_and(|rest| rest.starts_with(['{', '[']));
        let last = open.items.last().or(open.entries.last().map(|(_, value)| value));
        let end = match last {
            Some(node) if !bracket => node.span.end,
            last => self.bracket_end(last.map_or(start + 1, |node| node.span.end)).unwrap_or(end.end),
        };
        let kind = match open.is_map {
            true => NodeKind::Map(open.entries),
            false => NodeKind::List(open.items),
        };
        Node { span: Span::new(start, end), kind }
    }

    /// Where the bracket closes after its last child; the parser's own end reaches over the comment behind it.
    fn bracket_end(&self, from: usize) -> Option<usize> {
        let mut comment = false;
        let closes = |(_, c): &(usize, char)| {
            comment = (comment || *c == '#') && *c != '\n';
            !comment && matches!(c, ']' | '}')
        };
        self.source.get(from..)?.char_indices().find(closes).map(|(at, _)| from + at + 1)
    }

    /// A node is complete: it goes to the list or map around it, or is a document.
    fn close(&mut self, node: Node) {
        let Some(open) = self.open.last_mut() else {
            let empty = matches!(&node.kind, NodeKind::Scalar { text, quoted: false } if text.is_empty());
            if !empty {
                self.documents.push(node);
            }
            return;
        };
        if !open.is_map {
            open.items.push(node);
            return;
        }
        let Some(key) = open.key.take() else {
            open.key = Some(node);
            return;
        };
        let NodeKind::Scalar { text, .. } = &key.kind else {
            let span = key.span;
            return self.problem(span, "a key must be a word, not a list or a map".into());
        };
        if open.keys.insert(text.clone()) {
            open.entries.push((key, node));
        } else {
            let (span, message) = (key.span, format!("the key `{text}` stands here a second time"));
            self.problem(span, message);
        }
    }
}

/// The scalar alone: the parser's span of a quoted one reaches over the comment behind it, a block's to the next token.
fn scalar_span(source: &str, span: Span, style: ScalarStyle) -> Span {
    let text = span.of(source);
    let quote = match style {
        ScalarStyle::SingleQuoted => '\'',
        ScalarStyle::DoubleQuoted => '"',
        _ => return Span::new(span.start, span.start + text.trim_end().len()),
    };
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        let doubled = quote == '\'' && characters.peek().is_some_and(|(_, next)| *next == quote);
        if character == quote && !doubled {
            return Span::new(span.start, span.start + at + 1);
        }
        if (character == quote && doubled) || (character == '\\' && quote == '"') {
            characters.next();
        }
    }
    span
}
