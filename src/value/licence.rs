//! Licences: what each allows, and whether two names are of the same one.

use crate::language::token::WordHasher;
use crate::yaml::Item;
use std::collections::{HashMap, HashSet};
use std::hash::BuildHasherDefault;
use std::sync::OnceLock;

/// A licence, a family of licences ("Apache licence") or a kind ("permissive licence").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Licence {
    /// SPDX id, or the id in `rules/licences.yaml`.
    pub id: String,
    /// In words: "Apache License 2.0".
    pub name: String,
    /// What kind of licence it is.
    pub class: LicenceClass,
    /// Whether the Open Source Initiative approves it; for a family, its members.
    pub osi: bool,
    /// Whether it allows commercial use.
    pub commercial: Commercial,
    /// For a family: how the ids of its members start.
    pub family_of: Vec<String>,
    /// For a kind: any licence of this class is meant.
    pub any: Option<LicenceClass>,
}

/// What kind of licence it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LicenceClass {
    /// Some licence that the Open Source Initiative approves; only kinds have this class.
    Osi,
    /// Asks little: MIT, Apache, BSD.
    Permissive,
    /// Asks the same licence of what is made with it: GPL.
    Copyleft,
    /// Limits fields, users or sizes of use, as most licences made for models do.
    UseRestricted,
    /// Forbids commercial use.
    NonCommercial,
    /// Gives no rights by itself.
    Proprietary,
}

impl LicenceClass {
    /// As files write it.
    pub fn id(self) -> &'static str {
        match self {
            LicenceClass::Osi => "osi",
            LicenceClass::Permissive => "permissive",
            LicenceClass::Copyleft => "copyleft",
            LicenceClass::UseRestricted => "use-restricted",
            LicenceClass::NonCommercial => "non-commercial",
            LicenceClass::Proprietary => "proprietary",
        }
    }
}

/// Whether commercial use is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Commercial {
    /// Without limits.
    Yes,
    /// With conditions.
    Limited,
    /// Not at all.
    No,
}

/// How two licence names stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    /// The same licence.
    Same,
    /// One is a family or kind that the other belongs to: "Apache licence" and Apache-2.0.
    Compatible,
    /// They cannot both be true.
    Different,
}

/// All licences, by name.
#[derive(Debug, Clone, Default)]
pub(super) struct Licences {
    all: Vec<Licence>,
    /// Names and ids of those that files list, in the order of the files.
    listed: Vec<(String, u16)>,
    /// Id and name of each of SPDX, those in force first.
    spdx: Vec<([&'static str; 2], u16)>,
    /// All of these by their words, filled when a name is first asked for.
    by_key: OnceLock<HashMap<String, u16>>,
    /// Words that are in no key.
    skipped: Words,
    /// Before a number, in no key: "v2".
    glued: String,
}

/// A set of words.
pub(super) type Words = HashSet<String, BuildHasherDefault<WordHasher>>;

/// Takes the words that count of each way to write a licence's name, and what that means.
pub(super) type Forms<'f> = dyn FnMut(&[&str], Name) + 'f;

/// What a written name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Name {
    /// Index of the licence.
    pub licence: u16,
    pub strength: Strength,
}

/// What must show that a name is a licence's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strength {
    /// Nothing.
    Sure,
    /// The hyphens of an id, or a licence word.
    Hyphened,
    /// "under" or the like before it, a licence word or "terms".
    Under,
    /// A licence word or "terms".
    Named,
    /// A licence word.
    Kind,
    /// A licence word, and a capital.
    Worded,
}

impl Licences {
    /// The licences of `rules/licences.yaml` and of SPDX; hands on how all of them are written.
    pub(super) fn read(item: &Item, skipped: Words, glued: &str, forms: &mut Forms) -> Licences {
        let mut licences = Licences { skipped, glued: glued.to_string(), ..Licences::default() };
        for entry in item.list().unwrap_or_default() {
            licences.read_entry(&entry, forms);
        }
        let (old, current): (Vec<_>, Vec<_>) = spdx::identifiers::LICENSES
            .iter()
            .filter(|spdx| !spdx.name.contains('+'))
            .partition(|spdx| spdx.flags & spdx::flags::IS_DEPRECATED != 0);
        let listed = licences.all.len();
        for spdx in current.into_iter().chain(old) {
            licences.add_spdx(spdx, listed, forms);
        }
        licences
    }

