//! Licences: what each allows, and whether two names are of the same one.

use crate::yaml::Item;
use std::collections::{HashMap, HashSet};

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
    by_key: HashMap<String, u16>,
    /// Words that are in no key.
    skipped: HashSet<String>,
    /// Before a number, in no key: "v2".
    glued: String,
}

/// One way to write a licence's name.
pub(super) struct Form {
    /// The words that count, lower-cased, with `-` between them.
    pub words: String,
    pub meaning: Name,
}

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
    /// The licences of `rules/licences.yaml` and of SPDX, and how all of them are written.
    pub(super) fn read(item: &Item, skipped: HashSet<String>, glued: &str) -> (Licences, Vec<Form>) {
        let mut licences = Licences { skipped, glued: glued.to_string(), ..Licences::default() };
        let mut forms = Vec::new();
        for entry in item.list().unwrap_or_default() {
            licences.read_entry(&entry, &mut forms);
        }
        let (old, current): (Vec<_>, Vec<_>) = spdx::identifiers::LICENSES
            .iter()
            .filter(|spdx| !spdx.name.contains('+'))
            .partition(|spdx| spdx.flags & spdx::flags::IS_DEPRECATED != 0);
        let listed = licences.all.len();
        for spdx in current.into_iter().chain(old) {
            licences.add_spdx(spdx, listed, &mut forms);
        }
        (licences, forms)
    }

    /// A licence of SPDX, which may be among the first `listed`.
    fn add_spdx(&mut self, spdx: &spdx::License, listed: usize, forms: &mut Vec<Form>) {
        let known = self.all.iter().take(listed).position(|licence| licence.id == spdx.name);
        let index = known.map_or_else(|| self.push(from_spdx(spdx)), |index| index as u16);
        let lower = [spdx.name, spdx.full_name].iter().any(|name| name.starts_with(char::is_lowercase));
        let worded = if lower { Strength::Kind } else { Strength::Worded };
        let id = self.key(spdx.name);
        let strength = match count(&id) {
            3.. if spdx.name.contains(|c: char| c.is_ascii_digit()) => Strength::Sure,
            2 if spdx.name.contains(|c: char| c.is_ascii_digit()) => Strength::Hyphened,
            _ => worded,
        };
        self.add(id, index, strength, forms);
        let name = self.key(spdx.full_name);
        let strength = if count(&name) >= 4 { Strength::Sure } else { worded };
        self.add(name, index, strength, forms);
    }

    /// A licence by id or by any of its names.
    pub(super) fn get(&self, name: &str) -> Option<&Licence> {
        let exact = self.all.iter().find(|licence| licence.id == name);
        exact.or_else(|| self.all.get(*self.by_key.get(&self.key(name))? as usize))
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
        let lower = name.to_lowercase();
        let mut key = String::with_capacity(lower.len());
        for word in lower.split(|c: char| !(c.is_alphanumeric() || c == '.' || c == '+' || c == '\'')) {
            let word = word.trim_matches(['.', '\'']);
            let word = match word.strip_prefix(self.glued.as_str()) {
                Some(number) if number.starts_with(|c: char| c.is_ascii_digit()) => number,
                _ => word,
            };
            if !word.is_empty() && !self.skipped.contains(word) {
                if !key.is_empty() {
                    key.push('-');
                }
                key.push_str(word);
            }
        }
        key
    }

    fn push(&mut self, licence: Licence) -> u16 {
        self.all.push(licence);
        (self.all.len() - 1) as u16
    }

    fn add(&mut self, words: String, licence: u16, strength: Strength, forms: &mut Vec<Form>) {
        if words.is_empty() {
            return;
        }
        self.by_key.entry(words.clone()).or_insert(licence);
        forms.push(Form { words, meaning: Name { licence, strength } });
    }

    fn read_entry(&mut self, item: &Item, forms: &mut Vec<Form>) {
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
                let words = self.key(&name);
                self.add(words, index, strength, forms);
            }
        }
        let key = self.key(id);
        self.by_key.entry(key).or_insert(index);
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

/// How many words a key holds.
fn count(key: &str) -> usize {
    if key.is_empty() { 0 } else { key.split('-').count() }
}

fn blank(id: &str) -> Licence {
    let (id, name) = (id.to_string(), id.to_string());
    let (class, commercial) = (LicenceClass::Proprietary, Commercial::Yes);
    Licence { id, name, class, osi: false, commercial, family_of: Vec::new(), any: None }
}

fn from_spdx(spdx: &spdx::License) -> Licence {
    let has = |flag| spdx.flags & flag != 0;
    let part = |part: &str| spdx.name.split('-').any(|piece| piece == part);
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
    Licence { name: spdx.full_name.to_string(), class, osi, commercial, ..blank(spdx.name) }
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
