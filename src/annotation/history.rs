//! What was done and can be undone, per article.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::edit::Edit;

/// Edits that can be undone and redone.
///
/// Limits: the last [`History::DEPTH`] edits; one line of history, so a new edit forgets what was undone.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct History {
    done: Vec<Rc<Edit>>,
    undone: Vec<Rc<Edit>>,
}

impl History {
    /// How many edits can be undone.
    pub const DEPTH: usize = 200;

    /// The edit that undo would take back.
    pub fn last_done(&self) -> Option<&Rc<Edit>> {
        self.done.last()
    }

    /// The edit that redo would do again.
    pub fn last_undone(&self) -> Option<&Rc<Edit>> {
        self.undone.last()
    }

    pub(super) fn push(&mut self, edit: Rc<Edit>) {
        self.undone.clear();
        self.done.push(edit);
        if self.done.len() > Self::DEPTH {
            self.done.remove(0);
        }
    }

    pub(super) fn undo(&mut self) {
        self.undone.extend(self.done.pop());
    }

    pub(super) fn redo(&mut self) {
        self.done.extend(self.undone.pop());
    }
}
