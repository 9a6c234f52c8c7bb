//! Figures: what a token that starts with a digit says.

use std::borrow::Cow;

/// A figure and what follows it in the same token.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Figure<'t> {
    /// What it says.
    pub value: f64,
    /// Significant digits as written.
    pub digits: u8,
    /// Digits alone: no comma, no point, no fraction.
    pub plain: bool,
    /// With commas between groups of three.
    pub grouped: bool,
    /// Letters after it, or `/` and more.
    pub rest: &'t str,
}

/// Reads `1,000`, `5.4`, `70B`, `2½`, `1e26`, `10²⁵`; `None` for `9:30`, `1.2.3` and the like.
pub(super) fn figure(text: &str) -> Option<Figure<'_>> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(text.len());
    let (body, rest) = text.split_at(end);
    let (whole, decimals) = match body.split_once('.') {
        Some((whole, decimals)) if !decimals.is_empty() => (whole, Some(decimals)),
        Some(_) => return None,
        None => (body, None),
    };
    if decimals.is_some_and(|d| d.contains(['.', ','])) || rest.starts_with(':') {
        return None;
    }
    let grouped = whole.contains(',');
    if grouped && !well_grouped(whole) {
        return None;
    }
    let digits_only = if grouped { Cow::Owned(body.replace(',', "")) } else { Cow::Borrowed(body) };
    let mut value: f64 = if body.is_empty() { 0.0 } else { digits_only.parse().ok()? };
    let plain = !grouped && decimals.is_none() && rest.is_empty();
    let digits = significant(&digits_only);
    let mut rest = rest;
    if let Some((part, after)) = rest.chars().next().and_then(|c| Some((vulgar(c)?, c.len_utf8()))) {
        value += part;
        rest = &rest[after..];
    } else if body.is_empty() {
        return None;
    }
    let (value, rest) = raised(value, rest);
    let fits = rest.starts_with('/') || rest.chars().all(char::is_alphabetic);
    (fits && value.is_finite()).then_some(Figure { value, digits, plain, grouped, rest })
}

/// `1/20`: its value and what follows; `None` for anything else.
pub(super) fn slashed(text: &str) -> Option<(f64, &str)> {
    let (above, below) = text.split_once(['/', '⁄'])?;
    let end = below.find(|c: char| !c.is_ascii_digit()).unwrap_or(below.len());
    let (below, rest) = below.split_at(end);
    let whole = |part: &str| part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<f64>().ok())?;
    let (above, below) = (whole(above)?, whole(below)?);
    let fits = above >= 1.0 && below > above && rest.chars().all(char::is_alphabetic);
    fits.then_some((above / below, rest))
}

/// Significant digits: trailing zeros count only behind a point.
fn significant(body: &str) -> u8 {
    let digits = body.trim_start_matches(['0', '.']);
    let digits = if body.contains('.') { digits } else { digits.trim_end_matches('0') };
    digits.bytes().filter(u8::is_ascii_digit).count().clamp(1, 20) as u8
}

fn well_grouped(whole: &str) -> bool {
    let mut groups = whole.split(',');
    groups.next().is_some_and(|first| (1..=3).contains(&first.len())) && groups.all(|group| group.len() == 3)
}

fn vulgar(c: char) -> Option<f64> {
    Some(match c {
        '½' => 0.5,
        '⅓' => 1.0 / 3.0,
        '⅔' => 2.0 / 3.0,
        '¼' => 0.25,
        '¾' => 0.75,
        '⅕' => 0.2,
        '⅖' => 0.4,
        '⅗' => 0.6,
        '⅘' => 0.8,
        '⅙' => 1.0 / 6.0,
        '⅛' => 0.125,
        '⅒' => 0.1,
        _ => return None,
    })
}

/// `e26` and `²⁵` behind a figure.
fn raised(value: f64, rest: &str) -> (f64, &str) {
    let small = |text: &str| (1..=3).contains(&text.len()).then(|| text.parse::<i32>().ok())?;
    if let Some(power) = rest.strip_prefix(['e', 'E']).and_then(small) {
        return (value * 10f64.powi(power), "");
    }
    let superscript =
        |c: char| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|s| s == c).and_then(|d| char::from_digit(d as u32, 10));
    let end = rest.find(|c| superscript(c).is_none()).unwrap_or(rest.len());
    let power: String = rest[..end].chars().filter_map(superscript).collect();
    match small(&power) {
        Some(power) => (value.powi(power), &rest[end..]),
        None => (value, rest),
    }
}
