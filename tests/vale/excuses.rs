//! Differences in which Vale is at fault, each told by something that can be seen in the document.

use regex::Regex;

/// Why a finding of only one of the two is no disagreement about the rule; `None` where it is one.
///
/// `at` is the byte in `source` that the finding starts at, `here` whether only this program has it.
pub fn excuse(rule: &str, source: &str, at: usize, here: bool) -> Option<&'static str> {
    let (before, after) = source.split_at_checked(at)?;
    let block = before.rfind("\n\n").into_iter().chain(before.rfind("<p>")).chain(before.rfind("<li>")).max();
    let block = &before[block.unwrap_or(0)..];
    let line = before.rfind('\n').map_or(before, |start| &before[start + 1..]);
    let matches = |pattern: &str, text: &str| Regex::new(pattern).expect("a pattern").is_match(text);
    if !here {
        // The sentence that Vale counts goes on where a reader's ends.
        let goes_on = matches(r#"^(?s).{0,400}?(?:\d\.["”)]?\s|\n\n)"#, after);
        return (rule.ends_with("SentenceLength") && goes_on).then_some("sentences");
    }
    if matches("^(?:`|<code>)", after) {
        return Some("starts with code");
    }
    let emphasis = matches(r"(?:\*|<em>)[\w ]*$", block) || matches(r"^[\w ]*(?:\*|</em>)", after);
    if emphasis && matches("`|<code>", block) {
        return Some("emphasis after code");
    }
    line.starts_with("[^").then_some("footnotes")
}
