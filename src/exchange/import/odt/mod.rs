//! OpenDocument texts (.odt, and .fodt, which is one XML file), as LibreOffice writes them.
//!
//! Read as when all tracked changes are accepted, without comments, headers and footers; notes stand behind the
//! text.

mod story;
mod styles;

use super::super::{Imported, OpenError, text};
use super::archive::Archive;
use super::builder::Builder;
use super::office::flow::{self, Block};
use super::office::xml::{Node, Xml};
use super::office::{Part, Properties};
use story::Reader;

/// Which importer made the text, and its version.
const IMPORTER: &str = "odt 1";

/// Reads an OpenDocument text.
///
/// # Errors
/// [`OpenError`] when it has no words, too many, is damaged or locked.
pub(super) fn read(name: &str, mut archive: Archive) -> Result<Imported, OpenError> {
    if is_locked(&mut archive)? {
        return Err(OpenError::Binary {
            what: "an OpenDocument file locked with a password",
            advice: "open it in its program, save it without a password and open that",
        });
    }
    let mut builder = Builder::default();
    let mut reader = Reader::default();
    for (part, place, message) in [
        ("styles.xml", "styles", "headings and quotations could not be told apart"),
        ("meta.xml", "title and author", "they could not be read"),
    ] {
        if let Err(error) = side_part(&mut archive, part, &mut reader) {
            builder.warn(place, format!("{message}: {error}"));
        }
    }
    let Some(part) = Part::of(&mut archive, "content.xml")? else {
        let message =
            "content.xml: it is missing: open the document in its program, save it again and open that";
        return Err(OpenError::Import(message.into()));
    };
    let body = reader.read(part.read())?;
    drop(part);
    finish(name, &archive.into_bytes(), builder, reader, &body)
}

/// Reads an OpenDocument text that is one XML file.
///
/// # Errors
/// As [`read`].
pub(super) fn read_flat(name: &str, bytes: &[u8]) -> Result<Imported, OpenError> {
    let xml = text::decode_exactly(bytes)?;
    let mut reader = Reader::default();
    let body = reader.read(Xml::new("the document", &xml))?;
    finish(name, bytes, Builder::default(), reader, &body)
}

fn side_part(archive: &mut Archive, name: &str, reader: &mut Reader) -> Result<(), OpenError> {
    if let Some(part) = Part::of(archive, name)? {
        reader.read(part.read())?;
    }
    Ok(())
}

/// Whether the list of parts says how one of them is encrypted.
fn is_locked(archive: &mut Archive) -> Result<bool, OpenError> {
    let Some(part) = Part::of(archive, "META-INF/manifest.xml")? else { return Ok(false) };
    let mut xml = part.read();
    while let Some(node) = xml.next()? {
        if let Node::Open(element) = node
            && element.key() == ("manifest", "encryption-data")
        {
            return Ok(true);
        }
    }
    Ok(false)
}

fn finish(
    name: &str,
    bytes: &[u8],
    mut builder: Builder,
    reader: Reader,
    body: &[Block],
) -> Result<Imported, OpenError> {
    flow::build(&mut builder, body, reader.footnotes.iter().chain(&reader.endnotes))?;
    reader.met.warn(&mut builder);
    builder.finish(name, bytes, IMPORTER, Properties::into_meta(reader.properties))
}
