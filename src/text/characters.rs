//! What single characters mean for sentences.

/// What a character may do at the end of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// A full stop: an end, an abbreviation, a decimal point.
    Dot,
    /// `…` or `‥`.
    Ellipsis,
    /// `!`, `?` and their like in scripts that put a space behind them.
    Loud,
    /// The full stop of another script: an end wherever it stands.
    Own,
    /// A full stop of Chinese and Japanese, which no space follows.
    Wide,
}

/// Sentence terminals of Unicode 16 (property Sentence_Terminal) that are not ASCII, as inclusive ranges;
/// `‼ ‽ ⁇ ⁈ ⁉` and the East Asian ones are told apart in [`stop`].
#[rustfmt::skip] // One range a line would fill two screens.
const TERMINALS: &[(u32, u32)] = &[
    (0x589, 0x589), (0x61d, 0x61f), (0x6d4, 0x6d4), (0x700, 0x702), (0x7f9, 0x7f9), (0x837, 0x837),
    (0x839, 0x839), (0x83d, 0x83e), (0x964, 0x965), (0x104a, 0x104b), (0x1362, 0x1362), (0x1367, 0x1368),
    (0x166e, 0x166e), (0x1735, 0x1736), (0x17d4, 0x17d5), (0x1803, 0x1803), (0x1809, 0x1809),
    (0x1944, 0x1945), (0x1aa8, 0x1aab), (0x1b4e, 0x1b4f), (0x1b5a, 0x1b5b), (0x1b5e, 0x1b5f),
    (0x1b7d, 0x1b7f), (0x1c3b, 0x1c3c), (0x1c7e, 0x1c7f), (0x2cf9, 0x2cfb), (0x2e2e, 0x2e2e),
    (0x2e3c, 0x2e3c), (0x2e53, 0x2e54), (0xa4ff, 0xa4ff), (0xa60e, 0xa60f), (0xa6f3, 0xa6f3),
    (0xa6f7, 0xa6f7), (0xa876, 0xa877), (0xa8ce, 0xa8cf), (0xa92f, 0xa92f), (0xa9c8, 0xa9c9),
    (0xaa5d, 0xaa5f), (0xaaf0, 0xaaf1), (0xabeb, 0xabeb), (0x10a56, 0x10a57), (0x10f55, 0x10f59),
    (0x10f86, 0x10f89), (0x11047, 0x11048), (0x110be, 0x110c1), (0x11141, 0x11143), (0x111c5, 0x111c6),
    (0x111cd, 0x111cd), (0x111de, 0x111df), (0x11238, 0x11239), (0x1123b, 0x1123c), (0x112a9, 0x112a9),
    (0x113d4, 0x113d5), (0x1144b, 0x1144c), (0x115c2, 0x115c3), (0x115c9, 0x115d7), (0x11641, 0x11642),
    (0x1173c, 0x1173e), (0x11944, 0x11944), (0x11946, 0x11946), (0x11a42, 0x11a43), (0x11a9b, 0x11a9c),
    (0x11c41, 0x11c42), (0x11ef7, 0x11ef8), (0x11f43, 0x11f44), (0x16a6e, 0x16a6f), (0x16af5, 0x16af5),
    (0x16b37, 0x16b38), (0x16b44, 0x16b44), (0x16d6e, 0x16d6f), (0x16e98, 0x16e98), (0x1bc9f, 0x1bc9f),
    (0x1da88, 0x1da88),
];

/// Marks beside [`TERMINALS`] that matter inside a sentence: ellipses, full stops that are told apart in [`stop`],
/// brackets and the dash at which speech breaks off.
#[rustfmt::skip] // One mark a line would fill a screen.
const OTHERS: [char; 31] = [
    '…', '‥', '‼', '‽', '⁇', '⁈', '⁉', '。', '．', '！', '？', '｡', '︒', '︕', '︖', '﹒', '﹖', '﹗',
    '—', '（', '）', '「', '」', '『', '』', '【', '】', '《', '》', '［', '］',
];

/// Marks that are not ASCII, looked up without a search.
static MARKS: Marks = Marks::new();

/// A set of characters below U+20000, by pages of 64.
struct Marks {
    /// For each page, where it stands in `masks`; 0 for one without marks.
    pages: [u8; Marks::PAGES],
    masks: [u64; Marks::MASKS],
}

impl Marks {
    const PAGES: usize = 0x2_0000 / 64;
    const MASKS: usize = 80;

    const fn new() -> Self {
        let mut marks = Self { pages: [0; Self::PAGES], masks: [0; Self::MASKS] };
        let mut used = 0;
        let mut index = 0;
        while index < TERMINALS.len() + OTHERS.len() {
            let (first, last) = if index < TERMINALS.len() {
                TERMINALS[index]
            } else {
                let other = OTHERS[index - TERMINALS.len()] as u32;
                (other, other)
            };
            let mut code = first;
            while code <= last {
                let page = code as usize / 64;
                if marks.pages[page] == 0 {
                    used += 1;
                    marks.pages[page] = used;
                }
                marks.masks[marks.pages[page] as usize] |= 1 << (code % 64);
                code += 1;
            }
            index += 1;
        }
        marks
    }

    fn has(&self, code: u32) -> bool {
        let page = self.pages.get(code as usize / 64).copied().unwrap_or(0);
        self.masks.get(usize::from(page)).is_some_and(|mask| mask >> (code % 64) & 1 == 1)
    }
}

