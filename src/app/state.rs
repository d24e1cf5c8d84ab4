//! The state of the page and the one function that changes it.
//!
//! The reducer is pure: it never stores, logs, dispatches or reads a clock. What must be kept is put into the
//! desk's outbox; an effect takes it from there. An action that changes nothing answers `None`.

use std::collections::{BTreeSet, VecDeque};
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::chunks::{self, Chunk};
use super::keys::Command;
use super::movement;
use super::parties;
use crate::annotation::{
    Actor, Conflict, Document, Edit, Id, LabelId, Meta, Op, Stamp, Strength, Touched, What, commands,
};
use crate::entities::{EntityKind, PartyKind};
use crate::store::Head;
use crate::text::{ArticleId, Span, Utf16Span};

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
    /// Files being opened: done and all.
    pub opening: Option<(usize, usize)>,
}

/// The open article.
#[derive(Debug, Clone)]
pub struct Desk {
    /// Its text, annotations and history.
    pub document: Rc<Document>,
    /// Raised by every change of the document.
    pub version: u64,
    /// The article cut into chunks.
    pub chunks: Rc<Vec<Rc<Chunk>>>,
    /// The current sentence.
    pub current: Option<Span>,
    /// Where the selected range of sentences began; the current one when nothing more is selected.
    pub anchor: Option<Span>,
    /// Raised whenever the current sentence must get the focus.
    pub focus: u64,
    /// Raised whenever the current sentence must come into view without the focus.
    pub reveal: u64,
    /// Words that are selected in the article.
    pub picked: Option<Span>,
    /// The inspector's field that is open, and the tag it belongs to.
    pub field: Option<(Field, Id)>,
    /// Number of the last step taken.
    pub revision: u64,
    /// Steps whose journal write has not returned, each with the document as it left it.
    pub outbox: VecDeque<(u64, Op, Rc<Document>)>,
    /// Whether this tab may change the article.
    pub role: Role,
}

/// Whether this tab may change the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It writes.
    Writer,
    /// Another tab writes; this one follows.
    Follower,
}

/// A field of the inspector that opens for typing or picking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// Who acts.
    By,
    /// Who receives.
    To,
    /// The words that show it.
    Evidence,
    /// The note.
    Note,
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
}

/// One side of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Articles and names.
    Side,
    /// The current sentence.
    Inspector,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// What the coder set, kept in this browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Light or dark.
    pub theme: Theme,
    /// Whether paragraphs run on instead of one sentence a line.
    pub flow: bool,
    /// Whether letter, digit and sign keys act.
    pub letter_keys: bool,
    /// Kinds of name that are not shown.
    pub hidden: BTreeSet<EntityKind>,
    /// Sides that are folded away.
    pub folded: BTreeSet<Side>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            flow: false,
            letter_keys: true,
            hidden: BTreeSet::new(),
            folded: BTreeSet::new(),
        }
    }
}

/// Something that the page has to say, until it is put away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Names it, so that the same thing is said once.
    pub topic: Topic,
    /// How grave it is.
    pub level: Level,
    /// What happened, what was kept, what to do.
    pub words: String,
    /// One line for each thing concerned.
    pub details: Vec<String>,
}

/// What a notice is about; it also decides which buttons it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// The work is not being kept.
    Keeping,
    /// Texts lie in a lesser place than they should.
    Texts,
    /// What was kept is damaged.
    Damage,
    /// Files were opened.
    Opening,
    /// An article could not be opened.
    Missing,
    /// An edit did not fit.
    Conflict,
    /// Another tab writes this article.
    Follower,
}

/// How grave a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Good to know.
    Info,
    /// Something needs care.
    Warning,
    /// Something failed.
    Error,
}

/// Whether work is being kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    /// Every acknowledged edit is in local storage.
    Stored,
    /// Storage is full: edits since then are in memory only.
    Full,
    /// Storage is blocked: everything is in memory only.
    Blocked,
}

/// What was last done, for "Commitment added. Undo".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What.
    pub what: What,
    /// How: done, undone or done again.
    pub how: How,
    /// On how many sentences.
    pub sentences: usize,
    /// Raised by each, so that the same words are read out again.
    pub turn: u64,
}

