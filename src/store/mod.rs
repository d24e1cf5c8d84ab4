//! Keeping the work: journal, snapshot and recovery, over small storage traits with memory implementations.
//!
//! What a person decides lives in a [`KeyValue`] (the page's local storage): per article a small head, snapshots
//! and one key per step of work. It answers at once, but has little room and reaches the disk late. So each step
//! also goes to a [`StepStore`] (IndexedDB), which holds a whole line of its own: a snapshot and the steps after it.
//! The text and what the analysis found in it are large and never change: they live in a [`TextStore`] (IndexedDB).
//! A document is the base, the newest whole snapshot, and the steps after it, from whichever store has them.
//!
//! Invariants: a step is saved when it is on disk in the step store, or, where that takes nothing, when its key has
//! been written and read back; nothing that cannot be read is ever deleted, it is set aside and named; no byte in
//! storage, however damaged, makes anything here panic.
//! Nothing here touches a browser, a clock or a source of randomness.

mod base;
mod head;
mod journal;
mod keeper;
mod key_value;
mod keys;
mod memory;
mod memory_stores;
mod names;
mod recovery;
mod removal;
mod seal;
mod second;
mod snapshot;
mod step_store;
mod text_store;

#[cfg(test)]
mod tests;

pub use base::{BaseError, decode_base, encode_base};
pub use head::{Head, View};
pub use journal::{Journal, SNAPSHOT_EVERY, Standing};
pub use keeper::{KeepError, Keeper};
pub use key_value::{KeyValue, StorageError};
pub use keys::{PREFIX, Place, text_key};
pub use memory::{Fault, MemoryStorage};
pub use memory_stores::{MemorySteps, MemoryTexts};
pub use names::safe_file_name;
pub use recovery::{Behind, Damage, Recovered, Why};
pub use removal::{finish_removals, lost_articles, remove_article};
pub use step_store::{Batch, Copies, Record, StepStore};
pub use text_store::{TextStore, TextsInKeys};
