//! A small store of strings, and how it fails.

/// Why the store did not do what was asked. Nothing was changed then, except by a write that was cut short.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StorageError {
    /// The browser or the user forbids it.
    #[error("storage is blocked")]
    Blocked,
    /// No room is left.
    #[error("storage is full")]
    Full,
    /// Something else, in the store's own words.
    #[error("storage failed: {0}")]
    Other(String),
}

/// Strings under string keys, written at once: when `set` has returned, the value is kept.
pub trait KeyValue {
    /// The value under `key`.
    ///
    /// # Errors
    /// [`StorageError`] when the store cannot be read.
    fn get(&self, key: &str) -> Result<Option<String>, StorageError>;

    /// Puts `value` under `key`, in place of what stood there.
    ///
    /// # Errors
    /// [`StorageError`] when it was not written.
    fn set(&self, key: &str, value: &str) -> Result<(), StorageError>;

    /// Takes `key` away; nothing happens when it is not there.
    ///
    /// # Errors
    /// [`StorageError`] when the store cannot be written.
    fn remove(&self, key: &str) -> Result<(), StorageError>;

    /// Every key that begins with `prefix`, in no particular order. Looks at all keys: not for each key press.
    ///
    /// # Errors
    /// [`StorageError`] when the store cannot be read.
    fn keys(&self, prefix: &str) -> Result<Vec<String>, StorageError>;

    /// Whether what is written outlives the page.
    fn lasts(&self) -> bool {
        true
    }
}

impl<K: KeyValue + ?Sized> KeyValue for std::rc::Rc<K> {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.as_ref().get(key)
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        self.as_ref().set(key, value)
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.as_ref().remove(key)
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, StorageError> {
        self.as_ref().keys(prefix)
    }

    fn lasts(&self) -> bool {
        self.as_ref().lasts()
    }
}
