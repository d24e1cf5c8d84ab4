//! A text and its tokens, read by index; looking past either end is harmless.

use super::lexicon::Classes;
use super::token::{Shape, Token};

/// Reads tokens.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    /// The text.
    pub(super) text: &'a str,
    /// Its tokens.
    pub(super) tokens: &'a [Token],
}

impl<'a> Reader<'a> {
    /// The token at `at`.
    pub(super) fn get(&self, at: usize) -> Option<&'a Token> {
        self.tokens.get(at)
    }

    /// The tokens from `at` on.
    pub(super) fn from(&self, at: usize) -> &'a [Token] {
        self.tokens.get(at..).unwrap_or(&[])
    }

    /// The words of the token at `at`; empty past the end.
    pub(super) fn word(&self, at: usize) -> &'a str {
        self.get(at).map_or("", |token| token.span.of(self.text))
    }

    /// Whether the token at `at` has one of these classes.
    pub(super) fn any(&self, at: usize, classes: Classes) -> bool {
        self.get(at).is_some_and(|token| token.any(classes))
    }

    /// Whether the token at `at` has the letters of `word`, in lower case.
    pub(super) fn is(&self, at: usize, word: &str) -> bool {
        self.get(at).is_some_and(|token| token.is(word))
    }

    /// Whether the token at `at` is this mark.
    pub(super) fn is_mark(&self, at: usize, mark: char) -> bool {
        self.get(at).is_some_and(|token| token.is_mark(mark))
    }

    /// Whether no space stands before the token at `at`.
    pub(super) fn is_glued(&self, at: usize) -> bool {
        self.get(at).is_some_and(Token::is_glued)
    }

    /// Whether the token at `at` is this mark and follows without a space.
    pub(super) fn is_glued_mark(&self, at: usize, mark: char) -> bool {
        self.is_glued(at) && self.is_mark(at, mark)
    }

    /// Whether a name may run on into the token at `at`.
    pub(super) fn runs_on(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| !token.shape.has(Shape::BREAK))
    }

    /// `end`, or where the sentence of the token at `at` ends if that is before.
    pub(super) fn in_sentence(&self, at: usize, end: usize) -> usize {
        (at + 1..end).find(|&index| !self.runs_on(index)).unwrap_or(end)
    }

    /// Whether the token at `at` begins with a capital and a name may run on into it.
    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.get(at).is_some_and(Token::is_capital)
    }

    /// The token at `at` as a number of digits only.
    pub(super) fn number(&self, at: usize) -> Option<u32> {
        let token = self.get(at).filter(|token| token.shape.has(Shape::DIGITS))?;
        token.span.of(self.text).parse().ok()
    }

    /// Whether the token at `at` is a number with the ending of an ordinal: 2nd, 1298TH.
    pub(super) fn is_ordinal(&self, at: usize) -> bool {
        let word = self.word(at);
        let digits = word.trim_end_matches(|character: char| character.is_alphabetic());
        let ending = word.get(digits.len()..).unwrap_or("");
        !digits.is_empty()
            && digits.bytes().all(|it| it.is_ascii_digit())
            && ["st", "nd", "rd", "th"].iter().any(|it| ending.eq_ignore_ascii_case(it))
    }

    /// The words from `start` to `end` as one line in ordinary capitals: "Kamikawa Yoko". With `people`, words in
    /// capitals alone become ordinary; otherwise only those of a shouted line do.
    pub(super) fn plain_name(&self, start: usize, end: usize, people: bool) -> String {
        let mut name = String::new();
        for (index, token) in self.from(start).iter().take(end.saturating_sub(start)).enumerate() {
            if index > 0 && token.shape.has(Shape::SPACED) {
                name.push(' ');
            }
            let word = token.span.of(self.text);
            let lowers = token.shape.has(Shape::ALL_CAPS)
                && (people || token.shape.has(Shape::SHOUTED))
                && !word.contains('.')
                && !token.any(Classes::SUFFIX.with(Classes::ACRONYM));
            if lowers {
                let mut characters = word.chars();
                name.extend(characters.next());
                name.extend(characters.flat_map(char::to_lowercase));
            } else {
                name.push_str(word);
            }
        }
        name
    }
}
