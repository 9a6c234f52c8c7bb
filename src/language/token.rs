//! Words: a text cut into tokens whose words are interned numbers, so that everything after compares integers.

pub use super::lexicon::{Lexicon, WordHasher, WordId, WordSet};

use crate::text::Span;

/// What a token looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shape {
    /// All letters lower-case.
    #[default]
    Lower,
    /// First letter upper-case.
    Capital,
    /// Two or more letters, all upper-case.
    Upper,
    /// Starts with a digit.
    Number,
    /// One character that is no letter and no digit.
    Mark,
}

/// One token of a block's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Token {
    /// In the text that was cut.
    pub span: Span,
    /// Its word in the lexicon, `'s` and `n't` being words of their own (`can't` is `can` + `n't`).
    pub word: WordId,
    /// What it looks like.
    pub shape: Shape,
    /// Whether a hyphen or dash without spaces joins it to the token before (`open-weight`). The hyphen itself is no
    /// token then, so `open-weight` and `open weight` read alike.
    pub joined: bool,
    /// Whether it is a colon, which ends a label.
    pub colon: bool,
    /// Whether it is a comma.
    pub comma: bool,
    /// Whether it is a mark over which a phrase goes on: the comma of a list ("text, images and sound"), or one in a name.
    pub passed: bool,
}

/// Cuts `text` into tokens, appending to `out`.
///
/// A token is a run of letters and digits (with `.` `,` `:` or `/` inside between digits, so `5.4`, `1,000` and `1/20` are
/// one each, and `10x`, `3B` too), or one mark. Apostrophes of all kinds read as `'`; `Meta's` is `Meta` + `'s`, `isn't` is
/// `is` + `n't`, `can't` is `ca` + `n't`; the apostrophe of `labs' models` is a `'s` too.
pub fn tokenize(text: &str, lexicon: &Lexicon, out: &mut Vec<Token>) {
    let mut scratch = String::new();
    let mut at = 0;
    let mut joined = false;
    while let Some(byte) = text.as_bytes().get(at) {
        // Most of a text is words and single spaces.
        if *byte == b' ' {
            at += 1;
            joined = false;
            continue;
        }
        if byte.is_ascii_alphanumeric() {
            at = match plain_end(text.as_bytes(), at) {
                Some(end) => {
                    let (span, word) = (Span::new(at, end), lexicon.find(text, at, end));
                    let shape = plain_shape(text.as_bytes().get(at..end).unwrap_or_default());
                    out.push(Token { span, word, shape, joined, ..Token::default() });
                    end
                }
                None => {
                    push_word(text, Span::new(at, word_end(text, at)), joined, lexicon, &mut scratch, out)
                }
            };
            joined = false;
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        if c.is_whitespace() {
            at += c.len_utf8();
            joined = false;
            continue;
        }
        if c.is_alphanumeric() {
            let word = Span::new(at, word_end(text, at));
            at = push_word(text, word, joined, lexicon, &mut scratch, out);
            joined = false;
            continue;
        }
        if is_apostrophe(c)
            && let Some(len) = clitic(&text[at + c.len_utf8()..])
            && at > 0
            && text[..at].ends_with(char::is_alphanumeric)
        {
            let end = at + c.len_utf8() + len;
            scratch.clear();
            scratch.push('\'');
            fold(&text[at + c.len_utf8()..end], &mut scratch);
            out.push(Token {
                span: Span::new(at, end),
                word: lexicon.get(&scratch),
                shape: Shape::Lower,
                ..Token::default()
            });
            at = end;
            continue;
        }
        let end = at + c.len_utf8();
        if is_apostrophe(c) && owns(text, at, end, out, lexicon) {
            out.push(Token {
                span: Span::new(at, end),
                word: lexicon.get("'s"),
                shape: Shape::Lower,
                ..Token::default()
            });
            at = end;
            continue;
        }
        let between =
            text[..at].ends_with(char::is_alphanumeric) && text[end..].starts_with(char::is_alphanumeric);
        if is_hyphen(c) && between {
            joined = true;
        } else {
            scratch.clear();
            scratch.push(plain_mark(c));
            out.push(Token {
                span: Span::new(at, end),
                word: lexicon.get(&scratch),
                shape: Shape::Mark,
                colon: c == ':',
                comma: c == ',',
                ..Token::default()
            });
            joined = false;
        }
        at = end;
    }
}

/// Whether a text is cut into one token, as most words of rule files are.
pub fn is_one_word(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let link = |at: usize, b: u8| b == b'.' && digit(at.checked_sub(1)) && digit(Some(at + 1));
    !text.is_empty() && bytes.iter().enumerate().all(|(at, b)| b.is_ascii_alphanumeric() || link(at, *b))
}

/// Lower-cases `word` onto `out`, apostrophes made plain.
pub fn fold(word: &str, out: &mut String) {
    if word.is_ascii() {
        out.push_str(word);
        let start = out.len() - word.len();
        if let Some(added) = out.get_mut(start..) {
            added.make_ascii_lowercase();
        }
        return;
    }
    for c in word.chars() {
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else if is_apostrophe(c) {
            out.push('\'');
        } else {
            out.extend(c.to_lowercase());
        }
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–')
}

/// Quotes, dashes and the like in their plain form, so that patterns name one of each.
pub(crate) fn plain_mark(c: char) -> char {
    match c {
        '“' | '”' | '„' | '«' | '»' => '"',
        '’' | '‘' => '\'',
        '–' => '—',
        _ => c,
    }
}

/// Whether an apostrophe makes an owner of the plural before it ("the labs' second model") rather than closing a quotation.
fn owns(text: &str, at: usize, end: usize, before: &[Token], lexicon: &Lexicon) -> bool {
    let quote = lexicon.get("'");
    let open = before.iter().filter(|t| t.shape == Shape::Mark && t.word == quote).count() % 2 == 1;
    let goes_on = text[end..].strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    !open && goes_on && text[..at].ends_with('s')
}

/// The length of the clitic that `rest` starts with, after an apostrophe: one or two letters, then no letter.
fn clitic(rest: &str) -> Option<usize> {
    let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let letters = rest[..end].chars().count();
    (1..=2).contains(&letters).then_some(end)
}

/// Where the word that starts at a byte ends, if it has ASCII letters and digits alone and nothing after them may belong to
/// it: no letter, no mark inside a number, no apostrophe.
fn plain_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut end = start;
    while bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
        end += 1;
    }
    let linked = |byte: &u8| b".,:/".contains(byte) && bytes.get(end - 1).is_some_and(u8::is_ascii_digit);
    let plain = |byte: &u8| *byte == b' ' || byte.is_ascii() && *byte != b'\'' && !linked(byte);
    bytes.get(end).is_none_or(plain).then_some(end)
}

