//! The article cut into chunks of about fifty sentences, and what one chunk shows.
//!
//! A chunk is a stretch of the text; together the chunks cover it all. Cutting or joining sentences inside a
//! chunk leaves every chunk where it is, so only that one is drawn anew.

use std::rc::Rc;

use crate::annotation::{Codebook, Document, EntityStatus, Id, Strength};
use crate::entities::EntityKind;
use crate::text::{BlockKind, Outline, Span};

/// Sentences in a chunk, about.
const SENTENCES: usize = 50;

/// Cuts a text into chunks: spans that follow each other without a gap from its start to its end.
///
/// A chunk begins where a sentence begins, and where possible where a block begins.
pub fn divide(text: &str, outline: &Outline) -> Vec<Span> {
    let mut starts: Vec<usize> = vec![0];
    let mut in_chunk = 0;
    let mut last_block = None;
    for sentence in outline.sentences() {
        let begins_block = last_block != Some(sentence.block);
        last_block = Some(sentence.block);
        let is_full = in_chunk >= 2 * SENTENCES || (in_chunk >= SENTENCES && begins_block);
        if is_full {
            starts.push(sentence.span.start as usize);
            in_chunk = 0;
        }
        in_chunk += 1;
    }
    starts.push(text.len());
    starts.windows(2).filter_map(|pair| Some(Span::new(*pair.first()?, *pair.last()?))).collect()
}

/// One chunk as the view gets it: a place, and the document as it was when something here last changed.
///
/// Two are equal when they are the same chunk at the same version, so comparing costs nothing.
#[derive(Debug, Clone)]
pub struct Chunk {
    /// Which one, from 0.
    pub index: usize,
    /// Where, in bytes.
    pub span: Span,
    /// Raised whenever something in it changes.
    pub version: u64,
    /// The document when it last changed here; true for this stretch of the text until then.
    pub document: Rc<Document>,
}

impl PartialEq for Chunk {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index && self.version == other.version
    }
}

impl Eq for Chunk {}

/// A block, or the part of one that lies in the chunk.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawnBlock {
    /// White space before it.
    pub gap: Span,
    /// What it is.
    pub kind: BlockKind,
    /// Whether it is the heading that opens the article.
    pub is_title: bool,
    /// Whether it began in an earlier chunk.
    pub is_continued: bool,
    /// Its sentences in this chunk.
    pub sentences: Vec<DrawnSentence>,
}

/// A sentence with its marks.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawnSentence {
    /// White space before it, inside the block.
    pub gap: Span,
    /// Where it is.
    pub span: Span,
    /// `data-sentence`: code points, `start-end`.
    pub id: String,
    /// Labels on it, in the codebook's order, each once.
    pub labels: Vec<Id>,
    /// Labels that are suggested for it, the surest first; none once it has a tag or a judgement.
    pub suggested: Vec<Id>,
    /// How sure the surest is, in percent: at most 99, for nothing is certain.
    pub score: Option<u8>,
    /// Whether every commitment on it is soft.
    pub is_soft: bool,
    /// Whether it has a tag or a judgement.
    pub is_judged: bool,
    /// Its words, cut where names and evidence begin and end.
    pub pieces: Vec<Piece>,
}

/// Words of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Plain words.
    Words(Span),
    /// Words that show a tag, with the label's colour name.
    Evidence(Span, String),
    /// A name, with the pieces inside it.
    Name(EntityKind, Vec<Piece>),
}

/// What a live chunk shows: its blocks, and the white space behind the last one.
///
/// The words of gaps, pieces and tail together are exactly the chunk's text.
pub fn draw(document: &Document, chunk: Span) -> (Vec<DrawnBlock>, Span) {
    let text = &document.article.text;
    let outline = &document.set.outline;
    let indices = outline.sentences().partition_point(|sentence| sentence.span.start < chunk.start)
        ..outline.sentences().partition_point(|sentence| sentence.span.start < chunk.end);
    let mut blocks: Vec<DrawnBlock> = Vec::new();
    let mut at = chunk.start;
    let mut last_block = None;
    let title = outline.blocks().first().filter(|block| block.kind == BlockKind::Heading).map(|_| 0);
    for sentence in outline.sentences().get(indices).unwrap_or_default() {
        let gap = Span { start: at, end: sentence.span.start };
        at = sentence.span.end;
        let mut drawn = draw_sentence(document, sentence.span);
        if last_block == Some(sentence.block)
            && let Some(block) = blocks.last_mut()
        {
            drawn.gap = gap;
            block.sentences.push(drawn);
            continue;
        }
        last_block = Some(sentence.block);
        let block = outline.block_of(sentence);
        blocks.push(DrawnBlock {
            gap,
            kind: block.map_or(BlockKind::Paragraph, |block| block.kind),
            is_title: Some(sentence.block) == title,
            is_continued: block.is_some_and(|block| block.span.start < sentence.span.start),
            sentences: vec![drawn],
        });
    }
    debug_assert!(chunk.fits(text));
    (blocks, Span { start: at, end: chunk.end })
}

