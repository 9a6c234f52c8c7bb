//! How fast drafts are checked: `cargo bench --bench check [-- FILE…]`.
//!
//! Prints medians over many runs; files given on the command line are measured as drafts too. With
//! `--no-default-features` the library alone is built and measured, without `--stdin-records`. Beside other linters:
//! `benches/peers.py`.

use claimlint::check::{Checker, Incremental, Settings, check};
use claimlint::draft::{Draft, Format};
use claimlint::knowledge::SourceFile;
use std::hint::black_box;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Sentences that name a subject and say something of it, as a draft of the field has them.
const CLAIMS: [&str; 8] = [
    "Muse Spark is open source and you can download the weights today.",
    "Meta says Muse Spark needs over ten times less training compute than Llama 4 Maverick.",
    "The weights of Llama 4 Scout are free to download under the Llama 4 Community License.",
    "Muse Spark is not available through a public API, though a private preview is open to partners.",
    "It costs $0.20 per million input tokens, which is cheaper than Llama 4 Maverick.",
    "Alexandr Wang leads Meta Superintelligence Labs, the group behind Muse Spark.",
    "If Meta had published the weights, developers would be running Muse Spark on their laptops by now.",
    "Muse Spark was announced on 8 April 2026 and runs in the Meta AI app and on meta.ai.",
];

/// Sentences that concern no subject at all.
const FILLERS: [&str; 8] = [
    "The committee met on a rainy morning and adjourned before lunch without a decision.",
    "Nobody in the room had read the report, which ran to several hundred pages.",
    "She poured another cup of coffee and looked out at the harbour.",
    "Prices of copper fell again, and the mills along the river cut a shift.",
    "The orchestra will play the second half of the programme without a conductor.",
    "What remains of the old bridge can be seen at low tide, close to the ferry.",
    "He had written three novels before he turned thirty, all of them out of print.",
    "Trains run every hour, but not on Sundays, when the line is closed for repairs.",
];

fn main() {
    let files: Vec<SourceFile> = ["rules", "seeds"].iter().flat_map(|folder| gather(folder)).collect();
    let load = median(20, || Checker::load(&files));
    println!("{:<34}{:>10.2} ms", "load rules and facts", millis(load));
    let (checker, _) = Checker::load(&files);

    let subjects = prose(&CLAIMS, 1000);
    let draft = Draft::parse(&subjects, Format::Markdown);
    let time = median(15, || check(&draft, &checker, &Settings::default()));
    println!("{:<34}{:>10.2} µs", "sentence with a subject, mean", time.as_secs_f64() * 1e6 / 1000.0);
    let mut each: Vec<f64> = CLAIMS
        .iter()
        .map(|sentence| {
            let time = median(200, || {
                check(&Draft::parse(sentence, Format::Markdown), &checker, &Settings::default())
            });
            time.as_secs_f64() * 1e6
        })
        .collect();
    each.sort_by(f64::total_cmp);
    println!("{:<34}{:>10.2} µs", "draft of one sentence, median", each[each.len() / 2]);

    let plain = prose(&FILLERS, 12_000);
    let draft = Draft::parse(&plain, Format::Markdown);
    let time = median(9, || check(&draft, &checker, &Settings::default()));
    println!(
        "{:<34}{:>10.1} MB/s",
        "text without subjects, checked",
        plain.len() as f64 / 1e6 / time.as_secs_f64()
    );

    let mixed: Vec<&str> =
        CLAIMS.iter().zip(FILLERS.chunks(2).cycle()).flat_map(|(c, f)| [*c, f[0], f[1]]).collect();
    for (name, bytes) in [("draft of 100 KB", 100_000), ("draft of 1 MB", 1_000_000)] {
        let sentences = bytes * mixed.len() / mixed.iter().map(|s| s.len() + 1).sum::<usize>();
        measure(name, &prose(&mixed, sentences), &checker);
    }
    many_rules(&prose(&mixed, 2000));
    records(&mixed, &checker);
    for path in std::env::args().skip(1).filter(|arg| !arg.starts_with('-')) {
        let text = std::fs::read_to_string(&path).expect("a draft that can be read");
        measure(&path, &text, &checker);
    }
}

fn measure(name: &str, text: &str, checker: &Checker) {
    let parse = median(9, || Draft::parse(text, Format::Markdown));
    let draft = Draft::parse(text, Format::Markdown);
    let judge = median(9, || check(&draft, checker, &Settings::default()));
    let found = check(&draft, checker, &Settings::default()).len();
    println!(
        "{name:<34}{:>10.2} ms = {:.2} parse + {:.2} check, {} KB, {found} findings",
        millis(parse + judge),
        millis(parse),
        millis(judge),
        text.len() / 1000,
    );
    keystrokes(text, checker);
}

