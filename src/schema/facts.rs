//! The keys of fact files: subjects, facts and their values, sources, attributes.

use super::{Key, Named, Shape, TEXTS, key, needed};

const SUBJECT_ID: Shape = Shape::Name(Named::Subject);
const ALIASES: Shape = Shape::Many(&Shape::Either(&[Shape::Text, Shape::Map(ALIAS)]));
const FACTS: Shape = Shape::List(&Shape::Fact(FACT));

pub const TOP: &[Key] = &[
    key("subject", Shape::Text, "Id of the subject that the file is about: `maker/model`."),
    key("kind", Shape::Name(Named::SubjectKind), "What the subject is: a model, a lab …"),
    key("name", Shape::Text, "Its name as a reader knows it."),
    key("aliases", ALIASES, "Its other names."),
    key("part_of", SUBJECT_ID, "Family, series or company that it belongs to."),
    key("version_of", SUBJECT_ID, "Subject that it is a version of."),
    key("descriptions", TEXTS, "Words that stand for it after its introduction: `the new model`."),
    key("facts", FACTS, "What is known of it."),
    key("subjects", Shape::List(&Shape::Map(SUBJECT)), "Several subjects, each with its facts."),
    key("source", Shape::Name(Named::Source), "Source of all facts here that name none."),
    key("sources", Shape::List(&Shape::Map(SOURCE)), "Documents that facts are drawn from."),
    key(
        "attributes",
        Shape::List(&Shape::Map(ATTRIBUTE)),
        "What can be said of subjects, and how it compares.",
    ),
    key("kinds", TEXTS, "Kinds that subjects may be of."),
];

const SUBJECT: &[Key] = &[
    needed("subject", Shape::Text, "Its id: `maker/model`."),
    key("kind", Shape::Name(Named::SubjectKind), "What it is: a model, a lab …"),
    key("name", Shape::Text, "Its name as a reader knows it."),
    key("aliases", ALIASES, "Its other names."),
    key("part_of", SUBJECT_ID, "Family, series or company that it belongs to."),
    key("version_of", SUBJECT_ID, "Subject that it is a version of."),
    key("descriptions", TEXTS, "Words that stand for it after its introduction: `the new model`."),
    key("facts", FACTS, "What is known of it."),
];

const ALIAS: &[Key] = &[
    needed("text", Shape::Text, "The name."),
    key(
        "when",
        Shape::Choice(&["introduced", "always"]),
        "`introduced`: only after another name of the subject.",
    ),
    key("case", Shape::Choice(&["exact", "any"]), "`exact`: only with these capitals."),
    key("not_before", TEXTS, "Words that make it another's name when they follow."),
    key("not_after", TEXTS, "Words that make it another's name when they stand before."),
];

/// What a fact says beside its attribute.
pub const FACT: &[Key] = &[
    key("from", Shape::Date, "First day on which it holds."),
    key("to", Shape::Date, "Last day on which it holds."),
    key("as_of", Shape::Date, "The day on which the source said it; the source's own date unless said."),
    key("scope", Shape::Free(None, &Shape::Text), "What it is limited to: a provider, a tier, a region."),
    key(
        "source",
        Shape::Either(&[Shape::Name(Named::Source), Shape::Map(QUOTED)]),
        "Where it stands: a source's id, or `{seed: id, quote: …}`.",
    ),
    key("quote", Shape::Text, "Word for word from the source."),
    key(
        "state",
        Shape::Choice(&["asserted", "disputed", "superseded"]),
        "Whether it is asserted (unless said), disputed or superseded.",
    ),
    key("claimed_by", SUBJECT_ID, "Who claims it, where it is a claim and no established fact."),
    key("note", Shape::Text, "What to know about it."),
    key("id", Shape::Text, "Its id, where other facts speak of it."),
    key("conflicts_with", Shape::Many(&Shape::Name(Named::Fact)), "Facts that say otherwise."),
];

const QUOTED: &[Key] = &[
    key("seed", Shape::Name(Named::Source), "A document under `seeds/`, by its name without ending."),
    key("source", Shape::Name(Named::Source), "A source by its id, as `seed` gives it."),
    key("quote", Shape::Text, "Word for word from it."),
];

