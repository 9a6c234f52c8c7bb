//! Mentions: where a sentence speaks of a subject, by name, short name, pronoun or description.

use crate::knowledge::SubjectId;

/// A stretch of a sentence that stands for one subject or several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// For whom; empty while nothing tells.
    pub subjects: Vec<SubjectId>,
    /// Slot it fills: `model`, `org`, `person`, `surface` …
    pub slot: u16,
    /// How it names them.
    pub kind: MentionKind,
    /// Whether it is what something is compared with, not what is spoken of.
    pub aside: bool,
    /// Whether a verb stands right before it, whose object it then is.
    pub object: bool,
    /// Whether a comma or conjunction joins it to the mention before, so that both are spoken of alike.
    pub listed: bool,
}

impl Mention {
    /// One whose part in the sentence is not known yet.
    pub fn new(start: usize, end: usize, subjects: Vec<SubjectId>, slot: u16, kind: MentionKind) -> Mention {
        Mention { start, end, subjects, slot, kind, aside: false, object: false, listed: false }
    }
}

/// How a mention names its subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MentionKind {
    /// By a name.
    Name,
    /// "it", "its".
    Pronoun,
    /// "the model", "the lab's new reasoner".
    Description,
}
