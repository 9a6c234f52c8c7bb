//! The passage around a sentence: what has been introduced, whom it is about, what table, list or heading it stands in.

use super::mention::Mention;
use super::reader::{Reader, has};
use crate::draft::{Block, BlockKind, Draft};
use crate::knowledge::{Knowledge, SubjectId};
use crate::language::context::{Context, Fired, Status};
use crate::language::token::{Shape, tokenize};
use crate::language::{Effect, Refer};
use std::collections::{HashMap, HashSet};

/// Discourse state while a draft is read.
#[derive(Debug)]
pub struct Passage<'a> {
    /// The draft is in small letters throughout, so names need no capitals.
    pub any_case: bool,
    /// Whom the last sentences are about.
    pub topic: Vec<SubjectId>,
    /// Whom the row, column or lead-in of the block at hand names.
    pub structure: Vec<SubjectId>,
    /// The words of the row that the block at hand stands in.
    pub row: Vec<String>,
    /// Whether the block at hand is a table's cell, whose subject its row or column names or nobody.
    pub in_cell: bool,
    /// Whether it is a heading, which opens a topic of its own.
    pub in_heading: bool,
    /// The claims of the sentence before: from, to.
    pub last: (usize, usize),
    knowledge: &'a Knowledge,
    introduced: HashSet<SubjectId>,
    /// Whose short names the draft uses for something else.
    foreign: HashSet<SubjectId>,
    domain: bool,
    /// The one model that the draft names, if it names one alone.
    only: Vec<SubjectId>,
    /// Whether short names with a capital inside a sentence are taken for names: not where capitals are for everything.
    proper: bool,
    /// Models named in each block.
    models: Vec<Vec<SubjectId>>,
    /// All subjects named in each block.
    named: Vec<Vec<SubjectId>>,
    /// Last two distinct sets of models, the newest last.
    recent: Vec<SubjectId>,
    age: usize,
    heading: Option<usize>,
    /// What the block at hand reads before its own text.
    prefix: String,
    tables: HashMap<usize, Table>,
    /// What the last sentence of a block does to a list under it.
    tails: HashMap<usize, Tail>,
    tail: Tail,
    /// What the lead-in of the block at hand does to it.
    lead: Tail,
    block: usize,
}

/// What a lead-in does to its list.
#[derive(Debug, Clone, Copy, Default)]
struct Tail {
    negated: bool,
    denied: bool,
    reported: bool,
}

/// Cell block numbers of a table by row and column.
#[derive(Debug, Default)]
struct Table {
    cells: HashMap<(usize, usize), usize>,
    header: bool,
}

/// Sentences after which a topic is forgotten.
const TOPIC_LASTS: usize = 5;