/// Whether `character`, which is not ASCII, may be a full stop, a bracket or a dash at which speech breaks off.
pub(super) fn is_mark(character: char) -> bool {
    MARKS.has(character as u32)
}

/// The first offset from `at` on, before `end`, where no character from U+0580 on starts, or one for which
/// [`is_mark`] holds. `at` must be a character boundary of UTF-8.
pub(super) fn after_plain(bytes: &[u8], mut at: usize, end: usize) -> usize {
    let bytes = bytes.get(..end).unwrap_or(bytes);
    loop {
        let (code, length) = match *bytes.get(at..).unwrap_or(&[]) {
            [first @ 0xd6..=0xdf, second, ..] => (bits(first, 0x1f) << 6 | bits(second, 0x3f), 2),
            [first @ 0xe0..=0xef, second, third, ..] => {
                (bits(first, 0x0f) << 12 | bits(second, 0x3f) << 6 | bits(third, 0x3f), 3)
            }
            [first @ 0xf0..=0xf4, second, third, fourth, ..] => {
                let high = bits(first, 0x07) << 18 | bits(second, 0x3f) << 12;
                (high | bits(third, 0x3f) << 6 | bits(fourth, 0x3f), 4)
            }
            _ => return at,
        };
        if MARKS.has(code) {
            return at;
        }
        at += length;
    }
}

fn bits(byte: u8, mask: u8) -> u32 {
    u32::from(byte & mask)
}

/// What `character` may do at the end of a sentence, if anything.
pub(super) fn stop(character: char) -> Option<Stop> {
    match character {
        '.' => Some(Stop::Dot),
        '!' | '?' => Some(Stop::Loud),
        '\0'..='\u{7f}' => None,
        _ if !is_mark(character) => None,
        '…' | '‥' => Some(Stop::Ellipsis),
        '‼' | '‽' | '⁇' | '⁈' | '⁉' => Some(Stop::Loud),
        '。' | '．' | '！' | '？' | '｡' | '︒' | '︕' | '︖' | '﹒' | '﹖' | '﹗' => {
            Some(Stop::Wide)
        }
        '—' | '（' | '）' | '「' | '」' | '『' | '』' | '【' | '】' | '《' | '》' | '［' | '］' => {
            None
        }
        _ => Some(Stop::Own),
    }
}

/// Whether `character` closes a quotation or a bracket, or may do so (`"` and `'`).
pub(super) fn is_closer(character: char) -> bool {
    matches!(
        character,
        '"' | '\''
            | ')'
            | ']'
            | '}'
            | '”'
            | '’'
            | '»'
            | '›'
            | '“'
            | '」'
            | '』'
            | '）'
            | '］'
            | '】'
            | '〉'
            | '》'
            | '〕'
            | '｣'
            | '＂'
            | '＇'
            | '〞'
            | '〟'
    )
}

/// Whether `character` may stand before the first word of a sentence: quotes, brackets, marks of emphasis and
/// characters without a width.
pub(super) fn is_opener(character: char) -> bool {
    matches!(
        character,
        '"' | '\'' | '(' | '[' | '{' | '“' | '‘' | '„' | '‚' | '‟' | '”' | '’' | '«' | '‹' | '»' | '›' | '¿' | '¡'
            | '「' | '『' | '（' | '［' | '【' | '〈' | '《' | '〔' | '｢' | '*' | '_' | '`' | '<'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}

/// Whether `character` marks an item of a list at the start of a line.
pub(super) fn is_bullet(character: char) -> bool {
    matches!(
        character,
        '•' | '‣'
            | '⁃'
            | '∙'
            | '·'
            | '◦'
            | '●'
            | '○'
            | '▪'
            | '▫'
            | '■'
            | '□'
            | '►'
            | '▶'
            | '➢'
            | '➤'
            | '✓'
            | '✔'
            | '❖'
            | '◆'
            | '◇'
            | '★'
            | '☆'
            | '・'
            | '\u{f0b7}'
            | '\u{f0a7}'
    )
}

/// Whether `character` is a dash or hyphen.
pub(super) fn is_dash(character: char) -> bool {
    matches!(character, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_full_stops_of_many_scripts_are_known() {
        for character in "।॥።។؟۔։။︒᠃꘎𑅁".chars() {
            assert!(stop(character).is_some(), "{character}");
        }
        for character in ",;:،؛、a5 é（」—‑\u{1f600}\u{20000}".chars() {
            assert_eq!(stop(character), None, "{character}");
        }
    }

    #[test]
    fn every_terminal_is_found_and_its_neighbours_are_not() {
        let listed = |code: u32| TERMINALS.iter().any(|&(first, last)| first <= code && code <= last);
        for character in (0x80..0x2_0000).filter_map(char::from_u32) {
            let wanted = listed(character as u32) || OTHERS.contains(&character);
            assert_eq!(is_mark(character), wanted, "{character:?}");
            let text = format!("{character}a");
            let stays = wanted || character < '\u{580}';
            let after = if stays { 0 } else { character.len_utf8() };
            assert_eq!(after_plain(text.as_bytes(), 0, text.len()), after, "{character:?}");
        }
    }

    #[test]
    fn the_table_of_terminals_is_in_order() {
        assert!(TERMINALS.windows(2).all(|pair| pair[0].1 < pair[1].0));
        assert!(TERMINALS.iter().all(|&(first, last)| first <= last));
    }
}
