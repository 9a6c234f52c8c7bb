//! Vale's rule files as this program's: the same tree with other names of keys, places kept.

use crate::rule::pattern::keys_of;
use crate::text::Span;
use crate::yaml::{Node, NodeKind};

/// Keys that are spelled differently here; those that only Vale's own tools read have no name.
const KEYS: [(&str, Option<&str>); 7] = [
    ("extends", Some("kind")),
    ("level", Some("severity")),
    ("description", Some("why")),
    ("name", None),
    ("tests", None),
    ("code", None),
    ("pos", None),
];

/// A rule file as a native rule of this name.
pub fn native(root: &Node, name: &str) -> Node {
    let NodeKind::Map(entries) = &root.kind else { return root.clone() };
    let place = entries.first().map_or(root.span, |(key, _)| key.span);
    let mut native = vec![(scalar("rule", place), scalar(name, place))];
    for (key, value) in entries {
        let lower = text(key).to_lowercase();
        let renamed = match KEYS.iter().find(|(vale, _)| *vale == lower) {
            Some((_, None)) => continue,
            Some((_, Some(name))) => *name,
            None => &lower,
        };
        let mut value = value.clone();
        if let (NodeKind::Scalar { text, .. }, "severity") = (&mut value.kind, renamed)
            && text == "suggestion"
        {
            *text = "info".to_string();
        }
        // An empty list or map under a key says nothing, as in Vale.
        if !matches!(&value.kind, NodeKind::Scalar { text, quoted: false } if text.is_empty()) {
            native.push((scalar(renamed, key.span), value));
        }
    }
    Node { span: root.span, kind: NodeKind::Map(native) }
}

/// The rule that this one starts from (`extends: Style.Rule`), if it does.
pub fn parent(root: &Node) -> Option<&str> {
    let extends = get(root, "extends").map(text)?;
    extends.contains('.').then_some(extends)
}

/// A rule over the one it starts from: its keys replace the parent's, `key+` adds to the parent's list or map.
pub fn over(child: &Node, parent: &Node) -> Node {
    let (NodeKind::Map(own), NodeKind::Map(inherited)) = (&child.kind, &parent.kind) else {
        return child.clone();
    };
    let mut entries: Vec<(Node, Node)> =
        inherited.iter().filter(|(key, _)| text(key) != "tests").cloned().collect();
    for (key, value) in own.iter().filter(|(key, _)| text(key) != "extends") {
        let name = text(key);
        let (base, adds) = name.strip_suffix('+').map_or((name, false), |base| (base, true));
        match entries.iter_mut().find(|(known, _)| text(known) == base) {
            Some((_, known)) if adds => extend(known, value),
            Some(entry) => *entry = (key.clone(), value.clone()),
            None => entries.push((key.clone(), value.clone())),
        }
    }
    Node { span: child.span, kind: NodeKind::Map(entries) }
}

fn extend(known: &mut Node, more: &Node) {
    match (&mut known.kind, &more.kind) {
        (NodeKind::List(known), NodeKind::List(more)) => known.extend(more.iter().cloned()),
        (NodeKind::Map(known), NodeKind::Map(more)) => {
            known.retain(|(key, _)| !more.iter().any(|(other, _)| text(other) == text(key)));
            known.extend(more.iter().cloned());
        }
        _ => *known = more.clone(),
    }
}

/// A rule that stands by itself: Vale's reading of classes is written down, and the accepted words are its exceptions.
pub fn standing_alone(rule: &Node, accepted: &[String]) -> Node {
    let mut alone = rule.clone();
    set(&mut alone, "ascii", "true");
    let NodeKind::Map(entries) = &mut alone.kind else { return alone };
    let kind = entries.iter().find(|(key, _)| text(key) == "kind").map_or("", |(_, kind)| text(kind));
    let heeds = keys_of(kind).any(|key| key.name == "exceptions");
    let vocab =
        entries.iter().any(|(key, value)| text(key) == "vocab" && matches!(text(value), "false" | "no"));
    let nonword =
        kind == "existence" && entries.iter().any(|(key, v)| text(key) == "nonword" && text(v) == "true");
    if heeds && !vocab && !nonword && !accepted.is_empty() {
        let words = list(accepted, rule.span);
        match entries.iter_mut().find(|(key, _)| text(key) == "exceptions") {
            Some((_, own)) => extend(own, &words),
            None => entries.push((scalar("exceptions", rule.span), words)),
        }
    }
    alone
}

/// Sets a top-level key, as `Style.Rule[key] = value` in the configuration does.
pub fn set(root: &mut Node, key: &str, value: &str) {
    let NodeKind::Map(entries) = &mut root.kind else { return };
    let value = scalar(value, root.span);
    match entries.iter_mut().find(|(known, _)| text(known).eq_ignore_ascii_case(key)) {
        Some((_, known)) => *known = value,
        None => entries.push((scalar(key, root.span), value)),
    }
}

/// The value of a top-level key.
pub fn get<'a>(root: &'a Node, key: &str) -> Option<&'a Node> {
    let NodeKind::Map(entries) = &root.kind else { return None };
    entries.iter().find(|(known, _)| text(known).eq_ignore_ascii_case(key)).map(|(_, value)| value)
}

/// A scalar's text.
pub fn text(node: &Node) -> &str {
    match &node.kind {
        NodeKind::Scalar { text, .. } => text,
        _ => "",
    }
}

/// A scalar of one's own.
pub fn scalar(text: &str, span: Span) -> Node {
    Node { span, kind: NodeKind::Scalar { text: text.to_string(), quoted: true } }
}

/// A list of scalars.
pub fn list(texts: &[String], span: Span) -> Node {
    Node { span, kind: NodeKind::List(texts.iter().map(|text| scalar(text, span)).collect()) }
}
