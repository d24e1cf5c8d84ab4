//! Which mentions stand for the same party, and what a party belongs to.

use std::collections::HashMap;

use super::FoundParty;
use super::acronyms;
use super::candidate::Candidate;
use super::kind::{EntityKind, PartyKind};
use super::lexicon::{Classes, Lexicon, join};
use super::people;
use super::reader::Reader;
use super::scan::Scan;
use super::token::Shape;

/// What tells a party that is no person.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    State(u16),
    Body(u16),
    Words(u64),
}

/// Links mentions to parties: for each candidate the index of its party, and the parties in order of their
/// first mention. Linear in the number of mentions.
pub(super) fn link(scan: &Scan<'_>, mentions: &[Candidate]) -> (Vec<Option<usize>>, Vec<FoundParty>) {
    let mut linker = Linker {
        scan,
        parties: Vec::new(),
        lengths: Vec::new(),
        keys: HashMap::new(),
        people: People::default(),
    };
    let links: Vec<Option<usize>> =
        (0..mentions.len()).map(|index| linker.party_of(mentions, index)).collect();
    for index in 0..mentions.len() {
        linker.belongs(mentions, &links, index);
    }
    (links, linker.parties)
}

struct Linker<'a> {
    scan: &'a Scan<'a>,
    parties: Vec<FoundParty>,
    /// Tokens of the mention that gave each party its name.
    lengths: Vec<usize>,
    keys: HashMap<Key, usize>,
    people: People,
}

/// The words of each person's name, and who last bore a word.
#[derive(Default)]
struct People {
    words: HashMap<usize, Vec<u32>>,
    bearers: HashMap<u32, usize>,
}

