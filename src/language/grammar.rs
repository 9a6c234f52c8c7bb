//! All patterns of all files as one machine: classes first, then what is built of them, in one walk over a sentence.
//!
//! Every way through every pattern is filed under its rarest word or class (its anchor), so a sentence pays only for
//! the patterns whose anchor it holds.

pub use super::table::{Hit, Match, Table};

use super::anchors::Anchors;
use super::matching::{Attempt, may_start, step};
use super::morphology::Morphology;
use super::pattern::{ClassId, Compiler, Element, ElementKind};
use super::sieve::{Beside, Needs, Words};
use super::token::{Lexicon, Token, WordHasher};
use super::ways::Ways;
use crate::yaml::suggest;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::Range;

type Map<K, V> = HashMap<K, V, BuildHasherDefault<WordHasher>>;

/// Number of a pattern that was added, as given by whoever added it.
pub type PatternId = u32;

/// What is wrong with a pattern that was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternFault {
    /// As numbered by whoever added it; class entries carry `u32::MAX`.
    pub pattern: PatternId,
    /// Class it belongs to, if it is an entry of one.
    pub class: Option<String>,
    /// The pattern as written.
    pub written: String,
    /// What is wrong.
    pub message: String,
}

/// Patterns gathered before they are compiled.
#[derive(Debug, Clone, Default)]
pub struct Builder {
    classes: Vec<String>,
    entries: Vec<(ClassId, String)>,
    patterns: Vec<(PatternId, String)>,
    /// Names of classes that are kept apart, and what they go by.
    apart: Vec<(String, String)>,
}

impl Builder {
    /// The class (or slot) of that name, made if there is none.
    pub fn class(&mut self, name: &str) -> ClassId {
        let at = self.classes.iter().position(|c| c == name).unwrap_or_else(|| {
            self.classes.push(name.to_string());
            self.classes.len() - 1
        });
        ClassId(at as u16)
    }

    /// Keeps the classes of these names apart from others of the same name, for what is added from here on.
    pub fn keep_apart(&mut self, owner: &str, names: &[&str]) {
        self.apart = names.iter().map(|name| (name.to_string(), format!("{owner}/{name}"))).collect();
    }

    /// Adds an entry to a class.
    pub fn entry(&mut self, class: &str, pattern: &str) {
        let own = self.apart.iter().find(|(name, _)| name == class).map(|(_, own)| own.clone());
        let class = self.class(own.as_deref().unwrap_or(class));
        self.entries.push((class, self.with_own(pattern)));
    }

    /// Adds a pattern.
    pub fn pattern(&mut self, id: PatternId, pattern: &str) {
        self.patterns.push((id, self.with_own(pattern)));
    }

    /// A pattern that asks for classes that are kept apart by the names they go by.
    fn with_own(&self, pattern: &str) -> String {
        self.apart.iter().fold(pattern.to_string(), |pattern, (name, own)| {
            pattern
                .replace(&format!("{{{name}}}"), &format!("{{{own}}}"))
                .replace(&format!(":{name}}}"), &format!(":{own}}}"))
        })
    }

    /// The machine, and what could not go into it.
    pub fn build(&self, lexicon: &mut Lexicon, morphology: &Morphology) -> (Grammar, Vec<PatternFault>) {
        let mut faults = Vec::new();
        let names: Map<&str, ClassId> =
            self.classes.iter().enumerate().map(|(i, n)| (n.as_str(), ClassId(i as u16))).collect();
        let class = |name: &str| {
            names.get(name).copied().ok_or_else(|| {
                let help = suggest(name, self.classes.iter().map(String::as_str));
                let help = help.map(|help| format!(" ({help})")).unwrap_or_default();
                format!("no class or slot is called `{name}`{help}")
            })
        };
        let (labels, alone, forms) = (Vec::new(), HashMap::default(), HashMap::default());
        let mut compiler = Compiler { lexicon, morphology, class: &class, labels, alone, forms };
        // Patterns grow to about an element for every six bytes that are written.
        let written = self.entries.iter().map(|(_, entry)| entry).chain(self.patterns.iter().map(|(_, p)| p));
        let room = written.map(String::len).sum::<usize>() / 6;
        let (mut ways, mut outputs) = (Ways::with_room(room), Vec::new());
        let all = self.entries.iter().map(|(c, p)| (Output::Class(*c), p));
        for (output, written) in all.chain(self.patterns.iter().map(|(id, p)| (Output::Pattern(*id), p))) {
            if let Err(message) = compiler.compile(written, &mut ways) {
                faults.push(output.fault(written, message, &self.classes));
            }
            outputs.resize(ways.len(), output);
        }
        let levels = class_levels(&ways, &outputs, self.classes.len());
        let names = names.iter().map(|(name, class)| (name.to_string(), *class)).collect();
        let grammar = Grammar { names, labels: compiler.labels, ..Grammar::default() };
        (grammar.file(ways, &outputs, &levels, lexicon.len()), faults)
    }
}

