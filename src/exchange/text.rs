//! Plain text from bytes: encodings, line ends, and what is not a text.

use std::borrow::Cow;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::error::{OpenError, Warning};
use super::incoming::Incoming;
use super::{MAX_TEXT_BYTES, binary};
use crate::annotation::Meta;
use crate::text::{Article, Extra, Original};

/// Which importer made the text, and its version.
pub const IMPORTER: &str = "text 1";

/// Reads a plain text: UTF-8, or UTF-16 with a byte order mark or plainly so. Line ends become LF; what cannot
/// be decoded, and NUL, becomes U+FFFD and is reported with the place of the first.
///
/// # Errors
/// [`OpenError`] when there are no words, too many, or the bytes are not a text.
pub fn read(name: &str, bytes: &[u8]) -> Result<(Incoming, Vec<Warning>), OpenError> {
    let (text, warnings) = decode(bytes)?;
    let mut article = Article::new(text);
    article.original = Some(original(name, bytes, IMPORTER));
    Ok((Incoming::fresh(article, Meta::default()), warnings))
}

/// The text of a file's bytes, and what had to be replaced in it.
///
/// # Errors
/// As [`read`].
pub fn decode(bytes: &[u8]) -> Result<(String, Vec<Warning>), OpenError> {
    if let Some(error) = binary::known(bytes) {
        return Err(error);
    }
    // Two bytes of UTF-16 may be one of UTF-8.
    if bytes.len() > 2 * MAX_TEXT_BYTES {
        return Err(OpenError::TooLarge { bytes: bytes.len(), limit: MAX_TEXT_BYTES });
    }
    let (raw, replaced) = match encoding(bytes) {
        Encoding::Utf8(bytes) => from_utf8(bytes),
        Encoding::Utf16(bytes, order) => from_utf16(bytes, order),
    };
    if raw.len() > MAX_TEXT_BYTES {
        return Err(OpenError::TooLarge { bytes: raw.len(), limit: MAX_TEXT_BYTES });
    }
    let mut warnings = Vec::new();
    if let Some(first) = replaced.first {
        let place = place_of(&raw, first);
        let chars = raw.chars().count();
        if replaced.count > 8 && replaced.count * 10 > chars * 3 || replaced.count == chars {
            return Err(OpenError::Encoding {
                place,
                message: "from here on most of it is not UTF-8: save the text as UTF-8 and open it again"
                    .into(),
            });
        }
        let what = if replaced.count == 1 {
            "a character is".into()
        } else {
            format!("{} places are", replaced.count)
        };
        let message = format!("{what} not {}: replaced by \u{fffd}", replaced.encoding);
        warnings.push(Warning::new(place, message));
    }
    let (text, mut more) = clean(&raw)?;
    warnings.append(&mut more);
    Ok((text, warnings))
}

/// Whether bytes are Unicode as [`read`] takes it: UTF-8 without a fault, or UTF-16.
pub(super) fn is_unicode(bytes: &[u8]) -> bool {
    match encoding(bytes) {
        Encoding::Utf8(rest) => {
            rest.len() < bytes.len() || std::str::from_utf8(rest).is_ok() && !shifts_to_japanese(rest)
        }
        Encoding::Utf16(..) => true,
    }
}

/// Whether bytes hold the escapes by which ISO-2022-JP, all of it ASCII, turns to Japanese characters.
fn shifts_to_japanese(bytes: &[u8]) -> bool {
    bytes.windows(3).any(|window| matches!(window, [0x1B, b'$', b'@' | b'B']))
}

/// A text that is already decoded, with its line ends as LF and NUL replaced by U+FFFD.
///
/// # Errors
/// [`OpenError`] when there are no words, too many, or so many control characters that it is no text.
pub fn clean(raw: &str) -> Result<(String, Vec<Warning>), OpenError> {
    if raw.len() > MAX_TEXT_BYTES {
        return Err(OpenError::TooLarge { bytes: raw.len(), limit: MAX_TEXT_BYTES });
    }
    if let Some(error) = binary::by_controls(raw) {
        return Err(error);
    }
    let mut warnings = Vec::new();
    let mut text = String::with_capacity(raw.len());
    let nuls = push_clean(&mut text, raw);
    if let Some(first) = raw.find('\0') {
        let what = if nuls == 1 { "a NUL was".into() } else { format!("{nuls} NULs were") };
        warnings.push(Warning::new(place_of(raw, first), format!("{what} replaced by \u{fffd}")));
    }
    if text.trim_matches(|character: char| character.is_whitespace() || character == '\u{fffd}').is_empty() {
        return Err(OpenError::Empty);
    }
    Ok((text, warnings))
}

/// Adds words to a text, their line ends as LF and NUL as U+FFFD; says how many NULs there were.
pub(super) fn push_clean(text: &mut String, raw: &str) -> usize {
    let mut nuls = 0;
    let mut rest = raw.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '\r' => {
                rest.next_if_eq(&'\n');
                text.push('\n');
            }
            '\0' => {
                nuls += 1;
                text.push('\u{fffd}');
            }
            _ => text.push(character),
        }
    }
    nuls
}

