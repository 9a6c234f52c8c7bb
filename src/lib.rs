//! claimlint reads a draft, finds what it claims about AI models, and compares each claim with facts that
//! carry their source.
//!
//! # The map
//!
//! Data flows one way, and each layer may use only those before it; `tests/layers.rs` holds them to it:
//!
//! | layer | what it is for |
//! | --- | --- |
//! | [`text`] | byte spans, and their lines and columns in UTF-8, UTF-16 and UTF-32 |
//! | [`yaml`] | YAML files as trees that remember where each key and value stands |
//! | [`draft`] | Markdown, HTML and plain text as blocks of masked prose |
//! | [`language`] | words, phrase patterns, sentences, clauses and their context |
//! | [`value`] | numbers, ratios, money, dates, licences |
//! | [`knowledge`] | subjects, attributes, facts, sources and time |
//! | [`claim`] | mentions and what the draft says of them |
//! | [`verdict`] | a claim held against the facts |
//! | [`rule`] | rule files and the kinds of rule |
//! | [`check`] | the facade: a draft, knowledge and settings become findings |
//! | [`render`] | findings as terminal text, JSON, SARIF … |
//! | [`schema`] | the keys of every file that a person writes |
//!
//! Then the shell, which may do IO: `disk`, `import`, `config`, `lsp`, `cli`.
//!
//! The core (everything up to `check`) is pure and total: no IO, no clock, no environment, no panic on any
//! input. Subjects, facts, rules and the knowledge of English are data under `rules/`; no name and no phrase of
//! theirs stands in `src/`.

#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![deny(clippy::disallowed_methods)]

pub mod text;
pub mod yaml;
pub mod draft;
pub mod language;
pub mod value;
pub mod knowledge;
pub mod claim;
pub mod verdict;
pub mod rule;
pub mod check;
#[cfg(feature = "cli")]
pub mod render;
#[cfg(feature = "cli")]
pub mod schema;

#[cfg(feature = "cli")]
#[allow(clippy::disallowed_methods)]
pub mod disk;
#[cfg(feature = "cli")]
#[allow(clippy::disallowed_methods)]
pub mod import;
#[cfg(feature = "cli")]
#[allow(clippy::disallowed_methods)]
pub mod config;
#[cfg(feature = "lsp")]
#[allow(clippy::disallowed_methods)]
pub mod lsp;
#[cfg(feature = "cli")]
#[allow(clippy::disallowed_methods)]
pub mod cli;
