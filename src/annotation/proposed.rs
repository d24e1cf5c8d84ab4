//! What is suggested now: the machine's proposals as the coder's own layer scores them.
//!
//! They lie beside the annotations and are no part of the work: nothing of them is kept, undone or sent to a file
//! until somebody decides on one.

use std::collections::HashMap;
use std::rc::Rc;

use super::id::Id;
use super::model::Suggestion;

/// Open suggestions of one article, by id and by the byte that their sentence begins at.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Proposed {
    by_start: HashMap<u32, Vec<Rc<Suggestion>>>,
    by_id: HashMap<Id, Rc<Suggestion>>,
}

impl Proposed {
    /// These suggestions.
    pub fn new(suggestions: impl IntoIterator<Item = Suggestion>) -> Self {
        let mut proposed = Self::default();
        for suggestion in suggestions {
            let suggestion = Rc::new(suggestion);
            proposed.by_start.entry(suggestion.span.start).or_default().push(suggestion.clone());
            proposed.by_id.insert(suggestion.id.clone(), suggestion);
        }
        proposed
    }

    /// The suggestion with this id.
    pub fn get(&self, id: &Id) -> Option<&Rc<Suggestion>> {
        self.by_id.get(id)
    }

    /// The suggestions whose sentence begins at this byte.
    pub fn at(&self, start: u32) -> &[Rc<Suggestion>] {
        self.by_start.get(&start).map_or(&[], Vec::as_slice)
    }

    /// All of them, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &Rc<Suggestion>> {
        self.by_id.values()
    }
}
