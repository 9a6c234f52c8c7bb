//! Values as prose gives them: ratios, counts, money, dates, licences, each with its bound and its span.
//!
//! Number words, units, months and bounds are data (`rules/language/values.yaml`).

mod date;
mod figure;
mod find;
mod licence;
mod licence_name;
mod number;
mod part;
mod phrases;
mod portion;
mod price;
mod quantity;
mod vocabulary;
pub mod words;

pub use licence::{Agreement, Commercial, Licence, LicenceClass};
pub use vocabulary::Vocabulary;

use crate::text::Span;

/// How a number stands to the true one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Bound {
    /// "10x", "exactly 10x".
    #[default]
    Plain,
    /// "about", "roughly", "some".
    About,
    /// "at least", "no less than", "10+".
    AtLeast,
    /// "over", "more than", "north of", "upward of".
    Over,
    /// "at most", "no more than", "up to", "as much as".
    AtMost,
    /// "under", "less than", "just under", "almost", "nearly", "near-tenfold", "short of".
    Under,
}

impl Bound {
    /// Seen from the other side: less than a tenth of the cost is more than ten times as cheap.
    pub fn turned(self) -> Bound {
        match self {
            Bound::Plain | Bound::About => self,
            Bound::AtLeast => Bound::AtMost,
            Bound::AtMost => Bound::AtLeast,
            Bound::Over => Bound::Under,
            Bound::Under => Bound::Over,
        }
    }
}

/// A number or a range of numbers, as written.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Number {
    /// The lower end (equal to `high` for a single number).
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// The bound that words or signs before or after give it.
    pub bound: Bound,
    /// How many significant digits it is written with; 1 for "ten" and "a thousand".
    pub digits: u8,
}

/// How a ratio is written, which decides how its direction reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RatioForm {
    /// "10x", "ten times", "tenfold", "an order of magnitude", "twice", "a factor of ten", "double": factor 10 or 2.
    Multiple,
    /// "a tenth", "half", "two-thirds", "1/20", "one-twentieth": factor 0.1, 0.5 …
    Fraction,
    /// "40%", "40 per cent", "15 percent": factor 0.4, 0.15 …
    Percent,
}

/// A value found in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// With its bound words and its unit.
    pub span: Span,
    /// The number or name alone, without bound words.
    pub core: Span,
    /// What it is.
    pub kind: Kind,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// A ratio; `number` is the factor as written (10 for "10x", 0.1 for "a tenth", 0.4 for "40%").
    Ratio {
        /// The factor.
        number: Number,
        /// How it is written.
        form: RatioForm,
    },
    /// A count of something ("over 1,000", "27 billion", "70B", "64k"); `unit` is the id of the unit word after it, if
    /// it is one that the vocabulary knows (`token`, `parameter`, `second`, `people` …), and the span covers it.
    Count {
        /// The count.
        number: Number,
        /// Unit id in the vocabulary.
        unit: Option<String>,
    },
    /// "$1.25 per million input tokens", "€0.30 per million tokens", "a buck per million", "seven cents per second",
    /// "$0.50/M in", "$20 monthly".
    Money {
        /// The amount in `currency`, for one `per`.
        number: Number,
        /// ISO 4217.
        currency: String,
        /// What the amount is for, if said.
        per: Option<Per>,
    },
    /// "8 April 2026", "April", "mid-June", "2025", "the first of the month" (unresolved parts are `None`).
    Date(DateValue),
    /// A licence name: its SPDX id (`Apache-2.0`) or its id in `rules/licences.yaml`; a family without version
    /// ("Apache licence", "BSD terms") gives the family's id there.
    Licence(String),
}

/// What an amount of money buys.
#[derive(Debug, Clone, PartialEq)]
pub struct Per {
    /// How many units: 1e6 in "per million tokens", 1 in "per second".
    pub count: f64,
    /// Unit id: "token", "second", "image", "month" …
    pub unit: String,
    /// Direction of tokens: "input", "output".
    pub side: Option<String>,
}

/// A date as an interval of whole days with the precision it was given in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateValue {
    /// As written; a missing year is taken from the draft's date by whoever judges.
    pub year: Option<i16>,
    /// 1 to 12.
    pub month: Option<i8>,
    /// 1 to 31.
    pub day: Option<i8>,
}
