//! English as the linter knows it: words, phrase patterns, sentences, clauses and their context.

pub mod token;
