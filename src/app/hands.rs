//! What the views can ask for: the one object that they share.
//!
//! It dispatches actions, makes stamps, and does what needs the browser: files, downloads, other articles. It
//! holds no state of its own that is shown; `latest` is the state as last rendered, for what happens between
//! renders.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use yew::prelude::*;

use super::engine::Loaded;
use super::keys::Command;
use super::movement;
use super::opening::Queue;
use super::session::Session;
use super::state::{Act, Action, Field, Panel, Settings, Side, State};
use super::study::Study;
use crate::annotation::{Id, Stamp};
use crate::browser::{clock, dom, files, selection};
use crate::entities::EntityKind;
use crate::text::{ArticleId, Utf16Span};

/// The state as Yew keeps it.
#[derive(Debug)]
pub struct Page {
    /// The state.
    pub state: State,
}

impl Page {
    /// The page before anything was read.
    pub fn new() -> Self {
        Self { state: State::new() }
    }
}

impl Default for Page {
    fn default() -> Self {
        Self::new()
    }
}

impl Reducible for Page {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        match self.state.reduced(action) {
            Some(state) => Rc::new(Self { state }),
            None => self,
        }
    }
}

/// What a field holds and has not handed over yet; none when it is gone.
pub type Unkept = Rc<dyn Fn() -> Option<Act>>;

/// The shared object; clones are the same one.
#[derive(Clone)]
pub struct Hands(Rc<Inner>);

struct Inner {
    dispatcher: UseReducerDispatcher<Page>,
    latest: RefCell<State>,
    session: RefCell<Option<Rc<Session>>>,
    queue: Queue,
    loaded: Loaded,
    study: Study,
    /// Gives what a field holds and has not handed over yet.
    unkept: RefCell<Option<Unkept>>,
    /// Words that were typed and not used yet, by the field that they were typed into.
    drafts: RefCell<BTreeMap<String, String>>,
}

impl PartialEq for Hands {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Hands {
    /// The object that dispatches to this page.
    pub fn new(dispatcher: UseReducerDispatcher<Page>) -> Self {
        Self(Rc::new(Inner {
            dispatcher,
            latest: RefCell::new(State::new()),
            session: RefCell::new(None),
            queue: Queue::default(),
            loaded: Loaded::default(),
            study: Study::default(),
            unkept: RefCell::new(None),
            drafts: RefCell::default(),
        }))
    }

    /// What keeps articles and work, once the browser's storage has been opened.
    pub(super) fn session(&self) -> Option<Rc<Session>> {
        self.0.session.borrow().clone()
    }

    /// Files that wait to be opened.
    pub(super) fn queue(&self) -> &Queue {
        &self.0.queue
    }

    /// The engine, as far as it is loaded.
    pub(super) fn loaded(&self) -> &Loaded {
        &self.0.loaded
    }

    /// What is known of the open article, to learn from.
    pub(super) fn study_room(&self) -> &Study {
        &self.0.study
    }

    /// Sets what keeps articles and work.
    pub(super) fn set_session(&self, session: Session) {
        *self.0.session.borrow_mut() = Some(Rc::new(session));
    }

    /// Notes the state that is being rendered.
    pub(super) fn remember(&self, state: &State) {
        *self.0.latest.borrow_mut() = state.clone();
    }

    /// The state as last rendered.
    pub fn latest(&self) -> State {
        self.0.latest.borrow().clone()
    }

    /// Changes the state.
    pub fn dispatch(&self, action: Action) {
        self.0.dispatcher.dispatch(action);
    }

    /// Who does something and when, with fresh ids.
    pub fn stamp(&self) -> Stamp {
        let coder: Id = self.0.latest.borrow().coder.clone();
        clock::stamp(&coder)
    }

    /// Changes annotations.
    pub fn act(&self, act: Act) {
        self.dispatch(Action::Act(act, self.stamp()));
    }

    /// Changes annotations and journals it at once, without waiting for the page to be drawn.
    pub(super) fn act_now(&self, act: Act) {
        let stamp = self.stamp();
        let next = self.latest().reduced(Action::Act(act.clone(), stamp.clone()));
        if let Some(next) = next {
            *self.0.latest.borrow_mut() = next;
            self.dispatch(Action::Act(act, stamp));
            self.write();
        }
    }

