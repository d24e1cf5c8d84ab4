//! Local storage and the step store together: what either has comes back.

use super::*;

/// A tab whose local storage forgets when the browser is killed.
fn forgetful() -> Tab {
    let storage = MemoryStorage::new();
    storage.remember_writes();
    Tab::open(storage, Vec::new())
}

/// Ends the tab with local storage as it is now, and opens the next.
fn next(tab: Tab, storage: MemoryStorage) -> Tab {
    let mut next = Tab::open_both(storage, tab.disk, tab.steps);
    next.journal.mend(&next.keeper, &next.document).unwrap();
    next
}

#[track_caller]
fn check_whole(tab: &Tab) {
    assert_same(&tab.document, &replay(&tab.steps));
    assert_same(&tab.recover().document, &tab.document);
    assert_eq!(tab.recover().damage, []);
    assert_eq!(tab.journal.done() as usize, tab.steps.len());
}

#[test]
fn a_step_that_local_storage_lost_at_a_crash_comes_back_from_the_step_store() {
    for lost in 0..6 {
        let mut tab = forgetful();
        for index in [1, 2, 3, 4] {
            tab.tag(index);
            tab.send().unwrap();
            assert_eq!(tab.standing(), Standing::Saved);
        }
        let storage = tab.storage.crash(lost);
        let mut tab = next(tab, storage);
        check_whole(&tab);
        // And work goes on in both, each whole by itself.
        tab.tag(5);
        tab.send().unwrap();
        let alone = Tab::open(tab.storage.reopen(), Vec::new());
        assert_same(&alone.document, &tab.document);
        let alone = Tab::open_both(MemoryStorage::new(), tab.disk.clone(), Vec::new());
        assert_same(&alone.document, &tab.document);
    }
}

#[test]
fn a_cleared_local_storage_loses_nothing_also_behind_a_snapshot() {
    let mut tab = Tab::new();
    for index in 0..250 {
        tab.tag(1 + index % 4);
        tab.send().unwrap();
        if tab.journal.wants_snapshot() {
            tab.journal.renew(&tab.keeper, &tab.document).unwrap();
            tab.send().unwrap();
        }
    }
    assert!(tab.disk.len() <= SNAPSHOT_EVERY, "what a snapshot covers is dropped: {}", tab.disk.len());
    let tab = next(tab, MemoryStorage::new());
    check_whole(&tab);
    assert!(tab.storage.used() > 0, "local storage has it again");
}

#[test]
fn a_full_local_storage_leaves_the_work_to_the_step_store_and_takes_it_back() {
    let mut tab = Tab::new();
    tab.tag(1);
    tab.storage.set_room(Some(tab.storage.used() + 100));
    for numbers in [(0, 2, 0), (0, 3, 1)] {
        assert_eq!(tab.do_random(numbers), Some(Err(KeepError::Storage(StorageError::Full))));
    }
    assert_eq!((tab.standing(), tab.journal.saved(&tab.keeper)), (Standing::Saving, 0));
    assert!(tab.journal.is_unkept(&tab.keeper));
    assert_eq!(tab.journal.unkept(&tab.keeper).cloned().collect::<Vec<_>>(), tab.steps[1..]);
    tab.send().unwrap();
    assert_eq!((tab.standing(), tab.journal.saved(&tab.keeper)), (Standing::Second, 3));
    assert!(!tab.journal.is_unkept(&tab.keeper));

    let storage = tab.storage.clone();
    let mut next = Tab::open_both(storage, tab.disk.clone(), tab.steps.clone());
    assert!(next.journal.mend(&next.keeper, &next.document).is_err(), "there is still no room");
    check_whole(&next);
    assert_eq!((next.standing(), next.journal.waiting()), (Standing::Second, 2));
    next.storage.set_room(None);
    next.tag(4);
    next.send().unwrap();
    assert_eq!((next.standing(), next.journal.waiting()), (Standing::Saved, 0));
    check_whole(&next);
}

