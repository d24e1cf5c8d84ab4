//! The one writer of an article: numbers the steps, keeps those that could not be written, and mends.

use std::collections::VecDeque;

use super::keeper::{KeepError, Keeper};
use super::key_value::KeyValue;
use super::recovery::{Damage, Recovered, Why};
use crate::annotation::{AnnotationSet, Document, Op};

/// After how many steps a snapshot is worth its writing.
pub const SNAPSHOT_EVERY: usize = 100;

/// Writes the steps of one article. Held by the tab that may write; nobody else appends.
///
/// Steps that could not be written wait here in order and are tried again with the next one, so that a full
/// store never makes a gap: what is acknowledged is always the work up to some step.
#[derive(Debug, Clone)]
pub struct Journal {
    base: AnnotationSet,
    rev: u64,
    waiting: VecDeque<Op>,
    since_snapshot: usize,
    is_sound: bool,
    is_newer: bool,
    damage: Vec<Damage>,
}

impl Journal {
    /// Goes on from what was recovered.
    pub fn new(recovered: &Recovered) -> Self {
        Self {
            base: recovered.base.clone(),
            rev: recovered.rev,
            waiting: VecDeque::new(),
            since_snapshot: recovered.replayed,
            is_sound: recovered.is_sound,
            is_newer: recovered.is_newer,
            damage: recovered.damage.clone(),
        }
    }

    /// The last acknowledged step.
    pub fn rev(&self) -> u64 {
        self.rev
    }

    /// Steps that are done on the page and not kept yet.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Whether a snapshot is due: when the page is idle, or at the latest when the article is left.
    pub fn wants_snapshot(&self) -> bool {
        self.since_snapshot >= SNAPSHOT_EVERY
    }

    /// Journals the step `op`, which has just made `document` what it is. Ok: it and all before it are
    /// acknowledged.
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
        self.flush(keeper, document)
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
            self.compact(keeper, document)?;
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

    /// Writes a snapshot of `document`, with all that waits, and clears away what it makes superfluous.
    ///
    /// # Errors
    /// [`KeepError`]; what was kept before is then still kept.
    pub fn compact<K: KeyValue>(&mut self, keeper: &Keeper<K>, document: &Document) -> Result<(), KeepError> {
        if self.is_newer {
            return Err(KeepError::Newer);
        }
        let rev = self.rev.saturating_add(self.waiting.len() as u64);
        keeper.compact(&self.base, document, self.rev, rev)?;
        self.rev = rev;
        self.waiting.clear();
        self.since_snapshot = 0;
        self.is_sound = true;
        Ok(())
    }

    /// After damage: sets aside what cannot be used and writes a snapshot of what was saved, so that the next
    /// opening finds everything whole. Does nothing when nothing is damaged.
    ///
    /// # Errors
    /// [`KeepError`] when there is no room for it; the work can go on, and it is tried again with the next step.
    pub fn mend<K: KeyValue>(&mut self, keeper: &Keeper<K>, document: &Document) -> Result<(), KeepError> {
        if self.is_newer {
            return Err(KeepError::Newer);
        }
        if self.damage.is_empty() {
            return Ok(());
        }
        for damage in &self.damage {
            if matches!(damage.why, Why::Damaged | Why::Misfit) {
                keeper.set_aside(&damage.key)?;
            }
        }
        self.compact(keeper, document)?;
        self.damage.clear();
        Ok(())
    }
}
