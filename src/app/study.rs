//! Learning: what the coder's steps teach is learnt after the frame that shows them, and the open article is scored
//! anew. A long article is looked at a stretch at a time, so that keys are never kept waiting.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use gloo::timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;

use super::hands::Hands;
use super::state::{Action, Desk, Settings};
use crate::acts::{Features, LABELS, Learner, Lesson, fresh_suggestions, suggest};
use crate::annotation::Proposed;
use crate::entities::Names;
use crate::exchange::Engine;
use crate::text::{ArticleId, Outline};

/// Sentences that are looked at before the page gets its turn.
const STRETCH: usize = 1_500;

/// Where the layer is kept.
const KEPT: &str = "learned";

/// What is known of the open article.
#[derive(Default)]
pub(super) struct Study {
    looked: RefCell<Option<Looked>>,
    /// Lessons of the open article that have been learnt.
    learnt: Cell<usize>,
    /// What the open article was last scored for.
    scored: RefCell<Option<Scored>>,
    is_busy: Cell<bool>,
    /// Whether something happened meanwhile.
    again: Cell<bool>,
}

/// What a score depends on, besides the text.
#[derive(Clone, PartialEq)]
struct Scored {
    article: ArticleId,
    learner: Rc<Learner>,
    from: u8,
    sentences: usize,
}

struct Looked {
    article: ArticleId,
    outline: Rc<Outline>,
    names: Names,
    features: Features,
}

fn scored(desk: &Desk, learner: &Rc<Learner>, from: u8) -> Scored {
    let document = &desk.document;
    let sentences = document.set.outline.sentences().len();
    Scored { article: document.article.id.clone(), learner: learner.clone(), from, sentences }
}

impl Hands {
    /// Reads what was learnt before.
    pub(super) fn read_learner(&self) {
        let Some(session) = self.session() else { return };
        if let Some(learner) = session.keeper.load::<Learner>(KEPT) {
            self.dispatch(Action::LearnerRead(Rc::new(learner)));
        }
    }

    /// Takes over what a file says was learnt, where nothing has been learnt here. Says whether it did.
    pub(super) fn take_over_learner(&self, learned: &serde_json::Value) -> bool {
        let Ok(learner) = serde_json::from_value::<Learner>(learned.clone()) else { return false };
        if learner.is_empty() || !self.latest().learner.is_empty() {
            return false;
        }
        self.keep_learner(&learner);
        self.dispatch(Action::LearnerRead(Rc::new(learner)));
        self.study();
        true
    }

    /// What was learnt, as it stands in a file.
    pub(super) fn learner_for_file(&self) -> Option<serde_json::Value> {
        let learner = self.latest().learner;
        if learner.is_empty() { None } else { serde_json::to_value(learner.as_ref()).ok() }
    }

    /// Forgets all that was learnt.
    pub(super) fn forget_learnt(&self) {
        let learner = Learner::default();
        self.keep_learner(&learner);
        self.dispatch(Action::LearnerRead(Rc::new(learner)));
        self.study();
    }

    fn keep_learner(&self, learner: &Learner) {
        if let Some(session) = self.session() {
            // If it cannot be kept, the notice about storage says so; what was taught stands in the tags.
            let _ = session.keeper.save(KEPT, learner);
        }
    }

    /// Learns what was taught and scores the article anew, soon.
    pub(super) fn study(&self) {
        let room = self.study_room();
        if room.is_busy.replace(true) {
            room.again.set(true);
            return;
        }
        let hands = self.clone();
        spawn_local(async move {
            loop {
                hands.study_room().again.set(false);
                // After the frame that shows the step.
                TimeoutFuture::new(0).await;
                hands.study_once().await;
                if !hands.study_room().again.get() {
                    break;
                }
            }
            hands.study_room().is_busy.set(false);
        });
    }

