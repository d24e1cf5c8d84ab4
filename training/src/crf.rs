//! A linear-chain conditional random field, trained by AdaGrad on one chain at a time.
//!
//! Labels may be known in part: a token then allows several, and the likelihood is that of all label sequences that
//! are allowed (Tsuboi and others, 2008). With one label allowed everywhere this is the usual field.

use std::collections::HashMap;

use readout::entities::Tagger;
use readout::entities::training::{LABELS, OUTSIDE, follows};

/// A chain of tokens.
#[derive(Debug, Clone)]
pub struct Chain {
    /// Features of each token.
    pub features: Vec<Vec<u32>>,
    /// Labels that each token may have, one bit each.
    pub allowed: Vec<u32>,
    /// How much the chain counts.
    pub weight: f32,
}

/// How to train.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Walks over all chains.
    pub epochs: usize,
    /// Length of a step.
    pub rate: f32,
    /// Pull of the weights towards zero.
    pub decay: f32,
    /// Features seen less often are left out.
    pub least: u32,
    /// Share of features hidden at each look, so that no weight relies on another.
    pub dropout: f32,
    /// Weights kept in the model; all without a number.
    pub kept: Option<usize>,
    /// Walks after the others are left out.
    pub again: usize,
    /// Weights are kept in steps of this size.
    pub step: f32,
    /// Seed of the order and of what is hidden.
    pub seed: u64,
}

type Scores = [f32; LABELS];

struct Field {
    ids: HashMap<u32, u32>,
    weights: Vec<Scores>,
    squares: Vec<Scores>,
    /// Labels that each feature keeps a weight for, one bit each.
    kept: Vec<u32>,
    transitions: [Scores; LABELS],
    transition_squares: [Scores; LABELS],
}

/// Steele, Lea and Flood's SplitMix64.
pub struct Random(pub u64);

impl Random {
    /// The next 64 bits.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        ((u128::from(self.next()) * limit as u128) >> 64) as usize
    }
}

/// Trains on the chains and gives the quantised weights.
pub fn train(chains: &[Chain], settings: &Settings) -> Tagger {
    let mut counts: HashMap<u32, u32> = HashMap::new();
    for feature in chains.iter().flat_map(|chain| chain.features.iter().flatten()) {
        *counts.entry(*feature).or_default() += 1;
    }
    let mut kept: Vec<u32> = counts
        .into_iter()
        .filter(|&(_, count)| count >= settings.least)
        .map(|(feature, _)| feature)
        .collect();
    kept.sort_unstable();
    let ids: HashMap<u32, u32> = kept.iter().enumerate().map(|(id, &feature)| (feature, id as u32)).collect();
    let known: Vec<Vec<Vec<u32>>> = chains
        .iter()
        .map(|chain| {
            let known = |features: &Vec<u32>| features.iter().filter_map(|it| ids.get(it).copied()).collect();
            chain.features.iter().map(known).collect()
        })
        .collect();
    let mut field = Field {
        weights: vec![[0.0; LABELS]; kept.len()],
        squares: vec![[0.0; LABELS]; kept.len()],
        kept: vec![u32::MAX; kept.len()],
        transitions: [[0.0; LABELS]; LABELS],
        transition_squares: [[0.0; LABELS]; LABELS],
        ids,
    };
    let mut random = Random(settings.seed);
    let mut order: Vec<usize> = (0..chains.len()).collect();
    let mut work = Work::default();
    let mut walk = |field: &mut Field, rate: f32| {
        for index in (1..order.len()).rev() {
            order.swap(index, random.below(index + 1));
        }
        for &index in &order {
            let (Some(chain), Some(features)) = (chains.get(index), known.get(index)) else { continue };
            field.learn(chain, features, rate, settings, &mut random, &mut work);
        }
    };
    for epoch in 0..settings.epochs {
        let rate = settings.rate * (1.0 - 0.9 * epoch as f32 / settings.epochs as f32);
        walk(&mut field, rate);
    }
    if let Some(most) = settings.kept {
        // What the kept weights are worth without the others is learnt again.
        let mut counts = vec![0_u32; kept.len()];
        for &feature in known.iter().flatten().flatten() {
            counts[feature as usize] += 1;
        }
        field.prune(most, &counts);
        let mut sums = vec![[0.0; LABELS]; kept.len()];
        let mut transitions = [[0.0; LABELS]; LABELS];
        let share = 1.0 / settings.again as f32;
        for _ in 0..settings.again {
            walk(&mut field, settings.rate);
            let weights = field.weights.iter().chain(&field.transitions).flatten();
            let sums = sums.iter_mut().chain(&mut transitions).flatten();
            sums.zip(weights).for_each(|(sum, weight)| *sum += weight * share);
        }
        // The mean of the walks sways less than the last of them.
        (field.weights, field.transitions) = (sums, transitions);
    }
    field.quantised(&kept, settings.step)
}

