//! Drafts and other text files from disk and from standard input.

use crate::draft::Format;
use crate::render::Trouble;
use std::io::Read;
use std::path::Path;

/// The markup that a file's ending stands for.
pub fn format_of(path: &Path) -> Option<Format> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    match ending.as_str() {
        "md" | "markdown" | "mdx" => Some(Format::Markdown),
        "html" | "htm" => Some(Format::Html),
        "txt" => Some(Format::Text),
        _ => None,
    }
}

/// A text file, word for word.
pub fn text(path: &Path) -> Result<String, Trouble> {
    let name = display(path);
    match std::fs::read(path) {
        Ok(bytes) => decode(&name, bytes),
        Err(error) => Err(Trouble::whole(name, format!("cannot be read: {error}"))),
    }
}

/// Standard input, word for word.
pub fn stdin(name: &str) -> Result<String, Trouble> {
    let mut bytes = Vec::new();
    match std::io::stdin().lock().read_to_end(&mut bytes) {
        Ok(_) => decode(name, bytes),
        Err(error) => Err(Trouble::whole(name, format!("standard input cannot be read: {error}"))),
    }
}

/// A path as reports show it: forward slashes, no leading `./`.
pub fn display(path: &Path) -> String {
    let shown = path.strip_prefix(".").unwrap_or(path).to_string_lossy();
    if cfg!(windows) { shown.replace('\\', "/") } else { shown.into_owned() }
}

fn decode(name: &str, bytes: Vec<u8>) -> Result<String, Trouble> {
    if matches!(bytes.get(..2), Some([0xff, 0xfe] | [0xfe, 0xff])) {
        return Err(Trouble::whole(name, "is UTF-16; save it as UTF-8"));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let before = String::from_utf8_lossy(&error.as_bytes()[..error.utf8_error().valid_up_to()]);
        Trouble::at(name, &before, before.len(), "is not valid UTF-8 here; save it as UTF-8")
    })?;
    match text.bytes().position(|byte| byte == 0) {
        Some(offset) => Err(Trouble::at(name, &text, offset, "a NUL byte: this is no text file")),
        None => Ok(text),
    }
}
