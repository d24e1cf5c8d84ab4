//! The coder's own layer: what their tags and refusals teach, over the same features as the built-in weights.
//!
//! A logistic regression that is learnt one sentence at a time. Its steps are small and its weights are pulled to
//! zero, so that one odd tag moves little; the built-in weights are never changed.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::LABELS;
use super::features::{CUE, ROWS, SentenceFeatures, word_row};
use super::model::{ActsModel, any};

/// How far one lesson moves a sentence like it, as a logarithm of odds.
const STEP: f32 = 0.9;
/// No weight grows past this.
const MOST: f32 = 1.2;
/// Lessons of a label before it is suggested, where nothing is built in for it.
const NEEDED: u32 = 8;
/// Odds of a label of which nothing is known.
const UNKNOWN: f32 = -2.2;

/// One lesson: whether a label fits a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lesson<'a> {
    /// The label's name.
    pub label: &'a str,
    /// Whether it fits.
    pub fits: bool,
}

/// What was learnt of one label.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Layer {
    /// Weights by row of the features' table: one for each row, or none at all.
    #[serde(with = "sparse")]
    weights: Vec<f32>,
    bias: f32,
    /// Lessons in which the label fitted, and in which it did not.
    fits: u32,
    fits_not: u32,
    /// Words of the sentences that taught it, for [`Learner::strongest`].
    words: BTreeSet<String>,
}

impl Layer {
    fn weight(&self, row: u16) -> f32 {
        self.weights.get(usize::from(row)).copied().unwrap_or(0.0)
    }
}

/// Most words that are remembered of a label.
const WORDS: usize = 400;

/// The coder's own layer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Learner {
    labels: BTreeMap<String, Layer>,
}

/// What one label was taught.
#[derive(Debug, Clone, PartialEq)]
pub struct Learnt {
    /// The label.
    pub label: String,
    /// Lessons in which it fitted.
    pub fits: u32,
    /// Lessons in which it did not.
    pub fits_not: u32,
    /// The words that speak for it most strongly, the strongest first.
    pub speak_for: Vec<String>,
    /// The words that speak against it.
    pub speak_against: Vec<String>,
}

impl Learner {
    /// Learns from a sentence; `built_in` says what is known without the coder.
    pub fn learn(&mut self, built_in: &ActsModel, sentence: &SentenceFeatures, lesson: Lesson<'_>) {
        self.step(built_in, sentence, lesson, 1.0);
    }

    /// Takes a lesson back, as far as that can be: the same step the other way.
    pub fn unlearn(&mut self, built_in: &ActsModel, sentence: &SentenceFeatures, lesson: Lesson<'_>) {
        self.step(built_in, sentence, Lesson { fits: !lesson.fits, ..lesson }, 0.5);
        if let Some(layer) = self.labels.get_mut(lesson.label) {
            let count = if lesson.fits { &mut layer.fits } else { &mut layer.fits_not };
            *count = count.saturating_sub(1);
            let count = if lesson.fits { &mut layer.fits_not } else { &mut layer.fits };
            *count = count.saturating_sub(1);
        }
    }

    fn step(&mut self, built_in: &ActsModel, sentence: &SentenceFeatures, lesson: Lesson<'_>, size: f32) {
        let logits = self.logits(built_in, sentence, lesson.label);
        let score = any(&logits) as f32;
        let layer = self.labels.entry(lesson.label.to_owned()).or_default();
        if lesson.fits {
            layer.fits += 1;
        } else {
            layer.fits_not += 1;
        }
        let error = if lesson.fits { 1.0 - score } else { -score };
        if error.abs() < 0.02 {
            return;
        }
        // A step along the features moves this very sentence by STEP times the error; each cue has its part in it.
        let shares = shares(&logits);
        let length: f32 = sentence.words().map(|(_, value)| value * value).sum::<f32>()
            + sentence
                .cues()
                .zip(&shares[1..])
                .map(|(rows, share)| share * CUE * CUE * rows.len() as f32)
                .sum::<f32>();
        let moved = STEP * size * 4.0 * error / length.max(1.0);
        layer.weights.resize(ROWS, 0.0);
        let mut add = |row: u16, by: f32| {
            if let Some(weight) = layer.weights.get_mut(usize::from(row)) {
                *weight = (*weight * 0.999 + by).clamp(-MOST, MOST);
            }
        };
        sentence.words().for_each(|(row, value)| add(row, moved * value));
        for (rows, share) in sentence.cues().zip(&shares[1..]) {
            rows.iter().for_each(|&row| add(row, moved * CUE * share));
        }
        layer.bias = (layer.bias + 0.1 * error * size).clamp(-MOST, MOST);
    }

