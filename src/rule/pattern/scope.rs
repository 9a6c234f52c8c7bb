//! Where a pattern rule looks: `heading`, `paragraph & ~blockquote`, `table.cell`, `sentence`, `~heading.h1`.
//!
//! A stretch of a draft has sections (`text`, `list`; `text`, `heading`, `h2`). A selector names sections and fits where all
//! of them are; `&` joins selectors that must all fit, `~` turns one round. A rule's scopes are alternatives.

/// Section names that a scope may start with; the names of front matter keys may follow `frontmatter`.
pub const NAMES: [&str; 20] = [
    "alt",
    "attr",
    "blockquote",
    "caption",
    "code",
    "emphasis",
    "footnote",
    "frontmatter",
    "heading",
    "html",
    "link",
    "list",
    "md",
    "paragraph",
    "raw",
    "sentence",
    "strong",
    "summary",
    "table",
    "text",
];

/// One alternative of a rule's scope: selectors that must all fit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    negated: bool,
    sections: Vec<String>,
}

impl Scope {
    /// Reads one scope; the error is the name that stands for nothing.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        for part in text.split('&') {
            let part = part.trim();
            let (negated, name) = match part.strip_prefix('~') {
                Some(rest) => (true, rest.trim()),
                None => (false, part),
            };
            let sections: Vec<String> = name.split('.').map(|s| s.trim().to_string()).collect();
            let first = sections.first().map_or("", String::as_str);
            let known = NAMES.contains(&first) || matches!(first, "txt" | "comment" | "meta" | "figure");
            if !known {
                return Err(name.to_string());
            }
            parts.push(Part { negated, sections });
        }
        Ok(Scope { parts })
    }

    /// Whether it fits a stretch with these sections. A `fragment` (a sentence, a paragraph of a plain text) is part of a
    /// stretch that is looked at whole too, so only a scope that names it fits.
    pub fn fits(&self, sections: &[String], fragment: Option<&str>) -> bool {
        let has = |name: &str| sections.iter().any(|section| section == name);
        if fragment.is_some_and(|name| !self.asks(name)) {
            return false;
        }
        let sized = has("raw") || has("summary");
        self.parts.iter().all(|part| {
            let fits = part.sections.iter().all(|name| has(name));
            // What the whole draft is not, says nothing.
            if part.negated { !fits && !sized } else { fits }
        })
    }

    /// Whether it names this section as one that must be there.
    pub fn asks(&self, name: &str) -> bool {
        self.parts.iter().any(|part| !part.negated && part.sections.iter().any(|s| s == name))
    }
}

impl std::fmt::Display for Scope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, part) in self.parts.iter().enumerate() {
            let (joined, negated) = (if index > 0 { " & " } else { "" }, if part.negated { "~" } else { "" });
            write!(f, "{joined}{negated}{}", part.sections.join("."))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sections(names: &str) -> Vec<String> {
        names.split('.').map(str::to_string).collect()
    }

    #[test]
    fn selectors_fit_where_all_their_sections_are() {
        for (scope, stretch, fragment, fits) in [
            ("text", "text.heading.h2.md", None, true),
            ("heading.h2", "text.heading.h2.md", None, true),
            ("heading.h1", "text.heading.h2.md", None, false),
            ("heading & ~heading.h2", "text.heading.h2.md", None, false),
            ("heading & ~heading.h1", "text.heading.h2.md", None, true),
            ("~heading", "text.list.md", None, true),
            ("~heading", "raw.md", None, false),
            ("sentence", "sentence.text.list.md", Some("sentence"), true),
            ("text", "sentence.text.list.md", Some("sentence"), false),
            ("sentence & ~list", "sentence.text.list.md", Some("sentence"), false),
            ("text.md", "text.list.md", None, true),
            ("text.html", "text.list.md", None, false),
        ] {
            let parsed = Scope::parse(scope).expect(scope);
            assert_eq!(parsed.fits(&sections(stretch), fragment), fits, "{scope} on {stretch}");
        }
    }

    #[test]
    fn a_name_that_stands_for_nothing_is_refused() {
        assert_eq!(Scope::parse("headings"), Err("headings".to_string()));
        assert_eq!(Scope::parse("text & ~lsit"), Err("lsit".to_string()));
    }
}
