//! What a finder proposes, before overlaps are settled. The place where a statistical tagger joins in: it
//! proposes candidates too, and [`settle`] decides between finders.

use super::kind::EntityKind;

/// How far a candidate can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trust {
    /// A guess from the words around it.
    Guess,
    /// A pattern or list says so; other mentions in the article may be read by it.
    Sure,
}

/// A run of tokens that may be a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Candidate {
    /// Index of its first token.
    pub(super) start: usize,
    /// Index behind its last token.
    pub(super) end: usize,
    /// What kind of name it is.
    pub(super) kind: EntityKind,
    /// How far to trust it.
    pub(super) trust: Trust,
    /// State that the lists or the words tie it to (number plus one), zero for none.
    pub(super) state: u16,
    /// Number of the body in the lists, zero for none.
    pub(super) body: u16,
    /// A title or form of address stands before it.
    pub(super) titled: bool,
}

/// The candidates that stand: in order of the text, none overlapping another. Of two that overlap the surer
/// wins, then the longer, then the earlier.
pub(super) fn settle(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort_by_key(|it| (it.start, std::cmp::Reverse(it.trust), std::cmp::Reverse(it.end)));
    let mut settled: Vec<Candidate> = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        match settled.last_mut() {
            Some(last) if candidate.start < last.end => {
                let rank = |it: &Candidate| (it.trust, it.end - it.start);
                if rank(&candidate) > rank(last) {
                    *last = candidate;
                }
            }
            _ => settled.push(candidate),
        }
    }
    settled
}
