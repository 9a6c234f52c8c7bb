//! All drafts of the workspace, open or not: what each says of whom, kept until its file or the facts change.

use super::client::Traits;
use super::diagnostics;
use super::document::Document;
use super::library::{Library, Stamp, World};
use super::position::Columns;
use super::reading::{Judge, Reading, Task, file};
use super::scan::Scan;
use super::settings::Shown;
use super::symbols;
use crate::disk::{read, walk};
use crate::knowledge::SubjectId;
use crate::verdict::Verdict;
use ropey::Rope;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;
use tower_lsp::ls_types::{Diagnostic, Range, Uri};

/// A workspace with more drafts than this is somebody's whole disk.
const MAX_DRAFTS: usize = 10_000;

/// What is open and what it stands in, at one moment.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// Configurations, facts and rules.
    pub library: Arc<Library>,
    /// Its folders.
    pub roots: Vec<PathBuf>,
    /// Documents that are open, each with its state and, where there is one, the reading of that state.
    pub open: HashMap<Uri, (Document, u64, Option<Arc<Reading>>)>,
    /// For whom.
    pub client: Traits,
    /// What they want shown.
    pub shown: Shown,
    /// What judges a draft.
    pub judge: Judge,
}

/// One draft, surveyed.
#[derive(Debug)]
pub struct Survey {
    /// The draft.
    pub uri: Uri,
    /// The client's version, where it is open.
    pub version: Option<i32>,
    /// Names this result among all results of the draft.
    pub result_id: String,
    /// Its diagnostics.
    pub diagnostics: Vec<Diagnostic>,
    /// Its claims.
    pub claims: Vec<Use>,
    /// Where it names whom, by id: drafts of one workspace may be judged by different facts.
    pub mentions: Vec<(Range, String)>,
}

/// A claim at its place.
#[derive(Debug)]
pub struct Use {
    /// Where it stands.
    pub range: Range,
    /// Of whom, by id.
    pub subject: Option<String>,
    /// The fact that decided, by id.
    pub fact: Option<String>,
    /// What came of it.
    pub verdict: Verdict,
    /// In words.
    pub title: String,
}

impl Workspace {
    /// The open documents' texts.
    pub fn texts(&self) -> HashMap<Uri, Rope> {
        self.open.iter().map(|(uri, (document, ..))| (uri.clone(), document.text.clone())).collect()
    }

    /// The facts and rules of each of its folders, and of all projects that were met in them.
    pub fn worlds(&self) -> Vec<Arc<World>> {
        self.library.load(&self.roots);
        self.library.worlds()
    }

    /// Every draft, the open ones as they stand in the editor. It does IO, and the first time it takes a while; stopped, it
    /// gives what it has.
    pub fn survey(&self, scan: &Scan) -> Vec<Arc<Survey>> {
        let open = self.open.iter().map(|(uri, (document, edit, reading))| match reading {
            Some(reading) => survey(reading, true),
            None => survey(&self.read(uri.clone(), document.clone(), *edit), true),
        });
        let mut surveys: Vec<Arc<Survey>> = open.map(Arc::new).collect();
        let mut unread = Vec::new();
        for path in walk::drafts(&self.roots).take(MAX_DRAFTS).flatten() {
            match self.closed(&path) {
                Some((path, stamp, None)) => unread.push((path, stamp)),
                Some((_, _, Some(known))) => surveys.push(known),
                None => {}
            }
        }
        for (done, (path, stamp)) in unread.iter().enumerate() {
            if !scan.step(done, unread.len()) {
                return surveys;
            }
            surveys.extend(self.anew(path, *stamp));
        }
        scan.step(unread.len(), unread.len());
        surveys
    }

    /// A draft that is not open, and what is known of it.
    fn closed(&self, path: &Path) -> Option<(PathBuf, Stamp, Option<Arc<Survey>>)> {
        let path = std::path::absolute(path).ok()?;
        if self.open.contains_key(&Uri::from_file_path(&path)?) {
            return None;
        }
        let data = std::fs::metadata(&path).ok()?;
        let stamp = (data.modified().unwrap_or(SystemTime::UNIX_EPOCH), data.len());
        let known = self.library.surveyed(&path, stamp);
        Some((path, stamp, known))
    }

    fn anew(&self, path: &Path, stamp: Stamp) -> Option<Arc<Survey>> {
        if self.library.standing(Some(path)).left_out.is_some() {
            return None;
        }
        let document = Document {
            text: Rope::from_str(&read::text(path).ok()?),
            version: 0,
            language: String::new(),
            in_step: true,
        };
        // The stamp stands for the state of a file that nobody edits here.
        let micros =
            stamp.0.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_micros() as u64);
        let reading = self.read(Uri::from_file_path(path)?, document, micros ^ stamp.1);
        let survey = Arc::new(survey(&reading, false));
        self.library.keep(path.to_path_buf(), stamp, survey.clone());
        Some(survey)
    }

    fn read(&self, uri: Uri, document: Document, edit: u64) -> Reading {
        let (library, client, shown, judge) = (self.library.clone(), self.client, self.shown, self.judge);
        let memory = Arc::default();
        Task { uri, document, edit, library, client, shown, judge, memory }.run()
    }
}

fn survey(reading: &Reading, open: bool) -> Survey {
    let encoding = reading.client.encoding;
    let range = |span| encoding.range(&reading.text, span);
    let knowledge = &reading.world.built.checker.knowledge;
    let subject = |id: SubjectId| knowledge.subjects.get(id.0 as usize).map(|subject| subject.id.clone());
    let claims = reading.claims().iter().map(|claim| Use {
        range: range(claim.span),
        subject: claim.subject.and_then(subject),
        fact: claim.fact.and_then(|id| Some(knowledge.facts.get(id.0 as usize)?.id.clone())),
        verdict: claim.verdict,
        title: symbols::title(reading, claim),
    });
    Survey {
        uri: reading.uri.clone(),
        version: open.then_some(reading.version),
        result_id: reading.result_id(),
        diagnostics: diagnostics::all(reading),
        claims: claims.collect(),
        mentions: reading
            .mentions()
            .iter()
            .filter_map(|(span, id)| Some((range(*span), subject(*id)?)))
            .collect(),
    }
}

/// Where a folder of the workspace lies, if it lies on disk; the whole disk is no workspace.
pub fn root(uri: &Uri) -> Option<PathBuf> {
    file(uri).filter(|path| path.parent().is_some())
}
