//! Characters of the fonts Symbol and Wingdings, which documents name by their place in the font.

/// The character that a symbol stands for, where it has one. `code` is hexadecimal, as in the file.
pub(super) fn character(font: &str, code: &str) -> Option<char> {
    at(font, u32::from_str_radix(code, 16).ok()?)
}

/// Whether a character is a place in a symbol font rather than a character.
pub(super) fn is_placed(character: char) -> bool {
    matches!(character, '\u{f020}'..='\u{f0ff}')
}

/// The character that stands at a place of a font.
pub(super) fn at(font: &str, code: u32) -> Option<char> {
    // Symbol fonts lie in the private use area, from F000 on.
    let place = match code {
        0xF020..=0xF0FF => code - 0xF000,
        0x20..=0xFF if is_symbol_font(font) => code,
        other => return char::from_u32(other).filter(|it| !it.is_control() && !is_private(*it)),
    };
    let table = if font.eq_ignore_ascii_case("symbol") { SYMBOL } else { WINGDINGS };
    table.iter().find(|(at, _)| *at == place).map(|(_, character)| *character)
}

fn is_symbol_font(font: &str) -> bool {
    font.eq_ignore_ascii_case("symbol") || font.to_ascii_lowercase().starts_with("wingdings")
}

fn is_private(character: char) -> bool {
    matches!(character, '\u{e000}'..='\u{f8ff}')
}

/// The signs of the font Symbol that stand in running text.
const SYMBOL: &[(u32, char)] = &[
    (0x2D, '−'),
    (0x61, 'α'),
    (0x62, 'β'),
    (0x64, 'δ'),
    (0x67, 'γ'),
    (0x6D, 'μ'),
    (0x70, 'π'),
    (0x73, 'σ'),
    (0xA3, '≤'),
    (0xA5, '∞'),
    (0xAB, '↔'),
    (0xAC, '←'),
    (0xAD, '↑'),
    (0xAE, '→'),
    (0xAF, '↓'),
    (0xB0, '°'),
    (0xB1, '±'),
    (0xB3, '≥'),
    (0xB4, '×'),
    (0xB7, '•'),
    (0xB8, '÷'),
    (0xB9, '≠'),
    (0xBB, '≈'),
    (0xBC, '…'),
    (0xD2, '®'),
    (0xD3, '©'),
    (0xD4, '™'),
    (0xE2, '®'),
    (0xE3, '©'),
    (0xE4, '™'),
];

/// The signs of the font Wingdings that stand in running text.
const WINGDINGS: &[(u32, char)] = &[
    (0x28, '☎'),
    (0x2A, '✉'),
    (0x6C, '●'),
    (0x6E, '■'),
    (0x6F, '□'),
    (0x71, '❑'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x77, '◆'),
    (0x9F, '•'),
    (0xA7, '▪'),
    (0xA8, '◻'),
    (0xAB, '★'),
    (0xD8, '➢'),
    (0xDF, '←'),
    (0xE0, '→'),
    (0xE1, '↑'),
    (0xE2, '↓'),
    (0xFB, '✗'),
    (0xFC, '✓'),
    (0xFD, '☒'),
    (0xFE, '☑'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_become_the_characters_they_look_like() {
        for (font, code, expected) in [
            ("Symbol", "F0B7", Some('•')),
            ("symbol", "B0", Some('°')),
            ("Wingdings", "F0FC", Some('✓')),
            ("Wingdings", "00FC", Some('✓')),
            ("Arial", "00E9", Some('é')),
            ("Arial", "263A", Some('☺')),
            ("Wingdings", "F021", None),
            ("Arial", "E001", None),
            ("Arial", "0007", None),
            ("Arial", "D800", None),
            ("Arial", "FFFFFFFFFF", None),
            ("Arial", "no", None),
        ] {
            assert_eq!(character(font, code), expected, "{font} {code}");
        }
    }
}
