//! The one writer of an article: numbers the steps, keeps those that could not be written, and mends.

use std::collections::VecDeque;

use super::keeper::{KeepError, Keeper, sealed_snapshot};
use super::key_value::KeyValue;
use super::recovery::{Damage, Recovered, Why};
use super::second::Second;
use super::step_store::Batch;
use crate::annotation::{AnnotationSet, Document, Op};

/// After how many steps a snapshot is worth its writing.
pub const SNAPSHOT_EVERY: usize = 100;

/// Where the newest step is: from safe to not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// In local storage and, where there is a step store, on disk.
    Saved,
    /// On disk in the step store; local storage does not take it.
    Second,
    /// On its way to the step store.
    Saving,
    /// In memory only.
    Unkept,
}

/// Writes the steps of one article. Held by the tab that may write; nobody else appends.
///
/// Each step goes to local storage at once and to the step store in the caller's own time: [`Journal::next_batch`]
/// says what is to be written there, [`Journal::sent`] hears what came of it. Steps that could not be written wait
/// here in order and are tried again with the next one, so that a full store never makes a gap: what either store
/// has is always the work up to some step.
#[derive(Debug, Clone)]
pub struct Journal {
    base: AnnotationSet,
    rev: u64,
    waiting: VecDeque<Op>,
    since_snapshot: usize,
    is_sound: bool,
    is_newer: bool,
    damage: Vec<Damage>,
    /// What the step store has and cannot be used; it goes from there once it is set aside.
    foreign: Vec<(String, String)>,
    second: Second,
}

impl Journal {
    /// Goes on from what was recovered.
    pub fn new(recovered: &Recovered) -> Self {
        Self {
            base: recovered.base.clone(),
            rev: recovered.own_rev,
            waiting: recovered.behind.iter().cloned().collect(),
            since_snapshot: recovered.replayed,
            is_sound: recovered.is_sound,
            is_newer: recovered.is_newer,
            damage: recovered.damage.clone(),
            foreign: recovered.foreign.clone(),
            second: recovered.second.clone(),
        }
    }

    /// The last step done on the page.
    pub fn done(&self) -> u64 {
        self.rev.saturating_add(self.waiting.len() as u64)
    }

    /// The last step in local storage.
    pub fn rev(&self) -> u64 {
        self.rev
    }

    /// Steps that are done on the page and not in local storage.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Where the newest step is.
    pub fn standing<K: KeyValue>(&self, keeper: &Keeper<K>) -> Standing {
        let done = self.done();
        let is_own = keeper.storage().lasts() && self.waiting.is_empty();
        let is_second = self.second.is_on && self.second.rev >= done;
        match (is_own, is_second) {
            _ if self.second.expects(done) => Standing::Saving,
            (true, _) if self.is_sound || !is_second => Standing::Saved,
            (_, true) => Standing::Second,
            _ => Standing::Unkept,
        }
    }

    /// The last step that the page may call saved: on disk in the step store, or in local storage where the step
    /// store takes nothing.
    pub fn saved<K: KeyValue>(&self, keeper: &Keeper<K>) -> u64 {
        match self.standing(keeper) {
            Standing::Saved | Standing::Second => self.done(),
            Standing::Saving => self.second.rev,
            Standing::Unkept => self.kept(keeper),
        }
    }

    /// The steps that would be gone with the page: neither store has them.
    pub fn unkept<K: KeyValue>(&self, keeper: &Keeper<K>) -> impl Iterator<Item = &Op> {
        let kept = self.kept(keeper).saturating_sub(self.rev);
        self.waiting.iter().skip(usize::try_from(kept).unwrap_or(usize::MAX))
    }

    /// Whether steps would be gone with the page.
    pub fn is_unkept<K: KeyValue>(&self, keeper: &Keeper<K>) -> bool {
        self.kept(keeper) < self.done()
    }

    /// The last step that outlives the page.
    fn kept<K: KeyValue>(&self, keeper: &Keeper<K>) -> u64 {
        let own = if keeper.storage().lasts() { self.rev } else { 0 };
        own.max(self.second.rev)
    }

    /// Whether a snapshot is due: when the page is idle, or at the latest when the article is left.
    pub fn wants_snapshot(&self) -> bool {
        self.since_snapshot.max(self.second.since_snapshot) >= SNAPSHOT_EVERY
    }

