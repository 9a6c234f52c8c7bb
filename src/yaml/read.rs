//! Typed values out of YAML trees: what is wrong is said once, with its place and its path, and the rest is read.
//!
//! ```
//! use claimlint::yaml::{self, Problems};
//! let source = "rule: license\nlimit: 3\nseverty: error\n";
//! let node = yaml::parse(source).0.unwrap();
//! let problems = Problems::new(0);
//! let mut fields = problems.fields(&node).unwrap();
//! assert_eq!(fields.str("rule"), Some("license"));
//! assert_eq!(fields.number("limit"), Some(3.0));
//! assert_eq!(fields.str("severity"), None);
//! fields.finish();
//! assert_eq!(
//!     problems.take()[0].describe("a.yaml", source),
//!     "a.yaml:3:1: severty: unknown key `severty` (did you mean `severity`?)"
//! );
//! ```

use super::{Node, NodeKind, Problem};
use crate::text::Span;
use jiff::civil::Date;
use std::cell::RefCell;
use std::rc::Rc;

/// Collects the problems of one file while it is read.
#[derive(Debug, Default)]
pub struct Problems {
    file: usize,
    found: RefCell<Vec<Problem>>,
}

impl Problems {
    /// For the file of that index.
    pub fn new(file: usize) -> Self {
        Problems { file, found: RefCell::default() }
    }

    /// Index of the file.
    pub fn file(&self) -> usize {
        self.file
    }

    /// The root of a tree as an item.
    pub fn item<'a>(&'a self, node: &'a Node) -> Item<'a> {
        Item { node, way: Way::default(), problems: self }
    }

    /// The root of a tree as a map; anything else is a problem.
    pub fn fields<'a>(&'a self, node: &'a Node) -> Option<Fields<'a>> {
        self.item(node).fields()
    }

    /// Adds one.
    pub fn push(&self, span: Span, key: &str, message: impl Into<String>, help: Option<String>) {
        let key = (!key.is_empty()).then(|| key.to_string());
        let problem = Problem { file: self.file, span, key, message: message.into(), help };
        self.found.borrow_mut().push(problem);
    }

    /// Adds those that the parser found.
    pub fn extend(&self, found: Vec<Problem>) {
        let file = self.file;
        self.found.borrow_mut().extend(found.into_iter().map(|problem| Problem { file, ..problem }));
    }

    /// All that were found, in the order of the file.
    pub fn take(self) -> Vec<Problem> {
        let mut found = self.found.into_inner();
        found.sort_by_key(|problem| problem.span);
        found
    }
}

/// A node on its path, to be read as what is expected there. Every reader gives `None` and reports where it does not fit.
#[derive(Debug, Clone)]
pub struct Item<'a> {
    /// The node.
    pub node: &'a Node,
    way: Way<'a>,
    problems: &'a Problems,
}

/// How an item is reached from the root. Its path is written out only where a problem is reported: most items have none.
#[derive(Debug, Clone, Default)]
struct Way<'a> {
    /// `None` stands for the root.
    from: Option<Rc<Way<'a>>>,
    step: Step<'a>,
}

#[derive(Debug, Clone, Copy)]
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

impl Default for Step<'_> {
    fn default() -> Self {
        Step::Key("")
    }
}

impl<'a> Way<'a> {
    /// A way from which others go on.
    fn shared(&self) -> Option<Rc<Way<'a>>> {
        let root = self.from.is_none() && matches!(self.step, Step::Key(""));
        (!root).then(|| Rc::new(self.clone()))
    }

    fn path(&self) -> String {
        let mut path = self.from.as_ref().map_or_else(String::new, |from| from.path());
        match self.step {
            Step::Index(index) => path.extend(["[", &index.to_string(), "]"]),
            Step::Key(key) if self.from.is_some() => path.extend([".", key]),
            Step::Key(key) => path.push_str(key),
        }
        path
    }
}

impl<'a> Item<'a> {
    /// Its place.
    pub fn span(&self) -> Span {
        self.node.span
    }

    /// `facts[2].source`.
    pub fn path(&self) -> String {
        self.way.path()
    }

    /// Reports a problem here.
    pub fn problem(&self, message: impl Into<String>) {
        self.problems.push(self.node.span, &self.path(), message, None);
    }

    /// Reports a problem here, and what to do about it.
    pub fn problem_help(&self, message: impl Into<String>, help: impl Into<String>) {
        self.problems.push(self.node.span, &self.path(), message, Some(help.into()));
    }

