//! Who acts or receives: chips, and a type-ahead over the article's parties.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::icons::{Icon, icon};
use crate::annotation::{Actor, Document, Tag};
use crate::app::hands::Hands;
use crate::app::keys::{Command, shown};
use crate::app::parties::{Choice, actor_name, choices};
use crate::app::state::{Act, Action, Field};
use crate::app::words::{say, say_with};
use crate::entities::PartyKind;

/// What the chips show.
#[derive(Debug, Clone, Properties)]
pub(super) struct ActorsProps {
    pub document: Rc<Document>,
    pub tag: Rc<Tag>,
    pub field: Field,
    pub actors: Vec<Actor>,
    pub is_open: bool,
    /// Whether keys act on the tag.
    pub is_active: bool,
    pub can_edit: bool,
}

impl PartialEq for ActorsProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.tag, &other.tag)
            && Rc::ptr_eq(&self.document, &other.document)
            && (self.field, self.is_open, self.is_active, self.can_edit)
                == (other.field, other.is_open, other.is_active, other.can_edit)
    }
}

/// One row of actors.
#[component]
pub(super) fn Actors(props: &ActorsProps) -> Html {
    let Some(hands) = use_context::<Hands>() else { return html! {} };
    let is_by = props.field == Field::By;
    let name = say(if is_by { "field.by" } else { "field.to" });
    let add = say(if is_by { "field.by.add" } else { "field.to.add" });
    let key = shown(if is_by { Command::By } else { Command::To });
    let chips = props.actors.iter().enumerate().map(|(index, actor)| {
        let (name, of) = actor_name(&props.document, actor);
        let mut rest = props.actors.clone();
        rest.remove(index);
        let act = Act::SetActors(props.tag.id.clone(), props.field, rest);
        let hands = hands.clone();
        let onclick = Callback::from(move |_: MouseEvent| hands.act(act.clone()));
        let title = say_with("field.actor.remove", &[("name", &name)]);
        let kind =
            actor.party.as_ref().and_then(|id| props.document.set.parties.get(id)).map(|party| party.kind);
        let is_place = kind == Some(PartyKind::State);
        html! {
            <button
                class={classes!("chip", is_place.then_some("place"))}
                dir="auto"
                title={title.clone()}
                aria-label={title}
                disabled={!props.can_edit}
                {onclick}
            >
                <span>
                    { &name }
                    if let Some(of) = of { <span class="of">{ "· " }{ of }</span> }
                </span>
                { icon(Icon::Close) }
            </button>
        }
    });
    let open = {
        let hands = hands.clone();
        let (field, id) = (props.field, props.tag.id.clone());
        Callback::from(move |_: MouseEvent| hands.dispatch(Action::OpenField(field, Some(id.clone()))))
    };
    let draft = hands.draft(&draft_key(&props.tag, props.field));
    html! {
        <div class="field">
            <span>{ &name }</span>
            <span class="chips">
                { for chips }
                if props.is_open && props.can_edit {
                    <TypeAhead document={props.document.clone()} tag={props.tag.clone()} field={props.field} />
                } else {
                    <button class="chip add" aria-label={add.clone()} title={add} disabled={!props.can_edit} onclick={open}>
                        { icon(Icon::Add) }
                        if !draft.is_empty() {
                            <span>{ draft }{ "…" }</span>
                        }
                        if props.is_active {
                            <kbd>{ key }</kbd>
                        }
                    </button>
                }
            </span>
        </div>
    }
}

/// Names what was typed for this tag and not used yet.
fn draft_key(tag: &Tag, field: Field) -> String {
    format!("{field:?} {}", tag.id)
}

#[derive(Debug, Clone, Properties)]
struct TypeAheadProps {
    document: Rc<Document>,
    tag: Rc<Tag>,
    field: Field,
}

impl PartialEq for TypeAheadProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.tag, &other.tag)
            && Rc::ptr_eq(&self.document, &other.document)
            && self.field == other.field
    }
}

