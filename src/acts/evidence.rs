//! The words that gave an act away.

use super::cues::{Cue, Cues};
use super::features::{classes, cue_rows, word_rows};
use super::learner::Learner;
use super::model::ActsModel;
use super::words::{Word, all_known, known, words};
use crate::entities::Names;
use crate::text::{BlockKind, Outline, Span};

/// The words that speak most for a label: cues if there are such, joined while they touch.
#[allow(clippy::too_many_arguments)]
pub(super) fn evidence(
    text: &str,
    outline: &Outline,
    names: &Names,
    index: usize,
    model: &ActsModel,
    column: Option<usize>,
    learner: &Learner,
    label: &str,
) -> Option<Evidence> {
    let sentence = outline.sentences().get(index)?;
    let mut mention = names.mentions.partition_point(|it| it.span.end <= sentence.span.start);
    let words = words(text, sentence.span, names, &mut mention);
    let mut worth = vec![0.0_f32; words.len()];
    let weight = |row: u16| column.map_or(0.0, |column| model.weight(row, column));
    for (worth, word) in worth.iter_mut().zip(&words).filter(|(_, word)| word.is_word) {
        *worth += learner.worth(model, label, word.stem);
    }
    word_rows(text, &words, &mut |row, (start, end)| {
        let end = end.min(words.len());
        if end > start {
            let share = weight(row) / (end - start) as f32;
            for worth in worth.get_mut(start..end).unwrap_or(&mut []) {
                *worth += share;
            }
        }
    });
    let cues = Cues::shared().find(&words);
    let kind = outline.block_of(sentence).map_or(BlockKind::Paragraph, |block| block.kind);
    let all = classes(&cues);
    let mut best: Option<(f32, &Cue)> = None;
    for (order, cue) in cues.iter().enumerate() {
        let mut sum = 0.0;
        cue_rows(text, &words, &cues, order, kind, all, &mut |row| sum += weight(row));
        if sum > best.map_or(0.0, |it| it.0) {
            best = Some((sum, cue));
        }
    }
    let (mut start, mut end) = match best {
        Some((_, cue)) => (cue.start, cue.end),
        None => {
            let best = (0..words.len())
                .filter(|&it| words.get(it).is_some_and(|word| word.is_word && word.mention.is_none()))
                .max_by(|&left, &right| {
                    let worth = |it: usize| worth.get(it).copied().unwrap_or(0.0);
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
            && (is_cue(it) || worth.get(it).copied().unwrap_or(0.0) > 0.3)
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