#[derive(Default)]
struct Work {
    seen: Vec<Vec<u32>>,
    nodes: Vec<Scores>,
}

const ONE: f32 = 1.0;

impl Field {
    fn learn(
        &mut self,
        chain: &Chain,
        features: &[Vec<u32>],
        rate: f32,
        settings: &Settings,
        random: &mut Random,
        work: &mut Work,
    ) {
        let hide = (settings.dropout * 65_536.0) as u64;
        work.seen.clear();
        work.nodes.clear();
        for token in features {
            let seen: Vec<u32> =
                token.iter().copied().filter(|_| hide == 0 || random.next() & 0xFFFF >= hide).collect();
            let mut scores = [0.0; LABELS];
            for &feature in &seen {
                for (score, weight) in scores.iter_mut().zip(&self.weights[feature as usize]) {
                    *score += weight;
                }
            }
            let most = scores.iter().copied().fold(f32::MIN, f32::max);
            work.nodes.push(scores.map(|score| (score - most).exp()));
            work.seen.push(seen);
        }
        let mut edges = [[0.0; LABELS]; LABELS];
        for (before, row) in edges.iter_mut().enumerate() {
            for (label, edge) in row.iter_mut().enumerate() {
                if follows(before, label) {
                    *edge = self.transitions[before][label].exp();
                }
            }
        }
        let free = expected(&work.nodes, &edges, |_| u32::MAX);
        let told = expected(&work.nodes, &edges, |index| chain.allowed[index]);
        let (Some(free), Some(told)) = (free, told) else { return };
        for (index, seen) in work.seen.iter().enumerate() {
            let mut slope = [0.0; LABELS];
            let mut is_flat = true;
            for (slope, (free, told)) in
                slope.iter_mut().zip(free.nodes[index].iter().zip(&told.nodes[index]))
            {
                *slope = (free - told) * chain.weight;
                is_flat &= slope.abs() < 1e-4;
            }
            if is_flat {
                continue;
            }
            for &feature in seen {
                let feature = feature as usize;
                adapt(&mut self.weights[feature], &mut self.squares[feature], &slope, rate, settings);
                if self.kept[feature] != u32::MAX {
                    for (label, weight) in self.weights[feature].iter_mut().enumerate() {
                        if self.kept[feature] >> label & 1 == 0 {
                            *weight = 0.0;
                        }
                    }
                }
            }
        }
        for before in 0..LABELS {
            let mut slope = [0.0; LABELS];
            for (label, slope) in slope.iter_mut().enumerate() {
                *slope = (free.edges[before][label] - told.edges[before][label]) * chain.weight;
            }
            adapt(
                &mut self.transitions[before],
                &mut self.transition_squares[before],
                &slope,
                rate,
                settings,
            );
        }
    }

    /// Keeps the `most` weights that move the most scores.
    fn prune(&mut self, most: usize, counts: &[u32]) {
        let worth = |feature: usize, weight: f32| weight.abs() * (counts[feature] as f32).sqrt();
        let mut worths: Vec<f32> = Vec::new();
        for (feature, weights) in self.weights.iter().enumerate() {
            worths.extend(weights.iter().filter(|it| it.abs() > 1e-3).map(|&weight| worth(feature, weight)));
        }
        worths.sort_by(|left, right| right.total_cmp(left));
        let least = worths.get(most).copied().unwrap_or(0.0);
        for (feature, weights) in self.weights.iter_mut().enumerate() {
            self.kept[feature] = 0;
            for (label, weight) in weights.iter_mut().enumerate() {
                if worth(feature, *weight) > least {
                    self.kept[feature] |= 1 << label;
                } else {
                    *weight = 0.0;
                }
            }
        }
    }

