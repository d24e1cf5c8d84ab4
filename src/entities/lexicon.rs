//! The word lists under `data/`, looked up by hash.
//!
//! The lists are compiled in as text: brotli packs sorted names better than it packs a table of hashes, and
//! indexing them takes a few milliseconds, once.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

use super::kind::EntityKind;
use super::token::{self, Shape, Token};

/// What the lists say of a word or phrase: a set of classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Classes(u64);

macro_rules! classes {
    ($($name:ident = $bit:literal $section:literal),* $(,)?) => {
        impl Classes {
            $(#[doc = concat!("Entries of `", $section, "`.")] pub(super) const $name: Classes = Classes(1 << $bit);)*

            fn of_section(section: &str) -> Option<Classes> {
                match section {
                    $($section => Some(Self::$name),)*
                    _ => None,
                }
            }
        }
    };
}

classes! {
    STATE = 0 "state", PLACE = 1 "place", CITY = 2 "city", GROUP = 3 "group", ORGANISATION = 4 "organisation",
    AGREEMENT = 5 "agreement", EVENT = 6 "event", FACILITY = 7 "facility", GIVEN = 8 "given", FAMILY = 9 "family",
    TITLE = 10 "title", HONORIFIC = 11 "honorific", PORTFOLIO = 12 "portfolio", TITLE_MODIFIER = 13 "title-modifier",
    ORG_HEAD = 14 "org-head", ORG_HEAD_OF = 15 "org-head-of", AGREEMENT_HEAD = 16 "agreement-head",
    AGREEMENT_HEAD_OF = 17 "agreement-head-of", EVENT_HEAD = 18 "event-head", EVENT_HEAD_OF = 19 "event-head-of",
    EVENT_LEAD = 20 "event-lead", EVENT_LOWER = 21 "event-lower", FACILITY_HEAD = 22 "facility-head",
    FACILITY_HEAD_OF = 23 "facility-head-of", FACILITY_LEAD = 24 "facility-lead",
    FACILITY_LOWER = 25 "facility-lower", PLACE_HEAD = 26 "place-head", PLACE_LEAD = 27 "place-lead",
    PLACE_OF = 28 "place-of", ORDINAL = 29 "ordinal", ADJECTIVE = 30 "adjective", FUNCTION = 31 "function",
    PARTICLE = 32 "particle", SUFFIX = 33 "suffix", MONTH = 34 "month", WEEKDAY = 35 "weekday", UNIT = 36 "unit",
    SEASON = 37 "season", RELATIVE = 38 "relative", DAY_WORD = 39 "day-word", EDGE = 40 "edge",
    NUMBER_WORD = 41 "number-word", MAGNITUDE = 42 "magnitude", CURRENCY_CODE = 43 "currency-code",
    CURRENCY_PREFIX = 44 "currency-prefix", CURRENCY_WORD = 45 "currency-word", SPEECH = 46 "speech",
    PLACE_BEFORE = 47 "place-before", CONNECTOR = 48 "connector", KIN = 49 "kin", CAPITAL_CITY = 50 "capital",
    EVENT_HEAD_NUMBERED = 51 "event-head-numbered", PLURAL = 52 "plural-title", STARTER = 53 "starter", ORG_LEAD = 54 "org-lead", COMMON_ACRONYM = 55 "common-acronym", FACILITY_SORT = 56 "facility-sort", FACILITY_SORTED = 57 "facility-sorted",
    LONGER = 62 "(a longer phrase begins so)", ACRONYM = 63 "(only in capitals)",
}

impl Classes {
    /// The kinds of name that the lists hold whole.
    pub(super) const NAME: Classes = Classes(0b1111_1111 | 1 << 50);
    /// Places of every sort.
    pub(super) const ANY_PLACE: Classes = Classes(0b111 | 1 << 50);
    /// Head words of bodies, agreements, events and facilities.
    pub(super) const HEAD: Classes = Classes(1 << 14 | 1 << 16 | 1 << 18 | 1 << 22 | 1 << 51);
    /// Head words that take "of" behind them.
    pub(super) const HEAD_OF: Classes = Classes(1 << 15 | 1 << 17 | 1 << 19 | 1 << 23);

    /// Whether one of `other` is in the set.
    pub(super) fn any(self, other: Classes) -> bool {
        self.0 & other.0 != 0
    }

    /// One bit a class.
    pub(super) fn bits(self) -> u64 {
        self.0
    }

    /// Whether the set is empty.
    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Both sets.
    pub(super) const fn with(self, other: Classes) -> Classes {
        Classes(self.0 | other.0)
    }

    /// The kind of a name that the lists hold whole.
    pub(super) fn kind(self) -> Option<EntityKind> {
        [
            (Self::AGREEMENT, EntityKind::Agreement),
            (Self::EVENT, EntityKind::Event),
            (Self::FACILITY, EntityKind::Facility),
            (Self::STATE, EntityKind::Place),
            (Self::ORGANISATION, EntityKind::Organisation),
            (Self::GROUP, EntityKind::Group),
            (Self::ANY_PLACE, EntityKind::Place),
        ]
        .into_iter()
        .find_map(|(classes, kind)| self.any(classes).then_some(kind))
    }
}

/// An entry: its classes and the state it belongs to (index plus one).
#[derive(Debug, Clone, Copy, Default)]
struct Entry {
    classes: Classes,
    state: u16,
    body: u16,
}

/// A phrase found in the lists.
#[derive(Debug, Clone, Copy)]
pub(super) struct Phrase {
    /// Number of tokens.
    pub(super) length: usize,
    /// What it is.
    pub(super) classes: Classes,
    /// Index of its state plus one; zero when it has none.
    pub(super) state: u16,
    /// Number of the body that it is a name of; zero when it has none.
    pub(super) body: u16,
}

/// Longest phrase in the lists, in tokens.
pub(super) const LONGEST: usize = 18;

/// The word lists, indexed.
pub(super) struct Lexicon {
    entries: HashMap<u64, Entry, BuildHasherDefault<Same>>,
    states: Vec<&'static str>,
}

/// The keys are hashes already.
#[derive(Default)]
struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }
    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

