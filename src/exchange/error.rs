//! Why a file was not taken, and what was left out of one that was.

use serde::{Deserialize, Serialize};

/// Why nothing of a file can be taken. The message names the place first.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// There are no words in it.
    #[error("the file holds no words")]
    Empty,
    /// It is longer than is taken.
    #[error("{} are too many: at most {} are taken", megabytes(*.bytes), megabytes(*.limit))]
    TooLarge {
        /// Its length in bytes.
        bytes: usize,
        /// The longest that is taken.
        limit: usize,
    },
    /// It is not a text.
    #[error("this is {what}, not a text: {advice}")]
    Binary {
        /// What it is.
        what: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// An importer could not read it; its own words.
    #[error("{0}")]
    Import(String),
    /// Its bytes are not those of the encoding that it should have.
    #[error("{place}: {message}")]
    Encoding {
        /// Line and column, or the byte.
        place: String,
        /// What is wrong.
        message: String,
    },
    /// It is not JSON, or breaks off.
    #[error("line {line}, column {column}: {message}")]
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Column in bytes, from 1.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// It is JSON, but not in Readout's form.
    #[error("{place}: {message}")]
    Form {
        /// Path to the field: `articles[0].text_sha256`.
        place: String,
        /// What is wrong.
        message: String,
    },
    /// A newer Readout wrote it.
    #[error(
        "version: this file was written by a newer Readout (form {found}, this one reads {known}): update \
         Readout to open it"
    )]
    Newer {
        /// The file's version.
        found: u64,
        /// The newest version that is read.
        known: u64,
    },
}

impl OpenError {
    /// The message for a file of one line, or a line of a file: there "line 1" says nothing.
    pub fn in_one_line(&self) -> String {
        self.to_string().trim_start_matches("line 1, ").to_owned()
    }
}

/// What was left out or altered, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// Where in the file: `article 1, tag 3`, `line 12, column 4`.
    pub place: String,
    /// What was found and what was done about it.
    pub message: String,
}

impl Warning {
    /// A warning about `place`.
    pub fn new(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self { place: place.into(), message: message.into() }
    }
}

impl std::fmt::Display for Warning {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}: {}", self.place, self.message)
    }
}

/// A size for people, rounded up so that one byte too many shows.
pub(super) fn megabytes(bytes: usize) -> String {
    if bytes < 1_000_000 {
        return format!("{bytes} bytes");
    }
    let tenths = bytes.div_ceil(100_000);
    if tenths.is_multiple_of(10) {
        format!("{} MB", tenths / 10)
    } else {
        format!("{}.{} MB", tenths / 10, tenths % 10)
    }
}