/// How much more 500 pattern rules cost than 10 on the same text, where the same ten find something.
fn many_rules(text: &str) {
    let found =
        ["coffee", "bridge", "river", "novels", "trains", "weights", "preview", "partners", "tide", "report"];
    let rule = |number: usize| {
        let word = found.get(number).map_or(format!("unseen{number}"), |word| word.to_string());
        let tokens = format!("['{word}', 'rare{number}(?:ly|s)?', 'in order {number}']");
        let text = format!("rule: own-{number}\nkind: existence\nmessage: 'Not “%s”.'\ntokens: {tokens}\n");
        SourceFile { name: format!("own/{number}.yaml"), text }
    };
    let draft = Draft::parse(text, Format::Markdown);
    let cost = |count: usize| {
        let (checker, problems) = Checker::load(&(0..count).map(rule).collect::<Vec<_>>());
        assert_eq!(problems, []);
        median(9, || check(&draft, &checker, &Settings::default()))
    };
    let (few, many) = (cost(10), cost(500));
    println!(
        "{:<34}{:>10.2} ms, {:.2} ms with 10: {:.2} times as much",
        "500 pattern rules",
        millis(many),
        millis(few),
        many.as_secs_f64() / few.as_secs_f64()
    );
}

/// `lint --stdin-records` in one thread beside the library, on the same drafts in turns, so many that starting is no part
/// of it.
fn records(sentences: &[&str], checker: &Checker) {
    let Some(program) = option_env!("CARGO_BIN_EXE_claimlint") else { return };
    let drafts: Vec<String> = (0..600).map(|at| prose(sentences, 40 + at % 40)).collect();
    let bytes: usize = drafts.iter().map(String::len).sum();
    let rounds = 40_000_000 / bytes + 1;
    let mut input = String::new();
    for (id, draft) in drafts.iter().enumerate() {
        input.push_str(&format!("{{\"id\": {id}, \"text\": \"{}\"}}\n", draft.replace('\n', "\\n")));
    }
    let library = || {
        for draft in drafts.iter().cycle().take(rounds * drafts.len()) {
            black_box(check(&Draft::parse(draft, Format::Markdown), checker, &Settings::default()));
        }
    };
    let program = || {
        let mut child = Command::new(program)
            .args(["lint", "--stdin-records", "--no-config", "--jobs", "1"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("the program");
        let mut pipe = child.stdin.take().expect("a pipe");
        (0..rounds).for_each(|_| pipe.write_all(input.as_bytes()).expect("a reader"));
        drop(pipe);
        child.wait().expect("an end");
    };
    let mut turns: Vec<[Duration; 2]> = (0..3).map(|_| [median(1, library), median(1, program)]).collect();
    turns.sort_by(|[a, b], [c, d]| {
        (a.as_secs_f64() / b.as_secs_f64()).total_cmp(&(c.as_secs_f64() / d.as_secs_f64()))
    });
    let [library, program] = turns[turns.len() / 2];
    let speed = |time: Duration| (rounds * bytes) as f64 / 1e6 / time.as_secs_f64();
    println!(
        "{:<34}{:>10.2} MB/s, {:.2} MB/s in the library: {:.0} %, start included",
        "lint --stdin-records",
        speed(program),
        speed(library),
        100.0 * library.as_secs_f64() / program.as_secs_f64()
    );
}

/// Types a word in the middle of a draft, letter by letter.
fn keystrokes(text: &str, checker: &Checker) {
    let mut text = text.to_string();
    let settings = Settings::default();
    let mut incremental = Incremental::default();
    incremental.check(&text, Format::Markdown, checker, &settings);
    let mut at = text.len() / 2;
    at += text.get(at..).and_then(|rest| rest.find(' ')).unwrap_or(0);
    let letters = [" ", "w", "o", "r", "d", "s"];
    let mut next = letters.iter().cycle();
    let mut times: Vec<Duration> = (0..60)
        .map(|_| {
            let letter = next.next().unwrap_or(&" ");
            text.insert_str(at, letter);
            at += letter.len();
            let start = Instant::now();
            black_box(incremental.check(&text, Format::Markdown, checker, &settings));
            start.elapsed()
        })
        .collect();
    times.sort();
    println!(
        "{:<34}{:>10.2} ms, {:.2} at worst",
        "  a letter in its middle",
        millis(times[30]),
        millis(times[59])
    );
}

/// That many sentences, six to a paragraph, ten paragraphs to a section.
fn prose(sentences: &[&str], count: usize) -> String {
    let mut out = String::new();
    for (at, sentence) in sentences.iter().cycle().take(count).enumerate() {
        match at {
            at if at % 60 == 0 => out.push_str(&format!("\n\n## Part {}\n\n", at / 60 + 1)),
            at if at % 6 == 0 => out.push_str("\n\n"),
            _ => out.push(' '),
        }
        out.push_str(sentence);
    }
    out
}

fn median<T>(runs: usize, mut run: impl FnMut() -> T) -> Duration {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            black_box(run());
            start.elapsed()
        })
        .collect();
    times.sort();
    times[times.len() / 2]
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The files of a folder of the project, sorted by path.
fn gather(folder: &str) -> Vec<SourceFile> {
    let mut files = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                files.push(SourceFile { name: path.to_string_lossy().into_owned(), text });
            }
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}
