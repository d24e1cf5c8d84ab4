//! Blocks and sentences of a file: taken when they form an outline.

use crate::text::{Block, BlockKind, Outline, Span};

/// The outline of blocks and sentences, both in the order of the file.
///
/// # Errors
/// The first span that breaks an invariant of [`Outline`], and how.
pub(super) fn outline(
    text: &str,
    blocks: Vec<Block>,
    sentences: Vec<Span>,
) -> Result<Outline, (Span, &'static str)> {
    let blocks = if blocks.is_empty() { blocks_round(text, &sentences) } else { blocks };
    let whole = Span::new(0, text.len());
    covers(text, whole, blocks.iter().map(|block| block.span))?;
    let mut rest = sentences.as_slice();
    for block in &blocks {
        let count = rest.iter().take_while(|sentence| block.span.contains(**sentence)).count();
        let (inside, after) = rest.split_at_checked(count).unwrap_or((rest, &[]));
        if inside.is_empty() {
            return Err((block.span, "the block holds no sentence"));
        }
        covers(text, block.span, inside.iter().copied())?;
        rest = after;
    }
    match rest.first() {
        Some(&sentence) => Err((sentence, "the sentence does not lie in one block")),
        None => Ok(Outline::new(blocks, sentences)),
    }
}

/// Checks that trimmed spans in order leave nothing but white space of `whole`.
fn covers(text: &str, whole: Span, spans: impl Iterator<Item = Span>) -> Result<(), (Span, &'static str)> {
    let is_blank = |start: u32, end: u32| Span { start, end }.of(text).trim().is_empty();
    let mut end = whole.start;
    for span in spans {
        if span.start < end {
            return Err((span, "it overlaps what stands before it, or is out of order"));
        }
        if span.trim(text) != span {
            return Err((span, "white space stands at its ends"));
        }
        if !is_blank(end, span.start) {
            return Err((span, "words before it belong to nothing"));
        }
        end = span.end;
    }
    if is_blank(end, whole.end) {
        Ok(())
    } else {
        Err((Span { start: end, end: whole.end }, "words belong to nothing"))
    }
}

/// Paragraphs for a file that has only sentences: a new one where a line ends between two.
fn blocks_round(text: &str, sentences: &[Span]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for &sentence in sentences {
        match blocks.last_mut() {
            Some(last)
                if last.span.end <= sentence.start
                    && !Span { start: last.span.end, end: sentence.start }.of(text).contains('\n') =>
            {
                last.span.end = sentence.end;
            }
            _ => blocks.push(Block { kind: BlockKind::Paragraph, span: sentence }),
        }
    }
    blocks
}
