//! Names of keys: what lies where in local storage.
//!
//! ```text
//! readout/article/<id>/head              what the list of articles shows
//! readout/article/<id>/snapshot/<rev>    what differs from the base after step <rev>, and the history
//! readout/article/<id>/journal/<rev>     step <rev>, from 1
//! readout/view/<id>                      where the reader was
//! readout/text/<id>                      text and base, only where IndexedDB is blocked
//! readout/settings, readout/coder, ...   see Keeper::save
//! readout/aside/<the rest of the key>/<n>  what could not be read, kept as it was
//! ```

use crate::text::ArticleId;

/// What every key begins with: other pages of the same origin keep theirs.
pub const PREFIX: &str = "readout/";

const ARTICLES: &str = "readout/article/";
const ASIDE: &str = "readout/aside/";
const TEXTS: &str = "readout/text/";

/// What lies under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The head of an article.
    Head(ArticleId),
    /// A snapshot, and after which step.
    Snapshot(ArticleId, u64),
    /// A step of work and its number.
    Entry(ArticleId, u64),
    /// Something under an article's prefix that this version does not know.
    Unknown(ArticleId),
    /// Something else: settings, views, texts, what was set aside, or not ours at all.
    Other,
}

impl Place {
    /// What lies under `key`, also as another tab's storage event names it.
    pub fn of(key: &str) -> Self {
        let Some((id, rest)) = key.strip_prefix(ARTICLES).and_then(|rest| rest.split_once('/')) else {
            return Self::Other;
        };
        let id = ArticleId::of_hash(id);
        let number = |digits: &str| {
            let number = digits.parse::<u64>().ok()?;
            // "007" would be a second name for 7.
            (number.to_string() == digits).then_some(number)
        };
        let place = match rest.split_once('/') {
            None if rest == "head" => Some(Self::Head(id.clone())),
            Some(("snapshot", rev)) => number(rev).map(|rev| Self::Snapshot(id.clone(), rev)),
            Some(("journal", rev)) => number(rev).map(|rev| Self::Entry(id.clone(), rev)),
            _ => None,
        };
        place.filter(|place| place.key().as_deref() == Some(key)).unwrap_or(Self::Unknown(id))
    }

    /// The key of this place, where it has one.
    pub fn key(&self) -> Option<String> {
        match self {
            Self::Head(id) => Some(head_key(id)),
            Self::Snapshot(id, rev) => Some(snapshot_key(id, *rev)),
            Self::Entry(id, rev) => Some(entry_key(id, *rev)),
            Self::Unknown(_) | Self::Other => None,
        }
    }

    /// The article that it belongs to.
    pub fn article(&self) -> Option<&ArticleId> {
        match self {
            Self::Head(id) | Self::Snapshot(id, _) | Self::Entry(id, _) | Self::Unknown(id) => Some(id),
            Self::Other => None,
        }
    }
}

/// Where an article's text lies when IndexedDB is blocked.
pub fn text_key(id: &ArticleId) -> String {
    format!("{TEXTS}{id}")
}

pub(super) fn text_prefix() -> &'static str {
    TEXTS
}

pub(super) fn articles_prefix() -> &'static str {
    ARTICLES
}

pub(super) fn aside_prefix() -> &'static str {
    ASIDE
}

pub(super) fn article_prefix(id: &ArticleId) -> String {
    format!("{ARTICLES}{id}/")
}

pub(super) fn head_key(id: &ArticleId) -> String {
    format!("{ARTICLES}{id}/head")
}

pub(super) fn snapshot_key(id: &ArticleId, rev: u64) -> String {
    format!("{ARTICLES}{id}/snapshot/{rev}")
}

pub(super) fn entry_key(id: &ArticleId, rev: u64) -> String {
    format!("{ARTICLES}{id}/journal/{rev}")
}

pub(super) fn view_key(id: &ArticleId) -> String {
    format!("{PREFIX}view/{id}")
}

/// The name under which the value of `key` is set aside; `n` tells several apart.
pub(super) fn aside_key(key: &str, n: u32) -> String {
    format!("{ASIDE}{}/{n}", key.strip_prefix(PREFIX).unwrap_or(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_and_its_place_name_each_other() {
        let id = ArticleId::of_hash("0123456789abcdef");
        for place in [Place::Head(id.clone()), Place::Snapshot(id.clone(), 0), Place::Entry(id, u64::MAX)] {
            assert_eq!(Place::of(&place.key().unwrap()), place);
        }
    }

    #[test]
    fn a_key_that_is_not_quite_ours_is_never_taken_for_ours() {
        let unknown = Place::Unknown(ArticleId::of_hash("ab"));
        for key in ["journal/007", "journal/-1", "journal/", "snapshot/1/2", "head/1", "", "journal/+1"] {
            assert_eq!(Place::of(&format!("readout/article/ab/{key}")), unknown, "{key}");
        }
        for key in ["readout/settings", "readout/view/ab", "readout/article/ab", "article/ab/head", "é"] {
            assert_eq!(Place::of(key), Place::Other, "{key}");
        }
    }
}