fn draw_sentence(document: &Document, span: Span) -> DrawnSentence {
    let set = &document.set;
    let codebook = &document.codebook;
    let tags = set.tags_on(span);
    let mut labels: Vec<Id> = tags.iter().map(|tag| tag.label.clone()).collect();
    labels.sort_by_key(|label| codebook.position(label));
    labels.dedup();
    let mut evidence: Vec<(Span, &Id)> = tags
        .iter()
        .flat_map(|tag| tag.evidence.iter().map(move |&words| (words, &tag.label)))
        .filter_map(|(words, label)| Some((words.intersect(span)?, label)))
        .collect();
    let mut strengths = tags.iter().filter_map(|tag| tag.strength).peekable();
    let is_soft = strengths.peek().is_some() && strengths.all(|strength| strength == Strength::Soft);
    let is_judged = !tags.is_empty() || !set.judgements_on(span).is_empty();
    let suggestions = if is_judged { Vec::new() } else { set.suggestions_on(span) };
    // Evidence of a suggestion is shown as that of a tag is, until somebody decides.
    for suggestion in &suggestions {
        let shown = suggestion.evidence.iter().filter_map(|words| words.intersect(span));
        evidence.extend(shown.map(|words| (words, &suggestion.label)));
    }
    evidence.sort_by_key(|(words, label)| (*words, codebook.position(label)));
    DrawnSentence {
        gap: Span { start: span.start, end: span.start },
        span,
        id: sentence_id(document, span),
        is_soft,
        is_judged,
        score: suggestions.first().map(|suggestion| (suggestion.score * 100.0).round().min(99.0) as u8),
        suggested: suggestions.iter().map(|suggestion| suggestion.label.clone()).collect(),
        labels,
        pieces: cut(document, span, &evidence),
    }
}

/// The id of a sentence in files and in `data-sentence`: its code points, `start-end`.
pub fn sentence_id(document: &Document, span: Span) -> String {
    let article = &document.article;
    match article.offsets.span_to_chars(&article.text, span) {
        Some(chars) => format!("{}-{}", chars.start, chars.end),
        None => String::new(),
    }
}

fn cut(document: &Document, sentence: Span, evidence: &[(Span, &Id)]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = sentence.start;
    for entity in document.set.entities.touching(sentence) {
        if entity.status != EntityStatus::Kept {
            continue;
        }
        // A name that reaches over the sentence's end, or into the name before it, is shown as far as it goes.
        let Some(name) = entity.span.intersect(Span { start: at, end: sentence.end }) else { continue };
        words(&mut pieces, Span { start: at, end: name.start }, evidence, &document.codebook);
        let mut inner = Vec::new();
        words(&mut inner, name, evidence, &document.codebook);
        pieces.push(Piece::Name(entity.kind, inner));
        at = name.end;
    }
    words(&mut pieces, Span { start: at, end: sentence.end }, evidence, &document.codebook);
    pieces
}

/// Cuts a stretch without names where evidence begins and ends. Where evidence overlaps, the first one shows.
fn words(pieces: &mut Vec<Piece>, span: Span, evidence: &[(Span, &Id)], codebook: &Codebook) {
    let mut at = span.start;
    for (shown, label) in evidence {
        let Some(shown) = shown.intersect(Span { start: at, end: span.end }) else { continue };
        if at < shown.start {
            pieces.push(Piece::Words(Span { start: at, end: shown.start }));
        }
        let color = codebook.label(label).map_or("grey", |label| label.color.as_str());
        pieces.push(Piece::Evidence(shown, color.into()));
        at = shown.end;
    }
    if at < span.end {
        pieces.push(Piece::Words(Span { start: at, end: span.end }));
    }
}

/// About how many lines of the reading column a chunk takes: for the scroll bar, before it is drawn.
pub fn estimated_lines(text: &str, chunk: Span, sentences: usize) -> u32 {
    /// Characters of a line, about.
    const LINE: usize = 58;
    let words = chunk.of(text);
    (words.len() / LINE + sentences / 2 + words.bytes().filter(|&byte| byte == b'\n').count()) as u32 + 1
}
