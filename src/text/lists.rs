//! The lists under `data/text/` that a person edits, built once and looked up without allocation.

use std::cmp::Ordering;
use std::sync::OnceLock;

/// What an abbreviation's full stop means. An entry may stand in several sections of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Abbreviation {
    /// A name follows: no end before a capital letter.
    pub(super) name: bool,
    /// A number follows: no end before a digit.
    pub(super) number: bool,
    /// Stands inside a sentence.
    pub(super) inside: bool,
    /// May end a sentence.
    pub(super) either: bool,
    /// Not an abbreviation, but a name with an exclamation or question mark of its own.
    pub(super) shout: bool,
}

impl Abbreviation {
    /// Whether the word is an abbreviation at all.
    pub(super) fn is_any(self) -> bool {
        self.name || self.number || self.inside || self.either
    }

    fn join(&mut self, other: Self) {
        self.name |= other.name;
        self.number |= other.number;
        self.inside |= other.inside;
        self.either |= other.either;
        self.shout |= other.shout;
    }
}

/// All lists.
pub(super) struct Lists {
    abbreviations: Vec<(&'static str, Abbreviation)>,
    starters: Vec<&'static str>,
    captions: Vec<&'static str>,
    months: Vec<&'static str>,
}

impl Lists {
    /// The lists that are compiled in.
    pub(super) fn get() -> &'static Self {
        static LISTS: OnceLock<Lists> = OnceLock::new();
        LISTS.get_or_init(|| Lists {
            abbreviations: abbreviations(include_str!("../../data/text/abbreviations.txt")),
            starters: words(include_str!("../../data/text/starters.txt")),
            captions: words(include_str!("../../data/text/captions.txt")),
            months: words(include_str!("../../data/text/months.txt")),
        })
    }

    /// What the list knows of `word` (without its last full stop); nothing when it is no abbreviation.
    pub(super) fn abbreviation(&self, word: &str) -> Abbreviation {
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        let mut found = Abbreviation::default();
        let start = self.abbreviations.partition_point(|(entry, _)| compare(entry, word) == Ordering::Less);
        for (entry, meaning) in self.abbreviations.iter().skip(start) {
            if compare(entry, word) != Ordering::Equal {
                break;
            }
            if capital || !entry.starts_with(char::is_uppercase) {
                found.join(*meaning);
            }
        }
        found
    }

    /// Whether `word` likes to start a sentence.
    pub(super) fn is_starter(&self, word: &str) -> bool {
        holds(&self.starters, word)
    }

    /// Whether `words` open a caption.
    pub(super) fn is_caption_word(&self, words: &str) -> bool {
        holds(&self.captions, words)
    }

    /// Whether `word` is a month or a day of the week.
    pub(super) fn is_month_or_day(&self, word: &str) -> bool {
        holds(&self.months, word)
    }
}

/// The entries of a list: trimmed lines without comments.
fn entries(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn words(list: &'static str) -> Vec<&'static str> {
    let mut words: Vec<_> = entries(list).collect();
    words.sort_unstable_by(|left, right| compare(left, right));
    words
}

fn abbreviations(list: &'static str) -> Vec<(&'static str, Abbreviation)> {
    let mut section = Abbreviation::default();
    let mut found = Vec::new();
    for entry in entries(list) {
        let none = Abbreviation::default();
        match entry {
            "[name]" => section = Abbreviation { name: true, ..none },
            "[number]" => section = Abbreviation { number: true, ..none },
            "[inside]" => section = Abbreviation { inside: true, ..none },
            "[either]" => section = Abbreviation { either: true, ..none },
            "[shout]" => section = Abbreviation { shout: true, ..none },
            _ => found.push((entry, section)),
        }
    }
    found.sort_unstable_by(|(left, _), (right, _)| compare(left, right));
    found
}

fn holds(list: &[&str], word: &str) -> bool {
    list.binary_search_by(|entry| compare(entry, word)).is_ok()
}

/// Compares without regard to the case of ASCII letters; a curly apostrophe counts as a straight one.
fn compare(left: &str, right: &str) -> Ordering {
    folded(left).cmp(folded(right))
}

fn folded(word: &str) -> impl Iterator<Item = char> {
    word.chars().map(|character| match character {
        '\u{2019}' => '\'',
        other => other.to_ascii_lowercase(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_abbreviation_stands_in_a_section() {
        let lists = Lists::get();
        assert!(lists.abbreviations.len() > 200);
        for (entry, meaning) in &lists.abbreviations {
            assert!(meaning.is_any() || meaning.shout, "{entry} stands above the first section");
            assert!(
                !entry.ends_with('.') && !entry.contains(' '),
                "{entry}: one word without its last full stop"
            );
        }
    }

    #[test]
    fn an_entry_with_a_capital_matches_only_words_with_one() {
        let lists = Lists::get();
        assert!(lists.abbreviation("Gen").name);
        assert!(lists.abbreviation("GEN").name);
        assert!(!lists.abbreviation("gen").name);
        assert!(lists.abbreviation("etc").either);
        assert!(lists.abbreviation("Etc").either);
        assert!(!lists.abbreviation("table").is_any());
        assert!(!lists.abbreviation("").is_any());
    }

    #[test]
    fn a_starter_is_found_in_any_case() {
        assert!(Lists::get().is_starter("The"));
        assert!(Lists::get().is_starter("IT"));
        assert!(!Lists::get().is_starter("Government"));
    }
}
