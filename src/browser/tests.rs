//! The browser's own interfaces, in a real browser.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlAnchorElement};

use super::*;
use crate::store::{Batch, KeepError, KeyValue, MemoryStorage, Record, StepStore, TextStore};
use crate::text::{ArticleId, Utf16Span};

wasm_bindgen_test_configure!(run_in_browser);

fn page() -> web_sys::Document {
    web_sys::window().unwrap().document().unwrap()
}

/// Lets the browser do what it has to do until `is_so`; fails after five seconds.
async fn until(what: &str, is_so: impl Fn() -> bool) {
    for _ in 0..500 {
        if is_so() {
            return;
        }
        let tick = js_sys::Promise::new(&mut |resolve, _| {
            let window = web_sys::window().unwrap();
            window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 10).unwrap();
        });
        JsFuture::from(tick).await.unwrap();
    }
    panic!("not within five seconds: {what}");
}

fn id() -> ArticleId {
    ArticleId::of_hash(&clock::random_hex())
}

#[wasm_bindgen_test]
fn local_storage_keeps_lists_and_forgets() {
    let storage = LocalStorage::open().unwrap();
    let key = format!("readout/test/{}", clock::random_hex());
    assert_eq!(storage.get(&key), Ok(None));
    storage.set(&key, "ជំនួប 😀 \0").unwrap();
    assert_eq!(storage.get(&key).unwrap().as_deref(), Some("ជំនួប 😀 \0"));
    assert_eq!(storage.keys("readout/test/").unwrap(), [key.as_str()]);
    assert!(storage.used_utf16() > 10);
    storage.remove(&key).unwrap();
    storage.remove(&key).unwrap();
    assert_eq!(storage.keys("readout/test/").unwrap(), Vec::<String>::new());
    // A name that every object answers to is not a key.
    assert_eq!(storage.get("toString"), Ok(None));
    assert!(LocalOrMemory::open().blocked().is_none());
}

#[wasm_bindgen_test]
fn a_full_local_storage_says_so_and_keeps_what_it_has() {
    let storage = LocalStorage::open().unwrap();
    let key = format!("readout/test/{}", clock::random_hex());
    storage.set(&key, "kept").unwrap();
    let too_much = "x".repeat(LocalStorage::ROOM_UTF16 + 1);
    assert_eq!(storage.set(&key, &too_much), Err(StorageError::Full));
    assert_eq!(storage.get(&key).unwrap().as_deref(), Some("kept"));
    storage.remove(&key).unwrap();
}

#[wasm_bindgen_test]
async fn indexed_db_keeps_a_large_text_over_reopening() {
    let id = id();
    let text = "日本 and 😀\n".repeat(200_000);
    let database = IndexedDb::open().await.unwrap();
    assert_eq!(database.get(&id).await, Ok(None));
    database.put(&id, &text).await.unwrap();
    let again = IndexedDb::open().await.unwrap();
    assert!(again.get(&id).await.unwrap() == Some(text));
    assert!(again.ids().await.unwrap().contains(&id));
    TextStore::remove(&again, &id).await.unwrap();
    assert_eq!(database.get(&id).await, Ok(None));
}

fn step(rev: u64) -> (u64, String) {
    (rev, format!("step {rev} 😀"))
}

async fn numbers(database: &IndexedDb, id: &ArticleId) -> Vec<(u64, bool)> {
    database.read(id).await.unwrap().into_iter().map(|record| (record.rev, record.is_snapshot)).collect()
}

#[wasm_bindgen_test]
async fn indexed_db_keeps_steps_by_article_and_writes_over_none() {
    let (id, other) = (id(), id());
    let database = IndexedDb::open().await.unwrap();
    assert_eq!(database.read(&id).await, Ok(vec![]));
    database.write(&other, &Batch::Steps(vec![step(1)])).await.unwrap();
    database.write(&id, &Batch::Steps((1..=12).map(step).collect())).await.unwrap();
    let again = IndexedDb::open().await.unwrap();
    let found = again.read(&id).await.unwrap();
    assert_eq!(found.len(), 12);
    assert!(found.contains(&Record { rev: 10, is_snapshot: false, sealed: step(10).1 }));

    let late = again.write(&id, &Batch::Steps(vec![step(13), (5, "other".into())])).await;
    assert!(matches!(late, Err(KeepError::Taken { .. })), "{late:?}");
    assert_eq!(again.read(&id).await.unwrap(), found, "all of a batch or nothing");

    let snapshot = |rev, over| Batch::Snapshot { rev, sealed: "snapshot".into(), over };
    again.write(&id, &snapshot(11, 11)).await.unwrap();
    assert_eq!(numbers(&again, &id).await, [(11, true), (12, false)]);
    again.write(&id, &snapshot(12, 12)).await.unwrap();
    assert_eq!(numbers(&again, &id).await, [(12, true)]);
    StepStore::remove(&again, &id).await.unwrap();
    assert_eq!(numbers(&again, &id).await, []);
    assert_eq!(numbers(&again, &other).await, [(1, false)]);
    StepStore::remove(&again, &other).await.unwrap();
}

