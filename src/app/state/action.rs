//! What can happen to the state.

use std::rc::Rc;

use super::Panel;
use super::desk::{Field, Role};
use super::said::{Keeping, Notice, Opening, Topic};
use super::settings::{Settings, Side};
use crate::acts::Learner;
use crate::annotation::{Actor, Document, Edit, Id, LabelId, Meta, Op, Proposed, Stamp, Strength};
use crate::app::keys::Command;
use crate::entities::{EntityKind, PartyKind};
use crate::store::Head;
use crate::text::{ArticleId, Span, Utf16Span};

/// What a coder asks for that changes annotations. The reducer turns it into an edit.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// Toggle a label on the selected sentences.
    Toggle(LabelId),
    /// Toggle the label with this place in the codebook.
    ToggleNth(usize),
    /// Toggle "no label applies" on the selected sentences.
    NoLabel,
    /// Take a suggestion, or the surest one on the current sentence.
    TakeSuggestion(Option<Id>),
    /// Take all of these suggestions.
    TakeAll(Vec<Id>),
    /// Dismiss a suggestion, or the surest one on the current sentence.
    DismissSuggestion(Option<Id>),
    /// Turn the active commitment firm or soft; one that is neither becomes firm. This and the next three reach the
    /// same label's tags on all selected sentences.
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
    /// What was learnt was read, or forgotten.
    LearnerRead(Rc<Learner>),
    /// What was taught has been learnt; of this article, this is suggested now.
    Learnt(Rc<Learner>, ArticleId, Rc<Proposed>),
    /// The steps up to this one are saved.
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
    /// Bring the current sentence into view.
    Reveal,
    /// Words were selected in the article (UTF-16 units of its text), or no longer.
    Pick(Option<Utf16Span>),
    /// Make this tag of the current sentence the one that keys act on; without one, the next.
    Choose(Option<Id>),
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
    /// Files are being opened, or no longer.
    Opening(Option<Opening>),
}
