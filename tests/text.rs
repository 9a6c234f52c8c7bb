//! Lines and columns: places that are known, and what must hold for any text.

use claimlint::text::{Encoding, LineIndex, Position, Span};

const ENCODINGS: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

/// Text, byte offset, line, and the column in UTF-8, UTF-16 and UTF-32.
const PLACES: &[(&str, usize, usize, [usize; 3])] = &[
    ("", 0, 0, [0, 0, 0]),
    ("ab\ncd", 2, 0, [2, 2, 2]),
    ("ab\ncd", 3, 1, [0, 0, 0]),
    ("ab\ncd", 5, 1, [2, 2, 2]),
    ("ab\n", 3, 1, [0, 0, 0]),
    ("ab\r\ncd", 2, 0, [2, 2, 2]),
    ("ab\r\ncd", 4, 1, [0, 0, 0]),
    ("ab\rcd", 3, 1, [0, 0, 0]),
    ("\r\r\n\n\r", 3, 2, [0, 0, 0]),
    ("é = 🤖!", 2, 0, [2, 1, 1]),
    ("é = 🤖!", 9, 0, [9, 6, 5]),
    ("x\n🇫🇷 e\u{301}.", 10, 1, [8, 4, 2]),
    ("x\n🇫🇷 e\u{301}.", 14, 1, [12, 7, 5]),
    ("\u{FEFF}ab", 3, 0, [0, 0, 0]),
    ("\u{FEFF}ab", 4, 0, [1, 1, 1]),
    ("a\u{FEFF}b", 4, 0, [4, 2, 2]),
];

#[test]
fn known_places() {
    for &(text, offset, line, columns) in PLACES {
        let index = LineIndex::new(text);
        for (encoding, column) in ENCODINGS.into_iter().zip(columns) {
            let position = Position { line, column };
            assert_eq!(index.position(offset, encoding), position, "{text:?} at {offset} in {encoding:?}");
            assert_eq!(index.offset(position, encoding), offset, "{text:?} at {position:?} in {encoding:?}");
        }
    }
}

#[test]
fn places_outside_move_to_the_nearest_inside() {
    let index = LineIndex::new("ab\r\n🤖c\n");
    let at = |line, column| index.offset(Position { line, column }, Encoding::Utf16);
    assert_eq!(at(0, 99), 2);
    assert_eq!(at(1, 1), 4, "inside a surrogate pair");
    assert_eq!(at(2, 5), 10);
    assert_eq!(at(usize::MAX, usize::MAX), 10);
    let of = |offset| index.position(offset, Encoding::Utf16);
    assert_eq!(of(3), Position { line: 0, column: 2 }, "between carriage return and line feed");
    assert_eq!(of(6), Position { line: 1, column: 0 }, "inside a character");
    assert_eq!(of(usize::MAX), Position { line: 2, column: 0 });
    assert_eq!(index.line(1), Span::new(4, 9));
    assert_eq!(index.line(7), Span::new(10, 10));
    assert_eq!(index.lines(), 3);
}

#[test]
fn any_text_agrees_with_counting() {
    let pieces = [
        "a",
        " ",
        "\n",
        "\r\n",
        "\r",
        "é",
        "e\u{301}",
        "🤖",
        "👩‍🔬",
        "🇫🇷",
        "日本",
        "\u{FEFF}",
        "\u{2028}",
        "\t",
        "\0",
    ];
    let mut state = 7_u64;
    for _ in 0..400 {
        let mut text = String::new();
        for _ in 0..next(&mut state) % 24 {
            text.push_str(pieces[next(&mut state) % pieces.len()]);
        }
        agrees_with_counting(&text);
    }
}

/// Holds every offset of `text` against a count from its start.
fn agrees_with_counting(text: &str) {
    let index = LineIndex::new(text);
    for offset in 0..=text.len() {
        let between = text.get(offset.saturating_sub(1)..offset + 1) == Some("\r\n");
        let caret = text.is_char_boundary(offset) && !between;
        let inside =
            (0..=offset).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0) - usize::from(between);
        for encoding in ENCODINGS {
            let position = index.position(offset, encoding);
            assert_eq!(position, count(&text[..inside], encoding), "{text:?} at {offset} in {encoding:?}");
            let back = index.offset(position, encoding);
            if caret && !(offset == 0 && text.starts_with('\u{FEFF}')) {
                assert_eq!(back, offset, "{text:?} at {position:?} in {encoding:?}");
            }
            let beyond = index.offset(Position { column: position.column + 1, ..position }, encoding);
            assert!(text.is_char_boundary(beyond) && beyond >= back, "{text:?} past {position:?}");
        }
    }
}

fn count(before: &str, encoding: Encoding) -> Position {
    let before = before.strip_prefix('\u{FEFF}').unwrap_or(before);
    let flat = before.replace("\r\n", "\n").replace('\r', "\n");
    let last = flat.rsplit('\n').next().unwrap_or("");
    let column = match encoding {
        Encoding::Utf8 => last.len(),
        Encoding::Utf16 => last.encode_utf16().count(),
        Encoding::Utf32 => last.chars().count(),
    };
    Position { line: flat.matches('\n').count(), column }
}

/// The next number of a small generator, the same on every run.
fn next(state: &mut u64) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as usize
}
