//! What a run says of itself on standard error, never among the findings: a line that moves while the run is long and a
//! terminal shows it, and with `--verbose` what is read and how long that takes.

use super::args::Run;
use crate::disk::read::display;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::time::{Duration, Instant};

/// A run that is shorter than this needs no line.
const PATIENCE: Duration = Duration::from_millis(700);
/// How often the line moves.
const PACE: Duration = Duration::from_millis(100);
/// How much of a path the line shows.
const ROOM: usize = 48;

/// One run's.
pub struct Progress {
    started: Instant,
    /// When the line may be drawn next; `None` where there is no terminal for it.
    due: Option<Instant>,
    shown: bool,
    /// Whether findings go to a terminal too, where the line must make room for them.
    crowded: bool,
    verbose: bool,
    drafts: usize,
    bytes: usize,
}

impl Progress {
    /// Starts the clock.
    pub fn new(run: &Run) -> Self {
        let started = Instant::now();
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let moves = !run.quiet && !run.verbose && !dumb && io::stderr().is_terminal();
        Progress {
            started,
            due: moves.then(|| started + PATIENCE),
            shown: false,
            crowded: io::stdout().is_terminal(),
            verbose: run.verbose,
            drafts: 0,
            bytes: 0,
        }
    }

    /// Counts a draft, or what else a run takes one by one.
    pub fn step(&mut self, path: &Path, bytes: usize, took: Duration) {
        self.drafts += 1;
        self.bytes += bytes;
        if self.verbose {
            eprintln!("{}: {} in {}", display(path), size(bytes), time(took));
        }
        let Some(due) = self.due else { return };
        let now = Instant::now();
        if now >= due {
            self.due = Some(now + PACE);
            self.shown = true;
            let path = display(path);
            let skipped = path.chars().count().saturating_sub(ROOM);
            let path: String = path.chars().skip(skipped).filter(|c| !c.is_control()).collect();
            let more = if skipped > 0 { "…" } else { "" };
            let (drafts, size) = (self.drafts, size(self.bytes));
            let line = format!("\r\x1b[K{drafts} read, {size}, {}  {more}{path}", time(now - self.started));
            let _ = io::stderr().lock().write_all(line.as_bytes());
        }
    }

    /// Takes the line away, before something is written to standard output.
    pub fn hide(&mut self) {
        if self.crowded {
            self.clear();
        }
    }

    fn clear(&mut self) {
        if std::mem::take(&mut self.shown) {
            let _ = io::stderr().lock().write_all(b"\r\x1b[K");
        }
    }

    /// Says how much it was, if that is wanted.
    pub fn finish(&mut self) {
        self.clear();
        if self.verbose {
            let (drafts, size) = (self.drafts, size(self.bytes));
            eprintln!("{drafts} read, {size}, in {}", time(self.started.elapsed()));
        }
    }
}

/// Bytes as people count them.
fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{:.1} KB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

/// A length of time in the unit that suits it.
pub fn time(took: Duration) -> String {
    match took.as_secs_f64() {
        s if s < 1.0 => format!("{:.1} ms", s * 1e3),
        s => format!("{s:.1} s"),
    }
}
