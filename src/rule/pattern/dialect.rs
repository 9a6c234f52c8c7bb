//! Patterns written for other engines, in the spelling of this one.
//!
//! Rule files come from many places: what another engine takes literally (`[[]`, `{`, `[\w-.]`) is escaped here, and what it
//! spells differently (`\Z`) is respelled. Nothing else changes.

/// How a pattern is to be read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Syntax {
    /// Letters match in either case.
    pub ignore_case: bool,
    /// `\w`, `\d` and `\s` are ASCII, as in the engines that other linters use.
    pub ascii: bool,
    /// Groups that capture only group.
    pub no_captures: bool,
}

/// A pattern of a rule file in the spelling of this engine: what other engines take literally (`[[]`, `{`, `[\w-.]`) is
/// escaped, `\Z` is `\z`, and classes are ASCII where `syntax` says so. Flags are the caller's.
pub fn translate(pattern: &str, syntax: Syntax) -> String {
    let mut out = String::with_capacity(pattern.len() + 8);
    let mut chars = pattern.chars().peekable();
    // In a class: how many items it has so far.
    let mut class: Option<usize> = None;
    let mut after_escape = false;
    while let Some(c) = chars.next() {
        let was_escape = std::mem::take(&mut after_escape);
        match (c, class) {
            ('\\', _) => {
                let Some(next) = chars.next() else {
                    out.push_str("\\\\");
                    break;
                };
                after_escape = push_escape(next, class.is_some(), syntax, &mut out);
                class = class.map(|n| n + 1);
            }
            ('[', None) => {
                out.push('[');
                if chars.next_if_eq(&'^').is_some() {
                    out.push('^');
                }
                class = Some(0);
            }
            (']', Some(0)) => {
                out.push_str("\\]");
                class = Some(1);
            }
            (']', Some(_)) => {
                out.push(']');
                class = None;
            }
            ('[', Some(n)) if chars.peek() == Some(&':') => {
                out.push('[');
                for inner in chars.by_ref() {
                    out.push(inner);
                    if inner == ']' {
                        break;
                    }
                }
                class = Some(n + 1);
            }
            ('[' | '&' | '~', Some(n)) => {
                out.push('\\');
                out.push(c);
                class = Some(n + 1);
            }
            ('-', Some(n)) if n == 0 || was_escape || chars.peek() == Some(&']') => {
                out.push_str("\\-");
                class = Some(n + 1);
            }
            (_, Some(n)) => {
                out.push(c);
                class = Some(n + 1);
            }
            ('(', None) if syntax.no_captures => push_group(&mut chars, &mut out),
            ('{', None) if !is_repetition(chars.clone()) => out.push_str("\\{"),
            _ => out.push(c),
        }
    }
    out
}

/// Whether `{` starts a repetition: digits, perhaps a comma and digits, and `}`.
fn is_repetition(rest: impl Iterator<Item = char>) -> bool {
    let inner: String = rest.take(12).take_while(|c| *c != '}').collect();
    let digits = inner.bytes().filter(u8::is_ascii_digit).count();
    inner.len() < 12
        && inner.starts_with(|c: char| c.is_ascii_digit())
        && inner.bytes().filter(|b| *b == b',').count() <= 1
        && digits + inner.matches(',').count() == inner.len()
}

/// A group that captured now only groups.
fn push_group(chars: &mut std::iter::Peekable<std::str::Chars<'_>>, out: &mut String) {
    out.push('(');
    if chars.peek() != Some(&'?') {
        out.push_str("?:");
        return;
    }
    let mut ahead = chars.clone();
    ahead.next();
    let named = match ahead.next() {
        Some('P') => ahead.next() == Some('<'),
        Some('<') => !matches!(ahead.peek(), Some('=' | '!')),
        _ => false,
    };
    if named {
        for c in chars.by_ref() {
            if c == '>' {
                break;
            }
        }
        out.push_str("?:");
    }
}

/// Writes the escape `\next`; gives whether it stands for a class of characters.
fn push_escape(next: char, in_class: bool, syntax: Syntax, out: &mut String) -> bool {
    let ascii = match next {
        'w' => Some(("0-9A-Za-z_", false)),
        'W' => Some(("0-9A-Za-z_", true)),
        'd' => Some(("0-9", false)),
        'D' => Some(("0-9", true)),
        's' => Some((r"\t\n\x0C\r ", false)),
        'S' => Some((r"\t\n\x0C\r ", true)),
        _ => None,
    };
    match (ascii, next) {
        (Some((set, negated)), _) if syntax.ascii => {
            let open = if negated { "[^" } else { "[" };
            match in_class && !negated {
                true => out.push_str(set),
                false => out.extend([open, set, "]"]),
            }
            true
        }
        (_, 'Z') => {
            out.push_str("\\z");
            false
        }
        (_, '<' | '>' | '_') => {
            out.push(next);
            false
        }
        (_, ' ' | '\'' | '"' | '/' | ',' | ';' | ':' | '=' | '!' | '@' | '%' | '`') => {
            out.push(next);
            false
        }
        _ => {
            out.push('\\');
            out.push(next);
            matches!(next, 'w' | 'W' | 'd' | 'D' | 's' | 'S' | 'p' | 'P')
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::regex::Matcher;
    use super::*;

    fn spans(pattern: &str, text: &str) -> Vec<String> {
        let matcher = Matcher::new(translate(pattern, Syntax::default())).expect(pattern);
        matcher.matches(text).iter().map(|m| m.span.of(text).to_string()).collect()
    }

    #[test]
    fn reads_what_other_engines_take_literally() {
        for (pattern, text, found) in [
            (r"[[(]x", "[x (x", vec!["[x", "(x"]),
            (r"[\w-.]+", "a-b.c d", vec!["a-b.c", "d"]),
            (r"a{b", "a{b", vec!["a{b"]),
            (r"a{2,}", "aaa", vec!["aaa"]),
            (r"[]a]+", "]a", vec!["]a"]),
            (r"end\Z", "end", vec!["end"]),
            (r"\_x\/y", "_x/y", vec!["_x/y"]),
            (r"(?<!no )dogs(?= bark)", "no dogs bark, dogs bark", vec!["dogs"]),
            (r"\b(\w+) \1\b", "the the cat", vec!["the the"]),
            (r"[a&&b]+", "a&b", vec!["a&b"]),
        ] {
            assert_eq!(spans(pattern, text), found, "{pattern}");
        }
    }

    #[test]
    fn classes_are_unicode_unless_asked_otherwise() {
        let ascii = Syntax { ascii: true, ..Syntax::default() };
        for (pattern, syntax, found) in [
            (r"\w+", Syntax::default(), "café"),
            (r"\w+", ascii, "caf"),
            (r"[\w-]+", ascii, "caf"),
            (r"[^\W]+", ascii, "caf"),
        ] {
            let matcher = Matcher::new(translate(pattern, syntax)).expect(pattern);
            let text = "café";
            assert_eq!(matcher.first(text).map(|m| m.span.of(text)), Some(found), "{pattern}");
        }
    }

    #[test]
    fn groups_stop_capturing_when_asked() {
        let syntax = Syntax { no_captures: true, ..Syntax::default() };
        for (pattern, expected) in [
            (r"a(b)c", r"a(?:b)c"),
            (r"\((b)", r"\((?:b)"),
            (r"[(](?P<x>y)(?=z)", r"[(](?:y)(?=z)"),
            (r"(?<n>y)(?<!z)(?i:w)", r"(?:y)(?<!z)(?i:w)"),
        ] {
            assert_eq!(translate(pattern, syntax), expected);
        }
    }
}
