//! Phrase patterns: how rule and language files say what prose looks like.
//!
//! A pattern is a line of words over tokens, not characters:
//!
//! | written | reads |
//! | --- | --- |
//! | `open source` | those words, any case, with or without a hyphen between them |
//! | `sourced?`, `licen[cs]e` | "source" or "sourced"; "licence" or "license" |
//! | `(the \|its )?weights`, `(a\|b c)` | an optional part; either part; `<be>?`, `{artifact}?` and `,?` are optional too |
//! | `<release>` | any form of the word: release, releases, released, releasing; of a compound (`<open[- ]source>`) its last word's |
//! | `{artifact}` | anything of the class (or slot) of that name |
//! | `{baseline:model}` | the same, remembered as `baseline` |
//! | `_` | any one word |
//! | `...` | up to five words, none of them a mark such as a comma |
//! | `~` | up to twelve words, commas allowed |
//! | `!(yet\|to)` | not followed by those words |
//! | `^`, `$` | start and end of the sentence (marks at its end do not count) |

use super::morphology::Morphology;
use super::syntax::{Alternatives, Parser, Part};
use super::token::{Lexicon, Shape, WordId, fold, is_one_word, tokenize};
use std::ops::Range;
use std::sync::Arc;

/// Index of a class of words and phrases, or of a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClassId(pub u16);

/// Ways through patterns, the elements of all of them in one stretch of memory.
#[derive(Debug, Clone, Default)]
pub struct Ways {
    elements: Vec<Element>,
    ends: Vec<usize>,
}

impl Ways {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Each with its elements in order.
    pub fn iter(&self) -> impl Iterator<Item = &[Element]> {
        self.ranges().map(|range| self.elements.get(range).unwrap_or_default())
    }

    /// Where each stands among [`Ways::into_elements`].
    pub fn ranges(&self) -> impl Iterator<Item = Range<usize>> {
        self.ends.iter().scan(0, |from, end| Some(std::mem::replace(from, *end)..*end))
    }

    /// The elements of all, one way after another.
    pub fn into_elements(self) -> Vec<Element> {
        self.elements
    }

    fn of(elements: Vec<Element>) -> Ways {
        Ways { ends: vec![elements.len()], elements }
    }

    fn push(&mut self, elements: impl IntoIterator<Item = Element>) {
        self.elements.extend(elements);
        self.ends.push(self.elements.len());
    }

    fn extend(&mut self, more: Ways) {
        let before = self.elements.len();
        self.elements.extend(more.elements);
        self.ends.extend(more.ends.iter().map(|end| before + end));
    }

    /// Every way of these, then the elements between, then every way of the others.
    fn through(self, between: Vec<Element>, others: Ways) -> Ways {
        match (self.ends.as_slice(), others.ends.as_slice()) {
            ([0], _) if between.is_empty() => others,
            ([_], [0]) => {
                let mut elements = self.elements;
                elements.extend(between);
                Ways::of(elements)
            }
            _ => {
                let mut all = Ways::default();
                for head in self.iter() {
                    for tail in others.iter() {
                        all.push(head.iter().chain(&between).chain(tail).cloned());
                    }
                }
                all
            }
        }
    }
}

/// One step of a way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// What it takes.
    pub kind: ElementKind,
    /// Whether it may be left out.
    pub optional: bool,
    /// Name under which what it took is remembered (index into the grammar's labels).
    pub label: Option<u8>,
}

/// What an element takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ElementKind {
    /// One of these words (sorted).
    Words(Arc<[WordId]>),
    /// Something of that class.
    Class(ClassId),
    /// Any one word that is no mark.
    Any,
    /// Up to that many tokens; marks only if the flag is set.
    Gap(u8, bool),
    /// Nothing, provided none of these words comes next.
    Not(Arc<[WordId]>),
    /// Nothing, at the start of the sentence.
    Start,
    /// Nothing, at the end of the sentence.
    End,
}

