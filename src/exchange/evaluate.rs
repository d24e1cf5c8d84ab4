//! How well the analysis agrees with people: precision, recall and F1 with intervals.

mod acts;

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::gold::Gold;
use crate::acts::LABELS;
use crate::annotation::{AnnotationSet, EntityStatus};
use crate::entities::EntityKind;
use crate::text::{BlockKind, Span};

/// What is counted together: a layer, and a kind in it or all kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Row {
    /// Sentences, by exact span.
    Sentences,
    /// Blocks of one kind, or of all, by kind and exact span.
    Blocks(Option<BlockKind>),
    /// Names of one kind, or of all, by kind and exact span.
    Entities(Option<EntityKind>),
    /// Acts of one label, by its place in [`LABELS`], or of all, by label and sentence.
    Acts(Option<usize>),
    /// Of the commitments that were found, how firm they are.
    Strength,
    /// Of the acts that were found, who acts: the words touch.
    By,
    /// Of the acts that were found, who receives: the words touch.
    To,
}

impl Row {
    /// Layer and kind in words.
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Sentences => ("sentences", ""),
            Self::Blocks(kind) => ("blocks", kind.map_or("all", BlockKind::name)),
            Self::Entities(kind) => ("entities", kind.map_or("all", EntityKind::name)),
            Self::Acts(label) => ("acts", label.and_then(|it| LABELS.get(it)).copied().unwrap_or("all")),
            Self::Strength => ("strength", "of found"),
            Self::By => ("by", "of found"),
            Self::To => ("to", "of found"),
        }
    }
}

/// How many there are, how many were found, and how many of those are right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Labelled by people.
    pub gold: u64,
    /// Found by the analysis.
    pub found: u64,
    /// Found exactly as labelled.
    pub right: u64,
}

impl Counts {
    /// Right of found.
    pub fn precision(self) -> f64 {
        ratio(self.right, self.found)
    }

    /// Right of gold.
    pub fn recall(self) -> f64 {
        ratio(self.right, self.gold)
    }

    /// Harmonic mean of both.
    pub fn f1(self) -> f64 {
        ratio(2 * self.right, self.found + self.gold)
    }

    fn add(&mut self, other: Self) {
        self.gold += other.gold;
        self.found += other.found;
        self.right += other.right;
    }
}

fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The counts of one article.
pub type Score = BTreeMap<Row, Counts>;

/// Compares what the analysis made of an article with what people labelled in it.
///
/// Layers that the gold lacks are not counted. `kinds` are the kinds of name that the gold covers.
pub fn score(gold: &Gold, set: &AnnotationSet, kinds: &[EntityKind]) -> Score {
    let mut score = Score::new();
    if let Some(sentences) = &gold.sentences {
        count(&mut score, Row::Sentences, sentences.iter().copied(), found_sentences(sentences, set));
    }
    if let Some(blocks) = &gold.blocks {
        let text = &gold.article.text;
        let wanted: Vec<_> = blocks.iter().map(|block| (block.kind, block.span.trim(text))).collect();
        let found: Vec<_> = set.outline.blocks().iter().map(|block| (block.kind, block.span)).collect();
        by_kind(&mut score, Row::Blocks, &wanted, &found);
    }
    if let Some(entities) = &gold.entities {
        let is_covered = |kind: &EntityKind| kinds.contains(kind);
        let wanted = entities.iter().map(|&(span, kind)| (kind, span)).filter(|(kind, _)| is_covered(kind));
        let kept = set.entities.iter().filter(|entity| entity.status == EntityStatus::Kept);
        let found = kept.map(|entity| (entity.kind, entity.span)).filter(|(kind, _)| is_covered(kind));
        by_kind(&mut score, Row::Entities, &wanted.collect::<Vec<_>>(), &found.collect::<Vec<_>>());
    }
    if let Some((acts, sentences)) = gold.acts.as_ref().zip(gold.sentences.as_ref()) {
        acts::count_acts(&mut score, acts, sentences, set);
    }
    score
}

