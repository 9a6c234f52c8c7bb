//! Hunspell dictionaries that a project brings along, each read when a rule first asks for it.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// What a dictionary's two files may hold together; the largest in use have a fifth of it.
const MAX_BYTES: usize = 64 << 20;

/// Whether a file is one of a dictionary's two, by its name.
pub fn is_dictionary(name: &str) -> bool {
    name.ends_with(".aff") || name.ends_with(".dic")
}

/// Dictionaries by name: that of their files without the ending.
#[derive(Debug, Clone, Default)]
pub struct Dictionaries {
    known: BTreeMap<String, Arc<Source>>,
}

#[derive(Debug, Default)]
struct Source {
    aff: String,
    dic: String,
    read: OnceLock<Result<Arc<Dictionary>, String>>,
}

impl Dictionaries {
    /// From the texts of files, by their names; an affix file without its word list is none, nor the other way round.
    pub fn of<'a>(files: impl Iterator<Item = (&'a str, &'a str)> + Clone) -> Self {
        let mut dictionaries = Dictionaries::default();
        let affixes = files.clone().filter_map(|(name, text)| Some((name.strip_suffix(".aff")?, text)));
        for (stem, aff) in affixes {
            let words = files.clone().find(|(name, _)| name.strip_suffix(".dic") == Some(stem));
            if let Some((_, dic)) = words {
                dictionaries.add(stem.rsplit(['/', '\\']).next().unwrap_or(stem), aff, dic);
            }
        }
        dictionaries
    }

    /// Adds one; the first of a name stays.
    pub fn add(&mut self, name: &str, aff: &str, dic: &str) {
        let source = || Source { aff: aff.to_string(), dic: dic.to_string(), ..Source::default() };
        self.known.entry(name.to_string()).or_insert_with(|| Arc::new(source()));
    }

    /// Their names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.known.keys().map(String::as_str)
    }

    /// The files they are made of: name and text.
    pub fn files(&self) -> impl Iterator<Item = (String, &str)> {
        self.known.iter().flat_map(|(name, source)| {
            [(format!("{name}.aff"), source.aff.as_str()), (format!("{name}.dic"), source.dic.as_str())]
        })
    }

    /// The one of that name, if there is one; the error says why it cannot be used.
    pub fn get(&self, name: &str) -> Option<Result<Arc<Dictionary>, String>> {
        let source = self.known.get(name)?;
        Some(source.read.get_or_init(|| Dictionary::new(&source.aff, &source.dic).map(Arc::new)).clone())
    }
}

/// One dictionary, read.
#[derive(Debug)]
pub struct Dictionary {
    #[cfg(feature = "spelling")]
    words: spellbook::Dictionary,
}

#[cfg(feature = "spelling")]
impl Dictionary {
    fn new(aff: &str, dic: &str) -> Result<Self, String> {
        if aff.len() + dic.len() > MAX_BYTES {
            return Err(format!("it is larger than {} MB", MAX_BYTES >> 20));
        }
        let bare = |text: &'_ str| text.strip_prefix('\u{feff}').map_or(text.to_string(), str::to_string);
        let words = spellbook::Dictionary::new(&bare(aff), &bare(dic)).map_err(|error| error.to_string())?;
        Ok(Dictionary { words })
    }

    /// Whether it knows a word.
    pub fn knows(&self, word: &str) -> bool {
        self.words.check(word)
    }

    /// Words of it that are near to one it does not know, the nearest first.
    pub fn near(&self, word: &str) -> Vec<String> {
        let mut near = Vec::new();
        self.words.suggest(word, &mut near);
        near
    }
}

#[cfg(not(feature = "spelling"))]
impl Dictionary {
    fn new(_: &str, _: &str) -> Result<Self, String> {
        let _ = MAX_BYTES;
        Err("this program was built without `spelling`".to_string())
    }

    /// Whether it knows a word.
    pub fn knows(&self, _: &str) -> bool {
        true
    }

    /// Words of it that are near to one it does not know.
    pub fn near(&self, _: &str) -> Vec<String> {
        Vec::new()
    }
}
