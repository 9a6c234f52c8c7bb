//! Pattern rules: what to look for in the wording itself, without any fact.
//!
//! The kinds and their keys are those that users of other prose linters know (existence, substitution, occurrence …). A
//! rule is read by a [`Reader`], rules run together as a [`PatternSet`].
//!
//! ```
//! use claimlint::rule::pattern::{PatternSet, Reader, Vocabulary};
//! use claimlint::yaml::{Problems, parse};
//! let source = "rule: weasel\nkind: existence\nmessage: \"'%s' says nothing\"\ntokens: [very, clearly]\n";
//! let problems = Problems::new(0);
//! let reader = Reader { vocabulary: &Vocabulary::default(), ascii: false, file: 0 };
//! let rule = reader.read(&problems.item(&parse(source).0.unwrap())).unwrap();
//! assert_eq!(rule.name, "weasel");
//! assert_eq!(PatternSet::new(vec![rule]).rules().len(), 1);
//! ```

mod action;
mod capitalization;
mod case;
mod counts;
mod dialect;
mod dictionary;
mod english;
mod existence;
mod find;
mod formula;
mod keys;
mod message;
mod metric;
mod pairs;
mod prefilter;
mod regex;
mod round;
mod rule;
mod scope;
mod set;
mod shared;
mod spelling;
mod substitution;
mod suppress;
mod trace;
mod view;
mod words;

pub use dictionary::{Dictionaries, is_dictionary};
pub use find::{Elements, Find};
pub use keys::{KEYS, Key, Shape, keys_of};
pub use metric::{PARTS, QUANTITIES};
pub use round::{Memories, Round};
pub use rule::{KINDS, PatternRule, Reader};
pub use scope::{NAMES as SCOPES, Scope};
pub use set::{PatternSet, Selection, Which};
pub use suppress::turns_off;
pub use trace::{Outcome, Step};
pub use words::Vocabulary;