#[test]
fn with_both_stores_full_the_page_knows_that_the_work_is_its_own() {
    let mut tab = Tab::new();
    tab.tag(1);
    tab.send().unwrap();
    tab.storage.set_room(Some(tab.storage.used()));
    tab.disk.refuse(Some(StorageError::Full));
    tab.do_random((0, 2, 0)).unwrap().unwrap_err();
    assert!(tab.send().is_err());
    assert_eq!((tab.standing(), tab.journal.saved(&tab.keeper)), (Standing::Unkept, 1));
    assert!(tab.journal.is_unkept(&tab.keeper));
    // Either store that works again is enough.
    tab.disk.refuse(None);
    tab.send().unwrap();
    assert_eq!((tab.standing(), tab.journal.saved(&tab.keeper)), (Standing::Second, 2));
}

#[test]
fn where_the_step_store_fails_local_storage_is_what_counts() {
    let mut tab = Tab::new();
    tab.disk.refuse(Some(StorageError::Full));
    tab.tag(1);
    assert_eq!(tab.standing(), Standing::Saving);
    assert!(tab.send().is_err());
    assert_eq!((tab.standing(), tab.journal.saved(&tab.keeper)), (Standing::Saved, 1));
    tab.disk.refuse(None);
    tab.tag(2);
    tab.send().unwrap();
    assert_eq!(tab.disk.len(), 2, "what it missed is sent again");
}

#[test]
fn a_step_store_that_does_not_answer_is_not_counted_on_and_gets_nothing_twice() {
    let mut tab = Tab::new();
    tab.tag(1);
    let batch = tab.journal.next_batch(&tab.document).unwrap();
    assert_eq!(tab.standing(), Standing::Saving);
    tab.journal.late();
    assert_eq!((tab.standing(), tab.journal.saved(&tab.keeper)), (Standing::Saved, 1));
    tab.tag(2);
    assert_eq!(tab.journal.next_batch(&tab.document), None);
    now(tab.disk.write(&tab.document.article.id, &batch)).unwrap();
    tab.journal.sent(&batch, true);
    assert_eq!(tab.standing(), Standing::Saving);
    tab.send().unwrap();
    assert_eq!((tab.standing(), tab.disk.len()), (Standing::Saved, 2));
}

#[test]
fn a_step_store_that_cannot_be_read_is_not_written_either() {
    let mut tab = forgetful();
    tab.tag(1);
    tab.tag(2);
    tab.send().unwrap();
    let storage = tab.storage.crash(1);
    tab.disk.refuse(Some(StorageError::Blocked));
    let mut blind = Tab::open_both(storage, tab.disk.clone(), tab.steps[..1].to_vec());
    blind.disk.refuse(None);
    blind.tag(3);
    blind.compact().unwrap();
    assert_eq!(blind.journal.next_batch(&blind.document), None);
    assert_eq!(blind.standing(), Standing::Saved);

    // Now there are two lines of work: local storage is right, and what the other has is named and set aside.
    let mut seeing = Tab::open_both(blind.storage.reopen(), tab.disk.clone(), blind.steps.clone());
    assert_same(&seeing.document, &blind.document);
    let why: Vec<Why> = seeing.recover().damage.into_iter().map(|damage| damage.why).collect();
    assert_eq!(why, [Why::Elsewhere]);
    seeing.journal.mend(&seeing.keeper, &seeing.document).unwrap();
    seeing.send().unwrap();
    assert_eq!(seeing.keeper.asides().unwrap().len(), 1);
    check_whole(&seeing);
    let alone = Tab::open_both(MemoryStorage::new(), seeing.disk.clone(), seeing.steps.clone());
    assert_same(&alone.document, &seeing.document);
}

#[test]
fn what_was_not_set_aside_stays_in_the_step_store() {
    let mut tab = forgetful();
    tab.tag(1);
    tab.tag(2);
    tab.send().unwrap();
    let storage = tab.storage.crash(1);
    let mut blind = Tab::open(storage, tab.steps[..1].to_vec());
    blind.tag(3);
    let storage = blind.storage.reopen();
    storage.set_room(Some(storage.used()));
    let mut seeing = Tab::open_both(storage, tab.disk.clone(), blind.steps.clone());
    assert!(seeing.journal.mend(&seeing.keeper, &seeing.document).is_err(), "no room to set it aside");
    assert_eq!(seeing.journal.next_batch(&seeing.document), None);
    assert_eq!((seeing.standing(), tab.disk.len()), (Standing::Saved, 2));
}

