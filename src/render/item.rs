//! A finding with all that outputs need, owned: places as lines and columns, facts as words.
//!
//! Its serialised form is the JSON output's.

use crate::draft::{BlockKind, Draft};
use crate::knowledge::{FactId, Knowledge, SourceFile};
use crate::rule::finding::{Confidence, Finding, Fix, Meaning, Place, Related, Severity};
use crate::text::{Encoding, LineIndex, Span};
use crate::verdict::Verdict;
use serde::Serialize;

/// One finding.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// The draft.
    pub path: String,
    /// Name of the rule.
    pub rule: String,
    /// How bad.
    pub severity: Severity,
    /// How sure.
    pub confidence: Confidence,
    /// What is wrong, what the fact is, what to do.
    pub message: String,
    /// Bytes in the draft.
    pub span: Span,
    /// Where it starts.
    pub start: Position,
    /// Where it ends, behind its last character.
    pub end: Position,
    /// What came of the claim.
    pub verdict: Option<Verdict>,
    /// What it was held against.
    pub fact: Option<FactCard>,
    /// What the message rests on.
    pub related: Vec<RelatedItem>,
    /// Ways to mend it, the preferred one first.
    pub fixes: Vec<FixItem>,
    /// Page about the rule.
    #[serde(skip)]
    pub link: Option<String>,
    /// What it is about, for baselines.
    #[serde(skip)]
    pub meaning: Option<Meaning>,
    /// The heading that it stands under.
    #[serde(skip)]
    pub heading: String,
    /// Stays the same while the lines around it change.
    #[serde(skip)]
    pub fingerprint: String,
}

/// A place as people count, both from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
pub struct Position {
    /// Line.
    pub line: usize,
    /// Column in characters (Unicode scalar values).
    pub column: usize,
    /// Column in bytes.
    #[serde(skip)]
    pub byte_column: usize,
}

/// A fact in words.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct FactCard {
    /// Its id.
    pub id: String,
    /// Subject id.
    pub subject: String,
    /// Subject's name.
    pub name: String,
    /// Attribute id.
    pub attribute: String,
    /// Attribute's name.
    #[serde(skip)]
    pub attribute_name: String,
    /// Its value in words.
    pub value: String,
    /// First day on which it holds.
    pub from: Option<String>,
    /// Last day on which it holds.
    pub to: Option<String>,
    /// Where it stands.
    pub source: Option<SourceCard>,
    /// Word for word.
    pub quote: Option<String>,
}

/// A document.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct SourceCard {
    /// Title.
    pub title: String,
    /// Address.
    pub url: Option<String>,
    /// Day of publication.
    pub date: Option<String>,
    /// File of the document itself, where it is kept.
    pub file: Option<String>,
}

impl Item {
    /// The message without the evidence that some rules put at its end, for outputs that show evidence themselves.
    pub fn statement(&self) -> &str {
        let source = self.fact.as_ref().and_then(|fact| fact.source.as_ref());
        let head =
            source.and_then(|source| self.message.split_once(&source.title)).map(|(head, _)| head.trim_end());
        head.filter(|head| head.ends_with('.')).unwrap_or(&self.message)
    }
}

impl FactCard {
    /// Subject, attribute, value and time on one line.
    pub fn in_words(&self) -> String {
        let time = match (&self.from, &self.to) {
            (Some(from), Some(to)) => format!(", from {from} to {to}"),
            (Some(from), None) => format!(", since {from}"),
            (None, Some(to)) => format!(", until {to}"),
            (None, None) => String::new(),
        };
        format!("{}, {}: {}{time}", self.name, self.attribute_name, self.value)
    }
}

impl SourceCard {
    /// Title, date and address on one line.
    pub fn in_words(&self) -> String {
        let date = self.date.iter().map(|date| format!(", {date}"));
        let url = self.url.iter().map(|url| format!(" <{url}>"));
        std::iter::once(self.title.clone()).chain(date).chain(url).collect()
    }
}

/// A place that a finding rests on: in the draft, in a source that is kept, or in the file that states the fact.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RelatedItem {
    /// What stands there.
    pub message: String,
    /// File; the draft's own path where it is in the draft.
    pub path: String,
    /// Bytes in that file.
    pub span: Span,
    /// Where it starts.
    pub start: Position,
    /// Where it ends.
    pub end: Position,
    /// The words there.
    pub text: String,
}

/// A way to mend a finding.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FixItem {
    /// What it does.
    pub title: String,
    /// Whether it can be applied unseen.
    pub safe: bool,
    /// Replacements, ascending and disjoint.
    pub edits: Vec<EditItem>,
}

/// A replacement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EditItem {
    /// Bytes in the draft.
    pub span: Span,
    /// Where it starts.
    pub start: Position,
    /// Where it ends.
    pub end: Position,
    /// What stands there afterwards.
    pub text: String,
}

/// What items are made from, beside the findings.
pub struct Context<'a> {
    /// The draft's path.
    pub path: &'a str,
    /// The draft.
    pub draft: &'a Draft,
    /// What the findings refer to.
    pub knowledge: &'a Knowledge,
    /// The files that it was loaded from.
    pub files: &'a [SourceFile],
}

