//! Lines, and the stretches of lines that belong together: one line each, or more where the text was
//! hard-wrapped.

use super::skip;
use super::span::Span;

/// Some lines in a row that make one block, or several when a dateline is cut off it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Where it is, trimmed.
    pub(super) span: Span,
    /// Whether a blank line (or the start of the text) stands before it.
    pub(super) after_blank: bool,
}

impl Stretch {
    /// The same stretch in a text that has `bytes` bytes before this one.
    pub(super) fn moved(self, bytes: u32) -> Self {
        let span = Span { start: self.span.start + bytes, end: self.span.end + bytes };
        Self { span, ..self }
    }
}

/// The stretches of `text`, trimmed and in order; everything that is not white space lies in one of them.
pub(super) fn stretches(text: &str) -> Vec<Stretch> {
    let lines = lines(text);
    let Some(width) = wrap_width(text, &lines) else {
        return lines.iter().map(Line::stretch).collect();
    };
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut previous: Option<&Line> = None;
    for line in &lines {
        let goes_on = previous.is_some_and(|previous| continues(text, previous, line, width));
        match stretches.last_mut() {
            Some(last) if goes_on => last.span.end = line.span.end,
            _ => stretches.push(line.stretch()),
        }
        previous = Some(line);
    }
    stretches
}

/// A line that is not blank.
#[derive(Debug, Clone, Copy)]
struct Line {
    /// Trimmed.
    span: Span,
    after_blank: bool,
    /// Bytes of white space before its first word.
    indent: u32,
}

impl Line {
    fn stretch(&self) -> Stretch {
        Stretch { span: self.span, after_blank: self.after_blank }
    }
}

/// The lines that are not blank. Line feed, carriage return, vertical tab, form feed, NEL and Unicode's line and
/// paragraph separators end a line (UAX #14, class BK and its kin).
fn lines(text: &str) -> Vec<Line> {
    let bytes = text.as_bytes();
    let mut lines = Vec::new();
    let mut start = 0;
    let mut after_blank = true;
    let mut push = |start: usize, end: usize| {
        let span = Span::new(start, end).trim(text);
        if !span.is_empty() {
            lines.push(Line { span, after_blank, indent: span.start - start as u32 });
        }
        after_blank = span.is_empty();
    };
    let mut at = 0;
    // Where the next eight bytes are worth a look.
    let mut plain = 0;
    loop {
        if at >= plain {
            at = skip::to_line_end(bytes, at, bytes.len());
            plain = at + 8;
        }
        let Some(&byte) = bytes.get(at) else { break };
        let length = match byte {
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => 2,
            b'\n' | b'\r' | 0x0b | 0x0c => 1,
            0xc2 if bytes.get(at + 1) == Some(&0x85) => 2,
            0xe2 if matches!(bytes.get(at + 1..at + 3), Some([0x80, 0xa8 | 0xa9])) => 3,
            _ => {
                at += 1;
                continue;
            }
        };
        push(start, at);
        at += length;
        start = at;
    }
    push(start, bytes.len());
    lines
}

/// Lines that wrapping made are at least and at most this wide, in characters.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=130;

/// The width at which the text was hard-wrapped, in characters; `None` when each line is a paragraph.
///
/// Wrapping shows in two ways: hardly a line is longer than the width, and where a line ends inside a sentence,
/// the next line's first word would not have fitted on it.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    if lines.len() < 4 {
        return None;
    }
    // A web address may stand out.
    let most_long = lines.len() / 50;
    let mut counts = vec![0_usize; WIDTHS.end() + 2];
    for line in lines {
        let width = width(text, line).min(WIDTHS.end() + 1);
        if let Some(count) = counts.get_mut(width) {
            *count += 1;
            // Most texts show by their first lines that nobody wrapped them.
            if width > *WIDTHS.end() && *count > most_long {
                return None;
            }
        }
    }
    let mut spare = most_long;
    let width = counts.iter().rposition(|&count| {
        if count > spare {
            return true;
        }
        spare -= count;
        false
    })?;
    if !WIDTHS.contains(&width) {
        return None;
    }
    let (mut open, mut full, mut lower) = (0, 0, 0);
    for pair in lines.windows(2) {
        let [left, right] = pair else { continue };
        if right.after_blank || ends_sentence(left.span.of(text)) {
            continue;
        }
        open += 1;
        if is_full(text, left, right, width) {
            full += 1;
        }
        if right.span.of(text).starts_with(char::is_lowercase) {
            lower += 1;
        }
    }
    (open >= 3 && full * 10 >= open * 7 && lower * 4 >= open).then_some(width)
}

/// Whether `right` goes on where `left` was broken off.
fn continues(text: &str, left: &Line, right: &Line, width: usize) -> bool {
    !right.after_blank
        && (is_full(text, left, right, width) || right.span.of(text).starts_with(char::is_lowercase))
        && right.indent <= left.indent + 1
        && !super::kinds::has_marker(right.span.of(text))
}

/// Whether the first word of `right` would not have fitted on `left`.
fn is_full(text: &str, left: &Line, right: &Line, limit: usize) -> bool {
    let word = right.span.of(text).split(char::is_whitespace).next().unwrap_or("");
    width(text, left) + 1 + word.chars().take(limit).count() > limit
}

/// Characters of a line with its indent, counted no further than needed.
fn width(text: &str, line: &Line) -> usize {
    let words = line.span.of(text);
    let limit = WIDTHS.end() + 1;
    let width = if words.len() > 4 * limit {
        limit
    } else if words.is_ascii() {
        words.len().min(limit)
    } else {
        words.chars().take(limit).count()
    };
    line.indent as usize + width
}

fn ends_sentence(line: &str) -> bool {
    line.ends_with(['.', '!', '?', ':', '"', '”', ')', ';', '。', '।', '។'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<&str> {
        stretches(text).iter().map(|stretch| stretch.span.of(text)).collect()
    }

    #[test]
    fn every_kind_of_line_end_ends_a_line() {
        assert_eq!(
            shown("a\nb\r\nc\rd\u{2028}e\u{2029}f\u{85}g\u{c}h"),
            ["a", "b", "c", "d", "e", "f", "g", "h"]
        );
        assert_eq!(shown(" \n\t\n\u{3000}\n"), [""; 0]);
    }

    #[test]
    fn blank_lines_are_noticed() {
        let text = "one\n \ntwo\nthree";
        let blank: Vec<_> = stretches(text).iter().map(|stretch| stretch.after_blank).collect();
        assert_eq!(blank, [true, true, false]);
    }

    #[test]
    fn a_list_of_short_lines_is_not_taken_for_wrapped_text() {
        let text = "the old passport\nthe national identity card\none photograph of the applicant\nthe fee\nthe form\nproof of residence";
        assert_eq!(shown(text).len(), 6);
    }
}
