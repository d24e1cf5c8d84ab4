//! What of an article's work lies in the step store, and what is on its way there.

use std::collections::VecDeque;

use super::step_store::Batch;

/// The journal's knowledge of the step store.
#[derive(Debug, Clone, Default)]
pub(super) struct Second {
    /// Whether the store may be written: not when it could not be read.
    pub(super) is_on: bool,
    /// The last step that the store gives by itself.
    pub(super) rev: u64,
    /// The last step that anything in it belongs to.
    pub(super) over: u64,
    /// Steps in it since its snapshot.
    pub(super) since_snapshot: usize,
    /// Whether further steps are of use only behind a new snapshot.
    pub(super) needs_snapshot: bool,
    /// Steps that it does not have yet, with their numbers, sealed.
    queue: VecDeque<(u64, String)>,
    /// Whether a batch is on its way.
    is_sending: bool,
    /// Whether the last batch was refused: what waits is tried again with the next step.
    has_failed: bool,
}

impl Second {
    /// Takes the next step.
    pub(super) fn push(&mut self, rev: u64, sealed: String) {
        if self.is_on {
            self.queue.push_back((rev, sealed));
        }
    }

    /// What is to be written next; `snapshot` makes one of the document, with its number. None while a batch is on
    /// its way, or when there is nothing to write.
    pub(super) fn next(&mut self, snapshot: impl FnOnce() -> Option<(u64, String)>) -> Option<Batch> {
        if !self.is_on || self.is_sending {
            return None;
        }
        let batch = if self.needs_snapshot {
            let Some((rev, sealed)) = snapshot() else {
                self.has_failed = true;
                return None;
            };
            Batch::Snapshot { rev, sealed, over: self.over }
        } else if self.queue.is_empty() {
            return None;
        } else {
            Batch::Steps(self.queue.iter().cloned().collect())
        };
        self.is_sending = true;
        Some(batch)
    }

    /// The batch has been written, or not.
    pub(super) fn sent(&mut self, batch: &Batch, is_written: bool) {
        self.is_sending = false;
        self.has_failed = !is_written;
        if !is_written {
            return;
        }
        match batch {
            Batch::Steps(steps) => {
                self.rev = steps.last().map_or(self.rev, |(rev, _)| *rev);
                self.since_snapshot += steps.len();
            }
            Batch::Snapshot { rev, .. } => {
                self.rev = *rev;
                self.since_snapshot = 0;
                self.needs_snapshot = false;
            }
        }
        self.over = self.over.max(self.rev);
        while self.queue.front().is_some_and(|(rev, _)| *rev <= self.rev) {
            self.queue.pop_front();
        }
    }

    /// The batch on its way has not been answered for long.
    pub(super) fn late(&mut self) {
        self.has_failed |= self.is_sending;
    }

    /// Whether it will have step `rev` soon.
    pub(super) fn expects(&self, rev: u64) -> bool {
        self.is_on && !self.has_failed && self.rev < rev
    }
}
