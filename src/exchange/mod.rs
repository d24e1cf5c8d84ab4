//! File formats, one file each, in and out: pure functions between bytes and the annotation model.
//!
//! Reading never fails by halves. A fault in the file as a whole is an [`OpenError`] that names the place, and
//! nothing is taken from the file. A fault in one entry costs that entry alone and is a [`Warning`]. What this
//! version does not know is kept and written again. Files count in Unicode code points, the model in bytes:
//! the conversion happens here and nowhere else. `docs/format.md` says it for users.

mod binary;
mod engine;
mod error;
pub mod evaluate;
mod fields;
mod format;
mod gold;
#[cfg(feature = "import")]
pub mod import;
mod imported;
mod incoming;
mod merge;
mod readout_json;
mod record;
pub mod text;
mod times;

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::annotation::{Codebook, Id};
use crate::text::Extra;

pub use engine::Engine;
pub use error::{OpenError, Warning};
pub use format::Format;
pub use gold::{Gold, GoldAct, read_gold};
pub use imported::{Imported, Reply};
pub use incoming::{Annotated, Incoming, Kind, Ready};
pub use merge::{Merged, merge_edit};
pub use readout_json::{WriteOptions, write};
pub use record::{read_record, read_records};
pub use times::{format_time, parse_time};

/// The longest text that is taken, in bytes of UTF-8.
pub const MAX_TEXT_BYTES: usize = 20_000_000;

/// The longest file that is taken, in bytes: a Readout JSON may hold many texts.
pub const MAX_FILE_BYTES: usize = 200_000_000;

/// Somebody who annotates, as files name them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coder {
    /// Names them in tags and judgements.
    pub id: Id,
    /// What they are called.
    #[serde(default)]
    pub name: String,
    /// Fields that this version does not know.
    #[serde(default, flatten)]
    pub extra: Extra,
}

/// What a file held.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Opened {
    /// The articles, in order of the file; never empty.
    pub articles: Vec<Incoming>,
    /// What was left out or altered, in order of the file.
    pub warnings: Vec<Warning>,
    /// The file's labels; none in a plain text, or where the file brings no codebook.
    pub codebook: Option<Rc<Codebook>>,
    /// Who annotated.
    pub coders: Vec<Coder>,
    /// The coder's own suggestion layer, as the file has it.
    pub learned: Option<serde_json::Value>,
    /// Corrected names, as the file has them.
    pub names: Vec<serde_json::Value>,
    /// Fields of the file that this version does not know.
    pub extra: Extra,
}

impl Opened {
    /// What a file held that is one article and nothing else.
    pub fn one(incoming: Incoming, warnings: Vec<Warning>) -> Self {
        Self { articles: vec![incoming], warnings, ..Self::default() }
    }

    /// Whether there is something in it that belongs to no article: coders, what was learned, fields of the file.
    pub fn holds_more(&self) -> bool {
        let Self { coders, learned, names, extra, .. } = self;
        !coders.is_empty() || learned.is_some() || !names.is_empty() || !extra.is_empty()
    }
}

/// Reads a file, by its content and its name: a Readout JSON (or several, one after another), JSON Lines, else
/// plain text. [`Format`] says which files need an importer instead.
///
/// `name` is the file's name, or empty for pasted words.
///
/// # Errors
/// [`OpenError`] when nothing of the file can be taken.
pub fn open(name: &str, bytes: &[u8]) -> Result<Opened, OpenError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(OpenError::TooLarge { bytes: bytes.len(), limit: MAX_FILE_BYTES });
    }
    match Format::of(name, bytes) {
        Format::Readout => return readout_json::read(bytes),
        Format::Lines => return record::read_records(bytes),
        _ => {}
    }
    let (incoming, warnings) = text::read(name, bytes)?;
    Ok(Opened::one(incoming, warnings))
}