    /// Journals the step `op`, which has just made `document` what it is. Ok: it and all before it are in local
    /// storage.
    ///
    /// # Errors
    /// [`KeepError`] when the step waits; [`Journal::flush`] tries again, and so does the next step. After
    /// [`KeepError::Taken`] another tab is writing: recover the article and do the waiting steps there, or stop.
    pub fn record<K: KeyValue>(
        &mut self,
        keeper: &Keeper<K>,
        document: &Document,
        op: &Op,
    ) -> Result<u64, KeepError> {
        self.waiting.push_back(op.clone());
        let rev = self.done();
        let result = self.flush(keeper, document);
        // What another tab has written stands, in both stores.
        if !matches!(result, Err(KeepError::Taken { .. } | KeepError::Newer)) {
            self.second.push(rev, Keeper::<K>::sealed_step(&document.article.id, rev, op)?);
        }
        result
    }

    /// Tries again to write what waits.
    ///
    /// # Errors
    /// As [`Journal::record`].
    pub fn flush<K: KeyValue>(&mut self, keeper: &Keeper<K>, document: &Document) -> Result<u64, KeepError> {
        if self.is_newer {
            return Err(KeepError::Newer);
        }
        if !self.is_sound && !self.waiting.is_empty() {
            self.compact_own(keeper, document)?;
        }
        while let Some(op) = self.waiting.front() {
            let rev = self.rev.saturating_add(1);
            keeper.append(&document.article.id, rev, op)?;
            self.waiting.pop_front();
            self.rev = rev;
            self.since_snapshot += 1;
        }
        Ok(self.rev)
    }

    /// Writes a snapshot of `document`, with all that waits, and clears away what it makes superfluous. The step
    /// store gets one with the next batch.
    ///
    /// # Errors
    /// [`KeepError`]; what was kept before is then still kept.
    pub fn compact<K: KeyValue>(&mut self, keeper: &Keeper<K>, document: &Document) -> Result<(), KeepError> {
        self.second.needs_snapshot = true;
        self.compact_own(keeper, document)
    }

    /// Writes the snapshots that are due, each for its store.
    ///
    /// # Errors
    /// As [`Journal::compact`].
    pub fn renew<K: KeyValue>(&mut self, keeper: &Keeper<K>, document: &Document) -> Result<(), KeepError> {
        self.second.needs_snapshot |= self.second.since_snapshot >= SNAPSHOT_EVERY;
        if self.since_snapshot >= SNAPSHOT_EVERY { self.compact_own(keeper, document) } else { Ok(()) }
    }

    fn compact_own<K: KeyValue>(&mut self, keeper: &Keeper<K>, document: &Document) -> Result<(), KeepError> {
        if self.is_newer {
            return Err(KeepError::Newer);
        }
        let rev = self.done();
        keeper.compact(&self.base, document, self.rev, rev)?;
        self.rev = rev;
        self.waiting.clear();
        self.since_snapshot = 0;
        self.is_sound = true;
        Ok(())
    }

    /// What the step store is to write next, when `document` is as the last step left it. None while a batch is on
    /// its way, or when it has everything. Tell [`Journal::sent`] what came of it, and ask again.
    pub fn next_batch(&mut self, document: &Document) -> Option<Batch> {
        let rev = self.done();
        // A snapshot clears away what is there: not what has not been set aside.
        let may_clear = self.foreign.is_empty();
        let base = &self.base;
        self.second.next(|| may_clear.then(|| Some((rev, sealed_snapshot(base, document, rev).ok()?)))?)
    }

    /// The batch has been written, or not: then it is tried again with the next one.
    pub fn sent(&mut self, batch: &Batch, is_written: bool) {
        self.second.sent(batch, is_written);
    }

    /// The step store has not answered for long: until it does, only local storage counts. Nothing else is sent.
    pub fn late(&mut self) {
        self.second.late();
    }

    /// On opening: puts into local storage what only the step store has, sets aside what cannot be used, and after
    /// damage writes a snapshot of what was saved, so that the next opening finds everything whole. Does nothing
    /// when nothing is amiss.
    ///
    /// # Errors
    /// [`KeepError`] when there is no room for it; the work can go on, and it is tried again with the next step.
    pub fn mend<K: KeyValue>(&mut self, keeper: &Keeper<K>, document: &Document) -> Result<(), KeepError> {
        if self.is_newer {
            return Err(KeepError::Newer);
        }
        for damage in &self.damage {
            if matches!(damage.why, Why::Damaged | Why::Misfit) {
                keeper.set_aside(&damage.key)?;
            }
        }
        while let Some((key, sealed)) = self.foreign.last() {
            keeper.put_aside(key, sealed)?;
            self.foreign.pop();
        }
        if self.is_sound && self.damage.is_empty() {
            return self.flush(keeper, document).map(drop);
        }
        self.compact_own(keeper, document)?;
        self.damage.clear();
        Ok(())
    }
}
