//! Every key of a pattern rule's file with its meaning: the schema and the reference are made from this table, and a test
//! holds the reader to it.

/// What stands under a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One text.
    Text,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// One text or a list of them.
    Texts,
    /// True or false.
    Flag,
    /// A number.
    Number,
    /// A map of texts.
    Pairs,
    /// `{name, params}`.
    Action,
    /// A list of sentences that prove the rule.
    Examples,
}

/// One key.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// As files write it.
    pub name: &'static str,
    /// What stands under it.
    pub shape: Shape,
    /// The kinds that need it and those that may have it; every kind may have a key that names none.
    pub needed: &'static [&'static str],
    /// Kinds that may have it.
    pub allowed: &'static [&'static str],
    /// What it does.
    pub about: &'static str,
}

const fn common(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key { name, shape, needed: &[], allowed: &[], about }
}

const fn of(
    name: &'static str,
    shape: Shape,
    needed: &'static [&'static str],
    allowed: &'static [&'static str],
    about: &'static str,
) -> Key {
    Key { name, shape, needed, allowed, about }
}

const WORDS: &[&str] =
    &["existence", "substitution", "occurrence", "repetition", "consistency", "conditional"];
const EXCEPTED: &[&str] =
    &["existence", "substitution", "repetition", "conditional", "capitalization", "spelling"];

/// All keys, those of every kind first.
pub const KEYS: &[Key] = &[
    common("rule", Shape::Text, "What the rule is called: lower case, words joined by hyphens."),
    common("kind", Shape::Choice(&super::KINDS), "What kind of pattern it looks for."),
    common("title", Shape::Text, "The rule in one line."),
    common("why", Shape::Text, "Why it is there, for people."),
    common(
        "message",
        Shape::Text,
        "What a finding says. `{match}` is what was found, `{fix}` what to write instead; `%s` stands for what the kind puts there.",
    ),
    common(
        "severity",
        Shape::Choice(&["hint", "info", "warning", "error"]),
        "How bad a finding is; `warning` unless said.",
    ),
    common(
        "confidence",
        Shape::Choice(&["low", "medium", "high"]),
        "How sure a finding is; `high` unless said.",
    ),
    common(
        "scope",
        Shape::Texts,
        "Where it looks: text, heading (heading.h2), paragraph, sentence, list, table.cell, table.header, blockquote, link, strong, emphasis, code, alt, frontmatter.KEY, raw, summary. `~` is not, `&` is and, a list is or.",
    ),
    common("link", Shape::Text, "A page about the rule."),
    common("tags", Shape::Texts, "Words to group rules by."),
    common("since", Shape::Text, "The version it came with."),
    common("limit", Shape::Number, "At most so many findings in a draft."),
    common(
        "action",
        Shape::Action,
        "How it mends what it found: `{name: replace, params: […]}`, `remove`, or `edit` with steps.",
    ),
    common("matchcase", Shape::Flag, "What is written instead takes the case of what it replaces."),
    common(
        "examples",
        Shape::Examples,
        "Sentences that prove it: `flag: 'what ⟦stands⟧ out'` (with `fix:`), `pass: 'what is right'`.",
    ),
    common("ascii", Shape::Flag, "`\\w`, `\\d` and `\\s` know only ASCII, as in Vale."),
    of(
        "tokens",
        Shape::Texts,
        &["repetition"],
        &["existence"],
        "Words or patterns to look for, each standing as a whole word unless `nonword`; `<release>` stands for all forms of a word.",
    ),
    of(
        "raw",
        Shape::Texts,
        &[],
        &["existence"],
        "A pattern put before the tokens as it is, or after them with `append`.",
    ),
    of("append", Shape::Flag, &[], &["existence"], "`raw` comes after the tokens."),
    of(
        "swap",
        Shape::Pairs,
        &["substitution"],
        &[],
        "`wording: what to write instead`; several are parted by `|`.",
    ),
    of(
        "capitalize",
        Shape::Flag,
        &[],
        &["substitution"],
        "What is written instead starts with a capital where the wording did.",
    ),
    of("ignorecase", Shape::Flag, &[], WORDS, "Letters match in either case."),
    of("nonword", Shape::Flag, &[], WORDS, "Tokens may stand inside words."),
    of("exceptions", Shape::Texts, &[], EXCEPTED, "What it lets pass."),
    of(
        "vocab",
        Shape::Flag,
        &[],
        EXCEPTED,
        "Whether the project's accepted words pass; they do unless said.",
    ),
    of("token", Shape::Text, &["occurrence"], &[], "What is counted."),
    of("max", Shape::Number, &[], &["occurrence", "repetition"], "More than this is a finding."),
    of("min", Shape::Number, &[], &["occurrence"], "Fewer than this is a finding."),
    of("alpha", Shape::Flag, &[], &["repetition"], "Only words of letters count."),
    of(
        "either",
        Shape::Pairs,
        &["consistency"],
        &[],
        "`one: other`, of which only one may stand in a draft.",
    ),
    of("first", Shape::Text, &["conditional"], &[], "What needs the second."),
    of(
        "second",
        Shape::Text,
        &["conditional"],
        &[],
        "What must stand too; what it captures may be the first from then on.",
    ),
    of(
        "match",
        Shape::Text,
        &["capitalization"],
        &[],
        "`$title`, `$sentence`, `$lower`, `$upper`, or a pattern.",
    ),
    of(
        "style",
        Shape::Choice(&["AP", "Chicago"]),
        &[],
        &["capitalization"],
        "Whose titles: AP leaves short words small, Chicago prepositions too.",
    ),
    of(
        "indicators",
        Shape::Texts,
        &[],
        &["capitalization"],
        "After a word that ends so, a sentence starts anew.",
    ),
    of(
        "threshold",
        Shape::Number,
        &[],
        &["capitalization"],
        "The part of the words that must be right; 0.8 unless said.",
    ),
    of(
        "prefix",
        Shape::Text,
        &[],
        &["capitalization"],
        "A pattern for what stands before the words that count.",
    ),
    of(
        "formula",
        Shape::Text,
        &["metric"],
        &[],
        "A formula over words, sentences, syllables, characters, complex_words, long_words, polysyllabic_words and counts of parts such as heading.h2.",
    ),
    of("condition", Shape::Text, &["metric"], &[], "What makes its value a finding: `> 8`."),
    of(
        "metrics",
        Shape::Texts,
        &["readability"],
        &[],
        "Whose grades are averaged: Flesch-Kincaid, Gunning Fog, Coleman-Liau, SMOG, Automated Readability.",
    ),
    of("grade", Shape::Number, &["readability"], &[], "A higher grade is a finding."),
    of(
        "dictionaries",
        Shape::Texts,
        &[],
        &["spelling"],
        "Names of Hunspell dictionaries, NAME.aff and NAME.dic beside the rules; all that are there unless said.",
    ),
    of("words", Shape::Texts, &[], &["spelling"], "Words that are right as they stand or in lower case."),
    of("filters", Shape::Texts, &[], &["spelling"], "A word in which one of these patterns matches passes."),
    of(
        "custom",
        Shape::Flag,
        &[],
        &["spelling"],
        "Only the rule's own `filters` hold; else camel case, words that end in a capital and words with other signs than letters pass.",
    ),
];

