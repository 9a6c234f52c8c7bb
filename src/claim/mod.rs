//! Claims: what a draft says of which subject, with polarity, status and place.

pub mod names;
pub mod mention;
pub mod bind;
pub mod passage;
pub mod figure;
pub mod measure;
mod ratios;
pub mod reader;
mod work;
mod scan;
mod refer;
mod around;
mod listing;
mod foreign;
mod newcomer;
mod stated;
mod taken;
pub mod reads;
pub mod survey;

use crate::knowledge::SubjectId;
use crate::language::Effect;
use crate::language::context::Status;
use crate::text::Span;
use crate::value::{DateValue, Number, Per};
use figure::Figure;

/// What a draft says of a subject.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// Index of the rule that read it.
    pub rule: usize,
    /// Which pattern of the rule read it (index into its `reads`), if a pattern did.
    pub read: Option<usize>,
    /// Attribute id.
    pub attribute: String,
    /// Of whom: one, or several of whom each is meant.
    pub subjects: Vec<SubjectId>,
    /// What is said.
    pub said: Said,
    /// That it is not so.
    pub negated: bool,
    /// Whether it is stated at all.
    pub status: Status,
    /// How it would stand if nobody asked.
    pub unasked: Status,
    /// Whether somebody is named who says it.
    pub reported: bool,
    /// What carries it, in the source.
    pub span: Span,
    /// Its sentence, in the source.
    pub sentence: Span,
    /// How its subject was found, for explanations.
    pub bound: bind::Bound,
    /// The time that the sentence gives it, if it gives one.
    pub at: Option<DateValue>,
    /// Whether another sentence's words say it ("Yes.", "So is X."), so that nothing in its span is its value alone.
    pub taken_up: bool,
    /// Whether its value only goes on a list that another claim's value begins.
    pub listed: bool,
    /// What decided how it reads, for explanations.
    pub trace: Trace,
    /// The words of its sentence and of the row it stands in, which narrow it to a tier or a part.
    pub scope: Vec<String>,
    /// The subject among whose own it is said ("the second model from this lab").
    pub within: Option<SubjectId>,
}

/// What decided how a statement reads, in the source.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Trace {
    /// Its clause.
    pub clause: Span,
    /// The words that name its subject or stand for it, if its sentence has them.
    pub subject: Option<Span>,
    /// The words that changed what it states, and how.
    pub swayed: Vec<(Effect, Span)>,
}

/// A value as a draft gives it.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    /// A choice, a stage, a set member or `some`/`none`, by id.
    Word(String),
    /// A stage from the first to the second.
    Between(String, String),
    /// This member of a set and no other.
    Only(String),
    /// A subject that is known.
    Subject(SubjectId),
    /// A name that is not.
    Name(String),
    /// A licence by id.
    Licence(String),
    /// A number with a unit id.
    Count(Number, Option<String>),
    /// An amount.
    Money(Number, String, Option<Per>),
    /// A date.
    Date(DateValue),
    /// A date by which it was so already.
    Since(DateValue),
    /// What another's is.
    Like(SubjectId),
    /// It came before (or after) another.
    Order {
        /// Before, not after.
        before: bool,
        /// Which other.
        other: SubjectId,
    },
    /// A factor with its metric and baseline.
    Ratio(Figure),
}
