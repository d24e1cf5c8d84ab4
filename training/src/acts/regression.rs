//! Logistic regression with a quadratic penalty, by L-BFGS (Liu and Nocedal, 1989): no chance in it.

use std::collections::VecDeque;

/// A sentence: rows with their values, and whether the label fits.
#[derive(Debug, Clone)]
pub struct Example {
    /// Rows and values of the whole.
    pub values: Vec<(u32, f32)>,
    /// Rows and values of each cue: the label fits if it fits the whole, or the whole with one of these.
    pub cues: Vec<Vec<(u32, f32)>>,
    /// Whether the label fits.
    pub fits: bool,
    /// How much it counts.
    pub weight: f64,
}

/// How to train.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Most steps.
    pub steps: usize,
    /// How much an example counts beside the penalty.
    pub trust: f64,
    /// How much an example that fits counts beside one that does not.
    pub positive: f64,
}

/// The logarithm of the odds.
pub fn logits(example: &Example, weights: &[f32], bias: f32) -> f32 {
    bias + example.values.iter().map(|&(row, value)| weights[row as usize] * value).sum::<f32>()
}

/// Steps that the curvature is read from.
const MEMORY: usize = 8;

/// Weights and bias.
pub fn train(examples: &[Example], rows: usize, settings: &Settings) -> (Vec<f32>, f32) {
    // The bias is the last weight, and is not pulled to zero.
    let mut weights = vec![0.0_f64; rows + 1];
    let mut slope = vec![0.0_f64; rows + 1];
    let mut loss = look(examples, &weights, settings, &mut slope);
    let mut memory: VecDeque<(Vec<f64>, Vec<f64>, f64)> = VecDeque::new();
    for _ in 0..settings.steps {
        let direction = direction(&slope, &memory);
        let downhill: f64 = dot(&direction, &slope);
        if downhill > -1e-9 {
            break;
        }
        let mut length =
            if memory.is_empty() { 1.0 / slope.iter().map(|it| it.abs()).sum::<f64>().max(1.0) } else { 1.0 };
        let mut next_slope = vec![0.0; rows + 1];
        let mut moved = None;
        for _ in 0..30 {
            let next: Vec<f64> = weights.iter().zip(&direction).map(|(at, by)| at + length * by).collect();
            let next_loss = look(examples, &next, settings, &mut next_slope);
            if next_loss <= loss + 1e-4 * length * downhill {
                moved = Some((next, next_loss));
                break;
            }
            length *= 0.5;
        }
        let Some((next, next_loss)) = moved else { break };
        let step: Vec<f64> = next.iter().zip(&weights).map(|(new, old)| new - old).collect();
        let bend: Vec<f64> = next_slope.iter().zip(&slope).map(|(new, old)| new - old).collect();
        let curve = dot(&step, &bend);
        if curve > 1e-10 {
            memory.push_back((step, bend, 1.0 / curve));
            if memory.len() > MEMORY {
                memory.pop_front();
            }
        }
        let is_done = (loss - next_loss).abs() < 1e-5 * loss.abs();
        (weights, slope, loss) = (next, next_slope, next_loss);
        if is_done {
            break;
        }
    }
    let bias = weights.pop().unwrap_or(0.0) as f32;
    (weights.into_iter().map(|weight| weight as f32).collect(), bias)
}

fn direction(slope: &[f64], memory: &VecDeque<(Vec<f64>, Vec<f64>, f64)>) -> Vec<f64> {
    let mut direction: Vec<f64> = slope.iter().map(|it| -it).collect();
    let mut shares = Vec::new();
    for (step, bend, inverse) in memory.iter().rev() {
        let share = inverse * dot(step, &direction);
        direction.iter_mut().zip(bend).for_each(|(it, bend)| *it -= share * bend);
        shares.push(share);
    }
    if let Some((_, bend, inverse)) = memory.back() {
        let size = 1.0 / (inverse * dot(bend, bend));
        direction.iter_mut().for_each(|it| *it *= size);
    }
    for ((step, bend, inverse), share) in memory.iter().zip(shares.into_iter().rev()) {
        let back = inverse * dot(bend, &direction);
        direction.iter_mut().zip(step).for_each(|(it, step)| *it += (share - back) * step);
    }
    direction
}

fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(left, right)| left * right).sum()
}

/// The loss at these weights, and its slope.
fn look(examples: &[Example], weights: &[f64], settings: &Settings, slope: &mut [f64]) -> f64 {
    slope.fill(0.0);
    let bias = weights.len() - 1;
    let mut loss = 0.0;
    let mut logits = Vec::new();
    for example in examples {
        let sum = |values: &[(u32, f32)]| -> f64 {
            values.iter().map(|&(row, value)| weights[row as usize] * f64::from(value)).sum()
        };
        let whole = weights[bias] + sum(&example.values);
        logits.clear();
        logits.push(whole);
        logits.extend(example.cues.iter().map(|cue| whole + sum(cue)));
        // The logarithm of the probability that it fits none of them.
        let none: f64 = logits.iter().map(|&it| -soft(it)).sum();
        let trust = settings.trust * example.weight;
        let weight = if example.fits { trust * settings.positive } else { trust };
        let pull = if example.fits {
            let fits = -none.exp_m1();
            loss -= weight * fits.max(1e-300).ln();
            -weight * none.exp() / fits.max(1e-300)
        } else {
            loss -= weight * none;
            weight
        };
        let mut all = 0.0;
        for (order, &logit) in logits.iter().enumerate() {
            let step = pull / (1.0 + (-logit).exp());
            all += step;
            let cue = order.checked_sub(1).and_then(|it| example.cues.get(it));
            for &(row, value) in cue.into_iter().flatten() {
                slope[row as usize] += step * f64::from(value);
            }
        }
        for &(row, value) in &example.values {
            slope[row as usize] += all * f64::from(value);
        }
        slope[bias] += all;
    }
    for (slope, weight) in slope.iter_mut().zip(weights).take(bias) {
        *slope += weight;
        loss += 0.5 * weight * weight;
    }
    loss
}

/// The logarithm of one more than the power.
fn soft(logit: f64) -> f64 {
    if logit > 0.0 { logit + (-logit).exp().ln_1p() } else { logit.exp().ln_1p() }
}
