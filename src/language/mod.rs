//! English as the linter knows it: words, phrase patterns, sentences, clauses and their context.
//!
//! The knowledge itself is data (`rules/language/en.yaml`); this module reads the file and hands its patterns to the one
//! [`grammar`] that rules and language share.

pub mod lexicon;
pub mod token;
pub mod morphology;
mod syntax;
mod ways;
pub mod pattern;
pub mod table;
mod sieve;
mod anchors;
mod matching;
pub mod grammar;
pub mod sentence;
pub mod context;

use crate::yaml::{Fields, Item, Node, Problem, Problems};
use grammar::{Builder, PatternId};
use morphology::Morphology;
use std::collections::HashMap;
use token::{Lexicon, WordSet};

/// What a trigger does to the statement in its reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Nothing: it is there to hide a shorter trigger inside it.
    Hide,
    /// Turns it round.
    Not,
    /// Leaves it open.
    Doubt,
    /// Makes it a condition or what hangs on one.
    Suppose,
    /// Puts it in the future.
    Plan,
    /// Says that it will be so, as one says of what something can do.
    Will,
    /// Puts it in the past.
    Past,
    /// Tells of something that came about.
    Event,
    /// Names a time: the past, unless something came about at it.
    When,
    /// The draft itself takes it back.
    Deny,
    /// Says who says it.
    Report,
}

/// Which part of the sentence a trigger touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// From the trigger to the end of its clause.
    After,
    /// From the start of its clause to the trigger.
    Before,
    /// Its clause.
    Around,
    /// From the trigger to the end of the sentence.
    Rest,
    /// The whole sentence.
    Sentence,
}

/// A kind of trigger of the language file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trigger {
    /// What it does.
    pub effect: Effect,
    /// To what.
    pub reach: Reach,
}

/// What a pattern of the language file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// It changes what a statement in its reach states.
    Trigger(Trigger),
    /// A question that takes what it asks about for granted.
    Presume,
    /// It answers or confirms the sentence before.
    Yes,
    /// It answers the sentence before with no, or takes it back.
    No,
    /// Its model takes over what was just read.
    Same,
    /// Its model takes over the opposite.
    Opposite,
    /// It stands for a model that was named before.
    Refer(Refer),
}

/// How a phrase stands for a model without naming it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refer {
    /// "it"; words of their own, which the language keeps apart.
    It,
    /// "the model", "the lab's reasoner".
    Model,
    /// "that model": the last that was named, if the passage is about it.
    That,
    /// "the former".
    Former,
    /// "the latter".
    Latter,
    /// "both models": the last two that were named.
    Both,
    /// "the first of them", "the last two": of those that a list named, from which on (from its end if below 0) and how many.
    Listed(i8, u8),
    /// "its predecessor", "the earlier model": another than the one at hand, and not told which.
    Other,
}

/// The language file, read.
#[derive(Debug, Clone, Default)]
pub struct Language {
    /// Forms of words.
    pub morphology: Morphology,
    /// What each pattern is for, by [`PatternId`]; the language's patterns are numbered from 0.
    pub uses: Vec<Use>,
    /// Words and marks that always end a clause.
    pub breaks: WordSet,
    /// Those that end one if a finite verb follows.
    pub soft_breaks: WordSet,
    /// Words that join the members of a list.
    pub conjunctions: WordSet,
    /// Those of them that carry a "no" on through the list.
    pub alternatives: WordSet,
    /// Words that show that a draft speaks of models at all.
    pub domain: WordSet,
    /// Words that stand for one model that was named before.
    pub pronouns: WordSet,
    /// Slot name and the kinds of subject that fill it.
    pub slots: Vec<(String, Vec<String>)>,
    patterns: Vec<(PatternId, String, crate::text::Span, String)>,
    classes: Vec<(String, String)>,
}

const EFFECTS: [(&str, Effect); 11] = [
    ("none", Effect::Hide),
    ("not", Effect::Not),
    ("doubt", Effect::Doubt),
    ("suppose", Effect::Suppose),
    ("plan", Effect::Plan),
    ("will", Effect::Will),
    ("past", Effect::Past),
    ("event", Effect::Event),
    ("when", Effect::When),
    ("deny", Effect::Deny),
    ("report", Effect::Report),
];

const REACHES: [(&str, Reach); 5] = [
    ("after", Reach::After),
    ("before", Reach::Before),
    ("around", Reach::Around),
    ("rest", Reach::Rest),
    ("sentence", Reach::Sentence),
];

impl Language {
    /// Reads the file. What does not fit is a problem at its place; the rest is read.
    pub fn load(file: usize, root: &Node, lexicon: &mut Lexicon) -> (Language, Vec<Problem>) {
        let problems = Problems::new(file);
        let mut language = Language::default();
        if let Some(mut fields) = problems.fields(root) {
            fields.str("language");
            language.read(&mut fields, lexicon);
            fields.finish();
        }
        (language, problems.take())
    }

