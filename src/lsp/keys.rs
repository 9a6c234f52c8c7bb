//! Where in a fact, rule or configuration file a place is, and which keys the tables have there. Read line by line, so that
//! it is known in a file that is no valid YAML while it is written.

use super::data::Kind;
use crate::knowledge::Knowledge;
use crate::rule::pattern;
use crate::schema::{File, Key, Shape};

/// The table of a file; of a rule it depends on whether it says `kind`.
fn table(kind: Kind, text: &str) -> Option<File> {
    match kind {
        Kind::Facts => Some(File::Facts),
        Kind::Rule if pattern_kind(text).is_some() => Some(File::Pattern),
        Kind::Rule => Some(File::Rule),
        Kind::Config => Some(File::Config),
        Kind::Draft | Kind::Other => None,
    }
}

/// What may stand under a path of keys.
pub fn at(kind: Kind, text: &str, path: &[&str], knowledge: &Knowledge) -> Option<Shape> {
    table(kind, text)?.at(path, knowledge)
}

/// The keys that may stand under a path of keys: in a pattern rule those of its kind.
pub fn under(kind: Kind, text: &str, path: &[&str], knowledge: &Knowledge) -> Vec<Key> {
    let mut keys = at(kind, text, path, knowledge).map(Shape::keys).unwrap_or_default();
    let of_kind = pattern_kind(text).filter(|name| path.is_empty() && pattern::KINDS.contains(name));
    if let Some(name) = of_kind.filter(|_| kind == Kind::Rule) {
        keys.retain(|key| pattern::keys_of(name).any(|own| own.name == key.name));
    }
    keys
}

/// What a pattern rule says its kind is; taken from its lines, so that a file that is no valid YAML at the moment has one.
fn pattern_kind(text: &str) -> Option<&str> {
    text.lines().find_map(|line| line.strip_prefix("kind:")).map(str::trim)
}

/// What stands between the beginning of a line and a place in it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Place<'a> {
    /// The keys of the line that the place stands under.
    pub path: Vec<&'a str>,
    /// Whether it is the value of the last key.
    pub value: bool,
    /// Whether it is an item of a list, which may be a value or the first key of a map.
    pub listed: bool,
}

/// The place at the end of the beginning of a line.
pub fn place(before: &str) -> Place<'_> {
    let trimmed = before.trim_start();
    let body = trimmed.trim_start_matches("- ");
    // Of each bracket that is open: whether it is a list's, and the keys before it.
    let mut open: Vec<(bool, usize)> = Vec::new();
    let (mut path, mut start, mut value, mut quote) = (Vec::new(), 0, false, None);
    for (at, c) in body.char_indices() {
        let rest = body.get(at + c.len_utf8()..).unwrap_or_default();
        let depth = open.last().map_or(0, |(_, keys)| *keys);
        match c {
            _ if quote.is_some() => quote = quote.filter(|q| *q != c),
            '\'' | '"' if body.get(start..at).is_some_and(|word| word.trim().is_empty()) => quote = Some(c),
            ':' if !value && (rest.is_empty() || rest.starts_with(' ')) => {
                path.push(body.get(start..at).unwrap_or_default().trim());
                (value, start) = (true, at + 1);
            }
            '{' | '[' => {
                open.push((c == '[', path.len()));
                (value, start) = (false, at + 1);
            }
            ',' if !open.is_empty() => {
                path.truncate(depth);
                (value, start) = (false, at + 1);
            }
            '}' | ']' => {
                open.pop();
                path.truncate(open.last().map_or(0, |(_, keys)| *keys));
                (value, start) = (true, at + 1);
            }
            _ => {}
        }
    }
    let listed = !value && open.last().map_or(trimmed.len() > body.len(), |(list, _)| *list);
    Place { path, value, listed }
}

/// The keys that a line stands under, the outermost first: of the lines above that are indented less.
pub fn outer<'a>(above: impl DoubleEndedIterator<Item = &'a str>, before: &str) -> Vec<String> {
    // An entry's further keys stand as deep as its first one behind the dash.
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '-']).len();
    let mut own = indent(before);
    let mut keys = Vec::new();
    for line in above.rev() {
        let body = line.split(" #").next().unwrap_or_default().trim();
        if own == 0 || body == "---" {
            break;
        }
        if !body.is_empty() && !body.starts_with('#') && indent(line) < own {
            own = indent(line);
            keys.extend(body.trim_start_matches("- ").strip_suffix(':').map(str::to_owned));
        }
    }
    keys.reverse();
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_known_by_the_keys_it_stands_under() {
        for (text, path, value, listed) in [
            ("ki", "", false, false),
            ("kind: ", "kind", true, false),
            ("facts:\n  - op", "facts", false, true),
            ("facts:\n  - openness: closed\n    fr", "facts", false, false),
            ("facts:\n  - openness: closed # so\n    source: {se", "facts source", false, false),
            ("facts:\n  - source: {seed: a, quote: 'x: {y', so", "facts source", false, false),
            ("facts:\n  - source: {seed: ", "facts source seed", true, false),
            (
                "subjects:\n- subject: a\n  facts:\n  - source:\n      quo",
                "subjects facts source",
                false,
                false,
            ),
            ("tags: [one, t", "tags", false, true),
            ("a: {b: [x, y], c: ", "a c", true, false),
            ("a: 1\n---\n# b:\n  c", "", false, false),
            ("url: https://x", "url", true, false),
        ] {
            let (above, before) = text.rsplit_once('\n').unwrap_or(("", text));
            let found = place(before);
            let outer = outer(above.lines(), before);
            let all: Vec<&str> = outer.iter().map(String::as_str).chain(found.path.iter().copied()).collect();
            assert_eq!((all.join(" ").as_str(), found.value, found.listed), (path, value, listed), "{text}");
        }
    }
}
