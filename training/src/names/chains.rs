//! Chains from labelled articles, and training in two looks.

use std::collections::BTreeMap;

use rayon::prelude::*;
use readout::entities::training::{Group, Groups, Hidden, OUTSIDE, begins, find_with, inside, segments};
use readout::entities::{EntityKind, Tagger};
use readout::text::{Outline, Span};

use crate::crf::{self, Chain, Settings};
use crate::data::Labelled;

/// An article with its blocks and sentences.
pub struct Article {
    /// Its text and its names.
    pub labelled: Labelled,
    /// Its blocks and sentences.
    pub outline: Outline,
    /// Which file it is from.
    pub file: File,
}

/// A file of labelled articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum File {
    /// `readouts/real.jsonl`.
    Real,
    /// `readouts/written.jsonl`.
    Written,
    /// The `n`th file under `entities/`.
    Other(u32),
}

/// Names of an article: bytes and kinds.
pub type Names = BTreeMap<Span, EntityKind>;

/// What is trained on, and how.
#[derive(Clone, Copy)]
pub struct Plan {
    /// What the tagger sees.
    pub groups: Groups,
    /// How it learns.
    pub settings: Settings,
    /// How much the other corpora count; zero for not at all.
    pub others: f32,
    /// One of the other corpora that is left out.
    pub without: Option<File>,
    /// How many names of a hundred the lists lack in another copy of each article.
    pub hidden: u64,
}

impl Plan {
    /// The plan of the shipped weights.
    pub const SHIPPED: Plan = Plan {
        groups: Groups::ALL,
        settings: Settings {
            epochs: 12,
            rate: 0.06,
            decay: 2e-5,
            least: 3,
            dropout: 0.35,
            kept: Some(150_000),
            again: 5,
            step: 0.08,
            seed: 0x5EED,
        },
        others: 0.15,
        without: None,
        hidden: 30,
    };

    /// The floor: words, forms, affixes, neighbours and lists; no patterns, other corpora or second look.
    pub const PLAIN: Plan = Plan {
        groups: Groups::NONE.with(Group::Words).with(Group::Lists),
        settings: Settings { kept: None, dropout: 0.0, ..Self::SHIPPED.settings },
        others: 0.0,
        hidden: 0,
        ..Self::SHIPPED
    };

    fn uses(&self, file: File) -> bool {
        Some(file) != self.without && (self.others > 0.0 || !matches!(file, File::Other(_)))
    }
}

/// What a tagger trained by `plan` finds in an article.
pub fn find(article: &Article, tagger: &Tagger, plan: &Plan) -> Names {
    find_with(&article.labelled.text, &article.outline, tagger, plan.groups)
}

/// Trains on the articles: once on each half, to see what a first look draws in articles that it does not know, then
/// on all.
pub fn train(articles: &[&Article], plan: &Plan) -> Tagger {
    let used: Vec<&Article> = articles.iter().copied().filter(|it| plan.uses(it.file)).collect();
    if !plan.groups.has(Group::Memory) {
        return crf::train(&looks(&used, plan, None), &plan.settings);
    }
    let alone = Plan {
        groups: plan.groups.without(Group::Memory),
        settings: Settings { kept: None, epochs: plan.settings.epochs / 2, ..plan.settings },
        ..*plan
    };
    let half = |side: usize| -> Vec<&Article> { used.iter().copied().skip(side).step_by(2).collect() };
    let drawn: Vec<Vec<Names>> = [0, 1]
        .into_par_iter()
        .map(|side| {
            let tagger = crf::train(&looks(&half(1 - side), &alone, None), &alone.settings);
            half(side).iter().map(|it| find(it, &tagger, &alone)).collect()
        })
        .collect();
    let drawn: Vec<&Names> =
        (0..used.len()).filter_map(|index| drawn.get(index % 2)?.get(index / 2)).collect();
    crf::train(&looks(&used, plan, Some(&drawn)), &plan.settings)
}

/// The chains of the articles as a first look sees them and, where it is known what that draws, as a second does.
fn looks(articles: &[&Article], plan: &Plan, drawn: Option<&[&Names]>) -> Vec<Chain> {
    let mut all = Vec::new();
    for (index, article) in articles.iter().enumerate() {
        let hidden = Some(Hidden { seed: index as u64 + 1, share: plan.hidden }).filter(|it| it.share > 0);
        let drawn = drawn.and_then(|drawn| drawn.get(index).copied());
        let is_own = !matches!(article.file, File::Other(_));
        if is_own {
            chains(article, plan, hidden, None, &mut all);
        }
        chains(article, plan, None, drawn, &mut all);
        if drawn.is_some() && is_own {
            chains(article, plan, hidden, drawn, &mut all);
        }
    }
    all
}

fn chains(
    article: &Article,
    plan: &Plan,
    hidden: Option<Hidden>,
    drawn: Option<&Names>,
    chains: &mut Vec<Chain>,
) {
    let mut names = article.labelled.names.clone();
    names.sort_by_key(|(span, _)| *span);
    let unlabelled = EntityKind::ALL
        .into_iter()
        .filter(|kind| !article.labelled.kinds.contains(kind))
        .fold(0_u32, |mask, kind| mask | 1 << begins(kind) | 1 << inside(kind));
    for segment in segments(&article.labelled.text, &article.outline, plan.groups, hidden, drawn) {
        let mut before = None;
        let allowed = segment.spans.iter().map(|span: &Span| {
            let at = names.partition_point(|(name, _)| name.end <= span.start);
            let name = names.get(at).filter(|(name, _)| name.start < span.end);
            let is_first = before != name.map(|_| at);
            before = name.map(|_| at);
            match name {
                Some(&(_, kind)) if is_first => 1 << begins(kind),
                Some(&(_, kind)) => 1 << inside(kind),
                None => unlabelled | 1 << OUTSIDE,
            }
        });
        let allowed = allowed.collect();
        let mut features = segment.features;
        let mut weight = 1.0;
        if let File::Other(number) = article.file {
            weight = plan.others;
            // Another corpus draws names in its own way: copies of its features take that up (Daumé, 2007), and no
            // text that is read later has them.
            let salt = (number + 1).wrapping_mul(0x9e37_79b9);
            for token in &mut features {
                token.extend_from_within(..);
                let half = token.len() / 2;
                token.iter_mut().skip(half).for_each(|feature| *feature ^= salt);
            }
        }
        chains.push(Chain { features, allowed, weight });
    }
}
