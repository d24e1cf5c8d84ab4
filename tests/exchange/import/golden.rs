//! What importers make of whole files that we wrote: golden files that a person can read.
//!
//! `GOLDEN=write cargo test --features cli` writes them anew; the difference is then for the eye.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use readout::exchange::Imported;
use readout::exchange::import::{Import, import};

use super::marks::check_marks;
use super::zips::packed;

/// The file that a folder of fixtures packs into, with those of another folder below it.
pub(crate) fn folder(names: &[&str]) -> Vec<u8> {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for name in names {
        let root = fixtures().join(name);
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).expect("the folder is there") {
                let path = entry.expect("it can be listed").path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let inside = path.strip_prefix(&root).expect("it lies there");
                let inside = inside.to_str().expect("plain").replace('\\', "/");
                files.retain(|(known, _)| *known != inside);
                files.push((inside, std::fs::read(&path).expect("it can be read")));
            }
        }
    }
    // Folders are listed in no order; what tells the kind of a file stands first in it.
    files.sort_by_key(|(name, _)| (name != "mimetype", name.clone()));
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    packed(&files)
}

pub(crate) fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// The article that a file becomes.
#[track_caller]
pub(crate) fn imported(name: &str, bytes: &[u8]) -> Imported {
    match import(name, bytes.to_vec()) {
        Ok(Import::Article(imported)) => {
            check_marks(&imported);
            *imported
        }
        Ok(Import::Folder(_)) => panic!("{name} was taken for a folder"),
        Err(error) => panic!("{name} was refused: {error}"),
    }
}

/// Compares what a file becomes with the golden file beside the fixtures.
#[track_caller]
pub(crate) fn check_golden(golden: &str, name: &str, bytes: &[u8]) {
    check_shown(golden, &imported(name, bytes));
}

/// Compares an article with the golden file.
#[track_caller]
pub(crate) fn check_shown(golden: &str, imported: &Imported) {
    let is = shown(imported);
    let path = fixtures().join(golden);
    if std::env::var_os("GOLDEN").is_some_and(|it| it == "write") {
        std::fs::write(&path, &is).expect("it can be written");
    }
    let was = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(is == was, "{golden} differs; it would be:\n{is}");
}

/// An imported article for the eye: what is known about it, then block by block with its kind, tabs as arrows.
fn shown(imported: &Imported) -> String {
    let meta = &imported.meta;
    let mut shown = String::new();
    let mut line = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(shown, "{name}: {value}");
        }
    };
    line("importer", &imported.original.importer);
    line("title", &meta.title);
    line("source", &meta.source);
    line("date", &meta.date);
    line("language", &meta.language);
    for (name, value) in &meta.extra {
        line(name, &value.to_string());
    }
    for warning in &imported.warnings {
        line("warning", &warning.to_string());
    }
    for mark in &imported.marks {
        let words = mark.span.of(&imported.text).replace('\t', " → ").replace('\n', "\n    ");
        let kind = mark.kind.map_or("", |kind| kind.name());
        let _ = write!(shown, "\n[{kind}]\n    {words}\n");
    }
    shown
}