/// The sentences that count: a heading, caption or dateline is a sentence here and need not be one in the gold, so
/// one that the gold passes over is passed over too.
fn found_sentences(gold: &[Span], set: &AnnotationSet) -> impl Iterator<Item = Span> {
    let mut sorted = gold.to_vec();
    sorted.sort_unstable();
    set.outline.sentences().iter().map(|sentence| (sentence.span, sentence.number)).filter_map(
        move |(span, number)| {
            let after = sorted.partition_point(|gold| gold.end <= span.start);
            let is_labelled = sorted.get(after).is_some_and(|gold| gold.overlaps(span));
            (number.is_some() || is_labelled).then_some(span)
        },
    )
}

fn by_kind<K: Copy + Ord>(
    score: &mut Score,
    row: impl Fn(Option<K>) -> Row,
    gold: &[(K, Span)],
    found: &[(K, Span)],
) {
    count(score, row(None), gold.iter().copied(), found.iter().copied());
    let kinds: BTreeSet<K> = gold.iter().chain(found).map(|(kind, _)| *kind).collect();
    for kind in kinds {
        let of_kind = |items: &[(K, Span)]| -> Vec<(K, Span)> {
            items.iter().copied().filter(|(other, _)| *other == kind).collect()
        };
        count(score, row(Some(kind)), of_kind(gold).into_iter(), of_kind(found).into_iter());
    }
}

fn count<T: Ord>(score: &mut Score, row: Row, gold: impl Iterator<Item = T>, found: impl Iterator<Item = T>) {
    let (gold, found): (BTreeSet<T>, BTreeSet<T>) = (gold.collect(), found.collect());
    let right = gold.intersection(&found).count() as u64;
    let counts = Counts { gold: gold.len() as u64, found: found.len() as u64, right };
    score.entry(row).or_default().add(counts);
}

/// A figure and the interval that holds it in 95 of 100 samples of as many articles.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    /// Over all articles.
    pub value: f64,
    /// Lower and upper end of the interval; none for a single article.
    pub interval: Option<(f64, f64)>,
}

/// One line of the report.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What was counted.
    pub row: Row,
    /// Over all articles.
    pub counts: Counts,
    /// Right of found.
    pub precision: Figure,
    /// Right of gold.
    pub recall: Figure,
    /// Harmonic mean of both.
    pub f1: Figure,
}

/// How often the articles are drawn anew for an interval.
const ROUNDS: usize = 1000;

/// The scores of many articles in one report, one line a row.
///
/// Intervals are bootstrap percentiles over articles: sentences of one article are alike, so whole articles are
/// drawn. The generator is seeded with the same number each time; the same scores give the same report.
pub fn report(scores: &[Score]) -> Vec<Line> {
    let rows: BTreeSet<Row> = scores.iter().flat_map(|score| score.keys().copied()).collect();
    rows.into_iter().map(|row| line(row, scores)).collect()
}

fn line(row: Row, scores: &[Score]) -> Line {
    // Articles without the layer say nothing about it and are not drawn.
    let counts: Vec<Counts> = scores.iter().filter_map(|score| score.get(&row).copied()).collect();
    let sum = |drawn: &mut dyn Iterator<Item = Counts>| {
        let mut sum = Counts::default();
        drawn.for_each(|counts| sum.add(counts));
        sum
    };
    let total = sum(&mut counts.iter().copied());
    let mut samples = Vec::new();
    if counts.len() > 1 {
        let mut random = SplitMix(0x5EED);
        for _ in 0..ROUNDS {
            let draw = |_| counts.get(random.below(counts.len())).copied().unwrap_or_default();
            samples.push(sum(&mut (0..counts.len()).map(draw)));
        }
    }
    let figure = |of: fn(Counts) -> f64| {
        let mut values: Vec<f64> = samples.iter().copied().map(of).collect();
        values.sort_by(f64::total_cmp);
        let at = |share: f64| values.get((share * (ROUNDS - 1) as f64).round() as usize).copied();
        Figure { value: of(total), interval: at(0.025).zip(at(0.975)) }
    };
    let (precision, recall, f1) = (figure(Counts::precision), figure(Counts::recall), figure(Counts::f1));
    Line { row, counts: total, precision, recall, f1 }
}

