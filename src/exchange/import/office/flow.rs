//! What an office document's paragraphs, tables and boxes come to: blocks, in the order in which they are read.

use super::super::super::{MAX_TEXT_BYTES, OpenError};
use super::super::builder::Builder;
use crate::text::BlockKind;

/// A block to be.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct Block {
    /// What the document says it is; `None` where its words are to say.
    pub(in super::super) kind: Option<BlockKind>,
    pub(in super::super) words: String,
}

impl Block {
    pub(in super::super) fn new(kind: Option<BlockKind>, words: String) -> Self {
        Self { kind, words }
    }

    fn is_empty(&self) -> bool {
        self.words.trim().is_empty()
    }
}

/// The blocks of a table's row, from those of its cells.
///
/// A row of short cells is one block, its cells joined by tabs. Where a cell holds several blocks, or one cell all
/// there is, the table only places things on the page, and the blocks stay what they are.
pub(in super::super) fn row(cells: Vec<Vec<Block>>) -> Vec<Block> {
    let mut cells: Vec<Vec<Block>> = cells
        .into_iter()
        .map(|blocks| blocks.into_iter().filter(|block| !block.is_empty()).collect())
        .collect();
    let filled = cells.iter().filter(|blocks| !blocks.is_empty()).count();
    if filled < 2 || cells.iter().any(|blocks| blocks.len() > 1) {
        return cells.into_iter().flatten().collect();
    }
    let first = |blocks: &mut Vec<Block>| blocks.pop().map(|block| block.words.trim().replace('\n', " "));
    let words: Vec<String> = cells.iter_mut().map(|blocks| first(blocks).unwrap_or_default()).collect();
    vec![Block::new(Some(BlockKind::Paragraph), words.join("\t"))]
}

/// Whether words that were read still fit into a text; they are counted while they are, before they take memory.
///
/// # Errors
/// [`OpenError::TooLarge`] when they do not.
pub(in super::super) fn bounded(bytes: usize) -> Result<(), OpenError> {
    let limit = MAX_TEXT_BYTES;
    if bytes > limit { Err(OpenError::TooLarge { bytes, limit }) } else { Ok(()) }
}

/// Puts a text together from a document's body and its notes, which stand behind it.
///
/// # Errors
/// [`OpenError::TooLarge`] once the text is longer than is taken.
pub(in super::super) fn build<'a>(
    builder: &mut Builder,
    body: &[Block],
    notes: impl Iterator<Item = &'a Block>,
) -> Result<(), OpenError> {
    for block in body {
        match block.kind {
            None => builder.lines(&block.words)?,
            kind => builder.block(kind, &block.words)?,
        }
    }
    for block in notes {
        builder.block(block.kind.or(Some(BlockKind::Paragraph)), &block.words)?;
    }
    Ok(())
}
