//! What each target does with a fuzzer's bytes. The promises and the nasty inputs are those of `cargo test`, in
//! `tests/promises/`.
//!
//! A first byte that is odd stands for "as it is": the rest is the text or file itself. Else the rest are choices
//! among pieces, so that what the fuzzer changes are words and structures rather than letters.
//!
//! A new reader gets a function here, a target in `targets/`, and a `[[bin]]` in `Cargo.toml`.

#[path = "../../tests/promises/imports.rs"]
mod imports;
#[path = "../../tests/promises/promises.rs"]
mod promises;
#[path = "../../tests/promises/texts.rs"]
mod texts;

/// Blocks and sentences of a text, with and without marks of a file.
pub fn outline(bytes: &[u8]) {
    let text = text_of(bytes);
    promises::outline(&text);
    promises::marked_outline(&text, &texts::marks(&text, bytes));
}

/// Offsets of a text, in each unit.
pub fn offsets(bytes: &[u8]) {
    promises::offsets(&text_of(bytes));
}

/// Names in a text.
pub fn names(bytes: &[u8]) {
    promises::names(&text_of(bytes));
}

/// A text made a document, written as Readout JSON and read again.
pub fn text(bytes: &[u8]) {
    promises::text(&text_of(bytes));
}

/// A Readout JSON, a plain text or JSON Lines.
pub fn file(bytes: &[u8]) {
    const OURS: &[u8] = include_bytes!("../../tests/fixtures/readout-json/whole.readout.json");
    let name = ["a.txt", "a.readout.json", "a.jsonl", ""][bytes.len() % 4];
    match as_it_is(bytes) {
        Ok(file) => promises::file(name, file),
        Err(choices) => promises::file("a.readout.json", &texts::spoiled(OURS, choices)),
    }
}

/// One line of JSON Lines.
pub fn record(bytes: &[u8]) {
    match as_it_is(bytes) {
        Ok(line) => promises::record(line),
        Err(choices) => {
            let line = serde_json::json!({"id": 7, "text": texts::text(choices), "date": "2024-07-06"});
            promises::record(line.to_string().as_bytes());
        }
    }
}

/// A web page, and the same pasted.
pub fn html(bytes: &[u8]) {
    match as_it_is(bytes) {
        Ok(page) => {
            promises::file("a.html", page);
            imports::pasted(&String::from_utf8_lossy(page));
        }
        Err(choices) => {
            let page = imports::page(choices);
            promises::file("a.html", page.as_bytes());
            imports::pasted(&page);
        }
    }
}

/// Markdown.
pub fn markdown(bytes: &[u8]) {
    match as_it_is(bytes) {
        Ok(file) => promises::file("a.md", file),
        Err(choices) => promises::file("a.md", imports::markdown(choices).as_bytes()),
    }
}

/// Word and OpenDocument texts.
pub fn office(bytes: &[u8]) {
    match as_it_is(bytes) {
        Ok(file) => promises::file(if file.len() % 2 == 0 { "a.docx" } else { "a.fodt" }, file),
        Err(choices) => {
            let (name, file) = imports::office(choices);
            promises::file(name, &file);
        }
    }
}

/// Archives.
pub fn archive(bytes: &[u8]) {
    let archive = match as_it_is(bytes) {
        Ok(file) => file.to_vec(),
        Err(choices) => imports::archive(choices),
    };
    imports::bounds(&archive);
    promises::file("a.zip", &archive);
}

/// Plain text in older encodings.
pub fn old_text(bytes: &[u8]) {
    promises::file("a.txt", bytes);
}

fn text_of(bytes: &[u8]) -> String {
    match as_it_is(bytes) {
        Ok(text) => String::from_utf8_lossy(text).into_owned(),
        Err(choices) => texts::text(choices),
    }
}

/// The rest as it is, or as choices.
fn as_it_is(bytes: &[u8]) -> Result<&[u8], &[u8]> {
    match bytes.split_first() {
        Some((first, rest)) if first % 2 == 1 => Ok(rest),
        Some((_, rest)) => Err(rest),
        None => Err(bytes),
    }
}
