//! The coder's own layer: what their tags and refusals teach, over stems, pairs of stems and sections of cues.
//!
//! It remembers the lessons, as rows of a small table, and fits a logistic regression to them that starts from what the
//! built-in weights say: by coordinates of the dual (Yu, Huang and Lin, 2011), which needs no step size and comes to the
//! same whatever the order. So a lesson can be taken back for good; one odd tag moves little but its own sentence; many
//! that agree move all that are like them. The built-in weights are never changed.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::LABELS;
use super::features::{CLASSES, SentenceFeatures, TAUGHT_ROWS, stem_row};
use super::model::ActsModel;
use super::words::stem;

/// How far a sentence may move from what is built in, as the variance of the logarithm of its odds; and where nothing
/// is built in.
const FREE: f32 = 50.0;
const FREE_OWN: f32 = 25.0;
/// How much more the section of a cue counts where a label is built in: conventions differ in what counts as a wish.
const SECTION: f32 = 4.0;
/// The value of what all sentences share.
const SHARED: f32 = 0.15;
/// Rows that count less than this are in too many sentences to be remembered.
const COMMON: f32 = 0.12;
/// Lessons of a label before it is suggested, where nothing is built in for it.
const NEEDED: usize = 8;
/// Odds of a label of which nothing is known.
const UNKNOWN: f32 = -2.2;
/// Lessons that are remembered of a label: those that are fitted best go first.
const LESSONS: usize = 250;
/// Words that are remembered of a label.
const WORDS: usize = 400;
/// Most times that all lessons are gone through.
const ROUNDS: usize = 8;
/// What is known as surely as this is not worth a lesson.
const PLAIN: f64 = 0.15;

/// One lesson: whether a label fits a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lesson<'a> {
    /// The label's name.
    pub label: &'a str,
    /// Whether it fits.
    pub fits: bool,
}

/// A lesson as it is remembered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Kept {
    /// Rows of the sentence, sorted.
    #[serde(with = "steps")]
    rows: Vec<u16>,
    /// The logarithm of the odds that are built in.
    known: f32,
    fits: bool,
    /// Its part in the weights: how far the fitted odds are from its answer.
    #[serde(skip)]
    part: f32,
}

/// What was learnt of one label.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Layer {
    lessons: Vec<Kept>,
    /// Words of the sentences that taught it, for [`Learner::learnt`].
    words: BTreeSet<String>,
    /// Weights by row: one for each row, or none before [`Layer::fit`].
    #[serde(skip)]
    weights: Vec<f32>,
    #[serde(skip)]
    bias: f32,
}

/// What a row counts.
fn worth(built_in: &ActsModel, row: u16, is_built_in: bool) -> f32 {
    built_in.worth(row) * if is_built_in && row >= CLASSES { SECTION } else { 1.0 }
}

impl Layer {
    fn weight(&self, row: u16) -> f32 {
        self.weights.get(usize::from(row)).copied().unwrap_or(0.0)
    }

    /// What it adds to the logarithm of the odds of a sentence.
    fn shift(&self, built_in: &ActsModel, rows: &[u16], is_built_in: bool) -> f32 {
        if self.weights.is_empty() {
            return 0.0;
        }
        let mut sum = 0.0;
        for &row in rows {
            sum += self.weight(row) * worth(built_in, row, is_built_in);
        }
        self.bias * SHARED + sum / length(built_in, rows, is_built_in)
    }

    fn fit(&mut self, built_in: &ActsModel, is_built_in: bool) {
        let free = if is_built_in { FREE } else { FREE_OWN };
        let size = free * (1.0 + SHARED * SHARED);
        self.weights.resize(TAUGHT_ROWS, 0.0);
        let mut lessons = std::mem::take(&mut self.lessons);
        for _ in 0..ROUNDS {
            let mut most = 0.0_f32;
            for lesson in &mut lessons {
                let odds = lesson.known + self.shift(built_in, &lesson.rows, is_built_in);
                let part = part(odds - lesson.part * size, size, lesson.fits);
                let step = part - lesson.part;
                lesson.part = part;
                self.add(built_in, &lesson.rows, is_built_in, step * free);
                most = most.max(step.abs());
            }
            if most < 0.001 {
                break;
            }
        }
        self.lessons = lessons;
    }

    fn add(&mut self, built_in: &ActsModel, rows: &[u16], is_built_in: bool, step: f32) {
        let length = length(built_in, rows, is_built_in);
        for &row in rows {
            if let Some(weight) = self.weights.get_mut(usize::from(row)) {
                *weight += step * worth(built_in, row, is_built_in) / length;
            }
        }
        self.bias += step * SHARED;
    }

