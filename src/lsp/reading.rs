//! A reading: one state of a document, judged. Immutable, so that requests can be answered from it anywhere.

use super::client::Traits;
use super::data::{self, Kind};
use super::document::Document;
use super::library::{Library, World};
use super::position::Columns;
use super::settings::Shown;
use crate::check::{self, Checker, Incremental, Judged, Settings};
use crate::config;
use crate::disk::read;
use crate::draft::{Draft, Format};
use crate::knowledge::SubjectId;
use crate::rule::finding::{Finding, Place};
use crate::rule::suppress;
use crate::text::Span;
use crate::yaml::Problem;
use ropey::Rope;
use std::ops::Deref;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tower_lsp::ls_types::{Location, Uri};

/// What judges a draft: [`Incremental::check`], or a stand-in under test.
pub type Judge = fn(&mut Incremental, &str, Format, &Checker, &Settings) -> Vec<Finding>;

/// What is kept of a document from one judging to the next, and by which facts and rules it was judged.
#[derive(Debug, Default)]
pub struct Memory(Mutex<(u64, Incremental)>);

impl Memory {
    /// Takes what is kept; after a judging that panicked, or by other facts and rules, nothing is.
    fn take(&self, generation: u64) -> Incremental {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (of, incremental) = std::mem::take(&mut *kept);
        if of == generation { incremental } else { Incremental::default() }
    }

    fn keep(&self, generation: u64, incremental: Incremental) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = (generation, incremental);
    }
}

/// What is to be judged.
#[derive(Debug)]
pub struct Task {
    /// The document.
    pub uri: Uri,
    /// Its state.
    pub document: Document,
    /// Which of its states, counted by the server.
    pub edit: u64,
    /// By what.
    pub library: Arc<Library>,
    /// For whom.
    pub client: Traits,
    /// What they want shown.
    pub shown: Shown,
    /// With what.
    pub judge: Judge,
    /// What was kept of it.
    pub memory: Arc<Memory>,
}

/// One state of a document with what was found in it.
#[derive(Debug)]
pub struct Reading {
    /// The document.
    pub uri: Uri,
    /// The client's version of it.
    pub version: i32,
    /// Which of its states, counted by the server.
    pub edit: u64,
    /// Its text.
    pub text: Rope,
    /// Which facts, rules and settings judged it.
    pub generation: u64,
    /// For whom.
    pub client: Traits,
    /// What they want shown.
    pub shown: Shown,
    /// What came of it.
    pub content: Content,
    /// The check's last words, where it panicked.
    pub fault: Option<String>,
}

/// What came of judging a document.
#[derive(Debug, Default)]
pub struct Content {
    /// What the document is.
    pub kind: Kind,
    /// The facts and rules that hold for it.
    pub world: Arc<World>,
    /// What was found in a draft, in order.
    pub findings: Vec<Finding>,
    /// What its comments allow, with their reasons.
    pub allowed: Vec<(Finding, Option<String>)>,
    /// What is wrong in a fact, rule or configuration file.
    pub problems: Vec<Problem>,
    /// Where the project records facts, if it has facts of its own.
    pub record: Option<PathBuf>,
    /// How the draft is judged.
    pub settings: Settings,
    source: String,
    format: Format,
    draft: OnceLock<Draft>,
    claims: OnceLock<Vec<Judged>>,
    mentions: OnceLock<Vec<(Span, SubjectId)>>,
}

impl Content {
    /// The draft; read when first asked for.
    pub fn draft(&self) -> &Draft {
        self.draft.get_or_init(|| Draft::parse(&self.source, self.format))
    }

    /// A draft's claims with what came of them, in order of place; read when first asked for.
    pub fn claims(&self) -> &[Judged] {
        let judge = || check::judge(self.draft(), &self.world.built.checker, &self.settings);
        self.claims.get_or_init(judge)
    }

    /// Where a draft names subjects, in order of place; read when first asked for.
    pub fn mentions(&self) -> &[(Span, SubjectId)] {
        self.mentions.get_or_init(|| check::mentions(self.draft(), &self.world.built.checker))
    }
}

