//! `readout evaluate`: the analysis against articles that people have labelled.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, Write};

use rayon::prelude::*;
use readout::annotation::{Codebook, Id, Meta, Stamp, Timestamp};
use readout::entities::EntityKind;
use readout::exchange::evaluate::{Figure, Score, report, score};
use readout::exchange::{Incoming, read_gold};

use crate::engine::engine;
use crate::input::{Batches, Line, MAX_LINE_BYTES, reader, shown};

/// What was asked for.
pub(crate) struct Options {
    pub(crate) files: Vec<OsString>,
    pub(crate) kinds: Vec<EntityKind>,
}

/// Measures over all files together; says whether every line could be measured against.
pub(crate) fn run(options: &Options, out: &mut impl Write) -> io::Result<bool> {
    let mut scores: Vec<Score> = Vec::new();
    let mut unscored: BTreeMap<String, usize> = BTreeMap::new();
    let mut is_whole = true;
    for file in &options.files {
        let name = shown(file);
        let mut batches = match reader(file) {
            Ok(reader) => Batches::new(reader),
            Err(error) => {
                eprintln!("readout: {name}: {error}");
                is_whole = false;
                continue;
            }
        };
        loop {
            let lines = match batches.next_batch() {
                Ok(lines) if lines.is_empty() => break,
                Ok(lines) => lines,
                Err(error) => {
                    eprintln!("readout: {name}: {error}");
                    is_whole = false;
                    break;
                }
            };
            let measured: Vec<_> =
                lines.par_iter().map(|line| (line.number, measure(line, options))).collect();
            for (number, measured) in measured {
                match measured {
                    Ok((score, layers)) => {
                        scores.push(score);
                        layers.into_iter().for_each(|layer| *unscored.entry(layer).or_default() += 1);
                    }
                    Err(error) => {
                        eprintln!("readout: {name}, line {number}: {error}");
                        is_whole = false;
                    }
                }
            }
        }
    }
    for (layer, articles) in unscored {
        eprintln!("readout: the layer \"{layer}\" ({articles} articles) is not measured");
    }
    table(&scores, out)?;
    Ok(is_whole)
}

fn measure(line: &Line, options: &Options) -> Result<(Score, Vec<String>), String> {
    let Some(bytes) = &line.bytes else { return Err(format!("more than {MAX_LINE_BYTES} bytes")) };
    let gold = read_gold(bytes).map_err(|error| error.to_string())?;
    let incoming = Incoming::fresh(gold.article.clone(), Meta::default());
    let stamp = Stamp::new(Timestamp(0), Id::from(""), "gold");
    let document = incoming.into_document(engine(), &Codebook::standard(), &stamp).document;
    Ok((score(&gold, &document.set, &options.kinds), gold.unscored))
}

fn table(scores: &[Score], out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{} articles, engine {}; intervals of 95% over articles", scores.len(), engine().name)?;
    let head = ["layer", "kind", "gold", "found", "right", "precision", "recall", "F1"];
    let [layer, kind, gold, found, right, precision, recall, f1] = head;
    writeln!(
        out,
        "{layer:<10} {kind:<13} {gold:>7} {found:>7} {right:>7}  {precision:<20} {recall:<20} {f1}"
    )?;
    for line in report(scores) {
        let (layer, kind) = line.row.names();
        let counts = line.counts;
        let row = format!(
            "{layer:<10} {kind:<13} {:>7} {:>7} {:>7}  {:<20} {:<20} {:<20}",
            counts.gold,
            counts.found,
            counts.right,
            shown_figure(line.precision),
            shown_figure(line.recall),
            shown_figure(line.f1),
        );
        writeln!(out, "{}", row.trim_end())?;
    }
    Ok(())
}

fn shown_figure(figure: Figure) -> String {
    match figure.interval {
        Some((low, high)) => format!("{:.3} ({low:.3}-{high:.3})", figure.value),
        None => format!("{:.3}", figure.value),
    }
}