    /// A licence of SPDX, which may be among the first `listed`.
    fn add_spdx(&mut self, spdx: &'static spdx::License, listed: usize, forms: &mut Forms) {
        let known = self.all.iter().take(listed).position(|licence| licence.id == spdx.name);
        let index = known.map_or_else(|| self.push(from_spdx(spdx)), |index| index as u16);
        self.spdx.push(([spdx.name, spdx.full_name], index));
        let lower = [spdx.name, spdx.full_name].iter().any(|name| name.starts_with(char::is_lowercase));
        let worded = if lower { Strength::Kind } else { Strength::Worded };
        let numbered = spdx.name.contains(|c: char| c.is_ascii_digit());
        self.name(spdx.name, forms, |words| Name {
            licence: index,
            strength: match words {
                3.. if numbered => Strength::Sure,
                2 if numbered => Strength::Hyphened,
                _ => worded,
            },
        });
        self.name(spdx.full_name, forms, |words| Name {
            licence: index,
            strength: if words >= 4 { Strength::Sure } else { worded },
        });
    }

    /// Hands on a name with what it means, which may hang on how many of its words count.
    fn name(&self, name: &str, forms: &mut Forms, meaning: impl Fn(usize) -> Name) {
        let lower = name.to_lowercase();
        let mut words = Vec::with_capacity(16);
        words.extend(self.words(&lower));
        if !words.is_empty() {
            forms(&words, meaning(words.len()));
        }
    }

    /// A licence by id or by any of its names.
    pub(super) fn get(&self, name: &str) -> Option<&Licence> {
        let exact = self.all.iter().find(|licence| licence.id == name);
        exact.or_else(|| self.all.get(*self.by_key().get(&self.key(name))? as usize))
    }

    fn by_key(&self) -> &HashMap<String, u16> {
        self.by_key.get_or_init(|| {
            let mut by_key = HashMap::new();
            let listed = self.listed.iter().map(|(name, index)| (name.as_str(), *index));
            let spdx = self.spdx.iter().flat_map(|(names, index)| names.map(|name| (name, *index)));
            for (name, index) in listed.chain(spdx) {
                let key = self.key(name);
                if !key.is_empty() {
                    by_key.entry(key).or_insert(index);
                }
            }
            by_key
        })
    }

    pub(super) fn id(&self, index: u16) -> &str {
        self.all.get(index as usize).map_or("", |licence| &licence.id)
    }

    /// How two licences stand to each other.
    pub(super) fn agreement(&self, a: &str, b: &str) -> Agreement {
        let (Some(a), Some(b)) = (self.get(a), self.get(b)) else {
            return if a.eq_ignore_ascii_case(b) { Agreement::Same } else { Agreement::Different };
        };
        if a.id == b.id {
            Agreement::Same
        } else if covers(a, b) || covers(b, a) {
            Agreement::Compatible
        } else {
            Agreement::Different
        }
    }

    /// The words of a name that count, lower-cased, with `-` between them.
    fn key(&self, name: &str) -> String {
        self.words(&name.to_lowercase()).collect::<Vec<_>>().join("-")
    }

