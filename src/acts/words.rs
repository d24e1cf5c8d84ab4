//! A sentence as words: each name is one word of its kind, each number is one of its sort.

use crate::entities::{EntityKind, Names};
use crate::text::Span;

/// A word of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    /// Its bytes.
    pub(super) span: Span,
    /// Hash of its letters in lower case; of a name, of its kind; of a number, one for all.
    pub(super) hash: u32,
    /// The same without a usual ending: pledged, pledges and pledging are one.
    pub(super) stem: u32,
    /// Index into the names' mentions, if it is one.
    pub(super) mention: Option<usize>,
    /// What kind of name.
    pub(super) kind: Option<EntityKind>,
    /// Begins with a capital.
    pub(super) is_capital: bool,
    /// Has letters or digits.
    pub(super) is_word: bool,
}

/// Hash of a word in lower case.
pub(super) fn hash(word: &str) -> u32 {
    if word.is_ascii() {
        return word.bytes().fold(0x811c_9dc5, |hash, byte| step(hash, byte.to_ascii_lowercase() as char));
    }
    word.chars().flat_map(char::to_lowercase).fold(0x811c_9dc5, step)
}

const fn step(hash: u32, character: char) -> u32 {
    let character = if character == '’' { '\'' } else { character };
    (hash ^ character as u32).wrapping_mul(0x0100_0193).rotate_left(3)
}

/// [`hash`] of a word in small ASCII letters, made when the program is built.
pub(super) const fn known(word: &str) -> u32 {
    let (bytes, mut hash, mut index) = (word.as_bytes(), 0x811c_9dc5, 0);
    while index < bytes.len() {
        hash = step(hash, bytes[index] as char);
        index += 1;
    }
    hash
}

/// [`known`] of each.
pub(super) const fn all_known<const N: usize>(words: [&str; N]) -> [u32; N] {
    let (mut hashes, mut index) = ([0; N], 0);
    while index < N {
        hashes[index] = known(words[index]);
        index += 1;
    }
    hashes
}

/// Hash of a word without a usual ending.
pub(super) fn stem(word: &str) -> u32 {
    let mut room = [0; 40];
    match room.get_mut(..word.len()).filter(|_| word.is_ascii()) {
        Some(room) => {
            room.copy_from_slice(word.as_bytes());
            room.make_ascii_lowercase();
            stem_of_lower(std::str::from_utf8(room).unwrap_or(word))
        }
        None => stem_of_lower(&word.chars().flat_map(char::to_lowercase).collect::<String>()),
    }
}

fn stem_of_lower(lower: &str) -> u32 {
    let cut = |ending: &str| lower.strip_suffix(ending).filter(|rest| rest.chars().count() >= 3);
    let rest = cut("ies")
        .or_else(|| cut("ied"))
        .or_else(|| cut("ing"))
        // agreed, agrees: agree
        .or_else(|| lower.strip_suffix(['d', 's']).filter(|rest| rest.ends_with("ee")))
        .or_else(|| cut("ed"))
        .or_else(|| cut("es"))
        .or_else(|| cut("s").filter(|rest| !rest.ends_with('s')))
        .unwrap_or(lower);
    let rest = rest.strip_suffix(['e', 'y']).unwrap_or(rest);
    // committed, commit
    let mut ends = rest.chars().rev();
    let is_double = ends.next().zip(ends.next()).is_some_and(|(last, before)| {
        last == before && !matches!(last, 'a' | 'e' | 'i' | 'o' | 'u' | 's' | 'l')
    });
    let end = if is_double { rest.len().saturating_sub(1) } else { rest.len() };
    hash(rest.get(..end).unwrap_or(rest)) ^ 0x5bd1_e995
}

/// The words of the sentence at `span`. `mention` is the first mention that may lie in it, and is moved past those
/// that do. Linear in the sentence.
pub(super) fn words(text: &str, span: Span, names: &Names, mention: &mut usize) -> Vec<Word> {
    let mut words = Vec::new();
    while names.mentions.get(*mention).is_some_and(|it| it.span.end <= span.start) {
        *mention += 1;
    }
    let mut at = span.start;
    let mut next = *mention;
    while at < span.end {
        let name = names.mentions.get(next).filter(|it| it.span.start < span.end);
        let stop = name.map_or(span.end, |it| it.span.start.max(at));
        plain(text, Span { start: at, end: stop }, &mut words);
        let Some(name) = name else { break };
        let sort = hash(name.kind.name()) ^ 0xdead_beef;
        words.push(Word {
            span: name.span,
            hash: sort,
            stem: sort,
            mention: Some(next),
            kind: Some(name.kind),
            is_capital: true,
            is_word: true,
        });
        at = name.span.end.max(at);
        next += 1;
    }
    words
}

/// Words of a stretch without names.
fn plain(text: &str, span: Span, words: &mut Vec<Word>) {
    let stretch = span.of(text);
    let mut rest = stretch.char_indices().peekable();
    while let Some((start, first)) = rest.next() {
        if first.is_whitespace() {
            continue;
        }
        let mut end = start + first.len_utf8();
        let is_word = first.is_alphanumeric();
        if is_word {
            while let Some(&(at, next)) = rest.peek() {
                let is_inner = matches!(next, '\'' | '’')
                    && stretch
                        .get(at + next.len_utf8()..)
                        .is_some_and(|it| it.starts_with(char::is_alphanumeric));
                if !next.is_alphanumeric() && !is_inner {
                    break;
                }
                end = at + next.len_utf8();
                rest.next();
            }
        }
        let word = stretch.get(start..end).unwrap_or("");
        let is_number = first.is_ascii_digit();
        let sort = if is_number { hash("0") } else { hash(word) };
        words.push(Word {
            span: Span { start: span.start + start as u32, end: span.start + end as u32 },
            hash: sort,
            stem: if is_number || !is_word { sort } else { stem(word) },
            mention: None,
            kind: None,
            is_capital: first.is_uppercase(),
            is_word,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_verb_have_one_stem() {
        for forms in
            [["pledge", "pledges", "pledged", "pledging"], ["commit", "commits", "committed", "committing"]]
        {
            for form in forms {
                assert_eq!(stem(form), stem(forms[0]), "{form}");
            }
        }
        assert_ne!(stem("thank"), stem("think"));
    }

    #[test]
    fn words_lie_in_order_inside_the_sentence() {
        let text = "They don’t thank Japan’s 40 envoys.";
        let words = words(text, Span::new(0, text.len()), &Names::default(), &mut 0);
        let shown: Vec<&str> = words.iter().map(|word| word.span.of(text)).collect();
        assert_eq!(shown, ["They", "don’t", "thank", "Japan’s", "40", "envoys", "."]);
    }
}
