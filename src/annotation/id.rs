//! Ids and times, which come in from outside.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

/// Names one annotation, party or coder. Any string: files from elsewhere keep theirs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id(Rc<str>);

impl Id {
    /// The id that reads `text`.
    pub fn new(text: impl Into<Rc<str>>) -> Self {
        Self(text.into())
    }

    /// The id as it stands in files.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Id {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

/// Who does something and when, with a source of fresh ids.
///
/// `seed` must be new each time (the page takes it from `getRandomValues`): the ids of one edit are the seed
/// with a running number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub coder: Id,
    seed: Rc<str>,
    taken: u32,
}

impl Stamp {
    /// A stamp whose ids begin with `seed`.
    pub fn new(at: Timestamp, coder: Id, seed: impl Into<Rc<str>>) -> Self {
        Self { at, coder, seed: seed.into(), taken: 0 }
    }

    /// The next fresh id.
    pub fn fresh_id(&mut self) -> Id {
        let number = self.taken;
        self.taken += 1;
        if number == 0 { Id(self.seed.clone()) } else { Id::new(format!("{}-{number}", self.seed)) }
    }
}
