//! Archives, written by the tests themselves.

use std::io::{Cursor, Write as _};

use proptest::sample::Index;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// An archive of deflated files.
pub(crate) fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    zip(files, CompressionMethod::Deflated)
}

/// An archive of files as they are, so that a test can alter their bytes.
pub(crate) fn stored(files: &[(&str, &[u8])]) -> Vec<u8> {
    zip(files, CompressionMethod::Stored)
}

fn zip(files: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method);
    for (name, bytes) in files {
        if name.ends_with('/') {
            zip.add_directory(*name, options).expect("memory can be written");
        } else {
            zip.start_file(*name, options).expect("memory can be written");
            zip.write_all(bytes).expect("memory can be written");
        }
    }
    zip.finish().expect("memory can be written").into_inner()
}

/// An archive that names the bytes of one file many times.
pub(crate) fn overlapping(bytes: &[u8], times: usize) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    zip.start_file("0.txt", options).expect("memory can be written");
    zip.write_all(bytes).expect("memory can be written");
    for number in 1..times {
        zip.shallow_copy_file("0.txt", &format!("{number}.txt")).expect("memory can be written");
    }
    zip.finish().expect("memory can be written").into_inner()
}

/// Sets two bytes at an offset behind each header of the first file: `local` in its own, `central` in the list.
pub(crate) fn patch(zip: &mut [u8], local: usize, central: usize, bytes: [u8; 2]) {
    for (sign, offset) in [(b"PK\x03\x04", local), (b"PK\x01\x02", central)] {
        let start = zip.windows(4).position(|window| window == sign).expect("a header");
        zip[start + offset..start + offset + 2].copy_from_slice(&bytes);
    }
}

/// XML in which some tags, with the words before them, changed places: from where, to where, how many. Much of it is
/// still XML.
pub(crate) fn tampered(xml: &str, moves: Vec<(Index, Index, usize)>) -> String {
    let mut parts: Vec<&str> = xml.split_inclusive('>').collect();
    for (from, to, count) in moves {
        let from = from.index(parts.len());
        let moved: Vec<&str> = parts.drain(from..(from + count).min(parts.len())).collect();
        let to = to.index(parts.len() + 1);
        parts.splice(to..to, moved);
    }
    parts.concat()
}
