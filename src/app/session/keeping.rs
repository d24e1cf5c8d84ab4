//! Keeping: steps go to local storage before the next frame and to the step store behind it, and the page says
//! how things stand.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;

use super::Session;
use super::writing::Writing;
use crate::annotation::Document;
use crate::app::hands::Hands;
use crate::app::state::{Action, Desk, Keeping, Level, Notice, Settings, Topic};
use crate::app::words::{say, say_with};
use crate::browser::{TabMessage, TextsAt, clock, idle};
use crate::store::{
    Damage, Head, Journal, KeepError, KeyValue as _, Standing, StepStore as _, StorageError, View,
};
use crate::text::{ArticleId, Span};

/// Milliseconds after which the page no longer counts on the step store's answer.
const SEND_WITHIN_MS: u32 = 5_000;

impl Hands {
    /// Journals the steps that wait in the outbox.
    pub(in crate::app) fn write(&self) {
        let (Some(session), Some(desk)) = (self.session(), self.latest().desk) else { return };
        self.record(&session, &desk);
    }

    pub(super) fn record(&self, session: &Rc<Session>, desk: &Desk) {
        let id = desk.document.article.id.clone();
        let mut open = session.writing.borrow_mut();
        let Some(writing) = open.as_mut().filter(|writing| writing.is_of(&id)) else { return };
        let mut result = None;
        for (revision, op, document) in &desk.outbox {
            if *revision > session.recorded.get() {
                session.recorded.set(*revision);
                writing.document = document.clone();
                result = Some(writing.journal.record(&session.keeper, document, op));
            }
        }
        let mut result = result.unwrap_or_else(|| writing.journal.flush(&session.keeper, &writing.document));
        if self.latest().keeping == Keeping::Stored && result == Err(StorageError::Full.into()) {
            // Older snapshots and steps of other articles are spare copies. Looked for once, not at each key press.
            let _ = session.keeper.make_room(std::slice::from_ref(&id));
            result = writing.journal.flush(&session.keeper, &writing.document);
        }
        let wants_snapshot = writing.journal.wants_snapshot();
        drop(open);
        if matches!(result, Err(KeepError::Taken { .. })) {
            self.overtaken(&id);
            return;
        }
        let has_room = result.is_ok() && self.latest().keeping != Keeping::Stored;
        session.note_refusal(result);
        if has_room {
            self.flush_all(&session.parked_ids());
        }
        self.keep_head(&desk.document, desk.revision, |_| {});
        self.settle();
        self.send(&id);
        if wants_snapshot {
            let hands = self.clone();
            idle::when_idle(move || hands.snapshot(false));
        }
    }

    /// Another tab writes as well: what it wrote stands, and is shown.
    fn overtaken(&self, id: &ArticleId) {
        let Some(session) = self.session() else { return };
        session.unpark(id);
        if session.is_open(id) {
            session.writing.borrow_mut().take();
            let words = say("notice.conflict");
            let notice = Notice::new(Topic::Conflict, Level::Error, words);
            self.dispatch(Action::Say(notice));
            self.open_article(id.clone());
        }
    }

    /// Has the step store write what waits for it of an article, one batch after another.
    pub(super) fn send(&self, id: &ArticleId) {
        let Some(session) = self.session() else { return };
        let mut next = session.next_batch(id);
        let (hands, id) = (self.clone(), id.clone());
        spawn_local(async move {
            while let Some(batch) = next.take() {
                let late = {
                    let (hands, session, id) = (hands.clone(), session.clone(), id.clone());
                    Timeout::new(SEND_WITHIN_MS, move || {
                        session.with_writing(&id, |writing| writing.journal.late());
                        hands.settle();
                    })
                };
                let result = session.steps.write(&id, &batch).await;
                late.cancel();
                session.with_writing(&id, |writing| writing.journal.sent(&batch, result.is_ok()));
                if matches!(result, Err(KeepError::Taken { .. })) {
                    hands.overtaken(&id);
                    return;
                }
                hands.settle();
                if result.is_ok() {
                    next = session.next_batch(&id);
                }
            }
        });
    }

