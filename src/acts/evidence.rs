//! The words that gave an act away.

use std::ops::Range;

use super::cues::{Cue, Cues};
use super::features::{SentenceFeatures, word_rows};
use super::learner::Learner;
use super::model::ActsModel;
use super::words::{Word, all_known, known, words};
use crate::entities::Names;
use crate::text::{Outline, Span};

/// A sentence as it is read once for all that is suggested for it.
pub(super) struct Reading<'a> {
    pub(super) text: &'a str,
    pub(super) span: Span,
    pub(super) words: Vec<Word>,
    pub(super) cues: Vec<Cue>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(text: &'a str, outline: &Outline, names: &Names, index: usize) -> Option<Self> {
        let sentence = outline.sentences().get(index)?;
        let mut mention = names.mentions.partition_point(|it| it.span.end <= sentence.span.start);
        let words = words(text, sentence.span, names, &mut mention);
        let cues = Cues::shared().find(&words);
        Some(Self { text, span: sentence.span, words, cues })
    }
}

/// The words that speak most for a label: cues if there are such, joined while they touch.
pub(super) fn evidence(
    reading: &Reading,
    sentence: &SentenceFeatures,
    model: &ActsModel,
    column: Option<usize>,
    learner: &Learner,
    label: &str,
) -> Option<Evidence> {
    let Reading { text, words, cues, .. } = reading;
    let weight = |row: u16| column.map_or(0.0, |column| model.weight(row, column));
    // What each of these words says, with those round it.
    let worths = |range: Range<usize>| {
        let words = words.get(range).unwrap_or(&[]);
        let stem = |word: &Word| if word.is_word { learner.worth(model, label, word.stem) } else { 0.0 };
        let mut worths: Vec<f32> = words.iter().map(stem).collect();
        word_rows(text, words, &mut |row, (start, end)| {
            let end = end.min(words.len());
            let share = weight(row) / (end.max(start + 1) - start) as f32;
            worths.get_mut(start..end).unwrap_or(&mut []).iter_mut().for_each(|worth| *worth += share);
        });
        worths
    };
    let mut best: Option<(f32, &Cue)> = None;
    for (cue, rows) in cues.iter().zip(sentence.cues()) {
        let sum = rows.iter().map(|&row| weight(row)).sum();
        if sum > best.map_or(0.0, |it| it.0) {
            best = Some((sum, cue));
        }
    }
    let (mut start, mut end) = match best {
        Some((_, cue)) => (cue.start, cue.end),
        None => {
            let worths = worths(0..words.len());
            let best = (0..words.len())
                .filter(|&it| words.get(it).is_some_and(|word| word.is_word && word.mention.is_none()))
                .max_by(|&left, &right| {
                    let worth = |it: usize| worths.get(it).copied().unwrap_or(0.0);
                    worth(left).total_cmp(&worth(right))
                });
            match best {
                Some(best) => (best, best + 1),
                None => return None,
            }
        }
    };
    // "would assist", "is to stay", "agreed to continue": small words before it, and what speaks for it behind.
    let is_cue = |it: usize| cues.iter().any(|cue| cue.start == it);
    let speaks = |it: usize| {
        words.get(it).is_some_and(|word| word.is_word && word.mention.is_none() && !is_small(word))
            && (is_cue(it) || {
                let from = it.saturating_sub(2);
                let near = worths(from..(it + 3).min(words.len()));
                near.get(it - from).is_some_and(|&worth| worth > 0.3)
            })
    };
    let before = start.checked_sub(1).filter(|&it| {
        words.get(it).is_some_and(|word| {
            const { all_known(["would", "will", "shall", "to", "is", "are", "not", "be", "has", "have"]) }
                .contains(&word.hash)
        })
    });
    let core = (start, end);
    start = before.unwrap_or(start);
    let is_to = words.get(end).is_some_and(|word| word.hash == const { known("to") });
    if is_to && speaks(end + 1) {
        end += 2;
    } else if speaks(end) {
        end += 1;
    }
    let span = |start: usize, end: usize| {
        let (first, last) = (words.get(start)?, words.get(end.checked_sub(1)?)?);
        Some(Span { start: first.span.start, end: last.span.end })
    };
    Some(Evidence { span: span(start, end)?, core: span(core.0, core.1)? })
}

/// The words that gave an act away.
#[derive(Debug, Clone, Copy)]
pub(super) struct Evidence {
    /// As they are shown.
    pub(super) span: Span,
    /// The cue among them.
    pub(super) core: Span,
}

fn is_small(word: &Word) -> bool {
    const {
        all_known([
            "the", "a", "an", "of", "and", "in", "on", "at", "that", "his", "her", "its", "their", "our",
            "both", "for", "with",
        ])
    }
    .contains(&word.hash)
}
