//! Weights, and the file that holds them.
//!
//! The file: `RNER`, a version, the numbers of labels and of features, the scale (`f32`, little-endian: a weight is
//! its byte times the scale), transitions (`i8`, from each label to each), then three streams: the features' hashes
//! in order, each as the distance from the one before (LEB128); how many labels each has a weight for, one byte
//! each; and pairs of label and weight, all labels first, then all weights. Last an FNV-1a checksum of all before.

use thiserror::Error;

use super::labels::LABELS;

const MAGIC: [u8; 4] = *b"RNER";
const VERSION: u8 = 1;

/// Why bytes are no weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ModelError {
    /// The bytes are something else.
    #[error("these are no weights of a tagger")]
    Format,
    /// Weights of another version of Readout.
    #[error("these weights are of version {0}, and this Readout reads version {VERSION}")]
    Version(u8),
    /// Bytes are missing or were changed.
    #[error("the weights are damaged")]
    Damaged,
}

/// A trained tagger.
#[derive(Debug, Clone)]
pub struct Tagger {
    /// What a weight of one is worth.
    scale: f32,
    checksum: u32,
    /// From each label (row) to each.
    transitions: Vec<i8>,
    /// Open addressing: hash of a feature and its row; a row past the end marks a free slot.
    slots: Vec<(u32, u32)>,
    /// Where each row ends in `weights`.
    ends: Vec<u32>,
    /// Label and weight.
    weights: Vec<(u8, i8)>,
}

const FREE: u32 = u32::MAX;

impl Tagger {
    /// A tagger of these weights: for each feature (in order of its hash, each once) its labels and weights.
    pub fn new(scale: f32, transitions: &[[i8; LABELS]; LABELS], rows: &[(u32, Vec<(u8, i8)>)]) -> Self {
        let mut tagger = Self {
            scale,
            checksum: 0,
            transitions: transitions.iter().flatten().copied().collect(),
            slots: vec![(0, FREE); (rows.len() * 2).next_power_of_two().max(2)],
            ends: Vec::with_capacity(rows.len()),
            weights: Vec::new(),
        };
        for (hash, row) in rows {
            tagger.weights.extend(row.iter().filter(|(label, _)| usize::from(*label) < LABELS));
            tagger.ends.push(tagger.weights.len() as u32);
            tagger.place(*hash, tagger.ends.len() as u32 - 1);
        }
        tagger.checksum = checksum(&tagger.body());
        tagger
    }

    fn place(&mut self, hash: u32, row: u32) {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        // There are twice as many slots as rows: one is free.
        for _ in 0..self.slots.len() {
            match self.slots.get_mut(at) {
                Some(slot) if slot.1 == FREE => {
                    *slot = (hash, row);
                    return;
                }
                _ => at = (at + 1) & mask,
            }
        }
    }

    /// Adds the weights of a feature to the scores of the labels.
    pub(super) fn add(&self, feature: u32, scores: &mut [i16; LABELS]) {
        let mask = self.slots.len() - 1;
        let mut at = feature as usize & mask;
        while let Some(&(hash, row)) = self.slots.get(at) {
            if row == FREE {
                return;
            }
            if hash == feature {
                let row = row as usize;
                let start =
                    row.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |&it| it as usize);
                let end = self.ends.get(row).map_or(start, |&it| it as usize);
                for &(label, weight) in self.weights.get(start..end).unwrap_or(&[]) {
                    if let Some(score) = scores.get_mut(usize::from(label)) {
                        *score = score.saturating_add(i16::from(weight));
                    }
                }
                return;
            }
            at = (at + 1) & mask;
        }
    }

    /// The weight of `label` behind `before`.
    pub(super) fn transition(&self, before: usize, label: usize) -> i32 {
        self.transitions.get(before * LABELS + label).map_or(0, |&it| i32::from(it))
    }

    /// Number of features that have a weight.
    pub fn features(&self) -> usize {
        self.ends.len()
    }

    /// The checksum of the weights as a file: tells them from others.
    pub fn checksum(&self) -> u32 {
        self.checksum
    }

    /// The weights as a file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.body();
        bytes.extend(self.checksum.to_le_bytes());
        bytes
    }

    fn body(&self) -> Vec<u8> {
        let mut rows: Vec<(u32, u32)> = self.slots.iter().copied().filter(|slot| slot.1 != FREE).collect();
        rows.sort_unstable();
        let mut bytes = Vec::new();
        bytes.extend(MAGIC);
        bytes.push(VERSION);
        bytes.push(LABELS as u8);
        bytes.extend((rows.len() as u32).to_le_bytes());
        bytes.extend((self.weights.len() as u32).to_le_bytes());
        bytes.extend(self.scale.to_le_bytes());
        bytes.extend(self.transitions.iter().map(|&it| it as u8));
        let mut before = 0;
        for &(hash, _) in &rows {
            leb128(hash.wrapping_sub(before), &mut bytes);
            before = hash;
        }
        let row = |row: u32| {
            let row = row as usize;
            let start = row.checked_sub(1).and_then(|it| self.ends.get(it)).map_or(0, |&it| it as usize);
            self.weights.get(start..self.ends.get(row).map_or(start, |&it| it as usize)).unwrap_or(&[])
        };
        bytes.extend(rows.iter().map(|&(_, index)| row(index).len() as u8));
        bytes.extend(rows.iter().flat_map(|&(_, index)| row(index)).map(|&(label, _)| label));
        bytes.extend(rows.iter().flat_map(|&(_, index)| row(index)).map(|&(_, weight)| weight as u8));
        bytes
    }

    /// Reads a file of weights.
    ///
    /// # Errors
    /// [`ModelError`]; nothing of such a file can be used.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut input = Input(bytes);
        if input.take(MAGIC.len()) != Some(&MAGIC) {
            return Err(ModelError::Format);
        }
        match input.byte() {
            Some(VERSION) => {}
            Some(other) => return Err(ModelError::Version(other)),
            None => return Err(ModelError::Damaged),
        }
        let body = bytes.len().checked_sub(4).and_then(|end| bytes.get(..end)).ok_or(ModelError::Damaged)?;
        let sum = bytes.get(body.len()..).and_then(|it| it.try_into().ok()).map(u32::from_le_bytes);
        if sum != Some(checksum(body)) {
            return Err(ModelError::Damaged);
        }
        read(&mut input, bytes.len()).ok_or(ModelError::Damaged)
    }
}

