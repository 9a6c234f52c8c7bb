//! What pattern rules know of English, read from `rules/language/prose.yaml`: small words of titles, syllables, sentences.

use super::regex::Matcher;
use crate::language::Language;
use crate::language::morphology::Morphology;
use crate::language::token::Lexicon;
use crate::text::Span;
use crate::yaml::{Item, Problem, Problems, parse};
use regex::Regex;
use std::collections::{HashMap, HashSet};
use std::sync::{LazyLock, OnceLock};

const LANGUAGE: &str = include_str!("../../../rules/language/en.yaml");
const FILE: &str = include_str!("../../../rules/language/prose.yaml");

/// The file, read.
#[derive(Debug, Default)]
pub struct English {
    /// Small in every title.
    pub small: HashSet<String>,
    /// Small in Chicago style too.
    pub prepositions: HashSet<String>,
    exceptions: HashMap<String, usize>,
    prefixes: Vec<(String, usize)>,
    suffixes: Vec<(String, usize)>,
    plus: Vec<Matcher>,
    minus: Vec<Matcher>,
}

/// The English that is built in.
pub fn english() -> &'static English {
    static ENGLISH: OnceLock<English> = OnceLock::new();
    ENGLISH.get_or_init(|| read(FILE).0)
}

/// `<release>` as all its forms: release, releases, released, releasing; `\<` and groups (`(?<`) are left alone.
pub fn with_forms(token: &str) -> String {
    static WORD: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(^|[^\\?P])<((?:[a-z]+[ -])*)([a-z]+)>").ok());
    let Some(word) = WORD.as_ref().filter(|_| token.contains('<')) else { return token.to_string() };
    let expanded = |found: &regex::Captures<'_>| {
        let forms = morphology().forms(&found[3]);
        format!("{}(?:{}(?:{}))", &found[1], &found[2], forms.join("|"))
    };
    word.replace_all(token, expanded).into_owned()
}

/// How words are bent: the language file's.
fn morphology() -> &'static Morphology {
    static FORMS: OnceLock<Morphology> = OnceLock::new();
    FORMS.get_or_init(|| {
        let node = parse(LANGUAGE).0;
        node.map(|node| Language::load(0, &node, &mut Lexicon::default()).0.morphology).unwrap_or_default()
    })
}

fn read(source: &str) -> (English, Vec<Problem>) {
    let (node, mut found) = parse(source);
    let problems = Problems::new(0);
    let mut english = English::default();
    if let Some(mut fields) = node.as_ref().and_then(|node| problems.fields(node)) {
        if let Some(mut titles) = fields.fields("titles") {
            english.small = titles.strings("small").into_iter().collect();
            english.prepositions = titles.strings("prepositions").into_iter().collect();
            titles.finish();
        }
        if let Some(mut syllables) = fields.fields("syllables") {
            let mut counted = |key| syllables.get(key).map(|item| counted(&item)).unwrap_or_default();
            english.exceptions = counted("exceptions").into_iter().collect();
            english.prefixes = counted("prefixes");
            english.suffixes = counted("suffixes");
            english.plus = matchers(&syllables.list("plus"));
            english.minus = matchers(&syllables.list("minus"));
            syllables.finish();
        }
        fields.finish();
    }
    found.extend(problems.take());
    (english, found)
}

/// Words under the number of syllables they count, in the order of the file.
fn counted(item: &Item<'_>) -> Vec<(String, usize)> {
    let mut words = Vec::new();
    for (count, _, list) in item.entries() {
        match count.parse() {
            Ok(count) => words.extend(list.strings().into_iter().map(|word| (word.to_string(), count))),
            Err(_) => list.problem("expected a number of syllables as the key"),
        }
    }
    words
}

