//! Rule files prove themselves: their examples are run, and every phrase of a rule must be needed by one of them.

use super::example::{Example, mark};
use super::finding::Finding;
use super::fix;
use crate::draft::Draft;
use crate::text::Span;
use crate::yaml::{Node, NodeKind};

/// An example that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Where the example stands in its file.
    pub place: Span,
    /// What should have come out, marked as in the file.
    pub expected: String,
    /// What came out.
    pub found: String,
}

/// Holds an example against what its rule found; `findings` gives a rule's findings on a draft.
pub fn prove(example: &Example, findings: &dyn Fn(&Draft) -> Vec<Finding>) -> Option<Failure> {
    let mut draft = Draft::parse(&example.text, example.format);
    let date = example.date.iter().map(|date| ("date".to_string(), date.clone(), Span::default()));
    draft.front.entries.extend(date);
    let found = findings(&draft);
    let mut spans: Vec<Span> = found.iter().map(|finding| finding.span).collect();
    spans.sort_unstable();
    spans.dedup();
    let failure = |expected: String, found: String| Some(Failure { place: example.place, expected, found });
    if spans != example.flags {
        return failure(mark(&example.text, &example.flags), mark(&example.text, &spans));
    }
    let expected = example.fix.as_ref()?;
    let fixed = fix::apply(&example.text, &found, true).map_or(example.text.clone(), |fixed| fixed.text);
    if fixed != *expected { failure(expected.clone(), fixed) } else { None }
}

/// A phrase of a rule: one entry of a list or map that says what prose it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The phrase as the file has it.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// Which entry on each level of the tree.
    path: Vec<usize>,
}

/// Keys whose lists hold phrases, on any level below.
const LISTS: [&str; 10] =
    ["cells", "evidence", "exceptions", "filters", "lists", "reads", "says", "tokens", "when", "words"];
/// Keys whose entries are phrases.
const MAPS: [&str; 2] = ["either", "swap"];

/// All phrases of a rule, in the order of its file.
pub fn phrases(rule: &Node) -> Vec<Phrase> {
    let NodeKind::Map(entries) = &rule.kind else { return Vec::new() };
    let mut phrases = Vec::new();
    for (index, (key, value)) in entries.iter().enumerate() {
        let maps = MAPS.contains(&text(key));
        if maps || LISTS.contains(&text(key)) {
            collect(value, maps, &mut vec![index], &mut phrases);
        }
    }
    phrases
}

fn collect(node: &Node, maps: bool, path: &mut Vec<usize>, out: &mut Vec<Phrase>) {
    match &node.kind {
        NodeKind::List(items) => {
            for (index, item) in items.iter().enumerate() {
                path.push(index);
                match &item.kind {
                    NodeKind::Scalar { text, .. } => {
                        out.push(Phrase { text: text.clone(), span: item.span, path: path.clone() });
                    }
                    _ => collect(item, maps, path, out),
                }
                path.pop();
            }
        }
        NodeKind::Map(entries) => {
            for (index, (key, value)) in entries.iter().enumerate() {
                path.push(index);
                match &value.kind {
                    NodeKind::Scalar { .. } if !maps => {}
                    NodeKind::Scalar { .. } => {
                        out.push(Phrase { text: text(key).to_string(), span: key.span, path: path.clone() });
                    }
                    _ => collect(value, maps, path, out),
                }
                path.pop();
            }
        }
        NodeKind::Scalar { .. } => {}
    }
}

/// The rule without one phrase.
pub fn without(rule: &Node, phrase: &Phrase) -> Node {
    let mut mutant = rule.clone();
    remove(&mut mutant, &phrase.path);
    mutant
}

fn remove(node: &mut Node, path: &[usize]) {
    let Some((index, rest)) = path.split_first() else { return };
    match (&mut node.kind, rest.is_empty()) {
        (NodeKind::List(items), true) if *index < items.len() => drop(items.remove(*index)),
        (NodeKind::Map(entries), true) if *index < entries.len() => drop(entries.remove(*index)),
        (NodeKind::List(items), false) => {
            items.get_mut(*index).into_iter().for_each(|item| remove(item, rest))
        }
        (NodeKind::Map(entries), false) => {
            entries.get_mut(*index).into_iter().for_each(|(_, value)| remove(value, rest));
        }
        _ => {}
    }
}

fn text(node: &Node) -> &str {
    match &node.kind {
        NodeKind::Scalar { text, .. } => text,
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::pattern::{PatternSet, Reader, Selection, Vocabulary};
    use crate::yaml::{Problems, parse};

    const RULE: &str = "rule: weasel\nkind: substitution\nmessage: '%s, not %s'\naction: {name: replace}\n\
        swap:\n  utilise: use\n  prior to: before\nexceptions: [prior to that]\nexamples:\n";

    fn failures(rule: &Node) -> Vec<Failure> {
        let problems = Problems::new(0);
        let reader = Reader { vocabulary: &Vocabulary::default(), ascii: false, file: 0 };
        let Some(rule) = reader.read(&problems.item(rule)) else { return Vec::new() };
        assert_eq!(problems.take(), []);
        let set = PatternSet::new(vec![rule]);
        let check = |draft: &Draft| set.check(draft, &Selection::default());
        set.rules()[0].examples.iter().filter_map(|example| prove(example, &check)).collect()
    }

    #[test]
    fn examples_hold_or_say_what_came_out() {
        for (examples, expected) in [
            ("  - flag: 'We ⟦utilise⟧ it.'\n    fix: 'We use it.'\n", None),
            ("  - pass: 'We use it.'\n", None),
            ("  - flag: 'We ⟦use⟧ it.'\n", Some(("We ⟦use⟧ it.", "We use it."))),
            ("  - pass: 'We utilise it.'\n", Some(("We utilise it.", "We ⟦utilise⟧ it."))),
            ("  - flag: '⟦utilise⟧'\n    fix: 'used'\n", Some(("used", "use"))),
        ] {
            let node = parse(&format!("{RULE}{examples}")).0.expect("yaml");
            let found = failures(&node);
            let found: Vec<_> = found.iter().map(|f| (f.expected.as_str(), f.found.as_str())).collect();
            assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{examples}");
        }
    }

    #[test]
    fn a_phrase_that_no_example_needs_can_be_removed_unnoticed() {
        let examples = "  - flag: 'We ⟦utilise⟧ it.'\n  - pass: 'It came prior to that.'\n";
        let node = parse(&format!("{RULE}{examples}")).0.expect("yaml");
        let unneeded = |phrase: &&Phrase| failures(&without(&node, phrase)).is_empty();
        let all = phrases(&node);
        let unneeded: Vec<_> = all.iter().filter(unneeded).map(|phrase| phrase.text.as_str()).collect();
        assert_eq!(all.len(), 3);
        assert_eq!(unneeded, ["prior to"]);
    }
}