    /// Says how things stand.
    pub(super) fn settle(&self) {
        let Some(session) = self.session() else { return };
        if let Some(open) = session.writing.borrow().as_ref() {
            self.dispatch(Action::Written(open.journal.saved(&session.keeper)));
            if session.standing(open) == Standing::Second
                && let Some(tabs) = session.tabs.borrow().as_ref()
            {
                // No storage event tells the others.
                let article = open.document.article.id.clone();
                tabs.say(&TabMessage::Stepped { article, revision: open.journal.done() });
            }
        }
        session.let_go();
        let before = self.latest().keeping;
        let keeping = match (session.worst(), session.refusal.borrow().as_ref()) {
            (Some(Standing::Saving), _) => return,
            (Some(Standing::Saved), _) => Keeping::Stored,
            (Some(Standing::Second), _) => Keeping::Short,
            (Some(Standing::Unkept), Some(StorageError::Blocked)) => Keeping::Blocked,
            (Some(Standing::Unkept), _) => Keeping::Full,
            // Nothing to write, as when following.
            (None, _) if session.kv.lasts() => return,
            (None, _) if session.steps.is_some() => Keeping::Short,
            (None, _) => Keeping::Blocked,
        };
        if keeping != before {
            self.dispatch(Action::KeepingChanged(keeping));
        }
        match keeping {
            Keeping::Stored if before != keeping => self.dispatch(Action::Dismiss(Topic::Keeping)),
            Keeping::Short if before == keeping => {}
            Keeping::Stored => {}
            Keeping::Short | Keeping::Full | Keeping::Blocked => self.say_keeping(&session, keeping),
        }
    }

    fn say_keeping(&self, session: &Session, keeping: Keeping) {
        let refusal = session.refusal.borrow();
        let (level, words) = match (keeping, refusal.as_ref()) {
            (Keeping::Short, _) if !session.kv.lasts() => (Level::Warning, say("notice.short.blocked")),
            (Keeping::Short, _) => (Level::Warning, say("notice.short")),
            (Keeping::Blocked, _) => (Level::Error, say("notice.blocked")),
            (_, Some(StorageError::Other(reason))) => {
                (Level::Error, say_with("notice.storage", &[("reason", reason)]))
            }
            _ => (Level::Error, say("notice.full")),
        };
        self.dispatch(Action::Say(Notice::new(Topic::Keeping, level, words)));
    }

    /// Writes snapshots that are due, or, if `is_whole`, the open article as a whole.
    pub(super) fn snapshot(&self, is_whole: bool) {
        let Some(session) = self.session() else { return };
        let id = session.writing.borrow_mut().as_mut().map(|Writing { journal, document, .. }| {
            let run = if is_whole { Journal::compact } else { Journal::renew };
            // A snapshot that cannot be written is tried again after the next step.
            let _ = run(journal, &session.keeper, document);
            document.article.id.clone()
        });
        if let Some(id) = id {
            self.settle();
            self.send(&id);
        }
    }

    /// Tries again to write what waits, of all articles.
    pub fn write_again(&self) {
        let Some(session) = self.session() else { return };
        self.write();
        let open = session.writing.borrow().as_ref().map(|open| open.document.article.id.clone());
        let mut ids = session.parked_ids();
        ids.extend(open);
        let _ = session.keeper.make_room(&ids);
        self.flush_all(&ids);
        self.settle();
    }

    fn flush_all(&self, ids: &[ArticleId]) {
        let Some(session) = self.session() else { return };
        for id in ids {
            let flushed = session.with_writing(id, |it| it.journal.flush(&session.keeper, &it.document));
            if let Some(Err(KeepError::Taken { .. })) = flushed {
                self.overtaken(id);
            } else {
                session.note_refusal(flushed.unwrap_or(Ok(0)));
                self.send(id);
            }
        }
    }

