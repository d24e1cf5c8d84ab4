//! The best labels of each segment (Viterbi), and the names that they draw.

use super::features::{Extractor, remembered};
use super::groups::Group;
use super::labels::{LABELS, OUTSIDE, follows, label_kind};
use super::memory::Memory;
use super::model::Tagger;
use crate::entities::EntityKind;

/// A name that the tagger draws: first token, token behind the last, kind.
pub(in crate::entities) type Drawn = (usize, usize, EntityKind);

const NEVER: i32 = i32::MIN / 4;

/// A segment: first token, token behind the last, and where its scores begin.
type Segment = (usize, usize, usize);

/// The names in the text, in order and apart. Linear in the open tokens.
///
/// Two looks: the first draws names from the words and what stands round them; the second weighs what the first
/// drew elsewhere in the article.
pub(in crate::entities) fn tag(tagger: &Tagger, extractor: &Extractor<'_>) -> Vec<Drawn> {
    let mut scores: Vec<[i16; LABELS]> = Vec::new();
    let mut segments: Vec<Segment> = Vec::new();
    let mut drawn = Vec::new();
    let mut viterbi = Viterbi { tagger, back: Vec::new() };
    extractor.run(|start, end, features| {
        let first = scores.len();
        for token in features.tokens() {
            let mut sums = [0; LABELS];
            token.iter().for_each(|&feature| tagger.add(feature, &mut sums));
            scores.push(sums);
        }
        segments.push((start, end, first));
        viterbi.run(start, scores.get(first..).unwrap_or(&[]), &mut drawn);
    });
    if !extractor.groups.has(Group::Memory) {
        return drawn;
    }
    let reader = extractor.scan.reader;
    let memory = Memory::of(&reader, &drawn);
    drawn.clear();
    let mut features = Vec::new();
    for (start, end, first) in segments {
        let Some(scores) = scores.get_mut(first..first + end - start) else { continue };
        for (at, sums) in (start..end).zip(scores.iter_mut()) {
            features.clear();
            remembered(&memory, &reader, at, &mut features);
            features.iter().for_each(|&feature| tagger.add(feature, sums));
        }
        viterbi.run(start, scores, &mut drawn);
    }
    drawn
}

/// Finds the best labels of one segment after another.
struct Viterbi<'a> {
    tagger: &'a Tagger,
    /// For each token and label the best label before it.
    back: Vec<[u8; LABELS]>,
}

impl Viterbi<'_> {
    /// Adds the names of the segment that begins at token `start`.
    fn run(&mut self, start: usize, scores: &[[i16; LABELS]], drawn: &mut Vec<Drawn>) {
        self.back.clear();
        let mut best = [NEVER; LABELS];
        best[OUTSIDE] = 0;
        for scores in scores {
            let mut next = [NEVER; LABELS];
            let mut from = [0; LABELS];
            for (label, (next, from)) in next.iter_mut().zip(&mut from).enumerate() {
                for (before, &score) in best.iter().enumerate() {
                    let score = score + self.tagger.transition(before, label);
                    if score > *next && follows(before, label) {
                        (*next, *from) = (score, before as u8);
                    }
                }
                *next = (*next + scores.get(label).map_or(0, |&it| i32::from(it))).max(NEVER);
            }
            best = next;
            self.back.push(from);
        }
        // What follows a segment is outside.
        let last = (0..LABELS).max_by_key(|&label| {
            best.get(label).copied().unwrap_or(NEVER) + self.tagger.transition(label, OUTSIDE)
        });
        draw(last.unwrap_or(OUTSIDE), start, &self.back, drawn);
    }
}

/// Walks back from the last label of a segment and adds its names.
fn draw(last: usize, start: usize, back: &[[u8; LABELS]], drawn: &mut Vec<Drawn>) {
    let first_drawn = drawn.len();
    let mut label = last;
    let mut end = None;
    for (index, from) in back.iter().enumerate().rev() {
        if let Some(kind) = label_kind(label) {
            let behind = *end.get_or_insert(start + index + 1);
            let is_beginning = !label.is_multiple_of(2);
            if is_beginning {
                drawn.push((start + index, behind, kind));
                end = None;
            }
        } else {
            end = None;
        }
        label = from.get(label).map_or(OUTSIDE, |&it| usize::from(it));
    }
    if let Some(new) = drawn.get_mut(first_drawn..) {
        new.reverse();
    }
}
