//! What the tagger drew elsewhere in the article: the same name is the same thing.

use std::collections::HashMap;

use super::decode::Drawn;
use super::features::Pusher;
use super::labels::{LABELS, OUTSIDE, begins, inside, label_kind};
use crate::entities::kind::EntityKind;
use crate::entities::lexicon::{LONGEST, join};
use crate::entities::reader::Reader;
use crate::entities::token::{Shape, Token};

/// Labels of an article's words and names after a first look.
pub(in crate::entities) struct Memory {
    /// Label of each token.
    labels: Vec<u8>,
    /// How often each word bears each label.
    words: HashMap<u32, [u16; LABELS]>,
    /// How often each name of several words is drawn as a kind, by the hash of its words; `None` marks the
    /// beginning of a longer one.
    names: HashMap<u64, Option<(EntityKind, u16)>>,
}

impl Memory {
    /// What stands in these names, and which words stand outside of all.
    pub(in crate::entities) fn of(reader: &Reader<'_>, drawn: &[Drawn]) -> Self {
        let mut labels = vec![OUTSIDE as u8; reader.tokens.len()];
        let mut names: HashMap<u64, Option<(EntityKind, u16)>> = HashMap::new();
        for &(start, end, kind) in drawn {
            if let Some(labels) = labels.get_mut(start..end) {
                labels.fill(inside(kind) as u8);
            }
            if let Some(label) = labels.get_mut(start) {
                *label = begins(kind) as u8;
            }
            if end - start < 2 || end - start > LONGEST {
                continue;
            }
            let mut key = 0;
            for token in reader.tokens.get(start..end).unwrap_or(&[]) {
                key = join(key, token.hash);
                names.entry(key).or_default();
            }
            let name = names.entry(key).or_default();
            match name {
                Some((known, count)) if *known == kind => *count = count.saturating_add(1),
                Some(_) => {}
                None => *name = Some((kind, 1)),
            }
        }
        let mut words: HashMap<u32, [u16; LABELS]> = HashMap::new();
        for (token, &label) in reader.tokens.iter().zip(&labels) {
            if tells(token)
                && let Some(count) =
                    words.entry(token.hash).or_insert([0; LABELS]).get_mut(usize::from(label))
            {
                *count = count.saturating_add(1);
            }
        }
        Self { labels, words, names }
    }

    /// Features of the token at `at`: labels of the same word elsewhere, and whether a name that is drawn elsewhere
    /// begins or goes on here.
    pub(super) fn features(&self, reader: &Reader<'_>, at: usize, push: &mut Pusher<'_>) {
        let Some(token) = reader.get(at) else { return };
        let own = self.labels.get(at).map_or(OUTSIDE, |&it| usize::from(it));
        let (label, purity) = self.elsewhere(token, own);
        push.pair(100, label, purity);
        push.add(101, label);
        let beside = |offset: isize| {
            let index = at.checked_add_signed(offset)?;
            let own = self.labels.get(index).map_or(OUTSIDE, |&it| usize::from(it));
            reader.get(index).map(|token| self.elsewhere(token, own).0)
        };
        push.pair(102, label, beside(1).unwrap_or(99));
        push.pair(103, beside(-1).unwrap_or(99), label);
        let kind = self.longest(reader, at, own);
        if let Some((kind, length)) = kind {
            push.pair(104, kind as u32, length.min(4) as u32);
        }
        let place =
            u32::from(token.shape.has(Shape::FIRST)) | u32::from(token.shape.has(Shape::ALL_CAPS)) << 1;
        push.pair(105, label, place);
    }

    /// The label that the word mostly bears elsewhere (plus one; zero when it stands nowhere else), and how sure
    /// that is.
    fn elsewhere(&self, token: &Token, own: usize) -> (u32, u32) {
        if !tells(token) {
            return (0, 0);
        }
        let Some(counts) = self.words.get(&token.hash) else { return (0, 0) };
        let count = |label: usize| {
            let count = counts.get(label).map_or(0, |&it| u32::from(it));
            if label == own { count.saturating_sub(1) } else { count }
        };
        let total: u32 = (0..LABELS).map(count).sum();
        // Kinds count, not places in the name: "Kamikawa" and "Kamikawa Yoko".
        let best = (0..LABELS).max_by_key(|&label| (count(label), LABELS - label)).unwrap_or(OUTSIDE);
        let most = count(best);
        if total == 0 {
            return (0, 0);
        }
        let of_kind: u32 =
            (0..LABELS).filter(|&label| label_kind(label) == label_kind(best)).map(count).sum();
        let purity = if of_kind == total { 2 } else { u32::from(of_kind * 3 >= total * 2) };
        let often = if most > 2 { 2 } else { most.min(1) };
        (1 + best as u32, purity * 4 + often)
    }

    /// The longest name of several words that begins here and is drawn elsewhere too.
    fn longest(&self, reader: &Reader<'_>, at: usize, own: usize) -> Option<(EntityKind, usize)> {
        let mut key = 0;
        let mut found = None;
        for (index, token) in reader.from(at).iter().take(LONGEST).enumerate() {
            key = join(key, token.hash);
            match self.names.get(&key) {
                _ if index > 0 && token.shape.has(Shape::BREAK) => break,
                None => break,
                // Once may be this one.
                Some(&Some((kind, count))) if count > u16::from(own == begins(kind)) => {
                    found = Some((kind, index + 1));
                }
                Some(_) => {}
            }
        }
        found
    }
}

/// Whether a word can say something about itself elsewhere.
fn tells(token: &Token) -> bool {
    token.is_capital() && token.span.len() > 1
}
