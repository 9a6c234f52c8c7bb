//! Models that no fact knows: a name with a version ("Acme V3", "Orbit 4.1") is somebody, whom what is said may be about.

use super::mention::{Mention, MentionKind};
use super::reader::{Reader, token_range};
use super::work::Work;
use crate::language::token::{Shape, WordId};
use crate::value::Kind;

impl Work {
    /// Takes note of names with a version that nobody knows, as descriptions that stand for nobody.
    pub(super) fn newcomers(&mut self, reader: &Reader) {
        let mut at = 0;
        while at < self.tokens.len() {
            let end = self.capitals_end(at);
            if end > at
                && let Some(end) = self.versioned(reader, at, end)
            {
                let slot = reader.model_slot();
                self.mentions.push(Mention::new(at, end, Vec::new(), slot, MentionKind::Description));
            }
            at = end.max(at + 1);
        }
    }

    /// Whether the first model that a sentence speaks of is one that nobody knows.
    pub(super) fn led_by_newcomer(&self, reader: &Reader) -> bool {
        let spoken_of = |m: &&Mention| m.slot == reader.model_slot() && !m.aside;
        self.mentions.iter().find(spoken_of).is_some_and(|m| {
            m.subjects.is_empty()
                && m.kind == MentionKind::Description
                && self.tokens[m.start].shape != Shape::Lower
                && m.end - m.start > 1
        })
    }

    /// The end of a run of capitalised words with the version behind it, if it has one.
    fn versioned(&self, reader: &Reader, start: usize, end: usize) -> Option<usize> {
        let digits = |t: usize| self.tokens[t].span.of(&self.text).bytes().any(|b| b.is_ascii_digit());
        let number = self.tokens.get(end).is_some_and(|t| t.shape == Shape::Number);
        // At the start of a sentence every word is capitalised.
        let unknown = start > 0 && number || (start..end).any(|t| self.tokens[t].word == WordId::UNKNOWN);
        let counted = |t: usize| {
            [reader.classes.numbered, reader.classes.benchmark].iter().any(|class| self.is(*class, t))
        };
        let valued = self.values.iter().any(|v| {
            let inside =
                token_range(&self.tokens, v.span).is_some_and(|(from, to)| from <= end && start < to);
            inside && !matches!(v.kind, Kind::Count { unit: None, .. })
        });
        let version = if number { Some(end + 1) } else { (start..end).any(digits).then_some(end) };
        version.filter(|_| unknown && !valued && !(start..end).any(counted))
    }
}