impl Linker<'_> {
    fn party_of(&mut self, mentions: &[Candidate], index: usize) -> Option<usize> {
        let mention = mentions.get(index)?;
        let reader = self.scan.reader;
        match mention.kind {
            EntityKind::Person => Some(self.person(mention)),
            EntityKind::Place => {
                let is_state = reader.tokens.get(mention.start..mention.end).is_some_and(|tokens| {
                    self.scan
                        .lexicon
                        .longest(tokens, Classes::STATE)
                        .is_some_and(|phrase| phrase.length == tokens.len())
                });
                (is_state && mention.state > 0).then(|| self.state(mention.state))
            }
            EntityKind::Group if mention.state > 0 => Some(self.state(mention.state)),
            EntityKind::Group => Some(self.body(mention, PartyKind::Group)),
            EntityKind::Organisation => {
                let long_form =
                    index.checked_sub(1).and_then(|before| mentions.get(before)).filter(|before| {
                        before.kind == EntityKind::Organisation
                            && acronyms::bracketed(&reader, before.end) == Some(mention.start)
                            && mention.end == mention.start + 1
                    });
                if let Some(long_form) = long_form {
                    let party = self.body(long_form, PartyKind::Body);
                    self.keys.entry(self.key(mention)).or_insert(party);
                    return Some(party);
                }
                Some(self.body(mention, PartyKind::Body))
            }
            _ => None,
        }
    }

    /// The party of a state.
    fn state(&mut self, state: u16) -> usize {
        let name = self.scan.lexicon.state_name(state).unwrap_or("");
        let next = self.parties.len();
        let party = *self.keys.entry(Key::State(state)).or_insert(next);
        if party == next {
            self.add(name.to_owned(), PartyKind::State, 0);
        }
        party
    }

    fn key(&self, mention: &Candidate) -> Key {
        if mention.body > 0 {
            return Key::Body(mention.body);
        }
        let tokens = self.scan.reader.tokens.get(mention.start..mention.end).unwrap_or(&[]);
        Key::Words(
            tokens
                .iter()
                .fold(u64::from(mention.kind == EntityKind::Group), |key, token| join(key, token.hash)),
        )
    }

    fn body(&mut self, mention: &Candidate, kind: PartyKind) -> usize {
        let next = self.parties.len();
        let party = *self.keys.entry(self.key(mention)).or_insert(next);
        let length = mention.end - mention.start;
        if party == next {
            let name = self.scan.reader.plain_name(mention.start, mention.end, false);
            self.add(name, kind, length);
        } else if self.lengths.get(party).is_some_and(|&known| known < length) {
            self.rename(party, self.scan.reader.plain_name(mention.start, mention.end, false), length);
        }
        party
    }

    fn person(&mut self, mention: &Candidate) -> usize {
        let reader = self.scan.reader;
        let words: Vec<u32> = (mention.start..mention.end)
            .filter_map(|index| reader.get(index))
            .filter(|token| {
                !token.shape.has(Shape::MARK)
                    && !token.shape.has(Shape::LETTER)
                    && !token.any(Classes::SUFFIX)
            })
            .map(|token| token.hash)
            .collect();
        let bearer = words.iter().rev().find_map(|word| {
            let party = *self.people.bearers.get(word)?;
            let known = self.people.words.get(&party)?;
            let within = words.iter().all(|word| known.contains(word));
            let around = known.iter().all(|word| words.contains(word));
            (within || around).then_some(party)
        });
        let length = mention.end - mention.start;
        let party = bearer.unwrap_or(self.parties.len());
        if bearer.is_none() {
            self.add(reader.plain_name(mention.start, mention.end, true), PartyKind::Person, length);
        } else if self.lengths.get(party).is_some_and(|&known| known < length) {
            self.rename(party, reader.plain_name(mention.start, mention.end, true), length);
        }
        let known = self.people.words.entry(party).or_default();
        for word in words {
            if !known.contains(&word) {
                known.push(word);
            }
            self.people.bearers.insert(word, party);
        }
        party
    }

    fn add(&mut self, name: String, kind: PartyKind, length: usize) {
        self.parties.push(FoundParty { name, kind, of: None });
        self.lengths.push(length);
    }

    fn rename(&mut self, party: usize, name: String, length: usize) {
        if let Some(it) = self.parties.get_mut(party) {
            it.name = name;
        }
        if let Some(it) = self.lengths.get_mut(party) {
            *it = length;
        }
    }

    /// Notes what the party of mention `index` belongs to, where the words or the lists say so.
    fn belongs(&mut self, mentions: &[Candidate], links: &[Option<usize>], index: usize) {
        let Some(mention) = mentions.get(index) else { return };
        let Some(party) = links.get(index).copied().flatten() else { return };
        if self.parties.get(party).is_none_or(|it| it.of.is_some() || it.kind == PartyKind::State) {
            return;
        }
        let owner = match mention.kind {
            EntityKind::Person => self.employer(mentions, links, index),
            EntityKind::Organisation => self.home(mention).or_else(|| self.possessor(mentions, links, index)),
            _ => None,
        };
        // A chain that comes back would never end for a reader who follows it.
        let owner = owner.filter(|&owner| !self.reaches(owner, party));
        if let Some(it) = self.parties.get_mut(party) {
            it.of = owner;
        }
    }

    fn reaches(&self, from: usize, to: usize) -> bool {
        let mut here = Some(from);
        for _ in 0..4 {
            match here {
                Some(party) if party == to => return true,
                Some(party) => here = self.parties.get(party).and_then(|it| it.of),
                None => return false,
            }
        }
        true
    }

    /// Whom a person acts for: "Cambodian Prime Minister Hun Manet", "KAMIKAWA Yoko, Minister for Foreign Affairs
    /// of Japan", "Prime Minister X of Y", "Japan's foreign minister X".
    fn employer(&self, mentions: &[Candidate], links: &[Option<usize>], index: usize) -> Option<usize> {
        let reader = self.scan.reader;
        let mention = mentions.get(index)?;
        let acts = |at: usize| {
            let it = mentions.get(at)?;
            let fits = matches!(it.kind, EntityKind::Place | EntityKind::Group | EntityKind::Organisation);
            if fits { links.get(at).copied().flatten() } else { None }
        };
        if let Some(before) = index.checked_sub(1) {
            let between = mentions.get(before)?.end..mention.start;
            let is_employed = self.is_role(between.clone())
                || (between.len() == usize::from(reader.is_mark(between.start, ','))
                    && self.is_titled_of(mentions.get(before)?.start));
            if let Some(owner) = acts(before).filter(|_| is_employed) {
                return Some(owner);
            }
        }
        let next = mentions.get(index + 1)?;
        let the = next.start.checked_sub(1)?;
        let of = if reader.is(the, "the") { the.checked_sub(1)? } else { the };
        if reader.is(of, "of") && of == mention.end {
            return acts(index + 1);
        }
        let comma = reader.is_mark(mention.end, ',');
        let role = mention.end + 1 + usize::from(reader.is(mention.end + 1, "the"));
        if comma && reader.is(of, "of") && people::title_at(self.scan, role).is_some_and(|end| end == of) {
            return acts(index + 1);
        }
        // "Nick Sherry, Australian Minister for Corporate Law"
        let is_apposed = comma && next.start == role && people::title_at(self.scan, next.end).is_some();
        if is_apposed { acts(index + 1) } else { None }
    }

    /// Whether the tokens are a role between a state and a person: "Deputy Prime Minister", "'s foreign minister".
    fn is_role(&self, range: std::ops::Range<usize>) -> bool {
        let reader = self.scan.reader;
        let start =
            range.start + usize::from(reader.is_mark(range.start, 's') || reader.is_mark(range.start, '\''));
        if start >= range.end || range.len() > 24 || !reader.runs_on(start) {
            return false;
        }
        if people::title_at(self.scan, start) == Some(range.end) {
            return true;
        }
        let is_small = |at: usize| {
            reader.get(at).is_some_and(|it| {
                !it.is_capital()
                    && !it.any(Classes::CONNECTOR.with(Classes::SPEECH))
                    && (!it.shape.has(Shape::MARK) || it.is_mark('-') || it.is_mark(','))
            })
        };
        let last = range.end - 1 - usize::from(reader.is_mark(range.end - 1, ','));
        range.end - start <= 6 && (start..range.end).all(is_small) && reader.any(last, Classes::KIN)
    }

    /// "Prime Minister of Thailand" before a person.
    fn is_titled_of(&self, place: usize) -> bool {
        let reader = self.scan.reader;
        let of = place.wrapping_sub(1 + usize::from(reader.is(place.wrapping_sub(1), "the")));
        reader.is(of, "of")
            && reader.any(
                of.wrapping_sub(1),
                Classes::TITLE.with(Classes::PORTFOLIO).with(Classes::TITLE_MODIFIER),
            )
    }

    /// The state in a body's own name: "Ministry of Foreign Affairs of Japan", "Japanese Ministry of …".
    fn home(&mut self, mention: &Candidate) -> Option<usize> {
        if mention.state > 0 {
            return Some(self.state(mention.state));
        }
        let state = state_in(&self.scan.reader, self.scan.lexicon, mention)?;
        Some(self.state(state))
    }

    /// "Japan's Ministry of Defence".
    fn possessor(&self, mentions: &[Candidate], links: &[Option<usize>], index: usize) -> Option<usize> {
        let reader = self.scan.reader;
        let mention = mentions.get(index)?;
        let before = mentions.get(index.checked_sub(1)?)?;
        let owned = reader.is_mark(before.end, 's') && before.end + 1 == mention.start;
        let is_state = matches!(before.kind, EntityKind::Place | EntityKind::Group);
        if owned && is_state { links.get(index - 1).copied().flatten() } else { None }
    }
}

/// The state that a body's name begins or ends with.
fn state_in(reader: &Reader<'_>, lexicon: &Lexicon, mention: &Candidate) -> Option<u16> {
    let wanted = Classes::STATE.with(Classes::GROUP);
    let phrase = |at: usize| {
        let tokens = reader.tokens.get(at..mention.end)?;
        lexicon
            .longest(tokens, wanted)
            .filter(|phrase| phrase.state > 0)
            .map(|phrase| (at + phrase.length, phrase.state))
    };
    if let Some((end, state)) = phrase(mention.start).filter(|&(end, _)| end < mention.end) {
        // Two states are two owners: a joint commission belongs to neither.
        return if reader.is_mark(end, '-') { None } else { Some(state) };
    }
    (mention.start + 1..mention.end)
        .filter(|&at| {
            let of = at - 1 - usize::from(reader.is(at - 1, "the"));
            reader.is(of, "of")
        })
        .find_map(|at| phrase(at).filter(|&(end, _)| end == mention.end).map(|(_, state)| state))
}
