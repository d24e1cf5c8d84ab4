//! Nasty texts out of bytes. Each byte is a choice, so that a fuzzer or proptest that changes, drops or repeats
//! bytes changes, drops or repeats words and structures rather than letters.

use readout::text::{BlockKind, Marked, Span};

/// A text stops growing here, in bytes.
pub const LONGEST: usize = 12_000;

/// What matters to the analysis: marks, abbreviations, words that name, line ends, scripts.
#[rustfmt::skip] // One piece a line would fill four screens.
const PIECES: &[&str] = &[
    // White space and line ends.
    " ", " ", " ", "  ", "\n", "\n", "\n\n", "\r\n", "\r", "\t", "\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}",
    "\u{a0}", "\u{3000}", "\u{200b}", "\u{feff}", "\u{200f}", "\u{ad}", "\0", "\u{fffd}",
    // Stops and marks.
    ".", ".", ". ", "..", "...", "…", ". . .", "!", "?", "?!", "‽", ":", ";", ",", "、", "。", "？", "！", "．", "।", "॥", "។", "៕",
    "؟", "۔", "։", "።", "᠃", "\u{61d}", "-", "–", "—", " — ", "--", "=====", "_____", "*", "#", "> ", "|", "/", "\\", "&", "%", "@", "~",
    // Quotes and brackets.
    "\"", "'", "“", "”", "‘", "’", "«", "»", "„", "「", "」", "『", "』", "(", ")", "[", "]", "{", "}", "（", "）", "<", "《", "》", "''",
    // Abbreviations, initials, numbers.
    "Mr. ", "Dr. ", "Gen. ", "No. 5", "pp. ", "U.S. ", "U.S", "J. K. ", "a.m. ", "p.m. EST ", "etc. ", "Co. ", "St.", "e.g. ", "Yahoo! ",
    "3.5", "1,200", "12", "1. ", "2) ", "(3) ", "iv. ", "a) ", "(b) ", "IV. ", "1st ", "29. 10. 2025", "[17]", " 4 ", "½", "٣", "5G",
    // Words.
    "the ", "he ", "And ", "The ", "I ", "A ", "It ", "word ", "need.And ", "is ", "of ", "of the ", "and ", "to ", "said ", "on ",
    // Names.
    "Japan", "Cambodia", "Japanese ", "Ms. KAMIKAWA Yoko", "Hun Manet", "Prime Minister ", "Minister of ", "Foreign Affairs", "’s ", "'s ",
    "Ministry of ", "ASEAN ", "Summit ", "Treaty on ", "Port of ", "Bank ", "July 6, 2024", "6 July", "Monday", "May", "US$ 2.5 million",
    "€3", "¥", "first quarter of ", "next year", "al-", "van der ", "O’Neill ", "McX ", "(MOFA) ", "Sok Chenda ", "New ", "National Road ",
    // Structures.
    "Phnom Penh, July 6 (X) — ", "LAHORE: ", "PARIS — ", "Riga, 5 May 2024.- ", "Photo: ", "(Photo: X)", "By Ana Poe", "CHAIR: ", "• ", "- ", "* ", "A: ",
    "https://a.b/c?d=e. ", "http://", "://", "www.x.org", "x@y.com ", "file.Final.pdf ", "03/27/2001 09:11 AM ", ":) ", ":-(", ";D", "<b>", "</p>",
    // Scripts, combining marks, emoji.
    "e\u{301}", "\u{301}", "\u{20dd}", "ß", "İ", "ŉ", "ﬁ", "Ǆ", "Иван ", "и", "日本", "は", "文", "ក្រសួង", "នៃ", "مرحبا ", "وزارة", "नमस्ते ", "สวัสดี", "한국 ",
    "👩‍👩‍👧", "🇰🇭", "👍🏽", "\u{200d}", "\u{fe0f}", "𝕏", "\u{1f600}", "\u{10ffff}",
];

/// Texts of ours, to be cut and spoiled.
pub const FIXTURES: [&str; 3] = [
    include_str!("../../static/sample.txt"),
    include_str!("../fixtures/outline.txt"),
    include_str!("../fixtures/sentences.txt"),
];

/// Lists that the analysis reads.
const LISTS: [&str; 3] = [
    include_str!("../../data/text/abbreviations.txt"),
    include_str!("../../data/text/starters.txt"),
    include_str!("../../data/text/months.txt"),
];

/// The text that `choices` make.
pub fn text(choices: &[u8]) -> String {
    let mut choices = Choices(choices);
    let mut text = String::new();
    while let Some(choice) = choices.next() {
        match choice {
            // Most choices add a piece.
            0..200 => text.push_str(choices.piece(choice)),
            200..212 => {
                let piece = choices.piece(choice);
                let times = usize::from(choices.next().unwrap_or(2));
                text.push_str(&piece.repeat(times));
            }
            212..222 => text.push_str(choices.stretch(&FIXTURES)),
            222..228 => {
                let list = choices.of(&LISTS);
                let entries: Vec<&str> = list.lines().collect();
                text.push_str(choices.of(&entries));
                text.push_str(choices.of(&[".", ". ", " ", ".\n"]));
            }
            // Any character at all.
            228..232 => text.push(choices.character()),
            // A label, a dateline or a mark on every line.
            232..236 => {
                let lead = choices.piece(choice);
                let times = usize::from(choices.next().unwrap_or(3)) % 24;
                for _ in 0..times {
                    text.push_str(lead);
                    text.push_str(choices.of(&["\n", "x\n", "X y z.\n", " of the port\r\n", ";\n", ":\n"]));
                }
            }
            // Quotes or brackets in quotes or brackets.
            236..240 => {
                let (open, close) =
                    choices.of(&[("“", "”"), ("\"", "\""), ("(", ")"), ("‘", "’"), ("[", "]"), ("「", "」")]);
                let depth = usize::from(choices.next().unwrap_or(2)) % 40;
                text.push_str(&open.repeat(depth));
                text.push_str(choices.piece(choice));
                text.push_str(&close.repeat(depth));
            }
            240..244 => text = wrapped(&text, 40 + usize::from(choices.next().unwrap_or(32)) % 60),
            244..247 => {
                text = text.replace('\n', choices.of(&["\r\n", "\r", "\u{85}", "\u{2028}", "\n\n", "  \n"]))
            }
            247..250 => cut(&mut text, &mut choices),
            250 => text = text.to_uppercase(),
            251 => text = text.replace(' ', ""),
            252 => text = text.split(' ').map(capitalised).collect::<Vec<_>>().join(" "),
            253..=255 => {
                let end = text.floor_char_boundary(LONGEST / 2);
                text.extend_from_within(..end);
            }
        }
        if text.len() > LONGEST {
            text.truncate(text.floor_char_boundary(LONGEST));
            break;
        }
    }
    text
}

