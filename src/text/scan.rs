//! Finds where sentences end inside one block.
//!
//! One pass over the bytes stops only at characters that may end a sentence or open a bracket; [`super::ends`]
//! judges each of them by the words around it. Every look back or ahead is bounded, so the time is linear in
//! the text whatever it holds.

use super::characters::{Stop, after_plain, is_closer, is_opener, stop};
use super::ends::{self, Candidate, Verdict};
use super::markers;
use super::skip;
use super::span::Span;
use super::web::{self, Address};

/// What a byte may begin.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Byte {
    /// Nothing that matters here.
    Plain,
    /// `.`, `!` or `?`.
    Stop,
    /// `(` or `[`.
    Bracket,
    /// `:`, which a face, a time or a web address has, or one of the signs that draw a line.
    Sign,
    /// The first byte of a character of several bytes that may be a full stop or a bracket.
    Lead,
}

const BYTES: [Byte; 256] = {
    let mut bytes = [Byte::Plain; 256];
    bytes[b'.' as usize] = Byte::Stop;
    bytes[b'!' as usize] = Byte::Stop;
    bytes[b'?' as usize] = Byte::Stop;
    bytes[b':' as usize] = Byte::Sign;
    bytes[b';' as usize] = Byte::Sign;
    bytes[b'-' as usize] = Byte::Sign;
    bytes[b'=' as usize] = Byte::Sign;
    bytes[b'_' as usize] = Byte::Sign;
    bytes[b'(' as usize] = Byte::Bracket;
    bytes[b'[' as usize] = Byte::Bracket;
    // Below U+0580 no character of several bytes ends a sentence; U+0580 begins with D6.
    let mut lead = 0xd6;
    while lead < 0xf5 {
        bytes[lead] = Byte::Lead;
        lead += 1;
    }
    bytes
};

/// Brackets whose inside is not cut when they open inside a sentence, with what closes them.
const BRACKETS: [(char, char); 7] =
    [('(', ')'), ('[', ']'), ('（', '）'), ('「', '」'), ('『', '』'), ('【', '】'), ('《', '》')];

/// A bracket that does not close within so many bytes is taken for a slip of the pen.
const BRACKET_REACH: usize = 600;

/// Appends the sentences of `block`, which must be trimmed and not empty: trimmed, in order, covering all of it
/// but white space.
pub(super) fn sentences(text: &str, block: Span, out: &mut Vec<Span>) {
    let mut scan = Scan {
        text,
        end: block.end as usize,
        start: block.start as usize,
        out,
        held: 0,
        closes: [Close::Unknown; BRACKETS.len()],
        address: Address::default(),
    };
    let breaks = markers::inline(block.of(text));
    let mut from = block.start as usize;
    for at in breaks {
        let at = block.start as usize + at;
        scan.run(from, at);
        scan.finish(at);
        from = at;
    }
    scan.run(from, block.end as usize);
    scan.finish(block.end as usize);
}

/// Where the next closing bracket of a kind stands.
#[derive(Debug, Clone, Copy)]
enum Close {
    Unknown,
    At(usize),
    None,
}

struct Scan<'a> {
    text: &'a str,
    end: usize,
    /// Where the present sentence starts.
    start: usize,
    out: &'a mut Vec<Span>,
    /// No sentence ends before this byte: it lies in a bracket.
    held: usize,
    /// Per kind of [`BRACKETS`], so that each byte is searched at most once per kind.
    closes: [Close; BRACKETS.len()],
    /// The last word that was looked at for a web address.
    address: Address,
}

