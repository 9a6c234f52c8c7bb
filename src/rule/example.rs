//! Examples in rule files: sentences that a rule flags or passes, run by `rules test`.

use crate::draft::Format;
use crate::text::Span;
use crate::yaml::{Fields, Item};

/// One sentence with what the rule says about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The sentence, its marks taken out.
    pub text: String,
    /// What the rule must flag, in `text`; empty for a sentence that must pass.
    pub flags: Vec<Span>,
    /// The sentence after the preferred fixes.
    pub fix: Option<String>,
    /// How the sentence is to be read.
    pub format: Format,
    /// The day it was written, `2026-04-08`: facts change.
    pub date: Option<String>,
    /// Where it stands in its file.
    pub place: Span,
}

impl Example {
    /// Reads the list `examples`; an item that is none is reported and left out.
    pub fn read_all(fields: &mut Fields<'_>) -> Vec<Example> {
        fields.list("examples").iter().filter_map(Example::read).collect()
    }

    /// Reads `flag: 'what ⟦stands⟧ here'` (with `fix:` if the rule mends it) or `pass: 'what is right'`; `format: html` or
    /// `text` where it is not Markdown, and `date:` where the facts have changed since.
    fn read(item: &Item<'_>) -> Option<Example> {
        let mut fields = item.fields()?;
        let (flag, pass) = (fields.get("flag"), fields.get("pass"));
        let fix = fields.string("fix");
        let format =
            match fields.get("format").and_then(|i| i.one_of("format", &["markdown", "html", "text"])) {
                Some("html") => Format::Html,
                Some("text") => Format::Text,
                _ => Format::Markdown,
            };
        let date = fields.date("date").map(|(first, _)| first.to_string());
        fields.finish();
        let (sentence, flagged) = match (flag, pass) {
            (Some(flag), None) => (flag, true),
            (None, Some(pass)) => (pass, false),
            _ => {
                item.problem_help("an example either flags or passes", "write `flag: …` or `pass: …`");
                return None;
            }
        };
        let (text, flags) = unmark(sentence.str()?);
        match (flagged, flags.is_empty()) {
            (true, true) => {
                sentence.problem_help("nothing is marked", "put ⟦ and ⟧ around what the rule flags")
            }
            (false, false) => sentence.problem("a sentence that passes has nothing marked"),
            _ => return Some(Example { text, flags, fix, format, date, place: sentence.span() }),
        }
        None
    }
}

/// Takes the marks `⟦` and `⟧` out of a text and gives what they marked.
pub fn unmark(marked: &str) -> (String, Vec<Span>) {
    let mut text = String::with_capacity(marked.len());
    let (mut spans, mut open) = (Vec::new(), Vec::new());
    for c in marked.chars() {
        match c {
            '⟦' => open.push(text.len()),
            '⟧' => spans.extend(open.pop().map(|start| Span::new(start, text.len()))),
            c => text.push(c),
        }
    }
    spans.sort_unstable();
    (text, spans)
}

/// Puts marks around spans of a text, for showing what was flagged.
pub fn mark(text: &str, spans: &[Span]) -> String {
    let mut places: Vec<(usize, char)> =
        spans.iter().flat_map(|span| [(span.start, '⟦'), (span.end, '⟧')]).collect();
    places.sort_by_key(|(at, c)| (*at, *c == '⟦'));
    let mut out = String::with_capacity(text.len() + 8);
    let mut done = 0;
    for (at, c) in places {
        out.push_str(text.get(done..at).unwrap_or(""));
        out.push(c);
        done = at.max(done);
    }
    out.push_str(text.get(done..).unwrap_or(""));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::{Problems, parse};

    #[test]
    fn marks_come_out_and_go_in_again() {
        for marked in ["it is ⟦open⟧ and ⟦free⟧", "none", "⟦all⟧", "⟦a⟧⟦b⟧"] {
            let (text, spans) = unmark(marked);
            assert!(!text.contains(['⟦', '⟧']));
            assert_eq!(mark(&text, &spans), marked);
        }
    }

    #[test]
    fn says_what_is_no_example() {
        for (item, expected) in [
            ("- flag: a ⟦b⟧\n  fix: a c", None),
            ("- pass: a b", None),
            ("- flag: a b", Some("nothing is marked")),
            ("- pass: a ⟦b⟧", Some("has nothing marked")),
            ("- pass: a\n  flag: ⟦b⟧", Some("either flags or passes")),
            ("- text: a", Some("unknown key `text`")),
        ] {
            let source = format!("examples:\n{item}\n");
            let problems = Problems::new(0);
            let node = parse(&source).0.expect("yaml");
            let read = Example::read_all(&mut problems.fields(&node).expect("map"));
            let found = problems.take();
            assert_eq!(read.is_empty(), expected.is_some(), "{item}");
            match expected {
                None => assert_eq!(found, []),
                Some(text) => assert!(found.iter().any(|p| p.message.contains(text)), "{item}: {found:?}"),
            }
        }
    }
}