    /// The words that count of a name in lower case.
    fn words<'n>(&self, lower: &'n str) -> impl Iterator<Item = &'n str> {
        let inside = |c: char| c.is_alphanumeric() || matches!(c, '.' | '+' | '\'');
        lower.split(move |c: char| !inside(c)).filter_map(|word| {
            let word = word.trim_matches(|c| matches!(c, '.' | '\''));
            let word = match word.strip_prefix(self.glued.as_str()) {
                Some(number) if number.starts_with(|c: char| c.is_ascii_digit()) => number,
                _ => word,
            };
            (!word.is_empty() && !self.skipped.contains(word)).then_some(word)
        })
    }

    fn push(&mut self, licence: Licence) -> u16 {
        self.all.push(licence);
        (self.all.len() - 1) as u16
    }

    fn read_entry(&mut self, item: &Item, forms: &mut Forms) {
        let Some(mut fields) = item.fields() else { return };
        let Some(id) = fields.required("id").and_then(|id| id.str()) else { return };
        let known = spdx::identifiers::LICENSES.iter().find(|licence| licence.name == id);
        let mut licence = known.map_or_else(|| blank(id), from_spdx);
        if let Some(name) = fields.string("name") {
            licence.name = name;
        }
        if let Some(class) = fields.get("class").and_then(|class| read_class(&class)) {
            licence.class = class;
        }
        if let Some(osi) = fields.bool("osi") {
            licence.osi = osi;
        }
        licence.commercial =
            match fields.get("commercial").and_then(|c| c.one_of("use", &["yes", "no", "limited"])) {
                Some("no") => Commercial::No,
                Some("limited") => Commercial::Limited,
                Some(_) => Commercial::Yes,
                None => licence.commercial,
            };
        licence.family_of = fields.strings("family-of");
        licence.any = fields.get("any").and_then(|class| read_class(&class));
        let kind = licence.any.is_some();
        let index = self.push(licence);
        let named = if kind { Strength::Kind } else { Strength::Named };
        for (key, strength) in [("sure", Strength::Sure), ("under", Strength::Under), ("names", named)] {
            for name in fields.strings(key) {
                self.name(&name, forms, |_| Name { licence: index, strength });
                self.listed.push((name, index));
            }
        }
        self.listed.push((id.to_string(), index));
        fields.finish();
    }
}

/// Whether `b` is one of those that the family or kind `a` stands for.
fn covers(a: &Licence, b: &Licence) -> bool {
    let member = a.family_of.iter().any(|start| b.id.starts_with(start.as_str()));
    let variant = b.id.strip_prefix(a.id.as_str()).is_some_and(|rest| rest.starts_with("-o"));
    let kind = a.any.is_some_and(|class| match class {
        LicenceClass::Osi => b.osi,
        class => b.class == class,
    });
    member || variant || kind
}

fn blank(id: &str) -> Licence {
    named(id, id)
}

fn named(id: &str, name: &str) -> Licence {
    let (id, name) = (id.to_string(), name.to_string());
    let (class, commercial) = (LicenceClass::Proprietary, Commercial::Yes);
    Licence { id, name, class, osi: false, commercial, family_of: Vec::new(), any: None }
}

fn from_spdx(spdx: &spdx::License) -> Licence {
    let has = |flag| spdx.flags & flag != 0;
    let part = |part: &str| spdx.name.contains(part) && spdx.name.split('-').any(|piece| piece == part);
    let (class, commercial) = if part("NC") {
        (LicenceClass::NonCommercial, Commercial::No)
    } else if part("ND") {
        (LicenceClass::UseRestricted, Commercial::Yes)
    } else if has(spdx::flags::IS_COPYLEFT) || part("SA") {
        (LicenceClass::Copyleft, Commercial::Yes)
    } else {
        (LicenceClass::Permissive, Commercial::Yes)
    };
    let osi = has(spdx::flags::IS_OSI_APPROVED);
    Licence { class, osi, commercial, ..named(spdx.name, spdx.full_name) }
}

fn read_class(item: &Item) -> Option<LicenceClass> {
    let classes = ["osi", "permissive", "copyleft", "use-restricted", "non-commercial", "proprietary"];
    Some(match item.one_of("class", &classes)? {
        "osi" => LicenceClass::Osi,
        "permissive" => LicenceClass::Permissive,
        "copyleft" => LicenceClass::Copyleft,
        "use-restricted" => LicenceClass::UseRestricted,
        "non-commercial" => LicenceClass::NonCommercial,
        _ => LicenceClass::Proprietary,
    })
}
