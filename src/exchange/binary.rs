//! Files that are no texts: known by their first bytes, or by their control characters.

use super::error::OpenError;

const COPY: &str = "copy the words out of it and paste them";
const SAVE: &str = "save it as plain text (UTF-8) and open that";
const RESAVE: &str = "save it as .docx, or as plain text (UTF-8), and open that";
const UNLOCK: &str = "open it in its program, save it without a password and open that";
const UNPACK: &str = "unpack it and open the texts inside";

/// Begins the container of old Office files, and of new ones that are locked.
const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// "EncryptedPackage" in UTF-16: what the container of a locked file lists (MS-OFFCRYPTO).
const LOCKED: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";

/// First bytes, what begins so, and what to do.
const MAGIC: &[(&[u8], &str, &str)] = &[
    (b"%PDF-", "a PDF", COPY),
    (b"\x89PNG\r\n\x1a\n", "a picture (PNG)", COPY),
    (b"\xFF\xD8\xFF", "a picture (JPEG)", COPY),
    (b"GIF87a", "a picture (GIF)", COPY),
    (b"GIF89a", "a picture (GIF)", COPY),
    (b"II*\0", "a picture (TIFF)", COPY),
    (b"MM\0*", "a picture (TIFF)", COPY),
    (b"PK\x03\x04", "a ZIP archive, as Word, OpenDocument and EPUB files are", SAVE),
    (b"PK\x05\x06", "an empty ZIP archive", SAVE),
    (OLE, "an old Office file (.doc, .xls, .ppt)", RESAVE),
    (b"{\\rtf", "a rich text (RTF)", RESAVE),
    (b"\x1F\x8B", "a gzip archive", UNPACK),
    (b"BZh", "a bzip2 archive", UNPACK),
    (b"\xFD7zXZ\0", "an xz archive", UNPACK),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive", UNPACK),
    (b"Rar!\x1A\x07", "a RAR archive", UNPACK),
    (b"\x28\xB5\x2F\xFD", "a Zstandard archive", UNPACK),
    (b"SQLite format 3\0", "a database (SQLite)", SAVE),
    (b"\0asm", "a program (WebAssembly)", SAVE),
    (b"\x7FELF", "a program", SAVE),
    (b"ID3", "a sound file (MP3)", SAVE),
    (b"OggS", "a sound file (Ogg)", SAVE),
    (b"\xFF\xFE\0\0", "a text in UTF-32", SAVE),
    (b"\0\0\xFE\xFF", "a text in UTF-32", SAVE),
];

/// The error for a file whose first bytes say that it is no text.
pub(super) fn known(bytes: &[u8]) -> Option<OpenError> {
    let &(magic, what, advice) = MAGIC.iter().find(|(magic, ..)| bytes.starts_with(magic))?;
    if magic == OLE && bytes.windows(LOCKED.len()).any(|window| window == LOCKED) {
        return Some(OpenError::Binary { what: "an Office file locked with a password", advice: UNLOCK });
    }
    // Three letters may also begin a text: those of a file go on with bytes that no text has.
    let is_word = what.contains("bzip2") || what.contains("MP3");
    let has_control = || bytes.iter().take(64).any(|&byte| byte < 8);
    (!is_word || has_control()).then_some(OpenError::Binary { what, advice })
}

/// The error for a text with so many control characters that it is none.
pub(super) fn by_controls(text: &str) -> Option<OpenError> {
    let is_control = |character: &char| match character {
        '\t' | '\n' | '\r' | '\x0B' | '\x0C' | '\x1B' => false,
        other => *other < ' ' || *other == '\x7F',
    };
    let controls = text.chars().filter(is_control).count();
    if controls == 0 {
        return None;
    }
    let chars = text.chars().count();
    let is_binary = controls * 3 > chars || (controls > 8 && controls * 50 > chars);
    is_binary.then_some(OpenError::Binary { what: "a binary file", advice: SAVE })
}
