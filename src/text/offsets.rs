//! Bytes, UTF-16 code units and code points of one text, converted through one map.

use super::span::{CharSpan, Span, Utf16Span};

/// Bytes between two checkpoints.
const STEP: usize = 128;

/// Converts offsets of one text between bytes, UTF-16 code units and Unicode code points.
///
/// Built in one pass. A look-up from bytes jumps to the checkpoint before the offset and counts at most
/// `STEP` bytes; one towards bytes searches the checkpoints first (logarithmic). The map does not hold the
/// text: give each call the text it was built from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OffsetMap {
    /// Per checkpoint, the byte where it stands (the first character boundary at or after a multiple of
    /// `STEP`), and what lies before it.
    checkpoints: Vec<Checkpoint>,
    total: Checkpoint,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Checkpoint {
    byte: u32,
    chars: u32,
    utf16: u32,
}

impl OffsetMap {
    /// Builds the map of `text`.
    pub fn new(text: &str) -> Self {
        let mut checkpoints = Vec::with_capacity(text.len() / STEP + 1);
        let mut here = Checkpoint::default();
        let mut next = 0;
        for character in text.chars() {
            if here.byte as usize >= next {
                checkpoints.push(here);
                next += STEP;
            }
            here.byte += character.len_utf8() as u32;
            here.chars += 1;
            here.utf16 += character.len_utf16() as u32;
        }
        if checkpoints.is_empty() {
            checkpoints.push(Checkpoint::default());
        }
        Self { checkpoints, total: here }
    }

    /// Number of code points in the text.
    pub fn chars(&self) -> u32 {
        self.total.chars
    }

    /// Number of UTF-16 code units in the text.
    pub fn utf16(&self) -> u32 {
        self.total.utf16
    }

    /// The code point offset of a byte offset; `None` off a character boundary or past the end.
    pub fn byte_to_char(&self, text: &str, byte: u32) -> Option<u32> {
        self.at_byte(text, byte).map(|point| point.chars)
    }

    /// The UTF-16 offset of a byte offset; `None` off a character boundary or past the end.
    pub fn byte_to_utf16(&self, text: &str, byte: u32) -> Option<u32> {
        self.at_byte(text, byte).map(|point| point.utf16)
    }

    /// The byte offset of a code point offset; `None` past the end.
    pub fn char_to_byte(&self, text: &str, chars: u32) -> Option<u32> {
        self.seek(text, chars, |point| point.chars)
    }

    /// The byte offset of a UTF-16 offset; `None` inside a surrogate pair or past the end.
    pub fn utf16_to_byte(&self, text: &str, utf16: u32) -> Option<u32> {
        self.seek(text, utf16, |point| point.utf16)
    }

    /// A byte span in code points; `None` off character boundaries or past the end.
    pub fn span_to_chars(&self, text: &str, span: Span) -> Option<CharSpan> {
        Some(CharSpan {
            start: self.byte_to_char(text, span.start)?,
            end: self.byte_to_char(text, span.end)?,
        })
    }

    /// A byte span in UTF-16 code units; `None` off character boundaries or past the end.
    pub fn span_to_utf16(&self, text: &str, span: Span) -> Option<Utf16Span> {
        Some(Utf16Span {
            start: self.byte_to_utf16(text, span.start)?,
            end: self.byte_to_utf16(text, span.end)?,
        })
    }

    /// A span of code points in bytes; `None` past the end or with its ends in the wrong order.
    pub fn chars_to_span(&self, text: &str, chars: CharSpan) -> Option<Span> {
        if chars.start > chars.end {
            return None;
        }
        Some(Span { start: self.char_to_byte(text, chars.start)?, end: self.char_to_byte(text, chars.end)? })
    }

    /// A span of UTF-16 code units in bytes; `None` inside a pair, past the end or with ends in the wrong order.
    pub fn utf16_to_span(&self, text: &str, units: Utf16Span) -> Option<Span> {
        if units.start > units.end {
            return None;
        }
        Some(Span {
            start: self.utf16_to_byte(text, units.start)?,
            end: self.utf16_to_byte(text, units.end)?,
        })
    }

    fn at_byte(&self, text: &str, byte: u32) -> Option<Checkpoint> {
        // Checkpoint `i` stands at the first boundary at or after `i * STEP`, so the wanted one is this or the one before.
        let mut index = (byte as usize / STEP).min(self.checkpoints.len() - 1);
        if self.checkpoints.get(index)?.byte > byte {
            index = index.checked_sub(1)?;
        }
        let mut here = *self.checkpoints.get(index)?;
        for character in text.get(here.byte as usize..byte as usize)?.chars() {
            here.chars += 1;
            here.utf16 += character.len_utf16() as u32;
        }
        Some(here)
    }

    fn seek(&self, text: &str, wanted: u32, unit: impl Fn(&Checkpoint) -> u32) -> Option<u32> {
        if wanted > unit(&self.total) {
            return None;
        }
        let index = self.checkpoints.partition_point(|point| unit(point) <= wanted).checked_sub(1)?;
        let mut here = *self.checkpoints.get(index)?;
        let mut characters = text.get(here.byte as usize..)?.chars();
        while unit(&here) < wanted {
            let character = characters.next()?;
            here.byte += character.len_utf8() as u32;
            here.chars += 1;
            here.utf16 += character.len_utf16() as u32;
        }
        (unit(&here) == wanted).then_some(here.byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_surrogate_pair_has_no_middle() {
        let text = "a😀b";
        let map = OffsetMap::new(text);
        assert_eq!(map.utf16_to_byte(text, 1), Some(1));
        assert_eq!(map.utf16_to_byte(text, 2), None);
        assert_eq!(map.utf16_to_byte(text, 3), Some(5));
        assert_eq!(map.utf16_to_byte(text, 5), None);
        assert_eq!(map.byte_to_char(text, 2), None);
    }

    proptest! {
        #[test]
        fn every_boundary_survives_the_round_trip_in_each_unit(text in "(?s).{0,400}") {
            let map = OffsetMap::new(&text);
            let mut utf16 = 0;
            let ends = text.char_indices().chain(std::iter::once((text.len(), '\0')));
            for (chars, (byte, character)) in ends.enumerate() {
                let (chars, byte) = (chars as u32, byte as u32);
                prop_assert_eq!(map.byte_to_char(&text, byte), Some(chars));
                prop_assert_eq!(map.char_to_byte(&text, chars), Some(byte));
                prop_assert_eq!(map.byte_to_utf16(&text, byte), Some(utf16));
                prop_assert_eq!(map.utf16_to_byte(&text, utf16), Some(byte));
                utf16 += character.len_utf16() as u32;
            }
        }
    }
}
