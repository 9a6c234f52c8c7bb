//! The facts that ship, and those of the invented worlds: they verify, hold on their days, and use the words that
//! prose is read with.

use claimlint::knowledge::{Knowledge, SourceFile, SubjectId, Value, verify};
use claimlint::yaml::{self, Problem, Problems};

fn file(name: &str, text: &str) -> SourceFile {
    SourceFile { name: name.into(), text: text.into() }
}

fn attributes() -> SourceFile {
    file("rules/attributes.yaml", include_str!("../rules/attributes.yaml"))
}

/// The shipped attributes, facts and seeds.
fn shipped() -> Vec<SourceFile> {
    let mut files = vec![attributes()];
    files.extend(read("rules/facts"));
    files.extend(read("seeds"));
    files
}

/// Files of `folder`, in order of name.
fn read(folder: &str) -> Vec<SourceFile> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> = entries.filter(|path| path.is_file()).collect();
    paths.sort();
    paths.iter().map(|path| file(path.to_str().unwrap(), &std::fs::read_to_string(path).unwrap())).collect()
}

fn describe(files: &[SourceFile], problems: &[Problem]) -> Vec<String> {
    problems.iter().map(|p| p.describe(&files[p.file].name, &files[p.file].text)).collect()
}

/// What the shipped facts say of a subject on a day, in words.
fn said(knowledge: &Knowledge, subject: &str, attribute: &str, day: &str) -> Vec<String> {
    let subject = knowledge.subject(subject).unwrap_or_else(|| panic!("no subject {subject}"));
    let attribute = knowledge.attribute(attribute).unwrap_or_else(|| panic!("no attribute {attribute}"));
    let facts = knowledge.facts_at(subject, attribute, day.parse().unwrap());
    facts.map(|fact| knowledge.words(fact.attribute, &fact.value)).collect()
}

#[test]
fn shipped_facts_verify() {
    let files = shipped();
    let (knowledge, problems) = Knowledge::load(&files);
    assert_eq!(describe(&files, &problems), [""; 0]);
    assert_eq!(describe(&files, &verify(&knowledge)), [""; 0]);
    assert!(knowledge.facts.len() > 100);
}

#[test]
fn worlds_verify() {
    let worlds = ["grannock-ai", "halvorsk-commons", "hexaphane", "veldrane", "wolderness-institute"];
    let mut all = vec![attributes()];
    for world in worlds {
        let mut files = vec![attributes()];
        files.extend(read(&format!("tests/worlds/{world}")));
        let (knowledge, problems) = Knowledge::load(&files);
        assert_eq!(describe(&files, &problems), [""; 0]);
        assert_eq!(describe(&files, &verify(&knowledge)), [""; 0]);
        assert!(knowledge.facts.len() > 20, "{world}");
        all.extend(files.split_off(1));
    }
    // Together with the shipped facts they live side by side.
    all.extend(shipped().split_off(1));
    let (knowledge, problems) = Knowledge::load(&all);
    assert_eq!(describe(&all, &problems), [""; 0]);
    assert_eq!(describe(&all, &verify(&knowledge)), [""; 0]);
}

