//! Steps over bytes that do not matter, eight at a time.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// The first offset from `at` on, before `end`, whose eight bytes may hold a control character (a line end among
/// them) or a first byte that those of other line ends share, C2 or E2; near `end` simply an offset to look at byte
/// by byte.
pub(super) fn to_line_end(bytes: &[u8], at: usize, end: usize) -> usize {
    skip(bytes, at, end, |word| below(word, 0x0e) | below((word | (ONES * 0x20)) ^ (ONES * 0xe2), 1))
}

/// The first offset from `at` on, before `end`, whose eight bytes may hold a full stop, a bracket, a sign or the
/// start of a character from U+0580 on.
pub(super) fn to_mark(bytes: &[u8], at: usize, end: usize) -> usize {
    skip(bytes, at, end, |word| {
        // `(` to `?` but for the comma, which is common; digits come along.
        let marks = between(word, 0x27, 0x2c) | between(word, 0x2c, 0x40);
        marks
            | below(word ^ (ONES * 0x21), 1)
            | below((word | (ONES * 0x04)) ^ (ONES * 0x5f), 1)
            | leads(word)
    })
}

fn skip(bytes: &[u8], mut at: usize, end: usize, found: impl Fn(u64) -> u64) -> usize {
    while at + 8 <= end {
        let Some(Ok(word)) = bytes.get(at..at + 8).map(<[u8; 8]>::try_from) else { break };
        if found(u64::from_le_bytes(word)) & HIGHS != 0 {
            break;
        }
        at += 8;
    }
    at
}

/// A high bit for bytes below `limit` (at most 128). A byte above such a one may be flagged too; bytes of 128 and
/// more are not told apart. Nothing that is below is missed.
fn below(word: u64, limit: u64) -> u64 {
    word.wrapping_sub(ONES * limit) & !word & HIGHS
}

/// A high bit for bytes from D6 on, exactly.
fn leads(word: u64) -> u64 {
    ((word & !HIGHS) + ONES * (0x80 - 0x56)) & word & HIGHS
}

/// A high bit for ASCII bytes above `least` and below `most`, exactly.
fn between(word: u64, least: u64, most: u64) -> u64 {
    let ascii = word & !HIGHS;
    (ONES * (127 + most) - ascii) & !word & (ascii + ONES * (127 - least)) & HIGHS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_byte_that_matters_is_stepped_over() {
        for byte in 0..=u8::MAX {
            for place in 0..8 {
                for filler in [b'a', b' ', b',', b'z', b'A', 0xbf, 0xd5, 0xc3] {
                    let mut bytes = [filler; 24];
                    bytes[8 + place] = byte;
                    let line = byte < 0x0e || byte == 0xc2 || byte == 0xe2;
                    assert!(!line || to_line_end(&bytes, 0, 24) <= 8, "{byte:#x} at {place}");
                    let mark = b".!?([:;-=_".contains(&byte) || byte >= 0xd6;
                    assert!(!mark || to_mark(&bytes, 0, 24) <= 8, "{byte:#x} at {place}");
                }
            }
        }
        assert_eq!(to_mark(b"all plain, words here", 0, 21), 16);
        assert_eq!(to_line_end(b"all plain words, here", 0, 21), 16);
        assert_eq!(to_mark("ничего важного".as_bytes(), 0, 27), 24);
        assert_eq!(to_line_end("ничего важного".as_bytes(), 0, 27), 24);
    }
}
