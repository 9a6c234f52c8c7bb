//! Applying fixes to a draft's text.

use super::finding::{Finding, Fix};
use crate::text::Span;

/// A text with fixes applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// The new text.
    pub text: String,
    /// How many findings were mended.
    pub applied: usize,
}

/// Applies each finding's first fix, or its first safe one where unsafe ones are not wanted. Where two fixes touch, the
/// first in the text is applied and the other left for the next round. `None` if there is nothing to apply.
///
/// New lines are ended as the draft ends its own.
pub fn apply(source: &str, findings: &[Finding], unsafe_too: bool) -> Option<Fixed> {
    let mut chosen: Vec<&Fix> = findings
        .iter()
        .filter_map(|finding| finding.fixes.iter().find(|fix| fix.safe || unsafe_too))
        .collect();
    chosen.retain(|fix| fits(source, fix));
    chosen.sort_by_key(|fix| fix.edits.first().map(|(span, _)| *span));
    let mut taken: Vec<&(Span, String)> = Vec::new();
    let (mut applied, mut furthest) = (0, None);
    for fix in chosen {
        // The same edit from two findings mends both.
        let known = taken.iter().rev().take(fix.edits.len()).rev().copied().eq(&fix.edits);
        // Most fixes lie wholly behind all others, which spares the comparison with each of them.
        let behind = fix.edits.first().is_some_and(|(span, _)| Some(span.start) > furthest);
        let free =
            behind || fix.edits.iter().all(|(span, _)| taken.iter().all(|(other, _)| apart(*span, *other)));
        if !known && free {
            taken.extend(&fix.edits);
            furthest = furthest.max(fix.edits.last().map(|(span, _)| span.end));
        }
        applied += usize::from(known || free);
    }
    if taken.is_empty() {
        return None;
    }
    taken.sort_by_key(|(span, _)| *span);
    let end = if source.contains("\r\n") { "\r\n" } else { "\n" };
    let mut text = String::with_capacity(source.len());
    let mut at = 0;
    for (span, replacement) in taken {
        text += source.get(at..span.start).unwrap_or("");
        text += &replacement.replace("\r\n", "\n").replace('\n', end);
        at = span.end;
    }
    text += source.get(at..).unwrap_or("");
    Some(Fixed { text, applied })
}

/// Whether a fix changes something, and only whole characters of this text, in order.
fn fits(source: &str, fix: &Fix) -> bool {
    let ascending = fix.edits.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start);
    let inside = fix.edits.iter().all(|(span, _)| source.get(span.start..span.end).is_some());
    let changes = fix.edits.iter().any(|(span, text)| span.of(source) != text);
    ascending && inside && changes
}

/// Whether two edits can both be made: they neither share a byte nor insert at the same place.
fn apart(a: Span, b: Span) -> bool {
    a.end < b.start
        || b.end < a.start
        || (a.end == b.start || b.end == a.start) && !(a.is_empty() || b.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::finding::{Confidence, Severity};

    /// Edits as `start..end=text`, with `!` in front of an unsafe fix; several edits of one fix are joined by `&`.
    fn finding(fixes: &str) -> Finding {
        let fix = |text: &str| {
            let safe = !text.starts_with('!');
            let edits = text.trim_start_matches('!').split('&').map(|edit| {
                let (range, text) = edit.split_once('=').expect("an edit");
                let (start, end) = range.split_once("..").expect("a range");
                (Span::new(start.parse().expect("start"), end.parse().expect("end")), text.to_string())
            });
            Fix { title: String::new(), edits: edits.collect(), safe }
        };
        Finding {
            rule: String::new(),
            severity: Severity::Error,
            confidence: Confidence::High,
            span: Span::default(),
            message: String::new(),
            related: Vec::new(),
            fixes: fixes.split(' ').map(fix).collect(),
            meaning: None,
            fact: None,
            verdict: None,
            link: None,
        }
    }

    #[test]
    fn applies_what_fits_and_is_wanted() {
        // Text, fixes, whether unsafe ones are wanted; the new text and how many were applied.
        type Case<'a> = (&'a str, &'a [&'a str], bool, Option<(&'a str, usize)>);
        let cases: &[Case<'_>] = &[
            ("abcdef", &["0..1=X"], false, Some(("Xbcdef", 1))),
            ("abcdef", &["3..4=Y", "0..1=X"], false, Some(("XbcYef", 2))),
            ("abcdef", &["!0..1=X"], false, None),
            ("abcdef", &["!0..1=X"], true, Some(("Xbcdef", 1))),
            ("abcdef", &["!0..1=X 2..3=Y"], false, Some(("abYdef", 1))),
            ("abcdef", &["0..3=X", "2..4=Y"], false, Some(("Xdef", 1))),
            ("abcdef", &["0..1=X&4..5=Z", "4..6=Y"], false, Some(("XbcdZf", 1))),
            ("abcdef", &["0..2=X", "2..4=Y"], false, Some(("XYef", 2))),
            ("abcdef", &["2..2=X", "2..2=Y"], false, Some(("abXcdef", 1))),
            ("abcdef", &["2..4=X", "2..4=X"], false, Some(("abXef", 2))),
            ("abcdef", &["2..4=cd"], false, None),
            ("abcdef", &["2..9=X"], false, None),
            ("aéc", &["2..3=X"], false, None),
            ("\u{feff}a\r\nb\r\n", &["3..4=x\ny"], false, Some(("\u{feff}x\r\ny\r\nb\r\n", 1))),
        ];
        for (source, findings, unsafe_too, expected) in cases {
            let findings: Vec<_> = findings.iter().map(|fixes| finding(fixes)).collect();
            let fixed = apply(source, &findings, *unsafe_too);
            let fixed = fixed.as_ref().map(|fixed| (fixed.text.as_str(), fixed.applied));
            assert_eq!(fixed, *expected, "{source:?} {findings:?}");
        }
    }
}
