//! Numbers and amounts in words, as messages give them.

use super::{Bound, Per};

/// "over ", before a number.
pub fn bound(bound: Bound) -> &'static str {
    match bound {
        Bound::Plain => "",
        Bound::About => "about ",
        Bound::AtLeast => "at least ",
        Bound::Over => "over ",
        Bound::AtMost => "up to ",
        Bound::Under => "under ",
    }
}

/// An amount of money and what it buys: "$1.20 per million input tokens".
pub fn amount(amount: f64, currency: &str, per: Option<&Per>) -> String {
    let sign = if currency == "USD" { "$".to_string() } else { format!("{currency} ") };
    let cents = (amount * 100.0).round();
    let exact = (amount * 100.0 - cents).abs() < 1e-6 && amount < 1e6;
    let figure = match exact && cents % 100.0 != 0.0 {
        true => format!("{}.{:02}", number((cents / 100.0).trunc()), cents % 100.0),
        false => number(amount),
    };
    format!("{sign}{figure}{}", per.map(price_of).unwrap_or_default())
}

/// A number as prose writes it: "1,000", "27 billion", "0.5".
pub fn number(value: f64) -> String {
    for (size, name) in [(1e12, "trillion"), (1e9, "billion"), (1e6, "million")] {
        if value.abs() >= size {
            return format!("{} {name}", value / size);
        }
    }
    let plain = format!("{value}");
    let (whole, rest) = plain.split_at(plain.find('.').unwrap_or(plain.len()));
    if whole.len() <= 3 {
        return plain;
    }
    let mut out = String::with_capacity(plain.len() + 1);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest
}

/// " per million input tokens".
fn price_of(per: &Per) -> String {
    let side = per.side.iter().map(|side| format!("{side} ")).collect::<String>();
    match per.count {
        1.0 => format!(" per {side}{}", per.unit),
        1e6 => format!(" per million {side}{}s", per.unit),
        count => format!(" per {} {side}{}s", number(count), per.unit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_cents() {
        let per = Per { count: 1e6, unit: "token".into(), side: Some("input".into()) };
        for (value, expected) in [
            (1.2, "$1.20 per million input tokens"),
            (0.07, "$0.07 per million input tokens"),
            (2.3, "$2.30 per million input tokens"),
            (20.0, "$20 per million input tokens"),
            (1234.5, "$1,234.50 per million input tokens"),
            (0.005, "$0.005 per million input tokens"),
        ] {
            assert_eq!(amount(value, "USD", Some(&per)), expected);
        }
        assert_eq!(amount(3e6, "EUR", None), "EUR 3 million");
    }
}
