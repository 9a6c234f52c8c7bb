//! Comments that turn rules off for a part of a draft, as Vale has them: `<!-- vale off -->`, `<!-- vale Style.Rule = NO -->`,
//! `<!-- vale Style.Rule["word"] = NO -->`, `<!-- vale styles = One, Two -->`.

use crate::draft::Draft;
use crate::text::Span;
use std::collections::HashMap;

/// The stretches in which rules are off.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suppressed {
    /// Everything.
    all: Vec<Span>,
    /// A rule, a style, or `rule[word]`.
    named: HashMap<String, Vec<Span>>,
    /// Only these styles are on.
    only: Vec<(Span, Vec<String>)>,
}

impl Suppressed {
    /// From a draft's comments.
    pub fn of(draft: &Draft) -> Self {
        let end = draft.source.len() + 1;
        let mut suppressed = Suppressed::default();
        for comment in &draft.comments {
            let Some(directive) = comment.inner.of(&draft.source).trim().strip_prefix("vale ") else {
                continue;
            };
            let at = comment.span.start;
            match directive.trim() {
                "off" => toggle(&mut suppressed.all, at, end, true),
                "on" => toggle(&mut suppressed.all, at, end, false),
                directive => suppressed.named(directive, at, end),
            }
        }
        suppressed
    }

    fn named(&mut self, directive: &str, at: usize, end: usize) {
        let Some((name, value)) = directive.rsplit_once(" = ") else { return };
        if matches!(name, "style" | "styles") {
            if let Some((span, _)) = self.only.last_mut() {
                span.end = at;
            }
            let styles = value.split(',').map(|style| style.trim().to_string()).collect();
            self.only.push((Span::new(at, end), styles));
            return;
        }
        let off = match value {
            "NO" | "off" => true,
            "YES" | "on" => false,
            _ => return,
        };
        for key in keys(name) {
            toggle(self.named.entry(key).or_default(), at, end, off);
        }
    }

    /// The stretches in which every rule is off.
    pub fn everything(&self) -> &[Span] {
        &self.all
    }

    /// Whether a finding of `rule` at this place, on this text, is off.
    pub fn covers(&self, rule: &str, matched: &str, at: usize) -> bool {
        let inside = |spans: &[Span]| spans.iter().any(|span| span.start <= at && at < span.end);
        let style = rule.split('.').next().unwrap_or(rule);
        let named = |key: &str| self.named.get(key).is_some_and(|spans| inside(spans));
        let of_others =
            |(span, styles): &(Span, Vec<String>)| inside(&[*span]) && !styles.iter().any(|s| s == style);
        inside(&self.all)
            || self.only.iter().any(of_others)
            || (!self.named.is_empty()
                && (named(rule) || named(style) || named(&format!("{rule}[{matched}]"))))
    }
}

/// Whether a comment of this draft, or of this part of one, turns a rule off.
pub fn turns_off(draft: &Draft) -> bool {
    !draft.comments.is_empty() && Suppressed::of(draft) != Suppressed::default()
}

/// Opens or closes a stretch at a place.
fn toggle(spans: &mut Vec<Span>, at: usize, end: usize, off: bool) {
    match (spans.last_mut(), off) {
        (Some(last), true) if last.end == end => {}
        (_, true) => spans.push(Span::new(at, end)),
        (Some(last), false) if last.end == end => last.end = at,
        (_, false) => {}
    }
}

/// `Rule["a", "b"]` names the rule's findings on each of these words.
fn keys(name: &str) -> Vec<String> {
    let Some((rule, words)) = name.strip_suffix(']').and_then(|name| name.split_once('[')) else {
        return vec![name.to_string()];
    };
    let words = words.split(',').map(|word| word.trim().trim_matches('"'));
    words.map(|word| format!("{rule}[{word}]")).collect()
}
