//! Picking the words that show a tag, one by one or from here to there.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::Span;

/// The words of a sentence, without the punctuation round them. Scripts that set no spaces between words give a word
/// for each character as a reader sees it.
pub fn word_spans(text: &str, sentence: Span) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut run: Option<Span> = None;
    let end = |run: &mut Option<Span>, spans: &mut Vec<Span>| {
        spans.extend(run.take().map(|span| without_edges(text, span)).filter(|span| !span.is_empty()));
    };
    for (at, cluster) in sentence.of(text).grapheme_indices(true) {
        let start = sentence.start + at as u32;
        let span = Span { start, end: start + cluster.len() as u32 };
        if cluster.chars().all(char::is_whitespace) {
            end(&mut run, &mut spans);
        } else if cluster.chars().next().is_some_and(is_unspaced) {
            end(&mut run, &mut spans);
            end(&mut Some(span), &mut spans);
        } else {
            run = Some(run.map_or(span, |run| run.cover(span)));
        }
    }
    end(&mut run, &mut spans);
    spans
}

fn without_edges(text: &str, span: Span) -> Span {
    let is_edge = |character: char| !character.is_alphanumeric();
    let word = span.of(text);
    let tail = word.trim_start_matches(is_edge);
    let start = span.start + (word.len() - tail.len()) as u32;
    let kept = tail.trim_end_matches(is_edge);
    // Marks that follow the last letter are part of it.
    let marks = tail.get(kept.len()..).unwrap_or_default();
    let marks = marks.len() - marks.trim_start_matches(is_mark).len();
    Span { start, end: start + (kept.len() + if kept.is_empty() { 0 } else { marks }) as u32 }
}

/// A sign that stands on the letter before it, in scripts where `char` does not count it as a letter.
fn is_mark(character: char) -> bool {
    matches!(character,
        '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{93c}' | '\u{94d}' | '\u{e47}'..='\u{e4e}'
        | '\u{17b4}'..='\u{17d3}' | '\u{17dd}' | '\u{1037}'..='\u{103a}' | '\u{3099}' | '\u{309a}')
}

/// A letter or digit of a script that sets spaces between words.
pub(super) fn is_spaced_letter(character: char) -> bool {
    character.is_alphanumeric() && !is_unspaced(character)
}

/// Thai, Lao, Burmese, Khmer, Chinese and Japanese set no spaces between words.
fn is_unspaced(character: char) -> bool {
    matches!(character,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The evidence after the word at `index` was put in or taken out: neighbouring words make one span.
pub fn toggle_word(evidence: &[Span], words: &[Span], index: usize) -> Vec<Span> {
    let mut picked = picked(evidence, words);
    if let Some(flag) = picked.get_mut(index) {
        *flag = !*flag;
    }
    joined(words, &picked)
}

/// The evidence after all words from the one at `from` to the one at `to`, in either direction, were put in.
pub fn pick_words(evidence: &[Span], words: &[Span], from: usize, to: usize) -> Vec<Span> {
    let mut picked = picked(evidence, words);
    let range = from.min(to)..=from.max(to);
    picked
        .iter_mut()
        .enumerate()
        .filter(|(index, _)| range.contains(index))
        .for_each(|(_, flag)| *flag = true);
    joined(words, &picked)
}

fn picked(evidence: &[Span], words: &[Span]) -> Vec<bool> {
    words.iter().map(|word| evidence.iter().any(|span| span.overlaps(*word))).collect()
}

fn joined(words: &[Span], picked: &[bool]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut is_run = false;
    for (word, &is_picked) in words.iter().zip(picked) {
        match (is_picked, is_run, spans.last_mut()) {
            (true, true, Some(last)) => last.end = word.end,
            (true, _, _) => spans.push(*word),
            _ => {}
        }
        is_run = is_picked;
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let words = word_spans(text, Span::new(0, text.len()));
        let words: Vec<&str> = words.iter().map(|word| word.of(text)).collect();
        assert_eq!(words, expected);
    }

    #[test]
    fn words_leave_out_the_punctuation_round_them() {
        check("“We will,” she said — at 5:30 p.m.", &["We", "will", "she", "said", "at", "5:30", "p.m"]);
        check("e\u{301}te\u{301}, oui", &["e\u{301}te\u{301}", "oui"]);
    }

    #[test]
    fn scripts_without_spaces_give_a_word_for_each_character_as_it_is_seen() {
        check("両国は、2027年に", &["両", "国", "は", "2027", "年", "に"]);
        check("NATO对话。", &["NATO", "对", "话"]);
        check("កម្ពុជា", &["ក", "ម្ពុ", "ជា"]);
    }

    #[test]
    fn neighbouring_words_make_one_span_of_evidence_and_a_hole_makes_two() {
        let text = "we would like to help";
        let words = word_spans(text, Span::new(0, text.len()));
        let mut evidence = Vec::new();
        for index in [1, 3, 2] {
            evidence = toggle_word(&evidence, &words, index);
        }
        assert_eq!(evidence, [Span::new(3, 16)]);
        let evidence = toggle_word(&evidence, &words, 2);
        assert_eq!(evidence.iter().map(|span| span.of(text)).collect::<Vec<_>>(), ["would", "to"]);
    }

    #[test]
    fn a_phrase_is_picked_from_either_end_and_keeps_what_was_picked_before() {
        let text = "we would like to help you";
        let words = word_spans(text, Span::new(0, text.len()));
        let check = |evidence: &[Span], from, to, expected: &[&str]| {
            let picked = pick_words(evidence, &words, from, to);
            assert_eq!(picked.iter().map(|span| span.of(text)).collect::<Vec<_>>(), expected);
            picked
        };
        let picked = check(&[], 4, 2, &["like to help"]);
        check(&picked, 0, 0, &["we", "like to help"]);
        check(&[], 0, 5, &["we would like to help you"]);
    }
}
