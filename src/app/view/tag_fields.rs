//! The fields of one tag: strength, by, to, note; evidence has a file of its own.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use super::actors::Actors;
use super::evidence::evidence;
use crate::annotation::{Document, Id, Strength, Tag};
use crate::app::hands::Hands;
use crate::app::keys::{Command, shown};
use crate::app::state::{Act, Action, Field};
use crate::app::words::{say, say_with};
use crate::browser::clock;

/// What the fields show.
#[derive(Debug, Clone, Properties)]
pub(super) struct TagFieldsProps {
    pub document: Rc<Document>,
    pub tag: Rc<Tag>,
    /// The field that is open.
    pub open: Option<Field>,
    /// Whether it is this coder's tag; another coder's can be read, not changed.
    pub is_mine: bool,
    /// Whether keys act on it.
    pub is_active: bool,
    /// Whether it is one of several that keys could act on.
    pub is_among: bool,
    pub can_edit: bool,
    /// While several sentences are selected: the number of the one that evidence and note belong to.
    pub alone: Option<AttrValue>,
}

impl PartialEq for TagFieldsProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.tag, &other.tag)
            && Rc::ptr_eq(&self.document, &other.document)
            && (self.open, self.is_mine, self.is_active, self.is_among, self.can_edit)
                == (other.open, other.is_mine, other.is_active, other.is_among, other.can_edit)
            && self.alone == other.alone
    }
}

/// The fields of one tag.
#[component]
pub(super) fn TagFields(props: &TagFieldsProps) -> Html {
    let Some(hands) = use_context::<Hands>() else { return html! {} };
    let tag = &props.tag;
    let document = &props.document;
    let label = document.codebook.label(&tag.label);
    let name = label.map_or_else(|| tag.label.to_string(), |label| label.name.clone());
    let color = label.map_or("grey", |label| label.color.as_str());
    let has_strength = label.is_some_and(|label| label.has_strength());
    let actors = |field: Field, actors: &[crate::annotation::Actor]| {
        html! {
            <Actors
                document={document.clone()}
                tag={tag.clone()}
                {field}
                actors={actors.to_vec()}
                is_open={props.open == Some(field)}
                is_active={props.is_active}
                can_edit={props.can_edit}
            />
        }
    };
    let alone = |key: &str, short: &str| match &props.alone {
        Some(number) => say_with(key, &[("n", number)]),
        None => say(short),
    };
    let is_chosen = props.is_active && props.is_among;
    let choose = {
        let id = tag.id.clone();
        let hands = hands.clone();
        let can_choose = props.is_mine && !props.is_active;
        Callback::from(move |()| {
            if can_choose {
                hands.dispatch(Action::Choose(Some(id.clone())));
            }
        })
    };
    html! {
        <section
            class={classes!("tag", format!("c-{color}"))}
            aria-label={name.clone()}
            aria-current={is_chosen.then_some("true")}
            onclick={choose.reform(|_: MouseEvent| ())}
            onfocusin={choose.reform(|_: FocusEvent| ())}
        >
            <h2>
                { &name }
                if props.is_among && props.is_mine {
                    if props.is_active {
                        <span class="quiet">{ " · " }{ say("tag.active") }</span>
                    } else {
                        { " " }<kbd>{ shown(Command::NextTag) }</kbd>
                    }
                }
            </h2>
            <div class="fields">
                if has_strength { { strength(&hands, tag, props.can_edit) } }
                { actors(Field::By, &tag.by) }
                { actors(Field::To, &tag.to) }
                { evidence(&hands, props, alone("field.evidence.of", "field.evidence")) }
                <Note
                    tag={tag.id.clone()}
                    note={AttrValue::from(tag.note.clone())}
                    is_open={props.open == Some(Field::Note)}
                    can_edit={props.can_edit}
                    name={alone("field.note.of", "field.note")}
                    is_tall={props.alone.is_some()}
                />
            </div>
            <p class="small quiet">{ origin(props) }</p>
        </section>
    }
}

