//! Every key of every file that a person writes, with its shape and its meaning: JSON Schemas, completion and hover are
//! made from these tables, and a test holds them to what the readers ask for.

mod config;
mod facts;
pub mod json;
pub mod page;
mod rule;

use crate::knowledge::{AttributeType, Knowledge};
use crate::rule::pattern;
use std::sync::LazyLock;

/// One key.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// As files write it.
    pub name: &'static str,
    /// What stands under it.
    pub shape: Shape,
    /// Whether the map around it is nothing without it.
    pub needed: bool,
    /// What it says.
    pub about: &'static str,
}

/// What may stand at a place.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// A text.
    Text,
    /// A number.
    Number,
    /// True or false.
    Flag,
    /// A day, month or year.
    Date,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// The name of something that a file declares.
    Name(Named),
    /// These keys.
    Map(&'static [Key]),
    /// These keys, and others with a text.
    Open(&'static [Key]),
    /// These keys, and an attribute with its value.
    Fact(&'static [Key]),
    /// Free keys, names of such things or of anything, each with this.
    Free(Option<Named>, &'static Shape),
    /// A list.
    List(&'static Shape),
    /// One, or a list of them.
    Many(&'static Shape),
    /// One of these shapes.
    Either(&'static [Shape]),
}

/// What has names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// A subject, by its id or name.
    Subject,
    /// What subjects may be.
    SubjectKind,
    /// A source, by its id.
    Source,
    /// A fact, by its id.
    Fact,
    /// An attribute, by its id.
    Attribute,
    /// A rule.
    Rule,
    /// A part of a draft that pattern rules look at.
    Scope,
}

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum File {
    /// Subjects, facts, sources and attributes.
    Facts,
    /// A rule that compares with facts or asks for a source.
    Rule,
    /// A rule that finds a pattern.
    Pattern,
    /// `claimlint.yaml`.
    Config,
    /// `pack.yaml`.
    Pack,
}

impl File {
    /// What stands in such a file.
    pub fn shape(self) -> Shape {
        match self {
            File::Facts => Shape::Map(facts::TOP),
            File::Rule => Shape::Map(rule::TOP),
            File::Pattern => Shape::Map(&PATTERN),
            File::Config => Shape::Map(config::TOP),
            File::Pack => Shape::Map(rule::PACK),
        }
    }

    /// What stands under a path of keys in such a file; lists count for nothing.
    pub fn at(self, path: &[&str], knowledge: &Knowledge) -> Option<Shape> {
        path.iter().try_fold(self.shape(), |shape, key| shape.under(key, knowledge))
    }
}

impl Shape {
    /// The keys that may stand here.
    pub fn keys(self) -> Vec<Key> {
        match self {
            Shape::Map(keys) | Shape::Open(keys) | Shape::Fact(keys) => keys.to_vec(),
            Shape::List(inner) | Shape::Many(inner) => inner.keys(),
            Shape::Either(shapes) => shapes.iter().flat_map(|shape| shape.keys()).collect(),
            _ => Vec::new(),
        }
    }

    /// The shapes that it may have, lists being what is in them.
    pub fn each(self) -> Vec<Shape> {
        match self {
            Shape::List(inner) | Shape::Many(inner) => inner.each(),
            Shape::Either(shapes) => shapes.iter().flat_map(|shape| shape.each()).collect(),
            shape => vec![shape],
        }
    }

    fn under(self, key: &str, knowledge: &Knowledge) -> Option<Shape> {
        if let Some(known) = self.keys().into_iter().find(|known| known.name == key) {
            return Some(known.shape);
        }
        self.each().into_iter().find_map(|shape| match shape {
            Shape::Free(_, inner) => Some(*inner),
            Shape::Fact(_) => {
                let attribute = knowledge.attribute(key)?;
                Some(value(&knowledge.attributes.get(attribute.0 as usize)?.kind))
            }
            _ => None,
        })
    }
}

/// How facts write the values of an attribute of that type; a choice's own words aside.
pub fn value(kind: &AttributeType) -> Shape {
    match kind {
        AttributeType::Set => facts::SET,
        AttributeType::Ratio => Shape::Map(facts::RATIO),
        AttributeType::Quantity => facts::QUANTITY,
        AttributeType::Money => Shape::Open(facts::MONEY),
        AttributeType::Date => Shape::Date,
        AttributeType::Subject => Shape::Name(Named::Subject),
        AttributeType::Choice(_) | AttributeType::Stage(_) | AttributeType::Licence | AttributeType::Text => {
            Shape::Text
        }
    }
}

/// Pattern rules have a table of their own, which their reference is made from too.
static PATTERN: LazyLock<Vec<Key>> = LazyLock::new(|| {
    let key = |key: &pattern::Key| Key {
        name: key.name,
        shape: match key.shape {
            pattern::Shape::Text => Shape::Text,
            pattern::Shape::Choice(words) => Shape::Choice(words),
            pattern::Shape::Texts if key.name == "scope" => Shape::Many(&Shape::Name(Named::Scope)),
            pattern::Shape::Texts => TEXTS,
            pattern::Shape::Flag => Shape::Flag,
            pattern::Shape::Number => Shape::Number,
            pattern::Shape::Pairs => Shape::Free(None, &Shape::Text),
            pattern::Shape::Action => Shape::Map(rule::ACTION),
            pattern::Shape::Examples => rule::EXAMPLES,
        },
        needed: matches!(key.name, "rule" | "kind" | "message"),
        about: key.about,
    };
    pattern::KEYS.iter().map(key).collect()
});

const fn key(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key { name, shape, needed: false, about }
}

const fn needed(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key { name, shape, needed: true, about }
}

const TEXTS: Shape = Shape::Many(&Shape::Text);
const SEVERITY: Shape = Shape::Choice(&["hint", "info", "warning", "error"]);
const CONFIDENCE: Shape = Shape::Choice(&["low", "medium", "high"]);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::file;
    use crate::knowledge::SourceFile;
    use crate::rule;
    use crate::yaml::{self, ASKED};
    use std::collections::BTreeSet;
    use std::path::Path;

    /// Texts of that shape that between them have every key and every choice.
    fn samples(shape: Shape) -> Vec<String> {
        let all = |shape: &Shape| samples(*shape).join(", ");
        match shape {
            Shape::Text | Shape::Name(_) => vec!["abc".into()],
            Shape::Number => vec!["3".into()],
            Shape::Flag => vec!["true".into()],
            Shape::Date => vec!["2026-04-08".into()],
            Shape::Choice(words) => words.iter().map(|word| word.to_string()).collect(),
            Shape::Map(keys) | Shape::Open(keys) | Shape::Fact(keys) => {
                let under: Vec<_> = keys.iter().map(|key| (key.name, samples(key.shape))).collect();
                let most = under.iter().map(|(_, samples)| samples.len()).max().unwrap_or_default();
                let entry = |nth: usize| {
                    under
                        .iter()
                        .map(move |(name, samples)| format!("{name}: {}", samples[nth % samples.len()]))
                };
                (0..most).map(|nth| format!("{{{}}}", entry(nth).collect::<Vec<_>>().join(", "))).collect()
            }
            Shape::Free(_, inner) => samples(*inner).iter().map(|one| format!("{{abc: {one}}}")).collect(),
            Shape::List(inner) | Shape::Many(inner) => vec![format!("[{}]", all(inner))],
            Shape::Either(shapes) => shapes.iter().flat_map(|shape| samples(*shape)).collect(),
        }
    }

    /// Every path of the tables with the keys there.
    fn known(shape: Shape, path: &str, into: &mut BTreeSet<(String, String)>) {
        for shape in shape.each() {
            match shape {
                Shape::Free(_, inner) => known(*inner, &format!("{path}.abc"), into),
                _ => shape.keys().iter().for_each(|key| {
                    into.insert((path.to_owned(), key.name.to_owned()));
                    known(key.shape, &format!("{path}.{}", key.name), into);
                }),
            }
        }
    }

    fn asked(read: impl Fn(&str), texts: &[String]) -> BTreeSet<(String, String)> {
        ASKED.take();
        texts.iter().for_each(|text| read(text));
        let plain = |path: &str| path.split(['[', ']']).step_by(2).collect::<String>();
        let dotted = |path: String| if path.is_empty() { path } else { format!(".{path}") };
        ASKED.take().iter().map(|(path, key)| (dotted(plain(path)), (*key).to_owned())).collect()
    }

    fn assert_same(shape: Shape, asked: &BTreeSet<(String, String)>) {
        let mut expected = BTreeSet::new();
        known(shape, "", &mut expected);
        let lacking: Vec<_> = asked.difference(&expected).collect();
        let idle: Vec<_> = expected.difference(asked).collect();
        assert!(lacking.is_empty() && idle.is_empty(), "the tables lack {lacking:?}; nobody reads {idle:?}");
    }

    fn load(text: &str) {
        let file = SourceFile { name: "a.yaml".into(), text: text.into() };
        Knowledge::load(&[file]);
    }

    #[test]
    fn the_tables_have_the_keys_that_are_read_and_no_others() {
        let config = File::Config.shape();
        assert_same(
            config,
            &asked(|text| drop(file::read(Path::new("/c.yaml"), "c.yaml", text)), &samples(config)),
        );

        let read = |text: &str| drop(rule::file::load(0, &yaml::parse(text).0.expect("yaml")));
        let claims = samples(File::Rule.shape());
        let several = claims.iter().map(|text| text.replace("compares: [abc]", "compares: [abc, x]"));
        assert_same(File::Rule.shape(), &asked(read, &several.chain(claims.clone()).collect::<Vec<_>>()));

        let read = |text: &str| drop(rule::pack::load(0, &yaml::parse(text).0.expect("yaml")));
        assert_same(File::Pack.shape(), &asked(read, &samples(File::Pack.shape())));

        assert_same(File::Facts.shape(), &asked(load, &samples(File::Facts.shape())));
    }

    #[test]
    fn values_have_the_keys_that_are_read() {
        for (kind, name) in [
            (AttributeType::Set, "set"),
            (AttributeType::Ratio, "ratio"),
            (AttributeType::Quantity, "quantity"),
            (AttributeType::Money, "money"),
        ] {
            let shape = value(&kind);
            let text = |value: &String| {
                let attributes = format!("attributes: [{{attribute: a, name: a, type: {name}}}]");
                format!("{attributes}\nsubject: s\nkind: k\nname: s\nfacts: [{{a: {value}}}]\n")
            };
            let texts: Vec<_> = samples(shape).iter().map(text).collect();
            let asked = asked(load, &texts);
            let inner = |(path, key): &(String, String)| {
                Some((path.strip_prefix(".facts.a")?.to_owned(), key.to_owned()))
            };
            assert_same(shape, &asked.iter().filter_map(inner).collect());
        }
    }
}
