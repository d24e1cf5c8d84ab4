//! The tagger of names: its weights, its folds, its figures.

mod chains;
mod figures;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use readout::entities::training::Group;
use readout::entities::{EntityKind, Tagger};
use readout::text::analyse;

use self::chains::{Article, File, Names, Plan, find, train};
use crate::data::{Labelled, coverage, read};

/// What `cargo xtask train names --help` says.
pub const HELP: &str = "\
Usage: cargo xtask train names [--data FOLDER] [what]

  (nothing)    train on everything that may be shipped, write model/entities.bin
  --folds      exact typed F1, pooled over the five folds, beside the patterns alone and a plain field
  --ablate     the same without each part in turn
  --sources    each publisher of real.jsonl in turn: trained without it, tested on it
  --errors     what was missed or found wrongly in the five folds

FOLDER is ../shared/data unless said otherwise.";

/// Other corpora whose weights may be shipped.
const OTHERS: [&str; 3] = ["gum-train", "wikigold", "multiner-en"];

/// Corpora that are measured only.
const UNSEEN: [&str; 2] = ["gum-dev", "uner-ewt-dev"];

/// Runs `names` with these arguments.
pub fn run(args: &[String]) -> Result<(), String> {
    let mut data = PathBuf::from("../shared/data");
    let mut what = None;
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--data" => data = PathBuf::from(args.next().ok_or("--data needs a folder")?),
            "--help" => {
                println!("{HELP}");
                return Ok(());
            }
            "--folds" | "--ablate" | "--sources" | "--errors" => what = Some(arg.as_str()),
            other => return Err(format!("there is no option {other:?}\n\n{HELP}")),
        }
    }
    let articles = load(&data)?;
    match what {
        None => ship(&articles, &data),
        Some("--folds") => {
            folds(&articles);
            Ok(())
        }
        Some("--ablate") => {
            ablate(&articles);
            Ok(())
        }
        Some("--sources") => {
            sources(&articles);
            Ok(())
        }
        Some(_) => {
            for (article, found) in articles.iter().zip(held_out(&articles, &Plan::SHIPPED)) {
                figures::errors(&article.labelled.text, &article.labelled.names, &found);
            }
            Ok(())
        }
    }
}

/// Trains on everything and writes the weights.
fn ship(articles: &[Article], data: &Path) -> Result<(), String> {
    let tagger = train(&articles.iter().collect::<Vec<_>>(), &Plan::SHIPPED);
    let bytes = tagger.to_bytes();
    let path = Path::new("model/entities.bin");
    std::fs::write(path, &bytes).map_err(|error| format!("{}: {error}", path.display()))?;
    println!("{}: {} features, {} bytes", path.display(), tagger.features(), bytes.len());
    println!("\nOn text that is never trained on:");
    figures::head();
    let cover = coverage(data)?;
    for name in UNSEEN {
        let kinds = cover.get(name).cloned().unwrap_or_default();
        let unseen =
            prepared(read(&data.join(format!("entities/{name}.jsonl")), &kinds)?, File::Other(u32::MAX));
        table(name, &unseen.iter().map(|it| (it, found(it, &tagger, &kinds))).collect::<Vec<_>>(), &kinds);
    }
    Ok(())
}

fn found(article: &Article, tagger: &Tagger, kinds: &[EntityKind]) -> Names {
    let mut found = find(article, tagger, &Plan::SHIPPED);
    found.retain(|_, kind| kinds.contains(kind));
    found
}

/// What is found in each article by a tagger that was trained without its fold; nothing in the other corpora.
fn held_out(articles: &[Article], plan: &Plan) -> Vec<Names> {
    let folds: BTreeSet<usize> = articles.iter().filter(|it| is_own(it)).map(|it| it.labelled.fold).collect();
    let folds: Vec<usize> = folds.into_iter().collect();
    let mut all: Vec<Names> = articles.iter().map(|_| Names::new()).collect();
    let found: Vec<Vec<(usize, Names)>> = folds
        .into_par_iter()
        .map(|fold| {
            let is_held = |it: &Article| is_own(it) && it.labelled.fold == fold;
            let tagger = train(&articles.iter().filter(|it| !is_held(it)).collect::<Vec<_>>(), plan);
            let held = articles.iter().enumerate().filter(|(_, it)| is_held(it));
            held.map(|(index, it)| (index, find(it, &tagger, plan))).collect()
        })
        .collect();
    for (index, names) in found.into_iter().flatten() {
        if let Some(place) = all.get_mut(index) {
            *place = names;
        }
    }
    all
}

