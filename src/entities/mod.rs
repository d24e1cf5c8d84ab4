//! Names in the text: gazetteers, patterns, and which mentions mean the same party.
//!
//! Finding is total and pure: the same text gives the same mentions. What a person decides about them lives in
//! `annotation`.

mod kind;

pub use kind::{EntityKind, PartyKind};

use crate::text::{Outline, Span};

/// A name found in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The words of the name: no article, title, possessive or quotes round it.
    pub span: Span,
    /// What kind of name it is.
    pub kind: EntityKind,
    /// Index into [`Names::parties`] of whom it stands for, if it can act.
    pub party: Option<usize>,
}

/// Who or what several mentions stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundParty {
    /// The fullest name in the article, in ordinary capitals: "Kamikawa Yoko".
    pub name: String,
    /// What it is.
    pub kind: PartyKind,
    /// Index of the party that it belongs to: Kamikawa's is Japan.
    pub of: Option<usize>,
}

/// What was found in one text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Names {
    /// Mentions in order of the text; none overlaps another.
    pub mentions: Vec<Mention>,
    /// Parties in order of their first mention.
    pub parties: Vec<FoundParty>,
}

/// Finds the names in `text`, whose blocks and sentences are `outline`.
pub fn find(_text: &str, _outline: &Outline) -> Names {
    Names::default()
}