impl Scan<'_> {
    /// Judges every candidate from `at` up to `end`.
    fn run(&mut self, mut at: usize, end: usize) {
        let bytes = self.text.as_bytes();
        self.end = end;
        // What did not close before an item of a list ended may close in this one.
        self.closes = [Close::Unknown; BRACKETS.len()];
        // Where the next eight bytes are worth a look.
        let mut plain = 0;
        while at < end {
            if at >= plain {
                at = skip::to_mark(bytes, at, end);
                plain = at + 8;
            }
            let Some(&byte) = bytes.get(at).filter(|_| at < end) else { break };
            match BYTES.get(byte as usize) {
                None | Some(Byte::Plain) => at += 1,
                Some(Byte::Stop) => {
                    let kind = if byte == b'.' { Stop::Dot } else { Stop::Loud };
                    at = self.judge(at, kind);
                }
                Some(Byte::Sign) => at = self.sign(at, byte),
                Some(Byte::Bracket) => {
                    self.open(at, byte as char);
                    at += 1;
                }
                Some(Byte::Lead) => {
                    let next = after_plain(bytes, at, end);
                    if next > at {
                        at = next;
                        continue;
                    }
                    let Some(character) = self.char_at(at) else { break };
                    at = match stop(character) {
                        Some(kind) => self.judge(at, kind),
                        None if character == '—' => self.dash(at, character.len_utf8()),
                        None => {
                            self.open(at, character);
                            at + character.len_utf8()
                        }
                    };
                }
            }
        }
    }

    /// Ends the present sentence at `end` and starts the next at the first word behind it.
    fn finish(&mut self, end: usize) {
        let span = Span::new(self.start, end).trim(self.text);
        if !span.is_empty() {
            self.out.push(span);
        }
        self.start = end;
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..self.end)?.chars().next()
    }

    /// Looks at the run of full stops that starts at `at` and returns where to go on.
    fn judge(&mut self, at: usize, kind: Stop) -> usize {
        let run = Run::read(self.text, at, self.end, kind);
        if run.end >= self.end {
            return self.end;
        }
        if run.end < self.held {
            return run.end;
        }
        let candidate = Candidate { text: self.text, block_end: self.end, sentence_start: self.start, run };
        match ends::judge(&candidate) {
            Verdict::Ends(end) => self.cut(end),
            Verdict::GoesOn(quiet) => {
                self.held = self.held.max(quiet);
                run.end
            }
        }
    }

    /// Ends the sentence at `end` and steps over the white space behind it.
    fn cut(&mut self, end: usize) -> usize {
        self.finish(end);
        let rest = self.text.get(end..self.end).unwrap_or("");
        self.start = end + (rest.len() - rest.trim_start().len());
        self.start
    }

    /// Ends the sentence at a dash where speech breaks off.
    fn dash(&mut self, at: usize, length: usize) -> usize {
        let end = at + length;
        if at < self.held || !ends::breaks_off(self.text, at, end, self.end) {
            return end;
        }
        self.cut(end)
    }

    /// Looks at signs that stand in mails and posts rather than in prose.
    fn sign(&mut self, at: usize, sign: u8) -> usize {
        let rest = self.text.get(at..self.end).unwrap_or("");
        if let Some(found) = web::read(self.text, self.start, at, rest, sign, &mut self.address) {
            if let Some(start) = found.start.filter(|&start| start > self.start) {
                self.finish(start);
                self.start = start;
            }
            let end = at + found.length;
            return if found.ends && end < self.end { self.cut(end) } else { end };
        }
        at + 1
    }

    /// Remembers where a bracket that opens inside a sentence closes.
    fn open(&mut self, at: usize, bracket: char) {
        let Some(kind) = BRACKETS.iter().position(|(open, _)| *open == bracket) else { return };
        if at < self.held || (at == self.start && bracket.is_ascii()) {
            return;
        }
        // A frown, not a bracket.
        if bracket == '('
            && at.checked_sub(1).and_then(|before| self.text.as_bytes().get(before)) == Some(&b':')
            && self.text.as_bytes().get(at + 1).is_none_or(u8::is_ascii_whitespace)
        {
            return;
        }
        if let Some(close) = self.next_close(kind, at)
            && close - at <= BRACKET_REACH
            && close < self.end
        {
            self.held = close + 1;
        }
    }

    fn next_close(&mut self, kind: usize, at: usize) -> Option<usize> {
        let (_, bracket) = *BRACKETS.get(kind)?;
        let known = self.closes.get_mut(kind)?;
        match *known {
            Close::None => return None,
            Close::At(close) if close >= at => return Some(close),
            _ => {}
        }
        let found = self.text.get(at..self.end).and_then(|rest| rest.find(bracket)).map(|offset| at + offset);
        *known = found.map_or(Close::None, Close::At);
        found
    }
}

/// Full stops in a row, with the quotes and brackets that close right behind them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    /// First byte of the first full stop.
    pub(super) start: usize,
    /// One past the last closing mark.
    pub(super) end: usize,
    /// Number of dots; `…` counts as three.
    pub(super) dots: usize,
    /// Whether white space stands between the dots.
    pub(super) is_spaced: bool,
    /// Whether `!` or `?` is among them.
    pub(super) is_loud: bool,
    /// Whether the full stop of a script that leaves no doubt is among them.
    pub(super) is_own: bool,
    /// Whether one of Chinese and Japanese is among them.
    pub(super) is_wide: bool,
    /// Whether a quote or bracket closes behind them.
    pub(super) is_closed: bool,
}

impl Run {
    fn read(text: &str, start: usize, end: usize, first: Stop) -> Self {
        let mut run = Self {
            start,
            end: start,
            dots: 0,
            is_spaced: false,
            is_loud: false,
            is_own: false,
            is_wide: false,
            is_closed: false,
        };
        let mut kind = Some(first);
        let rest = text.get(start..end).unwrap_or("");
        let characters = rest.char_indices().peekable();
        for (offset, character) in characters {
            let next = offset + character.len_utf8();
            if let Some(found) = kind.take().or_else(|| stop(character)) {
                match found {
                    Stop::Dot => run.dots += 1,
                    Stop::Ellipsis => run.dots += 3,
                    Stop::Loud => run.is_loud = true,
                    Stop::Own => run.is_own = true,
                    Stop::Wide => run.is_wide = true,
                }
            } else if is_closer(character) && !Self::opens_next(rest, next) {
                run.is_closed = true;
            } else if character == ' ' || character == '\u{a0}' {
                // ". . ." is one ellipsis; "? !" and ". ”" are rare enough to be let go.
                let dot = rest.get(next..).is_some_and(|rest| {
                    rest.starts_with('.')
                        && !rest.starts_with("..")
                        && !rest.get(1..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
                });
                if !dot || run.dots == 0 || run.is_closed {
                    break;
                }
                run.is_spaced = true;
                continue;
            } else {
                break;
            }
            run.end = start + next;
        }
        run
    }

    /// Whether the quote before `next` rather opens what follows: `.“And` (a space is missing).
    fn opens_next(rest: &str, next: usize) -> bool {
        let mut before = rest.get(..next).unwrap_or("").chars().rev();
        before.next() == Some('“')
            && rest.get(next..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
    }
}

/// Skips openers and spaces between them from `at`, at most a few; gives the offset of the first other character.
pub(super) fn skip_openers(text: &str, at: usize, end: usize) -> usize {
    let rest = text.get(at..end).unwrap_or("");
    let skipped: usize = rest.chars().take(8).take_while(|&c| is_opener(c)).map(char::len_utf8).sum();
    at + skipped
}
