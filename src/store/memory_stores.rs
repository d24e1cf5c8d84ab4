//! Texts and steps in memory: for tests, and for the page when the browser blocks its own.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::keeper::KeepError;
use super::key_value::StorageError;
use super::step_store::{Batch, Record, StepStore};
use super::text_store::TextStore;
use crate::text::ArticleId;

/// A [`TextStore`] in memory. Clones share what they hold.
#[derive(Debug, Clone, Default)]
pub struct MemoryTexts(Rc<RefCell<BTreeMap<ArticleId, String>>>);

impl TextStore for MemoryTexts {
    async fn get(&self, id: &ArticleId) -> Result<Option<String>, StorageError> {
        Ok(self.0.borrow().get(id).cloned())
    }

    async fn put(&self, id: &ArticleId, kept: &str) -> Result<(), StorageError> {
        self.0.borrow_mut().insert(id.clone(), kept.into());
        Ok(())
    }

    async fn remove(&self, id: &ArticleId) -> Result<(), StorageError> {
        self.0.borrow_mut().remove(id);
        Ok(())
    }

    async fn ids(&self) -> Result<Vec<ArticleId>, StorageError> {
        Ok(self.0.borrow().keys().cloned().collect())
    }
}

/// A [`StepStore`] in memory. Clones share what they hold.
#[derive(Debug, Clone, Default)]
pub struct MemorySteps(Rc<RefCell<Steps>>);

#[derive(Debug, Default)]
struct Steps {
    /// By article, number, and whether it is a snapshot.
    values: BTreeMap<(ArticleId, u64, bool), String>,
    refusal: Option<StorageError>,
}

impl MemorySteps {
    /// Refuses to read and write from now on, with this error; `None`: works again. Answers what it was before.
    pub fn refuse(&self, refusal: Option<StorageError>) -> Option<StorageError> {
        std::mem::replace(&mut self.0.borrow_mut().refusal, refusal)
    }

    /// How many steps and snapshots it holds.
    pub fn len(&self) -> usize {
        self.0.borrow().values.len()
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn check(&self) -> Result<(), StorageError> {
        self.0.borrow().refusal.clone().map_or(Ok(()), Err)
    }
}

impl StepStore for MemorySteps {
    async fn read(&self, id: &ArticleId) -> Result<Vec<Record>, StorageError> {
        self.check()?;
        let steps = self.0.borrow();
        let mine = steps.values.iter().filter(|((article, ..), _)| article == id);
        Ok(mine
            .map(|((_, rev, is_snapshot), sealed)| Record {
                rev: *rev,
                is_snapshot: *is_snapshot,
                sealed: sealed.clone(),
            })
            .collect())
    }

    async fn write(&self, id: &ArticleId, batch: &Batch) -> Result<(), KeepError> {
        self.check()?;
        let values = &mut self.0.borrow_mut().values;
        match batch {
            Batch::Steps(steps) => {
                let is_there = |rev: u64| values.contains_key(&(id.clone(), rev, false));
                if let Some((rev, _)) = steps.iter().find(|(rev, _)| is_there(*rev)) {
                    return Err(KeepError::Taken { rev: *rev });
                }
                for (rev, sealed) in steps {
                    values.insert((id.clone(), *rev, false), sealed.clone());
                }
            }
            Batch::Snapshot { rev, sealed, over } => {
                values.retain(|(article, it, _), _| article != id || it > over);
                values.insert((id.clone(), *rev, true), sealed.clone());
            }
        }
        Ok(())
    }

    async fn remove(&self, id: &ArticleId) -> Result<(), StorageError> {
        self.check()?;
        self.0.borrow_mut().values.retain(|(article, ..), _| article != id);
        Ok(())
    }
}
