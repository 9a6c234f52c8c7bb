//! `claimlint lint --stdin-records`: JSON Lines in, one JSON line out for each, in order and in bounded memory, so that
//! Spark, Beam or GNU parallel can pipe archives of millions through it.
//!
//! In: `{"id", "text", "format": "markdown|html|text", "date": "YYYY-MM-DD"}`; only `text` is needed. Out: `{"id",
//! "findings"}`, or `{"id", "error"}` for a line that is no such record.

use super::args::Drafts;
use super::desk::{Desk, Standing};
use super::pool;
use crate::draft::Format;
use crate::render::item::Item;
use crate::rule::finding::Severity;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::borrow::Cow;
use std::io::{self, BufRead, Read, Write};
use std::path::Path;
use std::process::ExitCode;

/// The longest line that is read; a longer one is answered with an error.
const MAX_LINE: usize = 64 << 20;
/// How much one thread takes at a time, of what has arrived.
const BATCH: usize = 64 << 10;

#[derive(Deserialize)]
struct Record<'a> {
    #[serde(default)]
    id: Value,
    #[serde(borrow)]
    text: Cow<'a, str>,
    #[serde(default, borrow)]
    format: Option<Cow<'a, str>>,
    #[serde(default, borrow)]
    date: Option<Cow<'a, str>>,
}

/// What is said of one line.
#[derive(Serialize)]
struct Reply {
    id: Value,
    #[serde(flatten)]
    said: Said,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Said {
    Findings(Vec<Item>),
    Error(String),
}

/// What came of some lines.
#[derive(Default)]
struct Answer {
    lines: Vec<u8>,
    worst: Option<Severity>,
    faulty: bool,
}

/// Runs the command.
pub fn run(args: &Drafts) -> io::Result<ExitCode> {
    let desk = Desk::new(&args.choice, &args.world);
    let standing = |name: &str| desk.standing(Path::new(name));
    let (Some(markdown), Some(html), Some(text)) = (standing("x.md"), standing("x.html"), standing("x.txt"))
    else {
        return Err(io::Error::other("the configuration of this folder leaves such drafts out"));
    };
    let of = |format| match format {
        Format::Markdown => &markdown,
        Format::Html => &html,
        Format::Text => &text,
    };
    let mut out = io::stdout().lock();
    let (mut worst, mut faulty, mut broken) = (None, false, None);
    let jobs = args
        .run
        .jobs
        .map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from);
    let work = |batch: io::Result<Vec<u8>>| batch.map(|batch| answer(&batch, &of));
    pool::ordered(jobs, Batches { input: io::BufReader::with_capacity(BATCH, io::stdin()) }, work, |done| {
        let written = done.and_then(|done| {
            worst = worst.max(done.worst);
            faulty |= done.faulty;
            out.write_all(&done.lines)?;
            out.flush()
        });
        broken = written.err();
        broken.is_none()
    });
    if let Some(error) = broken {
        return Err(error);
    }
    let troubles = desk.troubles();
    troubles.iter().for_each(|trouble| eprintln!("{trouble}"));
    Ok(ExitCode::from(match worst {
        _ if faulty || !troubles.is_empty() => 2,
        Some(worst) if markdown.layer.fails(worst) => 1,
        _ => 0,
    }))
}

/// Whole lines of the input as they arrive: what is there already goes into one batch, and nothing is waited for while a
/// line is at hand.
struct Batches<R> {
    input: io::BufReader<R>,
}

impl<R: Read> Iterator for Batches<R> {
    type Item = io::Result<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut batch = Vec::new();
        loop {
            let start = batch.len();
            match self.input.by_ref().take(MAX_LINE as u64).read_until(b'\n', &mut batch) {
                Err(error) => return Some(Err(error)),
                Ok(0) => break,
                Ok(read) if read == MAX_LINE && batch.last() != Some(&b'\n') => {
                    batch.truncate(start);
                    batch.push(b'\n');
                    if let Err(error) = self.skip_line() {
                        return Some(Err(error));
                    }
                }
                Ok(_) => {}
            }
            if batch.len() >= BATCH || !self.input.buffer().contains(&b'\n') {
                break;
            }
        }
        (!batch.is_empty()).then_some(Ok(batch))
    }
}

impl<R: Read> Batches<R> {
    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let buffer = self.input.fill_buf()?;
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let (used, done) = (end.map_or(buffer.len(), |end| end + 1), end.is_some() || buffer.is_empty());
            self.input.consume(used);
            if done {
                return Ok(());
            }
        }
    }
}

fn answer<'s>(batch: &[u8], of: &impl Fn(Format) -> &'s Standing) -> Answer {
    let mut answer = Answer::default();
    for line in batch.split_inclusive(|byte| *byte == b'\n') {
        let reply = match record(line, of) {
            Ok((id, report)) => {
                answer.worst = answer.worst.max(report.findings.iter().map(|item| item.severity).max());
                Reply { id, said: Said::Findings(report.findings) }
            }
            Err((id, error)) => {
                answer.faulty = true;
                Reply { id, said: Said::Error(error) }
            }
        };
        // Nothing in a reply can fail to be written into memory.
        let _ = serde_json::to_writer(&mut answer.lines, &reply);
        answer.lines.push(b'\n');
    }
    answer
}

fn record<'s>(
    line: &[u8],
    of: &impl Fn(Format) -> &'s Standing,
) -> Result<(Value, crate::render::FileReport), (Value, String)> {
    if line.trim_ascii().is_empty() {
        return Err((Value::Null, format!("an empty line, or one of more than {} MB", MAX_LINE >> 20)));
    }
    let record: Record<'_> = serde_json::from_slice(line).map_err(|error| (id(line), error.to_string()))?;
    let format = match record.format.as_deref() {
        None | Some("markdown") => Format::Markdown,
        Some("html") => Format::Html,
        Some("text") => Format::Text,
        Some(other) => {
            return Err((record.id, format!("unknown format `{other}`: expected markdown, html or text")));
        }
    };
    let day = record.date.as_deref().map(str::parse::<Date>).transpose();
    let day = day.map_err(|_| (record.id.clone(), "`date` is no day like 2026-04-08".to_string()))?;
    let standing = of(format);
    let draft = standing.draft(&record.text);
    let found = standing.judge_at(&draft, day);
    let name = match &record.id {
        Value::String(id) => id.clone(),
        other => other.to_string(),
    };
    let report = standing.report(Path::new(&name), &draft, &found.sorted);
    Ok((record.id, report))
}

/// The id of a line that is JSON but no record.
fn id(line: &[u8]) -> Value {
    let value = serde_json::from_slice::<Value>(line).ok();
    value.and_then(|mut value| value.get_mut("id").map(Value::take)).unwrap_or_default()
}
