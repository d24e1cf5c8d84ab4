//! Reads and writes everything that is kept under small keys.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::head::{Head, View};
use super::key_value::{KeyValue, StorageError};
use super::keys::{
    PREFIX, Place, article_prefix, articles_prefix, aside_key, aside_prefix, entry_key, head_key,
    snapshot_key, view_key,
};
use super::recovery::{Damage, Why};
use super::seal::{Broken, seal, unseal};
use super::snapshot::Snapshot;
use crate::annotation::{AnnotationSet, Document, Op};
use crate::text::ArticleId;

/// Why something was not kept. What stood there before still stands.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeepError {
    /// The store refused.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// Somebody else has written this step of work: another tab that is also writing.
    #[error("step {rev} of the work was written elsewhere")]
    Taken {
        /// The step.
        rev: u64,
    },
    /// The store said yes, but what it gives back is not what was written.
    #[error("storage did not keep what was written")]
    NotKept,
    /// A newer build of Readout has worked on it; this one must not.
    #[error("a newer version has worked on this article")]
    Newer,
}

/// Reads and writes heads, steps of work, snapshots, views and settings.
#[derive(Debug, Clone)]
pub struct Keeper<K> {
    kv: K,
}

/// An article that there is a key for, and its head.
type FoundHead = (ArticleId, Result<Head, Why>);

/// The steps and snapshots of one article that there are keys for, in order.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    pub(super) snapshots: Vec<u64>,
    pub(super) entries: Vec<u64>,
    pub(super) unknown: Vec<String>,
}

impl<K: KeyValue> Keeper<K> {
    /// Keeps everything in `kv`.
    pub fn new(kv: K) -> Self {
        Self { kv }
    }

    /// Where it is kept.
    pub fn storage(&self) -> &K {
        &self.kv
    }

    /// Heads of all articles, in order of the list, and what could not be read.
    ///
    /// An article whose head is lost, but whose work is there, is listed without a title. One that is being deleted
    /// is not listed.
    ///
    /// # Errors
    /// [`StorageError`] when the store cannot be read at all.
    pub fn list_articles(&self) -> Result<(Vec<Head>, Vec<Damage>), StorageError> {
        let mut heads = Vec::new();
        let mut damage = Vec::new();
        for (id, head) in self.heads()? {
            match head {
                Ok(head) if head.deleted => {}
                Ok(head) => heads.push(Head { id, ..head }),
                Err(why) => {
                    damage.push(Damage { key: head_key(&id), article: Some(id.clone()), why });
                    heads.push(Head::lost(id));
                }
            }
        }
        heads.sort_by_key(|head| (head.order, head.added));
        Ok((heads, damage))
    }

    /// All articles that there is a key for, those that are being deleted among them; in order of their ids.
    pub(super) fn known_articles(&self) -> Result<Vec<ArticleId>, StorageError> {
        Ok(self.heads()?.into_iter().map(|(id, _)| id).collect())
    }

    /// The articles whose deletion is not finished.
    ///
    /// # Errors
    /// [`StorageError`] when the store cannot be read at all.
    pub(super) fn deleted_articles(&self) -> Result<Vec<ArticleId>, StorageError> {
        let deleted = |(id, head): FoundHead| head.is_ok_and(|it| it.deleted).then_some(id);
        Ok(self.heads()?.into_iter().filter_map(deleted).collect())
    }

    fn heads(&self) -> Result<Vec<FoundHead>, StorageError> {
        let mut articles: BTreeMap<ArticleId, bool> = BTreeMap::new();
        for key in self.kv.keys(articles_prefix())? {
            if let Some(id) = Place::of(&key).article() {
                *articles.entry(id.clone()).or_default() |= matches!(Place::of(&key), Place::Head(_));
            }
        }
        let read = |(id, has_head): (ArticleId, bool)| {
            let head = if has_head { self.read::<Head>(&head_key(&id)) } else { Err(Why::Missing) };
            (id, head)
        };
        Ok(articles.into_iter().map(read).collect())
    }

