//! From files to [`Knowledge`]: attributes and sources first, then subjects, then facts, so that no file needs to stand
//! before another. A bad entry is reported at its place, and all others load.

use super::subject::Entry;
use super::{Fact, FactId, Knowledge, SourceId, Subject, SubjectId, attribute, fact, source, subject};
use crate::yaml::{self, Fields, Item, Node, Problem, Problems};
use std::collections::HashMap;

/// A file as the loader is given it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceFile {
    /// Its path, with `/`. YAML by its extension; everything else is a seed document.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// A YAML file's documents, and what is wrong with its YAML.
pub(crate) type Tree = (Vec<Node>, Vec<Problem>);

impl Knowledge {
    /// Reads attribute files, fact files and seed documents, in any order.
    ///
    /// A later file may add to a subject of an earlier one, and replaces a fact by giving its id.
    pub fn load(files: &[SourceFile]) -> (Knowledge, Vec<Problem>) {
        let trees = files.iter().map(|file| match source::is_seed(&file.name) {
            true => Default::default(),
            false => yaml::parse_all(&file.text),
        });
        Knowledge::of_trees(files, trees.collect())
    }

    /// The same where the files' YAML was read already; a seed has none.
    pub(crate) fn of_trees(files: &[SourceFile], trees: Vec<Tree>) -> (Knowledge, Vec<Problem>) {
        let placed = |(at, (nodes, found)): (usize, Tree)| {
            let problems = Problems::new(at);
            problems.extend(found);
            (problems, nodes)
        };
        let trees: Vec<(Problems, Vec<Node>)> = trees.into_iter().enumerate().map(placed).collect();
        let mut loader = Loader { files, knowledge: Knowledge::default(), names: Names::default() };
        let mut pending = Vec::new();
        let tops: Vec<(usize, Top)> = trees
            .iter()
            .enumerate()
            .flat_map(|(file, (problems, nodes))| nodes.iter().map(move |node| (file, node, problems)))
            .filter_map(|(file, node, problems)| Some((file, Top::read(problems.fields(node)?))))
            .collect();
        for (file, top) in &tops {
            loader.declare(*file, top);
        }
        loader.documents();
        for (file, top) in tops {
            loader.subjects(file, top, &mut pending);
        }
        loader.link(&pending);
        loader.facts(pending);
        let Loader { mut knowledge, .. } = loader;
        knowledge.build_index();
        (knowledge, trees.into_iter().flat_map(|(problems, _)| problems.take()).collect())
    }
}

/// Subjects by id and by name, for references in files.
#[derive(Default)]
pub(super) struct Names {
    by_id: HashMap<String, SubjectId>,
    by_name: HashMap<String, SubjectId>,
    /// In the order of [`SubjectId`].
    ids: Vec<String>,
    names: Vec<String>,
}

impl Names {
    /// The id of the subject of that id or name.
    pub(super) fn id_of(&self, word: &str) -> Option<&str> {
        self.find(word).and_then(|id| self.ids.get(id.0 as usize)).map(String::as_str)
    }

    /// All ids.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.ids.iter().map(String::as_str)
    }

    /// The subject that an item names; none is a problem.
    pub(super) fn resolve(&self, item: &Item) -> Option<SubjectId> {
        let word = item.str()?;
        let found = self.find(word);
        if found.is_none() {
            item.unknown("subject", word, self.ids().chain(self.names.iter().map(String::as_str)));
        }
        found
    }

    fn find(&self, word: &str) -> Option<SubjectId> {
        self.by_id.get(word).or_else(|| self.by_name.get(word)).copied()
    }

    fn add(&mut self, id: SubjectId, subject: &Subject) {
        for alias in subject.aliases.iter().filter(|alias| !alias.when_introduced) {
            self.by_name.entry(alias.text.clone()).or_insert(id);
            self.names.push(alias.text.clone());
        }
    }
}

/// What may stand at the top of a file.
struct Top<'a> {
    kinds: Vec<String>,
    attributes: Vec<Item<'a>>,
    sources: Vec<Item<'a>>,
    /// Source of all facts of the file that name none.
    source: Option<Item<'a>>,
    entries: Vec<Entry<'a>>,
}

impl<'a> Top<'a> {
    fn read(mut fields: Fields<'a>) -> Self {
        let kinds = fields.strings("kinds");
        let (attributes, sources) = (fields.list("attributes"), fields.list("sources"));
        let source = fields.get("source");
        let mut entries = Vec::new();
        for item in fields.list("subjects") {
            let Some(mut fields) = item.fields() else { continue };
            entries.extend(subject::read(&mut fields));
            fields.finish();
        }
        if fields.has("subject") {
            entries.extend(subject::read(&mut fields));
        }
        fields.finish();
        Top { kinds, attributes, sources, source, entries }
    }
}

/// Facts that wait until all subjects are known.
struct Pending<'a> {
    file: usize,
    subject: SubjectId,
    source: Option<SourceId>,
    entry: Entry<'a>,
}

struct Loader<'f> {
    files: &'f [SourceFile],
    knowledge: Knowledge,
    names: Names,
}

