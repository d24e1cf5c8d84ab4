//! What a sentence looks like: rows of a hashed table.
//!
//! Words, pairs and triples of words with names and numbers by their sort; cues alone and in their order, each with
//! what stands before it as subject, whether it is denied, and what follows; where the sentence stands.

mod cue;

use self::cue::{cue_rows, head};
use super::cues::{Classes, Cue, Cues, SECTIONS};
use super::words::{Word, known, words};
use crate::entities::Names;
use crate::text::{BlockKind, Outline};

/// Rows of the table that features are hashed into.
pub const ROWS: usize = 1 << 15;

/// The features of one sentence: rows of the table.
///
/// Its words as a whole, and each cue by itself: an act is reported by one cue, whatever else the sentence says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SentenceFeatures {
    /// What its words say, each once: the more there are, the less each counts.
    pub words: Vec<u16>,
    /// What its cues say, one after the other.
    pub(in crate::acts) cues: Vec<u16>,
    /// Where each cue's rows end in `cues`.
    pub(in crate::acts) ends: Vec<u32>,
    /// Rows of the coder's own layer, each once.
    pub taught: Vec<u16>,
}

impl SentenceFeatures {
    /// What its words say, alone: to measure what the cues bring.
    pub fn words_alone(&self) -> Self {
        Self { cues: Vec::new(), ends: Vec::new(), ..self.clone() }
    }

    /// What its cues say, alone: to measure what the words bring.
    pub fn cues_alone(&self) -> Self {
        Self { words: Vec::new(), ..self.clone() }
    }

    /// What a row of the words counts.
    pub(super) fn share(&self) -> f32 {
        8.0 / (self.words.len().max(1) as f32).sqrt()
    }

    /// Every row of the words with what it counts.
    pub fn words(&self) -> impl Iterator<Item = (u16, f32)> + '_ {
        let share = self.share();
        self.words.iter().map(move |&row| (row, share))
    }

    /// The rows of each cue, in the order of the sentence; each row counts [`CUE`].
    pub fn cues(&self) -> impl Iterator<Item = &[u16]> + '_ {
        let mut start = 0;
        self.ends.iter().map(move |&end| {
            let rows = self.cues.get(start..end as usize).unwrap_or(&[]);
            start = end as usize;
            rows
        })
    }
}

/// Rows of the coder's own layer: stems first, then pairs of them, then sections of the cues. It is small and general,
/// so that a few sentences teach it much.
pub const TAUGHT_ROWS: usize = 1 << 13;

/// The first row of pairs, and the first of sections.
pub(super) const PAIRS: u16 = 4096;
pub(super) const CLASSES: u16 = TAUGHT_ROWS as u16 - 32;

/// The row of a stem in the coder's own layer.
pub(super) fn stem_row(stem: u32) -> u16 {
    (mix(stem) >> 9) as u16 % PAIRS
}

/// The row of two stems side by side in the coder's own layer.
pub(super) fn pair_row(first: u32, second: u32) -> u16 {
    PAIRS + (mix(pair(first, second)) >> 9) as u16 % (CLASSES - PAIRS)
}

/// The rows of the coder's own layer.
fn taught_rows(words: &[Word], all: Classes, seen: &mut Seen) -> Vec<u16> {
    let said = || words.iter().filter(|word| word.is_word);
    let mut rows: Vec<u16> = said().map(|word| stem_row(word.stem)).collect();
    rows.extend(said().zip(said().skip(1)).map(|(first, second)| pair_row(first.stem, second.stem)));
    rows.extend(bits(all).map(|bit| CLASSES + bit as u16));
    seen.dedup(&mut rows);
    rows
}

/// What a row of a cue counts.
pub const CUE: f32 = 1.0;

/// What each sentence of an article looks like: made once, read at each scoring.
#[derive(Debug, Clone, Default)]
pub struct Features {
    /// One for each sentence of the outline, as far as it has been looked at.
    pub sentences: Vec<SentenceFeatures>,
    /// The first mention behind them.
    mention: usize,
    /// The cues of the sentence that leads a list in, when one does.
    lead: Classes,
    seen: Seen,
}

/// Which rows a sentence has already.
#[derive(Debug, Clone, Default)]
struct Seen(Vec<u64>);

impl Seen {
    /// Leaves each row once, in the order of the first.
    fn dedup(&mut self, rows: &mut Vec<u16>) {
        let bits = &mut self.0;
        bits.resize(ROWS / 64, 0);
        let bit = |row: u16| (usize::from(row) / 64, 1_u64 << (row % 64));
        rows.retain(|&row| {
            let (at, bit) = bit(row);
            bits.get_mut(at).is_some_and(|bits| {
                let is_new = *bits & bit == 0;
                *bits |= bit;
                is_new
            })
        });
        for &row in rows.iter() {
            let (at, bit) = bit(row);
            if let Some(bits) = bits.get_mut(at) {
                *bits &= !bit;
            }
        }
    }
}

