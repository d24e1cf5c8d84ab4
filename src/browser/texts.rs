//! Texts in the database, with local storage and then memory where it is blocked or fails.

use std::cell::Cell;
use std::rc::Rc;

use super::indexed_db::IndexedDb;
use crate::store::{KeyValue, MemoryTexts, StorageError, TextStore, TextsInKeys};
use crate::text::ArticleId;

/// Where texts were kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextsAt {
    /// In IndexedDB, as they should be.
    Database,
    /// In local storage: room is short there.
    Keys,
    /// In memory: they are gone with the page.
    Memory,
}

/// Texts where the browser lets them be: IndexedDB, else local storage, else memory.
#[derive(Debug, Clone)]
pub struct Texts<K> {
    database: Result<IndexedDb, StorageError>,
    keys: TextsInKeys<K>,
    memory: MemoryTexts,
    worst: Rc<Cell<TextsAt>>,
}

impl<K: KeyValue> Texts<K> {
    /// Opens the database; `kv` and memory stand in for it.
    pub async fn open(kv: K) -> Self {
        Self::over(IndexedDb::open().await, kv)
    }

    pub(super) fn over(database: Result<IndexedDb, StorageError>, kv: K) -> Self {
        let worst = Rc::new(Cell::new(TextsAt::Database));
        Self { database, keys: TextsInKeys(kv), memory: MemoryTexts::default(), worst }
    }

    /// The worst place that a text of this page had to go to; the page says so unless it is the database.
    pub fn worst(&self) -> TextsAt {
        self.worst.get()
    }

    /// Why the database is not used, if so.
    pub fn blocked(&self) -> Option<&StorageError> {
        self.database.as_ref().err()
    }

    /// The database, for the steps.
    pub fn database(&self) -> Option<IndexedDb> {
        self.database.as_ref().ok().cloned()
    }
}

impl<K: KeyValue> TextStore for Texts<K> {
    async fn get(&self, id: &ArticleId) -> Result<Option<String>, StorageError> {
        let mut failed = None;
        if let Ok(database) = &self.database {
            match database.get(id).await {
                Ok(None) => {}
                Ok(found) => return Ok(found),
                Err(error) => failed = Some(error),
            }
        }
        if let Ok(Some(kept)) = self.keys.get(id).await {
            return Ok(Some(kept));
        }
        match (self.memory.get(id).await?, failed) {
            (None, Some(error)) => Err(error),
            (found, _) => Ok(found),
        }
    }

    async fn put(&self, id: &ArticleId, kept: &str) -> Result<(), StorageError> {
        if let Ok(database) = &self.database
            && database.put(id, kept).await.is_ok()
        {
            return Ok(());
        }
        let at = match self.keys.put(id, kept).await {
            Ok(()) => TextsAt::Keys,
            Err(_) => {
                self.memory.put(id, kept).await?;
                TextsAt::Memory
            }
        };
        self.worst.set(self.worst.get().max(at));
        Ok(())
    }

    async fn remove(&self, id: &ArticleId) -> Result<(), StorageError> {
        self.memory.remove(id).await?;
        self.keys.remove(id).await?;
        match &self.database {
            Ok(database) => database.remove(id).await,
            Err(_) => Ok(()),
        }
    }

    async fn ids(&self) -> Result<Vec<ArticleId>, StorageError> {
        let mut ids = self.memory.ids().await?;
        ids.extend(self.keys.ids().await.unwrap_or_default());
        if let Ok(database) = &self.database {
            ids.extend(database.ids().await?);
        }
        ids.sort_unstable();
        ids.dedup();
        Ok(ids)
    }
}
