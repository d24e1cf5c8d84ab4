//! The strip beside the scroll bar: where tags stand in the whole article.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use yew::prelude::*;

use crate::app::chunks::Chunk;
use crate::app::hands::Hands;
use crate::app::strip::{ROWS, marks};

/// What the strip shows.
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct StripProps {
    pub chunks: Rc<Vec<Rc<Chunk>>>,
}

/// The strip. Pointers only: keys have `.` and the find bar for the same.
#[component]
pub(super) fn Strip(props: &StripProps) -> Html {
    let hands = use_context::<Hands>();
    let cache = use_mut_ref(Default::default);
    let length = props.chunks.last().map_or(0, |chunk| chunk.span.end);
    let marks = marks(&props.chunks, &mut cache.borrow_mut());
    let onclick = Callback::from(move |event: MouseEvent| {
        let strip = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let strip = strip.and_then(|element| element.closest(".strip").ok().flatten());
        if let (Some(hands), Some(strip)) = (&hands, strip) {
            let rect = strip.get_bounding_client_rect();
            let part = (f64::from(event.client_y()) - rect.top()) / rect.height().max(1.0);
            hands.show((part.clamp(0.0, 1.0) * f64::from(length)) as u32);
        }
    });
    html! {
        <div class="strip" aria-hidden="true" {onclick}>
            <svg viewBox={format!("0 0 10 {ROWS}")} preserveAspectRatio="none">
                { for marks.iter().map(|(row, color)| html! {
                    <rect
                        key={format!("{row}{color}")}
                        class={format!("c-{color}")}
                        x="2"
                        y={row.to_string()}
                        width="6"
                        height="3"
                    />
                }) }
            </svg>
        </div>
    }
}
