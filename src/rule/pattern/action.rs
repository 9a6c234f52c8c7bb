//! How a pattern rule mends what it found: replace, remove, edit.

use super::regex::Matcher;
use super::words::Words;
use crate::yaml::{Fields, Item};

/// What a rule's `action` says.
#[derive(Debug, Default)]
pub enum Action {
    /// Nothing.
    #[default]
    None,
    /// These texts instead; empty: what the rule itself would write.
    Replace(Vec<String>),
    /// Take it away.
    Remove,
    /// Edit it, step by step.
    Edit(Vec<Step>),
    /// Near words of the rule's dictionaries.
    Suggest,
}

/// One step of an edit.
#[derive(Debug)]
pub enum Step {
    /// Every match of a pattern becomes this, `$1` being its groups.
    Regex(Box<Matcher>, String),
    /// Every occurrence of a text becomes another.
    Replace(String, String),
    /// These characters are taken away: at the left, at the right, everywhere.
    Strip(Strip, String),
    /// Only what stands before the first occurrence of a text.
    Truncate(String),
    /// The part with this number between occurrences of a text.
    Split(String, usize),
    /// Lower or upper case.
    Case(bool),
}

/// Where characters are stripped.
#[derive(Debug, Clone, Copy)]
pub enum Strip {
    /// At both ends.
    Ends,
    /// At the start.
    Left,
    /// At the end.
    Right,
    /// Everywhere.
    All,
}

impl Action {
    /// Reads `action: {name, params}`; what it cannot do is reported and leaves the rule without fixes.
    pub fn read(item: Item<'_>, words: Words) -> Action {
        let Some(mut fields) = item.fields() else { return Action::None };
        let name = fields.required("name").and_then(|i| i.str());
        let params: Vec<Item<'_>> = flat_params(&mut fields);
        fields.finish();
        match name {
            Some("replace") => Action::Replace(texts(&params)),
            Some("remove") => Action::Remove,
            Some("edit") => read_steps(&params, words).map_or(Action::None, Action::Edit),
            Some("suggest") if texts(&params).iter().all(|p| p == "spellings") => Action::Suggest,
            Some("suggest") => {
                item.problem("a fix that runs a script is out of reach: no rule runs code");
                Action::None
            }
            Some(other) => {
                item.unknown("action", other, ["replace", "remove", "edit", "suggest"]);
                Action::None
            }
            None => Action::None,
        }
    }

    /// Texts to write in place of `observed`, the preferred one first. `own` is what the rule itself would write.
    pub fn fixes(&self, observed: &str, groups: &[&str], own: &[String]) -> Vec<String> {
        match self {
            Action::None => Vec::new(),
            Action::Suggest => own.to_vec(),
            Action::Replace(texts) if texts.is_empty() => own.to_vec(),
            Action::Replace(texts) => texts.iter().map(|text| expand(text, groups)).collect(),
            Action::Remove => vec![String::new()],
            Action::Edit(steps) => {
                let edited = steps.iter().fold(observed.to_string(), |text, step| step.apply(&text));
                vec![edited.trim().to_string()]
            }
        }
    }
}

impl Step {
    fn apply(&self, text: &str) -> String {
        match self {
            Step::Regex(pattern, to) => replace_all(pattern, text, to),
            Step::Replace(from, to) => text.replace(from.as_str(), to),
            Step::Strip(strip, set) => {
                let set: Vec<char> = set.chars().collect();
                match strip {
                    Strip::Ends => text.trim_matches(&set[..]).to_string(),
                    Strip::Left => text.trim_start_matches(&set[..]).to_string(),
                    Strip::Right => text.trim_end_matches(&set[..]).to_string(),
                    Strip::All => text.chars().filter(|c| !set.contains(c)).collect(),
                }
            }
            Step::Truncate(at) => text.split(at.as_str()).next().unwrap_or(text).to_string(),
            Step::Split(at, index) => text.split(at.as_str()).nth(*index).unwrap_or(text).to_string(),
            Step::Case(upper) if *upper => text.to_uppercase(),
            Step::Case(_) => text.to_lowercase(),
        }
    }
}

/// `text` with every match of `pattern` replaced by `to`, in which `$1` is the first group.
pub fn replace_all(pattern: &Matcher, text: &str, to: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for found in pattern.matches(text) {
        let groups: Vec<&str> = found.groups.iter().map(|g| g.map_or("", |span| span.of(text))).collect();
        out.push_str(&text[at..found.span.start]);
        out.push_str(&expand(to, &groups));
        at = found.span.end;
    }
    out.push_str(&text[at..]);
    out
}

/// `$1` and `${1}` become the groups; a dollar sign with no number stays.
pub fn expand(text: &str, groups: &[&str]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let (braced, inner) = match after.strip_prefix('{') {
            Some(inner) => (true, inner),
            None => (false, after),
        };
        let digits = inner.len() - inner.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let closed = !braced || inner[digits..].starts_with('}');
        match inner[..digits].parse::<usize>() {
            Ok(number) if closed => {
                out.push_str(number.checked_sub(1).and_then(|n| groups.get(n)).unwrap_or(&""));
                rest = &inner[digits + usize::from(braced)..];
            }
            _ => {
                out.push('$');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn flat_params<'a>(fields: &mut Fields<'a>) -> Vec<Item<'a>> {
    fields.one_or_many("params").iter().flat_map(Item::one_or_many).collect()
}

fn texts(params: &[Item<'_>]) -> Vec<String> {
    params.iter().filter_map(|item| item.str().map(str::to_string)).collect()
}

fn read_steps(params: &[Item<'_>], words: Words) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    let mut params = params.iter();
    while let Some(item) = params.next() {
        let mut text = || {
            let param = params.next().and_then(|p| p.str().map(|text| (p, text.to_string())));
            if param.is_none() {
                item.problem("this step lacks a parameter");
            }
            param
        };
        steps.push(match item.str()? {
            "regex" => {
                let (place, pattern) = text()?;
                let matcher =
                    Matcher::new(words.token(&pattern)).map_err(|error| place.problem(error)).ok()?;
                Step::Regex(Box::new(matcher), text()?.1)
            }
            "replace" => Step::Replace(text()?.1, text()?.1),
            "trim" => Step::Strip(Strip::Ends, text()?.1),
            "trim_left" => Step::Strip(Strip::Left, text()?.1),
            "trim_right" => Step::Strip(Strip::Right, text()?.1),
            "remove" => Step::Strip(Strip::All, text()?.1),
            "truncate" => Step::Truncate(text()?.1),
            "split" => {
                let (at, (place, index)) = (text()?.1, text()?);
                let index = index.parse().map_err(|_| place.problem("expected the number of a part")).ok()?;
                Step::Split(at, index)
            }
            "lower" => Step::Case(false),
            "upper" => Step::Case(true),
            other => {
                let known =
                    ["regex", "replace", "trim", "trim_left", "trim_right", "remove", "truncate", "split"];
                item.unknown("edit", other, known.into_iter().chain(["lower", "upper"]));
                return None;
            }
        });
    }
    Some(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_put_in() {
        for (text, expected) in
            [("$2-$1", "b-a"), ("${1}x", "ax"), ("$", "$"), ("$9.", "."), ("US$ 5", "US$ 5")]
        {
            assert_eq!(expand(text, &["a", "b"]), expected);
        }
        let pattern = Matcher::new(r"(\w+) \w+".to_string()).expect("pattern");
        assert_eq!(replace_all(&pattern, "a b, c d", "$1"), "a, c");
    }
}
