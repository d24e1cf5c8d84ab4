//! Words and marks of a text, each once, without an allocation per token.

use crate::text::{Outline, Span};

use super::lexicon::{Classes, Lexicon};

/// What is known about a token by its letters and its place alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Shape(u16);

impl Shape {
    /// Begins with a capital letter (or has one behind an elided article: d'Orey).
    pub(super) const CAPITAL: Shape = Shape(1);
    /// At least two letters, all of them capitals.
    pub(super) const ALL_CAPS: Shape = Shape(1 << 1);
    /// Begins with a digit.
    pub(super) const NUMBER: Shape = Shape(1 << 2);
    /// One character that is neither letter nor digit.
    pub(super) const MARK: Shape = Shape(1 << 3);
    /// White space stands before it, or nothing does.
    pub(super) const SPACED: Shape = Shape(1 << 4);
    /// A name cannot run on into it: a sentence begins here. A line may break inside a sentence.
    pub(super) const BREAK: Shape = Shape(1 << 5);
    /// The first word of a sentence or of a quotation: its capital says nothing.
    pub(super) const FIRST: Shape = Shape(1 << 6);
    /// In a block where every word has capitals: they say nothing.
    pub(super) const SHOUTED: Shape = Shape(1 << 7);
    /// In a block most of whose words begin with a capital, as headings do.
    pub(super) const TITLED: Shape = Shape(1 << 8);
    /// In a dateline.
    pub(super) const DATELINE: Shape = Shape(1 << 9);
    /// Holds digits only, with commas or points inside.
    pub(super) const DIGITS: Shape = Shape(1 << 10);
    /// One letter, with or without a point.
    pub(super) const LETTER: Shape = Shape(1 << 11);

    /// Whether all of `other` is set.
    pub(super) fn has(self, other: Shape) -> bool {
        self.0 & other.0 == other.0
    }

    fn add(&mut self, other: Shape) {
        self.0 |= other.0;
    }
}

/// A word, a number or a mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// Its bytes.
    pub(super) span: Span,
    /// Hash of its letters in lower case; for a mark, of what it means.
    pub(super) hash: u32,
    /// What it looks like.
    pub(super) shape: Shape,
    /// What the word lists say of it alone.
    pub(super) classes: Classes,
    /// Index of the state that it names, plus one.
    pub(super) state: u16,
}

impl Token {
    /// Whether its letters are those of `word` (in lower case).
    pub(super) fn is(&self, word: &str) -> bool {
        self.hash == hash_ascii(word)
    }

    /// Whether it is the mark `mark`.
    pub(super) fn is_mark(&self, mark: char) -> bool {
        self.shape.has(Shape::MARK) && self.hash == hash_mark(mark)
    }

    /// Whether it is a word or number that can stand in a name.
    pub(super) fn is_capital(&self) -> bool {
        self.shape.has(Shape::CAPITAL)
    }

    /// Whether it follows the token before it without a space.
    pub(super) fn is_glued(&self) -> bool {
        !self.shape.has(Shape::SPACED)
    }

    /// Whether it has one of these classes.
    pub(super) fn any(&self, classes: Classes) -> bool {
        self.classes.any(classes)
    }
}

/// The mark that stands for a trailing 's.
pub(super) const POSSESSIVE: char = 's';

/// Abbreviations whose point belongs to them; those in the second list only before a number.
const ABBREVIATIONS: [&str; 45] = [
    "adm", "adv", "amb", "bros", "capt", "cmdr", "co", "col", "corp", "dr", "eng", "engr", "fr", "gen",
    "gov", "gs", "hon", "inc", "jr", "lt", "ltd", "maj", "md", "messrs", "mme", "mr", "mrs", "ms", "mt",
    "prof", "pvt", "rep", "rev", "rt", "sen", "sgt", "shri", "smt", "sr", "st", "ste", "supt", "tk", "vs",
    "drs",
];
const BEFORE_NUMBER: [&str; 21] = [
    "no", "nos", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "rs",
    "sh", "shs", "bs", "rp", "tk", "gs",
];

/// Hash of a word, letter case and the form of apostrophes aside.
pub(super) fn hash_word(word: &str) -> u32 {
    word.chars().fold(START, hash_char)
}

/// [`hash_word`] of a word in lower-case ASCII, worked out when the code is compiled.
const fn hash_ascii(word: &str) -> u32 {
    let bytes = word.as_bytes();
    let mut hash = START;
    let mut index = 0;
    while index < bytes.len() {
        hash = (hash ^ bytes[index] as u32).wrapping_mul(0x0100_0193).rotate_left(3);
        index += 1;
    }
    hash
}