#[wasm_bindgen_test]
async fn a_database_of_the_first_version_keeps_its_texts() {
    let name = format!("readout-test-{}", clock::random_hex());
    let id = id();
    let factory = web_sys::window().unwrap().indexed_db().unwrap().unwrap();
    let request = factory.open_with_u32(&name, 1).unwrap();
    let made = request.clone();
    let upgrade = wasm_bindgen::closure::Closure::once(move || {
        let database: web_sys::IdbDatabase = made.result().unwrap().unchecked_into();
        database
            .create_object_store("texts")
            .unwrap()
            .put_with_key(&"old".into(), &id.as_str().into())
            .unwrap();
    });
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    let opened = js_sys::Promise::new(&mut |resolve, _| request.set_onsuccess(Some(&resolve)));
    JsFuture::from(opened).await.unwrap();
    let old: web_sys::IdbDatabase = request.result().unwrap().unchecked_into();
    old.close();

    let database = IndexedDb::open_named(&name).await.unwrap();
    let texts = database.ids().await.unwrap();
    assert_eq!(texts.len(), 1);
    assert_eq!(database.get(&texts[0]).await, Ok(Some("old".into())));
    database.write(&texts[0], &Batch::Steps(vec![step(1)])).await.unwrap();
    assert_eq!(numbers(&database, &texts[0]).await, [(1, false)]);
    // Somebody who changes the database is not kept waiting: ours closes by itself.
    let gone = factory.delete_database(&name).unwrap();
    let deleted = js_sys::Promise::new(&mut |resolve, reject| {
        gone.set_onsuccess(Some(&resolve));
        gone.set_onblocked(Some(&reject));
    });
    JsFuture::from(deleted).await.unwrap();
}

#[wasm_bindgen_test]
async fn without_indexed_db_texts_go_to_keys_and_then_to_memory() {
    let id = id();
    let storage = MemoryStorage::new();
    let texts = Texts::over(Err(StorageError::Blocked), storage.clone());
    texts.put(&id, "kept").await.unwrap();
    assert_eq!((texts.worst(), texts.get(&id).await), (TextsAt::Keys, Ok(Some("kept".into()))));
    storage.set_room(Some(0));
    let other = self::id();
    texts.put(&other, "in memory").await.unwrap();
    assert_eq!((texts.worst(), texts.get(&other).await), (TextsAt::Memory, Ok(Some("in memory".into()))));
    assert_eq!(texts.ids().await.unwrap().len(), 2);
    texts.remove(&id).await.unwrap();
    assert_eq!(texts.get(&id).await, Ok(None));

    let texts = Texts::open(MemoryStorage::new()).await;
    texts.put(&id, "in the database").await.unwrap();
    assert_eq!((texts.worst(), texts.blocked()), (TextsAt::Database, None));
    texts.remove(&id).await.unwrap();
}

/// Who may write, through real locks or (`has_locks` false) through leases.
async fn check_lock<K: KeyValue + Clone + 'static>(kv: K) {
    let id = id();
    let lost = Rc::new(Cell::new(0));
    let lose = || {
        let lost = lost.clone();
        move || lost.set(lost.get() + 1)
    };
    let first = WriteLock::acquire(&id, &kv, lose()).await.unwrap();
    assert!(WriteLock::acquire(&id, &kv, || ()).await.is_none(), "only one writes");
    assert!(WriteLock::acquire(&self::id(), &kv, || ()).await.is_some(), "another article is free");
    drop(first);
    let second = WriteLock::acquire(&id, &kv, lose()).await;
    assert!(second.is_some(), "given up, it is free at once");
    assert_eq!(lost.get(), 0, "giving up is not losing");
}

