//! What the linter knows: subjects, attributes and their types, facts with source and time.

mod attribute;
mod fact;
mod index;
mod load;
mod quote;
mod source;
mod subject;
mod value;
mod words;
mod verify;

pub use load::SourceFile;
pub(crate) use load::Tree;
pub use verify::verify;

use crate::text::Span;
use crate::value::{Bound, Per};
use jiff::civil::Date;

/// Everything known, from any number of files. Built once, then only read.
#[derive(Debug, Clone, Default)]
pub struct Knowledge {
    /// All subjects; a [`SubjectId`] indexes them.
    pub subjects: Vec<Subject>,
    /// All attributes; an [`AttributeId`] indexes them.
    pub attributes: Vec<Attribute>,
    /// All facts; a [`FactId`] indexes them.
    pub facts: Vec<Fact>,
    /// All seeds and other sources; a [`SourceId`] indexes them.
    pub sources: Vec<Source>,
    /// The kinds that a subject may be of; empty where no file declares them.
    pub kinds: Vec<String>,
    index: Box<index::Index>,
}

/// Index into [`Knowledge::subjects`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SubjectId(pub u32);
/// Index into [`Knowledge::attributes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AttributeId(pub u32);
/// Index into [`Knowledge::facts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FactId(pub u32);
/// Index into [`Knowledge::sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(pub u32);

/// A model, family, lab, company, person, product or surface.
#[derive(Debug, Clone, Default)]
pub struct Subject {
    /// `meta/muse-spark`.
    pub id: String,
    /// `model`, `family`, `series`, `lab`, `company`, `person`, `product`, `surface`, `technique` …
    pub kind: String,
    /// As a reader knows it.
    pub name: String,
    /// All names it goes by, `name` first.
    pub aliases: Vec<Alias>,
    /// Family or series it belongs to, company a lab belongs to.
    pub part_of: Option<SubjectId>,
    /// For "Muse Spark 1.1": Muse Spark.
    pub version_of: Option<SubjectId>,
    /// Words that stand for it after introduction ("reasoner", "contract model"), beside those of its kind.
    pub descriptions: Vec<String>,
}

/// A name of a subject.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Alias {
    /// As written.
    pub text: String,
    /// Only after another name of the subject stood in the draft.
    pub when_introduced: bool,
    /// Must be written with these capitals ("Spark", "Meta"); otherwise any.
    pub case_sensitive: bool,
    /// Not this subject when one of these words follows ("Studio" after "Muse Spark").
    pub not_before: Vec<String>,
    /// Not this subject when one of these words stands right before ("Apache" before "Spark").
    pub not_after: Vec<String>,
}

/// How an attribute's values compare.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum AttributeType {
    /// One of a list, with what each implies and excludes.
    Choice(Vec<Choice>),
    /// An ordered ladder, lowest first.
    Stage(Vec<String>),
    /// Members, open-world unless the fact says `only`.
    Set,
    /// A factor with metric, baseline and bound.
    Ratio,
    /// A number with a unit.
    Quantity,
    /// An amount for a unit.
    Money,
    /// An interval of days.
    Date,
    /// Another subject.
    Subject,
    /// A licence.
    Licence,
    /// Words; compared as one normalised string.
    #[default]
    Text,
}

/// One value of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choice {
    /// `open-weight`.
    pub id: String,
    /// In words, for messages.
    pub name: String,
    /// A subject with this value has these too; complete after loading (what is implied implies further).
    pub implies: Vec<String>,
    /// A subject with this value has none of these; complete after loading (both ways, and through what is implied).
    pub excludes: Vec<String>,
}

/// What can be said of a subject.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attribute {
    /// `openness`.
    pub id: String,
    /// In words, for messages: "licence and openness".
    pub name: String,
    /// How values compare.
    pub kind: AttributeType,
    /// Whether a subject has at most one value at a time (per scope), so that another value contradicts.
    pub functional: bool,
    /// Attributes that answer in its place where it has no fact.
    pub via: Vec<String>,
    /// For licences: what a licence of each class makes of a model in those attributes.
    pub classes: Vec<(String, String)>,
    /// Whether a fact on a family or series holds for its members that have none of their own.
    pub inherited: bool,
    /// The unit of a quantity that names none.
    pub unit: Option<String>,
    /// That unit's plural in words.
    pub units: Option<String>,
    /// Stages and set members in words; a set may have others where this is empty, and subjects always.
    pub words: Vec<Choice>,
    /// For sets: the stages that a member may have.
    pub member_stages: Vec<String>,
}

