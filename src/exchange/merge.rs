//! Opening a file whose text is already there: what is new is added, nothing is overwritten.

use super::error::Warning;
use super::incoming::Incoming;
use crate::annotation::{Document, Edit, Stamp};

/// What a file adds to a document that is already there.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Merged {
    /// Adds what is new; none when nothing is.
    pub edit: Option<Edit>,
    /// What the file has otherwise than the document, and stays as it is.
    pub warnings: Vec<Warning>,
}

/// What `incoming` adds to `document`, which has the same text.
///
/// Tags and judgements that are new are added, with the parties that they name. What is already there and equal
/// is passed over; what differs stays as it is here and is reported.
pub fn merge_edit(_document: &Document, _incoming: &Incoming, _stamp: &mut Stamp) -> Merged {
    Merged::default()
}
