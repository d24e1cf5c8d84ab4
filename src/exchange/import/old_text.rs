//! Plain text in encodings older than Unicode.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

use super::super::{Imported, MAX_TEXT_BYTES, OpenError, Warning, binary, text};
use super::builder;

/// Which importer made the text, and its version.
const IMPORTER: &str = "old-text 1";

/// Reads a text in a legacy encoding, which is guessed from its bytes as browsers guess it.
///
/// # Errors
/// [`OpenError`] when there are no words, too many, or the bytes are not a text.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Imported, OpenError> {
    let (text, warnings) = any(bytes)?;
    let original = builder::original(name, bytes, IMPORTER);
    Ok(Imported { text, original, warnings, ..Imported::default() })
}

/// The words of a file that should be a text, whatever its encoding; line ends as LF.
///
/// # Errors
/// As [`read`].
pub(super) fn any(bytes: &[u8]) -> Result<(String, Vec<Warning>), OpenError> {
    if text::is_unicode(bytes) {
        return text::decode(bytes);
    }
    if let Some(error) = binary::known(bytes) {
        return Err(error);
    }
    if bytes.len() > MAX_TEXT_BYTES {
        return Err(OpenError::TooLarge { bytes: bytes.len(), limit: MAX_TEXT_BYTES });
    }
    let (words, mut warnings) = decode(bytes, guess(bytes));
    let (text, more) = text::clean(&words)?;
    warnings.extend(more);
    Ok((text, warnings))
}

/// The encoding that bytes are most likely in.
pub(super) fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

/// The words of bytes in an encoding (or the one that their byte order mark names), and warnings that say which it
/// was and how many places could not be read.
pub(super) fn decode(bytes: &[u8], encoding: &'static Encoding) -> (String, Vec<Warning>) {
    let (words, encoding, _) = encoding.decode(bytes);
    let mut warnings = Vec::new();
    let mut warn = |message: String| warnings.push(Warning::new("the text", message));
    if encoding != encoding_rs::UTF_8 && !words.is_ascii() {
        warn(format!("read as {}: check accents and signs", encoding.name()));
    }
    match words.matches('\u{fffd}').count() {
        0 => {}
        1 => warn("a place could not be decoded: replaced by \u{fffd}".into()),
        lost => warn(format!("{lost} places could not be decoded: replaced by \u{fffd}")),
    }
    (words.into_owned(), warnings)
}