/// Hash of a mark by what it means: all dashes are one, all single quotes are one.
pub(super) fn hash_mark(mark: char) -> u32 {
    let meaning = match mark {
        '‐' | '‑' | '–' | '—' | '−' => '-',
        '’' | '‘' | '`' | '´' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        other => other,
    };
    hash_char(START ^ 0x5bd1_e995, meaning)
}

const START: u32 = 0x811c_9dc5;

fn hash_char(hash: u32, character: char) -> u32 {
    let folded = if character.is_ascii() {
        character.to_ascii_lowercase()
    } else {
        match character {
            '’' | '‘' | '`' | '´' | 'ʻ' | 'ʼ' => '\'',
            other => other.to_lowercase().next().unwrap_or(other),
        }
    };
    (hash ^ folded as u32).wrapping_mul(0x0100_0193).rotate_left(3)
}

/// The tokens of `text`, which lie in order and apart, each inside one sentence of `outline`. What lies outside the
/// sentences is white space.
pub(super) fn tokenise(text: &str, outline: &Outline, lexicon: &Lexicon) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5 + 1);
    for sentence in outline.sentences() {
        let first = tokens.len();
        split(sentence.span.of(text), sentence.span.start, &mut tokens);
        if let Some(first) = tokens.get_mut(first) {
            first.shape.add(Shape::BREAK);
        }
    }
    for token in &mut tokens {
        if !token.shape.has(Shape::MARK) {
            (token.classes, token.state) = lexicon.word(token);
        }
    }
    mark_places(outline, &mut tokens);
    tokens
}

/// Splits words that start at the byte `offset` of their text into words, numbers and marks.
pub(super) fn split(words: &str, offset: u32, tokens: &mut Vec<Token>) {
    let mut rest = words.char_indices().peekable();
    let mut spaced = true;
    while let Some((start, first)) = rest.next() {
        if first.is_whitespace() {
            spaced = true;
            continue;
        }
        let tail = words.get(start..).unwrap_or("");
        let length = if first.is_alphanumeric() { word_length(tail) } else { mark_length(tail, spaced) };
        let end = start + length.max(first.len_utf8());
        while rest.next_if(|&(at, _)| at < end).is_some() {}
        let span = Span::new(start + offset as usize, end + offset as usize);
        let mut token = token(words.get(start..end).unwrap_or(""), span, first);
        if spaced {
            token.shape.add(Shape::SPACED);
        }
        spaced = false;
        tokens.push(token);
    }
}

fn token(word: &str, span: Span, first: char) -> Token {
    let mut shape = Shape::default();
    let hash = if first.is_alphanumeric() {
        let mut letters = 0;
        let mut lower = 0;
        let mut digits = true;
        let mut elided = false;
        let mut hash = START;
        let mut before = ' ';
        for character in word.chars() {
            if character.is_alphabetic() {
                letters += 1;
                lower += u32::from(!character.is_uppercase());
                elided |= letters == 2 && is_apostrophe(before) && character.is_uppercase();
            }
            digits &= character.is_ascii_digit() || character == ',' || character == '.';
            if character != '.' {
                hash = hash_char(hash, character);
            }
            before = character;
        }
        if first.is_uppercase() || elided {
            shape.add(Shape::CAPITAL);
        }
        if letters >= 2 && lower == 0 && !first.is_numeric() {
            shape.add(Shape::ALL_CAPS);
        }
        if first.is_numeric() {
            shape.add(Shape::NUMBER);
            if digits {
                shape.add(Shape::DIGITS);
            }
        }
        if letters == 1 && word.len() <= first.len_utf8() + 1 {
            shape.add(Shape::LETTER);
        }
        hash
    } else {
        shape.add(Shape::MARK);
        hash_mark(if word.len() > first.len_utf8() { POSSESSIVE } else { first })
    };
    Token { span, hash, shape, classes: Classes::default(), state: 0 }
}

/// Length of a possessive 's or of one mark.
fn mark_length(tail: &str, spaced: bool) -> usize {
    let mut characters = tail.chars();
    let first = characters.next().unwrap_or(' ');
    let is_possessive = !spaced
        && is_apostrophe(first)
        && characters.next().is_some_and(|character| character == 's' || character == 'S')
        && !characters.next().is_some_and(char::is_alphanumeric);
    if is_possessive { first.len_utf8() + 1 } else { first.len_utf8() }
}