/// How something was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// For the first time.
    Done,
    /// Taken back.
    Undone,
    /// Done again.
    Redone,
}

/// What a coder asks for that changes annotations. The reducer turns it into an edit.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// Toggle a label on the selected sentences.
    Toggle(LabelId),
    /// Toggle the label with this place in the codebook.
    ToggleNth(usize),
    /// Toggle "no label applies" on the selected sentences.
    NoLabel,
    /// Turn the active commitment firm or soft.
    FlipStrength,
    /// Say how firm a tag is.
    SetStrength(Id, Strength),
    /// Say who acts or receives.
    SetActors(Id, Field, Vec<Actor>),
    /// Add a party that the article does not name, as who acts or receives.
    NewParty(Id, Field, String, PartyKind),
    /// Say which words show it.
    SetEvidence(Id, Vec<Span>),
    /// Write a note.
    SetNote(Id, String),
    /// Mark words as a name.
    AddEntity(Span, EntityKind),
    /// Change what kind of name it is.
    SetEntityKind(Id, EntityKind),
    /// Take a name away.
    RemoveEntity(Id),
    /// Change the title and so on.
    SetMeta(Meta),
    /// Cut a sentence in two at this byte.
    Split(Span, u32),
    /// Join the current sentence with the next.
    Merge(Span),
    /// Put an edit that was made elsewhere, such as by opening a file.
    Put(Rc<Edit>),
}

