//! The reference for people who write files: every key with what stands under it and what it does, as Markdown.

use super::{File, Key, Named, Shape};
use crate::rule::pattern::{KEYS, KINDS, keys_of};
use std::fmt::Write;

const PATTERNS: &str = include_str!("../language/pattern.rs");

const FILES: [(File, &str, &str); 5] = [
    (File::Pattern, "Rules on patterns", "A rule with a `kind` looks at the words alone."),
    (
        File::Rule,
        "Rules on claims, on wording and on sources",
        "A rule without a `kind` is about subjects that the facts know. With `compares` and `reads` it compares what is said with \
         the facts, with `says` it finds a phrase, with `evidence` it asks figures for a source.",
    ),
    (
        File::Facts,
        "Subjects, facts, sources and attributes",
        "What a project knows, and the types of what can be known.",
    ),
    (File::Pack, "pack.yaml", "The manifest of a folder of rules that is shared."),
    (File::Config, "claimlint.yaml", "How a project wants to be checked."),
];

/// The whole page.
pub fn page() -> String {
    let mut out = String::from(
        "# Reference\n\nEvery key of every file that a person writes. This page is made by `claimlint rules reference`; \
         `claimlint rules schema` gives the same to editors.\n",
    );
    for (file, title, about) in FILES {
        let _ = write!(out, "\n## {title}\n\n{about}\n\n");
        let Shape::Map(keys) = file.shape() else { continue };
        table(keys, &mut out);
        if file == File::Pattern {
            kinds(&mut out);
        }
        if file == File::Rule {
            phrases(&mut out);
        }
        for (path, keys) in nested(keys, "", 0) {
            let _ = write!(out, "\nUnder `{path}`:\n\n");
            table(keys, &mut out);
        }
    }
    out
}

/// How phrases of claim rules are written, as the module that compiles them says.
fn phrases(out: &mut String) {
    out.push_str(
        "\nThe patterns of `reads`, `says`, `lists`, `ignore`, `unless` and `evidence` are phrases of words, not regular \
         expressions:\n\n",
    );
    for line in
        PATTERNS.lines().filter_map(|line| line.strip_prefix("//! ")).filter(|line| line.starts_with('|'))
    {
        let _ = writeln!(out, "{line}");
    }
    out.push_str(
        "\nSlots that are there without being declared: `{subject}`, `{model}`, `{org}`, `{name}` (a name that no file knows), \
         `{ratio}`, `{count}`, `{money}`, `{unit-price}`, `{date}`, `{licence}`, and one for each kind of subject. `{value:date}` \
         takes the value that the pattern says, `{subject:model}` whom it is about.\n",
    );
}

fn table(keys: &[Key], out: &mut String) {
    out.push_str("| key | what stands there | what it says |\n| --- | --- | --- |\n");
    for key in keys {
        let needed = if key.needed { " (needed)" } else { "" };
        let about = key.about.replace('|', "\\|");
        let _ = writeln!(
            out,
            "| `{}`{needed} | {} | {about} |",
            key.name,
            in_words(key.shape).replace('|', "\\|")
        );
    }
}

/// Which keys each kind of pattern rule has beside those that all have.
fn kinds(out: &mut String) {
    let common =
        |name: &str| KEYS.iter().any(|k| k.name == name && k.needed.is_empty() && k.allowed.is_empty());
    out.push_str("\n| kind | needs | may have |\n| --- | --- | --- |\n");
    for kind in KINDS {
        let own = |needed: bool| {
            let keys = keys_of(kind).filter(|key| !common(key.name) && key.needed.contains(&kind) == needed);
            keys.map(|key| format!("`{}`", key.name)).collect::<Vec<_>>().join(", ")
        };
        let _ = writeln!(out, "| {kind} | {} | {} |", own(true), own(false));
    }
}

/// The maps that stand under keys, each once.
fn nested(keys: &'static [Key], path: &str, depth: usize) -> Vec<(String, &'static [Key])> {
    let mut out: Vec<(String, &'static [Key])> = Vec::new();
    for key in keys.iter().filter(|_| depth < 3) {
        let path = if path.is_empty() { key.name.to_string() } else { format!("{path}.{}", key.name) };
        for inner in maps(key.shape) {
            out.push((path.clone(), inner));
            out.extend(
                nested(inner, &path, depth + 1).into_iter().filter(|(_, keys)| !std::ptr::eq(*keys, inner)),
            );
        }
    }
    let mut seen: Vec<&'static [Key]> = Vec::new();
    out.retain(|(_, keys)| {
        let first = !seen.iter().any(|other| std::ptr::eq(*other, *keys));
        seen.push(keys);
        first
    });
    out
}

fn maps(shape: Shape) -> Vec<&'static [Key]> {
    match shape {
        Shape::Map(keys) | Shape::Open(keys) | Shape::Fact(keys) => vec![keys],
        Shape::Free(_, inner) | Shape::List(inner) | Shape::Many(inner) => maps(*inner),
        Shape::Either(shapes) => shapes.iter().flat_map(|shape| maps(*shape)).collect(),
        _ => Vec::new(),
    }
}

fn in_words(shape: Shape) -> String {
    match shape {
        Shape::Text => "text".to_string(),
        Shape::Number => "number".to_string(),
        Shape::Flag => "true or false".to_string(),
        Shape::Date => "day, month or year".to_string(),
        Shape::Choice(words) => words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "),
        Shape::Name(named) => name_of(named).to_string(),
        Shape::Map(_) => "keys of its own".to_string(),
        Shape::Open(_) => "keys of its own, and others with a text".to_string(),
        Shape::Fact(_) => "keys of its own, and an attribute with its value".to_string(),
        Shape::Free(named, inner) => {
            format!("{}, each with {}", named.map_or("names", plural), in_words(*inner))
        }
        Shape::List(inner) => format!("list: {}", in_words(*inner)),
        Shape::Many(inner) => format!("{}, or a list", in_words(*inner)),
        Shape::Either(shapes) => {
            shapes.iter().map(|shape| in_words(*shape)).collect::<Vec<_>>().join("; or ")
        }
    }
}

fn name_of(named: Named) -> &'static str {
    match named {
        Named::Subject => "a subject, by id or name",
        Named::SubjectKind => "a kind of subject",
        Named::Source => "a source, by id",
        Named::Fact => "a fact, by id",
        Named::Attribute => "an attribute",
        Named::Rule => "a rule",
        Named::Scope => "a scope",
    }
}

fn plural(named: Named) -> &'static str {
    match named {
        Named::Subject => "subjects",
        Named::SubjectKind => "kinds of subject",
        Named::Source => "sources",
        Named::Fact => "facts",
        Named::Attribute => "attributes",
        Named::Rule => "rules",
        Named::Scope => "scopes",
    }
}
