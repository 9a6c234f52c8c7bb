//! Claim and evidence rules as their files give them.

use super::example::Example;
use super::finding::{Confidence, Severity};
use super::when::When;
use crate::claim::reads::Reads;
use crate::text::Span;
use crate::verdict::Verdict;
use crate::yaml::{Fields, Node, Problem, Problems};

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
    /// The message where the fact is that there is none, if it is another.
    pub message_none: Option<String>,
    /// Texts that may stand in place of what was found, with the message's slots.
    pub fixes: Vec<String>,
    /// Page about it.
    pub link: Option<String>,
    /// Words to file it under.
    pub tags: Vec<String>,
    /// Attributes whose claims it words.
    pub compares: Vec<String>,
    /// Where each of them stands.
    pub compared: Vec<Span>,
    /// The verdict it words for all rules that compare; without one it words the contradictions of its own claims.
    pub takes: Option<Verdict>,
    /// How a fix writes a value: value id, then words.
    pub write: Vec<(String, String)>,
    /// Phrases that speak of something else: what is read within one is no statement.
    pub ignore: Vec<String>,
    /// When it speaks, if it is about wording (`says`).
    pub when: Option<When>,
    /// What a figure needs, in an evidence rule.
    pub evidence: Option<Evidence>,
    /// Classes of its own: name and pattern.
    pub lists: Vec<(String, String)>,
    /// Passages that prove it.
    pub examples: Vec<Example>,
    /// Whether it speaks only where the configuration asks for it.
    pub off: bool,
    /// Index of its file, and the place of its name there.
    pub place: (usize, Span),
}

/// What an evidence rule asks and accepts. All lists are patterns, but for `citations`, which are regular expressions.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// Slots that must be in the sentence or the topic: `model`, `org`.
    pub about: Vec<String>,
    /// The phrases that need a source; without any, figures do.
    pub says: Vec<String>,
    /// The attributes whose facts are claims of somebody's, which need that somebody's name; then nothing else does.
    pub claimed: Vec<String>,
    /// Of figures, only those that say better or worse without saying than what.
    pub lacks_baseline: bool,
    /// Also what is reported, asked, doubted or denied.
    pub any_voice: bool,
    /// Only in drafts without a date of their own.
    pub undated: bool,
    /// Whether a link is a source.
    pub links: bool,
    /// The rule whose sources count too.
    pub accepts: Option<String>,
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
    /// A source for this rule's sentences, though not for those of rules that accept what it accepts.
    pub vague: Vec<String>,
}

impl Evidence {
    /// Whether naming a source settles it; a baseline or a date does nothing for a source, nor one for them.
    pub fn wants_a_source(&self) -> bool {
        let accepts = self.accepts.is_some() || !self.sentence.is_empty();
        accepts && !self.lacks_baseline && !self.undated
    }
}

const SEVERITIES: [(&str, Severity); 4] = [
    ("hint", Severity::Hint),
    ("info", Severity::Info),
    ("warning", Severity::Warning),
    ("error", Severity::Error),
];

/// Reads a rule file: the rule, and how prose says what it compares. A part that does not fit is a problem at its place; the
/// rest is read.
pub fn load(file: usize, root: &Node) -> (Option<(Rule, Reads)>, Vec<Problem>) {
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
    rule.message_none = fields.string("message_none");
    rule.fixes = fields.strings("fixes");
    rule.link = fields.string("link");
    rule.tags = fields.strings("tags");
    fields.str("since");
    rule.off = fields.get("default").and_then(|i| i.one_of("default", &["on", "off"])) == Some("off");
    let compares = fields.one_or_many("compares").into_iter();
    let compares = compares.filter_map(|item| Some((item.str()?.to_string(), item.span())));
    (rule.compares, rule.compared) = compares.unzip();
    let takes =
        [("outdated", Verdict::Outdated), ("disputed", Verdict::Disputed), ("unknown", Verdict::Unknown)];
    rule.takes = level(&mut fields, "takes", &takes);
    for (value, _, words) in fields.get("write").map(|i| i.entries()).unwrap_or_default() {
        rule.write.extend(words.str().map(|w| (value.to_string(), w.to_string())));
    }
    for (name, _, entries) in fields.get("lists").map(|i| i.entries()).unwrap_or_default() {
        rule.lists.extend(entries.strings().iter().map(|p| (name.to_string(), p.to_string())));
    }
    let reads = Reads::read(&mut fields, &rule.compares);
    rule.when = read_when(&mut fields, &reads);
    rule.ignore = fields.strings("ignore");
    rule.evidence = fields.fields("evidence").map(read_evidence);
    rule.examples = Example::read_all(&mut fields);
    fields.finish();
    let named = !rule.name.is_empty();
    (named.then_some((rule, reads)), problems.take())
}

fn read_when(fields: &mut Fields<'_>, reads: &Reads) -> Option<When> {
    let says = reads.list.iter().any(|read| read.attribute.is_empty());
    match fields.get("when") {
        Some(item) if !says => {
            item.problem("`when` is for a rule with `says`; what is compared with facts counts only where it is stated");
            None
        }
        Some(item) => item.fields().map(When::read),
        None => says.then(When::default),
    }
}

fn level<T: Copy>(fields: &mut Fields<'_>, key: &'static str, known: &[(&str, T)]) -> Option<T> {
    let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
    let word = fields.get(key)?.one_of(key, &names)?;
    known.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
}

fn read_evidence(mut fields: Fields<'_>) -> Evidence {
    let evidence = Evidence {
        about: fields.strings("about"),
        says: fields.strings("says"),
        claimed: fields.strings("claimed"),
        lacks_baseline: fields.get("lacks").and_then(|i| i.one_of("lacks", &["baseline"])).is_some(),
        any_voice: fields.bool("any_voice").unwrap_or(false),
        undated: fields.bool("undated").unwrap_or(false),
        links: fields.bool("links").unwrap_or(true),
        accepts: fields.string("accepts"),
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
