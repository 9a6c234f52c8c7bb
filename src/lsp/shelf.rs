//! The files behind the findings: facts, rules and seeds, each openable in the editor.
//!
//! What is compiled into the program is written to a cache folder when somebody first looks at it, read-only and under
//! the program's version, since no editor can open what is only in memory.

use crate::config::load::Built;
use crate::knowledge::SourceFile;
use crate::text::{Encoding, LineIndex, Span};
use crate::yaml::{self, Node};
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
    tree: OnceLock<Vec<Node>>,
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

    /// The index of the file that the editor shows under that address.
    pub fn shown_at(&self, uri: &Uri) -> Option<usize> {
        let path = uri.to_file_path()?;
        let real = path.canonicalize().ok();
        self.built.files.iter().position(|file| {
            let own = own_path(file);
            own.is_some_and(|own| own == path || Some(own) == real)
        })
    }

    /// Whether a file comes with the program.
    pub fn embedded(&self, file: usize) -> bool {
        self.built.files.get(file).is_some_and(|file| !Path::new(&file.name).is_absolute())
    }

    /// A file's address, with the file there to be opened.
    pub fn uri(&self, file: usize) -> Option<Uri> {
        let (file, shown) = (self.built.files.get(file)?, self.shown.get(file)?);
        shown.uri.get_or_init(|| opened(file)).clone()
    }

    /// A file's text.
    pub fn text(&self, file: usize) -> &str {
        self.built.files.get(file).map_or("", |file| &file.text)
    }

    /// A YAML file's documents.
    pub fn tree(&self, file: usize) -> &[Node] {
        let (Some(file), Some(shown)) = (self.built.files.get(file), self.shown.get(file)) else {
            return &[];
        };
        let yaml = file.name.ends_with(".yaml") || file.name.ends_with(".yml");
        shown.tree.get_or_init(|| if yaml { yaml::parse_all(&file.text).0 } else { Vec::new() })
    }

    /// A place in a file, with the file there to be opened.
    pub fn location(&self, file: usize, span: Span, encoding: Encoding) -> Option<Location> {
        let uri = self.uri(file)?;
        let (file, shown) = (self.built.files.get(file)?, self.shown.get(file)?);
        let lines = shown.lines.get_or_init(|| LineIndex::new(&file.text));
        let at = |byte| {
            let place = lines.position(byte, encoding);
            Position::new(place.line as u32, place.column as u32)
        };
        Some(Location { uri, range: Range::new(at(span.start), at(span.end)) })
    }
}

/// Where a file stands or is to be written. Those of the program have relative names, and files on disk none.
fn own_path(file: &SourceFile) -> Option<PathBuf> {
    let path = Path::new(&file.name);
    if path.is_absolute() { Some(path.to_path_buf()) } else { Some(cache_folder()?.join(path)) }
}

/// The file's address; a file of the program is written first.
fn opened(file: &SourceFile) -> Option<Uri> {
    let path = own_path(file)?;
    let embedded = !Path::new(&file.name).is_absolute();
    if embedded && fs::read(&path).ok().as_deref() != Some(file.text.as_bytes()) {
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