    /// Weights as bytes, each a number of steps.
    fn quantised(&self, features: &[u32], step: f32) -> Tagger {
        let byte = |weight: f32| (weight / step).round().clamp(-127.0, 127.0) as i8;
        let rows: Vec<(u32, Vec<(u8, i8)>)> = features
            .iter()
            .filter_map(|feature| {
                let weights = &self.weights[self.ids[feature] as usize];
                let row: Vec<(u8, i8)> = weights
                    .iter()
                    .enumerate()
                    .filter(|(_, weight)| byte(**weight) != 0)
                    .map(|(label, &weight)| (label as u8, byte(weight)))
                    .collect();
                (!row.is_empty()).then_some((*feature, row))
            })
            .collect();
        Tagger::new(step, &self.transitions.map(|row| row.map(byte)), &rows)
    }
}

fn adapt(weights: &mut Scores, squares: &mut Scores, slope: &Scores, rate: f32, settings: &Settings) {
    for ((weight, square), slope) in weights.iter_mut().zip(squares).zip(slope) {
        let slope = slope + settings.decay * *weight;
        *square += slope * slope;
        *weight -= rate * slope / (square.sqrt() + 1e-3);
    }
}

struct Expected {
    nodes: Vec<Scores>,
    edges: [Scores; LABELS],
}

/// How probable each label and each pair of labels is, over the allowed sequences. None when nothing is allowed.
fn expected(nodes: &[Scores], edges: &[Scores; LABELS], allowed: impl Fn(usize) -> u32) -> Option<Expected> {
    let count = nodes.len();
    let is_allowed = |index: usize, label: usize| allowed(index) >> label & 1 == 1;
    let mut forward: Vec<Scores> = Vec::with_capacity(count);
    let mut before = [0.0; LABELS];
    before[OUTSIDE] = ONE;
    for (index, node) in nodes.iter().enumerate() {
        let mut next = [0.0; LABELS];
        for (from, &mass) in before.iter().enumerate() {
            if mass > 0.0 {
                for (next, edge) in next.iter_mut().zip(&edges[from]) {
                    *next += mass * edge;
                }
            }
        }
        for (label, next) in next.iter_mut().enumerate() {
            *next *= if is_allowed(index, label) { node[label] } else { 0.0 };
        }
        let sum: f32 = next.iter().sum();
        if !(sum > 0.0 && sum.is_finite()) {
            return None;
        }
        next.iter_mut().for_each(|it| *it /= sum);
        forward.push(next);
        before = next;
    }
    let mut result = Expected { nodes: vec![[0.0; LABELS]; count], edges: [[0.0; LABELS]; LABELS] };
    // Behind the chain stands a token that is outside.
    let mut backward: Scores = [0.0; LABELS];
    for (label, backward) in backward.iter_mut().enumerate() {
        *backward = edges[label][OUTSIDE];
    }
    let last = forward.last()?;
    let sum: f32 = last.iter().zip(&backward).map(|(left, right)| left * right).sum();
    for label in 0..LABELS {
        result.edges[label][OUTSIDE] += last[label] * backward[label] / sum;
    }
    for index in (0..count).rev() {
        let here = &forward[index];
        let sum: f32 = here.iter().zip(&backward).map(|(left, right)| left * right).sum();
        if !(sum > 0.0 && sum.is_finite()) {
            return None;
        }
        for label in 0..LABELS {
            result.nodes[index][label] = here[label] * backward[label] / sum;
        }
        let mut start = [0.0; LABELS];
        start[OUTSIDE] = ONE;
        let before = index.checked_sub(1).map_or(&start, |it| &forward[it]);
        let mut next_backward = [0.0; LABELS];
        let mut masses = [0.0; LABELS];
        for (label, mass) in masses.iter_mut().enumerate() {
            if is_allowed(index, label) {
                *mass = nodes[index][label] * backward[label];
            }
        }
        let mut sum = 0.0;
        for from in 0..LABELS {
            let reach: f32 = edges[from].iter().zip(&masses).map(|(edge, mass)| edge * mass).sum();
            next_backward[from] = reach;
            sum += before[from] * reach;
        }
        if !(sum > 0.0 && sum.is_finite()) {
            return None;
        }
        for from in 0..LABELS {
            if before[from] > 0.0 {
                for label in 0..LABELS {
                    result.edges[from][label] += before[from] * edges[from][label] * masses[label] / sum;
                }
            }
        }
        let most = next_backward.iter().copied().fold(0.0, f32::max);
        backward = next_backward.map(|it| it / most);
    }
    Some(result)
}
