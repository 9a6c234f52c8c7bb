//! Values in words, as messages, reports and lists give them.

use super::{Attribute, AttributeId, Knowledge, Value};
use crate::value::words::{amount, bound, number};
use jiff::civil::Date;

impl Knowledge {
    /// A value of an attribute in words: "open-weight", "over 10× less compute than Llama 4 Maverick".
    pub fn words(&self, attribute: AttributeId, value: &Value) -> String {
        let unknown = Attribute::default();
        let attribute = self.attributes.get(attribute.0 as usize).unwrap_or(&unknown);
        match value {
            Value::Choice(id) => attribute.word(id).to_string(),
            Value::Set { members, only } => {
                let names: Vec<_> = members.iter().map(|member| self.member(attribute, member)).collect();
                let only = if *only { "only " } else { "" };
                format!("{only}{}", names.join(", "))
            }
            Value::Ratio(ratio) => {
                let baseline = ratio.baseline.and_then(|id| self.subjects.get(id.0 as usize));
                let than = baseline.map(|subject| format!(" against {}", subject.name)).unwrap_or_default();
                format!("{}{}× in {}{than}", bound(ratio.bound), number(ratio.factor), ratio.metric)
            }
            Value::Quantity { low, high, bound: how, unit } => {
                let range =
                    if low == high { number(*low) } else { format!("{} to {}", number(*low), number(*high)) };
                let units = match (unit, &attribute.units) {
                    (Some(unit), Some(units)) if attribute.unit.as_ref() == Some(unit) => format!(" {units}"),
                    (Some(unit), _) => format!(" {unit}s"),
                    (None, _) => String::new(),
                };
                format!("{}{range}{units}", bound(*how))
            }
            Value::Money { amount: of, currency, per } => amount(*of, currency, per.as_ref()),
            Value::Date(first, last) => days(*first, *last),
            Value::Subject(id) => {
                self.subjects.get(id.0 as usize).map(|s| s.name.clone()).unwrap_or_default()
            }
            Value::Licence(id) => id.clone(),
            Value::Text(text) => text.clone(),
            Value::None => "none".to_string(),
            Value::Undisclosed => "undisclosed".to_string(),
        }
    }

    fn member(&self, attribute: &Attribute, member: &super::Member) -> String {
        let subject = self.subject(&member.id).and_then(|id| self.subjects.get(id.0 as usize));
        let name = subject.map_or_else(|| attribute.word(&member.id), |subject| &subject.name);
        match (&member.stage, member.absent) {
            (_, true) => format!("not {name}"),
            (Some(stage), _) => format!("{name} ({})", attribute.word(stage).replace('-', " ")),
            (None, _) => name.to_string(),
        }
    }
}

/// The days from `first` to `last` as the month or year that they are, if they are one.
fn days(first: Date, last: Date) -> String {
    let (year, month) = (first.year(), first.month());
    if first == last {
        first.to_string()
    } else if first == first.first_of_year() && last == first.last_of_year() {
        format!("{year}")
    } else if first == first.first_of_month() && last == first.last_of_month() {
        format!("{year}-{month:02}")
    } else {
        format!("{first} to {last}")
    }
}

#[cfg(test)]
mod tests {
    use super::super::load::SourceFile;
    use super::Knowledge;

    #[test]
    fn every_type_has_words() {
        let text = "\
kinds: [model]
attributes:
  - attribute: openness
    name: openness
    type: choice
    values: [{value: shut, name: firmly shut}]
  - {attribute: gain, name: gain, type: ratio}
  - {attribute: size, name: size, type: quantity, unit: parameter}
  - {attribute: price, name: price, type: money}
  - {attribute: born, name: born, type: date}
  - {attribute: parent, name: parent, type: subject}
  - {attribute: runs, name: where it runs, type: set, members: [{value: web, name: the web}], stages: [announced]}
subject: x/a
kind: model
name: Alpha
facts:
  - {id: f, openness: shut}
  - {id: g, gain: {factor: 10, bound: over, metric: compute, baseline: x/a}}
  - {id: h, size: 1200}
  - {id: i, size: 27e9}
  - {id: j, price: {amount: 1.25, currency: USD, per: 1e6 token}}
  - {id: k, born: 2026-04}
  - {id: l, born: 2026-04-08}
  - {id: m, parent: x/a}
  - {id: n, runs: [web]}
  - {id: o, openness: undisclosed}
";
        let (knowledge, problems) =
            Knowledge::load(&[SourceFile { name: "a.yaml".into(), text: text.into() }]);
        assert_eq!(problems, []);
        let words: Vec<_> = knowledge.facts.iter().map(|f| knowledge.words(f.attribute, &f.value)).collect();
        let expected = [
            "firmly shut",
            "over 10× in compute against Alpha",
            "1,200 parameters",
            "27 billion parameters",
            "$1.25 per million tokens",
            "2026-04",
            "2026-04-08",
            "Alpha",
            "the web",
            "undisclosed",
        ];
        assert_eq!(words, expected);
    }
}
