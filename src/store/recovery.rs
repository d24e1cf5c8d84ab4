//! Opening an article: the newest whole snapshot, and the steps after it. Reading only: what cannot be read is
//! named here and set aside by the [`Journal`](super::Journal) that goes on from it.

use super::keeper::Keeper;
use super::key_value::{KeyValue, StorageError};
use super::keys::{articles_prefix, entry_key, snapshot_key};
use super::snapshot::Snapshot;
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
    /// Base, snapshot, and every whole step after it.
    pub document: Document,
    /// The last step of work; the next one is one more.
    pub rev: u64,
    /// What could not be used. Empty: everything acknowledged is there.
    pub damage: Vec<Damage>,
    /// Whether a newer build has worked on the article: show it, write nothing.
    pub is_newer: bool,
    pub(super) base: AnnotationSet,
    /// Whether the keys give the document again with further steps behind them. If not, only a snapshot does.
    pub(super) is_sound: bool,
    /// Steps since the snapshot.
    pub(super) replayed: usize,
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
    ///
    /// Never fails: what cannot be used is left out and named. After a gap a step is still taken when it fits
    /// what stands there; an undo or redo only when the step that it means came after the gap. Changes nothing
    /// in the store, so followers may call it, and calling it again gives the same.
    pub fn recover(&self, base: &Document) -> Recovered {
        let id = &base.article.id;
        let mut recovered = Recovered {
            document: base.clone(),
            rev: 0,
            damage: Vec::new(),
            is_newer: false,
            base: base.set.clone(),
            is_sound: true,
            replayed: 0,
        };
        let numbers = match self.numbers(id) {
            Ok(numbers) => numbers,
            Err(error) => {
                recovered.note(format!("{}{id}/", articles_prefix()), Why::Unreadable(error));
                recovered.is_sound = false;
                return recovered;
            }
        };
        for key in numbers.unknown {
            recovered.note(key, Why::Unknown);
        }
        let mut chain = Chain::Whole;
        for &rev in numbers.snapshots.iter().rev() {
            let key = snapshot_key(id, rev);
            match self.read::<Snapshot>(&key) {
                Ok(snapshot) => {
                    let (document, misfits) = snapshot.onto(base);
                    recovered.document = document;
                    recovered.rev = rev;
                    if misfits > 0 {
                        recovered.note(key, Why::Misfit);
                        recovered.is_sound = false;
                        chain = Chain::Broken { done: 0, undone: 0 };
                    }
                    break;
                }
                Err(why) => recovered.note(key, why),
            }
        }
        let mut expected = recovered.rev.saturating_add(1);
        for rev in numbers.entries.into_iter().filter(|&rev| rev > recovered.rev).collect::<Vec<_>>() {
            if rev != expected {
                recovered.note(entry_key(id, expected), Why::Missing);
                chain = Chain::Broken { done: 0, undone: 0 };
            }
            expected = rev.saturating_add(1);
            let key = entry_key(id, rev);
            let why = match self.read::<Op>(&key) {
                Ok(op) => {
                    recovered.rev = rev;
                    recovered.replayed += 1;
                    recovered.is_sound &= matches!(chain, Chain::Whole);
                    match chain.take(&mut recovered.document, &op) {
                        true => continue,
                        false => {
                            recovered.is_sound = false;
                            Why::Misfit
                        }
                    }
                }
                Err(why) => why,
            };
            recovered.note(key, why);
            chain = Chain::Broken { done: 0, undone: 0 };
        }
        recovered
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

impl Recovered {
    fn note(&mut self, key: String, why: Why) {
        self.is_newer |= why == Why::Newer;
        let article = Some(self.document.article.id.clone());
        self.damage.push(Damage { key, article, why });
    }
}

impl Chain {
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
