//! What must be known of all of a draft before any of it is read: who is named, in what letter case, in what field.

use super::reader::Reader;
use crate::draft::Draft;
use crate::knowledge::{Knowledge, SubjectId};
use crate::language::token::{Shape, tokenize};
use std::collections::BTreeSet;

/// What a stretch of a draft holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Survey {
    /// Whether some name may stand in it at all.
    pub named: bool,
    /// Whether some word starts with a capital.
    pub capital: bool,
    /// Whether names were looked for in any letter case.
    pub any_case: bool,
    domain: bool,
    introduced: Vec<SubjectId>,
    /// Whose short names it uses for something else.
    foreign: Vec<SubjectId>,
    /// Whom the title in its front matter names.
    titled: Vec<SubjectId>,
    /// The names in each block.
    names: Vec<Vec<Name>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Name {
    subject: SubjectId,
    short: bool,
    proper: bool,
}

impl Survey {
    /// Looks a stretch over; in any letter case where no part of the draft has capitals.
    pub fn of(reader: &Reader, draft: &Draft, any_case: bool) -> Survey {
        let mut survey = Survey { any_case, ..Survey::default() };
        let (mut tokens, mut found) = (Vec::new(), Vec::new());
        for block in &draft.blocks {
            tokens.clear();
            found.clear();
            let named = reader.names.may_stand_in(&block.text);
            survey.named |= named;
            if !survey.capital || !survey.domain || named {
                tokenize(&block.text, &reader.lexicon, &mut tokens);
            }
            survey.capital = survey.capital || tokens.iter().any(|t| t.shape == Shape::Capital);
            survey.domain = survey.domain || tokens.iter().any(|t| reader.language.domain.contains(t.word));
            reader.names.find(&block.text, &tokens, any_case, &mut found);
            survey.foreign.extend(found.iter().filter(|n| n.foreign).map(|n| n.subject));
            found.retain(|n| !n.foreign);
            let name = |n: &super::names::Named| Name {
                subject: n.subject,
                short: n.short,
                proper: n.start > 0 && !any_case,
            };
            let names: Vec<Name> = found.iter().map(name).collect();
            survey.introduced.extend(names.iter().filter(|n| !n.short).map(|n| n.subject));
            survey.names.push(names);
        }
        if let Some((title, _)) = draft.front.get("title") {
            tokens.clear();
            found.clear();
            tokenize(title, &reader.lexicon, &mut tokens);
            reader.names.find(title, &tokens, any_case, &mut found);
            survey.titled = found.iter().filter(|n| !n.short && !n.foreign).map(|n| n.subject).collect();
            survey.named |= !survey.titled.is_empty();
        }
        survey
    }

    /// The subjects named in each block.
    pub fn subjects(&self, whole: &Whole, knowledge: &Knowledge) -> Vec<Vec<SubjectId>> {
        let taken = |n: &&Name| !n.short || whole.accepts(n.subject, n.proper, knowledge);
        let named = |names: &Vec<Name>| names.iter().filter(taken).map(|n| n.subject).collect();
        self.names.iter().map(named).collect()
    }
}

/// What holds for all of a draft.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Whole {
    /// The draft is in small letters throughout, so names need no capitals.
    pub any_case: bool,
    /// All models that it names.
    pub models: Vec<SubjectId>,
    /// The one model that it names, if it names one alone.
    pub only: Vec<SubjectId>,
    domain: bool,
    introduced: BTreeSet<SubjectId>,
    foreign: BTreeSet<SubjectId>,
}

impl Whole {
    /// Sums up the stretches of a draft.
    pub fn of<'s>(
        surveys: impl Iterator<Item = &'s Survey> + Clone,
        reader: &Reader,
        knowledge: &Knowledge,
    ) -> Whole {
        let mut whole = Whole { any_case: true, ..Whole::default() };
        for survey in surveys.clone() {
            whole.any_case &= survey.any_case || !survey.capital;
            whole.domain |= survey.domain;
            whole.introduced.extend(&survey.introduced);
            whole.foreign.extend(&survey.foreign);
        }
        let names = || surveys.clone().flat_map(|s| &s.names).flatten();
        // Names of several subjects speak for each other.
        let mut own = names().map(|name| name.subject).filter(|s| !whole.foreign.contains(s));
        let first = own.next();
        whole.domain |= own.any(|subject| Some(subject) != first);
        let mut models = BTreeSet::new();
        for name in names() {
            if reader.is_model(name.subject)
                && !models.contains(&name.subject)
                && (!name.short || whole.accepts(name.subject, name.proper, knowledge))
            {
                models.insert(name.subject);
            }
        }
        whole.models = models.into_iter().collect();
        // A draft whose text names no model is about the one in its title.
        if whole.models.is_empty() {
            let titled = surveys.clone().flat_map(|s| &s.titled).copied();
            whole.models = titled.filter(|s| reader.is_model(*s)).collect();
            whole.introduced.extend(&whole.models);
        }
        // A family or series is no other model beside its member.
        let kin: Vec<SubjectId> = whole.models.iter().flat_map(|s| knowledge.line(*s).skip(1)).collect();
        let mut heads = whole.models.iter().filter(|s| !kin.contains(s));
        whole.only = match (heads.next(), heads.next()) {
            (Some(one), None) => vec![*one],
            _ => Vec::new(),
        };
        whole
    }

    /// Whether a short name may stand for its subject here: it has a capital inside a sentence, the subject or a relative of
    /// it was named in full, or the draft speaks of models at all and never calls another thing by that name.
    pub fn accepts(&self, subject: SubjectId, proper: bool, knowledge: &Knowledge) -> bool {
        if self.introduced.contains(&subject) {
            return true;
        }
        !self.foreign.contains(&subject)
            && (self.domain || proper || {
                let kin = knowledge.makers(subject);
                self.introduced
                    .iter()
                    .any(|s| kin.contains(s) || knowledge.makers(*s).iter().any(|m| kin.contains(m)))
            })
    }
}
