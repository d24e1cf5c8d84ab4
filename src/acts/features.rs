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

/// The features of one sentence: rows of the table.
///
/// Its words as a whole, and each cue by itself: an act is reported by one cue, whatever else the sentence says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SentenceFeatures {
    /// What its words say, sorted, each once: the more there are, the less each counts.
    pub words: Vec<u16>,
    /// What its cues say, one after the other.
    cues: Vec<u16>,
    /// Where each cue's rows end in `cues`.
    ends: Vec<u32>,
}

impl SentenceFeatures {
    /// Every row of the words with what it counts.
    pub fn words(&self) -> impl Iterator<Item = (u16, f32)> + '_ {
        let share = 8.0 / (self.words.len().max(1) as f32).sqrt();
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

/// What a row of a cue counts.
pub const CUE: f32 = 0.7;

/// The features of every sentence, in one pass over the article.
pub(super) fn look(text: &str, outline: &Outline, names: &Names) -> Vec<SentenceFeatures> {
    let (mut mention, mut lead) = (0, 0);
    let count = outline.sentences().len();
    let mut sentences = Vec::with_capacity(count);
    for (index, sentence) in outline.sentences().iter().enumerate() {
        let words = words(text, sentence.span, names, &mut mention);
        let kind = outline.block_of(sentence).map_or(BlockKind::Paragraph, |block| block.kind);
        let place = match index {
            0 => 0,
            1..=2 => 1,
            _ if index + 2 >= count => 3,
            _ => 2,
        };
        sentences.push(sentence_features(text, &words, kind, place, lead));
        if kind != BlockKind::ListItem {
            let leads = sentence.span.of(text).ends_with(':');
            lead = if leads {
                Cues::shared().find(&words).iter().fold(0, |all, cue| all | cue.classes)
            } else {
                0
            };
        }
    }
    sentences
}

/// The features of one sentence; `lead` holds the cues of the sentence that leads its list in.
fn sentence_features(
    text: &str,
    words: &[Word],
    kind: BlockKind,
    place: u32,
    lead: Classes,
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
    rows.0.sort_unstable();
    rows.0.dedup();
    let mut features = SentenceFeatures { words: rows.0, ..SentenceFeatures::default() };
    let cues = Cues::shared().find(words);
    for order in 0..cues.len() {
        cue_rows(text, words, &cues, order, kind, &mut |row| features.cues.push(row));
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
fn word_rows(text: &str, words: &[Word], give: &mut impl FnMut(u16, (usize, usize))) {
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

/// Gives each feature of one cue.
fn cue_rows(
    text: &str,
    words: &[Word],
    cues: &[Cue],
    order: usize,
    kind: BlockKind,
    give: &mut impl FnMut(u16),
) {
    let Some(cue) = cues.get(order) else { return };
    let get = |index: usize| words.get(index).map_or(0, |word| word.hash);
    let stem = |index: usize| words.get(index).map_or(0, |word| word.stem);
    let subject = subject(words, cue.start);
    let denied = is_denied(words, cues, order);
    let refused = (cue.end..cue.end + 2)
        .any(|at| cues.iter().any(|it| it.start == at && it.classes & class("not") != 0));
    let when = when(text, words, cue.end);
    let (verb, next) = (stem(cue.start), stem(cue.end));
    let after = following(words, cue.end);
    let helper = cue.start.checked_sub(1).map_or(1, get);
    let far = cue.start.checked_sub(2).map_or(1, get);
    let last = words.last().map_or(0, |word| word.hash);
    give(row(19, verb));
    give(row(25, get(cue.start)));
    give(row(20, pair(verb, subject)));
    give(row(21, pair(verb, u32::from(denied))));
    give(row(22, pair(verb, after)));
    give(row(23, pair(get(cue.start), pair(subject, after))));
    give(row(24, pair(verb, helper)));
    give(row(26, pair(helper, far)));
    give(row(27, pair(get(cue.start), pair(helper, far))));
    give(row(28, pair(get(cue.start), get(cue.end))));
    give(row(29, pair(get(cue.start), pair(get(cue.end), get(cue.end + 1)))));
    for distance in 0..6 {
        if cue.end + distance < words.len() {
            give(row(70, stem(cue.end + distance)));
            give(row(71, pair(distance as u32 / 2, stem(cue.end + distance))));
        }
        if let Some(at) = cue.start.checked_sub(distance + 1) {
            give(row(72, stem(at)));
            give(row(73, pair(distance as u32 / 2, stem(at))));
        }
    }
    let before = order.checked_sub(1).and_then(|it| cues.get(it));
    let later = cues.get(order + 1);
    for bit in bits(cue.classes) {
        give(row(30, bit));
        give(row(31, pair(bit, u32::from(denied))));
        give(row(32, pair(bit, subject)));
        give(row(33, pair(bit, next)));
        give(row(34, pair(bit, pair(subject, after))));
        give(row(35, pair(bit, pair(subject, u32::from(denied)))));
        give(row(39, pair(bit, helper)));
        give(row(41, pair(bit, pair(helper, after))));
        give(row(46, pair(bit, kind as u32)));
        give(row(47, pair(bit, last)));
        if refused {
            give(row(42, bit));
            give(row(43, pair(bit, verb)));
        }
        give(row(44, pair(bit, when)));
        give(row(45, pair(bit, pair(helper, when))));
        if let Some(before) = before {
            let far = u32::from(cue.start.saturating_sub(before.end) > 3);
            for earlier in bits(before.classes) {
                give(row(36, pair(pair(earlier, bit), far)));
                give(row(37, pair(earlier, pair(bit, verb))));
            }
            give(row(38, pair(stem(before.start), bit)));
        }
        if let Some(later) = later {
            let far = u32::from(later.start.saturating_sub(cue.end) > 3);
            for behind in bits(later.classes) {
                give(row(56, pair(pair(behind, bit), far)));
                give(row(57, pair(behind, pair(bit, verb))));
            }
            give(row(58, pair(stem(later.start), bit)));
        }
    }
    // All classes together: what else is in the sentence.
    let all = cues.iter().fold(0, |all, cue| all | cue.classes);
    for bit in bits(cue.classes) {
        for other in ["not", "if", "opinion", "forecast", "past", "praise"] {
            give(row(40, pair(bit, pair(class(other), u32::from(all & class(other) != 0)))));
        }
    }
}

/// What a heading or a list item shows without a finite verb: "Donors to pay", "to simplify".
fn setting_rows(words: &[Word], setting: u32, rows: &mut Rows) {
    let to = hash("to");
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

/// When it happens, as far as a date within the next words says: 0 unknown, 1 past, 2 to come, 3 a date.
fn when(text: &str, words: &[Word], at: usize) -> u32 {
    let date = words.iter().skip(at).take(14).find(|word| word.kind == Some(EntityKind::Date));
    let Some(date) = date else { return 0 };
    let said = date.span.of(text);
    let has = |known: &[&str]| {
        said.split(|it: char| !it.is_alphabetic()).any(|word| known.iter().any(|it| it.eq_ignore_ascii_case(word)))
    };
    if has(&["last", "yesterday", "ago", "past", "previous", "earlier"]) {
        1
    } else if has(&["next", "tomorrow", "coming", "following", "later"]) {
        2
    } else if said.bytes().all(|it| it.is_ascii_digit()) {
        3
    } else {
        4
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
    let weight = |row: u16| {
        column.map_or(0.0, |column| model.weight(row, column)) + learner.weight(label, row)
    };
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
    let mut best: Option<(f32, &Cue)> = None;
    for (order, cue) in cues.iter().enumerate() {
        let mut sum = 0.0;
        cue_rows(text, &words, &cues, order, kind, &mut |row| sum += weight(row));
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
