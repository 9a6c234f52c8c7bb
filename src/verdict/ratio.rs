//! Figures against figures: the same factor on another metric, against another baseline or the other way round is a contradiction of
//! its own; another factor on the same footing too. Everything else is left open.

use super::Bench;
use crate::claim::Claim;
use crate::claim::figure::Figure;
use crate::knowledge::{Fact, Ratio, SubjectId, Value};
use crate::value::{Bound, RatioForm};

impl Bench<'_> {
    /// Whether a fact says what a figure says.
    pub(super) fn ratio(&self, claim: &Claim, figure: &Figure, fact: &Fact) -> Option<bool> {
        if fact.value == Value::None {
            // The source gives no figure for that metric.
            let same =
                |(key, value): &(String, String)| key == "metric" && Some(value) == figure.metric.as_ref();
            return fact.scope.iter().any(same).then_some(false);
        }
        let Value::Ratio(held) = &fact.value else { return None };
        let same_factor = same_factor(figure, held);
        let metric = figure.metric.as_deref();
        let same_metric = metric == Some(held.metric.as_str());
        let baseline = match (figure.baseline, held.baseline) {
            (Some(said), Some(held)) => Some(self.related(said, held)),
            _ => None,
        };
        match (same_metric, baseline) {
            // On the same footing the factor decides; with no baseline named, that of the fact is meant.
            (true, Some(true)) => factor(figure, held),
            (true, None) if same_factor || claim.reported => factor(figure, held),
            (true, Some(false)) => (same_factor || claim.reported).then_some(false),
            // The same number for something else, or on something else.
            (false, Some(true)) => (metric.is_some() && same_factor).then_some(false),
            (false, Some(false)) => None,
            (false, None) => (metric.is_some() && same_factor && claim.reported).then_some(false),
            _ => None,
        }
    }

    /// The same subject, or a family and its member.
    fn related(&self, said: SubjectId, held: SubjectId) -> bool {
        said == held || self.knowledge.line(held).any(|s| s == said)
    }
}

/// Whether the number is the fact's, whichever way it is put: as a factor, its inverse, or the same percentage.
fn same_factor(figure: &Figure, held: &Ratio) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() <= 0.03 * b.abs();
    let number = figure.number.low.max(figure.number.high);
    let saved = if held.factor > 1.0 { 1.0 - 1.0 / held.factor } else { 1.0 - held.factor };
    near(number, held.factor)
        || near(number, 1.0 / held.factor)
        || figure.better.is_some_and(|b| near(b, held.factor))
        || (figure.form == RatioForm::Percent && near(number, saved))
}

fn factor(figure: &Figure, held: &Ratio) -> Option<bool> {
    let Some(said) = figure.better else {
        // The direction is open; a bound on the wrong side is not.
        let wrong = matches!(figure.bound, Bound::Under | Bound::AtMost);
        return (wrong && held.bound == Bound::Over && same_factor(figure, held)).then_some(false);
    };
    let tolerance = if figure.form == RatioForm::Multiple { 0.03 } else { 0.06 };
    let same = (said - held.factor).abs() <= tolerance * held.factor;
    let open = matches!(held.bound, Bound::Over | Bound::AtLeast);
    match figure.bound {
        _ if !same => match figure.bound {
            Bound::Over | Bound::AtLeast if said < held.factor => None,
            Bound::AtMost | Bound::Under if said > held.factor && !open => None,
            _ => Some(false),
        },
        Bound::Under => Some(false),
        Bound::AtMost => (held.bound == Bound::Over || open).then_some(false),
        _ => Some(true),
    }
}
