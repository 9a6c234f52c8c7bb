//! From files to a checker: language, values, metrics, rules and names become one grammar and its tables.

use super::citation::Citation;
use super::faults::{twice, unknowns};
use super::file::{self, Rule};
use super::pack;
use super::parts::{FileKind, Hands, InTurn, Parts, Sorted, of_kind};
use super::pattern::{self, PatternSet};
use crate::claim::figure::Metrics;
use crate::claim::names::{Names, Search};
use crate::claim::reader::{Classes, Job, Reader, SourceKind};
use crate::knowledge::{AttributeType, Knowledge, SourceFile};
use crate::language::Language;
use crate::language::grammar::{Builder, PatternFault};
use crate::language::pattern::ClassId;
use crate::language::sentence::Verbs;
use crate::language::token::Lexicon;
use crate::value::Vocabulary;
use crate::verdict::Verdict;
use crate::yaml::{Problem, Problems};
use std::sync::Arc;

/// Facts, rules and language, compiled once per process (and anew when a file of them changes).
#[derive(Debug, Clone, Default)]
pub struct Checker {
    /// What is known.
    pub knowledge: Knowledge,
    /// What reads drafts.
    pub reader: Reader,
    /// What words findings.
    pub rules: Rules,
    /// Pattern rules, by where they come from.
    pub patterns: Vec<Arc<PatternSet>>,
}

/// All claim and evidence rules.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// In the order of their files.
    pub list: Vec<Rule>,
    /// Citation keys of evidence rules: rule and expression.
    pub citations: Vec<(usize, Citation)>,
    /// The rule that compares figures, and the attribute it compares them as.
    pub ratio: Option<(usize, String)>,
}

impl Rules {
    /// The rule that words a verdict on a claim of rule `index`: its own for a contradiction, for the others the one that takes
    /// them, if there is one.
    pub fn words(&self, index: usize, verdict: Verdict) -> Option<&Rule> {
        match verdict {
            Verdict::Contradicted => self.list.get(index),
            verdict => self.list.iter().find(|r| r.takes == Some(verdict)),
        }
    }
}

/// What is read on the way to a grammar.
struct Gathered {
    lexicon: Lexicon,
    builder: Builder,
    language_file: usize,
}

impl Checker {
    /// Makes what is else made when a draft first needs it, for whoever would rather wait now.
    pub fn warm(&self) {
        for (_, citation) in &self.rules.citations {
            citation.compiled();
        }
        self.reader.vocabulary.licence("");
    }

    /// Reads files of all kinds, told apart by their first key; a kind that is none of the core's is a fact file or a seed.
    /// What does not fit is a problem at its place (`Problem::file` indexes `files`), and the rest is read.
    pub fn load(files: &[SourceFile]) -> (Checker, Vec<Problem>) {
        Checker::load_with(files, &[], &InTurn)
    }

    /// The same with the project's own words, which pattern rules let pass, and with the hands that do it.
    pub fn load_with(
        files: &[SourceFile],
        accepted: &[String],
        hands: &impl Hands,
    ) -> (Checker, Vec<Problem>) {
        let (Sorted { parts, known, trees, places }, mut problems) = Sorted::read(files, hands);
        let words = pattern::Vocabulary { accept: accepted.to_vec(), ..pattern::Vocabulary::of(files) };
        let read_known = || {
            let (knowledge, found) = Knowledge::of_trees(&known, trees);
            let search = Search::new(&knowledge);
            let rules: Vec<_> =
                of_kind(&parts, FileKind::Rule).map(|(f, node)| file::load(f, node)).collect();
            (knowledge, search, found, rules)
        };
        let mut checker = Checker::default();
        let mut found_in_language = Vec::new();
        let ((knowledge, search, found, rules), gathered) =
            hands.both(read_known, || checker.read(&parts, &words, &mut found_in_language));
        // The grammar is built where the trees were, rather than on fresh pages beside them.
        drop(parts);
        checker.knowledge = knowledge;
        for fact in &mut checker.knowledge.facts {
            fact.place.0 = places.get(fact.place.0).copied().unwrap_or(fact.place.0);
        }
        let placed = |p: Problem| Problem { file: places.get(p.file).copied().unwrap_or(0), ..p };
        problems.extend(found.into_iter().map(placed));
        problems.append(&mut found_in_language);
        for (rule, found) in rules {
            problems.extend(found);
            if let Some((rule, reads)) = rule {
                checker.rules.list.push(rule);
                checker.reader.reads.push(reads);
            }
        }
        let patterns = checker.patterns.iter().flat_map(|set| set.rules());
        let names = patterns.map(|rule| (rule.name.clone(), rule.place));
        let listed = checker.rules.list.iter().map(|rule| (rule.name.clone(), rule.place));
        problems.extend(twice(names.chain(listed).collect()));
        checker.compile(gathered, search, &mut problems);
        (checker, problems)
    }