const SOURCE: &[Key] = &[
    needed("source", Shape::Text, "Its id."),
    key("title", Shape::Text, "Its title."),
    key("author", Shape::Text, "Who wrote it."),
    key("outlet", Shape::Text, "Where it appeared; stands before the author."),
    key("url", Shape::Text, "Its address."),
    key("date", Shape::Date, "Day of publication."),
    key("kind", Shape::Text, "What it is: an article, a model card …"),
    key("grade", Shape::Number, "1 (the maker itself, a licence text) to 4 (a reseller); 3 unless said."),
    key("file", Shape::Text, "The document, where it is kept: beside this file or under `seeds/`."),
];

const ATTRIBUTE: &[Key] = &[
    needed("attribute", Shape::Text, "Its id, which facts write as a key."),
    needed("name", Shape::Text, "Its name in messages."),
    needed(
        "type",
        Shape::Choice(&[
            "choice", "stage", "set", "ratio", "quantity", "money", "date", "subject", "licence", "text",
        ]),
        "What its values are, and so how two of them compare.",
    ),
    key("values", CHOICES, "The values of a choice."),
    key(
        "stages",
        Shape::Either(&[TEXTS, CHOICES]),
        "The stages, the lowest first; of a set: of its members.",
    ),
    key("members", CHOICES, "The usual members of a set."),
    key(
        "functional",
        Shape::Flag,
        "At most one value at a time and scope, so that another one contradicts; sets and texts are not, others are.",
    ),
    key(
        "inherited",
        Shape::Flag,
        "A fact on a family or series holds for its members that have none of their own.",
    ),
    key(
        "via",
        Shape::Many(&Shape::Name(Named::Attribute)),
        "Attributes that answer in its place where it has no fact.",
    ),
    key(
        "classes",
        Shape::Free(None, &Shape::Text),
        "What a class of its values means to the attribute in `via`.",
    ),
    key("unit", Shape::Text, "The unit of a quantity that names none."),
    key("units", Shape::Text, "The unit's plural, where it is not the unit with an s."),
];

const CHOICES: Shape = Shape::List(&Shape::Either(&[Shape::Text, Shape::Map(CHOICE)]));

const CHOICE: &[Key] = &[
    needed("value", Shape::Text, "Its id, which facts write."),
    key("name", Shape::Text, "Its name in messages."),
    key("implies", TEXTS, "Values that are true with it."),
    key("excludes", TEXTS, "Values that cannot be true with it."),
];

/// Members, with or without a stage, or what a set has, has not, and has alone.
pub const SET: Shape = Shape::Either(&[MEMBERS, Shape::Map(SET_KEYS)]);
const MEMBERS: Shape = Shape::Many(&Shape::Either(&[Shape::Text, Shape::Free(None, &Shape::Text)]));

const SET_KEYS: &[Key] = &[
    key("only", MEMBERS, "All of its members: there are no others."),
    key("has", MEMBERS, "Members, among others."),
    key("not", MEMBERS, "What is no member."),
];

const BOUND: Shape = Shape::Choice(&["exactly", "about", "at-least", "over", "at-most", "under"]);

pub const RATIO: &[Key] = &[
    key("factor", Shape::Number, "How many times better; 10 is an order of magnitude."),
    key(
        "share",
        Shape::Number,
        "The part that is still needed, in place of a factor: 0.6 is 40 percent less.",
    ),
    key("bound", BOUND, "How the source puts it; exactly, unless said."),
    needed("metric", Shape::Text, "What is compared: training compute, latency, cost …"),
    key("baseline", SUBJECT_ID, "With whom it is compared."),
];

pub const QUANTITY: Shape = Shape::Either(&[Shape::Number, Shape::Map(QUANTITY_KEYS)]);

const QUANTITY_KEYS: &[Key] = &[
    key("amount", Shape::Number, "The number."),
    key("low", Shape::Number, "The least, where it is a range."),
    key("high", Shape::Number, "The most, where it is a range."),
    key("bound", BOUND, "How the source puts it; exactly, unless said."),
    key("unit", Shape::Text, "What is counted, where it is not the attribute's own unit."),
];

pub const MONEY: &[Key] = &[
    needed("amount", Shape::Number, "How much."),
    needed("currency", Shape::Text, "Three capitals: `USD`."),
    key("per", Shape::Text, "For what: a number and a unit, `1e6 token`."),
    key("side", Shape::Text, "Which tokens: `input` or `output`."),
];
