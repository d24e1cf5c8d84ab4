//! Sentences that look like acts: commitment, gratitude, proposal; by whom and to whom.
//!
//! Nothing here tags anything: a [`Found`] act is a proposal with a score that means what it says, the words that
//! gave it away, and the parties. `words` cuts a sentence into words with its names as one word each, `cues` reads
//! the lists under `data/acts/`, `features` says what a sentence looks like, `model` keeps the weights,
//! `parties` says by whom and to whom, `learner` is the coder's own layer over the same features.
//!
//! Total, deterministic, linear in the text.

mod cues;
mod evidence;
mod features;
mod learner;
mod lessons;
mod model;
mod parties;
mod proposals;
mod words;

pub use features::{CUE, Features, ROWS, SentenceFeatures, TAUGHT_ROWS};
pub use learner::{Learner, Learnt, Lesson};
pub use lessons::{Taught, lessons};
pub use model::{ActsModel, OUTPUTS};
pub use proposals::{first_suggestions, fresh_suggestions};

use self::evidence::{Reading, evidence};
use crate::annotation::Strength;
use crate::entities::{ModelError, Names};
use crate::text::{Outline, Span};

/// The built-in labels, in the order of the model's outputs.
pub const LABELS: [&str; 3] = ["commitment", "gratitude", "proposal"];

/// From which score on an act is suggested where nobody says otherwise: with scores that mean what they say, about
/// where F1 is highest.
pub const LEAST: f64 = 0.5;

/// Why bytes are no weights.
pub type ActsError = ModelError;

/// Somebody who acts or receives: words of the text, and whose mention they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundActor {
    /// The words, in this sentence or, for what a pronoun stands for, before it.
    pub span: Span,
    /// Index into [`Names::parties`], if the words are a name's or stand for one.
    pub party: Option<usize>,
}

/// An act that a sentence may report or perform.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Index of the sentence in the outline.
    pub sentence: usize,
    /// The label's name.
    pub label: String,
    /// How probable it is, from 0 to 1.
    pub score: f64,
    /// How firm, for a commitment.
    pub strength: Option<Strength>,
    /// The words that gave it away.
    pub evidence: Vec<Span>,
    /// Who acts.
    pub by: Vec<FoundActor>,
    /// Who receives.
    pub to: Vec<FoundActor>,
}

/// The acts whose score reaches `least`, in order of the text, of one sentence by falling score.
pub fn suggest(
    text: &str,
    outline: &Outline,
    names: &Names,
    features: &Features,
    model: &ActsModel,
    learner: &Learner,
    least: f64,
) -> Vec<Found> {
    let mut found = Vec::new();
    let mut resolver = parties::Resolver::new(outline, names);
    for (index, sentence) in features.sentences.iter().enumerate() {
        let known = model.scores(sentence);
        let mut here: Vec<Found> = Vec::new();
        let mut reading = None;
        for (label, score) in learner.scores(model, sentence, &known, least) {
            // Most sentences suggest nothing, and are not read again.
            if reading.is_none() {
                reading = Reading::new(text, outline, names, index);
            }
            let Some(reading) = &reading else { continue };
            let column = LABELS.iter().position(|known| *known == label);
            let evidence = evidence(reading, sentence, model, column, learner, label);
            let strength = (column == Some(0)).then(|| {
                let firm = known.get(model::FIRM).is_some_and(|&score| score >= 0.5);
                if firm { Strength::Firm } else { Strength::Soft }
            });
            let (by, to) = resolver.actors(reading, label, evidence.map(|it| it.core));
            let evidence = evidence.map(|it| it.span).into_iter().collect();
            here.push(Found { sentence: index, label: label.to_owned(), score, strength, evidence, by, to });
        }
        here.sort_by(|left, right| right.score.total_cmp(&left.score));
        resolver.pass(index);
        found.extend(here);
    }
    found
}