    /// Names the field that is being typed in, by what it has not handed over yet; `None`: it has.
    pub fn set_unkept(&self, unkept: Option<Unkept>) {
        *self.0.unkept.borrow_mut() = unkept;
    }

    /// The words that were typed into a field and not used yet.
    pub fn draft(&self, field: &str) -> String {
        self.0.drafts.borrow().get(field).cloned().unwrap_or_default()
    }

    /// Remembers words that were typed into a field, until they are used; none forgets them.
    pub fn set_draft(&self, field: &str, words: &str) {
        let mut drafts = self.0.drafts.borrow_mut();
        if words.trim().is_empty() {
            drafts.remove(field);
        } else {
            drafts.insert(field.to_owned(), words.to_owned());
        }
    }

    /// Keeps what is being typed: before a download, and before the page goes.
    pub(super) fn keep_typed(&self) {
        let unkept = self.0.unkept.borrow_mut().take();
        if let Some(act) = unkept.and_then(|unkept| unkept()) {
            self.act_now(act);
        }
    }

    /// Does what a key or a button under the thumb asks for, but never to a sentence that is out of sight: a label
    /// first brings it back into view, and a step goes on from what can be seen.
    pub fn press(&self, command: Command) {
        let state = self.latest();
        let away = state.desk.as_ref().and_then(|desk| Some((desk, desk.current?)));
        let Some((desk, _)) = away.filter(|(_, current)| !dom::is_in_view(current.start)) else {
            return self.run(command);
        };
        match command {
            Command::Label(_)
            | Command::NoLabel
            | Command::Strength
            | Command::TakeSuggestion
            | Command::DismissSuggestion => {
                self.dispatch(Action::Reveal);
                self.dispatch(Action::Hint("hint.out-of-sight"));
            }
            Command::Next | Command::Previous => {
                let seen = dom::sentences_in_view();
                let mut stops = seen.into_iter().filter(|&byte| movement::is_stop_at(&desk.document, byte));
                let stop = if command == Command::Next { stops.next() } else { stops.next_back() };
                match stop {
                    Some(byte) => self.go_to(byte, false),
                    None => self.run(command),
                }
            }
            Command::By | Command::To | Command::Evidence | Command::Note => {
                self.dispatch(Action::Reveal);
                self.run(command);
            }
            _ => self.run(command),
        }
    }

    /// Whether a field holds something that would be a new step.
    pub(super) fn is_typing_unkept(&self) -> bool {
        let act = self.0.unkept.borrow().as_ref().and_then(|unkept| unkept());
        act.is_some_and(|act| self.latest().reduced(Action::Act(act, self.stamp())).is_some())
    }

    /// Does what a key or its button asks for.
    pub fn run(&self, command: Command) {
        dom::mark_press();
        match command {
            Command::Next
            | Command::Previous
            | Command::NextBlock
            | Command::PreviousBlock
            | Command::First
            | Command::Last
            | Command::NextUnjudged
            | Command::ExtendDown
            | Command::ExtendUp
            | Command::NextSuggestion
            | Command::PreviousSuggestion => {
                // Words that were selected elsewhere are done with.
                selection::clear();
                self.dispatch(Action::Move(command));
            }
            Command::Label(index) => {
                self.drop_dragged();
                self.act(Act::ToggleNth(index));
            }
            Command::NoLabel => {
                self.drop_dragged();
                self.act(Act::NoLabel);
            }
            Command::TakeSuggestion => self.act(Act::TakeSuggestion(None)),
            Command::DismissSuggestion => self.act(Act::DismissSuggestion(None)),
            Command::Suggestions => self.dispatch(Action::ShowPanel(Some(Panel::Suggestions))),
            Command::NextTag => self.dispatch(Action::Choose(None)),
            Command::Strength => self.act(Act::FlipStrength),
            Command::By => self.open_field(Field::By),
            Command::To => self.open_field(Field::To),
            Command::Evidence => self.open_field(Field::Evidence),
            Command::Note => self.open_field(Field::Note),
            Command::Undo => self.dispatch(Action::Undo),
            Command::Redo => self.dispatch(Action::Redo),
            Command::Find => self.dispatch(Action::ShowPanel(Some(Panel::Find))),
            Command::Open => self.choose_files(),
            Command::Download => self.download(),
            Command::Keys => self.dispatch(Action::ShowPanel(Some(Panel::Keys))),
            Command::FoldSide => self.fold(Side::Side),
            Command::FoldInspector => self.fold(Side::Inspector),
        }
    }