    /// The head of one article, if there is a whole one and it is not being deleted.
    pub fn head(&self, id: &ArticleId) -> Option<Head> {
        self.read::<Head>(&head_key(id)).ok().filter(|head| !head.deleted)
    }

    /// Whether the deletion of an article is not finished.
    pub fn is_deleted(&self, id: &ArticleId) -> bool {
        self.read::<Head>(&head_key(id)).is_ok_and(|head| head.deleted)
    }

    /// Writes a head over the one before. One that cannot be read is set aside first.
    ///
    /// # Errors
    /// [`KeepError`] when it was not written.
    pub fn save_head(&self, head: &Head) -> Result<(), KeepError> {
        let key = head_key(&head.id);
        match self.read::<Head>(&key) {
            Ok(before) if before == *head => return Ok(()),
            Err(Why::Newer) => return Err(KeepError::Newer),
            Err(Why::Damaged) => self.set_aside(&key)?,
            _ => {}
        }
        self.write(&key, head)
    }

    /// Journals step `rev` of an article: one key, whatever the size of article and project.
    ///
    /// Doing it again with the same step changes nothing. When this has returned, the step is acknowledged.
    ///
    /// # Errors
    /// [`KeepError::Taken`] when another step stands under this number; the store is then unchanged. Otherwise
    /// [`KeepError::Storage`] or [`KeepError::NotKept`].
    pub fn append(&self, id: &ArticleId, rev: u64, op: &Op) -> Result<(), KeepError> {
        let key = entry_key(id, rev);
        let sealed = Self::sealed_step(id, rev, op)?;
        if let Some(found) = self.kv.get(&key)? {
            if found == sealed {
                return Ok(());
            }
            match unseal(&key, &found) {
                Ok(_) => return Err(KeepError::Taken { rev }),
                Err(Broken::Newer) => return Err(KeepError::Newer),
                Err(Broken::Damaged) => self.set_aside(&key)?,
            }
        }
        self.write_sealed(&key, &sealed)
    }

    /// Step `rev` of an article as it is kept, in local storage and in the step store.
    ///
    /// # Errors
    /// [`KeepError::Storage`] when it cannot be written as JSON.
    pub fn sealed_step(id: &ArticleId, rev: u64, op: &Op) -> Result<String, KeepError> {
        Ok(seal(&entry_key(id, rev), &to_json(op)?))
    }

    /// The step that another tab's storage event brought, with its article and number.
    pub fn read_event(key: &str, value: &str) -> Option<(ArticleId, u64, Op)> {
        let Place::Entry(id, rev) = Place::of(key) else { return None };
        let op = serde_json::from_str(unseal(key, value).ok()?).ok()?;
        Some((id, rev, op))
    }

    /// Writes the snapshot of `document` after step `rev`, reads it back, and only then removes what it and the
    /// snapshot before it make superfluous. The snapshot before and the steps since then stay, so that no single
    /// damaged key loses anything.
    ///
    /// `base` is the set that the document began with; `known` the last step that the caller knows of.
    pub(super) fn compact(
        &self,
        base: &AnnotationSet,
        document: &Document,
        known: u64,
        rev: u64,
    ) -> Result<(), KeepError> {
        let id = &document.article.id;
        let numbers = self.numbers(id)?;
        let later = |numbers: &[u64], key: fn(&ArticleId, u64) -> String| {
            let mut later = numbers.iter().copied().filter(|&number| number > known);
            later.find(|&number| !matches!(self.unsealed(&key(id, number)), Err(Why::Damaged | Why::Missing)))
        };
        let key = snapshot_key(id, rev);
        let sealed = sealed_snapshot(base, document, rev)?;
        let is_there = self.kv.get(&key)?;
        if is_there.as_ref() != Some(&sealed) {
            if let Some(rev) = later(&numbers.entries, entry_key).or(later(&numbers.snapshots, snapshot_key))
            {
                return Err(KeepError::Taken { rev });
            }
            if is_there.is_some() {
                self.set_aside(&key)?;
            }
            self.write_sealed(&key, &sealed)?;
        }
        let whole = |&number: &u64| number < rev && self.unsealed(&snapshot_key(id, number)).is_ok();
        let before = numbers.snapshots.iter().rev().copied().find(whole).unwrap_or(0);
        self.forget(id, &numbers, before);
        Ok(())
    }