    /// Reads the language, what values look like, and pattern rules.
    fn read(&mut self, parts: &Parts, words: &pattern::Vocabulary, problems: &mut Vec<Problem>) -> Gathered {
        // Files name a new word about every forty bytes.
        let room = parts.iter().map(|(_, _, node)| node.span.len()).sum::<usize>() / 40;
        let mut lexicon = Lexicon::with_room(room);
        let mut builder = Builder::default();
        let mut language_file = 0;
        for (file, node) in of_kind(parts, FileKind::Language) {
            let (language, found) = Language::load(file, node, &mut lexicon);
            problems.extend(found);
            language.register(&mut builder);
            self.reader.language = language;
            language_file = file;
        }
        for (file, node) in of_kind(parts, FileKind::Pack) {
            problems.extend(pack::load(file, node).1);
        }
        for (file, node) in of_kind(parts, FileKind::Metrics) {
            let (metrics, found) = Metrics::load(file, node);
            problems.extend(found);
            metrics.register(&mut builder);
            self.reader.metrics = metrics;
        }
        let values = of_kind(parts, FileKind::Values).last();
        let licences = of_kind(parts, FileKind::Licences).last();
        if let (Some((values_file, values)), Some((licences_file, licences))) = (values, licences) {
            let (in_values, in_licences) = (Problems::new(values_file), Problems::new(licences_file));
            self.reader.vocabulary =
                Vocabulary::build(&in_values.item(values), &in_licences.item(licences), &mut lexicon);
            problems.extend(in_values.take());
            problems.extend(in_licences.take());
        }
        let mut patterns = Vec::new();
        for (file, node) in of_kind(parts, FileKind::Pattern) {
            let found = Problems::new(file);
            let reader = pattern::Reader { vocabulary: words, ascii: false, file };
            patterns.extend(reader.read(&found.item(node)));
            problems.extend(found.take());
        }
        self.patterns.push(Arc::new(PatternSet::new(patterns)));
        Gathered { lexicon, builder, language_file }
    }

    /// Makes one grammar of all that was read.
    fn compile(&mut self, gathered: Gathered, search: Search, problems: &mut Vec<Problem>) {
        let Gathered { mut lexicon, mut builder, language_file } = gathered;
        self.reader.jobs = self.reader.language.uses.iter().map(|u| Job::Language(*u)).collect();
        for slot in
            ["subject", "name", "ratio", "count", "money", "unit-price", "date", "licence", "org", "model"]
        {
            builder.class(slot);
        }
        self.register_slots(&mut builder);
        self.register_rules(&mut builder, problems);
        let morphology = self.reader.language.morphology.clone();
        let (grammar, faults) = builder.build(&mut lexicon, &morphology);
        problems.extend(faults.into_iter().map(|fault| self.fault(fault, language_file)));
        self.reader.metrics.link(&grammar);
        let scopes = self.knowledge.facts.iter().flat_map(|fact| &fact.scope);
        self.reader.scopes = scopes.map(|(_, value)| lexicon.intern(value)).collect();
        self.reader.names = Names::new(&self.knowledge, search, &mut lexicon);
        self.reader.classes = Classes::of(&grammar);
        self.reader.verbs = Verbs::of(&grammar);
        self.reader.grammar = grammar;
        self.reader.lexicon = lexicon;
    }

    /// Every subject fills the slot that the language gives its kind, else one named after the kind.
    fn register_slots(&mut self, builder: &mut Builder) {
        let slots = &self.reader.language.slots;
        let slot = |kind: &str| {
            slots
                .iter()
                .find(|(_, kinds)| kinds.iter().any(|k| k == kind))
                .map_or(kind.to_string(), |(s, _)| s.clone())
        };
        for (name, _) in slots {
            builder.class(name);
        }
        for unit in self.reader.vocabulary.units() {
            builder.class(&format!("count-{unit}"));
        }
        self.reader.slots = self.knowledge.subjects.iter().map(|s| builder.class(&slot(&s.kind))).collect();
    }

