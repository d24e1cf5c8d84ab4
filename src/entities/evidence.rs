//! What the article as a whole says about its words: a name learnt once is known everywhere in it.

use std::collections::HashMap;

use super::acronyms;
use super::candidate::{Candidate, Trust};
use super::kind::EntityKind;
use super::lexicon::{Classes, LONGEST, join};
use super::reader::Reader;
use super::token::Shape;

/// Words and names of one article.
#[derive(Default)]
pub(super) struct Evidence {
    words: HashMap<u32, Facts>,
    /// Names learnt, by the hash of their words; `None` marks the beginning of a longer one.
    names: HashMap<u64, Option<EntityKind>>,
}

#[derive(Default, Clone, Copy)]
struct Facts {
    /// Seen in lower case.
    lower: bool,
    /// Part of a person's name.
    person: bool,
    /// Part of a person's full name that can stand alone: not the first of three given names.
    capital: u16,
}

impl Evidence {
    /// Notes which words the article uses in lower case, and how often with a capital inside a sentence.
    pub(super) fn of_words(reader: &Reader<'_>) -> Self {
        let mut evidence = Self::default();
        for token in reader.tokens {
            if token.shape.has(Shape::MARK) || token.shape.has(Shape::NUMBER) {
                continue;
            }
            if token.is_capital() {
                let tells = !token.shape.has(Shape::FIRST)
                    && !token.shape.has(Shape::TITLED)
                    && !token.shape.has(Shape::SHOUTED);
                if tells {
                    let facts = evidence.words.entry(token.hash).or_default();
                    facts.capital = facts.capital.saturating_add(1);
                }
            } else {
                evidence.words.entry(token.hash).or_default().lower = true;
            }
        }
        evidence
    }

    /// Learns from the names of a first pass.
    pub(super) fn learn(&mut self, reader: &Reader<'_>, candidates: &[Candidate]) {
        for candidate in candidates {
            let tokens = reader.tokens.get(candidate.start..candidate.end).unwrap_or(&[]);
            if candidate.trust < Trust::Sure {
                continue;
            }
            if let Some(acronym) = acronyms::bracketed(reader, candidate.end) {
                let can_shorten = !matches!(
                    candidate.kind,
                    EntityKind::Person
                        | EntityKind::Date
                        | EntityKind::Money
                        | EntityKind::Group
                        | EntityKind::Place
                );
                if can_shorten && tokens.len() > 1 {
                    self.learn_name(reader.get(acronym).map(|token| token.hash).into_iter(), candidate.kind);
                }
            }
            match candidate.kind {
                EntityKind::Person => {
                    for token in tokens {
                        let is_name = token.is_capital()
                            && token.span.len() > 1
                            && !token.shape.has(Shape::LETTER)
                            && !token.any(Classes::SUFFIX.with(Classes::FUNCTION));
                        // A word that is a country elsewhere says nothing alone.
                        let is_other = token.any(Classes::STATE.with(Classes::GROUP));
                        if is_name && (!is_other || tokens.len() == 1) {
                            self.words.entry(token.hash).or_default().person = true;
                        }
                    }
                }
                EntityKind::Date | EntityKind::Money | EntityKind::Group => {}
                kind => {
                    let is_long = tokens.len() > 1
                        || tokens
                            .first()
                            .is_some_and(|token| token.span.len() > 3 || token.shape.has(Shape::ALL_CAPS));
                    if tokens.len() <= LONGEST && is_long {
                        self.learn_name(tokens.iter().map(|token| token.hash), kind);
                    }
                }
            }
        }
    }

    /// Learns one name.
    fn learn_name(&mut self, words: impl Iterator<Item = u32>, kind: EntityKind) {
        let mut key = 0;
        for word in words {
            key = join(key, word);
            self.names.entry(key).or_default();
        }
        if let Some(name) = self.names.get_mut(&key) {
            *name = name.or(Some(kind));
        }
    }

    /// The longest learnt name that begins at token `at`: number of tokens and kind.
    pub(super) fn longest(&self, reader: &Reader<'_>, at: usize) -> Option<(usize, EntityKind)> {
        let mut key = 0;
        let mut found = None;
        for (index, token) in reader.from(at).iter().take(LONGEST).enumerate() {
            key = join(key, token.hash);
            match self.names.get(&key) {
                _ if index > 0 && token.shape.has(Shape::BREAK) => break,
                None => break,
                Some(Some(kind)) => found = Some((index + 1, *kind)),
                Some(None) => {}
            }
        }
        found
    }

    /// Whether the article uses the word in lower case.
    pub(super) fn is_lower(&self, word: u32) -> bool {
        self.words.get(&word).is_some_and(|facts| facts.lower)
    }

    /// Whether the word is part of a person's name in this article.
    pub(super) fn is_person(&self, word: u32) -> bool {
        self.words.get(&word).is_some_and(|facts| facts.person)
    }

    /// Whether the word stands with a capital inside a sentence of this article.
    pub(super) fn is_capital(&self, word: u32) -> bool {
        self.words.get(&word).is_some_and(|facts| facts.capital > 0)
    }
}
