//! The page's second module: the importers that need a parser, in a worker of their own.
//!
//! `static/worker.js` stands beside it and calls these functions by name; `browser/importer.rs` speaks to that from
//! the page. What is answered is a [`Reply`] as JSON.

use std::cell::RefCell;

use readout::exchange::import::{Archive, Import, import, import_inside, paste};
use readout::exchange::{OpenError, Reply};
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    /// The archive that was opened last.
    static FOLDER: RefCell<Option<Archive>> = const { RefCell::new(None) };
}

fn main() {}

/// Reads a file.
#[wasm_bindgen]
pub fn open_file(name: &str, bytes: Vec<u8>) -> String {
    written(import(name, bytes).map(|import| match import {
        Import::Article(article) => Reply::Article(article),
        Import::Folder(archive) => {
            let names = archive.entries().iter().map(|entry| entry.shown()).collect();
            let warnings = archive.warnings().to_vec();
            FOLDER.set(Some(*archive));
            Reply::Folder { names, warnings }
        }
    }))
}

/// Reads a file that lay in an archive.
#[wasm_bindgen]
pub fn open_inside(name: &str, bytes: Vec<u8>) -> String {
    written(import_inside(name, bytes).map(|article| Reply::Article(Box::new(article))))
}

/// Reads rich text from the clipboard.
#[wasm_bindgen]
pub fn open_paste(html: &str) -> String {
    written(paste(html).map(|article| Reply::Article(Box::new(article))))
}

/// Unpacks a file of the archive that was opened last.
///
/// # Errors
/// What is wrong with it, in words.
#[wasm_bindgen]
pub fn open_entry(index: usize) -> Result<Vec<u8>, String> {
    FOLDER.with_borrow_mut(|folder| match folder {
        Some(archive) => archive.read(index).map_err(|error| error.to_string()),
        None => Err("no archive is open".into()),
    })
}

fn written(reply: Result<Reply, OpenError>) -> String {
    let reply = reply.unwrap_or_else(|error| Reply::Refused(error.to_string()));
    // Strings, numbers and lists of them can always be written.
    serde_json::to_string(&reply).unwrap_or_default()
}
