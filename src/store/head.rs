//! What the list of articles shows, and where the reader was.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::annotation::{Document, Timestamp};
use crate::text::{ArticleId, Extra};

/// What the list of articles shows of one article, without opening it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Which article.
    pub id: ArticleId,
    /// Its title; empty when the head was lost.
    #[serde(default)]
    pub title: String,
    /// Its date, as the file had it.
    #[serde(default)]
    pub date: String,
    /// Sentences that count.
    #[serde(default)]
    pub counted: u32,
    /// Of these, how many have a tag or a judgement.
    #[serde(default)]
    pub judged: u32,
    /// Tags.
    #[serde(default)]
    pub tags: u32,
    /// When it came in.
    #[serde(default)]
    pub added: Timestamp,
    /// When it was last opened.
    #[serde(default)]
    pub opened: Timestamp,
    /// When it was last downloaded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub downloaded: Option<Timestamp>,
    /// How many steps of work that download held: with fewer than the journal has, it is out of date.
    #[serde(default)]
    pub downloaded_rev: u64,
    /// The last step of work when the head was written.
    #[serde(default)]
    pub revision: u64,
    /// Its place in the list: smaller comes first; then the one that came in later.
    #[serde(default)]
    pub order: i64,
    /// Whether it is being deleted: what is left of it goes at the next look at the list.
    #[serde(default, skip_serializing_if = "is_false")]
    pub(super) deleted: bool,
    /// Fields that this version does not know.
    #[serde(default, flatten)]
    pub extra: Extra,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

impl Head {
    /// The head of an article that comes in now.
    pub fn new(document: &Document, now: Timestamp) -> Self {
        let mut head = Self::lost(document.article.id.clone());
        head.added = now;
        head.opened = now;
        head.refresh(document);
        head
    }

    /// Takes title, date and figures from the document; says whether that changed anything.
    pub fn refresh(&mut self, document: &Document) -> bool {
        let before = self.clone();
        let counts = document.set.counts();
        self.title.clone_from(&document.set.meta.title);
        self.date.clone_from(&document.set.meta.date);
        self.counted = document.set.outline.counted();
        self.judged = counts.judged;
        self.tags = counts.tags.values().sum();
        *self != before
    }

    /// How two articles stand in the list.
    pub fn by_place(&self, other: &Self) -> Ordering {
        self.order.cmp(&other.order).then_with(|| other.added.cmp(&self.added))
    }

    /// Whether it stands before `other` in the list.
    pub fn comes_before(&self, other: &Self) -> bool {
        self.by_place(other) == Ordering::Less
    }

    /// How many tags the last download did not hold as they are now: all of them once anything was done since.
    pub fn not_downloaded(&self) -> u32 {
        if self.revision > self.downloaded_rev { self.tags } else { 0 }
    }

    /// Stands for a head that cannot be read: the work is there, title and figures come back on opening.
    pub(super) fn lost(id: ArticleId) -> Self {
        Self {
            id,
            title: String::new(),
            date: String::new(),
            counted: 0,
            judged: 0,
            tags: 0,
            added: Timestamp::default(),
            opened: Timestamp::default(),
            downloaded: None,
            downloaded_rev: 0,
            revision: 0,
            order: 0,
            deleted: false,
            extra: Extra::new(),
        }
    }
}

/// Where the reader was in an article. Losing it costs nothing, so it is not an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct View {
    /// First byte of the current sentence; stays right when sentences are cut anew.
    pub current: u32,
    /// First byte of the first sentence in the window.
    pub top: u32,
    /// How far that sentence's upper edge lies below the window's, in CSS pixels.
    pub top_px: i32,
}