fn is_own(article: &Article) -> bool {
    !matches!(article.file, File::Other(_))
}

/// Two lines: what was found in `real.jsonl` and in `written.jsonl`.
fn both(name: &str, articles: &[Article], found: &[Names]) {
    for (file, short) in [(File::Real, "real"), (File::Written, "written")] {
        let of_file: Vec<(&Article, Names)> = articles
            .iter()
            .zip(found)
            .filter(|(it, _)| it.file == file)
            .map(|(it, found)| (it, found.clone()))
            .collect();
        table(&format!("{name}, {short}"), &of_file, &EntityKind::ALL);
    }
}

fn table(name: &str, found: &[(&Article, Names)], kinds: &[EntityKind]) {
    let pairs: Vec<_> =
        found.iter().map(|(article, found)| (article.labelled.names.as_slice(), found)).collect();
    figures::line(name, &pairs, kinds);
}

fn folds(articles: &[Article]) {
    println!("Exact typed F1, pooled over five folds; trained on the other folds of both files.");
    figures::head();
    let patterns: Vec<Names> = articles
        .par_iter()
        .map(|it| {
            let found = readout::entities::find(&it.labelled.text, &it.outline, None);
            found.mentions.into_iter().map(|mention| (mention.span, mention.kind)).collect()
        })
        .collect();
    both("patterns alone (lists made on these)", articles, &patterns);
    both("plain field", articles, &held_out(articles, &Plan::PLAIN));
    both("ours", articles, &held_out(articles, &Plan::SHIPPED));
}

fn ablate(articles: &[Article]) {
    let ours = Plan::SHIPPED;
    let without = |group: Group| Plan { groups: ours.groups.without(group), ..ours };
    let mut plans = vec![
        ("ours".to_owned(), ours),
        ("no lists as features".to_owned(), without(Group::Lists)),
        ("no patterns as features".to_owned(), without(Group::Patterns)),
        ("no facts of the article".to_owned(), without(Group::Article)),
        ("no runs of capitals".to_owned(), without(Group::Run)),
        ("no second look".to_owned(), without(Group::Memory)),
        ("no hidden names".to_owned(), Plan { hidden: 0, ..ours }),
        ("no other corpora".to_owned(), Plan { others: 0.0, ..ours }),
        (
            "no pruning".to_owned(),
            Plan { settings: crate::crf::Settings { kept: None, ..ours.settings }, ..ours },
        ),
        ("no written articles".to_owned(), Plan { without: Some(File::Written), ..ours }),
    ];
    for (index, name) in OTHERS.iter().enumerate() {
        plans.push((format!("no {name}"), Plan { without: Some(File::Other(index as u32)), ..ours }));
    }
    figures::head();
    for (name, plan) in plans {
        both(&name, articles, &held_out(articles, &plan));
    }
}

fn sources(articles: &[Article]) {
    figures::head();
    let sources: BTreeSet<&str> =
        articles.iter().filter(|it| it.file == File::Real).map(|it| it.labelled.source.as_str()).collect();
    for source in sources {
        let publisher = source.split(':').next().unwrap_or(source);
        let is_held = |it: &Article| it.file == File::Real && it.labelled.source == source;
        for (name, plan) in [("plain field", Plan::PLAIN), ("ours", Plan::SHIPPED)] {
            let tagger = train(&articles.iter().filter(|it| !is_held(it)).collect::<Vec<_>>(), &plan);
            let held = articles.iter().filter(|it| is_held(it));
            let found: Vec<_> = held.map(|it| (it, find(it, &tagger, &plan))).collect();
            table(&format!("{name}, {publisher} ({})", found.len()), &found, &EntityKind::ALL);
        }
    }
}

fn load(data: &Path) -> Result<Vec<Article>, String> {
    let cover = coverage(data)?;
    let mut articles = Vec::new();
    for (name, file) in [("real", File::Real), ("written", File::Written)] {
        articles
            .extend(prepared(read(&data.join(format!("readouts/{name}.jsonl")), &EntityKind::ALL)?, file));
    }
    for (index, name) in OTHERS.iter().enumerate() {
        let kinds = cover.get(*name).cloned().unwrap_or_default();
        let labelled = read(&data.join(format!("entities/{name}.jsonl")), &kinds)?;
        articles.extend(prepared(labelled, File::Other(index as u32)));
    }
    Ok(articles)
}

fn prepared(labelled: Vec<Labelled>, file: File) -> Vec<Article> {
    labelled
        .into_par_iter()
        .map(|labelled| Article { outline: analyse(&labelled.text), labelled, file })
        .collect()
}
