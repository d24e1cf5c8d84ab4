//! Damaged keys: the most that can be saved is saved, what cannot is named and set aside, nothing panics.

use super::*;
use crate::annotation::Document;

/// A tab with two snapshots, steps between them and steps after them.
fn worked() -> Tab {
    let mut tab = Tab::new();
    for (turn, numbers) in [(0, 1, 0), (5, 0, 1), (9, 2, 4), (11, 3, 2), (12, 0, 0)].into_iter().enumerate() {
        tab.do_random(numbers).unwrap().unwrap();
        if turn == 1 || turn == 3 {
            tab.compact().unwrap();
        }
    }
    tab.tag(5);
    tab
}

fn set_byte(tab: &Tab, key: &str, at: usize, byte: u8) {
    let mut bytes = tab.storage.get(key).unwrap().unwrap().into_bytes();
    bytes[at] = byte;
    tab.storage.set(key, &String::from_utf8_lossy(&bytes)).unwrap();
}

/// Checks what is brought back when `key` is damaged at byte `at`: `expected`, and the key is named.
fn check(tab: &Tab, key: &str, at: usize, byte: u8, expected: &Document) {
    let whole = tab.storage.get(key).unwrap().unwrap();
    set_byte(tab, key, at, byte);
    let recovered = tab.recover();
    assert_same(&recovered.document, expected);
    let named: Vec<&str> = recovered.damage.iter().map(|damage| damage.key.as_str()).collect();
    assert!(named.contains(&key) || !is_read(key), "{key} at {at} is named: {named:?}");
    tab.storage.set(key, &whole).unwrap();
}

/// Whether opening reads the key: not what the newest snapshot covers.
fn is_read(key: &str) -> bool {
    matches!(Place::of(key), Place::Snapshot(_, 4) | Place::Entry(_, 5..))
}

#[test]
fn a_damaged_byte_in_any_snapshot_or_step_costs_at_most_that_step() {
    let tab = worked();
    let keys = tab.storage.keys(PREFIX).unwrap();
    assert_eq!(keys.len(), 6, "{keys:?}");
    let without_last = replay(&tab.steps[..5]);
    let mut without_fifth = replay(&tab.steps[..4]);
    without_fifth.perform(&tab.steps[5]).unwrap();
    for key in keys {
        let expected = match Place::of(&key) {
            Place::Entry(_, 5) => &without_fifth,
            Place::Entry(_, 6) => &without_last,
            _ => &tab.document,
        };
        for at in 0..tab.storage.get(&key).unwrap().unwrap().len() {
            // By turns one that breaks UTF-8, and a digit for a digit: each is tried on every kind of byte.
            let byte = [0xff, b'7'][at % 2];
            if tab.storage.get(&key).unwrap().unwrap().as_bytes()[at] != byte {
                check(&tab, &key, at, byte, expected);
            }
        }
    }
}

#[test]
fn any_single_missing_key_costs_at_most_that_step() {
    let tab = worked();
    for key in tab.storage.keys(PREFIX).unwrap() {
        let value = tab.storage.get(&key).unwrap().unwrap();
        tab.storage.remove(&key).unwrap();
        let recovered = tab.recover();
        let lost = matches!(Place::of(&key), Place::Entry(_, 5..));
        let tags = |document: &Document| document.set.tags.len();
        assert!(lost || tags(&recovered.document) == tags(&tab.document), "{key}");
        tab.storage.set(&key, &value).unwrap();
    }
}

#[test]
fn what_cannot_be_read_is_set_aside_and_never_deleted() {
    let tab = worked();
    let (entry, snapshot) = ("journal/5", "snapshot/4");
    let keys: Vec<String> = [entry, snapshot]
        .into_iter()
        .map(|name| format!("readout/article/{}/{name}", tab.document.article.id))
        .collect();
    for key in &keys {
        set_byte(&tab, key, 40, b'~');
    }
    let broken: Vec<String> = keys.iter().map(|key| tab.storage.get(key).unwrap().unwrap()).collect();
    let mut next = Tab::open(tab.storage.reopen(), tab.steps.clone());
    next.journal.mend(&next.keeper, &next.document).unwrap();
    let asides: Vec<String> = next.keeper.asides().unwrap().into_iter().map(|(_, value)| value).collect();
    assert!(broken.iter().all(|value| asides.contains(value)), "{asides:?}");
    let mended = next.recover();
    assert_eq!(mended.damage, []);
    assert_same(&mended.document, &next.document);
    assert_eq!(mended.document.set.tags.len(), tab.document.set.tags.len());
}