fn matchers(items: &[Item<'_>]) -> Vec<Matcher> {
    let compile = |item: &Item<'_>| Matcher::new(item.str()?.to_string()).map_err(|e| item.problem(e)).ok();
    items.iter().filter_map(compile).collect()
}

impl English {
    /// How many syllables a word has.
    pub fn syllables(&self, word: &str) -> usize {
        match word.chars().count() {
            0 => return 0,
            1 | 2 => return 1,
            _ => {}
        }
        let word = word.to_lowercase();
        if let Some(count) = self.exceptions.get(&word) {
            return *count;
        }
        let (mut rest, mut count) = (word.as_str(), 0);
        if let Some((cut, n)) =
            self.prefixes.iter().find_map(|(p, n)| Some((rest.strip_prefix(p.as_str())?, n)))
        {
            (rest, count) = (cut, count + n);
        }
        if let Some((cut, n)) =
            self.suffixes.iter().find_map(|(s, n)| Some((rest.strip_suffix(s.as_str())?, n)))
        {
            (rest, count) = (cut, count + n);
        }
        let matches = |all: &[Matcher]| all.iter().map(|m| m.matches(rest).len()).sum::<usize>();
        (count + matches(&self.plus)).saturating_sub(matches(&self.minus)).max(1)
    }
}

/// The sentences of a text, without the white space around them. A single line break parts none. Marks in a row
/// ("!!", or "..." before a capital) end one too.
pub fn sentences(text: &str) -> Vec<Span> {
    static ROW: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[!?]{2,}\s+|\.{3}\s+\p{Lu}").ok());
    let flat = flatten(text);
    let mut spans = Vec::new();
    for found in sentencex::get_sentence_boundaries("en", &flat) {
        let Some(part) = flat.get(found.start_byte..found.end_byte) else { continue };
        let rows = ROW.iter().flat_map(|row| row.find_iter(part));
        let cuts = rows.map(|row| row.start() + row.as_str().trim_end_matches(char::is_uppercase).len());
        let mut start = 0;
        for end in cuts.chain([part.len()]) {
            let piece = part.get(start..end).unwrap_or_default();
            let at = found.start_byte + start + (piece.len() - piece.trim_start().len());
            if !piece.trim().is_empty() {
                spans.push(Span::new(at, at + piece.trim().len()));
            }
            start = end;
        }
    }
    spans
}

/// Single line breaks made spaces, so that only blank lines part paragraphs.
fn flatten(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\n') {
        let breaks = rest[at..].len() - rest[at..].trim_start_matches('\n').len();
        out.push_str(&rest[..at]);
        out.push_str(if breaks == 1 { " " } else { &rest[at..at + breaks] });
        rest = &rest[at + breaks..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_reads_without_problems() {
        let (english, problems) = read(FILE);
        assert_eq!(problems, []);
        assert!(english.plus.len() == 5 && english.minus.len() == 2 && english.small.contains("the"));
    }

    #[test]
    fn syllables_are_counted() {
        for (word, count) in [
            ("a", 1),
            ("the", 1),
            ("people", 2),
            ("efficient", 3),
            ("opened", 2),
            ("benchmark", 2),
            ("evaluation", 5),
            ("model", 2),
            ("openly", 3),
            ("catastrophe", 4),
        ] {
            assert_eq!(english().syllables(word), count, "{word}");
        }
    }

    #[test]
    fn words_in_angle_brackets_stand_for_their_forms() {
        for (token, expanded) in [
            ("<release> it", "(?:(?:release|releases|released|releasing)) it"),
            (
                "(<leave>|<fine-tune>)",
                "((?:(?:leave|leaves|left|leaving))|(?:fine-(?:tune|tunes|tuned|tuning)))",
            ),
            (r"(?<=a)b (?P<n>c) \<d>", r"(?<=a)b (?P<n>c) \<d>"),
        ] {
            assert_eq!(with_forms(token), expanded);
        }
    }

    #[test]
    fn a_line_break_ends_no_sentence() {
        let text = "One is\nhere. Two.\n\nThree";
        let found: Vec<_> = sentences(text).iter().map(|span| span.of(text)).collect();
        assert_eq!(found, ["One is\nhere.", "Two.", "Three"]);
    }

    #[test]
    fn marks_in_a_row_end_a_sentence() {
        let text = "Nothing else!! is_open was added. There is none... It came. From 3... to 4.";
        let found: Vec<_> = sentences(text).iter().map(|span| span.of(text)).collect();
        assert_eq!(
            found,
            ["Nothing else!!", "is_open was added.", "There is none...", "It came.", "From 3... to 4."]
        );
    }
}
