//! A claim put right in its own words: the fact's number or name in the place of the claim's.

use crate::claim::Said;
use crate::knowledge::Value;
use crate::text::Span;

/// No name has more words.
const MAX_WORDS: usize = 8;

/// The figure to write instead of the one that stands in a claim's text, and where in that text; `None` where another number
/// alone would not make the claim what the fact says.
pub fn figure(text: &str, said: &Said, fact: &Value) -> Option<(Span, String)> {
    let (claimed, held) = match (said, fact) {
        // Of the ways to say a ratio only "10x" and "10 times" state the factor itself.
        (Said::Ratio(figure), Value::Ratio(ratio)) => {
            let same = figure.metric.as_ref() == Some(&ratio.metric)
                && (figure.baseline.is_none() || figure.baseline == ratio.baseline);
            (figure.better.filter(|_| same)?, ratio.factor)
        }
        (Said::Count(number, unit), Value::Quantity { low, high, unit: of, .. }) => {
            let exact = low == high && number.low == number.high && (unit.is_none() || unit == of);
            (Some(number.high).filter(|_| exact)?, *high)
        }
        // Prices come in pairs and series, of which one alone is not to be changed.
        _ => return None,
    };
    let place = digits(text)?;
    let literal: f64 = place.of(text).replace(',', "").parse().ok()?;
    let written = shown(held / (claimed / literal), place.of(text).contains(','))?;
    // A ratio's number may stand for something else than its factor: a share, a part.
    let stated = !matches!(said, Said::Ratio(_)) || literal == claimed;
    (stated && written != place.of(text)).then_some((place, written))
}

/// Where in a text the one name stands for which `means` holds, without words that the name does not need and with all that
/// may belong to it: "MIT" and "MIT licence".
pub fn name(text: &str, means: impl Fn(&str) -> bool) -> Option<(Span, Span)> {
    let start = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '+');
    let parts = text.split(|c| !inside(c)).map(|part| part.trim_end_matches(['.', '-']));
    let words: Vec<Span> = parts
        .filter(|part| !part.is_empty())
        .map(|part| Span::new(start(part), start(part) + part.len()))
        .collect();
    let runs = |length: usize| {
        words
            .windows(length)
            .filter_map(|run| Some(run.first()?.cover(*run.last()?)))
            .filter(|run| means(run.of(text)))
    };
    let shortest = (1..=MAX_WORDS.min(words.len())).find_map(|length| {
        let mut found = runs(length);
        Some((found.next()?, found.next()))
    })?;
    let (own, None) = shortest else { return None };
    let longer =
        (1..=MAX_WORDS.min(words.len())).rev().find_map(|length| runs(length).find(|run| run.contains(own)));
    Some((own, longer.unwrap_or(own)))
}

/// The one number of a text that is written in digits.
fn digits(text: &str) -> Option<Span> {
    let inside = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let mut found = None;
    let mut at = 0;
    while let Some(start) = text.get(at..)?.find(|c: char| c.is_ascii_digit()).map(|found| at + found) {
        let end = text.get(start..)?.find(|c| !inside(c)).map_or(text.len(), |end| start + end);
        let number = text.get(start..end)?.trim_end_matches(['.', ',']);
        if found.replace(Span::new(start, start + number.len())).is_some() {
            return None;
        }
        at = end;
    }
    found
}

/// A number with at most two decimals, if it has no more.
fn shown(number: f64, grouped: bool) -> Option<String> {
    let cents = (number * 100.0).round();
    if !(1.0..1e12).contains(&cents) || (number * 100.0 - cents).abs() > 1e-6 * cents {
        return None;
    }
    let text = format!("{:.2}", cents / 100.0);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    let whole = text.split('.').next().unwrap_or(text);
    if !grouped || whole.len() < 4 {
        return Some(text.to_string());
    }
    let mut out = String::new();
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    Some(out + text.get(whole.len()..).unwrap_or(""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Bound, Number};

    #[test]
    fn the_one_name_that_is_meant_is_found() {
        let means = |text: &str| matches!(text, "Brook" | "Brook licence" | "Ann Brook");
        for (text, expected) in [
            ("under the Brook licence", Some(("Brook", "Brook licence"))),
            ("made by Ann Brook.", Some(("Brook", "Ann Brook"))),
            ("Brook's model", Some(("Brook", "Brook"))),
            ("Brook and Brook", None),
            ("Brooks", None),
            ("", None),
        ] {
            let found = name(text, means).map(|(own, all)| (own.of(text), all.of(text)));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn the_number_alone_is_written_anew() {
        let quantity = |high| Value::Quantity { low: high, high, bound: Bound::Plain, unit: None };
        let count = |high| Said::Count(Number { low: high, high, bound: Bound::Plain, digits: 2 }, None);
        for (text, claimed, held, expected) in [
            ("more than 2,000 testers", 2_000.0, 1_200.0, Some("more than 1,200 testers")),
            ("a 70B model", 70e9, 17e9, Some("a 17B model")),
            ("a 70B model", 70e9, 17.25e9, Some("a 17.25B model")),
            ("a 1.5 million context", 1.5e6, 1e6, Some("a 1 million context")),
            ("2 testers of 3", 2.0, 4.0, None),
            ("two testers", 2.0, 4.0, None),
            ("70 testers", 70.0, 70.0, None),
            ("70B testers", 70e9, 17.123_456e9, None),
        ] {
            let made = figure(text, &count(claimed), &quantity(held));
            let made = made.map(|(at, new)| format!("{}{new}{}", &text[..at.start], &text[at.end..]));
            assert_eq!(made.as_deref(), expected, "{text}");
        }
    }
}
