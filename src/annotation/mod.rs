//! What people decided: codebook, tags, judgements, entities as corrected, edits and their history.
//!
//! Every change is an [`Edit`], a value that can be applied, inverted, stored and sent. [`Document::perform`] is
//! the one way to change annotations. Nothing here reads a clock or makes a random number: time, ids and the
//! coder come in as a [`Stamp`].

mod codebook;
pub mod commands;
mod document;
mod edit;
mod history;
mod id;
mod layer;
mod model;
mod proposed;
mod set;
pub mod several;
#[cfg(test)]
pub(crate) mod tests;

pub use codebook::{Codebook, Label, LabelId};
pub use document::{Document, Op};
pub use edit::{Change, Conflict, Edit, Swap, Touched, What};
pub use history::History;
pub use id::{Id, Stamp, Timestamp};
pub use layer::{Layer, Placed};
pub use model::{
    Actor, Entity, EntityStatus, Judgement, Meta, Origin, Party, Strength, Suggestion, SuggestionStatus, Tag,
};
pub use proposed::Proposed;
pub use set::AnnotationSet;
