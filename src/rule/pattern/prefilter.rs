//! Which rules can match a text at all: one pass for the words that their patterns demand.
//!
//! Almost every rule is asked about text that it cannot match. A pattern demands literals, one of which stands in every
//! match; all literals of all rules are looked for together, and only the rules whose literal was met run their pattern.
//! A rule whose pattern demands none always runs.

use aho_corasick::{AhoCorasick, MatchKind};
use regex_syntax::hir::{Class, Hir, HirKind};
use std::collections::BTreeMap;

/// `k` and `s` have a third form each, the Kelvin sign and the long s. Literals leave them out; a text that holds one is
/// for all rules.
const THIRD_FORMS: [char; 2] = ['\u{212a}', '\u{17f}'];
/// More literals than this say too little each.
const MAX_LITERALS: usize = 512;

/// The literals, folded to lower case, one of which every match holds; `None` where nothing can be said.
pub fn demanded(pattern: &Hir) -> Option<Vec<String>> {
    let found = literals(pattern)?;
    let usable = |l: &String| l.len() > 1;
    (!found.is_empty() && found.len() <= MAX_LITERALS && found.iter().all(usable)).then_some(found)
}

/// The union over several patterns, of which any may match.
pub fn demanded_by_any<'a>(patterns: impl IntoIterator<Item = &'a Hir>) -> Option<Vec<String>> {
    patterns.into_iter().map(demanded).try_fold(Vec::new(), |mut all, literals| {
        all.extend(literals?);
        Some(all)
    })
}

fn literals(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Literal(literal) => ascii_part(std::str::from_utf8(&literal.0).ok()?).map(|l| vec![l]),
        HirKind::Class(class) => one_letter(class).map(|c| vec![c.to_string()]),
        HirKind::Capture(group) => literals(&group.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => literals(&repetition.sub),
        HirKind::Concat(parts) => concat(parts),
        HirKind::Alternation(branches) => {
            let mut all = Vec::new();
            for branch in branches {
                all.extend(literals(branch)?);
            }
            Some(all)
        }
        _ => None,
    }
}

/// Letters that stand side by side are one literal; of the parts, the one whose weakest literal is strongest.
fn concat(parts: &[Hir]) -> Option<Vec<String>> {
    let mut best: Option<Vec<String>> = None;
    let mut offer = |candidate: Option<Vec<String>>| {
        let weight = |l: &Vec<String>| l.iter().map(String::len).min().unwrap_or(0);
        if let Some(candidate) = candidate
            && best.as_ref().is_none_or(|b| weight(&candidate) > weight(b))
        {
            best = Some(candidate);
        }
    };
    let mut run = String::new();
    for part in parts {
        let text = match part.kind() {
            HirKind::Literal(literal) => std::str::from_utf8(&literal.0).ok().map(str::to_lowercase),
            HirKind::Class(class) => one_letter(class).map(String::from),
            _ => None,
        };
        match text {
            Some(text) => run.push_str(&text),
            None => {
                offer(ascii_part(&std::mem::take(&mut run)).map(|l| vec![l]));
                offer(literals(part));
            }
        }
    }
    offer(ascii_part(&run).map(|l| vec![l]));
    best
}

/// The longest stretch of ASCII in a literal, folded: other letters fold in ways that a byte search does not know.
fn ascii_part(literal: &str) -> Option<String> {
    let parts = literal.split(|c: char| !c.is_ascii());
    let longest = parts.max_by_key(|part| part.len())?;
    (!longest.is_empty()).then(|| longest.to_ascii_lowercase())
}

/// The letter that a class stands for in either case (`[Aa]`, as `(?i)a` reads).
fn one_letter(class: &Class) -> Option<char> {
    let Class::Unicode(class) = class else { return None };
    let letters = class.ranges().iter().flat_map(|range| (range.start()..=range.end()).take(4)).take(6);
    let mut letters = letters.filter(|c| !THIRD_FORMS.contains(c));
    let first = letters.next()?.to_ascii_lowercase();
    (first.is_ascii() && letters.all(|c| c.to_ascii_lowercase() == first)).then_some(first)
}

/// Finds the rules that can match.
#[derive(Debug, Default)]
pub struct Prefilter {
    automaton: Option<AhoCorasick>,
    /// Rules of each literal.
    rules: Vec<Vec<usize>>,
    /// Rules that demand no literal.
    always: Vec<usize>,
    count: usize,
}

impl Prefilter {
    /// From the literals of each rule, by its index.
    pub fn new(demands: &[Option<Vec<String>>]) -> Self {
        let mut by_literal: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut always = Vec::new();
        for (rule, demand) in demands.iter().enumerate() {
            match demand {
                None => always.push(rule),
                Some(literals) => {
                    for literal in literals {
                        by_literal.entry(literal).or_default().push(rule);
                    }
                }
            }
        }
        let built = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .build(by_literal.keys());
        match built {
            Ok(automaton) if !by_literal.is_empty() => Prefilter {
                automaton: Some(automaton),
                rules: by_literal.into_values().collect(),
                always,
                count: demands.len(),
            },
            // Nothing to look for, or too much to look for together: every rule runs.
            _ => Prefilter {
                always: (0..demands.len()).collect(),
                count: demands.len(),
                ..Prefilter::default()
            },
        }
    }

    /// Marks in `can` the rules that can match `text`.
    pub fn mark(&self, text: &str, can: &mut Vec<bool>) {
        can.clear();
        can.resize(self.count, false);
        for rule in &self.always {
            can[*rule] = true;
        }
        let Some(automaton) = &self.automaton else { return };
        if !text.is_ascii() && text.contains(THIRD_FORMS) {
            can.fill(true);
            return;
        }
        for found in automaton.find_overlapping_iter(text) {
            for rule in &self.rules[found.pattern().as_usize()] {
                can[*rule] = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_that_every_match_holds() {
        for (pattern, expected) in [
            (r"(?i)\b(?:utilize|leverage)\b", Some("leverage utilize")),
            (r"\bfoo bar\b", Some("foo bar")),
            (r"colou?r", Some("colo")),
            (r"(?:a|bc)d", None),
            (r"\w+ly", Some("ly")),
            (r"caf[eé]s are", Some("s are")),
            (r"é+", None),
            (r"(?:very)+ good", Some(" good")),
            (r"x*", None),
            (r"[A-Z]{2,}", None),
            (r"(?i)mask", Some("mask")),
        ] {
            let hir = regex_syntax::parse(pattern).expect(pattern);
            let found = demanded(&hir).map(|mut l| {
                l.sort();
                l.join(" ")
            });
            assert_eq!(found.as_deref(), expected, "{pattern}");
        }
    }

    #[test]
    fn a_rule_is_marked_when_its_literal_is_met_in_any_case() {
        let demands =
            [Some(vec!["needle".to_string()]), None, Some(vec!["straw".to_string(), "hay".to_string()])];
        let filter = Prefilter::new(&demands);
        let mut can = Vec::new();
        for (text, expected) in [
            ("a NEEDLE here", [true, true, false]),
            ("hay", [false, true, true]),
            ("nothing", [false, true, false]),
            ("\u{17f}traw", [true, true, true]),
        ] {
            filter.mark(text, &mut can);
            assert_eq!(can, expected, "{text}");
        }
    }
}
