//! The importers' module, at work in a worker of its own.
//!
//! A worker that is loaded by its address would escape the policy that the page bears, so it is made from a blob:
//! the module's own script and `static/worker.js`, both asked for at the place that the page came from.

use std::cell::{Cell, RefCell};

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, MessageEvent, Response, Url, Worker};

use super::site::{fetched, words};

/// The files that the worker is made of, beside the page.
const SCRIPTS: [&str; 2] = ["readout-import.js", "worker.js"];
const MODULE: &str = "readout-import_bg.wasm";

/// Why a call was not answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// The module could not be loaded.
    #[error("{0}")]
    NotLoaded(String),
    /// The module said no: its words.
    #[error("{0}")]
    Refused(String),
    /// The module failed, as for want of memory; the worker is gone.
    #[error("{0}")]
    Failed(String),
    /// The worker was stopped.
    #[error("stopped")]
    Stopped,
}

/// A worker with the importers' module in it. One call at a time.
#[derive(Debug)]
pub struct Importer {
    worker: Worker,
    /// Ends the call that is under way.
    give_up: RefCell<Option<Function>>,
    is_stopped: Cell<bool>,
}

impl Importer {
    /// Loads the module and starts a worker with it.
    ///
    /// # Errors
    /// [`ImportError::NotLoaded`] when a file cannot be had or the browser refuses.
    pub async fn start() -> Result<Self, ImportError> {
        let not_loaded = |error: JsValue| ImportError::NotLoaded(words(&error));
        let parts = Array::new();
        for script in SCRIPTS {
            let text = fetched(script, Response::text).await.map_err(not_loaded)?;
            parts.push(&text);
            parts.push(&"\n".into());
        }
        let module = fetched(MODULE, Response::array_buffer).await.map_err(not_loaded)?;
        let importer = Self::from_parts(&parts).map_err(not_loaded)?;
        let message = object(&[("wasm", &module)]);
        match importer.ask(&message, &Array::of1(&module)).await {
            Ok(_) => Ok(importer),
            Err(ImportError::Refused(error) | ImportError::Failed(error)) => {
                Err(ImportError::NotLoaded(error))
            }
            Err(error) => Err(error),
        }
    }

    fn from_parts(parts: &Array) -> Result<Self, JsValue> {
        let options = BlobPropertyBag::new();
        options.set_type("text/javascript");
        let blob = Blob::new_with_str_sequence_and_options(parts, &options)?;
        let url = Url::create_object_url_with_blob(&blob)?;
        let worker = Worker::new(&url)?;
        Url::revoke_object_url(&url)?;
        Ok(Self { worker, give_up: RefCell::default(), is_stopped: Cell::new(false) })
    }

    /// Reads a file, or one that lay in an archive; the answer is a [`Reply`](crate::exchange::Reply) as JSON.
    ///
    /// # Errors
    /// [`ImportError`].
    pub async fn open_file(&self, name: &str, bytes: &[u8], is_inside: bool) -> Result<String, ImportError> {
        let bytes = Uint8Array::from(bytes);
        let given = Array::of2(&name.into(), &bytes);
        let call = if is_inside { "open_inside" } else { "open_file" };
        let reply = self.call(call, &given, &Array::of1(&bytes.buffer())).await?;
        Ok(reply.as_string().unwrap_or_default())
    }

    /// Reads rich text from the clipboard; the answer is a [`Reply`](crate::exchange::Reply) as JSON.
    ///
    /// # Errors
    /// [`ImportError`].
    pub async fn open_paste(&self, html: &str) -> Result<String, ImportError> {
        let reply = self.call("open_paste", &Array::of1(&html.into()), &Array::new()).await?;
        Ok(reply.as_string().unwrap_or_default())
    }

    /// The bytes of a file of the folder that was opened last.
    ///
    /// # Errors
    /// [`ImportError`].
    pub async fn open_entry(&self, index: usize) -> Result<Vec<u8>, ImportError> {
        let given = Array::of1(&JsValue::from_f64(index as f64));
        let reply = self.call("open_entry", &given, &Array::new()).await?;
        Ok(reply.dyn_into::<Uint8Array>().map(|bytes| bytes.to_vec()).unwrap_or_default())
    }

    /// Ends the worker; the call that is under way, and any later one, answers [`ImportError::Stopped`].
    pub fn stop(&self) {
        self.is_stopped.set(true);
        self.worker.terminate();
        if let Some(give_up) = self.give_up.borrow_mut().take() {
            // Nobody may wait any more; then nothing is to be said.
            let _ = give_up.call1(&JsValue::NULL, &JsValue::NULL);
        }
    }

    async fn call(&self, name: &str, given: &Array, transfer: &Array) -> Result<JsValue, ImportError> {
        let message = object(&[("call", &name.into()), ("given", given)]);
        self.ask(&message, transfer).await
    }

    async fn ask(&self, message: &JsValue, transfer: &Array) -> Result<JsValue, ImportError> {
        if self.is_stopped.get() {
            // A worker that is gone never answers.
            return Err(ImportError::Stopped);
        }
        let answer = Promise::new(&mut |resolve, reject| {
            self.worker.set_onmessage(Some(&resolve));
            self.worker.set_onerror(Some(&reject));
            if let Err(error) = self.worker.post_message_with_transfer(message, transfer) {
                // The promise's own function does not throw.
                let _ = reject.call1(&JsValue::NULL, &error);
            }
            *self.give_up.borrow_mut() = Some(reject);
        });
        let answer = JsFuture::from(answer).await;
        self.give_up.borrow_mut().take();
        let data = match answer {
            Ok(event) => event.unchecked_into::<MessageEvent>().data(),
            Err(error) if error.is_null() => return Err(ImportError::Stopped),
            Err(error) => return Err(ImportError::Failed(words(&error))),
        };
        let field = |name: &str| Reflect::get(&data, &name.into()).unwrap_or(JsValue::UNDEFINED);
        match field("error").as_string() {
            Some(error) if field("refused").is_truthy() => Err(ImportError::Refused(error)),
            Some(error) => Err(ImportError::Failed(error)),
            None => Ok(field("value")),
        }
    }
}

impl Drop for Importer {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

fn object(fields: &[(&str, &JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        // Setting a field of a plain object does not fail.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}
