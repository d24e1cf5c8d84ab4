//! An article: its text, never altered, and what is known about it.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::offsets::OffsetMap;

/// Fields that a file held and this version does not know: kept, and written again.
pub type Extra = BTreeMap<String, serde_json::Value>;

/// Names an article: the first 16 hex digits of its text's SHA-256.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ArticleId(Rc<str>);

impl ArticleId {
    /// The id of the text with this hash.
    pub fn of_hash(text_sha256: &str) -> Self {
        Self(text_sha256.get(..16).unwrap_or(text_sha256).into())
    }

    /// The id as it stands in files and storage keys.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for ArticleId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Where a text came from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Original {
    /// Name of the file, or empty for pasted words.
    pub name: String,
    /// SHA-256 of the file's bytes, in hex.
    pub sha256: String,
    /// Which importer made the text out of it, and that importer's version: `text 1`.
    pub importer: String,
    /// Fields that this version does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A text with title, source, date and language. The text never changes; the rest are edits away.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// Names it everywhere.
    pub id: ArticleId,
    /// The text, line ends as LF.
    pub text: Rc<str>,
    /// SHA-256 of the text in UTF-8, in hex.
    pub text_sha256: String,
    /// Converts offsets of the text.
    pub offsets: OffsetMap,
    /// Where the text came from.
    pub original: Option<Original>,
    /// The id that the user's own system gave it.
    pub external_id: Option<String>,
    /// Fields of the article in its file that this version does not know.
    pub extra: Extra,
    /// The same of its parts that have no room for them: `block 0-321`, `sentence 0-120`,
    /// `evidence 30-42 of ID` (bytes).
    pub part_extra: BTreeMap<String, Extra>,
}

impl Article {
    /// The article of `text`, whose line ends must already be LF.
    pub fn new(text: impl Into<Rc<str>>) -> Self {
        let text: Rc<str> = text.into();
        let text_sha256 = text_sha256(&text);
        Self {
            id: ArticleId::of_hash(&text_sha256),
            offsets: OffsetMap::new(&text),
            text_sha256,
            text,
            original: None,
            external_id: None,
            extra: Extra::new(),
            part_extra: BTreeMap::new(),
        }
    }
}

/// SHA-256 of a text's UTF-8 bytes, in lower-case hex.
pub fn text_sha256(text: &str) -> String {
    use std::fmt::Write as _;
    Sha256::digest(text.as_bytes()).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing into a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
