//! Work that can wait until the page has nothing better to do.

use gloo::timers::callback::Timeout;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};

/// Runs `work` once when the page is idle, soon at the latest where the browser cannot tell (Safari).
pub fn when_idle(work: impl FnOnce() + 'static) {
    let Some(window) = web_sys::window() else { return };
    let can_tell = js_sys::Reflect::has(&window, &JsValue::from_str("requestIdleCallback")).unwrap_or(false);
    if !can_tell {
        Timeout::new(200, work).forget();
        return;
    }
    let callback = Closure::once_into_js(work);
    // Can only fail when it is not there.
    let _ = window.request_idle_callback(callback.unchecked_ref());
}
