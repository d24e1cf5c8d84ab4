//! The lists under `data/text/` that a person edits, built once and looked up without allocation.

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
    abbreviations: Table<Abbreviation>,
    starters: Table<()>,
    captions: Table<()>,
    months: Table<()>,
}

impl Lists {
    /// The lists that are compiled in.
    pub(super) fn get() -> &'static Self {
        static LISTS: OnceLock<Lists> = OnceLock::new();
        LISTS.get_or_init(|| Lists {
            abbreviations: Table::new(abbreviations(include_str!("../../data/text/abbreviations.txt"))),
            starters: words(include_str!("../../data/text/starters.txt")),
            captions: words(include_str!("../../data/text/captions.txt")),
            months: words(include_str!("../../data/text/months.txt")),
        })
    }

    /// What the list knows of `word` (without its last full stop); nothing when it is no abbreviation.
    pub(super) fn abbreviation(&self, word: &str) -> Abbreviation {
        let mut found = Abbreviation::default();
        for (entry, meaning) in self.abbreviations.like(word) {
            if !entry.starts_with(char::is_uppercase) || word.starts_with(char::is_uppercase) {
                found.join(*meaning);
            }
        }
        found
    }

    /// Whether `word` likes to start a sentence.
    pub(super) fn is_starter(&self, word: &str) -> bool {
        self.starters.like(word).next().is_some()
    }

    /// Whether `words` open a caption.
    pub(super) fn is_caption_word(&self, words: &str) -> bool {
        self.captions.like(words).next().is_some()
    }

    /// Whether `word` is a month or a day of the week.
    pub(super) fn is_month_or_day(&self, word: &str) -> bool {
        self.months.like(word).next().is_some()
    }
}

/// Entries found by their letters, without regard to the case of ASCII letters; a curly apostrophe counts as a
/// straight one.
struct Table<T> {
    /// Those with the same letters stand beside each other.
    entries: Vec<(&'static str, T)>,
    /// By hash, the index of the first of such entries plus one; zero where there is none. A hash that is taken
    /// has its entries at the next free place. Their number is a power of two, and at least half of them are free.
    slots: Vec<u16>,
    /// Bytes of the longest entry.
    longest: usize,
}

impl<T> Table<T> {
    fn new(mut entries: Vec<(&'static str, T)>) -> Self {
        entries.sort_by(|(left, _), (right, _)| folded(left).cmp(folded(right)));
        let mut slots = vec![0; (2 * entries.len()).next_power_of_two()];
        let mut before = "";
        for (index, (entry, _)) in entries.iter().enumerate() {
            if index > 0 && alike(before, entry) {
                continue;
            }
            before = entry;
            let mut place = hash(entry) as usize & (slots.len() - 1);
            while slots.get(place).is_some_and(|&slot| slot > 0) {
                place = (place + 1) & (slots.len() - 1);
            }
            if let Some(slot) = slots.get_mut(place) {
                *slot = index as u16 + 1;
            }
        }
        let longest = entries.iter().map(|(entry, _)| entry.len()).max().unwrap_or(0);
        Self { entries, slots, longest }
    }

    /// The entries with the letters of `word`.
    fn like(&self, word: &str) -> impl Iterator<Item = &(&'static str, T)> {
        let first = self.first(word).unwrap_or(self.entries.len());
        self.entries.iter().skip(first).take_while(move |(entry, _)| alike(entry, word))
    }

    fn first(&self, word: &str) -> Option<usize> {
        // A curly apostrophe takes two bytes more.
        if word.is_empty() || word.len() > self.longest + 2 {
            return None;
        }
        let mut place = hash(word) as usize & (self.slots.len() - 1);
        loop {
            let index = usize::from(*self.slots.get(place)?).checked_sub(1)?;
            if alike(self.entries.get(index)?.0, word) {
                return Some(index);
            }
            place = (place + 1) & (self.slots.len() - 1);
        }
    }
}

/// The entries of a list: trimmed lines without comments.
fn entries(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn words(list: &'static str) -> Table<()> {
    Table::new(entries(list).map(|entry| (entry, ())).collect())
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
    found
}

fn hash(word: &str) -> u32 {
    folded(word).fold(0x811c_9dc5, |hash, letter| (hash ^ letter as u32).wrapping_mul(0x0100_0193))
}

fn alike(left: &str, right: &str) -> bool {
    folded(left).eq(folded(right))
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
        assert!(lists.abbreviations.entries.len() > 200);
        for (entry, meaning) in &lists.abbreviations.entries {
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
