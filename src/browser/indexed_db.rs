//! Texts and steps in IndexedDB, each answered once it is on disk.

use std::pin::Pin;

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbKeyRange, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction};

use super::storage_error;
use crate::store::{Batch, KeepError, Record, StepStore, StorageError, TextStore};
use crate::text::ArticleId;

const DATABASE: &str = "readout";
/// 1: texts. 2: steps as well.
const VERSION: u32 = 2;
/// Texts by article.
const TEXTS: &str = "texts";
/// `[number, whether it is a snapshot, sealed value]` by `[article, number, 0 for a step and 1 for a snapshot]`.
const STEPS: &str = "steps";

/// How long the browser may take to open the database, in milliseconds: some that block it never answer.
const OPEN_WITHIN_MS: i32 = 5_000;

/// The database `readout` with its stores `texts` and `steps`.
#[derive(Debug, Clone)]
pub struct IndexedDb(IdbDatabase);

impl IndexedDb {
    /// Opens the database, and makes it the first time. One that an older build made keeps its texts.
    ///
    /// # Errors
    /// [`StorageError`] when the browser or the user forbids it, or it does not answer.
    pub async fn open() -> Result<Self, StorageError> {
        Self::open_named(DATABASE).await
    }

    pub(super) async fn open_named(name: &str) -> Result<Self, StorageError> {
        let window = web_sys::window().ok_or(StorageError::Blocked)?;
        let factory = window.indexed_db().map_err(|error| storage_error(&error))?;
        let request = factory.ok_or(StorageError::Blocked)?.open_with_u32(name, VERSION);
        let request: IdbOpenDbRequest = request.map_err(|error| storage_error(&error))?;
        let made = request.clone();
        let upgrade = Closure::once(move || {
            let Ok(database) = made.result() else { return };
            let database: IdbDatabase = database.unchecked_into();
            let names = database.object_store_names();
            for store in [TEXTS, STEPS].into_iter().filter(|store| !names.contains(store)) {
                // A failure ends the opening, and that is answered below.
                let _ = database.create_object_store(store);
            }
        });
        request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
        let late = Promise::new(&mut |_, reject| {
            // Without a timer we wait for the browser.
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&reject, OPEN_WITHIN_MS);
        });
        let answer = Promise::race(&Array::of2(&settled(&request), &late));
        let opened = JsFuture::from(answer).await;
        request.set_onupgradeneeded(None);
        let database: IdbDatabase = match opened {
            Ok(_) => request.result().map_err(|error| storage_error(&error))?.unchecked_into(),
            Err(_) => return Err(request_error(&request)),
        };
        // A newer build in another tab may change the database: it would wait for us for ever.
        let closing = database.clone();
        let close = Closure::once_into_js(move || closing.close());
        database.set_onversionchange(Some(close.unchecked_ref()));
        Ok(Self(database))
    }

    /// Asks one store something; the answer is the last request's result.
    fn ask(&self, store: &str, mode: &str, ask: Ask) -> Answer {
        match self.begin(store, mode, ask) {
            Ok((transaction, request)) => Box::pin(finished(transaction, request)),
            Err(error) => Box::pin(std::future::ready(Err(storage_error(&error)))),
        }
    }

    fn begin(&self, store: &str, mode: &str, ask: Ask) -> Result<(IdbTransaction, IdbRequest), JsValue> {
        // Through Reflect: web-sys has the third argument behind a compiler flag. `strict`: what is answered is on
        // disk, not only with the operating system.
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
        let begin: Function = Reflect::get(&self.0, &"transaction".into())?.dyn_into()?;
        let transaction = begin.call3(&self.0, &store.into(), &mode.into(), &options)?;
        let transaction: IdbTransaction = transaction.unchecked_into();
        let request = ask(&transaction.object_store(store)?)?;
        // Without it the browser waits for further requests: too long for a page that is being closed. Not when
        // reading: Chromium then ends the transaction before it hands out a large value.
        let commit = Reflect::get(&transaction, &"commit".into())?.dyn_into::<Function>();
        if let (WRITE, Ok(commit)) = (mode, commit) {
            commit.call0(&transaction)?;
        }
        Ok((transaction, request))
    }
}

/// What one store is asked. Not generic, like the answer: there is one waiting for all questions.
type Ask<'a> = &'a dyn Fn(&IdbObjectStore) -> Result<IdbRequest, JsValue>;
type Answer = Pin<Box<dyn Future<Output = Result<JsValue, StorageError>>>>;

