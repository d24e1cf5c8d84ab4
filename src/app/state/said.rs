//! What the page says: notices, whether work is kept, and what was last done.

use crate::annotation::What;

/// Something that the page has to say, until it is put away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Names it, so that the same thing is said once.
    pub topic: Topic,
    /// How grave it is.
    pub level: Level,
    /// What happened, what was kept, what to do.
    pub words: String,
    /// One line for each thing concerned.
    pub details: Vec<String>,
}

impl Notice {
    /// A notice without details.
    pub fn new(topic: Topic, level: Level, words: String) -> Self {
        Self { topic, level, words, details: Vec::new() }
    }
}

/// What a notice is about; it also decides which buttons it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// The work is not being kept.
    Keeping,
    /// Texts lie in a lesser place than they should.
    Texts,
    /// What was kept is damaged.
    Damage,
    /// Files were opened.
    Opening,
    /// Something was left out of files or altered.
    Altered,
    /// Opening files was stopped.
    Stopped,
    /// An article could not be opened.
    Missing,
    /// An edit did not fit.
    Conflict,
    /// Another tab writes this article.
    Follower,
    /// The weights that find names are not there.
    Weights,
    /// Nobody knows yet who annotates.
    Coder,
}

/// How grave a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Good to know.
    Info,
    /// Something needs care.
    Warning,
    /// Something failed.
    Error,
}

/// Whether work is being kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    /// Both stores take every edit, or local storage does where there is no other.
    Stored,
    /// Local storage takes no more, the database does: nothing is lost, and room is short.
    Short,
    /// Neither takes more: edits since then are in memory only.
    Full,
    /// Both are blocked: everything is in memory only.
    Blocked,
}

/// What was last done, for "Commitment added. Undo".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What.
    pub what: What,
    /// How: done, undone or done again.
    pub how: How,
    /// On how many sentences.
    pub sentences: usize,
    /// Raised by each, so that the same words are read out again.
    pub turn: u64,
}

/// How something was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// For the first time.
    Done,
    /// Taken back.
    Undone,
    /// Done again.
    Redone,
}

/// How far opening files has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// Files that were dealt with.
    pub done: usize,
    /// All files.
    pub all: usize,
    /// The one being read.
    pub name: String,
}
