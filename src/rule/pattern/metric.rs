//! Metric and readability: a number measured over the draft's prose is beyond a limit.

use super::english::{english, sentences};
use super::formula::Formula;
use super::regex::Matcher;
use super::rule::Hit;
use super::view::View;
use crate::yaml::{Fields, Item};
use std::collections::HashMap;
use std::sync::OnceLock;

/// Quantities of a text that a formula can name, beside counts of its parts (`paragraphs`, `list`, `heading_h2` …).
pub const QUANTITIES: [&str; 7] =
    ["characters", "complex_words", "long_words", "polysyllabic_words", "sentences", "syllables", "words"];

/// Counts of a draft's parts that a formula can name.
pub const PARTS: [&str; 11] = [
    "blockquote",
    "heading_h1",
    "heading_h2",
    "heading_h3",
    "heading_h4",
    "heading_h5",
    "heading_h6",
    "list",
    "paragraphs",
    "pre",
    "table",
];

/// The grades that a readability rule can average, as formulas.
const GRADES: [(&str, &str); 5] = [
    ("Gunning Fog", "0.4 * (words / sentences + 100 * complex_words / words)"),
    ("Coleman-Liau", "5.88 * characters / words - 29.6 * sentences / words - 15.8"),
    ("Flesch-Kincaid", "0.39 * words / sentences + 11.8 * syllables / words - 15.59"),
    ("SMOG", "1.043 * sqrt(polysyllabic_words * 30 / sentences) + 3.1291"),
    ("Automated Readability", "4.71 * characters / words + 0.5 * words / sentences - 21.43"),
];

/// A formula's value meets a condition.
#[derive(Debug)]
pub struct Metric {
    formula: Formula,
    condition: Formula,
}

impl Metric {
    /// Reads `formula`, `condition`.
    pub fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let (formula, condition) = (fields.required("formula"), fields.required("condition"));
        let formula = parse(&formula?, "")?;
        // The condition is a comparison without its left side.
        Some(Metric { formula, condition: parse(&condition?, "value ")? })
    }

    /// Reads `metrics`, `grade`: their mean is above the grade.
    pub fn read_readability(fields: &mut Fields<'_>) -> Option<Self> {
        let metrics = fields.one_or_many("metrics");
        let grade = fields.required("grade")?.number()?;
        let names = GRADES.map(|(name, _)| name);
        let mut sum = Vec::new();
        for item in &metrics {
            let name = item.one_of("metric", &names)?;
            sum.extend(GRADES.iter().filter(|(known, _)| *known == name).map(|(_, f)| format!("({f})")));
        }
        if sum.is_empty() {
            fields
                .item
                .problem_help("a readability rule needs `metrics`", format!("known: {}", names.join(", ")));
            return None;
        }
        let formula = Formula::parse(&format!("({}) / {}", sum.join(" + "), sum.len())).ok()?;
        let condition = Formula::parse(&format!("value > {grade}")).ok()?;
        Some(Metric { formula, condition })
    }

    /// One hit about the whole stretch.
    pub fn run(&self, view: &View) -> Vec<Hit> {
        let quantities = measure(&view.text);
        if quantities["words"] == 0.0 {
            return Vec::new();
        }
        let quantity = |name: &str| {
            let part = || view.parts.iter().find(|(part, _)| *part == name).map(|(_, count)| *count as f64);
            quantities.get(name).copied().or_else(part).unwrap_or(0.0)
        };
        let value = self.formula.value(&quantity);
        let met = self.condition.value(&|name| if name == "value" { value } else { quantity(name) });
        if met == 0.0 {
            return Vec::new();
        }
        vec![Hit { args: vec![format!("{value:.2}")], whole: true, ..Hit::default() }]
    }
}

fn parse(item: &Item<'_>, before: &str) -> Option<Formula> {
    let text = item.str()?;
    let formula =
        Formula::parse(&format!("{before}{}", text.trim())).map_err(|error| item.problem(error)).ok()?;
    let known = |name: &&str| QUANTITIES.contains(name) || PARTS.contains(name) || *name == "value";
    if let Some(name) = formula.names().into_iter().find(|name| !known(name)) {
        item.unknown("quantity", name, QUANTITIES.into_iter().chain(PARTS));
        return None;
    }
    Some(formula)
}

/// Counts what formulas can name.
fn measure(text: &str) -> HashMap<&'static str, f64> {
    static WORD: OnceLock<Option<Matcher>> = OnceLock::new();
    let word = WORD.get_or_init(|| Matcher::new(r"(?:[A-Z]\.){2,}|[\p{N}\p{L}']+".to_string()).ok());
    let mut counts: HashMap<&'static str, f64> = QUANTITIES.iter().map(|name| (*name, 0.0)).collect();
    let mut add = |name: &'static str, n: usize| *counts.entry(name).or_default() += n as f64;
    for sentence in sentences(text) {
        add("sentences", 1);
        let sentence = sentence.of(text);
        for found in word.iter().flat_map(|word| word.matches(sentence)) {
            let word = found.span.of(sentence);
            let syllables = english().syllables(word);
            // An ending adds a syllable without making a word harder.
            let hard = if ["es", "ed", "ing"].iter().any(|end| word.ends_with(end)) { 3 } else { 2 };
            add("words", 1);
            add("characters", word.chars().filter(|c| c.is_alphanumeric()).count());
            add("syllables", syllables);
            add("long_words", usize::from(word.len() > 6));
            add("polysyllabic_words", usize::from(syllables > 2));
            add("complex_words", usize::from(syllables > hard));
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_measured() {
        let counts = measure("The evaluation is open. It's read by two people.");
        for (name, expected) in
            [("sentences", 2.0), ("words", 9.0), ("polysyllabic_words", 1.0), ("long_words", 1.0)]
        {
            assert_eq!(counts[name], expected, "{name}");
        }
    }

    #[test]
    fn all_grades_are_formulas() {
        for (name, formula) in GRADES {
            let names: Vec<String> =
                Formula::parse(formula).expect(name).names().into_iter().map(String::from).collect();
            assert!(names.iter().all(|n| QUANTITIES.contains(&n.as_str())), "{name}");
        }
    }
}
