//! Rates by turns: each piece of work in every round, so that what slows one slows all, and the best round counts.

use std::fmt::Write as _;
use std::hint::black_box;

use crate::texts::Kind;
use crate::work::{Bench, Work};

/// A round takes at least this long for each piece of work: browsers round their clocks.
const ROUND_SECONDS: f64 = 0.01;
/// Rounds for each article: at least so many, and more of them while they have not taken [`ENOUGH_SECONDS`].
const LEAST_ROUNDS: usize = 5;
const ENOUGH_SECONDS: f64 = 1.0;

/// A measured rate.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    /// What was done.
    pub work: Work,
    /// Bytes of text a second, in millions.
    pub mb_per_second: f64,
}

/// Measures the work on one article. `clock` gives seconds.
pub fn measure(kind: Kind, size: usize, clock: &dyn Fn() -> f64) -> Vec<Rate> {
    let bench = Bench::new(kind.article(size));
    let seconds = |work: Work, times: u32| {
        let start = clock();
        for _ in 0..times {
            black_box(black_box(&bench).run(work));
        }
        clock() - start
    };
    let mut best: Vec<(Work, u32, f64)> = Vec::new();
    for &work in Work::on(kind) {
        // How often it must run to fill a round; the runs that find it out also warm up.
        let mut times = 1;
        while seconds(work, times) < ROUND_SECONDS {
            times *= 2;
        }
        best.push((work, times, f64::INFINITY));
    }
    let start = clock();
    let mut rounds = 0;
    while rounds < LEAST_ROUNDS || clock() - start < ENOUGH_SECONDS {
        for (work, times, least) in &mut best {
            *least = least.min(seconds(*work, *times) / f64::from(*times));
        }
        rounds += 1;
    }
    let bytes = bench.text().len() as f64;
    best.into_iter().map(|(work, _, least)| Rate { work, mb_per_second: bytes / least / 1e6 }).collect()
}

/// A table of articles and their rates: what was done, how fast, and how many times the peer's rate that is.
pub fn table(articles: &[(Kind, &str, Vec<Rate>)]) -> String {
    let mut table = format!("{:36}{:9}{:>8}{:>10}{:>8}\n", "work", "text", "size", "MB/s", "× icu");
    for work in Work::ALL {
        for (kind, size, rates) in articles {
            let rate = |wanted: Work| rates.iter().find(|it| it.work == wanted).map(|it| it.mb_per_second);
            let (Some(own), Some(peer)) = (rate(work), rate(Work::Boundaries)) else { continue };
            let (work, kind, ratio) = (work.name(), kind.name(), own / peer);
            // Writing into a string cannot fail.
            let _ = writeln!(table, "{work:36}{kind:9}{size:>8}{own:>10.1}{ratio:>8.2}");
        }
    }
    table
}
