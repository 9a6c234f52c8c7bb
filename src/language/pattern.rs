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
use super::token::{Lexicon, Shape, WordHasher, WordId, fold, is_one_word, tokenize};
use super::ways::Ways;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::Arc;

/// Index of a class of words and phrases, or of a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClassId(pub u16);

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

/// What patterns are compiled with.
pub(super) struct Compiler<'a> {
    /// Words get their numbers here.
    pub(super) lexicon: &'a mut Lexicon,
    /// Forms of words.
    pub(super) morphology: &'a Morphology,
    /// The class of a name; the error says that there is none.
    pub(super) class: &'a dyn Fn(&str) -> Result<ClassId, String>,
    /// The number of a label; labels are few.
    pub(super) labels: Vec<String>,
    /// The words that were asked for so far, each as an element takes it.
    pub(super) alone: HashMap<WordId, Arc<[WordId]>, BuildHasherDefault<WordHasher>>,
    /// The forms of those.
    pub(super) forms: HashMap<String, Arc<[WordId]>, BuildHasherDefault<WordHasher>>,
}

/// How many ways through one pattern are allowed.
const MOST_SEQUENCES: usize = 512;
/// How many elements one way may have.
const MOST_ELEMENTS: usize = 32;

/// What a part stands for.
enum Read {
    One(Element),
    Many(Ways),
}

