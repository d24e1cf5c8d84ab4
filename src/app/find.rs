//! Finding words in the article.

use crate::annotation::Document;
use crate::text::Span;

/// How many hits are counted; more are "more than".
pub const HITS: usize = 1000;

/// The sentences that hold `query`, whatever its capitals, in order; at most [`HITS`].
pub fn sentences(document: &Document, query: &str) -> Vec<Span> {
    let wanted = query.trim().to_lowercase();
    if wanted.is_empty() {
        return Vec::new();
    }
    let text = &document.article.text;
    let found = document.set.outline.sentences().iter().filter(|sentence| {
        let words = sentence.span.of(text);
        // Lower case may change the length of other scripts' words, so only the answer is used, not the place.
        if words.is_ascii() && wanted.is_ascii() {
            contains_ascii(words.as_bytes(), wanted.as_bytes())
        } else {
            words.to_lowercase().contains(&wanted)
        }
    });
    found.take(HITS).map(|sentence| sentence.span).collect()
}

/// Where in the sentence the words of `query` stand, whatever their capitals.
pub fn places(text: &str, sentence: Span, query: &str) -> Vec<Span> {
    let lower = |character: char| character.to_lowercase().next().unwrap_or(character);
    let wanted: Vec<char> = query.trim().chars().map(lower).collect();
    let words = sentence.of(text);
    let mut found: Vec<Span> = Vec::new();
    if wanted.is_empty() {
        return found;
    }
    for (at, _) in words.char_indices() {
        let tail = words.get(at..).unwrap_or_default();
        let length: usize = tail.chars().take(wanted.len()).map(char::len_utf8).sum();
        let is_hit = tail.chars().take(wanted.len()).map(lower).eq(wanted.iter().copied());
        let start = sentence.start + at as u32;
        if is_hit && found.last().is_none_or(|last| last.end <= start) {
            found.push(Span { start, end: start + length as u32 });
        }
    }
    found
}

fn contains_ascii(words: &[u8], wanted: &[u8]) -> bool {
    words.windows(wanted.len()).any(|window| window.eq_ignore_ascii_case(wanted))
}

/// The hit to go to from `current`: the next one, or the one before, round the end.
pub fn step(hits: &[Span], current: Option<Span>, forward: bool) -> Option<usize> {
    if hits.is_empty() {
        return None;
    }
    let at = current.map_or(0, |span| span.start);
    let last = hits.len() - 1;
    Some(if forward {
        let next = hits.partition_point(|hit| hit.start <= at);
        if next > last { 0 } else { next }
    } else {
        hits.partition_point(|hit| hit.start < at).checked_sub(1).unwrap_or(last)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_found_words_are_known_by_their_place_in_every_script() {
        let text = "Ök, ÖK and 日本. ök";
        let sentence = Span::new(0, text.find('.').unwrap());
        let found =
            |query: &str| places(text, sentence, query).iter().map(|it| it.of(text)).collect::<Vec<_>>();
        assert_eq!(found("ök"), ["Ök", "ÖK"]);
        assert_eq!(found(" 日 "), ["日"]);
        assert_eq!(found(""), Vec::<&str>::new());
    }

    #[test]
    fn stepping_goes_round_the_ends() {
        let hits = [Span::new(0, 5), Span::new(10, 15), Span::new(20, 25)];
        let from = |start: u32| Some(Span { start, end: start + 5 });
        assert_eq!(step(&hits, from(0), true), Some(1));
        assert_eq!(step(&hits, from(20), true), Some(0));
        assert_eq!(step(&hits, from(0), false), Some(2));
        assert_eq!(step(&hits, from(12), true), Some(2));
        assert_eq!(step(&[], from(0), true), None);
    }
}