    /// How probable a label is on a sentence, from 0 to 1.
    pub fn score(&self, built_in: &ActsModel, sentence: &SentenceFeatures, label: &str) -> f64 {
        any(&self.logits(built_in, sentence, label))
    }

    fn logits(&self, built_in: &ActsModel, sentence: &SentenceFeatures, label: &str) -> Vec<f32> {
        let known = LABELS.iter().position(|known| *known == label);
        let mut logits = match known {
            Some(output) => built_in.logits(sentence, output),
            None => vec![UNKNOWN; 1 + sentence.cues().count()],
        };
        let Some(layer) = self.labels.get(label) else { return logits };
        let weight = |row: &u16| layer.weight(*row);
        let words: f32 = layer.bias + sentence.words().map(|(row, value)| weight(&row) * value).sum::<f32>();
        let cues = sentence.cues().map(|rows| CUE * rows.iter().map(weight).sum::<f32>());
        for (logit, cue) in logits.iter_mut().zip(std::iter::once(0.0).chain(cues)) {
            *logit += words + cue;
        }
        logits
    }

    /// Each label with its score: the built-in ones, and those of the coder's that have been taught enough.
    pub fn scores(&self, built_in: &ActsModel, sentence: &SentenceFeatures) -> Vec<(String, f64)> {
        let own = self
            .labels
            .iter()
            .filter(|(label, layer)| layer.fits >= NEEDED && !LABELS.contains(&label.as_str()))
            .map(|(label, _)| label.as_str());
        LABELS
            .into_iter()
            .chain(own)
            .map(|label| (label.to_owned(), self.score(built_in, sentence, label)))
            .collect()
    }

    pub(super) fn weight(&self, label: &str, row: u16) -> f32 {
        self.labels.get(label).map_or(0.0, |layer| layer.weight(row))
    }

    /// Remembers the words of a sentence that taught a label.
    pub fn note(&mut self, label: &str, sentence: &str) {
        let layer = self.labels.entry(label.to_owned()).or_default();
        for word in sentence.split(|it: char| !it.is_alphabetic() && it != '\'' && it != '’') {
            if word.chars().count() > 3 && layer.words.len() < WORDS {
                layer.words.insert(word.to_lowercase());
            }
        }
    }

    /// What each label was taught, and the words that count most: at most `most` for it and against it.
    pub fn learnt(&self, most: usize) -> Vec<Learnt> {
        let learnt = |(label, layer): (&String, &Layer)| {
            let weigh = |word: &String| (layer.weight(word_row(word)), word.clone());
            let mut words: Vec<(f32, String)> = layer.words.iter().map(weigh).collect();
            words.sort_by(|left, right| right.0.total_cmp(&left.0));
            let strong = |it: &&(f32, String)| it.0.abs() > 0.01;
            let name = |it: &(f32, String)| it.1.clone();
            let speak_for =
                words.iter().filter(|it| it.0 > 0.0).filter(strong).take(most).map(name).collect();
            let speak_against =
                words.iter().rev().filter(|it| it.0 < 0.0).filter(strong).take(most).map(name).collect();
            Learnt {
                label: label.clone(),
                fits: layer.fits,
                fits_not: layer.fits_not,
                speak_for,
                speak_against,
            }
        };
        let is_taught = |(_, layer): &(&String, &Layer)| layer.fits + layer.fits_not > 0;
        self.labels.iter().filter(is_taught).map(learnt).collect()
    }

    /// Whether nothing has been learnt.
    pub fn is_empty(&self) -> bool {
        self.labels.values().all(|layer| layer.weights.is_empty())
    }
}

/// What part each of several has in that one of them holds: their odds, summing to one.
fn shares(logits: &[f32]) -> Vec<f32> {
    let most = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut shares: Vec<f32> = logits.iter().map(|logit| (logit - most).exp()).collect();
    let sum: f32 = shares.iter().sum();
    shares.iter_mut().for_each(|share| *share /= sum);
    shares
}

/// Weights as pairs of row and weight in hundredths, without those that round to nothing.
mod sparse {
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

    use super::super::features::ROWS;

    pub(super) fn serialize<S: Serializer>(weights: &[f32], serializer: S) -> Result<S::Ok, S::Error> {
        let pairs = weights.iter().enumerate().map(|(row, weight)| (row, (weight * 100.0).round() as i32));
        pairs.filter(|(_, weight)| *weight != 0).collect::<Vec<_>>().serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<f32>, D::Error> {
        let pairs: Vec<(usize, i32)> = Vec::deserialize(deserializer)?;
        if pairs.is_empty() {
            return Ok(Vec::new());
        }
        let mut weights = vec![0.0; ROWS];
        for (row, weight) in pairs {
            if let Some(place) = weights.get_mut(row) {
                *place = (weight as f32 / 100.0).clamp(-super::MOST, super::MOST);
            }
        }
        Ok(weights)
    }
}
