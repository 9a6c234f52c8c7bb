//! The keys of rules that compare with facts or ask for a source, and what those of pattern rules share with them.

use crate::rule::when::STANDINGS;

use super::{CONFIDENCE, Key, Named, SEVERITY, Shape, TEXTS, key, needed};

pub const TOP: &[Key] = &[
    needed("rule", Shape::Text, "What the rule is called: lower case, words joined by hyphens."),
    key("title", Shape::Text, "The rule in one line."),
    key("severity", SEVERITY, "How bad a finding is; `warning` unless said."),
    key("confidence", CONFIDENCE, "How sure a finding is; `high` unless said."),
    key("why", Shape::Text, "Why it matters to a reader."),
    key("quiet_when", Shape::Text, "When it says nothing, in words."),
    needed(
        "message",
        Shape::Text,
        "What a finding says. `{subject}`, `{claim}`, `{fact}`, `{source}` and `{as_of}` stand for what was read, `{text}` for what an evidence rule found.",
    ),
    key("message_none", Shape::Text, "What it says where the fact is that there is none."),
    key(
        "fixes",
        TEXTS,
        "Texts that may stand in place of what was found, with the message's slots: each is offered as a fix of its own.",
    ),
    key("link", Shape::Text, "A page about the rule."),
    key("tags", TEXTS, "Words to group rules by."),
    key("since", Shape::Text, "The version it came with."),
    key(
        "default",
        Shape::Choice(&["on", "off"]),
        "Whether it speaks unless the configuration says otherwise.",
    ),
    key("compares", Shape::Many(&Shape::Name(Named::Attribute)), "The attributes whose claims it words."),
    key(
        "takes",
        Shape::Choice(&["outdated", "disputed", "unknown"]),
        "The verdict that it words for all rules that compare.",
    ),
    key("of", TEXTS, "What its subject may be: `model` (unless said), `org` …"),
    key(
        "reads",
        READS,
        "How prose says each value: patterns by value (`value`: what a slot took; `not X`: denied); by attribute first where it compares several.",
    ),
    key("cells", Shape::List(&Shape::Map(CELL)), "What table columns say by yes or no."),
    key(
        "says",
        SAYS,
        "For a rule on wording: patterns for phrases about a subject that are findings by themselves.",
    ),
    key("when", Shape::Map(WHEN), "When a rule on wording speaks; where it is stated unless said."),
    key(
        "timeless",
        Shape::Flag,
        "Whether what is read is said of all times, so that “it will read a chart” states it.",
    ),
    key("ignore", TEXTS, "Phrases that speak of something else: what is read within one is no statement."),
    key("lists", Shape::Free(None, &TEXTS), "Classes of its own for its patterns: name and patterns."),
    key("write", Shape::Free(None, &Shape::Text), "How a fix writes a value: value and words."),
    key(
        "evidence",
        Shape::Map(EVIDENCE),
        "What a figure or a phrase needs for a source: a rule with this asks for one.",
    ),
    key("examples", EXAMPLES, "Passages that prove it, run by `claimlint rules test` and while you write."),
];

const READS: Shape = Shape::Free(None, &Shape::Either(&[SAYS, Shape::Free(None, &SAYS)]));
const SAYS: Shape = Shape::Many(&Shape::Either(&[Shape::Text, Shape::Map(SAY)]));

const WHEN: &[Key] = &[
    key(
        "stands",
        Shape::Many(&Shape::Choice(&STANDINGS)),
        "How the phrase must stand: stated (unless said), negated, past, planned, hedged, asked, conditional, denied.",
    ),
    key(
        "reported",
        Shape::Flag,
        "Whether somebody must, or must not, be named who says it; either unless said.",
    ),
    key("unless", TEXTS, "Patterns: a sentence that says one of these is left alone."),
    key(
        "facts",
        Shape::Free(Some(Named::Attribute), &Shape::Text),
        "What the facts must say of the subject on the draft's day: `openness: open-weight`, or `not open-weight` for what excludes it.",
    ),
];

