//! Sentences and their clauses.

use super::Language;
use super::grammar::{Grammar, Table};
use super::pattern::ClassId;
use super::token::{Shape, Token};
use crate::text::Span;

/// The sentences of a block's text, in order, without the white space around them. A hard line break ends one.
pub fn sentences(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        let single = is_one(line);
        if single {
            push_trimmed(text, line_start, line_start + line.len(), &mut out);
        } else {
            for found in sentencex::get_sentence_boundaries("en", line) {
                push_trimmed(text, line_start + found.start_byte, line_start + found.end_byte, &mut out);
            }
        }
        line_start += line.len();
    }
    out
}

/// Whether no mark in a line can end a sentence before the line does: none stands there, or each is inside of a word or
/// number ("3.5", "meta.ai").
fn is_one(line: &str) -> bool {
    let body = line.trim_end().trim_end_matches(['.', '!', '?']);
    let bytes = body.as_bytes();
    let inside = |at: usize| bytes.get(at + 1).is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    !body.contains(['。', '…'])
        && bytes.iter().enumerate().all(|(at, b)| !matches!(b, b'.' | b'!' | b'?') || inside(at))
}

fn push_trimmed(text: &str, start: usize, end: usize, out: &mut Vec<Span>) {
    let Some(part) = text.get(start..end) else { return };
    let lead = part.len() - part.trim_start().len();
    let body = part.trim();
    if !body.is_empty() {
        out.push(Span::new(start + lead, start + lead + body.len()));
    }
}

/// Which clause each token is in: numbers from 0 upward, one per token.
///
/// A clause ends at every mark or word that the language lists as hard, and at the softer ones if a finite verb comes before
/// the next of them, so that "fast, small and cheap" is one clause and "fast, and it is cheap" two.
pub fn clauses(
    text: &str,
    tokens: &[Token],
    table: &Table,
    language: &Language,
    verbs: &Verbs,
    out: &mut Vec<u16>,
) {
    out.clear();
    let (mut clause, mut top, mut around) = (0, 0, None);
    for (at, token) in tokens.iter().enumerate() {
        match token.span.of(text) {
            "(" if token.shape == Shape::Mark => around = Some((at, clause)),
            // After a remark in brackets the clause around it goes on; a number in brackets is a list's.
            ")" if token.shape == Shape::Mark => {
                if let Some((from, before)) = around.take().filter(|(from, _)| at - from > 2) {
                    out.push(clause);
                    clause = if from > 0 { before } else { clause };
                    continue;
                }
            }
            _ => {}
        }
        let starts = language.breaks.contains(token.word)
            || (language.soft_breaks.contains(token.word)
                && !goes_on(at, tokens, table, language, verbs)
                && finite_follows(text, at, tokens, table, language, verbs));
        let joins = at > 0 && tokens[at - 1].shape == Shape::Mark && out.last() == Some(&clause) && at >= 2;
        let after_break = joins && out.get(at - 2) != Some(&clause);
        if starts && at > 0 && !after_break {
            top += 1;
            clause = top;
        }
        out.push(clause);
    }
}

/// Whether a comma parts the verbs of one list that share their auxiliary ("can browse, call tools or run code").
fn goes_on(at: usize, tokens: &[Token], table: &Table, language: &Language, verbs: &Verbs) -> bool {
    let of = |at: usize, class: Option<ClassId>| class.is_some_and(|c| table.class_at(at, c).is_some());
    let bare = |at: usize| {
        tokens.get(at).is_some_and(|t| t.shape == Shape::Lower)
            && !of(at, verbs.pronoun)
            && !of(at, verbs.auxiliary)
    };
    let member = tokens.iter().enumerate().skip(at + 1);
    let mut member = member.take_while(|(_, t)| !t.comma && !language.conjunctions.contains(t.word));
    tokens[at].passed && bare(at + 1) && member.all(|(at, _)| !of(at, verbs.auxiliary))
}

/// Classes that tell finite verbs.
#[derive(Debug, Clone, Copy, Default)]
pub struct Verbs {
    /// Forms of be, have, do and the modals.
    pub auxiliary: Option<ClassId>,
    /// Other common verbs.
    pub verb: Option<ClassId>,
    /// Pronouns, which open a clause of their own after a conjunction.
    pub pronoun: Option<ClassId>,
}

impl Verbs {
    /// As the grammar names them.
    pub fn of(grammar: &Grammar) -> Verbs {
        Verbs {
            auxiliary: grammar.class("auxiliary"),
            verb: grammar.class("verb"),
            pronoun: grammar.class("pronoun"),
        }
    }

    /// Whether a token may be a finite verb.
    pub fn at(&self, token: usize, table: &Table) -> bool {
        table.at(token).any(|(_, h)| Some(h.class) == self.auxiliary || Some(h.class) == self.verb)
    }
}

/// Whether a finite verb comes after a soft break, before the next break.
fn finite_follows(
    text: &str,
    at: usize,
    tokens: &[Token],
    table: &Table,
    language: &Language,
    verbs: &Verbs,
) -> bool {
    for (index, token) in tokens.iter().enumerate().skip(at + 1).take(9) {
        let soft = language.soft_breaks.contains(token.word);
        if language.breaks.contains(token.word) || (soft && index > at + 1) {
            return false;
        }
        // "Coming" and "being" head no clause of their own.
        if verbs.at(index, table) && !token.span.of(text).ends_with("ing") {
            return true;
        }
    }
    false
}
