//! Opening an article: the newest whole snapshot, and the steps after it, from both stores. Reading only: what
//! cannot be read is named here and set aside by the [`Journal`](super::Journal) that goes on from it.

use serde::de::DeserializeOwned;

use super::keeper::{Keeper, Numbers};
use super::key_value::{KeyValue, StorageError};
use super::keys::{articles_prefix, entry_key, snapshot_key};
use super::second::Second;
use super::snapshot::Snapshot;
use super::step_store::Copies;
use crate::annotation::{AnnotationSet, Document, Op, Touched};
use crate::text::ArticleId;

/// Something kept that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// The key it lies under; for what was set aside, the key it lay under.
    pub key: String,
    /// The article that it belongs to.
    pub article: Option<ArticleId>,
    /// What is wrong with it.
    pub why: Why,
}

/// What is wrong with something kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// It is not what was written.
    #[error("it is damaged")]
    Damaged,
    /// It should be there and is not.
    #[error("it is missing")]
    Missing,
    /// It is whole, but part of what it changes is not there any more.
    #[error("it does not fit the rest")]
    Misfit,
    /// A newer build wrote it.
    #[error("a newer version wrote it")]
    Newer,
    /// The step store has it, and local storage has something else in its place.
    #[error("it belongs to another line of work")]
    Elsewhere,
    /// This version has no such key.
    #[error("its name is unknown")]
    Unknown,
    /// The store does not give it.
    #[error(transparent)]
    Unreadable(StorageError),
}

/// An article as it could be brought back.
#[derive(Debug, Clone)]
pub struct Recovered {
    /// Base, snapshot, and every whole step after it, from both stores.
    pub document: Document,
    /// The last step of work; the next one is one more.
    pub rev: u64,
    /// What could not be used. Empty: everything acknowledged is there.
    pub damage: Vec<Damage>,
    /// Whether a newer build has worked on the article: show it, write nothing.
    pub is_newer: bool,
    pub(super) base: AnnotationSet,
    /// Whether local storage gives the document again once `behind` and further steps are put behind what it has.
    /// If not, only a snapshot does.
    pub(super) is_sound: bool,
    /// Steps in local storage since the snapshot.
    pub(super) replayed: usize,
    /// The last step in local storage.
    pub(super) own_rev: u64,
    /// The steps after it, which only the step store has.
    pub(super) behind: Vec<Op>,
    /// What the step store has and cannot be used, by its key in local storage.
    pub(super) foreign: Vec<(String, String)>,
    /// What the step store has.
    pub(super) second: Second,
}

/// A follower cannot catch up step by step and must open the article anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("steps between are not there any more")]
pub struct Behind;

/// What can be known of undo and redo while steps are replayed.
#[derive(Debug, Clone, Copy)]
enum Chain {
    /// Every step is there.
    Whole,
    /// Steps are missing: only what was done since then is sure to be what an undo meant.
    Broken { done: usize, undone: usize },
}

impl<K: KeyValue> Keeper<K> {
    /// Brings an article back over its base: the newest whole snapshot, and the whole steps after it in order.
    /// What local storage lacks or has damaged is taken from `copies`, what the step store has of the article.
    ///
    /// Never fails: what cannot be used is left out and named. After a gap a step is still taken when it fits
    /// what stands there; an undo or redo only when the step that it means came after the gap. Where the two stores
    /// have different steps under one number, local storage is right, and what the other has from there on is not
    /// used. Changes nothing in either, so followers may call it, and calling it again gives the same.
    pub fn recover(&self, base: &Document, copies: &Copies) -> Recovered {
        let id = &base.article.id;
        let mut recovered = Recovered::new(base);
        let mut copies = copies.clone();
        let numbers = self.numbers(id).unwrap_or_else(|error| {
            recovered.note(format!("{}{id}/", articles_prefix()), Why::Unreadable(error));
            recovered.is_sound = false;
            Numbers::default()
        });
        for key in &numbers.unknown {
            recovered.note(key.clone(), Why::Unknown);
        }
        recovered.second.over = copies.last();
        if let Some(rev) = self.fork(id, &copies) {
            for record in copies.split_off(rev) {
                recovered.note(record.key(id), Why::Elsewhere);
                recovered.foreign.push((record.key(id), record.sealed));
            }
        }
        let mut replay = Replay { recovered, chain: Chain::Whole, copies: &copies };
        self.start(base, &numbers, &mut replay);
        self.go_on(&numbers, &mut replay);
        replay.finish(id)
    }