    /// Removes snapshots before step `rev` and the steps up to it. What cannot be read is set aside instead. What
    /// cannot go now goes the next time.
    fn forget(&self, id: &ArticleId, numbers: &Numbers, rev: u64) {
        let snapshots = numbers.snapshots.iter().filter(|&&it| it < rev).map(|&it| snapshot_key(id, it));
        let entries = numbers.entries.iter().filter(|&&it| it <= rev).map(|&it| entry_key(id, it));
        for key in snapshots.chain(entries) {
            let _ = match self.unsealed(&key) {
                Ok(_) => self.kv.remove(&key),
                Err(Why::Damaged) => self.set_aside(&key),
                Err(_) => Ok(()),
            };
        }
    }

    /// Frees room: of every article but the `busy` ones (those open in any tab) only the newest whole snapshot
    /// and the steps after it stay. Answers how many bytes of keys and values went.
    ///
    /// # Errors
    /// [`StorageError`] when the store cannot be read at all.
    pub fn make_room(&self, busy: &[ArticleId]) -> Result<usize, StorageError> {
        let size = |kv: &K, key: &str| kv.get(key).ok().flatten().map_or(0, |value| key.len() + value.len());
        let mut freed = 0;
        for head in self.list_articles()?.0.into_iter().filter(|head| !busy.contains(&head.id)) {
            let numbers = self.numbers(&head.id)?;
            let is_whole = |rev: &&u64| self.read::<Snapshot>(&snapshot_key(&head.id, **rev)).is_ok();
            let Some(&newest) = numbers.snapshots.iter().rev().find(is_whole) else { continue };
            let keys = self.kv.keys(&article_prefix(&head.id))?;
            let total = || keys.iter().map(|key| size(&self.kv, key)).sum::<usize>();
            let before = total();
            self.forget(&head.id, &numbers, newest);
            freed += before.saturating_sub(total());
        }
        Ok(freed)
    }

    /// Deletes everything about an article but what was set aside, and its head, which says from then on that it is
    /// being deleted: [`Keeper::bury_article`] ends it once the other stores have forgotten it too.
    ///
    /// # Errors
    /// [`KeepError`] when the store refuses.
    pub(super) fn delete_article(&self, id: &ArticleId) -> Result<(), KeepError> {
        let head = head_key(id);
        // Where the reader was is the first to go: it may make the room for the head in a full store.
        self.kv.remove(&view_key(id))?;
        let mark = Head { deleted: true, ..Head::lost(id.clone()) };
        let is_full = match self.write(&head, &mark) {
            Err(KeepError::Storage(StorageError::Full)) => true,
            marked => marked.map(|()| false)?,
        };
        for key in self.kv.keys(&article_prefix(id))?.into_iter().filter(|key| *key != head) {
            self.kv.remove(&key)?;
        }
        if is_full {
            // Now there may be room. If not, the other stores forget it all the same.
            let _ = self.write(&head, &mark);
        }
        Ok(())
    }

    /// Removes the head of a deleted article.
    pub(super) fn bury_article(&self, id: &ArticleId) -> Result<(), KeepError> {
        Ok(self.kv.remove(&head_key(id))?)
    }

    /// Where the reader was in an article; the start when that is not known.
    pub fn view(&self, id: &ArticleId) -> View {
        self.read(&view_key(id)).unwrap_or_default()
    }

    /// Remembers where the reader is.
    ///
    /// # Errors
    /// [`KeepError`] when it was not written; nothing is lost by that.
    pub fn save_view(&self, id: &ArticleId, view: &View) -> Result<(), KeepError> {
        self.write(&view_key(id), view)
    }

