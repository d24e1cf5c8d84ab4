//! The article as it is: offsets and spans, blocks and sentences.
//!
//! The text is sacred: nothing here alters it, and every span lies on character boundaries of it.
//! Analysis is total: any text gives a result, never an error or a panic.

mod article;
mod offsets;
mod outline;
mod span;

pub use article::{Article, ArticleId, Extra, Original, text_sha256};
pub use offsets::OffsetMap;
pub use outline::{Block, BlockKind, Outline, Sentence};
pub use span::{CharSpan, Span, Utf16Span};
