//! What one cue looks like: its verb, who or what acts, what stands around it, and when.

use super::{bits, pair, row};
use crate::acts::cues::{Classes, Cue, Cues, class};
use crate::acts::words::{Word, all_known, known};
use crate::entities::EntityKind;
use crate::text::BlockKind;

/// Gives each feature of the cue at `order`, whose verb begins at the word `head`; `all` are the classes of all cues of
/// the sentence.
#[allow(clippy::too_many_arguments)]
pub(super) fn cue_rows(
    text: &str,
    words: &[Word],
    cues: &[Cue],
    order: usize,
    head: usize,
    kind: BlockKind,
    all: Classes,
    give: &mut impl FnMut(u16),
) {
    let Some(cue) = cues.get(order) else { return };
    let get = |index: usize| words.get(index).map_or(0, |word| word.hash);
    let stem = |index: usize| words.get(index).map_or(0, |word| word.stem);
    let is_joined = head < cue.start;
    let subject = subject(words, head);
    let denied = is_denied(words, cues, order);
    let later = cues.get(order + 1);
    let refused = later.is_some_and(|it| it.start < cue.end + 2 && it.classes & class("not") != 0);
    let when = when(text, words, cue.end);
    let (verb, next) = (stem(cue.start), stem(cue.end));
    let after = following(words, cue.end);
    let helper = head.checked_sub(1).map_or(1, get);
    let far = head.checked_sub(2).map_or(1, get);
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
    // The nearest noun of those who act and of things, past what stands between.
    let agent = agent(words, head);
    let result = words.get(cue.end).map_or(0, |word| Cues::shared().beside(word));
    // A verb that is joined on has what is before it beside it, not over it.
    let first = cues.first().filter(|it| it.start < head);
    let before = order.checked_sub(1).and_then(|it| cues.get(it)).filter(|_| !is_joined);
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
        give(row(55, pair(bit, result)));
        give(row(59, pair(bit, pair(result, pair(subject, helper)))));
        give(row(53, pair(bit, agent)));
        give(row(54, pair(bit, pair(agent, next))));
        if let Some(first) = first {
            give(row(48, pair(bit, stem(first.start))));
            for main in bits(first.classes) {
                give(row(49, pair(bit, main)));
            }
        }
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
    for bit in bits(cue.classes) {
        for other in ["not", "if", "opinion", "forecast", "past", "praise"] {
            give(row(40, pair(bit, pair(class(other), u32::from(all & class(other) != 0)))));
        }
    }
}

/// Where the verb begins whose subject is the cue's: the cue itself, or what `before`, the head of the cue before it, says
/// when "and" joins the two ("thanked the mayor and promised").
pub(super) fn head(words: &[Word], cue: &Cue, before: Option<usize>) -> usize {
    let joins = |word: &Word| word.hash == const { known("and") } || word.hash == const { known("but") };
    let is_joined = cue.start.checked_sub(1).and_then(|it| words.get(it)).is_some_and(joins);
    before.filter(|_| is_joined).unwrap_or(cue.start)
}

/// When it happens, as far as a date within the next words says: 0 unknown, 1 past, 2 to come, 3 a date.
fn when(text: &str, words: &[Word], at: usize) -> u32 {
    let date = words.iter().skip(at).take(14).find(|word| word.kind == Some(EntityKind::Date));
    let Some(date) = date else { return 0 };
    let said = date.span.of(text);
    let has = |known: &[&str]| {
        said.split(|it: char| !it.is_alphabetic())
            .any(|word| known.iter().any(|it| it.eq_ignore_ascii_case(word)))
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
        if let Some(number) = PRONOUNS.iter().position(|&it| it == word.hash) {
            return 30 + number as u32;
        }
        match Cues::shared().beside(word) & (class("actor") | class("thing")) {
            0 => {}
            it if it & class("actor") != 0 => return 3,
            _ => return 4,
        }
        if !word.is_word {
            return 1;
        }
    }
    0
}

/// The nearest word before `at` that says who or what acts: its number among those, or of its kind of name.
fn agent(words: &[Word], at: usize) -> u32 {
    let cues = Cues::shared();
    for word in words.iter().take(at).rev().take(16) {
        match word.kind {
            Some(EntityKind::Date | EntityKind::Money | EntityKind::Group) => {}
            Some(kind) => return 10 + kind as u32,
            None if cues.beside(word) & (class("actor") | class("thing")) != 0 => return word.stem,
            None => {}
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
    if let Some(number) = FOLLOWING.iter().position(|&it| it == word.hash) {
        return 30 + number as u32;
    }
    if word.is_word { 1 } else { 2 }
}

/// Small words that can be a subject; their places are features.
const PRONOUNS: [u32; 13] =
    all_known(["i", "we", "you", "he", "she", "they", "it", "who", "that", "which", "to", "both", "nobody"]);

/// Small words that say what follows a verb; their places are features.
const FOLLOWING: [u32; 22] = all_known([
    "to", "that", "for", "on", "the", "its", "their", "his", "her", "a", "by", "with", "in", "not", "be",
    "have", "him", "them", "us", "you", "of", "and",
]);
