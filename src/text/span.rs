//! Half-open spans in three units, each a type of its own so that they cannot be mixed up.

use serde::{Deserialize, Serialize};

/// A half-open span of UTF-8 bytes, counted from the start of the article's text.
///
/// Both ends lie on character boundaries of the text that the span was made for. Texts are at most 20 MB, so
/// 32 bits hold every offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`; ends in the wrong order are put right.
    pub fn new(start: usize, end: usize) -> Self {
        let (start, end) = if start <= end { (start, end) } else { (end, start) };
        Self { start: clamp(start), end: clamp(end) }
    }

    /// Number of bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The span as a range of indices.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The slice of `text` that the span names; empty when it does not lie on character boundaries inside it.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// Whether the span lies on character boundaries inside `text`.
    pub fn fits(self, text: &str) -> bool {
        text.get(self.range()).is_some()
    }

    /// Whether `other` lies wholly inside this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte at `offset` lies in this span.
    pub fn contains_offset(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether the two spans share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The part that both spans share, if they share a byte.
    pub fn intersect(self, other: Span) -> Option<Span> {
        self.overlaps(other)
            .then(|| Span { start: self.start.max(other.start), end: self.end.min(other.end) })
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The span without leading and trailing white space of `text`; empty at its start when nothing is left.
    pub fn trim(self, text: &str) -> Span {
        let slice = self.of(text);
        let rest = slice.trim_start();
        let start = self.start as usize + (slice.len() - rest.len());
        Span::new(start, start + rest.trim_end().len())
    }
}

fn clamp(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// A half-open span of Unicode code points: the unit of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CharSpan {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
}

/// A half-open span of UTF-16 code units: the unit of the DOM.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Utf16Span {
    /// First code unit.
    pub start: u32,
    /// One past the last code unit.
    pub end: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_off_the_character_boundaries_gives_an_empty_slice_not_a_panic() {
        assert_eq!(Span::new(1, 2).of("é!"), "");
        assert_eq!(Span::new(0, 99).of("é!"), "");
        assert!(!Span::new(1, 2).fits("é!"));
    }

    #[test]
    fn trimming_keeps_only_what_is_not_white_space() {
        assert_eq!(Span::new(0, 7).trim("  ab\u{3000}").of("  ab\u{3000}"), "ab");
        assert!(Span::new(0, 2).trim("  ").is_empty());
    }
}
