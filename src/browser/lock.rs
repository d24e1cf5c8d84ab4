//! One writer per article: a Web Lock, or a lease in local storage where the browser has no locks (a page served
//! over plain HTTP from another machine).

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Interval;
use gloo::timers::future::TimeoutFuture;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::clock;
use super::local_storage::watch_storage;
use crate::store::KeyValue;
use crate::text::ArticleId;

/// How long a lease holds unless it is renewed, in milliseconds.
const LEASE_MS: i64 = 15_000;
/// How often it is renewed, in milliseconds.
const RENEW_MS: u32 = 4_000;

/// The browser gives a lock back a little after it was dropped: a tab that opens its own article anew would find
/// it taken. So often it tries again, so many milliseconds apart.
const TRIES: usize = 3;
const AGAIN_MS: u32 = 20;

/// The right to write one article. Dropping it gives it up.
#[derive(Debug)]
pub struct WriteLock {
    _held: Held,
}

#[derive(Debug)]
enum Held {
    Lock { _lock: HeldLock },
    Lease { _guards: Vec<Guard> },
}

/// What keeps a lease alive; kept only to be dropped.
#[derive(Debug)]
pub(super) enum Guard {
    Renewal { _interval: Interval },
    Listener { _listener: EventListener },
    Release { _release: Release },
}

impl WriteLock {
    /// The right to write `id`, unless another tab has it. `on_lost` is called when another tab takes it away:
    /// write nothing from then on.
    pub async fn acquire<K: KeyValue + Clone + 'static>(
        id: &ArticleId,
        kv: &K,
        on_lost: impl Fn() + 'static,
    ) -> Option<Self> {
        let on_lost: Rc<dyn Fn()> = Rc::new(on_lost);
        for _ in 0..TRIES {
            let lock = Self::request(id, kv, false, on_lost.clone()).await;
            if lock.is_some() {
                return lock;
            }
            TimeoutFuture::new(AGAIN_MS).await;
        }
        Self::request(id, kv, false, on_lost).await
    }

    /// The right to write `id`, taken from another tab if need be. Ask that tab first, through
    /// [`Tabs`](super::Tabs), so that it can write what waits.
    pub async fn steal<K: KeyValue + Clone + 'static>(
        id: &ArticleId,
        kv: &K,
        on_lost: impl Fn() + 'static,
    ) -> Option<Self> {
        Self::request(id, kv, true, Rc::new(on_lost)).await
    }

    async fn request<K: KeyValue + Clone + 'static>(
        id: &ArticleId,
        kv: &K,
        steals: bool,
        on_lost: Rc<dyn Fn()>,
    ) -> Option<Self> {
        let held = match request_lock(id, steals, on_lost.clone()).await {
            Answer::Granted(lock) => Held::Lock { _lock: lock },
            Answer::Taken => return None,
            Answer::NoLocks => Held::Lease { _guards: take_lease(id, kv, steals, on_lost)? },
        };
        Some(Self { _held: held })
    }
}

enum Answer {
    Granted(HeldLock),
    Taken,
    NoLocks,
}

/// A Web Lock lasts until the promise that its holder gave is kept.
#[derive(Debug)]
struct HeldLock {
    keep: Function,
    is_over: Rc<Cell<bool>>,
}

impl Drop for HeldLock {
    fn drop(&mut self) {
        self.is_over.set(true);
        // Keeping a promise cannot fail.
        let _ = self.keep.call0(&JsValue::UNDEFINED);
    }
}

/// A promise and the function that keeps it.
fn promise() -> (Promise, Function) {
    // Not `Function::default()`: that one evaluates a string, which the page's policy refuses.
    let mut kept = JsValue::UNDEFINED;
    let promise = Promise::new(&mut |keep, _| kept = keep.into());
    // A promise hands its function out before it is made.
    (promise, kept.unchecked_into())
}

