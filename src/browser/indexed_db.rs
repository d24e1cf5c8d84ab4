//! Texts in IndexedDB, with local storage and then memory where it is blocked or fails.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbOpenDbRequest, IdbRequest, IdbTransactionMode};

use super::storage_error;
use crate::store::{KeyValue, MemoryTexts, StorageError, TextStore, TextsInKeys};
use crate::text::ArticleId;

const DATABASE: &str = "readout";
const STORE: &str = "texts";

/// How long the browser may take to open the database, in milliseconds: some that block it never answer.
const OPEN_WITHIN_MS: i32 = 5_000;

/// The database `readout` with its store `texts`.
#[derive(Debug, Clone)]
pub struct IndexedDb(IdbDatabase);

impl IndexedDb {
    /// Opens the database, and makes it the first time.
    ///
    /// # Errors
    /// [`StorageError`] when the browser or the user forbids it, or it does not answer.
    pub async fn open() -> Result<Self, StorageError> {
        let window = web_sys::window().ok_or(StorageError::Blocked)?;
        let factory = window.indexed_db().map_err(|error| storage_error(&error))?;
        let request = factory.ok_or(StorageError::Blocked)?.open_with_u32(DATABASE, 1);
        let request: IdbOpenDbRequest = request.map_err(|error| storage_error(&error))?;
        let made = request.clone();
        let upgrade = Closure::once(move || {
            if let Ok(database) = made.result() {
                // A failure ends the opening, and that is answered below.
                let _ = database.unchecked_into::<IdbDatabase>().create_object_store(STORE);
            }
        });
        request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
        let late = Promise::new(&mut |_, reject| {
            // Without a timer we wait for the browser.
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&reject, OPEN_WITHIN_MS);
        });
        let answer = Promise::race(&js_sys::Array::of2(&settled(&request), &late));
        let opened = JsFuture::from(answer).await;
        request.set_onupgradeneeded(None);
        let database: IdbDatabase = match opened {
            Ok(_) => request.result().map_err(|error| storage_error(&error))?.unchecked_into(),
            Err(_) => return Err(request_error(&request)),
        };
        Ok(Self(database))
    }

    async fn request(
        &self,
        mode: IdbTransactionMode,
        ask: impl FnOnce(&web_sys::IdbObjectStore) -> Result<IdbRequest, JsValue>,
    ) -> Result<JsValue, StorageError> {
        let transaction = self.0.transaction_with_str_and_mode(STORE, mode);
        let transaction = transaction.map_err(|error| storage_error(&error))?;
        let store = transaction.object_store(STORE).map_err(|error| storage_error(&error))?;
        let request = ask(&store).map_err(|error| storage_error(&error))?;
        // Kept only when the whole transaction is: a full disk shows at its end.
        let complete = Promise::new(&mut |resolve, reject| {
            transaction.set_oncomplete(Some(&resolve));
            transaction.set_onabort(Some(&reject));
        });
        match JsFuture::from(complete).await {
            Ok(_) => request.result().map_err(|error| storage_error(&error)),
            Err(_) => Err(match transaction.error() {
                Some(error) => storage_error(&error),
                None => request_error(&request),
            }),
        }
    }
}

/// A promise of the request's success.
fn settled(request: &IdbRequest) -> Promise {
    Promise::new(&mut |resolve: Function, reject: Function| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    })
}

fn request_error(request: &IdbRequest) -> StorageError {
    match request.error() {
        Ok(Some(error)) => storage_error(&error),
        _ => StorageError::Other("the database does not answer".into()),
    }
}

impl TextStore for IndexedDb {
    async fn get(&self, id: &ArticleId) -> Result<Option<String>, StorageError> {
        let key = JsValue::from_str(id.as_str());
        Ok(self.request(IdbTransactionMode::Readonly, |store| store.get(&key)).await?.as_string())
    }

    async fn put(&self, id: &ArticleId, kept: &str) -> Result<(), StorageError> {
        let (key, value) = (JsValue::from_str(id.as_str()), JsValue::from_str(kept));
        self.request(IdbTransactionMode::Readwrite, |store| store.put_with_key(&value, &key)).await?;
        Ok(())
    }

    async fn remove(&self, id: &ArticleId) -> Result<(), StorageError> {
        let key = JsValue::from_str(id.as_str());
        self.request(IdbTransactionMode::Readwrite, |store| store.delete(&key)).await?;
        Ok(())
    }

    async fn ids(&self) -> Result<Vec<ArticleId>, StorageError> {
        let keys = self.request(IdbTransactionMode::Readonly, web_sys::IdbObjectStore::get_all_keys).await?;
        let keys = js_sys::Array::from(&keys);
        Ok(keys.iter().filter_map(|key| key.as_string()).map(|key| ArticleId::of_hash(&key)).collect())
    }
}

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
