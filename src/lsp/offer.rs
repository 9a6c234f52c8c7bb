//! What the facts say of a subject, to be written into a draft: first what the words before the cursor ask for, which is
//! what would be read as true there.

use super::card;
use super::reading::Reading;
use crate::check::{self, Checker, Judged, day_of};
use crate::draft::{Draft, Format};
use crate::knowledge::{AttributeId, Fact, FactId, Member, State, SubjectId, Value};
use crate::text::Span;
use crate::verdict::Verdict;
use jiff::civil::Date;
use std::collections::HashMap;
use tower_lsp::ls_types::*;

/// More values than this nobody looks through.
const MAX_OFFERS: usize = 200;

/// One thing that a fact says.
struct Offer<'a> {
    words: String,
    fact: &'a Fact,
}

/// What the facts say of a subject on the draft's day. It is named within `before`, the beginning of the line.
pub fn of(reading: &Reading, subject: SubjectId, before: &str, named: Span) -> Vec<CompletionItem> {
    let knowledge = &reading.world.built.checker.knowledge;
    let day = day_of(reading.draft(), &reading.settings);
    let offers = offers(&reading.world.built.checker, subject, day);
    let leads = leads(reading, before);
    let read = read(reading, subject, before, named, &offers, day);
    let item = |(at, (offer, read)): (usize, (&Offer, Would))| {
        let rank = match read {
            Some((Verdict::Supported, asked)) => u8::from(!asked),
            // What is true would not be so if it stood here: announced, say, behind words for what is available.
            Some((Verdict::Contradicted | Verdict::Outdated, _)) => return None,
            Some((Verdict::Unknown | Verdict::Disputed, _)) | None => 2,
        };
        let attribute = knowledge.attributes.get(offer.fact.attribute.0 as usize);
        let lead =
            attribute.and_then(|attribute| leads.get(attribute.id.as_str())).copied().unwrap_or_default();
        let card = knowledge.fact(&offer.fact.id).and_then(|id: FactId| card::fact(&reading.world, id, day));
        Some(CompletionItem {
            label: offer.words.clone(),
            kind: Some(CompletionItemKind::VALUE),
            detail: attribute.map(|attribute| attribute.name.clone()),
            documentation: card.map(|value| {
                Documentation::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value })
            }),
            sort_text: Some(format!("0{rank}{}{at:06}", 9 - lead)),
            ..Default::default()
        })
    };
    offers.iter().zip(read).enumerate().filter_map(item).collect()
}

/// What a value would be read as at the cursor: the verdict on the claim that it would make, if it would make one, and
/// whether the words before it are part of that claim.
type Would = Option<(Verdict, bool)>;

/// Every value that holds, those of a set one by one; what a family's facts say of its members, too.
fn offers(checker: &Checker, subject: SubjectId, day: Date) -> Vec<Offer<'_>> {
    let (knowledge, vocabulary) = (&checker.knowledge, &checker.reader.vocabulary);
    let attributes = (0..).zip(&knowledge.attributes).map(|(at, _)| AttributeId(at));
    let held = attributes.flat_map(|attribute| knowledge.facts_at(subject, attribute, day));
    let mut held: Vec<&Fact> = held.filter(|fact| fact.state == State::Asserted).collect();
    held.sort_by_key(|fact| fact.place);
    let each = held.into_iter().flat_map(|fact| match &fact.value {
        Value::Set { members, .. } => {
            let present = members.iter().filter(|member| !member.absent);
            let alone = |member| Value::Set { members: vec![member], only: false };
            let bare = present.cloned().map(|member| Member { stage: None, ..member });
            bare.map(alone).map(|value| (fact, knowledge.words(fact.attribute, &value))).collect()
        }
        // Files have its id, prose its name.
        Value::Licence(id) => {
            vec![(fact, vocabulary.licence(id).map_or_else(|| id.clone(), |licence| licence.name.clone()))]
        }
        value => vec![(fact, knowledge.words(fact.attribute, value))],
    });
    let mut offers: Vec<Offer> = Vec::new();
    for (fact, words) in each.take(MAX_OFFERS) {
        let known = |offer: &Offer| offer.words == words && offer.fact.attribute == fact.attribute;
        if !offers.iter().any(known) {
            offers.push(Offer { words, fact });
        }
    }
    offers
}

/// What would be read if each stood at the cursor.
fn read(
    reading: &Reading,
    subject: SubjectId,
    before: &str,
    named: Span,
    offers: &[Offer],
    day: Date,
) -> Vec<Would> {
    let checker = &reading.world.built.checker;
    let name = checker.knowledge.subjects.get(subject.0 as usize).map_or("", |subject| &subject.name);
    let whole = before.rfind(char::is_whitespace).map_or("", |end| &before[..=end]);
    let (Some(start), Some(rest)) = (before.get(..named.start), whole.get(named.end..)) else {
        return vec![None; offers.len()];
    };
    // Apart from each other, each with the name where the draft may have a pronoun.
    let mut text = String::new();
    let mut places = Vec::new();
    for offer in offers {
        text.extend([start, name, rest]);
        places.push(Span::new(text.len(), text.len() + offer.words.len()));
        text.extend([&offer.words, ".\n\n"]);
    }
    let format = if reading.draft().format == Format::Markdown { Format::Markdown } else { Format::Text };
    let settings = check::Settings { as_of: Some(day), ..check::Settings::default() };
    let claims = check::judge(&Draft::parse(&text, format), checker, &settings);
    let of = |offer: &Offer, place: Span| {
        let attribute = checker.knowledge.attributes.get(offer.fact.attribute.0 as usize)?;
        let made = |claim: &&Judged| {
            claim.span.overlaps(place) && claim.subject == Some(subject) && claim.attribute == attribute.id
        };
        let claims = claims.iter().filter(made).map(|claim| (claim.verdict, claim.span.start < place.start));
        claims.min_by_key(|(verdict, asked)| (*verdict != Verdict::Supported, !asked))
    };
    offers.iter().zip(places).map(|(offer, place)| of(offer, place)).collect()
}

/// How well the words before the cursor lead to a value of each attribute: how many of the last three stand in patterns that
/// read it, in whatever form.
fn leads<'a>(reading: &'a Reading, before: &str) -> HashMap<&'a str, usize> {
    let whole = before.rfind(char::is_whitespace).map_or("", |end| &before[..end]).to_lowercase();
    let words = whole.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).rev().take(3);
    let words: Vec<&str> = words.collect();
    let mut led: HashMap<&str, [bool; 3]> = HashMap::new();
    for read in reading.world.built.checker.reader.reads.iter().flat_map(|reads| &reads.list) {
        let led = led.entry(&read.attribute).or_default();
        for own in read.pattern.split(|c: char| !c.is_alphabetic()) {
            words.iter().zip(&mut *led).for_each(|(word, led)| *led |= own == *word || akin(own, word));
        }
    }
    led.into_iter().map(|(attribute, led)| (attribute, led.iter().filter(|led| **led).count())).collect()
}

/// Whether two words may be forms of one.
fn akin(a: &str, b: &str) -> bool {
    let same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    same > 3 && same + 3 >= a.len().max(b.len())
}