    /// Takes a lesson out, with its part in the weights.
    fn forget(&mut self, built_in: &ActsModel, at: usize, is_built_in: bool) {
        let lesson = self.lessons.remove(at);
        let free = if is_built_in { FREE } else { FREE_OWN };
        if !self.weights.is_empty() {
            self.add(built_in, &lesson.rows, is_built_in, -lesson.part * free);
        }
    }
}

/// The length of a sentence's rows: all sentences are made equally long.
fn length(built_in: &ActsModel, rows: &[u16], is_built_in: bool) -> f32 {
    rows.iter().map(|&row| worth(built_in, row, is_built_in).powi(2)).sum::<f32>().sqrt().max(0.1)
}

/// The part of a lesson that fits it best: how far its odds are then from its answer, when the part itself moves them
/// by `size`.
fn part(odds_without: f32, size: f32, fits: bool) -> f32 {
    let answer = if fits { 1.0 } else { 0.0 };
    let (mut low, mut high) = if fits { (0.0, 1.0) } else { (-1.0, 0.0) };
    for _ in 0..20 {
        let middle = (low + high) / 2.0;
        if middle < answer - sigmoid(odds_without + middle * size) as f32 {
            low = middle;
        } else {
            high = middle;
        }
    }
    (low + high) / 2.0
}

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
    pub fits: usize,
    /// Lessons in which it did not.
    pub fits_not: usize,
    /// The words that speak for it most strongly, the strongest first.
    pub speak_for: Vec<String>,
    /// The words that speak against it.
    pub speak_against: Vec<String>,
}

impl Learner {
    /// Makes it ready, after it was read from where it was kept.
    pub fn prepare(&mut self, built_in: &ActsModel) {
        for (label, layer) in &mut self.labels {
            if layer.weights.is_empty() {
                layer.fit(built_in, is_built_in(label));
            }
        }
    }

    /// Learns from a sentence; `built_in` says what is known without the coder. Says whether it was news.
    pub fn learn(&mut self, built_in: &ActsModel, sentence: &SentenceFeatures, lesson: Lesson<'_>) -> bool {
        let is_built_in = is_built_in(lesson.label);
        let score = self.score(built_in, sentence, lesson.label);
        let is_known = if lesson.fits { is_built_in && score > 1.0 - PLAIN } else { score < PLAIN };
        if is_known {
            return false;
        }
        let known = known(built_in, sentence, lesson.label);
        let layer = self.labels.entry(lesson.label.to_owned()).or_default();
        let rows = rows(built_in, sentence);
        // What was said of the same sentence before no longer holds.
        if let Some(at) = layer.lessons.iter().position(|it| it.rows == rows) {
            layer.forget(built_in, at, is_built_in);
        }
        if layer.lessons.len() >= LESSONS {
            let parts = layer.lessons.iter().map(|it| it.part.abs()).enumerate();
            if let Some((at, _)) = parts.min_by(|left, right| left.1.total_cmp(&right.1)) {
                layer.forget(built_in, at, is_built_in);
            }
        }
        layer.lessons.push(Kept { rows, known, fits: lesson.fits, part: 0.0 });
        layer.fit(built_in, is_built_in);
        true
    }

    /// Takes a lesson back.
    pub fn unlearn(&mut self, built_in: &ActsModel, sentence: &SentenceFeatures, lesson: Lesson<'_>) {
        let Some(layer) = self.labels.get_mut(lesson.label) else { return };
        let rows = rows(built_in, sentence);
        if let Some(at) = layer.lessons.iter().position(|it| it.fits == lesson.fits && it.rows == rows) {
            layer.forget(built_in, at, is_built_in(lesson.label));
            layer.fit(built_in, is_built_in(lesson.label));
        }
    }