/// Asks `navigator.locks`. Through Reflect: web-sys still has these types behind a compiler flag.
async fn request_lock(id: &ArticleId, steals: bool, on_lost: Rc<dyn Fn()>) -> Answer {
    let navigator = web_sys::window().map(|window| window.navigator());
    let locks = navigator.and_then(|navigator| Reflect::get(&navigator, &"locks".into()).ok());
    let Some(locks) = locks.filter(JsValue::is_object) else { return Answer::NoLocks };
    let request = Reflect::get(&locks, &"request".into()).ok().and_then(|it| it.dyn_into::<Function>().ok());
    let Some(request) = request else { return Answer::NoLocks };

    let options = Object::new();
    let option = if steals { "steal" } else { "ifAvailable" };
    // Setting a field of a plain object cannot fail.
    let _ = Reflect::set(&options, &option.into(), &JsValue::TRUE);
    let (answer, say) = promise();
    let (hold, keep) = promise();
    let told = say.clone();
    let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        let is_granted = !lock.is_null() && !lock.is_undefined();
        // Keeping a promise cannot fail.
        let _ = told.call1(&JsValue::UNDEFINED, &JsValue::from_bool(is_granted));
        if is_granted { hold.into() } else { JsValue::UNDEFINED }
    });
    let name = JsValue::from_str(&format!("readout/article/{id}"));
    let Ok(ended) = request.call3(&locks, &name, &options, &granted) else { return Answer::NoLocks };
    let is_over = Rc::new(Cell::new(false));
    let is_gone = is_over.clone();
    spawn_local(async move {
        let ended = JsFuture::from(Promise::from(ended)).await;
        // Before the answer: the browser has locks but not for this page. After it: stolen.
        let _ = say.call1(&JsValue::UNDEFINED, &JsValue::NULL);
        if ended.is_err() && !is_gone.get() {
            on_lost();
        }
    });
    match JsFuture::from(answer).await.ok().and_then(|answer| answer.as_bool()) {
        Some(true) => Answer::Granted(HeldLock { keep, is_over }),
        Some(false) => {
            is_over.set(true);
            Answer::Taken
        }
        None => {
            is_over.set(true);
            Answer::NoLocks
        }
    }
}

fn lease_key(id: &ArticleId) -> String {
    format!("readout/lease/{id}")
}

/// Gives a lease up, if it is still ours.
#[derive(Debug)]
pub(super) struct Release {
    _on_close: Option<EventListener>,
    give_up: GiveUp,
}

struct GiveUp(Rc<dyn Fn()>);

impl std::fmt::Debug for GiveUp {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("GiveUp")
    }
}

impl Drop for Release {
    fn drop(&mut self) {
        self.give_up.0();
    }
}

/// Takes the lease: `<holder> <until, in ms>` under `readout/lease/<id>`.
///
/// A tab in the background renews late, so another may take its lease; the storage event then tells it. Leases
/// are a courtesy between tabs: what protects the work is that no step is ever written over another.
pub(super) fn take_lease<K: KeyValue + Clone + 'static>(
    id: &ArticleId,
    kv: &K,
    steals: bool,
    on_lost: Rc<dyn Fn()>,
) -> Option<Vec<Guard>> {
    let key = lease_key(id);
    let me = clock::random_hex();
    let holder = |value: &str| value.split(' ').next().map(str::to_owned);
    let until = |value: &str| value.split(' ').nth(1).and_then(|until| until.parse::<i64>().ok());
    let is_held = |value: &String| until(value).is_some_and(|until| until > clock::now().0);
    if !steals && kv.get(&key).ok().flatten().as_ref().is_some_and(is_held) {
        return None;
    }
    let renew = {
        let (kv, key, me) = (kv.clone(), key.clone(), me.clone());
        // A full store holds no lease; the steps are still guarded one by one.
        move || drop(kv.set(&key, &format!("{me} {}", clock::now().0 + LEASE_MS)))
    };
    renew();
    let is_lost = Rc::new(Cell::new(false));
    let mut guards = Vec::new();
    let (lost, mine, ours) = (is_lost.clone(), me.clone(), key.clone());
    guards.extend(
        watch_storage(move |change| {
            let taken = change.key.as_deref() == Some(ours.as_str())
                && change.value.as_deref().and_then(holder).is_some_and(|holder| holder != mine);
            if taken && !lost.replace(true) {
                on_lost();
            }
        })
        .map(|listener| Guard::Listener { _listener: listener }),
    );
    let lost = is_lost.clone();
    let interval = Interval::new(RENEW_MS, move || {
        if !lost.get() {
            renew();
        }
    });
    guards.push(Guard::Renewal { _interval: interval });
    let kv = kv.clone();
    let give_up: Rc<dyn Fn()> = Rc::new(move || {
        let is_mine = kv.get(&key).ok().flatten().and_then(|value| holder(&value)).is_some_and(|it| it == me);
        if is_mine {
            // If it cannot be removed, it runs out.
            let _ = kv.remove(&key);
        }
    });
    let at_close = give_up.clone();
    let on_close = web_sys::window().map(|it| EventListener::new(&it, "pagehide", move |_| at_close()));
    guards.push(Guard::Release { _release: Release { _on_close: on_close, give_up: GiveUp(give_up) } });
    Some(guards)
}
