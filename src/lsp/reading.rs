//! A reading: one state of a document, judged. Immutable, so that requests can be answered from it anywhere.

use super::client::Traits;
use super::document::Document;
use crate::check::{Checker, Settings};
use crate::draft::{Draft, Format};
use crate::rule::finding::Finding;
use ropey::Rope;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use tower_lsp::ls_types::Uri;

/// What judges a draft: [`crate::check::check`], or a stand-in under test.
pub type Judge = fn(&Draft, &Checker, &Settings) -> Vec<Finding>;

/// Facts, rules and settings that a document is judged by.
#[derive(Debug, Default)]
pub struct World {
    /// Rises whenever anything in it changes.
    pub generation: u64,
    /// Facts and rules.
    pub checker: Checker,
    /// Settings of the draft.
    pub settings: Settings,
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
    pub world: Arc<World>,
    /// For whom.
    pub client: Traits,
    /// With what.
    pub judge: Judge,
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
    /// What judged it.
    pub world: Arc<World>,
    /// For whom.
    pub client: Traits,
    /// In order.
    pub findings: Vec<Finding>,
    /// The check's last words, where it panicked.
    pub fault: Option<String>,
}

impl Task {
    /// Reads and judges. A panic costs this judging and nothing else.
    pub fn run(self) -> Reading {
        let source = self.document.text.to_string();
        let format = format(&self.uri, &self.document.language);
        let judged = catch_unwind(AssertUnwindSafe(|| {
            let draft = Draft { source, format, ..Draft::default() };
            (self.judge)(&draft, &self.world.checker, &self.world.settings)
        }));
        let (findings, fault) = match judged {
            Ok(findings) => (findings, None),
            Err(panic) => (Vec::new(), Some(last_words(&*panic))),
        };
        Reading {
            uri: self.uri,
            version: self.document.version,
            edit: self.edit,
            text: self.document.text,
            world: self.world,
            client: self.client,
            findings,
            fault,
        }
    }
}

impl Reading {
    /// Which text was judged by which facts and rules.
    pub fn state(&self) -> (u64, u64) {
        (self.edit, self.world.generation)
    }

    /// Names this result among all results of its document: same text, same facts and rules, same name.
    pub fn result_id(&self) -> String {
        let (edit, generation) = self.state();
        format!("{edit}.{generation}")
    }
}

/// The language that the client names decides; where it names none that is known, the file's ending does.
fn format(uri: &Uri, language: &str) -> Format {
    let path = uri.path().as_str();
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    match language {
        "html" => Format::Html,
        "plaintext" | "text" => Format::Text,
        "markdown" | "mdx" | "quarto" | "rmd" => Format::Markdown,
        _ if ending.eq_ignore_ascii_case("html") || ending.eq_ignore_ascii_case("htm") => Format::Html,
        _ if ending.eq_ignore_ascii_case("txt") => Format::Text,
        _ => Format::Markdown,
    }
}

fn last_words(panic: &(dyn std::any::Any + Send)) -> String {
    let words = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
    words.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".to_owned())
}
