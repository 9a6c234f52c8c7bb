//! What front matter allows, for the whole draft:
//!
//! ```text
//! claimlint: {allow: [license, identity], until: 2026-12-01, reason: the vendor's own words}
//! ```
//!
//! in YAML; in TOML the same keys as a table, an inline table or dotted keys.

use super::directive::{Directive, NAME};
use crate::draft::Draft;
use crate::text::Span;
use crate::yaml::{self, Node, NodeKind, suggest};

/// A key with the scalars behind it, each with its place in the source.
type Entry = (String, Span, Vec<(String, Span)>);

const KEYS: [&str; 3] = ["allow", "until", "reason"];

/// The draft's, if it has any.
pub(super) fn read(draft: &Draft) -> Option<Directive> {
    let block = draft.front.span.of(&draft.source);
    if !block.contains(NAME) {
        return None;
    }
    let text = block.trim_start_matches('\u{feff}');
    let (toml, body) = match text.strip_prefix("+++") {
        Some(body) => (true, body.trim_end().strip_suffix("+++")?),
        None => {
            let body = text.strip_prefix("---")?.trim_end();
            (false, body.strip_suffix("---").or_else(|| body.strip_suffix("..."))?)
        }
    };
    let offset = draft.front.span.start + (body.as_ptr() as usize - block.as_ptr() as usize);
    let entries = if toml { of_toml(body) } else { of_yaml(body)? };
    if entries.is_empty() {
        return None;
    }
    let place = |span: Span| Span::new(span.start + offset, span.end + offset);
    let mut directive = Directive { scope: Span::new(0, draft.source.len()), ..Directive::default() };
    for (key, key_span, values) in entries {
        let whole =
            values.iter().fold(key_span, |all, (_, span)| Span::new(all.start, span.end.max(all.end)));
        if key == "allow" || directive.rules.is_empty() {
            directive.span = place(whole);
        }
        match (key.as_str(), values.first()) {
            ("allow", _) => {
                directive.rules = values.into_iter().map(|(rule, span)| (rule, place(span))).collect()
            }
            ("reason", Some((reason, _))) => directive.reason = Some(reason.clone()),
            ("until", Some((day, span))) => match day.parse() {
                Ok(day) => directive.until = Some(day),
                Err(_) => {
                    directive.faults.push((place(*span), "expected a day like 2026-12-31".to_string()));
                }
            },
            ("reason" | "until", None) => {}
            (other, _) => {
                let help = suggest(other, KEYS).map(|help| format!(" ({help})")).unwrap_or_default();
                directive.faults.push((place(key_span), format!("unknown key `{other}`{help}")));
            }
        }
    }
    if directive.rules.is_empty() && directive.faults.is_empty() {
        directive.faults.push((directive.span, "name the rules that are allowed here: `allow`".to_string()));
    }
    Some(directive)
}

fn of_yaml(body: &str) -> Option<Vec<Entry>> {
    let (node, _) = yaml::parse(body);
    let entries = |node: &Node| match &node.kind {
        NodeKind::Map(entries) => entries.clone(),
        _ => Vec::new(),
    };
    let scalar = |node: &Node| match &node.kind {
        NodeKind::Scalar { text, .. } => Some((text.clone(), node.span)),
        _ => None,
    };
    let all = entries(&node?);
    let (_, ours) = all.iter().find(|(key, _)| scalar(key).is_some_and(|(text, _)| text == NAME))?;
    let read = |(key, value): &(Node, Node)| {
        let (name, span) = scalar(key)?;
        let values = match &value.kind {
            NodeKind::List(items) => items.iter().filter_map(scalar).collect(),
            _ => scalar(value).into_iter().collect(),
        };
        Some((name, span, values))
    };
    Some(entries(ours).iter().filter_map(read).collect())
}

