//! Suggestions with the weights that are shipped, on sentences and articles of our own.
#![allow(clippy::panic, reason = "a test without weights has nothing to say")]

mod learning;
mod sentences;

use readout::acts::{ActsModel, Features, Found, LEAST, Learner, suggest};
use readout::entities::{Names, find};
use readout::text::{Outline, analyse};

/// The weights that are shipped.
fn weights() -> ActsModel {
    ActsModel::from_bytes(include_bytes!("../../model/acts.bin")).unwrap_or_else(|error| panic!("{error:?}"))
}

/// What is known of a text before acts are looked for.
struct Looked {
    text: String,
    outline: Outline,
    names: Names,
    features: Features,
}

fn look(text: &str) -> Looked {
    let outline = analyse(text);
    let names = find(text, &outline, None);
    let features = Features::of(text, &outline, &names);
    Looked { text: text.to_owned(), outline, names, features }
}

impl Looked {
    fn found(&self, model: &ActsModel, learner: &Learner) -> Vec<Found> {
        suggest(&self.text, &self.outline, &self.names, &self.features, model, learner, LEAST)
    }
}