    async fn study_once(&self) {
        let room = self.study_room();
        let Some(desk) = self.latest().desk else { return };
        let id = desk.document.article.id.clone();
        if !self.is_worth_it(&desk) {
            return;
        }
        let engine = self.engine().await;
        if engine.acts.is_none() || !self.look(&desk).await {
            return;
        }
        // What was taught meanwhile is learnt too.
        let state = self.latest();
        let Some(desk) = state.desk.filter(|desk| desk.document.article.id == id) else { return };
        let Some((learner, proposed)) =
            self.learn(&engine, &desk, &state.learner, state.settings.suggest_from)
        else {
            return;
        };
        if learner != *state.learner {
            self.keep_learner(&learner);
        }
        let learner = Rc::new(learner);
        let scored = scored(&desk, &learner, state.settings.suggest_from);
        *room.scored.borrow_mut() = Some(scored);
        self.dispatch(Action::Learnt(learner, id, Rc::new(proposed)));
    }

    /// Whether anything would be scored otherwise than the analysis did.
    fn is_worth_it(&self, desk: &Desk) -> bool {
        let (state, room) = (self.latest(), self.study_room());
        if room.learnt.get() > desk.taught.len() {
            // It was opened anew.
            room.learnt.set(0);
        }
        let is_taught = desk.taught.len() > room.learnt.get();
        let is_proposed = desk.document.set.proposed.is_some();
        let now = scored(desk, &state.learner, state.settings.suggest_from);
        if !is_taught && is_proposed && room.scored.borrow().as_ref() == Some(&now) {
            return false;
        }
        let is_usual = state.settings.suggest_from == Settings::default().suggest_from;
        is_taught || is_proposed || !is_usual || !state.learner.is_empty()
    }

    /// Looks at every sentence of the article, once. Says whether it is still the open one.
    async fn look(&self, desk: &Desk) -> bool {
        let document = &desk.document;
        let (id, outline) = (document.article.id.clone(), document.set.outline.clone());
        let is_known = |it: &Looked| it.article == id && Rc::ptr_eq(&it.outline, &outline);
        if self.study_room().looked.borrow().as_ref().is_some_and(is_known) {
            return true;
        }
        let (mut features, names) = (Features::default(), document.set.names());
        while !features.extend(&document.article.text, &outline, &names, STRETCH) {
            TimeoutFuture::new(0).await;
            if self.latest().desk.is_none_or(|now| now.document.article.id != id) {
                return false;
            }
        }
        *self.study_room().looked.borrow_mut() = Some(Looked { article: id, outline, names, features });
        true
    }

    fn learn(
        &self,
        engine: &Engine,
        desk: &Desk,
        learner: &Learner,
        from: u8,
    ) -> Option<(Learner, Proposed)> {
        let model = engine.acts.as_ref()?;
        let room = self.study_room();
        let looked = room.looked.borrow();
        let looked = looked.as_ref()?;
        let (text, set) = (&desk.document.article.text, &desk.document.set);
        let mut learner = learner.clone();
        learner.prepare(model);
        for taught in desk.taught.iter().skip(room.learnt.replace(desk.taught.len())) {
            let index = looked.outline.index_of(taught.sentence);
            let Some(sentence) = index.and_then(|index| looked.features.sentences.get(index)) else {
                continue;
            };
            let labels = match &taught.label {
                Some(label) => vec![label.clone()],
                None => learner.labels().chain(LABELS).map(str::to_owned).collect(),
            };
            for label in labels.iter().collect::<BTreeSet<_>>() {
                let lesson = Lesson { label, fits: taught.fits };
                if taught.is_taken_back {
                    learner.unlearn(model, sentence, lesson);
                } else if learner.learn(model, sentence, lesson) {
                    learner.note(label, taught.sentence.of(text));
                }
            }
        }
        let found = suggest(
            text,
            &looked.outline,
            &looked.names,
            &looked.features,
            model,
            &learner,
            f64::from(from) / 100.0,
        );
        Some((learner, Proposed::new(fresh_suggestions(found, set))))
    }
}