impl Task {
    /// Reads and judges. A panic costs this judging and nothing else.
    pub fn run(self) -> Reading {
        let judged = catch_unwind(AssertUnwindSafe(|| self.judge()));
        let (judged, fault) = match judged {
            Ok(judged) => (judged, None),
            Err(panic) => (Content::default(), Some(last_words(&*panic))),
        };
        Reading {
            uri: self.uri,
            version: self.document.version,
            edit: self.edit,
            text: self.document.text,
            generation: self.library.generation,
            client: self.client,
            shown: self.shown,
            content: judged,
            fault,
        }
    }

    fn judge(&self) -> Content {
        let standing = self.library.standing(file(&self.uri).as_deref());
        let source = || self.document.text.to_string();
        let kind = Kind::of(&self.uri, &self.document.language, source);
        let (world, settings) = (standing.world.clone(), standing.settings.clone());
        let judged = Content { kind, world, settings, ..Content::default() };
        if kind != Kind::Draft {
            let problems = data::problems(kind, &self.uri, &source(), &standing.world);
            return Content { problems, ..judged };
        }
        if standing.left_out.is_some() {
            return judged;
        }
        let (source, format) = (source(), format(&self.uri, &self.document.language));
        let (checker, settings) = (&standing.world.built.checker, &standing.settings);
        let mut incremental = self.memory.take(self.library.generation);
        let found = (self.judge)(&mut incremental, &source, format, checker, settings);
        self.memory.keep(self.library.generation, incremental);
        let judged = Content { source, format, record: standing.record, ..judged };
        // Most drafts allow nothing, and need not be read for that.
        let none = Draft::default();
        let draft = if suppress::may_stand_in(&judged.source) { judged.draft() } else { &none };
        let sorted = config::wanted(draft, found, checker, settings, &standing.layer);
        Content { findings: sorted.open, allowed: sorted.allowed, ..judged }
    }
}

impl Deref for Reading {
    type Target = Content;

    fn deref(&self) -> &Content {
        &self.content
    }
}

impl Reading {
    /// Which text was judged by which facts and rules.
    pub fn state(&self) -> (u64, u64) {
        (self.edit, self.generation)
    }

    /// A place that a finding rests on, for the editor to open.
    pub fn location(&self, place: &Place) -> Option<Location> {
        let World { built, shelf } = &*self.world;
        let knowledge = &built.checker.knowledge;
        let encoding = self.client.encoding;
        match *place {
            Place::Draft(span) => {
                Some(Location { uri: self.uri.clone(), range: encoding.range(&self.text, span) })
            }
            Place::Source(id, span) => {
                let source = knowledge.sources.get(id.0 as usize)?;
                shelf.location(shelf.named(source.file.as_deref()?)?, span, encoding)
            }
            Place::Fact(id) => {
                let (file, span) = knowledge.facts.get(id.0 as usize)?.place;
                shelf.location(file, span, encoding)
            }
        }
    }

    /// Names this result among all results of its document: same text, same facts and rules, same name.
    pub fn result_id(&self) -> String {
        let (edit, generation) = self.state();
        format!("{edit}.{generation}")
    }
}

/// The file that an address names, if it names one on disk.
pub fn file(uri: &Uri) -> Option<PathBuf> {
    uri.scheme().as_str().eq_ignore_ascii_case("file").then(|| uri.to_file_path()).flatten().map(Into::into)
}

/// As the file's ending says, so that it is read here as it is in a batch; where that says nothing, as the client does.
fn format(uri: &Uri, language: &str) -> Format {
    let by_name = read::format_of(Path::new(uri.path().as_str()));
    by_name.unwrap_or(match language {
        "markdown" | "mdx" | "quarto" | "rmd" => Format::Markdown,
        "html" => Format::Html,
        _ => Format::Text,
    })
}

fn last_words(panic: &(dyn std::any::Any + Send)) -> String {
    let words = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
    words.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".to_owned())
}