/// The request's result once its whole transaction is done: a full disk shows at its end.
async fn finished(transaction: IdbTransaction, request: IdbRequest) -> Result<JsValue, StorageError> {
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

const READ: &str = "readonly";
const WRITE: &str = "readwrite";

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
        Ok(self.ask(TEXTS, READ, &|store| store.get(&key)).await?.as_string())
    }

    async fn put(&self, id: &ArticleId, kept: &str) -> Result<(), StorageError> {
        let (key, value) = (JsValue::from_str(id.as_str()), JsValue::from_str(kept));
        self.ask(TEXTS, WRITE, &|store| store.put_with_key(&value, &key)).await?;
        Ok(())
    }

    async fn remove(&self, id: &ArticleId) -> Result<(), StorageError> {
        let key = JsValue::from_str(id.as_str());
        self.ask(TEXTS, WRITE, &|store| store.delete(&key)).await?;
        Ok(())
    }

    async fn ids(&self) -> Result<Vec<ArticleId>, StorageError> {
        let keys = self.ask(TEXTS, READ, &IdbObjectStore::get_all_keys).await?;
        let keys = Array::from(&keys);
        Ok(keys.iter().filter_map(|key| key.as_string()).map(|key| ArticleId::of_hash(&key)).collect())
    }
}

/// The key of a step (`kind` 0) or a snapshot (1).
fn step_key(id: &ArticleId, rev: u64, kind: u8) -> JsValue {
    // Exact up to 2^53 steps.
    Array::of3(&id.as_str().into(), &JsValue::from_f64(rev as f64), &kind.into()).into()
}

/// All keys of an article, or those up to a step and its snapshot.
fn steps_of(id: &ArticleId, up_to: Option<u64>) -> Result<JsValue, JsValue> {
    let first = Array::of1(&id.as_str().into());
    // An array comes after every number.
    let last = || Array::of2(&id.as_str().into(), &Array::new()).into();
    IdbKeyRange::bound(&first, &up_to.map_or_else(last, |rev| step_key(id, rev, 1))).map(JsValue::from)
}

fn put_step(
    store: &IdbObjectStore,
    id: &ArticleId,
    rev: u64,
    kind: u8,
    sealed: &str,
) -> Result<IdbRequest, JsValue> {
    let value = Array::of3(&JsValue::from_f64(rev as f64), &(kind == 1).into(), &sealed.into());
    let key = step_key(id, rev, kind);
    // A step is never written over.
    if kind == 0 { store.add_with_key(&value, &key) } else { store.put_with_key(&value, &key) }
}

impl StepStore for IndexedDb {
    async fn read(&self, id: &ArticleId) -> Result<Vec<Record>, StorageError> {
        let range = steps_of(id, None).map_err(|error| storage_error(&error))?;
        let found = self.ask(STEPS, READ, &|store| store.get_all_with_key(&range)).await?;
        let record = |value: JsValue| {
            let value = Array::from(&value);
            let sealed = value.get(2).as_string()?;
            Some(Record { rev: value.get(0).as_f64()? as u64, is_snapshot: value.get(1).is_truthy(), sealed })
        };
        Ok(Array::from(&found).iter().filter_map(record).collect())
    }

    async fn write(&self, id: &ArticleId, batch: &Batch) -> Result<(), KeepError> {
        let written = self.ask(STEPS, WRITE, &|store| match batch {
            Batch::Steps(steps) => {
                let mut last = None;
                for (rev, sealed) in steps {
                    last = Some(put_step(store, id, *rev, 0, sealed)?);
                }
                last.map_or_else(|| store.count(), Ok)
            }
            Batch::Snapshot { rev, sealed, over } => {
                store.delete(&steps_of(id, Some(*over))?)?;
                put_step(store, id, *rev, 1, sealed)
            }
        });
        match (written.await, batch) {
            (Ok(_), _) => Ok(()),
            (Err(StorageError::Other(words)), Batch::Steps(steps))
                if words.starts_with("ConstraintError") =>
            {
                Err(KeepError::Taken { rev: steps.first().map_or(0, |(rev, _)| *rev) })
            }
            (Err(error), _) => Err(error.into()),
        }
    }

    async fn remove(&self, id: &ArticleId) -> Result<(), StorageError> {
        let range = steps_of(id, None).map_err(|error| storage_error(&error))?;
        self.ask(STEPS, WRITE, &|store| store.delete(&range)).await?;
        Ok(())
    }
}