/// What a pattern is compiled with.
pub struct Compiler<'a> {
    /// Words get their numbers here.
    pub lexicon: &'a mut Lexicon,
    /// Forms of words.
    pub morphology: &'a Morphology,
    /// The class of a name; the error says that there is none.
    pub class: &'a dyn Fn(&str) -> Result<ClassId, String>,
    /// The number of a label; labels are few.
    pub labels: &'a mut Vec<String>,
}

/// How many ways through one pattern are allowed.
const MOST_SEQUENCES: usize = 512;
/// How many elements one way may have.
const MOST_ELEMENTS: usize = 32;

impl Compiler<'_> {
    /// Adds all ways through `pattern` to `out`, or says what is wrong with it.
    pub fn compile(&mut self, pattern: &str, out: &mut Ways) -> Result<(), String> {
        let mut parser = Parser { rest: pattern, depth: 0 };
        let alternatives = parser.alternatives()?;
        if !parser.rest.is_empty() {
            return Err(format!("`{}` closes nothing", &parser.rest[..1]));
        }
        let mut ways = Ways::default();
        for parts in alternatives.iter() {
            ways.extend(self.expand(parts)?);
        }
        for elements in ways.iter() {
            let takes =
                |e: &Element| !matches!(e.kind, ElementKind::Gap(..) | ElementKind::Not(_)) && !e.optional;
            if !elements.iter().any(takes) {
                return Err("it can match nothing at all".into());
            }
            if elements.len() > MOST_ELEMENTS {
                return Err(format!("it is longer than {MOST_ELEMENTS} steps"));
            }
        }
        out.extend(ways);
        Ok(())
    }

    fn expand(&mut self, parts: &[Part]) -> Result<Ways, String> {
        let mut ways = Ways::of(Vec::new());
        // Elements that follow all of them.
        let mut then = Vec::with_capacity(parts.len());
        for part in parts {
            if let Some(element) = self.simple(part)? {
                then.push(element);
                continue;
            }
            let tails = self.ways(part)?;
            if ways.len() * tails.len() > MOST_SEQUENCES {
                return Err(format!("it can be read in more than {MOST_SEQUENCES} ways: split it"));
            }
            ways = ways.through(std::mem::take(&mut then), tails);
        }
        Ok(match then.is_empty() {
            true => ways,
            false => ways.through(then, Ways::of(Vec::new())),
        })
    }

    /// The one element that most parts are.
    fn simple(&mut self, part: &Part) -> Result<Option<Element>, String> {
        let kind = match part {
            Part::Word(word) if is_one_word(word) => {
                ElementKind::Words(Arc::new([self.lexicon.intern(word)]))
            }
            Part::Lemma(word) if is_one_word(word) => {
                let forms = self.morphology.forms(word);
                ElementKind::Words(self.intern_all(&forms))
            }
            Part::Class { name, label } => {
                let class = (self.class)(name)?;
                let label = label.as_ref().map(|l| self.label(l));
                return Ok(Some(Element { kind: ElementKind::Class(class), optional: false, label }));
            }
            Part::Any => ElementKind::Any,
            Part::Gap(most, marks) => ElementKind::Gap(*most, *marks),
            Part::Start => ElementKind::Start,
            Part::End => ElementKind::End,
            Part::Not(words) => {
                let words: Vec<&str> = words.split('|').map(str::trim).collect();
                ElementKind::Not(self.intern_all(&words))
            }
            Part::Spellings(spellings) => match spellings.as_slice() {
                [word] if is_one_word(word) => ElementKind::Words(Arc::new([self.lexicon.intern(word)])),
                _ => return Ok(None),
            },
            Part::Word(_) | Part::Lemma(_) | Part::Group { .. } => return Ok(None),
        };
        Ok(Some(Element { kind, optional: false, label: None }))
    }

    /// The ways through a part that is more than one element.
    fn ways(&mut self, part: &Part) -> Result<Ways, String> {
        match part {
            Part::Word(word) => Ok(self.word(&[word])),
            Part::Spellings(spellings) => Ok(self.word(spellings)),
            Part::Lemma(word) => {
                // Of a compound the last word changes: "open-sourced".
                let plain = word.replace("[- ]", " ");
                let (head, last) = plain.rsplit_once([' ', '-']).unwrap_or(("", plain.as_str()));
                let forms = self.morphology.forms(last);
                let forms = self.intern_all(&forms);
                let mut way: Vec<Element> =
                    intern_phrase(head, self.lexicon).into_iter().map(|id| element([id])).collect();
                way.push(element(forms));
                Ok(Ways::of(way))
            }
            Part::Group { alternatives, optional } => self.group(alternatives, *optional),
            part => Ok(self.simple(part)?.map_or_else(Ways::default, |element| Ways::of(vec![element]))),
        }
    }

    /// A group is one element where every way through it is one word, else a way each.
    fn group(&mut self, alternatives: &Alternatives, optional: bool) -> Result<Ways, String> {
        let mut ways = Ways::default();
        let mut words: Vec<WordId> = Vec::new();
        for parts in alternatives.iter() {
            if let [Part::Word(word)] = parts
                && is_one_word(word)
            {
                words.push(self.lexicon.intern(word));
                continue;
            }
            for elements in self.expand(parts)?.iter() {
                match elements {
                    [Element { kind: ElementKind::Words(w), optional: false, label: None }] => {
                        words.extend(w.iter().copied())
                    }
                    elements => ways.push(elements.iter().cloned()),
                }
            }
        }
        if !words.is_empty() {
            words.sort_unstable();
            words.dedup();
            ways.push([element(words)]);
        }
        if optional {
            match ways.elements.as_mut_slice() {
                [only] if ways.ends.len() == 1 => only.optional = true,
                _ => ways.push([]),
            }
        }
        Ok(ways)
    }

    /// The spellings of one written word: those of one token share an element.
    fn word<W: AsRef<str>>(&mut self, spellings: &[W]) -> Ways {
        let mut single = Vec::new();
        let mut ways = Ways::default();
        for spelling in spellings {
            let ids = intern_phrase(spelling.as_ref(), self.lexicon);
            match ids.as_slice() {
                [id] => single.push(*id),
                _ => ways.push(ids.iter().map(|id| element([*id]))),
            }
        }
        if !single.is_empty() {
            single.sort_unstable();
            single.dedup();
            ways.push([element(single)]);
        }
        ways
    }

    fn intern_all<W: AsRef<str>>(&mut self, words: &[W]) -> Arc<[WordId]> {
        let mut ids: Vec<WordId> = words.iter().map(|w| self.lexicon.intern(w.as_ref())).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.into()
    }

    fn label(&mut self, name: &str) -> u8 {
        if let Some(at) = self.labels.iter().position(|l| l == name) {
            return at as u8;
        }
        self.labels.push(name.to_string());
        (self.labels.len() - 1).min(u8::MAX as usize) as u8
    }
}

/// The words of a phrase, numbered now if they were not.
pub fn intern_phrase(phrase: &str, lexicon: &mut Lexicon) -> Vec<WordId> {
    if is_one_word(phrase) || phrase.starts_with(['\'', '’']) {
        return vec![lexicon.intern(phrase)];
    }
    let mut tokens = Vec::new();
    tokenize(phrase, lexicon, &mut tokens);
    let mut word = String::new();
    tokens
        .iter()
        .map(|token| {
            word.clear();
            match token.shape {
                Shape::Mark => word.extend(token.span.of(phrase).chars().map(super::token::plain_mark)),
                _ => fold(token.span.of(phrase), &mut word),
            }
            lexicon.intern(&word)
        })
        .collect()
}

fn element(words: impl Into<Arc<[WordId]>>) -> Element {
    Element { kind: ElementKind::Words(words.into()), optional: false, label: None }
}
