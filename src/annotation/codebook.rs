//! The labels that a coder may put on a sentence.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::id::Id;
use crate::text::Extra;

/// Names a label: `commitment`.
pub type LabelId = Id;

/// One label of the codebook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Names it in tags and files.
    pub id: LabelId,
    /// What the page calls it.
    pub name: String,
    /// The digit that sets it.
    pub key: String,
    /// Name of a palette colour: `blue`.
    pub color: String,
    /// When it applies.
    #[serde(default)]
    pub definition: String,
    /// Sentences that bear it.
    #[serde(default)]
    pub examples: Vec<String>,
    /// "We decided: …".
    #[serde(default)]
    pub rulings: Vec<String>,
    /// Fields that this version does not know.
    #[serde(default, flatten)]
    pub extra: Extra,
}

impl Label {
    /// The letter on its chip.
    pub fn letter(&self) -> String {
        self.name.chars().next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default()
    }

    /// Whether its tags say how firm they are.
    pub fn has_strength(&self) -> bool {
        self.id.as_str() == "commitment"
    }
}

/// The labels, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Codebook {
    /// Names the codebook.
    pub id: Id,
    /// The labels, in the order of keys and chips.
    pub labels: Vec<Label>,
    /// Fields that this version does not know.
    #[serde(default, flatten)]
    pub extra: Extra,
}

impl Codebook {
    /// The label with this id.
    pub fn label(&self, id: &LabelId) -> Option<&Label> {
        self.labels.iter().find(|label| label.id == *id)
    }

    /// Where a label stands in the order; unknown labels come last.
    pub fn position(&self, id: &LabelId) -> usize {
        self.labels.iter().position(|label| label.id == *id).unwrap_or(usize::MAX)
    }

    /// The codebook that Readout starts with.
    pub fn standard() -> Rc<Self> {
        let label =
            |id: &str, name: &str, key: &str, color: &str, definition: &str, examples: &[&str]| Label {
                id: id.into(),
                name: name.into(),
                key: key.into(),
                color: color.into(),
                definition: definition.into(),
                examples: examples.iter().map(|&example| example.into()).collect(),
                rulings: Vec::new(),
                extra: Extra::new(),
            };
        Rc::new(Self {
            id: "readout".into(),
            labels: vec![
                label(
                    "commitment",
                    "Commitment",
                    "1",
                    "blue",
                    "A party binds itself to act: it promises, agrees or decides to do something, announces what it \
                     will do, or signs. Firm when the act is settled; soft when it is an intention, a readiness or \
                     hangs on a condition. Not: what is already done, opinions, forecasts about others.",
                    &[
                        "The minister said her country would pay for the bridge.",
                        "Both sides agreed to meet again in May.",
                    ],
                ),
                label(
                    "gratitude",
                    "Gratitude",
                    "2",
                    "green",
                    "A party gives thanks for something it received. Not: praise, welcome, congratulations or \
                     condolences.",
                    &["He thanked the neighbours for taking in the refugees."],
                ),
                label(
                    "proposal",
                    "Proposal",
                    "3",
                    "vermilion",
                    "A party puts a course of action to others and awaits their answer: it proposes, invites, asks, \
                     urges, or wishes for joint action or for what another should do. Not: that a matter was discussed or \
                     is important.",
                    &["She invited the delegation to visit in spring.", "He hoped that talks would resume."],
                ),
            ],
            extra: Extra::new(),
        })
    }
}