fn read(input: &mut Input<'_>, length: usize) -> Option<Tagger> {
    if usize::from(input.byte()?) != LABELS {
        return None;
    }
    let count = input.number()? as usize;
    let weights = input.number()? as usize;
    // A hash, a count and a pair take three bytes at least: a small file cannot ask for much memory.
    if count > length || weights > length {
        return None;
    }
    let scale = f32::from_bits(input.number()?);
    if !scale.is_finite() {
        return None;
    }
    let mut transitions = [[0; LABELS]; LABELS];
    for (to, &from) in transitions.iter_mut().flatten().zip(input.take(LABELS * LABELS)?) {
        *to = from as i8;
    }
    let mut hashes = Vec::with_capacity(count);
    let mut before = 0_u32;
    for _ in 0..count {
        before = before.wrapping_add(input.leb128()?);
        hashes.push(before);
    }
    let counts = input.take(count)?;
    let labels = input.take(weights)?;
    let values = input.take(weights)?;
    if counts.iter().map(|&it| usize::from(it)).sum::<usize>() != weights || input.0.len() != 4 {
        return None;
    }
    let mut pairs = labels.iter().copied().zip(values.iter().map(|&it| it as i8));
    let rows: Vec<_> = hashes
        .into_iter()
        .zip(counts)
        .map(|(hash, &count)| (hash, pairs.by_ref().take(usize::from(count)).collect()))
        .collect();
    Some(Tagger::new(scale, &transitions, &rows))
}

struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    fn number(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }

    fn leb128(&mut self) -> Option<u32> {
        let mut value = 0_u32;
        for shift in (0..32).step_by(7) {
            let byte = self.byte()?;
            value |= u32::from(byte & 127) << shift;
            if byte < 128 {
                return Some(value);
            }
        }
        None
    }
}

fn leb128(mut value: u32, bytes: &mut Vec<u8>) {
    while value >= 128 {
        bytes.push(value as u8 | 128);
        value >>= 7;
    }
    bytes.push(value as u8);
}

fn checksum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |sum, &byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Tagger {
        let mut transitions = [[0; LABELS]; LABELS];
        transitions[1][2] = 9;
        let rows = vec![(3, vec![(1, 5), (2, -5)]), (70_000, vec![(0, 127)]), (u32::MAX, vec![(18, -128)])];
        Tagger::new(0.25, &transitions, &rows)
    }

    #[test]
    fn weights_are_read_as_they_were_written() {
        let bytes = small().to_bytes();
        let read = Tagger::from_bytes(&bytes).expect("weights");
        assert_eq!(read.to_bytes(), bytes);
        let mut scores = [0; LABELS];
        for feature in [3, 70_000, u32::MAX, 4] {
            read.add(feature, &mut scores);
        }
        assert_eq!((scores[0], scores[1], scores[2], scores[18]), (127, 5, -5, -128));
        assert_eq!(read.transition(1, 2), 9);
    }

    #[test]
    fn bytes_cut_off_or_changed_anywhere_are_refused() {
        let bytes = small().to_bytes();
        for end in 0..bytes.len() {
            assert!(Tagger::from_bytes(&bytes[..end]).is_err(), "cut at {end}");
        }
        for index in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[index] ^= 1;
            assert!(Tagger::from_bytes(&changed).is_err(), "changed at {index}");
        }
    }

    #[test]
    fn a_file_that_lies_about_its_sizes_is_refused() {
        let mut bytes = small().to_bytes();
        bytes.truncate(bytes.len() - 4);
        for index in 6..14 {
            let mut lying = bytes.clone();
            lying[index] = 255;
            let sum = checksum(&lying);
            lying.extend(sum.to_le_bytes());
            assert!(matches!(Tagger::from_bytes(&lying), Err(ModelError::Damaged)), "lies at {index}");
        }
    }

    #[test]
    fn what_is_no_weights_says_so() {
        assert_eq!(Tagger::from_bytes(b"").err(), Some(ModelError::Format));
        assert_eq!(Tagger::from_bytes(b"<!doctype html>").err(), Some(ModelError::Format));
        assert_eq!(Tagger::from_bytes(b"RNER\x09").err(), Some(ModelError::Version(9)));
    }
}
