//! The statistical tagger: a linear-chain model over hashed features of the words.
//!
//! It does not compete with the patterns and lists; it reads what they propose as features of a token, beside the
//! words themselves, and weighs all of it together. [`open`] says which tokens are weighed, [`features`] what they look
//! like, [`memory`] what was drawn elsewhere in the article, [`labels`] what can follow what; [`model`] keeps the
//! weights, [`decode`] finds the best labels. Training lives in `training/`.

mod decode;
mod features;
mod groups;
mod labels;
mod memory;
mod model;
mod open;

pub use groups::{Group, Groups};
pub use labels::{LABELS, OUTSIDE, begins, follows, inside, label_kind};
pub use model::{ModelError, Tagger};

pub(super) use decode::{Drawn, tag};
pub(super) use features::{Extractor, remembered};
pub(super) use memory::Memory;
