//! Forms of words: the regular ones by rule, the others from the language file.

use std::collections::HashMap;

/// Irregular forms by base word.
#[derive(Debug, Clone, Default)]
pub struct Morphology {
    irregular: HashMap<String, Vec<String>>,
}

impl Morphology {
    /// With these irregular words: base, then all its other forms.
    pub fn new(irregular: HashMap<String, Vec<String>>) -> Self {
        Morphology { irregular }
    }

    /// All forms of `base`, itself first: those the language file lists, else the regular ones of a verb, which cover a
    /// noun's plural too.
    pub fn forms(&self, base: &str) -> Vec<String> {
        let base = base.to_lowercase();
        if let Some(forms) = self.irregular.get(&base) {
            return std::iter::once(base).chain(forms.iter().cloned()).collect();
        }
        let (third, past, participle) = regular(&base);
        vec![base, third, past, participle]
    }
}

/// Third person (or plural), past and present participle of a regular word.
fn regular(base: &str) -> (String, String, String) {
    let stem = |cut: usize, end: &str| format!("{}{end}", &base[..base.len() - cut]);
    let vowel_before = base.chars().rev().nth(1).is_some_and(|c| "aeou".contains(c));
    let consonant_y = base.ends_with('y') && !vowel_before;
    if consonant_y {
        (stem(1, "ies"), stem(1, "ied"), stem(0, "ing"))
    } else if base.ends_with("ee") {
        (stem(0, "s"), stem(0, "d"), stem(0, "ing"))
    } else if base.ends_with('e') {
        (stem(0, "s"), stem(0, "d"), stem(1, "ing"))
    } else if base.ends_with(['s', 'x', 'z']) || base.ends_with("sh") || base.ends_with("ch") {
        (stem(0, "es"), stem(0, "ed"), stem(0, "ing"))
    } else {
        (stem(0, "s"), stem(0, "ed"), stem(0, "ing"))
    }
}
