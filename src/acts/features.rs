//! What a sentence looks like: rows of a hashed table.
//!
//! Words, pairs and triples of words with names and numbers by their sort; cues alone and in their order, each with
//! what stands before it as subject, whether it is denied, and what follows; where the sentence stands.

use super::cues::{Classes, Cue, Cues, SECTIONS, class};
use super::learner::Learner;
use super::model::ActsModel;
use super::words::{Word, hash, words};
use crate::entities::{EntityKind, Names};
use crate::text::{BlockKind, Outline, Span};

/// Rows of the table that features are hashed into.
pub const ROWS: usize = 1 << 15;

/// The features of one sentence: rows of the table, sorted, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SentenceFeatures {
    /// What its words say: the more there are, the less each counts.
    pub words: Vec<u16>,
    /// What its cues say: each counts the same however long the sentence is.
    pub cues: Vec<u16>,
}

impl SentenceFeatures {
    /// What a row of the words counts.
    pub fn share(&self) -> f32 {
        8.0 / (self.words.len().max(1) as f32).sqrt()
    }

    /// Every row with what it counts.
    pub fn values(&self) -> impl Iterator<Item = (u16, f32)> + '_ {
        let share = self.share();
        let cues = self.cues.iter().map(|&row| (row, CUE));
        self.words.iter().map(move |&row| (row, share)).chain(cues)
    }
}

/// What a row of the cues counts.
const CUE: f32 = 0.7;

/// The features of the sentence at `index`; `mention` is the first mention that may lie in it, and is moved on.
pub fn sentence_features(
    text: &str,
    outline: &Outline,
    names: &Names,
    index: usize,
    mention: &mut usize,
) -> SentenceFeatures {
    let mut rows = Rows::default();
    let Some(sentence) = outline.sentences().get(index) else { return SentenceFeatures::default() };
    let words = words(text, sentence.span, names, mention);
    let block = outline.blocks().iter().rev().find(|block| block.span.start <= sentence.span.start);
    let kind = outline
        .blocks()
        .get(
            outline.blocks().partition_point(|block| block.span.start <= sentence.span.start).wrapping_sub(1),
        )
        .or(block)
        .map_or(BlockKind::Paragraph, |block| block.kind);
    let mut cues = Rows::default();
    collect(text, &words, &mut |row, _, is_cue| if is_cue { cues.0.push(row) } else { rows.0.push(row) });
    rows.add(90, kind as u32);
    let place = match index {
        0 => 0,
        1..=2 => 1,
        _ if index + 2 >= outline.sentences().len() => 3,
        _ => 2,
    };
    rows.add(91, place);
    rows.add(92, (words.len() / 8).min(6) as u32);
    for rows in [&mut rows, &mut cues] {
        rows.0.sort_unstable();
        rows.0.dedup();
    }
    SentenceFeatures { words: rows.0, cues: cues.0 }
}

#[derive(Default)]
struct Rows(Vec<u16>);

impl Rows {
    fn add(&mut self, template: u32, value: u32) {
        self.0.push(row(template, value));
    }
}

fn row(template: u32, value: u32) -> u16 {
    (mix(template.wrapping_mul(0x9e37_79b9) ^ mix(value)) >> 7) as u16 % ROWS as u16
}

fn pair(left: u32, right: u32) -> u32 {
    mix(left).rotate_left(7) ^ right.wrapping_mul(0x85eb_ca6b)
}

fn mix(value: u32) -> u32 {
    let mut mixed = value;
    mixed = (mixed ^ (mixed >> 16)).wrapping_mul(0x85eb_ca6b);
    mixed = (mixed ^ (mixed >> 13)).wrapping_mul(0xc2b2_ae35);
    mixed ^ (mixed >> 16)
}

/// Gives each feature of the words, with the words that it speaks of (first and behind the last).
fn collect(text: &str, words: &[Word], give: &mut impl FnMut(u16, (usize, usize), bool)) {
    let get = |index: usize| words.get(index).map_or(0, |word| word.hash);
    let stem = |index: usize| words.get(index).map_or(0, |word| word.stem);
    for index in 0..words.len() {
        give(row(1, get(index)), (index, index + 1), false);
        give(row(2, stem(index)), (index, index + 1), false);
        give(row(3, pair(get(index), get(index + 1))), (index, index + 2), false);
        give(row(4, pair(stem(index), stem(index + 1))), (index, index + 2), false);
        give(row(5, pair(pair(get(index), get(index + 1)), get(index + 2))), (index, index + 3), false);
        // One word between.
        give(row(6, pair(stem(index), stem(index + 2))), (index, index + 3), false);
    }
    give(row(7, get(0)), (0, 1), false);
    give(row(8, pair(get(0), get(1))), (0, 2), false);
    if let Some(last) = words.last() {
        give(row(9, last.hash), (words.len() - 1, words.len()), false);
    }
    let is_quoted = words.iter().any(|word| matches!(word.span.of(text), "\"" | "“" | "”"));
    give(row(10, u32::from(is_quoted)), (0, 0), false);
    let cues = Cues::shared().find(words);
    let mut before: Option<&Cue> = None;
    for (order, cue) in cues.iter().enumerate() {
        let range = (cue.start, cue.end);
        let subject = subject(words, cue.start);
        let denied = is_denied(words, &cues, order);
        let verb = stem(cue.start);
        let next = stem(cue.end);
        let after = following(words, cue.end);
        give(row(20, pair(verb, subject)), range, true);
        give(row(21, pair(verb, u32::from(denied))), range, true);
        give(row(22, pair(verb, after)), range, true);
        give(row(23, pair(get(cue.start), pair(subject, after))), range, true);
        let helper = cue.start.checked_sub(1).map_or(1, get);
        give(row(24, pair(verb, helper)), range, true);
        for bit in bits(cue.classes) {
            give(row(30, bit), range, true);
            give(row(31, pair(bit, u32::from(denied))), range, true);
            give(row(32, pair(bit, subject)), range, true);
            give(row(33, pair(bit, next)), (cue.start, cue.end + 1), true);
            give(row(39, pair(bit, helper)), range, true);
            give(row(41, pair(bit, pair(helper, after))), range, true);
            give(row(34, pair(bit, pair(subject, after))), range, true);
            give(row(35, pair(bit, pair(subject, u32::from(denied)))), range, true);
            if let Some(before) = before {
                let far = u32::from(cue.start.saturating_sub(before.end) > 3);
                for earlier in bits(before.classes) {
                    give(row(36, pair(pair(earlier, bit), far)), (before.start, cue.end), true);
                    give(row(37, pair(earlier, pair(bit, verb))), (before.start, cue.end), true);
                }
                give(row(38, pair(stem(before.start), bit)), (before.start, cue.end), true);
            }
        }
        before = Some(cue);
    }
    // All classes together: what else is in the sentence.
    let all = cues.iter().fold(0, |all, cue| all | cue.classes);
    let acts = ["bind", "agree", "intend", "will", "thank", "propose", "desire"];
    for act in acts.iter().map(|act| class(act)).filter(|act| all & act != 0) {
        for other in ["not", "if", "opinion", "forecast", "past", "praise"] {
            give(row(40, pair(act, pair(class(other), u32::from(all & class(other) != 0)))), (0, 0), true);
        }
    }
}

