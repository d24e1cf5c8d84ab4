//! Weights, and the file that holds them.
//!
//! The file: `RACT`, a version, the scale (`f32`, little-endian: a weight is its byte times the scale), a bias for each
//! output (`f32`), then a byte for each row and output, all rows of the first output first; then half a byte for each
//! row of the coder's own layer, the first of two in the lower half: how rare it is. Last an FNV-1a checksum.

use super::features::{CLASSES, CUE, PAIRS, ROWS, SentenceFeatures, TAUGHT_ROWS};
use crate::entities::ModelError;

/// Outputs: the three labels, and how firm a commitment is.
pub const OUTPUTS: usize = 4;

/// The output that says how firm a commitment is.
pub(super) const FIRM: usize = 3;

const MAGIC: [u8; 4] = *b"RACT";
const VERSION: u8 = 2;

/// What says how probable each label is.
#[derive(Debug, Clone)]
pub struct ActsModel {
    scale: f32,
    biases: [f32; OUTPUTS],
    /// What each row says for each output: all outputs of a row lie together, for they are asked for together.
    weights: Vec<[i8; OUTPUTS]>,
    /// How rare each row of the coder's own layer is, from 0, in every sentence, to 15.
    rarity: Vec<u8>,
    /// What follows from it.
    worth: Vec<f32>,
}

impl ActsModel {
    /// A model of these weights, rows of the first output first; missing ones are zero. `rarity` says of each row of the
    /// coder's own layer how rare it is, from 0, in every sentence, to 15.
    pub fn new(scale: f32, biases: [f32; OUTPUTS], mut weights: Vec<i8>, mut rarity: Vec<u8>) -> Self {
        weights.resize(ROWS * OUTPUTS, 0);
        let of = |row: usize| {
            let mut all = [0; OUTPUTS];
            let each = all.iter_mut().zip(weights.iter().skip(row).step_by(ROWS));
            each.for_each(|(weight, of)| *weight = *of);
            all
        };
        let weights = (0..ROWS).map(of).collect();
        rarity.resize(TAUGHT_ROWS, 0);
        let worth = |(row, &rarity): (usize, &u8)| {
            let pair = row >= usize::from(PAIRS) && row < usize::from(CLASSES);
            (f32::from(rarity) / 15.0).powf(1.5) * if pair { 0.5 } else { 1.0 }
        };
        let worth = rarity.iter().enumerate().map(worth).collect();
        Self { scale, biases, weights, rarity, worth }
    }

    /// The weight of a row for an output.
    pub(super) fn weight(&self, row: u16, output: usize) -> f32 {
        let weight = self.weights.get(usize::from(row)).and_then(|all| all.get(output));
        weight.map_or(0.0, |&it| f32::from(it) * self.scale)
    }

    /// What these rows say for each output, in bytes of weight.
    fn sum(&self, rows: &[u16]) -> [i32; OUTPUTS] {
        let mut sums = [0; OUTPUTS];
        for row in rows {
            if let Some(weights) = self.weights.get(usize::from(*row)) {
                sums.iter_mut().zip(weights).for_each(|(sum, &weight)| *sum += i32::from(weight));
            }
        }
        sums
    }

    /// How probable each output is, from 0 to 1: that the sentence without its cues says it, or with any of them.
    pub fn scores(&self, sentence: &SentenceFeatures) -> [f64; OUTPUTS] {
        let words = self.sum(&sentence.words);
        let (share, mut none) = (sentence.share() * self.scale, [0.0; OUTPUTS]);
        let mut add = |cue: [i32; OUTPUTS]| {
            for (output, none) in none.iter_mut().enumerate() {
                let (word, cue) = (words.get(output).copied(), cue.get(output).copied());
                let said = word.unwrap_or(0) as f32 * share + cue.unwrap_or(0) as f32 * CUE * self.scale;
                let logit = self.biases.get(output).copied().unwrap_or(0.0) + said;
                *none += f64::from(logit).exp().ln_1p();
            }
        };
        add([0; OUTPUTS]);
        sentence.cues().for_each(|rows| add(self.sum(rows)));
        none.map(|none: f64| -(-none).exp_m1())
    }

    /// How probable an output is, from 0 to 1.
    pub fn score(&self, sentence: &SentenceFeatures, output: usize) -> f64 {
        self.scores(sentence).get(output).copied().unwrap_or(0.0)
    }

