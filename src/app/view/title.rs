//! The article's title, changed in its place.

use wasm_bindgen::JsCast;
use yew::prelude::*;

use crate::app::hands::Hands;
use crate::app::state::{Act, Action};
use crate::app::words::{say, say_with};

/// What the title shows.
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct TitleProps {
    pub title: AttrValue,
    /// Whether an article is open.
    pub is_open: bool,
    pub can_edit: bool,
}

/// The title: a press on it opens a field; Enter or leaving the field keeps it, Escape does not.
#[component]
pub(super) fn Title(props: &TitleProps) -> Html {
    let hands = use_context::<Hands>();
    let is_editing = use_state(|| false);
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(*is_editing, move |is_editing| {
            if let (true, Some(input)) = (*is_editing, node.cast::<web_sys::HtmlInputElement>()) {
                let _ = input.focus();
                input.select();
            }
        });
    }
    let keep = {
        let (hands, is_editing, node) = (hands.clone(), is_editing.clone(), node.clone());
        Callback::from(move |is_kept: bool| {
            let input = node.cast::<web_sys::HtmlInputElement>();
            is_editing.set(false);
            let (Some(hands), Some(input), true) = (&hands, input, is_kept) else { return };
            let title = input.value().split_whitespace().collect::<Vec<_>>().join(" ");
            if let (Some(desk), false) = (hands.latest().desk, title.is_empty()) {
                let mut meta = desk.document.set.meta.as_ref().clone();
                meta.title = title;
                hands.act(Act::SetMeta(meta));
            }
        })
    };
    if *is_editing {
        let onblur = keep.reform(|_: FocusEvent| true);
        let onkeydown = Callback::from(move |event: KeyboardEvent| {
            let is_kept = match event.key().as_str() {
                "Enter" if !event.is_composing() => true,
                "Escape" => false,
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            keep.emit(is_kept);
            if let Some(hands) = &hands {
                hands.dispatch(Action::Focus);
            }
        });
        return html! {
            <h1>
                <input
                    ref={node}
                    type="text"
                    class="text-field"
                    dir="auto"
                    aria-label={say("top.title")}
                    value={props.title.clone()}
                    {onblur}
                    {onkeydown}
                />
            </h1>
        };
    }
    if !props.is_open {
        return html! { <h1></h1> };
    }
    let title = if props.title.is_empty() { say("untitled") } else { props.title.to_string() };
    let onclick = Callback::from(move |event: MouseEvent| {
        // The press may have been held back from the focus; the field takes it.
        if let Some(button) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok())
        {
            let _ = button.blur();
        }
        is_editing.set(true);
    });
    html! {
        <h1>
            <button
                class="title"
                dir="auto"
                disabled={!props.can_edit}
                title={say_with("top.title.rename", &[("title", &title)])}
                {onclick}
            >
                { title }
            </button>
        </h1>
    }
}
