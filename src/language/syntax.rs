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
    Group {
        alternatives: Alternatives<'a>,
        optional: bool,
    },
}

/// Sequences of parts that stand for each other, in one stretch of memory: most are of one word.
#[derive(Debug)]
pub(super) struct Alternatives<'a> {
    parts: Vec<Part<'a>>,
    /// Where all but the last end.
    ends: Vec<usize>,
}

impl<'a> Alternatives<'a> {
    /// In the order they are written.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[Part<'a>]> {
        let ends = self.ends.iter().copied().chain([self.parts.len()]);
        ends.scan(0, |from, end| Some(self.parts.get(std::mem::replace(from, end)..end).unwrap_or_default()))
    }
}

pub(super) struct Parser<'a> {
    pub(super) rest: &'a str,
    pub(super) depth: u8,
}

impl<'a> Parser<'a> {
    pub(super) fn alternatives(&mut self) -> Result<Alternatives<'a>, String> {
        let (mut parts, mut ends) = (Vec::new(), Vec::new());
        while let Some(c) = self.rest.chars().next() {
            match c {
                ')' => break,
                '|' => {
                    self.skip(1);
                    ends.push(parts.len());
                }
                _ => parts.extend(self.part(c)?),
            }
        }
        Ok(Alternatives { parts, ends })
    }

    fn part(&mut self, c: char) -> Result<Option<Part<'a>>, String> {
        let part = match c {
            c if c.is_whitespace() => {
                self.skip(c.len_utf8());
                return Ok(None);
            }
            '(' => return self.group().map(Some),
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
            '[' if self.rest.starts_with("[- ]") => {
                self.skip(if self.rest.starts_with("[- ]?") { 5 } else { 4 });
                return Ok(None);
            }
            _ => self.word()?,
        };
        let optional = matches!(part, Part::Class { .. } | Part::Lemma(_)) && self.rest.starts_with('?');
        if !optional {
            return Ok(Some(part));
        }
        self.skip(1);
        let alternatives = Alternatives { parts: vec![part], ends: Vec::new() };
        Ok(Some(Part::Group { alternatives, optional }))
    }

    fn group(&mut self) -> Result<Part<'a>, String> {
        self.depth += 1;
        if self.depth > 8 {
            return Err("groups nest deeper than 8".into());
        }
        self.skip(1);
        let alternatives = self.alternatives()?;
        if !self.rest.starts_with(')') {
            return Err("a `(` is never closed".into());
        }
        self.skip(1);
        let optional = self.rest.starts_with('?');
        if optional {
            self.skip(1);
        }
        self.depth -= 1;
        Ok(Part::Group { alternatives, optional })
    }

    /// The word that comes next, in all its spellings.
    fn word(&mut self) -> Result<Part<'a>, String> {
        // Most words have one spelling, all of letters.
        let letters = self.rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let (word, rest) = self.rest.split_at(letters);
        if letters > 0 && (rest.is_empty() || rest.starts_with([' ', ')', '|'])) {
            self.rest = rest;
            return Ok(Part::Word(word));
        }
        let mut spellings = vec![String::new()];
        while let Some(c) = self.rest.chars().next() {
            if c.is_whitespace() || "(){}<>|~^$".contains(c) || self.rest.starts_with("[- ]") {
                break;
            }
            let letters = self.rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
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
