//! How well suggestions agree with people: labels, how firm, by whom and to whom.

use super::{Row, Score, by_kind, count};
use crate::acts::LABELS;
use crate::annotation::{Actor, AnnotationSet, Suggestion};
use crate::exchange::gold::GoldAct;
use crate::text::Span;

/// Counts the suggestions of an article against the acts in it.
///
/// A suggestion speaks of the sentence of the gold that most of its own sentence lies in. Strength, by and to are
/// counted where the act was found and the gold says them.
pub(super) fn count_acts(score: &mut Score, acts: &[GoldAct], sentences: &[Span], set: &AnnotationSet) {
    let mut order: Vec<(Span, usize)> = sentences.iter().copied().zip(0..).collect();
    order.sort_unstable();
    let suggested: Vec<_> = set.suggestions.iter().filter_map(|it| Some((label(it)?, it))).collect();
    let place = |span: Span| {
        let from = order.partition_point(|(gold, _)| gold.end <= span.start);
        let touching = order.iter().skip(from).take_while(|(gold, _)| gold.start < span.end);
        let shared = |gold: Span| gold.intersect(span).map_or(0, Span::len);
        let best = touching.max_by_key(|(gold, _)| shared(*gold));
        // One that lies in no sentence of the gold is right about none.
        best.map_or(span, |(gold, _)| *gold)
    };
    let gold_span = |act: &GoldAct| sentences.get(act.sentence).copied();
    let wanted: Vec<_> = acts.iter().filter_map(|act| Some((act.label, gold_span(act)?))).collect();
    let found: Vec<_> = suggested.iter().map(|(label, it)| (*label, place(it.span))).collect();
    by_kind(score, Row::Acts, &wanted, &found);

    let (mut strength, mut by, mut to) = (Pairs::default(), Pairs::default(), Pairs::default());
    for (index, act) in acts.iter().enumerate() {
        let is_same =
            |(found, _): &(&(usize, Span), _)| Some(found.1) == gold_span(act) && found.0 == act.label;
        let Some((_, (_, suggestion))) = found.iter().zip(&suggested).find(is_same) else { continue };
        if let Some(wanted) = act.strength {
            strength.add(index, suggestion.strength == Some(wanted));
        }
        if let Some(wanted) = act.by {
            by.add(index, touches(&suggestion.by, wanted));
        }
        if let Some(wanted) = act.to {
            to.add(index, touches(&suggestion.to, wanted));
        }
    }
    for (row, pairs) in [(Row::Strength, strength), (Row::By, by), (Row::To, to)] {
        if !pairs.wanted.is_empty() {
            count(score, row, pairs.wanted.into_iter(), pairs.found.into_iter());
        }
    }
}

fn label(suggestion: &Suggestion) -> Option<usize> {
    LABELS.iter().position(|known| *known == suggestion.label.as_str())
}

/// Whether the first of these is the one: in a list, the head.
fn touches(actors: &[Actor], wanted: Span) -> bool {
    actors.first().and_then(|actor| actor.span).is_some_and(|span| span.overlaps(wanted))
}

/// What is said of acts that were found: one answer for each, right or wrong.
#[derive(Default)]
struct Pairs {
    wanted: Vec<(usize, bool)>,
    found: Vec<(usize, bool)>,
}

impl Pairs {
    fn add(&mut self, act: usize, is_right: bool) {
        self.wanted.push((act, true));
        self.found.push((act, is_right));
    }
}
