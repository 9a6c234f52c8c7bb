//! Reading a fact's value by the type of its attribute.

use super::load::Names;
use super::{Attribute, AttributeType, Choice, Member, Ratio, Value};
use crate::value::{Bound, Per};
use crate::yaml::Item;

/// Reads `item` as a value of `attribute`; slots that stand beside the value (`tier:` of a price) go to `scope`.
pub(super) fn read(
    attribute: &Attribute,
    item: &Item,
    names: &Names,
    scope: &mut Vec<(String, String)>,
) -> Option<Value> {
    if let Some(value) = stated_absence(attribute, item) {
        return Some(value);
    }
    match &attribute.kind {
        AttributeType::Choice(choices) => {
            let known: Vec<&str> = choices.iter().map(|choice| choice.id.as_str()).collect();
            item.one_of("value", &known).map(|id| Value::Choice(id.to_string()))
        }
        AttributeType::Stage(stages) => {
            let known: Vec<&str> = stages.iter().map(String::as_str).collect();
            item.one_of("stage", &known).map(|id| Value::Choice(id.to_string()))
        }
        AttributeType::Set => set(attribute, item, names),
        AttributeType::Ratio => ratio(item, names),
        AttributeType::Quantity => quantity(attribute, item),
        AttributeType::Money => money(item, scope),
        AttributeType::Date => item.date().map(|(first, last)| Value::Date(first, last)),
        AttributeType::Subject => names.resolve(item).map(Value::Subject),
        AttributeType::Licence => item.str().map(|id| Value::Licence(id.to_string())),
        AttributeType::Text => item.str().map(|text| Value::Text(text.to_string())),
    }
}

/// `none` and `undisclosed`, unless the attribute has a value of that name.
fn stated_absence(attribute: &Attribute, item: &Item) -> Option<Value> {
    if !item.is_scalar() {
        return None;
    }
    let own = match &attribute.kind {
        AttributeType::Choice(choices) => choices.iter().any(|choice| Some(choice.id.as_str()) == text(item)),
        AttributeType::Stage(stages) => stages.iter().any(|stage| Some(stage.as_str()) == text(item)),
        _ => false,
    };
    match text(item) {
        Some("none") if !own => Some(Value::None),
        Some("undisclosed") if !own => Some(Value::Undisclosed),
        _ => None,
    }
}

/// A scalar's text without a report where there is none.
fn text<'a>(item: &Item<'a>) -> Option<&'a str> {
    match &item.node.kind {
        crate::yaml::NodeKind::Scalar { text, .. } => Some(text),
        _ => None,
    }
}

/// `text`, `[text, image]`, or `{only: […]}`, `{has: […], not: […]}`.
fn set(attribute: &Attribute, item: &Item, names: &Names) -> Option<Value> {
    let mut members = Vec::new();
    let mut add = |items: Vec<Item>, absent| {
        members.extend(items.iter().filter_map(|item| member(attribute, item, names, absent)));
    };
    if !item.is_map() {
        add(item.one_or_many(), false);
        return (!members.is_empty()).then_some(Value::Set { members, only: false });
    }
    let mut fields = item.fields()?;
    let only = fields.get("only");
    add(fields.one_or_many("has"), false);
    add(fields.one_or_many("not"), true);
    add(only.as_ref().map(|only| only.one_or_many()).unwrap_or_default(), false);
    fields.finish();
    let only = only.is_some();
    if members.is_empty() && !only {
        item.problem("the set has no members");
        return None;
    }
    Some(Value::Set { members, only })
}

/// `text`, a subject's id or name, or `{whatsapp: announced}`.
fn member(attribute: &Attribute, item: &Item, names: &Names, absent: bool) -> Option<Member> {
    if !item.is_map() {
        return Some(Member { id: member_id(attribute, item, item.str()?, names)?, stage: None, absent });
    }
    let entries = item.entries();
    let [(word, _, stage)] = entries.as_slice() else {
        item.problem("expected one member and its stage, like `{web: announced}`");
        return None;
    };
    let known: Vec<&str> = attribute.member_stages.iter().map(String::as_str).collect();
    let stage = stage.one_of("stage", &known)?;
    Some(Member { id: member_id(attribute, item, word, names)?, stage: Some(stage.to_string()), absent })
}

