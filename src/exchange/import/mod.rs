//! Importers that need a parser: web pages, Markdown, office documents, archives, older encodings.
//!
//! Bytes in, an article out. The command line has them built in; the page loads them as a second module, in a
//! worker, when the first such file comes. A file is never trusted: scripts are dropped unread, nothing is
//! fetched, entities of XML are not expanded, depth and unpacked size are bounded, and what goes beyond the
//! bounds is refused with the figure.

mod archive;
mod builder;
mod docx;
mod entry_name;
mod html;
mod markdown;
mod odt;
mod office;
mod old_text;

use super::{Format, Imported, MAX_FILE_BYTES, OpenError};

pub use archive::{Archive, Entry, Limits};
pub use html::paste;

/// What a file turned out to be.
#[derive(Debug)]
pub enum Import {
    /// One article.
    Article(Box<Imported>),
    /// Many files: [`read`](Archive::read) one at a time and hand it to [`import_inside`] or
    /// [`open`](super::open()).
    Folder(Box<Archive>),
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
        Format::Html => html::read(name, &bytes)?,
        Format::Package => {
            let mut archive = Archive::open(bytes)?;
            match office::kind(&mut archive)? {
                office::Kind::Word(main) => docx::read(name, archive, &main)?,
                office::Kind::OpenDocument => odt::read(name, archive)?,
                office::Kind::Folder => return Ok(Import::Folder(Box::new(archive))),
            }
        }
        Format::FlatOpenDocument => odt::read_flat(name, &bytes)?,
        Format::Markdown => markdown::read(name, &bytes)?,
        Format::OldText | Format::Text | Format::Lines | Format::Readout => old_text::read(name, &bytes)?,
    };
    Ok(Import::Article(Box::new(imported)))
}

/// Reads a file that lay in an archive, as [`import`]; an archive in it is not opened.
///
/// # Errors
/// [`OpenError`] when nothing of the file can be taken.
pub fn import_inside(name: &str, bytes: Vec<u8>) -> Result<Imported, OpenError> {
    match import(name, bytes)? {
        Import::Article(imported) => Ok(*imported),
        Import::Folder(_) => {
            let message = "this is an archive inside an archive: unpack it and open what lies in it";
            Err(OpenError::Import(message.into()))
        }
    }
}
