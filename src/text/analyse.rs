//! From a text to its outline: stretches of lines, datelines cut off, sentences found, kinds given.

use std::cell::LazyCell;

use serde::{Deserialize, Serialize};

use super::characters::{is_closer, stop};
use super::dateline::{self, Place};
use super::kinds::{self, Draft};
use super::lines::{self, Stretch};
use super::outline::{Block, BlockKind, Outline};
use super::scan;
use super::span::Span;

/// The blocks and sentences of `text`.
///
/// Any text gives an outline; an empty one when there is nothing but white space. The work is linear in the
/// text's length. Spans are in bytes of `text`, on character boundaries; the invariants of [`Outline`] hold.
///
/// A line is a paragraph, whether or not blank lines stand between them; only where lines were broken at a fixed
/// width, lines are joined. A heading, caption or dateline is one sentence. A dateline is a block of its own:
/// the paragraph it opens starts behind it.
///
/// ```
/// use readout::text::{BlockKind, analyse};
///
/// let text = "Bridge talks\nAccra, July 6 (GNA) — Mr. Mensah thanked his hosts. He will return.";
/// let outline = analyse(text);
/// let kinds: Vec<_> = outline.blocks().iter().map(|block| block.kind).collect();
/// assert_eq!(kinds, [BlockKind::Heading, BlockKind::Dateline, BlockKind::Paragraph]);
/// assert_eq!(outline.sentences().last().unwrap().span.of(text), "He will return.");
/// ```
pub fn analyse(text: &str) -> Outline {
    analyse_marked(text, &[])
}

/// A block that the text's file marks as one: a paragraph of a web page, a heading of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marked {
    /// What the file says it is; `None` where it is only set apart, and its words say what it is.
    pub kind: Option<BlockKind>,
    /// Where it is.
    pub span: Span,
}

/// As [`analyse()`], for a text whose file marks blocks. A block whose kind is marked stays one block of this kind;
/// one whose kind is open is read like a text of its own lines. Words outside all marks are read as such too.
///
/// Marks that are empty, overlap an earlier one or do not fit the text are passed over.
pub fn analyse_marked(text: &str, marks: &[Marked]) -> Outline {
    let parts = parts(text, &stretches(text, marks));
    let mut spans = Vec::new();
    let mut counts = Vec::with_capacity(parts.len());
    for part in &parts {
        let before = spans.len();
        if part.is_dateline {
            spans.push(part.span);
        } else {
            scan::sentences(text, part.span, &mut spans);
        }
        counts.push(spans.len() - before);
    }
    let drafts: Vec<_> = parts
        .iter()
        .zip(&counts)
        .map(|(part, &sentences)| Draft {
            text: part.span.of(text),
            sentences,
            after_dateline: part.after_dateline,
            is_dateline: part.is_dateline,
            marked: part.marked,
        })
        .collect();
    let kinds = kinds::kinds(&drafts);
    let blocks: Vec<_> =
        parts.iter().zip(&kinds).map(|(part, &kind)| Block { kind, span: part.span }).collect();
    let mut kept = Vec::with_capacity(spans.len());
    let mut found = spans.into_iter();
    for (block, &count) in blocks.iter().zip(&counts) {
        let own = found.by_ref().take(count);
        if block.kind.is_passed_over() {
            own.for_each(drop);
            kept.push(block.span);
        } else {
            kept.extend(own);
        }
    }
    Outline::new(blocks, kept)
}

/// A block to be.
#[derive(Debug, Clone, Copy)]
struct Part {
    span: Span,
    is_dateline: bool,
    after_dateline: bool,
    marked: Option<BlockKind>,
}

/// The stretches of the text, each with the kind that is marked.
fn stretches(text: &str, marks: &[Marked]) -> Vec<(Stretch, Option<BlockKind>)> {
    let read = |start: u32, end: u32| {
        let inside = lines::stretches(Span { start, end }.of(text)).into_iter();
        inside.map(move |stretch| (stretch.moved(start), None))
    };
    let mut found = Vec::new();
    let mut at = 0;
    for mark in marks {
        let span = mark.span.trim(text);
        if span.is_empty() || span.start < at {
            continue;
        }
        found.extend(read(at, span.start));
        match mark.kind {
            Some(kind) => found.push((Stretch { span, after_blank: true }, Some(kind))),
            None => found.extend(read(span.start, span.end)),
        }
        at = span.end;
    }
    found.extend(read(at, Span::new(0, text.len()).end));
    found
}

/// The stretches of the text, with datelines cut off them.
fn parts(text: &str, stretches: &[(Stretch, Option<BlockKind>)]) -> Vec<Part> {
    // Looked up once: a text may hold a dateline a line.
    let is_interview = LazyCell::new(|| names_speakers(text, stretches));
    let mut parts = Vec::with_capacity(stretches.len() + 1);
    let mut place = Place::First;
    for &(Stretch { span, .. }, marked) in stretches {
        let line = span.of(text);
        let is_body = ends_like_prose(line);
        if marked.is_some_and(|kind| kind != BlockKind::Paragraph) {
            parts.push(Part { span, is_dateline: false, after_dateline: false, marked });
            place = next_place(place, is_body);
            continue;
        }
        let dateline =
            if is_body || dateline::may_be_whole(line) { dateline::read(line, place) } else { None };
        let dateline = dateline.filter(|&length| is_body || length == line.len());
        let dateline = dateline.filter(|&length| !(is_speaker(line, length) && *is_interview));
        let mut rest = span;
        if let Some(length) = dateline {
            let lead = Span::new(span.start as usize, span.start as usize + length).trim(text);
            parts.push(Part { span: lead, is_dateline: true, after_dateline: false, marked: None });
            rest = Span { start: lead.end, end: span.end }.trim(text);
        }
        if !rest.is_empty() {
            parts.push(Part { span: rest, is_dateline: false, after_dateline: dateline.is_some(), marked });
        }
        place = next_place(place, is_body);
    }
    parts
}

fn next_place(place: Place, is_body: bool) -> Place {
    match (is_body, place) {
        (false, Place::First) => Place::First,
        (false, _) => Place::AfterHeading,
        (true, _) => Place::Middle,
    }
}

/// Whether the first `length` bytes of `line` may name who speaks: capitals and a colon.
fn is_speaker(line: &str, length: usize) -> bool {
    line.get(..length).is_some_and(|label| label.ends_with(':') && is_label(label))
}

/// Whether several lines start with who speaks, as those of an interview do.
fn names_speakers(text: &str, stretches: &[(Stretch, Option<BlockKind>)]) -> bool {
    let lines = stretches.iter().flat_map(|(stretch, _)| stretch.span.of(text).lines());
    lines.filter(|line| is_label(line)).nth(1).is_some()
}

/// "CHAIR: …"
fn is_label(line: &str) -> bool {
    line.split_once(':').is_some_and(|(label, _)| {
        label.len() <= 60 && label.contains(char::is_uppercase) && !label.contains(char::is_lowercase)
    })
}

/// Whether a line ends with a full stop, a colon or a closing mark, as headings and captions as a rule do not.
fn ends_like_prose(line: &str) -> bool {
    let words = line.trim_end_matches(is_closer);
    line.len() > 40
        && words
            .chars()
            .next_back()
            .is_some_and(|last| stop(last).is_some() || matches!(last, ':' | ';' | ','))
}