/// The keys that a kind may have.
pub fn keys_of(kind: &str) -> impl Iterator<Item = &'static Key> {
    KEYS.iter().filter(move |key| {
        let everyone = key.needed.is_empty() && key.allowed.is_empty();
        everyone || key.needed.contains(&kind) || key.allowed.contains(&kind)
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Dictionaries, KINDS, Reader, Vocabulary};
    use super::*;
    use crate::yaml::{Problems, parse};

    fn sample(key: &Key, kind: &str) -> String {
        let text = match (key.name, key.shape) {
            ("kind", _) => kind.to_string(),
            ("scope", _) => "heading".to_string(),
            ("formula", _) => "words / sentences".to_string(),
            ("condition", _) => "'> 8'".to_string(),
            ("metrics", _) => "SMOG".to_string(),
            (_, Shape::Text | Shape::Texts) => "abc".to_string(),
            (_, Shape::Choice(words)) => words[0].to_string(),
            (_, Shape::Flag) => "true".to_string(),
            (_, Shape::Number) => "3".to_string(),
            (_, Shape::Pairs) => "{one: other}".to_string(),
            (_, Shape::Action) => "{name: remove}".to_string(),
            (_, Shape::Examples) => "[{pass: all is well}]".to_string(),
        };
        format!("{}: {text}\n", key.name)
    }

    #[test]
    fn the_reader_knows_every_key_of_the_table_and_misses_those_that_are_needed() {
        let mut vocabulary = Vocabulary { dictionaries: Dictionaries::default(), ..Vocabulary::default() };
        vocabulary.dictionaries.add("abc", "", "1\nabc\n");
        for kind in KINDS {
            let keys: Vec<&Key> = keys_of(kind).collect();
            let source: String = keys.iter().map(|key| sample(key, kind)).collect();
            let problems = Problems::new(0);
            let reader = Reader { vocabulary: &vocabulary, ascii: false, file: 0 };
            let read = reader.read(&problems.item(&parse(&source).0.expect("yaml")));
            assert_eq!(problems.take(), [], "{kind}");
            assert!(read.is_some(), "{kind}");
            for needed in keys.iter().filter(|key| key.needed.contains(&kind)) {
                let lacking: String =
                    keys.iter().filter(|key| key.name != needed.name).map(|key| sample(key, kind)).collect();
                let problems = Problems::new(0);
                reader.read(&problems.item(&parse(&lacking).0.expect("yaml")));
                assert_ne!(problems.take(), [], "{kind} without {}", needed.name);
            }
        }
    }
}
