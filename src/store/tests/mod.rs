//! What is kept comes back: helpers for the tests beside this file.

mod articles;
mod base;
mod damage;
mod sessions;
mod two_stores;

use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use super::*;
use crate::annotation::tests::{ask, document};
use crate::annotation::{Document, Op, commands};

/// A tab that writes the test article.
struct Tab {
    storage: MemoryStorage,
    disk: MemorySteps,
    /// The last step that the step store has said it has.
    on_disk: u64,
    keeper: Keeper<MemoryStorage>,
    document: Document,
    journal: Journal,
    /// Every step done on the page, since the article came in.
    steps: Vec<Op>,
}

impl Tab {
    fn new() -> Self {
        Self::open(MemoryStorage::new(), Vec::new())
    }

    /// A tab whose step store is empty.
    fn open(storage: MemoryStorage, steps: Vec<Op>) -> Self {
        Self::open_both(storage, MemorySteps::default(), steps)
    }

    fn open_both(storage: MemoryStorage, disk: MemorySteps, steps: Vec<Op>) -> Self {
        let keeper = Keeper::new(storage.clone());
        let recovered = keeper.recover(&document(), &now(Copies::read(&disk, &document().article.id)));
        let journal = Journal::new(&recovered);
        Self { storage, disk, on_disk: 0, keeper, document: recovered.document, journal, steps }
    }

    /// Has the step store write what it is to write.
    fn send(&mut self) -> Result<(), KeepError> {
        while let Some(batch) = self.journal.next_batch(&self.document) {
            let result = now(self.disk.write(&self.document.article.id, &batch));
            self.journal.sent(&batch, result.is_ok());
            result?;
            self.on_disk = match batch {
                Batch::Steps(steps) => steps.last().unwrap().0,
                Batch::Snapshot { rev, .. } => rev,
            };
        }
        Ok(())
    }

    /// The step store has its batch, and the page is gone before it hears of it.
    fn send_unheard(&mut self) {
        if let Some(batch) = self.journal.next_batch(&self.document) {
            let _ = now(self.disk.write(&self.document.article.id, &batch));
        }
    }

    fn standing(&self) -> Standing {
        self.journal.standing(&self.keeper)
    }

    fn perform(&mut self, op: Op) -> Result<u64, KeepError> {
        self.document.perform(&op).unwrap();
        self.steps.push(op.clone());
        self.journal.record(&self.keeper, &self.document, &op)
    }

    /// Does one thing drawn from numbers; nothing when there is nothing to do.
    fn do_random(&mut self, numbers: (u8, usize, usize)) -> Option<Result<u64, KeepError>> {
        let op = match numbers.0 % 16 {
            14 => Op::Undo,
            15 => Op::Redo,
            _ => Op::Do { edit: Rc::new(ask(&self.document, numbers, self.steps.len())?) },
        };
        Some(self.perform(op))
    }

    /// Puts the label on sentence `index`: a step that stands for itself.
    fn tag(&mut self, index: usize) {
        let sentence = self.document.set.outline.sentences()[index].span;
        let stamp = stamp(self.steps.len());
        let edit = commands::toggle_label(&self.document, &[sentence], &"proposal".into(), stamp);
        self.perform(Op::Do { edit: Rc::new(edit.unwrap()) }).unwrap();
    }

    fn compact(&mut self) -> Result<(), KeepError> {
        self.journal.compact(&self.keeper, &self.document)
    }

    fn recover(&self) -> Recovered {
        self.keeper.recover(&document(), &now(Copies::read(&self.disk, &self.document.article.id)))
    }
}

/// The answer of a store that never waits.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer,
        Poll::Pending => panic!("a store in memory has nothing to wait for"),
    }
}

/// A value under version 2 of the envelope, with its right checksum.
fn newer(key: &str, body: &str) -> String {
    let bytes = 2u32.to_le_bytes().into_iter().chain(format!("{key}\n{body}").into_bytes());
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    format!("2 {:016x} {body}", bytes.fold(0xcbf2_9ce4_8422_2325, mix))
}

fn stamp(turn: usize) -> crate::annotation::Stamp {
    let at = crate::annotation::Timestamp(turn as i64);
    crate::annotation::Stamp::new(at, "me".into(), format!("id{turn}"))
}

/// The document after these steps, found without any store.
fn replay(steps: &[Op]) -> Document {
    let mut replayed = document();
    for op in steps {
        replayed.perform(op).unwrap();
    }
    replayed
}

#[track_caller]
fn assert_same(found: &Document, expected: &Document) {
    let parts = |document: &Document| {
        let Document { article, engine, codebook, set, history } = document.clone();
        let counts = (set.counts().judged, set.counts().tags.values().sum::<u32>());
        let layers = (set.tags, set.judgements, set.entities, set.suggestions);
        (article, engine, codebook, layers, (set.meta, set.outline, set.parties), counts, history)
    };
    assert_eq!(parts(found), parts(expected));
}
