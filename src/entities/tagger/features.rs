//! What a token looks like to the tagger: hashed features.
//!
//! Most tokens can neither begin nor continue a name: they are closed, have no features and separate the segments
//! in which labels are weighed. A closed token is outside; so is what stands before and behind a segment.

use super::groups::{Group, Groups};
use super::memory::Memory;
use super::open::open;
use crate::entities::acronyms;
use crate::entities::candidate::{Candidate, Trust};
use crate::entities::evidence::Evidence;
use crate::entities::lexicon::{Classes, Lexicon, join};
use crate::entities::reader::Reader;
use crate::entities::scan::Scan;
use crate::entities::token::{Shape, Token};

/// The features of a segment's tokens, one after another.
#[derive(Debug, Default)]
pub(in crate::entities) struct Features {
    values: Vec<u32>,
    ends: Vec<usize>,
}

impl Features {
    /// The features of each token.
    pub(in crate::entities) fn tokens(&self) -> impl Iterator<Item = &[u32]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| self.values.get(start..end).unwrap_or(&[]))
    }

    fn clear(&mut self) {
        self.values.clear();
        self.ends.clear();
    }
}

/// What features are made from.
pub(in crate::entities) struct Extractor<'a> {
    pub(in crate::entities) scan: Scan<'a>,
    /// What the patterns found, in order and apart.
    pub(in crate::entities) found: &'a [Candidate],
    pub(in crate::entities) groups: Groups,
}

/// Most tokens of a segment: longer ones are cut, so that no text makes a segment without end.
const LONGEST_SEGMENT: usize = 200;