    /// The first step that is whole in both stores and not the same.
    fn fork(&self, id: &ArticleId, copies: &Copies) -> Option<u64> {
        copies.steps().find(|&rev| {
            let key = entry_key(id, rev);
            let is_other = self.storage().get(&key).ok().flatten().as_ref() != copies.sealed(&key);
            is_other && self.unsealed(&key).is_ok() && copies.unsealed(&key).is_ok()
        })
    }

    /// Up to which step local storage comes by itself.
    fn reach(&self, id: &ArticleId, numbers: &Numbers) -> u64 {
        let is_whole = |key: String| self.unsealed(&key).is_ok();
        reach(id, numbers.snapshots.iter().copied(), numbers.entries.iter().copied(), is_whole).1
    }

    /// Takes the newest whole snapshot. One of the step store only when local storage does not come that far.
    fn start(&self, base: &Document, numbers: &Numbers, replay: &mut Replay) {
        let id = &base.article.id;
        let reach = self.reach(id, numbers);
        let further = replay.copies.snapshots().filter(|&rev| rev > reach);
        for rev in in_order(numbers.snapshots.iter().copied().chain(further)).into_iter().rev() {
            let key = snapshot_key(id, rev);
            let (snapshot, is_ours) = match self.read::<Snapshot>(&key) {
                Ok(snapshot) => (snapshot, true),
                Err(why) => match replay.instead::<Snapshot>(&key, why) {
                    Ok(snapshot) => (snapshot, false),
                    Err(why) => {
                        replay.note(key, why);
                        continue;
                    }
                },
            };
            let (document, misfits) = snapshot.onto(base);
            let recovered = &mut replay.recovered;
            recovered.document = document;
            recovered.rev = rev;
            recovered.own_rev = rev;
            recovered.is_sound &= is_ours;
            if misfits > 0 {
                replay.misfit(key);
            }
            break;
        }
    }

    /// Takes the steps after the snapshot.
    fn go_on(&self, numbers: &Numbers, replay: &mut Replay) {
        let id = replay.recovered.document.article.id.clone();
        let start = replay.recovered.rev;
        let revs = numbers.entries.iter().copied().chain(replay.copies.steps());
        let mut expected = start.saturating_add(1);
        for rev in in_order(revs.filter(|&rev| rev > start)) {
            if rev != expected {
                replay.note(entry_key(&id, expected), Why::Missing);
                replay.chain = Chain::broken();
            }
            expected = rev.saturating_add(1);
            let key = entry_key(&id, rev);
            let (op, is_ours) = match self.read::<Op>(&key) {
                Ok(op) => (op, true),
                Err(why) => match replay.instead::<Op>(&key, why) {
                    Ok(op) => (op, false),
                    Err(why) => {
                        replay.note(key, why);
                        replay.chain = Chain::broken();
                        continue;
                    }
                },
            };
            replay.take(key, rev, op, is_ours);
        }
    }

    /// Takes the steps that another tab has written since step `rev`, up to `seen` at least: what a storage event
    /// named. Answers what each one touched; `rev` is then the last step taken.
    ///
    /// # Errors
    /// [`Behind`] when a step between is gone or does not fit: recover the article anew.
    pub fn catch_up(
        &self,
        document: &mut Document,
        rev: &mut u64,
        seen: u64,
    ) -> Result<Vec<Touched>, Behind> {
        let id = document.article.id.clone();
        let mut touched = Vec::new();
        loop {
            match self.read::<Op>(&entry_key(&id, rev.saturating_add(1))) {
                Ok(op) => touched.push(document.perform(&op).map_err(|_| Behind)?),
                Err(Why::Missing) if *rev >= seen => return Ok(touched),
                Err(_) => return Err(Behind),
            }
            *rev = rev.saturating_add(1);
        }
    }
}

/// From which step to which one store comes by itself: its newest whole snapshot, and the whole steps behind it.
fn reach(
    id: &ArticleId,
    snapshots: impl DoubleEndedIterator<Item = u64>,
    steps: impl Iterator<Item = u64>,
    is_whole: impl Fn(String) -> bool,
) -> (u64, u64) {
    let start = snapshots.rev().find(|&rev| is_whole(snapshot_key(id, rev))).unwrap_or_default();
    let end = steps.filter(|&rev| rev > start).fold(start, |end, rev| {
        if rev == end.saturating_add(1) && is_whole(entry_key(id, rev)) { rev } else { end }
    });
    (start, end)
}