#[test]
fn facts_hold_on_their_days() {
    let (knowledge, _) = Knowledge::load(&shipped());
    let cases: &[(&str, &str, &str, &[&str])] = &[
        ("meta/muse-spark", "api", "2026-04-08", &["private preview"]),
        ("meta/muse-spark", "api", "2026-07-08", &["private preview"]),
        ("meta/muse-spark", "api", "2026-07-09", &["public preview"]),
        ("meta/muse-spark", "price", "2026-04-08", &["none"]),
        (
            "meta/muse-spark",
            "price",
            "2026-08-01",
            &["$1.25 per million input tokens", "$4.25 per million output tokens"],
        ),
        ("meta/muse-spark", "openness", "2026-11-01", &["closed"]),
        (
            "meta/muse-spark-open",
            "openness",
            "2026-11-01",
            &["open-weight under terms of its own, not open source"],
        ),
        ("meta/muse-spark-open", "openness", "2026-10-14", &[]),
        ("meta/muse-spark", "efficiency", "2026-04-08", &["over 10× in compute against Llama 4 Maverick"]),
        ("meta/muse-spark", "contributors", "2026-04-08", &["over 1,000 people"]),
        // From the family.
        ("meta/llama-4-scout", "openness", "2026-04-08", &["open-weight"]),
        ("meta/llama-4-maverick", "maker", "2026-04-08", &["Meta"]),
        ("meta/llama-4-scout", "release", "2026-04-08", &["2025-04-05", "2026-04-05"]),
        // A lab's lead is not its company's.
        ("meta/fair", "lead", "2026-04-08", &[]),
        ("meta/superintelligence-labs", "lead", "2026-04-08", &["Alexandr Wang"]),
    ];
    for (subject, attribute, day, expected) in cases {
        assert_eq!(said(&knowledge, subject, attribute, day), *expected, "{subject} {attribute} {day}");
    }
}

#[test]
fn makers_and_members_follow_their_links() {
    let (knowledge, _) = Knowledge::load(&shipped());
    let names = |ids: Vec<SubjectId>| -> Vec<String> {
        ids.into_iter().map(|id| knowledge[id].name.clone()).collect()
    };
    let subject = |id: &str| knowledge.subject(id).unwrap();
    assert_eq!(names(knowledge.makers(subject("meta/muse-spark"))), ["Meta Superintelligence Labs", "Meta"]);
    assert_eq!(names(knowledge.makers(subject("meta/superintelligence-labs"))), ["Meta"]);
    assert_eq!(names(knowledge.makers(subject("openai"))), [""; 0]);
    assert_eq!(
        names(knowledge.members(subject("meta/llama"))),
        ["Llama 4", "Llama 4 Scout", "Llama 4 Maverick"]
    );
}

#[test]
fn every_quote_has_its_place_in_the_seed() {
    let (knowledge, _) = Knowledge::load(&shipped());
    let id = knowledge.subject("meta/muse-spark").unwrap();
    let openness = knowledge.facts_of(id, knowledge.attribute("openness").unwrap()).next().unwrap();
    let (source, span) = knowledge.quote_place(openness).unwrap();
    assert_eq!(span.of(knowledge[source].text.as_deref().unwrap()), "No weights. No Apache 2.0.");
    assert_eq!(openness.as_of, knowledge[source].date);
}

/// A unit that no prose names would never compare.
#[test]
fn units_are_those_of_the_values() {
    let (node, _) = yaml::parse(include_str!("../rules/language/values.yaml"));
    let (node, problems) = (node.unwrap(), Problems::new(0));
    let units = problems.fields(&node).unwrap().get("units").unwrap();
    let units: Vec<&str> = units.entries().into_iter().map(|(unit, _, _)| unit).collect();
    let (knowledge, _) = Knowledge::load(&shipped());
    for unit in knowledge.attributes.iter().filter_map(|attribute| attribute.unit.as_deref()) {
        assert!(units.contains(&unit), "{unit} is no unit of rules/language/values.yaml");
    }
}

/// A licence by a name of its own would never agree with what prose says.
#[test]
fn licences_are_those_of_the_values() {
    let (node, _) = yaml::parse(include_str!("../rules/licences.yaml"));
    let (node, problems) = (node.unwrap(), Problems::new(0));
    let entries = problems.fields(&node).unwrap().list("licences");
    let known: Vec<&str> = entries.iter().filter_map(|item| item.fields()?.str("id")).collect();
    let (knowledge, _) = Knowledge::load(&shipped());
    for fact in &knowledge.facts {
        if let Value::Licence(id) = &fact.value {
            let spdx = spdx::license_id(id).is_some();
            assert!(spdx || known.contains(&id.as_str()), "{}: {id} is in no list", fact.id);
        }
    }
}
