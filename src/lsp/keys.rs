//! The keys of fact and configuration files with what each says, for completion and hover.

use super::data::Kind;

type Keys = &'static [(&'static str, &'static str)];

/// The keys that may stand under a key; the empty key is the top of the file.
pub fn under(kind: Kind, parent: &str) -> Keys {
    match (kind, parent) {
        (Kind::Config, "overrides") => OVERRIDE,
        (Kind::Config, "") => CONFIG,
        (Kind::Rule, "") => RULE,
        (Kind::Rule, "examples") => EXAMPLE,
        (Kind::Facts, "") => TOP,
        (Kind::Facts, "subjects") => SUBJECT,
        (Kind::Facts, "facts") => FACT,
        (Kind::Facts, "source") => {
            &[("seed", "A document under `seeds/`."), ("quote", "Word for word from it.")]
        }
        (Kind::Facts, "sources") => SOURCE,
        (Kind::Facts, "aliases") => ALIAS,
        _ => &[],
    }
}

/// What a key says.
pub fn says(kind: Kind, key: &str) -> Option<&'static str> {
    let tables: &[Keys] = match kind {
        Kind::Config => &[CONFIG, OVERRIDE],
        Kind::Rule => &[RULE, EXAMPLE],
        Kind::Facts => &[TOP, SUBJECT, FACT, SOURCE, ALIAS],
        Kind::Draft | Kind::Other => &[],
    };
    tables.iter().flat_map(|table| table.iter()).find(|(name, _)| *name == key).map(|(_, says)| *says)
}

/// The values of a key that has but a few.
pub fn values(key: &str) -> &'static [&'static str] {
    match key {
        "state" => &["asserted", "disputed", "superseded"],
        "when" => &["introduced"],
        "case" => &["exact"],
        "severity" | "min_severity" | "fail_on" => &["hint", "info", "warning", "error"],
        "confidence" | "min_confidence" => &["low", "medium", "high"],
        "builtin_facts" | "require_reason" => &["true", "false"],
        _ => &[],
    }
}

const TOP: Keys = &[
    ("subject", "Id of the subject that the file is about."),
    ("subjects", "Several subjects, each with its facts."),
    ("kind", "What the subject is: a model, a lab …"),
    ("name", "Its name as a reader knows it."),
    ("aliases", "Its other names."),
    ("part_of", "Family, series or company that it belongs to."),
    ("version_of", "Subject that it is a version of."),
    ("descriptions", "Words that stand for it after its introduction."),
    ("facts", "What is known of it."),
    ("source", "Source of all facts here that name none."),
    ("sources", "Documents that facts are drawn from."),
    ("attributes", "What can be said of subjects."),
    ("kinds", "Kinds that subjects may be of."),
];

const SUBJECT: Keys = &[
    ("subject", "Its id: `maker/model`."),
    ("kind", "What it is: a model, a lab …"),
    ("name", "Its name as a reader knows it."),
    ("aliases", "Its other names."),
    ("part_of", "Family, series or company that it belongs to."),
    ("version_of", "Subject that it is a version of."),
    ("descriptions", "Words that stand for it after its introduction."),
    ("facts", "What is known of it."),
];

const FACT: Keys = &[
    ("from", "First day on which it holds."),
    ("to", "Last day on which it holds."),
    ("as_of", "The day on which the source said it."),
    ("scope", "What it is limited to: a provider, a tier, a region."),
    ("source", "Where it stands."),
    ("quote", "Word for word from the source."),
    ("state", "Whether it is asserted, disputed or superseded."),
    ("claimed_by", "Who claims it, where it is a claim."),
    ("note", "What to know about it."),
    ("id", "Its id, where other facts speak of it."),
    ("conflicts_with", "Facts that say otherwise."),
];

const SOURCE: Keys = &[
    ("source", "Its id."),
    ("title", "Its title."),
    ("author", "Author or outlet."),
    ("url", "Its address."),
    ("date", "Day of publication."),
    ("kind", "What it is: an article, a model card …"),
    ("grade", "1 (the maker itself) to 4 (a reseller)."),
    ("file", "The document, where it is kept."),
];

const ALIAS: Keys = &[
    ("text", "The name."),
    ("when", "`introduced`: only after another name of the subject."),
    ("case", "`exact`: only with these capitals."),
    ("not_before", "Words that make it another's name when they follow."),
    ("not_after", "Words that make it another's name when they stand before."),
];

const RULE: Keys = &[
    ("rule", "Its name."),
    ("title", "What it is about, in words."),
    ("severity", "How bad its findings are."),
    ("confidence", "How sure they are."),
    ("why", "Why it matters to a reader."),
    ("message_none", "What it says where the fact is that there is none."),
    ("quiet_when", "When it says nothing, in words."),
    ("compares", "Attributes whose claims it words."),
    ("reads", "How prose says each value: patterns by value."),
    ("cells", "What table columns say."),
    ("takes", "The verdict that it words for all rules that compare."),
    ("evidence", "What a figure needs for a source."),
    ("lists", "Classes of its own for its patterns: name and pattern."),
    ("write", "How a fix writes a value: value and words."),
    ("message", "What a finding says, with `{slots}`."),
    ("link", "Page about it."),
    ("tags", "Words to file it under."),
    ("examples", "Passages that prove it, run while you write."),
];

const EXAMPLE: Keys = &[
    ("flag", "A passage with ⟦marks⟧ around what the rule must find."),
    ("pass", "A passage in which it must find nothing."),
    ("fix", "The passage after the preferred fixes."),
    ("format", "`markdown`, `html` or `text`."),
];

const CONFIG: Keys = &[
    ("extends", "Configurations that this one builds on."),
    ("include", "Globs of the files that are drafts."),
    ("exclude", "Globs of files that are no drafts."),
    ("facts", "The project's own facts: files or folders."),
    ("rules", "The project's own rules: files or folders."),
    ("seeds", "The documents that its facts quote: files or folders."),
    ("vale", "Vale installations: `.vale.ini` files or their folders."),
    ("builtin_facts", "Whether the facts that come with the program hold."),
    ("overrides", "What differs for some files."),
    ("select", "Only these rules."),
    ("ignore", "Not these rules."),
    ("severity", "Severity by rule; `off` silences it."),
    ("min_severity", "Report nothing less severe."),
    ("min_confidence", "Report nothing less sure."),
    ("fail_on", "Severity from which a run fails."),
    ("as_of", "The day to judge at, whatever day a draft names."),
    ("require_reason", "Whether every suppression must give a reason."),
];

const OVERRIDE: Keys = &[
    ("files", "Globs of the files that this is for."),
    ("select", "Only these rules."),
    ("ignore", "Not these rules."),
    ("severity", "Severity by rule; `off` silences it."),
    ("min_severity", "Report nothing less severe."),
    ("min_confidence", "Report nothing less sure."),
    ("as_of", "The day to judge at."),
];