impl<'a> Passage<'a> {
    /// Looks the draft over for names, tables and letter case.
    pub fn new(reader: &Reader, draft: &Draft, knowledge: &'a Knowledge) -> Passage<'a> {
        let mut passage = Passage {
            any_case: true,
            topic: Vec::new(),
            structure: Vec::new(),
            row: Vec::new(),
            in_cell: false,
            in_heading: false,
            last: (0, 0),
            knowledge,
            introduced: HashSet::new(),
            foreign: HashSet::new(),
            domain: false,
            only: Vec::new(),
            proper: true,
            models: Vec::with_capacity(draft.blocks.len()),
            named: Vec::with_capacity(draft.blocks.len()),
            recent: Vec::new(),
            age: 0,
            heading: None,
            prefix: String::new(),
            tables: HashMap::new(),
            tails: HashMap::new(),
            tail: Tail::default(),
            lead: Tail::default(),
            block: 0,
        };
        passage.survey(reader, draft, false);
        if passage.any_case {
            passage.survey(reader, draft, true);
        }
        let mut all: Vec<SubjectId> = passage.models.iter().flatten().copied().collect();
        all.sort_unstable();
        all.dedup();
        // A family or series is no other model beside its member.
        let kin: Vec<SubjectId> = all.iter().flat_map(|s| knowledge.line(*s).skip(1)).collect();
        all.retain(|s| !kin.contains(s));
        if all.len() == 1 {
            passage.topic = all.clone();
            passage.only = all;
        }
        passage
    }

    /// Names, letter case and tables of the whole draft.
    fn survey(&mut self, reader: &Reader, draft: &Draft, any_case: bool) {
        let (mut tokens, mut found) = (Vec::new(), Vec::new());
        let mut capital = false;
        self.models.clear();
        self.named.clear();
        let mut shorts = Vec::new();
        for (index, block) in draft.blocks.iter().enumerate() {
            tokens.clear();
            found.clear();
            if !capital || !self.domain || reader.names.may_stand_in(&block.text) {
                tokenize(&block.text, &reader.lexicon, &mut tokens);
            }
            capital = capital || tokens.iter().any(|t| t.shape == Shape::Capital);
            self.domain = self.domain || tokens.iter().any(|t| reader.language.domain.contains(&t.word));
            reader.names.find(&block.text, &tokens, any_case, &mut found);
            self.foreign.extend(reader.names.foreign(&block.text, &tokens));
            self.introduced.extend(found.iter().filter(|n| !n.short).map(|n| n.subject));
            shorts.push(
                found.iter().map(|n| (n.subject, n.short, n.start > 0 && !any_case)).collect::<Vec<_>>(),
            );
            if let BlockKind::Cell { table, row, column, header } = block.kind {
                let table = self.tables.entry(table).or_default();
                table.cells.insert((row, column), index);
                table.header |= header;
            }
        }
        // Short names of several models speak for each other.
        let mut short: Vec<SubjectId> =
            shorts.iter().flatten().map(|n| n.0).filter(|s| !self.foreign.contains(s)).collect();
        short.sort_unstable();
        short.dedup();
        self.domain |= short.len() > 1;
        let model = reader.model_slot();
        let is_model = |s: &SubjectId| reader.slots.get(s.0 as usize).is_some_and(|c| c.0 == model);
        for block in shorts {
            let taken = |(subject, short, proper): &(SubjectId, bool, bool)| {
                !short || self.accepts(*subject, *proper)
            };
            let named: Vec<SubjectId> = block.iter().filter(|n| taken(n)).map(|n| n.0).collect();
            let mut models: Vec<SubjectId> = named.iter().copied().filter(is_model).collect();
            models.dedup();
            self.models.push(models);
            self.named.push(named);
        }
        self.any_case = !capital;
    }

    /// Whether a short name may stand for its subject here: the subject or a relative of it was named in full, or the draft
    /// speaks of models at all and never calls another thing by that name.
    pub fn accepts(&self, subject: SubjectId, proper: bool) -> bool {
        if self.introduced.contains(&subject) {
            return true;
        }
        !self.foreign.contains(&subject)
            && (self.domain || (proper && self.proper) || {
                let kin = self.knowledge.makers(subject);
                self.introduced
                    .iter()
                    .any(|s| kin.contains(s) || self.knowledge.makers(*s).iter().any(|m| kin.contains(m)))
            })
    }

    /// Goes on to a block.
    pub fn enter(&mut self, index: usize, block: &Block, draft: &Draft) {
        self.tails.insert(self.block, self.tail);
        self.block = index;
        self.tail = Tail::default();
        self.lead = Tail::default();
        self.structure.clear();
        self.row.clear();
        self.prefix.clear();
        self.in_cell = matches!(block.kind, BlockKind::Cell { .. });
        self.in_heading = matches!(block.kind, BlockKind::Heading(_));
        if block.heading != self.heading || matches!(block.kind, BlockKind::Heading(_)) {
            self.heading = block.heading;
            let chain = std::iter::successors(block.heading, |h| draft.blocks.get(*h)?.heading);
            let over = chain.map(|h| self.models[h].clone()).find(|m| !m.is_empty()).unwrap_or_default();
            if !over.is_empty() {
                self.topic = over;
                self.age = 0;
            }
        }
        match block.kind {
            BlockKind::Cell { table, row, column, header } => {
                self.enter_cell(index, table, row, column, header, draft)
            }
            BlockKind::Item { .. } => self.enter_item(index, block, draft),
            _ => {}
        }
    }

    fn enter_cell(
        &mut self,
        index: usize,
        table: usize,
        row: usize,
        column: usize,
        header: bool,
        draft: &Draft,
    ) {
        let Some(table) = self.tables.get(&table) else { return };
        let cell = |at: (usize, usize)| table.cells.get(&at).copied();
        let models = |at: (usize, usize)| cell(at).map(|b| self.models[b].as_slice()).unwrap_or_default();
        if header {
            return;
        }
        let holds = |c: &usize| *c != column && !models((row, *c)).is_empty();
        // The model's column is the first that names one; a label before it says nothing by itself.
        let in_row =
            (0..column).find(|c| holds(c)).or_else(|| (column + 1..8).find(|c| column > 0 && holds(c)));
        let above = if table.header { models((0, column)) } else { &[] };
        // Where the header names models, a column that it names otherwise is nobody's that is known.
        let by_column =
            table.header && models((row, 0)).is_empty() && (1..8).any(|c| !models((0, c)).is_empty());
        let in_row = in_row.filter(|_| !by_column);
        let (subjects, label) = match in_row {
            _ if !self.models[index].is_empty() => (&[][..], (column > 0).then_some((row, 0))),
            Some(c) => (models((row, c)), table.header.then_some((0, column))),
            None => (above, (column > 0).then_some((row, 0))),
        };
        self.structure =
            if subjects.is_empty() && !by_column { self.only.clone() } else { subjects.to_vec() };
        let row = cell((row, 0)).map(|b| draft.blocks[b].text.to_lowercase()).unwrap_or_default();
        self.row = row.split_whitespace().map(str::to_string).collect();
        if let Some(label) = label.and_then(cell) {
            self.prefix = format!("{}: ", draft.blocks[label].text);
        }
    }

    fn enter_item(&mut self, index: usize, block: &Block, draft: &Draft) {
        let Some(lead) = block.lead_in else { return };
        let Some(text) = draft.blocks.get(lead).map(|b| b.text.trim_end()) else { return };
        self.structure = self.named.get(lead).cloned().unwrap_or_default();
        let opens = text.ends_with(':') || !text.ends_with(['.', '!', '?']);
        self.lead = self.tails.get(&lead).copied().filter(|_| opens).unwrap_or_default();
        let bare = !self.models[index].is_empty() && block.text.split_whitespace().count() <= 4;
        if opens && bare && text.len() < 200 {
            self.prefix = format!("{text} ");
        }
    }

    /// What stands before the text of the block at hand: a table header, a row's label, a lead-in.
    pub fn prefix(&self, _block: &Block) -> &str {
        &self.prefix
    }

    /// Whom a pronoun or description stands for. `before` are the sentence's mentions so far.
    pub fn refers(
        &self,
        kind: Refer,
        owner: Option<SubjectId>,
        start: usize,
        before: &[Mention],
        reader: &Reader,
    ) -> Vec<SubjectId> {
        let model = reader.model_slot();
        let mut earlier =
            before.iter().filter(|m| m.end <= start && m.slot == model && !m.subjects.is_empty() && !m.aside);
        match (kind, owner) {
            (Refer::Model, Some(owner)) => self.made_by(owner),
            (Refer::It | Refer::Model, _) => match earlier.next() {
                Some(mention) => mention.subjects.clone(),
                None if !self.structure.is_empty() => self.structure.clone(),
                None => self.topic.clone(),
            },
            (Refer::Other, _) => Vec::new(),
            (Refer::Former, _) => self.recent.iter().rev().nth(1).map(|s| vec![*s]).unwrap_or_default(),
            (Refer::Latter, _) => self.recent.last().map(|s| vec![*s]).unwrap_or_default(),
        }
    }

    /// The models of a maker that the draft has introduced: the topic if it is one of them, else the only one.
    fn made_by(&self, owner: SubjectId) -> Vec<SubjectId> {
        let made = |s: &SubjectId| self.knowledge.makers(*s).contains(&owner);
        if !self.topic.is_empty() && self.topic.iter().all(made) {
            return self.topic.clone();
        }
        let mut named: Vec<SubjectId> = self.models.iter().flatten().copied().filter(made).collect();
        named.sort_unstable();
        named.dedup();
        if named.len() == 1 { named } else { Vec::new() }
    }

    /// What the list's lead-in does to a statement in it.
    pub fn apply(&self, context: &mut Context) {
        context.negated ^= self.lead.negated;
        context.reported |= self.lead.reported;
        if self.lead.denied {
            context.status = Status::Denied;
        }
    }

    /// Takes note of a sentence that was read.
    pub fn leave_sentence(
        &mut self,
        reader: &Reader,
        mentions: &[Mention],
        fired: &[Fired],
        (first, end): (usize, usize),
        label: bool,
    ) {
        let model = reader.model_slot();
        let models = || mentions.iter().filter(|m| m.slot == model && !m.subjects.is_empty());
        for subject in models().flat_map(|m| &m.subjects) {
            self.recent.retain(|s| s != subject);
            self.recent.push(*subject);
        }
        if self.recent.len() > 16 {
            self.recent.remove(0);
        }
        match models().find(|m| !m.aside) {
            Some(about) => {
                let mut topic = about.subjects.clone();
                let listed = models().skip_while(|m| m.start <= about.start).take_while(|m| m.listed);
                listed.for_each(|m| topic.extend(m.subjects.iter().copied()));
                self.topic = topic;
                self.age = 0;
            }
            None => self.age += 1,
        }
        if self.age > TOPIC_LASTS {
            self.topic.clear();
        }
        if !label {
            self.last = (first, end);
        }
        let lead = self.lead;
        self.tail = Tail {
            negated: lead.negated
                || fired.iter().filter(|f| f.trigger.effect == Effect::Not).count() % 2 == 1,
            denied: lead.denied || has(fired, Effect::Deny),
            reported: lead.reported || has(fired, Effect::Report),
        };
    }
}
