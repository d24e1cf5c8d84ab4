//! Sorts of features: what a tagger sees can be measured part by part.

/// Sorts of features, for measuring what each brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// The word, its form, its beginnings and endings, its neighbours.
    Words = 1,
    /// What the lists under `data/` say.
    Lists = 2,
    /// What the patterns propose.
    Patterns = 4,
    /// What stands elsewhere in the article.
    Article = 8,
    /// The run of capitals round the token: its head words and what stands before and behind it.
    Run = 16,
    /// What was drawn elsewhere in the article after a first look.
    Memory = 32,
}

/// A set of [`Group`]s.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Groups(u8);

impl Groups {
    /// Every group.
    pub const ALL: Groups = Groups(63);

    /// None of them.
    pub const NONE: Groups = Groups(0);

    /// Whether a group is in the set.
    pub fn has(self, group: Group) -> bool {
        self.0 & group as u8 != 0
    }

    /// The set with a group.
    #[must_use]
    pub const fn with(self, group: Group) -> Self {
        Self(self.0 | group as u8)
    }

    /// The set without a group.
    #[must_use]
    pub const fn without(self, group: Group) -> Self {
        Self(self.0 & !(group as u8))
    }
}
