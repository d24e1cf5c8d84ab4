//! By whom and to whom: from the order of the words round the evidence.

use super::FoundActor;
use super::cues::{Cue, class};
use super::evidence::Reading;
use super::words::{Word, all_known, known};
use crate::entities::{EntityKind, Names, PartyKind};
use crate::text::{Outline, Span};

/// Reads sentences in order and remembers who was spoken of, for pronouns.
pub(super) struct Resolver<'a> {
    outline: &'a Outline,
    names: &'a Names,
    /// The last person, and the last who acted, in sentences that were passed.
    person: Option<usize>,
    actor: Option<usize>,
    next: usize,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(outline: &'a Outline, names: &'a Names) -> Self {
        Self { outline, names, person: None, actor: None, next: 0 }
    }

    /// Goes past a sentence and remembers whom it speaks of.
    pub(super) fn pass(&mut self, index: usize) {
        let Some(sentence) = self.outline.sentences().get(index) else { return };
        while let Some(mention) = self.names.mentions.get(self.next) {
            if mention.span.start >= sentence.span.end {
                break;
            }
            self.next += 1;
            if let Some(party) = mention.party {
                self.actor = Some(party);
                if mention.kind == EntityKind::Person {
                    self.person = Some(party);
                }
            }
        }
    }

    /// Who acts and who receives, in the act of the sentence that `evidence` gave away.
    pub(super) fn actors(
        &self,
        reading: &Reading,
        label: &str,
        evidence: Option<Span>,
    ) -> (Vec<FoundActor>, Vec<FoundActor>) {
        let Reading { text, span, words, cues, .. } = reading;
        let start = evidence.map_or(span.start, |it| it.start);
        let end = evidence.map_or(span.start, |it| it.end);
        let acting = !(class("together") | class("past"));
        let at = words.partition_point(|word| word.span.start < start);
        let behind = words.partition_point(|word| word.span.start < end);
        let cues: Vec<Cue> = cues.iter().copied().filter(|cue| cue.classes & acting != 0).collect();
        let phrases = phrases(text, words, &cues);
        let by = self.by(words, &phrases, at, behind);
        // "Compatriots are encouraged to write": who is addressed comes first.
        let is_passive = label == "proposal"
            && at.checked_sub(1).is_some_and(|it| {
                is_any(words, it, &const { all_known(["is", "are", "was", "were", "be", "been"]) })
            });
        if is_passive {
            let is_agent = |it: &Phrase| {
                it.start >= behind
                    && it
                        .first
                        .checked_sub(1)
                        .is_some_and(|it| is_any(words, it, &const { all_known(["by"]) }))
            };
            let agent = phrases.iter().find(|it| is_agent(it));
            let agent = agent.map(|it| self.joined(words, &phrases, it)).unwrap_or_default();
            return (agent, by);
        }
        let to = self.to(words, &phrases, label, behind, by.first().map(|it| it.span));
        (by, to)
    }

    /// The subject: the nearest party before the evidence that no small word leads, across "said that".
    fn by(&self, words: &[Word], phrases: &[Phrase], at: usize, behind: usize) -> Vec<FoundActor> {
        let is_led = |phrase: &Phrase| {
            phrase
                .first
                .checked_sub(1)
                .and_then(|it| words.get(it))
                .is_some_and(|word| LEADS.contains(&word.hash))
        };
        // "their shared intention": whose is said elsewhere.
        let is_own = |phrase: &Phrase| {
            phrase.end == at
                && phrase.mention.is_none()
                && is_any(
                    words,
                    phrase.start,
                    &const { all_known(["his", "her", "their", "our", "its", "my", "the", "your"]) },
                )
                && phrase.end > phrase.start + 1
        };
        let is_own = |phrase: &Phrase| is_own(phrase) && !is_verb(words, at);
        let before: Vec<&Phrase> = phrases.iter().filter(|it| it.end <= at && !is_own(it)).collect();
        // "thanked by X", "an invitation from X"
        let passive = phrases.iter().find(|it| {
            it.start >= behind
                && it.first > 0
                && words.get(it.first - 1).is_some_and(|word| {
                    word.hash == const { known("by") } || word.hash == const { known("from") }
                })
                && it.first.saturating_sub(behind) <= 2
        });
        let free = || before.iter().filter(|it| !is_led(it)).copied();
        // "The leaders condemned the launch and pledged to work together": the first verb's subject.
        let is_second = at
            .checked_sub(1)
            .and_then(|it| words.get(it))
            .is_some_and(|it| it.hash == const { known("and") });
        let subject = if is_second { free().next() } else { free().last() };
        let subject = subject.or(before.first().copied());
        let chosen = passive.or(subject);
        let chosen = chosen.or_else(|| phrases.iter().find(|it| it.start >= behind && is_said(words, it)));
        match chosen {
            Some(phrase) => self.joined(words, phrases, phrase),
            None => Vec::new(),
        }
    }

    /// The object: right behind the evidence, or behind "to", "with", "for", "on".
    fn to(
        &self,
        words: &[Word],
        phrases: &[Phrase],
        label: &str,
        behind: usize,
        by: Option<Span>,
    ) -> Vec<FoundActor> {
        let leads: &[u32] = match label {
            "gratitude" => &const { all_known(["to", "of"]) },
            "proposal" => &const { all_known(["to", "on", "with", "from", "upon", "of", "that", "for"]) },
            _ => &const { all_known(["to", "with", "for", "against", "between"]) },
        };
        let limit = if label == "commitment" { 14 } else { 8 };
        let after =
            phrases.iter().filter(|it| it.start >= behind && it.first.saturating_sub(behind) <= limit);
        let is_direct = |phrase: &Phrase| {
            let near = phrase.first.saturating_sub(behind) <= 2;
            let helped = phrase.first.checked_sub(1).is_some_and(|it| is_any(words, it, &HELPS));
            near && label != "commitment" || helped
        };
        let is_led = |phrase: &Phrase| {
            let word = phrase.first.checked_sub(1).and_then(|it| words.get(it));
            let word = word
                .filter(|word| !const { all_known(["the", "both", "its", "his"]) }.contains(&word.hash))
                .or_else(|| phrase.first.checked_sub(2).and_then(|it| words.get(it)));
            word.is_some_and(|word| leads.contains(&word.hash))
        };
        let found = after.filter(|it| Some(it.span(words)) != by).find(|it| is_direct(it) || is_led(it));
        found.map(|phrase| self.joined(words, phrases, phrase)).unwrap_or_default()
    }

    /// A phrase and those that "and" or a comma joins to it.
    fn joined(&self, words: &[Word], phrases: &[Phrase], phrase: &Phrase) -> Vec<FoundActor> {
        let mut all = vec![self.actor(words, phrase)];
        let mut last = phrase;
        for next in phrases.iter().filter(|it| it.start >= phrase.end) {
            let between = words.get(last.end..next.first).unwrap_or(&[]);
            let is_joined = !between.is_empty()
                && between.len() <= 3
                && between.iter().any(|word| word.hash == const { known("and") })
                && between.iter().all(|word| {
                    const { all_known(["and", ",", "the", "prime", "minister", "president"]) }
                        .contains(&word.hash)
                });
            if !is_joined || all.len() >= 4 {
                break;
            }
            all.push(self.actor(words, next));
            last = next;
        }
        all
    }

    fn actor(&self, words: &[Word], phrase: &Phrase) -> FoundActor {
        let party = match phrase.mention {
            Some(mention) => self.names.mentions.get(mention).and_then(|it| it.party),
            None if phrase.pronoun == Pronoun::Person => self.person,
            None if phrase.pronoun == Pronoun::Thing => self.actor.filter(|&it| {
                self.names.parties.get(it).is_some_and(|party| party.kind != PartyKind::Person)
            }),
            None => None,
        };
        FoundActor { span: phrase.span(words), party }
    }
}

