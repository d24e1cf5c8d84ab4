//! The find bar.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::icons::{Icon, icon};
use crate::annotation::Document;
use crate::app::find::{HITS, places, sentences, step};
use crate::app::hands::Hands;
use crate::app::words::{count, grouped, say, say_with};
use crate::browser::{dom, highlight};
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

/// Names of the highlights in the style sheet: what was found, and what of it is in the current sentence.
const FOUND: &str = "found";
const FOUND_NOW: &str = "found-now";

/// The find bar: hits are sentences; Enter goes to the next, Shift+Enter to the one before.
#[component]
pub(super) fn Find(props: &FindProps) -> Html {
    let Some(hands) = use_context::<Hands>() else { return html! {} };
    let query = use_state(String::new);
    let shown = hands.clone();
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
    // The found words are marked where they are drawn, and anew when others come into view.
    {
        let (document, hits, query) = (props.document.clone(), hits.clone(), (*query).clone());
        use_effect_with((query, props.current), move |(query, current)| {
            let (query, current) = (query.clone(), *current);
            let mark = Rc::new(move || mark_found(&document, &hits, &query, current));
            mark();
            let page = gloo::utils::document().get_element_by_id("page");
            let scrolled = page.map(|page| {
                let timer = Rc::new(RefCell::new(None::<Timeout>));
                EventListener::new(&page, "scroll", move |_| {
                    let mark = mark.clone();
                    *timer.borrow_mut() = Some(Timeout::new(PAUSE_MS, move || mark()));
                })
            });
            move || {
                drop(scrolled);
                highlight::mark(None, FOUND, &[]);
                highlight::mark(None, FOUND_NOW, &[]);
            }
        });
    }
    let close = { Callback::from(move |()| hands.close_panel()) };
    let oninput = {
        let (query, timer) = (query.clone(), timer.clone());
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
        let (document, current) = (props.document.clone(), props.current);
        Callback::from(move |event: KeyboardEvent| {
            match event.key().as_str() {
                "Enter" if !event.is_composing() => {
                    let typed = node.cast::<web_sys::HtmlInputElement>().map(|input| input.value());
                    match typed {
                        // Enter may come before the pause is over: the search is made now, and the hit shown.
                        Some(typed) if typed != *query => {
                            *timer.borrow_mut() = None;
                            let hits = sentences(&document, &typed);
                            let hit = step(&hits, current, !event.shift_key());
                            if let Some(hit) = hit.and_then(|index| hits.get(index)) {
                                shown.show(hit.start);
                            }
                            query.set(typed);
                        }
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

/// Marks the found words of the hits that are drawn.
fn mark_found(document: &Document, hits: &[Span], query: &str, current: Option<Span>) {
    let Ok(Some(main)) = gloo::utils::document().query_selector("main") else { return };
    let article = &document.article;
    let (mut found, mut now) = (Vec::new(), Vec::new());
    for &hit in hits.iter().filter(|hit| dom::is_live(hit.start)) {
        let spans = places(&article.text, hit, query).into_iter();
        let units = spans.filter_map(|span| article.offsets.span_to_utf16(&article.text, span));
        if Some(hit) == current { now.extend(units) } else { found.extend(units) }
    }
    highlight::mark(Some(&main), FOUND, &found);
    highlight::mark(Some(&main), FOUND_NOW, &now);
}
