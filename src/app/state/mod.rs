//! The state of the page and the one function that changes it.
//!
//! The reducer is pure: it never stores, logs, dispatches or reads a clock. What must be kept is put into the
//! desk's outbox; an effect takes it from there. An action that changes nothing answers `None`.

mod action;
mod desk;
mod said;
mod settings;

use std::rc::Rc;

use super::keys::Command;
use super::movement;
use crate::acts::{Learner, lessons};
use crate::annotation::{Conflict, Id, Op, Stamp, Strength, commands, several};
use crate::store::Head;
use crate::text::ArticleId;

pub use action::{Act, Action};
pub use desk::{Desk, Field, Role};
pub use said::{How, Keeping, Level, Notice, Opening, Told, Topic};
pub use settings::{Settings, Side, Theme};

/// Everything that the page shows.
#[derive(Debug, Clone)]
pub struct State {
    /// The articles in this browser, in the order of the list.
    pub shelf: Rc<Vec<Head>>,
    /// Whether it is known what is open; until then nothing is called empty.
    pub is_ready: bool,
    /// The open article.
    pub desk: Option<Desk>,
    /// Who annotates.
    pub coder: Id,
    /// What the coder set.
    pub settings: Settings,
    /// What covers part of the page.
    pub panel: Option<Panel>,
    /// The side that lies over the page on a narrow screen.
    pub sheet: Option<Side>,
    /// What the page has to say.
    pub notices: Rc<Vec<Notice>>,
    /// Whether work is being kept.
    pub keeping: Keeping,
    /// What was last done.
    pub told: Option<Told>,
    /// Something to say in its place, as a key of the interface strings, until the next step.
    pub hint: Option<&'static str>,
    /// How far opening files has come, while it goes on.
    pub opening: Option<Opening>,
    /// What the coder has taught the suggestions.
    pub learner: Rc<Learner>,
}

/// What covers part of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Panel {
    /// All keys, and the settings.
    Keys,
    /// A field to paste an article into.
    Paste,
    /// The find bar.
    Find,
    /// What is suggested, how it is shown, and what it has learnt.
    Suggestions,
}

impl State {
    /// The page before anything was read.
    pub fn new() -> Self {
        Self {
            shelf: Rc::default(),
            is_ready: false,
            desk: None,
            coder: Id::from("coder"),
            settings: Settings::default(),
            panel: None,
            sheet: None,
            notices: Rc::default(),
            keeping: Keeping::Stored,
            told: None,
            hint: None,
            opening: None,
            learner: Rc::default(),
        }
    }

    /// What the list shows of an article, if it is in the list.
    pub fn head(&self, id: &ArticleId) -> Option<&Head> {
        self.shelf.iter().find(|head| head.id == *id)
    }

    /// The state after `action`; `None` when that is this state.
    pub fn reduced(&self, action: Action) -> Option<Self> {
        let mut next = self.clone();
        let changed = match action {
            Action::ShelfRead(mut heads) => {
                heads.sort_by(Head::by_place);
                next.shelf = Rc::new(heads);
                true
            }
            Action::HeadChanged(head) => next.put_head(head),
            Action::HeadRemoved(id) => {
                Rc::make_mut(&mut next.shelf).retain(|head| head.id != id);
                true
            }
            Action::SettingsRead(settings) | Action::Set(settings) => {
                let changed = next.settings != settings;
                next.settings = settings;
                changed
            }
            Action::CoderRead(coder) => {
                next.coder = coder;
                true
            }
            Action::Opened { document, revision, current, role } => {
                // The same article again is drawn anew: what another tab did shows.
                let is_same = |desk: &&Desk| desk.document.article.id == document.article.id;
                let version = next.desk.as_ref().filter(is_same).map_or(0, |desk| desk.version + 1);
                next.desk = Some(Desk::new(document, version, revision, current, role));
                next.is_ready = true;
                next.told = None;
                next.sheet = None;
                next.panel = None;
                next.dismiss(Topic::Conflict);
                true
            }
            Action::Closed => {
                next.desk = None;
                next.told = None;
                next.is_ready = true;
                true
            }
            Action::Act(act, stamp) => next.act(act, stamp),
            Action::Undo => next.step(Op::Undo),
            Action::Redo => next.step(Op::Redo),
            Action::Followed(revision, op) => next.follow(revision, &op),
            Action::LearnerRead(learner) => {
                next.learner = learner;
                true
            }
            Action::Learnt(learner, id, proposed) => {
                next.learner = learner;
                let desk = next.desk.as_mut().filter(|desk| desk.document.article.id == id);
                if let Some(desk) = desk {
                    desk.propose(proposed);
                }
                true
            }
            Action::Written(revision) => next.desk.as_mut().is_some_and(|desk| desk.written(revision)),
            Action::KeepingChanged(keeping) => {
                let changed = next.keeping != keeping;
                next.keeping = keeping;
                changed
            }
            Action::RoleChanged(role) => next.desk.as_mut().is_some_and(|desk| {
                let changed = desk.role != role;
                desk.role = role;
                changed
            }),
            Action::Move(command) => next.go_by_key(command),
            Action::GoAt(byte, extend) => next.desk.as_mut().is_some_and(|desk| {
                let sentence = desk.document.set.sentence_at(byte).map(|sentence| sentence.span);
                desk.focus += 1;
                sentence.is_some_and(|span| desk.go(span, extend) || !extend)
            }),
            Action::ShowAt(byte) => next.desk.as_mut().is_some_and(|desk| {
                let sentence = desk.document.set.sentence_at(byte).map(|sentence| sentence.span);
                desk.reveal += 1;
                sentence.is_some_and(|span| desk.go(span, false) || desk.reveal > 0)
            }),
            Action::Focus => next.desk.as_mut().is_some_and(|desk| {
                desk.focus += 1;
                true
            }),
            Action::Pick(units) => next.desk.as_mut().is_some_and(|desk| {
                let article = &desk.document.article;
                let span = units.and_then(|units| article.offsets.utf16_to_span(&article.text, units));
                desk.pick(span)
            }),
            Action::Reveal => next.desk.as_mut().is_some_and(|desk| {
                desk.reveal += 1;
                true
            }),
            Action::Choose(tag) => {
                let coder = &next.coder;
                next.desk.as_mut().is_some_and(|desk| desk.choose(coder, tag))
            }
            Action::OpenField(field, tag) => next.open_field(field, tag),
            Action::CloseField => next.desk.as_mut().is_some_and(|desk| {
                desk.focus += 1;
                desk.field.take().is_some()
            }),
            Action::ShowPanel(panel) => {
                let changed = next.panel != panel;
                next.panel = panel;
                changed
            }
            Action::ShowSheet(sheet) => {
                let changed = next.sheet != sheet;
                next.sheet = sheet;
                changed
            }
            Action::Say(notice) => next.say(notice),
            Action::Dismiss(topic) => next.dismiss(topic),
            Action::Hint(words) => {
                next.hint = Some(words);
                true
            }
            Action::Opening(opening) => {
                next.opening = opening;
                true
            }
        };
        changed.then_some(next)
    }

