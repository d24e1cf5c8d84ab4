//! What this tab writes: the journal of the open article, and of those that were left before all was saved.

use std::rc::Rc;

use super::Session;
use crate::annotation::Document;
use crate::browser::WriteLock;
use crate::store::{Batch, Journal, Standing};
use crate::text::ArticleId;

/// An article that this tab writes.
pub(super) struct Writing {
    /// Its journal.
    pub(super) journal: Journal,
    /// As the journal's last step left it.
    pub(super) document: Rc<Document>,
    /// The right to write it.
    lock: Option<WriteLock>,
}

impl Writing {
    pub(super) fn new(journal: Journal, document: Document) -> Self {
        Self { journal, document: Rc::new(document), lock: None }
    }

    pub(super) fn is_of(&self, id: &ArticleId) -> bool {
        self.document.article.id == *id
    }

    /// Holds the right to write for as long as this is here.
    pub(super) fn hold(&mut self, lock: WriteLock) {
        self.lock = Some(lock);
    }
}

impl Session {
    pub(super) fn standing(&self, writing: &Writing) -> Standing {
        writing.journal.standing(&self.keeper)
    }

    /// Does something with the journal of an article, open or left.
    pub(super) fn with_writing<T>(&self, id: &ArticleId, run: impl FnOnce(&mut Writing) -> T) -> Option<T> {
        let mut open = self.writing.borrow_mut();
        let mut parked = self.parked.borrow_mut();
        open.iter_mut().chain(parked.iter_mut()).find(|writing| writing.is_of(id)).map(run)
    }

    /// What the step store is to write next of an article.
    pub(super) fn next_batch(&self, id: &ArticleId) -> Option<Batch> {
        self.with_writing(id, |writing| writing.journal.next_batch(&writing.document)).flatten()
    }

    /// Whether this is the open article, and this tab writes it.
    pub(super) fn is_open(&self, id: &ArticleId) -> bool {
        self.writing.borrow().as_ref().is_some_and(|open| open.is_of(id))
    }

    /// The open article is left: what is not saved yet stays here, with the right to write it.
    pub(super) fn park(&self) {
        if let Some(writing) = self.writing.take() {
            self.leave_with(writing);
        }
    }

    /// Keeps an article that is not open until it is saved.
    pub(super) fn leave_with(&self, writing: Writing) {
        if self.standing(&writing) >= Standing::Saving {
            self.parked.borrow_mut().push(writing);
        }
    }

    /// Takes back an article that was left before all was saved.
    pub(super) fn unpark(&self, id: &ArticleId) -> Option<Writing> {
        let mut parked = self.parked.borrow_mut();
        let at = parked.iter().position(|writing| writing.is_of(id))?;
        Some(parked.swap_remove(at))
    }

    /// Lets go of the articles that were left and are saved by now.
    pub(super) fn let_go(&self) {
        self.parked.borrow_mut().retain(|parked| self.standing(parked) >= Standing::Saving);
    }

    /// An article that was left, as it is in memory.
    pub(super) fn parked_document(&self, id: &ArticleId) -> Option<Document> {
        let parked = self.parked.borrow();
        parked.iter().find(|writing| writing.is_of(id)).map(|writing| writing.document.as_ref().clone())
    }

    /// The articles that were left before all was saved.
    pub(super) fn parked_ids(&self) -> Vec<ArticleId> {
        self.parked.borrow().iter().map(|writing| writing.document.article.id.clone()).collect()
    }

    /// How things stand: the worst of the articles that this tab writes. None when it writes none.
    pub(super) fn worst(&self) -> Option<Standing> {
        let parked = self.parked.borrow();
        let open = self.writing.borrow();
        parked.iter().chain(open.as_ref()).map(|writing| self.standing(writing)).max()
    }

    /// On opening: local storage gets what only the step store has; what cannot be used is set aside.
    pub(super) fn mend(&self, writing: &mut Writing) {
        // If there is no room for it now, it is tried again with the next step.
        self.note_refusal(writing.journal.mend(&self.keeper, &writing.document));
    }

    /// Goes on from steps that the tab which wrote before could keep in no store.
    pub(super) fn take_handed(&self, writing: &mut Writing) {
        let handed = self.handed.take().filter(|(id, _)| *id == writing.document.article.id);
        let steps = handed.into_iter().flat_map(|(_, steps)| steps);
        for op in steps.map_while(|step| serde_json::from_str(&step).ok()) {
            // They were made behind what both stores have; if they do not fit now, another tab was faster.
            if Rc::make_mut(&mut writing.document).perform(&op).is_ok() {
                self.note_refusal(writing.journal.record(&self.keeper, &writing.document, &op));
            }
        }
    }
}
