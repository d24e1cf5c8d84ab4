//! What training and measuring the tagger need of the finder; see `training/`.

use std::collections::BTreeMap;

pub use super::tagger::{Group, Groups, LABELS, OUTSIDE, begins, follows, inside, label_kind};

use super::EntityKind;
use super::lexicon::Lexicon;
use super::reader::Reader;
use super::scan::Scan;
use super::tagger::{Drawn, Extractor, Memory, Tagger, remembered, tag};
use super::token::tokenise;
use crate::text::{Outline, Span};

/// Which entries of the lists are hidden, so that a tagger learns what names look like that no list knows.
#[derive(Debug, Clone, Copy)]
pub struct Hidden {
    /// Says which ones.
    pub seed: u64,
    /// How many of a hundred.
    pub share: u64,
}

/// Open tokens that follow each other.
#[derive(Debug, Clone, Default)]
pub struct Segment {
    /// Bytes of each token.
    pub spans: Vec<Span>,
    /// Features of each token.
    pub features: Vec<Vec<u32>>,
}

/// The segments of a text: all other tokens are outside of every name.
///
/// `drawn` is what a first look drew, in order and apart; without it tokens have no features of the second look.
pub fn segments(
    text: &str,
    outline: &Outline,
    groups: Groups,
    hidden: Option<Hidden>,
    drawn: Option<&BTreeMap<Span, EntityKind>>,
) -> Vec<Segment> {
    let masked = hidden.map(|hidden| Lexicon::shared().without(hidden.seed, hidden.share));
    let lexicon = masked.as_ref().unwrap_or_else(|| Lexicon::shared());
    let tokens = tokenise(text, outline, lexicon);
    let reader = Reader { text, tokens: &tokens };
    let (evidence, found) = super::proposals(reader, lexicon);
    let scan = Scan { reader, lexicon, evidence: &evidence };
    let memory = drawn.map(|drawn| {
        let at = |offset: u32| tokens.partition_point(|token| token.span.start < offset);
        let drawn: Vec<Drawn> =
            drawn.iter().map(|(span, &kind)| (at(span.start), at(span.end), kind)).collect();
        Memory::of(&reader, &drawn)
    });
    let mut segments = Vec::new();
    Extractor { scan, found: &found, groups }.run(|start, end, features| {
        let spans = tokens.get(start..end).unwrap_or(&[]).iter().map(|token| token.span).collect();
        let mut features: Vec<Vec<u32>> = features.tokens().map(<[u32]>::to_vec).collect();
        if let Some(memory) = memory.as_ref().filter(|_| groups.has(Group::Memory)) {
            (start..end)
                .zip(&mut features)
                .for_each(|(at, features)| remembered(memory, &reader, at, features));
        }
        segments.push(Segment { spans, features });
    });
    segments
}

/// Finds names as [`find`](super::find) does, with a tagger that sees some groups of features only: bytes and kinds.
pub fn find_with(
    text: &str,
    outline: &Outline,
    tagger: &Tagger,
    groups: Groups,
) -> BTreeMap<Span, EntityKind> {
    let lexicon = Lexicon::shared();
    let tokens = tokenise(text, outline, lexicon);
    let reader = Reader { text, tokens: &tokens };
    let (evidence, found) = super::proposals(reader, lexicon);
    let scan = Scan { reader, lexicon, evidence: &evidence };
    let drawn = tag(tagger, &Extractor { scan, found: &found, groups });
    let span = |start: usize, end: usize| {
        Some(Span { start: tokens.get(start)?.span.start, end: tokens.get(end.checked_sub(1)?)?.span.end })
    };
    drawn.into_iter().filter_map(|(start, end, kind)| Some((span(start, end)?, kind))).collect()
}
