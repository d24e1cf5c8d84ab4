//! Random work with random failures: what either store has taken is there after reopening, in order, and nothing
//! else; also when local storage forgets its last writes.

use proptest::prelude::*;

use super::*;

#[derive(Debug, Clone)]
enum Event {
    Work(u8, usize, usize),
    /// A snapshot is due.
    Compact,
    /// A later write fails.
    Fail(usize, Fault),
    /// Storage has this much room left; none: as much as one likes.
    Room(Option<usize>),
    MakeRoom,
    /// The step store has its turn.
    Send,
    /// The step store takes nothing from now on, or works again.
    Refuse(bool),
    /// The tab is gone at once; another one opens.
    Reopen,
    /// The browser is killed: so many of the last writes to local storage are lost. The step store may just have
    /// taken what was on its way.
    Crash(usize, bool),
    /// Local storage is cleared while no tab is open.
    Clear,
}

fn event() -> impl Strategy<Value = Event> {
    let fault = prop_oneof![
        Just(Fault::Full),
        Just(Fault::Refused),
        Just(Fault::Stop),
        (0..2_000usize).prop_map(Fault::Torn),
        (0..2_000usize).prop_map(Fault::TornStop),
    ];
    prop_oneof![
        12 => any::<(u8, usize, usize)>().prop_map(|(kind, a, b)| Event::Work(kind, a % 64, b % 64)),
        2 => Just(Event::Compact),
        2 => (0..4usize, fault).prop_map(|(after, fault)| Event::Fail(after, fault)),
        1 => proptest::option::of(0..1_500usize).prop_map(Event::Room),
        1 => Just(Event::MakeRoom),
        5 => Just(Event::Send),
        1 => any::<bool>().prop_map(Event::Refuse),
        1 => Just(Event::Reopen),
        2 => (0..12usize, any::<bool>()).prop_map(|(lost, is_sent)| Event::Crash(lost, is_sent)),
        1 => Just(Event::Clear),
    ]
}

/// Ends the tab, opens the next one, and checks what it finds.
fn reopen(tab: Tab) -> Tab {
    let kept = tab.on_disk.max(tab.journal.rev());
    let storage = tab.storage.reopen();
    open_next(tab, storage, kept)
}

/// Opens the next tab over what local storage has now, and checks that it finds at least the first `kept` steps.
fn open_next(tab: Tab, storage: MemoryStorage, kept: u64) -> Tab {
    let Tab { disk, mut steps, on_disk, .. } = tab;
    let is_refusing = disk.refuse(None);
    let mut next = Tab::open_both(storage, disk, Vec::new());
    let found = next.journal.done();
    assert!(kept <= found && found as usize <= steps.len(), "{kept} kept, {found} found of {}", steps.len());
    steps.truncate(found as usize);
    next.steps = steps;
    next.on_disk = on_disk;
    assert_same(&next.document, &replay(&next.steps));
    next.journal.mend(&next.keeper, &next.document).unwrap();
    let mended = next.recover();
    assert_eq!(mended.damage, [], "once mended, all is whole");
    assert_eq!(mended.rev, found);
    assert_same(&mended.document, &next.document);
    let alone = next.keeper.recover(&document(), &Copies::none());
    assert_same(&alone.document, &next.document);
    next.disk.refuse(is_refusing);
    next
}

fn run(events: Vec<Event>) {
    let storage = MemoryStorage::new();
    storage.remember_writes();
    let mut tab = Tab::open(storage, Vec::new());
    for event in events {
        match event {
            Event::Work(kind, a, b) => {
                if let Some(Ok(rev)) = tab.do_random((kind, a, b)) {
                    assert_eq!(rev as usize, tab.steps.len(), "acknowledged means all of it");
                }
            }
            Event::Compact => drop(tab.compact()),
            Event::Fail(after, fault) => tab.storage.fail_after(after, fault),
            Event::Room(room) => tab.storage.set_room(room.map(|room| tab.storage.used() + room)),
            Event::MakeRoom => drop(tab.keeper.make_room(&[])),
            Event::Send => drop(tab.send()),
            Event::Refuse(is_full) => drop(tab.disk.refuse(is_full.then_some(StorageError::Full))),
            Event::Reopen => tab = reopen(tab),
            Event::Crash(lost, is_sent) => {
                if is_sent {
                    tab.send_unheard();
                }
                let (storage, kept) = (tab.storage.crash(lost), tab.on_disk);
                tab = open_next(tab, storage, kept);
            }
            Event::Clear => {
                let storage = MemoryStorage::new();
                storage.remember_writes();
                let kept = tab.on_disk;
                tab = open_next(tab, storage, kept);
            }
        }
        assert_eq!(tab.journal.done() as usize, tab.steps.len());
        let (saved, kept) = (tab.journal.saved(&tab.keeper), tab.journal.rev().max(tab.on_disk));
        assert!(saved <= kept, "what is called saved is kept");
    }
    // The trouble is over while the page is still there: everything that waited is kept.
    tab.storage.fail_no_more();
    tab.storage.set_room(None);
    tab.disk.refuse(None);
    if tab.journal.flush(&tab.keeper, &tab.document).is_ok() {
        assert_eq!(tab.journal.rev() as usize, tab.steps.len());
    }
    tab.send().unwrap();
    assert_eq!(tab.journal.saved(&tab.keeper) as usize, tab.steps.len());
    let tab = reopen(tab);
    let alone = Tab::open_both(MemoryStorage::new(), tab.disk.clone(), Vec::new());
    assert_same(&alone.document, &tab.document);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]
    #[test]
    fn every_kept_step_is_there_after_reopening_in_order_and_nothing_else(
        events in proptest::collection::vec(event(), 1..24)
    ) {
        run(events);
    }
}

