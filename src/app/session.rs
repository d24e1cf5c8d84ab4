//! Keeping and following: starting the page, bringing articles back, journalling steps, handing over to other tabs.
//!
//! What is shown lives in the state; here is what must outlive a render: the keeper, the journal of the open
//! article, and the lock that makes this tab its writer.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::future::TimeoutFuture;
use serde::{Deserialize, Serialize};
use wasm_bindgen_futures::spawn_local;

use super::hands::Hands;
use super::state::{Action, Desk, Keeping, Level, Notice, Role, Settings, Topic};
use super::words::{say, say_with};
use crate::annotation::{Codebook, Document, Meta};
use crate::browser::{
    LocalOrMemory, StorageChange, TabMessage, Tabs, Texts, TextsAt, WriteLock, clock, idle, watch_storage,
};
use crate::exchange::{Coder, Incoming, Opened};
use crate::store::{
    BaseError, Damage, Head, Journal, KeepError, Keeper, Place, StorageError, TextStore, View, decode_base,
    encode_base,
};
use crate::text::{Article, ArticleId, Extra, Span};

/// What outlives a render.
pub(super) struct Session {
    kv: Rc<LocalOrMemory>,
    pub(super) keeper: Keeper<Rc<LocalOrMemory>>,
    pub(super) texts: Texts<Rc<LocalOrMemory>>,
    pub(super) coder: RefCell<Coder>,
    /// What files brought that no article holds: it goes out again with the downloads.
    pub(super) carried: RefCell<Carried>,
    /// The open article's journal and the right to write it, while this tab has both.
    writing: RefCell<Option<(Journal, WriteLock)>>,
    /// The last step that was given to the journal.
    recorded: Cell<u64>,
    /// Raised by each opening, so that one that is overtaken does nothing.
    turn: Cell<u64>,
    tabs: RefCell<Option<Tabs>>,
    /// Whether the other tab has said that the article is ours.
    was_handed: Cell<bool>,
    damage: RefCell<Vec<Damage>>,
    _watch: RefCell<Option<EventListener>>,
}

/// What files hold beside their articles.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Carried {
    /// Other coders, by the ids in their tags.
    pub(super) coders: Vec<Coder>,
    /// A coder's own suggestion layer.
    pub(super) learned: Option<serde_json::Value>,
    /// Corrected names.
    pub(super) names: Vec<serde_json::Value>,
    /// Fields that this version does not know.
    pub(super) extra: Extra,
}

/// Milliseconds that another tab has to write what waits before its right is taken.
const HAND_OVER_MS: u32 = 1_000;
/// Milliseconds between two looks whether the writing tab is still there.
const FOLLOW_MS: u32 = 1_500;

impl Hands {
    /// Reads what this browser keeps and opens the article that was last worked on, or the sample.
    pub(super) fn start(&self) {
        let hands = self.clone();
        spawn_local(async move { hands.begin().await });
    }

    async fn begin(self) {
        let kv = Rc::new(LocalOrMemory::open());
        let keeper = Keeper::new(kv.clone());
        if let Some(settings) = keeper.load::<Settings>("settings") {
            self.dispatch(Action::SettingsRead(settings));
        }
        let coder = keeper.load::<Coder>("coder").unwrap_or_else(|| {
            let coder =
                Coder { id: clock::random_hex().as_str().into(), name: String::new(), extra: Extra::new() };
            // If it cannot be kept, the notice about storage says so.
            let _ = keeper.save("coder", &coder);
            coder
        });
        self.dispatch(Action::CoderRead(coder.id.clone()));
        if let Some(error) = kv.blocked() {
            self.storage_failed(&KeepError::Storage(error.clone()));
        }
        let is_first_visit = keeper.load::<bool>("visited").is_none();
        let _ = keeper.save("visited", &true);
        let (heads, damage) = keeper.list_articles().unwrap_or_default();
        let carried = keeper.load::<Carried>("carried").unwrap_or_default();
        let texts = Texts::open(kv.clone()).await;
        let last = heads.iter().max_by_key(|head| head.opened).map(|head| head.id.clone());
        self.set_session(Session {
            kv,
            keeper,
            texts,
            coder: RefCell::new(coder),
            carried: RefCell::new(carried),
            writing: RefCell::default(),
            recorded: Cell::new(0),
            turn: Cell::new(0),
            tabs: RefCell::default(),
            was_handed: Cell::new(false),
            damage: RefCell::default(),
            _watch: RefCell::default(),
        });
        self.dispatch(Action::ShelfRead(heads));
        self.note_damage(damage);
        self.listen();
        match last {
            Some(id) => self.bring(id, false).await,
            None if is_first_visit => self.open_sample(),
            None => self.dispatch(Action::Closed),
        }
    }