    /// Whether something would be lost if the page went away now: in no store, and in no download.
    pub(in crate::app) fn is_anything_unkept(&self) -> bool {
        let Some(session) = self.session() else { return false };
        let state = self.latest();
        let is_downloaded = |id: &ArticleId, revision: u64| {
            state.head(id).is_some_and(|head| head.downloaded_rev >= revision)
        };
        let parked = session.parked.borrow();
        let open = session.writing.borrow();
        let is_unkept = parked.iter().chain(open.as_ref()).any(|writing| {
            let journal = &writing.journal;
            journal.is_unkept(&session.keeper) && !is_downloaded(&writing.document.article.id, journal.done())
        });
        is_unkept || matches!(state.keeping, Keeping::Full | Keeping::Blocked) && self.is_typing_unkept()
    }

    /// Says where texts had to go when they could not go to the database.
    pub(in crate::app) fn note_texts(&self) {
        let Some(session) = self.session() else { return };
        let words = match session.texts.worst() {
            // That local storage is blocked as well was said already.
            _ if !session.kv.lasts() => return,
            TextsAt::Database => return,
            TextsAt::Keys => say("notice.texts"),
            TextsAt::Memory => say("notice.texts.memory"),
        };
        let notice = Notice::new(Topic::Texts, Level::Warning, words);
        self.dispatch(Action::Say(notice));
    }

    pub(super) fn note_damage(&self, damage: Vec<Damage>) {
        let Some(session) = self.session() else { return };
        if damage.is_empty() {
            return;
        }
        let details = damage.iter().map(|it| format!("{}: {}", it.key, it.why)).collect();
        session.damage.borrow_mut().extend(damage);
        let words = say("notice.damage");
        self.dispatch(Action::Say(Notice { topic: Topic::Damage, level: Level::Warning, words, details }));
    }

    /// Writes the head of an article after `alter`, and shows it in the list.
    pub(in crate::app) fn keep_head(
        &self,
        document: &Document,
        revision: u64,
        alter: impl FnOnce(&mut Head),
    ) {
        let Some(session) = self.session() else { return };
        let id = &document.article.id;
        let mut head = session.keeper.head(id).unwrap_or_else(|| Head::new(document, clock::now()));
        head.refresh(document);
        head.revision = revision;
        alter(&mut head);
        // A head that is not written is made again from the document; the steps are what counts.
        let _ = session.keeper.save_head(&head);
        self.dispatch(Action::HeadChanged(head));
    }

    /// Remembers where the reader is.
    pub(in crate::app) fn keep_place(&self, id: &ArticleId, current: Option<Span>) {
        let (Some(session), Some(current)) = (self.session(), current) else { return };
        let view = View { current: current.start, ..View::default() };
        // Losing it costs nothing.
        let _ = session.keeper.save_view(id, &view);
    }

    /// Remembers what the coder set.
    pub(in crate::app) fn keep_settings(&self, settings: &Settings) {
        let Some(session) = self.session() else { return };
        if session.keeper.load::<Settings>("settings").as_ref() != Some(settings) {
            let _ = session.keeper.save("settings", settings);
        }
    }

    /// The page goes away, or another article comes: what waits is written.
    pub(in crate::app) fn leave(&self) {
        self.keep_typed();
        self.write();
    }
}

impl Session {
    /// Remembers why local storage refused, or that it did not.
    pub(super) fn note_refusal<T>(&self, result: Result<T, KeepError>) {
        let refusal = match result {
            Ok(_) => self.kv.blocked().cloned(),
            Err(KeepError::Storage(error)) => Some(error),
            Err(other) => Some(StorageError::Other(other.to_string())),
        };
        *self.refusal.borrow_mut() = refusal;
    }
}
