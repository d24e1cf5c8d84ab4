//! What an importer hands over: plain words and marks, so that it can come from another thread of the browser.

use serde::{Deserialize, Serialize};

use super::Opened;
use super::error::Warning;
use super::incoming::{Incoming, Kind};
use crate::annotation::Meta;
use crate::text::{Article, Marked, Original};

/// An article as an importer made it out of a file.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Imported {
    /// Its text, line ends as LF.
    pub text: String,
    /// Blocks that the file marks, in order and apart; spans in bytes of `text`.
    pub marks: Vec<Marked>,
    /// Title, source, date, language, and the importer's own findings such as `author`.
    pub meta: Meta,
    /// The file, and which importer read it.
    pub original: Original,
    /// What was left out or altered.
    pub warnings: Vec<Warning>,
}

impl Imported {
    /// What the file held: the article on its way in, and what was left out or altered.
    pub fn into_opened(self) -> Opened {
        let mut article = Article::new(self.text);
        article.original = Some(self.original);
        let kind = Kind::Fresh(self.marks);
        Opened::one(Incoming { article, meta: self.meta, kind }, self.warnings)
    }
}

/// What the importers' module answers to the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// One article.
    Article(Box<Imported>),
    /// A folder of files.
    Folder {
        /// What the files are called, each to be asked for by its place.
        names: Vec<String>,
        /// What was passed over.
        warnings: Vec<Warning>,
    },
    /// Nothing of the file could be taken: why.
    Refused(String),
}
