//! The reading column: chunks that wake near the window and sleep far from it.

use std::collections::BTreeSet;
use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use yew::prelude::*;

use super::chunk::ChunkView;
use crate::app::chunks::Chunk;
use crate::app::hands::Hands;
use crate::app::keys::Command;
use crate::app::movement;
use crate::browser::{dom, selection};
use crate::text::{Span, Utf16Span};

/// What the reading column needs.
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct ArticleProps {
    pub chunks: Rc<Vec<Rc<Chunk>>>,
    pub current: Option<Span>,
    pub selected: Option<Span>,
    /// Raised whenever the current sentence must get the focus.
    pub focus: u64,
    /// Whether the focus may go to a sentence: not while a field or the find bar has it.
    pub may_focus: bool,
    /// Raised whenever it must come into view without the focus.
    pub reveal: u64,
    /// Names of kinds that are not shown, in `data-hide`.
    pub hidden: AttrValue,
    pub is_flow: bool,
    pub language: AttrValue,
}

/// The article, and nothing else: its text content is the article's text.
#[component]
pub(super) fn ArticleView(props: &ArticleProps) -> Html {
    let hands = use_context::<Hands>();
    let node = use_node_ref();
    let near = use_state(|| Rc::new(BTreeSet::from([0_usize])));
    let all_live = use_memo((), |()| dom::query_parameter("live").as_deref() == Some("all"));
    let kept_selection = use_mut_ref(|| None::<Utf16Span>);

    // Which chunks are near the window.
    {
        let node = node.clone();
        let near = near.clone();
        let kept_selection = kept_selection.clone();
        let spans: Rc<Vec<Span>> = Rc::new(props.chunks.iter().map(|chunk| chunk.span).collect());
        let known = use_mut_ref(BTreeSet::<usize>::new);
        let shown = use_mut_ref(BTreeSet::<usize>::new);
        use_effect_with(spans, move |_| {
            let observer = node.cast::<web_sys::Element>().and_then(|main| {
                let watched = main.clone();
                let callback = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
                    let mut chunks = known.borrow_mut();
                    for entry in entries.iter() {
                        let entry: web_sys::IntersectionObserverEntry = entry.unchecked_into();
                        let index = entry.target().get_attribute("data-chunk");
                        let Some(index) = index.and_then(|index| index.parse().ok()) else { continue };
                        if entry.is_intersecting() {
                            chunks.insert(index)
                        } else {
                            chunks.remove(&index)
                        };
                    }
                    let mut shown = shown.borrow_mut();
                    if *shown != *chunks {
                        shown.clone_from(&chunks);
                        *kept_selection.borrow_mut() = selection::selected_span(&watched);
                        near.set(Rc::new(chunks.clone()));
                    }
                });
                let options = web_sys::IntersectionObserverInit::new();
                options.set_root(main.parent_element().as_ref());
                options.set_root_margin("1200px 0px");
                let observer = web_sys::IntersectionObserver::new_with_options(
                    callback.as_ref().unchecked_ref(),
                    &options,
                )
                .ok()?;
                let chunks = main.query_selector_all(":scope > .chunk").ok()?;
                for index in 0..chunks.length() {
                    if let Some(element) = chunks.item(index).and_then(|node| node.dyn_into().ok()) {
                        observer.observe(&element);
                    }
                }
                Some((observer, callback))
            });
            move || {
                if let Some((observer, _callback)) = observer {
                    observer.disconnect();
                }
            }
        });
    }

    // Waking a chunk exchanges its text nodes; the selection is put back where it was.
    {
        let node = node.clone();
        use_effect_with((*near).clone(), move |_| {
            if let (Some(main), Some(units)) =
                (node.cast::<web_sys::Element>(), kept_selection.borrow_mut().take())
            {
                selection::select_span(&main, units);
            }
        });
    }

    // The current sentence gets the focus when a key moved there.
    {
        let current = props.current.filter(|_| props.may_focus);
        use_effect_with(props.focus, move |focus| {
            if let (Some(current), true) = (current, *focus > 0) {
                dom::focus_sentence(current.start);
            }
        });
    }

    {
        let current = props.current;
        use_effect_with(props.reveal, move |reveal| {
            if let (Some(current), true) = (current, *reveal > 0) {
                dom::reveal_sentence(current.start);
            }
        });
    }

    // An article opens where its reader was; one that nobody has read yet, at its top.
    {
        let current = props.current;
        let document = props.chunks.first().map(|chunk| chunk.document.clone());
        let first = document.and_then(|document| movement::target(&document, None, Command::First));
        use_effect_with((), move |()| match current {
            Some(current) if Some(current) != first => dom::reveal_sentence(current.start),
            _ => dom::scroll_to_start(),
        });
    }

    // Shift and a click select sentences; in the current one they stretch a selection of words, as everywhere.
    let onmousedown = {
        let current = props.current.map(|current| current.start);
        Callback::from(move |event: MouseEvent| {
            let sentence = dom::sentence_of(event.target());
            if event.shift_key() && sentence.is_some() && sentence != current {
                event.prevent_default();
                selection::clear();
            }
        })
    };
    let onclick = {
        let hands = hands.clone();
        Callback::from(move |event: MouseEvent| {
            let Some(hands) = &hands else { return };
            if let Some(sentence) = dom::sentence_of(event.target()) {
                hands.go_to(sentence, event.shift_key());
            }
        })
    };

    // Words that are selected in the article may become evidence or a name.
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let document = gloo::utils::document();
            let listener = hands.map(|hands| {
                EventListener::new(&document, "selectionchange", move |_| {
                    let Some(main) = node.cast::<web_sys::Element>() else { return };
                    hands.pick(selection::selected_span(&main));
                })
            });
            move || drop(listener)
        });
    }

    let chunks = props.chunks.iter().map(|chunk| {
        let current = props.current.filter(|current| chunk.span.contains_offset(current.start));
        let selected = props.selected.filter(|selected| chunk.span.overlaps(*selected));
        let is_live = *all_live || current.is_some() || near.contains(&chunk.index);
        html! { <ChunkView key={chunk.index} chunk={chunk.clone()} {is_live} {current} {selected} /> }
    });
    html! {
        <main
            ref={node}
            lang={(!props.language.is_empty()).then(|| props.language.clone())}
            class={classes!(props.is_flow.then_some("flow"))}
            data-hide={(!props.hidden.is_empty()).then(|| props.hidden.clone())}
            {onmousedown}
            {onclick}
        >
            { for chunks }
        </main>
    }
}