/// A value of a fact or a claim.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Choice or stage, by id.
    Choice(String),
    /// Set members.
    Set {
        /// Members, each with the stage it has there (`None`: simply there).
        members: Vec<Member>,
        /// Nothing else is a member.
        only: bool,
    },
    /// A factor.
    Ratio(Ratio),
    /// A number with a unit id.
    Quantity {
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
        /// How it stands to the true number.
        bound: Bound,
        /// Unit id of the values vocabulary.
        unit: Option<String>,
    },
    /// An amount.
    Money {
        /// In `currency`, for one `per`.
        amount: f64,
        /// ISO 4217.
        currency: String,
        /// What it buys.
        per: Option<Per>,
    },
    /// First and last day.
    Date(Date, Date),
    /// Another subject.
    Subject(SubjectId),
    /// Licence id: SPDX, or one of `rules/licences.yaml`.
    Licence(String),
    /// Words.
    Text(String),
    /// Stated to be none: no price announced, no licence, no baseline figure.
    None,
    /// Stated to be undisclosed: nothing contradicts it but a source.
    Undisclosed,
}

/// A member of a set.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// Member id: a subject id where one has it, else the word itself.
    pub id: String,
    /// Stage there ("announced"), if it is not simply there.
    pub stage: Option<String>,
    /// Explicitly not a member.
    pub absent: bool,
}

/// A factor between a subject and a baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct Ratio {
    /// 10 for ten times; always of the *better* reading of the metric (10 for "a tenth of the compute").
    pub factor: f64,
    /// How it stands to the true factor.
    pub bound: Bound,
    /// Metric id (`rules/metrics.yaml`): `compute`, `speed`, `memory`, `energy`, `cost` …
    pub metric: String,
    /// Against what.
    pub baseline: Option<SubjectId>,
}

/// One thing known, with its source and its time.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// `meta/muse-spark#openness-1`, or the id that the file gives it.
    pub id: String,
    /// Of what.
    pub subject: SubjectId,
    /// What of it.
    pub attribute: AttributeId,
    /// The value.
    pub value: Value,
    /// Scope slots (`provider`, `tier`, `region`, `surface`, `side`, `of` …) and their values.
    pub scope: Vec<(String, String)>,
    /// First day on which it holds; `None` is unknown.
    pub from: Option<Date>,
    /// Last day on which it holds; `None` is open.
    pub to: Option<Date>,
    /// The day the source said it.
    pub as_of: Option<Date>,
    /// Where it stands.
    pub source: Option<SourceId>,
    /// Word for word from the source.
    pub quote: Option<String>,
    /// State.
    pub state: State,
    /// Who claims it, where it is a claim (the maker's own figure), as a subject id or a name.
    pub claimed_by: Option<String>,
    /// For people: what to know about it.
    pub note: Option<String>,
    /// Facts that say otherwise, where sources disagree.
    pub conflicts_with: Vec<FactId>,
    /// Which file it stands in (index into the files given to the loader) and where.
    pub place: (usize, Span),
}

/// How far a fact is to be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum State {
    /// It holds.
    #[default]
    Asserted,
    /// Sources disagree: never an error.
    Disputed,
    /// A later fact took its place.
    Superseded,
}

/// A document that facts are drawn from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// `muse-spark-proprietary-pivot`.
    pub id: String,
    /// Title.
    pub title: String,
    /// Author or outlet.
    pub author: Option<String>,
    /// Address, if known.
    pub url: Option<String>,
    /// Day of publication.
    pub date: Option<Date>,
    /// `article`, `maker-page`, `licence-text`, `model-card`, `aggregator`, `press`, `announcement` …
    pub kind: String,
    /// 1 (maker, licence text) to 4 (reseller): lower is better.
    pub grade: u8,
    /// File name under `seeds/` and its text, where the document itself is kept.
    pub file: Option<String>,
    /// The document word for word, where it is kept.
    pub text: Option<String>,
}
