//! Trees as YAML text, as a person would write it.

use super::{Node, NodeKind};

/// A tree as a YAML document. What it gives reads back as the same tree.
pub fn write(node: &Node) -> String {
    let mut out = String::new();
    put(node, 0, &mut out);
    out
}

fn put(node: &Node, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    match &node.kind {
        NodeKind::Map(entries) => {
            for (key, value) in entries {
                out.push_str(&indent);
                out.push_str(&scalar(key));
                out.push(':');
                put_value(value, depth, out);
            }
        }
        NodeKind::List(items) => {
            for item in items {
                out.push_str(&indent);
                out.push('-');
                match &item.kind {
                    // A map's first key stands beside the dash.
                    NodeKind::Map(entries) if !entries.is_empty() => {
                        let mut inner = String::new();
                        put(item, depth + 1, &mut inner);
                        out.push(' ');
                        out.push_str(inner.trim_start());
                    }
                    _ => put_value(item, depth, out),
                }
            }
        }
        NodeKind::Scalar { .. } => {
            out.push_str(&scalar(node));
            out.push('\n');
        }
    }
}

fn put_value(value: &Node, depth: usize, out: &mut String) {
    match &value.kind {
        NodeKind::Scalar { .. } => {
            out.push(' ');
            out.push_str(&scalar(value));
            out.push('\n');
        }
        NodeKind::Map(entries) if entries.is_empty() => out.push_str(" {}\n"),
        NodeKind::List(items) if items.is_empty() => out.push_str(" []\n"),
        _ => {
            out.push('\n');
            put(value, depth + 1, out);
        }
    }
}

/// A scalar, in quotes where it would read otherwise without.
fn scalar(node: &Node) -> String {
    let NodeKind::Scalar { text, .. } = &node.kind else { return String::new() };
    let safe = |c: char| c.is_alphanumeric() || " _-./(),'’%+".contains(c);
    let word = text.starts_with(|c: char| c.is_alphanumeric()) && !text.ends_with(' ');
    let plain = word && text.chars().all(safe) && !text.contains(" #");
    if plain {
        text.clone()
    } else if text.chars().any(|c| c.is_control()) {
        let escape = |c: char| match c {
            '"' | '\\' => format!("\\{c}"),
            '\n' => "\\n".to_string(),
            '\t' => "\\t".to_string(),
            c if c.is_control() => format!("\\u{:04x}", u32::from(c)),
            c => c.to_string(),
        };
        format!("\"{}\"", text.chars().map(escape).collect::<String>())
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    fn plain(node: &Node) -> String {
        match &node.kind {
            NodeKind::Scalar { text, .. } => format!("{text:?}"),
            NodeKind::List(items) => items.iter().map(|item| format!("[{}]", plain(item))).collect(),
            NodeKind::Map(entries) => {
                entries.iter().map(|(key, value)| format!("{{{}={}}}", plain(key), plain(value))).collect()
            }
        }
    }

    #[test]
    fn what_is_written_reads_back() {
        for source in [
            "rule: a\nlist:\n  - one\n  - 'it''s: two'\n  - \"tab\\there\"\nmap: {a: 1, 'b c': [x, y]}\nempty: []\n",
            "- a: 1\n  b: [2]\n- '- dash'\n- '# hash'\n- ' space '\n- \"line\\nbreak\"\n- ''\n- '(?<=a)\\d+[x]'\n",
            "x:\n  y:\n    z: '%s is {match}'\n",
        ] {
            let node = parse(source).0.expect(source);
            let written = write(&node);
            let again = parse(&written).0.expect(&written);
            assert_eq!(plain(&again), plain(&node), "{written}");
        }
    }
}
