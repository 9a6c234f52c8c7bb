//! One pattern rule: read from its file, run over one stretch of a draft.

use super::action::Action;
use super::capitalization::Capitalization;
use super::counts::{Occurrence, Repetition};
use super::existence::Existence;
use super::keys::keys_of;
use super::message;
use super::metric::Metric;
use super::pairs::{Conditional, Consistency};
use super::prefilter::{demanded, demanded_by_any};
use super::regex::{Match, Matcher};
use super::scope::Scope;
use super::shared::{read_confidence, read_scopes, read_severity};
use super::spelling::Spelling;
use super::substitution::Substitution;
use super::view::View;
use super::words::{Exceptions, Vocabulary, Words};
use crate::rule::example::Example;
use crate::rule::finding::{Confidence, Finding, Fix, Severity};
use crate::text::Span;
use crate::yaml::{Fields, Item};
use std::collections::HashSet;
use std::sync::Arc;

/// The kinds of pattern rule, as `kind:` names them.
pub const KINDS: [&str; 10] = [
    "existence",
    "substitution",
    "occurrence",
    "repetition",
    "consistency",
    "conditional",
    "capitalization",
    "metric",
    "readability",
    "spelling",
];

/// A rule that looks for patterns.
#[derive(Debug)]
pub struct PatternRule {
    /// What it is called.
    pub name: String,
    /// One line about it.
    pub title: Option<String>,
    /// Why it is there, for people.
    pub why: Option<String>,
    /// How bad a finding is.
    pub severity: Severity,
    /// How sure a finding is.
    pub confidence: Confidence,
    /// The wording of a finding.
    pub message: String,
    /// A page about it.
    pub link: Option<String>,
    /// Words to group rules by.
    pub tags: Vec<String>,
    /// The version it came with.
    pub since: Option<String>,
    /// Where it looks; alternatives.
    pub scopes: Vec<Scope>,
    /// At most so many findings in a draft; 0 is no limit.
    pub limit: usize,
    /// Sentences that prove it.
    pub examples: Vec<Example>,
    /// Its file and its place there.
    pub place: (usize, Span),
    action: Action,
    match_case: bool,
    check: Check,
}

/// What it does, by kind.
#[derive(Debug)]
enum Check {
    Existence(Existence),
    Substitution(Substitution),
    Occurrence(Occurrence),
    Repetition(Repetition),
    Consistency(Consistency),
    Conditional(Conditional),
    Capitalization(Capitalization),
    Metric(Metric),
    Spelling(Spelling),
}

/// One thing found in a stretch.
#[derive(Debug, Clone, Default)]
pub struct Hit {
    /// In the stretch's text.
    pub span: Span,
    /// What the message's `%s` stand for.
    pub args: Vec<String>,
    /// What the pattern's groups matched.
    pub groups: Vec<String>,
    /// What the rule itself would write there, the preferred one first.
    pub own: Vec<String>,
    /// It is about the stretch as a whole, so it has no place but the stretch's start.
    pub whole: bool,
}

impl Hit {
    /// A match by itself.
    pub fn of(text: &str, found: Match) -> Hit {
        let groups = found.groups.iter().flatten().map(|span| span.of(text).to_string()).collect();
        Hit { span: found.span, args: vec![found.span.of(text).to_string()], groups, ..Hit::default() }
    }
}

/// What a rule has seen so far in a draft: words or sides, as the kind of rule counts them. Shared until it grows, so that
/// every part of a draft can keep what was seen before it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Memory(Arc<HashSet<String>>);

impl Memory {
    /// Whether it was seen.
    pub fn has(&self, what: &str) -> bool {
        self.0.contains(what)
    }

    /// How much was seen.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Sees it.
    pub fn see(&mut self, what: String) {
        if !self.0.contains(&what) {
            Arc::make_mut(&mut self.0).insert(what);
        }
    }
}

/// What a rule is read with.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// The project's words.
    pub vocabulary: &'a Vocabulary,
    /// `\w`, `\d` and `\s` are ASCII, as Vale has them; a file may say so itself (`ascii: true`).
    pub ascii: bool,
    /// Index of the file that is read.
    pub file: usize,
}