fn origin(props: &TagFieldsProps) -> String {
    let who = if props.is_mine { say("origin.you") } else { say("origin.other") };
    format!("{who}, {}", clock::local_date_time(props.tag.modified, ""))
}

fn strength(hands: &Hands, tag: &Tag, can_edit: bool) -> Html {
    let button = |strength: Strength, words: &str| {
        let hands = hands.clone();
        let id = tag.id.clone();
        let onclick = Callback::from(move |_: MouseEvent| hands.act(Act::SetStrength(id.clone(), strength)));
        let is_on = tag.strength == Some(strength);
        html! {
            <button aria-pressed={is_on.to_string()} disabled={!can_edit} {onclick}>{ say(words) }</button>
        }
    };
    html! {
        <div class="field">
            <span>{ say("field.strength") }</span>
            <span class="seg" role="group" aria-label={say("field.strength")} title={shown(Command::Strength)}>
                { button(Strength::Firm, "strength.firm") }
                { button(Strength::Soft, "strength.soft") }
            </span>
        </div>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct NoteProps {
    tag: Id,
    note: AttrValue,
    is_open: bool,
    can_edit: bool,
    name: AttrValue,
    is_tall: bool,
}

/// Milliseconds without a key press after which a note is kept.
const PAUSE_MS: u32 = 700;

/// The note: one edit per pause or when the field is left.
#[component]
fn Note(props: &NoteProps) -> Html {
    let hands = use_context::<Hands>();
    let typing_hands = hands.clone();
    let node = use_node_ref();
    let timer = use_mut_ref(|| None::<Timeout>);
    let keep = {
        let node = node.clone();
        let tag = props.tag.clone();
        Callback::from(move |()| {
            if let (Some(hands), Some(area)) = (&hands, node.cast::<web_sys::HtmlTextAreaElement>()) {
                hands.set_unkept(None);
                hands.act(Act::SetNote(tag.clone(), area.value()));
            }
        })
    };
    {
        let node = node.clone();
        use_effect_with(props.is_open, move |is_open| {
            if let (true, Some(area)) = (*is_open, node.cast::<web_sys::HtmlElement>()) {
                let _ = area.focus();
            }
        });
    }
    {
        // The field shows what is kept, but never takes words from under the hands of who types.
        let node = node.clone();
        let timer = timer.clone();
        use_effect_with(props.note.clone(), move |note| {
            if let Some(area) = node.cast::<web_sys::HtmlTextAreaElement>()
                && timer.borrow().is_none()
                && area.value() != note.as_str()
            {
                area.set_value(note);
            }
        });
    }
    let oninput = {
        let timer = timer.clone();
        let keep = keep.clone();
        let (hands, node, tag) = (typing_hands, node.clone(), props.tag.clone());
        Callback::from(move |_: InputEvent| {
            let keep = keep.clone();
            if let (Some(hands), Some(area)) = (&hands, node.cast::<web_sys::HtmlTextAreaElement>()) {
                let tag = tag.clone();
                hands.set_unkept(Some(Rc::new(move || Some(Act::SetNote(tag.clone(), area.value())))));
            }
            let running = timer.clone();
            *timer.borrow_mut() = Some(Timeout::new(PAUSE_MS, move || {
                *running.borrow_mut() = None;
                keep.emit(());
            }));
        })
    };
    let onblur = {
        Callback::from(move |_: FocusEvent| {
            // Dropping the timer stops it.
            *timer.borrow_mut() = None;
            keep.emit(());
        })
    };
    let id = format!("note-{}", props.tag);
    html! {
        <div class={classes!("field", props.is_tall.then_some("tall"))}>
            <label for={id.clone()}>{ props.name.clone() }</label>
            <textarea
                ref={node}
                {id}
                class="note"
                rows="2"
                dir="auto"
                placeholder={say("field.note.placeholder")}
                readonly={!props.can_edit}
                {oninput}
                {onblur}
            />
        </div>
    }
}