impl Context<'_> {
    /// Findings as items, in the order given.
    pub fn items(&self, findings: &[Finding]) -> Vec<Item> {
        if findings.is_empty() {
            return Vec::new();
        }
        let lines = LineIndex::new(&self.draft.source);
        let mut items: Vec<Item> = findings.iter().map(|finding| self.item(&lines, finding)).collect();
        fingerprint(&mut items, &self.draft.source);
        items
    }

    fn item(&self, lines: &LineIndex, finding: &Finding) -> Item {
        let (start, end) = range(lines, finding.span);
        Item {
            path: self.path.to_string(),
            rule: finding.rule.clone(),
            severity: finding.severity,
            confidence: finding.confidence,
            message: finding.message.clone(),
            span: finding.span,
            start,
            end,
            verdict: finding.verdict,
            fact: finding.fact.and_then(|id| fact_card(self.knowledge, id)),
            related: finding.related.iter().filter_map(|related| self.related(lines, related)).collect(),
            fixes: finding.fixes.iter().map(|fix| fix_item(lines, fix)).collect(),
            link: finding.link.clone(),
            meaning: finding.meaning.clone(),
            heading: heading(self.draft, finding.span),
            fingerprint: String::new(),
        }
    }

    fn related(&self, lines: &LineIndex, related: &Related) -> Option<RelatedItem> {
        match related.place {
            Place::Draft(span) => Some(place(&related.message, self.path, &self.draft.source, lines, span)),
            Place::Source(id, span) => {
                let source = self.knowledge.sources.get(id.0 as usize)?;
                let (file, text) = (source.file.as_ref()?, source.text.as_ref()?);
                Some(place(&related.message, file, text, &up_to(span, text), span))
            }
            Place::Fact(id) => {
                let (file, span) = self.knowledge.facts.get(id.0 as usize)?.place;
                let file = self.files.get(file)?;
                Some(place(&related.message, &file.name, &file.text, &up_to(span, &file.text), span))
            }
        }
    }
}

/// A fact with its source, in words.
pub fn fact_card(knowledge: &Knowledge, id: FactId) -> Option<FactCard> {
    let fact = knowledge.facts.get(id.0 as usize)?;
    let subject = knowledge.subjects.get(fact.subject.0 as usize)?;
    let attribute = knowledge.attributes.get(fact.attribute.0 as usize)?;
    let source = fact.source.and_then(|id| knowledge.sources.get(id.0 as usize)).map(|source| SourceCard {
        title: source.title.clone(),
        url: source.url.clone(),
        date: source.date.map(|day| day.to_string()),
        file: source.file.clone(),
    });
    Some(FactCard {
        id: fact.id.clone(),
        subject: subject.id.clone(),
        name: subject.name.clone(),
        attribute: attribute.id.clone(),
        attribute_name: attribute.name.clone(),
        value: knowledge.words(fact.attribute, &fact.value),
        from: fact.from.map(|day| day.to_string()),
        to: fact.to.map(|day| day.to_string()),
        source,
        quote: fact.quote.clone(),
    })
}

fn place(message: &str, path: &str, source: &str, lines: &LineIndex, span: Span) -> RelatedItem {
    let (start, end) = range(lines, span);
    let (message, path, text) = (message.to_string(), path.to_string(), span.of(source).to_string());
    RelatedItem { message, path, span, start, end, text }
}

/// The lines that end before a span does, and its last one up to there.
fn up_to(span: Span, text: &str) -> LineIndex {
    LineIndex::new(text.get(..span.end).unwrap_or(text))
}

fn fix_item(lines: &LineIndex, fix: &Fix) -> FixItem {
    let edits = fix.edits.iter().map(|(span, text)| {
        let (start, end) = range(lines, *span);
        EditItem { span: *span, start, end, text: text.clone() }
    });
    FixItem { title: fix.title.clone(), safe: fix.safe, edits: edits.collect() }
}

/// The text of the heading that a place stands under, or is.
fn heading(draft: &Draft, span: Span) -> String {
    let at = draft.blocks.partition_point(|block| block.span.start <= span.start);
    let block = at.checked_sub(1).and_then(|at| draft.blocks.get(at));
    let heading = block.and_then(|block| match block.kind {
        BlockKind::Heading(_) => Some(block),
        _ => block.heading.and_then(|at| draft.blocks.get(at)),
    });
    heading.map(|block| block.text.clone()).unwrap_or_default()
}

/// A number for each finding that depends on its rule, its meaning (or else its words) and how many of the same stand
/// before it in the draft, never on its line.
fn fingerprint(items: &mut [Item], source: &str) {
    let mut seen: Vec<u64> = Vec::with_capacity(items.len());
    for item in items {
        let words = match &item.meaning {
            Some(m) => format!("{}\0{}\0{}", m.subject, m.attribute, m.value),
            None => item.span.of(source).to_string(),
        };
        let base = fnv(&[&item.path, &item.rule, &words]);
        let nth = seen.iter().filter(|&&other| other == base).count();
        seen.push(base);
        item.fingerprint = format!("{:016x}", fnv(&[&format!("{base:x}"), &nth.to_string()]));
    }
}

/// FNV-1a, 64 bits: the same on every machine and in every release.
fn fnv(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0xff]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn range(lines: &LineIndex, span: Span) -> (Position, Position) {
    let position = |offset| {
        let place = lines.position(offset, Encoding::Utf32);
        let byte_column = lines.position(offset, Encoding::Utf8).column + 1;
        Position { line: place.line + 1, column: place.column + 1, byte_column }
    };
    (position(span.start), position(span.end))
}
