//! One walk over the tokens: dates, sums, names from the lists, names by their head words, people.

use super::calendar::date_at;
use super::candidate::{Candidate, Trust};
use super::evidence::Evidence;
use super::kind::EntityKind;
use super::lexicon::{Classes, Lexicon};
use super::money::money_at;
use super::reader::Reader;
use super::token::Shape;
use super::{heads, people};

/// What a walk looks at.
#[derive(Clone, Copy)]
pub(super) struct Scan<'a> {
    /// The text and its tokens.
    pub(super) reader: Reader<'a>,
    /// The word lists.
    pub(super) lexicon: &'a Lexicon,
    /// What the article says about its own words.
    pub(super) evidence: &'a Evidence,
}

/// A name that begins at some token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    /// Index behind its last token.
    pub(super) end: usize,
    /// What kind of name it is.
    pub(super) kind: EntityKind,
    /// How far to trust it.
    pub(super) trust: Trust,
    /// Its state, see [`Candidate::state`].
    pub(super) state: u16,
    /// Its body, see [`Candidate::body`].
    pub(super) body: u16,
}

impl Found {
    pub(super) fn new(end: usize, kind: EntityKind, trust: Trust) -> Self {
        Self { end, kind, trust, state: 0, body: 0 }
    }
}

impl Scan<'_> {
    /// Every name in the text, in order and apart. Linear: each token is the start of one bounded look.
    pub(super) fn run(&self) -> Vec<Candidate> {
        let reader = self.reader;
        let mut candidates = Vec::new();
        let mut at = 0;
        // Where a title has just ended, and a person may begin.
        let mut titled = usize::MAX;
        while at < reader.tokens.len() {
            let Some(token) = reader.get(at) else { break };
            let can_begin = token.is_capital()
                || token.shape.has(Shape::NUMBER)
                || token.shape.has(Shape::MARK)
                || !token.classes.is_empty()
                || titled == at;
            if !can_begin {
                at += 1;
                continue;
            }
            let found = if titled == at { people::titled(self, at) } else { None };
            let is_titled = found.is_some();
            let previous = candidates.last().copied();
            if let Some(found) = found.or_else(|| self.name_at(at, previous)) {
                // Patterns look at the words, wherever a sentence ends; here it ends for all of them.
                let end = reader.in_sentence(at, found.end);
                candidates.push(Candidate {
                    start: at,
                    end,
                    kind: found.kind,
                    trust: found.trust,
                    state: found.state,
                    body: found.body,
                    titled: is_titled,
                });
                at = end.max(at + 1);
                // "Presidents Biden and Macron", "Ministers Mamani (left) and Arrese".
                continue;
            }
            if let Some(end) = people::title_at(self, at) {
                at = end.max(at + 1);
                titled = at;
                continue;
            }
            at += 1;
        }
        candidates
    }

    /// A name of these tokens, with what the lists know of it.
    pub(super) fn drawn(&self, start: usize, end: usize, kind: EntityKind) -> Candidate {
        let phrase = self.lexicon.longest(self.reader.from(start), Classes::NAME);
        let phrase = phrase.filter(|it| it.length == end - start && it.classes.kind() == Some(kind));
        let (state, body) = phrase.map_or((0, 0), |it| (it.state, it.body));
        Candidate { start, end, kind, trust: Trust::Guess, state, body, titled: false }
    }

    /// The name that begins at token `at`, if one does.
    fn name_at(&self, at: usize, previous: Option<Candidate>) -> Option<Found> {
        let reader = self.reader;
        let token = reader.get(at)?;
        let date = date_at(&reader, at).map(|end| Found::new(end, EntityKind::Date, Trust::Sure));
        let money = money_at(&reader, at).map(|end| Found::new(end, EntityKind::Money, Trust::Sure));
        let timed = longer(date, money);
        let begins = token.is_capital() || token.shape.has(Shape::NUMBER) || token.any(Classes::ORDINAL);
        if !begins {
            let particle = self.listed(at).filter(|_| !token.shape.has(Shape::MARK));
            return longer(timed, particle.or_else(|| self.article_name(at)));
        }
        let listed = self.listed(at);
        let headed = heads::headed(self, at);
        let best = longer(longer(listed, headed), heads::led(self, at));
        if let Some(best) = best.filter(|best| timed.is_none_or(|timed| best.end > timed.end)) {
            // A given name that is a city or a people too: Florence Parly, Dane Cook.
            let is_doubtful = matches!(best.kind, EntityKind::Place | EntityKind::Group);
            let is_given =
                token.any(Classes::GIVEN.with(Classes::FAMILY)) || token.shape.has(Shape::ALL_CAPS);
            let person = if is_doubtful && is_given { people::untitled(self, at) } else { None };
            return person.filter(|person| person.end > best.end).or(Some(best));
        }
        if timed.is_some() {
            return timed;
        }
        if people::title_at(self, at).is_some() {
            return None;
        }
        people::untitled(self, at).or_else(|| self.guess(at, previous))
    }

    /// "al-Hilla": a name that begins with a small article.
    fn article_name(&self, at: usize) -> Option<Found> {
        let reader = self.reader;
        let is_article = ["al", "el", "an", "ash", "as", "ar"].iter().any(|word| reader.is(at, word));
        let is_name = is_article
            && reader.is_glued_mark(at + 1, '-')
            && reader.is_glued(at + 2)
            && reader.is_capital(at + 2);
        if !is_name {
            return None;
        }
        if self.evidence.is_person(reader.get(at + 2)?.hash) {
            return Some(Found::new(at + 3, EntityKind::Person, Trust::Guess));
        }
        let is_placed =
            at > 0 && reader.any(at - 1, Classes::PLACE_BEFORE) || reader.is(at.wrapping_sub(1), "of");
        is_placed.then(|| Found::new(at + 3, EntityKind::Place, Trust::Guess))
    }

    /// The longest name at `at` that the lists or this article know.
    pub(super) fn listed(&self, at: usize) -> Option<Found> {
        let reader = self.reader;
        let token = reader.get(at)?;
        let learnt = self
            .evidence
            .longest(&reader, at)
            .filter(|_| {
                !token.any(Classes::FUNCTION) && (token.is_capital() || token.shape.has(Shape::NUMBER))
            })
            .map(|(length, kind)| Found::new(at + length, kind, Trust::Sure));
        let phrase = self.lexicon.longest(reader.from(at), Classes::NAME).filter(|phrase| {
            let last = at + phrase.length - 1;
            let cased = |index: usize| {
                reader.get(index).is_some_and(|it| {
                    it.is_capital() || it.shape.has(Shape::NUMBER) || it.shape.has(Shape::MARK)
                })
            };
            let is_small = phrase.length > 1 || !token.shape.has(Shape::SHOUTED) || token.span.len() > 3;
            let known = phrase.length > 1 || self.is_safe_alone(at, phrase.classes);
            (cased(at) || reader.is_glued_mark(at + 1, '-'))
                && (cased(last) || phrase.length > 2)
                && is_small
                && known
        });
        let listed = phrase.and_then(|phrase| {
            let kind = phrase.classes.kind()?;
            // What the article learnt of a word beats the lists: Victoria the minister.
            let found = Found {
                end: at + phrase.length,
                kind,
                trust: Trust::Sure,
                state: phrase.state,
                body: phrase.body,
            };
            Some(found)
        });
        let listed = listed.filter(|_| {
            let is_person = self.evidence.is_person(token.hash);
            !(is_person
                && phrase
                    .is_some_and(|it| it.length == 1 && !it.classes.any(Classes::STATE.with(Classes::GROUP))))
        });
        longer(listed, learnt)
    }

    /// Whether a listed word counts when it stands alone: not at the start of a sentence when the article uses
    /// it in lower case, not a city that is more often a family name.
    fn is_safe_alone(&self, at: usize, classes: Classes) -> bool {
        let Some(token) = self.reader.get(at) else { return false };
        let is_first = token.shape.has(Shape::FIRST)
            || token.shape.has(Shape::TITLED)
            || token.shape.has(Shape::SHOUTED);
        if is_first && self.evidence.is_lower(token.hash) && !classes.any(Classes::STATE.with(Classes::GROUP))
        {
            return false;
        }
        // "May", "Fall", "Mobile": cities among months and common words count inside sentences only.
        let is_common = token.any(Classes::FUNCTION.with(Classes::MONTH).with(Classes::WEEKDAY));
        !is_common || token.shape.has(Shape::ALL_CAPS)
    }

    /// A capitalised run that nothing knows: what stands round it decides.
    fn guess(&self, at: usize, previous: Option<Candidate>) -> Option<Found> {
        let reader = self.reader;
        let token = reader.get(at)?;
        let is_plain = token.is_capital()
            && !token.any(
                Classes::FUNCTION
                    .with(Classes::TITLE)
                    .with(Classes::HEAD)
                    .with(Classes::ADJECTIVE)
                    .with(Classes::ORDINAL),
            )
            && !token.shape.has(Shape::TITLED)
            && !token.shape.has(Shape::SHOUTED)
            && !token.shape.has(Shape::LETTER);
        let is_starter = token.any(Classes::STARTER) && token.shape.has(Shape::FIRST);
        if !is_plain || is_starter || (token.shape.has(Shape::FIRST) && self.evidence.is_lower(token.hash)) {
            return None;
        }
        let mut end = at + 1;
        let mut words = 1;
        while end < at + 8 && words < 5 {
            let next = reader.get(end)?;
            let joins = next.is_capital()
                && !next.any(Classes::FUNCTION.with(Classes::TITLE))
                && reader.runs_on(end)
                && !next.any(Classes::STATE.with(Classes::GROUP));
            let hyphen = next.is_mark('-')
                && next.is_glued()
                && reader.is_glued(end + 1)
                && reader.is_capital(end + 1);
            words += 1;
            if joins {
                end += 1;
            } else if hyphen {
                end += 2;
            } else {
                words -= 1;
                break;
            }
        }
        let before = at.checked_sub(1).and_then(|before| reader.get(before)).filter(|_| reader.runs_on(at));
        let is_acronym = end == at + 1 && token.shape.has(Shape::ALL_CAPS) && token.span.len() <= 7;
        let in_dateline = token.shape.has(Shape::DATELINE)
            || reader.get(at).is_some_and(|it| it.shape.has(Shape::BREAK)) && reader.is_mark(end, ',')
            || at > 0 && reader.is_glued_mark(at - 1, '/') && reader.is_mark(end, ',');
        let is_conference =
            reader.word(at).strip_prefix("COP").is_some_and(|number| number.parse::<u8>().is_ok());
        if is_conference {
            return Some(Found::new(end, EntityKind::Event, Trust::Sure));
        }
        if token.any(Classes::COMMON_ACRONYM) {
            return None;
        }
        if is_acronym && in_dateline {
            return Some(Found::new(end, EntityKind::Place, Trust::Guess));
        }
        if is_acronym {
            return Some(Found::new(end, EntityKind::Organisation, Trust::Guess));
        }
        let with_article = before.is_some_and(|it| it.is("the") || it.is("a") || it.is("an"));
        let is_placed = before
            .is_some_and(|it| it.any(Classes::PLACE_BEFORE) && !it.is("to") || it.is("of") && end == at + 1);
        if is_placed && !with_article {
            return Some(Found::new(end, EntityKind::Place, Trust::Guess));
        }
        // "Badajoz and Elvas": a list goes on as it began.
        let in_list = previous.filter(|it| {
            it.end + 1 == at
                && (reader.is_mark(it.end, ',') || reader.is(it.end, "and"))
                && reader.runs_on(at)
        });
        match in_list.map(|it| it.kind) {
            Some(EntityKind::Place) if words <= 2 => {
                return Some(Found::new(end, EntityKind::Place, Trust::Guess));
            }
            Some(EntityKind::Person) if (2..=3).contains(&words) => {
                return Some(Found::new(end, EntityKind::Person, Trust::Guess));
            }
            _ => {}
        }
        if token.shape.has(Shape::FIRST) && !self.evidence.is_capital(token.hash) && end == at + 1 {
            return None;
        }
        // "Poipet - Battambang"
        let dash = |it: usize| reader.is_mark(it, '-') && !reader.is_glued(it) && reader.runs_on(it + 1);
        let to_place = dash(end) && reader.is_capital(end + 1) && reader.any(end + 1, Classes::ANY_PLACE);
        let from_place =
            previous.is_some_and(|it| it.kind == EntityKind::Place && it.end + 1 == at && dash(it.end));
        if to_place || from_place {
            return Some(Found::new(end, EntityKind::Place, Trust::Guess));
        }
        // "Jesenice, Slovenia"
        if reader.is_mark(end, ',') && reader.any(end + 1, Classes::STATE) && reader.is_capital(end + 1) {
            return Some(Found::new(end, EntityKind::Place, Trust::Guess));
        }
        if reader.any(end, Classes::SPEECH) && end == at + 1 && !with_article {
            return Some(Found::new(end, EntityKind::Person, Trust::Guess));
        }
        if with_article && end > at + 1 {
            return Some(Found::new(end, EntityKind::Organisation, Trust::Guess));
        }
        if before.is_some_and(|it| it.is("to")) {
            return Some(Found::new(end, EntityKind::Place, Trust::Guess));
        }
        let is_abstract =
            (at..end).any(|index| reader.get(index).is_some_and(|it| people::is_common_word(self, it)));
        if (2..=3).contains(&words) && !with_article && !is_abstract {
            return Some(Found::new(end, EntityKind::Person, Trust::Guess));
        }
        None
    }
}

/// The longer of two; the first when they end together.
pub(super) fn longer(left: Option<Found>, right: Option<Found>) -> Option<Found> {
    match (left, right) {
        (Some(left), Some(right)) => Some(if right.end > left.end { right } else { left }),
        (left, right) => left.or(right),
    }
}
