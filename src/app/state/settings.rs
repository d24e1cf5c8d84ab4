//! What the coder set.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::entities::EntityKind;

/// What the coder set, kept in this browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Light or dark.
    pub theme: Theme,
    /// Whether paragraphs run on instead of one sentence a line.
    pub flow: bool,
    /// Whether letter, digit and sign keys act.
    pub letter_keys: bool,
    /// Kinds of name that are not shown.
    pub hidden: BTreeSet<EntityKind>,
    /// Sides that are folded away.
    pub folded: BTreeSet<Side>,
    /// From how many percent on a suggestion is shown; above 100 none is.
    pub suggest_from: u8,
    /// Whether the keys go to the least sure suggestion first, not in reading order.
    pub least_sure_first: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            flow: false,
            letter_keys: true,
            hidden: BTreeSet::new(),
            folded: BTreeSet::new(),
            suggest_from: 50,
            least_sure_first: false,
        }
    }
}

/// One side of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Articles and names.
    Side,
    /// The current sentence.
    Inspector,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}