    /// The value saved under `name`: `settings`, `coder`. None when there is none that can be read.
    pub fn load<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        self.read(&format!("{PREFIX}{name}")).ok()
    }

    /// Saves a small value under `readout/<name>`; the name must not begin with `article/`, `view/`, `text/` or
    /// `aside/`.
    ///
    /// # Errors
    /// [`KeepError`] when it was not written.
    pub fn save<T: Serialize>(&self, name: &str, value: &T) -> Result<(), KeepError> {
        self.write(&format!("{PREFIX}{name}"), value)
    }

    /// What was set aside: key and value, as they were found.
    ///
    /// # Errors
    /// [`StorageError`] when the store cannot be read.
    pub fn asides(&self) -> Result<Vec<(String, String)>, StorageError> {
        let mut asides = Vec::new();
        for key in self.kv.keys(aside_prefix())? {
            asides.extend(self.kv.get(&key)?.map(|value| (key, value)));
        }
        Ok(asides)
    }

    /// Moves what cannot be read out of the way; it is copied before it is removed.
    pub(super) fn set_aside(&self, key: &str) -> Result<(), StorageError> {
        let Some(value) = self.kv.get(key)? else { return Ok(()) };
        self.put_aside(key, &value)?;
        self.kv.remove(key)
    }

    /// Keeps a value that cannot be used, under a name that is free.
    pub(super) fn put_aside(&self, key: &str, value: &str) -> Result<(), StorageError> {
        for n in 0.. {
            let aside = aside_key(key, n);
            match self.kv.get(&aside)? {
                Some(other) if other != value => continue,
                Some(_) => {}
                None => self.kv.set(&aside, value)?,
            }
            break;
        }
        Ok(())
    }

    /// Numbers of an article's snapshots and steps, in order.
    pub(super) fn numbers(&self, id: &ArticleId) -> Result<Numbers, StorageError> {
        let mut numbers = Numbers::default();
        for key in self.kv.keys(&article_prefix(id))? {
            match Place::of(&key) {
                Place::Snapshot(_, rev) => numbers.snapshots.push(rev),
                Place::Entry(_, rev) => numbers.entries.push(rev),
                Place::Head(_) => {}
                Place::Unknown(_) | Place::Other => numbers.unknown.push(key),
            }
        }
        numbers.snapshots.sort_unstable();
        numbers.entries.sort_unstable();
        Ok(numbers)
    }

    pub(super) fn unsealed(&self, key: &str) -> Result<String, Why> {
        let sealed = self.kv.get(key).map_err(Why::Unreadable)?.ok_or(Why::Missing)?;
        unseal(key, &sealed).map(str::to_owned).map_err(|broken| match broken {
            Broken::Damaged => Why::Damaged,
            Broken::Newer => Why::Newer,
        })
    }

    pub(super) fn read<T: DeserializeOwned>(&self, key: &str) -> Result<T, Why> {
        serde_json::from_str(&self.unsealed(key)?).map_err(|_| Why::Damaged)
    }

    fn write<T: Serialize>(&self, key: &str, value: &T) -> Result<(), KeepError> {
        self.write_sealed(key, &seal(key, &to_json(value)?))
    }

    fn write_sealed(&self, key: &str, sealed: &str) -> Result<(), KeepError> {
        self.kv.set(key, sealed)?;
        if self.kv.get(key)?.as_deref() == Some(sealed) { Ok(()) } else { Err(KeepError::NotKept) }
    }
}

/// The snapshot of `document` after step `rev`, as it is kept.
pub(super) fn sealed_snapshot(
    base: &AnnotationSet,
    document: &Document,
    rev: u64,
) -> Result<String, StorageError> {
    let key = snapshot_key(&document.article.id, rev);
    Ok(seal(&key, &to_json(&Snapshot::of(base, document, rev))?))
}

fn to_json<T: Serialize>(value: &T) -> Result<String, StorageError> {
    serde_json::to_string(value).map_err(|error| StorageError::Other(error.to_string()))
}
