//! Blocks and sentences of one text, as the analysis or a person drew them.

use serde::{Deserialize, Serialize};

use super::span::Span;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// A title or a heading between paragraphs.
    Heading,
    /// Running text.
    Paragraph,
    /// Words that belong to a picture: what it shows, who took it.
    Caption,
    /// Place, date and agency before the report.
    Dateline,
    /// One item of a list.
    ListItem,
    /// A quoted passage set apart.
    Quotation,
}

impl BlockKind {
    /// The name in files and in `data-block`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Heading => "heading",
            Self::Paragraph => "paragraph",
            Self::Caption => "caption",
            Self::Dateline => "dateline",
            Self::ListItem => "list-item",
            Self::Quotation => "quotation",
        }
    }

    /// Whether moving from sentence to sentence passes the block's one sentence over: nobody promises in a
    /// heading, caption or dateline.
    pub fn is_passed_over(self) -> bool {
        matches!(self, Self::Heading | Self::Caption | Self::Dateline)
    }
}

/// A trimmed stretch of the text that looks like one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it is, trimmed.
    pub span: Span,
}

/// The unit that is tagged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Where it is, trimmed.
    pub span: Span,
    /// Index of its block.
    pub block: u32,
    /// Its number among the sentences that are not passed over, from 1; `None` when it is passed over.
    pub number: Option<u32>,
}

/// Blocks and sentences of one text, in order.
///
/// Invariants: blocks are trimmed, in order and apart, and only white space lies between them; each holds at
/// least one sentence; the sentences of a block are trimmed, in order and apart, and only white space lies
/// between them and the block's ends.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline {
    blocks: Vec<Block>,
    sentences: Vec<Sentence>,
    counted: u32,
}

impl Outline {
    /// Joins blocks and the spans of their sentences, both in order. A sentence belongs to the block it starts in.
    pub fn new(blocks: Vec<Block>, spans: impl IntoIterator<Item = Span>) -> Self {
        let mut sentences = Vec::new();
        let mut block = 0;
        let mut counted = 0;
        for span in spans {
            while blocks.get(block + 1).is_some_and(|next: &Block| next.span.start <= span.start) {
                block += 1;
            }
            let passed_over = blocks.get(block).is_some_and(|block| block.kind.is_passed_over());
            if !passed_over {
                counted += 1;
            }
            sentences.push(Sentence { span, block: block as u32, number: (!passed_over).then_some(counted) });
        }
        Self { blocks, sentences, counted }
    }

    /// The blocks, in order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The sentences, in order.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// Number of sentences that are not passed over.
    pub fn counted(&self) -> u32 {
        self.counted
    }

    /// The block of a sentence.
    pub fn block_of(&self, sentence: &Sentence) -> Option<&Block> {
        self.blocks.get(sentence.block as usize)
    }

    /// Index of the sentence with exactly this span.
    pub fn index_of(&self, span: Span) -> Option<usize> {
        let index = self.sentences.partition_point(|sentence| sentence.span.start < span.start);
        (self.sentences.get(index)?.span == span).then_some(index)
    }

    /// Index of the sentence that holds the byte at `offset`, or else of the last one before it.
    pub fn index_at(&self, offset: u32) -> Option<usize> {
        self.sentences.partition_point(|sentence| sentence.span.start <= offset).checked_sub(1)
    }

    /// Indices of the sentences that share a byte with `span`.
    pub fn indices_in(&self, span: Span) -> std::ops::Range<usize> {
        let start = self.sentences.partition_point(|sentence| sentence.span.end <= span.start);
        let end = self.sentences.partition_point(|sentence| sentence.span.start < span.end);
        start..end.max(start)
    }

    /// The outline with the run of sentences `before` replaced by `after`; `None` unless `before` stands here
    /// as one run and `after` covers the same words of the same block, trimmed and in order.
    pub fn replace(&self, text: &str, before: &[Span], after: &[Span]) -> Option<Self> {
        let start = self.index_of(*before.first()?)?;
        let old = self.sentences.get(start..start + before.len())?;
        if !old.iter().map(|sentence| sentence.span).eq(before.iter().copied()) {
            return None;
        }
        let block = old.first()?.block;
        let cover = before.first()?.cover(*before.last()?);
        let covered = after.first()?.cover(*after.last()?) == cover;
        let tidy = after.iter().all(|span| !span.is_empty() && span.fits(text) && span.trim(text) == *span);
        let apart = after.windows(2).all(|pair| match pair {
            [left, right] => {
                left.end <= right.start
                    && Span { start: left.end, end: right.start }.of(text).trim().is_empty()
            }
            _ => true,
        });
        if !covered || !tidy || !apart || old.iter().any(|sentence| sentence.block != block) {
            return None;
        }
        let spans = self.sentences.iter().map(|sentence| sentence.span);
        let spans =
            spans.clone().take(start).chain(after.iter().copied()).chain(spans.skip(start + before.len()));
        Some(Self::new(self.blocks.clone(), spans))
    }
}