fn member_id(attribute: &Attribute, item: &Item, word: &str, names: &Names) -> Option<String> {
    let words = &attribute.words;
    if let Some(choice) = words.iter().find(|choice: &&Choice| choice.id == word) {
        return Some(choice.id.clone());
    }
    if let Some(id) = names.id_of(word) {
        return Some(id.to_string());
    }
    if words.is_empty() {
        return Some(word.to_string());
    }
    item.unknown("member", word, words.iter().map(|choice| choice.id.as_str()).chain(names.ids()));
    None
}

/// `{factor: 10, bound: over, metric: compute, baseline: …}`; `share: 0.6` says the same as a factor of 1/0.6.
fn ratio(item: &Item, names: &Names) -> Option<Value> {
    let mut fields = item.fields()?;
    let (factor, share) = (fields.get("factor"), fields.get("share"));
    let bound = bound(fields.get("bound"));
    let metric = fields.required("metric").and_then(|metric| metric.str());
    let baseline = fields.get("baseline").map(|baseline| names.resolve(&baseline));
    fields.finish();
    let positive = |item: Item| {
        let number = item.number()?;
        if number <= 0.0 {
            item.problem("a ratio is greater than 0");
        }
        (number > 0.0).then_some(number)
    };
    let factor = match (factor, share) {
        (Some(factor), None) => positive(factor)?,
        (None, Some(share)) => positive(share)?.recip(),
        _ => {
            item.problem("a ratio has a `factor` or a `share`, one of the two");
            return None;
        }
    };
    let baseline = match baseline {
        Some(None) => return None,
        Some(baseline) => baseline,
        None => None,
    };
    Some(Value::Ratio(Ratio { factor, bound: bound?, metric: metric?.to_string(), baseline }))
}

/// `70e9`, `{amount: 1000, bound: over, unit: person}` or `{low: 10, high: 20}`.
fn quantity(attribute: &Attribute, item: &Item) -> Option<Value> {
    let unit = attribute.unit.clone();
    if item.is_scalar() {
        let number = item.number()?;
        return Some(Value::Quantity { low: number, high: number, bound: Bound::Plain, unit });
    }
    let mut fields = item.fields()?;
    let amount = fields.number("amount");
    let (low, high) = (fields.number("low").or(amount), fields.number("high").or(amount));
    let bound = bound(fields.get("bound"));
    let unit = fields.string("unit").or(unit);
    fields.finish();
    let (Some(low), Some(high)) = (low, high) else {
        item.problem("a quantity has an `amount`, or `low` and `high`");
        return None;
    };
    if low > high {
        item.problem("`low` is greater than `high`");
        return None;
    }
    Some(Value::Quantity { low, high, bound: bound?, unit })
}

/// `{amount: 1.20, currency: USD, per: 1e6 token, side: input, tier: standard}`; other keys are scope.
fn money(item: &Item, scope: &mut Vec<(String, String)>) -> Option<Value> {
    let mut fields = item.fields()?;
    let amount = fields.required("amount").and_then(|amount| amount.number());
    let currency = fields.required("currency").and_then(|currency| {
        let code = currency.str()?;
        let iso = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
        if !iso {
            currency.problem("a currency is three capitals, like EUR");
        }
        iso.then(|| code.to_string())
    });
    let side = fields.string("side");
    let per = fields.get("per").and_then(|per| {
        let text = per.str()?;
        let (count, unit) = text.split_once(' ').unwrap_or(("1", text));
        let count = count.replace('_', "").parse::<f64>().ok().filter(|count| *count > 0.0);
        if count.is_none() {
            per.problem("expected a number and a unit, like `1e6 token`");
        }
        Some(Per { count: count?, unit: unit.trim().to_string(), side: side.clone() })
    });
    for (key, _, value) in fields.rest() {
        scope.push((key.to_string(), value.str()?.to_string()));
    }
    Some(Value::Money { amount: amount?, currency: currency?, per })
}

fn bound(item: Option<Item>) -> Option<Bound> {
    let Some(item) = item else { return Some(Bound::Plain) };
    let known = ["exactly", "about", "at-least", "over", "at-most", "under"];
    Some(match item.one_of("bound", &known)? {
        "about" => Bound::About,
        "at-least" => Bound::AtLeast,
        "over" => Bound::Over,
        "at-most" => Bound::AtMost,
        "under" => Bound::Under,
        _ => Bound::Plain,
    })
}
