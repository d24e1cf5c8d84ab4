//! Where sentences end in mails and posts without a full stop: at faces, time stamps, web addresses and drawn lines.

use super::notes::face;

/// A sign that means something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sign {
    /// Where a sentence of its own starts with it, if one does.
    pub(super) start: Option<usize>,
    /// Bytes from the sign to the end of what it belongs to.
    pub(super) length: usize,
    /// Whether the sentence ends behind it.
    pub(super) ends: bool,
}

/// The word that a web address stands in. A word may hold many `://`, and is read once.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Address {
    /// Where the word ends; nothing is known of words that end further on.
    end: usize,
    /// Whether the word behind it is a web address too.
    leads_on: bool,
}

impl Address {
    /// The word that holds the byte at `at`, where `rest` starts.
    fn around(self, at: usize, rest: &str) -> Self {
        if at < self.end {
            return self;
        }
        let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let next = rest.get(length..).unwrap_or("").trim_start();
        let leads_on = next.starts_with("http://") || next.starts_with("https://");
        Self { end: at + length, leads_on }
    }
}

/// As many of one sign in a row draw a line.
const LINE: usize = 5;

/// What the `sign` at `at` belongs to; `rest` is the text from there to the end of the block, `sentence` where the
/// present sentence starts, `known` the last web address, which is kept up to date.
pub(super) fn read(
    text: &str,
    sentence: usize,
    at: usize,
    rest: &str,
    sign: u8,
    known: &mut Address,
) -> Option<Sign> {
    match sign {
        b'-' | b'=' | b'_' => {
            let length = rest.bytes().take_while(|&byte| byte == sign).count();
            let spaced = |edge: Option<char>| edge.is_none_or(char::is_whitespace);
            let is_line = length >= LINE
                && spaced(text.get(..at)?.chars().next_back())
                && spaced(rest.get(length..)?.chars().next());
            if is_line {
                return Some(Sign { start: Some(at), length, ends: true });
            }
            // Long runs are stepped over at once.
            (length >= LINE).then_some(Sign { start: None, length, ends: false })
        }
        b':' if rest.starts_with("://") => {
            *known = known.around(at, rest);
            address(text, sentence, at, *known)
        }
        b':' => smile(rest).or_else(|| stamp(text, at, rest)),
        _ => smile(rest),
    }
}

/// A face ends a sentence when a word follows.
fn smile(rest: &str) -> Option<Sign> {
    let length = face(rest)?;
    let next = rest.get(length..)?.trim_start();
    Some(Sign { start: None, length, ends: next.starts_with(char::is_alphanumeric) })
}

/// A web address that opens the sentence, or that another one follows, is a sentence of its own.
fn address(text: &str, sentence: usize, at: usize, word: Address) -> Option<Sign> {
    let scheme = text.get(sentence..at)?;
    let opens = matches!(scheme, "http" | "https" | "ftp");
    (opens || word.leads_on).then_some(Sign { start: None, length: word.end - at, ends: true })
}

/// "03/27/2001 09:11 AM", as forwarded mails have it: a sentence of its own.
fn stamp(text: &str, at: usize, rest: &str) -> Option<Sign> {
    let before = text.get(..at)?;
    let window = before.get(before.floor_char_boundary(before.len().saturating_sub(14))..)?;
    let hour = window.bytes().rev().take_while(u8::is_ascii_digit).count();
    let date = window.get(..window.len() - hour)?.strip_suffix(' ')?;
    let length = date.bytes().rev().take_while(|byte| byte.is_ascii_digit() || *byte == b'/').count();
    let day = date.get(date.len() - length..)?;
    let is_date = day.matches('/').count() == 2 && (6..=10).contains(&length) && (1..=2).contains(&hour);
    let mut seconds = 1;
    while rest.as_bytes().get(seconds).is_some_and(|byte| byte.is_ascii_digit() || *byte == b':')
        && seconds < 6
    {
        seconds += 1;
    }
    let half = rest.get(seconds..)?;
    if !is_date || seconds < 3 || !(half.starts_with(" AM") || half.starts_with(" PM")) {
        return None;
    }
    let start = at - hour - 1 - length;
    let before = text.get(..start)?;
    if before.ends_with(char::is_alphanumeric) {
        return None;
    }
    let leads_in = before.trim_end();
    // "on 08/16/2000 03:14 PM" goes on with its sentence.
    let is_own = !leads_in.ends_with(" on") && !leads_in.ends_with(" at");
    Some(Sign { start: is_own.then_some(start), length: seconds + 3, ends: true })
}