/// Whether the word at `at` is one of these.
fn is_any(words: &[Word], at: usize, known: &[u32]) -> bool {
    words.get(at).is_some_and(|word| known.contains(&word.hash))
}

/// Whether the cue at `at` reads as a verb: a modal, or with an ending of one, before something else than "to" or "of".
fn is_verb(words: &[Word], at: usize) -> bool {
    is_any(
        words,
        at,
        &const { all_known(["will", "would", "shall", "is", "are", "could", "can", "may", "might", "should"]) },
    ) || !is_any(words, at, &NOUN_CUES)
}

/// Cues that are nouns.
const NOUN_CUES: [u32; 22] = all_known([
    "commitment",
    "commitments",
    "intention",
    "intentions",
    "readiness",
    "willingness",
    "determination",
    "resolve",
    "thanks",
    "gratitude",
    "appreciation",
    "proposal",
    "proposals",
    "invitation",
    "request",
    "call",
    "appeal",
    "desire",
    "hope",
    "wish",
    "offer",
    "interest",
]);

/// Verbs whose object receives.
const HELPS: [u32; 16] = all_known([
    "support",
    "assist",
    "help",
    "back",
    "give",
    "grant",
    "lend",
    "assure",
    "assured",
    "promise",
    "promised",
    "told",
    "defend",
    "supporting",
    "helping",
    "defending",
]);

/// Words before a party that make it no subject.
const LEADS: [u32; 19] = all_known([
    "(", "of", "in", "with", "to", "for", "from", "at", "on", "by", "between", "against", "near", "into",
    "through", "over", "under", "towards", "about",
]);

/// Nouns that stand for parties without a name.
const NOUNS: [u32; 34] = all_known([
    "minister",
    "ministers",
    "president",
    "presidents",
    "leaders",
    "leader",
    "sides",
    "side",
    "countries",
    "country",
    "government",
    "governments",
    "parties",
    "delegation",
    "delegations",
    "officials",
    "official",
    "secretary",
    "chancellor",
    "ambassador",
    "commissioner",
    "spokesperson",
    "spokesman",
    "spokeswoman",
    "ministry",
    "council",
    "parliament",
    "committee",
    "members",
    "partners",
    "colleagues",
    "authorities",
    "people",
    "team",
]);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pronoun {
    No,
    Person,
    Thing,
    Several,
}

