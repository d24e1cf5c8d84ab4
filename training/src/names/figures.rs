//! Tables of exact typed F1: a name counts when its bytes and its kind are those that were labelled.

use readout::entities::EntityKind;
use readout::text::Span;

use super::chains::Names;
use crate::crf::Random;

/// What was labelled in an article, and what was found.
pub type Pair<'a> = (&'a [(Span, EntityKind)], &'a Names);

/// How often articles are drawn anew for an interval.
const ROUNDS: usize = 1000;

/// The head of a table.
pub fn head() {
    let kinds: String = EntityKind::ALL.iter().map(|kind| format!(" {:>6.6}", kind.name())).collect();
    println!("{:<34} {:<20}{kinds}", "", "all (95% interval)");
}

/// A line: F1 over all articles with its interval, and for each kind.
pub fn line(name: &str, pairs: &[Pair<'_>], kinds: &[EntityKind]) {
    let all: Vec<[usize; 3]> = pairs.iter().map(|pair| counts(pair, None)).collect();
    let mut random = Random(0x5EED);
    let mut drawn: Vec<f64> = (0..ROUNDS)
        .map(|_| f1(all.iter().map(|_| all.get(random.below(all.len())).copied().unwrap_or_default())))
        .collect();
    drawn.sort_by(f64::total_cmp);
    let at = |share: f64| drawn.get((share * (ROUNDS - 1) as f64).round() as usize).copied().unwrap_or(0.0);
    let all = format!("{:.3} ({:.3}-{:.3})", f1(all.iter().copied()), at(0.025), at(0.975));
    let each: String = EntityKind::ALL
        .iter()
        .map(|kind| {
            if kinds.contains(kind) {
                format!(" {:>6.3}", f1(pairs.iter().map(|pair| counts(pair, Some(*kind)))))
            } else {
                format!(" {:>6}", "")
            }
        })
        .collect();
    println!("{name:<34} {all:<20}{each}");
}

/// How many were labelled, found and right.
fn counts((labelled, found): &Pair<'_>, kind: Option<EntityKind>) -> [usize; 3] {
    let wanted = |other: EntityKind| kind.is_none_or(|kind| kind == other);
    let labelled = || labelled.iter().filter(|(_, kind)| wanted(*kind));
    let right = labelled().filter(|(span, kind)| found.get(span) == Some(kind)).count();
    [labelled().count(), found.values().filter(|kind| wanted(**kind)).count(), right]
}

fn f1(counts: impl Iterator<Item = [usize; 3]>) -> f64 {
    let [labelled, found, right] =
        counts.fold([0; 3], |[a, b, c], [labelled, found, right]| [a + labelled, b + found, c + right]);
    2.0 * right as f64 / (labelled + found).max(1) as f64
}

/// Prints what was missed (`-`) or found wrongly (`+`) in a text, each with the words round it.
pub fn errors(text: &str, labelled: &[(Span, EntityKind)], found: &Names) {
    let labelled: Names = labelled.iter().copied().collect();
    let missed = labelled.iter().filter(|(span, kind)| found.get(span) != Some(kind)).map(|it| ("-", it));
    let wrong = found.iter().filter(|(span, kind)| labelled.get(span) != Some(kind)).map(|it| ("+", it));
    let mut all: Vec<_> = missed.chain(wrong).collect();
    all.sort_by_key(|(_, (span, _))| **span);
    for (mark, (span, kind)) in all {
        let before = text.get(..span.start as usize).unwrap_or("");
        let cut = before.char_indices().rev().nth(39).map_or(0, |(at, _)| at);
        let after: String = text.get(span.end as usize..).unwrap_or("").chars().take(30).collect();
        let words = format!("{}[{}]{after}", before.get(cut..).unwrap_or(""), span.of(text));
        println!("{mark} {:<13} {}", kind.name(), words.replace('\n', "/"));
    }
}
