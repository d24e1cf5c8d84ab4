//! Files in and out, without a server.

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use js_sys::{Array, JsString, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, DataTransfer, File, FileList, FileSystemDirectoryEntry, FileSystemEntry,
    FileSystemFileEntry, HtmlAnchorElement, HtmlInputElement, Url,
};

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

/// Lets the user choose files, many at once, or a folder with all that lies in it; `chosen` gets the files, each
/// with its path inside the folder.
pub fn choose(is_folder: bool, chosen: impl FnOnce(Vec<(String, File)>) + 'static) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let Ok(input) = document.create_element("input") else { return };
    let input: HtmlInputElement = input.unchecked_into();
    input.set_type("file");
    input.set_multiple(true);
    if is_folder && input.set_attribute("webkitdirectory", "").is_err() {
        return;
    }
    let source = input.clone();
    EventListener::once(&input, "change", move |_| {
        if let Some(files) = source.files() {
            let mut files = files_of(&files);
            files.retain(|(_, file)| !file.name().starts_with('.'));
            chosen(in_order(files));
        }
    })
    .forget();
    input.click();
}

/// Files in the order of their paths, as a file manager shows them: 2 before 10.
fn in_order(mut files: Vec<(String, File)>) -> Vec<(String, File)> {
    let options = Object::new();
    // Setting a field of a plain object does not fail.
    let _ = Reflect::set(&options, &"numeric".into(), &true.into());
    files.sort_by(|(left, _), (right, _)| {
        JsString::from(left.as_str()).locale_compare(right, &Array::new(), &options).cmp(&0)
    });
    files
}

/// The path of a file inside the folder that was chosen, or else its name.
fn path_of(file: &File) -> String {
    let path = Reflect::get(file, &"webkitRelativePath".into()).ok().and_then(|path| path.as_string());
    path.filter(|path| !path.is_empty()).unwrap_or_else(|| file.name())
}

/// The files of a list (a file input's, or those dropped on the page), each with its path inside the folder that was
/// chosen.
pub fn files_of(list: &FileList) -> Vec<(String, File)> {
    (0..list.length()).filter_map(|index| list.get(index)).map(|file| (path_of(&file), file)).collect()
}

/// What was dropped on the page: files, and folders that have to be read first.
#[derive(Debug)]
pub struct Dropped {
    entries: Vec<FileSystemEntry>,
    /// Where the browser gives no entries.
    files: Vec<(String, File)>,
}

/// The files of what was dropped.
#[derive(Debug, Default)]
pub struct Found {
    /// Each file with its path inside what was dropped, in the order of the paths.
    pub files: Vec<(String, File)>,
    /// Paths of folders and files that the browser could not read.
    pub unread: Vec<String>,
}

impl Dropped {
    /// Takes what was dropped out of the event, which forgets it when it ends.
    pub fn of(data: &DataTransfer) -> Self {
        let items = data.items();
        let entries: Vec<_> = (0..items.length())
            .filter_map(|index| items.get(index)?.webkit_get_as_entry().ok().flatten())
            .collect();
        let files = if entries.is_empty() { data.files() } else { None };
        Self { entries, files: files.map(|files| files_of(&files)).unwrap_or_default() }
    }

    /// Whether nothing was dropped that could hold a file.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.files.is_empty()
    }

    /// All files, with those in folders below folders. What begins with a dot belongs to the system and is left
    /// out.
    pub async fn files(self) -> Found {
        let mut found = Found { files: self.files, unread: Vec::new() };
        let mut waiting = self.entries;
        while let Some(entry) = waiting.pop() {
            if entry.name().starts_with('.') {
                continue;
            }
            let path = entry.full_path().trim_start_matches('/').to_owned();
            let read = if entry.is_directory() {
                children(entry.unchecked_ref()).await.map(|entries| waiting.extend(entries))
            } else {
                file_of(entry.unchecked_ref()).await.map(|file| found.files.push((path.clone(), file)))
            };
            if read.is_err() {
                found.unread.push(path);
            }
        }
        found.files = in_order(found.files);
        found
    }
}

async fn file_of(entry: &FileSystemFileEntry) -> Result<File, JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        entry.file_with_callback_and_callback(&resolve, &reject);
    });
    JsFuture::from(promise).await?.dyn_into()
}

/// The entries of a folder. A browser hands them out a hundred at a time.
async fn children(folder: &FileSystemDirectoryEntry) -> Result<Vec<FileSystemEntry>, JsValue> {
    let reader = folder.create_reader();
    let mut all = Vec::new();
    loop {
        let promise = Promise::new(&mut |resolve, reject| {
            if let Err(error) = reader.read_entries_with_callback_and_callback(&resolve, &reject) {
                // The promise's own function does not throw.
                let _ = reject.call1(&JsValue::NULL, &error);
            }
        });
        let batch = Array::from(&JsFuture::from(promise).await?);
        if batch.length() == 0 {
            return Ok(all);
        }
        all.extend(batch.iter().map(JsCast::unchecked_into::<FileSystemEntry>));
    }
}