    /// Reports that `word` is none of `known`, with the nearest of them or all of them.
    pub fn unknown<'k>(&self, what: &str, word: &str, known: impl IntoIterator<Item = &'k str>) {
        self.unknown_at(self.node.span, what, word, known);
    }

    /// The same, where the word is not the value but its key at `span`.
    pub fn unknown_at<'k>(
        &self,
        span: Span,
        what: &str,
        word: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) {
        let help = suggest(word, known);
        self.problems.push(span, &self.path(), format!("unknown {what} `{word}`"), help);
    }

    /// Whether it is a list or a map rather than one value.
    pub fn is_scalar(&self) -> bool {
        matches!(self.node.kind, NodeKind::Scalar { .. })
    }

    /// Whether it is a map.
    pub fn is_map(&self) -> bool {
        matches!(self.node.kind, NodeKind::Map(_))
    }

    /// Whether it is a list.
    pub fn is_list(&self) -> bool {
        matches!(self.node.kind, NodeKind::List(_))
    }

    /// One text, not empty unless in quotes.
    pub fn str(&self) -> Option<&'a str> {
        match &self.node.kind {
            NodeKind::Scalar { text, quoted } if *quoted || !text.is_empty() => Some(text),
            NodeKind::Scalar { .. } => self.expected("a text", "nothing"),
            NodeKind::List(_) => self.expected("a text", "a list"),
            NodeKind::Map(_) => self.expected("a text", "a map"),
        }
    }

    /// `true` or `false` (`yes` and `no` too).
    pub fn bool(&self) -> Option<bool> {
        match self.str()? {
            "true" | "yes" => Some(true),
            "false" | "no" => Some(false),
            other => self.expected("true or false", &format!("`{other}`")),
        }
    }

    /// A finite number (`1200`, `1_200`, `70e9`, `0.5`).
    pub fn number(&self) -> Option<f64> {
        let text = self.str()?;
        match text.replace('_', "").parse::<f64>() {
            Ok(number) if number.is_finite() => Some(number),
            _ => self.expected("a number", &format!("`{text}`")),
        }
    }

    /// A day, month or year as its first and last day: `2026-04-08`, `2026-04`, `2026`.
    pub fn date(&self) -> Option<(Date, Date)> {
        let text = self.str()?;
        date_interval(text)
            .or_else(|| self.expected("a date like 2026-04-08, 2026-04 or 2026", &format!("`{text}`")))
    }

    /// One of `known`.
    pub fn one_of(&self, what: &str, known: &[&str]) -> Option<&'a str> {
        let text = self.str()?;
        if !known.contains(&text) {
            self.unknown(what, text, known.iter().copied());
            return None;
        }
        Some(text)
    }

    /// The items of a list.
    pub fn list(&self) -> Option<Vec<Item<'a>>> {
        match &self.node.kind {
            NodeKind::List(nodes) => Some(self.children(nodes)),
            NodeKind::Scalar { text, quoted: false } if text.is_empty() => Some(Vec::new()),
            NodeKind::Scalar { .. } => self.expected("a list", "one value"),
            NodeKind::Map(_) => self.expected("a list", "a map"),
        }
    }

    /// The items of a list, or the one item that stands for a list of one.
    pub fn one_or_many(&self) -> Vec<Item<'a>> {
        match &self.node.kind {
            NodeKind::List(nodes) => self.children(nodes),
            NodeKind::Scalar { text, quoted: false } if text.is_empty() => Vec::new(),
            _ => vec![self.clone()],
        }
    }

    /// One text or a list of texts.
    pub fn strings(&self) -> Vec<&'a str> {
        self.one_or_many().iter().filter_map(Item::str).collect()
    }

    /// A map, to be read key by key.
    pub fn fields(&self) -> Option<Fields<'a>> {
        match &self.node.kind {
            NodeKind::Map(entries) => {
                let (item, asked) = (self.clone(), Vec::new());
                Some(Fields { from: self.way.shared(), item, entries, asked })
            }
            NodeKind::Scalar { text, quoted: false } if text.is_empty() => self.expected("a map", "nothing"),
            NodeKind::Scalar { .. } => self.expected("a map", "one value"),
            NodeKind::List(_) => self.expected("a map", "a list"),
        }
    }

    /// The entries of a map whose keys are free: key, its span, value.
    pub fn entries(&self) -> Vec<(&'a str, Span, Item<'a>)> {
        self.fields().map(|fields| fields.rest()).unwrap_or_default()
    }

    fn children(&self, nodes: &'a [Node]) -> Vec<Item<'a>> {
        let from = self.way.shared();
        let way = |index| Way { from: from.clone(), step: Step::Index(index) };
        let child = |(index, node)| Item { node, way: way(index), problems: self.problems };
        nodes.iter().enumerate().map(child).collect()
    }

    fn expected<T>(&self, expected: &str, found: &str) -> Option<T> {
        self.problem(format!("expected {expected}, found {found}"));
        None
    }
}

