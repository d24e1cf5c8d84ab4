//! By whom and to whom: from the order of the words round the evidence.

use super::FoundActor;
use super::cues::{Cue, Cues, class};
use super::words::{Word, hash, words};
use crate::entities::{EntityKind, Names, PartyKind};
use crate::text::{Outline, Span};

/// Reads sentences in order and remembers who was spoken of, for pronouns.
pub(super) struct Resolver<'a> {
    text: &'a str,
    outline: &'a Outline,
    names: &'a Names,
    /// The last person, and the last who acted, in sentences that were passed.
    person: Option<usize>,
    actor: Option<usize>,
    next: usize,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(text: &'a str, outline: &'a Outline, names: &'a Names) -> Self {
        Self { text, outline, names, person: None, actor: None, next: 0 }
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
        index: usize,
        label: &str,
        evidence: Option<Span>,
    ) -> (Vec<FoundActor>, Vec<FoundActor>) {
        let Some(sentence) = self.outline.sentences().get(index) else { return (Vec::new(), Vec::new()) };
        let mut mention = self.names.mentions.partition_point(|it| it.span.end <= sentence.span.start);
        let words = words(self.text, sentence.span, self.names, &mut mention);
        let start = evidence.map_or(sentence.span.start, |it| it.start);
        let end = evidence.map_or(sentence.span.start, |it| it.end);
        let acting = !(class("together") | class("past"));
        let at = words.partition_point(|word| word.span.start < start);
        let behind = words.partition_point(|word| word.span.start < end);
        let cues: Vec<Cue> =
            Cues::shared().find(&words).into_iter().filter(|cue| cue.classes & acting != 0).collect();
        let phrases = phrases(self.text, &words, &cues);
        let by = self.by(&words, &phrases, at, behind);
        // "Compatriots are encouraged to write": who is addressed comes first.
        let is_passive = label == "proposal"
            && at
                .checked_sub(1)
                .is_some_and(|it| is_any(&words, it, &["is", "are", "was", "were", "be", "been"]));
        if is_passive {
            let is_agent = |it: &Phrase| {
                it.start >= behind && it.first.checked_sub(1).is_some_and(|it| is_any(&words, it, &["by"]))
            };
            let agent = phrases.iter().find(|it| is_agent(it));
            let agent = agent.map(|it| self.joined(&words, &phrases, it)).unwrap_or_default();
            return (agent, by);
        }
        let to = self.to(&words, &phrases, label, behind, by.first().map(|it| it.span));
        (by, to)
    }

    /// The subject: the nearest party before the evidence that no small word leads, across "said that".
    fn by(&self, words: &[Word], phrases: &[Phrase], at: usize, behind: usize) -> Vec<FoundActor> {
        let is_led = |phrase: &Phrase| {
            phrase
                .first
                .checked_sub(1)
                .and_then(|it| words.get(it))
                .is_some_and(|word| LEADS.iter().any(|it| word.hash == hash(it)))
        };
        // "their shared intention": whose is said elsewhere.
        let is_own = |phrase: &Phrase| {
            phrase.end == at
                && phrase.mention.is_none()
                && is_any(words, phrase.start, &["his", "her", "their", "our", "its", "my", "the", "your"])
                && phrase.end > phrase.start + 1
        };
        let is_own = |phrase: &Phrase| is_own(phrase) && !is_verb(words, at);
        let before: Vec<&Phrase> = phrases.iter().filter(|it| it.end <= at && !is_own(it)).collect();
        // "thanked by X", "an invitation from X"
        let passive = phrases.iter().find(|it| {
            it.start >= behind
                && it.first > 0
                && words
                    .get(it.first - 1)
                    .is_some_and(|word| word.hash == hash("by") || word.hash == hash("from"))
                && it.first.saturating_sub(behind) <= 2
        });
        let free = || before.iter().filter(|it| !is_led(it)).copied();
        // "The leaders condemned the launch and pledged to work together": the first verb's subject.
        let is_second =
            at.checked_sub(1).and_then(|it| words.get(it)).is_some_and(|it| it.hash == hash("and"));
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
        let leads: &[&str] = match label {
            "gratitude" => &["to", "of"],
            "proposal" => &["to", "on", "with", "from", "upon", "of", "that", "for"],
            _ => &["to", "with", "for", "against", "between"],
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
                .filter(|word| !["the", "both", "its", "his"].iter().any(|it| word.hash == hash(it)))
                .or_else(|| phrase.first.checked_sub(2).and_then(|it| words.get(it)));
            word.is_some_and(|word| leads.iter().any(|it| word.hash == hash(it)))
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
                && between.iter().any(|word| word.hash == hash("and"))
                && between.iter().all(|word| {
                    ["and", ",", "the", "prime", "minister", "president"]
                        .iter()
                        .any(|it| word.hash == hash(it))
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
fn is_any(words: &[Word], at: usize, known: &[&str]) -> bool {
    words.get(at).is_some_and(|word| known.iter().any(|it| word.hash == hash(it)))
}

/// Whether the cue at `at` reads as a verb: a modal, or with an ending of one, before something else than "to" or "of".
fn is_verb(words: &[Word], at: usize) -> bool {
    is_any(words, at, &["will", "would", "shall", "is", "are", "could", "can", "may", "might", "should"])
        || !NOUN_CUES.iter().any(|noun| is_any(words, at, &[noun]))
}

/// Cues that are nouns.
const NOUN_CUES: [&str; 22] = [
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
];

/// Verbs whose object receives.
const HELPS: [&str; 16] = [
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
];

/// Words before a party that make it no subject.
const LEADS: [&str; 19] = [
    "(", "of", "in", "with", "to", "for", "from", "at", "on", "by", "between", "against", "near", "into",
    "through", "over", "under", "towards", "about",
];

/// Nouns that stand for parties without a name.
const NOUNS: [&str; 34] = [
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
];

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
    let is = |at: usize, known: &str| words.get(at).is_some_and(|word| word.hash == hash(known));
    for (at, word) in words.iter().enumerate() {
        let pronoun = match word.span.of(text).to_lowercase().as_str() {
            "he" | "she" | "him" | "her"
                if !(is(at, "her") && words.get(at + 1).is_some_and(|it| it.is_word)) =>
            {
                Pronoun::Person
            }
            "it" => Pronoun::Thing,
            "they" | "them" | "we" | "us" | "i" | "you" | "both" => Pronoun::Several,
            _ => Pronoun::No,
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
                            && (before.is_capital && first > 1 || before.hash == hash("the"))
                    })
                {
                    first -= 1;
                }
                phrases.push(Phrase { first, start: at, end: at + 1, mention: word.mention, pronoun });
            }
        } else if pronoun != Pronoun::No {
            phrases.push(Phrase { first: at, start: at, end: at + 1, mention: None, pronoun });
        } else if DETERMINERS.iter().any(|it| word.hash == hash(it)) {
            // "the two ministers", "her country", "the Norwegian side"
            let mut end = at + 1;
            while end <= at + 4
                && words.get(end).is_some_and(|next| {
                    next.is_word
                        && (next.mention.is_none() || next.kind == Some(EntityKind::Group))
                        && !STOPS.iter().any(|it| next.hash == hash(it))
                        && !cues.iter().any(|cue| cue.start == end)
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
        } else if NOUNS.iter().any(|noun| word.hash == hash(noun))
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
const DETERMINERS: [&str; 14] =
    ["the", "both", "his", "her", "their", "our", "its", "my", "each", "this", "these", "all", "two", "your"];

/// Words that end such a noun.
const STOPS: [&str; 44] = [
    "of", "to", "in", "for", "that", "which", "who", "on", "at", "with", "by", "from", "and", "or", "is",
    "was", "are", "were", "will", "would", "has", "have", "had", "as", "could", "should", "may", "also",
    "than", "not", "be", "been", "then", "do", "does", "did", "whose", "into", "the", "it", "until", "if",
    "when", "can",
];

/// Whether the party says something here: "…, the minister said".
fn is_said(words: &[Word], phrase: &Phrase) -> bool {
    let next = words.get(phrase.end);
    let before = phrase.first.checked_sub(1).and_then(|it| words.get(it));
    [next, before]
        .into_iter()
        .flatten()
        .any(|word| ["said", "says", "added", "told"].iter().any(|it| word.hash == hash(it)))
}
