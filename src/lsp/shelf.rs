//! The files behind the findings: facts, rules and seeds, each openable in the editor.
//!
//! What is compiled into the program is written to a cache folder when somebody first looks at it, read-only and under
//! the program's version, since no editor can open what is only in memory.

use crate::disk::load::Built;
use crate::knowledge::SourceFile;
use crate::text::{Encoding, LineIndex, Span};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use tower_lsp::ls_types::{Location, Position, Range, Uri};

/// The files that a checker was built from.
#[derive(Debug, Default)]
pub struct Shelf {
    built: Arc<Built>,
    shown: Vec<Shown>,
}

#[derive(Debug, Default)]
struct Shown {
    lines: OnceLock<LineIndex>,
    uri: OnceLock<Option<Uri>>,
}

impl Shelf {
    /// The shelf of a checker.
    pub fn new(built: Arc<Built>) -> Self {
        let shown = built.files.iter().map(|_| Shown::default()).collect();
        Shelf { built, shown }
    }

    /// The index of the file of that name.
    pub fn named(&self, name: &str) -> Option<usize> {
        self.built.files.iter().position(|file| file.name == name)
    }

    /// A place in a file, with the file there to be opened.
    pub fn location(&self, file: usize, span: Span, encoding: Encoding) -> Option<Location> {
        let (file, shown) = (self.built.files.get(file)?, self.shown.get(file)?);
        let uri = shown.uri.get_or_init(|| opened(file)).clone()?;
        let lines = shown.lines.get_or_init(|| LineIndex::new(&file.text));
        let at = |byte| {
            let place = lines.position(byte, encoding);
            Position::new(place.line as u32, place.column as u32)
        };
        Some(Location { uri, range: Range::new(at(span.start), at(span.end)) })
    }
}

/// The file's address; a file of the program is written first. Those have relative names, and files on disk none.
fn opened(file: &SourceFile) -> Option<Uri> {
    let path = Path::new(&file.name);
    if path.is_absolute() {
        return Uri::from_file_path(path);
    }
    let path = cache_folder()?.join(path);
    if fs::read(&path).ok().as_deref() != Some(file.text.as_bytes()) {
        place(&path, &file.text).ok()?;
    }
    Uri::from_file_path(&path)
}

/// Writes a read-only file whole: another server may be about to read it.
fn place(path: &Path, text: &str) -> std::io::Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    crate::disk::write::whole(path, text.as_bytes())?;
    let mut permissions = fs::metadata(path)?.permissions();
    permissions.set_readonly(true);
    fs::set_permissions(path, permissions)
}

/// Where this system's users expect caches.
fn cache_folder() -> Option<PathBuf> {
    let set = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || set("HOME").or_else(|| set("USERPROFILE"));
    let caches = set("XDG_CACHE_HOME").or_else(|| match std::env::consts::OS {
        "windows" => set("LOCALAPPDATA"),
        "macos" => Some(home()?.join("Library/Caches")),
        _ => Some(home()?.join(".cache")),
    })?;
    Some(caches.join("claimlint").join(env!("CARGO_PKG_VERSION")))
}
