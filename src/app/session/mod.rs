//! Keeping and following: starting the page, bringing articles back, journalling steps, handing over to other tabs.
//!
//! What is shown lives in the state; here is what must outlive a render: the keeper, the journal of the open
//! article and the lock that makes this tab its writer, and the same of articles that were left before all of
//! their work was saved.

mod following;
mod keeping;
mod shelf;
mod writing;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::events::EventListener;
use serde::{Deserialize, Serialize};
use wasm_bindgen_futures::spawn_local;

use super::hands::Hands;
use super::state::{Action, Level, Notice, Role, Settings, Topic};
use super::words::say_with;
use crate::annotation::{Codebook, Document, Meta};
use crate::browser::{IndexedDb, LocalOrMemory, Tabs, Texts, WriteLock, clock, watch_storage};
use crate::exchange::{Coder, Incoming};
use crate::store::{
    BaseError, Copies, Damage, Head, Journal, Keeper, StorageError, TextStore, decode_base, finish_removals,
};
use crate::text::{Article, ArticleId, Extra};
use writing::Writing;

/// What outlives a render.
pub(in crate::app) struct Session {
    kv: Rc<LocalOrMemory>,
    pub(in crate::app) keeper: Keeper<Rc<LocalOrMemory>>,
    pub(in crate::app) texts: Texts<Rc<LocalOrMemory>>,
    /// Where each step goes a second time.
    steps: Option<IndexedDb>,
    pub(in crate::app) coder: RefCell<Coder>,
    /// What files brought that no article holds: it goes out again with the downloads.
    pub(in crate::app) carried: RefCell<Carried>,
    /// The open article's journal and the right to write it, while this tab has both.
    writing: RefCell<Option<Writing>>,
    /// The same of articles that were left before all of their work was saved.
    parked: RefCell<Vec<Writing>>,
    /// Why local storage last refused.
    refusal: RefCell<Option<StorageError>>,
    /// The last step that was given to the journal.
    recorded: Cell<u64>,
    /// Raised by each opening, so that one that is overtaken does nothing.
    turn: Cell<u64>,
    tabs: RefCell<Option<Tabs>>,
    /// Whether the other tab has said that the article is ours.
    was_handed: Cell<bool>,
    /// The steps that it could keep in no store, and of which article.
    handed: RefCell<Option<(ArticleId, Vec<String>)>>,
    damage: RefCell<Vec<Damage>>,
    _watch: RefCell<Option<EventListener>>,
}

/// What files hold beside their articles.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::app) struct Carried {
    /// Other coders, by the ids in their tags.
    pub(in crate::app) coders: Vec<Coder>,
    /// A coder's own suggestion layer.
    pub(in crate::app) learned: Option<serde_json::Value>,
    /// Corrected names.
    pub(in crate::app) names: Vec<serde_json::Value>,
    /// Fields that this version does not know.
    pub(in crate::app) extra: Extra,
}

impl Hands {
    /// Reads what this browser keeps and opens the article that was last worked on, or the sample.
    pub(in crate::app) fn start(&self) {
        let hands = self.clone();
        spawn_local(async move { hands.begin().await });
    }

    pub(super) async fn begin(self) {
        // Loads beside all that follows.
        let _ = self.load_engine();
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
        let is_first_visit = keeper.load::<bool>("visited").is_none();
        let _ = keeper.save("visited", &true);
        let (heads, damage) = keeper.list_articles().unwrap_or_default();
        let carried = keeper.load::<Carried>("carried").unwrap_or_default();
        let texts = Texts::open(kv.clone()).await;
        let steps = texts.database();
        self.set_session(Session {
            refusal: RefCell::new(kv.blocked().cloned()),
            kv,
            keeper,
            texts,
            steps,
            coder: RefCell::new(coder),
            carried: RefCell::new(carried),
            writing: RefCell::default(),
            parked: RefCell::default(),
            recorded: Cell::new(0),
            turn: Cell::new(0),
            tabs: RefCell::default(),
            was_handed: Cell::new(false),
            handed: RefCell::default(),
            damage: RefCell::default(),
            _watch: RefCell::default(),
        });
        self.read_learner();
        let last = |heads: &[Head]| heads.iter().max_by_key(|head| head.opened).map(|head| head.id.clone());
        let mut first = last(&heads);
        self.dispatch(Action::ShelfRead(heads));
        self.note_damage(damage);
        self.listen();
        self.settle();
        if first.is_none() {
            first = last(&self.find_lost().await);
        }
        match first {
            Some(id) => self.bring(id, false).await,
            None if is_first_visit => self.open_sample(),
            None => self.dispatch(Action::Closed),
        }
        // What can wait until an article is there.
        let Some(session) = self.session() else { return };
        finish_removals(&session.keeper, &session.texts, &session.steps).await;
        self.find_lost().await;
    }

