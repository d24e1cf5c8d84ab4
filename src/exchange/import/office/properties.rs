//! What a document says of itself: title, author, language, when it was made.

use serde_json::Value;

use super::super::super::OpenError;
use super::xml::{Element, Node, Xml};
use crate::annotation::Meta;

/// The longest that is kept of one.
const MAX_CHARS: usize = 500;

/// Dublin Core as Word and OpenDocument write it.
#[derive(Debug, Default)]
pub(in super::super) struct Properties {
    title: String,
    author: String,
    language: String,
    created: String,
}

impl Properties {
    /// Takes up a whole part.
    ///
    /// # Errors
    /// [`OpenError`] when it is damaged.
    pub(in super::super) fn read(&mut self, mut xml: Xml<'_>) -> Result<(), OpenError> {
        while let Some(node) = xml.next()? {
            if let Node::Open(element) = node {
                self.take(&mut xml, &element)?;
            }
        }
        Ok(())
    }

    /// Takes up an element, if it is a property; says whether it was, and then its end is passed.
    ///
    /// # Errors
    /// [`OpenError`] when it is damaged.
    pub(in super::super) fn take(
        &mut self,
        xml: &mut Xml<'_>,
        element: &Element<'_>,
    ) -> Result<bool, OpenError> {
        let place = match element.key() {
            ("dc", "title") => &mut self.title,
            // Who made it first wins over who changed it last.
            ("meta", "initial-creator") => {
                self.author = tidy(&xml.words()?);
                return Ok(true);
            }
            ("dc", "creator") => &mut self.author,
            ("dc", "language") => &mut self.language,
            ("dcterms", "created") | ("meta", "creation-date") => &mut self.created,
            _ => return Ok(false),
        };
        let words = tidy(&xml.words()?);
        if place.is_empty() {
            *place = words;
        }
        Ok(true)
    }

    /// The article's. When the file was made is not when its text was published, so it is kept as `created` among
    /// the importer's own findings.
    pub(in super::super) fn into_meta(self) -> Meta {
        let mut meta = Meta { title: self.title, language: self.language, ..Meta::default() };
        for (name, value) in [("author", self.author), ("created", self.created)] {
            if !value.is_empty() {
                meta.extra.insert(name.into(), Value::String(value));
            }
        }
        meta
    }
}

/// Words in one line, without control characters, and not without end.
fn tidy(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().filter(|it| !it.is_control()).take(MAX_CHARS).collect()
}
