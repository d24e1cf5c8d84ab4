//! The cue words under `data/acts/`, looked up by hash of their stems.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::words::{Word, hash, stem};

/// Classes of cues, one bit each, in the order of [`SECTIONS`].
pub(super) type Classes = u32;

/// The sections of `data/acts/cues.txt`.
pub(super) const SECTIONS: [&str; 18] = [
    "bind", "agree", "intend", "will", "thank", "propose", "desire", "not", "if", "opinion", "forecast",
    "report", "past", "praise", "together", "actor", "thing", "result",
];

/// Sections of words that are no cues by themselves.
const BESIDE: Classes = class("actor") | class("thing") | class("result");

/// The class of a section.
pub(super) const fn class(section: &str) -> Classes {
    let mut index = 0;
    while index < SECTIONS.len() {
        if same(SECTIONS[index].as_bytes(), section.as_bytes()) {
            return 1 << index;
        }
        index += 1;
    }
    0
}

const fn same(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let mut index = 0;
    while index < left.len() {
        if left[index] != right[index] {
            return false;
        }
        index += 1;
    }
    true
}

/// The cues, indexed.
pub(super) struct Cues {
    words: HashMap<u32, Classes>,
    /// Words that are no cue by themselves, but say much beside one.
    beside: HashMap<u32, Classes>,
    /// Several words, by the hash of all; the first word's bit says how many tokens to try.
    phrases: HashMap<u64, Classes>,
    starts: HashMap<u32, usize>,
}

/// A cue in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cue {
    /// Index of its first word.
    pub(super) start: usize,
    /// Index behind its last word.
    pub(super) end: usize,
    /// Its classes.
    pub(super) classes: Classes,
}

impl Cues {
    /// The lists that are compiled in, indexed at the first call.
    pub(super) fn shared() -> &'static Cues {
        static SHARED: OnceLock<Cues> = OnceLock::new();
        SHARED.get_or_init(|| Cues::load(include_str!("../../data/acts/cues.txt")))
    }

    fn load(text: &str) -> Self {
        let mut cues = Self {
            words: HashMap::new(),
            beside: HashMap::new(),
            phrases: HashMap::new(),
            starts: HashMap::new(),
        };
        let mut classes = 0;
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(section) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                classes = class(section);
                continue;
            }
            for entry in line.split(';').map(str::trim).filter(|entry| !entry.is_empty()) {
                let parts: Vec<&str> = entry.split_whitespace().collect();
                match parts.as_slice() {
                    [word] if classes & BESIDE != 0 => {
                        *cues.beside.entry(stem(word)).or_default() |= classes;
                    }
                    [word] => *cues.words.entry(stem(word)).or_default() |= classes,
                    [first, ..] => {
                        let longest = cues.starts.entry(hash(first)).or_default();
                        *longest = (*longest).max(parts.len());
                        let key = parts.iter().fold(0, |key, part| join(key, hash(part)));
                        *cues.phrases.entry(key).or_default() |= classes;
                    }
                    [] => {}
                }
            }
        }
        cues
    }

    /// The classes of a word that is no cue by itself.
    pub(super) fn beside(&self, word: &Word) -> Classes {
        self.beside.get(&word.stem).copied().unwrap_or(0)
    }

    /// The cues in the words, in order; a phrase hides the cue of its first word.
    pub(super) fn find(&self, words: &[Word]) -> Vec<Cue> {
        let mut found = Vec::new();
        for (start, word) in words.iter().enumerate() {
            if word.mention.is_some() || !word.is_word {
                continue;
            }
            let mut cue = self.words.get(&word.stem).map(|&classes| Cue { start, end: start + 1, classes });
            let longest = self.starts.get(&word.hash).copied().unwrap_or(0);
            let mut key = 0;
            for (index, next) in words.iter().enumerate().skip(start).take(longest) {
                key = join(key, next.hash);
                if let Some(&classes) = self.phrases.get(&key).filter(|_| index > start) {
                    cue = Some(Cue { start, end: index + 1, classes });
                }
            }
            found.extend(cue);
        }
        found
    }
}

fn join(key: u64, word: u32) -> u64 {
    let mixed = (key ^ u64::from(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 29)
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::*;
    use crate::entities::Names;
    use crate::text::Span;

    #[test]
    fn cues_are_found_in_every_form_and_phrases_whole() {
        let check = |text: &str, section: &str, expected: &str| {
            let words = words(text, Span::new(0, text.len()), &Names::default(), &mut 0);
            let found = Cues::shared().find(&words);
            let cue = found.iter().find(|cue| cue.classes & class(section) != 0).expect("a cue");
            let span = Span { start: words[cue.start].span.start, end: words[cue.end - 1].span.end };
            assert_eq!(span.of(text), expected);
        };
        check("She has pledged help.", "bind", "pledged");
        check("They agreed to meet.", "agree", "agreed");
        check("Japan agrees to it.", "agree", "agrees");
        check("They were called upon to act.", "propose", "called upon");
        check("He gave his word that it would end.", "bind", "gave his word");
        check("No thanks were offered.", "not", "No");
        check("No thanks were offered.", "thank", "thanks");
    }

    #[test]
    fn every_section_of_the_list_is_known_and_every_class_has_a_section() {
        let text = include_str!("../../data/acts/cues.txt");
        let sections: Vec<&str> =
            text.lines().filter_map(|line| line.strip_prefix('[')?.strip_suffix(']')).collect();
        assert_eq!(sections, SECTIONS);
    }
}