#[test]
fn a_step_is_one_small_key_whatever_was_done_before() {
    let mut tab = Tab::new();
    tab.tag(1);
    let first = tab.storage.used();
    for _ in 0..200 {
        tab.tag(2);
    }
    let keys = tab.storage.keys(PREFIX).unwrap().len();
    let before = tab.storage.used();
    tab.tag(3);
    assert_eq!(tab.storage.keys(PREFIX).unwrap().len(), keys + 1);
    assert!(tab.storage.used() - before < first + 100);
}

#[test]
fn a_snapshot_grows_with_the_work_and_not_with_the_article() {
    let mut tab = Tab::new();
    tab.compact().unwrap();
    assert!(tab.storage.used() < 200, "an untouched article takes {} bytes", tab.storage.used());
}

#[test]
fn no_snapshot_is_removed_before_the_next_one_has_been_read_back() {
    for fault in [Fault::Full, Fault::Torn(300), Fault::TornStop(300), Fault::Stop, Fault::Refused] {
        let mut tab = Tab::new();
        tab.tag(1);
        tab.compact().unwrap();
        tab.tag(2);
        tab.storage.fail_next(fault);
        assert!(tab.compact().is_err());
        reopen(tab);
    }
}

#[test]
fn what_waits_in_a_full_store_is_kept_as_soon_as_there_is_room() {
    let mut tab = Tab::new();
    tab.tag(1);
    tab.storage.set_room(Some(tab.storage.used() + 100));
    for numbers in [(0, 2, 0), (0, 3, 1)] {
        assert_eq!(tab.do_random(numbers), Some(Err(KeepError::Storage(StorageError::Full))));
    }
    assert_eq!((tab.journal.rev(), tab.journal.waiting()), (1, 2));
    tab.storage.set_room(None);
    assert_eq!(tab.journal.flush(&tab.keeper, &tab.document), Ok(3));
    reopen(tab);
}

#[test]
fn a_second_writer_is_refused_and_overwrites_nothing() {
    let mut first = Tab::new();
    let mut second = Tab::open(first.storage.clone(), Vec::new());
    first.tag(1);
    assert_eq!(second.do_random((0, 2, 0)), Some(Err(KeepError::Taken { rev: 1 })));
    assert_eq!(second.compact(), Err(KeepError::Taken { rev: 1 }));
    first.tag(3);
    first.compact().unwrap();
    assert_eq!(second.compact(), Err(KeepError::Taken { rev: 1 }));
    reopen(first);
}

#[test]
fn a_follower_sees_each_step_and_knows_when_it_is_behind() {
    let mut writer = Tab::new();
    let mut seen = document();
    let mut rev = 0;
    for index in 1..4 {
        writer.tag(index);
        let key = Place::Entry(seen.article.id.clone(), index as u64).key().unwrap();
        let value = writer.storage.get(&key).unwrap().unwrap();
        let event = Keeper::<MemoryStorage>::read_event(&key, &value).unwrap();
        assert_eq!((event.1, &event.2), (index as u64, &writer.steps[index - 1]));
        assert_eq!(writer.keeper.catch_up(&mut seen, &mut rev, event.1).unwrap().len(), 1);
        assert_same(&seen, &writer.document);
    }
    for _ in 0..2 {
        writer.tag(4);
        writer.compact().unwrap();
    }
    let mut late = document();
    assert_eq!(writer.keeper.catch_up(&mut late, &mut 0, 5), Err(Behind));
    assert_same(&writer.keeper.recover(&late, &Copies::none()).document, &writer.document);
}
