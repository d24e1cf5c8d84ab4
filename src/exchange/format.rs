//! What a file is, by its name and its first bytes.

use super::readout_json;
use super::text;

/// What a file is to be read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Readout JSON, one or several.
    Readout,
    /// JSON Lines, an article each.
    Lines,
    /// Plain text in UTF-8 or UTF-16, or something that no importer knows.
    Text,
    /// Plain text in an encoding of older systems.
    OldText,
    /// Markdown.
    Markdown,
    /// A web page.
    Html,
    /// An OpenDocument text in one XML file.
    FlatOpenDocument,
    /// A ZIP archive: a Word or OpenDocument text, or a folder of files.
    Package,
}

impl Format {
    /// What a file is. `name` is its name, or empty for words that have none.
    pub fn of(name: &str, bytes: &[u8]) -> Self {
        if bytes.starts_with(b"PK\x03\x04") {
            return Self::Package;
        }
        match extension(name).as_str() {
            "json" => return Self::Readout,
            "jsonl" | "ndjson" if !readout_json::is_readout("", bytes) => return Self::Lines,
            "html" | "htm" | "xhtml" | "shtml" => return Self::Html,
            "fodt" => return Self::FlatOpenDocument,
            "md" | "markdown" | "mdown" | "mkd" => return Self::Markdown,
            _ => {}
        }
        if readout_json::is_readout(name, bytes) {
            Self::Readout
        } else if begins_as_page(bytes) {
            Self::Html
        } else if is_flat_document(bytes) {
            Self::FlatOpenDocument
        } else if text::is_unicode(bytes) {
            Self::Text
        } else {
            Self::OldText
        }
    }

    /// Whether only [`import`](super) reads it; [`open`](super::open()) reads the rest.
    pub fn needs_import(self) -> bool {
        matches!(self, Self::OldText | Self::Markdown | Self::Html | Self::FlatOpenDocument | Self::Package)
    }
}

/// What stands behind the last dot of a file's name, in lower case.
fn extension(name: &str) -> String {
    name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default()
}

/// Whether bytes begin like a web page: behind a mark and white space, with a document type or the root element.
fn begins_as_page(bytes: &[u8]) -> bool {
    let rest = beginning(bytes);
    let begins = |word: &[u8]| rest.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    begins(b"<!doctype html") || begins(b"<html") || begins(b"<?xml") && names_near_the_top(rest, b"<html")
}

/// Whether bytes are XML whose root element is that of an OpenDocument in one file.
fn is_flat_document(bytes: &[u8]) -> bool {
    let rest = beginning(bytes);
    rest.starts_with(b"<?xml") && names_near_the_top(rest, b"<office:document")
}

/// The bytes behind a byte order mark and white space.
fn beginning(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start()
}

fn names_near_the_top(bytes: &[u8], tag: &[u8]) -> bool {
    let head = bytes.get(..1024).unwrap_or(bytes);
    head.windows(tag.len()).any(|window| window.eq_ignore_ascii_case(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cases: &[(&str, &[u8], Format)]) {
        for &(name, bytes, format) in cases {
            assert_eq!(Format::of(name, bytes), format, "{name} {}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn a_file_is_known_by_its_name() {
        check(&[
            ("a.txt", b"Words.", Format::Text),
            ("a.MD", b"# Words", Format::Markdown),
            ("a.tar.html", b"Words.", Format::Html),
            ("a.jsonl", b"{\"text\": \"Words.\"}", Format::Lines),
            ("a.json", b"{}", Format::Readout),
            ("", b"Words.", Format::Text),
            ("no ending", b"Words.", Format::Text),
        ]);
    }

    #[test]
    fn what_a_file_says_of_itself_wins_over_a_name_that_says_nothing() {
        check(&[
            ("a.txt", b"PK\x03\x04rest", Format::Package),
            ("a.txt", b"\xEF\xBB\xBF\n<!DOCTYPE HTML><p>Words.", Format::Html),
            ("page", b"<?xml version='1.0'?><!DOCTYPE html><html>", Format::Html),
            ("a.xml", b"<?xml version='1.0'?><feed>", Format::Text),
            ("a.xml", b"<?xml version='1.0'?>\n<office:document xmlns:office='x'>", Format::FlatOpenDocument),
            ("a.txt", b"{\"format\": \"readout\"}", Format::Readout),
            ("a.jsonl", b"{\"format\": \"readout\"}", Format::Readout),
            ("a.txt", b"Beyonc\xE9 thanked them.", Format::OldText),
            ("a.txt", b"\xFF\xFEW\0o\0r\0d\0", Format::Text),
        ]);
    }
}
