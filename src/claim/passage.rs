//! The passage around a sentence: what has been introduced, whom it is about, what table, list or heading it stands in.

use super::Claim;
use super::figure::Pending;
use super::listing::{counted, longest_list};
use super::mention::{Mention, MentionKind};
use super::reader::{FigureRead, Reader, Reading, has};
use super::survey::{Survey, Whole};
use crate::draft::{Block, BlockKind, Draft};
use crate::knowledge::{Knowledge, SubjectId};
use crate::language::context::{Context, Fired, Status};
use crate::language::{Effect, Refer};
use crate::text::Span;
use std::collections::HashMap;

/// Discourse state while a draft is read.
#[derive(Debug)]
pub struct Passage<'a> {
    /// What holds for all of the draft.
    pub whole: &'a Whole,
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
    /// What the sentence before asks: rules, and the readings of theirs that take the answer.
    pub questions: Vec<(usize, usize)>,
    /// What it leaves a number to.
    pub pending: Option<Pending>,
    knowledge: &'a Knowledge,
    /// Models named in each block.
    models: Vec<Vec<SubjectId>>,
    /// All subjects named in each block.
    named: Vec<Vec<SubjectId>>,
    /// Last two distinct sets of models, the newest last.
    recent: Vec<SubjectId>,
    /// The models of the last list, while it may still be counted in.
    list: Vec<SubjectId>,
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

/// What the sentences before leave to those after them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Discourse {
    /// Whom they are about.
    pub topic: Vec<SubjectId>,
    /// The claims of the last of them.
    pub claims: Vec<Claim>,
    /// Its figures.
    pub figures: Vec<FigureRead>,
    /// What it leaves a number to.
    pub pending: Option<Pending>,
    /// What it asks.
    pub questions: Vec<(usize, usize)>,
    /// The heading over them.
    pub heading: Option<usize>,
    recent: Vec<SubjectId>,
    list: Vec<SubjectId>,
    age: usize,
}

impl Discourse {
    /// At the start of a draft: if it names one model alone, that is what it is about; a family is no "model".
    pub fn start(whole: &Whole, knowledge: &Knowledge) -> Discourse {
        let single = |s: &&SubjectId| knowledge.members(**s).is_empty();
        Discourse { topic: whole.only.iter().filter(single).copied().collect(), ..Discourse::default() }
    }
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
    /// Whether some row below the header is named for a model.
    by_row: bool,
}

/// The place of claims that stand in another stretch.
const NOWHERE: Span = Span { start: usize::MAX, end: usize::MAX };
/// Sentences after which a topic is forgotten.
const TOPIC_LASTS: usize = 5;