#[wasm_bindgen_test]
async fn one_tab_writes_an_article_and_hands_it_on() {
    check_lock(LocalStorage::open().unwrap()).await;
}

#[wasm_bindgen_test]
async fn a_stolen_lock_tells_the_one_who_had_it() {
    let (kv, id) = (LocalStorage::open().unwrap(), id());
    let lost = Rc::new(Cell::new(false));
    let lose = lost.clone();
    let first = WriteLock::acquire(&id, &kv, move || lose.set(true)).await.unwrap();
    let second = WriteLock::steal(&id, &kv, || panic!("nobody steals it back")).await.unwrap();
    until("the first one is told", || lost.get()).await;
    drop(first);
    assert!(WriteLock::acquire(&id, &kv, || ()).await.is_none(), "the second one still has it");
    drop(second);
}

#[wasm_bindgen_test]
fn a_lease_stands_in_for_a_lock() {
    let (kv, id) = (MemoryStorage::new(), id());
    let first = lock::take_lease(&id, &kv, false, Rc::new(|| ())).unwrap();
    assert!(lock::take_lease(&id, &kv, false, Rc::new(|| ())).is_none());
    let second = lock::take_lease(&id, &kv, true, Rc::new(|| ())).unwrap();
    drop(first);
    assert!(lock::take_lease(&id, &kv, false, Rc::new(|| ())).is_none(), "the second one's lease stays");
    drop(second);
    assert_eq!(kv.keys("").unwrap(), Vec::<String>::new());
    // A tab that crashed left one behind that has run out.
    kv.set(&format!("readout/lease/{id}"), "gone 1000").unwrap();
    assert!(lock::take_lease(&id, &kv, false, Rc::new(|| ())).is_some());
}

#[wasm_bindgen_test]
async fn tabs_hear_each_other_and_not_themselves() {
    let heard = Rc::new(RefCell::new(Vec::new()));
    let hear = heard.clone();
    let listener = Tabs::open(move |message| hear.borrow_mut().push(message)).unwrap();
    let speaker = Tabs::open(|_| panic!("nobody answers")).unwrap();
    let message = TabMessage::HandOver { article: id() };
    speaker.say(&message);
    until("the message comes", || !heard.borrow().is_empty()).await;
    assert_eq!(*heard.borrow(), [message]);
    drop(listener);
}

#[wasm_bindgen_test]
async fn a_change_by_another_tab_is_seen() {
    let seen = Rc::new(RefCell::new(Vec::new()));
    let see = seen.clone();
    let _watch = watch_storage(move |change| see.borrow_mut().push(change)).unwrap();
    // Another browsing context of the same origin: its changes reach us as storage events.
    let frame = page().create_element("iframe").unwrap();
    page().body().unwrap().append_child(&frame).unwrap();
    let window = js_sys::Reflect::get(&frame, &"contentWindow".into()).unwrap();
    let storage = js_sys::Reflect::get(&window, &"localStorage".into()).unwrap();
    let storage: web_sys::Storage = storage.unchecked_into();
    storage.set_item("somebody else's", "1").unwrap();
    storage.set_item("readout/test/frame", "1").unwrap();
    storage.remove_item("readout/test/frame").unwrap();
    storage.remove_item("somebody else's").unwrap();
    until("both changes come", || seen.borrow().len() >= 2).await;
    let change = |value: Option<&str>| StorageChange {
        key: Some("readout/test/frame".into()),
        value: value.map(str::to_owned),
    };
    assert_eq!(*seen.borrow(), [change(Some("1")), change(None)]);
    frame.remove();
}

