//! The weights that suggest acts, and their figures.

mod curve;
mod data;
mod parts;
mod regression;

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use readout::acts::{ActsModel, LABELS, Learner, OUTPUTS, ROWS, SentenceFeatures, TAUGHT_ROWS, suggest};

use self::data::{Article, load};
use self::regression::{Example, Settings, logits, train};
use crate::crf::Random;

/// What `cargo xtask train acts --help` says.
pub const HELP: &str = "\
Usage: cargo xtask train acts [--data FOLDER] [what]

  (nothing)    train on everything that may be shipped, write model/acts.bin
  --folds      F1 pooled over the five folds, beside TF-IDF; calibration; strength, by and to
  --sources    each publisher of real.jsonl in turn: trained without it, tested on it
  --parts      the same without one part at a time
  --curve      how soon the suggestions follow a coder with another convention, or with a label of their own
  --errors     what was missed or found wrongly in the five folds

FOLDER is ../shared/data unless said otherwise.";

const SETTINGS: Settings = Settings { steps: 60, trust: 1.0, positive: 2.0 };

/// From which score on an act counts as found.
const THRESHOLD: f64 = 0.5;

/// Runs `acts` with these arguments.
pub fn run(args: &[String]) -> Result<(), String> {
    let mut folder = PathBuf::from("../shared/data");
    let mut what = None;
    let mut settings = SETTINGS;
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--data" => folder = PathBuf::from(args.next().ok_or("--data needs a folder")?),
            "--trust" => settings.trust = args.next().and_then(|it| it.parse().ok()).ok_or("a number")?,
            "--steps" => settings.steps = args.next().and_then(|it| it.parse().ok()).ok_or("a number")?,
            "--positive" => {
                settings.positive = args.next().and_then(|it| it.parse().ok()).ok_or("a number")?
            }
            "--help" => {
                println!("{HELP}");
                return Ok(());
            }
            "--folds" | "--sources" | "--curve" | "--parts" | "--errors" => what = Some(arg.as_str()),
            other => return Err(format!("there is no option {other:?}\n\n{HELP}")),
        }
    }
    let articles = load(&folder)?;
    match what {
        None => ship(&articles, &settings),
        Some("--sources") => {
            sources(&articles, &settings);
            Ok(())
        }
        Some("--parts") => {
            parts::parts(articles, &settings);
            Ok(())
        }
        Some("--curve") => {
            curve::curves(&articles, &settings);
            Ok(())
        }
        Some(what) => {
            folds(&articles, &settings, what == "--errors");
            Ok(())
        }
    }
}

/// The model of these articles.
fn model(articles: &[&Article], settings: &Settings) -> ActsModel {
    let outputs: Vec<(Vec<f32>, f32)> = (0..OUTPUTS)
        .into_par_iter()
        .map(|output| {
            let examples: Vec<Example> =
                articles.iter().flat_map(|article| article.examples(output)).collect();
            train(&examples, ROWS, settings)
        })
        .collect();
    let most = outputs.iter().flat_map(|(weights, _)| weights).fold(0.0_f32, |most, it| most.max(it.abs()));
    let scale = (most / 127.0).max(0.01);
    let weights = outputs
        .iter()
        .flat_map(|(weights, _)| weights)
        .map(|weight| (weight / scale).round().clamp(-127.0, 127.0) as i8)
        // The smallest weights cost room and bring nothing.
        .map(|weight| if weight.abs() < 3 { 0 } else { weight })
        .collect();
    let mut biases = [0.0; OUTPUTS];
    biases.iter_mut().zip(&outputs).for_each(|(bias, (_, learnt))| *bias = *learnt);
    ActsModel::new(scale, biases, weights, rarity(articles))
}

/// How rare each row of the coder's own layer is: 15 from one sentence in a thousand down.
fn rarity(articles: &[&Article]) -> Vec<u8> {
    let mut counts = vec![0_u32; TAUGHT_ROWS];
    let sentences = || articles.iter().flat_map(|article| &article.features.sentences);
    sentences().flat_map(|it| &it.taught).for_each(|&row| counts[usize::from(row)] += 1);
    let all = sentences().count().max(1) as f64;
    let rarity = |&count: &u32| {
        let rare = (all / f64::from(count.max(1))).ln() / 1000_f64.ln();
        (rare * 15.0).round().clamp(0.0, 15.0) as u8
    };
    counts.iter().map(rarity).collect()
}

fn ship(articles: &[Article], settings: &Settings) -> Result<(), String> {
    let bytes = model(&articles.iter().collect::<Vec<_>>(), settings).to_bytes();
    let path = Path::new("model/acts.bin");
    std::fs::write(path, &bytes).map_err(|error| format!("{}: {error}", path.display()))?;
    println!("{}: {} bytes", path.display(), bytes.len());
    Ok(())
}

