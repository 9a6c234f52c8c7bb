//! Where a finished block stands: under which heading, in which list or table, and what introduces it.

use super::build::{Builder, Open};
use super::finish::finish;
use super::lines::{Piece, Sort, split};
use super::{Block, BlockKind, Mark, MarkKind};
use crate::text::Span;

/// What is open around the next block, and what stands before it.
#[derive(Default)]
pub(super) struct Outline {
    pub lists: Vec<List>,
    pub tables: Vec<Table>,
    pub quotes: usize,
    /// The last heading of each level that still governs.
    governing: [Option<usize>; 7],
    /// The block right before, where it can introduce what follows.
    before: Option<usize>,
    /// The list that the last paragraph's lines made.
    line_list: Option<LineList>,
}

/// A list that is open.
#[derive(Default)]
pub(super) struct List {
    ordered: bool,
    items: usize,
    number: Option<usize>,
    lead: Option<usize>,
    last: Option<usize>,
}

/// A table that is open.
#[derive(Default)]
pub(super) struct Table {
    pub row: Option<usize>,
    pub column: usize,
    number: Option<usize>,
    lead: Option<usize>,
}

/// A list made of lines of running text.
struct LineList {
    number: usize,
    lead: Option<usize>,
    items: usize,
    count: Option<u32>,
    /// Its last item's block.
    last: usize,
}

impl Builder {
    /// Starts a paragraph, whose markup starts at `start`.
    pub fn begin_paragraph(&mut self, start: usize) {
        self.flush();
        if self.item.is_none() {
            self.start = Some(start);
        }
    }

    /// Starts a block that is of this kind until [`Builder::end_block`].
    pub fn begin_fixed(&mut self, kind: BlockKind, start: usize) {
        self.flush();
        self.item = None;
        self.fixed = Some(kind);
        self.start = Some(start);
    }

    /// Ends a paragraph, heading, cell or caption, whose markup ends at `end`.
    pub fn end_block(&mut self, end: usize) {
        match &mut self.open {
            Some(open) => open.span.end = open.span.end.max(end),
            None => self.outline.before = None,
        }
        self.flush();
        self.fixed = None;
        self.start = None;
    }

    /// What stands here is no text: a rule, a code block. It parts a list from the paragraph before.
    pub fn interrupt(&mut self) {
        self.flush();
        self.outline.before = None;
    }

    /// Starts a list.
    pub fn begin_list(&mut self, ordered: bool) {
        self.flush();
        let lead = self.outline.before.or(self.outline.lists.last().and_then(|list| list.last));
        self.outline.lists.push(List { ordered, lead, ..List::default() });
    }

    /// Ends it.
    pub fn end_list(&mut self) {
        self.interrupt();
        self.item = None;
        self.outline.lists.pop();
    }

    /// Starts a list item, in a list of its own where none is open.
    pub fn begin_item(&mut self, start: usize) {
        if self.outline.lists.is_empty() {
            self.begin_list(false);
        }
        self.interrupt();
        self.start = Some(start);
        if let Some(list) = self.outline.lists.last_mut() {
            let (index, ordered) = (list.items, list.ordered);
            list.items += 1;
            self.item = Some(BlockKind::Item { list: 0, index, ordered, task: None });
        }
    }

    /// Starts a table.
    pub fn begin_table(&mut self) {
        self.flush();
        self.outline.tables.push(Table { lead: self.outline.before, ..Table::default() });
    }

    /// Ends it.
    pub fn end_table(&mut self) {
        self.interrupt();
        self.fixed = None;
        self.outline.tables.pop();
    }

    /// Starts a row.
    pub fn begin_row(&mut self) {
        self.flush();
        if let Some(table) = self.outline.tables.last_mut() {
            table.row = Some(table.row.map_or(0, |row| row + 1));
            table.column = 0;
        }
    }

    /// Starts a cell that is `columns` wide.
    pub fn begin_cell(&mut self, header: bool, columns: usize, start: usize) {
        if self.outline.tables.is_empty() {
            self.begin_table();
        }
        let Some(table) = self.outline.tables.last_mut() else { return };
        let (row, column) = (*table.row.get_or_insert(0), table.column);
        table.column += columns;
        self.begin_fixed(BlockKind::Cell { table: 0, row, column, header }, start);
    }

