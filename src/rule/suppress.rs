//! Comments in a draft that allow findings:
//!
//! ```text
//! <!-- claimlint: allow license, identity next-line until 2026-12-01 -- quoted from the vendor -->
//! ```
//!
//! Rules come first, then what the comment covers (`line`, `next-line`, `block` or `file`), the last day on which it
//! holds, and a reason. Without a word for it, a comment covers the lines that it stands on, or the next line with words
//! if it stands alone. In plain text a line that starts with `#` or `//` does the same, and front matter, YAML or TOML, may
//! hold `claimlint: {allow: [license]}` for the whole file. A comment that allows nothing is a finding itself.

mod directive;
mod front;

use super::finding::{Confidence, Finding, Fix, Severity};
use crate::draft::Draft;
use crate::text::Span;
use crate::yaml::suggest;
use directive::Directive;
use jiff::civil::Date;

/// Rules that speak of such comments, not of claims: name, title, why.
pub const RULES: [(&str, &str, &str); 4] = [
    (
        UNUSED,
        "A comment allows what is not there",
        "What no longer needs allowing hides the next fault in its place.",
    ),
    (
        EXPIRED,
        "A comment's last day is over",
        "It was allowed for a while, and the while is over: mend it or allow it anew.",
    ),
    (
        INVALID,
        "A comment cannot be understood",
        "It names no rule that exists, or is not written as such comments are.",
    ),
    (
        UNEXPLAINED,
        "A comment gives no reason",
        "Whoever reads it next must know why the finding was allowed.",
    ),
];
const UNUSED: &str = "unused-suppression";
const EXPIRED: &str = "expired-suppression";
const INVALID: &str = "invalid-suppression";
const UNEXPLAINED: &str = "unexplained-suppression";

/// What the judging of comments depends on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Terms<'a> {
    /// All rules that exist.
    pub rules: &'a [&'a str],
    /// The day by which comments expire.
    pub today: Option<Date>,
    /// Whether every comment must give a reason.
    pub require_reason: bool,
}

/// Findings, sorted by whether a comment allows them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sorted {
    /// Not allowed, and what is wrong with the comments; in order of place, then rule.
    pub open: Vec<Finding>,
    /// Allowed, with the comment's reason.
    pub allowed: Vec<(Finding, Option<String>)>,
}

/// Whether a source may hold such a comment; where it does not, its findings stay as they are.
pub fn may_stand_in(source: &str) -> bool {
    source.contains(directive::NAME)
}

/// Sorts a draft's findings by its comments.
pub fn sort(draft: &Draft, findings: Vec<Finding>, terms: Terms<'_>) -> Sorted {
    let directives = directive::all(draft);
    let mut sorted = Sorted::default();
    if directives.is_empty() {
        sorted.open = findings;
        return sorted;
    }
    let mut used: Vec<Vec<bool>> = directives.iter().map(|d| vec![false; d.rules.len()]).collect();
    let in_force = |directive: &Directive| {
        directive.until.is_none_or(|last| terms.today.is_none_or(|today| today <= last))
    };
    for finding in findings {
        let mut reason = None;
        for (directive, used) in directives.iter().zip(&mut used).filter(|(d, _)| in_force(d)) {
            for ((rule, _), used) in directive.rules.iter().zip(used) {
                if *rule == finding.rule && directive.covers(finding.span) {
                    *used = true;
                    reason.get_or_insert_with(|| directive.reason.clone());
                }
            }
        }
        match reason {
            Some(reason) => sorted.allowed.push((finding, reason)),
            None => sorted.open.push(finding),
        }
    }
    for (directive, used) in directives.iter().zip(&used) {
        faults(directive, used, in_force(directive), draft, terms, &mut sorted.open);
    }
    sorted.open.sort_by(|a, b| (a.span, &a.rule).cmp(&(b.span, &b.rule)));
    sorted
}

/// What is wrong with one comment.
fn faults(
    directive: &Directive,
    used: &[bool],
    in_force: bool,
    draft: &Draft,
    terms: Terms<'_>,
    out: &mut Vec<Finding>,
) {
    for (span, message) in &directive.faults {
        out.push(finding(INVALID, *span, message.clone()));
    }
    for (rule, span) in &directive.rules {
        if !terms.rules.contains(&rule.as_str()) {
            let hint = suggest(rule, terms.rules.iter().copied());
            let hint = hint.map(|hint| format!(" ({hint})")).unwrap_or_default();
            out.push(finding(INVALID, *span, format!("there is no rule `{rule}`{hint}")));
        }
    }
    let known = |rule: &str| terms.rules.contains(&rule);
    match directive.until {
        Some(last) if !in_force => {
            out.push(finding(
                EXPIRED,
                directive.span,
                format!("this held until {last}: mend the finding or allow it anew"),
            ));
        }
        _ if !directive.rules.is_empty()
            && !used.contains(&true)
            && directive.rules.iter().all(|(r, _)| known(r)) =>
        {
            let message = "nothing here needs this comment any more".to_string();
            let fixes = directive.removal(draft).map(|span| Fix {
                title: "Remove the comment".to_string(),
                edits: vec![(span, String::new())],
                safe: true,
            });
            out.push(Finding {
                fixes: fixes.into_iter().collect(),
                ..finding(UNUSED, directive.span, message)
            });
        }
        _ => {
            for ((rule, span), _) in
                directive.rules.iter().zip(used).filter(|((rule, _), used)| !**used && known(rule))
            {
                out.push(finding(UNUSED, *span, format!("nothing here needs `{rule}` allowed any more")));
            }
        }
    }
    if terms.require_reason && directive.reason.is_none() {
        let message = "say why this is allowed: `-- reason` at the end".to_string();
        out.push(finding(UNEXPLAINED, directive.span, message));
    }
}

fn finding(rule: &str, span: Span, message: String) -> Finding {
    Finding {
        rule: rule.to_string(),
        severity: Severity::Warning,
        confidence: Confidence::High,
        span,
        message,
        related: Vec::new(),
        fixes: Vec::new(),
        meaning: None,
        fact: None,
        verdict: None,
        link: None,
    }
}
