//! What the words around a statement make of it: stated, turned round, asked, supposed, planned, past, taken back, reported.

use super::grammar::{Match, Table};
use super::{Effect, Language, Reach, Trigger, Use};

/// A trigger at its place in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fired {
    /// What it does.
    pub trigger: Trigger,
    /// First token.
    pub start: u16,
    /// One past the last token.
    pub end: u16,
}

/// How a statement stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Context {
    /// Turned round an odd number of times.
    pub negated: bool,
    /// Whether it is stated at all, and if not, why.
    pub status: Status,
    /// How it would stand if nobody asked.
    pub unasked: Status,
    /// Whether somebody is named who says it.
    pub reported: bool,
    /// The triggers that had a part in it.
    pub swayed: Vec<Fired>,
}

/// Whether the draft states something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord)]
pub enum Status {
    /// It does.
    #[default]
    Stated,
    /// It says that it came about at some time.
    Happened,
    /// It says that it was so, and no more.
    Past,
    /// It says that it will be so, as one also says of what something can do at any time.
    Willed,
    /// It says that it is planned.
    Planned,
    /// It leaves it open.
    Doubted,
    /// It asks.
    Asked,
    /// It makes it a condition.
    Supposed,
    /// It takes it back.
    Denied,
}

impl Status {
    /// What a yes or a no in the next sentence makes of it.
    pub fn answer(&mut self, yes: bool, negated: &mut bool) {
        match (*self, yes) {
            (Status::Asked, _) => {
                *self = Status::Stated;
                *negated = !yes;
            }
            (_, false) => *self = Status::Denied,
            _ => {}
        }
    }
}

/// The triggers of a sentence, those hidden inside longer ones left out.
pub fn fired(table: &Table, language: &Language, out: &mut Vec<Fired>) {
    out.clear();
    for found in &table.matches {
        if let Some(Use::Trigger(trigger)) = language.uses.get(found.pattern as usize) {
            out.push(Fired { trigger: *trigger, start: found.start, end: found.end });
        }
    }
    out.sort_by_key(|f| (f.start, std::cmp::Reverse(f.end)));
    let all = out.clone();
    out.retain(|f| !all.iter().any(|other| hides(other, f)));
    out.retain(|f| f.trigger.effect != Effect::Hide);
    out.dedup_by_key(|f| (f.start, f.end, f.trigger.effect));
}

/// A longer trigger over a shorter one of its own effect, or one that is there to hide.
fn hides(longer: &Fired, shorter: &Fired) -> bool {
    let covers = longer.start <= shorter.start && shorter.end <= longer.end;
    let larger = longer.end - longer.start > shorter.end - shorter.start;
    covers
        && larger
        && (longer.trigger.effect == Effect::Hide || longer.trigger.effect == shorter.trigger.effect)
}

/// The sentence around a statement, as far as its context needs it.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// Clause of each token.
    pub clause: &'a [u16],
    /// Its triggers.
    pub fired: &'a [Fired],
    /// Whether it ends in a question mark.
    pub asked: bool,
    /// Whether a comma that is not a list's stands between two tokens.
    pub comma: &'a dyn Fn(u16, u16) -> bool,
    /// Whether a semicolon stands between two tokens.
    pub stop: &'a dyn Fn(u16, u16) -> bool,
    /// Whether a token goes on a list: a conjunction or comma stands right before it, or it is one.
    pub joins: &'a dyn Fn(u16) -> bool,
    /// Whether a clause hangs on the one before by a relative pronoun.
    pub relative: &'a dyn Fn(u16) -> bool,
}

/// The context of a statement that a pattern read. Triggers that the pattern itself reads do not count, since its meaning holds
/// them already.
pub fn context(found: &Match, around: &Around<'_>) -> Context {
    let mut context = Context::default();
    let (mut event, mut when) = (false, false);
    for trigger in around.fired {
        let own = found.reads(trigger.start, trigger.end) && trigger.trigger.effect != Effect::Event;
        if own || !(around.reaches(trigger, found) || around.interrupted(trigger, found)) {
            continue;
        }
        let decided = context.swayed.len();
        context.swayed.push(*trigger);
        let status = match trigger.trigger.effect {
            // A comma ends what "no" denies, unless it stands in a list that goes on with "or".
            // "It is not, as some say, X": what stands between commas is stepped over.
            Effect::Not if around.interrupted(trigger, found) => {
                context.negated = !context.negated;
                continue;
            }
            Effect::Not
                if around.repeated(trigger, found)
                    || trigger.end <= found.start && (around.comma)(trigger.end, found.start) =>
            {
                context.swayed.truncate(decided);
                continue;
            }
            Effect::Not => {
                context.negated = !context.negated;
                continue;
            }
            Effect::Report => {
                context.reported = true;
                continue;
            }
            Effect::Event => {
                event = true;
                continue;
            }
            Effect::When => {
                when = true;
                continue;
            }
            Effect::Hide => continue,
            Effect::Doubt => Status::Doubted,
            Effect::Suppose => Status::Supposed,
            Effect::Will => Status::Willed,
            Effect::Plan => Status::Planned,
            Effect::Past => Status::Past,
            Effect::Deny => Status::Denied,
        };
        context.status = context.status.max(status);
    }
    if when {
        // What came about at a time may well last; what was so at a time need not.
        context.status = context.status.max(if event { Status::Happened } else { Status::Past });
    }
    context.unasked = context.status;
    if around.asked {
        context.status = context.status.max(Status::Asked);
    }
    context
}

impl Around<'_> {
    /// Whether a "not" comes right before a parenthesis between commas, and the statement right after it.
    fn interrupted(&self, fired: &Fired, found: &Match) -> bool {
        let of = |token: u16| self.clause.get(token as usize).copied().unwrap_or(0);
        fired.trigger.effect == Effect::Not
            && fired.start > 0
            && found.start > fired.end
            && of(found.start) <= of(fired.start) + 2
            && (self.comma)(fired.end, fired.end + 1)
            && (self.comma)(fired.end + 1, found.start)
    }

    /// Whether the denial is said again nearer to the statement ("neither A nor B", "no A and no B"): it counts once.
    fn repeated(&self, fired: &Fired, found: &Match) -> bool {
        self.fired.iter().any(|again| {
            again.trigger.effect == Effect::Not
                && again.start >= fired.end
                && again.start < found.end
                && (self.joins)(again.start)
                && self.reaches(again, found)
        })
    }

    fn parted(&self, fired: &Fired, found: &Match) -> bool {
        (self.stop)(fired.start.min(found.start), fired.end.max(found.end))
    }

    /// Whether a trigger touches a match, whose clauses are those from its first to its last token.
    fn reaches(&self, fired: &Fired, found: &Match) -> bool {
        let of = |token: u16| self.clause.get(token as usize).copied().unwrap_or(0);
        let own = of(fired.end.saturating_sub(1));
        let shares = of(found.start) <= own && own <= of(found.end.saturating_sub(1));
        let inside = found.start <= fired.start && fired.end <= found.end;
        match fired.trigger.reach {
            Reach::Sentence => shares || !((self.relative)(own) || self.parted(fired, found)),
            Reach::Around => shares,
            Reach::Rest => found.end > fired.start && !self.parted(fired, found),
            Reach::After => inside || (shares && found.start >= fired.start),
            Reach::Before => {
                // "The app that all asked for never came": the verb after a relative clause is the main one.
                let next = of(found.end.saturating_sub(1)) + 1 == own && (self.relative)(own);
                inside || (shares || next) && found.start < fired.start
            }
        }
    }
}