    pub(super) fn listen(&self) {
        let Some(session) = self.session() else { return };
        let hands = self.clone();
        *session.tabs.borrow_mut() = Tabs::open(move |message| hands.heard(&message));
        let hands = self.clone();
        *session._watch.borrow_mut() = watch_storage(move |change| hands.storage_changed(&change));
    }

    /// Opens an article of the list.
    pub(in crate::app) fn open_article(&self, id: ArticleId) {
        let hands = self.clone();
        spawn_local(async move { hands.bring(id, false).await });
    }

    /// Opens an article as it was left; `steals`: and takes the right to write it from another tab.
    pub(in crate::app) async fn bring(&self, id: ArticleId, steals: bool) {
        let Some(session) = self.session() else { return };
        self.leave();
        let turn = session.turn.get() + 1;
        session.turn.set(turn);
        if session.is_open(&id) {
            session.park();
        }
        let kept = session.texts.get(&id).await;
        if session.turn.get() != turn {
            return;
        }
        if let Some(parked) = session.unpark(&id) {
            self.go_on(parked, kept.ok().flatten());
            return;
        }
        let Some(base) = self.base_of(&id, kept) else {
            self.leave();
            session.park();
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
        let copies = Copies::read(&session.steps, &id).await;
        if session.turn.get() != turn {
            return;
        }
        let recovered = session.keeper.recover(&base, &copies);
        let role = if lock.is_some() && !recovered.is_newer { Role::Writer } else { Role::Follower };
        self.note_damage(recovered.damage.clone());
        // Until now the article before was open, and could be worked on.
        self.leave();
        session.park();
        let mut writing = Writing::new(Journal::new(&recovered), recovered.document);
        if role == Role::Writer {
            session.mend(&mut writing);
            session.take_handed(&mut writing);
        }
        self.show_writing(&writing, role);
        match (lock, role) {
            (Some(lock), Role::Writer) => {
                writing.hold(lock);
                *session.writing.borrow_mut() = Some(writing);
                self.dispatch(Action::Dismiss(Topic::Follower));
                self.settle();
                self.send(&id);
            }
            _ => {
                self.say_follower();
                self.wait_for_writer(id, turn);
            }
        }
    }

    /// Opens an article again that was left before all of its work was saved: as it is in memory.
    fn go_on(&self, mut parked: Writing, kept: Option<String>) {
        let Some(session) = self.session() else { return };
        self.leave();
        session.park();
        let id = parked.document.article.id.clone();
        if let Some(Ok(base)) = kept.map(|kept| decode_base(&id, &kept)) {
            // Labels may have been added to it.
            Rc::make_mut(&mut parked.document).codebook = base.codebook;
        }
        self.show_writing(&parked, Role::Writer);
        *session.writing.borrow_mut() = Some(parked);
        self.dispatch(Action::Dismiss(Topic::Follower));
        self.settle();
        self.send(&id);
    }

    /// Shows the document of a journal.
    fn show_writing(&self, writing: &Writing, role: Role) {
        let Some(session) = self.session() else { return };
        let (document, revision) = (&writing.document, writing.journal.done());
        session.recorded.set(revision);
        let view = session.keeper.view(&document.article.id);
        let current = document.set.sentence_at(view.current).map(|sentence| sentence.span);
        self.dispatch(Action::Opened {
            document: document.clone(),
            revision,
            current: current.filter(|_| view.current > 0),
            role,
        });
        self.keep_head(document, revision, |head| head.opened = clock::now());
    }

    /// The document as the analysis left it. Says so when there is none any more.
    pub(super) fn base_of(
        &self,
        id: &ArticleId,
        kept: Result<Option<String>, StorageError>,
    ) -> Option<Document> {
        let title = self.latest().head(id).map(|head| head.title.clone()).unwrap_or_default();
        let broken = |reason: String| {
            let words = say_with("notice.broken", &[("title", &title), ("reason", &reason)]);
            Notice::new(Topic::Missing, Level::Error, words)
        };
        let notice = match kept {
            Ok(Some(kept)) => match decode_base(id, &kept) {
                Ok(document) => return Some(document),
                Err(BaseError::Damaged { text: Some(text) }) => {
                    // The text is whole: analysed again it bears what was decided on the same sentences.
                    let incoming = Incoming::fresh(Article::new(text), Meta { title, ..Meta::default() });
                    let engine = self.engine_now();
                    let ready = incoming.into_document(&engine, &Codebook::standard(), &self.stamp());
                    return Some(ready.document);
                }
                Err(error) => broken(error.to_string()),
            },
            Ok(None) => {
                let words = say_with("notice.missing", &[("title", &title)]);
                Notice::new(Topic::Missing, Level::Warning, words)
            }
            Err(error) => broken(error.to_string()),
        };
        self.dispatch(Action::Say(notice));
        None
    }
}
