//! What is kept comes back: helpers for the tests beside this file.

mod articles;
mod base;
mod damage;
mod sessions;

use std::rc::Rc;

use super::*;
use crate::annotation::tests::{ask, document};
use crate::annotation::{Document, Op, commands};

/// A tab that writes the test article.
struct Tab {
    storage: MemoryStorage,
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

    fn open(storage: MemoryStorage, steps: Vec<Op>) -> Self {
        let keeper = Keeper::new(storage.clone());
        let recovered = keeper.recover(&document());
        let journal = Journal::new(&recovered);
        Self { storage, keeper, document: recovered.document, journal, steps }
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
        self.keeper.recover(&document())
    }
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
