//! The browser's own: local storage, IndexedDB, files in and out, clock, locks, other tabs.
//!
//! Thin: each file wraps one interface of the browser in plain Rust and holds no rule of its own. Nothing here
//! panics when the browser refuses; what it refuses, and why, is answered as a value.

pub mod clock;
pub mod dom;
pub mod files;
pub mod highlight;
pub mod idle;
pub mod importer;
mod indexed_db;
mod local_storage;
mod lock;
pub mod selection;
pub mod site;
mod tabs;
mod texts;

#[cfg(target_arch = "wasm32")]
#[cfg(test)]
mod tests;

pub use indexed_db::IndexedDb;
pub use local_storage::{LocalOrMemory, LocalStorage, StorageChange, watch_storage};
pub use lock::WriteLock;
pub use tabs::{TabMessage, Tabs};
pub use texts::{Texts, TextsAt};

use wasm_bindgen::{JsCast as _, JsValue};

use crate::store::StorageError;

/// What a browser's exception means for a store.
fn storage_error(error: &JsValue) -> StorageError {
    let (name, message) = match error.dyn_ref::<web_sys::DomException>() {
        Some(exception) => (exception.name(), exception.message()),
        None => {
            let error = js_sys::Error::from(error.clone());
            let text = |value: js_sys::JsString| value.as_string().unwrap_or_default();
            (text(error.name()), text(error.message()))
        }
    };
    match name.as_str() {
        "QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED" => StorageError::Full,
        "SecurityError" | "NotAllowedError" => StorageError::Blocked,
        _ => StorageError::Other(format!("{name}: {message}")),
    }
}
