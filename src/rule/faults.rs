//! Faults that show only when all files are read: names given twice, attributes and values that no file declares.

use super::file::Rule;
use super::when;
use crate::claim::reads::{ReadValue, Reads};
use crate::knowledge::Knowledge;
use crate::text::Span;
use crate::yaml::Problem;

/// Rules that are called like one before them.
pub fn twice(mut names: Vec<(String, (usize, Span))>) -> impl Iterator<Item = Problem> {
    names.sort();
    let later = names.iter().zip(names.iter().skip(1)).filter(|(one, next)| one.0 == next.0);
    let problem = |(_, (name, (file, span))): (_, &(String, (usize, Span)))| Problem {
        file: *file,
        span: Span::new(span.start, span.start),
        key: Some("rule".to_string()),
        message: format!("another rule is called `{name}` too"),
        help: None,
    };
    later.map(problem).collect::<Vec<_>>().into_iter()
}

/// Attributes and values that a rule names and no file declares.
pub fn unknowns(rule: &Rule, reads: &Reads, knowledge: &Knowledge) -> Vec<Problem> {
    let mut problems: Vec<Problem> = Vec::new();
    let mut tell = |span, key: String, attribute: &str, value: Option<&str>| {
        if let Some((message, help)) = when::unknown(attribute, value, knowledge)
            && !problems.iter().any(|problem| problem.message == message)
        {
            problems.push(Problem { file: rule.place.0, span, key: Some(key), message, help });
        }
    };
    for (attribute, span) in rule.compares.iter().zip(&rule.compared) {
        tell(*span, "compares".to_string(), attribute, None);
    }
    for read in reads.list.iter().filter(|read| rule.compares.contains(&read.attribute)) {
        if let ReadValue::Fixed(value, _) = &read.value {
            tell(read.span, read.key.clone(), &read.attribute, Some(value));
        }
    }
    for condition in rule.when.iter().flat_map(|when| &when.facts) {
        let key = format!("when.facts.{}", condition.attribute);
        tell(condition.span, key, &condition.attribute, Some(&condition.value));
    }
    problems
}
