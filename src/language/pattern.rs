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
use super::syntax::{Parser, Part};
use super::token::{Lexicon, Shape, WordId, fold, is_one_word, tokenize};
use std::borrow::Cow;
use std::sync::Arc;

/// Index of a class of words and phrases, or of a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClassId(pub u16);

/// One way through a pattern: elements one after another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sequence {
    /// In order.
    pub elements: Vec<Element>,
}

/// One step of a sequence.
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
    /// All ways through `pattern`, or what is wrong with it.
    pub fn compile(&mut self, pattern: &str) -> Result<Vec<Sequence>, String> {
        let mut parser = Parser { rest: pattern, depth: 0 };
        let alternatives = parser.alternatives()?;
        if !parser.rest.is_empty() {
            return Err(format!("`{}` closes nothing", &parser.rest[..1]));
        }
        let mut out = Vec::new();
        for parts in &alternatives {
            out.extend(self.expand(parts)?);
        }
        for sequence in &out {
            let takes =
                |e: &Element| !matches!(e.kind, ElementKind::Gap(..) | ElementKind::Not(_)) && !e.optional;
            if !sequence.elements.iter().any(takes) {
                return Err("it can match nothing at all".into());
            }
            if sequence.elements.len() > MOST_ELEMENTS {
                return Err(format!("it is longer than {MOST_ELEMENTS} steps"));
            }
        }
        Ok(out)
    }

    fn expand(&mut self, parts: &[Part]) -> Result<Vec<Sequence>, String> {
        let mut ways = vec![Sequence { elements: Vec::with_capacity(parts.len()) }];
        for part in parts {
            if let Some(element) = self.simple(part)? {
                ways.iter_mut().for_each(|way| way.elements.push(element.clone()));
                continue;
            }
            let tails = self.ways(part)?;
            if ways.len() * tails.len() > MOST_SEQUENCES {
                return Err(format!("it can be read in more than {MOST_SEQUENCES} ways: split it"));
            }
            ways = ways
                .iter()
                .flat_map(|head| {
                    tails.iter().map(|tail| {
                        let mut elements = Vec::with_capacity(head.elements.len() + tail.len() + parts.len());
                        elements.extend(head.elements.iter().chain(tail).cloned());
                        Sequence { elements }
                    })
                })
                .collect();
        }
        Ok(ways)
    }

    /// The one element that most parts are.
    fn simple(&mut self, part: &Part) -> Result<Option<Element>, String> {
        let kind = match part {
            Part::Word(spellings) => match spellings.as_slice() {
                [word] if is_one_word(word) => ElementKind::Words(Arc::new([self.lexicon.intern(word)])),
                _ => return Ok(None),
            },
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
            Part::Not(words) => ElementKind::Not(self.intern_all(words)),
            Part::Lemma(_) | Part::Group { .. } => return Ok(None),
        };
        Ok(Some(Element { kind, optional: false, label: None }))
    }

    /// The ways through a part that is more than one element.
    fn ways(&mut self, part: &Part) -> Result<Vec<Vec<Element>>, String> {
        match part {
            Part::Word(spellings) => Ok(self.word(spellings)),
            Part::Lemma(word) => {
                // Of a compound the last word changes: "open-sourced".
                let plain = word.replace("[- ]", " ");
                let (head, last) = plain.rsplit_once([' ', '-']).unwrap_or(("", plain.as_str()));
                let forms = self.morphology.forms(last);
                let forms = self.intern_all(&forms);
                let mut way: Vec<Element> =
                    intern_phrase(head, self.lexicon).into_iter().map(|id| element([id])).collect();
                way.push(element(forms));
                Ok(vec![way])
            }
            Part::Group { alternatives, optional } => self.group(alternatives, *optional),
            part => Ok(self.simple(part)?.into_iter().map(|element| vec![element]).collect()),
        }
    }

    /// A group is one element where every way through it is one word, else a way each.
    fn group(&mut self, alternatives: &[Vec<Part>], optional: bool) -> Result<Vec<Vec<Element>>, String> {
        let mut ways: Vec<Vec<Element>> = Vec::new();
        let mut words: Vec<WordId> = Vec::new();
        for parts in alternatives {
            if let [Part::Word(spellings)] = parts.as_slice()
                && let [word] = spellings.as_slice()
                && is_one_word(word)
            {
                words.push(self.lexicon.intern(word));
                continue;
            }
            for way in self.expand(parts)? {
                match way.elements.as_slice() {
                    [Element { kind: ElementKind::Words(w), optional: false, label: None }] => {
                        words.extend(w.iter().copied())
                    }
                    _ => ways.push(way.elements),
                }
            }
        }
        if !words.is_empty() {
            words.sort_unstable();
            words.dedup();
            ways.push(vec![Element { kind: ElementKind::Words(words.into()), optional: false, label: None }]);
        }
        if optional {
            match ways.as_mut_slice() {
                [way] if way.len() == 1 => way[0].optional = true,
                _ => ways.push(Vec::new()),
            }
        }
        Ok(ways)
    }

    /// The spellings of one written word: those of one token share an element.
    fn word(&mut self, spellings: &[Cow<str>]) -> Vec<Vec<Element>> {
        let mut single = Vec::new();
        let mut ways = Vec::new();
        for spelling in spellings {
            let ids = intern_phrase(spelling, self.lexicon);
            match ids.as_slice() {
                [id] => single.push(*id),
                _ => ways.push(ids.iter().map(|id| element([*id])).collect()),
            }
        }
        if !single.is_empty() {
            single.sort_unstable();
            single.dedup();
            ways.push(vec![element(single)]);
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