/// A text whose every byte counts: nothing is replaced.
///
/// # Errors
/// [`OpenError`] with the place of the first byte that is not UTF-8.
pub(super) fn decode_exactly(bytes: &[u8]) -> Result<Cow<'_, str>, OpenError> {
    match encoding(bytes) {
        Encoding::Utf8(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Ok(text.into()),
            Err(error) => {
                if let Some(error) = binary::known(bytes) {
                    return Err(error);
                }
                let good = String::from_utf8_lossy(bytes.get(..error.valid_up_to()).unwrap_or_default());
                Err(not_exact(place_of(&good, good.len()), "UTF-8"))
            }
        },
        Encoding::Utf16(bytes, order) => match from_utf16(bytes, order) {
            (text, Replaced { first: None, .. }) => Ok(text.into()),
            (text, Replaced { first: Some(first), encoding, .. }) => {
                Err(not_exact(place_of(&text, first), encoding))
            }
        },
    }
}

fn not_exact(place: String, encoding: &str) -> OpenError {
    OpenError::Encoding { place, message: format!("the file is damaged: what stands here is not {encoding}") }
}

/// What is noted about the file that a text came from. `importer` is its reader's name and version: `text 1`.
pub(super) fn original(name: &str, bytes: &[u8], importer: &str) -> Original {
    let sha256 = sha256(bytes);
    Original { name: name.into(), sha256, importer: importer.into(), extra: Extra::new() }
}

/// SHA-256 of a file's bytes, in lower-case hex.
fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing into a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[derive(Clone, Copy)]
enum Order {
    Little,
    Big,
}

enum Encoding<'a> {
    Utf8(&'a [u8]),
    Utf16(&'a [u8], Order),
}

fn encoding(bytes: &[u8]) -> Encoding<'_> {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        Encoding::Utf8(rest)
    } else if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        Encoding::Utf16(rest, Order::Little)
    } else if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        Encoding::Utf16(rest, Order::Big)
    } else {
        match unmarked_utf16(bytes) {
            Some(order) => Encoding::Utf16(bytes, order),
            None => Encoding::Utf8(bytes),
        }
    }
}

/// The order of UTF-16 without a mark, where it is plain: Latin letters, spaces and line ends leave every second
/// byte NUL, and hardly ever the other one.
fn unmarked_utf16(bytes: &[u8]) -> Option<Order> {
    let head = bytes.get(..4096).unwrap_or(bytes);
    let pairs = head.chunks_exact(2);
    let count = pairs.len();
    let (mut high, mut low) = (0, 0);
    for pair in pairs {
        if let &[first, second] = pair {
            high += usize::from(first == 0);
            low += usize::from(second == 0);
        }
    }
    let is_plain = |many: usize, few: usize| {
        count >= 4 && bytes.len().is_multiple_of(2) && many * 2 > count && few * 50 <= count
    };
    if is_plain(low, high) {
        Some(Order::Little)
    } else if is_plain(high, low) {
        Some(Order::Big)
    } else {
        None
    }
}

/// What could not be decoded.
struct Replaced {
    count: usize,
    /// Byte of the first U+FFFD in the text.
    first: Option<usize>,
    encoding: &'static str,
}

fn from_utf8(bytes: &[u8]) -> (String, Replaced) {
    let mut text = String::with_capacity(bytes.len());
    let mut replaced = Replaced { count: 0, first: None, encoding: "UTF-8" };
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            replaced.first.get_or_insert(text.len());
            replaced.count += 1;
            text.push('\u{fffd}');
        }
    }
    (text, replaced)
}

fn from_utf16(bytes: &[u8], order: Order) -> (String, Replaced) {
    let units = bytes.chunks(2).map(|pair| match (pair, order) {
        (&[first, second], Order::Little) => u16::from_le_bytes([first, second]),
        (&[first, second], Order::Big) => u16::from_be_bytes([first, second]),
        // Half a unit at the end: a lone surrogate, so that it counts as not decodable.
        _ => 0xD800,
    });
    let mut text = String::with_capacity(bytes.len());
    let mut replaced = Replaced { count: 0, first: None, encoding: "UTF-16" };
    for character in char::decode_utf16(units) {
        let character = character.unwrap_or_else(|_| {
            replaced.first.get_or_insert(text.len());
            replaced.count += 1;
            '\u{fffd}'
        });
        text.push(character);
    }
    (text, replaced)
}

/// Line and column of a byte, both from 1; CRLF, CR and LF end a line.
fn place_of(raw: &str, byte: usize) -> String {
    let before = raw.get(..byte).unwrap_or(raw);
    let ends = before.matches(['\n', '\r']).count() - before.matches("\r\n").count();
    let column = before.chars().rev().take_while(|&character| character != '\n' && character != '\r').count();
    format!("line {}, column {}", ends + 1, column + 1)
}
