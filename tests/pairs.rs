//! Minimal pairs: the same statement plain, negated, asked, … for each attribute, about the shipped subjects and about
//! invented ones. The sentences are data (`tests/pairs/*.yaml`); `⟦…⟧` marks what must be found, by the grid's own rule
//! or by the one that stands right before the mark.

use claimlint::check::{Checker, Settings, check};
use claimlint::disk::embedded;
use claimlint::draft::{Draft, Format};
use claimlint::knowledge::SourceFile;
use claimlint::rule::finding::{Finding, Severity};
use claimlint::text::Span;
use claimlint::yaml::{Fields, Item, Problems, parse};
use jiff::civil::date;
use std::collections::BTreeMap;
use std::path::Path;

/// What a grid must have sentences for.
const CELLS: [&str; 12] = [
    "plain",
    "negated",
    "asked",
    "conditional",
    "hedged",
    "planned",
    "past",
    "attributed",
    "denied",
    "contrasted",
    "presupposed",
    "double-negated",
];
const GRIDS: [&str; 2] = ["shipped", "invented"];

/// A finding as far as pairs look at it: rule and place.
type Found = (String, Span);

struct Cell {
    attribute: String,
    grid: &'static str,
    name: String,
    text: String,
    expected: Vec<Found>,
    marked: String,
    gap: bool,
}

fn checker(grid: &str) -> Checker {
    let shipped = |name: &str| grid == "shipped" || !(name.contains("/facts/") || name.starts_with("seeds/"));
    let mut files: Vec<SourceFile> = embedded::FILES
        .iter()
        .filter(|(name, _)| shipped(name))
        .map(|(name, text)| SourceFile { name: name.to_string(), text: text.to_string() })
        .collect();
    if grid == "invented" {
        for (name, text) in
            [("world.yaml", include_str!("pairs/world.yaml")), ("world.md", include_str!("pairs/world.md"))]
        {
            files.push(SourceFile { name: name.into(), text: text.into() });
        }
    }
    let (checker, problems) = Checker::load(&files);
    let shown: Vec<_> =
        problems.iter().map(|p| p.describe(&files[p.file].name, &files[p.file].text)).collect();
    assert!(shown.is_empty(), "{grid}: {shown:#?}");
    checker
}

/// The text of a marked sentence, with what is marked and by which rule.
fn unmark(marked: &str, rule: &str) -> (String, Vec<Found>) {
    let (mut text, mut found, mut rest) = (String::new(), Vec::new(), marked);
    while let Some((before, tail)) = rest.split_once('⟦') {
        let at = before
            .rfind(|c: char| !c.is_ascii_lowercase() && c != '-')
            .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
        text.push_str(&before[..at]);
        let (inside, after) = tail.split_once('⟧').expect("an opened mark is closed");
        let span = Span::new(text.len(), text.len() + inside.len());
        text.push_str(inside);
        let own = if before[at..].is_empty() { rule } else { &before[at..] };
        found.push((own.to_string(), span));
        rest = after;
    }
    text.push_str(rest);
    (text, found)
}

fn read(item: &Item<'_>, cell: (&str, &'static str, &str, &str, bool), out: &mut Vec<Cell>) {
    let (attribute, grid, name, rule, gap) = cell;
    for marked in item.strings() {
        let (text, expected) = unmark(marked, rule);
        out.push(Cell {
            attribute: attribute.into(),
            grid,
            name: name.into(),
            text,
            expected,
            marked: marked.into(),
            gap,
        });
    }
}

fn read_grid(fields: &mut Fields<'_>, attribute: &str, grid: &'static str, rule: &str, out: &mut Vec<Cell>) {
    let cells = fields.required(grid).map(|i| i.entries()).unwrap_or_default();
    let named: Vec<&str> = cells.iter().map(|(name, _, _)| *name).collect();
    assert_eq!(named, CELLS, "{attribute}: the {grid} grid has another set of cells");
    for (name, _, item) in &cells {
        read(item, (attribute, grid, name, rule, false), out);
    }
}