/// Scores of a sentence by label, and whether each label was put on it.
#[derive(Clone, Copy)]
struct Scored {
    article: usize,
    is_written: bool,
    scores: [f64; 3],
    labelled: [bool; 3],
}

/// The scores of every sentence of an article, which is the one at `index`.
fn score(model: &ActsModel, index: usize, article: &Article) -> Vec<Scored> {
    let score = |(sentence, features): (usize, &SentenceFeatures)| {
        let [commitment, gratitude, proposal, _] = model.scores(features);
        Scored {
            article: index,
            is_written: article.is_written,
            scores: [commitment, gratitude, proposal],
            labelled: LABELS.map(|label| article.has(sentence, label)),
        }
    };
    article.features.sentences.iter().enumerate().map(score).collect()
}

fn folds(articles: &[Article], settings: &Settings, shows_errors: bool) {
    let mut ours = Vec::new();
    let mut plain = Vec::new();
    let mut tally = Tally::default();
    let models: Vec<(usize, ActsModel, Vec<Scored>)> = (0..5)
        .into_par_iter()
        .map(|fold| {
            let known: Vec<&Article> = articles.iter().filter(|it| it.fold != fold).collect();
            (fold, model(&known, settings), baseline(articles, fold))
        })
        .collect();
    for (fold, model, scored) in &models {
        plain.extend(scored);
        for (index, article) in articles.iter().enumerate().filter(|(_, it)| it.fold == *fold) {
            let scored = score(model, index, article);
            if shows_errors {
                print_errors(article, &scored);
            }
            ours.extend(scored);
            let names = &article.names;
            let learner = Learner::default();
            let found = suggest(
                &article.text,
                &article.outline,
                names,
                &article.features,
                model,
                &learner,
                THRESHOLD,
            );
            tally.add(article, &found);
        }
    }
    for (name, is_written) in [("real", false), ("written", true)] {
        for (label, output) in LABELS.iter().zip(0..) {
            let of = |scored: &[Scored]| -> Vec<Scored> {
                scored.iter().copied().filter(|it| it.is_written == is_written).collect()
            };
            println!(
                "{name:<8} {label:<11} TF-IDF {}   ours {}",
                interval(&of(&plain), output),
                interval(&of(&ours), output)
            );
        }
    }
    for least in [0.3, 0.35, 0.4, 0.45, 0.5, 0.55] {
        let of = |is_written: bool, output: usize| {
            f1(ours.iter().filter(|it| it.is_written == is_written), output, least)
        };
        let line: Vec<String> = [false, true]
            .into_iter()
            .flat_map(|w| (0..3).map(move |o| (w, o)))
            .map(|(w, o)| format!("{:.3}", of(w, o)))
            .collect();
        println!("from {least}: {}", line.join(" "));
    }
    for (label, output) in LABELS.iter().zip(0..) {
        println!("calibration error of {label}: {:.3}", calibration(&ours, Some(output)));
    }
    println!("calibration error, pooled: {:.3}", calibration(&ours, None));
    println!(
        "of commitments that were found: strength right {:.3} ({})",
        tally.strength.0 as f64 / tally.strength.1.max(1) as f64,
        tally.strength.1
    );
    println!(
        "of acts that were found, by right {:.3} ({})",
        tally.by.0 as f64 / tally.by.1.max(1) as f64,
        tally.by.1
    );
    println!(
        "of acts that were found, to right {:.3} ({})",
        tally.to.0 as f64 / tally.to.1.max(1) as f64,
        tally.to.1
    );
}

/// Prints what was missed (-) and what was found wrongly (+).
fn print_errors(article: &Article, scored: &[Scored]) {
    let from = if article.is_written { "written" } else { "real" };
    for (sentence, scored) in scored.iter().enumerate() {
        for ((label, score), is_labelled) in LABELS.iter().zip(scored.scores).zip(scored.labelled) {
            if (score >= THRESHOLD) != is_labelled {
                let mark = if is_labelled { "-" } else { "+" };
                println!("{mark} {from} {label} {score:.2} {}", article.sentence(sentence));
            }
        }
    }
}

#[derive(Default)]
struct Tally {
    strength: (usize, usize),
    by: (usize, usize),
    to: (usize, usize),
}

impl Tally {
    fn add(&mut self, article: &Article, found: &[readout::acts::Found]) {
        for act in &article.acts {
            let same = found.iter().find(|it| it.sentence == act.sentence && it.label == LABELS[act.label]);
            let Some(same) = same else { continue };
            let touches = |found: &[readout::acts::FoundActor], span: readout::text::Span| {
                found.first().is_some_and(|it| it.span.overlaps(span))
            };
            if act.strength.is_some() {
                self.strength.1 += 1;
                self.strength.0 += usize::from(same.strength == act.strength);
            }
            if let Some(by) = act.by {
                self.by.1 += 1;
                self.by.0 += usize::from(touches(&same.by, by));
            }
            if let Some(to) = act.to {
                self.to.1 += 1;
                self.to.0 += usize::from(touches(&same.to, to));
            }
        }
    }
}