impl Features {
    /// Looks at every sentence.
    pub fn of(text: &str, outline: &Outline, names: &Names) -> Self {
        let mut features = Self::default();
        features.extend(text, outline, names, usize::MAX);
        features
    }

    /// Looks at as many further sentences. Says whether that were all.
    pub fn extend(&mut self, text: &str, outline: &Outline, names: &Names, most: usize) -> bool {
        let count = outline.sentences().len();
        let from = self.sentences.len();
        self.sentences.reserve(most.min(count - from.min(count)));
        for (index, sentence) in outline.sentences().iter().enumerate().skip(from).take(most) {
            let words = words(text, sentence.span, names, &mut self.mention);
            let kind = outline.block_of(sentence).map_or(BlockKind::Paragraph, |block| block.kind);
            let place = match index {
                0 => 0,
                1..=2 => 1,
                _ if index + 2 >= count => 3,
                _ => 2,
            };
            self.sentences.push(sentence_features(text, &words, kind, place, self.lead, &mut self.seen));
            if kind != BlockKind::ListItem {
                let leads = sentence.span.of(text).ends_with(':');
                self.lead = if leads { classes(&Cues::shared().find(&words)) } else { 0 };
            }
        }
        self.sentences.len() >= count
    }
}

/// The features of one sentence; `lead` holds the cues of the sentence that leads its list in.
fn sentence_features(
    text: &str,
    words: &[Word],
    kind: BlockKind,
    place: u32,
    lead: Classes,
    seen: &mut Seen,
) -> SentenceFeatures {
    let mut rows = Rows::default();
    let setting = match kind {
        BlockKind::Heading => 1,
        BlockKind::ListItem => 2,
        _ => 0,
    };
    if setting > 0 {
        setting_rows(words, setting, &mut rows);
    }
    if setting == 2 {
        for bit in bits(lead) {
            rows.add(51, bit);
            rows.add(52, pair(bit, words.first().map_or(0, |word| word.hash)));
        }
    }
    word_rows(text, words, &mut |row, _| rows.0.push(row));
    rows.add(90, kind as u32);
    rows.add(91, place);
    rows.add(92, (words.len() / 8).min(6) as u32);
    seen.dedup(&mut rows.0);
    let mut features = SentenceFeatures { words: rows.0, ..SentenceFeatures::default() };
    let cues = Cues::shared().find(words);
    let all = classes(&cues);
    features.taught = taught_rows(words, all, seen);
    let mut verb = None;
    for (order, cue) in cues.iter().enumerate() {
        let head = head(words, cue, verb);
        verb = Some(head);
        cue_rows(text, words, &cues, order, head, kind, all, &mut |row| features.cues.push(row));
        features.ends.push(features.cues.len() as u32);
    }
    features
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
pub(super) fn word_rows(text: &str, words: &[Word], give: &mut impl FnMut(u16, (usize, usize))) {
    let get = |index: usize| words.get(index).map_or(0, |word| word.hash);
    let stem = |index: usize| words.get(index).map_or(0, |word| word.stem);
    for index in 0..words.len() {
        give(row(1, get(index)), (index, index + 1));
        give(row(2, stem(index)), (index, index + 1));
        give(row(3, pair(get(index), get(index + 1))), (index, index + 2));
        give(row(4, pair(stem(index), stem(index + 1))), (index, index + 2));
        give(row(5, pair(pair(get(index), get(index + 1)), get(index + 2))), (index, index + 3));
        // One word between.
        give(row(6, pair(stem(index), stem(index + 2))), (index, index + 3));
    }
    give(row(7, get(0)), (0, 1));
    give(row(8, pair(get(0), get(1))), (0, 2));
    if let Some(last) = words.last() {
        give(row(9, last.hash), (words.len() - 1, words.len()));
    }
    let is_quoted = words.iter().any(|word| matches!(word.span.of(text), "\"" | "“" | "”"));
    give(row(10, u32::from(is_quoted)), (0, 0));
}

/// What a heading or a list item shows without a finite verb: "Donors to pay", "to simplify".
fn setting_rows(words: &[Word], setting: u32, rows: &mut Rows) {
    let to = const { known("to") };
    let mut before = 0;
    for (index, word) in words.iter().enumerate() {
        if word.hash == to {
            let next = words.get(index + 1).map_or(0, |it| it.stem);
            rows.add(60, setting);
            rows.add(61, pair(setting, before));
            rows.add(62, pair(setting, next));
        }
        before = word.kind.map_or(1, |kind| 10 + kind as u32);
        if word.kind.is_none() && index == 0 {
            rows.add(63, pair(setting, word.hash));
            rows.add(64, pair(setting, word.stem));
        }
    }
}

fn bits(classes: Classes) -> impl Iterator<Item = u32> {
    (0..SECTIONS.len() as u32).filter(move |bit| classes >> bit & 1 == 1)
}

/// The classes of all of these together.
pub(super) fn classes(cues: &[Cue]) -> Classes {
    cues.iter().fold(0, |all, cue| all | cue.classes)
}
