//! One sentence after another: what is found in it, in which order, and where it stands.

use super::mention::Mention;
use super::names::Named;
use super::passage::Passage;
use super::reader::{Job, Reader, Reading};
use crate::draft::Block;
use crate::knowledge::SubjectId;
use crate::language::context::{self, Fired};
use crate::language::grammar::Table;
use crate::language::sentence::{self};
use crate::language::token::{Shape, Token, tokenize};
use crate::language::{Language, Use};
use crate::text::Span;
use crate::value::{Found, Kind};

/// Bytes of the longest date that may lead a sentence: "30 September 2026." with room for marks.
const LONGEST_DATE: usize = 24;

/// Buffers that are reused from sentence to sentence, and what has been read so far.
#[derive(Debug, Default)]
pub(super) struct Work {
    pub(super) reading: Reading,
    pub(super) tokens: Vec<Token>,
    pub(super) table: Table,
    pub(super) clause: Vec<u16>,
    pub(super) fired: Vec<Fired>,
    pub(super) named: Vec<Named>,
    pub(super) mentions: Vec<Mention>,
    /// Whom the sentence leaves out of what it says.
    pub(super) left_out: Vec<SubjectId>,
    pub(super) values: Vec<Found>,
    pub(super) text: String,
}

impl Work {
    pub(super) fn block(&mut self, reader: &Reader, index: usize, block: &Block, passage: &mut Passage<'_>) {
        let mut from = None;
        for span in sentence::sentences(&block.text) {
            // A date by itself is said of the sentence after it ("January 2026. It was ..."), and read with it.
            let start = from.take().unwrap_or(span.start);
            if from.is_none() && self.is_date(reader, span.of(&block.text)) {
                from = Some(start);
                continue;
            }
            self.sentence(reader, index, block, Span::new(start, span.end), passage);
        }
    }

    /// Whether a text is nothing but a date.
    fn is_date(&mut self, reader: &Reader, text: &str) -> bool {
        if text.len() > LONGEST_DATE || !text.bytes().any(|b| b.is_ascii_digit()) {
            return false;
        }
        self.tokens.clear();
        tokenize(text, &reader.lexicon, &mut self.tokens);
        let values = reader.vocabulary.find(text, &self.tokens);
        let [found] = values.as_slice() else { return false };
        let rest = text[found.span.end..].chars();
        matches!(found.kind, Kind::Date(_))
            && found.span.start == 0
            && rest.into_iter().all(|c| !c.is_alphanumeric())
    }

    /// Reads one sentence of a block.
    pub(super) fn sentence(
        &mut self,
        reader: &Reader,
        index: usize,
        block: &Block,
        within: Span,
        passage: &mut Passage<'_>,
    ) {
        let prefix = passage.prefix(block);
        self.text.clear();
        self.text.push_str(prefix);
        let shift = self.text.len();
        self.text.push_str(within.of(&block.text));
        self.tokens.clear();
        tokenize(&self.text, &reader.lexicon, &mut self.tokens);
        if self.tokens.len() > u16::MAX as usize - 1 || self.tokens.is_empty() {
            return;
        }
        mark_lists(&mut self.tokens, &reader.language);
        let place = Place { block, within, shift };
        self.fill(reader, passage, &place);
        reader.grammar.run(&self.tokens, &mut self.table);
        context::fired(&self.table, &reader.language, &mut self.fired);
        sentence::clauses(
            &self.text,
            &self.tokens,
            &self.table,
            &reader.language,
            &reader.verbs,
            &mut self.clause,
        );
        self.refer(reader, passage);
        let asked =
            self.tokens
                .iter()
                .rev()
                .take_while(|t| t.shape == Shape::Mark)
                .any(|t| t.span.of(&self.text).contains('?'))
                && !self.table.matches.iter().any(|m| {
                    matches!(reader.jobs.get(m.pattern as usize), Some(Job::Language(Use::Presume)))
                });
        let first = self.reading.claims.len();
        self.reply(reader, passage, &place);
        self.claims(reader, passage, asked, &place);
        self.ticks(reader, passage, &place);
        self.echo(reader, passage, &place, first);
        self.figures(reader, passage, index, asked, &place);
        self.ask(reader, passage, asked);
        self.note_mentions(&place);
        let label = self.tokens.len() <= 3 && self.reading.claims.len() == first && self.mentions.is_empty();
        let range = (first, self.reading.claims.len());
        // What a lead-in adds in brackets ("not tested here") turns nothing round that comes after it.
        let aside: Vec<bool> = self.fired.iter().map(|f| self.bracketed(f.start).is_some()).collect();
        let mut aside = aside.into_iter();
        self.fired.retain(|_| !aside.next().unwrap_or_default());
        passage.leave_sentence(reader, &self.mentions, &self.fired, range, label);
        if self.led_by_newcomer(reader) {
            passage.topic.clear();
        }
    }

    pub(super) fn note_mentions(&mut self, place: &Place<'_>) {
        for mention in &self.mentions {
            if mention.end > place.prefix_tokens(&self.tokens) {
                let span = place.source(&self.tokens, mention.start, mention.end);
                self.reading.mentions.extend(mention.subjects.iter().map(|s| (span, *s)));
            }
        }
    }
}

/// Words that a member of a list may have where commas part it from the next.
const LONGEST_MEMBER: usize = 3;

/// Tells the commas of lists, which a conjunction ends within a few words, from those between clauses.
fn mark_lists(tokens: &mut [Token], language: &Language) {
    let mut ends = usize::MAX;
    for at in (0..tokens.len()).rev() {
        if tokens[at].comma {
            tokens[at].passed = (2..=LONGEST_MEMBER + 1).contains(&(ends.saturating_sub(at)));
            ends = if tokens[at].passed { at } else { usize::MAX };
        } else if language.conjunctions.contains(tokens[at].word) {
            ends = at;
        } else if tokens[at].shape == Shape::Mark {
            ends = usize::MAX;
        }
    }
}

/// Where the sentence at hand stands.
pub(super) struct Place<'a> {
    pub(super) block: &'a Block,
    pub(super) within: Span,
    /// How many bytes of the sentence's text come from elsewhere (a table header before its cell).
    pub(super) shift: usize,
}

impl Place<'_> {
    pub(super) fn prefix_tokens(&self, tokens: &[Token]) -> usize {
        if self.shift == 0 { 0 } else { tokens.iter().take_while(|t| t.span.start < self.shift).count() }
    }

    /// Tokens to a span of the block's text; what stands in the prefix is cut off.
    pub(super) fn within_block(&self, tokens: &[Token], start: usize, end: usize) -> Span {
        let start = tokens.get(start).map_or(0, |t| t.span.start).max(self.shift) - self.shift;
        let end = tokens.get(end.saturating_sub(1)).map_or(0, |t| t.span.end).max(self.shift) - self.shift;
        Span::new(self.within.start + start, self.within.start + end)
    }

    pub(super) fn source(&self, tokens: &[Token], start: usize, end: usize) -> Span {
        self.block.map.to_source(self.within_block(tokens, start, end))
    }
}