fn cells() -> Vec<Cell> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pairs");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("folder").map(|entry| entry.expect("entry").path()).collect();
    paths.sort();
    let mut out = Vec::new();
    for path in paths {
        let named = path.extension().is_some_and(|e| e == "yaml") && !path.ends_with("world.yaml");
        let source = if named { std::fs::read_to_string(&path).expect("text") } else { continue };
        let problems = Problems::new(0);
        let node = parse(&source).0.unwrap_or_else(|| panic!("{} is no YAML", path.display()));
        let mut fields = problems.fields(&node).expect("a map");
        let attribute = fields.str("pairs").expect("an attribute").to_string();
        let rule = fields.str("rule").expect("a rule").to_string();
        for grid in GRIDS {
            read_grid(&mut fields, &attribute, grid, &rule, &mut out);
        }
        for (grid, _, item) in fields.get("more").map(|more| more.entries()).unwrap_or_default() {
            let grid = GRIDS.into_iter().find(|g| *g == grid).expect("a grid");
            read(&item, (&attribute, grid, "more", &rule, false), &mut out);
        }
        for gap in fields.list("known_gaps") {
            let mut fields = gap.fields().expect("a map");
            let grid = fields.required("grid").and_then(|i| i.one_of("grid", &GRIDS)).unwrap_or_default();
            let grid = GRIDS.into_iter().find(|g| *g == grid).expect("a grid");
            let cell = fields.str("cell").unwrap_or("more");
            fields.required("why");
            let text = fields.required("text").expect("a sentence");
            read(&text, (&attribute, grid, cell, &rule, true), &mut out);
            fields.finish();
        }
        fields.finish();
        let problems: Vec<_> =
            problems.take().iter().map(|p| p.describe(&path.to_string_lossy(), &source)).collect();
        assert!(problems.is_empty(), "{problems:#?}");
    }
    out
}

/// Whether each finding meets a mark of its rule, and each mark a finding.
fn agrees(expected: &[Found], found: &[Found]) -> bool {
    let met = |(rule, span): &Found, by: &[Found]| by.iter().any(|(r, s)| r == rule && s.overlaps(*span));
    expected.iter().all(|e| met(e, found)) && found.iter().all(|f| met(f, expected))
}

#[test]
fn cells_behave() {
    let checkers = GRIDS.map(|grid| (grid, checker(grid)));
    let settings = Settings { as_of: Some(date(2026, 4, 8)), ..Settings::default() };
    let (mut faults, mut counts) = (Vec::new(), BTreeMap::<_, (usize, usize)>::new());
    for cell in cells() {
        let checker = checkers.iter().find(|(grid, _)| *grid == cell.grid).map(|(_, c)| c).expect("loaded");
        let draft = Draft::parse(&cell.text, Format::Markdown);
        // Remarks on style stand beside what a grid is about, and are no part of it.
        let remark = |f: &Finding| {
            let rule = checker.rules.list.iter().find(|rule| rule.name == f.rule);
            f.severity < Severity::Warning && rule.is_some_and(|rule| rule.evidence.is_some())
        };
        let found = check(&draft, checker, &settings).into_iter().filter(|f| !remark(f));
        let found: Vec<Found> = found.map(|f| (f.rule, f.span)).collect();
        let right = agrees(&cell.expected, &found);
        let count = counts.entry((cell.attribute.clone(), cell.grid)).or_default();
        *count = (count.0 + usize::from(right), count.1 + 1);
        let shown: Vec<_> =
            found.iter().map(|(rule, span)| format!("{rule}: {}", span.of(&cell.text))).collect();
        let place = format!("{} / {} / {}", cell.attribute, cell.grid, cell.name);
        match (right, cell.gap) {
            (false, false) => faults.push(format!("{place}\n    {}\n    found {shown:?}", cell.marked)),
            (true, true) => faults.push(format!("{place}\n    {}\n    is no gap any more", cell.marked)),
            _ => {}
        }
    }
    for ((attribute, grid), (right, all)) in &counts {
        println!("{attribute:20} {grid:10} {right:3} of {all}");
    }
    assert!(faults.is_empty(), "{} sentences do not behave:\n{}", faults.len(), faults.join("\n"));
}
