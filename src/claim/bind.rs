//! Binding: whom a statement is about. Sieves in order of precision; where two subjects fit alike, nobody.

use super::mention::{Mention, MentionKind};
use crate::knowledge::SubjectId;
use crate::language::grammar::Match;

/// How the subject of a statement was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// The pattern names it.
    Named,
    /// It stands inside the phrase.
    Inside,
    /// It follows the phrase at once ("open-weight X").
    Next,
    /// It stands before the phrase in its clause.
    Before,
    /// It stands after the phrase in its clause.
    After,
    /// It is the subject of an earlier clause of the sentence.
    Earlier,
    /// It stands in a later clause of the sentence.
    Later,
    /// The passage is about it.
    Topic,
    /// The heading, the list's lead-in or the table's row or column names it.
    Structure,
}

impl Bound {
    /// For explanations.
    pub fn in_words(self) -> &'static str {
        match self {
            Bound::Named => "named in the phrase",
            Bound::Inside => "inside the phrase",
            Bound::Next => "right after the phrase",
            Bound::Before => "before the phrase in its clause",
            Bound::After => "after the phrase in its clause",
            Bound::Earlier => "subject of an earlier clause",
            Bound::Later => "in a later clause",
            Bound::Topic => "what the passage is about",
            Bound::Structure => "named by the heading, lead-in, row or column",
        }
    }
}

/// The subjects of a statement, and how they were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// Each of them.
    pub subjects: Vec<SubjectId>,
    /// How.
    pub bound: Bound,
    /// Mention in the sentence, if it is one.
    pub mention: Option<usize>,
}

/// What is known of the sentence when a statement in it is bound.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// All mentions in order.
    pub mentions: &'a [Mention],
    /// Clause of each token.
    pub clause: &'a [u16],
    /// Whom the row, column, heading or lead-in names, if the sentence stands in such a place.
    pub structure: &'a [SubjectId],
    /// Whom the passage is about.
    pub topic: &'a [SubjectId],
    /// Whether a clause begins with a word like "which" or "whose", so that what stands before it is its subject.
    pub relative: &'a dyn Fn(u16) -> bool,
    /// Whether a comma stands between two tokens.
    pub comma: &'a dyn Fn(u16, u16) -> bool,
    /// Whether the phrase begins with a verb, so that what follows it is its object rather than what it describes.
    pub verbal: bool,
    /// First tokens of mentions that the statement uses for its value.
    pub taken: &'a [usize],
    /// Whether the sentence has a subject of its own that is not known.
    pub stranger: bool,
    /// The colon that ends the label at the start of the sentence, else 0.
    pub label: usize,
    /// What a token stands in brackets after: the token past it, and whether it is a name that nobody knows.
    pub bracketed: &'a dyn Fn(u16) -> Option<(usize, bool)>,
}

