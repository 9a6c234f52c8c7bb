//! Citation keys: expressions that evidence rules take for a source.

use regex::Regex;
use regex_syntax::hir::literal::Extractor;
use std::sync::OnceLock;

/// An expression that is compiled when a draft first needs it: most never do, and compiling is what takes time.
#[derive(Debug, Clone)]
pub struct Citation {
    expression: String,
    /// Where it stands, one of these does; `None` where that cannot be told.
    starts: Option<Vec<Box<[u8]>>>,
    compiled: OnceLock<Option<Regex>>,
}

impl Citation {
    /// Takes an expression whose syntax is right.
    pub(super) fn new(expression: &str) -> Result<Citation, String> {
        let parsed = regex_syntax::parse(expression).map_err(|error| error.to_string())?;
        let starts = Extractor::new().extract(&parsed);
        let telling = starts.literals().filter(|all| all.iter().all(|start| !start.is_empty()));
        let starts = telling.map(|all| all.iter().map(|start| start.as_bytes().into()).collect());
        Ok(Citation { expression: expression.to_string(), starts, compiled: OnceLock::new() })
    }

    /// Whether it stands in a text.
    pub fn is_in(&self, text: &str) -> bool {
        let starts = |start: &[u8]| text.as_bytes().windows(start.len()).any(|here| here == start);
        if self.starts.as_ref().is_some_and(|all| !all.iter().any(|start| starts(start))) {
            return false;
        }
        self.compiled().is_some_and(|regex| regex.is_match(text))
    }

    /// Compiled now, if it was not before.
    pub(super) fn compiled(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| Regex::new(&self.expression).ok()).as_ref()
    }
}
