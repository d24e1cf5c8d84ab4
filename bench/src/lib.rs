//! What the figures are taken of: texts that we wrote, repeated to a size, and the work done on them.
//!
//! Each piece of work is measured beside icu_segmenter's bare sentence boundaries in the same run, so that a busy
//! or slow machine slows both. Rates count bytes of the article's text, whatever the work reads.

pub mod rates;
pub mod texts;
pub mod work;
