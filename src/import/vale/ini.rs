//! `.vale.ini` as sections of keys with their places.

/// A file, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ini {
    /// In order; the first has no name and holds what stands before any section.
    pub sections: Vec<Section>,
    /// Lines that are neither a section nor a key: byte offset and what is wrong.
    pub problems: Vec<(usize, String)>,
}

/// What stands under one `[name]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// Without brackets.
    pub name: String,
    /// Where the name stands.
    pub offset: usize,
    /// In order; a key may stand more than once.
    pub entries: Vec<Entry>,
}

/// One key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Its value without quotes and comment.
    pub value: String,
    /// Where the key stands.
    pub offset: usize,
}

impl Section {
    /// The last value of a key.
    pub fn last(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().rev().find(|entry| entry.key == key)
    }

    /// The values of a key, split at commas (`\,` is a comma), from all its entries.
    pub fn list(&self, key: &str) -> Option<Vec<String>> {
        let mut entries = self.entries.iter().filter(|entry| entry.key == key).peekable();
        entries.peek()?;
        Some(entries.flat_map(|entry| split(&entry.value)).collect())
    }
}

/// Splits at commas that are not escaped.
fn split(value: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut chars = value.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, parts.last_mut()) {
            ('\\', Some(last)) => match chars.next() {
                Some(',') => last.push(','),
                Some(next) => last.extend([c, next]),
                None => last.push(c),
            },
            (',', _) => parts.push(String::new()),
            (c, Some(last)) => last.push(c),
            (_, None) => {}
        }
    }
    parts.into_iter().map(|part| part.trim().to_string()).filter(|part| !part.is_empty()).collect()
}

/// Reads a file.
pub fn parse(source: &str) -> Ini {
    let mut ini = Ini { sections: vec![Section::default()], ..Ini::default() };
    let mut offset = 0;
    // A value that goes on: a line that ends with a backslash joins the next.
    let mut open = false;
    for line in source.split_inclusive('\n') {
        let start = offset + (line.len() - line.trim_start().len());
        offset += line.len();
        let text = line.trim();
        let Some(section) = ini.sections.last_mut() else { break };
        if std::mem::take(&mut open) {
            let part = text.strip_suffix('\\');
            open = part.is_some();
            if let Some(entry) = section.entries.last_mut() {
                entry.value.push_str(part.unwrap_or(text).trim_end());
            }
        } else if text.is_empty() || text.starts_with(['#', ';']) {
        } else if let Some(name) = text.strip_prefix('[') {
            // A glob may hold brackets of its own.
            match name.rfind(']') {
                Some(end) => ini.sections.push(Section {
                    name: name[..end].trim().to_string(),
                    offset: start,
                    ..Section::default()
                }),
                None => ini.problems.push((start, "the section's `]` is missing".to_string())),
            }
        } else if let Some((key, value)) = text.split_once(['=', ':']) {
            let part = value.trim().strip_suffix('\\');
            open = part.is_some();
            let value = part.unwrap_or(value).trim();
            let value = if open { value.to_string() } else { unquoted(value) };
            section.entries.push(Entry { key: key.trim().to_string(), value, offset: start });
        } else {
            ini.problems.push((start, "expected `key = value` or `[glob]`".to_string()));
        }
    }
    ini
}

/// A value without its quotes, or without the comment after it.
fn unquoted(value: &str) -> String {
    for quote in ['"', '`', '\''] {
        if let Some(inner) = value.strip_prefix(quote).and_then(|v| v.strip_suffix(quote))
            && !inner.is_empty()
        {
            return inner.to_string();
        }
    }
    let comment = [" #", " ;", "\t#", "\t;"].iter().filter_map(|mark| value.find(mark)).min();
    value[..comment.unwrap_or(value.len())].trim_end().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_sections_keys_and_what_is_neither() {
        let source = "# top\nStylesPath = styles ; here\nVocab = A, B\nVocab = C\n\n[*.{md,txt}]\nBasedOnStyles = X\nX.Y = NO\n\
            BlockIgnores = (?s)a{1\\,2}, \\\nb\nwhat is this\n[broken\nX.Z: warning\n";
        let ini = parse(source);
        let [top, md] = ini.sections.as_slice() else { panic!("{ini:?}") };
        assert_eq!(top.last("StylesPath").map(|e| e.value.as_str()), Some("styles"));
        assert_eq!(top.list("Vocab"), Some(["A", "B", "C"].map(String::from).to_vec()));
        assert_eq!(md.name, "*.{md,txt}");
        assert_eq!(md.list("BlockIgnores"), Some(["(?s)a{1,2}", "b"].map(String::from).to_vec()));
        assert_eq!(md.last("X.Z").map(|e| e.value.as_str()), Some("warning"));
        let lines: Vec<_> =
            ini.problems.iter().map(|(at, _)| source[*at..].lines().next().unwrap_or("")).collect();
        assert_eq!(lines, ["what is this", "[broken"]);
    }
}
