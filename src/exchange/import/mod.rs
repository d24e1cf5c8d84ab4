//! Importers that need a parser: web pages, Markdown, office documents, archives, older encodings.
//!
//! Bytes in, an article out. The command line has them built in; the page loads them as a second module, in a
//! worker, when the first such file comes. A file is never trusted: scripts are dropped unread, nothing is
//! fetched, entities of XML are not expanded, depth and unpacked size are bounded, and what goes beyond the
//! bounds is refused with the figure.

#[expect(dead_code, reason = "the importers of marked-up files use it")]
mod builder;
mod old_text;

use super::{Format, Imported, MAX_FILE_BYTES, OpenError};

/// What a file turned out to be.
#[derive(Debug)]
pub enum Import {
    /// One article.
    Article(Box<Imported>),
}

/// Reads a file whose format [needs an importer](Format::needs_import). `name` is its name, or empty for words that
/// have none.
///
/// # Errors
/// [`OpenError`] when nothing of the file can be taken.
pub fn import(name: &str, bytes: Vec<u8>) -> Result<Import, OpenError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(OpenError::TooLarge { bytes: bytes.len(), limit: MAX_FILE_BYTES });
    }
    let imported = match Format::of(name, &bytes) {
        Format::Markdown
        | Format::Html
        | Format::Package
        | Format::OldText
        | Format::Text
        | Format::Lines
        | Format::Readout => old_text::read(name, &bytes)?,
    };
    Ok(Import::Article(Box::new(imported)))
}