/// Whom a match is about, among mentions that fill one of `slots`.
pub fn bind(found: &Match, slots: &[u16], topical: bool, scene: &Scene<'_>) -> Option<Binding> {
    let inside = (scene.bracketed)(found.start).map(|(open, _)| open);
    // "The open camp (X, Y, Z) is behind": one of several in brackets is nobody's subject outside them.
    let apart = |m: &Mention| {
        let brackets = (scene.bracketed)(m.start as u16).map(|(open, _)| open);
        let comma = |from: usize, to: usize| (scene.comma)(from as u16, to as u16);
        m.end <= found.start as usize
            && brackets
                .is_some_and(|open| inside != Some(open) && (comma(open, m.start) || comma(m.end, m.end + 1)))
    };
    let fits = |m: &Mention| {
        slots.contains(&m.slot) && !m.subjects.is_empty() && !scene.taken.contains(&m.start) && !apart(m)
    };
    let (start, end) = (found.start as usize, found.end as usize);
    let of = |token: usize| scene.clause.get(token).copied().unwrap_or(0);
    let first = of(start);
    let last = of(end.saturating_sub(1));
    let near = |m: &Mention| first <= of(m.start) && of(m.start) <= last;
    let give = |at: usize, bound| {
        let subjects = group(scene.mentions, at);
        Some(Binding { subjects, bound, mention: Some(at) })
    };
    let all = || scene.mentions.iter().enumerate().filter(|(_, m)| fits(m));

    if let Some((at, _)) = all().find(|(_, m)| m.start >= start && m.end <= end && !m.aside) {
        return give(at, Bound::Inside);
    }
    // In brackets it is about what stands right before them.
    if let Some((after, stranger)) = (scene.bracketed)(found.start) {
        match all().rfind(|(_, m)| m.end == after) {
            Some((at, _)) => return give(at, Bound::Before),
            None if stranger => return None,
            None => {}
        }
    }
    // "Keeping the earlier model closed": what the phrase itself speaks of, or what it says it of, is somebody, if nobody known.
    let spoken_of = |m: &Mention| {
        m.kind == MentionKind::Description && (m.start > start && m.end <= end || m.end == start)
    };
    if scene.mentions.iter().any(|m| spoken_of(m) && m.subjects.is_empty() && slots.contains(&m.slot)) {
        return None;
    }
    let led = scene.verbal && all().any(|(_, m)| m.end <= start && near(m) && !m.aside);
    if let Some((at, _)) = all().find(|(_, m)| m.start == end && m.kind != MentionKind::Pronoun && !led) {
        return give(at, Bound::Next);
    }
    // A description that nothing resolves is somebody all the same: nobody further away is meant.
    let unresolved = scene.mentions.iter().any(|m| {
        m.subjects.is_empty()
            && m.kind == MentionKind::Description
            && m.end <= end
            && near(m)
            && slots.contains(&m.slot)
    });
    if unresolved && !all().any(|(_, m)| m.end <= start && near(m)) {
        return None;
    }
    let related = || {
        let past = scene.clause.iter().position(|c| *c == first).unwrap_or(start);
        let fits =
            |m: &Mention| m.end <= start && of(m.start) + 1 == first && (!m.aside || m.end + 1 >= past);
        all().rfind(|(_, m)| fits(m)).filter(|_| (scene.relative)(first))
    };
    // Of several before it in its clause the nearest that is no verb's object: the clause's subject.
    let before = || all().filter(|(_, m)| m.end <= start && near(m) && !m.aside);
    if let Some((at, _)) = before().rfind(|(_, m)| !m.object).or_else(|| before().next()) {
        return give(at, Bound::Before);
    }
    // "After shipping X as an open model": what is only set beside something is still what its own words describe.
    let beside = all()
        .rfind(|(_, m)| m.end <= start && near(m) && m.aside && !(scene.comma)(m.end as u16, found.start));
    if let Some((at, _)) = beside {
        return give(at, Bound::Before);
    }
    if let Some((at, _)) = related() {
        return give(at, Bound::Earlier);
    }
    // "X: made by Y, the start of Z" is about X.
    if let Some((at, _)) = all().find(|(_, m)| m.start <= 1 && m.end == scene.label && m.end <= start) {
        return give(at, Bound::Earlier);
    }
    if let Some((at, _)) = all().find(|(_, m)| m.start >= end && near(m) && !m.aside) {
        return give(at, Bound::After);
    }
    // A clause that goes on a relative one ("which was built by others and is closed") has its subject.
    let chained = (0..first).rev().find(|c| (scene.relative)(*c)).filter(|c| *c + 1 == first);
    if let Some(clause) = chained
        && let Some((at, _)) = all().rfind(|(_, m)| of(m.start) < clause)
    {
        return give(at, Bound::Earlier);
    }
    if let Some((at, _)) = all().rfind(|(_, m)| m.end <= start && !m.aside) {
        let clause = of(scene.mentions[at].start);
        let at = all().find(|(_, m)| of(m.start) == clause && !m.aside).map_or(at, |(at, _)| at);
        return give(at, Bound::Earlier);
    }
    if !scene.structure.is_empty() {
        return Some(Binding { subjects: scene.structure.to_vec(), bound: Bound::Structure, mention: None });
    }
    let mut later = all().filter(|(_, m)| m.start >= end && !m.aside);
    if let Some((at, _)) = later.next() {
        return give(at, Bound::Later);
    }
    let unknown = |m: &Mention| {
        m.subjects.is_empty() && m.kind == MentionKind::Description && !m.aside && slots.contains(&m.slot)
    };
    let spoken_of = scene.mentions.iter().any(|m| m.end <= start && unknown(m));
    if topical && !scene.topic.is_empty() && !scene.stranger && !spoken_of {
        return Some(Binding { subjects: scene.topic.to_vec(), bound: Bound::Topic, mention: None });
    }
    None
}

/// The mention at `at` with those it is listed with ("Scout, Maverick and Spark").
fn group(mentions: &[Mention], at: usize) -> Vec<SubjectId> {
    let slot = mentions[at].slot;
    let listed = |a: &Mention, b: &Mention| {
        b.start > a.end && b.start - a.end <= 2 && b.listed && a.slot == slot && b.slot == slot
    };
    let mut first = at;
    while first > 0 && listed(&mentions[first - 1], &mentions[first]) {
        first -= 1;
    }
    let mut last = at;
    while last + 1 < mentions.len() && listed(&mentions[last], &mentions[last + 1]) {
        last += 1;
    }
    let mut out: Vec<SubjectId> = Vec::new();
    for subject in mentions[first..=last].iter().flat_map(|m| &m.subjects) {
        if !out.contains(subject) {
            out.push(*subject);
        }
    }
    out
}

/// The subjects that a pattern itself named, with those it lists beside them.
pub fn named(mentions: &[Mention], start: usize, end: usize) -> Option<Binding> {
    // "X's successor" is not X.
    if mentions.iter().any(|m| m.start > start && m.end == end && m.subjects.is_empty()) {
        return None;
    }
    let at = mentions.iter().position(|m| m.start == start && !m.subjects.is_empty())?;
    Some(Binding { subjects: group(mentions, at), bound: Bound::Named, mention: Some(at) })
}

/// Whom a figure is about: as a statement, but never its own baseline, and an owner right after it ("10x Maverick's speed")
/// only where nothing else is there.
pub fn figure(found: &Match, slots: &[u16], baseline: Option<usize>, scene: &Scene<'_>) -> Option<Binding> {
    let (start, end) = (found.start as usize, found.end as usize);
    let mut mentions = scene.mentions.to_vec();
    let against =
        baseline.filter(|at| *at < mentions.len()).map(|at| mentions.remove(at).subjects).unwrap_or_default();
    mentions.iter_mut().filter(|m| m.start >= start && m.end <= end).for_each(|m| m.aside = true);
    let scene = Scene { mentions: &mentions, ..*scene };
    let near = slots.iter().find_map(|slot| {
        let near = Scene { structure: &[], topic: &[], ..scene };
        bind(found, &[*slot], false, &near)
    });
    near.or_else(|| bind(found, slots, true, &scene)).filter(|b| b.subjects != against)
}
