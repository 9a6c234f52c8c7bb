//! Where findings go: standard output in one format, and any number of files in others.

use crate::disk::write::WholeFile;
use crate::render::text::Terminal;
use crate::render::{FileReport, Render, RuleCard, Summary};
use crate::render::{github, gitlab, json, markdown, reviewdog, sarif, text, xml};
use clap::{Args, ValueEnum};
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

/// How to report.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Output")]
pub struct Output {
    /// How to write findings on standard output
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
    /// Write them to a file too; may be given several times
    #[arg(long, value_name = "FORMAT=FILE", value_parser = parse_output)]
    pub output: Vec<(Format, PathBuf)>,
    /// Colours and hyperlinks; `auto` asks the terminal and NO_COLOR
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: When,
}

/// An output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// For people: the line, what is wrong, the fact and its quote
    #[default]
    Text,
    /// One line for each finding
    Concise,
    /// One JSON object
    Json,
    /// One JSON line for each draft
    Jsonl,
    /// SARIF 2.1.0
    Sarif,
    /// GitHub annotations
    Github,
    /// GitLab Code Quality
    Gitlab,
    /// Checkstyle XML
    Checkstyle,
    /// JUnit XML
    Junit,
    /// reviewdog's format, one object
    Rdjson,
    /// reviewdog's format, one line for each finding
    Rdjsonl,
    /// For a job summary or a comment
    Markdown,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum When {
    /// If a terminal shows it
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How findings are drawn; shared by all threads.
pub struct Drawers(Vec<Box<dyn Render>>);

impl Drawers {
    /// The formats that the user asked for, standard output's first.
    pub fn new(output: &Output, quiet: bool) -> Self {
        let stdout = drawer(output.format, Terminal { quiet, ..terminal(output.color) });
        let files = output.output.iter().map(|(format, _)| drawer(*format, Terminal::default()));
        Drawers(std::iter::once(stdout).chain(files).collect())
    }

    /// For patches, which are written as they are.
    pub fn patches() -> Self {
        Drawers(vec![Box::new(Plain)])
    }

    /// One draft's part of each output.
    pub fn draw(&self, report: &FileReport) -> Vec<String> {
        self.0.iter().map(|drawer| drawer.file(report)).collect()
    }
}

/// Adds nothing to what it is given.
struct Plain;

impl Render for Plain {
    fn file(&self, _: &FileReport) -> String {
        String::new()
    }
}

/// What drawings are written to.
pub struct Sinks(Vec<Sink>);

struct Sink {
    target: Target,
    /// Whether a part was written, so that the next one needs a separator.
    any: bool,
}

enum Target {
    Stdout(io::BufWriter<io::StdoutLock<'static>>),
    File(PathBuf, WholeFile),
}

impl Sinks {
    /// Opens all outputs and writes what stands before the first draft.
    pub fn open(output: &Output, drawers: &Drawers, rules: &[RuleCard]) -> io::Result<Self> {
        let mut targets = vec![Target::Stdout(io::BufWriter::new(io::stdout().lock()))];
        for (_, path) in &output.output {
            let file = WholeFile::create(path).map_err(|error| about(path, &error))?;
            targets.push(Target::File(path.clone(), file));
        }
        let mut sinks = Vec::with_capacity(targets.len());
        for (mut target, drawer) in targets.into_iter().zip(&drawers.0) {
            target.put(&drawer.begin(rules))?;
            sinks.push(Sink { target, any: false });
        }
        Ok(Sinks(sinks))
    }

    /// Writes one draft's parts, as [`Drawers::draw`] gave them.
    pub fn write(&mut self, drawers: &Drawers, parts: &[String]) -> io::Result<()> {
        for ((sink, drawer), part) in self.0.iter_mut().zip(&drawers.0).zip(parts) {
            if part.is_empty() {
                continue;
            }
            if sink.any {
                sink.target.put(drawer.separator())?;
            }
            sink.any = true;
            sink.target.put(part)?;
        }
        Ok(())
    }

    /// Writes what stands after the last draft, and completes the files.
    pub fn finish(self, drawers: &Drawers, summary: &Summary) -> io::Result<()> {
        for (mut sink, drawer) in self.0.into_iter().zip(&drawers.0) {
            sink.target.put(&drawer.end(summary))?;
            match sink.target {
                Target::Stdout(mut out) => out.flush()?,
                Target::File(path, file) => file.finish().map_err(|error| about(&path, &error))?,
            }
        }
        Ok(())
    }
}

impl Target {
    fn put(&mut self, text: &str) -> io::Result<()> {
        match self {
            Target::Stdout(out) => out.write_all(text.as_bytes()),
            Target::File(path, file) => file.write_all(text.as_bytes()).map_err(|error| about(path, &error)),
        }
    }
}

fn parse_output(text: &str) -> Result<(Format, PathBuf), String> {
    let (format, file) = text.split_once('=').ok_or("expected FORMAT=FILE, as in sarif=report.sarif")?;
    let format = Format::from_str(format, true)?;
    match file {
        "" => Err("no file is named after the `=`".to_string()),
        _ => Ok((format, file.into())),
    }
}

fn about(path: &std::path::Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

fn drawer(format: Format, terminal: Terminal) -> Box<dyn Render> {
    match format {
        Format::Text => Box::new(text::Text(terminal)),
        Format::Concise => Box::new(text::Concise(terminal)),
        Format::Json => Box::new(json::Json),
        Format::Jsonl => Box::new(json::Lines),
        Format::Sarif => Box::new(sarif::Sarif),
        Format::Github => Box::new(github::Github),
        Format::Gitlab => Box::new(gitlab::Gitlab),
        Format::Checkstyle => Box::new(xml::Checkstyle),
        Format::Junit => Box::new(xml::Junit),
        Format::Rdjson => Box::new(reviewdog::Rdjson),
        Format::Rdjsonl => Box::new(reviewdog::Rdjsonl),
        Format::Markdown => Box::new(markdown::Markdown),
    }
}

/// Writes to standard output.
pub fn say(text: &str) -> io::Result<()> {
    io::stdout().lock().write_all(text.as_bytes())
}

/// What standard output can show.
pub fn terminal(when: When) -> Terminal {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let is = |name: &str, value: &str| std::env::var_os(name).is_some_and(|v| v == value);
    let tty = io::stdout().is_terminal();
    let color = match when {
        When::Always => true,
        When::Never => false,
        When::Auto if set("NO_COLOR") => false,
        When::Auto => set("CLICOLOR_FORCE") || tty && !is("TERM", "dumb"),
    };
    // Terminals that do not know hyperlinks mostly ignore them; the Linux console prints them.
    let links = color && tty && !is("TERM", "linux") && !set("CI");
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let width = told.or_else(|| tty.then(terminal_size::terminal_size)?.map(|(width, _)| width.0.into()));
    Terminal { color, links, width: width.unwrap_or(100).clamp(40, 140), quiet: false }
}
