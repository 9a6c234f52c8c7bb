//! The vocabulary of values: number words, units, currencies, months and the rest, read from YAML and interned.

use super::licence_name::LicenceNames;
use super::part::Part;
use super::phrases::{Phrases, intern};
use super::{Agreement, Bound, Licence};
use crate::language::token::{Lexicon, Token, WordId};
use crate::yaml::{Fields, Item};

/// What values look like in prose. Built once, then only read.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// By [`Part`].
    parts: Vec<Phrases<()>>,
    pub(super) numbers: Phrases<f64>,
    pub(super) magnitudes: Phrases<f64>,
    pub(super) plurals: Phrases<f64>,
    pub(super) letters: Phrases<f64>,
    pub(super) fractions: Phrases<f64>,
    pub(super) multiples: Phrases<f64>,
    pub(super) before: Phrases<Bound>,
    pub(super) after: Phrases<Bound>,
    pub(super) units: Phrases<u16>,
    pub(super) months: Phrases<i8>,
    /// Signs before an amount: index into `currencies`.
    pub(super) signs: Phrases<u16>,
    /// Words after an amount: index into `currencies`, and what one of them is worth (0.01 for cents).
    pub(super) coins: Phrases<(u16, f64)>,
    pub(super) packs: Phrases<f64>,
    pub(super) adverbs: Phrases<u16>,
    /// Directions of tokens before the unit, and after it: index into `side_names`.
    pub(super) sides: [Phrases<u16>; 2],
    /// What may stand at the end of a figure, in lower case.
    pub(super) tails: Vec<(String, Tail)>,
    pub(super) side_names: Vec<String>,
    /// ISO 4217 and sign.
    pub(super) currencies: Vec<(String, String)>,
    pub(super) month_names: Vec<String>,
    /// What an amount buys where only a direction is said.
    pub(super) default_pack: (f64, u16),
    pub(super) licence_names: LicenceNames,
    unit_names: Vec<String>,
    unit_words: Vec<(String, u16)>,
    /// Units of one kind (seconds, minutes), and how many of its first each of them is.
    kinds: Vec<Vec<(u16, f64)>>,
    /// By word: [`HEART`], [`OPENER`], [`NAME`].
    roles: Vec<u8>,
}

/// Some value has this word as its heart: without one, and without a figure, a text has no value.
const HEART: u8 = 1;
/// Some value starts with this word.
const OPENER: u8 = 2;
/// Some licence's name starts with this word.
const NAME: u8 = 4;

/// What the end of a figure means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Tail {
    /// "70B".
    Magnitude(f64),
    /// "10x".
    Times,
    /// "10fold".
    Fold,
    /// "20th".
    Ordinal,
    /// "80GB".
    Unit(u16),
}