impl Loader<'_> {
    /// Documents that no list names are sources of their own.
    fn documents(&mut self) {
        for file in self.files {
            let listed = self.knowledge.sources.iter().any(|source| source.file.as_ref() == Some(&file.name));
            if !listed && source::is_seed(&file.name) {
                self.add_source(source::from_document(file));
            }
        }
    }

    fn add_source(&mut self, source: super::Source) {
        let next = SourceId(self.knowledge.sources.len() as u32);
        let at = *self.knowledge.index.sources.entry(source.id.clone()).or_insert(next);
        match self.knowledge.sources.get_mut(at.0 as usize) {
            Some(known) => *known = source,
            None => self.knowledge.sources.push(source),
        }
    }

    fn declare(&mut self, file: usize, top: &Top) {
        self.knowledge.kinds.extend(top.kinds.iter().cloned());
        for item in &top.attributes {
            let Some(attribute) = attribute::read(item) else { continue };
            let next = super::AttributeId(self.knowledge.attributes.len() as u32);
            let at = *self.knowledge.index.attributes.entry(attribute.id.clone()).or_insert(next);
            match self.knowledge.attributes.get_mut(at.0 as usize) {
                Some(known) => *known = attribute,
                None => self.knowledge.attributes.push(attribute),
            }
        }
        let name = self.files.get(file).map_or("", |file| file.name.as_str());
        for item in &top.sources {
            if let Some(source) = source::read(item, self.files, name) {
                self.add_source(source);
            }
        }
    }

    fn subjects<'a>(&mut self, file: usize, top: Top<'a>, pending: &mut Vec<Pending<'a>>) {
        let source = top.source.as_ref().and_then(|item| fact::find_source(item, &self.knowledge));
        for mut entry in top.entries {
            let subject = std::mem::take(&mut entry.subject);
            let kinds = &self.knowledge.kinds;
            if !subject.kind.is_empty() && !kinds.is_empty() && !kinds.contains(&subject.kind) {
                entry.id.unknown("kind", &subject.kind, kinds.iter().map(String::as_str));
            }
            let id = self.add_subject(subject);
            pending.push(Pending { file, subject: id, source, entry });
        }
    }

    fn add_subject(&mut self, subject: Subject) -> SubjectId {
        let next = SubjectId(self.knowledge.subjects.len() as u32);
        let id = *self.names.by_id.entry(subject.id.clone()).or_insert(next);
        self.names.add(id, &subject);
        match self.knowledge.subjects.get_mut(id.0 as usize) {
            Some(known) => subject::merge(known, subject),
            None => {
                self.names.ids.push(subject.id.clone());
                self.knowledge.subjects.push(subject);
            }
        }
        id
    }

    fn link(&mut self, pending: &[Pending]) {
        self.knowledge.index.subjects = self.names.by_id.clone().into_iter().collect();
        for Pending { subject, entry, .. } in pending {
            let part_of = entry.part_of.as_ref().and_then(|item| self.names.resolve(item));
            let version_of = entry.version_of.as_ref().and_then(|item| self.names.resolve(item));
            if let Some(known) = self.knowledge.subjects.get_mut(subject.0 as usize) {
                known.part_of = part_of.or(known.part_of);
                known.version_of = version_of.or(known.version_of);
                if known.part_of == Some(*subject) {
                    entry.id.problem("a subject is no part of itself");
                    known.part_of = None;
                }
                if known.name.is_empty() || known.kind.is_empty() {
                    entry.id.problem("no file gives this subject both a `name` and a `kind`");
                }
            }
        }
    }

    fn facts(&mut self, pending: Vec<Pending>) {
        let mut numbers: HashMap<(SubjectId, super::AttributeId), usize> = HashMap::new();
        let mut ids: HashMap<String, FactId> = HashMap::new();
        let mut conflicts = Vec::new();
        for Pending { file, subject, source, entry } in pending {
            for item in entry.facts {
                let read = fact::read(&item, file, subject, source, &self.knowledge, &self.names);
                let Some(mut read) = read else { continue };
                if !read.named {
                    let number = numbers.entry((subject, read.fact.attribute)).or_default();
                    *number += 1;
                    let subject = &self.knowledge[subject].id;
                    let attribute = &self.knowledge[read.fact.attribute].id;
                    read.fact.id = format!("{subject}#{attribute}-{number}");
                }
                if let Some(id) = self.add_fact(&item, read.fact, &mut ids) {
                    conflicts.push((id, read.conflicts));
                }
            }
        }
        for (id, items) in conflicts {
            let with = items.iter().filter_map(|item| {
                let name = item.str()?;
                let found = ids.get(name).copied();
                if found.is_none() {
                    item.unknown("fact", name, self.knowledge.facts.iter().map(|fact| fact.id.as_str()));
                }
                found
            });
            let with: Vec<FactId> = with.collect();
            if let Some(fact) = self.knowledge.facts.get_mut(id.0 as usize) {
                fact.conflicts_with = with;
            }
        }
    }

    /// Adds a fact, or puts it in the place of the one of that id in an earlier file.
    fn add_fact(&mut self, item: &Item, fact: Fact, ids: &mut HashMap<String, FactId>) -> Option<FactId> {
        let next = FactId(self.knowledge.facts.len() as u32);
        let id = *ids.entry(fact.id.clone()).or_insert(next);
        match self.knowledge.facts.get_mut(id.0 as usize) {
            Some(known) if known.place.0 == fact.place.0 => {
                item.problem(format!("the fact `{}` stands here a second time", fact.id));
                return None;
            }
            Some(known) => *known = fact,
            None => self.knowledge.facts.push(fact),
        }
        Some(id)
    }
}
