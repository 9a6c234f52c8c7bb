//! Saying where a claim is from: whose words it is, a link on it, or a footnote, as the draft's format has them.

use super::actions::edit;
use super::reading::Reading;
use crate::check::Judged;
use crate::draft::{Block, BlockKind, Draft, Format, MarkKind};
use crate::knowledge::{Fact, Source};
use crate::text::Span;
use crate::verdict::Verdict;
use tower_lsp::ls_types::{CodeAction, CodeActionKind, Diagnostic};

type Edits = Vec<(Span, String)>;

/// Ways to give the sources of the claims there that a fact bears out. Where the lack of a source is a finding they mend it,
/// elsewhere they are changes that one may want.
pub fn ways(reading: &Reading, at: Span, unsourced: Option<&Diagnostic>) -> Vec<CodeAction> {
    let borne_out = |claim: &&Judged| matches!(claim.verdict, Verdict::Supported | Verdict::Disputed);
    let touched =
        reading.claims().iter().filter(|claim| claim.span.start <= at.end && at.start <= claim.span.end);
    let mut actions: Vec<CodeAction> = Vec::new();
    for (title, edits) in touched.filter(borne_out).flat_map(|claim| of_claim(reading, claim)) {
        if actions.iter().all(|action| action.title != title) {
            actions.push(CodeAction {
                title,
                kind: Some(unsourced.map_or(CodeActionKind::REFACTOR, |_| CodeActionKind::QUICKFIX)),
                diagnostics: unsourced.map(|diagnostic| vec![diagnostic.clone()]),
                edit: Some(edit(reading, &edits)),
                ..Default::default()
            });
        }
    }
    actions
}

fn of_claim(reading: &Reading, claim: &Judged) -> Vec<(String, Edits)> {
    let knowledge = &reading.world.built.checker.knowledge;
    let draft = reading.draft();
    let Some(fact) = claim.fact.and_then(|id| knowledge.facts.get(id.0 as usize)) else { return Vec::new() };
    let Some(source) = fact.source.and_then(|id| knowledge.sources.get(id.0 as usize)) else {
        return Vec::new();
    };
    let Some(place) = Place::of(draft, claim) else { return Vec::new() };
    let who = fact.claimed_by.as_deref();
    let who = who.map(|who| knowledge.subject(who).map_or(who, |id| &knowledge.subjects[id.0 as usize].name));
    let name = if source.title.is_empty() { &source.id } else { &source.title };
    let says =
        place.says(who, source).map(|(words, edit)| (format!("Say whose words it is: “…{words}”"), edit));
    let link = place.link(source).map(|edit| (format!("Link the source: {name}"), edit));
    let note =
        place.footnote(fact, source).map(|edit| (format!("Add a footnote on the source: {name}"), edit));
    let named =
        place.brackets(fact, source).map(|edit| (format!("Name the source in brackets: {name}"), edit));
    [says, link, note, named].into_iter().flatten().collect()
}

/// A claim in its block.
struct Place<'a> {
    draft: &'a Draft,
    block: &'a Block,
    claim: Span,
    /// The sentence without the marks that end it, and with them.
    words: Span,
    sentence: Span,
}

impl<'a> Place<'a> {
    fn of(draft: &'a Draft, claim: &Judged) -> Option<Self> {
        let block = draft.blocks.iter().find(|block| block.span.contains(claim.span))?;
        let written = claim.sentence.of(&draft.source).trim_end();
        let sentence = Span::new(claim.sentence.start, claim.sentence.start + written.len());
        let words = written.trim_end_matches(['.', '!', '?', '…', ';', ':', ',']);
        let words = Span::new(sentence.start, sentence.start + words.len());
        Some(Place { draft, block, claim: claim.span, words, sentence })
    }

    /// The maker's own claim is theirs; of what others established the source says it.
    fn says(&self, who: Option<&str>, source: &Source) -> Option<(String, Edits)> {
        let words = match (who, &source.author) {
            (Some(who), _) => format!(", {who} says"),
            (None, Some(author)) => format!(", according to {author}"),
            (None, None) => return None,
        };
        let written = if self.draft.format == Format::Html { escaped(&words) } else { words.clone() };
        self.ends_plainly().then(|| (words, vec![(Span::new(self.words.end, self.words.end), written)]))
    }

    /// Whether something may be put behind the sentence's last word.
    fn ends_plainly(&self) -> bool {
        let ends = Span::new(self.words.end, self.sentence.end).of(&self.draft.source);
        let running = matches!(self.block.kind, BlockKind::Paragraph | BlockKind::Item { .. });
        running && matches!(ends, "." | "!") && !self.inside_mark(self.words.end)
    }