/// The compiled machine.
#[derive(Debug, Clone, Default)]
pub struct Grammar {
    ways: Vec<Way>,
    /// What must stand somewhere in the sentence for each of them, which rules out most at once.
    needs: Vec<Needs>,
    /// Those of all ways.
    elements: Vec<Element>,
    levels: Vec<Level>,
    names: Map<String, ClassId>,
    labels: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Output {
    Class(ClassId),
    Pattern(PatternId),
}

impl Output {
    fn fault(self, written: &str, message: String, classes: &[String]) -> PatternFault {
        let (pattern, class) = match self {
            Output::Class(c) => (u32::MAX, classes.get(c.0 as usize).cloned()),
            Output::Pattern(id) => (id, None),
        };
        PatternFault { pattern, class, written: written.to_string(), message }
    }
}

#[derive(Debug, Clone)]
struct Way {
    output: Output,
    elements: Range<usize>,
    /// Tokens that may stand before the anchor: at least, at most.
    before: (u16, u16),
    /// What must stand right after the anchor or right before it, which most places are ruled out by.
    beside: Beside,
}

/// The ways of one level by anchor.
#[derive(Debug, Clone, Default)]
struct Level {
    by_word: Anchors,
    by_class: Anchors,
}

impl Grammar {
    /// The class of that name.
    pub fn class(&self, name: &str) -> Option<ClassId> {
        self.names.get(name).copied()
    }

    /// The number of a label.
    pub fn label(&self, name: &str) -> Option<u8> {
        self.labels.iter().position(|l| l == name).map(|at| at as u8)
    }

    /// Finds every class entry and pattern in a sentence. `table` holds the slots already.
    pub fn run(&self, tokens: &[Token], table: &mut Table) {
        let words = &Words::of(tokens);
        let mut attempt = Attempt::default();
        for level in &self.levels {
            for (at, token) in tokens.iter().enumerate() {
                level.by_word.each(token.word.0 as usize, words, |way| {
                    if self.may_stand(way, (at, at + 1), words, tokens, table) {
                        self.attempt(way, at, tokens, table, &mut attempt);
                    }
                });
            }
            for index in 0..table.hits.len() {
                let hit = table.hits[index];
                let (anchor, end) = (hit.start as usize, hit.end as usize);
                level.by_class.each(hit.class.0 as usize, words, |way| {
                    if self.may_stand(way, (anchor, end), words, tokens, table) {
                        self.attempt(way, anchor, tokens, table, &mut attempt);
                    }
                });
            }
        }
    }

    /// Whether a way may match with its anchor at the tokens from `anchor` to `end`, in a sentence of these words.
    #[inline(always)]
    fn may_stand(
        &self,
        way: u32,
        (anchor, end): (usize, usize),
        words: &Words,
        tokens: &[Token],
        table: &Table,
    ) -> bool {
        self.needs[way as usize].met(words, table.classes)
            && self.ways[way as usize].beside.stands(anchor, end, tokens, table)
    }

    /// Tries a way with its anchor at a token, from every start that fits.
    fn attempt(&self, way: u32, anchor: usize, tokens: &[Token], table: &mut Table, attempt: &mut Attempt) {
        let Way { output, elements, before, .. } = &self.ways[way as usize];
        let elements = &self.elements[elements.clone()];
        let from = anchor.saturating_sub(before.1 as usize);
        let Some(to) = anchor.checked_sub(before.0 as usize) else { return };
        for start in from..=to {
            if !may_start(elements, tokens, table, start) {
                continue;
            }
            attempt.start(start);
            let Some(end) = step(elements, tokens, table, start, attempt) else { continue };
            if end <= anchor {
                continue;
            }
            match output {
                Output::Class(class) => {
                    table.add(Hit { class: *class, start: start as u16, end: end as u16, payload: 0 });
                }
                Output::Pattern(pattern) => {
                    let (captures, read) = (attempt.captures.clone(), attempt.read);
                    let found =
                        Match { pattern: *pattern, start: start as u16, end: end as u16, captures, read };
                    if !table.matches.contains(&found) {
                        table.matches.push(found);
                    }
                }
            }
        }
    }