fn word_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let plain = bytes.iter().skip(start).take_while(|b| b.is_ascii_alphanumeric()).count();
    let mut end = start + plain;
    while let Some(byte) = bytes.get(end) {
        let (length, letter, link) = match byte {
            byte if byte.is_ascii() => (1, byte.is_ascii_alphanumeric(), b".,:/".contains(byte)),
            _ => match text.get(end..).and_then(|rest| rest.chars().next()) {
                Some(c) => (c.len_utf8(), c.is_alphanumeric(), c == '⁄'),
                None => break,
            },
        };
        let linked = link && end > start && digit(end - 1) && digit(end + length);
        if !letter && !linked {
            break;
        }
        end += length;
    }
    end
}

/// Pushes a run of letters and digits, split before `n't`; gives the byte after what it pushed.
fn push_word(
    text: &str,
    span: Span,
    joined: bool,
    lexicon: &Lexicon,
    scratch: &mut String,
    out: &mut Vec<Token>,
) -> usize {
    let word = span.of(text);
    scratch.clear();
    fold(word, scratch);
    let rest = &text[span.end..];
    let mut after = rest.chars();
    let negated = scratch.ends_with('n')
        && after.next().is_some_and(is_apostrophe)
        && after.next().is_some_and(|c| c.eq_ignore_ascii_case(&'t'))
        && !after.next().is_some_and(char::is_alphanumeric);
    if !negated {
        out.push(Token {
            span,
            word: lexicon.get(scratch),
            shape: shape(word),
            joined,
            colon: false,
            comma: false,
            passed: false,
        });
        return span.end;
    }
    scratch.pop();
    let stem = Span::new(span.start, span.end - 1);
    if !stem.is_empty() {
        out.push(Token {
            span: stem,
            word: lexicon.get(scratch),
            shape: shape(stem.of(text)),
            joined,
            colon: false,
            comma: false,
            passed: false,
        });
    }
    let end = span.end + rest.find(['t', 'T']).unwrap_or(0) + 1;
    out.push(Token {
        span: Span::new(stem.end, end),
        word: lexicon.get("n't"),
        shape: Shape::Lower,
        ..Token::default()
    });
    end
}

/// The shape of a word of ASCII.
fn plain_shape(word: &[u8]) -> Shape {
    match word.first() {
        Some(b'0'..=b'9') => Shape::Number,
        Some(b'A'..=b'Z') if word.len() > 1 && !word.iter().any(u8::is_ascii_lowercase) => Shape::Upper,
        Some(b'A'..=b'Z') => Shape::Capital,
        _ => Shape::Lower,
    }
}

fn shape(word: &str) -> Shape {
    if word.is_ascii() {
        return plain_shape(word.as_bytes());
    }
    let mut chars = word.chars();
    match chars.next() {
        Some(c) if c.is_numeric() => Shape::Number,
        Some(c) if c.is_uppercase() => {
            if word.chars().count() > 1 && word.chars().all(|c| !c.is_lowercase()) {
                Shape::Upper
            } else {
                Shape::Capital
            }
        }
        _ => Shape::Lower,
    }
}