    /// How much a row of the coder's own layer counts, from 0 to 1: the rarer, the more.
    pub(super) fn worth(&self, row: u16) -> f32 {
        self.worth.get(usize::from(row)).copied().unwrap_or(0.0)
    }

    /// The checksum of the weights as a file: tells them from others.
    pub fn checksum(&self) -> u32 {
        checksum(&self.body())
    }

    /// The weights as a file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.body();
        let sum = checksum(&bytes);
        bytes.extend(sum.to_le_bytes());
        bytes
    }

    fn body(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        bytes.extend(MAGIC);
        bytes.push(VERSION);
        bytes.extend(self.scale.to_le_bytes());
        self.biases.iter().for_each(|bias| bytes.extend(bias.to_le_bytes()));
        for output in 0..OUTPUTS {
            bytes.extend(self.weights.iter().filter_map(|all| all.get(output)).map(|&it| it as u8));
        }
        bytes.extend(
            self.rarity.chunks_exact(2).map(|pair| pair.iter().rev().fold(0, |byte, it| byte << 4 | it)),
        );
        bytes
    }

    /// Reads a file of weights.
    ///
    /// # Errors
    /// [`ModelError`]; nothing of such a file can be used.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let rest = bytes.strip_prefix(&MAGIC).ok_or(ModelError::Format)?;
        match rest.first() {
            Some(&VERSION) => {}
            Some(&other) => return Err(ModelError::Version(other)),
            None => return Err(ModelError::Damaged),
        }
        let body = bytes.len().checked_sub(4).and_then(|end| bytes.get(..end)).ok_or(ModelError::Damaged)?;
        let sum = bytes.get(body.len()..).and_then(|it| it.try_into().ok()).map(u32::from_le_bytes);
        if sum != Some(checksum(body)) {
            return Err(ModelError::Damaged);
        }
        read(body.get(5..).unwrap_or(&[])).ok_or(ModelError::Damaged)
    }
}

fn read(bytes: &[u8]) -> Option<ActsModel> {
    let (head, rest) = bytes.split_at_checked(4 + 4 * OUTPUTS)?;
    let (weights, rarity) = rest.split_at_checked(ROWS * OUTPUTS)?;
    let mut numbers = head.chunks_exact(4).filter_map(|it| it.try_into().ok()).map(f32::from_le_bytes);
    let scale = numbers.next()?;
    let mut biases = [0.0; OUTPUTS];
    biases.iter_mut().zip(numbers).for_each(|(bias, number)| *bias = number);
    let is_finite = scale.is_finite() && biases.iter().all(|bias| bias.is_finite());
    let weights = weights.iter().map(|&it| it as i8).collect();
    let is_whole = is_finite && rarity.len() == TAUGHT_ROWS / 2;
    let rarity = rarity.iter().flat_map(|byte| [byte & 15, byte >> 4]).collect();
    is_whole.then(|| ActsModel::new(scale, biases, weights, rarity))
}

fn checksum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |sum, &byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read_as_they_were_written_and_nothing_else_is() {
        let mut weights = vec![0; ROWS * OUTPUTS];
        weights[ROWS + 7] = -9;
        let model = ActsModel::new(0.5, [0.0, 1.0, 0.0, 0.0], weights, vec![0, 15, 3]);
        let bytes = model.to_bytes();
        let read = ActsModel::from_bytes(&bytes).expect("weights");
        assert_eq!(read.to_bytes(), bytes);
        assert_eq!([0, 1, 3].map(|row| read.worth(row)), [0.0, 1.0, 0.0]);
        let sentence = SentenceFeatures { words: vec![7], ..SentenceFeatures::default() };
        // A bias of one, and a word that weighs minus nine halves and counts eight.
        let expected = 1.0 / (1.0 + (9.0_f64 * 0.5 * 8.0 - 1.0).exp());
        assert!((read.score(&sentence, 1) - expected).abs() < 1e-12);
        for index in [0, 4, 9, 40, bytes.len() - 9, bytes.len() - 1] {
            let mut changed = bytes.clone();
            changed[index] ^= 1;
            assert!(ActsModel::from_bytes(&changed).is_err(), "changed at {index}");
        }
        for end in [0, 3, 5, 20, bytes.len() - 1] {
            assert!(ActsModel::from_bytes(&bytes[..end]).is_err(), "cut at {end}");
        }
    }
}