/// Salt of entries that count in capitals only: WHO is not who.
const CAPITALS: u64 = 0x9e37_79b9_7f4a_7c15;

/// The hash of a phrase from that of its words so far and the next one.
pub(super) fn join(phrase: u64, word: u32) -> u64 {
    let mixed = (phrase ^ u64::from(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 29)
}

impl Lexicon {
    /// The lists that are compiled in, indexed at the first call.
    pub(super) fn shared() -> &'static Lexicon {
        static SHARED: OnceLock<Lexicon> = OnceLock::new();
        SHARED.get_or_init(Lexicon::load)
    }

    /// The lists without some of their names: `share` of a hundred, chosen by `seed`.
    pub(super) fn without(&self, seed: u64, share: u64) -> Self {
        let names = Classes::NAME.with(Classes::GIVEN).with(Classes::FAMILY);
        let entries = self.entries.iter().map(|(&key, &entry)| {
            let draw =
                (key ^ seed.wrapping_mul(0xbf58_476d_1ce4_e5b9)).wrapping_mul(0x94d0_49bb_1331_11eb) >> 40;
            let is_hidden = draw % 100 < share;
            let left = Entry { classes: Classes(entry.classes.0 & !names.0), state: 0, body: 0 };
            (key, if is_hidden { left } else { entry })
        });
        let entries = entries.collect();
        Self { entries, states: self.states.clone() }
    }

    /// Name of a state by its number in [`Phrase::state`].
    pub(super) fn state_name(&self, state: u16) -> Option<&'static str> {
        self.states.get(usize::from(state.checked_sub(1)?)).copied()
    }

    /// The classes of a word on its own, and its state.
    pub(super) fn word(&self, token: &Token) -> (Classes, u16) {
        let key = join(0, token.hash);
        let entry = self.entries.get(&key).copied().unwrap_or_default();
        let in_capitals = token.shape.has(Shape::ALL_CAPS) || token.shape.has(Shape::LETTER);
        match self.entries.get(&(key ^ CAPITALS)).filter(|_| in_capitals) {
            Some(acronym) => {
                let longer =
                    if entry.classes.any(Classes::LONGER) { Classes::LONGER } else { Classes::default() };
                (acronym.classes.with(Classes::ACRONYM).with(longer), acronym.state)
            }
            None => (entry.classes, entry.state),
        }
    }

    /// The longest phrase of these classes that begins with the first of `tokens`.
    pub(super) fn longest(&self, tokens: &[Token], wanted: Classes) -> Option<Phrase> {
        let first = tokens.first()?;
        let mut found = None;
        let mut key = 0;
        for (index, token) in tokens.iter().take(LONGEST).enumerate() {
            if index > 0 && token.shape.has(Shape::BREAK) {
                break;
            }
            key = join(key, token.hash);
            let entry = if index == 0 && first.any(Classes::ACRONYM) {
                let acronym = self.entries.get(&(key ^ CAPITALS)).copied().unwrap_or_default();
                let plain = self.entries.get(&key).copied().unwrap_or_default();
                let longer =
                    if plain.classes.any(Classes::LONGER) { Classes::LONGER } else { Classes::default() };
                Entry { classes: acronym.classes.with(longer), ..acronym }
            } else {
                match self.entries.get(&key) {
                    Some(&entry) => entry,
                    None => break,
                }
            };
            if entry.classes.any(wanted) {
                found = Some(Phrase {
                    length: index + 1,
                    classes: entry.classes,
                    state: entry.state,
                    body: entry.body,
                });
            }
            if !entry.classes.any(Classes::LONGER) {
                break;
            }
        }
        found
    }

    fn load() -> Self {
        let mut lexicon = Self {
            entries: HashMap::with_capacity_and_hasher(1 << 15, BuildHasherDefault::default()),
            states: Vec::new(),
        };
        let mut codes: Vec<&str> = Vec::new();
        for line in lines(include_str!("../../data/states.txt")) {
            let mut columns = line.split('|').map(str::trim);
            let code = columns.next().unwrap_or("");
            let names = columns.next().unwrap_or("");
            codes.push(code);
            lexicon.states.push(list(names).next().unwrap_or(""));
            let state = lexicon.states.len() as u16;
            for name in list(names) {
                lexicon.add(name, Classes::STATE, state, 0);
            }
            for people in list(columns.next().unwrap_or("")) {
                lexicon.add_people(people, state);
            }
            for city in list(columns.next().unwrap_or("")) {
                lexicon.add(city, Classes::CAPITAL_CITY, state, 0);
            }
        }
        let state_of =
            |code: &str| codes.iter().position(|&known| known == code).map_or(0, |index| index as u16 + 1);
        for line in lines(include_str!("../../data/cities.txt")) {
            let (code, cities) = line.split_once('|').unwrap_or(("", line));
            let state = state_of(code.trim());
            list(cities).for_each(|city| lexicon.add(city, Classes::CITY, state, 0));
        }
        let us = state_of("US");
        for line in lines(include_str!("../../data/us-states.txt")) {
            list(line).for_each(|name| lexicon.add(name, Classes::PLACE, us, 0));
        }
        for line in lines(include_str!("../../data/places.txt")) {
            list(line).for_each(|name| lexicon.add(name, Classes::PLACE, 0, 0));
        }
        for line in lines(include_str!("../../data/groups.txt")) {
            list(line).for_each(|name| lexicon.add_people(name, 0));
        }
        let mut body = 0;
        for line in lines(include_str!("../../data/organisations.txt")) {
            let (line, state) =
                line.split_once('|').map_or((line, 0), |(names, code)| (names, state_of(code.trim())));
            let (many, names) = line.strip_prefix('*').map_or((false, line), |rest| (true, rest));
            body += 1;
            for name in list(names) {
                body += u16::from(many);
                lexicon.add(name, Classes::ORGANISATION, state, body);
            }
        }
        for (text, classes) in [
            (include_str!("../../data/agreements.txt"), Classes::AGREEMENT),
            (include_str!("../../data/events.txt"), Classes::EVENT),
            (include_str!("../../data/facilities.txt"), Classes::FACILITY),
        ] {
            lines(text).for_each(|name| lexicon.add(name, classes, 0, 0));
        }
        for (text, classes) in [
            (include_str!("../../data/given-names.txt"), Classes::GIVEN),
            (include_str!("../../data/family-names.txt"), Classes::FAMILY),
        ] {
            lines(text).flat_map(str::split_whitespace).for_each(|name| lexicon.add_name(name, classes));
        }
        let mut section = None;
        for line in lines(include_str!("../../data/words.txt")) {
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                section = Classes::of_section(name);
            } else if let Some(classes) = section {
                list(line).for_each(|word| lexicon.add_word(word, classes));
            }
        }
        lexicon
    }

    /// A people's name and its plural.
    fn add_people(&mut self, people: &'static str, state: u16) {
        self.add(people, Classes::GROUP, state, 0);
        let unchanging = ["s", "sh", "ch", "ese", "x", "z", "men", "man"];
        if !unchanging.iter().any(|end| people.ends_with(end)) {
            let mut plural = Vec::new();
            token::split(people, 0, &mut plural);
            let last = people.rsplit([' ', '-']).next().unwrap_or(people);
            if let Some(token) = plural.last_mut() {
                token.hash = last.chars().chain(['s']).collect::<String>().as_str().pipe(token::hash_word);
            }
            self.insert(&plural, Classes::GROUP, state, 0, false);
        }
    }

    fn add(&mut self, phrase: &str, classes: Classes, state: u16, body: u16) {
        let mut tokens = Vec::new();
        token::split(phrase, 0, &mut tokens);
        let in_capitals = tokens.len() == 1
            && tokens.first().is_some_and(|token| token.shape.has(Shape::ALL_CAPS))
            && phrase.chars().all(|character| !character.is_lowercase());
        self.insert(&tokens, classes, state, body, in_capitals);
    }

    fn add_word(&mut self, phrase: &str, classes: Classes) {
        let mut tokens = Vec::new();
        token::split(phrase, 0, &mut tokens);
        self.insert(&tokens, classes, 0, 0, false);
    }

    fn add_name(&mut self, name: &str, classes: Classes) {
        let entry = self.entries.entry(join(0, token::hash_word(name))).or_default();
        entry.classes = entry.classes.with(classes);
    }

    fn insert(&mut self, tokens: &[Token], classes: Classes, state: u16, body: u16, in_capitals: bool) {
        let mut key = 0;
        for (index, token) in tokens.iter().enumerate() {
            key = join(key, token.hash);
            let is_last = index + 1 == tokens.len();
            let salted = if is_last && in_capitals { key ^ CAPITALS } else { key };
            let entry = self.entries.entry(salted).or_default();
            if is_last {
                entry.classes = entry.classes.with(classes);
                // The first list that names a state or body wins: capitals before other cities of the name.
                entry.state = if entry.state == 0 { state } else { entry.state };
                entry.body = if entry.body == 0 { body } else { entry.body };
            } else {
                entry.classes = entry.classes.with(Classes::LONGER);
            }
        }
    }
}

trait Pipe: Sized {
    fn pipe<R>(self, then: impl FnOnce(Self) -> R) -> R {
        then(self)
    }
}
impl Pipe for &str {}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn list(line: &'static str) -> impl Iterator<Item = &'static str> {
    line.split(';').map(str::trim).filter(|entry| !entry.is_empty())
}
