//! Local storage. The only file that touches it.

use gloo::events::EventListener;
use wasm_bindgen::JsCast as _;
use web_sys::{Storage, StorageEvent};

use super::storage_error;
use crate::store::{KeyValue, MemoryStorage, PREFIX, StorageError};

/// Local storage of this origin.
#[derive(Debug, Clone)]
pub struct LocalStorage(Storage);

impl LocalStorage {
    /// UTF-16 units that keys and values of one origin may take together in the common browsers.
    pub const ROOM_UTF16: usize = 5 * 1024 * 1024;

    /// The storage, once a small write has shown that it works.
    ///
    /// # Errors
    /// [`StorageError::Blocked`] when the browser or the user forbids it. A full one is no error: it still reads.
    pub fn open() -> Result<Self, StorageError> {
        let window = web_sys::window().ok_or(StorageError::Blocked)?;
        #[allow(clippy::disallowed_methods, reason = "this is the one file that may")]
        let storage = window.local_storage();
        let storage = storage.map_err(|error| storage_error(&error))?.ok_or(StorageError::Blocked)?;
        let storage = Self(storage);
        let probe = "readout/probe";
        match storage.set(probe, "1").and_then(|()| storage.remove(probe)) {
            Ok(()) | Err(StorageError::Full) => Ok(storage),
            Err(error) => Err(error),
        }
    }

    /// UTF-16 units that our keys and values take. Reads everything: when idle, not at a key press.
    pub fn used_utf16(&self) -> usize {
        let keys = self.keys(PREFIX).unwrap_or_default();
        let size = |key: &String| {
            let value = self.get(key).ok().flatten();
            key.len() + value.map_or(0, |value| value.encode_utf16().count())
        };
        keys.iter().map(size).sum()
    }
}

impl KeyValue for LocalStorage {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.0.get_item(key).map_err(|error| storage_error(&error))
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        self.0.set_item(key, value).map_err(|error| storage_error(&error))
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.0.remove_item(key).map_err(|error| storage_error(&error))
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, StorageError> {
        // One call instead of one for each key.
        let keys = js_sys::Object::keys(&self.0);
        Ok(keys.iter().filter_map(|key| key.as_string()).filter(|key| key.starts_with(prefix)).collect())
    }
}

/// Local storage, or memory where that is blocked: then nothing outlives the page, and the page says so.
#[derive(Debug, Clone)]
pub enum LocalOrMemory {
    /// Local storage works.
    Local(LocalStorage),
    /// It does not, and why.
    Memory(MemoryStorage, StorageError),
}

impl LocalOrMemory {
    /// Local storage if it works.
    pub fn open() -> Self {
        match LocalStorage::open() {
            Ok(storage) => Self::Local(storage),
            Err(error) => Self::Memory(MemoryStorage::new(), error),
        }
    }

    /// Why nothing outlives the page, if so.
    pub fn blocked(&self) -> Option<&StorageError> {
        match self {
            Self::Local(_) => None,
            Self::Memory(_, error) => Some(error),
        }
    }

    fn inner(&self) -> &dyn KeyValue {
        match self {
            Self::Local(storage) => storage,
            Self::Memory(storage, _) => storage,
        }
    }
}

impl KeyValue for LocalOrMemory {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.inner().get(key)
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        self.inner().set(key, value)
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.inner().remove(key)
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, StorageError> {
        self.inner().keys(prefix)
    }

    fn lasts(&self) -> bool {
        self.blocked().is_none()
    }
}

/// What another tab changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StorageChange {
    /// The key; none when everything was cleared.
    pub key: Option<String>,
    /// The new value; none when the key is gone.
    pub value: Option<String>,
}

/// Calls `callback` for each change that another tab makes to our keys, until the listener is dropped.
pub fn watch_storage(callback: impl Fn(StorageChange) + 'static) -> Option<EventListener> {
    let window = web_sys::window()?;
    Some(EventListener::new(&window, "storage", move |event| {
        let Some(event) = event.dyn_ref::<StorageEvent>() else { return };
        let key = event.key();
        if key.as_ref().is_none_or(|key| key.starts_with(PREFIX)) {
            callback(StorageChange { key, value: event.new_value() });
        }
    }))
}
