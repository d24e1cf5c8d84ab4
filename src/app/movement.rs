//! Where the keys of movement lead.

use std::collections::BTreeSet;

use super::keys::Command;
use crate::annotation::Document;
use crate::text::{Sentence, Span};

/// The sentence that `command` leads to from `current`; `None` when there is none further.
///
/// Headings, captions and datelines are passed over; an article that has nothing else is walked through whole.
pub fn target(document: &Document, current: Option<Span>, command: Command) -> Option<Span> {
    let outline = &document.set.outline;
    let sentences = outline.sentences();
    let is_stop = |sentence: &Sentence| outline.counted() == 0 || sentence.number.is_some();
    let at = current.and_then(|span| outline.index_at(span.start));
    let after = at.map_or(0, |index| index + 1);
    let ahead = sentences.get(after..).unwrap_or_default();
    let behind = sentences.get(..at.unwrap_or(0)).unwrap_or_default();
    let block = at.and_then(|index| sentences.get(index)).map(|sentence| sentence.block);
    let found = match command {
        Command::Next | Command::ExtendDown => ahead.iter().find(|it| is_stop(it)),
        Command::Previous | Command::ExtendUp => behind.iter().rev().find(|it| is_stop(it)),
        Command::First => sentences.iter().find(|it| is_stop(it)),
        Command::Last => sentences.iter().rev().find(|it| is_stop(it)),
        Command::NextBlock => ahead.iter().find(|it| is_stop(it) && Some(it.block) != block),
        Command::PreviousBlock => {
            let before = behind.iter().rev().find(|it| is_stop(it) && Some(it.block) != block)?;
            let start = sentences.partition_point(|sentence| sentence.block < before.block);
            sentences.get(start..)?.iter().find(|it| is_stop(it))
        }
        Command::NextUnjudged => {
            if document.set.counts().judged >= outline.counted() {
                return None;
            }
            let is_open = |it: &&Sentence| it.number.is_some() && !document.set.is_judged(it.span);
            ahead.iter().find(is_open).or_else(|| behind.iter().find(is_open))
        }
        Command::NextSuggestion => ahead.iter().find(|it| is_suggested(document, it)),
        Command::PreviousSuggestion => behind.iter().rev().find(|it| is_suggested(document, it)),
        _ => None,
    };
    found.map(|sentence| sentence.span)
}

/// The sentence with the suggestion that follows the current one's, or comes before it, when the least sure comes first:
/// deciding on it teaches most. From a sentence without a suggestion, the first of all. Grows with the suggestions.
pub fn by_use(document: &Document, current: Option<Span>, command: Command) -> Option<Span> {
    let doubt = |score: f64| ((score - 0.5).abs() * 100.0).round() as u32;
    let open = document.set.open_suggestions();
    let mut order: Vec<(u32, Span)> = open.iter().map(|it| (doubt(it.score), it.span)).collect();
    order.sort_by_key(|&(doubt, span)| (doubt, span.start));
    let mut seen = BTreeSet::new();
    order.retain(|&(_, span)| seen.insert(span.start));
    let is_here = |span: Span| current.is_some_and(|it| it.start == span.start);
    let at = order.iter().position(|&(_, span)| is_here(span));
    let next = match (at, command) {
        (None, Command::NextSuggestion) => 0,
        (Some(at), Command::NextSuggestion) => at + 1,
        (Some(at), Command::PreviousSuggestion) => at.checked_sub(1)?,
        _ => return None,
    };
    order.get(next).map(|&(_, span)| span)
}

/// Whether something is suggested for a sentence that is not judged.
fn is_suggested(document: &Document, sentence: &Sentence) -> bool {
    !document.set.suggestions_on(sentence.span).is_empty() && !document.set.is_judged(sentence.span)
}

/// Whether a key stops at the sentence that starts at this byte.
pub fn is_stop_at(document: &Document, byte: u32) -> bool {
    let outline = &document.set.outline;
    let sentence = document.set.sentence_at(byte);
    sentence.is_some_and(|it| it.span.start == byte && (outline.counted() == 0 || it.number.is_some()))
}

/// The sentences from `anchor` to `current`, both included, without those passed over.
pub fn range(document: &Document, anchor: Span, current: Span) -> Vec<Span> {
    let cover = anchor.cover(current);
    let outline = &document.set.outline;
    let sentences = outline.sentences().get(outline.indices_in(cover)).unwrap_or_default();
    if anchor == current {
        return vec![current];
    }
    sentences.iter().filter(|it| it.number.is_some()).map(|it| it.span).collect()
}