/// Length of the word or number at the start of `tail`, in bytes: linear in the word.
fn word_length(tail: &str) -> usize {
    let mut characters = tail.char_indices().peekable();
    let mut end = 0;
    let mut letters = 0;
    let mut before = ' ';
    let is_number = tail.starts_with(|character: char| character.is_ascii_digit());
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map_or(' ', |&(_, next)| next);
        if character.is_alphanumeric() || is_combining(character) {
            letters += 1;
        } else if (character == ',' || character == '.') && before.is_ascii_digit() && next.is_ascii_digit() {
            // 1,234.5 and P3.9
        } else if is_apostrophe(character) && next.is_alphabetic() && !is_number {
            let after = tail.get(at + character.len_utf8()..).unwrap_or("");
            if mark_length(tail.get(at..).unwrap_or(""), false) > character.len_utf8() || after.is_empty() {
                break;
            }
        } else if character == '.' && letters == 1 && !is_number && end == tail_letter(tail) {
            // An initial or an abbreviation such as U.S.
            return dotted_length(tail);
        } else if character == '.' {
            let word = tail.get(..end).unwrap_or("");
            if word.len() <= 6 && has_own_point(word, tail.get(at + 1..).unwrap_or("")) {
                end = at + 1;
            }
            break;
        } else {
            break;
        }
        end = at + character.len_utf8();
        before = character;
    }
    end
}

fn tail_letter(tail: &str) -> usize {
    tail.chars().next().map_or(0, char::len_utf8)
}

/// Length of letters with points between them: U.S., D.C., J., a.m.
fn dotted_length(tail: &str) -> usize {
    let mut end = 0;
    let mut characters = tail.char_indices().peekable();
    while let Some((at, letter)) = characters.next() {
        if !letter.is_alphabetic() {
            break;
        }
        match characters.next() {
            Some((dot, '.')) => {
                end = dot + 1;
            }
            other => {
                // "U.S" without its last point is one word too; "U.Smith" is not.
                if end > 0 && !other.is_some_and(|(_, character)| character.is_alphanumeric()) {
                    end = at + letter.len_utf8();
                }
                break;
            }
        }
    }
    end
}

fn has_own_point(word: &str, after: &str) -> bool {
    let same = |known: &&str| known.eq_ignore_ascii_case(word);
    let before_number =
        after.trim_start_matches([' ', '\u{a0}']).starts_with(|character: char| character.is_ascii_digit());
    ABBREVIATIONS.iter().any(&same) || (before_number && BEFORE_NUMBER.iter().any(same))
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | '‘' | '`' | '´')
}

/// Marks that belong to the letter before them.
fn is_combining(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{1ab0}'..='\u{1aff}')
}

/// Notes which words come first, and which blocks have capitals that say nothing.
fn mark_places(outline: &Outline, tokens: &mut [Token]) {
    let index_at = |tokens: &[Token], offset: u32| tokens.partition_point(|token| token.span.start < offset);
    for block in outline.blocks() {
        let start = index_at(tokens, block.span.start);
        let end = index_at(tokens, block.span.end).max(start);
        let Some(block_tokens) = tokens.get_mut(start..end) else { continue };
        let words = || block_tokens.iter().filter(|token| !token.shape.has(Shape::MARK));
        let long = |token: &&Token| token.span.len() > 3 && !token.shape.has(Shape::NUMBER);
        let longer = words().filter(long).count();
        let capitals = words().filter(long).filter(|token| token.is_capital()).count();
        let shouted = words().filter(long).filter(|token| token.shape.has(Shape::ALL_CAPS)).count();
        let ends =
            block_tokens.last().is_some_and(|last| ['.', '!', '?', ';'].iter().any(|&it| last.is_mark(it)));
        let is_short = block.kind.is_passed_over() || (words().count() <= 14 && !ends);
        let is_shouted = longer > 0 && shouted * 10 >= longer * 8;
        let is_titled = is_short && longer >= 3 && capitals * 10 >= longer * 8;
        let is_dateline = block.kind == crate::text::BlockKind::Dateline;
        for token in block_tokens {
            if is_shouted {
                token.shape.add(Shape::SHOUTED);
            }
            if is_titled {
                token.shape.add(Shape::TITLED);
            }
            if is_dateline {
                token.shape.add(Shape::DATELINE);
            }
        }
    }
    // The word behind a break is a first word, also behind quotes, brackets and list numbers.
    let mut first = true;
    for token in tokens.iter_mut() {
        first |= token.shape.has(Shape::BREAK);
        if token.shape.has(Shape::MARK) {
            first |=
                token.hash == hash_mark('"') || token.hash == hash_mark(':') || token.hash == hash_mark('•');
            continue;
        }
        if first
            && !(token.shape.has(Shape::NUMBER) || token.shape.has(Shape::LETTER) && token.span.len() == 1)
        {
            token.shape.add(Shape::FIRST);
            first = false;
        }
        if token.shape.has(Shape::NUMBER) && !token.shape.has(Shape::BREAK) {
            first = false;
        }
    }
}
