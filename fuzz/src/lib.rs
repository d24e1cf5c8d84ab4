//! What the targets share, with `cargo test`: the promises, and the nasty texts. Both live in `tests/promises/`.

#[path = "../../tests/promises/promises.rs"]
pub mod promises;
#[path = "../../tests/promises/texts.rs"]
pub mod texts;

/// The text of a fuzzer's bytes: as they are when the first is odd, else as choices among pieces.
pub fn text(bytes: &[u8]) -> String {
    match bytes.split_first() {
        Some((first, rest)) if first % 2 == 1 => String::from_utf8_lossy(rest).into_owned(),
        Some((_, rest)) => texts::text(rest),
        None => String::new(),
    }
}

/// A file: the bytes as they are when the first is odd, else one of ours, spoiled.
pub fn file(name: &str, bytes: &[u8]) -> Vec<u8> {
    let ours: &[u8] = match name {
        "a.md" => include_bytes!("../../tests/fixtures/markdown/visit.md"),
        "a.fodt" => include_bytes!("../../tests/fixtures/odt/note.fodt"),
        _ => include_bytes!("../../tests/fixtures/readout-json/whole.readout.json"),
    };
    match bytes.split_first() {
        Some((first, rest)) if first % 2 == 1 => rest.to_vec(),
        Some((_, rest)) => texts::spoiled(ours, rest),
        None => Vec::new(),
    }
}

/// Names of files, by which a reader may be chosen. A new format adds its ending here, and a small file of its kind
/// to `corpus/file/` where bytes alone would not lead the fuzzer into it.
pub const NAMES: [&str; 7] = ["a.txt", "a.readout.json", "", "a.md", "a.html", "a.fodt", "a.jsonl"];
