//! Prints how a passage is read: `cargo run --example explain -- 'text' [facts folder]`.
use claimlint::check::{Checker, Settings, check, judge, mentions};
use claimlint::draft::{Draft, Format};
use claimlint::knowledge::SourceFile;
use std::path::Path;
fn gather(p: &Path, out: &mut Vec<SourceFile>) {
    if p.is_dir() {
        let mut v: Vec<_> = std::fs::read_dir(p).unwrap().map(|e| e.unwrap().path()).collect();
        v.sort();
        for e in v {
            gather(&e, out)
        }
    } else if let Ok(t) = std::fs::read_to_string(p) {
        out.push(SourceFile { name: p.display().to_string(), text: t })
    }
}
fn main() {
    let a: Vec<String> = std::env::args().skip(1).collect();
    let mut files = Vec::new();
    let w = a.get(1).cloned();
    gather(Path::new("rules"), &mut files);
    if let Some(w) = &w {
        files.retain(|f| !f.name.contains("facts/"));
        gather(Path::new(w), &mut files)
    } else {
        gather(Path::new("seeds"), &mut files)
    }
    let (c, p) = Checker::load(&files);
    for p in p {
        println!("PROBLEM {}", p.describe(&files[p.file].name, &files[p.file].text))
    }
    let d = Draft::parse(&a[0].replace("\\n", "\n"), Format::Markdown);
    let s = Settings { today: None, as_of: if w.is_some() { None } else { "2026-04-08".parse().ok() } };
    let r = c.reader.read(&d, &c.knowledge, &c.rules.list);
    for (sp, m) in mentions(&d, &c) {
        println!("mention {:?} = {}", sp.of(&d.source), c.knowledge.subjects[m.0 as usize].id)
    }
    for cl in &r.claims {
        println!(
            "claim {} {:?} neg={} {:?} rep={} bound={:?} subj={:?} «{}»",
            cl.attribute,
            cl.said,
            cl.negated,
            cl.status,
            cl.reported,
            cl.bound,
            cl.subjects.iter().map(|s| c.knowledge.subjects[s.0 as usize].id.as_str()).collect::<Vec<_>>(),
            cl.span.of(&d.source)
        )
    }
    for se in &r.sentences {
        for f in &se.figures {
            println!(
                "figure {:?} subj={:?} {:?} neg={} rep={} «{}»",
                f.figure,
                f.subjects.iter().map(|s| c.knowledge.subjects[s.0 as usize].id.as_str()).collect::<Vec<_>>(),
                f.status,
                f.negated,
                f.reported,
                f.span.of(&d.source)
            )
        }
        println!(
            "  sources {:?}",
            se.sources.iter().map(|(_, k, s)| (k, s.of(&d.source))).collect::<Vec<_>>()
        );
    }
    for j in judge(&d, &c, &s) {
        println!("{:?} {}", j.verdict, j.steps.join("\n    "))
    }
    for f in check(&d, &c, &s) {
        println!("FINDING {} «{}» {}", f.rule, f.span.of(&d.source), f.message)
    }
}