/// Marks that a file might bear on a text: some in order, some not, some that fit nothing.
pub fn marks(text: &str, choices: &[u8]) -> Vec<Marked> {
    let mut choices = Choices(choices);
    let mut marks = Vec::new();
    let mut at = 0;
    while let Some(choice) = choices.next() {
        let start = at + choices.below(30);
        let end = start + choices.below(200);
        // Most marks stand behind the one before, on boundaries.
        let [start, end] =
            if choice < 220 { [start, end].map(|it| text.floor_char_boundary(it)) } else { [end, start] };
        let kind = choices.of(&KINDS);
        marks.push(Marked { kind, span: Span::new(start, end) });
        at = if choice % 8 == 0 { start } else { end };
    }
    marks
}

const KINDS: [Option<BlockKind>; 7] = [
    None,
    Some(BlockKind::Heading),
    Some(BlockKind::Paragraph),
    Some(BlockKind::Caption),
    Some(BlockKind::Dateline),
    Some(BlockKind::ListItem),
    Some(BlockKind::Quotation),
];

/// A file of ours, spoiled: bytes dropped, put and doubled.
pub fn spoiled(file: &[u8], choices: &[u8]) -> Vec<u8> {
    let mut choices = Choices(choices);
    let mut spoiled = file.to_vec();
    while let Some(choice) = choices.next() {
        let at = choices.below(spoiled.len() + 1);
        let end = (at + choices.below(24)).min(spoiled.len());
        match choice % 4 {
            0 => drop(spoiled.drain(at..end)),
            1 => drop(spoiled.splice(at..at, PIECES[usize::from(choice) % PIECES.len()].bytes())),
            2 => {
                let tokens = [
                    "0",
                    "-1",
                    "99999999999",
                    "1e99",
                    "null",
                    "\"\"",
                    "[]",
                    "{}",
                    "true",
                    "\\u0000",
                    "\"start\":",
                ];
                drop(spoiled.splice(at..end, choices.of(&tokens).bytes()));
            }
            _ => spoiled.extend_from_within(at..end),
        }
    }
    spoiled
}

/// Bytes that choose.
pub struct Choices<'a>(pub &'a [u8]);

impl Choices<'_> {
    pub fn next(&mut self) -> Option<u8> {
        let (&first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(first)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        let high = usize::from(self.next().unwrap_or(0));
        let low = usize::from(self.next().unwrap_or(0));
        (high * 256 + low) % limit.max(1)
    }

    pub fn of<T: Copy>(&mut self, list: &[T]) -> T {
        let choice = self.below(list.len());
        list[choice]
    }

    /// There are more pieces than bytes: two bytes choose.
    pub fn piece(&mut self, choice: u8) -> &'static str {
        let next = usize::from(self.next().unwrap_or(0));
        PIECES[(usize::from(choice) + next * 7) % PIECES.len()]
    }

    pub fn stretch(&mut self, texts: &[&'static str]) -> &'static str {
        let text = self.of(texts);
        let start = text.floor_char_boundary(self.below(text.len()));
        let end = text.floor_char_boundary((start + self.below(400)).min(text.len()));
        &text[start..end.max(start)]
    }

    pub fn character(&mut self) -> char {
        let code = self.below(0x1_0000) as u32;
        let plane = u32::from(self.next().unwrap_or(0) % 17);
        char::from_u32(code + plane * 0x1_0000).unwrap_or('\u{fffd}')
    }
}

/// Drops a stretch, or puts it in another place.
fn cut(text: &mut String, choices: &mut Choices<'_>) {
    let start = text.floor_char_boundary(choices.below(text.len() + 1));
    let end = text.floor_char_boundary((start + choices.below(60)).min(text.len()));
    if start < end {
        let piece: String = text.drain(start..end).collect();
        if choices.below(2) == 1 {
            let at = text.floor_char_boundary(choices.below(text.len() + 1));
            text.insert_str(at, &piece);
        }
    }
}

/// Lines broken before they pass `width` characters.
fn wrapped(text: &str, width: usize) -> String {
    let mut wrapped = String::new();
    let mut column = 0;
    for word in text.split(' ') {
        let wide = word.chars().count();
        if column > 0 {
            let breaks = column + 1 + wide > width;
            wrapped.push(if breaks { '\n' } else { ' ' });
            column = if breaks { 0 } else { column + 1 };
        }
        wrapped.push_str(word);
        column += wide;
    }
    wrapped
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
