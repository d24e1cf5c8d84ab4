//! The article as it is: offsets and spans, blocks and sentences.
//!
//! The text is sacred: nothing here alters it, and every span lies on character boundaries of it.
//! Analysis is total: any text gives a result, never an error or a panic, in time linear in the text.
//!
//! [`analyse()`] goes from `lines` (which lines belong together) over `dateline` (place, date and agency cut off)
//! and `scan` (where sentences end) to `kinds` (what each block is). The scanner is our own rather than one of
//! UAX #29 with a layer on top: of the standard's many classes only the full stops are needed (Unicode's
//! Sentence_Terminal, in `characters`), all else is judged by words, which the standard leaves to such a layer
//! anyway; and it stops only where a sentence may end. What a person may want to extend, abbreviations, words
//! that start sentences, words of captions and months, lies under `data/text/`.

mod analyse;
mod article;
mod captions;
mod characters;
mod dateline;
mod ends;
mod kinds;
mod lines;
mod lists;
mod markers;
mod notes;
mod offsets;
mod outline;
mod scan;
mod skip;
mod span;
mod web;

pub use analyse::{Marked, analyse, analyse_marked};
pub use article::{Article, ArticleId, Extra, Original, text_sha256};
pub use offsets::OffsetMap;
pub use outline::{Block, BlockKind, Outline, Sentence};
pub use span::{CharSpan, Span, Utf16Span};
