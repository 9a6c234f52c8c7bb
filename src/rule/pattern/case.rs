//! Upper and lower case: titles, sentences, and a replacement in the case of what it replaces.

use super::english::english;
use super::regex::Matcher;

/// Words that keep the case they are listed with.
#[derive(Debug, Default)]
pub struct Kept {
    words: Vec<(String, Option<Matcher>)>,
}

impl Kept {
    /// From patterns, the longest first.
    pub fn new(mut patterns: Vec<String>) -> Self {
        patterns.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        let with_matcher = |word: String| (word.clone(), Matcher::new(word).ok());
        Kept { words: patterns.into_iter().map(with_matcher).collect() }
    }

    /// How `word` is to be written if it is one of them.
    fn find(&self, word: &str) -> Option<String> {
        let folded = word.to_lowercase();
        self.words.iter().find_map(|(listed, pattern)| {
            if listed.to_lowercase() == folded {
                return Some(listed.clone());
            }
            pattern.as_ref().filter(|p| p.is_match(word)).map(|_| word.to_string())
        })
    }

    /// The words as alternatives of a pattern.
    pub fn alternatives(&self) -> String {
        let listed: Vec<&str> =
            self.words.iter().filter(|(_, p)| p.is_some()).map(|(w, _)| w.as_str()).collect();
        listed.join("|")
    }
}

/// Which words a title leaves small.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TitleStyle {
    /// Short ones.
    Ap,
    /// Short ones and prepositions of any length.
    Chicago,
}

/// `text` as a title.
pub fn title(text: &str, style: TitleStyle, kept: &Kept) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if !c.is_alphanumeric() {
            out.push(c);
            at += c.len_utf8();
            continue;
        }
        let part = |c: char| c.is_whitespace() || c == '-' || c == '/';
        let end = text[at..].find(part).map_or(text.len(), |len| at + len);
        let word = &text[at..end];
        let small = stays_small(text, at, end, style);
        out.push_str(&match kept.find(word) {
            Some(listed) => listed,
            None if small => word.to_lowercase(),
            None => upper_first(word),
        });
        at = end;
    }
    out
}

fn stays_small(text: &str, start: usize, end: usize, style: TitleStyle) -> bool {
    let english = english();
    let word = text[start..end].to_lowercase();
    let listed = english.small.contains(&word)
        || (style == TitleStyle::Chicago && english.prepositions.contains(&word));
    let mut before = text[..start].chars().rev();
    let (previous, second) = (before.next(), before.next());
    let next = text[end..].chars().next();
    listed
        && start > 0
        && end < text.len()
        && matches!(previous, Some(' ' | '-' | '/'))
        && !matches!(second, Some(':' | '-'))
        && (next != Some('-') || previous == Some('-'))
}

/// `words` in the case of a sentence; `capital_after` says after which word a capital stands again.
pub fn sentence(words: &[&str], kept: &Kept, capital_after: &dyn Fn(&str, usize) -> bool) -> String {
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    for (index, word) in words.iter().enumerate() {
        let capital = index == 0 || capital_after(words[index - 1], index - 1);
        out.push(match kept.find(word) {
            Some(listed) => listed,
            None if capital => upper_first(&word.to_lowercase()),
            None => word.to_lowercase(),
        });
    }
    out.join(" ")
}

/// The first letter upper case, the rest as it is.
pub fn upper_first(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// `text` in the case of `observed`, where that is all lower, all upper or capitalised; otherwise as it is.
pub fn like(text: &str, observed: &str) -> String {
    let letters: Vec<char> = observed.chars().filter(|c| c.is_alphabetic()).collect();
    let upper = letters.iter().filter(|c| c.is_uppercase()).count();
    match letters.first() {
        None => text.to_string(),
        Some(_) if upper == 0 => text.to_lowercase(),
        Some(_) if upper == letters.len() && upper > 1 => text.to_uppercase(),
        Some(first) if first.is_uppercase() && upper == 1 => upper_first(&text.to_lowercase()),
        Some(_) => text.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles() {
        let kept = Kept::new(vec!["iOS".into(), r"\bale\b".into()]);
        for (text, style, expected) in [
            ("getting started with ios 15", TitleStyle::Ap, "Getting Started With iOS 15"),
            ("getting started with it", TitleStyle::Chicago, "Getting Started with It"),
            ("the end of the", TitleStyle::Ap, "The End of The"),
            ("file-proxy plug-in", TitleStyle::Ap, "File-Proxy Plug-In"),
            ("notes: a history", TitleStyle::Ap, "Notes: A History"),
            ("vale ale", TitleStyle::Ap, "Vale ale"),
            ("élan and “quoted” words", TitleStyle::Ap, "Élan and “Quoted” Words"),
        ] {
            assert_eq!(title(text, style, &kept), expected);
        }
    }

    #[test]
    fn a_replacement_takes_the_case_of_what_it_replaces() {
        for (text, observed, expected) in [
            ("A-OK", "a ok", "a-ok"),
            ("use", "UTILIZE", "USE"),
            ("use", "Utilize", "Use"),
            ("use", "iPhone", "use"),
            ("use", "12", "use"),
        ] {
            assert_eq!(like(text, observed), expected);
        }
    }
}
