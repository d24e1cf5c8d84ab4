//! What each part brings: F1 over the five folds without it.

use rayon::prelude::*;
use readout::acts::SentenceFeatures;

use super::data::Article;
use super::regression::Settings;
use super::{Scored, THRESHOLD, f1, model, score};

/// A part, and what is left without it.
struct Part {
    name: &'static str,
    look: fn(&SentenceFeatures) -> SentenceFeatures,
    /// Which articles are trained on.
    trains: fn(&Article) -> bool,
    /// Whether an act that fits counts no more than one that does not.
    is_even: bool,
}

const WHOLE: Part =
    Part { name: "everything", look: SentenceFeatures::clone, trains: |_| true, is_even: false };

const PARTS: [Part; 6] = [
    WHOLE,
    Part { name: "without the words", look: SentenceFeatures::cues_alone, ..WHOLE },
    Part { name: "without the cues", look: SentenceFeatures::words_alone, ..WHOLE },
    Part { name: "without real articles", trains: |article| article.is_written, ..WHOLE },
    Part { name: "without written articles", trains: |article| !article.is_written, ..WHOLE },
    Part { name: "without the weight of what fits", is_even: true, ..WHOLE },
];

/// Prints the table.
pub fn parts(mut articles: Vec<Article>, settings: &Settings) {
    let whole: Vec<Vec<SentenceFeatures>> =
        articles.iter().map(|article| article.features.sentences.clone()).collect();
    println!("{:<32} real: c     g     p      written: c     g     p", "");
    for part in &PARTS {
        for (article, whole) in articles.iter_mut().zip(&whole) {
            article.features.sentences = whole.iter().map(part.look).collect();
        }
        let settings = if part.is_even { Settings { positive: 1.0, ..*settings } } else { *settings };
        let scored: Vec<Scored> = (0..5)
            .into_par_iter()
            .flat_map_iter(|fold| {
                let trains = |it: &&Article| it.fold != fold && (part.trains)(it);
                let model = model(&articles.iter().filter(trains).collect::<Vec<_>>(), &settings);
                let held = articles.iter().enumerate().filter(move |(_, it)| it.fold == fold);
                held.flat_map(move |(index, article)| score(&model, index, article)).collect::<Vec<_>>()
            })
            .collect();
        let figure = |is_written: bool, output: usize| {
            format!("{:.3}", f1(scored.iter().filter(|it| it.is_written == is_written), output, THRESHOLD))
        };
        let row = |is_written: bool| [0, 1, 2].map(|output| figure(is_written, output)).join(" ");
        println!("{:<32} {}           {}", part.name, row(false), row(true));
    }
}
