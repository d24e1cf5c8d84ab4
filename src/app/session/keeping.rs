//! Keeping: steps go to the journal, and the page says when they cannot.

use std::rc::Rc;

use super::Session;
use crate::annotation::Document;
use crate::app::hands::Hands;
use crate::app::state::{Action, Desk, Keeping, Level, Notice, Settings, Topic};
use crate::app::words::{say, say_with};
use crate::browser::{TextsAt, clock, idle};
use crate::store::{Damage, Head, KeepError, StorageError, View};
use crate::text::{ArticleId, Span};

impl Hands {
    /// Journals the steps that wait in the outbox.
    pub(in crate::app) fn write(&self) {
        let (Some(session), Some(desk)) = (self.session(), self.latest().desk) else { return };
        self.record(&session, &desk);
    }

    pub(super) fn record(&self, session: &Rc<Session>, desk: &Desk) {
        let mut writing = session.writing.borrow_mut();
        let Some((journal, _)) = writing.as_mut() else { return };
        let mut result = Ok(0);
        for (revision, op, document) in &desk.outbox {
            if *revision > session.recorded.get() {
                session.recorded.set(*revision);
                result = journal.record(&session.keeper, document, op);
            }
        }
        if journal.waiting() > 0 {
            result = journal.flush(&session.keeper, &desk.document);
        }
        if matches!(result, Err(KeepError::Storage(StorageError::Full))) {
            // Older snapshots and steps of other articles are spare copies.
            let _ = session.keeper.make_room(std::slice::from_ref(&desk.document.article.id));
            result = journal.flush(&session.keeper, &desk.document);
        }
        let wants_snapshot = journal.wants_snapshot();
        drop(writing);
        match result {
            Ok(_) => {
                self.dispatch(Action::Written(desk.revision));
                if self.latest().keeping == Keeping::Full {
                    self.dispatch(Action::KeepingChanged(Keeping::Stored));
                    self.dispatch(Action::Dismiss(Topic::Keeping));
                }
                self.keep_head(&desk.document, desk.revision, |_| {});
                if wants_snapshot {
                    let hands = self.clone();
                    idle::when_idle(move || hands.compact());
                }
            }
            Err(KeepError::Taken { .. }) => {
                // Another tab writes as well: what it wrote stands, and what this one did since is shown again.
                let id = desk.document.article.id.clone();
                self.say_conflict();
                self.open_article(id);
            }
            Err(error) => self.storage_failed(&error),
        }
    }

    pub(super) fn say_conflict(&self) {
        let words = say("notice.conflict");
        let notice = Notice { topic: Topic::Conflict, level: Level::Error, words, details: Vec::new() };
        self.dispatch(Action::Say(notice));
    }

    pub(super) fn compact(&self) {
        let (Some(session), Some(desk)) = (self.session(), self.latest().desk) else { return };
        if let Some((journal, _)) = session.writing.borrow_mut().as_mut()
            && desk.outbox.is_empty()
            && journal.waiting() == 0
            && journal.rev() == desk.revision
        {
            // A snapshot that cannot be written is tried again after the next step.
            let _ = journal.compact(&session.keeper, &desk.document);
        }
    }

    /// Tries again to write what waits.
    pub fn write_again(&self) {
        self.write();
    }

    pub(super) fn storage_failed(&self, error: &KeepError) {
        let (keeping, words) = match error {
            KeepError::Storage(StorageError::Full) => (Keeping::Full, say("notice.full")),
            KeepError::Storage(StorageError::Blocked) => (Keeping::Blocked, say("notice.blocked")),
            other => (Keeping::Full, say_with("notice.storage", &[("reason", &other.to_string())])),
        };
        self.dispatch(Action::KeepingChanged(keeping));
        let notice = Notice { topic: Topic::Keeping, level: Level::Error, words, details: Vec::new() };
        self.dispatch(Action::Say(notice));
    }

    /// Says where texts had to go when they could not go to the database.
    pub(in crate::app) fn note_texts(&self) {
        let Some(session) = self.session() else { return };
        let words = match session.texts.worst() {
            // That local storage is blocked as well was said already.
            _ if session.kv.blocked().is_some() => return,
            TextsAt::Database => return,
            TextsAt::Keys => say("notice.texts"),
            TextsAt::Memory => say("notice.texts.memory"),
        };
        let notice = Notice { topic: Topic::Texts, level: Level::Warning, words, details: Vec::new() };
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
