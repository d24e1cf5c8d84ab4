//! The list of articles: adding, reading without opening, removing.

use std::rc::Rc;

use gloo::timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;

use super::Session;
use super::writing::Writing;
use crate::annotation::{Codebook, Document, Op};
use crate::app::hands::Hands;
use crate::app::state::{Act, Action, Level, Notice, Role, Topic};
use crate::app::words::{say, say_with};
use crate::browser::{LocalOrMemory, WriteLock};
use crate::exchange::{Incoming, Merged, Opened, merge_edit};
use crate::store::{
    Batch, Copies, Head, Journal, KeepError, Keeper, StepStore as _, TextStore, decode_base, encode_base,
    lost_articles, remove_article,
};
use crate::text::ArticleId;

impl Hands {
    /// Brings in an article that is not here yet, as the analysis or the file left it, with the file's tags.
    /// `order` is its place in the list. Answers why it could not be kept.
    pub(in crate::app) async fn add(
        &self,
        document: &Document,
        edit: Option<crate::annotation::Edit>,
        order: i64,
    ) -> Result<(), String> {
        let session = self.session().ok_or_else(String::new)?;
        let id = document.article.id.clone();
        let kept = encode_base(document);
        if session.keeper.is_deleted(&id) {
            // What was removed must not come back with it.
            let removed = remove_article(&session.keeper, &session.texts, &session.steps, &id).await;
            if removed != Ok(true) {
                return Err(say("notice.removal.unfinished"));
            }
        }
        session.texts.put(&id, &kept).await.map_err(|error| error.to_string())?;
        let mut now = document.clone();
        let mut revision = 0;
        if let Some(edit) = edit {
            let op = Op::Do { edit: Rc::new(edit) };
            now.perform(&op).map_err(|conflict| conflict.to_string())?;
            if let Err(error) = session.begin(&id, &op).await {
                // Nothing is half there: without its tags the article does not stay.
                let _ = session.texts.remove(&id).await;
                return Err(error.to_string());
            }
            revision = 1;
        }
        // What comes out of a file is in that file already.
        self.keep_head(&now, revision, |head| {
            head.downloaded_rev = revision;
            head.order = order;
        });
        Ok(())
    }

