//! The question whether an article should go, in its place in the list.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::app::hands::Hands;
use crate::app::state::Action;
use crate::app::words::{count_with, say, say_with};
use crate::store::Head;
use crate::text::ArticleId;

/// What the question is about.
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct RemovalProps {
    pub head: Head,
    /// The article whose removal is being asked about.
    pub asked: UseStateHandle<Option<ArticleId>>,
}

/// The question: seen whole, with the focus on the answer that does no harm. Escape gives that answer.
#[component]
pub(super) fn RemovalRow(props: &RemovalProps) -> Html {
    let hands = use_context::<Hands>();
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            if let Some(row) = node.cast::<Element>() {
                let options = web_sys::ScrollIntoViewOptions::new();
                options.set_block(web_sys::ScrollLogicalPosition::Nearest);
                row.scroll_into_view_with_scroll_into_view_options(&options);
                focus(row.query_selector(".keep").ok().flatten());
            }
        });
    }
    let keep = {
        let (asked, node) = (props.asked.clone(), node.clone());
        Callback::from(move |()| {
            // The focus goes to the article that stays, as soon as it is there again.
            focus(node.cast::<Element>().and_then(|row| neighbour(&row)));
            asked.set(None);
        })
    };
    let remove = {
        let (asked, id, node) = (props.asked.clone(), props.head.id.clone(), node.clone());
        Callback::from(move |_: MouseEvent| {
            focus(node.cast::<Element>().and_then(|row| neighbour(&row)));
            asked.set(None);
            if let Some(hands) = &hands {
                hands.remove(id.clone());
                hands.dispatch(Action::Hint("told.removed"));
            }
        })
    };
    let onkeydown = {
        let keep = keep.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.prevent_default();
                event.stop_propagation();
                keep.emit(());
            }
        })
    };
    let head = &props.head;
    let title = if head.title.is_empty() { say("untitled") } else { head.title.clone() };
    let words = match head.tags {
        0 => say_with("side.remove.ask.none", &[("title", &title)]),
        tags => count_with("side.remove.ask", tags as usize, &[("title", &title)]),
    };
    html! {
        <li ref={node} class="asked" {onkeydown}>
            <p class="small">{ words }</p>
            <div class="row">
                <button class="do" onclick={remove}>{ say("side.remove") }</button>
                <button class="do keep" onclick={keep.reform(|_: MouseEvent| ())}>{ say("side.keep") }</button>
            </div>
        </li>
    }
}

/// Where the focus goes from a row that goes: the article below or above, or else the way to bring one in.
fn neighbour(row: &Element) -> Option<Element> {
    let article = |row: Option<Element>| row.and_then(|row| row.query_selector(".article").ok().flatten());
    article(row.next_element_sibling())
        .or_else(|| article(row.previous_element_sibling()))
        .or_else(|| gloo::utils::document().query_selector(".side .ways button").ok().flatten())
}

fn focus(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}