impl Reader<'_> {
    /// Reads a rule; what is wrong is reported at its place. `None` if it cannot run.
    pub fn read(&self, item: &Item<'_>) -> Option<PatternRule> {
        let mut fields = item.fields()?;
        let name = fields.required("rule").and_then(|i| i.str().map(str::to_string));
        let kind = fields.required("kind").and_then(|kind| self.kind(&kind));
        let message = fields.required("message").and_then(|i| i.str().map(str::to_string));
        let measures = matches!(kind, Some("metric" | "readability"));
        let scopes = read_scopes(&mut fields, measures);
        let words = self.words(&mut fields);
        let action = fields.get("action").map_or(Action::None, |action| Action::read(action, words));
        let check = kind.and_then(|kind| self.check(kind, &mut fields));
        let (severity, confidence) = (read_severity(&mut fields), read_confidence(&mut fields));
        let whole = (name.is_some(), message.is_some(), scopes.is_some(), check.is_some());
        if let (Some(kind), false) = (kind, whole == (true, true, true, true)) {
            // What else is wrong is told too: often a key that is missing is there, spelled otherwise.
            keys_of(kind).for_each(|key| drop(fields.get(key.name)));
            fields.finish();
            return None;
        }
        let rule = PatternRule {
            name: name?,
            title: fields.string("title"),
            why: fields.string("why"),
            severity,
            confidence,
            message: message?,
            link: fields.string("link"),
            tags: fields.strings("tags"),
            since: fields.string("since"),
            scopes: scopes?,
            limit: fields.number("limit").map_or(0, |n| n.clamp(0.0, 1e9) as usize),
            examples: Example::read_all(&mut fields),
            place: (self.file, item.span()),
            match_case: fields.bool("matchcase").unwrap_or(false),
            action,
            check: check?,
        };
        fields.finish();
        Some(rule)
    }

    fn kind<'a>(&self, kind: &Item<'a>) -> Option<&'a str> {
        match kind.str()? {
            "script" => {
                kind.problem(
                    "a `script` rule is a program (Tengo), and no rule runs code; write it as patterns",
                );
                None
            }
            "sequence" => {
                kind.problem(
                    "a `sequence` rule needs parts of speech, and no tagger is light enough to be built in",
                );
                None
            }
            name if KINDS.contains(&name) => Some(name),
            name => {
                kind.unknown("kind of pattern rule", name, KINDS);
                None
            }
        }
    }

    fn check(&self, kind: &str, fields: &mut Fields<'_>) -> Option<Check> {
        Some(match kind {
            "existence" => Check::Existence(Existence::read(self, fields)?),
            "substitution" => Check::Substitution(Substitution::read(self, fields)?),
            "occurrence" => Check::Occurrence(Occurrence::read(self, fields)?),
            "repetition" => Check::Repetition(Repetition::read(self, fields)?),
            "consistency" => Check::Consistency(Consistency::read(self, fields)?),
            "conditional" => Check::Conditional(Conditional::read(self, fields)?),
            "capitalization" => Check::Capitalization(Capitalization::read(self, fields)?),
            "metric" => Check::Metric(Metric::read(fields)?),
            "spelling" => Check::Spelling(Spelling::read(self, fields)?),
            _ => Check::Metric(Metric::read_readability(fields)?),
        })
    }

    /// Reads how tokens are meant: `ignorecase`, `nonword`, `ascii`.
    pub fn words(&self, fields: &mut Fields<'_>) -> Words {
        Words {
            ignore_case: fields.bool("ignorecase").unwrap_or(false),
            nonword: fields.bool("nonword").unwrap_or(false),
            ascii: fields.bool("ascii").unwrap_or(self.ascii),
        }
    }

    /// Reads a list of patterns, in this engine's spelling; empty ones are left out.
    pub fn tokens<'a>(
        &self,
        fields: &mut Fields<'a>,
        key: &'static str,
        words: Words,
    ) -> Vec<(Item<'a>, String)> {
        let items = fields.one_or_many(key).into_iter();
        let read = items.filter_map(|item| item.str().map(|token| (item.clone(), words.token(token))));
        read.filter(|(_, token)| !token.trim().is_empty()).collect()
    }

    /// Reads `exceptions` and `vocab`; the project's words count where the kind heeds them.
    pub fn exceptions(&self, fields: &mut Fields<'_>, words: Words, heeds: bool) -> Option<Exceptions> {
        let own = self.tokens(fields, "exceptions", words);
        let vocab = fields.bool("vocab").unwrap_or(true) && heeds;
        Exceptions::new(&own, vocab.then_some(self.vocabulary), words)
    }
}