    fn listen(&self) {
        let Some(session) = self.session() else { return };
        let hands = self.clone();
        *session.tabs.borrow_mut() = Tabs::open(move |message| hands.heard(&message));
        let hands = self.clone();
        *session._watch.borrow_mut() = watch_storage(move |change| hands.storage_changed(&change));
    }

    /// Opens an article of the list.
    pub(super) fn open_article(&self, id: ArticleId) {
        let hands = self.clone();
        spawn_local(async move { hands.bring(id, false).await });
    }

    /// Opens an article as it was left; `steals`: and takes the right to write it from another tab.
    pub(super) async fn bring(&self, id: ArticleId, steals: bool) {
        let Some(session) = self.session() else { return };
        self.leave();
        let turn = session.turn.get() + 1;
        session.turn.set(turn);
        session.writing.borrow_mut().take();
        let kept = session.texts.get(&id).await;
        let Some(base) = self.base_of(&id, kept) else {
            self.dispatch(Action::Closed);
            return;
        };
        let lost = {
            let (hands, id) = (self.clone(), id.clone());
            move || hands.lost(&id, turn)
        };
        let lock = if steals {
            WriteLock::steal(&id, &session.kv, lost).await
        } else {
            WriteLock::acquire(&id, &session.kv, lost).await
        };
        if session.turn.get() != turn {
            return;
        }
        // What is kept is read once the right to write is ours: no other tab writes from then on.
        let recovered = session.keeper.recover(&base);
        let mut journal = Journal::new(&recovered);
        let role = if lock.is_some() && !recovered.is_newer { Role::Writer } else { Role::Follower };
        session.recorded.set(recovered.rev);
        if role == Role::Writer && !recovered.damage.is_empty() {
            // If there is no room for it now, it is tried again with the next step.
            let _ = journal.mend(&session.keeper, &recovered.document);
        }
        self.note_damage(recovered.damage.clone());
        if let (Some(lock), Role::Writer) = (lock, role) {
            *session.writing.borrow_mut() = Some((journal, lock));
        }
        let view = session.keeper.view(&id);
        let current = recovered.document.set.sentence_at(view.current).map(|sentence| sentence.span);
        let document = Rc::new(recovered.document);
        self.dispatch(Action::Opened {
            document: document.clone(),
            revision: recovered.rev,
            current: current.filter(|_| view.current > 0),
            role,
        });
        match role {
            Role::Writer => self.dispatch(Action::Dismiss(Topic::Follower)),
            Role::Follower => {
                self.say_follower();
                self.wait_for_writer(id, turn);
            }
        }
        self.keep_head(&document, recovered.rev, |head| head.opened = clock::now());
    }

    /// The document as the analysis left it. Says so when there is none any more.
    fn base_of(&self, id: &ArticleId, kept: Result<Option<String>, StorageError>) -> Option<Document> {
        let title = self.latest().shelf.iter().find(|head| head.id == *id).map(|head| head.title.clone());
        let title = title.unwrap_or_default();
        let broken = |reason: String| {
            let words = say_with("notice.broken", &[("title", &title), ("reason", &reason)]);
            Notice { topic: Topic::Missing, level: Level::Error, words, details: Vec::new() }
        };
        let notice = match kept {
            Ok(Some(kept)) => match decode_base(id, &kept) {
                Ok(document) => return Some(document),
                Err(BaseError::Damaged { text: Some(text) }) => {
                    // The text is whole: analysed again it bears what was decided on the same sentences.
                    let incoming = Incoming::fresh(Article::new(text), Meta { title, ..Meta::default() });
                    let ready = incoming.into_document(crate::ENGINE, &Codebook::standard(), &self.stamp());
                    return Some(ready.document);
                }
                Err(error) => broken(error.to_string()),
            },
            Ok(None) => {
                let words = say_with("notice.missing", &[("title", &title)]);
                Notice { topic: Topic::Missing, level: Level::Warning, words, details: Vec::new() }
            }
            Err(error) => broken(error.to_string()),
        };
        self.dispatch(Action::Say(notice));
        None
    }

    /// Journals the steps that wait in the outbox.
    pub(super) fn write(&self) {
        let (Some(session), Some(desk)) = (self.session(), self.latest().desk) else { return };
        self.record(&session, &desk);
    }

