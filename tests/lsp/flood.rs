//! A flood of edits with requests between them: each request must see exactly the edits before it.

use crate::client::{Client, URI, fingerprint};
use serde_json::{Value, json};
use std::collections::HashMap;

const EDITS: usize = 5_000;
/// What is typed: line ends of all kinds, characters of one to four bytes, a BOM, line separators that end no line.
const PIECES: [&str; 14] = [
    "a",
    "bad ",
    "é",
    "😀",
    "\u{feff}",
    "\r\n",
    "\n",
    "\r",
    "漢字",
    "\u{2028}",
    "e\u{301}",
    "",
    "\u{b}",
    "👩‍👩‍👧",
];

struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap()
    }
}

/// The position of a byte, counted the slow way.
fn position(text: &str, byte: usize, encoding: &str) -> Value {
    let before = &text[..byte];
    let (mut line, mut start) = (0, 0);
    for (at, c) in before.char_indices() {
        if c == '\n' || c == '\r' && !text[at + 1..].starts_with('\n') {
            (line, start) = (line + 1, at + 1);
        }
    }
    let column = &before[start..];
    let character = match encoding {
        "utf-8" => column.len(),
        "utf-16" => column.encode_utf16().count(),
        _ => column.chars().count(),
    };
    json!({"line": line, "character": character})
}

/// A place between two characters that an editor's cursor can be in.
fn place(text: &str, random: &mut Random) -> usize {
    let mut byte = random.below(text.len() + 1);
    while !text.is_char_boundary(byte) || text[..byte].ends_with('\r') && text[byte..].starts_with('\n') {
        byte -= 1;
    }
    byte
}

fn flood(encoding: &str, seed: u64) {
    let (mut client, _) = Client::start(json!({"general": {"positionEncodings": [encoding]}}));
    let mut random = Random(seed);
    let mut text = "\u{feff}# A draft\r\n\r\nA bad one. 😀\r\n".to_owned();
    client.open(&text);
    client.published(1);
    let mut expected = HashMap::new();
    for edit in 0..EDITS {
        let (a, b) = (place(&text, &mut random), place(&text, &mut random));
        let (start, end) = (a.min(b), a.max(b).min(a.min(b) + 12));
        let end = (0..=end).rev().find(|&end| text.is_char_boundary(end)).unwrap().max(start);
        let end = if text[..end].ends_with('\r') && text[end..].starts_with('\n') { end + 1 } else { end };
        let piece = PIECES[random.below(PIECES.len())].repeat(1 + random.below(3));
        let range = json!({"start": position(&text, start, encoding), "end": position(&text, end, encoding)});
        text.replace_range(start..end, &piece);
        client.change(edit as i64 + 2, json!([{"range": range, "text": piece}]));
        if edit % 50 == 0 {
            let params = json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}});
            let id = client.ask("textDocument/hover", params);
            expected.insert(id, fingerprint(&text));
            if edit % 500 == 0 {
                client.notify("$/cancelRequest", json!({ "id": id }));
            }
        }
    }
    let mut last = Value::Null;
    while last.is_null() || !expected.is_empty() {
        let message = client.next();
        check(&message, &mut expected);
        if message["params"]["version"] == EDITS as i64 + 1 {
            last = message;
        }
    }
    let last = last["params"]["diagnostics"].as_array().unwrap();
    assert_eq!(last[0]["message"], fingerprint(&text), "the last state is published");
    assert_eq!(last.len() - 1, text.matches("bad").count());
}

fn check(message: &Value, expected: &mut HashMap<i64, String>) {
    let Some(fingerprint) = message["id"].as_i64().and_then(|id| expected.remove(&id)) else { return };
    match message["result"]["contents"]["value"].as_str() {
        Some(hover) => assert!(hover.starts_with(&fingerprint), "{hover} for {fingerprint}"),
        None => assert_eq!(message["error"]["code"], -32800, "only the cancelled fail: {message}"),
    }
}

#[test]
fn in_bytes() {
    flood("utf-8", 0x9E37_79B9);
}

#[test]
fn in_utf_16() {
    flood("utf-16", 0xDEAD_BEEF);
}

#[test]
fn in_characters() {
    flood("utf-32", 0x00C0_FFEE);
}
