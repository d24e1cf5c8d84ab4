//! Readout JSON, form `readout/1`: one file holds articles with everything annotated in them.

mod entries;
mod labels;
mod lines;
mod outline;
mod read;
mod wire;
mod write;

use std::rc::Rc;

use super::Coder;
use crate::annotation::{Codebook, Timestamp};
use crate::text::Extra;

pub(super) use read::{is_readout, read, syntax};
pub use write::write;

/// What the field `format` says.
const FORMAT: &str = "readout";

/// The newest version of the form that is read, and the one that is written.
const VERSION: u64 = 1;

/// What the field `offset_unit` says.
const OFFSET_UNIT: &str = "unicode-code-points";

/// What is written besides the documents.
#[derive(Debug, Clone, Default)]
pub struct WriteOptions {
    /// When the file was made; left out when none.
    pub exported: Option<Timestamp>,
    /// Who annotated.
    pub coders: Vec<Coder>,
    /// The labels; when none, those of the documents.
    pub codebook: Option<Rc<Codebook>>,
    /// The coder's own suggestion layer.
    pub learned: Option<serde_json::Value>,
    /// Corrected names.
    pub names: Vec<serde_json::Value>,
    /// Fields of the file that this version does not know.
    pub extra: Extra,
    /// Whether each entry stands on a line of its own, for people and for comparing versions.
    pub lines: bool,
}

/// Names of the parts whose unknown fields the article keeps, in bytes.
mod part {
    use crate::annotation::Id;
    use crate::text::Span;

    pub(super) fn block(span: Span) -> String {
        format!("block {}-{}", span.start, span.end)
    }

    pub(super) fn sentence(span: Span) -> String {
        format!("sentence {}-{}", span.start, span.end)
    }

    pub(super) fn evidence(span: Span, of: &Id) -> String {
        format!("evidence {}-{} of {of}", span.start, span.end)
    }
}
