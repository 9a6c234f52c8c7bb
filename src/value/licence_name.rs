//! Finds licence names in prose: "Apache 2.0", "the MIT License", "under a Llama community licence".

use super::licence::{Licences, Name, Strength};
use super::number::Scan;
use super::part::Part;
use super::phrases::{Phrases, intern};
use crate::language::token::{Lexicon, Shape, WordId, is_one_word};
use crate::text::Span;
use crate::yaml::Item;

/// Words that may stand between two of a licence's name.
const MOST_SKIPPED: usize = 3;

/// How licences are named.
#[derive(Debug, Clone, Default)]
pub(super) struct LicenceNames {
    pub licences: Licences,
    forms: Phrases<Name>,
    noise: Phrases<()>,
    words: Phrases<()>,
    terms: Phrases<()>,
    own: Phrases<()>,
    under: Phrases<()>,
    follow: Phrases<()>,
    not_before: Phrases<()>,
}

impl LicenceNames {
    /// Reads `rules/licences.yaml`.
    pub(super) fn build(item: &Item, lexicon: &mut Lexicon) -> LicenceNames {
        let mut names = LicenceNames::default();
        let Some(mut fields) = item.fields() else { return names };
        let (noise, words, terms) =
            (fields.strings("noise"), fields.strings("words"), fields.strings("terms"));
        let glued = fields.string("glued").unwrap_or_default();
        let mut list =
            |phrases: &[String]| Phrases::new(phrases.iter().map(|p| (intern(p, lexicon), ())).collect());
        names.noise = list(&noise);
        names.words = list(&words);
        names.terms = list(&terms);
        names.own = list(&fields.strings("own"));
        names.under = list(&fields.strings("under"));
        names.follow = list(&fields.strings("follow"));
        names.not_before = list(&fields.strings("not-before"));
        if let Some(entries) = fields.required("licences") {
            let skipped = noise.iter().chain(&words).chain(&terms).map(|word| word.to_lowercase()).collect();
            let mut forms = Vec::new();
            names.licences = Licences::read(&entries, skipped, &glued, &mut |words, name| {
                intern_form(words, &glued, lexicon, |words| forms.push((words, name)));
            });
            names.forms = Phrases::new(forms);
        }
        fields.finish();
        names
    }

    /// The words that names start with, and whether such a word alone may make a text worth reading.
    pub(super) fn names(&self) -> impl Iterator<Item = (&[WordId], bool)> {
        let alone = |strength| matches!(strength, Strength::Sure | Strength::Hyphened | Strength::Under);
        self.forms.iter().map(move |(words, name)| (words, alone(name.strength)))
    }

    /// "licence" and the like.
    pub(super) fn words(&self) -> impl Iterator<Item = &[WordId]> {
        self.words.iter().chain(self.terms.iter()).map(|(words, ())| words)
    }
}

/// The words of a form, and the same with a version as in "v2".
fn intern_form(form: &[&str], glued: &str, lexicon: &mut Lexicon, mut add: impl FnMut(Box<[WordId]>)) {
    let is_version = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let mut words = |glued: &str| {
        let mut ids = Vec::with_capacity(form.len());
        for word in form {
            match is_version(word) && !glued.is_empty() {
                true => ids.extend(intern(&format!("{glued}{word}"), lexicon)),
                false if is_one_word(word) => ids.push(lexicon.intern(word)),
                false => ids.extend(intern(word, lexicon)),
            }
        }
        add(ids.into_boxed_slice());
    };
    words("");
    if form.iter().any(|word| is_version(word)) {
        words(glued);
    }
}