    fn put_head(&mut self, head: Head) -> bool {
        let shelf = Rc::make_mut(&mut self.shelf);
        match shelf.iter_mut().find(|old| old.id == head.id) {
            Some(old) if *old == head => return false,
            Some(old) => *old = head,
            None => {
                let place = shelf.partition_point(|old| old.comes_before(&head));
                shelf.insert(place, head);
            }
        }
        true
    }

    fn dismiss(&mut self, topic: Topic) -> bool {
        let before = self.notices.len();
        Rc::make_mut(&mut self.notices).retain(|notice| notice.topic != topic);
        before != self.notices.len()
    }

    fn act(&mut self, act: Act, stamp: Stamp) -> bool {
        let Some(desk) = &self.desk else { return false };
        if desk.role == Role::Follower {
            return false;
        }
        let document = desk.document.as_ref();
        let is_label = matches!(act, Act::Toggle(_) | Act::ToggleNth(_) | Act::TakeSuggestion(_));
        let suggestion = |id: Option<&Id>| match id {
            Some(id) => document.set.suggestion(id),
            None => document.set.suggestions_on(desk.current?).into_iter().next(),
        };
        if let Act::TakeSuggestion(id) | Act::DismissSuggestion(id) = &act
            && suggestion(id.as_ref()).is_none()
        {
            self.hint = Some("hint.nothing-suggested");
            return true;
        }
        let edit = match act {
            Act::Toggle(label) => commands::toggle_label(document, &desk.selected(), &label, stamp),
            Act::ToggleNth(index) => document
                .codebook
                .labels
                .get(index)
                .and_then(|label| commands::toggle_label(document, &desk.selected(), &label.id, stamp)),
            Act::NoLabel => commands::toggle_judgement(document, &desk.selected(), stamp),
            Act::TakeSuggestion(id) => {
                suggestion(id.as_ref()).and_then(|it| commands::take_suggestions(document, &[it], stamp))
            }
            Act::TakeAll(ids) => {
                let all: Vec<_> = ids.iter().filter_map(|id| suggestion(Some(id))).collect();
                commands::take_suggestions(document, &all, stamp)
            }
            Act::DismissSuggestion(id) => {
                suggestion(id.as_ref()).and_then(|it| commands::dismiss_suggestion(document, &it, &stamp))
            }
            Act::FlipStrength => desk.active_tag(&self.coder).and_then(|id| {
                let tag = document.set.tags.get(&id)?;
                document.codebook.label(&tag.label).filter(|label| label.has_strength())?;
                let strength = tag.strength.map_or(Strength::Firm, Strength::other);
                several::set_strength(document, &desk.reached(&id), Some(strength), &stamp)
            }),
            Act::SetStrength(tag, strength) => {
                several::set_strength(document, &desk.reached(&tag), Some(strength), &stamp)
            }
            Act::SetActors(tag, field, actors) => {
                several::set_actors(document, &desk.reached(&tag), field != Field::To, &actors, &stamp)
            }
            Act::NewParty(tag, field, name, kind) => {
                several::add_party(document, &desk.reached(&tag), field != Field::To, &name, kind, stamp)
            }
            // Words outside the tagged sentence show nothing about it: the command leaves them out.
            Act::SetEvidence(tag, spans) => commands::set_evidence(document, &tag, spans, &stamp),
            Act::SetNote(tag, note) => commands::set_note(document, &tag, &note, &stamp),
            Act::AddEntity(span, kind) => commands::add_entity(document, span, kind, stamp),
            Act::SetEntityKind(entity, kind) => commands::set_entity_kind(document, &entity, kind, &stamp),
            Act::RemoveEntity(entity) => commands::remove_entity(document, &entity, &stamp),
            Act::SetMeta(meta) => commands::set_meta(document, meta, &stamp),
            Act::Split(sentence, at) => commands::split_sentence(document, sentence, at, stamp),
            Act::Merge(sentence) => commands::merge_with_next(document, sentence, &stamp),
            Act::Put(edit) => Some(edit.as_ref().clone()),
        };
        let Some(edit) = edit else { return false };
        if let (true, Some(desk)) = (is_label, &mut self.desk) {
            // A label that was just put is the one to go on with.
            desk.forget_choice();
        }
        self.step(Op::Do { edit: Rc::new(edit) })
    }

