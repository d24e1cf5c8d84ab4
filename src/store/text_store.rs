//! Where the large, immutable part of an article lives.

use super::key_value::{KeyValue, StorageError};
use super::keys::{text_key, text_prefix};
use crate::text::ArticleId;

/// Keeps, per article, the string that [`encode_base`](super::encode_base) made. Articles are named by the first
/// 16 hex digits of their text's SHA-256, so a text always lies under its own hash.
#[allow(async_fn_in_trait, reason = "the page has one thread: nobody needs the future to be Send")]
pub trait TextStore {
    /// The kept string of an article, if it is there.
    ///
    /// # Errors
    /// [`StorageError`] when the store cannot be read.
    async fn get(&self, id: &ArticleId) -> Result<Option<String>, StorageError>;

    /// Keeps the string of an article; done when it has returned.
    ///
    /// # Errors
    /// [`StorageError`] when it was not written.
    async fn put(&self, id: &ArticleId, kept: &str) -> Result<(), StorageError>;

    /// Forgets an article; nothing happens when it is not there.
    ///
    /// # Errors
    /// [`StorageError`] when the store cannot be written.
    async fn remove(&self, id: &ArticleId) -> Result<(), StorageError>;

    /// Which articles are kept, in no particular order.
    ///
    /// # Errors
    /// [`StorageError`] when the store cannot be read.
    async fn ids(&self) -> Result<Vec<ArticleId>, StorageError>;
}

/// Texts in a [`KeyValue`], under `readout/text/`: the fallback where the large store is blocked.
#[derive(Debug, Clone)]
pub struct TextsInKeys<K>(pub K);

impl<K: KeyValue> TextStore for TextsInKeys<K> {
    async fn get(&self, id: &ArticleId) -> Result<Option<String>, StorageError> {
        self.0.get(&text_key(id))
    }

    async fn put(&self, id: &ArticleId, kept: &str) -> Result<(), StorageError> {
        self.0.set(&text_key(id), kept)
    }

    async fn remove(&self, id: &ArticleId) -> Result<(), StorageError> {
        self.0.remove(&text_key(id))
    }

    async fn ids(&self) -> Result<Vec<ArticleId>, StorageError> {
        let keys = self.0.keys(text_prefix())?;
        Ok(keys.iter().filter_map(|key| key.strip_prefix(text_prefix())).map(ArticleId::of_hash).collect())
    }
}