#[test]
fn tags_after_a_lost_step_are_kept_and_an_undo_of_the_lost_step_undoes_nothing_else() {
    let mut tab = Tab::new();
    tab.tag(1);
    tab.tag(2);
    tab.perform(Op::Undo).unwrap();
    tab.tag(3);
    tab.tag(4);
    tab.perform(Op::Undo).unwrap();
    let lost = format!("readout/article/{}/journal/2", tab.document.article.id);
    tab.storage.remove(&lost).unwrap();
    let recovered = tab.recover();
    let tagged: Vec<_> = recovered.document.set.tags.iter().map(|tag| tag.span).collect();
    let expected: Vec<_> = tab.document.set.tags.iter().map(|tag| tag.span).collect();
    assert_eq!(tagged, expected, "sentences 1 and 3");
    assert_eq!(recovered.damage[0].why, Why::Missing);
    assert_eq!(recovered.damage[0].key, lost);
    assert_eq!(recovered.rev, 6, "the next step never takes a number that was used");
}

#[test]
fn work_can_go_on_after_damage_even_when_there_is_no_room_to_mend() {
    let tab = worked();
    let key = format!("readout/article/{}/journal/5", tab.document.article.id);
    tab.storage.remove(&key).unwrap();
    let mut next = Tab::open(tab.storage.reopen(), tab.steps.clone());
    next.storage.set_room(Some(next.storage.used()));
    assert!(next.journal.mend(&next.keeper, &next.document).is_err());
    assert!(next.do_random((0, 2, 1)).unwrap().is_err(), "behind a gap only a snapshot keeps a step");
    next.storage.set_room(None);
    next.do_random((14, 0, 0)).unwrap().unwrap();
    let found = next.recover();
    assert_same(&found.document, &next.document);
}

#[test]
fn an_article_that_a_newer_version_worked_on_is_shown_and_never_written() {
    let tab = worked();
    let key = format!("readout/article/{}/journal/7", tab.document.article.id);
    tab.storage.set(&key, &newer(&key, "{}")).unwrap();
    let mut next = Tab::open(tab.storage.reopen(), tab.steps.clone());
    assert_same(&next.document, &tab.document);
    assert!(next.recover().is_newer);
    let before = next.storage.used();
    assert_eq!(next.do_random((0, 1, 1)), Some(Err(KeepError::Newer)));
    assert_eq!(next.compact(), Err(KeepError::Newer));
    assert_eq!(next.journal.mend(&next.keeper, &next.document), Err(KeepError::Newer));
    assert_eq!(next.storage.used(), before);
}

#[test]
fn a_snapshot_over_another_analysis_keeps_every_tag_that_fits() {
    let tab = worked();
    let mut base = document();
    base.set.entities = Default::default();
    let recovered = tab.keeper.recover(&base, &Copies::none());
    assert_eq!(recovered.document.set.tags, tab.document.set.tags);
    assert!(recovered.damage.iter().any(|damage| damage.why == Why::Misfit));
}

#[test]
fn a_store_that_cannot_be_read_gives_the_base_and_says_why() {
    let tab = worked();
    tab.storage.fail_next(Fault::Stop);
    let _ = tab.storage.set("x", "");
    let recovered = tab.recover();
    assert_same(&recovered.document, &document());
    assert!(matches!(recovered.damage[0].why, Why::Unreadable(_)));
}

#[test]
fn foreign_and_misspelt_keys_do_no_harm() {
    let tab = worked();
    let id = tab.document.article.id.to_string();
    for key in ["journal/007", "journal/x", "snapshot/", "new/1"] {
        tab.storage.set(&format!("readout/article/{id}/{key}"), "?").unwrap();
    }
    tab.storage.set("readout/article/", "?").unwrap();
    tab.storage.set("somebody else's", "?").unwrap();
    let recovered = tab.recover();
    assert_same(&recovered.document, &tab.document);
    assert_eq!(recovered.damage.iter().filter(|damage| damage.why == Why::Unknown).count(), 4);
}
