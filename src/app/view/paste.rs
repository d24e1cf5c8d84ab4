//! A field to paste an article into, for hands without Ctrl+V.

use yew::prelude::*;

use super::modal::use_modal;
use crate::app::hands::Hands;
use crate::app::words::say;

/// Names what was typed and not added yet.
const DRAFT: &str = "paste";

/// The field: a dialog of the browser's own.
#[component]
pub(super) fn Paste() -> Html {
    let Some(hands) = use_context::<Hands>() else { return html! {} };
    let node = use_modal();
    let area = use_node_ref();
    {
        // Words that were typed here and not added are still here.
        let (area, draft) = (area.clone(), hands.draft(DRAFT));
        use_effect_with((), move |()| {
            if let Some(area) = area.cast::<web_sys::HtmlTextAreaElement>() {
                area.set_value(&draft);
            }
        });
    }
    let oninput = {
        let (hands, area) = (hands.clone(), area.clone());
        Callback::from(move |_: InputEvent| {
            if let Some(area) = area.cast::<web_sys::HtmlTextAreaElement>() {
                hands.set_draft(DRAFT, &area.value());
            }
        })
    };
    let close = {
        let hands = hands.clone();
        Callback::from(move |()| hands.close_panel())
    };
    let open = {
        let area = area.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(area) = area.cast::<web_sys::HtmlTextAreaElement>() {
                hands.set_draft(DRAFT, "");
                hands.open_text(area.value());
            }
        })
    };
    html! {
        <dialog ref={node} class="keys paste" aria-label={say("paste")} onclose={close.reform(|_: Event| ())}>
            <h2>{ say("paste") }</h2>
            <label class="small quiet" for="paste-area">{ say("paste.how") }</label>
            <textarea id="paste-area" ref={area} class="note" rows="12" dir="auto" {oninput} />
            <div class="row">
                <button class="do primary" onclick={open}>{ say("paste.open") }</button>
                <button class="do" onclick={close.reform(|_: MouseEvent| ())}>{ say("cancel") }</button>
            </div>
        </dialog>
    }
}
