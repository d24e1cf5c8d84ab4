//! The fields of one tag: strength, by, to, evidence, note.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::actors::Actors;
use super::icons::{Icon, icon};
use crate::annotation::{Document, Id, Strength, Tag};
use crate::app::hands::Hands;
use crate::app::keys::{Command, shown};
use crate::app::parties::{toggle_word, word_spans};
use crate::app::state::{Act, Action, Field};
use crate::app::words::say;
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
    pub can_edit: bool,
}

impl PartialEq for TagFieldsProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.tag, &other.tag)
            && Rc::ptr_eq(&self.document, &other.document)
            && (self.open, self.is_mine, self.is_active, self.can_edit)
                == (other.open, other.is_mine, other.is_active, other.can_edit)
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
    html! {
        <section class={classes!("tag", format!("c-{color}"))} aria-label={name.clone()}>
            <h2>{ &name }</h2>
            <div class="fields">
                if has_strength { { strength(&hands, tag, props.can_edit) } }
                { actors(Field::By, &tag.by) }
                { actors(Field::To, &tag.to) }
                { evidence(&hands, props) }
                <Note
                    tag={tag.id.clone()}
                    note={AttrValue::from(tag.note.clone())}
                    is_open={props.open == Some(Field::Note)}
                    can_edit={props.can_edit}
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

/// Evidence: the words that show the tag, picked word by word by key or pointer.
fn evidence(hands: &Hands, props: &TagFieldsProps) -> Html {
    let tag = &props.tag;
    let text = &props.document.article.text;
    let is_open = props.open == Some(Field::Evidence) && props.can_edit;
    let words = if is_open { word_spans(text, tag.sentence) } else { Vec::new() };
    let open = {
        let hands = hands.clone();
        let id = tag.id.clone();
        Callback::from(move |_: MouseEvent| {
            hands.dispatch(Action::OpenField(Field::Evidence, Some(id.clone())))
        })
    };
    if !is_open {
        let quotes = tag.evidence.iter().map(|span| {
            html! {
                <button class="chip quote" dir="auto" disabled={!props.can_edit} onclick={open.clone()}>
                    { span.of(text).to_owned() }
                </button>
            }
        });
        return html! {
            <div class="field">
                <span>{ say("field.evidence") }</span>
                <span class="chips">
                    { for quotes }
                    <button
                        class="chip add"
                        aria-label={say("field.evidence.pick")}
                        title={say("field.evidence.pick")}
                        disabled={!props.can_edit}
                        onclick={open}
                    >
                        { icon(Icon::Add) }
                        if props.is_active {
                            <kbd>{ shown(Command::Evidence) }</kbd>
                        }
                    </button>
                </span>
            </div>
        };
    }
    let buttons = words.iter().enumerate().map(|(index, word)| {
        let is_on = tag.evidence.iter().any(|span| span.overlaps(*word));
        let hands = hands.clone();
        let act = Act::SetEvidence(tag.id.clone(), toggle_word(&tag.evidence, &words, index));
        let onclick = Callback::from(move |_: MouseEvent| hands.act(act.clone()));
        html! {
            <button class="word" aria-pressed={is_on.to_string()} data-word={index.to_string()} {onclick}>
                { word.of(text).to_owned() }
            </button>
        }
    });
    let onkeydown = {
        let hands = hands.clone();
        Callback::from(move |event: KeyboardEvent| word_key(&hands, &event))
    };
    let close = {
        let hands = hands.clone();
        Callback::from(move |_: MouseEvent| hands.dispatch(Action::CloseField))
    };
    html! {
        <div class="field">
            <span>{ say("field.evidence") }</span>
            <Words {onkeydown}>
                { for buttons }
                <button class="do" onclick={close}>{ say("done") }</button>
            </Words>
        </div>
    }
}

/// Arrows go from word to word; Escape closes; a letter of the page's keys does nothing here.
fn word_key(hands: &Hands, event: &KeyboardEvent) {
    let step = match event.key().as_str() {
        "ArrowRight" | "ArrowDown" => 1,
        "ArrowLeft" | "ArrowUp" => -1,
        "Escape" => {
            event.prevent_default();
            event.stop_propagation();
            hands.dispatch(Action::CloseField);
            return;
        }
        _ => return,
    };
    event.prevent_default();
    let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let next = element.and_then(|element| {
        if step > 0 { element.next_element_sibling() } else { element.previous_element_sibling() }
    });
    if let Some(next) = next.and_then(|next| next.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = next.focus();
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct WordsProps {
    onkeydown: Callback<KeyboardEvent>,
    children: Html,
}

/// The words of the sentence as buttons; the first picked one, or else the first, gets the focus on opening.
#[component]
fn Words(props: &WordsProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let group = node.cast::<web_sys::Element>();
            let first = group.and_then(|group| {
                let picked = group.query_selector("[aria-pressed=true]").ok().flatten();
                picked.or_else(|| group.first_element_child())
            });
            if let Some(first) = first.and_then(|first| first.dyn_into::<web_sys::HtmlElement>().ok()) {
                let _ = first.focus();
            }
        });
    }
    html! {
        <span ref={node} class="words" role="group" aria-label={say("field.evidence.pick")} onkeydown={&props.onkeydown}>
            { props.children.clone() }
        </span>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct NoteProps {
    tag: Id,
    note: AttrValue,
    is_open: bool,
    can_edit: bool,
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
        <div class="field">
            <label for={id.clone()}>{ say("field.note") }</label>
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
