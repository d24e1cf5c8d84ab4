//! Articles with labelled acts.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use readout::acts::{CUE, Features, LABELS};
use readout::annotation::Strength;
use readout::entities::{Names, find};
use readout::exchange::{Gold, GoldAct, read_gold};
use readout::text::{Outline, analyse};
use serde::Deserialize;

use super::regression::Example;

/// Rows of the table of word sequences.
pub const GRAMS: usize = 1 << 20;

/// How much a sentence of a real article counts beside one that was written for the purpose.
const REAL: f64 = 2.0;

/// An article with its acts.
pub struct Article {
    pub text: String,
    pub outline: Outline,
    pub names: Names,
    pub features: Features,
    pub acts: Vec<GoldAct>,
    pub fold: usize,
    pub source: String,
    pub is_written: bool,
    /// How much its sentences count.
    pub weight: f64,
    labelled: BTreeSet<(usize, String)>,
    firm: BTreeMap<usize, bool>,
}

#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    source: String,
    fold: usize,
}

impl Article {
    /// Whether a label was put on a sentence.
    pub fn has(&self, sentence: usize, label: &str) -> bool {
        self.labelled.contains(&(sentence, label.to_owned()))
    }

    /// The words of a sentence.
    pub fn sentence(&self, index: usize) -> String {
        let span = self.outline.sentences().get(index).map(|it| it.span);
        span.map(|it| it.of(&self.text).replace('\n', " ")).unwrap_or_default()
    }

    /// Examples for an output of the model.
    pub fn examples(&self, output: usize) -> Vec<Example> {
        let mut examples = Vec::new();
        for (index, sentence) in self.features.sentences.iter().enumerate() {
            let fits = match readout::acts::LABELS.get(output) {
                Some(label) => self.has(index, label),
                None => match self.firm.get(&index) {
                    Some(&firm) => firm,
                    None => continue,
                },
            };
            examples.push(Example {
                values: sentence.words().map(|(row, value)| (u32::from(row), value)).collect(),
                cues: sentence
                    .cues()
                    .map(|rows| rows.iter().map(|&row| (u32::from(row), CUE)).collect())
                    .collect(),
                fits,
                weight: self.weight,
            });
        }
        examples
    }

    /// Sequences of one to three words, weighed by how rare they are.
    pub fn grams(&self, idf: &Idf, label: &str) -> Vec<Example> {
        (0..self.outline.sentences().len())
            .map(|index| {
                let mut counts: BTreeMap<u32, f32> = BTreeMap::new();
                for gram in grams(&self.sentence(index)) {
                    *counts.entry(gram).or_default() += 1.0;
                }
                let mut values: Vec<(u32, f32)> = counts
                    .into_iter()
                    .map(|(gram, count)| (gram, count * idf.0.get(&gram).copied().unwrap_or(idf.1)))
                    .collect();
                let length = values.iter().map(|(_, value)| value * value).sum::<f32>().sqrt().max(1e-6);
                values.iter_mut().for_each(|(_, value)| *value *= 4.0 / length);
                Example { values, cues: Vec::new(), fits: self.has(index, label), weight: 1.0 }
            })
            .collect()
    }
}

fn grams(sentence: &str) -> Vec<u32> {
    let words: Vec<String> = sentence
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| word.len() > 1)
        .map(str::to_lowercase)
        .collect();
    let hash = |words: &[String]| {
        let bytes = words.iter().flat_map(|word| word.bytes().chain([0]));
        let hash =
            bytes.fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        (hash ^ (hash >> 13)) % GRAMS as u32
    };
    (1..=3).flat_map(|length| words.windows(length).map(hash).collect::<Vec<_>>()).collect()
}

/// How rare each sequence is.
pub struct Idf(BTreeMap<u32, f32>, f32);

impl Idf {
    /// Over the sentences of these articles.
    pub fn of<'a>(articles: impl Iterator<Item = &'a Article>) -> Self {
        let mut counts: BTreeMap<u32, f32> = BTreeMap::new();
        let mut all = 0.0;
        for article in articles {
            for index in 0..article.outline.sentences().len() {
                let grams: BTreeSet<u32> = grams(&article.sentence(index)).into_iter().collect();
                grams.into_iter().for_each(|gram| *counts.entry(gram).or_default() += 1.0);
                all += 1.0;
            }
        }
        let rare = |count: f32| ((1.0 + all) / (1.0 + count)).ln() + 1.0;
        Self(counts.into_iter().map(|(gram, count)| (gram, rare(count))).collect(), rare(0.0))
    }
}

/// Reads both files of articles, with the sentences that people drew.
pub fn load(folder: &Path) -> Result<Vec<Article>, String> {
    let mut articles = Vec::new();
    for (name, is_written) in [("real", false), ("written", true)] {
        let path = folder.join(format!("readouts/{name}.jsonl"));
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let place = |error: String| format!("{}, line {}: {error}", path.display(), index + 1);
            let said: Line = serde_json::from_str(line).map_err(|error| place(error.to_string()))?;
            let gold = read_gold(line.as_bytes()).map_err(|error| place(error.to_string()))?;
            articles.push(article(said, gold, is_written));
        }
    }
    Ok(articles)
}

fn article(said: Line, gold: Gold, is_written: bool) -> Article {
    let (text, sentences) = (gold.article, gold.sentences.unwrap_or_default());
    let blocks = analyse(&text.text).blocks().to_vec();
    let outline = Outline::new(blocks, sentences.iter().copied());
    let names = find(&text.text, &outline, None);
    let features = Features::of(&text.text, &outline, &names);
    // The outline may have put sentences in another order.
    let index_of = |sentence: usize| {
        let span = sentences.get(sentence)?;
        outline.sentences().iter().position(|it| it.span.start == span.start)
    };
    let acts = gold.acts.unwrap_or_default().into_iter();
    let acts: Vec<GoldAct> =
        acts.filter_map(|act| Some(GoldAct { sentence: index_of(act.sentence)?, ..act })).collect();
    Article {
        labelled: acts.iter().map(|act| (act.sentence, LABELS[act.label].to_owned())).collect(),
        firm: acts.iter().filter_map(|act| Some((act.sentence, act.strength? == Strength::Firm))).collect(),
        text: text.text.to_string(),
        outline,
        names,
        features,
        acts,
        fold: said.fold,
        source: said.source,
        is_written,
        weight: if is_written { 1.0 } else { REAL },
    }
}
