//! Files in and out, without a server.

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, FileList, HtmlAnchorElement, HtmlInputElement, Url};

/// How long a download may take to begin, in milliseconds; then its address is given back.
const REVOKE_AFTER_MS: u32 = 60_000;

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ReadError {
    /// It has more bytes than allowed; it was not read.
    #[error("{bytes} bytes are more than {limit}")]
    TooLarge {
        /// Its size.
        bytes: u64,
        /// What is allowed.
        limit: u64,
    },
    /// The browser could not read it: moved, deleted, a folder, no permission.
    #[error("the file cannot be read: {0}")]
    Failed(String),
}

/// Offers `contents` as a file named `name` (see [`safe_file_name`](crate::store::safe_file_name)).
///
/// # Errors
/// The browser's words when it refuses.
pub fn download(name: &str, mime: &str, contents: &[u8]) -> Result<(), String> {
    let failed = |error: JsValue| format!("{error:?}");
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let parts = Array::of1(&Uint8Array::from(contents));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).map_err(failed)?;
    let url = Url::create_object_url_with_blob(&blob).map_err(failed)?;
    let clicked = click(name, &url);
    // Given back at once, some browsers would save an empty file.
    Timeout::new(REVOKE_AFTER_MS, move || {
        // Nothing to do about it, and nothing lost but memory.
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
    clicked.map_err(failed)
}

fn click(name: &str, url: &str) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or("there is no document")?;
    let anchor: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    anchor.set_href(url);
    anchor.set_download(name);
    anchor.set_hidden(true);
    let body = document.body().ok_or("there is no body")?;
    body.append_child(&anchor)?;
    anchor.click();
    anchor.remove();
    Ok(())
}

/// The bytes of a file, if it has at most `limit`.
///
/// # Errors
/// [`ReadError`].
pub async fn read(file: &File, limit: u64) -> Result<Vec<u8>, ReadError> {
    let bytes = file.size() as u64;
    if bytes > limit {
        return Err(ReadError::TooLarge { bytes, limit });
    }
    match JsFuture::from(file.array_buffer()).await {
        Ok(buffer) => Ok(Uint8Array::new(&buffer).to_vec()),
        Err(error) => Err(ReadError::Failed(super::storage_error(&error).to_string())),
    }
}

/// Lets the user choose files, many at once; `chosen` gets them.
pub fn choose(chosen: impl FnOnce(Vec<File>) + 'static) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let Ok(input) = document.create_element("input") else { return };
    let input: HtmlInputElement = input.unchecked_into();
    input.set_type("file");
    input.set_multiple(true);
    let source = input.clone();
    EventListener::once(&input, "change", move |_| {
        if let Some(files) = source.files() {
            chosen(files_of(&files));
        }
    })
    .forget();
    input.click();
}

/// The files of a list: a file input's, or those dropped on the page.
pub fn files_of(list: &FileList) -> Vec<File> {
    (0..list.length()).filter_map(|index| list.get(index)).collect()
}