impl PatternRule {
    /// Its kind, as files name it.
    pub fn kind(&self) -> &'static str {
        match &self.check {
            Check::Existence(_) => "existence",
            Check::Substitution(_) => "substitution",
            Check::Occurrence(_) => "occurrence",
            Check::Repetition(_) => "repetition",
            Check::Consistency(_) => "consistency",
            Check::Conditional(_) => "conditional",
            Check::Capitalization(_) => "capitalization",
            Check::Metric(_) => "metric",
            Check::Spelling(_) => "spelling",
        }
    }

    /// Its scopes, as files write them.
    pub fn scope_text(&self) -> String {
        self.scopes.iter().map(Scope::to_string).collect::<Vec<_>>().join(", ")
    }

    /// Whether it looks at a stretch with these sections.
    pub fn looks_at(&self, view: &View) -> bool {
        self.scopes.iter().any(|scope| scope.fits(&view.sections, view.fragment))
    }

    /// Literals of which every match holds one; `None` where it may find something in any text.
    pub fn demands(&self) -> Option<Vec<String>> {
        let all = |patterns: Vec<&Matcher>| {
            let hirs: Option<Vec<_>> = patterns.into_iter().map(Matcher::hir).collect();
            demanded_by_any(hirs?)
        };
        match &self.check {
            Check::Existence(check) => demanded(check.pattern().hir()?),
            Check::Substitution(check) => demanded(check.pattern().hir()?),
            Check::Occurrence(check) => demanded(check.pattern()?.hir()?),
            Check::Consistency(check) => all(check.patterns().collect()),
            Check::Conditional(check) => all(check.patterns().collect()),
            Check::Repetition(_) | Check::Capitalization(_) | Check::Metric(_) | Check::Spelling(_) => None,
        }
    }

    /// Whether what it finds in a stretch hangs on what it saw in those before.
    pub fn remembers(&self) -> bool {
        matches!(self.check, Check::Consistency(_) | Check::Conditional(_) | Check::Spelling(_))
    }

    /// Whether it looks at a draft's whole prose, or counts over all of it.
    pub fn needs_whole(&self) -> bool {
        let whole = |scope: &Scope| scope.asks("summary") || scope.asks("raw");
        self.limit > 0 || matches!(self.check, Check::Metric(_)) || self.scopes.iter().any(whole)
    }

    /// What it finds in a stretch.
    pub fn run(&self, view: &View, memory: &mut Memory, source: &str) -> Vec<Finding> {
        let hits = match &self.check {
            Check::Existence(check) => check.run(&view.text),
            Check::Substitution(check) => check.run(&view.text, &self.action),
            Check::Occurrence(check) => check.run(&view.text),
            Check::Repetition(check) => check.run(&view.text),
            Check::Consistency(check) => check.run(&view.text, memory),
            Check::Conditional(check) => check.run(&view.text, memory),
            Check::Capitalization(check) => check.run(&view.text),
            Check::Metric(check) => check.run(view),
            Check::Spelling(check) => check.run(&view.text, &self.action, memory),
        };
        hits.into_iter().map(|hit| self.finding(hit, view, source)).collect()
    }

    fn finding(&self, hit: Hit, view: &View, source: &str) -> Finding {
        let observed = hit.span.of(&view.text);
        let span = match hit.whole {
            true if view.is_summary() => Span::default(),
            true => Span::new(view.source(Span::default()).start, view.source(Span::default()).start),
            false => view.source(hit.span),
        };
        let groups: Vec<&str> = hit.groups.iter().map(String::as_str).collect();
        let mut texts = self.action.fixes(observed, &groups, &hit.own);
        if self.match_case {
            texts.iter_mut().for_each(|text| *text = super::case::like(text, observed));
        }
        let shown = match texts.as_slice() {
            [] => observed.to_string(),
            [one] => one.clone(),
            many => message::list_of(many, "or"),
        };
        let wording = self.wording(hit.args.len());
        let mut args: Vec<&str> = hit.args.iter().map(String::as_str).collect();
        args.push(&shown);
        // A fix replaces what stands in the source, so it must be what the rule saw.
        let fixable = !hit.whole && span.of(source) == observed;
        let fixes = texts.iter().filter(|text| fixable && *text != observed);
        Finding {
            rule: self.name.clone(),
            severity: self.severity,
            confidence: self.confidence,
            span,
            message: message::fill(&wording, &args, observed, &shown),
            related: Vec::new(),
            fixes: fixes
                .map(|text| fix(span, text, texts.len() == 1 && !matches!(self.action, Action::Suggest)))
                .collect(),
            meaning: None,
            fact: None,
            verdict: None,
            link: self.link.clone(),
        }
    }

    /// The message; a list of suggestions carries quotes of its own, so `'%s'` loses its pair.
    fn wording(&self, args: usize) -> String {
        let literal = matches!((&self.check, &self.action), (Check::Substitution(_), Action::Replace(_)));
        for quoted in ["'%s'", "\"%s\""] {
            if literal && args == 2 && self.message.matches(quoted).count() == 2 {
                return self.message.replacen(quoted, "%s", 1);
            }
        }
        self.message.clone()
    }
}

fn fix(span: Span, text: &str, only: bool) -> Fix {
    let title = if text.is_empty() { "Remove it".to_string() } else { format!("Write “{text}”") };
    Fix { title, edits: vec![(span, text.to_string())], safe: only }
}