    /// Takes one step of this tab's own, to be kept and told.
    fn step(&mut self, op: Op) -> bool {
        let Some(desk) = &mut self.desk else { return false };
        if desk.role == Role::Follower {
            return false;
        }
        let (edit, how) = match &op {
            Op::Do { edit } => (Some(edit.clone()), How::Done),
            Op::Undo => (desk.document.history.last_done().cloned(), How::Undone),
            Op::Redo => (desk.document.history.last_undone().cloned(), How::Redone),
        };
        let Some(edit) = edit else { return false };
        match desk.perform(&op) {
            Ok(touched) => {
                self.hint = None;
                if edit.coder == self.coder {
                    desk.taught.extend(lessons(&edit, how == How::Undone));
                }
                desk.outbox.push_back((desk.revision, op, desk.document.clone()));
                if how != How::Done {
                    desk.show(&touched);
                }
                let mut spans = touched.spans;
                spans.sort_unstable();
                spans.dedup();
                let turn = self.told.as_ref().map_or(0, |told| told.turn) + 1;
                self.told = Some(Told { what: edit.what.clone(), how, sentences: spans.len().max(1), turn });
                true
            }
            Err(conflict) => self.say_conflict(&conflict),
        }
    }

    fn follow(&mut self, revision: u64, op: &Op) -> bool {
        let Some(desk) = &mut self.desk else { return false };
        // A step that was seen already, or one that is not the next, is not taken: the caller opens anew.
        if revision != desk.revision + 1 {
            return false;
        }
        match desk.perform(op) {
            Ok(_) => true,
            Err(conflict) => self.say_conflict(&conflict),
        }
    }

    fn say_conflict(&mut self, conflict: &Conflict) -> bool {
        let words = super::words::say("notice.conflict");
        let notice = Notice {
            topic: Topic::Conflict,
            level: Level::Error,
            words,
            details: vec![conflict.to_string()],
        };
        self.say(notice)
    }

    /// Says something, in place of what was said about the same before.
    fn say(&mut self, notice: Notice) -> bool {
        let notices = Rc::make_mut(&mut self.notices);
        notices.retain(|old| old.topic != notice.topic);
        notices.push(notice);
        true
    }

    fn go_by_key(&mut self, command: Command) -> bool {
        let Some(desk) = &mut self.desk else { return false };
        let is_suggestion = matches!(command, Command::NextSuggestion | Command::PreviousSuggestion);
        let way =
            if is_suggestion && self.settings.least_sure_first { movement::by_use } else { movement::target };
        let Some(target) = way(&desk.document, desk.current, command) else { return false };
        let extend = matches!(command, Command::ExtendDown | Command::ExtendUp);
        self.hint = None;
        desk.focus += 1;
        desk.go(target, extend) || !extend
    }

    fn open_field(&mut self, field: Field, tag: Option<Id>) -> bool {
        let coder = self.coder.clone();
        let Some(desk) = &mut self.desk else { return false };
        if desk.role == Role::Follower {
            return false;
        }
        let Some(tag) = tag.or_else(|| desk.active_tag(&coder)) else {
            self.hint = Some("hint.label-first");
            return true;
        };
        desk.choose(&coder, Some(tag.clone()));
        desk.field = Some((field, tag));
        // A field that is open cannot be folded away.
        self.settings.folded.remove(&Side::Inspector);
        true
    }
}

impl Default for State {
    fn default() -> Self {
        Self::new()
    }
}
