//! What an author of facts wants to know before anyone relies on them: does each quote stand in its source, do times make
//! sense, does no fact contradict another.

use super::{Attribute, AttributeType, Fact, Knowledge, Member, State, Value, quote};
use crate::value::Bound;
use crate::yaml::Problem;

/// Checks facts that loaded; each problem stands at its fact.
pub fn verify(knowledge: &Knowledge) -> Vec<Problem> {
    let mut problems = Vec::new();
    for fact in &knowledge.facts {
        let mut report = |message: String, help: Option<String>| {
            let (file, span) = fact.place;
            problems.push(Problem { file, span, key: Some(fact.id.clone()), message, help });
        };
        if let Some((message, help)) = source_problem(knowledge, fact) {
            report(message, help);
        }
        if let Some(message) = time_problem(knowledge, fact) {
            report(message, None);
        }
        if fact.state == State::Disputed && fact.conflicts_with.is_empty() {
            report("a disputed fact says in `conflicts_with` which facts dispute it".into(), None);
        }
        for other in contradicting(knowledge, fact) {
            let help = "mark them `disputed` or `superseded`, part their times, or give each its scope";
            report(format!("contradicts `{}`, which holds at the same time", other.id), Some(help.into()));
        }
    }
    problems.sort_by_key(|problem| (problem.file, problem.span));
    problems
}

fn source_problem(knowledge: &Knowledge, fact: &Fact) -> Option<(String, Option<String>)> {
    let Some(id) = fact.source else {
        return Some(("the fact names no source".into(), None));
    };
    let text = knowledge[id].text.as_deref()?;
    let Some(words) = fact.quote.as_deref() else {
        return Some((format!("the fact quotes nothing from `{}`", knowledge[id].id), None));
    };
    if quote::find(text, words).is_some() {
        return None;
    }
    let near = quote::nearest(text, words).map(|span| format!("the nearest passage is “{}”", span.of(text)));
    Some((format!("the quote does not stand in `{}`", knowledge[id].id), near))
}

fn time_problem(knowledge: &Knowledge, fact: &Fact) -> Option<String> {
    if let (Some(from), Some(to)) = (fact.from, fact.to)
        && to < from
    {
        return Some(format!("it ends on {to}, before it begins on {from}"));
    }
    let published = knowledge.sources.get(fact.source?.0 as usize)?.date?;
    let as_of = fact.as_of?;
    (as_of < published).then(|| format!("as of {as_of} its source of {published} had said nothing"))
}

/// Asserted facts that stand before `fact`, hold at the same time and exclude it.
fn contradicting<'k>(knowledge: &'k Knowledge, fact: &'k Fact) -> impl Iterator<Item = &'k Fact> {
    let attribute = &knowledge[fact.attribute];
    // Only the subject's own: a member may differ from its family.
    let same = move |other: &&Fact| {
        other.subject == fact.subject
            && other.place < fact.place
            && other.state == State::Asserted
            && fact.state == State::Asserted
            && other.scope == fact.scope
            && overlap(fact, other)
            && exclude(attribute, &fact.value, &other.value)
    };
    knowledge.facts_of(fact.subject, fact.attribute).filter(same)
}

fn overlap(one: &Fact, other: &Fact) -> bool {
    let ends_before = |a: &Fact, b: &Fact| matches!((a.to, b.from), (Some(to), Some(from)) if to < from);
    !ends_before(one, other) && !ends_before(other, one)
}

/// Whether two values of an attribute cannot both hold.
fn exclude(attribute: &Attribute, one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Choice(a), Value::Choice(b)) => match &attribute.kind {
            AttributeType::Choice(choices) => choices.iter().any(|c| c.id == *a && c.excludes.contains(b)),
            _ => a != b,
        },
        (Value::Set { members: a, only: a_only }, Value::Set { members: b, only: b_only }) => {
            let opposed = a.iter().any(|m| b.iter().any(|n| m.id == n.id && m.absent != n.absent));
            opposed || (*a_only && !within(b, a)) || (*b_only && !within(a, b))
        }
        (Value::Ratio(a), Value::Ratio(b)) => {
            a.metric == b.metric && a.baseline == b.baseline && (a.factor, a.bound) != (b.factor, b.bound)
        }
        (
            Value::Quantity { low: a, high: b, bound: Bound::Plain, unit: u },
            Value::Quantity { low: c, high: d, bound: Bound::Plain, unit: v },
        ) => u == v && (b < c || d < a),
        (Value::Quantity { .. }, Value::Quantity { .. }) => false,
        (
            Value::Money { amount: a, currency: c, per: p },
            Value::Money { amount: b, currency: d, per: q },
        ) => c == d && p == q && a != b,
        (Value::Date(a, b), Value::Date(c, d)) => b < c || d < a,
        _ => attribute.functional && one != other,
    }
}

/// Whether every member of `some` that is simply there is a member of `all`.
fn within(some: &[Member], all: &[Member]) -> bool {
    some.iter()
        .filter(|member| !member.absent)
        .all(|member| all.iter().any(|n| n.id == member.id && !n.absent))
}
