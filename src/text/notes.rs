//! Marks that follow a full stop and stay with its sentence: footnotes and faces.

use super::ends::{head, is_starter, is_thin_space};

/// Takes in the marks of footnotes and the faces that follow a full stop: `. [17]`, `. 4 The`, `. :)`.
pub(super) fn with_notes(text: &str, mut end: usize, block_end: usize) -> usize {
    while let Some(rest) = text.get(end..block_end) {
        let trimmed = rest.trim_start_matches(is_thin_space);
        let gap = rest.len() - trimmed.len();
        let length = note(trimmed)
            .or_else(|| if gap > 0 { number_note(trimmed).or_else(|| face(trimmed)) } else { None });
        match length {
            Some(length) => end += gap + length,
            None => break,
        }
    }
    end
}

/// Bytes of `[17]`, `[3, 4]` or `[…]`.
fn note(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('[')?;
    let close = head(inside, 14).find(']').filter(|&close| close > 0)?;
    let is_note =
        inside.get(..close)?.chars().all(|c| matches!(c, '0'..='9' | ',' | ' ' | '-' | '–' | '.' | '…'));
    is_note.then_some(close + 2)
}

/// Bytes of the number of a footnote: one or two digits, and a word that likes to start sentences behind them.
fn number_note(text: &str) -> Option<usize> {
    let digits = text.bytes().take(3).take_while(u8::is_ascii_digit).count();
    let next = text.get(digits..)?.strip_prefix(' ')?;
    let fits = (1..=2).contains(&digits) && next.starts_with(char::is_uppercase) && is_starter(next);
    fits.then_some(digits)
}

/// Bytes of a face made of signs, if white space or nothing follows: `:)`, `;-)`, `:D`.
pub(super) fn face(text: &str) -> Option<usize> {
    let rest = text.strip_prefix([':', ';', '='])?;
    let nose = usize::from(rest.starts_with(['-', '\'', 'o']));
    let mouth = rest.get(nose..)?;
    let length = 1
        + nose
        + mouth.bytes().take(4).take_while(|byte| matches!(byte, b')' | b'(' | b'D' | b'P' | b'p')).count();
    let is_face = length > 1 + nose
        && text.get(length..).is_none_or(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace));
    is_face.then_some(length)
}