const SAY: &[Key] = &[
    key("say", TEXTS, "The patterns."),
    key("of", TEXTS, "What their subject may be, where it is not as in the rule."),
    key("needs_subject", Shape::Flag, "Whether the subject must stand in the sentence itself."),
    key(
        "describes",
        Shape::Flag,
        "Whether it describes a thing, which a sentence with a verb in it then names.",
    ),
    key("asked", TEXTS, "It reads only the answer to a question that one of these patterns finds."),
    key("told", TEXTS, "It reads only what comes right after a sentence that one of these patterns finds."),
    key("plans", Shape::Flag, "Whether it speaks of what is to come, so that a plan states it."),
    key("weak", Shape::Flag, "Whether any other reading of the same words goes before it."),
    key("swap", Shape::Flag, "Whether a fix may put another word of the same kind in its place."),
];

const CELL: &[Key] = &[
    key(
        "attribute",
        Shape::Name(Named::Attribute),
        "Which attribute; the first that the rule compares unless said.",
    ),
    key("header", TEXTS, "Patterns for the column's header."),
    key("yes", Shape::Text, "The value of a yes."),
    key("no", Shape::Text, "The value of a no."),
];

const EVIDENCE: &[Key] = &[
    key("about", TEXTS, "What the sentence or its topic must name: `model`, `org`."),
    key("says", TEXTS, "The phrases that need a source; without any, figures do."),
    key(
        "claimed",
        Shape::Many(&Shape::Name(Named::Attribute)),
        "The attributes whose facts are somebody's claims: what repeats one must say whose.",
    ),
    key("lacks", Shape::Choice(&["baseline"]), "Of figures, only those that do not say against what."),
    key("any_voice", Shape::Flag, "Also what is reported, asked, doubted or denied."),
    key("undated", Shape::Flag, "Only in drafts that have no date of their own."),
    key("links", Shape::Flag, "Whether a link is a source; it is unless said."),
    key("accepts", Shape::Text, "The evidence rule whose sources count too."),
    key("ignore", TEXTS, "What stands inside one of these needs no source."),
    key("sentence", TEXTS, "What makes a sentence name its source."),
    key("neighbour", TEXTS, "What makes the sentence before or after name the source."),
    key("note", TEXTS, "What makes a footnote a source."),
    key("citations", TEXTS, "Regular expressions for citation keys."),
    key(
        "vague",
        TEXTS,
        "A vague source: it counts here, though not for the rules that accept this rule's sources.",
    ),
];

/// Passages that prove a rule.
pub const EXAMPLES: Shape = Shape::List(&Shape::Map(EXAMPLE));

const EXAMPLE: &[Key] = &[
    key("flag", Shape::Text, "A passage, what the rule must find between ⟦ and ⟧."),
    key("pass", Shape::Text, "A passage that the rule leaves alone."),
    key("fix", Shape::Text, "The passage after the preferred fixes."),
    key(
        "format",
        Shape::Choice(&["markdown", "html", "text"]),
        "What it is written in; `markdown` unless said.",
    ),
    key("date", Shape::Date, "The day it was written, where the facts have changed since."),
];

/// The keys of a pack's manifest.
pub const PACK: &[Key] = &[
    needed("pack", Shape::Text, "What the pack is called: lower case, words joined by hyphens."),
    needed("version", Shape::Text, "Its version, three numbers: 1.0.0."),
    needed("claimlint", Shape::Text, "The oldest version of the program that its rules work with: 0.1.0."),
    key("licence", Shape::Text, "What others may do with the rules, as an SPDX expression: MIT, CC-BY-4.0."),
    key("title", Shape::Text, "The pack in one line."),
];

pub const ACTION: &[Key] = &[
    needed(
        "name",
        Shape::Choice(&["replace", "remove", "edit", "suggest"]),
        "What is done with what was found.",
    ),
    key(
        "params",
        Shape::Many(&Shape::Either(&[Shape::Text, Shape::List(&Shape::Text)])),
        "The texts to write, or the steps of an edit.",
    ),
];