impl Extractor<'_> {
    /// Gives each segment's first token, the token behind its last and its features to `take`. Linear in the text.
    pub(in crate::entities) fn run(&self, mut take: impl FnMut(usize, usize, &Features)) {
        let reader = &self.scan.reader;
        let count = reader.tokens.len();
        let proposals = self.proposals();
        let open = open(reader, &proposals);
        let mut features = Features::default();
        let mut at = 0;
        while at < count {
            if !open.get(at).copied().unwrap_or(false) {
                at += 1;
                continue;
            }
            let mut end = at + 1;
            while end < count
                && end < at + LONGEST_SEGMENT
                && open.get(end).copied().unwrap_or(false)
                && reader.runs_on(end)
            {
                end += 1;
            }
            features.clear();
            for index in at..end {
                let mut push = Pusher { features: &mut features.values };
                self.token(index, (at, end), &proposals, &mut push);
                features.ends.push(features.values.len());
            }
            take(at, end, &features);
            at = end;
        }
    }

    /// What the patterns propose for each token: nothing, or kind, begin or inside, and trust, as a small number.
    fn proposals(&self) -> Vec<u8> {
        let mut proposals = vec![0; self.scan.reader.tokens.len()];
        for candidate in self.found {
            for index in candidate.start..candidate.end {
                if let Some(proposal) = proposals.get_mut(index) {
                    let inside = u8::from(index > candidate.start);
                    let guess = u8::from(candidate.trust < Trust::Sure);
                    let titled = u8::from(candidate.titled);
                    *proposal = 1 + 8 * candidate.kind as u8 + 4 * titled + 2 * inside + guess;
                }
            }
        }
        proposals
    }

    fn token(&self, at: usize, segment: (usize, usize), proposals: &[u8], push: &mut Pusher<'_>) {
        let Scan { reader, lexicon, evidence } = &self.scan;
        let Some(token) = reader.get(at) else { return };
        let near = |offset: isize| -> Option<&Token> {
            let index = at.checked_add_signed(offset)?;
            let crossed = if offset < 0 { index + 1..at + 1 } else { at + 1..index + 1 };
            if crossed.into_iter().any(|it| !reader.runs_on(it)) {
                return None;
            }
            reader.get(index)
        };
        let word = |offset: isize| near(offset).map_or(0, |it| it.hash);
        let form = |offset: isize| near(offset).map_or(1, |it| form(it, reader));
        let here = form(0);
        push.add(0, 0);
        if self.groups.has(Group::Words) {
            push.add(1, token.hash);
            push.add(2, word(-1));
            push.add(3, word(1));
            push.add(4, word(-2));
            push.add(5, word(2));
            push.pair(6, word(-1), token.hash);
            push.pair(7, token.hash, word(1));
            push.add(8, here);
            push.pair(9, form(-1), here);
            push.pair(10, here, form(1));
            push.pair(11, form(-1) ^ form(-2).rotate_left(9), here ^ form(1).rotate_left(17));
            push.pair(12, word(-1), here);
            push.pair(13, here, word(1));
            if !token.shape.has(Shape::MARK) {
                affixes(reader.word(at), push);
            }
            let first = u32::from(token.shape.has(Shape::FIRST));
            let place = first
                | u32::from(token.shape.has(Shape::TITLED)) << 1
                | u32::from(token.shape.has(Shape::SHOUTED)) << 2
                | u32::from(token.shape.has(Shape::DATELINE)) << 3;
            push.pair(14, place, here);
        }
        if self.groups.has(Group::Lists) {
            self.lists(at, &near, here, lexicon, push);
        }
        if self.groups.has(Group::Patterns) {
            let proposal = |offset: isize| {
                at.checked_add_signed(offset).and_then(|it| proposals.get(it)).map_or(0, |&it| u32::from(it))
            };
            let (before, now, after) = (proposal(-1), proposal(0), proposal(1));
            push.add(40, now);
            push.pair(41, before, now);
            push.pair(42, now, after);
            push.pair(43, now, here);
            push.pair(44, now, token.hash);
            push.pair(45, now, word(-1));
            push.pair(46, now, word(1));
        }
        if self.groups.has(Group::Article) {
            self.article(at, token, evidence, push);
        }
        if self.groups.has(Group::Run) {
            self.run_round(at, segment, here, push);
        }
    }

    fn lists<'t>(
        &self,
        at: usize,
        near: &impl Fn(isize) -> Option<&'t Token>,
        here: u32,
        lexicon: &Lexicon,
        push: &mut Pusher<'_>,
    ) {
        let reader = &self.scan.reader;
        for offset in [-2, -1, 0, 1, 2] {
            let Some(token) = near(offset) else { continue };
            let mut bits = token.classes.bits();
            while bits != 0 {
                push.pair(20, (offset + 2) as u32, bits.trailing_zeros());
                bits &= bits - 1;
            }
        }
        let classes = near(0).map_or(0, |it| fold(it.classes.bits()));
        let before = near(-1).map_or(1, |it| fold(it.classes.bits()));
        let after = near(1).map_or(1, |it| fold(it.classes.bits()));
        push.add(21, classes);
        push.pair(22, classes, here);
        push.pair(23, before, classes);
        push.pair(24, classes, after);
        if let Some(phrase) = lexicon.longest(reader.from(at), Classes::NAME) {
            let kind = phrase.classes.kind().map_or(0, |kind| 1 + kind as u32);
            push.pair(25, kind, phrase.length.min(4) as u32);
        }
    }

    fn article(&self, at: usize, token: &Token, evidence: &Evidence, push: &mut Pusher<'_>) {
        let facts = u32::from(evidence.is_lower(token.hash))
            | u32::from(evidence.is_capital(token.hash)) << 1
            | u32::from(evidence.is_person(token.hash)) << 2;
        push.pair(60, facts, u32::from(token.shape.has(Shape::FIRST)));
        if let Some((length, kind)) = evidence.longest(&self.scan.reader, at) {
            push.pair(61, kind as u32, length.min(4) as u32);
        }
    }

    /// The capitals round the token, as far as small links join them.
    fn run_round(&self, at: usize, segment: (usize, usize), here: u32, push: &mut Pusher<'_>) {
        let reader = &self.scan.reader;
        let (start, end) = segment;
        let stop = (at + 10).min(end);
        let heads = Classes::HEAD.with(Classes::HEAD_OF).with(Classes::PLACE_HEAD);
        // The next head word, and the last of this run of capitals.
        let next = (at..stop).find(|&it| reader.is_capital(it) && reader.any(it, heads));
        if let Some(next) = next {
            let token = reader.get(next).map_or(0, |it| it.hash);
            push.add(80, token);
            push.pair(
                81,
                fold(reader.get(next).map_or(0, |it| it.classes.bits())),
                (next - at).min(6) as u32,
            );
        }
        let last = (at..stop).take_while(|&it| reader.is_capital(it)).last();
        if let Some(last) = last {
            push.pair(82, reader.get(last).map_or(0, |it| it.hash), u32::from(last == at));
            push.pair(83, (last - at).min(6) as u32, here);
        }
        let floor = at.saturating_sub(12).max(start);
        let led = (floor..at).rev().find(|&it| reader.is_capital(it) && reader.any(it, heads));
        if let Some(led) = led {
            push.add(84, reader.get(led).map_or(0, |it| it.hash));
            push.pair(85, fold(reader.get(led).map_or(0, |it| it.classes.bits())), (at - led).min(8) as u32);
        }
        let first = (floor..=at).rev().take_while(|&it| reader.is_capital(it)).last();
        if let Some(first) = first {
            let before = first.checked_sub(1).filter(|_| reader.runs_on(first)).and_then(|it| reader.get(it));
            push.add(86, before.map_or(0, |it| it.hash));
            push.pair(87, before.map_or(0, |it| it.hash), (at - first).min(4) as u32);
        }
        let behind = reader.get(end).filter(|_| reader.runs_on(end)).map_or(0, |it| it.hash);
        push.add(88, behind);
        let before = start.checked_sub(1).filter(|_| reader.runs_on(start)).and_then(|it| reader.get(it));
        push.add(89, before.map_or(0, |it| it.hash));
        push.pair(90, (end - start).min(8) as u32, (at - start).min(8) as u32);
        // The words of the whole run, and two words on either side of it.
        let (first, last) = (first.unwrap_or(at), last.unwrap_or(at));
        let whole = (first..=last).fold(0, |key, it| join(key, reader.get(it).map_or(0, |it| it.hash)));
        push.pair(91, fold(whole), (at - first).min(8) as u32);
        let hash = |it: Option<usize>| it.and_then(|it| reader.get(it)).map_or(0, |it| it.hash);
        push.pair(92, hash(first.checked_sub(1)), hash(first.checked_sub(2)));
        push.pair(93, hash(Some(last + 1)), hash(Some(last + 2)));
        // In brackets: what stands before them. Before brackets: that they hold an acronym.
        if first > 1 && reader.is_mark(first - 1, '(') {
            let head = reader.get(first - 2).map_or(0, |it| fold(it.classes.bits()));
            push.pair(94, head, here);
            push.pair(95, hash(Some(first - 2)), u32::from(reader.is_mark(last + 1, ')')));
        }
        let is_shortened = acronyms::bracketed(reader, last + 1).is_some();
        let is_quoted = first > 0 && reader.is_mark(first - 1, '"');
        push.pair(96, u32::from(is_shortened) | u32::from(is_quoted) << 1, (at - first).min(4) as u32);
    }
}

