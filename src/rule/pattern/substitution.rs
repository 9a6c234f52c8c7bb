//! Substitution: one wording stands where another should.

use super::action::{Action, replace_all};
use super::message::list_of;
use super::regex::Matcher;
use super::rule::{Hit, Reader};
use super::words::{Exceptions, compile};
use crate::text::Span;
use crate::yaml::{Fields, Item};

/// A wording and what should stand instead.
#[derive(Debug)]
struct Swap {
    /// As the rule writes it: one wording, several parted by `|`, or a pattern of right wordings.
    instead: String,
    /// The wording with its groups, where `instead` asks for them by `$1`.
    groups: Option<Matcher>,
    /// What is right as it stands, where `instead` is a pattern.
    right: Option<Matcher>,
}

/// Any wording of the list is a finding, unless it is what should stand there.
#[derive(Debug)]
pub struct Substitution {
    pattern: Matcher,
    swaps: Vec<Swap>,
    exceptions: Exceptions,
    capitalize: bool,
}

impl Substitution {
    /// Reads `swap`, `nonword`, `ignorecase`, `capitalize`, `exceptions`, `vocab`.
    pub fn read(reader: &Reader<'_>, fields: &mut Fields<'_>) -> Option<Self> {
        let words = reader.words(fields);
        let capitalize = fields.bool("capitalize").unwrap_or(false);
        let mut entries = swap_entries(fields)?;
        // The longest first, so that it wins over one that it starts with.
        entries.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(b.0)));
        let exceptions = reader.exceptions(fields, words, true)?;
        let parts: Vec<(Item<'_>, String)> = entries
            .iter()
            .map(|(wording, item)| (item.clone(), words.token_without_groups(wording)))
            .collect();
        let groups: Vec<String> = parts.iter().map(|(_, part)| format!("({part})")).collect();
        let pattern = compile(words.pattern(&groups.join("|")), &parts)?;
        let case = if words.ignore_case { "(?i)" } else { "" };
        let swap = |(wording, item): &(&str, Item<'_>)| {
            let instead = item.str()?.to_string();
            let groups = instead.contains('$').then(|| format!("{case}{}", words.token(wording)));
            let right = (!is_phrase(&instead)).then(|| format!("^(?:{})$", words.token(&instead)));
            Some(Swap {
                groups: groups.and_then(|pattern| Matcher::new(pattern).ok()),
                right: right.and_then(|pattern| Matcher::new(pattern).ok()),
                instead,
            })
        };
        let swaps = entries.iter().map(swap).collect::<Option<Vec<_>>>()?;
        Some(Substitution { pattern, swaps, exceptions, capitalize })
    }

    /// Every match that is neither right nor an exception. `action` says whether the texts are literal.
    pub fn run(&self, text: &str, action: &Action) -> Vec<Hit> {
        let cover = self.exceptions.over(text);
        let literal = matches!(action, Action::Replace(_));
        let mut hits = Vec::new();
        for found in self.pattern.matches(text) {
            let taken = found.groups.iter().enumerate().find_map(|(index, group)| Some((index, (*group)?)));
            let Some((swap, span)) = taken.and_then(|(index, span)| Some((self.swaps.get(index)?, span)))
            else {
                continue;
            };
            let observed = span.of(text);
            let instead = self.instead(swap, observed);
            let right = match (literal, &swap.right) {
                (true, _) => options(&instead).iter().any(|option| option == observed),
                (false, Some(right)) => right.is_match(observed),
                (false, None) => instead == observed,
            };
            if !right && !cover.covers(span) {
                hits.push(self.hit(span, observed, &instead, literal));
            }
        }
        hits
    }

    /// The pattern, for the prefilter.
    pub fn pattern(&self) -> &Matcher {
        &self.pattern
    }

    fn hit(&self, span: Span, observed: &str, instead: &str, literal: bool) -> Hit {
        let mut own = match literal || is_phrase(instead) {
            true => options(instead),
            false => Vec::new(),
        };
        if self.capitalize && starts_upper(observed) {
            own.iter_mut().for_each(|option| *option = capitalized(option));
        }
        let shown = if literal { list_of(&own, "or") } else { instead.to_string() };
        Hit { span, args: vec![shown, observed.to_string()], own, ..Hit::default() }
    }

    fn instead(&self, swap: &Swap, observed: &str) -> String {
        let instead = match &swap.groups {
            Some(groups) => replace_all(groups, observed, &swap.instead),
            None => swap.instead.clone(),
        };
        if self.capitalize && starts_upper(observed) { capitalized(&instead) } else { instead }
    }
}

fn swap_entries<'a>(fields: &mut Fields<'a>) -> Option<Vec<(&'a str, Item<'a>)>> {
    let item = fields.required("swap")?;
    // A list of maps is a map too: some people write one entry an item.
    let maps = item.one_or_many();
    let entries: Vec<_> =
        maps.iter().flat_map(|map| map.entries()).map(|(wording, _, instead)| (wording, instead)).collect();
    if entries.is_empty() {
        item.problem("expected `wording: what to write instead`");
        return None;
    }
    Some(entries)
}

/// The wordings of `a|b`; `\|` is a bar.
fn options(instead: &str) -> Vec<String> {
    let mut options = vec![String::new()];
    let mut chars = instead.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.peek() == Some(&'|') => {
                chars.next();
                options.last_mut().into_iter().for_each(|last| last.push('|'));
            }
            '|' => options.push(String::new()),
            c => options.last_mut().into_iter().for_each(|last| last.push(c)),
        }
    }
    options.retain(|option| !option.is_empty());
    options
}

/// Plain words, no pattern.
fn is_phrase(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || c == ' ' || c == '-')
}

fn starts_upper(text: &str) -> bool {
    text.chars().next().is_some_and(|c| !c.is_lowercase())
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_parted_by_bars() {
        assert_eq!(options("use|employ"), ["use", "employ"]);
        assert_eq!(options(r"a\|b|"), ["a|b"]);
        assert_eq!(options(""), Vec::<String>::new());
    }
}