impl Scan<'_> {
    /// A licence at `at`: its id, the span with the word "licence", the name's own span, the token after it.
    pub(super) fn licence(&self, at: usize) -> Option<(String, Span, Span, usize)> {
        let names = &self.vocabulary.licence_names;
        let forms = names.forms.starting_with(self.token(at)?.word).iter();
        let near = self.tokens.get(at + 1..).unwrap_or_default();
        let near = near.get(..=MOST_SKIPPED).unwrap_or(near);
        let second = |words: &[WordId]| words.get(1).is_none_or(|word| near.iter().any(|t| t.word == *word));
        let (name, name_end) = forms
            .filter(|(words, _)| second(words))
            .filter_map(|(words, name)| self.spelled(words, at).map(|(next, shown)| (*name, next, shown)))
            .find_map(|(name, next, shown)| self.is_licence(name, at, next, shown).then_some((name, next)))?;
        let next = self.shown(name_end).map_or(name_end, |(_, next)| next);
        let start = self.token(at)?.span.start;
        let span = Span::new(start, self.end_before(next));
        let core = Span::new(start, self.end_before(name_end));
        Some((names.licences.id(name.licence).to_string(), span, core, next))
    }

    /// Whether the words stand at `at`, with words between that are in no name: the token after them, and what showed
    /// among those that this is a licence.
    fn spelled(&self, words: &[WordId], at: usize) -> Option<(usize, Option<Shown>)> {
        let (mut next, mut shown) = (at + 1, None);
        for word in words.get(1..)? {
            let mut skipped = 0;
            while self.token(next)?.word != *word {
                let mark = shown.is_some() && self.token(next)?.shape == Shape::Mark;
                let word = self.licence_word(next);
                let noise = self.vocabulary.licence_names.noise.at(self.tokens, next).is_some();
                if skipped == MOST_SKIPPED || !(mark || noise || word.is_some()) {
                    return None;
                }
                shown = word.map(|(shown, _)| shown).or(shown);
                skipped += 1;
                next += 1;
            }
            next += 1;
        }
        Some((next, shown))
    }

    /// Whether what is spelled like a licence's name from `at` to `next` is one here.
    fn is_licence(&self, name: Name, at: usize, next: usize, inside: Option<Shown>) -> bool {
        let names = &self.vocabulary.licence_names;
        let shown = inside.or_else(|| self.shown(next).map(|(shown, _)| shown));
        if shown.is_none() && names.not_before.at(self.tokens, next).is_some() {
            return false;
        }
        let worded = shown == Some(Shown::Word);
        match name.strength {
            Strength::Sure => true,
            Strength::Hyphened => worded || (at + 1..next).all(|at| self.joined(at)),
            Strength::Under => {
                shown.is_some() || (self.under(at) && self.closed(next)) || self.beside_licence(at, next)
            }
            Strength::Named => shown.is_some(),
            Strength::Kind => worded,
            Strength::Worded => worded && self.written(at).contains(char::is_uppercase),
        }
    }

    /// Whether a sure licence stands right before or behind, with "or" or the like between: "MIT or Apache 2.0".
    fn beside_licence(&self, at: usize, next: usize) -> bool {
        let link =
            |at: usize| [Part::Or, Part::And, Part::PerStrong].iter().find_map(|part| self.part(*part, at));
        let behind = link(next).is_some_and(|at| self.sure_licence(at).is_some());
        let ends_before = |from: usize| {
            let end = self.sure_licence(from)?;
            let end = self.shown(end).map_or(end, |(_, next)| next);
            (link(end)? == at).then_some(())
        };
        behind || (at.saturating_sub(8)..at).any(|from| ends_before(from).is_some())
    }

    /// The token after the sure licence at `at`.
    fn sure_licence(&self, at: usize) -> Option<usize> {
        let forms = self.vocabulary.licence_names.forms.starting_with(self.token(at)?.word).iter();
        forms
            .filter(|(_, name)| matches!(name.strength, Strength::Sure | Strength::Hyphened))
            .find_map(|(words, _)| self.spelled(words, at).map(|(next, _)| next))
    }

    /// A licence word or "terms" behind a name, and the token after it.
    fn shown(&self, at: usize) -> Option<(Shown, usize)> {
        let own = self.vocabulary.licence_names.own.at(self.tokens, at).map(|(_, next)| next);
        self.licence_word(at).or_else(|| own.and_then(|at| self.licence_word(at)))
    }

    fn licence_word(&self, at: usize) -> Option<(Shown, usize)> {
        let names = &self.vocabulary.licence_names;
        let word = names.words.at(self.tokens, at).map(|(_, next)| (Shown::Word, next));
        word.or_else(|| names.terms.at(self.tokens, at).map(|(_, next)| (Shown::Terms, next)))
    }

    /// Whether "under" or the like ends right before `at`, and the name has a capital.
    fn under(&self, at: usize) -> bool {
        let under = &self.vocabulary.licence_names.under;
        let ends = |back: usize| under.at(self.tokens, at - back).is_some_and(|(_, next)| next == at);
        (1..=4.min(at)).any(ends) && self.written(at).contains(char::is_uppercase)
    }

    fn closed(&self, next: usize) -> bool {
        self.token(next).is_none_or(|token| token.shape == Shape::Mark)
            || self.vocabulary.licence_names.follow.at(self.tokens, next).is_some()
    }
}

/// What shows that a name is a licence's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// "licence", "licensed".
    Word,
    /// "terms", "agreement".
    Terms,
}
