//! `rules new`: a rule from a few good and bad sentences.

use super::NewArgs;
use super::workshop::Workshop;
use crate::disk::write;
use crate::rule::example::{mark, unmark};
use crate::rule::pattern::KINDS;
use crate::text::Span;
use crate::yaml::{self, Node, NodeKind};
use std::io::{self, BufRead, IsTerminal, Write};
use std::process::ExitCode;

pub fn run(args: &NewArgs) -> io::Result<ExitCode> {
    let mut start = Start::of(args);
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    if !args.name.chars().all(plain) || args.name.starts_with('.') {
        let message = format!("`{}` is no name for a rule: letters, digits and hyphens", args.name);
        return Err(io::Error::other(message));
    }
    if start.flag.is_empty() && io::stdin().is_terminal() {
        start.ask()?;
    }
    if start.flag.iter().all(|(_, spans)| spans.is_empty()) {
        return Err(io::Error::other(
            "a rule starts from a sentence that it flags: --flag 'It is [[very]] fast.'",
        ));
    }
    if !STARTED.contains(&start.kind.as_str()) {
        let known = KINDS.contains(&start.kind.as_str());
        let fault = if known { "is not started from sentences" } else { "is no kind of rule" };
        let which = STARTED.join(" and ");
        return Err(io::Error::other(format!(
            "`{}` {fault}; {which} are started so, the cookbook has a recipe for every kind",
            start.kind
        )));
    }
    let path = args.output.join(format!("{}.yaml", args.name));
    if path.exists() {
        return Err(io::Error::other(format!("{} is there already", path.display())));
    }
    std::fs::create_dir_all(&args.output)?;
    write::whole(&path, start.file(&args.name).as_bytes())?;
    println!("wrote {}", path.display());
    let workshop = Workshop::open(std::slice::from_ref(&path));
    super::test::run(&super::TestArgs { files: vec![path], watch: false, strict: false, coverage: false })
        .map(|code| if workshop.troubles.is_empty() { code } else { ExitCode::from(2) })
}

/// Kinds whose patterns are the very words that sentences mark.
const STARTED: [&str; 2] = ["existence", "substitution"];

/// What a rule starts from.
struct Start {
    kind: String,
    flag: Vec<(String, Vec<Span>)>,
    pass: Vec<String>,
    instead: Vec<String>,
    message: Option<String>,
}

impl Start {
    fn of(args: &NewArgs) -> Start {
        let kind = match (&args.kind, args.instead.is_empty()) {
            (Some(kind), _) => kind.as_str(),
            (None, true) => "existence",
            (None, false) => "substitution",
        };
        Start {
            kind: kind.to_string(),
            flag: args.flag.iter().map(|sentence| read_marks(sentence)).collect(),
            pass: args.pass.clone(),
            instead: args.instead.clone(),
            message: args.message.clone(),
        }
    }

    /// Asks at the terminal for what the command line did not say.
    fn ask(&mut self) -> io::Result<()> {
        println!("Sentences that the rule flags, what is wrong in [[brackets]]; an empty line ends them.");
        while self.flag.is_empty() {
            let given: Vec<_> = lines()?.iter().map(|sentence| read_marks(sentence)).collect();
            let ended = given.is_empty();
            self.flag = given.into_iter().filter(|(_, spans)| !spans.is_empty()).collect();
            if ended {
                return Ok(());
            }
            if self.flag.is_empty() {
                println!(
                    "Nothing is in [[brackets]], so the rule would find nothing. Once more, as in: It is [[very]] fast."
                );
            }
        }
        println!("Sentences that it passes; an empty line ends them.");
        self.pass.extend(lines()?);
        println!(
            "What to write instead of each thing in brackets, in order; an empty line if there is nothing."
        );
        self.instead.extend(lines()?);
        if !self.instead.is_empty() {
            self.kind = "substitution".to_string();
        }
        println!("What a finding says ({{match}} is what was found); an empty line for a start.");
        self.message = self.message.take().or(lines()?.into_iter().next());
        Ok(())
    }

    fn wrong(&self) -> Vec<String> {
        let mut wrong: Vec<String> = Vec::new();
        for (sentence, spans) in &self.flag {
            for span in spans {
                let text = regex::escape(&span.of(sentence).to_lowercase()).replace("\\-", "-");
                if !wrong.contains(&text) {
                    wrong.push(text);
                }
            }
        }
        wrong
    }

    /// The rule's file.
    fn file(&self, name: &str) -> String {
        let wrong = self.wrong();
        let swaps = self.kind == "substitution";
        let message = self.message.clone().unwrap_or_else(|| match swaps {
            true => "“{match}”: write “{fix}”".to_string(),
            false => "“{match}” says little here".to_string(),
        });
        let mut entries =
            vec![pair("rule", text(name)), pair("kind", text(&self.kind)), pair("message", text(&message))];
        entries.push(pair("ignorecase", text("true")));
        if swaps {
            entries.push(pair("matchcase", text("true")));
            entries.push(pair("action", map(vec![pair("name", text("replace"))])));
            let instead = self.instead.iter().map(String::as_str).chain(std::iter::repeat("…"));
            let swap = wrong.iter().zip(instead).map(|(wrong, instead)| pair(wrong, text(instead))).collect();
            entries.push(pair("swap", map(swap)));
        } else {
            entries.push(pair("tokens", list(wrong.iter().map(|wrong| text(wrong)).collect())));
        }
        let flagged =
            self.flag.iter().map(|(sentence, spans)| map(vec![pair("flag", text(&mark(sentence, spans)))]));
        let passed = self.pass.iter().map(|sentence| map(vec![pair("pass", text(sentence))]));
        entries.push(pair("examples", list(flagged.chain(passed).collect())));
        yaml::write(&map(entries))
    }
}

/// A sentence with its marks, `[[so]]` or `⟦so⟧`.
fn read_marks(sentence: &str) -> (String, Vec<Span>) {
    unmark(&sentence.replace("[[", "⟦").replace("]]", "⟧"))
}

fn lines() -> io::Result<Vec<String>> {
    let mut lines = Vec::new();
    for line in io::stdin().lock().lines() {
        let line = line?;
        if line.trim().is_empty() {
            break;
        }
        lines.push(line.trim().to_string());
    }
    io::stdout().flush()?;
    Ok(lines)
}

fn text(text: &str) -> Node {
    Node { span: Span::default(), kind: NodeKind::Scalar { text: text.to_string(), quoted: false } }
}

fn pair(key: &str, value: Node) -> (Node, Node) {
    (text(key), value)
}

fn map(entries: Vec<(Node, Node)>) -> Node {
    Node { span: Span::default(), kind: NodeKind::Map(entries) }
}

fn list(items: Vec<Node>) -> Node {
    Node { span: Span::default(), kind: NodeKind::List(items) }
}
