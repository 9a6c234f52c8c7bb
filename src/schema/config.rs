//! The keys of `claimlint.yaml`.

use super::{CONFIDENCE, Key, Named, SEVERITY, Shape, TEXTS, key, needed};

const RULES: Shape = Shape::Many(&Shape::Name(Named::Rule));
const LEVELS: Shape =
    Shape::Free(Some(Named::Rule), &Shape::Choice(&["hint", "info", "warning", "error", "off"]));

pub const TOP: &[Key] = &[
    key("extends", TEXTS, "Configurations that this one builds on: files beside it or elsewhere."),
    key("include", TEXTS, "Globs of the files that are drafts; without it all files of a known format are."),
    key("exclude", TEXTS, "Globs of files that are no drafts, as in `.gitignore`."),
    key("facts", TEXTS, "The project's own facts: files or folders."),
    key("rules", TEXTS, "The project's own rules: files or folders."),
    key("seeds", TEXTS, "The documents that its facts quote: files or folders."),
    key("vocabulary", TEXTS, "Words that rules on wording let pass here."),
    key("vale", TEXTS, "Vale installations: `.vale.ini` files or their folders."),
    key(
        "builtin_facts",
        Shape::Flag,
        "Whether the facts that come with the program hold; they do unless said.",
    ),
    key("select", RULES, "Only these rules."),
    key("ignore", RULES, "Not these rules."),
    key("severity", LEVELS, "Severity by rule; `off` silences it."),
    key("min_severity", SEVERITY, "Report nothing less severe."),
    key("min_confidence", CONFIDENCE, "Report nothing less sure."),
    key("fail_on", SEVERITY, "Severity from which a run fails."),
    key("as_of", Shape::Date, "The day to judge at, whatever day a draft names."),
    key("require_reason", Shape::Flag, "Whether every comment that allows a finding must give a reason."),
    key("overrides", Shape::List(&Shape::Map(OVERRIDE)), "What differs for some files; later entries win."),
];

const OVERRIDE: &[Key] = &[
    needed("files", TEXTS, "Globs of the files that this is for."),
    key("select", RULES, "Only these rules."),
    key("ignore", RULES, "Not these rules."),
    key("severity", LEVELS, "Severity by rule; `off` silences it."),
    key("min_severity", SEVERITY, "Report nothing less severe."),
    key("min_confidence", CONFIDENCE, "Report nothing less sure."),
    key("fail_on", SEVERITY, "Severity from which a run fails."),
    key("as_of", Shape::Date, "The day to judge at, whatever day a draft names."),
    key("require_reason", Shape::Flag, "Whether every comment that allows a finding must give a reason."),
];
