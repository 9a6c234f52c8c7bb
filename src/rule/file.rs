//! Claim and evidence rules as their files give them.

use super::example::Example;
use super::finding::{Confidence, Severity};
use crate::text::Span;
use crate::verdict::Verdict;
use crate::yaml::{Fields, Item, Node, Problem, Problems};

/// A rule that compares claims with facts, or asks figures for a source.
#[derive(Debug, Clone, Default)]
pub struct Rule {
    /// `license`.
    pub name: String,
    /// In words.
    pub title: String,
    /// How bad its findings are.
    pub severity: Severity,
    /// How sure they are.
    pub confidence: Confidence,
    /// Why it matters, for people.
    pub why: String,
    /// When it says nothing, for people.
    pub quiet_when: String,
    /// The message, with `{slots}`.
    pub message: String,
    /// Page about it.
    pub link: Option<String>,
    /// Words to file it under.
    pub tags: Vec<String>,
    /// Attributes whose claims it words.
    pub compares: Vec<String>,
    /// What prose says, pattern by pattern.
    pub reads: Vec<Read>,
    /// What it reads is said of all times, so that "it will read a chart" states it.
    pub timeless: bool,
    /// The verdict it words for all rules that compare; without one it words the contradictions of its own claims.
    pub takes: Option<Verdict>,
    /// How a fix writes a value: value id, then words.
    pub write: Vec<(String, String)>,
    /// What table columns say.
    pub cells: Vec<CellRead>,
    /// Phrases that speak of something else: what is read within one is no statement.
    pub ignore: Vec<String>,
    /// What a figure needs, in an evidence rule.
    pub evidence: Option<Evidence>,
    /// Classes of its own: name and pattern.
    pub lists: Vec<(String, String)>,
    /// Passages that prove it.
    pub examples: Vec<Example>,
    /// Index of its file, and the place of its name there.
    pub place: (usize, Span),
}

/// One way of saying one value.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Read {
    /// Attribute id.
    pub attribute: String,
    /// What it says.
    pub value: ReadValue,
    /// The pattern.
    pub pattern: String,
    /// Kinds of slot its subject may be (`model`, `org` …).
    pub of: Vec<String>,
    /// Whether the subject must stand in the sentence itself.
    pub needs_subject: bool,
    /// Whether a fix may put another word of the same kind in its place.
    pub swap: bool,
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

/// What an evidence rule asks and accepts. All lists are patterns, but for `citations`, which are regular expressions.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// Slots that must be in the sentence or the topic: `model`, `org`.
    pub about: Vec<String>,
    /// A figure inside one of these is none.
    pub ignore: Vec<String>,
    /// Sourced by its sentence.
    pub sentence: Vec<String>,
    /// Sourced by the sentence next to it.
    pub neighbour: Vec<String>,
    /// A footnote whose body says one of these is a source.
    pub note: Vec<String>,
    /// Citation keys.
    pub citations: Vec<String>,
    /// Named like a source but vague: what says so is a finding of its own.
    pub vague: Vec<String>,
}

const SEVERITIES: [(&str, Severity); 4] = [
    ("hint", Severity::Hint),
    ("info", Severity::Info),
    ("warning", Severity::Warning),
    ("error", Severity::Error),
];

/// Reads a rule file. A part that does not fit is a problem at its place; the rest is read.
pub fn load(file: usize, root: &Node) -> (Option<Rule>, Vec<Problem>) {
    let problems = Problems::new(file);
    let mut rule = Rule::default();
    let Some(mut fields) = problems.fields(root) else { return (None, problems.take()) };
    if let Some(name) = fields.required("rule") {
        rule.name = name.str().unwrap_or_default().to_string();
        rule.place = (file, name.span());
    }
    rule.title = fields.string("title").unwrap_or_else(|| rule.name.clone());
    rule.severity = level(&mut fields, "severity", &SEVERITIES).unwrap_or_default();
    let confidences = [("low", Confidence::Low), ("medium", Confidence::Medium), ("high", Confidence::High)];
    rule.confidence = level(&mut fields, "confidence", &confidences).unwrap_or_default();
    rule.why = fields.string("why").unwrap_or_default();
    rule.quiet_when = fields.string("quiet_when").unwrap_or_default();
    rule.message = fields.string("message").unwrap_or_default();
    rule.link = fields.string("link");
    rule.tags = fields.strings("tags");
    fields.str("since");
    rule.timeless = fields.bool("timeless").unwrap_or(false);
    rule.compares = fields.strings("compares");
    let takes =
        [("outdated", Verdict::Outdated), ("disputed", Verdict::Disputed), ("unknown", Verdict::Unknown)];
    rule.takes = level(&mut fields, "takes", &takes);
    for (value, _, words) in fields.get("write").map(|i| i.entries()).unwrap_or_default() {
        rule.write.extend(words.str().map(|w| (value.to_string(), w.to_string())));
    }
    let of = strings_or(&mut fields, "of", &["model"]);
    for (name, _, entries) in fields.get("lists").map(|i| i.entries()).unwrap_or_default() {
        rule.lists.extend(entries.strings().iter().map(|p| (name.to_string(), p.to_string())));
    }
    if let Some(reads) = fields.get("reads") {
        rule.reads = read_reads(&reads, &rule.compares, &of);
    }
    rule.cells = fields.list("cells").iter().filter_map(|item| read_cell(item, &rule.compares)).collect();
    rule.ignore = fields.strings("ignore");
    rule.evidence = fields.fields("evidence").map(read_evidence);
    rule.examples = Example::read_all(&mut fields);
    fields.finish();
    let named = !rule.name.is_empty();
    (named.then_some(rule), problems.take())
}

fn level<T: Copy>(fields: &mut Fields<'_>, key: &'static str, known: &[(&str, T)]) -> Option<T> {
    let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
    let word = fields.get(key)?.one_of(key, &names)?;
    known.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
}

fn strings_or(fields: &mut Fields<'_>, key: &'static str, default: &[&str]) -> Vec<String> {
    let given = fields.strings(key);
    if given.is_empty() { default.iter().map(|s| s.to_string()).collect() } else { given }
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
        (_, Some(denied)) => ReadValue::Fixed(denied.to_string(), true),
        (fixed, None) => ReadValue::Fixed(fixed.to_string(), false),
    };
    for entry in item.one_or_many() {
        let mut read =
            Read { attribute: attribute.into(), value: value.clone(), of: of.to_vec(), ..Read::default() };
        read.span = entry.span();
        read.key = entry.path.clone();
        if entry.is_map() {
            let Some(mut fields) = entry.fields() else { continue };
            read.of = strings_or(&mut fields, "of", &of.iter().map(String::as_str).collect::<Vec<_>>());
            read.needs_subject = fields.bool("needs_subject").unwrap_or(false);
            read.swap = fields.bool("swap").unwrap_or(false);
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

fn read_evidence(mut fields: Fields<'_>) -> Evidence {
    let evidence = Evidence {
        about: fields.strings("about"),
        ignore: fields.strings("ignore"),
        sentence: fields.strings("sentence"),
        neighbour: fields.strings("neighbour"),
        note: fields.strings("note"),
        citations: fields.strings("citations"),
        vague: fields.strings("vague"),
    };
    fields.finish();
    evidence
}
