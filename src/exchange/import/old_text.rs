//! Plain text in encodings older than Unicode.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

use super::super::{Imported, MAX_TEXT_BYTES, OpenError, Warning, binary, text};

/// Which importer made the text, and its version.
const IMPORTER: &str = "old-text 1";

/// Reads a text in a legacy encoding, which is guessed from its bytes as browsers guess it. The guess is said; where
/// it gives characters that no text has, the file is refused rather than shown as rubbish.
///
/// # Errors
/// [`OpenError`] when there are no words, too many, or the bytes are not a text.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Imported, OpenError> {
    let (text, warnings) = any(bytes)?;
    let original = text::original(name, bytes, IMPORTER);
    Ok(Imported { text, original, warnings, ..Imported::default() })
}

/// The words of a file that should be a text, whatever its encoding; line ends as LF.
///
/// # Errors
/// As [`read`].
pub(super) fn any(bytes: &[u8]) -> Result<(String, Vec<Warning>), OpenError> {
    // A fault in UTF-8 costs the place alone.
    let has_fault = std::str::from_utf8(bytes).is_err();
    if text::is_unicode(bytes) || has_fault && is_nearly_utf8(bytes) {
        return text::decode(bytes);
    }
    if let Some(error) = binary::known(bytes) {
        return Err(error);
    }
    if bytes.len() > MAX_TEXT_BYTES {
        return Err(OpenError::TooLarge { bytes: bytes.len(), limit: MAX_TEXT_BYTES });
    }
    let (words, mut warnings, encoding) = guessed(bytes);
    let (text, more) = text::clean(&words)?;
    if is_rubbish(&text) {
        return Err(OpenError::Import(format!(
            "its encoding could not be told (it is not UTF-8, and {} at best): save it as UTF-8 and open that",
            encoding.name()
        )));
    }
    warnings.extend(more);
    Ok((text, warnings))
}

/// Whether bytes are UTF-8, but for a fault here and there.
pub(super) fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad == 0 || bad * 10 < good
}

/// Whether a guess went wrong: more than one in fifty of the characters beyond ASCII are none that a text has.
/// Random bytes come to one in twenty-five.
fn is_rubbish(text: &str) -> bool {
    let is_odd = |it: char| matches!(it, '\u{fffd}' | '\u{80}'..='\u{9f}' | '\u{e000}'..='\u{f8ff}');
    let others = text.chars().filter(|it| !it.is_ascii()).count();
    let odd = text.chars().filter(|&it| is_odd(it)).count();
    odd > 3 && odd * 50 > others
}

/// The words of bytes without a byte order mark in the encoding that they are most likely in, and warnings: which one
/// that is, and how many places could not be read.
pub(super) fn guessed(bytes: &[u8]) -> (String, Vec<Warning>, &'static Encoding) {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Allow);
    let (words, mut warnings) = decode(bytes, encoding);
    if encoding != encoding_rs::UTF_8 && !words.is_ascii() {
        let message = format!("read as {}: check accents and signs", encoding.name());
        warnings.insert(0, Warning::new("the text", message));
    }
    (words, warnings, encoding)
}

/// The words of bytes in an encoding (or the one that their byte order mark names), and a warning where places could
/// not be read.
pub(super) fn decode(bytes: &[u8], encoding: &'static Encoding) -> (String, Vec<Warning>) {
    let (words, _, _) = encoding.decode(bytes);
    let lost = match words.matches('\u{fffd}').count() {
        0 => None,
        1 => Some("a place could not be decoded: replaced by \u{fffd}".into()),
        lost => Some(format!("{lost} places could not be decoded: replaced by \u{fffd}")),
    };
    let warnings = lost.into_iter().map(|message| Warning::new("the text", message)).collect();
    (words.into_owned(), warnings)
}