/// Steele, Lea and Flood's SplitMix64: small, and the same on every machine.
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`, by Lemire's multiplication; the bias is below 1 in 2^40 for a million articles.
    fn below(&mut self, limit: usize) -> usize {
        ((u128::from(self.next()) * limit as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Entity, Id, Meta, Origin};
    use crate::exchange::gold::read_gold;
    use crate::text::{Block, Extra, Outline};

    /// Scores spans against a gold line. Texts are ASCII, so that bytes are code points.
    fn check(
        line: &str,
        blocks: &[(BlockKind, usize, usize)],
        sentences: &[(usize, usize)],
        names: &[(usize, usize, EntityKind)],
    ) -> Vec<(Row, [u64; 3])> {
        let gold = read_gold(line.as_bytes()).expect("gold");
        let blocks = blocks.iter().map(|&(kind, start, end)| Block { kind, span: Span::new(start, end) });
        let outline =
            Outline::new(blocks.collect(), sentences.iter().map(|&(start, end)| Span::new(start, end)));
        let entities = names.iter().enumerate().map(|(index, &(start, end, kind))| Entity {
            id: Id::new(format!("e{index}")),
            span: Span::new(start, end),
            kind,
            party: None,
            origin: Origin::Machine,
            status: EntityStatus::Kept,
            coder: None,
            modified: None,
            extra: Extra::new(),
        });
        let set = AnnotationSet::new(Meta::default(), outline, entities.collect(), Vec::new(), Vec::new());
        let score = score(&gold, &set, &EntityKind::ALL);
        score.into_iter().map(|(row, counts)| (row, [counts.gold, counts.found, counts.right])).collect()
    }

    #[test]
    fn a_sentence_counts_when_both_ends_are_right() {
        let line = r#"{"text": "One. Two. Three.", "sentences": [[0, 4], [5, 9], [10, 16]]}"#;
        let counted = check(line, &[(BlockKind::Paragraph, 0, 16)], &[(0, 4), (5, 16)], &[]);
        assert_eq!(counted, [(Row::Sentences, [3, 2, 1])]);
    }

    #[test]
    fn a_dateline_that_the_gold_does_not_count_as_a_sentence_is_not_held_against_us() {
        let line = r#"{"text": "ARAL, May 3 - They met.", "sentences": [[14, 23]]}"#;
        let blocks = [(BlockKind::Dateline, 0, 13), (BlockKind::Paragraph, 14, 23)];
        assert_eq!(check(line, &blocks, &[(0, 13), (14, 23)], &[]), [(Row::Sentences, [1, 1, 1])]);
        let as_text = [(BlockKind::Paragraph, 0, 23)];
        assert_eq!(check(line, &as_text, &[(0, 13), (14, 23)], &[]), [(Row::Sentences, [1, 2, 1])]);
    }

    #[test]
    fn a_name_counts_when_its_kind_is_right_too() {
        let line = r#"{"text": "Ana met Bo in Aral.", "entities": [[0, 3, "person"], [8, 10, "person"], [14, 18, "place"]]}"#;
        let names = [(0, 3, EntityKind::Person), (8, 10, EntityKind::Place), (14, 18, EntityKind::Place)];
        assert_eq!(
            check(line, &[], &[], &names),
            [
                (Row::Entities(None), [3, 3, 2]),
                (Row::Entities(Some(EntityKind::Person)), [2, 1, 1]),
                (Row::Entities(Some(EntityKind::Place)), [1, 2, 1]),
            ]
        );
    }

    #[test]
    fn figures_are_those_of_the_counts_and_lie_in_their_intervals() {
        let score = |gold, found, right| Score::from([(Row::Sentences, Counts { gold, found, right })]);
        let scores = [score(10, 8, 6), score(5, 7, 5), score(20, 20, 19), score(4, 2, 0)];
        let lines = report(&scores);
        let line = &lines[0];
        assert_eq!((line.counts.gold, line.counts.found, line.counts.right), (39, 37, 30));
        assert!((line.precision.value - 30.0 / 37.0).abs() < 1e-12);
        assert!((line.recall.value - 30.0 / 39.0).abs() < 1e-12);
        assert!((line.f1.value - 60.0 / 76.0).abs() < 1e-12);
        for figure in [line.precision, line.recall, line.f1] {
            let (low, high) = figure.interval.expect("several articles");
            assert!(0.0 <= low && low < figure.value && figure.value < high && high <= 1.0, "{figure:?}");
        }
        assert_eq!(report(&scores), lines, "the same scores give the same report");
        assert_eq!(report(&scores[..1])[0].f1.interval, None);
    }
}
