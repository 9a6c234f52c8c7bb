//! How prose says the values of an attribute: the part of a rule file that reading needs.

use crate::text::Span;
use crate::yaml::{Fields, Item};

/// What one rule reads.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reads {
    /// What prose says, pattern by pattern.
    pub list: Vec<Read>,
    /// What table columns say.
    pub cells: Vec<CellRead>,
    /// Whether that is said of all times, so that "it will read a chart" states it.
    pub timeless: bool,
}

/// One way of saying one value.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Read {
    /// Attribute id; empty where a rule is about the wording itself.
    pub attribute: String,
    /// What it says.
    pub value: ReadValue,
    /// The pattern.
    pub pattern: String,
    /// Kinds of slot its subject may be (`model`, `org` …).
    pub of: Vec<String>,
    /// Whether the subject must stand in the sentence itself.
    pub needs_subject: bool,
    /// Where given, it reads only the answer to a question that one of these patterns finds.
    pub asked: Vec<String>,
    /// Where given, it reads only what comes right after a sentence that one of these patterns finds.
    pub told: Vec<String>,
    /// Whether it speaks of what is to come, so that a plan states it.
    pub plans: bool,
    /// Whether it describes a thing, so that a sentence with a verb in it names whom it is about.
    pub describes: bool,
    /// Whether a fix may put another word of the same kind in its place; then it describes a thing, too.
    pub swap: bool,
    /// Whether any other reading of the same words goes before it.
    pub weak: bool,
    /// Where the pattern stands, and its key.
    pub span: Span,
    /// `reads.open-source[2]`.
    pub key: String,
}

/// What a pattern says of its attribute.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum ReadValue {
    /// What its `value` slot took.
    #[default]
    Slot,
    /// That it has been so since the date that its `value` slot took.
    Since,
    /// This value; the flag says that it denies it.
    Fixed(String, bool),
}

/// A table column whose header matches says a value by yes or no.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CellRead {
    /// Attribute id.
    pub attribute: String,
    /// Patterns for the header.
    pub header: Vec<String>,
    /// Value of a yes.
    pub yes: String,
    /// Value of a no.
    pub no: String,
    /// Where it stands.
    pub span: Span,
}

impl Reads {
    /// Reads `of`, `reads`, `says`, `cells` and `timeless` of a rule that compares these attributes.
    pub fn read(fields: &mut Fields<'_>, compares: &[String]) -> Reads {
        let of = strings_or(fields, "of", &["model"]);
        let mut list = fields.get("reads").map(|reads| read_reads(&reads, compares, &of)).unwrap_or_default();
        if let Some(says) = fields.get("says") {
            read_value("", "", &says, &of, &mut list);
        }
        let cells = fields.list("cells").iter().filter_map(|item| read_cell(item, compares)).collect();
        Reads { list, cells, timeless: fields.bool("timeless").unwrap_or(false) }
    }
}

/// `reads` names values where the rule compares one attribute, else attributes and below them values.
fn read_reads(reads: &Item<'_>, compares: &[String], of: &[String]) -> Vec<Read> {
    let mut out = Vec::new();
    for (key, _, item) in reads.entries() {
        match compares {
            [only] => read_value(only, key, &item, of, &mut out),
            _ if !compares.iter().any(|c| c == key) => {
                item.unknown("attribute", key, compares.iter().map(String::as_str));
            }
            _ if item.is_map() => {
                item.entries().iter().for_each(|(value, _, item)| read_value(key, value, item, of, &mut out));
            }
            _ => read_value(key, "value", &item, of, &mut out),
        }
    }
    out
}

fn read_value(attribute: &str, key: &str, item: &Item<'_>, of: &[String], out: &mut Vec<Read>) {
    let value = match (key, key.strip_prefix("not ")) {
        ("value", _) => ReadValue::Slot,
        ("since", _) => ReadValue::Since,
        (_, Some(denied)) => ReadValue::Fixed(denied.to_string(), true),
        (fixed, None) => ReadValue::Fixed(fixed.to_string(), false),
    };
    for entry in item.one_or_many() {
        let mut read =
            Read { attribute: attribute.into(), value: value.clone(), of: of.to_vec(), ..Read::default() };
        read.span = entry.span();
        read.key = entry.path();
        if entry.is_map() {
            let Some(mut fields) = entry.fields() else { continue };
            read.of = strings_or(&mut fields, "of", &of.iter().map(String::as_str).collect::<Vec<_>>());
            read.needs_subject = fields.bool("needs_subject").unwrap_or(false);
            read.asked = fields.strings("asked");
            read.told = fields.strings("told");
            read.plans = fields.bool("plans").unwrap_or(false);
            read.weak = fields.bool("weak").unwrap_or(false);
            read.swap = fields.bool("swap").unwrap_or(false);
            read.describes = fields.bool("describes").unwrap_or(false) || read.swap;
            for say in fields.one_or_many("say") {
                read.span = say.span();
                read.pattern = say.str().unwrap_or_default().to_string();
                out.push(read.clone());
            }
            fields.finish();
        } else if let Some(pattern) = entry.str() {
            read.pattern = pattern.to_string();
            out.push(read);
        }
    }
}

fn read_cell(item: &Item<'_>, compares: &[String]) -> Option<CellRead> {
    let mut fields = item.fields()?;
    let cell = CellRead {
        attribute: fields.string("attribute").or_else(|| compares.first().cloned()).unwrap_or_default(),
        header: fields.strings("header"),
        yes: fields.string("yes").unwrap_or_default(),
        no: fields.string("no").unwrap_or_default(),
        span: item.span(),
    };
    fields.finish();
    Some(cell)
}

fn strings_or(fields: &mut Fields<'_>, key: &'static str, default: &[&str]) -> Vec<String> {
    let given = fields.strings(key);
    if given.is_empty() { default.iter().map(|s| s.to_string()).collect() } else { given }
}
