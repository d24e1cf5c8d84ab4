//! Where each step of work goes a second time: on disk once it has answered.

use serde::de::DeserializeOwned;

use super::keeper::KeepError;
use super::key_value::StorageError;
use super::keys::{Place, entry_key, snapshot_key};
use super::recovery::Why;
use super::seal::{Broken, unseal};
use crate::text::ArticleId;

/// A step, or a snapshot after it, sealed as it is in local storage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Which step.
    pub rev: u64,
    /// Whether it is a snapshot after that step.
    pub is_snapshot: bool,
    /// The sealed value.
    pub sealed: String,
}

impl Record {
    fn order(&self) -> (u64, bool) {
        (self.rev, self.is_snapshot)
    }

    /// The key that it has in local storage.
    pub(super) fn key(&self, id: &ArticleId) -> String {
        if self.is_snapshot { snapshot_key(id, self.rev) } else { entry_key(id, self.rev) }
    }
}

/// What goes into the store at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Batch {
    /// The next steps, each with its number, sealed.
    Steps(Vec<(u64, String)>),
    /// A snapshot, which stands for everything before it.
    Snapshot {
        /// After which step.
        rev: u64,
        /// The sealed value.
        sealed: String,
        /// The last step that is known to lie in the store: what lies there up to this one goes.
        over: u64,
    },
}

/// Keeps steps on disk, by article and number. Slower than a [`KeyValue`](super::KeyValue), which answers at once
/// and may reach the disk seconds later; and with more room.
#[allow(async_fn_in_trait, reason = "the page has one thread: nobody needs the future to be Send")]
pub trait StepStore {
    /// Everything about an article, in order of the numbers; a snapshot comes after its step.
    ///
    /// # Errors
    /// [`StorageError`] when the store cannot be read.
    async fn read(&self, id: &ArticleId) -> Result<Vec<Record>, StorageError>;

    /// Writes all of the batch or nothing. When this has returned, it is on disk. Never writes over a step.
    ///
    /// # Errors
    /// [`KeepError::Taken`] when a step of the batch is there already; otherwise [`KeepError::Storage`].
    async fn write(&self, id: &ArticleId, batch: &Batch) -> Result<(), KeepError>;

    /// Forgets everything about an article.
    ///
    /// # Errors
    /// [`StorageError`] when the store cannot be written.
    async fn remove(&self, id: &ArticleId) -> Result<(), StorageError>;
}

/// None: the browser has no such store. What it might hold from another day cannot be known then.
impl<S: StepStore> StepStore for Option<S> {
    async fn read(&self, id: &ArticleId) -> Result<Vec<Record>, StorageError> {
        self.as_ref().ok_or(StorageError::Blocked)?.read(id).await
    }

    async fn write(&self, id: &ArticleId, batch: &Batch) -> Result<(), KeepError> {
        self.as_ref().ok_or(StorageError::Blocked)?.write(id, batch).await
    }

    async fn remove(&self, id: &ArticleId) -> Result<(), StorageError> {
        self.as_ref().ok_or(StorageError::Blocked)?.remove(id).await
    }
}

/// What the step store has of one article, as it was read.
#[derive(Debug, Clone, Default)]
pub struct Copies {
    /// Whether the store could be read. If not, nothing is written to it either: it may hold more than we know.
    pub(super) is_readable: bool,
    /// In order of their numbers, a snapshot after its step.
    records: Vec<Record>,
}

impl Copies {
    /// Of a store that is not there.
    pub fn none() -> Self {
        Self::default()
    }

    /// What `steps` has of the article `id`.
    pub async fn read(steps: &impl StepStore, id: &ArticleId) -> Self {
        match steps.read(id).await {
            Ok(records) => Self { is_readable: true, records },
            Err(_) => Self::none(),
        }
    }

    /// Takes out what belongs to step `rev` or to a later one.
    pub(super) fn split_off(&mut self, rev: u64) -> Vec<Record> {
        self.records.split_off(self.records.partition_point(|record| record.rev < rev))
    }

    /// The last step that anything here belongs to.
    pub(super) fn last(&self) -> u64 {
        self.records.last().map_or(0, |record| record.rev)
    }

    /// Numbers of its snapshots, in order.
    pub(super) fn snapshots(&self) -> impl DoubleEndedIterator<Item = u64> {
        self.records.iter().filter(|record| record.is_snapshot).map(|record| record.rev)
    }

    /// Numbers of its steps, in order.
    pub(super) fn steps(&self) -> impl Iterator<Item = u64> {
        self.records.iter().filter(|record| !record.is_snapshot).map(|record| record.rev)
    }

    /// The sealed value for a key of local storage.
    pub(super) fn sealed(&self, key: &str) -> Option<&String> {
        let order = match Place::of(key) {
            Place::Entry(_, rev) => (rev, false),
            Place::Snapshot(_, rev) => (rev, true),
            _ => return None,
        };
        let at = self.records.binary_search_by_key(&order, Record::order).ok()?;
        self.records.get(at).map(|record| &record.sealed)
    }

    /// The body for a key of local storage.
    pub(super) fn unsealed(&self, key: &str) -> Result<&str, Why> {
        unseal(key, self.sealed(key).ok_or(Why::Missing)?).map_err(|broken| match broken {
            Broken::Damaged => Why::Damaged,
            Broken::Newer => Why::Newer,
        })
    }

    /// The value for a key of local storage.
    pub(super) fn value<T: DeserializeOwned>(&self, key: &str) -> Result<T, Why> {
        serde_json::from_str(self.unsealed(key)?).map_err(|_| Why::Damaged)
    }
}
