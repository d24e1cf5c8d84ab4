//! Plain text from bytes.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::error::{OpenError, Warning};
use super::incoming::Incoming;
use crate::annotation::Meta;
use crate::text::{Article, Original};

/// Which importer made the text, and its version.
pub const IMPORTER: &str = "text 1";

/// Reads a plain text.
///
/// # Errors
/// [`OpenError`] when there are no words, too many, or the bytes are not a text.
pub fn read(name: &str, bytes: &[u8]) -> Result<(Incoming, Vec<Warning>), OpenError> {
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n").replace('\r', "\n");
    if text.trim().is_empty() {
        return Err(OpenError::Empty);
    }
    let mut article = Article::new(text);
    article.original = Some(Original {
        name: name.into(),
        sha256: sha256(bytes),
        importer: IMPORTER.into(),
        extra: Default::default(),
    });
    Ok((Incoming::fresh(article, Meta::default()), Vec::new()))
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing into a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