/// A token's form as a number: capitals, digits, marks.
fn form(token: &Token, reader: &Reader<'_>) -> u32 {
    if token.shape.has(Shape::MARK) {
        return token.hash;
    }
    let word = token.span.of(reader.text);
    let has = |shape: Shape| u32::from(token.shape.has(shape));
    let mixed = token.is_capital()
        && !token.shape.has(Shape::ALL_CAPS)
        && word.chars().skip(1).any(char::is_uppercase);
    let dotted = word.contains('.');
    let size = if token.shape.has(Shape::DIGITS) { word.len().min(5) as u32 } else { 0 };
    let form = has(Shape::CAPITAL)
        | has(Shape::ALL_CAPS) << 1
        | has(Shape::NUMBER) << 2
        | has(Shape::DIGITS) << 3
        | has(Shape::LETTER) << 4
        | u32::from(mixed) << 5
        | u32::from(dotted) << 6
        | u32::from(token.is_glued()) << 7;
    2 + form + (size << 10)
}

/// Beginnings and endings of a word, of one to four letters.
fn affixes(word: &str, push: &mut Pusher<'_>) {
    let mut hash = 7;
    for (index, character) in word.chars().take(4).enumerate() {
        hash = step(hash, character);
        if index > 0 {
            push.pair(15, index as u32, hash);
        }
    }
    hash = 11;
    for (index, character) in word.chars().rev().take(4).enumerate() {
        hash = step(hash, character);
        push.pair(16, index as u32, hash);
    }
}

fn step(hash: u32, character: char) -> u32 {
    let folded = if character.is_ascii() { character.to_ascii_lowercase() } else { character };
    (hash ^ folded as u32).wrapping_mul(0x0100_0193).rotate_left(5)
}

fn fold(bits: u64) -> u32 {
    (bits ^ (bits >> 32)) as u32
}

/// Features of the token at `at` from what was drawn elsewhere.
pub(in crate::entities) fn remembered(
    memory: &Memory,
    reader: &Reader<'_>,
    at: usize,
    features: &mut Vec<u32>,
) {
    memory.features(reader, at, &mut Pusher { features });
}

/// Collects features of one token.
pub(super) struct Pusher<'a> {
    features: &'a mut Vec<u32>,
}

impl Pusher<'_> {
    pub(super) fn add(&mut self, template: u32, value: u32) {
        self.features.push(mix(template.wrapping_mul(0x9e37_79b9) ^ mix(value)));
    }

    pub(super) fn pair(&mut self, template: u32, left: u32, right: u32) {
        self.add(template, mix(left).rotate_left(7) ^ right.wrapping_mul(0x85eb_ca6b));
    }
}

/// A number that depends on every bit of `value` (the finaliser of MurmurHash3).
fn mix(value: u32) -> u32 {
    let mut mixed = value;
    mixed = (mixed ^ (mixed >> 16)).wrapping_mul(0x85eb_ca6b);
    mixed = (mixed ^ (mixed >> 13)).wrapping_mul(0xc2b2_ae35);
    mixed ^ (mixed >> 16)
}