/// What TOML says of us. Other keys are passed over line by line.
fn of_toml(body: &str) -> Vec<Entry> {
    let mut found = Vec::new();
    let (mut table, mut at) = (String::new(), 0);
    while let Some(rest) = body.get(at..).filter(|rest| !rest.is_empty()) {
        let line = rest.split_inclusive('\n').next().unwrap_or(rest);
        let next = at + line.len();
        let content = line.trim();
        at += line.len() - line.trim_start().len();
        if let Some(name) = content.strip_prefix('[') {
            table = name.split(']').next().unwrap_or("").trim().to_string();
        } else if let Some(mut cursor) = assigned(body, at) {
            let key = cursor.0.clone();
            let own = if table == NAME { Some(key.as_str()) } else { None };
            let dotted = || key.strip_prefix(NAME).filter(|_| table.is_empty());
            match own.or_else(dotted) {
                Some("") => found.extend(cursor.2.inline_table()),
                Some(rest) if own.is_some() || rest.starts_with('.') => {
                    let name = rest.trim_start_matches('.').trim().to_string();
                    let values = cursor.2.values();
                    found.push((name, cursor.1, values));
                    at = next.max(cursor.2.at);
                    continue;
                }
                _ => {}
            }
        }
        at = next;
    }
    found
}

/// The key that is assigned to at an offset, and what stands behind the sign.
fn assigned(body: &str, at: usize) -> Option<(String, Span, Toml<'_>)> {
    let mut toml = Toml { body, at };
    let (key, span) = toml.word("=\n#")?;
    toml.eat("=").then(|| (key.trim_matches(['"', '\'']).to_string(), span, toml))
}

/// A place in a TOML text.
struct Toml<'a> {
    body: &'a str,
    at: usize,
}

impl<'a> Toml<'a> {
    fn rest(&self) -> &'a str {
        self.body.get(self.at..).unwrap_or("")
    }

    /// Passes spaces, and the sign if it stands there.
    fn eat(&mut self, sign: &str) -> bool {
        self.at = self.body.len() - self.rest().trim_start_matches([' ', '\t']).len();
        let there = self.rest().starts_with(sign);
        self.at += if there { sign.len() } else { 0 };
        there
    }

    /// Everything up to one of these signs, without the spaces around it.
    fn word(&mut self, ends: &str) -> Option<(String, Span)> {
        let rest = self.rest();
        let end = rest.find(|c| ends.contains(c)).unwrap_or(rest.len());
        let text = rest.get(..end)?;
        let lead = text.len() - text.trim_start().len();
        let word = text.trim();
        let start = self.at + lead;
        let found = (word.to_string(), Span::new(start, start + word.len()));
        self.at += end;
        (!word.is_empty()).then_some(found)
    }

    /// A quoted string, or a bare word.
    fn scalar(&mut self) -> Option<(String, Span)> {
        self.eat("");
        let quote = self.rest().chars().next().filter(|c| matches!(c, '"' | '\''));
        let Some(quote) = quote else { return self.word(",]}\n#") };
        let start = self.at + 1;
        let inner = self.body.get(start..)?;
        let end = inner.find([quote, '\n']).unwrap_or(inner.len());
        self.at = (start + end + 1).min(self.body.len());
        Some((inner.get(..end)?.to_string(), Span::new(start, start + end)))
    }

    /// A scalar, or those of an array, which may go over several lines.
    fn values(&mut self) -> Vec<(String, Span)> {
        if !self.eat("[") {
            return self.scalar().into_iter().collect();
        }
        let mut values = Vec::new();
        while !self.rest().is_empty() {
            if self.eat("]") {
                break;
            } else if self.eat("#") {
                self.at += self.rest().find('\n').unwrap_or(self.rest().len());
            } else if !self.eat(",") && !self.eat("\n") && !self.eat("\r") {
                let before = self.at;
                values.extend(self.scalar());
                if self.at == before {
                    break;
                }
            }
        }
        values
    }

    fn inline_table(&mut self) -> Vec<Entry> {
        let mut entries = Vec::new();
        if !self.eat("{") {
            return entries;
        }
        while let Some((key, span)) = self.word("=}\n") {
            if !self.eat("=") {
                break;
            }
            entries.push((key, span, self.values()));
            if !self.eat(",") {
                break;
            }
        }
        entries
    }
}
