//! The engine of the page: its weights are a file of the site, which is loaded beside the page and keeps nothing
//! waiting but the first article that comes before it.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::future::TimeoutFuture;
use js_sys::{Array, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use super::hands::Hands;
use super::state::{Action, Level, Notice, Topic};
use super::words::say_with;
use crate::acts::ActsModel;
use crate::browser::site;
use crate::entities::Tagger;
use crate::exchange::Engine;

/// The weights of the tagger of names.
const WEIGHTS: &str = "entities.bin";

/// The weights that suggest acts.
const ACTS: &str = "acts.bin";

/// How long an article waits for the weights, in milliseconds; then it is analysed without them.
const PATIENCE: u32 = 8_000;

/// The engine, once it is loaded, and its loading while that goes on.
#[derive(Default)]
pub(super) struct Loaded {
    engine: RefCell<Option<Rc<Engine>>>,
    loading: RefCell<Option<Promise>>,
}

impl Hands {
    /// Begins to load the weights, if they are not there and nobody has begun.
    pub(super) fn load_engine(&self) -> Promise {
        if let Some(loading) = self.loaded().loading.borrow().clone() {
            return loading;
        }
        let hands = self.clone();
        let loading = future_to_promise(async move {
            let read = read().await;
            match read {
                Ok(engine) => {
                    *hands.loaded().engine.borrow_mut() = Some(Rc::new(engine));
                    hands.dispatch(Action::Dismiss(Topic::Weights));
                }
                Err(reason) => {
                    // The next article tries again.
                    hands.loaded().loading.take();
                    hands.say_without_weights(&reason);
                }
            }
            Ok(JsValue::UNDEFINED)
        });
        *self.loaded().loading.borrow_mut() = Some(loading.clone());
        loading
    }

    /// The engine for a new article. Without the weights, which it says, names are found by patterns alone.
    pub(super) async fn engine(&self) -> Rc<Engine> {
        if self.loaded().engine.borrow().is_none() {
            let loading = self.load_engine();
            let patience = future_to_promise(async {
                TimeoutFuture::new(PATIENCE).await;
                Ok(JsValue::UNDEFINED)
            });
            // Neither can fail.
            let _ = JsFuture::from(Promise::race(&Array::of2(&loading, &patience))).await;
            if self.loaded().engine.borrow().is_none() && self.loaded().loading.borrow().is_some() {
                self.say_without_weights("they take too long");
            }
        }
        self.engine_now()
    }

    /// The engine as far as it is there.
    pub(super) fn engine_now(&self) -> Rc<Engine> {
        self.loaded().engine.borrow().clone().unwrap_or_else(|| Rc::new(Engine::new(None, None)))
    }

    fn say_without_weights(&self, reason: &str) {
        let words = say_with("notice.weights", &[("reason", reason)]);
        self.dispatch(Action::Say(Notice::new(Topic::Weights, Level::Warning, words)));
    }
}

/// Reads both files of weights.
async fn read() -> Result<Engine, String> {
    let tagger = Tagger::from_bytes(&site::bytes(WEIGHTS).await?).map_err(|error| error.to_string())?;
    let acts = ActsModel::from_bytes(&site::bytes(ACTS).await?).map_err(|error| error.to_string())?;
    Ok(Engine::new(Some(tagger), Some(acts)))
}