    /// Selected sentences show it themselves: the words that were dragged over give way, so that the next drag may
    /// begin on them.
    fn drop_dragged(&self) {
        if self.latest().desk.is_some_and(|desk| desk.selected_count() > 1) {
            selection::clear();
        }
    }

    fn open_field(&self, field: Field) {
        if dom::is_narrow() {
            self.dispatch(Action::ShowSheet(Some(Side::Inspector)));
        }
        self.dispatch(Action::OpenField(field, None));
    }

    fn fold(&self, side: Side) {
        let mut settings = self.latest().settings;
        if !settings.folded.remove(&side) {
            settings.folded.insert(side);
        }
        self.set(settings);
    }

    /// Changes settings.
    pub fn set(&self, settings: Settings) {
        self.dispatch(Action::Set(settings));
    }

    /// Shows or hides kinds of name: shows nothing of them when any is shown, else all.
    pub fn toggle_kinds(&self, kinds: &[EntityKind]) {
        let mut settings = self.latest().settings;
        let is_any_shown = kinds.iter().any(|kind| !settings.hidden.contains(kind));
        for kind in kinds {
            if is_any_shown {
                settings.hidden.insert(*kind)
            } else {
                settings.hidden.remove(kind)
            };
        }
        self.set(settings);
    }

    /// Makes the sentence at this byte current, or extends the range to it.
    pub fn go_to(&self, byte: u32, extend: bool) {
        self.dispatch(Action::GoAt(byte, extend));
    }

    /// Makes the sentence at this byte current without moving the focus there.
    pub fn show(&self, byte: u32) {
        self.dispatch(Action::ShowAt(byte));
    }

    /// Notes which words of the article are selected (UTF-16 units).
    pub fn pick(&self, units: Option<Utf16Span>) {
        self.dispatch(Action::Pick(units));
    }

    /// Lets the user choose files, and opens them.
    pub fn choose_files(&self) {
        let hands = self.clone();
        files::choose(false, move |files| hands.open_files(files));
    }

    /// Lets the user choose a folder, and opens the files in it.
    pub fn choose_folder(&self) {
        let hands = self.clone();
        files::choose(true, move |files| hands.open_files(files));
    }

    /// Opens the words of the paste field.
    pub fn open_text(&self, text: String) {
        self.dispatch(Action::ShowPanel(None));
        self.open_bytes("", text.as_bytes());
    }

    /// Opens the sample article.
    pub fn open_sample(&self) {
        self.open_bytes("sample.txt", include_bytes!("../../static/sample.txt"));
    }

    /// Opens an article of the list.
    pub fn open(&self, id: ArticleId) {
        let is_open = self.latest().desk.is_some_and(|desk| desk.document.article.id == id);
        if is_open {
            self.dispatch(Action::ShowSheet(None));
            return;
        }
        self.open_article(id);
    }

    /// Closes the panel, and gives the focus back to the sentence.
    pub fn close_panel(&self) {
        self.dispatch(Action::ShowPanel(None));
        self.dispatch(Action::Focus);
    }

    /// Closes what lies on top: a panel, a sheet, a field. Says whether there was anything.
    pub(super) fn escape(&self) -> bool {
        let state = self.latest();
        let has_field = state.desk.as_ref().is_some_and(|desk| desk.field.is_some());
        if dom::is_dialog_open() {
            // The browser closes it, and says so.
            return false;
        }
        if state.panel.is_some() {
            self.dispatch(Action::ShowPanel(None));
        } else if has_field {
            self.dispatch(Action::CloseField);
            return true;
        } else if state.sheet.is_some() {
            self.dispatch(Action::ShowSheet(None));
        } else if dom::is_sentence_focused() {
            return false;
        }
        self.dispatch(Action::Focus);
        true
    }
}