    /// The labels of which something was learnt.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.labels.keys().map(String::as_str)
    }

    /// How probable a label is on a sentence, from 0 to 1.
    pub fn score(&self, built_in: &ActsModel, sentence: &SentenceFeatures, label: &str) -> f64 {
        let column = LABELS.iter().position(|known| *known == label);
        match (self.labels.get(label).filter(|layer| !layer.lessons.is_empty()), column) {
            (None, Some(output)) => built_in.score(sentence, output),
            (None, None) => sigmoid(UNKNOWN),
            (Some(layer), _) => {
                let shift = layer.shift(built_in, &sentence.taught, column.is_some());
                sigmoid(known(built_in, sentence, label) + shift)
            }
        }
    }

    /// Whether a label is suggested for a sentence from this score on.
    pub fn suggests(
        &self,
        built_in: &ActsModel,
        sentence: &SentenceFeatures,
        label: &str,
        least: f64,
    ) -> bool {
        let scores = self.scores(built_in, sentence, &built_in.scores(sentence), least);
        scores.iter().any(|(found, _)| *found == label)
    }

    /// The labels whose score reaches `least`, each with its score: of the built-in ones, and of those of the coder's
    /// that have been taught enough. `known` is what is built in.
    pub(super) fn scores(
        &self,
        built_in: &ActsModel,
        sentence: &SentenceFeatures,
        known: &[f64],
        least: f64,
    ) -> Vec<(&str, f64)> {
        let mut scores = Vec::new();
        for (label, &known) in LABELS.iter().zip(known) {
            let layer = self.labels.get(*label).filter(|layer| !layer.lessons.is_empty());
            let shift = |layer: &Layer| layer.shift(built_in, &sentence.taught, true);
            let score = layer.map_or(known, |layer| sigmoid(odds(known) + shift(layer)));
            if score >= least {
                scores.push((*label, score));
            }
        }
        for (label, layer) in self.labels.iter().filter(|(label, _)| !is_built_in(label)) {
            let is_taught = || layer.lessons.iter().filter(|it| it.fits).count() >= NEEDED;
            let score = sigmoid(UNKNOWN + layer.shift(built_in, &sentence.taught, false));
            if score >= least && is_taught() {
                scores.push((label, score));
            }
        }
        scores
    }

    /// How much a word speaks for a label, by its stem.
    pub(super) fn worth(&self, built_in: &ActsModel, label: &str, stem: u32) -> f32 {
        let row = stem_row(stem);
        self.labels.get(label).map_or(0.0, |layer| layer.weight(row) * built_in.worth(row))
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
            let weigh = |word: &String| (layer.weight(stem_row(stem(word))), word.clone());
            let mut words: Vec<(f32, String)> = layer.words.iter().map(weigh).collect();
            words.sort_by(|left, right| right.0.total_cmp(&left.0));
            let strong = |it: &&(f32, String)| it.0.abs() > 0.01;
            let name = |it: &(f32, String)| it.1.clone();
            let speak_for =
                words.iter().filter(|it| it.0 > 0.0).filter(strong).take(most).map(name).collect();
            let speak_against =
                words.iter().rev().filter(|it| it.0 < 0.0).filter(strong).take(most).map(name).collect();
            let fits = layer.lessons.iter().filter(|it| it.fits).count();
            Learnt {
                label: label.clone(),
                fits,
                fits_not: layer.lessons.len() - fits,
                speak_for,
                speak_against,
            }
        };
        let is_taught = |(_, layer): &(&String, &Layer)| !layer.lessons.is_empty();
        self.labels.iter().filter(is_taught).map(learnt).collect()
    }

    /// Whether nothing has been learnt.
    pub fn is_empty(&self) -> bool {
        self.labels.values().all(|layer| layer.lessons.is_empty())
    }
}

fn is_built_in(label: &str) -> bool {
    LABELS.contains(&label)
}

/// The rows of a sentence that are worth remembering.
fn rows(built_in: &ActsModel, sentence: &SentenceFeatures) -> Vec<u16> {
    let mut rows: Vec<u16> =
        sentence.taught.iter().copied().filter(|&row| built_in.worth(row) >= COMMON).collect();
    rows.sort_unstable();
    rows
}

/// The logarithm of the odds that are built in.
fn known(built_in: &ActsModel, sentence: &SentenceFeatures, label: &str) -> f32 {
    match LABELS.iter().position(|known| *known == label) {
        Some(output) => odds(built_in.score(sentence, output)),
        None => UNKNOWN,
    }
}

/// The logarithm of the odds of a score; the surest can still be talked out of it.
fn odds(score: f64) -> f32 {
    let score = score.clamp(0.003, 0.997) as f32;
    (score / (1.0 - score)).ln()
}

fn sigmoid(odds: f32) -> f64 {
    1.0 / (1.0 + f64::from(-odds).exp())
}

/// Sorted rows as the steps from one to the next, which are short to write.
mod steps {
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

    use super::TAUGHT_ROWS;

    pub(super) fn serialize<S: Serializer>(rows: &[u16], serializer: S) -> Result<S::Ok, S::Error> {
        let before = std::iter::once(&0).chain(rows);
        rows.iter().zip(before).map(|(row, before)| row - before).collect::<Vec<u16>>().serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u16>, D::Error> {
        let mut at = 0_usize;
        let steps = Vec::<u16>::deserialize(deserializer)?.into_iter().map(usize::from);
        let rows = steps.map(|step| {
            at += step;
            at
        });
        Ok(rows.take_while(|&row| row < TAUGHT_ROWS).filter_map(|row| u16::try_from(row).ok()).collect())
    }
}