/// What can happen to the state.
#[derive(Debug, Clone)]
pub enum Action {
    /// The list of articles was read.
    ShelfRead(Vec<Head>),
    /// An article was added or its figures changed.
    HeadChanged(Head),
    /// An article left the list.
    HeadRemoved(ArticleId),
    /// The settings were read.
    SettingsRead(Settings),
    /// The coder was read.
    CoderRead(Id),
    /// An article was opened.
    Opened {
        /// It.
        document: Rc<Document>,
        /// Number of the last step in its journal.
        revision: u64,
        /// Where its reader was.
        current: Option<Span>,
        /// Whether this tab may change it.
        role: Role,
    },
    /// No article is open, and that is known.
    Closed,
    /// Change annotations.
    Act(Act, Stamp),
    /// Take the last edit back.
    Undo,
    /// Do it again.
    Redo,
    /// Another tab took a step.
    Followed(u64, Op),
    /// The journal write of the steps up to this one has returned.
    Written(u64),
    /// Storage failed or works again.
    KeepingChanged(Keeping),
    /// This tab may write, or no longer.
    RoleChanged(Role),
    /// Move by key.
    Move(Command),
    /// Make the sentence at this byte current, or extend the range to it.
    GoAt(u32, bool),
    /// Make the sentence at this byte current and bring it into view, without the focus.
    ShowAt(u32),
    /// Give the current sentence the focus.
    Focus,
    /// Words were selected in the article (UTF-16 units of its text), or no longer.
    Pick(Option<Utf16Span>),
    /// Open or close a field of the inspector, for the active tag or a given one.
    OpenField(Field, Option<Id>),
    /// Close the open field.
    CloseField,
    /// Open or close a panel.
    ShowPanel(Option<Panel>),
    /// Open or close a sheet.
    ShowSheet(Option<Side>),
    /// Change a setting.
    Set(Settings),
    /// Say something.
    Say(Notice),
    /// Put a notice away.
    Dismiss(Topic),
    /// Say something in passing, by its key in the interface strings.
    Hint(&'static str),
    /// Files are being opened.
    Opening(Option<(usize, usize)>),
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
        }
    }

    /// The state after `action`; `None` when that is this state.
    pub fn reduced(&self, action: Action) -> Option<Self> {
        let mut next = self.clone();
        let changed = match action {
            Action::ShelfRead(mut heads) => {
                // The newest first, as they come in.
                heads.sort_by_key(|head| (head.order, std::cmp::Reverse(head.added)));
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
                next.desk = Some(Desk::new(document, revision, current, role));
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
                let picked = span.and_then(|span| parties::pick(&desk.document, desk.current, span));
                let changed = desk.picked != picked;
                desk.picked = picked;
                changed
            }),
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
            Action::Say(notice) => {
                let notices = Rc::make_mut(&mut next.notices);
                notices.retain(|old| old.topic != notice.topic);
                notices.push(notice);
                true
            }
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
            None => shelf.insert(0, head),
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
        let edit = match act {
            Act::Toggle(label) => commands::toggle_label(document, &desk.selected(), &label, stamp),
            Act::ToggleNth(index) => document
                .codebook
                .labels
                .get(index)
                .and_then(|label| commands::toggle_label(document, &desk.selected(), &label.id, stamp)),
            Act::NoLabel => commands::toggle_judgement(document, &desk.selected(), stamp),
            Act::FlipStrength => desk.active_tag(&self.coder).and_then(|id| {
                let strength = document.set.tags.get(&id)?.strength?;
                commands::set_strength(document, &id, Some(strength.other()), &stamp)
            }),
            Act::SetStrength(tag, strength) => commands::set_strength(document, &tag, Some(strength), &stamp),
            Act::SetActors(tag, Field::To, actors) => commands::set_to(document, &tag, actors, &stamp),
            Act::SetActors(tag, _, actors) => commands::set_by(document, &tag, actors, &stamp),
            Act::NewParty(tag, field, name, kind) => {
                commands::add_new_party(document, &tag, field != Field::To, &name, kind, stamp)
            }
            Act::SetEvidence(tag, spans) => {
                // Words outside the tagged sentence show nothing about it.
                let sentence = document.set.tags.get(&tag).map(|tag| tag.sentence);
                let inside = |span: Span| span.intersect(sentence?);
                commands::set_evidence(document, &tag, spans.into_iter().filter_map(inside).collect(), &stamp)
            }
            Act::SetNote(tag, note) => commands::set_note(document, &tag, &note, &stamp),
            Act::AddEntity(span, kind) => commands::add_entity(document, span, kind, stamp),
            Act::SetEntityKind(entity, kind) => commands::set_entity_kind(document, &entity, kind, &stamp),
            Act::RemoveEntity(entity) => commands::remove_entity(document, &entity, &stamp),
            Act::SetMeta(meta) => commands::set_meta(document, meta, &stamp),
            Act::Split(sentence, at) => commands::split_sentence(document, sentence, at, stamp),
            Act::Merge(sentence) => commands::merge_with_next(document, sentence, &stamp),
            Act::Put(edit) => Some(edit.as_ref().clone()),
        };
        match edit {
            Some(edit) => self.step(Op::Do { edit: Rc::new(edit) }),
            None => false,
        }
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
        let notices = Rc::make_mut(&mut self.notices);
        notices.retain(|old| old.topic != Topic::Conflict);
        notices.push(notice);
        true
    }

    fn go_by_key(&mut self, command: Command) -> bool {
        let Some(desk) = &mut self.desk else { return false };
        let Some(target) = movement::target(&desk.document, desk.current, command) else { return false };
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

impl Desk {
    fn new(document: Rc<Document>, revision: u64, current: Option<Span>, role: Role) -> Self {
        let outline = &document.set.outline;
        let current = current
            .filter(|span| outline.index_of(*span).is_some())
            .or_else(|| movement::target(&document, None, Command::First));
        let chunks = chunks::divide(&document.article.text, outline)
            .into_iter()
            .enumerate()
            .map(|(index, span)| Rc::new(Chunk { index, span, version: 0, document: document.clone() }))
            .collect();
        Self {
            document,
            version: 0,
            chunks: Rc::new(chunks),
            current,
            anchor: current,
            focus: 0,
            reveal: 0,
            picked: None,
            field: None,
            revision,
            outbox: VecDeque::new(),
            role,
        }
    }

    /// The sentences that a label would be put on.
    pub fn selected(&self) -> Vec<Span> {
        match (self.anchor, self.current) {
            (Some(anchor), Some(current)) => movement::range(&self.document, anchor, current),
            (None, Some(current)) => vec![current],
            _ => Vec::new(),
        }
    }

    /// Number of selected sentences.
    pub fn selected_count(&self) -> usize {
        match self.selected_range() {
            None => usize::from(self.current.is_some()),
            Some(_) => self.selected().len(),
        }
    }

    /// The stretch that is selected beyond the current sentence.
    pub fn selected_range(&self) -> Option<Span> {
        let (anchor, current) = (self.anchor?, self.current?);
        (anchor != current).then(|| anchor.cover(current))
    }

    /// The tag that keys for strength, parties, evidence and note act on: the coder's newest on the current
    /// sentence.
    pub fn active_tag(&self, coder: &Id) -> Option<Id> {
        let current = self.current?;
        let tags = self.document.set.tags_on(current);
        let mine = tags.iter().filter(|tag| tag.coder == *coder);
        mine.max_by_key(|tag| (tag.created, self.document.codebook.position(&tag.label)))
            .map(|tag| tag.id.clone())
    }

    fn written(&mut self, revision: u64) -> bool {
        let before = self.outbox.len();
        while self.outbox.front().is_some_and(|(number, ..)| *number <= revision) {
            self.outbox.pop_front();
        }
        before != self.outbox.len()
    }

    fn perform(&mut self, op: &Op) -> Result<Touched, Conflict> {
        let touched = Rc::make_mut(&mut self.document).perform(op)?;
        self.version += 1;
        self.revision += 1;
        self.redraw(&touched);
        let set = &self.document.set;
        if let Some(current) = self.current
            && set.outline.index_of(current).is_none()
        {
            // The current sentence was cut or joined: its beginning stays current.
            self.current = set.sentence_at(current.start).map(|sentence| sentence.span);
            self.anchor = self.current;
            self.focus += 1;
        }
        if self.field.as_ref().is_some_and(|(_, tag)| set.tags.get(tag).is_none()) {
            self.field = None;
        }
        Ok(touched)
    }

    /// Gives the chunks where something changed the new document.
    fn redraw(&mut self, touched: &Touched) {
        let document = &self.document;
        let chunks = Rc::make_mut(&mut self.chunks);
        if touched.outline {
            let begins = |chunk: &Chunk| {
                let index = document.set.outline.index_at(chunk.span.start);
                let sentence = index.and_then(|index| document.set.outline.sentences().get(index));
                chunk.index == 0 || sentence.is_some_and(|sentence| sentence.span.start == chunk.span.start)
            };
            if !chunks.iter().all(|chunk| begins(chunk)) {
                // Sentences were joined over the edge of a chunk.
                let version = self.version;
                let spans = chunks::divide(&document.article.text, &document.set.outline);
                let all = spans.into_iter().enumerate();
                *chunks = all
                    .map(|(index, span)| Rc::new(Chunk { index, span, version, document: document.clone() }))
                    .collect();
                return;
            }
        }
        let mut indices = BTreeSet::new();
        for span in &touched.spans {
            let first = chunks.partition_point(|chunk| chunk.span.end <= span.start);
            let last = chunks.partition_point(|chunk| chunk.span.start < span.end);
            indices.extend(first..last);
        }
        for index in indices {
            if let Some(chunk) = chunks.get_mut(index) {
                let span = chunk.span;
                *chunk = Rc::new(Chunk { index, span, version: self.version, document: document.clone() });
            }
        }
    }

    fn go(&mut self, span: Span, extend: bool) -> bool {
        let before = (self.current, self.anchor);
        self.current = Some(span);
        if !extend {
            self.anchor = Some(span);
        }
        if before.0 != self.current {
            self.field = None;
        }
        before != (self.current, self.anchor)
    }

    /// Makes what an undo or redo changed visible.
    fn show(&mut self, touched: &Touched) {
        let Some(span) = touched.spans.first() else { return };
        let is_seen = self.current.is_some_and(|current| touched.spans.iter().any(|it| it.overlaps(current)));
        if !is_seen && let Some(sentence) = self.document.set.sentence_at(span.start) {
            let sentence = sentence.span;
            self.go(sentence, false);
            self.focus += 1;
        }
    }
}