impl<'a> Passage<'a> {
    /// Goes on from `before`, in a draft that was looked over.
    pub fn new(
        reader: &Reader,
        draft: &Draft,
        survey: &Survey,
        whole: &'a Whole,
        knowledge: &'a Knowledge,
        before: &Discourse,
    ) -> Passage<'a> {
        let named = survey.subjects(whole, knowledge);
        let models = named.iter().map(|named| {
            let mut models: Vec<SubjectId> = named.iter().copied().filter(|s| reader.is_model(*s)).collect();
            models.dedup();
            models
        });
        let models: Vec<_> = models.collect();
        let mut tables: HashMap<usize, Table> = HashMap::new();
        for (index, block) in draft.blocks.iter().enumerate() {
            if let BlockKind::Cell { table, row, column, header } = block.kind {
                let table = tables.entry(table).or_default();
                table.cells.insert((row, column), index);
                table.header |= header;
                table.by_row |= row > 0 && column == 0 && !models[index].is_empty();
            }
        }
        Passage {
            whole,
            topic: before.topic.clone(),
            structure: Vec::new(),
            row: Vec::new(),
            in_cell: false,
            in_heading: false,
            last: (0, before.claims.len()),
            questions: before.questions.clone(),
            pending: before.pending.clone(),
            knowledge,
            models,
            named,
            recent: before.recent.clone(),
            list: before.list.clone(),
            age: before.age,
            heading: before.heading,
            prefix: String::new(),
            tables,
            tails: HashMap::new(),
            tail: Tail::default(),
            lead: Tail::default(),
            block: 0,
        }
    }

    /// What goes on after it, once all of `reading` was read.
    pub fn leave(self, reading: &Reading) -> Discourse {
        let mut claims = reading.claims.get(self.last.0..self.last.1).unwrap_or_default().to_vec();
        let mut figures = reading.sentences.last().map(|s| s.figures.clone()).unwrap_or_default();
        // Where they stand says nothing elsewhere, and must be taken for no place there.
        claims.iter_mut().for_each(|claim| (claim.span, claim.sentence) = (NOWHERE, NOWHERE));
        figures.iter_mut().for_each(|figure| (figure.span, figure.within) = (NOWHERE, NOWHERE));
        let Passage { topic, recent, list, age, heading, pending, questions, .. } = self;
        Discourse { topic, recent, list, age, claims, figures, heading, pending, questions }
    }

    /// Whether a short name may stand for its subject here.
    pub fn accepts(&self, subject: SubjectId, proper: bool) -> bool {
        self.whole.accepts(subject, proper, self.knowledge)
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
        // Where rows are named for models, one that is named otherwise is nobody's that is known.
        let own_name = cell((row, 0)).is_some_and(|b| !draft.blocks[b].text.trim().is_empty());
        let by_row = own_name && column > 0 && table.by_row;
        let (subjects, label) = match in_row {
            _ if !self.models[index].is_empty() => (&[][..], (column > 0).then_some((row, 0))),
            Some(c) => (models((row, c)), table.header.then_some((0, column))),
            None => (above, (column > 0).then_some((row, 0))),
        };
        self.structure = if subjects.is_empty() && !by_column && !by_row {
            self.whole.only.clone()
        } else {
            subjects.to_vec()
        };
        let row = cell((row, 0)).map(|b| draft.blocks[b].text.to_lowercase()).unwrap_or_default();
        self.row = row.split_whitespace().map(str::to_string).collect();
        if let Some(label) = label.and_then(cell) {
            self.prefix = format!("{}: ", draft.blocks[label].text);
            // Where neither names a model, row and column tell together what a cell is.
            let both = in_row.is_none() && above.is_empty() && self.models[index].is_empty() && table.header;
            if let Some(column) = cell((0, column)).filter(|_| both) {
                self.prefix.insert(0, ' ');
                self.prefix.insert_str(0, &draft.blocks[column].text);
            }
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
        // One of several that are listed is no "it".
        let several = |m: &Mention| {
            m.listed || before.iter().any(|n| n.listed && n.start >= m.end && n.start <= m.end + 2)
        };
        match (kind, owner) {
            (Refer::Model, Some(owner)) => {
                // "The lab's new model matches X": it is not X.
                let beside = |s: &SubjectId| before.iter().any(|m| m.aside && m.subjects.contains(s));
                let made = self.made_by(owner);
                if made.iter().any(beside) { Vec::new() } else { made }
            }
            (Refer::It | Refer::Model, _) => match earlier.find(|m| !several(m)) {
                Some(mention) => mention.subjects.clone(),
                None if !self.structure.is_empty() => self.structure.clone(),
                None => self.topic.clone(),
            },
            (Refer::Other, _) => Vec::new(),
            (Refer::Listed(from, many), _) => {
                let known: Vec<Mention> = before.iter().filter(|m| m.end <= start).cloned().collect();
                counted(&longest_list(&known, model).unwrap_or_else(|| self.list.clone()), from, many)
            }
            (Refer::That, _) => {
                let last =
                    before.iter().rfind(|m| m.end <= start && m.slot == model && !m.subjects.is_empty());
                let last = last.map_or(self.recent.last(), |m| m.subjects.last());
                let about = if self.structure.is_empty() { &self.topic } else { &self.structure };
                about.iter().filter(|s| last.is_none_or(|last| last == *s)).copied().collect()
            }
            (Refer::Former, _) => self.recent.iter().rev().nth(1).map(|s| vec![*s]).unwrap_or_default(),
            (Refer::Both, _) => match self.recent.as_slice() {
                // A model and its own family are no two.
                [.., a, b]
                    if !self.knowledge.line(*a).any(|s| s == *b)
                        && !self.knowledge.line(*b).any(|s| s == *a) =>
                {
                    vec![*a, *b]
                }
                _ => Vec::new(),
            },
            (Refer::Latter, _) => self.recent.last().map(|s| vec![*s]).unwrap_or_default(),
        }
    }

    /// The models of a maker that the draft has introduced: the topic if it is one of them, else the only one.
    fn made_by(&self, owner: SubjectId) -> Vec<SubjectId> {
        let made = |s: &SubjectId| self.knowledge.makers(*s).contains(&owner);
        if !self.topic.is_empty() && self.topic.iter().all(made) {
            return self.topic.clone();
        }
        let named: Vec<SubjectId> = self.whole.models.iter().copied().filter(made).collect();
        if named.len() == 1 { named } else { Vec::new() }
    }

    /// What "it came first" sets a subject against: the one other model that the draft names, a family and its members
    /// being one, or else the family that the subject belongs to.
    pub fn counterpart(&self, subjects: &[SubjectId], reader: &Reader) -> Option<SubjectId> {
        let kin = |a: SubjectId, b: SubjectId| self.knowledge.line(a).any(|s| s == b);
        let own = |m: SubjectId| subjects.iter().any(|s| kin(*s, m) || kin(m, *s));
        let others: Vec<SubjectId> = self.whole.models.iter().copied().filter(|m| !own(*m)).collect();
        let family = || self.knowledge.line(*subjects.first()?).nth(1).filter(|s| reader.is_model(*s));
        let head = others.iter().copied().find(|head| others.iter().all(|m| kin(*m, *head)));
        head.or_else(family)
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
        if let Some(list) = longest_list(mentions, model) {
            self.list = list;
        } else if models().any(|m| m.kind == MentionKind::Name) {
            // Whoever is named by name again is no longer counted off.
            self.list.clear();
        }
        match models().find(|m| !m.aside) {
            Some(about) => {
                let mut topic = about.subjects.clone();
                let listed = models().skip_while(|m| m.start <= about.start).take_while(|m| m.listed);
                listed.for_each(|m| topic.extend(m.subjects.iter().copied()));
                self.topic = topic;
                self.age = 0;
            }
            None => self.age = (self.age + 1).min(TOPIC_LASTS + 1),
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
