//! Acronyms in brackets and the long forms before them: "Conference on … (CEAPAD)".

use super::candidate::{Candidate, Trust};
use super::kind::EntityKind;
use super::lexicon::Classes;
use super::reader::Reader;
use super::token::Shape;

/// Most tokens of a long form.
const LONG_FORM: usize = 22;

/// The token of an acronym in brackets at `at`, where an opening bracket stands: one word with two capitals.
pub(super) fn bracketed(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let acronym = reader.get(at + 1)?;
    let word = reader.word(at + 1);
    let fits = reader.is_mark(at, '(')
        && reader.is_mark(at + 2, ')')
        && acronym.is_capital()
        && (2..=12).contains(&word.len())
        && word.chars().filter(|character| character.is_uppercase()).count() >= 2;
    fits.then_some(at + 1)
}

/// Long forms that hold small words, which no other pattern dares to cross, told by their acronyms.
pub(super) fn long_forms(reader: &Reader<'_>, found: &[Candidate]) -> Vec<Candidate> {
    let mut forms = Vec::new();
    for open in 0..reader.tokens.len() {
        let Some(acronym) = bracketed(reader, open) else { continue };
        let Some(start) = long_form(reader, open, reader.word(acronym)) else { continue };
        let after = found.partition_point(|it| it.start < open);
        let covers = after.checked_sub(1).and_then(|last| found.get(last));
        if covers.is_some_and(|it| it.start <= start && it.end == open) {
            continue;
        }
        let is_member = (reader.is(start.wrapping_sub(1), "the") && reader.is(start.wrapping_sub(2), "of"))
            && (reader.is(start.wrapping_sub(3), "member") || reader.is(start.wrapping_sub(3), "members"));
        let kind = kind_of(reader, start, open).filter(|_| !is_member).unwrap_or(EntityKind::Organisation);
        forms.push(Candidate {
            start,
            end: open,
            kind,
            trust: Trust::Sure,
            state: 0,
            body: 0,
            titled: false,
        });
    }
    forms
}

/// Where the long form of `acronym` begins, which ends before token `open`: its letters are the first letters
/// of words or, inside a word, follow them (Schwartz and Hearst, 2003, from the right).
fn long_form(reader: &Reader<'_>, open: usize, acronym: &str) -> Option<usize> {
    let letters: Vec<char> =
        acronym.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if letters.len() < 3 {
        return None;
    }
    let mut wanted = letters.len();
    let mut index = open;
    let mut words = 0;
    while wanted > 0 && words < LONG_FORM {
        index = index.checked_sub(1)?;
        let token = reader.get(index)?;
        let is_word = !token.shape.has(Shape::MARK);
        let links = token.is_mark('-') || token.is_mark(',') || token.is_mark('&');
        if !is_word && !links || token.span.len() > 40 {
            return None;
        }
        words += 1;
        if is_word {
            let given = initials_in(reader.word(index), letters.get(..wanted)?);
            // The form begins with a capital: "cooperation" is not the C of "Conference on cooperation".
            if given < wanted || token.is_capital() {
                wanted -= given;
            }
        }
        if token.shape.has(Shape::BREAK) && wanted > 0 {
            return None;
        }
    }
    // As many letters as capitals: "Palestinian Development" must not stop at the D of another word.
    let first = reader.get(index)?;
    let capitals = (index..open).filter(|&it| reader.is_capital(it)).count();
    (wanted == 0 && first.is_capital() && capitals >= 2 && !first.any(Classes::FUNCTION)).then_some(index)
}

/// How many of the last of `letters` the word gives: its first letter, and letters behind it in order.
fn initials_in(word: &str, letters: &[char]) -> usize {
    let folded: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
    // The longest tail of the letters that begins with the word's first letter and runs through the word.
    let mut best = 0;
    for take in 1..=letters.len().min(3) {
        let tail = letters.get(letters.len() - take..).unwrap_or(&[]);
        if tail.first() != folded.first() {
            continue;
        }
        let mut rest = folded.iter();
        if tail.iter().all(|letter| rest.any(|it| it == letter)) {
            best = take;
            break;
        }
    }
    best
}

fn kind_of(reader: &Reader<'_>, start: usize, end: usize) -> Option<EntityKind> {
    let of = |index: usize| {
        if reader.any(index, Classes::EVENT_HEAD) {
            Some(EntityKind::Event)
        } else if reader.any(index, Classes::AGREEMENT_HEAD) {
            Some(EntityKind::Agreement)
        } else if reader.any(index, Classes::ORG_HEAD) {
            Some(EntityKind::Organisation)
        } else {
            None
        }
    };
    of(start).or_else(|| of(end.checked_sub(1)?))
}
