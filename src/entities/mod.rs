//! Names in the text: gazetteers, patterns, and which mentions mean the same party.
//!
//! Finding is total and pure: the same text gives the same mentions. What a person decides about them lives in
//! `annotation`.

mod acronyms;
mod calendar;
mod candidate;
mod complements;
mod evidence;
mod heads;
mod kind;
mod lexicon;
mod money;
mod parties;
mod people;
mod reader;
mod scan;
mod tagger;
mod token;
pub mod training;

pub use kind::{EntityKind, PartyKind};
pub use tagger::{ModelError, Tagger};

use crate::text::{Outline, Span};

/// A name found in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The words of the name: no article, title, possessive or quotes round it.
    pub span: Span,
    /// What kind of name it is.
    pub kind: EntityKind,
    /// Index into [`Names::parties`] of whom it stands for, if it can act.
    pub party: Option<usize>,
}

/// Who or what several mentions stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundParty {
    /// The fullest name in the article, in ordinary capitals: "Kamikawa Yoko".
    pub name: String,
    /// What it is.
    pub kind: PartyKind,
    /// Index of the party that it belongs to: Kamikawa's is Japan.
    pub of: Option<usize>,
}

/// What was found in one text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Names {
    /// Mentions in order of the text; none overlaps another.
    pub mentions: Vec<Mention>,
    /// Parties in order of their first mention.
    pub parties: Vec<FoundParty>,
}

/// Finds the names in `text`, whose blocks and sentences are `outline`.
///
/// Patterns and lists walk the text twice: the first walk learns names, the second finds them everywhere in the
/// article. Then `tagger` weighs what they propose beside the words themselves; without one the proposals stand.
/// Total, deterministic and linear in the text.
pub fn find(text: &str, outline: &Outline, tagger: Option<&Tagger>) -> Names {
    let lexicon = lexicon::Lexicon::shared();
    let tokens = token::tokenise(text, outline, lexicon);
    let reader = reader::Reader { text, tokens: &tokens };
    let (evidence, found) = proposals(reader, lexicon);
    let scan = scan::Scan { reader, lexicon, evidence: &evidence };
    let settled = match tagger {
        Some(tagger) => tagged(&scan, &found, tagger),
        None => found,
    };
    let (links, parties) = parties::link(&scan, &settled);
    let mentions = settled
        .iter()
        .zip(links)
        .filter_map(|(candidate, party)| {
            let first = tokens.get(candidate.start)?;
            let last = tokens.get(candidate.end.checked_sub(1)?)?;
            let span = Span { start: first.span.start, end: last.span.end };
            Some(Mention { span, kind: candidate.kind, party })
        })
        .collect();
    Names { mentions, parties }
}

/// What the patterns and lists propose, in order and apart, and what the article says about its words.
fn proposals(
    reader: reader::Reader<'_>,
    lexicon: &lexicon::Lexicon,
) -> (evidence::Evidence, Vec<candidate::Candidate>) {
    let mut evidence = evidence::Evidence::of_words(&reader);
    let learnt = scan::Scan { reader, lexicon, evidence: &evidence }.run();
    evidence.learn(&reader, &learnt);
    let mut found = scan::Scan { reader, lexicon, evidence: &evidence }.run();
    found.extend(acronyms::long_forms(&reader, &found));
    (evidence, candidate::settle(found))
}

/// The names that the tagger draws; what the patterns know of a name of the same words comes with it.
fn tagged(
    scan: &scan::Scan<'_>,
    found: &[candidate::Candidate],
    tagger: &Tagger,
) -> Vec<candidate::Candidate> {
    let extractor = tagger::Extractor { scan: *scan, found, groups: tagger::Groups::ALL };
    let drawn = tagger::tag(tagger, &extractor);
    let mut proposed = found.iter().peekable();
    drawn
        .into_iter()
        .map(|(start, end, kind)| {
            while proposed.next_if(|it| it.start < start).is_some() {}
            match proposed.peek() {
                Some(&&same) if same.start == start && same.end == end && same.kind == kind => same,
                _ => scan.drawn(start, end, kind),
            }
        })
        .collect()
}
