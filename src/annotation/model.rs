//! The kinds of annotation. Spans are bytes; serialised as they stand, this is the stored form.

use serde::{Deserialize, Serialize};

use super::codebook::LabelId;
use super::id::{Id, Timestamp};
use super::layer::Placed;
use crate::entities::{EntityKind, PartyKind};
use crate::text::{Extra, Span};

/// How firm a commitment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strength {
    /// Will, agreed to, pledged, signed.
    Firm,
    /// Intention, readiness, a condition.
    Soft,
}

impl Strength {
    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Self::Firm => Self::Soft,
            Self::Soft => Self::Firm,
        }
    }
}

/// Who decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// A person, from the start.
    #[default]
    Person,
    /// The analysis; nobody has looked yet.
    Machine,
    /// A person took the machine's suggestion.
    AcceptedSuggestion,
}

/// Who acts or receives, as one tag has it: words of the text, a party, or both.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Actor {
    /// The words that name them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// The entity that these words are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity: Option<Id>,
    /// Whom they stand for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<Id>,
    /// Fields that this version does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A label put on a stretch of text, as a rule one sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// Names it.
    pub id: Id,
    /// What is tagged.
    pub span: Span,
    /// The sentence that it was put on.
    pub sentence: Span,
    /// Which label.
    pub label: LabelId,
    /// How firm, where the label asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strength: Option<Strength>,
    /// Who acts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<Actor>,
    /// Who receives or is addressed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<Actor>,
    /// The words that show it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Span>,
    /// What the coder wants to remember.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Who decided.
    pub origin: Origin,
    /// Whose tag it is.
    pub coder: Id,
    /// When it was put.
    pub created: Timestamp,
    /// When it was last changed.
    pub modified: Timestamp,
    /// Fields that this version does not know.
    #[serde(default, flatten)]
    pub extra: Extra,
}

/// "Read, no label applies", on one sentence by one coder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// Names it (files do not carry the id).
    pub id: Id,
    /// The sentence.
    pub span: Span,
    /// Whose judgement it is.
    pub coder: Id,
    /// When.
    pub modified: Timestamp,
    /// Fields that this version does not know.
    #[serde(default, flatten)]
    pub extra: Extra,
}

/// Whether a found name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntityStatus {
    /// It is shown.
    #[default]
    Kept,
    /// A person took it away; remembered so that it does not come back.
    Removed,
}

/// A named mention.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Names it.
    pub id: Id,
    /// The words of the name.
    pub span: Span,
    /// What kind of name.
    pub kind: EntityKind,
    /// Whom it stands for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<Id>,
    /// Who decided.
    pub origin: Origin,
    /// Whether it stands.
    #[serde(default)]
    pub status: EntityStatus,
    /// Who last changed it; none while only the machine has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coder: Option<Id>,
    /// When it was last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<Timestamp>,
    /// Fields that this version does not know.
    #[serde(default, flatten)]
    pub extra: Extra,
}

/// Who acts or receives: a person, state or body, to which mentions are linked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Names it in this article.
    pub id: Id,
    /// The fullest name.
    pub name: String,
    /// What it is.
    pub kind: PartyKind,
    /// The party that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Id>,
    /// Fields that this version does not know.
    #[serde(default, flatten)]
    pub extra: Extra,
}

/// What became of a suggestion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SuggestionStatus {
    /// Nobody has decided.
    #[default]
    Open,
    /// It became a tag.
    Taken,
    /// The coder said no.
    Dismissed,
}

/// The machine's proposal of a tag.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Suggestion {
    /// Names it (files do not carry the id).
    pub id: Id,
    /// The sentence.
    pub span: Span,
    /// Which label.
    pub label: LabelId,
    /// How firm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strength: Option<Strength>,
    /// How sure, from 0 to 1.
    pub score: f64,
    /// The words that gave it away.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Span>,
    /// Who acts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<Actor>,
    /// Who receives.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<Actor>,
    /// What became of it.
    #[serde(default)]
    pub status: SuggestionStatus,
    /// Fields that this version does not know.
    #[serde(default, flatten)]
    pub extra: Extra,
}

/// What is known about the article as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Meta {
    /// Its title.
    pub title: String,
    /// Where it was published.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// When it was published, as the file had it (ISO 8601 where known).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub date: String,
    /// BCP 47 tag of its language; empty when unknown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// The user's own fields.
    #[serde(skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

macro_rules! placed {
    ($($kind:ty),*) => {$(
        impl Placed for $kind {
            fn id(&self) -> &Id {
                &self.id
            }
            fn span(&self) -> Span {
                self.span
            }
        }
    )*};
}
placed!(Tag, Judgement, Entity, Suggestion);
