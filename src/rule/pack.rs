//! Rule packs: a folder of rules with a manifest, `pack.yaml`, that says what it is and which program it needs.

use crate::yaml::{Fields, Item, Node, Problem, Problems, suggest};
use std::fmt;

/// What the manifest is called.
pub const FILE: &str = "pack.yaml";

/// A manifest, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pack {
    /// What it is called: lower case, words joined by hyphens.
    pub name: String,
    /// Its own version.
    pub version: Version,
    /// What others may do with it, as an SPDX expression, once somebody has said so.
    pub licence: Option<String>,
    /// One line about it.
    pub title: String,
}

/// `1.2.3`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version([u32; 3]);

impl Version {
    /// This program's.
    pub fn own() -> Version {
        Version::parse(env!("CARGO_PKG_VERSION")).unwrap_or_default()
    }

    /// Reads three numbers.
    pub fn parse(text: &str) -> Option<Version> {
        let mut parts = text.split('.').map(|part| part.parse().ok());
        let version = Version([parts.next()??, parts.next()??, parts.next()??]);
        parts.next().is_none().then_some(version)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.0;
        write!(f, "{major}.{minor}.{patch}")
    }
}

/// Reads a manifest; what is wrong with it, a program that is too old among it, is told at its place.
pub fn load(file: usize, root: &Node) -> (Option<Pack>, Vec<Problem>) {
    let problems = Problems::new(file);
    let pack = problems.fields(root).and_then(read);
    (pack, problems.take())
}

/// A manifest to start from. Whose the rules are and what others may do with them only a person knows.
pub fn start(name: &str, title: &str) -> String {
    let name: String =
        name.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let own = Version::own();
    format!(
        "pack: {name}\nversion: 0.1.0\ntitle: {title}\nclaimlint: {own}\n\
         # What others may do with it, as an SPDX expression such as MIT or CC-BY-4.0:\n# licence:\n"
    )
}

fn read(mut fields: Fields<'_>) -> Option<Pack> {
    let name = fields.required("pack").and_then(|item| named(&item));
    let own = fields.required("version").and_then(|item| version(&item));
    let licence = fields.get("licence").and_then(|item| licence(&item));
    let title = fields.string("title").unwrap_or_default();
    if let Some(item) = fields.required("claimlint")
        && let Some(needed) = version(&item)
        && needed > Version::own()
    {
        item.problem(format!("this pack needs claimlint {needed} or later; this is {}", Version::own()));
    }
    fields.finish();
    Some(Pack { name: name?, version: own?, licence, title })
}

fn named(item: &Item<'_>) -> Option<String> {
    let name = item.str()?;
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || !name.chars().all(fits) {
        item.problem(format!("`{name}` is no name for a pack: lower case, words joined by hyphens"));
        return None;
    }
    Some(name.to_string())
}

fn version(item: &Item<'_>) -> Option<Version> {
    let text = item.str()?;
    let version = Version::parse(text);
    if version.is_none() {
        item.problem(format!("`{text}` is no version: expected three numbers, as in 1.0.0"));
    }
    version
}

fn licence(item: &Item<'_>) -> Option<String> {
    let text = item.str()?;
    if spdx::Expression::parse(text).is_ok() {
        return Some(text.to_string());
    }
    let near = suggest(text, spdx::identifiers::LICENSES.iter().map(|licence| licence.name));
    let near = near.map_or(String::new(), |near| format!(" ({near})"));
    item.problem(format!("`{text}` is no SPDX licence expression{near}"));
    None
}