impl Vocabulary {
    /// Reads `rules/language/values.yaml` and `rules/licences.yaml`, and gives their words numbers in `lexicon`.
    pub fn build(values: &Item, licences: &Item, lexicon: &mut Lexicon) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        if let Some(mut fields) = values.fields() {
            vocabulary.read(&mut fields, lexicon);
            fields.finish();
        }
        vocabulary.licence_names = LicenceNames::build(licences, lexicon);
        vocabulary.assign_roles();
        vocabulary
    }

    /// The id of the unit that `word` names ("tokens": `token`), or that it is.
    pub fn unit(&self, word: &str) -> Option<&str> {
        let word = word.to_lowercase();
        let named = self.unit_words.iter().find(|(name, _)| *name == word).map(|(_, unit)| *unit);
        let id = || self.unit_names.iter().position(|name| *name == word).map(|at| at as u16);
        named.or_else(id).map(|unit| self.unit_name(unit))
    }

    /// How many of unit `to` one of unit `from` is; `None` if they measure different things.
    pub fn convert(&self, from: &str, to: &str) -> Option<f64> {
        if from == to {
            return Some(1.0);
        }
        let in_kind = |kind: &Vec<(u16, f64)>, id: &str| {
            kind.iter().find(|(unit, _)| self.unit_name(*unit) == id).map(|(_, worth)| *worth)
        };
        self.kinds.iter().find_map(|kind| Some(in_kind(kind, from)? / in_kind(kind, to)?))
    }

    /// The unit that the units of its kind are told in ("second" for "minute").
    pub fn first_of_kind(&self, unit: &str) -> Option<&str> {
        let kind = self.kinds.iter().find(|kind| kind.iter().any(|(of, _)| self.unit_name(*of) == unit))?;
        kind.first().map(|(first, _)| self.unit_name(*first))
    }

    /// The licence with that id or name; of families and kinds too.
    pub fn licence(&self, name: &str) -> Option<&Licence> {
        self.licence_names.licences.get(name)
    }

    /// Whether two licences, by id or name, are the same.
    pub fn same_licence(&self, a: &str, b: &str) -> Agreement {
        self.licence_names.licences.agreement(a, b)
    }

    /// The ids of all units.
    pub fn units(&self) -> impl Iterator<Item = &str> {
        self.unit_names.iter().map(String::as_str)
    }

    pub(super) fn unit_name(&self, unit: u16) -> &str {
        self.unit_names.get(unit as usize).map_or("", String::as_str)
    }

    /// The token after the phrase of that list that starts at `at`.
    #[inline]
    pub(super) fn part(&self, part: Part, tokens: &[Token], at: usize) -> Option<usize> {
        self.parts.get(part as usize)?.at(tokens, at).map(|(_, next)| next)
    }

    /// Whether a value may have its heart in the token's word.
    pub(super) fn is_heart(&self, token: &Token) -> bool {
        self.role(token) & HEART != 0
    }

    /// Whether a value other than a licence may start with the token's word.
    pub(super) fn is_opener(&self, token: &Token) -> bool {
        self.role(token) & (OPENER | HEART) != 0
    }

    /// Whether a licence's name may start with the token's word.
    pub(super) fn is_name(&self, token: &Token) -> bool {
        self.role(token) & NAME != 0
    }

    fn role(&self, token: &Token) -> u8 {
        self.roles.get(token.word.0 as usize).copied().unwrap_or(0)
    }

    fn read(&mut self, fields: &mut Fields, lexicon: &mut Lexicon) {
        self.read_numbers(fields, lexicon);
        self.read_units(fields, lexicon);
        self.read_currencies(fields, lexicon);
        let mut parts = Vec::new();
        for section in ["words", "fraction-context", "per", "dates"] {
            let Some(mut inner) = fields.get(section).and_then(|item| item.fields()) else { continue };
            for (place, (_, key)) in Part::ALL.iter().enumerate().filter(|(_, (of, _))| *of == section) {
                let phrases = inner.strings(key).iter().map(|p| (intern(p, lexicon), ())).collect();
                parts.push((place, Phrases::new(phrases)));
            }
            if section == "per" {
                self.read_per(&mut inner, lexicon);
            }
            if section == "words" {
                self.add_tail(&inner.strings("times"), Tail::Times);
                let folds = inner.strings("fold");
                self.add_tail(&folds, Tail::Fold);
                self.read_multiples(&folds, fields, lexicon);
            }
            inner.finish();
        }
        parts.sort_by_key(|(place, _)| *place);
        self.parts = parts.into_iter().map(|(_, phrases)| phrases).collect();
        self.read_months(fields, lexicon);
    }

    fn read_numbers(&mut self, fields: &mut Fields, lexicon: &mut Lexicon) {
        self.numbers = numbers(fields, "numbers", lexicon);
        self.magnitudes = numbers(fields, "magnitudes", lexicon);
        self.plurals = numbers(fields, "plurals", lexicon);
        self.letters = numbers(fields, "letters", lexicon);
        self.fractions = numbers(fields, "fractions", lexicon);
        self.before = bounds(fields, "bounds-before", lexicon);
        self.after = bounds(fields, "bounds-after", lexicon);
        for (letters, _, value) in entries(fields, "letters") {
            let tail = Tail::Magnitude(value.number().unwrap_or(1.0));
            self.tails.push((letters.to_lowercase(), tail));
        }
        let ordinals = fields.strings("ordinal-tails");
        self.add_tail(&ordinals, Tail::Ordinal);
    }

    /// "twice" and the like, and "tenfold" from every number word.
    fn read_multiples(&mut self, folds: &[String], fields: &mut Fields, lexicon: &mut Lexicon) {
        let mut words = entries(fields, "multiples");
        let mut phrases: Vec<_> =
            words.drain(..).filter_map(|(word, _, n)| Some((intern(word, lexicon), n.number()?))).collect();
        for key in ["numbers", "magnitudes"] {
            for (word, _, number) in entries(fields, key) {
                let value = number.number().unwrap_or(1.0);
                phrases.extend(folds.iter().map(|fold| (intern(&format!("{word}{fold}"), lexicon), value)));
            }
        }
        self.multiples = Phrases::new(phrases);
    }

    fn add_tail(&mut self, endings: &[String], tail: Tail) {
        let words = endings.iter().filter(|ending| ending.chars().all(char::is_alphabetic));
        self.tails.extend(words.map(|ending| (ending.to_lowercase(), tail)));
    }

    fn read_units(&mut self, fields: &mut Fields, lexicon: &mut Lexicon) {
        let mut phrases = Vec::new();
        for (id, _, words) in entries(fields, "units") {
            let unit = self.unit_names.len() as u16;
            self.unit_names.push(id.to_string());
            for word in words.strings() {
                phrases.push((intern(word, lexicon), unit));
                self.unit_words.push((word.to_lowercase(), unit));
            }
        }
        self.units = Phrases::new(phrases);
        for (tail, _, id) in entries(fields, "unit-tails") {
            if let Some(unit) = self.known_unit(&id) {
                self.tails.push((tail.to_lowercase(), Tail::Unit(unit)));
            }
        }
        for kind in fields.list("unit-kinds") {
            let worth = kind.entries().into_iter().filter_map(|(id, _, worth)| {
                let unit = self.unit_names.iter().position(|name| name == id);
                if unit.is_none() {
                    kind.unknown("unit", id, self.unit_names.iter().map(String::as_str));
                }
                Some((unit? as u16, worth.number()?))
            });
            let worth: Vec<_> = worth.collect();
            self.kinds.push(worth);
        }
    }

    /// The unit of that id; another is a problem.
    fn known_unit(&self, item: &Item) -> Option<u16> {
        let id = item.str()?;
        let unit = self.unit_names.iter().position(|name| name == id);
        if unit.is_none() {
            item.unknown("unit", id, self.unit_names.iter().map(String::as_str));
        }
        unit.map(|unit| unit as u16)
    }

    fn read_currencies(&mut self, fields: &mut Fields, lexicon: &mut Lexicon) {
        let (mut signs, mut coins) = (Vec::new(), Vec::new());
        for (code, _, item) in entries(fields, "currencies") {
            let Some(mut of) = item.fields() else { continue };
            let currency = self.currencies.len() as u16;
            let sign = of.string("sign").unwrap_or_else(|| code.to_string());
            self.currencies.push((code.to_string(), sign));
            signs.extend(of.strings("signs").iter().map(|sign| (intern(sign, lexicon), currency)));
            let signs_after = signs.iter().filter(|(_, of)| *of == currency).map(|(sign, _)| sign.clone());
            coins.extend(signs_after.map(|sign| (sign, (currency, 1.0))));
            for (key, worth) in [("words", 1.0), ("cents", 0.01)] {
                coins.extend(of.strings(key).iter().map(|word| (intern(word, lexicon), (currency, worth))));
            }
            of.finish();
        }
        self.signs = Phrases::new(signs);
        self.coins = Phrases::new(coins);
    }

    fn read_per(&mut self, per: &mut Fields, lexicon: &mut Lexicon) {
        if let Some(mut default) = per.fields("default") {
            let unit = default.get("unit").and_then(|item| self.known_unit(&item));
            self.default_pack = (default.number("count").unwrap_or(1.0), unit.unwrap_or(0));
            default.finish();
        }
        self.packs = numbers(per, "packs", lexicon);
        let adverbs = entries(per, "adverbs").into_iter();
        let adverbs = adverbs
            .filter_map(|(word, _, unit)| Some((intern(word, lexicon), self.known_unit(&unit)?)))
            .collect();
        self.adverbs = Phrases::new(adverbs);
        let mut sides = [Vec::new(), Vec::new()];
        for (name, _, item) in entries(per, "sides") {
            let side = self.side_names.len() as u16;
            self.side_names.push(name.to_string());
            let Some(mut of) = item.fields() else { continue };
            for (place, key) in ["before", "after"].into_iter().enumerate() {
                sides[place].extend(of.strings(key).iter().map(|word| (intern(word, lexicon), side)));
            }
            of.finish();
        }
        self.sides = sides.map(Phrases::new);
    }

    fn read_months(&mut self, fields: &mut Fields, lexicon: &mut Lexicon) {
        let mut months = Vec::new();
        for (month, names) in (1..=12).zip(fields.list("months")) {
            months.extend(names.strings().iter().map(|name| (intern(name, lexicon), month)));
        }
        self.months = Phrases::new(months);
        self.month_names = fields.strings("month-names");
    }

    fn assign_roles(&mut self) {
        let mut roles: Vec<u8> = Vec::new();
        let mut give = |words: &[WordId], role: u8| {
            let Some(first) = words.first().map(|word| word.0 as usize) else { return };
            if roles.len() <= first {
                roles.resize(first + 1, 0);
            }
            roles[first] |= role;
        };
        let numbers = [&self.numbers, &self.magnitudes, &self.plurals, &self.fractions, &self.multiples];
        numbers.iter().flat_map(|list| list.iter()).for_each(|(words, _)| give(words, HEART));
        self.months.iter().for_each(|(words, _)| give(words, HEART));
        self.licence_names
            .names()
            .for_each(|(words, alone)| give(words, if alone { NAME | HEART } else { NAME }));
        self.licence_names.words().for_each(|words| give(words, HEART));
        self.signs.iter().for_each(|(words, _)| give(words, OPENER));
        self.coins.iter().for_each(|(words, _)| give(words, HEART));
        self.before.iter().for_each(|(words, _)| give(words, OPENER));
        for (part, role) in [
            (Part::Order, HEART),
            (Part::Orders, HEART),
            (Part::DateUnresolved, HEART),
            (Part::Article, OPENER),
            (Part::Cross, OPENER),
            (Part::Between, OPENER),
            (Part::Ratio, OPENER),
            (Part::Factor, OPENER),
            (Part::DatePrefix, OPENER),
        ] {
            self.parts
                .get(part as usize)
                .into_iter()
                .flat_map(|p| p.iter())
                .for_each(|(words, _)| give(words, role));
        }
        self.roles = roles;
    }
}