/// The type-ahead: a combobox whose list follows what is typed.
#[component]
fn TypeAhead(props: &TypeAheadProps) -> Html {
    let hands = use_context::<Hands>();
    let key = draft_key(&props.tag, props.field);
    let query = {
        let (hands, key) = (hands.clone(), key.clone());
        use_state(move || hands.map(|hands| hands.draft(&key)).unwrap_or_default())
    };
    // What was typed is kept until it is used, wherever the next click goes; Escape drops it.
    let draft = {
        let hands = hands.clone();
        Callback::from(move |words: String| {
            if let Some(hands) = &hands {
                hands.set_draft(&key, &words);
            }
        })
    };
    let active = use_state(|| 0_usize);
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            if let Some(input) = node.cast::<web_sys::HtmlElement>() {
                let _ = input.focus();
            }
        });
    }
    let offered = Rc::new(choices(&props.document, props.tag.sentence, &query));
    let list = format!("choices-{}", props.tag.id);
    let name = say(if props.field == Field::By { "field.by.add" } else { "field.to.add" });
    let choose = {
        let (hands, tag, field) = (hands.clone(), props.tag.clone(), props.field);
        let (query, active, draft) = (query.clone(), active.clone(), draft.clone());
        Callback::from(move |choice: Choice| {
            let Some(hands) = &hands else { return };
            draft.emit(String::new());
            let actors = if field == Field::To { &tag.to } else { &tag.by };
            let put = |actor: Actor| {
                let mut actors = actors.clone();
                if !actors.contains(&actor) {
                    actors.push(actor);
                }
                Act::SetActors(tag.id.clone(), field, actors)
            };
            hands.act(match choice {
                Choice::Party(actor, _, _) => put(actor),
                Choice::Words(span, _) => put(Actor { span: Some(span), ..Actor::default() }),
                Choice::New(name, kind) => Act::NewParty(tag.id.clone(), field, name, kind),
            });
            query.set(String::new());
            active.set(0);
            hands.dispatch(Action::CloseField);
        })
    };
    let oninput = {
        let (query, active, draft) = (query.clone(), active.clone(), draft.clone());
        Callback::from(move |event: InputEvent| {
            let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
            if let Some(input) = input {
                draft.emit(input.value());
                query.set(input.value());
                active.set(0);
            }
        })
    };
    let onkeydown = {
        let (hands, offered, active, choose) =
            (hands.clone(), offered.clone(), active.clone(), choose.clone());
        Callback::from(move |event: KeyboardEvent| {
            let last = offered.len().saturating_sub(1);
            match event.key().as_str() {
                "ArrowDown" => active.set((*active + 1).min(last)),
                "ArrowUp" => active.set(active.saturating_sub(1)),
                // Enter that ends the composing of a word belongs to the input method.
                "Enter" if !event.is_composing() => {
                    if let Some(choice) = offered.get(*active) {
                        choose.emit(choice.clone());
                    }
                }
                "Escape" => {
                    draft.emit(String::new());
                    if let Some(hands) = &hands {
                        hands.dispatch(Action::CloseField);
                    }
                }
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        })
    };
    let rows = offered.iter().enumerate().map(|(index, choice)| {
        let choose = choose.clone();
        let chosen = choice.clone();
        // On press, before the input loses the focus.
        let onmousedown = Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            choose.emit(chosen.clone());
        });
        let words = match choice {
            Choice::Party(_, name, Some(of)) => {
                html! { <>{ name }<span class="of">{ " · " }{ of }</span></> }
            }
            Choice::Party(_, name, None) => html! { <>{ name }</> },
            Choice::Words(_, words) => html! { <>{ say_with("choice.words", &[("words", words)]) }</> },
            Choice::New(name, kind) => {
                let words = match kind {
                    PartyKind::Person => "choice.new.person",
                    PartyKind::State => "choice.new.state",
                    PartyKind::Body => "choice.new.body",
                    PartyKind::Group => "choice.new.group",
                };
                html! { <>{ say_with(words, &[("name", name)]) }</> }
            }
        };
        let is_active = index == *active;
        html! {
            <li
                id={format!("{list}-{index}")}
                role="option"
                aria-selected={is_active.to_string()}
                dir="auto"
                {onmousedown}
            >
                { words }
            </li>
        }
    });
    let is_expanded = !offered.is_empty();
    html! {
        <span class="type-ahead">
            <input
                ref={node}
                type="text"
                role="combobox"
                aria-expanded={is_expanded.to_string()}
                aria-controls={list.clone()}
                aria-autocomplete="list"
                aria-activedescendant={is_expanded.then(|| format!("{list}-{}", *active))}
                aria-label={name.clone()}
                autocomplete="off"
                spellcheck="false"
                dir="auto"
                value={(*query).clone()}
                {oninput}
                {onkeydown}
            />
            <ul id={list.clone()} role="listbox" aria-label={name}>{ for rows }</ul>
        </span>
    }
}
