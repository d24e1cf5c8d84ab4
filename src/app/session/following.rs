//! Other tabs: following the one that writes, and handing over.

use std::rc::Rc;

use gloo::timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;

use crate::app::hands::Hands;
use crate::app::state::{Action, Level, Notice, Role, Topic};
use crate::app::words::say;
use crate::browser::{LocalOrMemory, StorageChange, TabMessage, WriteLock};
use crate::store::{Keeper, Place, Standing};
use crate::text::ArticleId;

/// Milliseconds that another tab has to write what waits before its right is taken.
const HAND_OVER_MS: u32 = 1_000;
/// Milliseconds between two looks whether the writing tab is still there.
const FOLLOW_MS: u32 = 1_500;

impl Hands {
    /// Another tab took the right to write.
    pub(super) fn lost(&self, id: &ArticleId, turn: u64) {
        let Some(session) = self.session() else { return };
        if session.turn.get() != turn {
            return;
        }
        session.writing.borrow_mut().take();
        self.dispatch(Action::RoleChanged(Role::Follower));
        self.say_follower();
        self.wait_for_writer(id.clone(), turn);
    }

    pub(super) fn say_follower(&self) {
        let words = say("notice.follower");
        self.dispatch(Action::Say(Notice::new(Topic::Follower, Level::Info, words)));
    }

    /// Becomes the writer once the other tab is gone.
    pub(super) fn wait_for_writer(&self, id: ArticleId, turn: u64) {
        let hands = self.clone();
        spawn_local(async move {
            loop {
                TimeoutFuture::new(FOLLOW_MS).await;
                let Some(session) = hands.session() else { return };
                if session.turn.get() != turn || session.writing.borrow().is_some() {
                    return;
                }
                let lock = WriteLock::acquire(&id, &session.kv, || {}).await;
                if lock.is_some() && session.turn.get() == turn {
                    drop(lock);
                    hands.bring(id, false).await;
                    return;
                }
            }
        });
    }

    /// Makes this tab the writer of its article: asks the other one first, then takes the right.
    pub fn take_over(&self) {
        let (Some(session), Some(desk)) = (self.session(), self.latest().desk) else { return };
        let id = desk.document.article.id.clone();
        let hands = self.clone();
        spawn_local(async move {
            session.was_handed.set(false);
            session.handed.take();
            if let Some(tabs) = session.tabs.borrow().as_ref() {
                tabs.say(&TabMessage::HandOver { article: id.clone() });
            }
            let mut waited = 0;
            while !session.was_handed.get() && waited < HAND_OVER_MS {
                TimeoutFuture::new(50).await;
                waited += 50;
            }
            hands.bring(id, true).await;
        });
    }

    /// Gives the open article to the tab that asked for it, once the step store has what is on its way.
    async fn hand_over(&self, article: ArticleId) {
        let Some(session) = self.session() else { return };
        let is_saving =
            || session.with_writing(&article, |it| session.standing(it) == Standing::Saving) == Some(true);
        let mut waited = 0;
        while is_saving() && waited < HAND_OVER_MS / 2 {
            TimeoutFuture::new(50).await;
            waited += 50;
        }
        let is_open = session.is_open(&article);
        let writing = if is_open { session.writing.borrow_mut().take() } else { session.unpark(&article) };
        let unkept = writing.map(|it| {
            it.journal.unkept(&session.keeper).filter_map(|op| serde_json::to_string(op).ok()).collect()
        });
        if is_open {
            self.wait_for_writer(article.clone(), session.turn.get());
        }
        if let Some(tabs) = session.tabs.borrow().as_ref() {
            tabs.say(&TabMessage::HandedOver { article, steps: unkept.unwrap_or_default() });
        }
    }

    pub(super) fn heard(&self, message: &TabMessage) {
        let Some(session) = self.session() else { return };
        let open = self.latest().desk.map(|desk| desk.document.article.id.clone());
        match message {
            TabMessage::HandOver { article } => {
                if session.is_open(article) {
                    self.leave();
                    self.dispatch(Action::RoleChanged(Role::Follower));
                    self.say_follower();
                } else if session.parked_document(article).is_none() {
                    return;
                }
                let hands = self.clone();
                let article = article.clone();
                spawn_local(async move { hands.hand_over(article).await });
            }
            TabMessage::HandedOver { article, steps } if open.as_ref() == Some(article) => {
                *session.handed.borrow_mut() = Some((article.clone(), steps.clone()));
                session.was_handed.set(true);
            }
            TabMessage::Stepped { article, revision } if open.as_ref() == Some(article) => {
                self.catch_up(article.clone(), *revision);
            }
            TabMessage::HandedOver { .. } | TabMessage::Stepped { .. } | TabMessage::Changed => {}
        }
    }

    /// Another tab changed something under our keys.
    pub(super) fn storage_changed(&self, change: &StorageChange) {
        let Some(session) = self.session() else { return };
        let desk = self.latest().desk;
        let Some(key) = &change.key else {
            // Everything was cleared: what is open is written again as a whole.
            self.snapshot(true);
            if let Some(desk) = desk {
                self.keep_head(&desk.document, desk.revision, |_| {});
            }
            return;
        };
        match (Place::of(key), &change.value) {
            (Place::Entry(id, revision), Some(value)) => {
                let is_followed =
                    desk.is_some_and(|desk| desk.document.article.id == id && desk.role == Role::Follower);
                if is_followed && let Some((_, _, op)) = Keeper::<Rc<LocalOrMemory>>::read_event(key, value) {
                    self.dispatch(Action::Followed(revision, op));
                    self.catch_up(id, revision);
                }
            }
            (Place::Head(id), Some(_)) => {
                if let Some(head) = session.keeper.head(&id) {
                    self.dispatch(Action::HeadChanged(head));
                }
            }
            (Place::Head(id), None) => self.dispatch(Action::HeadRemoved(id)),
            _ => {}
        }
    }

    /// Opens the followed article anew when a step was missed.
    pub(super) fn catch_up(&self, id: ArticleId, revision: u64) {
        let hands = self.clone();
        spawn_local(async move {
            TimeoutFuture::new(100).await;
            let is_behind = hands.latest().desk.is_some_and(|desk| {
                desk.document.article.id == id && desk.role == Role::Follower && desk.revision < revision
            });
            if is_behind {
                hands.bring(id, false).await;
            }
        });
    }
}