    fn register_rules(&mut self, builder: &mut Builder, problems: &mut Vec<Problem>) {
        for (index, (rule, reads)) in self.rules.list.iter().zip(&self.reader.reads).enumerate() {
            let accepted = rule.evidence.as_ref().and_then(|e| e.accepts.as_ref());
            if let Some(name) = accepted
                && !self.rules.list.iter().any(|r| r.name == *name && r.evidence.is_some())
            {
                problems.push(Problem {
                    file: rule.place.0,
                    span: rule.place.1,
                    key: Some("evidence.accepts".into()),
                    message: format!("there is no evidence rule `{name}`"),
                    help: None,
                });
            }
            // A list of a rule before it may have the same name; later rules may use that one, too.
            let before = self.rules.list.iter().take(index).flat_map(|r| &r.lists);
            let taken: Vec<&str> = before.map(|(class, _)| class.as_str()).collect();
            let mine = rule.lists.iter().map(|(class, _)| class.as_str());
            builder.keep_apart(&rule.name, &mine.filter(|c| taken.contains(c)).collect::<Vec<_>>());
            for (class, pattern) in &rule.lists {
                builder.entry(class, pattern);
            }
            for (at, read) in reads.list.iter().enumerate() {
                builder.pattern(self.reader.jobs.len() as u32, &read.pattern);
                self.reader.jobs.push(Job::Read(index, at));
                for question in read.asked.iter().chain(&read.told) {
                    builder.pattern(self.reader.jobs.len() as u32, question);
                    self.reader.jobs.push(Job::Ask(index, at));
                }
            }
            for (at, cell) in reads.cells.iter().enumerate() {
                for header in &cell.header {
                    builder.pattern(self.reader.jobs.len() as u32, header);
                    self.reader.jobs.push(Job::Cell(index, at));
                }
            }
            problems.extend(unknowns(rule, reads, &self.knowledge));
            for pattern in rule.when.iter().flat_map(|when| &when.unless) {
                builder.pattern(self.reader.jobs.len() as u32, pattern);
                self.reader.jobs.push(Job::Source(index, SourceKind::Sentence));
            }
            for pattern in &rule.ignore {
                builder.pattern(self.reader.jobs.len() as u32, pattern);
                self.reader.jobs.push(Job::Source(index, SourceKind::Ignore));
            }
            let ratio = rule.compares.iter().find(|id| {
                let attribute =
                    self.knowledge.attribute(id).and_then(|a| self.knowledge.attributes.get(a.0 as usize));
                attribute.is_some_and(|a| a.kind == AttributeType::Ratio)
            });
            if let (Some(id), None) = (ratio, &self.rules.ratio) {
                self.rules.ratio = Some((index, id.clone()));
            }
            let Some(evidence) = &rule.evidence else { continue };
            for pattern in &evidence.says {
                builder.pattern(self.reader.jobs.len() as u32, pattern);
                self.reader.jobs.push(Job::Phrase(index));
            }
            for (kind, patterns) in [
                (SourceKind::Ignore, &evidence.ignore),
                (SourceKind::Sentence, &evidence.sentence),
                (SourceKind::Neighbour, &evidence.neighbour),
                (SourceKind::Note, &evidence.note),
                (SourceKind::Vague, &evidence.vague),
            ] {
                for pattern in patterns {
                    builder.pattern(self.reader.jobs.len() as u32, pattern);
                    self.reader.jobs.push(Job::Source(index, kind));
                }
            }
            for citation in &evidence.citations {
                match Citation::new(citation) {
                    Ok(citation) => self.rules.citations.push((index, citation)),
                    Err(error) => problems.push(Problem {
                        file: rule.place.0,
                        span: rule.place.1,
                        key: Some("evidence.citations".into()),
                        message: format!("`{citation}` is no regular expression: {error}"),
                        help: None,
                    }),
                }
            }
        }
    }

    /// Where a pattern that does not compile stands.
    fn fault(&self, fault: PatternFault, language_file: usize) -> Problem {
        let message = format!("the pattern `{}` cannot be read: {}", fault.written, fault.message);
        let (file, span, key) = match self.reader.jobs.get(fault.pattern as usize) {
            Some(Job::Language(_)) => {
                let place = self.reader.language.place(fault.pattern);
                (language_file, place.map(|p| p.0).unwrap_or_default(), place.map(|p| p.1.to_string()))
            }
            Some(Job::Read(rule, read) | Job::Ask(rule, read)) => {
                let (rule, read) = (&self.rules.list[*rule], &self.reader.reads[*rule].list[*read]);
                (rule.place.0, read.span, Some(read.key.clone()))
            }
            Some(Job::Source(rule, _) | Job::Cell(rule, _) | Job::Phrase(rule)) => {
                (self.rules.list[*rule].place.0, self.rules.list[*rule].place.1, None)
            }
            None => (language_file, Default::default(), fault.class),
        };
        Problem { file, span, key, message, help: None }
    }
}

impl Classes {
    fn of(grammar: &crate::language::grammar::Grammar) -> Classes {
        let class = |name: &str| -> Option<ClassId> { grammar.class(name) };
        Classes {
            subject: class("subject"),
            model: class("model"),
            name: class("name"),
            ratio: class("ratio"),
            count: class("count"),
            money: class("money"),
            unit_price: class("unit-price"),
            date: class("date"),
            licence: class("licence"),
            aside: class("aside"),
            except: class("except"),
            between: class("between"),
            relative: class("relative"),
            copula: class("copula"),
            things: class("things"),
            model_noun: class("model-noun"),
            possessive: class("possessive"),
            numbered: class("numbered"),
            benchmark: class("benchmark"),
            unnamed: class("unnamed"),
            in_order: class("in-order"),
            instance: class("instance"),
            neutral: class("neutral"),
            particle: class("particle"),
            yes: class("yes"),
            no: class("no"),
        }
    }
}
