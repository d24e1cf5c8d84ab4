//! Learning curves: how soon the suggestions follow a coder who codes otherwise than the built-in weights.
//!
//! The coder reads the articles of two folds, tags by their own convention and dismisses what is suggested wrongly. The
//! weights come from two other folds. After so many tags of the convention, the sentences of the last fold are scored.

use rayon::prelude::*;
use readout::acts::{ActsModel, Learner, Lesson};

use super::data::Article;
use super::regression::Settings;
use super::{THRESHOLD, model};
use crate::crf::Random;

/// Tags of the convention after which the suggestions are looked at.
const STOPS: [usize; 5] = [0, 5, 10, 20, 40];

/// Orders in which the articles are read.
const ORDERS: u64 = 4;

/// How a coder differs.
struct Convention {
    name: &'static str,
    label: &'static str,
    /// Beginnings of words; a sentence with one of them bears the label.
    words: &'static [&'static str],
    /// Whether the sentences that are labelled so in the data bear it too.
    keeps_usual: bool,
}

const CONVENTIONS: [Convention; 2] = [
    Convention {
        name: "a wish, a hope or a desire counts as commitment",
        label: "commitment",
        words: &["hope", "wish", "desire"],
        keeps_usual: true,
    },
    Convention {
        name: "a fourth label, condemnation",
        label: "condemnation",
        words: &["condemn", "denounc", "deplor", "criticis", "criticiz", "outrage", "reject", "protest"],
        keeps_usual: false,
    },
];

impl Convention {
    fn has_words(&self, sentence: &str) -> bool {
        let sentence = sentence.to_lowercase();
        self.words.iter().any(|&words| {
            sentence.match_indices(words).any(|(at, _)| !sentence[..at].ends_with(char::is_alphanumeric))
        })
    }

    /// Whether the coder tags the sentence, and whether the usual convention would not.
    fn fits(&self, article: &Article, sentence: usize) -> (bool, bool) {
        let is_usual = self.keeps_usual && article.has(sentence, self.label);
        let is_own = self.has_words(&article.sentence(sentence));
        (is_usual || is_own, is_own && !is_usual)
    }
}

/// What was found in the last fold.
#[derive(Clone, Copy, Default)]
struct Found {
    /// Sentences that only this coder labels: how many, and how many are suggested.
    own: (usize, usize),
    /// All that the coder labels; of these suggested; all suggested.
    labelled: usize,
    right: usize,
    suggested: usize,
    /// The same of the built-in label by everybody else's sentences, for what may be lost.
    usual: (usize, usize),
}

/// Prints the curves.
pub fn curves(articles: &[Article], settings: &Settings) {
    let models: Vec<ActsModel> = (0..5)
        .into_par_iter()
        .map(|fold| {
            let is_known = |it: &&Article| it.fold == (fold + 1) % 5 || it.fold == (fold + 2) % 5;
            model(&articles.iter().filter(is_known).collect::<Vec<_>>(), settings)
        })
        .collect();
    for convention in &CONVENTIONS {
        let runs: Vec<Vec<Found>> = (0..5 * ORDERS as usize)
            .into_par_iter()
            .map(|run| follow(articles, &models[run % 5], run % 5, convention, Random(run as u64)))
            .collect();
        println!("{}:", convention.name);
        println!("  tags   own sentences suggested   suggestions right   F1     usual sentences suggested");
        for (stop, tags) in STOPS.iter().enumerate() {
            let mut sum = Found::default();
            for found in runs.iter().filter_map(|run| run.get(stop)) {
                sum.own = (sum.own.0 + found.own.0, sum.own.1 + found.own.1);
                sum.usual = (sum.usual.0 + found.usual.0, sum.usual.1 + found.usual.1);
                sum.labelled += found.labelled;
                sum.right += found.right;
                sum.suggested += found.suggested;
            }
            let share = |part: usize, all: usize| match all {
                0 => "  - ".to_owned(),
                all => format!("{:.2}", part as f64 / all as f64),
            };
            println!(
                "  {tags:>4}   {:<23}   {:<17}   {}   {}",
                share(sum.own.1, sum.own.0),
                share(sum.right, sum.suggested),
                share(2 * sum.right, sum.labelled + sum.suggested),
                share(sum.usual.1, sum.usual.0),
            );
        }
    }
    odd_tags(articles, &models);
}

/// One coder on one order of the articles.
fn follow(
    articles: &[Article],
    model: &ActsModel,
    fold: usize,
    convention: &Convention,
    mut random: Random,
) -> Vec<Found> {
    let is_read = |it: &&Article| it.fold == (fold + 3) % 5 || it.fold == (fold + 4) % 5;
    let mut read: Vec<&Article> = articles.iter().filter(is_read).collect();
    for index in (1..read.len()).rev() {
        read.swap(index, random.below(index + 1));
    }
    let tested: Vec<&Article> = articles.iter().filter(|it| it.fold == fold).collect();
    let mut learner = Learner::default();
    let mut tags = 0;
    let mut found = vec![look(&tested, model, &learner, convention)];
    for article in read {
        for (index, sentence) in article.features.sentences.iter().enumerate() {
            let (fits, is_own) = convention.fits(article, index);
            let is_suggested = learner.suggests(model, sentence, convention.label, THRESHOLD);
            if !fits && !is_suggested {
                continue;
            }
            learner.learn(model, sentence, Lesson { label: convention.label, fits });
            tags += usize::from(is_own);
            if is_own && STOPS.get(found.len()).is_some_and(|&stop| stop == tags) {
                found.push(look(&tested, model, &learner, convention));
            }
        }
    }
    found
}

fn look(tested: &[&Article], model: &ActsModel, learner: &Learner, convention: &Convention) -> Found {
    let mut found = Found::default();
    for article in tested {
        for (index, sentence) in article.features.sentences.iter().enumerate() {
            let (fits, is_own) = convention.fits(article, index);
            let is_suggested = learner.suggests(model, sentence, convention.label, THRESHOLD);
            let hit = usize::from(is_suggested);
            if is_own {
                found.own = (found.own.0 + 1, found.own.1 + hit);
            } else if fits {
                found.usual = (found.usual.0 + 1, found.usual.1 + hit);
            }
            found.labelled += usize::from(fits);
            found.right += usize::from(fits && is_suggested);
            found.suggested += hit;
        }
    }
    found
}

/// What one tag on a sentence that is no act does to the suggestions of everything else.
fn odd_tags(articles: &[Article], models: &[ActsModel]) {
    let (mut before, mut after, mut runs) = (0.0, 0.0, 0);
    for (fold, model) in models.iter().enumerate() {
        let tested: Vec<&Article> = articles.iter().filter(|it| it.fold == fold).collect();
        let usual = Convention { name: "", label: "commitment", words: &[], keeps_usual: true };
        let f1 = |found: Found| 2.0 * found.right as f64 / (found.labelled + found.suggested).max(1) as f64;
        for article in articles.iter().filter(|it| it.fold == (fold + 3) % 5).step_by(20) {
            let plain = (0..article.features.sentences.len()).find(|&it| !article.has(it, "commitment"));
            let Some(sentence) = plain.and_then(|it| article.features.sentences.get(it)) else { continue };
            let mut learner = Learner::default();
            before += f1(look(&tested, model, &learner, &usual));
            learner.learn(model, sentence, Lesson { label: "commitment", fits: true });
            after += f1(look(&tested, model, &learner, &usual));
            runs += 1;
        }
    }
    let runs = f64::from(runs.max(1));
    println!("one odd tag: F1 of commitment {:.3} before, {:.3} after", before / runs, after / runs);
}
