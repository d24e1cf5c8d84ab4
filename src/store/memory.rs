//! A small store in memory: for tests, and for the page when the browser blocks its own.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::key_value::{KeyValue, StorageError};

/// How the next write fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// No room is left.
    Full,
    /// The browser says no.
    Refused,
    /// The first bytes are written (fewer than all), then it fails.
    Torn(usize),
    /// Nothing is written, and nothing works any more until [`MemoryStorage::reopen`]: the page is gone.
    Stop,
    /// Like [`Fault::Torn`], and then the page is gone.
    TornStop(usize),
}

/// A [`KeyValue`] in memory. Clones share what they hold.
#[derive(Debug, Clone, Default)]
pub struct MemoryStorage(Rc<RefCell<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    values: BTreeMap<String, String>,
    /// What stood under each key that was written or removed, the oldest first; only when asked for.
    replaced: Option<Vec<(String, Option<String>)>>,
    /// How many writes still go well, and what happens to the one after them.
    fault: Option<(usize, Fault)>,
    room: Option<usize>,
    stopped: bool,
}

impl MemoryStorage {
    /// An empty store without a limit.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes the next write or removal fail.
    pub fn fail_next(&self, fault: Fault) {
        self.fail_after(0, fault);
    }

    /// Makes a write or removal fail after `good` that go well.
    pub fn fail_after(&self, good: usize, fault: Fault) {
        self.0.borrow_mut().fault = Some((good, fault));
    }

    /// Takes back a fault that has not happened yet.
    pub fn fail_no_more(&self) {
        self.0.borrow_mut().fault = None;
    }

    /// Limits keys and values together to `bytes`; `None` lifts the limit.
    pub fn set_room(&self, bytes: Option<usize>) {
        self.0.borrow_mut().room = bytes;
    }

    /// Bytes of all keys and values.
    pub fn used(&self) -> usize {
        self.0.borrow().values.iter().map(|(key, value)| key.len() + value.len()).sum()
    }

    /// What a page finds that opens after this one ended: the same values, no faults, no limit. The two share
    /// nothing.
    pub fn reopen(&self) -> Self {
        self.crash(0)
    }

    /// Remembers from now on what each write replaces, for [`MemoryStorage::crash`].
    pub fn remember_writes(&self) {
        self.0.borrow_mut().replaced.get_or_insert_default();
    }

    /// What a page finds after the browser was killed, when the last `lost` writes and removals had not reached the
    /// disk; of those since [`MemoryStorage::remember_writes`].
    pub fn crash(&self, lost: usize) -> Self {
        let inner = self.0.borrow();
        let mut values = inner.values.clone();
        for (key, value) in inner.replaced.iter().flatten().rev().take(lost).cloned() {
            match value {
                Some(value) => drop(values.insert(key, value)),
                None => drop(values.remove(&key)),
            }
        }
        let replaced = inner.replaced.as_ref().map(|_| Vec::new());
        Self(Rc::new(RefCell::new(Inner { values, replaced, ..Inner::default() })))
    }
}

impl Inner {
    fn running(&self) -> Result<(), StorageError> {
        if self.stopped { Err(StorageError::Other("the page is gone".into())) } else { Ok(()) }
    }

    /// The fault that strikes now, if any.
    fn strike(&mut self) -> Option<Fault> {
        match &mut self.fault {
            Some((0, fault)) => {
                let fault = *fault;
                self.fault = None;
                Some(fault)
            }
            Some((good, _)) => {
                *good -= 1;
                None
            }
            None => None,
        }
    }

    /// What a fault makes of a write or removal; `tear` writes the part that still went through.
    fn fail(&mut self, fault: Fault, tear: impl FnOnce(&mut Self, usize)) -> StorageError {
        match fault {
            Fault::Full => StorageError::Full,
            Fault::Refused => StorageError::Blocked,
            Fault::Torn(bytes) => {
                tear(self, bytes);
                StorageError::Other("the write was cut short".into())
            }
            Fault::Stop | Fault::TornStop(_) => {
                if let Fault::TornStop(bytes) = fault {
                    tear(self, bytes);
                }
                self.stopped = true;
                StorageError::Other("the page is gone".into())
            }
        }
    }

    fn write(&mut self, key: &str, value: &str) -> Result<(), StorageError> {
        let kept = self.values.get(key).map_or(0, |value| key.len() + value.len());
        let used: usize = self.values.iter().map(|(key, value)| key.len() + value.len()).sum();
        if self.room.is_some_and(|room| used - kept + key.len() + value.len() > room) {
            return Err(StorageError::Full);
        }
        self.put(key, Some(value));
        Ok(())
    }

    fn tear(&mut self, key: &str, value: &str, bytes: usize) {
        let end = (0..=bytes.min(value.len().saturating_sub(1))).rev().find(|&at| value.is_char_boundary(at));
        let torn = end.and_then(|end| value.get(..end)).unwrap_or_default();
        self.put(key, Some(torn));
    }

    fn put(&mut self, key: &str, value: Option<&str>) {
        let before = match value {
            Some(value) => self.values.insert(key.into(), value.into()),
            None => self.values.remove(key),
        };
        if let Some(replaced) = &mut self.replaced {
            replaced.push((key.into(), before));
        }
    }
}

impl KeyValue for MemoryStorage {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        let inner = self.0.borrow();
        inner.running()?;
        Ok(inner.values.get(key).cloned())
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        let mut inner = self.0.borrow_mut();
        inner.running()?;
        match inner.strike() {
            None => inner.write(key, value),
            Some(fault) => Err(inner.fail(fault, |inner, bytes| inner.tear(key, value, bytes))),
        }
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        let mut inner = self.0.borrow_mut();
        inner.running()?;
        match inner.strike() {
            None => {
                inner.put(key, None);
                Ok(())
            }
            Some(fault) => Err(inner.fail(fault, |_, _| ())),
        }
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, StorageError> {
        let inner = self.0.borrow();
        inner.running()?;
        Ok(inner.values.keys().filter(|key| key.starts_with(prefix)).cloned().collect())
    }
}