    /// Finishes the block under construction.
    pub fn flush(&mut self) {
        let mut alts = std::mem::take(&mut self.alts).into_iter().peekable();
        if let Some(mut open) = self.open.take() {
            let mut marks = open.take_marks().into_iter().peekable();
            let mut near = Vec::new();
            for piece in split(&open, self.draft.format) {
                while let Some(alt) = alts.next_if(|alt| alt.span.start < piece.source.start) {
                    self.push_alt(alt);
                }
                let last = piece.text.end == open.body.text.len();
                while let Some(mark) = marks.next_if(|mark| mark.span.start < piece.text.end || last) {
                    near.push(mark);
                }
                let end = piece.text.end;
                self.push_piece(&open, &near, piece);
                near.retain(|mark| mark.span.end > end);
            }
        }
        alts.for_each(|alt| self.push_alt(alt));
    }

    fn push_alt(&mut self, mut alt: Open) {
        let marks = alt.take_marks();
        let part = Span::new(0, alt.body.text.len());
        if let Some(block) = finish(&alt.body, &marks, part) {
            self.push(Block { kind: BlockKind::Alt, span: alt.span, lead_in: self.outline.lead(), ..block });
        }
    }

    fn push_piece(&mut self, open: &Open, marks: &[Mark], piece: Piece) {
        let Some(mut block) = finish(&open.body, marks, piece.text) else {
            self.outline.before = None;
            return;
        };
        block.span = piece.source;
        match piece.sort {
            Sort::Same => self.place(&mut block, open.kind),
            Sort::Item(count) => self.place_line(&mut block, count),
            Sort::Note(label) => {
                block.kind = BlockKind::Footnote;
                block.marks.insert(0, Mark { span: Span::default(), kind: MarkKind::FootnoteLabel(label) });
            }
        }
        self.push(block);
    }

    /// Says which list or table a block belongs to.
    fn place(&mut self, block: &mut Block, kind: BlockKind) {
        block.kind = kind;
        let Outline { lists, tables, .. } = &mut self.outline;
        match (&mut block.kind, lists.last_mut(), tables.last_mut()) {
            (BlockKind::Item { list, .. }, Some(open), _) => {
                *list = *open.number.get_or_insert_with(|| next(&mut self.draft.lists));
                open.last = Some(self.draft.blocks.len());
                block.lead_in = open.lead;
            }
            (BlockKind::Cell { table, .. }, _, Some(open)) => {
                *table = *open.number.get_or_insert_with(|| next(&mut self.draft.tables));
                block.lead_in = open.lead;
            }
            (BlockKind::Heading(_), ..) => {}
            _ => block.lead_in = self.outline.lead(),
        }
    }

    /// Puts a line of running text that is written like a list item into its list.
    fn place_line(&mut self, block: &mut Block, count: Option<u32>) {
        let at = self.draft.blocks.len();
        let follows = |list: &LineList| {
            list.last + 1 == at && count.map(u64::from) == list.count.map(|count| u64::from(count) + 1)
        };
        let list = match self.outline.line_list.take().filter(follows) {
            Some(list) => list,
            None => {
                let lead = self.outline.before;
                LineList { number: next(&mut self.draft.lists), lead, items: 0, count, last: at }
            }
        };
        let (index, ordered) = (list.items, count.is_some());
        block.kind = BlockKind::Item { list: list.number, index, ordered, task: None };
        block.lead_in = list.lead;
        self.outline.line_list = Some(LineList { items: index + 1, count, last: at, ..list });
    }

    fn push(&mut self, mut block: Block) {
        let at = self.draft.blocks.len();
        block.quote_depth = self.outline.quotes.min(u8::MAX.into()) as u8;
        let governing = &mut self.outline.governing;
        block.heading = match block.kind {
            BlockKind::Heading(level) => governing.iter().take(level.into()).rev().flatten().next(),
            _ => governing.iter().rev().flatten().next(),
        }
        .copied();
        if let BlockKind::Heading(level) = block.kind
            && block.quote_depth == 0
        {
            governing.iter_mut().skip(level.into()).for_each(|slot| *slot = None);
            governing.iter_mut().skip(level.into()).take(1).for_each(|slot| *slot = Some(at));
        }
        match block.kind {
            BlockKind::Alt => {}
            BlockKind::Cell { .. } | BlockKind::Caption => self.outline.before = None,
            _ => self.outline.before = Some(at),
        }
        self.draft.blocks.push(block);
    }
}

impl Outline {
    /// What introduces the list or table that is open.
    fn lead(&self) -> Option<usize> {
        let list = self.lists.last().map(|list| list.lead);
        list.or(self.tables.last().map(|table| table.lead)).flatten()
    }
}

/// Counts one more and gives its number from 0.
fn next(count: &mut usize) -> usize {
    *count += 1;
    *count - 1
}