    /// The grammar with these ways in it, of so many words.
    fn file(mut self, ways: Ways, outputs: &[Output], levels: &[u8], words: usize) -> Grammar {
        let mut standing = vec![0; words + 1];
        for id in ways.iter().flatten().flat_map(|e| match &e.kind {
            ElementKind::Words(ids) => &ids[..],
            _ => &[],
        }) {
            standing[id.0 as usize] += 1;
        }
        self.ways.reserve(ways.len());
        self.needs.reserve(ways.len());
        let last = levels.iter().max().map_or(0, |level| *level as usize + 1);
        let mut filed: Vec<[Vec<(u32, u32)>; 2]> = vec![Default::default(); last + 1];
        for ((output, elements), range) in outputs.iter().zip(ways.iter()).zip(ways.ranges(0)) {
            let level = match output {
                Output::Class(c) => levels[c.0 as usize] as usize,
                Output::Pattern(_) => last,
            };
            let Some(anchor) = anchor(elements, &standing) else { continue };
            let before = width(&elements[..anchor]);
            let index = self.ways.len() as u32;
            let [by_word, by_class] = &mut filed[level];
            match &elements[anchor].kind {
                ElementKind::Words(ids) => by_word.extend(ids.iter().map(|id| (id.0, index))),
                ElementKind::Class(class) => by_class.push((u32::from(class.0), index)),
                _ => continue,
            }
            let beside = Beside::of(elements, anchor);
            self.needs.push(Needs::of(elements, anchor));
            self.ways.push(Way { output: *output, elements: range, before, beside });
        }
        let level = |[by_word, by_class]: [Vec<(u32, u32)>; 2]| Level {
            by_word: Anchors::new(by_word, &self.needs),
            by_class: Anchors::new(by_class, &self.needs),
        };
        self.levels = filed.into_iter().map(level).collect();
        self.elements = ways.into_elements();
        self
    }
}

/// The element that is rarest among all patterns: the word element whose words stand in the fewest, else a class.
fn anchor(elements: &[Element], words: &[u32]) -> Option<usize> {
    let cost = |e: &Element| match &e.kind {
        ElementKind::Words(ids) => {
            ids.iter().map(|id| words.get(id.0 as usize).copied().unwrap_or(0)).sum::<u32>()
        }
        ElementKind::Class(_) => 60,
        _ => u32::MAX,
    };
    let fit = |e: &Element| !e.optional && matches!(e.kind, ElementKind::Words(_) | ElementKind::Class(_));
    elements.iter().enumerate().filter(|(_, e)| fit(e)).min_by_key(|(_, e)| cost(e)).map(|(at, _)| at)
}

/// How many tokens elements take, at least and at most; a class takes one to eight.
fn width(elements: &[Element]) -> (u16, u16) {
    elements.iter().fold((0, 0), |(least, most), e| {
        let (a, b) = match &e.kind {
            ElementKind::Words(_) | ElementKind::Any => (1, 1),
            ElementKind::Class(_) => (1, 8),
            ElementKind::Gap(n, _) => (0, *n as u16),
            _ => (0, 0),
        };
        (if e.optional { least } else { least + a }, most + b)
    })
}

/// The level of each class: 0 where its entries are words alone, else one above the classes they name. Slots that
/// nothing defines are 0; classes that name each other stop at a fixed height.
fn class_levels(ways: &Ways, outputs: &[Output], classes: usize) -> Vec<u8> {
    let mut levels = vec![0u8; classes];
    for _ in 0..6 {
        for (output, elements) in outputs.iter().zip(ways.iter()) {
            let Output::Class(class) = output else { continue };
            let above = elements.iter().filter_map(|e| match e.kind {
                ElementKind::Class(c) if c != *class => Some(levels[c.0 as usize] + 1),
                _ => None,
            });
            let level = above.max().unwrap_or(0).min(6);
            levels[class.0 as usize] = levels[class.0 as usize].max(level);
        }
    }
    levels
}
