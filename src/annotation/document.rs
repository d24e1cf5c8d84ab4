//! An article with its annotations and their history.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::codebook::Codebook;
use super::edit::{Conflict, Edit, Touched};
use super::history::History;
use super::set::AnnotationSet;
use crate::text::Article;

/// One step of work: the unit of the journal, of other tabs and of replay.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "op")]
pub enum Op {
    /// Do something new.
    Do {
        /// The edit.
        edit: Rc<Edit>,
    },
    /// Take the last edit back.
    Undo,
    /// Do the last undone edit again.
    Redo,
}

/// An article with its annotations and their history, cheap to clone.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The text and where it came from.
    pub article: Rc<Article>,
    /// Which version of the analysis drew sentences and names.
    pub engine: Rc<str>,
    /// The labels.
    pub codebook: Rc<Codebook>,
    /// What is annotated.
    pub set: AnnotationSet,
    /// What can be undone.
    pub history: Rc<History>,
}

impl Document {
    /// Takes one step. This is the one way to change annotations.
    ///
    /// # Errors
    /// [`Conflict`] when an edit does not fit what stands there; the document is then unchanged. Undo and redo
    /// with nothing to do change nothing.
    pub fn perform(&mut self, op: &Op) -> Result<Touched, Conflict> {
        let edit = match op {
            Op::Do { edit } => edit.clone(),
            Op::Undo => match self.history.last_done() {
                Some(edit) => Rc::new(edit.inverse()),
                None => return Ok(Touched::default()),
            },
            Op::Redo => match self.history.last_undone() {
                Some(edit) => edit.clone(),
                None => return Ok(Touched::default()),
            },
        };
        let touched = self.set.apply(&self.article.text, &edit)?;
        let history = Rc::make_mut(&mut self.history);
        match op {
            Op::Do { edit } => history.push(edit.clone()),
            Op::Undo => history.undo(),
            Op::Redo => history.redo(),
        }
        Ok(touched)
    }
}
