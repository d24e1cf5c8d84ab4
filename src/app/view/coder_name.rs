//! A field for the coder's name.

use yew::prelude::*;

use crate::app::hands::Hands;
use crate::app::words::say;

/// What the field is for.
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct CoderNameProps {
    /// The field's id.
    pub id: AttrValue,
}

/// The field with its button; what was typed is also kept when the field is left.
#[component]
pub(super) fn CoderName(props: &CoderNameProps) -> Html {
    let hands = use_context::<Hands>();
    let node = use_node_ref();
    let name = hands.as_ref().map(Hands::coder_name).unwrap_or_default();
    let keep = {
        let node = node.clone();
        Callback::from(move |()| {
            if let (Some(hands), Some(input)) = (&hands, node.cast::<web_sys::HtmlInputElement>()) {
                hands.set_coder_name(&input.value());
            }
        })
    };
    let onkeydown = {
        let keep = keep.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" && !event.is_composing() {
                event.prevent_default();
                keep.emit(());
            }
        })
    };
    html! {
        <span class="coder">
            <label for={props.id.clone()}>{ say("coder") }</label>
            <input
                ref={node}
                id={props.id.clone()}
                type="text"
                dir="auto"
                autocomplete="name"
                value={name}
                onchange={keep.reform(|_: Event| ())}
                {onkeydown}
            />
        </span>
    }
}
