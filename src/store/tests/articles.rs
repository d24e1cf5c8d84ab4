//! The list of articles, and what is kept beside the work.

use super::*;
use crate::annotation::Timestamp;
use crate::text::ArticleId;

fn head(id: &str, order: i64) -> Head {
    let mut head = Head::new(&document(), Timestamp(order));
    head.id = ArticleId::of_hash(id);
    head.order = order;
    head
}

#[test]
fn the_list_comes_back_in_its_order_with_unknown_fields() {
    let keeper = Keeper::new(MemoryStorage::new());
    let mut second = head("bb", 2);
    second.extra.insert("later".into(), serde_json::json!([1]));
    for head in [&second, &head("cc", 1), &head("aa", 3)] {
        keeper.save_head(head).unwrap();
    }
    let (heads, damage) = keeper.list_articles().unwrap();
    assert_eq!(heads.iter().map(|head| head.id.as_str()).collect::<Vec<_>>(), ["cc", "bb", "aa"]);
    assert_eq!(heads[1], second);
    assert_eq!(damage, []);
    assert_eq!(heads[1].counted, 5, "the heading does not count");
}

#[test]
fn an_article_whose_head_is_lost_is_still_listed() {
    let mut tab = Tab::new();
    tab.tag(1);
    let id = tab.document.article.id.clone();
    let (heads, damage) = tab.keeper.list_articles().unwrap();
    assert_eq!(heads.iter().map(|head| &head.id).collect::<Vec<_>>(), [&id]);
    assert_eq!(damage.iter().map(|damage| &damage.why).collect::<Vec<_>>(), [&Why::Missing]);

    let key = Place::Head(id).key().unwrap();
    tab.storage.set(&key, "1 00 {}").unwrap();
    let (mut heads, damage) = tab.keeper.list_articles().unwrap();
    assert_eq!(damage.iter().map(|damage| &damage.why).collect::<Vec<_>>(), [&Why::Damaged]);
    assert!(heads[0].refresh(&tab.document));
    tab.keeper.save_head(&heads[0]).unwrap();
    assert_eq!(tab.keeper.list_articles().unwrap(), (heads, vec![]));
    assert_eq!(tab.keeper.asides().unwrap()[0].1, "1 00 {}", "the damaged head is set aside");
}

#[test]
fn a_removed_article_leaves_nothing_behind_also_when_removing_was_cut_short() {
    for good in 0..8 {
        let mut tab = Tab::new();
        let id = tab.document.article.id.clone();
        let texts = MemoryTexts::default();
        now(texts.put(&id, "text")).unwrap();
        tab.keeper.save_head(&Head::new(&tab.document, Timestamp(1))).unwrap();
        tab.keeper.save_view(&id, &View { current: 9, ..View::default() }).unwrap();
        tab.tag(1);
        tab.tag(2);
        tab.compact().unwrap();
        tab.send().unwrap();
        tab.keeper.save("coder", &"me").unwrap();
        tab.storage.fail_after(good, Fault::Stop);
        let is_removed = now(remove_article(&tab.keeper, &texts, &tab.disk, &id));
        let keeper = Keeper::new(tab.storage.reopen());
        let listed = keeper.list_articles().unwrap().0.len();
        assert_eq!(listed, usize::from(good < 2), "after {good} writes: {is_removed:?}");
        now(finish_removals(&keeper, &texts, &tab.disk));
        if good >= 2 {
            assert_eq!(keeper.storage().keys(PREFIX).unwrap(), ["readout/coder"], "{good} {is_removed:?}");
            assert_eq!(now(texts.ids()).unwrap(), []);
            assert!(tab.disk.is_empty());
        }
        assert_eq!(now(lost_articles(&keeper, &texts)).unwrap(), []);
    }
}

#[test]
fn an_article_removed_while_the_step_store_is_away_does_not_come_back_and_goes_for_good_later() {
    let mut tab = Tab::new();
    let id = tab.document.article.id.clone();
    let texts = MemoryTexts::default();
    now(texts.put(&id, "text")).unwrap();
    tab.keeper.save_head(&Head::new(&tab.document, Timestamp(1))).unwrap();
    tab.tag(1);
    tab.send().unwrap();
    tab.disk.refuse(Some(StorageError::Blocked));
    assert_eq!(now(remove_article(&tab.keeper, &texts, &tab.disk, &id)), Ok(false));
    now(texts.put(&id, "text")).unwrap();
    assert_eq!(tab.keeper.list_articles().unwrap(), (vec![], vec![]));
    assert_eq!(tab.keeper.head(&id), None);
    assert_eq!(now(lost_articles(&tab.keeper, &texts)).unwrap(), []);
    tab.disk.refuse(None);
    now(finish_removals(&tab.keeper, &texts, &tab.disk));
    assert!(tab.disk.is_empty() && tab.storage.keys(PREFIX).unwrap().is_empty());
}

#[test]
fn an_article_can_be_removed_when_local_storage_is_full() {
    let mut tab = Tab::new();
    let id = tab.document.article.id.clone();
    tab.tag(1);
    tab.send().unwrap();
    tab.storage.set_room(Some(tab.storage.used()));
    assert_eq!(now(remove_article(&tab.keeper, &MemoryTexts::default(), &tab.disk, &id)), Ok(true));
    assert!(tab.disk.is_empty() && tab.storage.used() == 0);
}

#[test]
fn an_article_whose_head_never_reached_the_disk_is_found_by_its_text() {
    let tab = Tab::new();
    let id = tab.document.article.id.clone();
    let texts = MemoryTexts::default();
    now(texts.put(&id, &encode_base(&document()))).unwrap();
    assert_eq!(now(lost_articles(&tab.keeper, &texts)).unwrap(), [id]);
    tab.keeper.save_head(&Head::new(&tab.document, Timestamp(1))).unwrap();
    assert_eq!(now(lost_articles(&tab.keeper, &texts)).unwrap(), []);
}

#[test]
fn making_room_frees_what_is_kept_twice_and_loses_nothing() {
    let mut tab = Tab::new();
    tab.keeper.save_head(&Head::new(&tab.document, Timestamp(1))).unwrap();
    for index in [1, 2, 3] {
        tab.tag(index);
        tab.compact().unwrap();
    }
    tab.tag(4);
    let id = tab.document.article.id.clone();
    assert_eq!(tab.keeper.make_room(&[id]), Ok(0), "an open article is left alone");
    let before = tab.storage.used();
    let freed = tab.keeper.make_room(&[]).unwrap();
    assert!(freed > 1_000);
    assert_eq!(tab.storage.used(), before - freed);
    assert_same(&tab.recover().document, &tab.document);
    assert_eq!(tab.recover().damage, []);
}

#[test]
fn settings_and_views_come_back_and_damage_to_them_is_harmless() {
    let keeper = Keeper::new(MemoryStorage::new());
    let id = ArticleId::of_hash("aa");
    assert_eq!(keeper.view(&id), View::default());
    let view = View { current: 7, top: 3, top_px: -12 };
    keeper.save_view(&id, &view).unwrap();
    assert_eq!(keeper.view(&id), view);
    keeper.save("settings", &vec![1, 2]).unwrap();
    assert_eq!(keeper.load::<Vec<i32>>("settings"), Some(vec![1, 2]));
    keeper.storage().set("readout/settings", "1 ff [1,2]").unwrap();
    assert_eq!(keeper.load::<Vec<i32>>("settings"), None);
    assert_eq!(keeper.list_articles().unwrap(), (vec![], vec![]));
}
