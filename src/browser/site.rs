//! Files of the site, beside the page.

use js_sys::{Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// The bytes of a file of the site.
///
/// # Errors
/// Why it cannot be had, in words.
pub async fn bytes(path: &str) -> Result<Vec<u8>, String> {
    let buffer = fetched(path, Response::array_buffer).await.map_err(|error| words(&error))?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// A file of the site, read by `body`.
pub(super) async fn fetched(
    path: &str,
    body: fn(&Response) -> Result<Promise, JsValue>,
) -> Result<JsValue, JsValue> {
    let window = web_sys::window().ok_or("there is no window")?;
    let response: Response = JsFuture::from(window.fetch_with_str(path)).await?.dyn_into()?;
    if !response.ok() {
        return Err(format!("{path}: status {}", response.status()).into());
    }
    JsFuture::from(body(&response)?).await
}

/// What an exception, an error event or a plain string says.
pub(super) fn words(error: &JsValue) -> String {
    let message = || Reflect::get(error, &"message".into()).ok()?.as_string();
    error.as_string().or_else(message).unwrap_or_else(|| "no reason was given".into())
}
