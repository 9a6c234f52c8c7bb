//! Rules: files that say what to look for and how to word what was found. Code knows kinds of rule, never a rule.

pub mod example;
pub mod finding;
pub mod fix;
mod faults;
pub mod file;
pub mod pack;
pub mod pattern;
pub mod parts;
mod citation;
pub mod compile;
pub mod evidence;
pub mod when;
pub mod wording;
mod steps;
pub mod proof;
mod restate;
pub mod suppress;
