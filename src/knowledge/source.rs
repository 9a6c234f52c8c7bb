//! Reading sources: entries of a `sources:` list, and seed documents with their front matter.

use super::Source;
use super::load::SourceFile;
use crate::yaml::{self, Fields, Item, Problems};

/// Reads one entry of a `sources:` list; `file` names a document beside the list or under `seeds/`.
pub(super) fn read(item: &Item, files: &[SourceFile], beside: &str) -> Option<Source> {
    let mut fields = item.fields()?;
    let id = fields.required("source").and_then(|id| id.str());
    let mut source = Source { grade: 3, ..Source::default() };
    if let Some(file) = fields.get("file") {
        let name = file.str()?;
        match document(files, beside, name) {
            Some(document) => source = from_document(document),
            None => {
                file.unknown("document", name, files.iter().map(|f| leaf(&f.name)).filter(|n| is_seed(n)))
            }
        }
    }
    metadata(&mut fields, &mut source);
    fields.finish();
    source.id = id?.to_string();
    Some(source)
}

/// A document under `seeds/` as a source of its own: its id is its file name without extension.
pub(super) fn from_document(document: &SourceFile) -> Source {
    let name = leaf(&document.name);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let mut source = Source {
        id: stem.to_string(),
        grade: 3,
        file: Some(document.name.clone()),
        text: Some(document.text.clone()),
        ..Source::default()
    };
    // Front matter with mistakes is taken as far as it goes: the document is somebody else's text.
    if let Some(front) = front_matter(&document.text) {
        let problems = Problems::default();
        if let Some(mut fields) = yaml::parse(front).0.as_ref().and_then(|node| problems.fields(node)) {
            source.id = fields.string("source").unwrap_or(source.id);
            metadata(&mut fields, &mut source);
        }
    }
    source
}

/// Whether a file is a document rather than YAML.
pub(super) fn is_seed(name: &str) -> bool {
    !name.ends_with(".yaml") && !name.ends_with(".yml")
}

/// The file that `name` means in a list standing at `beside`.
pub(super) fn document<'f>(files: &'f [SourceFile], beside: &str, name: &str) -> Option<&'f SourceFile> {
    let folder = beside.rsplit_once('/').map_or("", |(folder, _)| folder);
    let sibling = if folder.is_empty() { name.to_string() } else { format!("{folder}/{name}") };
    let seed = format!("seeds/{name}");
    let find = |fits: &dyn Fn(&str) -> bool| files.iter().find(|file| fits(&file.name));
    find(&|file| file == sibling)
        .or_else(|| find(&|file| file == seed || file.ends_with(&format!("/{seed}"))))
}

fn metadata(fields: &mut Fields, source: &mut Source) {
    if let Some(title) = fields.string("title") {
        source.title = title;
    }
    let (outlet, author) = (fields.string("outlet"), fields.string("author"));
    source.author = outlet.or(author).or(source.author.take());
    source.url = fields.string("url").or(source.url.take());
    source.date = fields.date("date").map(|(first, _)| first).or(source.date);
    source.kind = fields.string("kind").unwrap_or(std::mem::take(&mut source.kind));
    if let Some(grade) = fields.get("grade") {
        match grade.number() {
            Some(number) if (1.0..=4.0).contains(&number) => source.grade = number as u8,
            Some(_) => grade.problem("a grade is a number from 1 (maker, licence text) to 4 (reseller)"),
            None => {}
        }
    }
}

fn front_matter(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n"))?;
    rest.find("\n---").and_then(|end| rest.get(..end))
}

fn leaf(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}