#[wasm_bindgen_test]
async fn a_download_has_its_name_and_its_bytes() {
    let clicked = Rc::new(RefCell::new(None));
    let click = clicked.clone();
    let options = gloo::events::EventListenerOptions::enable_prevent_default();
    let _listener = EventListener::new_with_options(&page(), "click", options, move |event| {
        // Nothing is saved by a test.
        event.prevent_default();
        let anchor: HtmlAnchorElement = event.target().unwrap().unchecked_into();
        *click.borrow_mut() = Some((anchor.download(), anchor.href()));
    });
    let name = crate::store::safe_file_name("日本: a/b?", ".readout.json");
    files::download(&name, "application/json", "{\"text\":\"é\"}".as_bytes()).unwrap();
    let (download, href) = clicked.borrow().clone().unwrap();
    assert_eq!(download, "日本 a b.readout.json");
    let response = JsFuture::from(web_sys::window().unwrap().fetch_with_str(&href)).await.unwrap();
    let text = js_sys::Reflect::get(&response, &"text".into()).unwrap();
    let text: js_sys::Promise = js_sys::Function::from(text).call0(&response).unwrap().into();
    assert_eq!(JsFuture::from(text).await.unwrap().as_string().as_deref(), Some("{\"text\":\"é\"}"));
    assert_eq!(page().query_selector("a[download]").unwrap(), None, "nothing stays in the page");
}

#[wasm_bindgen_test]
async fn a_file_is_read_whole_or_refused_by_its_size() {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(&[0u8, 255, 10][..]));
    let file = web_sys::File::new_with_u8_array_sequence(&parts, "a.bin").unwrap();
    assert_eq!(files::read(&file, 3).await, Ok(vec![0, 255, 10]));
    assert_eq!(files::read(&file, 2).await, Err(files::ReadError::TooLarge { bytes: 3, limit: 2 }));
}

#[wasm_bindgen_test]
async fn work_for_idle_times_is_done() {
    let done = Rc::new(Cell::new(false));
    let set = done.clone();
    idle::when_idle(move || set.set(true));
    until("the page is idle", || done.get()).await;
}

#[wasm_bindgen_test]
fn ids_differ_and_times_are_shown() {
    let (one, other) = (clock::random_hex(), clock::random_hex());
    assert!(one != other && one.len() == 16 && one.chars().all(|digit| digit.is_ascii_hexdigit()));
    let mut stamp = clock::stamp(&"me".into());
    assert!(stamp.at.0 > 1_600_000_000_000 && stamp.fresh_id() != stamp.fresh_id());
    assert!(clock::local_date_time(stamp.at, "en").contains("20"));
    assert!(!clock::local_date_time(stamp.at, "no such language").is_empty());
}

/// An article of two chunks, `a😀b c` and `de f`, with elements inside.
fn article() -> Element {
    let root = page().create_element("main").unwrap();
    root.set_inner_html("<div data-start=0>a<i>😀<b>b</b></i> c\n</div><div data-start=7><u>de</u> f</div>");
    page().body().unwrap().append_child(&root).unwrap();
    root
}

#[wasm_bindgen_test]
fn each_place_in_the_article_has_its_offset_and_back() {
    let root = article();
    let text = root.text_content().unwrap();
    for offset in 0..=text.encode_utf16().count() as u32 {
        let (node, at) = selection::point_at(&root, offset).unwrap();
        assert_eq!(selection::offset_of(&root, &node, at), Some(offset));
    }
    assert_eq!(selection::point_at(&root, 99), None);
    // Places between elements, as browsers give them for whole selections.
    assert_eq!(selection::offset_of(&root, &root, 0), Some(0));
    assert_eq!(selection::offset_of(&root, &root, 1), Some(7));
    assert_eq!(selection::offset_of(&root, &root, 2), Some(11));
    assert_eq!(selection::offset_of(&root, &page().body().unwrap(), 0), None);
    root.remove();
}

#[wasm_bindgen_test]
fn a_selection_is_read_and_put_back_also_across_chunks() {
    let root = article();
    for (start, end) in [(0, 3), (1, 4), (3, 9), (0, 11)] {
        let span = Utf16Span { start, end };
        assert!(selection::select_span(&root, span));
        assert_eq!(selection::selected_span(&root), Some(span));
    }
    root.remove();
    assert_eq!(selection::selected_span(&root), None, "what is selected is elsewhere");
}

#[wasm_bindgen_test]
fn exceptions_of_the_browser_become_errors_of_the_store() {
    let exception = |name: &str| {
        let exception = web_sys::DomException::new_with_message_and_name("words", name).unwrap();
        storage_error(&JsValue::from(exception))
    };
    assert_eq!(exception("QuotaExceededError"), StorageError::Full);
    assert_eq!(exception("SecurityError"), StorageError::Blocked);
    assert_eq!(exception("DataError"), StorageError::Other("DataError: words".into()));
    assert!(matches!(storage_error(&JsValue::from_str("?")), StorageError::Other(_)));
}