fn in_order(numbers: impl Iterator<Item = u64>) -> Vec<u64> {
    let mut numbers: Vec<u64> = numbers.collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// A recovery under way.
struct Replay<'a> {
    recovered: Recovered,
    chain: Chain,
    copies: &'a Copies,
}

impl Replay<'_> {
    fn note(&mut self, key: String, why: Why) {
        self.recovered.note(key, why);
    }

    /// The step store's value for a key that local storage does not give because of `why`.
    fn instead<T: DeserializeOwned>(&mut self, key: &str, why: Why) -> Result<T, Why> {
        if why == Why::Newer {
            return Err(why);
        }
        match self.copies.value(key) {
            Ok(value) => Ok(value),
            Err(Why::Missing) => Err(why),
            Err(other) => {
                let sealed = self.copies.sealed(key).cloned();
                self.recovered.foreign.extend(sealed.map(|sealed| (key.to_owned(), sealed)));
                Err(other)
            }
        }
    }

    fn misfit(&mut self, key: String) {
        let sealed = self.copies.sealed(&key).cloned();
        self.recovered.foreign.extend(sealed.map(|sealed| (key.clone(), sealed)));
        self.recovered.is_sound = false;
        self.chain = Chain::broken();
        self.note(key, Why::Misfit);
    }

    /// Takes step `rev`; `is_ours`: local storage has it.
    fn take(&mut self, key: String, rev: u64, op: Op, is_ours: bool) {
        let recovered = &mut self.recovered;
        recovered.rev = rev;
        recovered.is_sound &= matches!(self.chain, Chain::Whole);
        let is_taken = self.chain.take(&mut recovered.document, &op);
        match (is_ours, recovered.behind.is_empty()) {
            (false, _) => recovered.behind.push(op),
            (true, true) => {
                recovered.own_rev = rev;
                recovered.replayed += 1;
            }
            // Local storage lacks a step between.
            (true, false) => recovered.is_sound = false,
        }
        if !is_taken {
            self.misfit(key);
        }
    }

    /// What the step store gives by itself is known once everything is read.
    fn finish(self, id: &ArticleId) -> Recovered {
        let Self { mut recovered, chain, copies } = self;
        let is_whole = |key: String| copies.unsealed(&key).is_ok();
        let (start, end) = reach(id, copies.snapshots(), copies.steps(), is_whole);
        let is_whole = matches!(chain, Chain::Whole) && recovered.foreign.is_empty();
        recovered.second.is_on = copies.is_readable && !recovered.is_newer;
        recovered.second.rev = if is_whole { end } else { 0 };
        recovered.second.since_snapshot = usize::try_from(end - start).unwrap_or(usize::MAX);
        recovered.second.needs_snapshot = !is_whole || end < recovered.rev;
        if !recovered.is_sound {
            // Local storage is written anew as a whole.
            recovered.own_rev = recovered.rev;
            recovered.behind.clear();
        }
        recovered
    }
}

impl Recovered {
    fn new(base: &Document) -> Self {
        Self {
            document: base.clone(),
            rev: 0,
            damage: Vec::new(),
            is_newer: false,
            base: base.set.clone(),
            is_sound: true,
            replayed: 0,
            own_rev: 0,
            behind: Vec::new(),
            foreign: Vec::new(),
            second: Second::default(),
        }
    }

    fn note(&mut self, key: String, why: Why) {
        self.is_newer |= why == Why::Newer;
        let article = Some(self.document.article.id.clone());
        self.damage.push(Damage { key, article, why });
    }
}

impl Chain {
    fn broken() -> Self {
        Self::Broken { done: 0, undone: 0 }
    }

    /// Takes a step if it is sure what it means and it fits; says whether it did.
    fn take(&mut self, document: &mut Document, op: &Op) -> bool {
        if let Self::Broken { done, undone } = self {
            let next = match op {
                Op::Do { .. } => Some((*done + 1, 0)),
                Op::Undo => done.checked_sub(1).map(|done| (done, *undone + 1)),
                Op::Redo => undone.checked_sub(1).map(|undone| (*done + 1, undone)),
            };
            let Some(next) = next else { return false };
            (*done, *undone) = next;
        }
        document.perform(op).is_ok()
    }
}
