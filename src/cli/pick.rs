//! `lint --pick`: each finding that can be mended is shown at a terminal, and a person says which fix to apply. A draft is
//! written, whole, when all of its findings were asked about.

use super::desk::{Desk, Standing};
use super::fix;
use super::lint::Check;
use super::outputs::{When, terminal};
use super::survey::Survey;
use crate::draft::Draft;
use crate::render::item::Item;
use crate::render::text::{Text, count};
use crate::render::{FileReport, Render};
use crate::rule::finding::{Finding, Fix};
use crate::rule::fix::apply;
use std::collections::HashMap;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

const HELP: &str = "\
  1, 2 …  apply this fix            y  apply the first fix
  n       leave it as it is         a  apply the first fix here and of all that follow in this draft
  d       leave this draft          q  leave this and all other drafts; what was chosen is kept
";

/// What a person said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Fix(usize),
    Leave,
    AllHere,
    LeaveDraft,
    Quit,
}

/// What came of all drafts.
#[derive(Default)]
struct Sum {
    drafts: usize,
    mended: usize,
    left: usize,
    quit: bool,
}

/// Runs it, one draft after the other.
pub fn run(desk: &Desk, check: &Check<'_>) -> io::Result<ExitCode> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(io::Error::other(
            "--pick asks a person at a terminal; --fix and --unsafe-fixes ask nobody",
        ));
    }
    let mut drafts = check.args.drafts.clone();
    drafts.run.jobs = std::num::NonZeroUsize::new(1);
    let survey = Survey { desk, drafts: &drafts };
    let (mut sum, mut broken) = (Sum::default(), None);
    // Reading goes on while a person thinks, but only one draft is asked about at a time, in order.
    let rest = survey.each(
        |standing, path, source| Ok((standing.clone(), path.to_path_buf(), source)),
        |(standing, path, source), progress| {
            progress.hide();
            let done = draft(check, &standing, &path, &source, &mut sum);
            broken = done.err();
            broken.is_none() && !sum.quit
        },
    );
    if let Some(error) = broken {
        return Err(error);
    }
    rest.troubles.iter().for_each(|trouble| eprintln!("{trouble}"));
    println!("{} mended, {} left, in {}.", sum.mended, sum.left, count(sum.drafts, "draft"));
    Ok(ExitCode::from(match (rest.troubles.is_empty(), sum.left) {
        (false, _) => 2,
        (true, 0) => 0,
        (true, _) => 1,
    }))
}

/// Asks about one draft until nothing is left that was not asked about, and writes it.
fn draft(check: &Check<'_>, standing: &Standing, path: &Path, source: &str, sum: &mut Sum) -> io::Result<()> {
    let mut draft = standing.draft(source);
    // How many of each were left as they are: those are not asked about again.
    let mut declined: HashMap<Key, usize> = HashMap::new();
    let mut mended = 0;
    let left = loop {
        let found = standing.judge(&draft);
        let (report, _) = check.report(standing, path, &draft, &found);
        let open: Vec<&Finding> = found.sorted.open.iter().filter(|f| reported(&report, f)).collect();
        let mut seen: HashMap<Key, usize> = HashMap::new();
        let mut fresh = open.clone();
        fresh.retain(|finding| {
            let key = key(finding, &draft);
            let known = declined.get(&key).copied().unwrap_or(0);
            let seen = seen.entry(key).or_default();
            *seen += 1;
            !finding.fixes.is_empty() && *seen > known
        });
        let choices = ask_all(&fresh, &report, sum)?;
        let mut chosen = Vec::new();
        for (at, finding) in fresh.iter().enumerate() {
            match choices.get(at).copied().flatten().and_then(|fix| finding.fixes.get(fix)) {
                Some(fix) => chosen.push(Finding { fixes: vec![fix.clone()], ..(*finding).clone() }),
                None => *declined.entry(key(finding, &draft)).or_default() += 1,
            }
        }
        match apply(&draft.source, &chosen, true) {
            Some(next) => {
                mended += next.applied;
                draft = standing.draft(&next.text);
            }
            None => break open.len(),
        }
    };
    sum.drafts += 1;
    sum.left += left;
    if mended > 0 {
        fix::save(path, source, &draft.source).map_err(|trouble| io::Error::other(trouble.to_string()))?;
        sum.mended += mended;
    }
    Ok(())
}

/// What two rounds know a finding by: its place moves, its words do not.
type Key = (String, String, String);

fn key(finding: &Finding, draft: &Draft) -> Key {
    (finding.rule.clone(), finding.message.clone(), finding.span.of(&draft.source).to_string())
}

fn reported(report: &FileReport, finding: &Finding) -> bool {
    report.findings.iter().any(|item| item.rule == finding.rule && item.span == finding.span)
}

/// Which fix of each finding to apply; it may end before the findings do.
fn ask_all(findings: &[&Finding], report: &FileReport, sum: &mut Sum) -> io::Result<Vec<Option<usize>>> {
    let mut choices = Vec::new();
    let mut all = false;
    for finding in findings.iter().take_while(|_| !sum.quit) {
        let answer = if all { Answer::Fix(0) } else { ask(finding, report)? };
        match answer {
            Answer::Fix(at) => choices.push(Some(at)),
            Answer::Leave => choices.push(None),
            Answer::LeaveDraft => break,
            Answer::AllHere => {
                all = true;
                choices.push(Some(0));
            }
            Answer::Quit => {
                sum.quit = true;
                break;
            }
        }
    }
    Ok(choices)
}

/// Shows a finding and its fixes, and waits for an answer.
fn ask(finding: &Finding, report: &FileReport) -> io::Result<Answer> {
    let item = report.findings.iter().find(|item| item.rule == finding.rule && item.span == finding.span);
    // Its fixes are numbered below.
    let item = item.map(|item| Item { fixes: Vec::new(), ..item.clone() });
    let alone = FileReport { findings: item.into_iter().collect(), ..report.clone() };
    let mut out = io::stdout().lock();
    write!(out, "{}", Text(terminal(When::Auto)).file(&alone).trim_end())?;
    writeln!(out)?;
    for (number, fix) in finding.fixes.iter().enumerate() {
        writeln!(out, "  {}: {}", number + 1, in_words(fix))?;
    }
    loop {
        write!(out, "Apply? [{}ynadq?] ", numbers(finding.fixes.len()))?;
        out.flush()?;
        let mut line = String::new();
        if io::stdin().lock().read_line(&mut line)? == 0 {
            writeln!(out)?;
            return Ok(Answer::Quit);
        }
        match answer(line.trim(), finding.fixes.len()) {
            Some(answer) => {
                writeln!(out)?;
                return Ok(answer);
            }
            None => write!(out, "{HELP}")?,
        }
    }
}

fn in_words(fix: &Fix) -> String {
    let title: String = fix.title.chars().filter(|c| !c.is_control()).collect();
    format!("{title}{}", if fix.safe { "" } else { " (look at it)" })
}

fn numbers(fixes: usize) -> String {
    match fixes {
        1 => "1".to_string(),
        n => format!("1-{n}"),
    }
}

fn answer(line: &str, fixes: usize) -> Option<Answer> {
    match line {
        "y" => Some(Answer::Fix(0)),
        "n" => Some(Answer::Leave),
        "a" => Some(Answer::AllHere),
        "d" => Some(Answer::LeaveDraft),
        "q" => Some(Answer::Quit),
        number => {
            number.parse::<usize>().ok().filter(|n| (1..=fixes).contains(n)).map(|n| Answer::Fix(n - 1))
        }
    }
}
