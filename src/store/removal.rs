//! Articles that go, and articles whose head was lost: what concerns all three stores at once.

use super::keeper::{KeepError, Keeper};
use super::key_value::{KeyValue, StorageError};
use super::step_store::StepStore;
use super::text_store::TextStore;
use crate::text::ArticleId;

/// Deletes an article from every store. Answers whether nothing is left of it; otherwise it is not listed any more,
/// and [`finish_removals`] takes the rest away when the stores can be written again. Cut short, the same.
///
/// # Errors
/// [`KeepError`] when the head could not be marked: then nothing was removed.
pub async fn remove_article<K: KeyValue>(
    keeper: &Keeper<K>,
    texts: &impl TextStore,
    steps: &impl StepStore,
    id: &ArticleId,
) -> Result<bool, KeepError> {
    keeper.delete_article(id)?;
    let is_gone = steps.remove(id).await.is_ok() & texts.remove(id).await.is_ok();
    Ok(is_gone && keeper.bury_article(id).is_ok())
}

/// Finishes what [`remove_article`] could not.
pub async fn finish_removals<K: KeyValue>(
    keeper: &Keeper<K>,
    texts: &impl TextStore,
    steps: &impl StepStore,
) {
    for id in keeper.deleted_articles().unwrap_or_default() {
        // What cannot go now goes the next time.
        let _ = remove_article(keeper, texts, steps, &id).await;
    }
}

/// The articles whose text is kept and that have no head, nor one that says they are being deleted: local storage
/// lost it, or was cleared.
///
/// # Errors
/// [`StorageError`] when a store cannot be read.
pub async fn lost_articles<K: KeyValue>(
    keeper: &Keeper<K>,
    texts: &impl TextStore,
) -> Result<Vec<ArticleId>, StorageError> {
    // Local storage first: an article is removed there first and marked until all else is gone.
    let listed = keeper.known_articles()?;
    let ids = texts.ids().await?;
    Ok(ids.into_iter().filter(|id| listed.binary_search(id).is_err()).collect())
}