fn bits(classes: Classes) -> impl Iterator<Item = u32> {
    (0..SECTIONS.len() as u32).filter(move |bit| classes >> bit & 1 == 1)
}

/// Whether a word of denial stands close before the cue, or the cue denies itself.
fn is_denied(words: &[Word], cues: &[Cue], order: usize) -> bool {
    let Some(cue) = cues.get(order) else { return false };
    let is_near = |it: &Cue| {
        it.classes & class("not") != 0
            && it.start != cue.start
            && it.end <= cue.start
            && cue.start - it.end <= 4
            && !words
                .get(it.end..cue.start)
                .unwrap_or(&[])
                .iter()
                .any(|word| word.span.len() == 1 && !word.is_word)
    };
    cues.get(..order).unwrap_or(&[]).iter().rev().take(4).any(is_near)
}

/// What sort of subject stands before the word at `at`: the nearest name, pronoun or other noun, as a small number.
fn subject(words: &[Word], at: usize) -> u32 {
    let floor = at.saturating_sub(8);
    for index in (floor..at).rev() {
        let Some(word) = words.get(index) else { continue };
        if let Some(kind) = word.kind {
            if matches!(kind, EntityKind::Date | EntityKind::Money) {
                continue;
            }
            return 10 + kind as u32;
        }
        for (number, pronoun) in [
            "i",
            "we",
            "you",
            "he",
            "she",
            "they",
            "it",
            "who",
            "that",
            "which",
            "to",
            "both",
            "leaders",
            "ministers",
            "side",
            "sides",
            "government",
            "country",
            "countries",
            "analysts",
            "experts",
            "nobody",
        ]
        .iter()
        .enumerate()
        {
            if word.hash == hash(pronoun) {
                return 30 + number as u32;
            }
        }
        if !word.is_word {
            return 1;
        }
    }
    0
}

/// What follows: "to" and a verb, "that", "for", a name, other.
fn following(words: &[Word], at: usize) -> u32 {
    let Some(word) = words.get(at) else { return 0 };
    if let Some(kind) = word.kind {
        return 10 + kind as u32;
    }
    for (number, known) in [
        "to", "that", "for", "on", "the", "its", "their", "his", "her", "a", "by", "with", "in", "not", "be",
        "have", "him", "them", "us", "you", "of", "and",
    ]
    .iter()
    .enumerate()
    {
        if word.hash == hash(known) {
            return 30 + number as u32;
        }
    }
    if word.is_word { 1 } else { 2 }
}

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
    collect(text, &words, &mut |row, (start, end), _| {
        let weight = column.map_or(0.0, |column| model.weight(row, column)) + learner.weight(label, row);
        let end = end.min(words.len());
        if end > start {
            let share = weight / (end - start) as f32;
            for worth in worth.get_mut(start..end).unwrap_or(&mut []) {
                *worth += share;
            }
        }
    });
    let cues = Cues::shared().find(&words);
    let of_cue = |cue: &Cue| worth.get(cue.start..cue.end).unwrap_or(&[]).iter().copied().fold(0.0, f32::max);
    let best = cues
        .iter()
        .max_by(|left, right| of_cue(left).total_cmp(&of_cue(right)))
        .filter(|it| of_cue(it) > 0.0);
    let (mut start, mut end) = match best {
        Some(cue) => (cue.start, cue.end),
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
            ["would", "will", "shall", "to", "is", "are", "not", "be", "has", "have"]
                .iter()
                .any(|known| word.hash == hash(known))
        })
    });
    let core = (start, end);
    start = before.unwrap_or(start);
    let is_to = words.get(end).is_some_and(|word| word.hash == hash("to"));
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
    [
        "the", "a", "an", "of", "and", "in", "on", "at", "that", "his", "her", "its", "their", "our", "both",
        "for", "with",
    ]
    .iter()
    .any(|known| word.hash == hash(known))
}