/// The entries of a map with free keys.
fn entries<'a>(fields: &mut Fields<'a>, key: &'static str) -> Vec<(&'a str, crate::text::Span, Item<'a>)> {
    fields.get(key).map(|item| item.entries()).unwrap_or_default()
}

/// A map of words to numbers.
fn numbers(fields: &mut Fields, key: &'static str, lexicon: &mut Lexicon) -> Phrases<f64> {
    let read = entries(fields, key).into_iter();
    Phrases::new(read.filter_map(|(word, _, n)| Some((intern(word, lexicon), n.number()?))).collect())
}

/// A map of bounds to phrases.
fn bounds(fields: &mut Fields, key: &'static str, lexicon: &mut Lexicon) -> Phrases<Bound> {
    let mut phrases = Vec::new();
    for (name, _, words) in entries(fields, key) {
        let bound = match name {
            "plain" => Bound::Plain,
            "about" => Bound::About,
            "at-least" => Bound::AtLeast,
            "over" => Bound::Over,
            "at-most" => Bound::AtMost,
            "under" => Bound::Under,
            _ => {
                let known = ["plain", "about", "at-least", "over", "at-most", "under"];
                words.unknown("bound", name, known);
                continue;
            }
        };
        phrases.extend(words.strings().iter().map(|phrase| (intern(phrase, lexicon), bound)));
    }
    Phrases::new(phrases)
}
