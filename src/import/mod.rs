//! Rules and words from other programs' files.

pub mod vale;