#[cfg(test)]
thread_local! {
    /// Every path and key that was asked for, so that a test can hold tables of keys to what is read.
    pub(crate) static ASKED: RefCell<Vec<(String, &'static str)>> = const { RefCell::new(Vec::new()) };
}

/// A map that remembers which keys were asked for, so that [`Fields::finish`] can report the others.
#[derive(Debug)]
pub struct Fields<'a> {
    /// The map itself, for problems about the whole.
    pub item: Item<'a>,
    from: Option<Rc<Way<'a>>>,
    entries: &'a [(Node, Node)],
    asked: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// The value of a key, if the key stands there.
    pub fn get(&mut self, key: &'static str) -> Option<Item<'a>> {
        self.asked.push(key);
        #[cfg(test)]
        ASKED.with_borrow_mut(|all| all.push((self.item.path(), key)));
        let (_, node) = self.entries.iter().find(|(name, _)| scalar(name) == key)?;
        Some(self.at(key, node))
    }

    /// The value of a key; its absence is a problem.
    pub fn required(&mut self, key: &'static str) -> Option<Item<'a>> {
        let found = self.get(key);
        if found.is_none() {
            let span = self.entries.first().map_or(self.item.span(), |(name, _)| name.span);
            self.item.problems.push(span, &self.item.path(), format!("the key `{key}` is missing"), None);
        }
        found
    }

    /// Whether a key stands there.
    pub fn has(&mut self, key: &'static str) -> bool {
        self.get(key).is_some()
    }

    /// A text.
    pub fn str(&mut self, key: &'static str) -> Option<&'a str> {
        self.get(key)?.str()
    }

    /// A text as a string of its own.
    pub fn string(&mut self, key: &'static str) -> Option<String> {
        self.str(key).map(str::to_string)
    }

    /// True or false; `None` where it is absent.
    pub fn bool(&mut self, key: &'static str) -> Option<bool> {
        self.get(key)?.bool()
    }

    /// A number.
    pub fn number(&mut self, key: &'static str) -> Option<f64> {
        self.get(key)?.number()
    }

    /// A date as first and last day.
    pub fn date(&mut self, key: &'static str) -> Option<(Date, Date)> {
        self.get(key)?.date()
    }

    /// The items of a list; none where it is absent.
    pub fn list(&mut self, key: &'static str) -> Vec<Item<'a>> {
        self.get(key).and_then(|item| item.list()).unwrap_or_default()
    }

    /// A list, or one item that stands for it; none where it is absent.
    pub fn one_or_many(&mut self, key: &'static str) -> Vec<Item<'a>> {
        self.get(key).map(|item| item.one_or_many()).unwrap_or_default()
    }

    /// One text or a list of them; none where it is absent.
    pub fn strings(&mut self, key: &'static str) -> Vec<String> {
        self.get(key).map_or(Vec::new(), |item| item.strings().into_iter().map(str::to_string).collect())
    }

    /// A map.
    pub fn fields(&mut self, key: &'static str) -> Option<Fields<'a>> {
        self.get(key)?.fields()
    }

    /// All entries that were not asked for: key, its span, value. For maps with free keys, in place of `finish`.
    pub fn rest(self) -> Vec<(&'a str, Span, Item<'a>)> {
        let entries = self.entries.iter().filter(|(key, _)| !self.asked.contains(&scalar(key)));
        entries.map(|(key, node)| (scalar(key), key.span, self.at(scalar(key), node))).collect()
    }

    /// Reports every key that was not asked for, with the nearest that was.
    pub fn finish(self) {
        let asked = &self.asked;
        for (key, _) in self.entries {
            let name = scalar(key);
            if !asked.contains(&name) {
                let help = suggest(name, asked.iter().copied());
                let path = self.way(name).path();
                self.item.problems.push(key.span, &path, format!("unknown key `{name}`"), help);
            }
        }
    }

    fn at(&self, key: &'a str, node: &'a Node) -> Item<'a> {
        Item { node, way: self.way(key), problems: self.item.problems }
    }

    fn way(&self, key: &'a str) -> Way<'a> {
        Way { from: self.from.clone(), step: Step::Key(key) }
    }
}

/// "did you mean …" where one of `known` is near, else the list of them if it is short.
pub fn suggest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<String> {
    let known: Vec<&str> = known.into_iter().collect();
    let near = known.iter().map(|k| (strsim::damerau_levenshtein(word, k), *k)).min();
    match near {
        Some((distance, name)) if distance <= 1 + word.chars().count() / 4 => {
            Some(format!("did you mean `{name}`?"))
        }
        Some(_) if known.len() <= 12 => Some(format!("known: {}", known.join(", "))),
        _ => None,
    }
}

fn scalar(node: &Node) -> &str {
    match &node.kind {
        NodeKind::Scalar { text, .. } => text,
        _ => "",
    }
}

/// First and last day of `2026`, `2026-04` or `2026-04-08`.
fn date_interval(text: &str) -> Option<(Date, Date)> {
    let digits =
        |part: &str, len| (part.len() == len && part.bytes().all(|b| b.is_ascii_digit())).then_some(());
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next(), parts.next());
    digits(year, 4)?;
    let year = year.parse().ok()?;
    let part = |text: Option<&str>| match text {
        None => Some(None),
        Some(text) => digits(text, 2).and_then(|()| text.parse::<i8>().ok()).map(Some),
    };
    let (month, day) = (part(month)?, part(day)?);
    if parts.next().is_some() {
        return None;
    }
    let first = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
    let last = match (month, day) {
        (_, Some(_)) => first,
        (Some(_), None) => first.last_of_month(),
        (None, None) => first.last_of_year(),
    };
    Some((first, last))
}