/// Words that can name a party: a mention, a pronoun, or a noun with what stands before it.
#[derive(Debug)]
struct Phrase {
    /// The first word that counts for what leads it.
    first: usize,
    start: usize,
    end: usize,
    mention: Option<usize>,
    pronoun: Pronoun,
}

impl Phrase {
    fn span(&self, words: &[Word]) -> Span {
        let start = words.get(self.start).map_or(0, |word| word.span.start);
        let end = self.end.checked_sub(1).and_then(|it| words.get(it)).map_or(start, |word| word.span.end);
        Span { start, end }
    }
}

fn phrases(text: &str, words: &[Word], cues: &[Cue]) -> Vec<Phrase> {
    let mut phrases: Vec<Phrase> = Vec::new();
    let is_her = |at: usize| words.get(at).is_some_and(|word| word.hash == const { known("her") });
    for (at, word) in words.iter().enumerate() {
        let is_one = const { all_known(["he", "she", "him", "her"]) }.contains(&word.hash)
            && !(is_her(at) && words.get(at + 1).is_some_and(|it| it.is_word));
        let pronoun = if is_one {
            Pronoun::Person
        } else if word.hash == const { known("it") } {
            Pronoun::Thing
        } else if const { all_known(["they", "them", "we", "us", "i", "you", "both"]) }.contains(&word.hash) {
            Pronoun::Several
        } else {
            Pronoun::No
        };
        if let Some(kind) = word.kind {
            let is_party = matches!(
                kind,
                EntityKind::Person | EntityKind::Organisation | EntityKind::Place | EntityKind::Group
            );
            if is_party {
                // What leads a title or an article leads the name too.
                let mut first = at;
                while first > 0
                    && words.get(first - 1).is_some_and(|before| {
                        before.is_word
                            && before.mention.is_none()
                            && (before.is_capital && first > 1 || before.hash == const { known("the") })
                    })
                {
                    first -= 1;
                }
                phrases.push(Phrase { first, start: at, end: at + 1, mention: word.mention, pronoun });
            }
        } else if pronoun != Pronoun::No {
            phrases.push(Phrase { first: at, start: at, end: at + 1, mention: None, pronoun });
        } else if DETERMINERS.contains(&word.hash) {
            // "the two ministers", "her country", "the Norwegian side"
            let mut end = at + 1;
            while end <= at + 4
                && words.get(end).is_some_and(|next| {
                    next.is_word
                        && (next.mention.is_none() || next.kind == Some(EntityKind::Group))
                        && !STOPS.contains(&next.hash)
                        && !(end > at + 1 && next.span.of(text).ends_with("ed"))
                        && cues.binary_search_by_key(&end, |cue| cue.start).is_err()
                })
            {
                end += 1;
            }
            let ends_in_group = words.get(end - 1).is_some_and(|last| last.mention.is_some());
            // "the Minister Kamikawa" is a name with what leads it.
            let is_name_next = words.get(end).is_some_and(|next| next.mention.is_some());
            let is_inside = phrases.last().is_some_and(|last| last.end > at);
            if end > at + 1 && !ends_in_group && !is_name_next && !is_inside {
                phrases.push(Phrase { first: at, start: at, end, mention: None, pronoun });
            }
        } else if NOUNS.contains(&word.hash)
            && words.get(at + 1).is_none_or(|next| next.mention.is_none())
            && phrases.last().is_none_or(|last| last.end <= at)
        {
            phrases.push(Phrase { first: at, start: at, end: at + 1, mention: None, pronoun });
        }
    }
    phrases.sort_by_key(|phrase| phrase.start);
    phrases.dedup_by(|later, earlier| later.start < earlier.end);
    phrases
}

/// Words that a noun may follow which stands for a party.
const DETERMINERS: [u32; 14] = all_known([
    "the", "both", "his", "her", "their", "our", "its", "my", "each", "this", "these", "all", "two", "your",
]);

/// Words that end such a noun.
const STOPS: [u32; 44] = all_known([
    "of", "to", "in", "for", "that", "which", "who", "on", "at", "with", "by", "from", "and", "or", "is",
    "was", "are", "were", "will", "would", "has", "have", "had", "as", "could", "should", "may", "also",
    "than", "not", "be", "been", "then", "do", "does", "did", "whose", "into", "the", "it", "until", "if",
    "when", "can",
]);

/// Whether the party says something here: "…, the minister said".
fn is_said(words: &[Word], phrase: &Phrase) -> bool {
    let next = words.get(phrase.end);
    let before = phrase.first.checked_sub(1).and_then(|it| words.get(it));
    [next, before]
        .into_iter()
        .flatten()
        .any(|word| const { all_known(["said", "says", "added", "told"]) }.contains(&word.hash))
}
