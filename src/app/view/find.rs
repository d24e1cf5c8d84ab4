//! The find bar.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::icons::{Icon, icon};
use crate::annotation::Document;
use crate::app::find::{HITS, sentences, step};
use crate::app::hands::Hands;
use crate::app::words::{count, grouped, say, say_with};
use crate::text::Span;

/// What the find bar needs.
#[derive(Debug, Clone, Properties)]
pub(super) struct FindProps {
    pub document: Rc<Document>,
    pub current: Option<Span>,
}

impl PartialEq for FindProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.document.set.outline, &other.document.set.outline) && self.current == other.current
    }
}

/// Milliseconds without a key press after which the article is searched.
const PAUSE_MS: u32 = 120;

/// The find bar: hits are sentences; Enter goes to the next, Shift+Enter to the one before.
#[component]
pub(super) fn Find(props: &FindProps) -> Html {
    let Some(hands) = use_context::<Hands>() else { return html! {} };
    let query = use_state(String::new);
    let timer = use_mut_ref(|| None::<Timeout>);
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            if let Some(input) = node.cast::<web_sys::HtmlInputElement>() {
                let _ = input.focus();
            }
        });
    }
    let hits = {
        let document = props.document.clone();
        use_memo((*query).clone(), move |query| sentences(&document, query))
    };
    let go = {
        let (hits, hands, current) = (hits.clone(), hands.clone(), props.current);
        Callback::from(move |forward: bool| {
            let hit = step(&hits, current, forward).and_then(|index| hits.get(index));
            if let Some(hit) = hit {
                hands.show(hit.start);
            }
        })
    };
    let close = { Callback::from(move |()| hands.close_panel()) };
    let oninput = {
        let query = query.clone();
        Callback::from(move |event: InputEvent| {
            let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
            if let Some(input) = input {
                let query = query.clone();
                *timer.borrow_mut() = Some(Timeout::new(PAUSE_MS, move || query.set(input.value())));
            }
        })
    };
    let onkeydown = {
        let (go, close, query, node) = (go.clone(), close.clone(), query.clone(), node.clone());
        Callback::from(move |event: KeyboardEvent| {
            match event.key().as_str() {
                "Enter" if !event.is_composing() => {
                    let typed = node.cast::<web_sys::HtmlInputElement>().map(|input| input.value());
                    match typed {
                        // Enter may come before the pause is over.
                        Some(typed) if typed != *query => query.set(typed),
                        _ => go.emit(!event.shift_key()),
                    }
                }
                "Escape" => close.emit(()),
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        })
    };
    let place = hits.iter().position(|hit| Some(*hit) == props.current);
    let told = match (query.trim().is_empty(), hits.len(), place) {
        (true, _, _) => String::new(),
        (_, 0, _) => say("find.none"),
        (_, HITS, _) => say_with("find.many", &[("n", &grouped(HITS))]),
        (_, all, Some(place)) => {
            say_with("find.place", &[("n", &grouped(place + 1)), ("all", &grouped(all))])
        }
        (_, all, None) => count("find.hits", all),
    };
    let step_button = |forward: bool, drawing: Icon, words: &str| {
        let go = go.clone();
        let onclick = Callback::from(move |_: MouseEvent| go.emit(forward));
        html! {
            <button class="tool" aria-label={say(words)} title={say(words)} disabled={hits.is_empty()} {onclick}>
                { icon(drawing) }
            </button>
        }
    };
    html! {
        <div class="find" role="search">
            <input
                ref={node}
                type="search"
                aria-label={say("find")}
                placeholder={say("find")}
                autocomplete="off"
                spellcheck="false"
                dir="auto"
                {oninput}
                {onkeydown}
            />
            <span class="small quiet" role="status">{ told }</span>
            { step_button(false, Icon::Up, "find.previous") }
            { step_button(true, Icon::Down, "find.next") }
            <button
                class="tool"
                aria-label={say("close")}
                title={say("close")}
                onclick={close.reform(|_: MouseEvent| ())}
            >
                { icon(Icon::Close) }
            </button>
        </div>
    }
}
