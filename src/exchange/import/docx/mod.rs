//! Word documents (.docx): the words as they read when all tracked changes are accepted.
//!
//! Styles say what is a heading, a caption, a quotation or an item of a list. Comments, codes of fields, headers
//! and footers are left out; footnotes and endnotes stand behind the text.

mod story;
mod styles;
mod symbols;

use super::super::{Imported, OpenError};
use super::archive::Archive;
use super::builder::Builder;
use super::office::flow::{self, Block};
use super::office::{Met, Part, Properties, Relations};
use crate::annotation::Meta;
use story::Story;
use styles::Styles;

/// Which importer made the text, and its version.
const IMPORTER: &str = "docx 1";

/// Reads a Word document. `main` is the name of its main part.
///
/// # Errors
/// [`OpenError`] when it has no words, too many, or is damaged.
pub(super) fn read(name: &str, mut archive: Archive, main: &str) -> Result<Imported, OpenError> {
    let mut builder = Builder::default();
    let relations = Relations::of(&mut archive, main)?;
    let styles = styles(&mut archive, &relations).unwrap_or_else(|error| {
        builder.warn("styles", format!("headings, lists and quotations could not be told apart: {error}"));
        Styles::default()
    });
    let meta = meta(&mut archive).unwrap_or_else(|error| {
        builder.warn("title and author", format!("they could not be read: {error}"));
        Meta::default()
    });
    let mut met = Met::default();
    let Some(part) = Part::of(&mut archive, main)? else {
        let message =
            format!("{main}: it is missing: open the document in Word, save it again and open that");
        return Err(OpenError::Import(message));
    };
    let body = story::read(part.read(), &styles, &mut met)?;
    drop(part);
    let notes = notes(&mut archive, &relations, &styles, &mut met, &body)?;
    flow::build(&mut builder, &body.blocks, notes.iter().flatten())?;
    met.notes = notes.len();
    met.warn(&mut builder);
    builder.finish(name, &archive.into_bytes(), IMPORTER, meta)
}

fn styles(archive: &mut Archive, relations: &Relations) -> Result<Styles, OpenError> {
    match related(archive, relations, "/styles")? {
        Some(part) => Styles::read(part.read()),
        None => Ok(Styles::default()),
    }
}

fn meta(archive: &mut Archive) -> Result<Meta, OpenError> {
    let relations = Relations::of(archive, "")?;
    let mut properties = Properties::default();
    if let Some(part) = related(archive, &relations, "/core-properties")? {
        properties.read(part.read())?;
    }
    Ok(properties.into_meta())
}

fn related(archive: &mut Archive, relations: &Relations, kind: &str) -> Result<Option<Part>, OpenError> {
    match relations.target(kind) {
        Some(name) => Part::of(archive, &name),
        None => Ok(None),
    }
}

/// The notes that the body refers to, footnotes before endnotes.
fn notes(
    archive: &mut Archive,
    relations: &Relations,
    styles: &Styles,
    met: &mut Met,
    body: &Story,
) -> Result<Vec<Vec<Block>>, OpenError> {
    let mut notes = Vec::new();
    for (kind, is_end) in [("/footnotes", false), ("/endnotes", true)] {
        let mut wanted = body.references.iter().filter(|(of_end, _)| *of_end == is_end).peekable();
        if wanted.peek().is_none() {
            continue;
        }
        let Some(part) = related(archive, relations, kind)? else { continue };
        let mut story = story::read(part.read(), styles, met)?;
        // Taken out, so that a note that is referred to twice stands there once.
        notes.extend(wanted.filter_map(|id| story.notes.remove(id)));
    }
    Ok(notes)
}