    fn record(&self, session: &Rc<Session>, desk: &Desk) {
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

    fn say_conflict(&self) {
        let words = say("notice.conflict");
        let notice = Notice { topic: Topic::Conflict, level: Level::Error, words, details: Vec::new() };
        self.dispatch(Action::Say(notice));
    }

    fn compact(&self) {
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

    fn storage_failed(&self, error: &KeepError) {
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
    pub(super) fn note_texts(&self) {
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

    fn note_damage(&self, damage: Vec<Damage>) {
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
    pub(super) fn keep_head(&self, document: &Document, revision: u64, alter: impl FnOnce(&mut Head)) {
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
    pub(super) fn keep_place(&self, id: &ArticleId, current: Option<Span>) {
        let (Some(session), Some(current)) = (self.session(), current) else { return };
        let view = View { current: current.start, ..View::default() };
        // Losing it costs nothing.
        let _ = session.keeper.save_view(id, &view);
    }

    /// Remembers what the coder set.
    pub(super) fn keep_settings(&self, settings: &Settings) {
        let Some(session) = self.session() else { return };
        if session.keeper.load::<Settings>("settings").as_ref() != Some(settings) {
            let _ = session.keeper.save("settings", settings);
        }
    }

    /// The page goes away, or another article comes: what waits is written.
    pub(super) fn leave(&self) {
        self.keep_typed();
        self.write();
    }

    /// Another tab took the right to write.
    fn lost(&self, id: &ArticleId, turn: u64) {
        let Some(session) = self.session() else { return };
        if session.turn.get() != turn {
            return;
        }
        session.writing.borrow_mut().take();
        self.dispatch(Action::RoleChanged(Role::Follower));
        self.say_follower();
        self.wait_for_writer(id.clone(), turn);
    }

    fn say_follower(&self) {
        let words = say("notice.follower");
        self.dispatch(Action::Say(Notice {
            topic: Topic::Follower,
            level: Level::Info,
            words,
            details: Vec::new(),
        }));
    }

    /// Becomes the writer once the other tab is gone.
    fn wait_for_writer(&self, id: ArticleId, turn: u64) {
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

    fn heard(&self, message: &TabMessage) {
        let Some(session) = self.session() else { return };
        let open = self.latest().desk.map(|desk| desk.document.article.id.clone());
        match message {
            TabMessage::HandOver { article } if open.as_ref() == Some(article) => {
                if session.writing.borrow().is_none() {
                    return;
                }
                self.write();
                session.writing.borrow_mut().take();
                self.dispatch(Action::RoleChanged(Role::Follower));
                self.say_follower();
                self.wait_for_writer(article.clone(), session.turn.get());
                if let Some(tabs) = session.tabs.borrow().as_ref() {
                    tabs.say(&TabMessage::HandedOver { article: article.clone() });
                }
            }
            TabMessage::HandedOver { article } if open.as_ref() == Some(article) => {
                session.was_handed.set(true)
            }
            TabMessage::HandOver { .. } | TabMessage::HandedOver { .. } | TabMessage::Changed => {}
        }
    }

    /// Another tab changed something under our keys.
    fn storage_changed(&self, change: &StorageChange) {
        let Some(session) = self.session() else { return };
        let desk = self.latest().desk;
        let Some(key) = &change.key else {
            // Everything was cleared: what is open is written again as a whole.
            if let Some(desk) = desk {
                if let Some((journal, _)) = session.writing.borrow_mut().as_mut() {
                    let _ = journal.compact(&session.keeper, &desk.document);
                }
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
    fn catch_up(&self, id: ArticleId, revision: u64) {
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

    /// Brings in an article that is not here yet, as the analysis or the file left it, with the file's tags.
    /// Answers why it could not be kept.
    pub(super) async fn add(
        &self,
        document: &Document,
        edit: Option<crate::annotation::Edit>,
    ) -> Result<(), String> {
        let session = self.session().ok_or_else(String::new)?;
        let id = document.article.id.clone();
        let kept = encode_base(document);
        session.texts.put(&id, &kept).await.map_err(|error| error.to_string())?;
        let mut now = document.clone();
        let mut revision = 0;
        if let Some(edit) = edit {
            let op = crate::annotation::Op::Do { edit: Rc::new(edit) };
            now.perform(&op).map_err(|conflict| conflict.to_string())?;
            if let Err(error) = session.keeper.append(&id, 1, &op) {
                // Nothing is half there: without its tags the article does not stay.
                let _ = session.texts.remove(&id).await;
                self.storage_failed(&error);
                return Err(error.to_string());
            }
            revision = 1;
        }
        // What comes out of a file is in that file already.
        self.keep_head(&now, revision, |head| head.downloaded_rev = revision);
        Ok(())
    }

    /// Remembers what a file brought beside its articles: the coders that are new, and what was not there yet.
    pub(super) fn carry(&self, opened: &Opened) {
        let Some(session) = self.session() else { return };
        let is_new_here = self.latest().shelf.iter().all(|head| head.revision == 0);
        if let ([coder], true) = (opened.coders.as_slice(), is_new_here) {
            // Nobody has worked here yet, and the file has one coder: it is they who go on.
            session.coder.replace(coder.clone());
            let _ = session.keeper.save("coder", coder);
            self.dispatch(Action::CoderRead(coder.id.clone()));
        }
        let me = session.coder.borrow().id.clone();
        let mut carried = session.carried.borrow_mut();
        for coder in &opened.coders {
            if coder.id != me && carried.coders.iter().all(|known| known.id != coder.id) {
                carried.coders.push(coder.clone());
            }
        }
        if carried.learned.is_none() {
            carried.learned.clone_from(&opened.learned);
        }
        for name in &opened.names {
            if !carried.names.contains(name) {
                carried.names.push(name.clone());
            }
        }
        for (field, value) in &opened.extra {
            carried.extra.entry(field.clone()).or_insert_with(|| value.clone());
        }
        // When there is no room, the notice about the next step says so; until the page closes it is here.
        let _ = session.keeper.save("carried", &*carried);
    }

    /// The article as it is kept, without opening it; none when its text is gone.
    pub(super) async fn read(&self, id: &ArticleId) -> Option<Document> {
        let open = self.latest().desk.filter(|desk| desk.document.article.id == *id);
        if let Some(desk) = open {
            return Some(desk.document.as_ref().clone());
        }
        let session = self.session()?;
        let base = self.base_of(id, session.texts.get(id).await)?;
        Some(session.keeper.recover(&base).document)
    }

    /// Keeps further labels with an article, and opens it with them.
    pub(super) async fn add_labels(&self, id: &ArticleId, codebook: Rc<Codebook>) {
        let Some(session) = self.session() else { return };
        if let Some(mut base) = self.base_of(id, session.texts.get(id).await) {
            base.codebook = codebook;
            if session.texts.put(id, &encode_base(&base)).await.is_ok() {
                self.bring(id.clone(), false).await;
            }
        }
    }

    /// Removes an article and everything annotated in it from this browser.
    pub fn remove(&self, id: ArticleId) {
        let hands = self.clone();
        spawn_local(async move {
            let Some(session) = hands.session() else { return };
            let title = hands.latest().shelf.iter().find(|head| head.id == id).map(|head| head.title.clone());
            let is_open = hands.latest().desk.is_some_and(|desk| desk.document.article.id == id);
            let is_ours = is_open && session.writing.borrow().is_some();
            let lock = if is_ours { None } else { WriteLock::acquire(&id, &session.kv, || {}).await };
            let reason = if !is_ours && lock.is_none() {
                Some(say("notice.removal.elsewhere"))
            } else {
                session.keeper.delete_article(&id).err().map(|error| error.to_string())
            };
            if let Some(reason) = reason {
                let title = title.unwrap_or_default();
                let words = say_with("notice.removal", &[("title", &title), ("reason", &reason)]);
                let notice =
                    Notice { topic: Topic::Missing, level: Level::Error, words, details: Vec::new() };
                hands.dispatch(Action::Say(notice));
                return;
            }
            // A text without an article takes room and does no harm.
            let _ = session.texts.remove(&id).await;
            hands.dispatch(Action::HeadRemoved(id.clone()));
            if is_open {
                session.turn.set(session.turn.get() + 1);
                session.writing.borrow_mut().take();
                hands.dispatch(Action::Closed);
                let next = hands.latest().shelf.iter().find(|head| head.id != id).map(|head| head.id.clone());
                if let Some(next) = next {
                    hands.bring(next, false).await;
                }
            }
        });
    }

    /// What was set aside and what could not be used, as one file.
    pub fn download_damage(&self) {
        let Some(session) = self.session() else { return };
        let asides = session.keeper.asides().unwrap_or_default();
        let damage: Vec<(String, String)> =
            session.damage.borrow().iter().map(|it| (it.key.clone(), it.why.to_string())).collect();
        let json = serde_json::json!({ "set_aside": asides, "damage": damage });
        self.save_file("readout-set-aside.json", &json.to_string());
    }
}