/// TF-IDF of one to three words with logistic regression: the floor.
fn baseline(articles: &[Article], fold: usize) -> Vec<Scored> {
    let known: Vec<&Article> = articles.iter().filter(|it| it.fold != fold).collect();
    let idf = data::Idf::of(known.iter().copied());
    let plain = Settings { steps: 60, trust: 0.1, positive: 1.0 };
    let models: Vec<(Vec<f32>, f32)> = (0..3)
        .map(|output| {
            let examples: Vec<Example> =
                known.iter().flat_map(|article| article.grams(&idf, LABELS[output])).collect();
            // Both answers count the same, as is usual for this floor.
            let fits = examples.iter().filter(|it| it.fits).count().max(1);
            let positive = (examples.len() - fits) as f64 / fits as f64;
            train(&examples, data::GRAMS, &Settings { positive, ..plain })
        })
        .collect();
    let mut scored = Vec::new();
    for (index, article) in articles.iter().enumerate().filter(|(_, it)| it.fold == fold) {
        for (sentence, example) in article.grams(&idf, LABELS[0]).into_iter().enumerate() {
            let scores = [0, 1, 2].map(|output| {
                let (weights, bias) = &models[output];
                1.0 / (1.0 + f64::from(-logits(&example, weights, *bias)).exp())
            });
            let labelled = LABELS.map(|label| article.has(sentence, label));
            scored.push(Scored { article: index, is_written: article.is_written, scores, labelled });
        }
    }
    scored
}

fn sources(articles: &[Article], settings: &Settings) {
    let mut sources: Vec<&str> =
        articles.iter().filter(|it| !it.is_written).map(|it| it.source.as_str()).collect();
    sources.sort_unstable();
    sources.dedup();
    for source in sources {
        let is_held = |it: &&Article| !it.is_written && it.source == source;
        let known: Vec<&Article> = articles.iter().filter(|it| !is_held(it)).collect();
        let model = model(&known, settings);
        let mut scored = Vec::new();
        for (index, article) in articles.iter().enumerate().filter(|(_, it)| is_held(it)) {
            scored.extend(score(&model, index, article));
        }
        let figures: Vec<String> = LABELS
            .iter()
            .zip(0..)
            .map(|(label, output)| format!("{label} {}", interval(&scored, output)))
            .collect();
        println!("{source:<20} {}", figures.join("  "));
    }
}

fn f1<'a>(scored: impl Iterator<Item = &'a Scored>, output: usize, least: f64) -> f64 {
    let (mut labelled, mut found, mut right) = (0, 0, 0);
    for it in scored {
        let is_found = it.scores[output] >= least;
        labelled += usize::from(it.labelled[output]);
        found += usize::from(is_found);
        right += usize::from(is_found && it.labelled[output]);
    }
    2.0 * right as f64 / (labelled + found).max(1) as f64
}

fn interval(scored: &[Scored], output: usize) -> String {
    let mut groups: Vec<Vec<&Scored>> = Vec::new();
    for it in scored {
        match groups.last_mut() {
            Some(group) if group.first().is_some_and(|first| first.article == it.article) => group.push(it),
            _ => groups.push(vec![it]),
        }
    }
    let mut random = Random(7);
    let mut drawn: Vec<f64> = (0..500)
        .map(|_| {
            let picked = (0..groups.len()).flat_map(|_| groups[random.below(groups.len())].iter().copied());
            f1(picked.collect::<Vec<_>>().into_iter(), output, THRESHOLD)
        })
        .collect();
    drawn.sort_by(f64::total_cmp);
    format!("{:.3} ({:.3}-{:.3})", f1(scored.iter(), output, THRESHOLD), drawn[12], drawn[487])
}

/// Expected calibration error over ten bins of equal width.
fn calibration(scored: &[Scored], output: Option<usize>) -> f64 {
    let mut bins = [(0.0, 0.0, 0.0); 10];
    let mut all = 0.0;
    for it in scored {
        for label in 0..3 {
            if output.is_some_and(|output| output != label) {
                continue;
            }
            let bin = &mut bins[((it.scores[label] * 10.0) as usize).min(9)];
            bin.0 += 1.0;
            bin.1 += it.scores[label];
            bin.2 += f64::from(u8::from(it.labelled[label]));
            all += 1.0;
        }
    }
    bins.iter().map(|(_, scores, labelled): &(f64, f64, f64)| (scores - labelled).abs()).sum::<f64>() / all
}
