//! Marks that open an item of a list: bullets, `(1)`, `1.`, `1)`, `1.)`, `a)`, `iv.`

use super::characters::{is_bullet, is_dash};

/// A mark at the start of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marker {
    /// What it looks like.
    pub(super) style: Style,
    /// Its number: `1`, `a` and `i` are 1; 0 for a bullet.
    pub(super) value: u32,
    /// Bytes of the mark itself.
    pub(super) len: usize,
}

/// What a mark looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// A bullet or dash.
    Bullet(char),
    /// A number or letter with what stands around it.
    Counted {
        /// Whether it is a number, a letter or a Roman numeral.
        letters: Letters,
        /// Whether a bracket stands before it.
        opened: bool,
        /// Whether a full stop follows.
        dot: bool,
        /// Whether a bracket closes it.
        closed: bool,
    },
}

/// What a counted mark counts with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letters {
    /// `12`
    Digits,
    /// `b`
    Lower,
    /// `B`
    Upper,
    /// `ii` to `xxxix` in either case; single letters count as letters.
    Roman,
}

/// The mark that `line` starts with, if white space or (after a bullet or bracket) a word follows it.
pub(super) fn read(line: &str) -> Option<Marker> {
    let first = line.chars().next()?;
    let after = |length: usize| line.get(length..).and_then(|rest| rest.chars().next());
    if is_bullet(first) {
        return Some(Marker { style: Style::Bullet(first), value: 0, len: first.len_utf8() });
    }
    if is_dash(first) || first == '*' || first == '+' {
        let len = first.len_utf8();
        let spaced = after(len).is_some_and(char::is_whitespace);
        return spaced.then_some(Marker { style: Style::Bullet(first), value: 0, len });
    }
    let opened = first == '(' || first == '（';
    let from = if opened { first.len_utf8() } else { 0 };
    let body = line.get(from..)?;
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let (letters, value, length) = if digits > 0 {
        if digits > 3 {
            return None;
        }
        (Letters::Digits, body.get(..digits)?.parse().ok()?, digits)
    } else {
        let length = body.bytes().take(6).take_while(u8::is_ascii_alphabetic).count();
        let word = body.get(..length)?;
        match (length, word.bytes().next()?) {
            (1, letter @ b'a'..=b'z') => (Letters::Lower, u32::from(letter - b'a') + 1, 1),
            (1, letter @ b'A'..=b'Z') => (Letters::Upper, u32::from(letter - b'A') + 1, 1),
            _ => (Letters::Roman, roman(word)?, length),
        }
    };
    let mut len = from + length;
    let dot = after(len) == Some('.');
    len += usize::from(dot);
    let close = after(len).filter(|&next| next == ')' || next == '）');
    len += close.map_or(0, char::len_utf8);
    let closed = close.is_some();
    if !(closed || dot && !opened) {
        return None;
    }
    let next = after(len);
    let fits = next.is_none_or(char::is_whitespace) || closed && next.is_some_and(char::is_alphabetic);
    fits.then_some(Marker { style: Style::Counted { letters, opened, dot, closed }, value, len })
}

fn roman(word: &str) -> Option<u32> {
    let digit = |letter: u8| match letter.to_ascii_lowercase() {
        b'i' => Some(1),
        b'v' => Some(5),
        b'x' => Some(10),
        _ => None,
    };
    let mut value = 0;
    let mut highest = 0;
    for letter in word.bytes().rev() {
        let digit = digit(letter)?;
        if digit < highest {
            value -= digit;
        } else {
            value += digit;
            highest = digit;
        }
    }
    (word.len() > 1 && value > 0).then_some(value as u32)
}

/// How many items a line of several may have: what is beyond is prose.
const ITEMS: u32 = 200;

/// Where further items start in a block that is a list on one line (`1) First 2) Second`, `• One • Two`): byte
/// offsets into `block`, in order. Empty for any other block.
pub(super) fn inline(block: &str) -> Vec<usize> {
    let Some(first) = read(block) else { return Vec::new() };
    match first.style {
        Style::Bullet(bullet) if is_bullet(bullet) => bullets(block, bullet, first.len),
        Style::Bullet(_) => Vec::new(),
        Style::Counted { closed, .. } if first.value == 1 || closed => counted(block, first),
        Style::Counted { .. } => Vec::new(),
    }
}

fn bullets(block: &str, bullet: char, from: usize) -> Vec<usize> {
    let spaced = |at: &usize| block.get(..*at).is_some_and(|before| before.ends_with(char::is_whitespace));
    block.match_indices(bullet).map(|(at, _)| at).filter(|at| *at >= from).filter(spaced).collect()
}

fn counted(block: &str, first: Marker) -> Vec<usize> {
    let mut found = Vec::new();
    let mut wanted = first.value + 1;
    let mut at = first.len;
    let mut word_before = "";
    // One pass over the words; the next mark must carry the next number in the same style.
    while let Some(rest) = block.get(at..) {
        let trimmed = rest.trim_start();
        let start = at + (rest.len() - trimmed.len());
        if trimmed.is_empty() || wanted > first.value + ITEMS {
            break;
        }
        let length = trimmed.find(char::is_whitespace).unwrap_or(trimmed.len());
        if length < 8
            && let Some(marker) = read(trimmed)
        {
            let rest = trimmed.get(marker.len..).unwrap_or("").trim_start();
            let capital = rest.chars().next().is_some_and(|c| !c.is_lowercase() && !c.is_ascii_digit());
            if marker.style == first.style && marker.value == wanted && capital && !refers(word_before) {
                found.push(start);
                wanted += 1;
            }
        }
        word_before = trimmed.get(..length).unwrap_or("");
        at = start + length;
    }
    found
}

/// Whether a number after `word` names a part of something: "article 2. The …".
fn refers(word: &str) -> bool {
    const WORDS: [&str; 16] = [
        "article",
        "paragraph",
        "page",
        "section",
        "part",
        "chapter",
        "annex",
        "phase",
        "point",
        "no",
        "no.",
        "step",
        "and",
        "to",
        "of",
        "or",
    ];
    WORDS.iter().any(|known| known.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, mark: &str) {
        let found = read(line).map_or("", |marker| line.get(..marker.len).unwrap());
        assert_eq!(found, mark, "{line}");
    }

    #[test]
    fn marks_of_all_styles_are_read() {
        for (line, mark) in [
            ("• one", "•"),
            ("•one", "•"),
            ("- one", "-"),
            ("-one", ""),
            ("– one", "–"),
            ("* one", "*"),
            ("(1) one", "(1)"),
            ("(1)One", "(1)"),
            ("1. one", "1."),
            ("1.5 million", ""),
            ("1.) one", "1.)"),
            ("12) one", "12)"),
            ("2024. one", ""),
            ("a) one", "a)"),
            ("B. One", "B."),
            ("iv. one", "iv."),
            ("(iii) one", "(iii)"),
            ("mix. one", ""),
            ("in. one", ""),
            ("(one) two", ""),
            ("1 one", ""),
            ("", ""),
            ("(", ""),
            ("é) one", ""),
        ] {
            check(line, mark);
        }
    }

    #[test]
    fn roman_numerals_count() {
        assert_eq!(read("xiv. one").unwrap().value, 14);
        assert_eq!(read("IX) one").unwrap().value, 9);
    }

    #[test]
    fn a_reference_is_not_an_item() {
        assert!(inline("1. The parties recall article 2. The rest stands.").is_empty());
        assert_eq!(inline("1) One 2) Two"), [7]);
    }
}
