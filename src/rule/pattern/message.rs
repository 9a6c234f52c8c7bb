//! Messages with what was found in them: `'%s' is weak`, `use %[2]s`, `{match}`.

/// Puts `args` into `message`: `%s` (or `%d`) in turn, `%[2]s` by number, `%%` for a percent sign, `{match}` for what was
/// found and `{fix}` for what to write instead. What is not there reads as nothing.
pub fn fill(message: &str, args: &[&str], found: &str, fix: &str) -> String {
    let mut out = String::with_capacity(message.len() + 16);
    let mut rest = message;
    let mut next = 0;
    while let Some(at) = rest.find(['%', '{']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (text, len) = placeholder(rest, args, found, fix, &mut next);
        out.push_str(text);
        rest = &rest[len..];
    }
    out.push_str(rest);
    // A message is one line.
    out.replace('\n', " ")
}

/// What stands for the placeholder that `rest` starts with, and the placeholder's length; itself if it is none.
fn placeholder<'a>(
    rest: &'a str,
    args: &[&'a str],
    found: &'a str,
    fix: &'a str,
    next: &mut usize,
) -> (&'a str, usize) {
    for (name, value) in [("{match}", found), ("{fix}", fix), ("%%", "%")] {
        if rest.starts_with(name) {
            return (value, name.len());
        }
    }
    if let Some(numbered) = rest.strip_prefix("%[")
        && let Some((number, after)) = numbered.split_once(']')
        && let Ok(number) = number.parse::<usize>()
        && after.starts_with(['s', 'd', 'v', 'q'])
    {
        *next = number;
        return (args.get(number.wrapping_sub(1)).unwrap_or(&""), rest.len() - after.len() + 1);
    }
    if rest.starts_with("%s") || rest.starts_with("%d") || rest.starts_with("%v") {
        *next += 1;
        return (args.get(*next - 1).unwrap_or(&""), 2);
    }
    (&rest[..1], 1)
}

/// `'a', 'b', or 'c'`.
pub fn list_of(words: &[String], conjunction: &str) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first, second] => format!("{first} {conjunction} {second}"),
        [most @ .., last] => format!("{}, {conjunction} {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_places() {
        for (message, expected) in [
            ("'%s' is weak", "'a' is weak"),
            ("use %s instead of %s, %s", "use a instead of b, "),
            ("%[2]s not %[1]s", "b not a"),
            ("100%% of %d", "100% of a"),
            ("{match}: {fix} {other} 5% off", "m: f {other} 5% off"),
            ("two\nlines", "two lines"),
        ] {
            assert_eq!(fill(message, &["a", "b"], "m", "f"), expected);
        }
    }

    #[test]
    fn lists_words() {
        let words = |n: usize| ["a", "b", "c"][..n].iter().map(|w| w.to_string()).collect::<Vec<_>>();
        for (n, expected) in [(0, ""), (1, "'a'"), (2, "'a' or 'b'"), (3, "'a', 'b', or 'c'")] {
            assert_eq!(list_of(&words(n), "or"), expected);
        }
    }
}
