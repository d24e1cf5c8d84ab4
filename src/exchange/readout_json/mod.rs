//! Readout JSON, form `readout/1`: one file holds articles with everything annotated in them.

use std::rc::Rc;

use super::{Coder, OpenError, Opened};
use crate::annotation::{Codebook, Document, Timestamp};
use crate::text::Extra;

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

/// The documents as one Readout JSON.
pub fn write(_documents: &[&Document], _options: &WriteOptions) -> String {
    String::new()
}

/// Whether a file is to be read as Readout JSON.
pub(super) fn is_readout(name: &str, _bytes: &[u8]) -> bool {
    name.to_ascii_lowercase().ends_with(".json")
}

/// Reads a Readout JSON.
pub(super) fn read(_bytes: &[u8]) -> Result<Opened, OpenError> {
    Err(OpenError::Empty)
}