impl Compiler<'_> {
    /// Adds all ways through `pattern` to `out`, or says what is wrong with it.
    pub(super) fn compile(&mut self, pattern: &str, out: &mut Ways) -> Result<(), String> {
        let before = out.len();
        let compiled = self.ways_through(pattern, before, out);
        if compiled.is_err() {
            out.truncate(before);
        }
        compiled
    }

    fn ways_through(&mut self, pattern: &str, before: usize, out: &mut Ways) -> Result<(), String> {
        let mut parser = Parser::new(pattern);
        self.alternatives(&mut parser, out)?;
        parser.ended()?;
        for elements in out.since(before) {
            let takes =
                |e: &Element| !matches!(e.kind, ElementKind::Gap(..) | ElementKind::Not(_)) && !e.optional;
            if !elements.iter().any(takes) {
                return Err("it can match nothing at all".into());
            }
            if elements.len() > MOST_ELEMENTS {
                return Err(format!("it is longer than {MOST_ELEMENTS} steps"));
            }
        }
        Ok(())
    }

    fn alternatives(&mut self, parser: &mut Parser, out: &mut Ways) -> Result<(), String> {
        self.sequence(parser, out)?;
        while parser.takes('|') {
            self.sequence(parser, out)?;
        }
        Ok(())
    }

    /// Adds all ways through the parts up to the next `|` or `)`.
    fn sequence(&mut self, parser: &mut Parser, out: &mut Ways) -> Result<(), String> {
        // What stands before the first part that can be read in several ways goes right where it belongs.
        let (mut ways, mut then): (Option<Ways>, Vec<Element>) = (None, Vec::new());
        while let Some(part) = parser.part()? {
            match self.read(part, parser)? {
                Read::One(element) if ways.is_none() => out.step(element),
                Read::One(element) => then.push(element),
                Read::Many(tails) => {
                    let heads = ways.get_or_insert_with(|| out.unfinished());
                    if heads.len() * tails.len() > MOST_SEQUENCES {
                        return Err(format!("it can be read in more than {MOST_SEQUENCES} ways: split it"));
                    }
                    heads.go_on(&then, tails);
                    then.clear();
                }
            }
        }
        match ways {
            None => out.end(),
            Some(mut ways) => {
                if !then.is_empty() {
                    ways.go_on(&then, Ways::of(Vec::new()));
                }
                out.extend(ways);
            }
        }
        Ok(())
    }

    fn read(&mut self, part: Part, parser: &mut Parser) -> Result<Read, String> {
        let one = |kind| Ok(Read::One(Element { kind, optional: false, label: None }));
        match part {
            Part::Word(word) => one(ElementKind::Words(self.alone(word))),
            Part::Spellings(spellings) => Ok(self.word(&spellings)),
            Part::Lemma(word) if is_one_word(word) => {
                let optional = parser.takes('?');
                Ok(Read::One(Element { optional, ..element(self.forms(word)) }))
            }
            Part::Lemma(word) => {
                let mut ways = self.compound(word);
                optional(&mut ways, parser.takes('?'));
                Ok(Read::Many(ways))
            }
            Part::Class { name, label } => {
                let kind = ElementKind::Class((self.class)(name)?);
                let label = label.map(|label| self.label(label));
                Ok(Read::One(Element { kind, optional: parser.takes('?'), label }))
            }
            Part::Any => one(ElementKind::Any),
            Part::Gap(most, marks) => one(ElementKind::Gap(most, marks)),
            Part::Start => one(ElementKind::Start),
            Part::End => one(ElementKind::End),
            Part::Not(words) => {
                let words: Vec<&str> = words.split('|').map(str::trim).collect();
                one(ElementKind::Not(self.intern_all(&words)))
            }
            Part::Group => self.group(parser),
        }
    }

    /// A group is one element where every way through it is one word, else a way each.
    fn group(&mut self, parser: &mut Parser) -> Result<Read, String> {
        parser.open()?;
        let (mut inside, mut words) = (Ways::default(), Vec::with_capacity(16));
        loop {
            match parser.lone_word() {
                Some(word) => words.push(self.lexicon.intern(word)),
                None => self.sequence(parser, &mut inside)?,
            }
            if !parser.takes('|') {
                break;
            }
        }
        parser.close()?;
        let one_word = |elements: &[Element]| match elements {
            [Element { kind: ElementKind::Words(words), optional: false, label: None }] => {
                Some(words.clone())
            }
            _ => None,
        };
        let mut ways = Ways::default();
        if inside.iter().any(|elements| one_word(elements).is_some()) {
            for elements in inside.iter() {
                match one_word(elements) {
                    Some(more) => words.extend(more.iter().copied()),
                    None => ways.push(elements),
                }
            }
        } else {
            ways = inside;
        }
        if !words.is_empty() {
            words.sort_unstable();
            words.dedup();
            let only = Element { optional: ways.len() == 0 && parser.takes('?'), ..element(words) };
            if ways.len() == 0 {
                return Ok(Read::One(only));
            }
            ways.push(&[only]);
        }
        optional(&mut ways, parser.takes('?'));
        Ok(one_or_many(ways))
    }

    /// Any form of a compound, of which the last word changes: "open-sourced".
    fn compound(&mut self, word: &str) -> Ways {
        let plain = word.replace("[- ]", " ");
        let (head, last) = plain.rsplit_once([' ', '-']).unwrap_or(("", plain.as_str()));
        let forms = self.forms(last);
        let mut way: Vec<Element> =
            intern_phrase(head, self.lexicon).into_iter().map(|id| element([id])).collect();
        way.push(element(forms));
        Ways::of(way)
    }

    /// A word by itself; patterns name the same few again and again.
    fn alone(&mut self, word: &str) -> Arc<[WordId]> {
        let id = self.lexicon.intern(word);
        self.alone.entry(id).or_insert_with(|| Arc::new([id])).clone()
    }

    fn forms(&mut self, word: &str) -> Arc<[WordId]> {
        if let Some(forms) = self.forms.get(word) {
            return forms.clone();
        }
        let forms = self.morphology.forms(word);
        let forms = self.intern_all(&forms);
        self.forms.insert(word.to_string(), forms.clone());
        forms
    }

    /// The spellings of one written word: those of one token share an element.
    fn word(&mut self, spellings: &[String]) -> Read {
        let (mut single, mut ways) = (Vec::new(), Ways::default());
        for spelling in spellings {
            let ids = intern_phrase(spelling, self.lexicon);
            match ids.as_slice() {
                [id] => single.push(*id),
                _ => {
                    ids.iter().for_each(|id| ways.step(element([*id])));
                    ways.end();
                }
            }
        }
        single.sort_unstable();
        single.dedup();
        if !single.is_empty() && ways.len() == 0 {
            return Read::One(element(single));
        }
        if !single.is_empty() {
            ways.push(&[element(single)]);
        }
        one_or_many(ways)
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

/// Lets what is read be left out, if it may.
fn optional(ways: &mut Ways, may: bool) {
    match ways.only() {
        _ if !may => {}
        Some(only) => only.optional = true,
        None => ways.end(),
    }
}

fn one_or_many(mut ways: Ways) -> Read {
    match ways.only() {
        Some(only) => Read::One(only.clone()),
        None => Read::Many(ways),
    }
}

fn element(words: impl Into<Arc<[WordId]>>) -> Element {
    Element { kind: ElementKind::Words(words.into()), optional: false, label: None }
}