    /// Formats without footnotes have the source behind the sentence's words; in HTML its title is a link.
    fn brackets(&self, fact: &Fact, source: &Source) -> Option<Edits> {
        if self.draft.format == Format::Markdown || !self.ends_plainly() {
            return None;
        }
        let name = if source.title.is_empty() { &source.id } else { &source.title };
        let date = source.date.or(fact.as_of).map(|date| format!(", {date}")).unwrap_or_default();
        let (title, address) = match (self.draft.format, &source.url) {
            (Format::Html, Some(url)) => {
                (format!("<a href=\"{}\">{}</a>", address(url), escaped(name)), String::new())
            }
            (Format::Html, None) => (escaped(name), String::new()),
            (_, url) => (name.clone(), url.iter().map(|url| format!(", {url}")).collect()),
        };
        let at = Span::new(self.words.end, self.words.end);
        Some(vec![(at, format!(" (source: {title}{date}{address})"))])
    }

    /// The claim's own words become the link; plain text has the address behind the sentence.
    fn link(&self, source: &Source) -> Option<Edits> {
        let url = source.url.as_ref()?;
        let (before, after) = match self.draft.format {
            Format::Markdown => ("[".to_owned(), format!("](<{url}>)")),
            Format::Html => (format!("<a href=\"{}\">", address(url)), "</a>".into()),
            Format::Text => {
                let at = Span::new(self.words.end, self.words.end);
                return Some(vec![(at, format!(" ({url})"))]);
            }
        };
        let at = |byte| Span::new(byte, byte);
        let whole = self.marks().all(|(mark, linked)| {
            let apart = mark.end <= self.claim.start || self.claim.end <= mark.start;
            let around = mark.contains(self.claim);
            let inside = self.claim.start < mark.start && mark.end < self.claim.end;
            apart || !linked && (around || inside)
        });
        whole.then(|| vec![(at(self.claim.start), before), (at(self.claim.end), after)])
    }

    /// A note that says the same is used again.
    fn footnote(&self, fact: &Fact, source: &Source) -> Option<Edits> {
        if self.draft.format != Format::Markdown || self.inside_mark(self.sentence.end) {
            return None;
        }
        let text = &self.draft.source;
        let body = note(fact, source);
        let known = text.find(&format!("]: {body}")).and_then(|end| text.get(..end)?.rsplit_once("[^"));
        let free = |n: &usize| !text.contains(&format!("[^{n}]"));
        let label = match known {
            Some((_, label)) => label.to_owned(),
            None => (1..=text.len() + 1).find(free)?.to_string(),
        };
        let (at, end) = (self.sentence.end, text.len());
        let gap = if text.ends_with('\n') { "\n" } else { "\n\n" };
        let (sign, body) = (format!("[^{label}]"), format!("{gap}[^{label}]: {body}\n"));
        Some(match known {
            Some(_) => vec![(Span::new(at, at), sign)],
            // Editors differ on which of two insertions at one place comes first.
            None if at == end => vec![(Span::new(at, at), sign + &body)],
            None => vec![(Span::new(at, at), sign), (Span::new(end, end), body)],
        })
    }

    /// Marks in the source, and whether they are links or code, in which nothing may be linked.
    fn marks(&self) -> impl Iterator<Item = (Span, bool)> {
        let linked = |kind: &MarkKind| !matches!(kind, MarkKind::Strong | MarkKind::Emphasis);
        self.block.marks.iter().map(move |mark| (self.block.source_span(mark.span), linked(&mark.kind)))
    }

    fn inside_mark(&self, at: usize) -> bool {
        self.marks().any(|(mark, _)| mark.start < at && at <= mark.end)
    }
}

/// Other people's words in HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// An address within quotes in HTML.
fn address(url: &str) -> String {
    url.replace('&', "&amp;").replace('"', "%22")
}

/// A source as a note names it: who, when, where; its title where nobody is named.
fn note(fact: &Fact, source: &Source) -> String {
    let title =
        || if source.title.is_empty() { source.id.clone() } else { format!("“{}”", source.title) };
    let date = source.date.or(fact.as_of).map(|date| format!(", {date}")).unwrap_or_default();
    let url = source.url.as_ref().map(|url| format!(" <{url}>")).unwrap_or_default();
    format!("Source: {}{date}.{url}", source.author.clone().unwrap_or_else(title))
}
