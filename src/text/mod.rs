//! The article as it is: offsets and spans, blocks and sentences.
//!
//! The text is sacred: nothing here alters it, and every span lies on character boundaries of it.
//! Analysis is total: any text gives a result, never an error or a panic.

mod analyse;
mod article;
mod characters;
mod dateline;
mod ends;
mod kinds;
mod lines;
mod lists;
mod markers;
mod offsets;
mod outline;
mod scan;
mod span;
mod web;

pub use analyse::analyse;
pub use article::{Article, ArticleId, Extra, Original, text_sha256};
pub use offsets::OffsetMap;
pub use outline::{Block, BlockKind, Outline, Sentence};
pub use span::{CharSpan, Span, Utf16Span};