    /// Hands its classes and patterns to the grammar.
    pub fn register(&self, builder: &mut Builder) {
        for (class, pattern) in &self.classes {
            builder.entry(class, pattern);
        }
        for (id, pattern, _, _) in &self.patterns {
            builder.pattern(*id, pattern);
            // What stands for a model fills its slot as a name does.
            if matches!(self.uses.get(*id as usize), Some(Use::Refer(_))) {
                builder.entry("model", pattern);
            }
        }
    }

    /// Where a pattern stands in the file, for faults that the grammar finds: span and key.
    pub fn place(&self, id: PatternId) -> Option<(crate::text::Span, &str)> {
        self.patterns.iter().find(|p| p.0 == id).map(|p| (p.2, p.3.as_str()))
    }

    fn read(&mut self, fields: &mut Fields<'_>, lexicon: &mut Lexicon) {
        let irregular = fields.get("irregular").map(|i| i.entries()).unwrap_or_default();
        let forms: HashMap<_, _> = irregular
            .iter()
            .map(|(base, _, forms)| {
                (base.to_string(), forms.strings().iter().map(|s| s.to_string()).collect())
            })
            .collect();
        self.morphology = Morphology::new(forms);
        for (class, _, entries) in fields.get("classes").map(|i| i.entries()).unwrap_or_default() {
            self.classes.extend(entries.strings().iter().map(|p| (class.to_string(), p.to_string())));
        }
        if let Some(mut breaks) = fields.fields("breaks") {
            self.breaks = breaks.strings("hard").iter().map(|w| lexicon.intern(w)).collect();
            self.soft_breaks = breaks.strings("verb").iter().map(|w| lexicon.intern(w)).collect();
            breaks.finish();
        }
        self.conjunctions = fields.strings("conjunctions").iter().map(|w| lexicon.intern(w)).collect();
        self.alternatives = fields.strings("alternatives").iter().map(|w| lexicon.intern(w)).collect();
        for item in fields.list("triggers") {
            self.read_trigger(&item);
        }
        self.domain = fields.strings("domain").iter().map(|w| lexicon.intern(w)).collect();
        let slots = fields.get("slots").map(|i| i.entries()).unwrap_or_default();
        let kinds = |kinds: &Item<'_>| kinds.strings().iter().map(|k| k.to_string()).collect();
        self.slots = slots.iter().map(|(slot, _, item)| (slot.to_string(), kinds(item))).collect();
        for item in fields.one_or_many("presuming") {
            self.add(Use::Presume, &item);
        }
        self.read_uses(fields, "replies", &[("yes", Use::Yes), ("no", Use::No)]);
        self.read_uses(fields, "echoes", &[("same", Use::Same), ("opposite", Use::Opposite)]);
        self.pronouns = fields.strings("pronouns").iter().map(|w| lexicon.intern(w)).collect();
        let refers = [
            ("model", Refer::Model),
            ("that", Refer::That),
            ("former", Refer::Former),
            ("latter", Refer::Latter),
            ("both", Refer::Both),
            ("other", Refer::Other),
            ("first", Refer::Listed(0, 1)),
            ("second", Refer::Listed(1, 1)),
            ("third", Refer::Listed(2, 1)),
            ("last", Refer::Listed(-1, 1)),
            ("first-two", Refer::Listed(0, 2)),
            ("last-two", Refer::Listed(-2, 2)),
        ];
        self.read_uses(fields, "refers", &refers.map(|(name, refer)| (name, Use::Refer(refer))));
    }

    fn read_uses(&mut self, fields: &mut Fields<'_>, key: &'static str, uses: &[(&'static str, Use)]) {
        let Some(mut group) = fields.fields(key) else { return };
        for (name, usage) in uses {
            for item in group.one_or_many(name) {
                self.add(*usage, &item);
            }
        }
        group.finish();
    }

    fn read_trigger(&mut self, item: &Item<'_>) {
        let Some(mut fields) = item.fields() else { return };
        let effects = EFFECTS.map(|(name, _)| name);
        let reaches = REACHES.map(|(name, _)| name);
        let effect = fields.required("effect").and_then(|i| i.one_of("effect", &effects));
        let reach = fields.required("reach").and_then(|i| i.one_of("reach", &reaches));
        let phrases = fields.one_or_many("phrases");
        fields.finish();
        let effect = EFFECTS.iter().find(|(name, _)| Some(*name) == effect);
        let reach = REACHES.iter().find(|(name, _)| Some(*name) == reach);
        if let (Some((_, effect)), Some((_, reach))) = (effect, reach) {
            for phrase in phrases {
                self.add(Use::Trigger(Trigger { effect: *effect, reach: *reach }), &phrase);
            }
        }
    }

    fn add(&mut self, usage: Use, item: &Item<'_>) {
        if let Some(pattern) = item.str() {
            let id = self.uses.len() as PatternId;
            self.patterns.push((id, pattern.to_string(), item.span(), item.path()));
            self.uses.push(usage);
        }
    }
}