#[test]
fn what_is_damaged_in_one_store_is_taken_from_the_other() {
    let mut tab = Tab::new();
    tab.tag(1);
    tab.compact().unwrap();
    tab.send().unwrap();
    for index in [2, 3, 4] {
        tab.tag(index);
        tab.send().unwrap();
    }
    for key in tab.storage.keys(PREFIX).unwrap() {
        let storage = tab.storage.reopen();
        storage.set(&key, "1 00 {}").unwrap();
        let mut mended = Tab::open_both(storage, tab.disk.clone(), tab.steps.clone());
        mended.journal.mend(&mended.keeper, &mended.document).unwrap();
        check_whole(&mended);
        let alone = Tab::open(mended.storage.reopen(), tab.steps.clone());
        assert_same(&alone.document, &tab.document);
    }
}

#[test]
fn a_step_that_does_not_fit_is_set_aside_and_not_forced() {
    let mut tab = Tab::new();
    for index in [1, 2, 1] {
        tab.tag(index);
    }
    tab.send().unwrap();
    // Local storage is gone, and in the step store the first step, which the third takes back.
    let id = tab.document.article.id.clone();
    let records = now(tab.disk.read(&id)).unwrap().into_iter().filter(|record| record.rev > 1);
    let steps = Batch::Steps(records.map(|record| (record.rev, record.sealed)).collect());
    let disk = MemorySteps::default();
    now(disk.write(&id, &steps)).unwrap();
    let mut next = Tab::open_both(MemoryStorage::new(), disk, tab.steps[1..2].to_vec());
    let why: Vec<Why> = next.recover().damage.into_iter().map(|damage| damage.why).collect();
    assert_eq!(why, [Why::Missing, Why::Misfit]);
    next.journal.mend(&next.keeper, &next.document).unwrap();
    next.send().unwrap();
    assert_eq!(next.keeper.asides().unwrap().len(), 1);
    assert_eq!(next.recover().damage, []);
    assert_eq!(next.document.set.tags, replay(&next.steps).set.tags);
}

#[test]
fn a_second_writer_is_refused_by_the_step_store_too() {
    let mut first = Tab::new();
    let room = first.storage.clone();
    room.set_room(Some(0));
    let mut second = Tab::open_both(first.storage.clone(), first.disk.clone(), Vec::new());
    first.do_random((0, 1, 0)).unwrap().unwrap_err();
    first.send().unwrap();
    second.do_random((0, 3, 1)).unwrap().unwrap_err();
    assert_eq!(second.send(), Err(KeepError::Taken { rev: 1 }));
    check_whole(&first);
}

#[test]
fn a_follower_sees_what_only_the_step_store_has_and_writes_nothing() {
    let mut writer = Tab::new();
    writer.storage.set_room(Some(0));
    writer.do_random((0, 1, 0)).unwrap().unwrap_err();
    writer.send().unwrap();
    let before = writer.disk.len();
    assert_same(&writer.recover().document, &writer.document);
    assert_eq!((writer.disk.len(), writer.storage.used()), (before, 0));
}

#[test]
fn a_newer_version_in_the_step_store_makes_the_article_read_only() {
    let tab = Tab::new();
    let id = tab.document.article.id.clone();
    let key = Place::Entry(id.clone(), 1).key().unwrap();
    now(tab.disk.write(&id, &Batch::Steps(vec![(1, newer(&key, "{}"))]))).unwrap();
    let mut next = Tab::open_both(tab.storage.reopen(), tab.disk.clone(), Vec::new());
    assert!(next.recover().is_newer);
    assert_eq!(next.do_random((0, 1, 1)), Some(Err(KeepError::Newer)));
    assert_eq!(next.journal.next_batch(&next.document), None);
}
