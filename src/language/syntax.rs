//! The written form of phrase patterns, cut into its parts; what a part means stands in [`super::pattern`].

/// A written part of a pattern.
#[derive(Debug)]
pub(super) enum Part<'a> {
    /// A word of one spelling, all of letters and digits.
    Word(&'a str),
    Spellings(Vec<String>),
    Lemma(&'a str),
    Class {
        name: &'a str,
        label: Option<&'a str>,
    },
    Any,
    Gap(u8, bool),
    Start,
    End,
    /// Words with `|` between them.
    Not(&'a str),
    /// A `(`, which is to be opened.
    Group,
}

/// Gives the parts of a pattern one by one.
pub(super) struct Parser<'a> {
    rest: &'a str,
    depth: u8,
}

impl<'a> Parser<'a> {
    pub(super) fn new(pattern: &'a str) -> Self {
        Parser { rest: pattern, depth: 0 }
    }

    /// The part that comes next; `None` at a `|`, a `)` and the end.
    pub(super) fn part(&mut self) -> Result<Option<Part<'a>>, String> {
        loop {
            let Some(c) = self.rest.chars().next() else { return Ok(None) };
            match c {
                c if c.is_whitespace() => self.skip(c.len_utf8()),
                '[' if self.rest.starts_with("[- ]") => {
                    self.skip(if self.rest.starts_with("[- ]?") { 5 } else { 4 });
                }
                ')' | '|' => return Ok(None),
                c => return self.part_at(c).map(Some),
            }
        }
    }

    fn part_at(&mut self, c: char) -> Result<Part<'a>, String> {
        Ok(match c {
            '(' => Part::Group,
            '{' => {
                let inside = self.enclosed('}')?;
                let (label, name) = match inside.split_once(':') {
                    Some((label, name)) => (Some(label.trim()), name),
                    None => (None, inside),
                };
                Part::Class { name: name.trim(), label }
            }
            '<' => Part::Lemma(self.enclosed('>')?),
            '~' => self.simple(1, Part::Gap(12, true)),
            '_' => self.simple(1, Part::Any),
            '^' => self.simple(1, Part::Start),
            '$' => self.simple(1, Part::End),
            '!' if self.rest.starts_with("!(") => {
                self.skip(1);
                Part::Not(self.enclosed(')')?)
            }
            '.' if self.rest.starts_with("...") => self.simple(3, Part::Gap(5, false)),
            _ => self.word()?,
        })
    }

    /// Goes into a group.
    pub(super) fn open(&mut self) -> Result<(), String> {
        self.depth += 1;
        if self.depth > 8 {
            return Err("groups nest deeper than 8".into());
        }
        self.skip(1);
        Ok(())
    }

    /// Goes out of a group.
    pub(super) fn close(&mut self) -> Result<(), String> {
        if !self.takes(')') {
            return Err("a `(` is never closed".into());
        }
        self.depth -= 1;
        Ok(())
    }

    /// Passes over a mark, if it stands here.
    pub(super) fn takes(&mut self, mark: char) -> bool {
        let rest = self.rest.strip_prefix(mark);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Whether all of it was read.
    pub(super) fn ended(&self) -> Result<(), String> {
        match self.rest.chars().next() {
            None => Ok(()),
            Some(mark) => Err(format!("`{mark}` closes nothing")),
        }
    }

    /// A plain word up to the next `|` or `)`.
    pub(super) fn lone_word(&mut self) -> Option<&'a str> {
        let start = self.rest.trim_start_matches(' ');
        let (word, rest) = start.split_at(letters(start));
        let lone = !word.is_empty() && rest.starts_with(['|', ')']);
        lone.then(|| {
            self.rest = rest;
            word
        })
    }

    /// The word that comes next, in all its spellings.
    fn word(&mut self) -> Result<Part<'a>, String> {
        // Most words have one spelling, all of letters.
        let (word, rest) = self.rest.split_at(letters(self.rest));
        if !word.is_empty() && (rest.is_empty() || rest.starts_with([' ', ')', '|'])) {
            self.rest = rest;
            return Ok(Part::Word(word));
        }
        let mut spellings = vec![String::new()];
        while let Some(c) = self.rest.chars().next() {
            if c.is_whitespace() || "(){}<>|~^$".contains(c) || self.rest.starts_with("[- ]") {
                break;
            }
            let letters = letters(self.rest);
            // The last letter may be optional.
            let plain = letters.saturating_sub(usize::from(self.rest[letters..].starts_with('?')));
            if plain > 0 {
                spellings.iter_mut().for_each(|spelling| spelling.push_str(&self.rest[..plain]));
                self.skip(plain);
                continue;
            }
            let choices: Vec<String> = if c == '\\' {
                self.skip(1);
                let escaped = self.rest.chars().next().ok_or("a `\\` at the end escapes nothing")?;
                self.skip(escaped.len_utf8());
                vec![escaped.to_string()]
            } else if c == '[' {
                self.enclosed(']')?.chars().map(String::from).collect()
            } else {
                self.skip(c.len_utf8());
                vec![c.to_string()]
            };
            let optional = self.rest.starts_with('?') && (c.is_alphanumeric() || "[,:".contains(c));
            if optional {
                self.skip(1);
            }
            let mut next = Vec::new();
            for spelling in &spellings {
                next.extend(choices.iter().map(|choice| format!("{spelling}{choice}")));
            }
            if optional {
                next.extend(spellings);
            }
            if next.len() > 32 {
                return Err("one word has more than 32 spellings".into());
            }
            spellings = next;
        }
        // A group that begins with a space, as in "withdrawn( from sale)?", begins a new word.
        if self.rest.starts_with('(') && !self.rest[1..].starts_with(char::is_whitespace) {
            let word = spellings.first().map_or("", String::as_str);
            return Err(format!(
                "`{word}(` puts a group inside a word: write the words out, as in `(one|ones)`"
            ));
        }
        Ok(Part::Spellings(spellings))
    }

    fn enclosed(&mut self, close: char) -> Result<&'a str, String> {
        let inside = self.rest.get(1..).unwrap_or("");
        let end = inside.find(close).ok_or_else(|| format!("`{}` wants a `{close}`", &self.rest[..1]))?;
        let text = &inside[..end];
        self.rest = &inside[end + close.len_utf8()..];
        Ok(text)
    }

    fn simple(&mut self, length: usize, part: Part<'a>) -> Part<'a> {
        self.skip(length);
        part
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or("");
    }
}

/// How many ASCII letters and digits a text starts with.
fn letters(text: &str) -> usize {
    text.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_stands_beside_words_and_not_in_them() {
        for (pattern, good) in [("worr(y|ies)", false), ("sold( off)?", true), ("sold (off|out)", true)] {
            assert_eq!(Parser::new(pattern).part().is_ok(), good, "{pattern}");
        }
    }
}
