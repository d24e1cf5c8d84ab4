//! Choosing who acts or receives: what the type-ahead offers, and how an actor is called.

use std::collections::BTreeSet;

use super::evidence::is_spaced_letter;
use crate::annotation::{Actor, Document, Id, Party};
use crate::entities::PartyKind;
use crate::text::Span;

/// How many choices are offered at once.
const OFFERED: usize = 8;

/// One choice of the type-ahead.
#[derive(Debug, Clone, PartialEq)]
pub enum Choice {
    /// A party of the article, as the actor that it would become, with its name and whom it belongs to.
    Party(Actor, String, Option<String>),
    /// Words of the sentence that name nobody: "the two ministers".
    Words(Span, String),
    /// A party that the article does not name, with what it would be.
    New(String, PartyKind),
}

/// What the type-ahead offers for `query`: parties named in the sentence, then the others in order of the
/// article, then the words of the sentence that were typed, then a new party.
pub fn choices(document: &Document, sentence: Span, query: &str) -> Vec<Choice> {
    let set = &document.set;
    let query = query.trim();
    let wanted = query.to_lowercase();
    let mut seen: BTreeSet<Id> = BTreeSet::new();
    let mut offered = Vec::new();
    let named = set.entities_in(sentence).into_iter().filter_map(|entity| {
        let party = set.parties.get(entity.party.as_ref()?)?.clone();
        let actor = Actor {
            span: Some(entity.span),
            entity: Some(entity.id.clone()),
            party: Some(party.id.clone()),
            ..Actor::default()
        };
        Some((actor, party))
    });
    let others = ordered_parties(document)
        .into_iter()
        .map(|party| (Actor { party: Some(party.id.clone()), ..Actor::default() }, party.into()));
    for (actor, party) in named.chain(others) {
        let matches = party.name.to_lowercase().contains(&wanted);
        if matches && offered.len() < OFFERED && seen.insert(party.id.clone()) {
            offered.push(Choice::Party(actor, party.name.clone(), of_name(document, &party)));
        }
    }
    if query.is_empty() {
        return offered;
    }
    if let Some(span) = find_words(&document.article.text, sentence, query) {
        offered.push(Choice::Words(span, span.of(&document.article.text).to_owned()));
    }
    let is_known = set.parties.values().any(|party| party.name.to_lowercase() == wanted);
    if !is_known {
        let kinds = [PartyKind::Body, PartyKind::State, PartyKind::Person, PartyKind::Group];
        offered.extend(kinds.map(|kind| Choice::New(query.to_owned(), kind)));
    }
    offered
}

/// Parties in the order in which a reader meets them: machine ids `p0`, `p1`… in order, then the person's own.
fn ordered_parties(document: &Document) -> Vec<Party> {
    let number = |party: &Party| {
        let digits = party.id.as_str().strip_prefix('p').and_then(|digits| digits.parse::<u64>().ok());
        digits.unwrap_or(u64::MAX)
    };
    let mut parties: Vec<Party> = document.set.parties.values().map(|party| party.as_ref().clone()).collect();
    parties.sort_by(|left, right| (number(left), &left.name).cmp(&(number(right), &right.name)));
    parties
}

/// The first place in the sentence where these words stand, whatever their capitals.
fn find_words(text: &str, sentence: Span, query: &str) -> Option<Span> {
    let words = sentence.of(text);
    let lower = |character: char| character.to_lowercase().next().unwrap_or(character);
    let wanted: Vec<char> = query.chars().map(lower).collect();
    words.char_indices().find_map(|(start, _)| {
        let tail = words.get(start..)?;
        let mut end = start;
        let mut found = tail.chars();
        for &character in &wanted {
            let next = found.next()?;
            if lower(next) != character {
                return None;
            }
            end += next.len_utf8();
        }
        let base = sentence.start as usize;
        Some(Span::new(base + start, base + end))
    })
}

/// How an actor is called, and whom it belongs to.
pub fn actor_name(document: &Document, actor: &Actor) -> (String, Option<String>) {
    let party = actor.party.as_ref().and_then(|id| document.set.parties.get(id));
    match (party, actor.span) {
        (Some(party), _) => (party.name.clone(), of_name(document, party)),
        (None, Some(span)) => (span.of(&document.article.text).to_owned(), None),
        (None, None) => (String::from("?"), None),
    }
}

fn of_name(document: &Document, party: &Party) -> Option<String> {
    let of = document.set.parties.get(party.of.as_ref()?)?;
    Some(of.name.clone())
}

/// What a selection in the article picks out: whole words of one sentence, the current one where the selection
/// touches it, else the one that it begins in.
pub fn pick(document: &Document, current: Option<Span>, selected: Span) -> Option<Span> {
    let text = &document.article.text;
    let selected = selected.trim(text);
    let sentence = current
        .filter(|current| current.overlaps(selected))
        .or_else(|| document.set.sentence_at(selected.start).map(|sentence| sentence.span))?;
    let inside = selected.intersect(sentence)?;
    let before = Span { start: sentence.start, end: inside.start }.of(text);
    let behind = Span { start: inside.end, end: sentence.end }.of(text);
    let words = inside.of(text);
    let grows = |edge: Option<char>| edge.is_some_and(is_spaced_letter);
    let back: usize = match grows(words.chars().next()) {
        true => before.chars().rev().take_while(|&it| is_spaced_letter(it)).map(char::len_utf8).sum(),
        false => 0,
    };
    let on: usize = match grows(words.chars().next_back()) {
        true => behind.chars().take_while(|&it| is_spaced_letter(it)).map(char::len_utf8).sum(),
        false => 0,
    };
    let whole = Span { start: inside.start - back as u32, end: inside.end + on as u32 }.trim(text);
    (!whole.is_empty()).then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selection_picks_whole_words_of_one_sentence() {
        let document = crate::annotation::tests::document();
        let text = document.article.text.clone();
        let find = |words: &str| {
            let start = text.find(words).unwrap();
            Span::new(start, start + words.len())
        };
        let check = |selected: &str, current: Option<&str>, expected: &str| {
            let picked = pick(&document, current.map(find), find(selected));
            assert_eq!(picked.map(|span| span.of(&text)), Some(expected), "{selected}");
        };
        check("pan wi", None, "Japan will");
        check("will help. We tha", None, "will help.");
        check("help. We tha", Some("We thank 日本 now!"), "We thank");
        check("本", None, "本");
    }

    #[test]
    fn typed_words_are_found_whatever_their_capitals_and_script() {
        let text = "ÄÖ The Two Ministers met.";
        let span = find_words(text, Span::new(0, text.len()), "the two ministers");
        assert_eq!(span.map(|span| span.of(text)), Some("The Two Ministers"));
    }
}