    /// Remembers what a file brought beside its articles: the coders that are new, and what was not there yet.
    pub(in crate::app) fn carry(&self, opened: &Opened) {
        let Some(session) = self.session() else { return };
        if !opened.holds_more() {
            // As all files but Readout's own: many may come at once.
            return;
        }
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
        let is_taken_over = opened.learned.as_ref().is_some_and(|learned| self.take_over_learner(learned));
        if carried.learned.is_none() && !is_taken_over {
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
    pub(in crate::app) async fn read(&self, id: &ArticleId) -> Option<Document> {
        let open = self.latest().desk.filter(|desk| desk.document.article.id == *id);
        if let Some(desk) = open {
            return Some(desk.document.as_ref().clone());
        }
        let session = self.session()?;
        if let Some(document) = session.parked_document(id) {
            return Some(document);
        }
        let base = self.base_of(id, session.texts.get(id).await)?;
        let copies = Copies::read(&session.steps, id).await;
        Some(session.keeper.recover(&base, &copies).document)
    }

    /// Lists the articles again whose head was lost: local storage was cleared, or had not reached the disk when the
    /// browser was killed. Answers their heads.
    pub(super) async fn find_lost(&self) -> Vec<Head> {
        let Some(session) = self.session() else { return Vec::new() };
        let mut heads = Vec::new();
        for id in lost_articles(&session.keeper, &session.texts).await.unwrap_or_default() {
            let kept = session.texts.get(&id).await.ok().flatten();
            let Some(Ok(base)) = kept.map(|kept| decode_base(&id, &kept)) else { continue };
            let recovered = session.keeper.recover(&base, &Copies::read(&session.steps, &id).await);
            self.keep_head(&recovered.document, recovered.rev, |head| heads.push(head.clone()));
        }
        heads
    }

    /// Adds what a file adds to an article that is here: through the page when it is open, else where it lies.
    /// Answers why it could not be.
    pub(in crate::app) async fn merge(&self, id: &ArticleId, incoming: &Incoming) -> Result<Merged, String> {
        let session = self.session().ok_or_else(String::new)?;
        if session.parked_document(id).is_some() {
            // Its work is not saved yet: it goes on through the page.
            self.bring(id.clone(), false).await;
            TimeoutFuture::new(0).await;
        }
        let open = self.latest().desk.filter(|desk| desk.document.article.id == *id);
        if let Some(desk) = open {
            if desk.role == Role::Follower {
                return Err(say("notice.merge.elsewhere"));
            }
            let merged = merge_edit(&desk.document, incoming, &mut self.stamp());
            if let Some(codebook) = merged.codebook.clone() {
                self.add_labels(id, codebook).await;
                // The page has the article with its labels by the next turn of the event loop.
                TimeoutFuture::new(0).await;
            }
            if let Some(edit) = merged.edit.clone() {
                // At once: the next file of many may bring another article to the desk.
                self.act_now(Act::Put(Rc::new(edit)));
            }
            return Ok(merged);
        }
        let lock = WriteLock::acquire(id, &session.kv, || {}).await;
        let lock = lock.ok_or_else(|| say("notice.merge.elsewhere"))?;
        let mut base =
            self.base_of(id, session.texts.get(id).await).ok_or_else(|| say("notice.merge.gone"))?;
        let recovered = session.keeper.recover(&base, &Copies::read(&session.steps, id).await);
        let mut writing = Writing::new(Journal::new(&recovered), recovered.document);
        let merged = merge_edit(&writing.document, incoming, &mut self.stamp());
        if let Some(codebook) = merged.codebook.clone() {
            base.codebook = codebook.clone();
            session.texts.put(id, &encode_base(&base)).await.map_err(|error| error.to_string())?;
            Rc::make_mut(&mut writing.document).codebook = codebook;
        }
        writing.hold(lock);
        if let Some(edit) = merged.edit.clone() {
            let op = Op::Do { edit: Rc::new(edit) };
            let document = Rc::make_mut(&mut writing.document);
            document.perform(&op).map_err(|conflict| conflict.to_string())?;
            let result = writing.journal.record(&session.keeper, document, &op);
            if let Err(error @ (KeepError::Taken { .. } | KeepError::Newer)) = result {
                return Err(error.to_string());
            }
            session.note_refusal(result);
            self.keep_head(&writing.document, writing.journal.done(), |_| {});
            // Like an article that was left: until it is saved it is here.
            session.leave_with(writing);
            self.settle();
            self.send(id);
        }
        Ok(merged)
    }

    /// Keeps further labels with an article, and opens it with them.
    pub(in crate::app) async fn add_labels(&self, id: &ArticleId, codebook: Rc<Codebook>) {
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
            let title = hands.latest().head(&id).map(|head| head.title.clone());
            let is_open = hands.latest().desk.is_some_and(|desk| desk.document.article.id == id);
            let is_parked = session.parked_document(&id).is_some();
            let is_ours = is_parked || is_open && session.writing.borrow().is_some();
            let lock = if is_ours { None } else { WriteLock::acquire(&id, &session.kv, || {}).await };
            let reason = if !is_ours && lock.is_none() {
                Some(say("notice.removal.elsewhere"))
            } else {
                session.unpark(&id);
                if is_open {
                    session.turn.set(session.turn.get() + 1);
                    session.writing.borrow_mut().take();
                }
                // What cannot go now goes when the page starts the next time.
                let removed = remove_article(&session.keeper, &session.texts, &session.steps, &id).await;
                removed.err().map(|error| error.to_string())
            };
            if let Some(reason) = reason {
                let title = title.unwrap_or_default();
                let words = say_with("notice.removal", &[("title", &title), ("reason", &reason)]);
                let notice = Notice::new(Topic::Missing, Level::Error, words);
                hands.dispatch(Action::Say(notice));
                if is_open && is_ours {
                    hands.bring(id, false).await;
                }
                return;
            }
            hands.dispatch(Action::HeadRemoved(id.clone()));
            if is_open {
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

impl Session {
    /// Keeps the first step of an article that comes in with a file's tags: in either store, if not in both.
    async fn begin(&self, id: &ArticleId, op: &Op) -> Result<(), KeepError> {
        let sealed = Keeper::<Rc<LocalOrMemory>>::sealed_step(id, 1, op)?;
        let second = self.steps.write(id, &Batch::Steps(vec![(1, sealed)])).await;
        if let Err(KeepError::Taken { .. }) = second {
            return second;
        }
        match self.keeper.append(id, 1, op) {
            Err(KeepError::Storage(_)) if second.is_ok() => Ok(()),
            result => result,
        }
    }
}
